//! Answering the author through the platform.

use earshot_api::Terms;
use earshot_desk::ReplyState;
use leptos::prelude::*;

use super::detail::HEADING;
use super::refresh::sentence;
use super::state::{Desk, Row};
use crate::browser::{clock, focus, tabs};
use crate::show::answer::{self, Stage};
use crate::show::{names, permalink};

const FIELD: &str = "answer";
/// How soon an answer that was found on its way is asked after.
const SOON_MILLIS: u32 = 1_500;

/// Opens the box for the selected mention, the keyboard in it.
pub(crate) fn open(desk: Desk) {
    desk.is_correcting.set(false);
    desk.is_answering.set(true);
    desk.is_open.set(true);
    focus::focus_soon(FIELD);
}

/// Puts the box away; what is written in it stays.
pub(crate) fn close(desk: Desk) {
    desk.is_answering.set(false);
    focus::focus_soon(HEADING);
}

/// Which box it is; the words that are being written outlast all that changes within one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Writing,
    OnItsWay,
    Said,
    LookFirst,
    NotYours,
}

/// Answering the author.
#[component]
pub(crate) fn Answer(row: Row) -> impl IntoView {
    let desk = Desk::here();
    // After one answer a person may want to give another.
    let wants_another = RwSignal::new(false);
    let stage = Memo::new({
        let view = row.view.clone();
        move |_| {
            let you = desk.you.get();
            view.with(|view| {
                let said =
                    view.reply.as_ref().is_some_and(|reply| matches!(reply.state, ReplyState::Sent { .. }));
                if said && wants_another.get() {
                    answer::write(view, &you)
                } else {
                    answer::stage(view, &you)
                }
            })
        }
    });
    let kind = Memo::new(move |_| {
        stage.with(|stage| match stage {
            Stage::Asking | Stage::Write { .. } | Stage::Elsewhere { .. } => Kind::Writing,
            Stage::OnItsWay { .. } => Kind::OnItsWay,
            Stage::Said { .. } => Kind::Said,
            Stage::LookFirst { .. } => Kind::LookFirst,
            Stage::HeldBy { .. } | Stage::Closed => Kind::NotYours,
        })
    });
    Effect::new({
        let row = row.clone();
        move |_| match kind.get() {
            Kind::OnItsWay => desk.look_after(row.clone(), SOON_MILLIS),
            Kind::Said => {
                if let Stage::Said { text, .. } = stage.get_untracked() {
                    desk.forget_said(&row.id, &text);
                }
            }
            _ => {}
        }
    });
    view! {
        <section class="answer" aria-label="Answer">
            {move || {
                let row = row.clone();
                match kind.get() {
                    Kind::Writing => view! { <Writing row=row stage=stage/> }.into_any(),
                    Kind::OnItsWay => view! { <OnItsWay stage=stage/> }.into_any(),
                    Kind::Said => view! { <Said row=row stage=stage wants_another=wants_another/> }.into_any(),
                    Kind::LookFirst => view! { <LookFirst row=row stage=stage/> }.into_any(),
                    Kind::NotYours => view! { <NotYours stage=stage/> }.into_any(),
                }
            }}
        </section>
    }
    .into_any()
}

/// What can be sent, and to whom, with what was chosen so far.
fn chosen(stage: &Stage, wish: Option<bool>) -> Option<(bool, Terms)> {
    let Stage::Write { publicly, privately, .. } = stage else { return None };
    match (publicly, privately) {
        (_, Some(terms)) if wish == Some(true) || publicly.is_none() => Some((true, *terms)),
        (Some(terms), _) => Some((false, *terms)),
        _ => None,
    }
}

