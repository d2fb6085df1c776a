//! `/admin/moving/:import`: an import, how far it is, and what can be done with it.

use super::{
    api,
    confirm::Confirm,
    filters,
    options::{Held, OptionsFields},
    report::Report,
    table::Table,
    words,
};
use crate::{
    admin::{
        session::Session,
        shell::Place,
        ui::{Failed, RoomTitle},
        words as admin_words,
    },
    error::AppError,
};
use content::{
    ImportId,
    moving::{Import, Stage},
};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::components::A;
use std::time::Duration;

/// How often it is asked how far the work is.
const AGAIN: Duration = Duration::from_secs(2);

/// What the parts of the room share.
#[derive(Clone, Copy)]
pub struct Room {
    /// Which import.
    pub id: ImportId,
    /// Who is in.
    pub session: Session,
    /// What is known of it; what was known stays while it cannot be asked for.
    pub import: RwSignal<Option<Import>>,
    /// Why it could not be asked for.
    fault: RwSignal<Option<AppError>>,
    /// How many pages are to come in, as the table knows it.
    pub chosen: RwSignal<u64>,
}

impl Room {
    /// Asks for it, again and again as long as somebody works at it.
    fn load(self) {
        spawn_local(async move {
            match api::get_import(self.id).await {
                Ok(import) => {
                    self.fault.try_set(None);
                    self.import.try_set(Some(import));
                }
                Err(error) => {
                    self.session.guard(&error);
                    self.fault.try_set(Some(error));
                }
            }
            let goes_on = self.import.try_with_untracked(|import| import.as_ref().map(|import| import.stage));
            if goes_on.flatten().is_some_and(Stage::goes_on) {
                self.later();
            }
        });
    }

    fn later(self) {
        let look = move || {
            if self.import.is_disposed() {
                return;
            }
            // Nobody looks.
            if document().hidden() { self.later() } else { self.load() }
        };
        let _ = set_timeout(look, AGAIN);
    }

    fn stage(self) -> Option<Stage> {
        self.import.with(|import| import.as_ref().map(|import| import.stage))
    }

    /// Does something to the import and shows what it is then.
    fn act(self, doing: impl Future<Output = Result<(), AppError>> + 'static) {
        spawn_local(async move {
            match doing.await {
                Ok(()) => self.load(),
                Err(error) => {
                    self.session.guard(&error);
                    self.fault.try_set(Some(error));
                }
            }
        });
    }
}

/// The import that the address names.
#[component]
pub fn ImportRoom() -> impl IntoView {
    match expect_context() {
        Place::Import(id) => view! { <One id/> }.into_any(),
        _ => ().into_any(),
    }
}

#[component]
fn One(id: ImportId) -> impl IntoView {
    let room = Room {
        id,
        session: expect_context::<Session>(),
        import: RwSignal::new(None),
        fault: RwSignal::new(None),
        chosen: RwSignal::new(0),
    };
    room.load();
    // What is typed and chosen below stays as it is while numbers move above.
    let stage = Memo::new(move |_| room.stage());
    let name = Memo::new(move |_| room.import.with(|import| import.as_ref().map(|import| import.name.clone())));
    let shown = move || match (stage.get(), untrack(|| room.import.get())) {
        (Some(stage), Some(import)) => view! { <Parts room import stage/> }.into_any(),
        _ => ().into_any(),
    };
    let without = move || match room.fault.get() {
        Some(error) => view! { <Failed error again=move |()| room.load()/> }.into_any(),
        None => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
    };
    let fault = move || room.fault.with(|fault| fault.as_ref().map(admin_words::error));
    view! {
        <div class="room moving">
            <p class="moving-back">
                <A href=filters::ROOM>{words::BACK}</A>
            </p>
            {move || match name.get() {
                Some(title) => view! { <RoomTitle title/> <p class="form-said" role="alert">{fault}</p> }.into_any(),
                None => without(),
            }}
            {shown}
        </div>
    }
    .into_any()
}

