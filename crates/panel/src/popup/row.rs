//! One mention in the list: the person's words first, then why, then what to do.

use earshot_desk::Ticket;
use earshot_mention::{Mention, MentionId, Text};
use earshot_reading::SentimentLabel;
use leptos::prelude::*;

use super::state::{Desk, Row};
use crate::browser::labels;
use crate::show::corrected::Seen;
use crate::show::due::{self, Pressing};
use crate::show::words::Piece;
use crate::show::{answer, names, place, reasons, words};

/// More reasons than these stand in the detail.
const MOST_CHIPS: usize = 3;

/// The element of a row.
pub(crate) fn element_id(id: &MentionId) -> String {
    format!("mention-{id}")
}

/// Pieces of a text as text nodes, the marked ones in `mark`.
pub(crate) fn marked(pieces: Vec<Piece>) -> impl IntoView {
    pieces
        .into_iter()
        .map(|piece| {
            if piece.marked {
                view! { <mark>{piece.words}</mark> }.into_any()
            } else {
                piece.words.into_any()
            }
        })
        .collect_view()
}

/// What stands where the words would, when there are none.
pub(crate) fn without_words(text: &Text) -> Option<&'static str> {
    match text {
        Text::Delivered(words) if !words.trim().is_empty() => None,
        Text::NotDelivered => Some("The platform told of this post without its words. Open it to read them."),
        Text::Delivered(_) | Text::None => Some("No words: a picture, a sticker or stars alone."),
    }
}

/// A mention's clock, or who has it.
#[component]
pub(crate) fn Due(ticket: Memo<Ticket>) -> impl IntoView {
    let desk = Desk::here();
    let due = Memo::new(move |_| ticket.with(|ticket| due::due(ticket, &desk.you.get(), desk.now.get())));
    let class = move || match due.with(|(_, pressing)| *pressing) {
        Pressing::Running => "due",
        Pressing::Over => "due over",
        Pressing::Still => "due still",
    };
    view! { <span class=class>{move || due.with(|(text, _)| text.clone())}</span> }
}

/// Author and place.
pub(crate) fn byline(mention: &Mention) -> impl IntoView + use<> {
    let post = &mention.post;
    let pieces = place::place(post);
    let stars = post.stars.map(|stars| {
        let count = stars.get();
        view! { <span class="stars" role="img" aria-label=format!("{count} of 5 stars")>{place::stars(count)}</span> }
    });
    view! {
        <bdi class="who">{names::author(&post.author)}</bdi>
        <span class="where">
            {pieces.into_iter().map(|piece| view! { <bdi>{piece}</bdi> }).collect_view()}
            {stars}
        </span>
    }
}

/// The reasons as chips, the first one in the level's colour and with its shape, as on the badge.
fn chips(mention: &Mention) -> impl IntoView + use<> {
    let codes = reasons::codes(mention);
    let hidden = codes.len().saturating_sub(MOST_CHIPS);
    let rest: Vec<String> = codes.iter().skip(MOST_CHIPS).map(|code| labels::reason(code)).collect();
    // What minds or asks is told by its reasons; praise, and what could not be read, are not.
    let label = mention.reading.sentiment.label;
    let mood = matches!(label, SentimentLabel::Positive | SentimentLabel::Unknown).then(|| {
        let (shape, name) = reasons::shape(label);
        view! { <span class="chip mood"><b aria-hidden="true">{shape}</b>{name}</span> }
    });
    let by = reasons::flagged_by(mention)
        .map(|name| view! { <span class="chip"><bdi>{format!("sent by {name}")}</bdi></span> });
    view! {
        {codes.iter().take(MOST_CHIPS).enumerate().map(|(place, code)| {
            let class = if place == 0 { "chip why" } else { "chip" };
            view! { <span class=class>{labels::reason(code)}</span> }
        }).collect_view()}
        {(hidden > 0).then(|| view! { <span class="chip" title=rest.join(", ")>{format!("+{hidden}")}</span> })}
        {by}
        {mood}
    }
}

