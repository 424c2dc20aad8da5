//! `GET /v1/openapi.json`: the contract as a document.

use worker::Response;

use super::finish;
use crate::failure::Failure;
use crate::reply;

pub(super) fn answer() -> Result<Response, Failure> {
    finish(reply::text(200, "application/json", earshot_api::OPENAPI.to_owned()))
}
