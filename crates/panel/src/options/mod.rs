//! The options: the workspace, the brands, the sites, when to speak up, what was corrected, and forgetting everything.

mod brands;
mod corrections;
mod erase;
mod form;
mod names;
mod sites;
mod thresholds;
mod workspace;

use leptos::prelude::*;

use form::Form;

/// The options.
#[component]
pub(crate) fn Options() -> impl IntoView {
    let form = Form::new();
    provide_context(form);
    form.start();
    view! {
        <div class="options">
            <header>
                <h1>"Earshot options"</h1>
                <p>"Everything here is kept on this computer. Posts are read here too; one leaves it only when you send it to the desk."</p>
            </header>
            <main>
                <Show when=move || form.is_loaded.get()>
                    <workspace::Workspace/>
                    <sites::Sites/>
                    <brands::Brands/>
                    <thresholds::SpeakUp/>
                    <corrections::CorrectionsSection/>
                </Show>
                <erase::Erase/>
            </main>
            <div class="said" role="status" aria-live="polite" class:problem=move || form.said.with(|said| said.as_ref().is_some_and(|said| said.is_problem))>
                {move || form.said.get().map(|said| view! { <span>{said.text}</span> })}
            </div>
        </div>
    }
    .into_any()
}
