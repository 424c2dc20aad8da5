//! Which sites are read. Each asks for its own hosts, and only when it is switched on.

use std::collections::HashMap;

use earshot_client::SiteId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::Form;
use crate::browser::permissions;
use crate::browser::sites::{self, Mode, Site};

/// Which sites are read.
#[component]
pub(super) fn Sites() -> impl IntoView {
    let form = Form::here();
    let list = RwSignal::new(None::<Vec<Site>>);
    let granted = RwSignal::new(HashMap::<SiteId, bool>::new());
    spawn_local(async move {
        let sites = sites::all().await.unwrap_or_default();
        for site in &sites {
            let is_granted = permissions::granted(&site.origins).await;
            granted.update(|granted| {
                granted.insert(site.id.clone(), is_granted);
            });
        }
        list.set(Some(sites));
    });
    view! {
        <section aria-labelledby="sites-heading">
            <h2 id="sites-heading">"Sites"</h2>
            <p class="hint">"Badges appear on the sites that are on. The browser asks you once for each."</p>
            {move || list.get().map(|sites| {
                if sites.is_empty() {
                    return view! { <p class="failed">"The list of sites could not be read. Reload the extension."</p> }.into_any();
                }
                let rows = sites.into_iter().map(|site| view! { <SiteRow site=site form=form granted=granted/> }).collect_view();
                view! { <ul class="sites">{rows}</ul> }.into_any()
            })}
        </section>
    }
    .into_any()
}

#[component]
fn SiteRow(site: Site, form: Form, granted: RwSignal<HashMap<SiteId, bool>>) -> impl IntoView {
    let field = format!("site-{}", site.id.0);
    let note = format!("{field}-hosts");
    let hosts = site.hosts();
    let shows_in_panel = site.mode == Mode::Panel;
    let id = site.id.clone();
    let is_on = Memo::new(move |_| {
        let is_granted = granted.with(|granted| granted.get(&id).copied().unwrap_or(false));
        is_granted && form.settings.with(|settings| settings.reads(&id))
    });
    let name = site.name.clone();
    let flip = move |wanted: bool| {
        let (id, name) = (site.id.clone(), site.name.clone());
        if !wanted {
            permissions::give_back(&site.origins);
            form.change(format!("{name} is off."), |settings| {
                settings.sites.insert(id, false);
            });
            return;
        }
        // Asked inside the click itself, as browsers want it.
        let asked = permissions::request(&site.origins);
        spawn_local(async move {
            let is_granted = match asked {
                Some(asked) => permissions::yes(asked).await,
                None => true,
            };
            granted.update(|granted| {
                granted.insert(id.clone(), is_granted);
            });
            if is_granted {
                form.change(format!("{name} is on."), |settings| {
                    settings.sites.insert(id, true);
                });
            } else {
                form.tell_problem(format!("{name} stays off: the browser was told not to allow it."));
            }
        });
    };
    view! {
        <li>
            <input
                id=field.clone()
                type="checkbox"
                role="switch"
                aria-describedby=note.clone()
                prop:checked=move || is_on.get()
                on:change=move |event| {
                    let wanted = event_target_checked(&event);
                    // The switch shows what is so, not what was asked for.
                    event_target::<web_sys::HtmlInputElement>(&event).set_checked(is_on.get_untracked());
                    flip(wanted);
                }
            />
            <label for=field>{name}</label>
            <span id=note class="hint">{hosts}{shows_in_panel.then_some(" · shown in the side panel: the site does not allow badges in its pages")}</span>
        </li>
    }
    .into_any()
}
