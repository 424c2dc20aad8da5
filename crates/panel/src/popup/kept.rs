//! What outlives the popup, which closes at every click beside it: the last lists, and notes and answers
//! half written. Kept in the
//! browser's session storage, which is never written to disk.

use std::collections::HashMap;

use earshot_api::{MentionPage, Shelf};
use earshot_client::{Area, Connection, WorkspaceUrl};
use earshot_mention::{MentionId, Timestamp, WorkspaceId};
use gloo::timers::callback::Timeout;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::answers::Draft;
use super::shelves::{SHELVES, shelf_name};

/// A list as it was, and whose: another workspace never sees it.
#[derive(Serialize, Deserialize)]
struct Kept {
    url: WorkspaceUrl,
    workspace: WorkspaceId,
    at: Timestamp,
    page: MentionPage,
}

const DRAFTS: &str = "drafts";
const ANSWERS: &str = "answers";
const PAUSE_MILLIS: u32 = 250;

fn key(shelf: Shelf) -> String {
    format!("shelf_{}", shelf_name(shelf))
}

/// The list of this shelf as it was last seen.
pub(crate) async fn page(connection: &Connection, shelf: Shelf) -> Option<(Timestamp, MentionPage)> {
    let kept: Kept = Area::session().ok()?.get(&key(shelf)).await.ok()??;
    let is_ours = kept.url == connection.url && kept.workspace == connection.workspace;
    is_ours.then_some((kept.at, kept.page))
}

pub(crate) fn keep_page(connection: Connection, shelf: Shelf, at: Timestamp, page: MentionPage) {
    let kept = Kept { url: connection.url, workspace: connection.workspace, at, page };
    // Drawing comes first.
    let timer = Timeout::new(PAUSE_MILLIS, move || {
        spawn_local(async move {
            if let Ok(area) = Area::session() {
                // Not kept means not shown when the workspace is out of reach; nothing else depends on it.
                let _ = area.set(&key(shelf), &kept).await;
            }
        });
    });
    timer.forget();
}

pub(crate) async fn forget_pages() {
    let Ok(area) = Area::session() else { return };
    for (shelf, _) in SHELVES {
        let _ = area.remove(&key(shelf)).await;
    }
}

pub(crate) async fn drafts() -> HashMap<MentionId, String> {
    let Ok(area) = Area::session() else { return HashMap::new() };
    area.get(DRAFTS).await.ok().flatten().unwrap_or_default()
}

pub(crate) fn keep_drafts(drafts: HashMap<MentionId, String>) {
    spawn_local(async move {
        if let Ok(area) = Area::session() {
            // The draft is still in the field; it is lost only where the browser keeps nothing at all.
            let _ = area.set(DRAFTS, &drafts).await;
        }
    });
}

pub(crate) async fn answers() -> HashMap<MentionId, Draft> {
    let Ok(area) = Area::session() else { return HashMap::new() };
    area.get(ANSWERS).await.ok().flatten().unwrap_or_default()
}

/// Resolves when the answers are kept, or cannot be.
pub(crate) async fn keep_answers(answers: HashMap<MentionId, Draft>) {
    if let Ok(area) = Area::session() {
        // As with drafts: it is still in the field.
        let _ = area.set(ANSWERS, &answers).await;
    }
}
