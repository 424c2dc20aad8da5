//! What the service worker's script calls.

use std::cell::RefCell;

use earshot_api::{GlancedMention, ListQuery, NewMention, Shelf};
use earshot_client::{Client, Connection, KeptCorrections, Settings, Thresholds};
use earshot_corrections::{Corrections, Says};
use earshot_reading::{Reader, Reading, Scratch};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::brands::Brands;
use crate::correct;
use crate::found::FoundPost;
use crate::outcome::{Call, CorrectionOutcome, FlagOutcome, ReadPost, Undo, Waiting};

/// The engine, with the settings as they are.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Background {
    reader: Reader,
    scratch: RefCell<Scratch>,
    // Calls that wait for the workspace go on while settings change: none may hold the whole exclusively.
    settings: RefCell<Settings>,
    brands: RefCell<Brands>,
    /// `None` where what is kept cannot be read: then nothing is corrected, and nothing overwritten.
    corrections: RefCell<Option<Corrections>>,
}

#[wasm_bindgen]
impl Background {
    /// Makes the engine ready; the settings are the defaults until [`Background::apply_settings`].
    #[wasm_bindgen(constructor)]
    #[must_use]
    #[expect(clippy::new_without_default, reason = "JavaScript has no Default")]
    pub fn new() -> Self {
        console_error_panic_hook::set_once();
        Self {
            reader: Reader::new(),
            scratch: RefCell::default(),
            settings: RefCell::default(),
            brands: RefCell::default(),
            corrections: RefCell::new(Some(Corrections::default())),
        }
    }

    /// Takes the settings as they lie in storage. Missing ones, and ones that this version cannot read, count as the
    /// defaults: pages are read all the same.
    pub fn apply_settings(&self, settings: JsValue) {
        let settings: Settings = from_js(settings).unwrap_or_default();
        *self.brands.borrow_mut() = Brands::new(&settings.brands);
        *self.settings.borrow_mut() = settings;
    }

    /// Takes the corrections as they lie in storage.
    pub fn apply_corrections(&self, corrections: JsValue) {
        let kept: Result<Option<Corrections>, _> = from_js(corrections);
        *self.corrections.borrow_mut() = kept.ok().map(Option::unwrap_or_default);
    }

    /// Keeps what a person says of these words of a text, on this computer. Never fails: the outcome says how it went.
    ///
    /// # Errors
    /// Where what came is nothing that can be said of a text.
    pub async fn correct(&self, text: String, words: String, says: JsValue) -> Result<JsValue, JsError> {
        let says: Says = from_js(says)?;
        let (outcome, corrections) = correct::put(self.corrections.borrow().clone(), &text, &words, says);
        to_js(&self.keep(outcome, corrections).await)
    }

    /// Takes back what [`Background::correct`] kept, by the `undo` of its outcome.
    ///
    /// # Errors
    /// Where what came is no such thing.
    pub async fn take_back(&self, undo: JsValue) -> Result<JsValue, JsError> {
        let undo: Undo = from_js(undo)?;
        let (outcome, corrections) = correct::take_back(self.corrections.borrow().clone(), undo);
        to_js(&self.keep(outcome, corrections).await)
    }

    /// Reads posts as a content script found them; answers in their order.
    ///
    /// # Errors
    /// Where what came is no list of posts.
    pub fn read_batch(&self, posts: JsValue) -> Result<JsValue, JsError> {
        let posts: Vec<FoundPost> = from_js(posts)?;
        let read: Vec<ReadPost> = posts.iter().map(|post| self.read(post)).collect();
        // One text that the browser parses: building the objects from here takes several times as long.
        let json = serde_json::to_string(&read).map_err(|error| JsError::new(&error.to_string()))?;
        js_sys::JSON::parse(&json).map_err(|_| JsError::new("the readings are not JSON"))
    }

