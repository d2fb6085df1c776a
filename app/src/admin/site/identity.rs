//! `/admin/site`: who publishes the site, and its emblem.

use super::{api, preview::Preview, words};
use crate::{
    admin::{
        media::{Picker, Picking},
        session::Session,
        ui::{Answer, Failed, Field, RoomTitle, Toasts, ask, caught_up},
        words as admin_words,
    },
    error::AppError,
};
use content::{
    MediaId, Refusal,
    media::{File, Picture},
    site::{Identity, IdentityForm, SiteDraft},
};
use leptos::{ev, prelude::*, task::spawn_local};
use serde_json::Value;

/// `/admin/site`
#[component]
pub fn IdentityPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let answer: Answer<IdentityForm> = RwSignal::new(None);
    let load = move || ask(session, answer, api::get_identity());
    load();
    let room = move || match answer.get() {
        None => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
        Some(Err(error)) => view! { <Failed error again=move |()| load()/> }.into_any(),
        Some(Ok(form)) => view! { <IdentityRoom form/> }.into_any(),
    };
    view! {
        <div class="room">
            <RoomTitle title=admin_words::ROOM_SITE/>
            <p>{words::IDENTITY_HELP}</p>
            {room}
        </div>
    }
    .into_any()
}

/// What is written, what it is based on, and what somebody else has written meanwhile.
#[derive(Clone, Copy)]
struct Held {
    texts: [RwSignal<String>; 9],
    emblem: RwSignal<Option<MediaId>>,
    base: RwSignal<Identity>,
    version: RwSignal<i32>,
    clashes: RwSignal<Vec<(String, Value)>>,
}

impl Held {
    fn new(IdentityForm { identity, version, .. }: IdentityForm) -> Self {
        Self {
            texts: texts_of(&identity).map(RwSignal::new),
            emblem: RwSignal::new(identity.emblem),
            base: RwSignal::new(identity),
            version: RwSignal::new(version),
            clashes: RwSignal::new(Vec::new()),
        }
    }

    /// What is written, without the spaces around it.
    fn identity(self) -> Identity {
        let [name, description, organiser, copyright, producer, icp_number, police_number, domain, id_code] =
            self.texts.map(|text| text.get().trim().to_owned());
        let emblem = self.emblem.get();
        Identity {
            name,
            description,
            organiser,
            copyright,
            producer,
            icp_number,
            police_number,
            domain,
            id_code,
            emblem,
        }
    }

    fn fill(self, identity: &Identity) {
        for (signal, text) in self.texts.iter().zip(texts_of(identity)) {
            signal.set(text);
        }
        self.emblem.set(identity.emblem);
    }

    /// Somebody else has saved: theirs becomes the base, and what this person wrote stays.
    fn catch_up(self, theirs: IdentityForm) {
        let mine = untrack(|| self.identity());
        if let Some((held, clashes)) = caught_up(&self.base.get_untracked(), &mine, &theirs.identity) {
            self.fill(&held);
            self.clashes.set(clashes);
        }
        self.base.set(theirs.identity);
        self.version.set(theirs.version);
    }
}

fn texts_of(identity: &Identity) -> [String; 9] {
    let Identity {
        name,
        description,
        organiser,
        copyright,
        producer,
        icp_number,
        police_number,
        domain,
        id_code,
        emblem: _,
    } = identity.clone();
    [name, description, organiser, copyright, producer, icp_number, police_number, domain, id_code]
}

