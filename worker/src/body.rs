//! Bodies, up to a cap.

use futures_util::StreamExt;
use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use worker::web_sys;

use crate::failure::Failure;
use crate::platform_js::whole_body;

/// The most bytes that a body may have.
pub(crate) const CAP: usize = earshot_hooks::LONGEST_BODY;

/// The request's body, which says of itself that it is of the `stated` length. What says that it is over the cap is
/// refused unread; what does not say is read up to the cap.
pub(crate) async fn read(request: web_sys::Request, stated: Option<&str>) -> Result<Vec<u8>, Failure> {
    let unreadable = || Failure::BadRequest("the body broke off".into());
    match stated.and_then(|length| length.parse::<usize>().ok()) {
        Some(length) if length > CAP => Err(Failure::TooLarge),
        // The runtime hands out no more bytes than were stated.
        Some(_) => {
            let body = JsFuture::from(whole_body(&request)).await.map_err(|_| unreadable())?;
            Ok(Uint8Array::from(body).to_vec())
        }
        None => {
            let Ok(mut stream) = worker::Request::from(request).stream() else {
                return Ok(Vec::new());
            };
            let mut body = Vec::new();
            while let Some(chunk) = stream.next().await {
                let chunk = chunk.map_err(|_| unreadable())?;
                if body.len() + chunk.len() > CAP {
                    return Err(Failure::TooLarge);
                }
                body.extend_from_slice(&chunk);
            }
            Ok(body)
        }
    }
}
