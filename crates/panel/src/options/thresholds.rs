//! When badges and notifications speak up.

use earshot_reading::Level;
use leptos::prelude::*;

use super::form::Form;
use crate::show::names;

const WORDS: [(Level, &str); 4] = [
    (Level::Low, "Low and up: nearly every post"),
    (Level::Normal, "Normal and up: somebody waits"),
    (Level::High, "High and up: harm is going on"),
    (Level::Critical, "Critical only"),
];
const NOTICES: [(Level, &str); 4] = [
    (Level::None, "Never"),
    (Level::Critical, "Critical only"),
    (Level::High, "High and up"),
    (Level::Normal, "Normal and up"),
];

fn level(options: &[(Level, &str)], name: &str) -> Option<Level> {
    options.iter().map(|(level, _)| *level).find(|level| names::level(*level) == name)
}

/// When badges and notifications speak up.
#[component]
pub(super) fn SpeakUp() -> impl IntoView {
    let form = Form::here();
    let thresholds = Memo::new(move |_| form.settings.with(|settings| settings.thresholds));
    let options = |options: [(Level, &'static str); 4],
                   is_chosen: fn(&earshot_client::Thresholds, Level) -> bool| {
        options.map(|(level, said)| view! {
            <option value=names::level(level) selected=move || thresholds.with(|thresholds| is_chosen(thresholds, level))>{said}</option>
        }).into_iter().collect_view()
    };
    view! {
        <section aria-labelledby="speak-heading">
            <h2 id="speak-heading">"When to speak up"</h2>
            <div class="pairs">
                <label for="words-from">"A badge carries a word from"</label>
                <select id="words-from" on:change=move |event| {
                    if let Some(level) = level(&WORDS, &event_target_value(&event)) {
                        form.change("Saved.", |settings| settings.thresholds.words_from = level);
                    }
                }>{options(WORDS, |thresholds, level| thresholds.words_from == level)}</select>
                <label for="notify-from">"A new mention makes a notification from"</label>
                <select id="notify-from" on:change=move |event| {
                    if let Some(level) = level(&NOTICES, &event_target_value(&event)) {
                        form.change("Saved.", |settings| settings.thresholds.notify_from = level);
                    }
                }>{options(NOTICES, |thresholds, level| thresholds.notify_from == level)}</select>
            </div>
            <p class="hint">"Below that, a post carries a faint mark."</p>
        </section>
    }
    .into_any()
}
