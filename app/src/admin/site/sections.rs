//! `/admin/sections`: the tree of sections, their order, their forms.

mod form;
mod remove;
mod writers;

use self::{form::SectionForm, remove::RemoveDialog, writers::SectionWriters};
use super::{api, arranging::arrange, preview::Preview, words};
use crate::{
    admin::{
        session::Session,
        ui::{Answer, Failed, Reorder, RoomTitle, Toasts, Way},
        words as admin_words,
    },
    error::AppError,
};
use content::{
    Refusal, SectionId,
    section::{SectionDraft, SectionPlace, SectionRow, SectionTree},
    site::SiteDraft,
};
use leptos::{prelude::*, task::spawn_local};

/// The tree as the server has it, and the order that is not saved yet.
#[derive(Clone, Copy)]
struct Room {
    session: Session,
    toasts: Toasts,
    answer: Answer<SectionTree>,
    order: RwSignal<Vec<SectionPlace>>,
    said: RwSignal<String>,
    /// The section that somebody is about to remove.
    removing: RwSignal<Option<SectionId>>,
}

impl Room {
    /// Reads the tree. An order that is not saved yet stays as long as the tree below it is the same.
    fn load(self) {
        spawn_local(async move {
            let came = api::get_section_tree().await;
            match &came {
                Ok(tree) => {
                    let before = self.answer.try_with_untracked(|answer| match answer {
                        Some(Ok(tree)) => places(tree),
                        _ => Vec::new(),
                    });
                    if before != Some(places(tree)) {
                        self.order.try_set(places(tree));
                    }
                }
                Err(error) => self.session.guard(error),
            }
            self.answer.try_set(Some(came));
        });
    }

    fn rows(self) -> Vec<SectionRow> {
        self.answer.with(|answer| match answer {
            Some(Ok(tree)) => tree.rows.clone(),
            _ => Vec::new(),
        })
    }

    fn row(self, id: SectionId) -> Option<SectionRow> {
        self.answer.with(|answer| match answer {
            Some(Ok(tree)) => tree.rows.iter().find(|row| row.id == id).cloned(),
            _ => None,
        })
    }

    fn name(self, id: SectionId) -> String {
        self.row(id).map(|row| row.fields.name).unwrap_or_default()
    }

    fn version(self) -> i32 {
        self.answer.with_untracked(|answer| match answer {
            Some(Ok(tree)) => tree.version,
            _ => 0,
        })
    }

    fn is_reordered(self) -> bool {
        self.answer.with(|answer| match answer {
            Some(Ok(tree)) => places(tree) != self.order.get(),
            _ => false,
        })
    }

    /// Says what went wrong. Where somebody else has changed the tree it is read anew.
    fn fail(self, error: &AppError) {
        self.session.guard(error);
        if *error == AppError::Refused(Refusal::Stale) {
            self.said.try_set(words::STALE_TREE.to_owned());
            self.load();
        } else {
            self.said.try_set(admin_words::error(error));
        }
    }

    /// The sections as they would be in the order of the screen, with one that is being written.
    fn drafts(self, written: Option<SectionDraft>) -> Vec<SectionDraft> {
        let rows = untrack(|| self.rows());
        let place = |place: &SectionPlace| {
            let own = written.as_ref().filter(|draft| draft.id == Some(place.id)).cloned();
            own.or_else(|| {
                let row = rows.iter().find(|row| row.id == place.id)?;
                Some(SectionDraft { id: Some(place.id), parent: place.parent, fields: row.fields.clone() })
            })
        };
        let mut drafts: Vec<_> = self.order.with_untracked(|order| order.iter().filter_map(place).collect());
        drafts.extend(written.clone().filter(|draft| draft.id.is_none()));
        drafts
    }
}

fn places(tree: &SectionTree) -> Vec<SectionPlace> {
    tree.rows.iter().map(|row| SectionPlace { id: row.id, parent: row.parent }).collect()
}

/// `/admin/sections`
#[component]
pub fn SectionsPage() -> impl IntoView {
    let room = Room {
        session: expect_context::<Session>(),
        toasts: expect_context::<Toasts>(),
        answer: RwSignal::new(None),
        order: RwSignal::new(Vec::new()),
        said: RwSignal::new(String::new()),
        removing: RwSignal::new(None),
    };
    room.load();
    // The list stays where it is while it is read anew: only its beginning and a failure take its place.
    let state =
        Memo::new(move |_| room.answer.with(|answer| answer.as_ref().map(|answer| answer.as_ref().err().cloned())));
    let list = move || match state.get() {
        None => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
        Some(Some(error)) => view! { <Failed error again=move |()| room.load()/> }.into_any(),
        Some(None) => view! { <Tree room/> }.into_any(),
    };
    view! {
        <div class="room">
            <RoomTitle title=admin_words::ROOM_SECTIONS/>
            <p>{words::SECTIONS_HELP}</p>
            <p class="form-said" role="alert">
                {move || room.said.get()}
            </p>
            {list}
        </div>
    }
    .into_any()
}

