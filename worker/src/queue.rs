//! Batches that are more than one request's time: kept in a queue, where `wrangler.toml` binds one as `INTAKE`, and
//! taken from it in pieces. <https://developers.cloudflare.com/queues/platform/limits/>
//!
//! The promise of a 2xx is the same. A platform hears it once the queue has every piece; where it has not, all of it is
//! sent again. A piece leaves the queue once the desk has taken it as it takes a delivery; where that fails, or dies,
//! the piece comes again. The queue delivers at least once and in any order, as the platforms do, and admission makes
//! once of it in either case.

use earshot_hooks::Event;
use earshot_mention::Timestamp;
use js_sys::Reflect;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast as _, JsValue};
use worker::{
    BatchMessageBuilder, Date, Env, MessageBatch, MessageExt as _, Queue, QueueContentType,
    QueueRetryOptionsBuilder, RawMessage, RawMessageBuilder, console_error,
};

use crate::config::Silo;
use crate::desk::{Call, DeskClient};
use crate::failure::Failure;
use crate::intake;

/// The most posts that are read within one request: what fits the free plan's 10 ms of CPU with room to spare.
pub(crate) const AT_ONCE: usize = 20;
/// The longest piece, in bytes; a message may have 128,000.
const LONGEST: usize = 100_000;
/// The most pieces that are sent together, and their bytes: the queue takes 100 messages and 256,000 bytes.
const SENT_TOGETHER: (usize, usize) = (100, 240_000);
/// How long a piece waits before it comes again, in seconds: as long as it has been waiting already, within these. With
/// the 100 retries of `wrangler.toml` that is nearly the four days for which a queue keeps anything.
const WAITS: (u64, u64) = (1, 3600);

/// Some of what one webhook told of.
#[derive(Debug, Serialize, Deserialize)]
struct Piece {
    workspace: String,
    received: Timestamp,
    events: Vec<Event>,
}

/// The queue, where one is bound.
pub(crate) fn bound(env: &Env) -> Option<Queue> {
    let binding = Reflect::get(env, &"INTAKE".into()).ok()?;
    (!binding.is_undefined()).then(|| binding.unchecked_into())
}

/// Hands events to the queue. What comes back fits no message and has to be taken in at once.
///
/// # Errors
/// [`Failure::StorageDown`] where the queue has not got all of it.
pub(crate) async fn hand_over(
    queue: &Queue,
    workspace: &str,
    events: Vec<Event>,
    received: Timestamp,
) -> Result<Vec<Event>, Failure> {
    let (pieces, too_long) = cut(workspace, events, received).map_err(|_| Failure::StorageDown)?;
    let mut pieces = pieces.into_iter().peekable();
    while pieces.peek().is_some() {
        let (mut together, mut bytes) = (Vec::new(), 0);
        while let Some(piece) =
            pieces.next_if(|piece| together.len() < SENT_TOGETHER.0 && bytes + piece.len() <= SENT_TOGETHER.1)
        {
            bytes += piece.len();
            let message = RawMessageBuilder::new(JsValue::from(piece));
            together.push(message.build_with_content_type(QueueContentType::Text));
        }
        let batch = BatchMessageBuilder::new().messages(together).build();
        if let Err(error) = queue.send_raw_batch(batch).await {
            console_error!("the queue did not take a batch: {error}");
            return Err(Failure::StorageDown);
        }
    }
    Ok(too_long)
}

/// Cuts events into pieces, in JSON, and what is too long for one.
fn cut(
    workspace: &str,
    events: Vec<Event>,
    received: Timestamp,
) -> serde_json::Result<(Vec<String>, Vec<Event>)> {
    let (mut pieces, mut too_long) = (Vec::new(), Vec::new());
    let mut waiting = Vec::new();
    let mut bytes = 0;
    let piece = |events: &mut Vec<Event>| {
        let events = std::mem::take(events);
        serde_json::to_string(&Piece { workspace: workspace.to_owned(), received, events })
    };
    for event in events {
        let length = serde_json::to_vec(&event)?.len();
        if length > LONGEST {
            too_long.push(event);
            continue;
        }
        if !waiting.is_empty() && (waiting.len() == AT_ONCE || bytes + length > LONGEST) {
            pieces.push(piece(&mut waiting)?);
            bytes = 0;
        }
        bytes += length;
        waiting.push(event);
    }
    if !waiting.is_empty() {
        pieces.push(piece(&mut waiting)?);
    }
    Ok((pieces, too_long))
}

/// Takes pieces from the queue, each on its own: one that fails comes again without the others.
pub(crate) async fn take(batch: &MessageBatch<()>, env: &Env) {
    for message in batch.raw_iter() {
        match take_one(&message, env).await {
            Ok(()) => message.ack(),
            Err(failure) => {
                let waited = Date::now().as_millis().saturating_sub(message.timestamp().as_millis()) / 1000;
                let wait = u32::try_from(waited.clamp(WAITS.0, WAITS.1)).unwrap_or(u32::MAX);
                console_error!("a piece of a batch comes again in {wait} s: {failure}");
                message.retry_with_options(&QueueRetryOptionsBuilder::new().with_delay_seconds(wait).build());
            }
        }
    }
}

async fn take_one(message: &RawMessage, env: &Env) -> Result<(), Failure> {
    let unreadable = || Failure::BadRequest("it is not what this version of the worker puts there".into());
    let piece = message.body().as_string().ok_or_else(unreadable)?;
    let Piece { workspace, received, events } = serde_json::from_str(&piece).map_err(|_| unreadable())?;
    let silo = Silo::find(env, &workspace)?;
    let delivery = intake::delivery(&silo, events, received).map_err(|_| Failure::StorageDown)?;
    if let Some(delivery) = delivery {
        DeskClient::of(env, silo.id())?.call(&Call::Take(delivery)).await?;
    }
    Ok(())
}