#[component]
fn Parts(room: Room, import: Import, stage: Stage) -> impl IntoView {
    let brought = move || room.import.with(|import| import.as_ref().map(words::brought));
    let at = import.began.clone();
    let why = (!import.fault.is_empty()).then(|| words::reason(&import.fault));
    let came = matches!(stage, Stage::Done | Stage::Undone | Stage::Failed);
    let report = import.parity.clone().filter(|_| came).map(|parity| {
        let stays = (stage == Stage::Undone).then_some(import.articles);
        view! { <Report id=room.id parity stays has_pages=import.has_pages/> }
    });
    let settings = (import.has_pages && stage.is_open()).then(|| view! { <Settings room import=import.clone()/> });
    let has_table = import.has_pages && stage != Stage::Reading;
    view! {
        <p class="moving-note">
            <span class="chip" class:warn=words::is_bad(stage)>
                {words::stage(stage)}
            </span>
            " " {brought} " · " {words::person(&import.by)} " "
            <time datetime=at.rfc3339().to_owned()>{at.to_the_minute()}</time>
        </p>
        {stage.goes_on().then(|| view! { <Progress room stage/> })}
        {why.map(|why| view! { <p class="moving-fault">{why}</p> })}
        {(stage == Stage::Found).then(|| view! { <p>{words::FOUND_HELP}</p> })}
        <Acts room stage publish=import.options.publish has_pages=import.has_pages/>
        {report}
        {settings}
        {has_table.then(|| view! { <Table room/> })}
    }
    .into_any()
}

/// How far it is, in words and as a bar.
#[component]
fn Progress(room: Room, stage: Stage) -> impl IntoView {
    let far = move || room.import.with(|import| import.as_ref().map_or((0, 0), |import| (import.done, import.total)));
    let value = move || {
        let (done, total) = far();
        (total > 0).then(|| (done.min(total) * 100 / total).to_string())
    };
    view! {
        <div class="moving-progress">
            <p role="status">{move || words::progress(stage, far())}</p>
            <progress max="100" value=value aria-label=words::stage(stage)></progress>
            <p class="moving-note">{words::PROGRESS_HELP}</p>
        </div>
    }
    .into_any()
}

/// Brings it in, or takes it out again.
#[component]
fn Acts(room: Room, stage: Stage, publish: bool, has_pages: bool) -> impl IntoView {
    let chosen = move || room.chosen.get();
    let bring = Callback::new(move |()| room.act(api::bring_import(room.id)));
    let undo = Callback::new(move |()| room.act(api::undo_import(room.id)));
    let bring_lines = Signal::derive(move || words::bring_lines(chosen(), publish));
    let undo_lines = Signal::derive(move || {
        let numbers = room.import.with(|import| import.as_ref().map(|import| (import.articles, import.changed)));
        words::undo_lines(numbers.unwrap_or_default())
    });
    let may_bring = Memo::new(move |_| has_pages && stage.is_open() && chosen() > 0);
    let there = Memo::new(move |_| room.import.with(|import| import.as_ref().is_some_and(|one| one.articles > 0)));
    let may_undo = move || matches!(stage, Stage::Done | Stage::Failed) && there.get();
    view! {
        <div class="moving-acts">
            {move || {
                may_bring
                    .get()
                    .then(|| {
                        view! {
                            <Confirm
                                id="moving-bring"
                                label=words::BRING
                                primary=true
                                title=words::BRING_TITLE
                                lines=bring_lines
                                yes=words::BRING_NOW
                                run=bring
                            />
                        }
                    })
            }}
            {move || {
                may_undo()
                    .then(|| {
                        view! {
                            <Confirm
                                id="moving-undo"
                                label=words::UNDO
                                title=words::UNDO_TITLE
                                lines=undo_lines
                                yes=words::UNDO_NOW
                                run=undo
                            />
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// How its articles are to come in, as long as that can be changed.
#[component]
fn Settings(room: Room, import: Import) -> impl IntoView {
    let held = Held::new(&import.options);
    let failed = import.stage == Stage::Failed;
    let before = StoredValue::new(import.options);
    let again = Memo::new(move |_| failed || before.with_value(|before| before.profile != held.options().profile));
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let options = untrack(|| held.options());
        let saved = options.clone();
        room.act(async move {
            api::change_import(room.id, options).await?;
            before.try_update_value(|before| *before = saved.clone());
            room.import.try_update(|import| {
                if let Some(import) = import {
                    import.options = saved;
                }
            });
            Ok(())
        });
    };
    let dirty = Memo::new(move |_| {
        let saved = room.import.with(|import| import.as_ref().map(|import| import.options.clone()));
        saved.is_some_and(|saved| saved != held.options())
    });
    view! {
        <details class="moving-settings" open=failed>
            <summary>{words::SETTINGS}</summary>
            <form class="form" on:submit=send>
                <OptionsFields held/>
                <div class="site-acts">
                    <button type="submit">
                        {move || if again.get() { words::SAVE_AND_READ } else { admin_words::SAVE }}
                    </button>
                    <span class="field-hint" role="status">
                        {move || dirty.get().then_some(words::UNSAVED)}
                    </span>
                </div>
            </form>
        </details>
    }
    .into_any()
}