#[component]
fn Tree(room: Room) -> impl IntoView {
    let keys =
        Signal::derive(move || room.order.with(|order| order.iter().map(|place| place.id.0).collect::<Vec<_>>()));
    let go = move |(key, way): (i64, Way)| {
        room.order.try_update(|order| arrange(order, SectionId(key), way)).unwrap_or_default()
    };
    let depth = Callback::new(move |key: i64| {
        room.order.with(|order| order.iter().any(|place| place.id.0 == key && place.parent.is_some())).into()
    });
    let save = move |_| {
        let (order, version) = (room.order.get_untracked(), room.version());
        spawn_local(async move {
            match api::order_sections(order, version).await {
                Ok(_) => {
                    room.said.try_set(String::new());
                    room.toasts.show(admin_words::SAVED.to_owned(), None);
                    room.load();
                }
                Err(error) => room.fail(&error),
            }
        });
    };
    let reset = move |_| {
        room.answer.with_untracked(|answer| {
            if let Some(Ok(tree)) = answer {
                room.order.set(places(tree));
            }
        });
    };
    let draft = move |()| Some(SiteDraft { sections: Some(room.drafts(None)), ..SiteDraft::default() });
    let adding = RwSignal::new(0_u32);
    view! {
        <datalist id="column-types">
            {words::COLUMN_TYPES.map(|name| view! { <option value=name></option> })}
        </datalist>
        <Reorder
            id="sections"
            label=words::TREE
            keys
            name=move |key| room.name(SectionId(key))
            row=move |key| view! { <Row room id=SectionId(key)/> }.into_any()
            depth
            go
        />
        <div class="site-acts" role="group" aria-label=words::SAVE_ORDER>
            <button type="button" class="primary" disabled=move || !room.is_reordered() on:click=save>
                {words::SAVE_ORDER}
            </button>
            <button type="button" disabled=move || !room.is_reordered() on:click=reset>
                {words::RESET_ORDER}
            </button>
            <Preview draft/>
            <span class="field-hint" role="status">
                {move || room.is_reordered().then_some(words::ORDER_CHANGED)}
            </span>
        </div>
        <details class="room-part">
            <summary>{words::ADD_SECTION}</summary>
            // A form that was sent is made anew, empty.
            {move || {
                adding.track();
                view! { <SectionForm room row=None done=move |()| adding.update(|count| *count += 1)/> }
            }}
        </details>
        <RemoveDialog room/>
    }
    .into_any()
}

/// A section in the list, and its form where somebody opened it.
#[component]
fn Row(room: Room, id: SectionId) -> impl IntoView {
    let row = Memo::new(move |_| room.row(id));
    let open = RwSignal::new(false);
    let line = move || {
        row.get().map(|row| {
            let kind = (row.fields.kind != content::section::SectionKind::List).then(|| words::kind(row.fields.kind));
            view! {
                <strong>{row.fields.name}</strong>
                <span class="field-hint">{["/", row.fields.slug.as_str()].concat()}</span>
                <span class="field-hint">{words::articles(row.articles, row.public)}</span>
                {kind.map(|kind| view! { <span class="chip">{kind}</span> })}
                {(!row.fields.visible).then(|| view! { <span class="chip">{words::HIDDEN}</span> })}
            }
        })
    };
    let name = move || room.name(id);
    // The form is filled when it is opened, and again when it was saved: what is typed is not overwritten by a list that
    // was read anew.
    let form = move || {
        open.get().then(|| {
            let row = row.get_untracked();
            let done = move |()| open.set(false);
            row.map(|row| view! { <SectionForm room row=Some(row) done/> })
        })
    };
    view! {
        <div class="section-line">
            <div class="section-name">{line}</div>
            <button
                type="button"
                class="quiet"
                aria-expanded=move || open.get().to_string()
                aria-label=move || words::of(words::CHANGE, &name())
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {words::CHANGE}
            </button>
            <button
                type="button"
                class="quiet"
                aria-label=move || words::of(words::REMOVE_SECTION, &name())
                on:click=move |_| room.removing.set(Some(id))
            >
                {words::REMOVE_SECTION}
            </button>
        </div>
        {form}
    }
    .into_any()
}
