//! Which sections have a block on the front page, in which order, with how many titles.

use super::{held::Held, words};
use crate::admin::ui::{Reorder, Way, moved};
use content::{
    SectionId,
    section::{SectionKind, SectionRow, SectionTree},
    site::{MOST_TITLES, SectionSlot, USUAL_TITLES},
};
use leptos::{ev, prelude::*};

/// The blocks of sections.
#[component]
pub fn Blocks(held: Held, tree: SectionTree) -> impl IntoView {
    let lists: Vec<SectionRow> =
        tree.rows.into_iter().filter(|row| row.fields.kind == SectionKind::List && row.fields.visible).collect();
    let lists = StoredValue::new(lists);
    let name = move |id: SectionId| {
        lists.with_value(|rows| {
            rows.iter().find(|row| row.id == id).map_or_else(|| id.to_string(), |row| row.fields.name.clone())
        })
    };
    let own = move || held.slots.with(Option::is_some);
    let toggle = move |event: ev::Event| {
        let slots = event_target_checked(&event).then(|| {
            lists.with_value(|rows| {
                let first = rows.iter().filter(|row| row.parent.is_none());
                first.map(|row| SectionSlot { section: row.id, titles: USUAL_TITLES }).collect()
            })
        });
        held.slots.set(slots);
    };
    let keys = Signal::derive(move || {
        held.slots.with(|slots| slots.iter().flatten().map(|slot| slot.section.0).collect::<Vec<_>>())
    });
    let go = move |(key, way): (i64, Way)| {
        let change = |slots: &mut Option<Vec<SectionSlot>>| {
            slots.as_mut().is_some_and(|slots| moved(slots, |slot| slot.section.0, key, way))
        };
        held.slots.try_update(change).unwrap_or_default()
    };
    let row = move |key: i64| view! { <Block held id=SectionId(key) name=name(SectionId(key))/> }.into_any();
    let missing = move || {
        let there = held.slots.with(|slots| slots.iter().flatten().map(|slot| slot.section).collect::<Vec<_>>());
        let rows =
            lists.with_value(|rows| rows.iter().filter(|row| !there.contains(&row.id)).cloned().collect::<Vec<_>>());
        rows.into_iter().map(|row| view! { <option value=row.id.to_string()>{row.fields.name}</option> }).collect_view()
    };
    let add = move |event: ev::Event| {
        if let Ok(section) = event_target_value(&event).parse::<SectionId>() {
            held.slots.update(|slots| {
                if let Some(slots) = slots {
                    slots.push(SectionSlot { section, titles: USUAL_TITLES });
                }
            });
        }
        event_target::<web_sys::HtmlSelectElement>(&event).set_selected_index(0);
    };
    view! {
        <fieldset class="room-part">
            <legend>{words::BLOCKS}</legend>
            <label class="write-check">
                <input type="checkbox" prop:checked=own on:change=toggle/>
                {words::BLOCKS_OWN}
            </label>
            <Reorder id="blocks-order" label=words::BLOCKS keys name=move |key| name(SectionId(key)) row go/>
            <div class="field" hidden=move || !own()>
                <label for="add-block">{words::ADD_BLOCK}</label>
                <select id="add-block" on:change=add>
                    <option value="">{words::CHOOSE}</option>
                    {missing}
                </select>
            </div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Block(held: Held, id: SectionId, name: String) -> impl IntoView {
    let titles = move || {
        held.slots
            .with(|slots| slots.iter().flatten().find(|slot| slot.section == id).map_or(USUAL_TITLES, |s| s.titles))
    };
    let change = move |event: ev::Event| {
        if let Ok(count) = event_target_value(&event).parse() {
            held.set_titles(id, count);
        }
    };
    let remove = move |_| {
        held.slots.update(|slots| {
            if let Some(slots) = slots {
                slots.retain(|slot| slot.section != id);
            }
        });
    };
    let option = |n: u8| view! { <option value=n.to_string() selected=move || titles() == n>{n}</option> };
    view! {
        <span class="picked">{name.clone()}</span>
        <label class="block-titles">
            {words::TITLES}
            <select aria-label=words::of(words::TITLES, &name) on:change=change>
                {(1..=MOST_TITLES).map(option).collect_view()}
            </select>
        </label>
        <button type="button" class="quiet" aria-label=words::of(words::TAKE_OUT, &name) on:click=remove>
            {words::TAKE_OUT}
        </button>
    }
    .into_any()
}