/// One mention in the list.
#[component]
pub(crate) fn RowView(row: Row) -> impl IntoView {
    let desk = Desk::here();
    let view = row.view.clone();
    let ticket = Memo::new({
        let view = view.clone();
        move |_| view.with(|view| view.ticket.clone())
    });
    // What was said never changes once it is here (an edit comes as a new reading of the same id, rarely): one memo.
    let seen = Memo::new({
        let view = view.clone();
        move |_| desk.corrections.with(|corrections| view.with(|view| Seen::new(&view.mention, corrections)))
    });
    let reply = Memo::new({
        let view = view.clone();
        move |_| view.with(|view| view.reply.as_ref().and_then(|reply| answer::chip(&reply.state)))
    });
    let notes = Memo::new(move |_| view.with(|view| view.notes));
    let is_selected = Memo::new({
        let id = row.id.clone();
        move |_| desk.selected.with(|selected| selected.as_ref() == Some(&id))
    });
    let level = move || names::level(seen.with(|seen| ticket.with(|ticket| seen.level(ticket.level))));
    let primary = Memo::new(move |_| ticket.with(|ticket| desk.primary(&ticket.state)));
    let select = {
        let id = row.id.clone();
        move || desk.selected.set(Some(id.clone()))
    };
    let open = {
        let select = select.clone();
        move |_| {
            select();
            desk.is_open.set(true);
        }
    };
    let act = {
        let row = row.clone();
        let select = select.clone();
        move |event: leptos::ev::MouseEvent| {
            event.stop_propagation();
            select();
            if let Some((_, _, command)) = primary.get_untracked() {
                desk.step_with(row.clone(), command);
            }
        }
    };
    view! {
        <div
            role="row"
            id=element_id(&row.id)
            class=move || format!("row {}", level())
            class:on=move || is_selected.get()
            class:closed=move || ticket.with(|ticket| !ticket.state.is_open())
            data-mention=row.id.to_string()
            aria-selected=move || is_selected.get().to_string()
            tabindex=move || if is_selected.get() { "0" } else { "-1" }
            on:click=open
            on:focus=move |_| select()
        >
            <div role="gridcell" class="said">
                <div class="top">
                    <span class="aside">{move || format!("{}. ", level())}</span>
                    {move || seen.with(|seen| byline(&seen.mention))}
                    <Due ticket=ticket/>
                </div>
                {move || seen.with(|Seen { mention, .. }| match without_words(&mention.post.text) {
                    Some(said) => view! { <p class="wordless">{said}</p> }.into_any(),
                    None => {
                        let mut named = reasons::codes(mention);
                        named.truncate(MOST_CHIPS);
                        let shown = words::excerpt(mention.post.text.as_str(), &words::evidence_of(mention, &named));
                        view! { <p dir="auto">{marked(shown)}</p> }.into_any()
                    }
                })}
                <div class="chips">
                    {move || reply.get().map(|said| view! { <span class="chip told">{said}</span> })}
                    {move || seen.with(|seen| seen.chip().map(|said| view! { <span class="chip told">{said}</span> }))}
                    {move || seen.with(|seen| chips(&seen.mention))}
                    {move || (notes.get() > 0).then(|| {
                        let plural = if notes.get() == 1 { "" } else { "s" };
                        view! { <span class="chip">{format!("{} note{plural}", notes.get())}</span> }
                    })}
                </div>
            </div>
            <div role="gridcell" class="act">
                {move || primary.get().map(|(label, key, _)| view! {
                    <button
                        class="go"
                        data-action=label.to_ascii_lowercase()
                        tabindex=move || if is_selected.get() { "0" } else { "-1" }
                        on:click=act.clone()
                    >
                        {label}
                        {(!key.is_empty()).then(|| view! { <kbd aria-hidden="true">{key}</kbd> })}
                    </button>
                })}
            </div>
        </div>
    }
    .into_any()
}
