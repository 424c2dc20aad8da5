//! One mention in full: all of its words, every reason with the words that gave it, what happened, and notes.

use std::cell::RefCell;
use std::rc::Rc;

use earshot_api::MentionView;
use earshot_desk::{Command, Event, Happening, Outcome, State};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::answer::{self, Answer};
use super::correct::{self, Correct};
use super::list;
use super::note::{self, Note};
use super::row::{self, Due};
use super::state::{Desk, Row};
use crate::browser::{clock, focus, labels};
use crate::show::corrected::Seen;
use crate::show::{detail, moment, names, permalink, reasons, words};

/// The heading, which takes the keyboard when a mention opens.
pub(crate) const HEADING: &str = "detail-heading";

/// How often the history is asked for while steps come in between.
const TRIES: usize = 5;

/// The open mention, in place of the list or beside it where there is room.
#[component]
pub(crate) fn Detail() -> impl IntoView {
    let desk = Desk::here();
    // What was begun with one mention is not about the next.
    Effect::new(move |before: Option<Option<earshot_mention::MentionId>>| {
        let shown = desk.is_open.get().then(|| desk.selected.get()).flatten();
        if before.flatten().is_some_and(|before| shown.as_ref() != Some(&before)) {
            desk.is_answering.set(false);
            desk.is_correcting.set(false);
        }
        shown
    });
    // Rows of the list keep their identity; a new selection makes a new detail.
    let open = Memo::new_with_compare(
        move |_| {
            desk.rows.track();
            desk.is_open.get().then(|| desk.selected.get()).flatten().and_then(|id| desk.row(&id))
        },
        |before, after| {
            before.map(|row| row.as_ref().map(|row| &row.id))
                != after.map(|row| row.as_ref().map(|row| &row.id))
        },
    );
    view! { {move || open.get().map(|row| view! { <Open row=row/> })} }
}

#[component]
fn Open(row: Row) -> impl IntoView {
    let desk = Desk::here();
    let ticket = Memo::new({
        let view = row.view.clone();
        move |_| view.with(|view| view.ticket.clone())
    });
    ask_for_history(desk, &row);
    // Unless it was opened to write something.
    focus::focus_soon_if(HEADING, move || {
        !note::has_focus() && !desk.is_answering.get_untracked() && !desk.is_correcting.get_untracked()
    });

    let mention = row.view.with_untracked(|view| view.mention.clone());
    let seen = Memo::new({
        let view = row.view.clone();
        move |_| desk.corrections.with(|corrections| view.with(|view| Seen::new(&view.mention, corrections)))
    });
    let place = {
        let id = row.id.clone();
        move || {
            desk.rows.with(|rows| {
                let place = rows.iter().position(|row| row.id == id).map_or(0, |place| place + 1);
                format!("{place} of {}", rows.len())
            })
        }
    };
    let can_open = permalink::openable(mention.post.permalink.as_deref()).is_some();
    let level = move || names::level(seen.with(|seen| seen.mention.reading.urgency.level));
    let said = move || {
        seen.with(|Seen { mention, .. }| match row::without_words(&mention.post.text) {
            Some(said) => view! { <p class="words wordless">{said}</p> }.into_any(),
            None => {
                let pieces = words::pieces(mention.post.text.as_str(), &words::evidence(mention));
                view! { <p class="words" dir="auto">{row::marked(pieces)}</p> }.into_any()
            }
        })
    };
    let can_correct = row::without_words(&mention.post.text).is_none();
    let when = mention.post.published.unwrap_or(mention.received);
    let (stepping, noting, answering, correcting) = (row.clone(), row.clone(), row.clone(), row.clone());
    let history = row.view.clone();
    view! {
        <section class=move || format!("detail {}", level()) aria-labelledby=HEADING>
            <div class="bar-top">
                <button class="back" on:click=move |_| { desk.is_open.set(false); list::focus_selected(desk); }>
                    <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M9.5 3.5 5 8l4.5 4.5"/></svg>
                    "Back"
                </button>
                <span class="place">{place}</span>
                <button class="icon" aria-label="Previous mention" title="Previous ( K )" on:click=move |_| list::go(desk, -1)>
                    <svg viewBox="0 0 16 16" aria-hidden="true"><path d="m3.5 10 4.5-4.5 4.5 4.5"/></svg>
                </button>
                <button class="icon" aria-label="Next mention" title="Next ( J )" on:click=move |_| list::go(desk, 1)>
                    <svg viewBox="0 0 16 16" aria-hidden="true"><path d="m3.5 6 4.5 4.5L12.5 6"/></svg>
                </button>
            </div>
            <div class="scroll" tabindex="0" role="group" aria-label="Words, reasons and history">
                <h2 id=HEADING tabindex="-1"><span class="top">{row::byline(&mention)}<Due ticket=ticket/></span></h2>
                {said}
                <p class="when">{when_line(&mention, when)}</p>
                <div class="heading">
                    <h3>"Why"</h3>
                    {can_correct.then(|| view! {
                        <button
                            id=correct::BUTTON
                            class="quiet"
                            title="That's wrong ( W )"
                            aria-expanded=move || desk.is_correcting.get().to_string()
                            on:click=move |_| if desk.is_correcting.get_untracked() { correct::close(desk) } else { correct::open(desk) }
                        >"That's wrong"</button>
                    })}
                </div>
                {move || seen.with(why)}
                {move || desk.is_correcting.get().then(|| view! { <Correct row=correcting.clone() seen=seen/> })}
                <h3>"What happened"</h3>
                <ol class="history">{move || history.with(|view| told(view, desk))}</ol>
            </div>
            {move || if desk.is_answering.get() {
                view! { <Answer row=answering.clone()/> }.into_any()
            } else {
                view! { <Note row=noting.clone()/> }.into_any()
            }}
            {move || ticket.with(|ticket| actions(desk, &stepping, &ticket.state, can_open))}
        </section>
    }
    .into_any()
}

