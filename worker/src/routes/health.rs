//! `GET /healthz`: whether the worker runs, and which.

use earshot_api::Health;
use earshot_reading::Context;
use worker::Response;

use super::finish;
use crate::config::with_reader;
use crate::failure::Failure;
use crate::reply;

pub(super) fn answer() -> Result<Response, Failure> {
    let model = with_reader(|reader| reader.read("", &Context::default()).model.0);
    let health =
        Health { status: "ok".into(), version: env!("CARGO_PKG_VERSION").into(), model: model.into_owned() };
    finish(reply::json(200, &health))
}
