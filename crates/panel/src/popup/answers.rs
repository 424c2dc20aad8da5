//! Answering through the platform: what is written is never lost, and nothing is said twice.

use std::collections::HashMap;

use earshot_api::{LookedBody, MentionView, ReplyBody, Terms};
use earshot_client::Error;
use earshot_desk::{Command, ReplyKey, ReplyState, State};
use earshot_mention::MentionId;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::kept;
use super::refresh::sentence;
use super::state::{Desk, Row, Toast};
use super::steps::{address, no_address};
use crate::browser::{random, tabs};
use crate::show::names;

/// How long a pause in typing keeps what was typed.
const PAUSE_MILLIS: u32 = 150;
/// How soon, and how seldom at last, an answer on its way is asked after.
const FIRST_LOOK_MILLIS: u32 = 1_500;
const LAST_LOOK_MILLIS: u32 = 15_000;

/// An answer half written. It outlives the popup, which closes at every click beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Draft {
    pub(crate) text: String,
    /// Whether to the author alone; `None` where nobody chose.
    #[serde(default)]
    pub(crate) privately: Option<bool>,
    /// The try whose fate is not known here: the same words go with the same key, which the workspace sends once.
    #[serde(default)]
    attempt: Option<Attempt>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Attempt {
    key: ReplyKey,
    text: String,
    privately: bool,
}

impl Draft {
    /// The key for these words: the one they were tried with, else the new one.
    fn key(&self, text: &str, privately: bool, new: impl FnOnce() -> Option<ReplyKey>) -> Option<ReplyKey> {
        match &self.attempt {
            Some(tried) if tried.text == text && tried.privately == privately => Some(tried.key.clone()),
            _ => new(),
        }
    }
}

impl Desk {
    pub(crate) fn draft(self, id: &MentionId) -> Draft {
        self.answers.with_untracked(|answers| answers.get(id).cloned()).unwrap_or_default()
    }

    /// Changes what is half written, and keeps it.
    pub(crate) fn write_answer(self, id: &MentionId, change: impl FnOnce(&mut Draft)) {
        self.change_answer(id, change);
        let timer =
            Timeout::new(PAUSE_MILLIS, move || spawn_local(kept::keep_answers(self.answers.get_untracked())));
        self.timers.update_value(|timers| timers.answer = Some(timer));
    }

    fn change_answer(self, id: &MentionId, change: impl FnOnce(&mut Draft)) {
        self.answers.update(|answers: &mut HashMap<MentionId, Draft>| {
            let draft = answers.entry(id.clone()).or_default();
            change(draft);
            if *draft == Draft::default() {
                answers.remove(id);
            }
        });
    }

    /// Sends what is written.
    pub(crate) fn send_answer(self, row: Row, privately: bool, terms: Terms) {
        let draft = self.draft(&row.id);
        let text = draft.text.trim().to_owned();
        let over = text.chars().count().saturating_sub(terms.longest as usize);
        if text.is_empty() {
            self.tell_problem("Write the answer first.");
            return;
        }
        if over > 0 {
            let platform = row.view.with_untracked(|view| names::platform(&view.mention.post.id.platform));
            let plural = if over == 1 { "" } else { "s" };
            self.tell_problem(format!("{over} character{plural} too many for {platform}; shorten it."));
            return;
        }
        if self.unseen.with_value(|unseen| unseen.sending.contains(&row.id)) {
            return;
        }
        let Some(client) = self.client() else { return };
        let Some(key) = draft.key(&text, privately, random::reply_key) else {
            self.tell_problem(
                "This browser gave no random number to send the answer with. Reload the popup.",
            );
            return;
        };
        self.change_answer(&row.id, |draft| {
            draft.attempt = Some(Attempt { key: key.clone(), text: text.clone(), privately });
        });
        self.begin_step();
        self.unseen.update_value(|unseen| {
            unseen.sending.push(row.id.clone());
            unseen.stays.push(row.id.clone());
        });
        spawn_local(async move {
            // Before it leaves: whatever happens to this popup, the next one asks with the same key.
            kept::keep_answers(self.answers.get_untracked()).await;
            let answer = client.reply(&row.id, &ReplyBody { key, text, privately }).await;
            self.end_step();
            self.unseen.update_value(|unseen| unseen.sending.retain(|sending| *sending != row.id));
            match answer {
                Ok(view) => self.settle(&row, view),
                Err(Error::Offline(_)) => {
                    self.tell_problem(
                        "Could not reach the workspace, so nobody here knows whether it was sent. Your words are kept: send them again, they are never said twice.",
                    );
                    self.look_after(row.clone(), FIRST_LOOK_MILLIS);
                }
                Err(error) => self.truth(&row, error).await,
            }
            self.refresh();
        });
    }

    /// Tells the desk what a person found who looked.
    pub(crate) fn looked(self, row: Row, found: bool) {
        let Some(client) = self.client() else { return };
        let Some(key) = row.view.with_untracked(|view| view.reply.as_ref().map(|reply| reply.key.clone()))
        else {
            return;
        };
        self.begin_step();
        spawn_local(async move {
            let answer = client.looked(&row.id, &LookedBody { key, found }).await;
            self.end_step();
            match answer {
                Ok(view) => self.settle(&row, view),
                Err(error) => self.truth(&row, error).await,
            }
            self.refresh();
        });
    }