fn when_line(mention: &earshot_mention::Mention, when: earshot_mention::Timestamp) -> String {
    let now = clock::now();
    let verb = if mention.post.published.is_some() { "Written" } else { "Reached us" };
    let seen = match mention.post.visibility {
        earshot_mention::Visibility::Direct => "to us alone",
        earshot_mention::Visibility::Public => "in public",
        earshot_mention::Visibility::Broadcast => "to all who follow",
    };
    format!("{verb} {}, {}, {seen}", clock::time_of_day(when, now), moment::ago(when, now))
}

/// Every reason with its words, then the emotions, then who read it.
fn why(seen: &Seen) -> impl IntoView + use<> {
    let mention = &seen.mention;
    let text = mention.post.text.as_str();
    let urgent = mention
        .reading
        .urgency
        .reasons
        .iter()
        .map(|reason| {
            let quoted = reason
                .span
                .of(text)
                .map(|words| view! { <dd><q dir="auto"><mark>{words.to_owned()}</mark></q></dd> });
            view! { <div><dt>{labels::reason(&reason.code.0)}</dt>{quoted}</div> }
        })
        .collect_view();
    let others = reasons::codes(mention)
        .into_iter()
        .filter(|code| !mention.reading.urgency.reasons.iter().any(|reason| reason.code.0 == code.as_str()))
        .map(|code| view! { <div><dt>{labels::reason(&code)}</dt></div> })
        .collect_view();
    let by = reasons::flagged_by(mention).map(
        |name| view! { <div><dt>"sent to the desk"</dt><dd><bdi>{format!("by {name}")}</bdi></dd></div> },
    );
    let felt = detail::emotions(&mention.reading.emotions).into_iter().map(|(name, strength)| {
        let percent = (strength * 100.0).round();
        view! {
            <span class="felt" role="img" aria-label=format!("{name} {percent} %") title=format!("{percent} %")>
                {name}<i style=format!("width:{}px", 8.0 + strength * 40.0)></i>
            </span>
        }
    }).collect_view();
    let language = &mention.reading.language;
    let corrected = seen.said.as_ref().map_or("", |_| ", corrected by you");
    let read = format!(
        "Read by {}{corrected} · {} {} %",
        mention.reading.model.0,
        language.code.as_str().to_uppercase(),
        (language.confidence.get() * 100.0).round()
    );
    let elsewhere = seen.said.as_ref().is_some_and(|said| said.about_us == Some(false));
    let verdict = detail::verdict(&mention.reading);
    view! {
        <p class="verdict">{verdict}{elsewhere.then_some(" · not about us")}</p>
        <dl class="reasons">{urgent}{others}{by}</dl>
        <div class="feelings">{felt}</div>
        <p class="read">{read}</p>
    }
}

