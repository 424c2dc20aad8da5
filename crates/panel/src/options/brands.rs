//! The brands to look for: ours and competitors'.

use earshot_mention::{Alias, Brand, BrandId, Side};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::form::Form;
use super::names;

/// The brands to look for.
#[component]
pub(super) fn Brands() -> impl IntoView {
    let form = Form::here();
    let ids = Memo::new(move |_| {
        form.settings
            .with(|settings| settings.brands.iter().map(|brand| brand.id.clone()).collect::<Vec<_>>())
    });
    let name = RwSignal::new(String::new());
    let removed = RwSignal::new(None::<(usize, Brand)>);
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = name.get_untracked().trim().to_owned();
        if !typed.chars().any(char::is_alphanumeric) {
            form.tell_problem("Write the brand's name first.");
            return;
        }
        name.set(String::new());
        form.change(format!("{typed} added."), |settings| {
            settings.brands.push(Brand {
                id: names::id_for(&typed, &settings.brands),
                aliases: vec![Alias::new(typed.clone())],
                name: typed,
                side: Side::Ours,
                handles: Vec::new(),
                hashtags: Vec::new(),
                exclusions: Vec::new(),
            });
        });
    };
    let put_back = move |_| {
        let Some((place, brand)) = removed.get_untracked() else { return };
        removed.set(None);
        form.change(format!("{} is back.", brand.name), |settings| {
            settings.brands.insert(place.min(settings.brands.len()), brand);
        });
    };
    view! {
        <section aria-labelledby="brands-heading">
            <h2 id="brands-heading">"Brands"</h2>
            <p class="hint">"Which names to look for on pages. What is sent to you directly is about you whatever its words."</p>
            <For each=move || ids.get() key=|id| id.0.clone() let:id>
                <BrandCard id=id form=form removed=removed/>
            </For>
            {move || removed.get().map(|(_, brand)| view! {
                <p class="undo">{format!("{} removed.", brand.name)} <button on:click=put_back>"Undo"</button></p>
            })}
            <form class="add" on:submit=add>
                <label class="aside" for="new-brand">"Name of a brand to add"</label>
                <input id="new-brand" placeholder="Northwind Air" autocomplete="off" prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event))/>
                <button type="submit">"Add a brand"</button>
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn BrandCard(id: BrandId, form: Form, removed: RwSignal<Option<(usize, Brand)>>) -> impl IntoView {
    let key = StoredValue::new(id.clone());
    let brand = Memo::new(move |_| {
        form.settings.with(|settings| {
            key.with_value(|id| settings.brands.iter().find(|brand| brand.id == *id).cloned())
        })
    });
    let change = move |change: &dyn Fn(&mut Brand)| {
        form.change("Saved.", |settings| {
            if let Some(brand) = key.with_value(|id| settings.brands.iter_mut().find(|brand| brand.id == *id))
            {
                change(brand);
            }
        });
    };
    let remove = move |_| {
        let place = form.settings.with_untracked(|settings| {
            key.with_value(|id| settings.brands.iter().position(|brand| brand.id == *id))
        });
        let (Some(place), Some(brand)) = (place, brand.get_untracked()) else { return };
        form.change(format!("{} removed.", brand.name), |settings| {
            settings.brands.remove(place);
        });
        removed.set(Some((place, brand)));
    };
    let of = move |pick: fn(&Brand) -> String| {
        move || brand.with(|brand| brand.as_ref().map(pick).unwrap_or_default())
    };
    let field = |part: &str| format!("brand-{}-{part}", id.0);
    let aliases = move || {
        brand
            .with(|brand| brand.as_ref().map(|brand| brand.aliases.clone()).unwrap_or_default())
            .into_iter()
            .enumerate()
            .map(|(place, alias)| view! { <AliasChip place=place alias=alias change=change/> })
            .collect_view()
    };
    let new_alias = RwSignal::new(String::new());
    let add_alias = move || {
        let typed = names::list(&new_alias.get_untracked(), None);
        new_alias.set(String::new());
        if !typed.is_empty() {
            change(&|brand| {
                for name in &typed {
                    if !brand.aliases.iter().any(|alias| alias.text == *name) {
                        brand.aliases.push(Alias::new(name.clone()));
                    }
                }
            });
        }
    };
    let name = move || brand.with(|brand| brand.as_ref().map(|brand| brand.name.clone()).unwrap_or_default());
    view! {
        <div class="brand" role="group" aria-label=name>
            <div class="brand-top">
                <input class="brand-name" aria-label="Name" prop:value=of(|brand| brand.name.clone())
                    on:change=move |event| {
                        let typed = event_target_value(&event).trim().to_owned();
                        if typed.is_empty() {
                            form.tell_problem("A brand needs a name; the old one is kept.");
                            form.settings.update(|_| {});
                        } else {
                            change(&|brand| brand.name.clone_from(&typed));
                        }
                    }/>
                <select aria-label="Whose brand it is"
                    prop:value=of(|brand| if brand.side == Side::Competitor { "competitor".into() } else { "ours".into() })
                    on:change=move |event| {
                        let side = if event_target_value(&event) == "competitor" { Side::Competitor } else { Side::Ours };
                        change(&|brand| brand.side = side);
                    }>
                    <option value="ours" selected=move || of(|brand| (brand.side == Side::Ours).to_string())() == "true">"Ours"</option>
                    <option value="competitor" selected=move || of(|brand| (brand.side == Side::Competitor).to_string())() == "true">"A competitor's"</option>
                </select>
                <button on:click=remove>"Remove"</button>
            </div>
            <div class="brand-fields">
                <span class="label" id=field("aliases")>"Names people write"</span>
                <div class="aliases" role="group" aria-labelledby=field("aliases")>
                    {aliases}
                    <input aria-label="Another name people write" placeholder="another name" autocomplete="off" prop:value=move || new_alias.get()
                        on:input=move |event| new_alias.set(event_target_value(&event))
                        on:change=move |_| add_alias()/>
                    <p class="hint">"Aa: capitals matter. Chase is a bank, chase is a verb."</p>
                </div>
                <label for=field("handles")>"Handles"</label>
                <input id=field("handles") placeholder="@northwindair" autocomplete="off" spellcheck="false"
                    prop:value=of(|brand| brand.handles.iter().map(|name| format!("@{name}")).collect::<Vec<_>>().join(", "))
                    on:change=move |event| { let typed = names::list(&event_target_value(&event), Some('@')); change(&|brand| brand.handles.clone_from(&typed)); }/>
                <label for=field("hashtags")>"Hashtags"</label>
                <input id=field("hashtags") placeholder="#flynorthwind" autocomplete="off" spellcheck="false"
                    prop:value=of(|brand| brand.hashtags.iter().map(|name| format!("#{name}")).collect::<Vec<_>>().join(", "))
                    on:change=move |event| { let typed = names::list(&event_target_value(&event), Some('#')); change(&|brand| brand.hashtags.clone_from(&typed)); }/>
                <label for=field("exclusions")>"Not when it says"</label>
                <input id=field("exclusions") placeholder="Northwind Orchestra" autocomplete="off"
                    prop:value=of(|brand| brand.exclusions.join(", "))
                    on:change=move |event| { let typed = names::list(&event_target_value(&event), None); change(&|brand| brand.exclusions.clone_from(&typed)); }/>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn AliasChip<F>(place: usize, alias: Alias, change: F) -> impl IntoView
where
    F: Fn(&dyn Fn(&mut Brand)) + Copy + Send + Sync + 'static,
{
    let text = alias.text.clone();
    view! {
        <span class="alias">
            <bdi>{alias.text.clone()}</bdi>
            <button
                type="button"
                aria-pressed=alias.case_matters.to_string()
                aria-label=format!("Capitals matter in {text}")
                title="Capitals matter"
                on:click=move |_| change(&|brand| {
                    if let Some(alias) = brand.aliases.get_mut(place) {
                        alias.case_matters = !alias.case_matters;
                    }
                })
            >"Aa"</button>
            <button
                type="button"
                aria-label=format!("Remove {text}")
                title="Remove"
                on:click=move |_| change(&|brand| {
                    if place < brand.aliases.len() {
                        brand.aliases.remove(place);
                    }
                })
            >
                <svg viewBox="0 0 16 16" aria-hidden="true"><path d="m5 5 6 6m0-6-6 6"/></svg>
            </button>
        </span>
    }
    .into_any()
}
