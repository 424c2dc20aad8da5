//! The settings under change: kept at once, said when done.

use earshot_client::Settings;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Something to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) is_problem: bool,
}

/// The settings under change. Copies share them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    pub(super) settings: RwSignal<Settings>,
    pub(super) is_loaded: RwSignal<bool>,
    pub(super) said: RwSignal<Option<Said>>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Form {
    pub(super) fn new() -> Self {
        Self {
            settings: RwSignal::new(Settings::default()),
            is_loaded: RwSignal::new(false),
            said: RwSignal::new(None),
            timer: StoredValue::new_local(None),
        }
    }

    /// The form that the page provides to its parts.
    pub(super) fn here() -> Self {
        expect_context()
    }

    pub(super) fn start(self) {
        spawn_local(async move {
            match Settings::load().await {
                Ok(settings) => {
                    self.settings.set(settings);
                    self.is_loaded.set(true);
                }
                // Nothing is shown that could overwrite what could not be read.
                Err(error) => self.tell_problem(sentence(&error.to_string())),
            }
        });
        // Another options page, open at the same time, must not be overwritten by this one.
        let listening = Settings::on_change(move |settings| {
            if self.settings.with_untracked(|kept| *kept != settings) {
                self.settings.set(settings);
            }
        });
        if let Ok(listener) = listening {
            listener.keep();
        }
    }

    /// Changes the settings and keeps them.
    pub(super) fn change(self, done: impl Into<String>, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        let done = done.into();
        spawn_local(async move {
            match self.settings.get_untracked().save().await {
                Ok(()) => self.tell(done),
                Err(error) => self.tell_problem(sentence(&error.to_string())),
            }
        });
    }

    pub(super) fn tell(self, text: impl Into<String>) {
        self.say(Said { text: text.into(), is_problem: false });
    }

    pub(super) fn tell_problem(self, text: impl Into<String>) {
        self.say(Said { text: text.into(), is_problem: true });
    }

    fn say(self, said: Said) {
        // A problem stands until something else happens.
        let timer = (!said.is_problem).then(|| Timeout::new(4_000, move || self.said.set(None)));
        self.said.set(Some(said));
        self.timer.set_value(timer);
    }
}

pub(super) use crate::popup::sentence;
