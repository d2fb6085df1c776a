//! The form around the text. Inputs belong to the browser: what is typed goes into the screen's signals, and only what
//! the engine puts there from elsewhere comes back into them.

use super::{
    engine::Engine,
    files::{Attachments, Lead},
    times::TimeInput,
    words,
};
use crate::admin::words as admin_words;
use content::{
    Refusal, SectionId,
    article::{self, Fields},
    desk::SectionChoice,
    manuscript::{MOST_ATTACHED, Placement},
};
use leptos::{ev, html, prelude::*};
use std::rc::Rc;

/// The engine, as components hold it.
pub type Held = StoredValue<Rc<Engine>, LocalStorage>;

/// A field of text: its wire name, its limit in characters, and where it stands.
#[derive(Clone, Copy)]
pub struct TextField {
    /// The name in the wire format.
    pub name: &'static str,
    /// The most characters.
    pub limit: usize,
    /// Where it stands.
    pub of: fn(&mut Fields) -> &mut String,
    /// Whether it is written over several lines.
    pub tall: bool,
}

impl TextField {
    fn read(self, fields: &Fields) -> String {
        (self.of)(&mut fields.clone()).clone()
    }

    /// What is wrong with it now.
    fn fault(self, fields: &Fields) -> Option<Refusal> {
        article::limited(self.name, &self.read(fields), self.limit).err()
    }
}

const fn field(name: &'static str, limit: usize, of: fn(&mut Fields) -> &mut String) -> TextField {
    TextField { name, limit, of, tall: false }
}

/// The fields above the text, in the order in which readers see them.
pub const HEAD: [TextField; 4] = [
    TextField { name: "title", limit: article::LONGEST_LINE, of: |fields| &mut fields.title, tall: true },
    field("subtitle", article::LONGEST_LINE, |fields| &mut fields.subtitle),
    field("byline", article::LONGEST_LINE, |fields| &mut fields.byline),
    field("dateline", article::LONGEST_LINE, |fields| &mut fields.dateline),
];

const PEOPLE: [TextField; 4] = [
    field("source", article::LONGEST_NAME, |fields| &mut fields.source),
    field("author", article::LONGEST_NAME, |fields| &mut fields.author),
    field("editor", article::LONGEST_NAME, |fields| &mut fields.editor),
    field("keywords", article::LONGEST_LINE, |fields| &mut fields.keywords),
];

const SUMMARY: TextField =
    TextField { name: "summary", limit: article::LONGEST_SUMMARY, of: |fields| &mut fields.summary, tall: true };

/// The id of a field's input.
#[must_use]
pub fn id_of(name: &str) -> String {
    format!("field-{name}")
}

/// One field of text with its label, its hint and what is wrong with it.
#[component]
pub fn TextInput(engine: Held, field: TextField, needed: Signal<bool>, read_only: bool) -> impl IntoView {
    let screen = engine.with_value(|engine| engine.screen);
    let name = field.name;
    let value = move || {
        screen.rewritten.track();
        screen.fields.with_untracked(|fields| field.read(fields))
    };
    let said = Memo::new(move |_| {
        let fault = screen.fields.with(|fields| field.fault(fields));
        let empty = || needed.get() && screen.fields.with(|fields| field.read(fields).trim().is_empty());
        fault.map(|refusal| admin_words::refusal(&refusal)).or_else(|| empty().then(|| words::NEEDED.to_owned()))
    });
    let write = move |text: String| {
        screen.fields.update(|fields| *(field.of)(fields) = text);
        engine.get_value().wrote();
    };
    let on_input = move |event: ev::Event| {
        let composing = event_is_composing(&event);
        if !composing {
            write(event_target_value(&event));
        }
    };
    let on_start = move |_: ev::CompositionEvent| engine.get_value().compose(true);
    let on_end = move |event: ev::CompositionEvent| {
        engine.get_value().compose(false);
        write(event_target_value(&event));
    };
    let (id, error_id) = (id_of(name), format!("fault-{name}"));
    let input = if field.tall {
        html::textarea()
            .id(id.clone())
            .rows(1)
            .placeholder(words::label(name))
            .prop("value", value)
            .prop("readOnly", read_only)
            .attr("aria-describedby", error_id.clone())
            .attr("aria-invalid", move || said.with(Option::is_some).then_some("true"))
            .on(ev::input, on_input)
            .on(ev::compositionstart, on_start)
            .on(ev::compositionend, on_end)
            .into_any()
    } else {
        html::input()
            .id(id.clone())
            .r#type("text")
            .attr("autocomplete", "off")
            .prop("value", value)
            .prop("readOnly", read_only)
            .attr("aria-describedby", error_id.clone())
            .attr("aria-invalid", move || said.with(Option::is_some).then_some("true"))
            .on(ev::input, on_input)
            .on(ev::compositionstart, on_start)
            .on(ev::compositionend, on_end)
            .into_any()
    };
    view! {
        <div class="write-field" data-field=name>
            <label for=id>{words::label(name)}</label>
            {input}
            <p class="write-hint">{words::hint(name)}</p>
            <p class="write-fault" id=error_id aria-live="polite">
                {move || said.get()}
            </p>
        </div>
    }
    .into_any()
}

