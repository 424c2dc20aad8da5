//! What somebody at this computer said of which words: to look through, to take away as a file, to bring back.

use earshot_client::KeptCorrections;
use earshot_corrections::{Correction, Corrections, Lines};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlInputElement;

use super::form::{Form, sentence};
use crate::browser::files;
use crate::show::corrected;

const FILE: &str = "earshot-corrections.jsonl";
const CHOOSE: &str = "corrections-file";
/// Larger than any file of ours; what is larger is something else.
const LARGEST_FILE: f64 = 8_000_000.0;
/// So many bad lines are named.
const MOST_PROBLEMS: usize = 5;

/// The corrections.
#[component]
pub(super) fn CorrectionsSection() -> impl IntoView {
    let form = Form::here();
    let kept = RwSignal::new(Corrections::default());
    let is_readable = RwSignal::new(false);
    let removed = RwSignal::new(None::<Correction>);
    let problems = RwSignal::new(Vec::<String>::new());
    spawn_local(async move {
        match KeptCorrections::load().await {
            Ok(corrections) => {
                kept.set(corrections);
                is_readable.set(true);
            }
            // Nothing is shown that could overwrite what could not be read.
            Err(error) => form.tell_problem(sentence(&error.to_string())),
        }
    });
    if let Ok(listener) = KeptCorrections::on_change(move |corrections| kept.set(corrections)) {
        listener.keep();
    }
    let save = move |done: String| {
        spawn_local(async move {
            match KeptCorrections::save(&kept.get_untracked()).await {
                Ok(()) => form.tell(done),
                Err(error) => form.tell_problem(sentence(&error.to_string())),
            }
        });
    };
    let put_back = move |_| {
        let Some(correction) = removed.get_untracked() else { return };
        removed.set(None);
        match kept.try_update(|kept| kept.put(correction)) {
            Some(Err(error)) => form.tell_problem(sentence(&error.to_string())),
            _ => save("The correction is back.".to_owned()),
        }
    };
    let hand_out = move |_| {
        if files::hand_out(FILE, &kept.with_untracked(Corrections::to_lines)) {
            form.tell(format!("Written to {FILE}."));
        } else {
            form.tell_problem(
                "The browser did not let the file be written. Allow downloads, then try again.",
            );
        }
    };
    let bring = move |input: HtmlInputElement| {
        let file = input.files().and_then(|files| files.get(0));
        // The same file can be chosen again.
        input.set_value("");
        let Some(file) = file else { return };
        if file.size() > LARGEST_FILE {
            form.tell_problem("This file is larger than any that was exported from here.");
            return;
        }
        spawn_local(async move {
            let Some(text) = files::text(file).await else {
                form.tell_problem("The file could not be read.");
                return;
            };
            let mut all = kept.get_untracked();
            let came = all.add_lines(&text);
            problems.set(told(&came));
            if came.added + came.replaced == 0 {
                form.tell_problem("Nothing in this file could be taken.");
                return;
            }
            kept.set(all);
            save(counted(&came));
        });
    };
    view! {
        <section aria-labelledby="corrections-heading">
            <h2 id="corrections-heading">"Corrections"</h2>
            <p class="hint">"What you said is right, by its wording. It holds on every page and in the popup, and stays on this computer. Exported, it is a file of these texts that "<code>"earshot train --add"</code>" learns from."</p>
            <Show when=move || is_readable.get()>
                {move || kept.with(Corrections::is_empty).then(|| view! {
                    <p class="none-yet">"None yet. Open a badge, or a mention in the popup, and choose That's wrong."</p>
                })}
                <ul class="corrections">
                    <For each=move || kept.with(|kept| kept.iter().rev().cloned().collect::<Vec<_>>()) key=|correction| format!("{} {}", correction.id(), corrected::line(correction.says())) let:correction>
                        <Row correction=correction kept=kept removed=removed save=save/>
                    </For>
                </ul>
                {move || removed.get().map(|_| view! {
                    <p class="undo">"Correction removed. " <button on:click=put_back>"Undo"</button></p>
                })}
                <div class="choices">
                    <button disabled=move || kept.with(Corrections::is_empty) on:click=hand_out>"Export as a file"</button>
                    <label class="file" for=CHOOSE>"Import a file"
                        <input id=CHOOSE type="file" accept=".jsonl,.json,.ndjson,.txt" on:change=move |event| bring(event_target::<HtmlInputElement>(&event))/>
                    </label>
                    <span class="hint">{move || kept.with(|kept| (!kept.is_empty()).then(|| format!("{} of {}", kept.len(), Corrections::MOST)))}</span>
                </div>
                <ul class="problems" role="status">
                    {move || problems.get().into_iter().map(|line| view! { <li class="failed">{line}</li> }).collect_view()}
                </ul>
            </Show>
        </section>
    }
    .into_any()
}

#[component]
fn Row<F>(
    correction: Correction,
    kept: RwSignal<Corrections>,
    removed: RwSignal<Option<Correction>>,
    save: F,
) -> impl IntoView
where
    F: Fn(String) + Copy + Send + Sync + 'static,
{
    let id = correction.id();
    let text = correction.text().to_owned();
    let scope = if correction.is_phrase() { "wherever it stands" } else { "as a whole post" };
    let says = corrected::line(correction.says());
    let remove = move |_| {
        if let Some(gone) = kept.try_update(|kept| kept.remove(&id)).flatten() {
            removed.set(Some(gone));
            save("Correction removed.".to_owned());
        }
    };
    view! {
        <li>
            <p dir="auto">{text.clone()}</p>
            <span class="says">{says}</span>
            <span class="hint">{scope}</span>
            <button aria-label=format!("Remove the correction of: {}", short(&text)) on:click=remove>"Remove"</button>
        </li>
    }
    .into_any()
}

/// What a screen reader says of a text when it names a button.
fn short(text: &str) -> String {
    let end = text.char_indices().nth(60).map_or(text.len(), |(end, _)| end);
    let more = if end < text.len() { "\u{2026}" } else { "" };
    format!("{}{more}", &text[..end])
}

fn counted(came: &Lines) -> String {
    match (came.added, came.replaced) {
        (added, 0) => format!("{added} brought in."),
        (added, replaced) => format!("{added} brought in, {replaced} replaced."),
    }
}

fn told(came: &Lines) -> Vec<String> {
    let mut told: Vec<String> =
        came.problems.iter().take(MOST_PROBLEMS).map(|problem| sentence(&problem.to_string())).collect();
    let more = came.problems.len().saturating_sub(MOST_PROBLEMS);
    if more > 0 {
        told.push(format!("And {more} more lines."));
    }
    told
}

#[cfg(test)]
mod tests {
    use earshot_corrections::LineProblem;

    use super::*;

    #[test]
    fn a_long_text_names_a_button_by_its_beginning() {
        assert_eq!(short("Late again"), "Late again");
        assert_eq!(short(&"ø".repeat(80)), format!("{}\u{2026}", "ø".repeat(60)));
    }

    #[test]
    fn what_came_is_counted_and_bad_lines_are_named_as_far_as_anybody_reads() {
        let problems = (1..=7).map(|line| LineProblem { line, why: "it is no JSON object".into() }).collect();
        let came = Lines { added: 3, replaced: 1, problems };
        assert_eq!(counted(&came), "3 brought in, 1 replaced.");
        let told = told(&came);
        assert_eq!((told.len(), told[0].as_str()), (6, "Line 1: it is no JSON object."));
        assert_eq!(told[5], "And 2 more lines.");
    }
}
