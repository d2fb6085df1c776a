//! A field of a form: label, input, hint and what is wrong, tied together.

use crate::admin::words;
use content::Refusal;
use leptos::{ev, prelude::*};
use std::time::Duration;

/// A click takes no longer.
const MOMENT: Duration = Duration::from_millis(300);

/// One line of text.
#[component]
pub fn Field(
    /// Its id, unique on the page.
    #[prop(into)]
    id: String,
    /// Its label.
    label: &'static str,
    /// What it holds.
    value: RwSignal<String>,
    /// What is wrong with it, if anything is.
    #[prop(into, optional)]
    fault: Signal<Option<Refusal>>,
    /// `text`, `password` …
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    complete: &'static str,
    /// What helps.
    #[prop(optional)]
    hint: &'static str,
    /// Whether it is only shown.
    #[prop(optional)]
    fixed: bool,
    /// The id of a list of proposals.
    #[prop(optional)]
    list: Option<&'static str>,
    /// What somebody else has saved in it meanwhile.
    #[prop(into, optional)]
    theirs: Signal<Option<String>>,
) -> impl IntoView {
    let touched = RwSignal::new(false);
    // What is wrong is told a moment after the field is left: a line that appears under a click moves its target away.
    let leave = move |_| {
        let _ = set_timeout(
            move || {
                touched.try_set(true);
            },
            MOMENT,
        );
    };
    let said = move || fault.get().filter(|_| touched.get()).map(|refusal| words::refusal(&refusal));
    let help = format!("{id}-help");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                type=kind
                autocomplete=complete
                readonly=fixed
                list=list
                spellcheck="false"
                autocapitalize="off"
                prop:value=move || value.get()
                on:input=move |event: ev::Event| value.set(event_target_value(&event))
                on:change=leave
                aria-describedby=help.clone()
                aria-invalid=move || said().map(|_| "true")
            />
            <p class="field-hint" id=help>
                {move || said().is_none().then_some(hint)}
                <span class="field-fault">{said}</span>
                <span class="field-theirs">{move || theirs.get().map(|text| words::theirs_is(&text))}</span>
            </p>
        </div>
    }
    .into_any()
}

/// One of several words.
#[component]
pub fn Choice(
    /// Its id, unique on the page.
    #[prop(into)]
    id: String,
    /// Its label.
    label: &'static str,
    /// The key that is chosen.
    value: RwSignal<String>,
    /// Keys and what they are called.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// What helps.
    #[prop(optional)]
    hint: &'static str,
) -> impl IntoView {
    let help = format!("{id}-help");
    let option = move |(key, name): (String, String)| {
        let chosen = {
            let key = key.clone();
            move || value.with(|value| *value == key)
        };
        view! {
            <option value=key selected=chosen>
                {name}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select
                id=id
                aria-describedby=help.clone()
                prop:value=move || value.get()
                on:change=move |event| value.set(event_target_value(&event))
            >
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
            <p class="field-hint" id=help>
                {hint}
            </p>
        </div>
    }
    .into_any()
}

/// Yes or no.
#[component]
pub fn Flag(
    /// Its label.
    label: &'static str,
    /// What it holds.
    value: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <label class="write-check">
            <input type="checkbox" prop:checked=move || value.get() on:change=move |event| value.set(event_target_checked(&event))/>
            {label}
        </label>
    }
    .into_any()
}
