//! What was found on a page, with how sure and where, to be corrected.

use super::{api, words};
use crate::admin::{session::Session, ui::Toasts, words as admin_words};
use content::{
    ImportId,
    moving::{Corrections, DOUBTFUL, FoundField},
};
use leptos::{ev, prelude::*, task::spawn_local};

/// What stands in the form.
#[derive(Clone, Copy)]
pub struct Written {
    fields: StoredValue<Vec<(String, RwSignal<String>)>>,
    chosen: RwSignal<bool>,
}

impl Written {
    /// Begins with what was found, or corrected before.
    pub fn new(fields: &[FoundField], chosen: bool) -> Self {
        let value = |field: &FoundField| field.corrected.clone().unwrap_or_else(|| field.value.clone());
        let fields = fields.iter().map(|field| (field.name.clone(), RwSignal::new(value(field)))).collect();
        Self { fields: StoredValue::new(fields), chosen: RwSignal::new(chosen) }
    }

    fn signal(self, name: &str) -> Option<RwSignal<String>> {
        self.fields.with_value(|fields| fields.iter().find(|(known, _)| known == name).map(|(_, signal)| *signal))
    }

    /// What stands in a field.
    pub fn of(self, name: &str) -> String {
        self.signal(name).map(|signal| signal.get()).unwrap_or_default()
    }

    /// What differs from what was found. Title and time are what somebody has looked at who saves: they are kept as they
    /// stand, so that the page counts as looked through.
    fn corrections(self, found: &[FoundField]) -> Corrections {
        let mut corrections = Corrections::new();
        for field in found {
            let text = self.signal(&field.name).map(|signal| signal.get_untracked()).unwrap_or_default();
            let text = text.trim();
            let looked_at = matches!(field.name.as_str(), "title" | "publish_time") && !text.is_empty();
            if text != field.value || looked_at {
                corrections.insert(field.name.clone(), text.to_owned());
            }
        }
        corrections
    }
}

/// The form.
#[component]
pub fn FieldsForm(id: ImportId, page: i64, fields: Vec<FoundField>, written: Written, open: bool) -> impl IntoView {
    let (session, toasts) = (expect_context::<Session>(), expect_context::<Toasts>());
    let (busy, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    let inputs = fields.iter().map(|field| view! { <Input field=field.clone() written open/> }).collect_view();
    let found = StoredValue::new(fields);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || !open {
            return;
        }
        busy.set(true);
        let corrections = found.with_value(|found| written.corrections(found));
        let chosen = written.chosen.get_untracked();
        spawn_local(async move {
            match api::correct_found(id, page, corrections, chosen).await {
                Ok(()) => {
                    said.try_set(String::new());
                    toasts.show(admin_words::SAVED.to_owned(), None);
                }
                Err(error) => {
                    session.guard(&error);
                    said.try_set(admin_words::error(&error));
                }
            }
            busy.try_set(false);
        });
    };
    let choose = move |event: ev::Event| written.chosen.set(event_target_checked(&event));
    view! {
        <form class="form moving-fields" on:submit=send novalidate>
            <div class="moving-inputs">{inputs}</div>
            <label class="write-check">
                <input type="checkbox" prop:checked=move || written.chosen.get() disabled=!open on:change=choose/>
                {words::CHOOSE}
            </label>
            <p class="form-said" role="alert">
                {move || said.get()}
            </p>
            {open
                .then(|| {
                    view! {
                        <button type="submit" disabled=move || busy.get()>
                            {words::SAVE_LOOKED}
                        </button>
                    }
                })}
        </form>
    }
    .into_any()
}

#[component]
fn Input(field: FoundField, written: Written, open: bool) -> impl IntoView {
    let FoundField { name, value, confidence, found, .. } = field;
    let (id, help) = (["found-", &name].concat(), ["found-", &name, "-help"].concat());
    let held = written.signal(&name).unwrap_or_default();
    let missing = value.is_empty();
    // Without these an article is none.
    let doubtful = if missing { matches!(name.as_str(), "title" | "publish_time") } else { confidence < DOUBTFUL };
    let changed = {
        let value = value.clone();
        move || held.with(|held| held.trim() != value)
    };
    let was = move || changed().then(|| words::was(&value));
    let place = (!missing).then(|| view! { <code>{words::found(&found)}</code> });
    view! {
        <div class="field">
            <label for=id.clone()>
                {words::field(&name).to_owned()} " "
                <span class="chip" class:warn=doubtful>
                    {if missing { words::NOT_FOUND.to_owned() } else { words::sure(confidence, false) }}
                </span>
            </label>
            <input
                id=id
                type="text"
                autocomplete="off"
                spellcheck="false"
                readonly=!open
                prop:value=move || held.get()
                on:input=move |event| held.set(event_target_value(&event))
                aria-describedby=help.clone()
            />
            <p class="field-hint" id=help>
                {words::hint(&name)} {place}
                <span class="field-theirs">{was}</span>
            </p>
        </div>
    }
    .into_any()
}
