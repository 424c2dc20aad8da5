//! "That's wrong": what somebody at this computer says the words are. Nothing of it goes to the desk.

use earshot_client::KeptCorrections;
use earshot_corrections::{Correction, Emotion, Feeling};
use earshot_reading::Level;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::refresh::sentence;
use super::state::{Desk, Row, Taken, Toast};
use crate::browser::focus;
use crate::show::corrected::{self, Seen, Stands};

/// The button that opens the form.
pub(crate) const BUTTON: &str = "wrong";
const FORM: &str = "wrong-form";
const FIRST: &str = "wrong-first";
const WORDS: &str = "wrong-words";

const FEELINGS: [Feeling; 3] = [Feeling::Negative, Feeling::Neutral, Feeling::Positive];
const LEVELS: [Level; 5] = [Level::None, Level::Low, Level::Normal, Level::High, Level::Critical];

/// Opens the form for the selected mention.
pub(crate) fn open(desk: Desk) {
    if let Some(said) = desk.unseen.with_value(|unseen| unseen.cannot_correct.clone()) {
        desk.tell_problem(said);
        return;
    }
    let has_words = desk.selected_row().is_some_and(|row| {
        row.view.with_untracked(|view| super::row::without_words(&view.mention.post.text).is_none())
    });
    if !has_words {
        desk.tell_problem("There are no words here that could be known again.");
        return;
    }
    desk.is_answering.set(false);
    desk.is_correcting.set(true);
    desk.is_open.set(true);
    focus::focus_soon(FIRST);
}

/// Puts the form away.
pub(crate) fn close(desk: Desk) {
    desk.is_correcting.set(false);
    focus::focus_soon(BUTTON);
}

/// The form; it starts with the reading as it is shown.
#[component]
pub(crate) fn Correct(row: Row, seen: Memo<Seen>) -> impl IntoView {
    let desk = Desk::here();
    let desk_level = row.view.with_untracked(|view| view.ticket.level);
    let before = StoredValue::new(seen.with_untracked(|seen| Stands::of(seen, desk_level)));
    let now = RwSignal::new(before.get_value());
    let text = StoredValue::new(row.view.with_untracked(|view| view.mention.post.text.as_str().to_owned()));
    let words = RwSignal::new(text.get_value());
    let keep = move || {
        let says = before.with_value(|before| now.with_untracked(|now| before.changed(now)));
        let kept = desk
            .corrections
            .try_update(|kept| text.with_value(|text| kept.say(text, &words.get_untracked(), says)));
        match kept {
            Some(Ok((put, replaced))) => {
                close(desk);
                desk.kept_said(put, replaced);
            }
            Some(Err(error)) => desk.tell_problem(sentence(&error.to_string())),
            None => {}
        }
    };
    let by_key = keep;
    let feelings = FEELINGS
        .into_iter()
        .enumerate()
        .map(|(place, feeling)| {
            let is_first = place == 0;
            view! {
                <label class="choice">
                    <input type="radio" name="wrong-sentiment" id=is_first.then_some(FIRST)
                        prop:checked=move || now.with(|now| now.sentiment == Some(feeling))
                        on:change=move |_| now.update(|now| now.sentiment = Some(feeling))/>
                    {corrected::feeling_name(feeling)}
                </label>
            }
        })
        .collect_view();
    let levels = LEVELS
        .into_iter()
        .map(|level| {
            view! {
                <label class="choice">
                    <input type="radio" name="wrong-urgency"
                        prop:checked=move || now.with(|now| now.urgency == level)
                        on:change=move |_| now.update(|now| now.urgency = level)/>
                    {corrected::level_name(level)}
                </label>
            }
        })
        .collect_view();
    let emotions = Emotion::ALL
        .into_iter()
        .map(|emotion| {
            view! {
                <label class="choice">
                    <input type="checkbox"
                        prop:checked=move || now.with(|now| now.emotions.contains(&emotion))
                        on:change=move |event| {
                            let is_felt = event_target_checked(&event);
                            now.update(|now| {
                                now.emotions.retain(|felt| *felt != emotion);
                                if is_felt {
                                    now.emotions.push(emotion);
                                    now.emotions.sort();
                                }
                            });
                        }/>
                    {emotion.name()}
                </label>
            }
        })
        .collect_view();
    view! {
        <div id=FORM class="wrong" role="group" aria-label="What is right?">
            <fieldset><legend>"Feeling"</legend>{feelings}</fieldset>
            <fieldset><legend>"Urgency"</legend>{levels}</fieldset>
            <fieldset><legend>"Emotions"</legend>{emotions}</fieldset>
            <fieldset>
                <label class="choice">
                    <input type="checkbox"
                        prop:checked=move || now.with(|now| !now.about_us)
                        on:change=move |event| now.update(|now| now.about_us = !event_target_checked(&event))/>
                    "Not about us"
                </label>
            </fieldset>
            <label for=WORDS>"For these words"</label>
            <textarea id=WORDS rows="2" dir="auto" aria-describedby="wrong-hint"
                prop:value=move || words.get()
                on:input=move |event| words.set(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                        event.prevent_default();
                        by_key();
                    }
                }
            ></textarea>
            <p id="wrong-hint" class="hint">"Leave only the words that matter, and it holds wherever they stand. It stays on this computer and changes nothing on the desk."</p>
            <div class="choices">
                <button class="go" data-action="keep-correction" on:click=move |_| keep()>"Keep"<kbd aria-hidden="true">"Ctrl Enter"</kbd></button>
                <button on:click=move |_| close(desk)>"Cancel"</button>
            </div>
        </div>
    }
    .into_any()
}

impl Desk {
    /// Keeps the corrections as they are now, and says how to take the last one back.
    fn kept_said(self, put: Correction, before: Option<Correction>) {
        let undo = Taken::Said { put: Box::new(put), before: before.map(Box::new) };
        spawn_local(async move {
            if self.save_corrections().await {
                self.unseen.update_value(|unseen| unseen.taken.push(undo));
                let said = "Kept on this computer. These words read so from now on.".to_owned();
                self.tell(Toast { said, can_undo: true, is_problem: false });
            } else if let Taken::Said { put, before } = undo {
                self.corrections.update(|kept| kept.take_back(&put, before.map(|before| *before)));
            }
        });
    }

    /// Takes a correction back, and puts back what it stood in for.
    pub(crate) fn take_back_said(self, put: &Correction, before: Option<Correction>) {
        self.corrections.update(|kept| kept.take_back(put, before));
        spawn_local(async move {
            if self.save_corrections().await {
                self.tell(Toast { said: "Taken back.".to_owned(), can_undo: false, is_problem: false });
            }
        });
    }

    /// Whether the browser kept them.
    async fn save_corrections(self) -> bool {
        match KeptCorrections::save(&self.corrections.get_untracked()).await {
            Ok(()) => true,
            Err(error) => {
                self.tell_problem(sentence(&error.to_string()));
                false
            }
        }
    }
}
