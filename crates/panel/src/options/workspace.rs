//! The workspace: where it is and who you are, tried before it is kept.

use earshot_api::ListQuery;
use earshot_client::{Client, Connection, Error};
use earshot_desk::StaffId;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::{Form, sentence};
use crate::browser::permissions;
use crate::show::names;

/// How trying went.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Trial {
    Idle,
    UnderWay,
    Worked(String),
    Failed { said: String, untried: Option<Connection> },
}

/// Where the workspace is and who you are.
#[component]
pub(super) fn Workspace() -> impl IntoView {
    let form = Form::here();
    let kept = form.settings.with_untracked(|settings| settings.workspace.clone());
    let (url, id) = kept.as_ref().map_or_else(
        || (String::new(), String::new()),
        |kept| (kept.url.as_str().to_owned(), kept.workspace.as_str().to_owned()),
    );
    let url = RwSignal::new(url);
    let id = RwSignal::new(id);
    let key = RwSignal::new(String::new());
    let trial = RwSignal::new(Trial::Idle);
    let is_connected = Memo::new(move |_| form.settings.with(|settings| settings.workspace.is_some()));

    let keep = move |connection: Connection, done: String| {
        key.set(String::new());
        form.change(done, |settings| settings.workspace = Some(connection));
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let connection = match typed(form, &url.get_untracked(), &id.get_untracked(), &key.get_untracked()) {
            Ok(connection) => connection,
            Err(said) => {
                trial.set(Trial::Failed { said, untried: None });
                return;
            }
        };
        // Asked inside the click itself, as browsers want it; a worker that allows other origins works without.
        let asked = permissions::request(&[connection.url.host_pattern()]);
        trial.set(Trial::UnderWay);
        spawn_local(async move {
            if let Some(asked) = asked {
                permissions::yes(asked).await;
            }
            match Client::new(connection.clone())
                .list(&ListQuery { limit: Some(1), ..ListQuery::default() })
                .await
            {
                Ok(page) => {
                    let you = names::person(&StaffId(page.you));
                    trial.set(Trial::Worked(format!("Connected to {} as {you}.", page.workspace)));
                    keep(connection, "Workspace kept.".to_owned());
                }
                Err(error) => {
                    let untried = matches!(error, Error::Offline(_)).then_some(connection);
                    let said = match &error {
                        Error::Unauthorised => {
                            "The workspace does not know this key. Check that it belongs to this workspace, or ask for a new one.".to_owned()
                        }
                        error if error.is_gone() => "There is no workspace of this name at this address.".to_owned(),
                        error => sentence(&error.to_string()),
                    };
                    trial.set(Trial::Failed { said, untried });
                }
            }
        });
    };
    let disconnect = move |_| {
        let pattern = form
            .settings
            .with_untracked(|settings| settings.workspace.as_ref().map(|kept| kept.url.host_pattern()));
        if let Some(pattern) = pattern {
            permissions::give_back(&[pattern]);
        }
        url.set(String::new());
        id.set(String::new());
        key.set(String::new());
        trial.set(Trial::Idle);
        form.change("Disconnected. The key is no longer kept here.", |settings| settings.workspace = None);
    };
    view! {
        <section aria-labelledby="workspace-heading">
            <h2 id="workspace-heading">"Workspace"</h2>
            <p class="hint">"Where flagged mentions wait for you and your colleagues. Without one, badges on pages work all the same."</p>
            <form on:submit=submit novalidate>
                <label for="workspace-url">"Address of the worker"</label>
                <input id="workspace-url" type="url" inputmode="url" autocomplete="off" spellcheck="false" placeholder="https://earshot.example.workers.dev"
                    prop:value=move || url.get() on:input=move |event| url.set(event_target_value(&event))/>
                <label for="workspace-id">"Workspace"</label>
                <input id="workspace-id" type="text" autocomplete="off" spellcheck="false" autocapitalize="none" placeholder="northwind"
                    prop:value=move || id.get() on:input=move |event| id.set(event_target_value(&event))/>
                <label for="workspace-key">"Your key"</label>
                <input id="workspace-key" type="password" autocomplete="off" spellcheck="false"
                    placeholder=move || if is_connected.get() { "kept; type here only to change it" } else { "esk_yourname_…" }
                    prop:value=move || key.get() on:input=move |event| key.set(event_target_value(&event))/>
                <div class="choices">
                    <button type="submit" class="go" disabled=move || trial.get() == Trial::UnderWay>
                        {move || if trial.get() == Trial::UnderWay { "Trying" } else { "Try and keep" }}
                    </button>
                    <Show when=move || is_connected.get()>
                        <button type="button" on:click=disconnect>"Disconnect"</button>
                    </Show>
                </div>
                <div class="trial" role="status" aria-live="polite">
                    {move || match trial.get() {
                        Trial::Idle | Trial::UnderWay => ().into_any(),
                        Trial::Worked(said) => view! { <p class="worked">{said}</p> }.into_any(),
                        Trial::Failed { said, untried } => view! {
                            <p class="failed">{said}</p>
                            {untried.map(|connection| view! {
                                <button type="button" on:click=move |_| {
                                    trial.set(Trial::Idle);
                                    keep(connection.clone(), "Workspace kept, untried.".to_owned());
                                }>"Keep it untried"</button>
                            })}
                        }.into_any(),
                    }}
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// What was typed, or what is wrong with it. An empty key stands for the kept one, but only at the kept address: it must
/// not travel to another host because somebody mistyped one.
fn typed(form: Form, url: &str, id: &str, key: &str) -> Result<Connection, String> {
    let kept = form.settings.with_untracked(|settings| settings.workspace.clone());
    let kept = kept.filter(|kept| {
        key.trim().is_empty() && earshot_client::WorkspaceUrl::parse(url).is_ok_and(|typed| typed == kept.url)
    });
    let key = kept.as_ref().map_or(key, |kept| kept.key.expose());
    Connection::parse(url, id, key).map_err(|error| sentence(&error.to_string()))
}
