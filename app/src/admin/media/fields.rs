//! What is said of a file: its name, and of a picture its alternative text and its focal point.

use super::{api, focus::FocusChoice, page::Library, words};
use crate::{
    admin::{ui::Field, words as admin_words},
    error::AppError,
};
use content::{
    MediaId, Refusal,
    media::{File, MediaFields},
};
use leptos::{ev, prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen::JsCast;

/// The form.
#[component]
pub fn FieldsForm(library: Library, file: File, fixed: bool) -> impl IntoView {
    let id = file.id;
    let picture = file.picture();
    let (name, alt, focus) = (RwSignal::new(file.name), RwSignal::new(file.alt), RwSignal::new(file.focus));
    let fault = RwSignal::new(None::<Refusal>);
    let of =
        move |wanted: &'static str| Signal::derive(move || fault.get().filter(|fault| field_of(fault) == Some(wanted)));
    let other = move || {
        let fault = fault.get().filter(|fault| !matches!(field_of(fault), Some("name" | "alt")));
        fault.map(|fault| admin_words::refusal(&fault))
    };
    let busy = RwSignal::new(false);
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let fields = MediaFields {
            name: name.get_untracked().trim().to_owned(),
            alt: alt.get_untracked().trim().to_owned(),
            focus: focus.get_untracked(),
        };
        busy.set(true);
        spawn_local(async move {
            let answer = api::change_media(id, fields).await;
            busy.try_set(false);
            settle(library, fault, answer);
        });
    };
    let about_picture = picture.map(|picture| {
        let (typed, said) = (move |event: ev::Event| alt.set(event_target_value(&event)), of("alt"));
        view! {
            <div class="field">
                <label for="media-alt">
                    {words::ALT}
                    {move || alt.with(|alt| alt.trim().is_empty()).then(|| view! { " " <span class="chip warn">{words::WITHOUT_ALT}</span> })}
                </label>
                <textarea
                    id="media-alt"
                    rows="3"
                    readonly=fixed
                    prop:value=move || alt.get()
                    on:input=typed
                    aria-describedby="media-alt-help"
                    aria-invalid=move || said.get().map(|_| "true")
                ></textarea>
                <p class="field-hint" id="media-alt-help">
                    {words::ALT_HELP} <span class="field-fault">{move || said.get().map(|fault| admin_words::refusal(&fault))}</span>
                </p>
            </div>
            <div class="field" role="group" aria-label=words::FOCUS>
                <span class="field-label">{words::FOCUS}</span>
                <FocusChoice picture focus fixed/>
            </div>
        }
    });
    view! {
        <form class="form media-form" on:submit=save>
            <Field id="media-name" label=words::NAME value=name fault=of("name") hint=words::NAME_HELP fixed/>
            {about_picture}
            <p class="form-said" role="alert">
                {other}
            </p>
            {(!fixed)
                .then(|| {
                    view! {
                        <button type="submit" disabled=move || busy.get()>
                            {admin_words::SAVE}
                        </button>
                    }
                })}
        </form>
    }
    .into_any()
}

fn settle(library: Library, fault: RwSignal<Option<Refusal>>, answer: Result<(), AppError>) {
    match answer {
        Ok(()) => {
            fault.try_set(None);
            library.say(admin_words::SAVED.to_owned());
            library.load(Duration::ZERO);
        }
        Err(AppError::Refused(refusal)) if refusal != Refusal::SignedOut => {
            let first = field_of(&refusal).map(|name| ["media-", name].concat());
            fault.try_set(Some(refusal));
            if let Some(field) = first.and_then(|id| document().get_element_by_id(&id)) {
                let _ = field.unchecked_into::<web_sys::HtmlElement>().focus();
            }
        }
        Err(error) => library.fail(&error),
    }
}

/// The field that a refusal is about.
fn field_of(refusal: &Refusal) -> Option<&str> {
    match refusal {
        Refusal::Missing { field } | Refusal::TooLong { field, .. } | Refusal::BadText { field } => Some(field),
        _ => None,
    }
}

/// Puts a file into the bin, from where one press brings it back.
pub fn put_into_bin(library: Library, id: MediaId, said: RwSignal<String>) {
    spawn_local(async move {
        match api::delete_media(id).await {
            Ok(()) => {
                let undo = Callback::new(move |()| bring_back(library, id));
                library.toasts.show(words::BINNED_NOW.to_owned(), Some(undo));
                library.close();
                library.load(Duration::ZERO);
            }
            Err(error) => {
                library.session.guard(&error);
                said.try_set(admin_words::error(&error));
            }
        }
    });
}

/// Takes a file out of the bin.
pub fn bring_back(library: Library, id: MediaId) {
    spawn_local(async move {
        match api::restore_media(id).await {
            Ok(()) => {
                library.toasts.show(words::RESTORED.to_owned(), None);
                library.load(Duration::ZERO);
            }
            Err(error) => library.fail(&error),
        }
    });
}
