//! `/admin/front`: the slots of the front page, links of friends, notices.

mod blocks;
mod friends;
mod held;
mod notices;
mod picking;

use self::{
    blocks::Blocks,
    friends::Friends,
    held::Held,
    notices::Notices,
    picking::{HeadlineSlot, PictureSlots},
};
use super::{api, preview::Preview, words};
use crate::{
    admin::{
        session::Session,
        ui::{Answer, Failed, RoomTitle, Toasts},
        words as admin_words,
    },
    error::AppError,
};
use content::{
    Refusal,
    section::SectionTree,
    site::{FrontRoom, SiteDraft},
};
use leptos::{ev, prelude::*, task::spawn_local};

/// `/admin/front`
#[component]
pub fn FrontPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let answer: Answer<(FrontRoom, SectionTree)> = RwSignal::new(None);
    let load = move || {
        spawn_local(async move {
            let came = both().await;
            if let Err(error) = &came {
                session.guard(error);
            }
            answer.try_set(Some(came));
        });
    };
    load();
    let room = move || match answer.get() {
        None => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
        Some(Err(error)) => view! { <Failed error again=move |()| load()/> }.into_any(),
        Some(Ok((room, tree))) => view! { <Form room tree/> }.into_any(),
    };
    view! {
        <div class="room">
            <RoomTitle title=admin_words::ROOM_FRONT/>
            <p>{words::FRONT_HELP}</p>
            {room}
        </div>
    }
    .into_any()
}

async fn both() -> Result<(FrontRoom, SectionTree), AppError> {
    Ok((api::get_front_room().await?, api::get_section_tree().await?))
}

#[component]
fn Form(room: FrontRoom, tree: SectionTree) -> impl IntoView {
    let (session, toasts) = (expect_context::<Session>(), expect_context::<Toasts>());
    let held = Held::new(room);
    let (busy, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    let dirty = Memo::new(move |_| held.is_dirty());
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let form = match untrack(|| held.form()) {
            Ok(form) => form,
            Err(refusal) => {
                said.set(admin_words::refusal(&refusal));
                focus_first_fault();
                return;
            }
        };
        busy.set(true);
        let version = held.version.get_untracked();
        spawn_local(async move {
            match api::change_front(form.clone(), version).await {
                Ok(version) => {
                    held.saved(form, version);
                    said.try_set(String::new());
                    toasts.show(admin_words::SAVED.to_owned(), None);
                }
                Err(AppError::Refused(Refusal::Stale)) => match api::get_front_room().await {
                    Ok(theirs) => {
                        let parts = held.catch_up(theirs);
                        let parts: Vec<&str> = parts.iter().map(|field| words::part(field)).collect();
                        let mut text = words::STALE.to_owned();
                        if !parts.is_empty() {
                            text.push_str(&words::both_changed(&parts));
                        }
                        said.try_set(text);
                    }
                    Err(error) => fail(session, said, &error),
                },
                Err(error) => fail(session, said, &error),
            }
            busy.try_set(false);
        });
    };
    let draft = move |()| {
        let form = untrack(|| held.form()).ok()?;
        Some(SiteDraft {
            front: Some(form.plan),
            friends: Some(form.friends),
            notices: Some(form.notices),
            ..SiteDraft::default()
        })
    };
    view! {
        <form class="front-form" on:submit=send novalidate>
            <HeadlineSlot held/>
            <PictureSlots held/>
            <Blocks held tree/>
            <Friends held/>
            <Notices held/>
            <div class="site-save">
                <p class="form-said" role="alert">
                    {move || said.get()}
                </p>
                <div class="site-acts">
                    <button type="submit" class="primary" disabled=move || busy.get()>
                        {words::SAVE}
                    </button>
                    <Preview draft/>
                    <span class="field-hint" role="status">
                        {move || dirty.get().then_some(words::UNSAVED)}
                    </span>
                </div>
            </div>
        </form>
    }
    .into_any()
}

fn fail(session: Session, said: RwSignal<String>, error: &AppError) {
    session.guard(error);
    said.try_set(admin_words::error(error));
}

fn focus_first_fault() {
    use wasm_bindgen::JsCast;
    let field = document().query_selector(".front-form [data-fault]").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = field.focus();
    }
}
