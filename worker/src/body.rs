//! Bodies, up to a cap.

use futures_util::StreamExt;
use worker::Request;

use crate::failure::Failure;

/// The most bytes that a body may have.
pub(crate) const CAP: usize = earshot_hooks::LONGEST_BODY;

/// The request's body. What says that it is over the cap is refused unread; what does not say is read up to the cap.
pub(crate) async fn read(request: &mut Request) -> Result<Vec<u8>, Failure> {
    let unreadable = |_| Failure::BadRequest("the body broke off".into());
    let stated = request
        .headers()
        .get("content-length")
        .ok()
        .flatten()
        .and_then(|length| length.parse::<usize>().ok());
    match stated {
        Some(length) if length > CAP => Err(Failure::TooLarge),
        // The runtime hands out no more bytes than were stated.
        Some(_) => request.bytes().await.map_err(unreadable),
        None => {
            let Ok(mut stream) = request.stream() else {
                return Ok(Vec::new());
            };
            let mut body = Vec::new();
            while let Some(chunk) = stream.next().await {
                let chunk = chunk.map_err(unreadable)?;
                if body.len() + chunk.len() > CAP {
                    return Err(Failure::TooLarge);
                }
                body.extend_from_slice(&chunk);
            }
            Ok(body)
        }
    }
}