    /// Shows what became of an answer, and asks after one that is on its way.
    pub(crate) fn settle(self, row: &Row, view: MentionView) {
        let reply = view.reply.clone();
        let platform = names::platform(&view.mention.post.id.platform);
        row.view.set(view);
        let Some(reply) = reply else { return };
        match &reply.state {
            ReplyState::Pending => self.look_after(row.clone(), FIRST_LOOK_MILLIS),
            ReplyState::Sent { .. } => {
                let was_ours = self.forget_said(&row.id, &reply.text);
                if was_ours {
                    let said = format!("Said on {platform}. Resolve it with E, or leave it open.");
                    self.tell(Toast { said, can_undo: false, is_problem: false });
                }
            }
            ReplyState::Refused { .. } | ReplyState::NotSent { .. } => {
                // Nothing was said: the same words, sent again, are another try.
                self.write_answer(&row.id, |draft| draft.attempt = None);
            }
            ReplyState::Unknown { .. } => {}
        }
    }

    /// Drops what was written where exactly that was said; whether it was there.
    pub(crate) fn forget_said(self, id: &MentionId, said: &str) -> bool {
        let was_ours = self.draft(id).text.trim() == said;
        if was_ours {
            self.write_answer(id, |draft| *draft = Draft::default());
        }
        was_ours
    }

    /// Asks what became of an answer that is on its way, less and less often.
    pub(crate) fn look_after(self, row: Row, pause: u32) {
        if self.is_followed(&row.id) {
            return;
        }
        self.follow(&row.id);
        Timeout::new(pause, move || {
            spawn_local(async move {
                let answer = match self.client() {
                    Some(client) => client.one(&row.id).await,
                    None => return,
                };
                self.unfollow(&row.id);
                let later = (pause * 2).min(LAST_LOOK_MILLIS);
                match answer {
                    Ok(view) if is_pending(&view) => self.look_after(row, later),
                    Ok(view) => self.settle(&row, view),
                    Err(Error::Offline(_)) => self.look_after(row, later),
                    // The list's own refresh says what is wrong.
                    Err(_) => {}
                }
            });
        })
        .forget();
    }

    /// Copies what is written and opens the post, for platforms that take no answer from here. Who answers holds it.
    pub(crate) fn answer_there(self, row: Row) {
        let text = self.draft(&row.id).text.trim().to_owned();
        // Inside the click itself, as browsers want it.
        let copying = (!text.is_empty()).then(|| tabs::copy(&text));
        spawn_local(async move {
            if let Some(copying) = copying
                && !tabs::copied(copying).await
            {
                self.tell_problem(
                    "This browser did not let the words be copied. Mark them and copy them by hand.",
                );
                return;
            }
            let waits = row.view.with_untracked(|view| view.ticket.state == State::Waiting);
            if waits && !self.take_step(row.clone(), Command::Claim).await {
                return;
            }
            match address(&row) {
                Some(address) => tabs::open(&address),
                None => self.tell_problem(no_address(&row)),
            }
        });
    }

    /// Says what the workspace said no to, and shows how things really stand.
    async fn truth(self, row: &Row, error: Error) {
        if let Some(client) = self.client()
            && let Ok(truth) = client.one(&row.id).await
        {
            self.settle(row, truth);
        }
        self.tell_problem(sentence(&error.to_string()));
    }

    fn is_followed(self, id: &MentionId) -> bool {
        self.unseen.with_value(|unseen| unseen.followed.contains(id))
    }

    fn follow(self, id: &MentionId) {
        self.unseen.update_value(|unseen| unseen.followed.push(id.clone()));
    }

    fn unfollow(self, id: &MentionId) {
        self.unseen.update_value(|unseen| unseen.followed.retain(|followed| followed != id));
    }
}

fn is_pending(view: &MentionView) -> bool {
    view.reply.as_ref().is_some_and(|reply| reply.state == ReplyState::Pending)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: &str) -> Option<ReplyKey> {
        ReplyKey::parse(key).ok()
    }

    #[test]
    fn the_same_words_go_with_the_same_key_and_others_with_another() {
        let tried =
            Attempt { key: key("first-try-1").unwrap(), text: "On our way.".into(), privately: false };
        let draft = Draft { text: "On our way.".into(), privately: None, attempt: Some(tried) };
        for (text, privately, expected) in [
            ("On our way.", false, "first-try-1"),
            ("On our way.", true, "second-try"),
            ("On our way!", false, "second-try"),
        ] {
            assert_eq!(draft.key(text, privately, || key("second-try")), key(expected), "{text} {privately}");
        }
        assert_eq!(Draft::default().key("On our way.", false, || key("second-try")), key("second-try"));
    }

    #[test]
    fn a_draft_of_an_older_version_is_read() {
        let draft: Draft = serde_json::from_str(r#"{"text":"On our way."}"#).unwrap();
        assert_eq!(draft, Draft { text: "On our way.".into(), ..Draft::default() });
    }
}