#[component]
fn IdentityRoom(form: IdentityForm) -> impl IntoView {
    let (session, toasts) = (expect_context::<Session>(), expect_context::<Toasts>());
    let picture = RwSignal::new(form.emblem.clone());
    let held = Held::new(form);
    let (busy, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    let faults = Memo::new(move |_| held.identity().faults());
    let dirty = Memo::new(move |_| held.base.with(|base| *base != held.identity()));
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        if let Some((field, _)) = faults.with_untracked(|faults| faults.first().cloned()) {
            said.set(words::FAULTS.to_owned());
            focus(&["identity-", field].concat());
            return;
        }
        busy.set(true);
        let identity = untrack(|| held.identity());
        let version = held.version.get_untracked();
        spawn_local(async move {
            match api::change_identity(identity.clone(), version).await {
                Ok(version) => {
                    held.version.try_set(version);
                    held.base.try_set(identity);
                    held.clashes.try_set(Vec::new());
                    said.try_set(String::new());
                    toasts.show(admin_words::SAVED.to_owned(), None);
                }
                Err(AppError::Refused(Refusal::Stale)) => match api::get_identity().await {
                    Ok(theirs) => {
                        if held.emblem.try_get_untracked() == held.base.try_with_untracked(|base| base.emblem) {
                            picture.try_set(theirs.emblem.clone());
                        }
                        held.catch_up(theirs);
                        said.try_set(words::STALE.to_owned());
                    }
                    Err(error) => fail(session, said, &error),
                },
                Err(error) => fail(session, said, &error),
            }
            busy.try_set(false);
        });
    };
    let field = move |(n, (name, label, hint)): (usize, (&'static str, &'static str, &'static str))| {
        let fault = Signal::derive(move || {
            faults.with(|faults| faults.iter().find(|(field, _)| *field == name).map(|(_, refusal)| refusal.clone()))
        });
        let theirs = Signal::derive(move || {
            held.clashes.with(|clashes| {
                let clash = clashes.iter().find(|(field, _)| field == name);
                clash.map(|(_, value)| value.as_str().unwrap_or_default().to_owned())
            })
        });
        view! { <Field id=["identity-", name].concat() label value=held.texts[n] fault hint theirs/> }
    };
    let draft = move |()| Some(SiteDraft { identity: Some(untrack(|| held.identity())), ..SiteDraft::default() });
    view! {
        <form class="form site-form" on:submit=save novalidate>
            {words::IDENTITY.into_iter().enumerate().map(field).collect_view()}
            <Emblem emblem=held.emblem picture/>
            <p class="form-said" role="alert">
                {move || said.get()}
            </p>
            <div class="site-acts">
                <button type="submit" disabled=move || busy.get()>
                    {words::SAVE}
                </button>
                <Preview draft/>
                <span class="field-hint" role="status">
                    {move || dirty.get().then_some(words::UNSAVED)}
                </span>
            </div>
        </form>
    }
    .into_any()
}

fn fail(session: Session, said: RwSignal<String>, error: &AppError) {
    session.guard(error);
    said.try_set(admin_words::error(error));
}

/// Puts the keyboard where something is wrong.
pub(super) fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    if let Some(element) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The picture beside the name.
#[component]
fn Emblem(emblem: RwSignal<Option<MediaId>>, picture: RwSignal<Option<Picture>>) -> impl IntoView {
    let picking = Picking::begin();
    let take = Callback::new(move |file: File| {
        emblem.set(Some(file.id));
        picture.set(file.picture());
    });
    let shown = move || {
        picture.get().filter(|picture| emblem.get() == Some(picture.id)).map(|picture| {
            view! { <img class="site-emblem" src=picture.address() alt=words::EMBLEM/> }
        })
    };
    let has = move || emblem.with(Option::is_some);
    view! {
        <div class="field" role="group" aria-label=words::EMBLEM>
            <span>{words::EMBLEM}</span>
            <div class="site-acts">
                {shown}
                <button type="button" class="quiet" on:click=move |_| picking.ask(true, take)>
                    {move || if has() { words::OTHER_EMBLEM } else { words::CHOOSE_EMBLEM }}
                </button>
                {move || {
                    has()
                        .then(|| {
                            view! {
                                <button type="button" class="quiet" on:click=move |_| emblem.set(None)>
                                    {words::NO_EMBLEM}
                                </button>
                            }
                        })
                }}
            </div>
            <p class="field-hint">{words::EMBLEM_HELP}</p>
            <Picker picking/>
        </div>
    }
    .into_any()
}
