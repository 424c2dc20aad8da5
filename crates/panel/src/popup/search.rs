//! Narrowing the list: words, platform, level.

use earshot_mention::Platform;
use earshot_reading::Level;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::state::{Desk, Filter};
use crate::browser::focus;

const FIELD: &str = "search";
/// How long a pause in typing asks the workspace.
const PAUSE_MILLIS: u32 = 200;
const LEVELS: [(&str, Level); 3] =
    [("critical", Level::Critical), ("high", Level::High), ("normal", Level::Normal)];

/// Puts the keyboard into the field as soon as it is there.
pub(crate) fn focus_field() {
    focus::focus_soon(FIELD);
}

/// Shows everything again.
pub(crate) fn close(desk: Desk) {
    desk.is_searching.set(false);
    // Words that were typed a moment ago are not asked for any more.
    desk.timers.update_value(|timers| timers.search = None);
    if desk.filter.get_untracked() != Filter::default() {
        desk.filter.set(Filter::default());
        desk.narrowed();
    }
}

/// Narrowing the list.
#[component]
pub(crate) fn Search() -> impl IntoView {
    let desk = Desk::here();
    let narrow = move |change: &dyn Fn(&mut Filter)| {
        let before = desk.filter.get_untracked();
        desk.filter.update(change);
        if desk.filter.get_untracked() != before {
            desk.narrowed();
        }
    };
    let type_words = move |words: String| {
        let timer = Timeout::new(PAUSE_MILLIS, move || narrow(&|filter| filter.search.clone_from(&words)));
        desk.timers.update_value(|timers| timers.search = Some(timer));
    };
    view! {
        <Show when=move || desk.is_searching.get()>
            <search class="search">
                <input
                    id=FIELD
                    type="search"
                    placeholder="Words or a name"
                    aria-label="Search in words and names"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=desk.filter.get_untracked().search
                    on:input=move |event| type_words(event_target_value(&event))
                />
                <select
                    aria-label="Platform"
                    on:change=move |event| {
                        let platform = Platform::parse(&event_target_value(&event)).ok();
                        narrow(&|filter| filter.platform.clone_from(&platform));
                    }
                >
                    <option value="">"All places"</option>
                    {move || desk.platforms.get().into_iter().map(|(name, platform)| {
                        let chosen = desk.filter.with_untracked(|filter| filter.platform.as_ref() == Some(&platform));
                        view! { <option value=platform.as_str().to_owned() selected=chosen>{name}</option> }
                    }).collect_view()}
                </select>
                <select
                    aria-label="Urgency"
                    on:change=move |event| {
                        let name = event_target_value(&event);
                        let level = LEVELS.iter().find(|(known, _)| *known == name).map(|(_, level)| *level);
                        narrow(&|filter| filter.level = level);
                    }
                >
                    <option value="">"Any urgency"</option>
                    <option value="critical">"Critical"</option>
                    <option value="high">"High and up"</option>
                    <option value="normal">"Normal and up"</option>
                </select>
            </search>
        </Show>
    }
    .into_any()
}