    /// Sends a post to the desk, on a person's command. Never fails: the outcome says how it went.
    ///
    /// # Errors
    /// Where what came is no post.
    pub async fn flag(&self, post: JsValue) -> Result<JsValue, JsError> {
        let post: FoundPost = from_js(post)?;
        let Some(connection) = self.workspace() else { return to_js(&FlagOutcome::NoWorkspace) };
        let elsewhere = self.said_of(&post.text).is_some_and(|said| said.about_us == Some(false));
        let ours = !elsewhere && self.brands.borrow().are_addressed_in(&post.text);
        let post = post.into_post(ours)?;
        let outcome = match Client::new(connection).flag(&NewMention { post, note: None }).await {
            Ok(()) => FlagOutcome::Sent,
            Err(error) => FlagOutcome::Failed { message: sentence(&error.to_string()) },
        };
        to_js(&outcome)
    }

    /// What waits on the desk; `undefined` without a workspace, or where it could not be reached.
    ///
    /// # Errors
    /// Where the answer cannot cross to JavaScript.
    pub async fn waiting(&self) -> Result<JsValue, JsError> {
        let Some(connection) = self.workspace() else { return Ok(JsValue::UNDEFINED) };
        let query = ListQuery { shelf: Some(Shelf::Urgent), ..ListQuery::default() };
        let Ok(page) = Client::new(connection).glance(&query).await else { return Ok(JsValue::UNDEFINED) };
        let thresholds = self.settings.borrow().thresholds;
        let calls = page.mentions.iter().filter(|mention| calls(mention, thresholds)).map(call).collect();
        to_js(&Waiting { urgent: page.counts.urgent, calls })
    }
}

impl Background {
    /// Out of the cell before anything is awaited.
    fn workspace(&self) -> Option<Connection> {
        self.settings.borrow().workspace.clone()
    }

    /// In memory first: what comes before storage has answered builds on it.
    async fn keep(&self, outcome: CorrectionOutcome, corrections: Option<Corrections>) -> CorrectionOutcome {
        let Some(corrections) = corrections else { return outcome };
        let before = self.corrections.replace(Some(corrections.clone()));
        match KeptCorrections::save(&corrections).await {
            Ok(()) => outcome,
            Err(error) => {
                self.corrections.replace(before);
                CorrectionOutcome::Failed { message: sentence(&error.to_string()) }
            }
        }
    }

    fn said_of(&self, text: &str) -> Option<Says> {
        self.corrections.borrow().as_ref()?.said_of(text)
    }

    fn read(&self, post: &FoundPost) -> ReadPost {
        let reading: Reading =
            self.reader.read_with(&mut self.scratch.borrow_mut(), &post.text, &post.context());
        let read = ReadPost {
            word: self.settings.borrow().thresholds.shows_words(reading.urgency.level)
                && !reading.urgency.reasons.is_empty(),
            brand: self.brands.borrow().named_in(&post.text),
            reading,
            corrected: None,
        };
        match self.said_of(&post.text) {
            Some(said) => correct::applied(read, said, self.settings.borrow().thresholds),
            None => read,
        }
    }
}

/// Whether a notification may tell of this mention.
fn calls(mention: &GlancedMention, thresholds: Thresholds) -> bool {
    mention.waits() && thresholds.notifies(mention.level())
}

fn call(mention: &GlancedMention) -> Call {
    Call {
        id: mention.id().to_string(),
        reason: mention.reason().unwrap_or_default().to_owned(),
        author: mention.author().unwrap_or_default().to_owned(),
        text: mention.text().to_owned(),
    }
}

fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(value).map_err(|error| JsError::new(&error.to_string()))
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    // Plain objects: they go over a port, which knows no Map.
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| JsError::new(&error.to_string()))
}

/// The client's messages start small, to stand behind a colon; here they stand alone.
pub(crate) fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).chain(['.']).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_stands_alone_as_a_sentence() {
        assert_eq!(sentence("could not reach the workspace"), "Could not reach the workspace.");
        assert_eq!(sentence(""), "");
    }
}
