//! The worker's end of a call.

use worker::{Env, Method, Request, RequestInit, Stub};

use super::{Answer, Call};
use crate::failure::Failure;

/// One workspace's desk, from the outside.
pub(crate) struct DeskClient {
    stub: Stub,
}

impl DeskClient {
    /// The desk of a workspace. The name alone finds it, so no workspace can reach another's.
    pub(crate) fn of(env: &Env, workspace: &str) -> Result<Self, Failure> {
        let stub = env.durable_object("DESK").and_then(|desks| desks.get_by_name(workspace));
        Ok(Self { stub: stub.map_err(|_| Failure::StorageDown)? })
    }

    /// Calls it. Whatever keeps the answer from coming is [`Failure::StorageDown`]: the caller may ask again.
    pub(crate) async fn call(&self, call: &Call) -> Result<Answer, Failure> {
        let body = serde_json::to_string(call).map_err(|_| Failure::StorageDown)?;
        let mut init = RequestInit::new();
        init.with_method(Method::Post).with_body(Some(body.into()));
        let answer = async {
            let request = Request::new_with_init("https://desk/", &init)?;
            self.stub.fetch_with_request(request).await?.text().await
        };
        let answer = answer.await.map_err(|_| Failure::StorageDown)?;
        match serde_json::from_str(&answer).map_err(|_| Failure::StorageDown)? {
            Answer::Failed(failure) => Err(failure),
            answer => Ok(answer),
        }
    }
}