#[component]
fn Writing(row: Row, stage: Memo<Stage>) -> impl IntoView {
    let desk = Desk::here();
    let id = row.id.clone();
    let draft =
        Memo::new(move |_| desk.answers.with(|answers| answers.get(&id).cloned()).unwrap_or_default());
    let way = Memo::new(move |_| stage.with(|stage| chosen(stage, draft.with(|draft| draft.privately))));
    let platform = row.view.with_untracked(|view| names::platform(&view.mention.post.id.platform));
    let id = row.id.clone();
    let write = move |text: String| desk.write_answer(&id, |draft| draft.text = text);
    let id = row.id.clone();
    let choose = move |privately: bool| desk.write_answer(&id, |draft| draft.privately = Some(privately));
    let has_address =
        row.view.with_untracked(|view| permalink::openable(view.mention.post.permalink.as_deref()).is_some());
    let send = move || match way.get_untracked() {
        Some((privately, terms)) => desk.send_answer(row.clone(), privately, terms),
        None => desk.answer_there(row.clone()),
    };
    let by_key = send.clone();
    let both = Memo::new(move |_| {
        stage.with(|stage| matches!(stage, Stage::Write { publicly: Some(_), privately: Some(_), .. }))
    });
    let label = {
        let platform = platform.clone();
        move || match way.get() {
            Some((true, _)) => format!("Answer in private on {platform}"),
            Some((false, _)) => format!("Answer in public on {platform}"),
            None => "Answer".to_owned(),
        }
    };
    let hint = move || {
        let room = way.get().and_then(|(_, terms)| draft.with(|draft| answer::room(&draft.text, terms)));
        match (room, stage.get()) {
            (Some(left), _) if left < 0 => format!("{} too many", -left),
            (Some(left), _) => format!("{left} left"),
            (None, Stage::Asking) => "Asking how this can be answered.".to_owned(),
            (None, Stage::Write { .. }) => match way.get() {
                Some((_, Terms { until: Some(until), .. })) => {
                    format!("{platform} takes it until {}.", clock::time_of_day(until, desk.now.get()))
                }
                Some((true, _)) => "Only the author reads it.".to_owned(),
                _ => "Everybody can read it.".to_owned(),
            },
            (None, _) => String::new(),
        }
    };
    let is_over = move || {
        way.get().is_some_and(|(_, terms)| {
            draft.with(|draft| answer::room(&draft.text, terms).is_some_and(|left| left < 0))
        })
    };
    let button = move || match way.get() {
        Some((true, _)) => "Send in private",
        Some((false, _)) => "Send in public",
        None if !has_address => "Copy",
        None if draft.with(|draft| draft.text.trim().is_empty()) => "Open the post",
        None => "Copy and open the post",
    };
    view! {
        {move || stage.with(|stage| match stage {
            Stage::Write { before: Some(said), .. } => Some(view! { <p class="refused" role="status">{sentence(said)}</p> }.into_any()),
            Stage::Elsewhere { detail } => Some(view! { <p class="elsewhere">{sentence(detail)}</p> }.into_any()),
            _ => None,
        })}
        {move || both.get().then(|| {
            let choose = choose.clone();
            view! {
                <div class="choosing" role="radiogroup" aria-label="Who reads it">
                    {[(false, "In public"), (true, "In private")].map(|(privately, name)| {
                        let choose = choose.clone();
                        view! {
                            <label class="choice">
                                <input
                                    type="radio"
                                    name="who-reads"
                                    prop:checked=move || way.get().is_some_and(|(chosen, _)| chosen == privately)
                                    on:change=move |_| choose(privately)
                                />
                                {name}
                            </label>
                        }
                    }).into_iter().collect_view()}
                </div>
            }
        })}
        <textarea
            id=FIELD
            rows="3"
            aria-label=label
            placeholder="Answer the author"
            aria-invalid=move || is_over().to_string()
            dir="auto"
            prop:value=move || draft.with(|draft| draft.text.clone())
            on:input=move |event| write(event_target_value(&event))
            on:keydown=move |event| {
                if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                    event.prevent_default();
                    by_key();
                }
            }
        ></textarea>
        <div class="answer-foot">
            <span class:over=is_over aria-live="polite">{hint}</span>
            <button on:click=move |_| close(desk)>"Later"</button>
            <button
                class="go"
                data-action="send"
                title="Ctrl Enter"
                on:click=move |_| send()
            >{button}</button>
        </div>
    }
    .into_any()
}

#[component]
fn OnItsWay(stage: Memo<Stage>) -> impl IntoView {
    let text = stage.with_untracked(|stage| match stage {
        Stage::OnItsWay { text } => text.clone(),
        _ => String::new(),
    });
    view! {
        <p role="status">"On its way. The platform has not said yet; you may close this, the desk goes on asking."</p>
        <p class="note" dir="auto">{text}</p>
    }
    .into_any()
}

#[component]
fn Said(row: Row, stage: Memo<Stage>, wants_another: RwSignal<bool>) -> impl IntoView {
    let Stage::Said { at, permalink, text, privately } = stage.get_untracked() else { return ().into_any() };
    let (platform, is_open) = row.view.with_untracked(|view| {
        (names::platform(&view.mention.post.id.platform), view.ticket.state.is_open())
    });
    let how = if privately { "in private" } else { "in public" };
    let said = format!("Said {how} on {platform} at {}.", clock::time_of_day(at, clock::now()));
    let see = permalink::openable(permalink.as_deref()).map(str::to_owned).map(|address| {
        view! { <button on:click=move |_| tabs::open(&address)>"See it"</button> }
    });
    let another = move |_| {
        wants_another.set(true);
        focus::focus_soon(FIELD);
    };
    view! {
        <p class="worked" role="status">{said}</p>
        <p class="note" dir="auto">{text}</p>
        <div class="answer-foot">
            {see}
            {is_open.then(|| view! {
                <button on:click=another>"Say more"</button>
            })}
        </div>
    }
    .into_any()
}

#[component]
fn LookFirst(row: Row, stage: Memo<Stage>) -> impl IntoView {
    let desk = Desk::here();
    let Stage::LookFirst { text, by } = stage.get_untracked() else { return ().into_any() };
    let who = if by == desk.you.get_untracked() {
        "Your answer".to_owned()
    } else {
        format!("The answer of {}", names::person(&by))
    };
    let (opening, there, missing) = (row.clone(), row.clone(), row);
    view! {
        <p class="refused" role="alert">{format!("{who} may or may not have been said: the platform never told. Look before anything else is sent.")}</p>
        <p class="note" dir="auto">{text}</p>
        <div class="answer-foot">
            <button class="go" on:click=move |_| desk.open_post(&opening)>"Open the post"</button>
            <button data-action="found" on:click=move |_| desk.looked(there.clone(), true)>"It is there"</button>
            <button data-action="not-found" on:click=move |_| desk.looked(missing.clone(), false)>"It is not there"</button>
        </div>
    }
    .into_any()
}

#[component]
fn NotYours(stage: Memo<Stage>) -> impl IntoView {
    let said = move || match stage.get() {
        Stage::HeldBy { by } => {
            let who = names::person(&by);
            format!("{who} has this one, and may be answering it. O opens the post all the same.")
        }
        _ => "This one is closed. Open it again to answer.".to_owned(),
    };
    view! { <p role="status">{said}</p> }.into_any()
}
