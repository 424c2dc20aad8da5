//! Forgetting everything. The one thing that asks first: it cannot be undone.

use earshot_client::{Area, Settings, StorageError};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use super::form::{Form, sentence};
use crate::browser::focus;

const CONFIRM: &str = "erase-confirm";

/// Forgetting everything.
#[component]
pub(super) fn Erase() -> impl IntoView {
    let form = Form::here();
    let is_asking = RwSignal::new(false);
    let erase = move |_| {
        spawn_local(async move {
            is_asking.set(false);
            match clear().await {
                Ok(()) => {
                    form.is_loaded.set(false);
                    form.settings.set(Settings::default());
                    // The fields are made anew, and empty, once the old ones are gone.
                    tick().await;
                    form.is_loaded.set(true);
                    form.tell("Everything that was kept here is gone.");
                }
                Err(error) => form.tell_problem(sentence(&error.to_string())),
            }
        });
    };
    view! {
        <section aria-labelledby="erase-heading">
            <h2 id="erase-heading">"Forget"</h2>
            <p class="hint">"Takes the workspace's address and key, the brands, the sites, the corrections and the last lists off this computer. Nothing changes on the desk."</p>
            {move || if is_asking.get() {
                focus::focus_soon(CONFIRM);
                view! {
                    <div class="choices" role="group" aria-label="This cannot be undone">
                        <span>"This cannot be undone."</span>
                        <button id=CONFIRM class="grave" on:click=erase>"Remove everything"</button>
                        <button on:click=move |_| is_asking.set(false)>"Keep it"</button>
                    </div>
                }.into_any()
            } else {
                view! { <button on:click=move |_| is_asking.set(true)>"Remove everything kept here"</button> }.into_any()
            }}
        </section>
    }
    .into_any()
}

async fn clear() -> Result<(), StorageError> {
    Area::session()?.clear().await?;
    Area::local()?.clear().await
}