fn told(view: &MentionView, desk: Desk) -> impl IntoView + use<> {
    let now = desk.now.get();
    if view.history.is_empty() {
        let when = clock::time_of_day(view.ticket.admitted, now);
        return view! { <li><span class="at">{when}</span><span>"Came to the desk"</span></li> }.into_any();
    }
    view.history.iter().map(|event: &Event| {
        let note = match &event.happening {
            Happening::Noted { text }
            | Happening::Edited { before: text }
            | Happening::Replied { text, .. }
            | Happening::NotReplied { why: text } => {
                Some(view! { <p class="note" dir="auto">{text.clone()}</p> })
            }
            _ => None,
        };
        view! { <li><span class="at">{clock::time_of_day(event.at, now)}</span><span>{detail::happening(event)}{note}</span></li> }
    }).collect_view().into_any()
}

fn actions(desk: Desk, row: &Row, state: &State, can_open: bool) -> impl IntoView + use<> {
    let button = |label: &'static str, key: &'static str, class: &'static str, command: Command| {
        let row = row.clone();
        view! {
            <button class=class title=key data-action=label.to_ascii_lowercase().replace(' ', "-") on:click=move |_| desk.step_with(row.clone(), command.clone())>
                {label}{(class == "go" && !key.is_empty()).then(|| view! { <kbd aria-hidden="true">{key}</kbd> })}
            </button>
        }
    };
    let resolve = || Command::Resolve { outcome: Outcome::Answered };
    let elsewhere = || Command::Resolve { outcome: Outcome::Elsewhere };
    let answer = || {
        view! {
            <Show when=move || !desk.is_answering.get()>
                <button data-action="answer" title="R" on:click=move |_| answer::open(desk)>"Answer"</button>
            </Show>
        }
    };
    let steps = match state {
        State::Waiting => view! {
            {button("Claim", "C", "go", Command::Claim)}
            {answer()}
            {button("Resolve", "E", "", resolve())}
            {button("Dismiss", "X", "", Command::Dismiss)}
        }
        .into_any(),
        State::Claimed { by, .. } if *by == desk.you.get() => view! {
            {button("Resolve", "E", "go", resolve())}
            {answer()}
            {button("Elsewhere", "", "", elsewhere())}
            {button("Dismiss", "X", "", Command::Dismiss)}
            {button("Give back", "G", "", Command::Release)}
        }
        .into_any(),
        State::Claimed { since, by } => {
            let said =
                format!("{} has it since {}", names::person(by), clock::time_of_day(*since, clock::now()));
            view! { <span class="held">{said}</span> }.into_any()
        }
        State::Resolved { .. } | State::Dismissed { .. } => {
            button("Reopen", "", "go", Command::Reopen).into_any()
        }
    };
    let opening = row.clone();
    let open = can_open.then(|| {
        view! {
            <button data-action="open" title="O" on:click=move |_| desk.open_post(&opening)>"Open"</button>
        }
    });
    view! { <div class="actions">{steps}{open}</div> }
}

/// Lists come without history: asks for it when a mention opens and whenever something happened to it since.
fn ask_for_history(desk: Desk, row: &Row) {
    let view = row.view.clone();
    let id = row.id.clone();
    let asked = Rc::new(RefCell::new(None));
    Effect::new(move |_| {
        let (is_told, version) = view
            .with(|view| (!view.history.is_empty(), (view.ticket.clone(), view.notes, view.reply.clone())));
        if is_told || asked.borrow().as_ref() == Some(&version) {
            return;
        }
        asked.replace(Some(version));
        let Some(client) = desk.client() else { return };
        let (view, id) = (view.clone(), id.clone());
        spawn_local(async move {
            for _ in 0..TRIES {
                let standing = || desk.unseen.with_value(|unseen| (unseen.steps_under_way, unseen.turns));
                let before = standing();
                // Without an answer the time it came is still shown; the list's own refresh says what is wrong.
                let Ok(fresh) = client.one(&id).await else { return };
                // An answer that knows nothing of a step taken meanwhile would undo it on the screen.
                if before.0 == 0 && standing() == before {
                    view.set(fresh);
                    return;
                }
            }
        });
    });
}