fn event_is_composing(event: &ev::Event) -> bool {
    use wasm_bindgen::JsCast;
    event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing)
}

/// The side panel: everything that is not text.
#[component]
pub fn Panel(engine: Held, sections: Vec<SectionChoice>, needed: Signal<bool>, read_only: bool) -> impl IntoView {
    let people = PEOPLE.map(|field| view! { <TextInput engine field needed read_only/> });
    let screen = engine.with_value(|engine| engine.screen);
    let offer = move |_| {
        let summary = screen.body.with_untracked(|body| body.excerpt(120));
        screen.fields.update(|fields| fields.summary = summary);
        screen.rewritten.update(|count| *count += 1);
        engine.get_value().wrote();
    };
    view! {
        <fieldset disabled=read_only>
            <legend>{words::GROUP_PLACE}</legend>
            <Sections engine sections/>
            <TimeInput engine name="shown" of=|place| &mut place.shown/>
            <TimeInput engine name="pinned_until" of=|place| &mut place.pinned_until/>
        </fieldset>
        <fieldset disabled=read_only>
            <legend>{words::GROUP_PEOPLE}</legend>
            {people}
        </fieldset>
        <fieldset disabled=read_only>
            <legend>{words::GROUP_SHOWN}</legend>
            <TextInput engine field=SUMMARY needed read_only/>
            <button type="button" class="quiet" on:click=offer>
                {words::OFFER_SUMMARY}
            </button>
            <Lead engine/>
        </fieldset>
        <fieldset disabled=read_only>
            <legend>{words::GROUP_FILES}</legend>
            <Attachments engine/>
        </fieldset>
    }
    .into_any()
}

/// Changes the place and tells the engine.
pub fn place(engine: Held, change: impl FnOnce(&mut Placement)) {
    engine.with_value(|engine| {
        engine.screen.placement.update(change);
        engine.wrote();
    });
}

#[component]
fn Sections(engine: Held, sections: Vec<SectionChoice>) -> impl IntoView {
    let placement = engine.with_value(|engine| engine.screen.placement);
    let chosen = move || placement.with(|place| place.section.to_string());
    let on_change = move |event: ev::Event| {
        if let Ok(section) = event_target_value(&event).parse::<SectionId>() {
            place(engine, |place| {
                place.section = section;
                place.further.retain(|other| *other != section);
            });
        }
    };
    let options = sections
        .iter()
        .map(|choice| {
            let id = choice.id;
            view! {
                <option value=id.to_string() selected=move || placement.with(|place| place.section == id) disabled=!choice.may_draft>
                    {choice.link.name.clone()}
                </option>
            }
        })
        .collect_view();
    let further = sections
        .into_iter()
        .map(|choice| {
            let id = choice.id;
            let toggle = move |event: ev::Event| {
                let on = event_target_checked(&event);
                place(engine, |place| {
                    place.further.retain(|other| *other != id);
                    if on && place.further.len() < MOST_ATTACHED {
                        place.further.push(id);
                    }
                });
            };
            view! {
                <label class="write-check" hidden=move || placement.with(|place| place.section == id)>
                    <input
                        type="checkbox"
                        prop:checked=move || placement.with(|place| place.further.contains(&id))
                        on:change=toggle
                    />
                    {choice.link.name}
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="write-field" data-field="section">
            <label for=id_of("section")>{words::label("section")}</label>
            <select id=id_of("section") prop:value=chosen on:change=on_change>
                {options}
            </select>
        </div>
        <details class="write-more" data-field="further">
            <summary>
                {words::label("further")}
                {move || {
                    let count = placement.with(|place| place.further.len());
                    (count > 0).then(|| format!("（{count}）"))
                }}
            </summary>
            <div class="write-checks">{further}</div>
        </details>
    }
    .into_any()
}
