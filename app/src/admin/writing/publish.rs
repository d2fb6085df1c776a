//! The buttons by which readers get to see an article, see it changed or see it no more.

use super::{
    dialogs::Question,
    engine::Engine,
    form::{Held, id_of},
    words,
};
use crate::{
    admin::{ui::Toasts, words as admin_words},
    error::AppError,
};
use content::{Refusal, article::Step, manuscript::Progress};
use leptos::{prelude::*, task::spawn_local};
use std::{pin::Pin, rc::Rc};
use wasm_bindgen::JsCast;

/// What every button needs that takes a step.
#[derive(Clone, Copy)]
pub struct Acting {
    /// The engine.
    pub engine: Held,
    /// Whether fields are marked that a step needs.
    pub needed: RwSignal<bool>,
    /// Whether the form is open on a phone.
    pub open_panel: RwSignal<bool>,
    /// What went wrong, beside the buttons.
    pub said: RwSignal<String>,
    /// Where it is told what was done.
    pub toasts: Toasts,
    /// What is asked in the dialog.
    pub asking: RwSignal<Option<Question>>,
}

/// A step on its way.
type Going = Pin<Box<dyn Future<Output = Result<Progress, AppError>>>>;

impl Acting {
    /// Takes a step; `done` are the words for having done it. What is missing is marked, and the first of it focused.
    pub fn act<F: Future<Output = Result<Progress, AppError>> + 'static>(
        self,
        step: impl FnOnce(Rc<Engine>) -> F,
        done: fn(&Progress) -> Option<String>,
    ) {
        let engine = self.engine.get_value();
        self.go(Box::pin(step(Rc::clone(&engine))), engine, done);
    }

    fn go(self, going: Going, engine: Rc<Engine>, done: fn(&Progress) -> Option<String>) {
        spawn_local(async move {
            match going.await {
                Ok(progress) => {
                    self.said.try_set(String::new());
                    if let Some(text) = done(&progress) {
                        self.toasts.show(text, None);
                    }
                }
                Err(error) => {
                    if let AppError::Refused(Refusal::Incomplete { fields }) = &error {
                        self.needed.try_set(true);
                        // On a phone the form is behind a button.
                        self.open_panel.try_set(true);
                        let field = fields.first().cloned().unwrap_or_default();
                        let _ = request_animation_frame(move || focus_on(&engine, &field));
                    }
                    self.said.try_set(admin_words::error(&error));
                }
            }
        });
    }
}

/// What can be done towards readers, as the table and the account's roles allow. Each button follows its own condition, so
/// that a dialog stays open when a save changes what others can do.
#[component]
pub fn Publishing(acting: Acting, publishes: bool, withdraws: bool) -> impl IntoView {
    let progress = acting.engine.with_value(|engine| engine.screen.progress);
    let can = move |step: Step, allowed: bool| Memo::new(move |_| allowed && progress.with(|now| now.can(step)));
    let (schedules, unschedules) = (can(Step::Schedule, publishes), can(Step::Unschedule, publishes));
    let withdraws = can(Step::Withdraw, withdraws);
    let label = Memo::new(move |_| {
        let may = |now: &Progress| publishes && now.can(Step::Publish) && (now.address.is_none() || now.changed);
        let word = |now: &Progress| if now.address.is_some() { words::CORRECT } else { words::PUBLISH };
        progress.with(|now| may(now).then(|| word(now)))
    });
    let publish = move |_| acting.act(|engine| async move { engine.publish().await }, words::published);
    let cancel = move |_| {
        acting.act(|engine| async move { engine.unschedule().await }, |_| Some(words::UNSCHEDULED.to_owned()));
    };
    view! {
        {move || withdraws.get().then(|| asks(acting, Question::Withdraw, words::WITHDRAW))}
        {move || {
            unschedules
                .get()
                .then(|| {
                    view! {
                        <button type="button" on:click=cancel>
                            {words::UNSCHEDULE}
                        </button>
                    }
                })
        }}
        {move || schedules.get().then(|| asks(acting, Question::Schedule, words::SCHEDULE))}
        {move || {
            label
                .get()
                .map(|label| {
                    view! {
                        <button type="button" class="primary" on:click=publish>
                            {label}
                        </button>
                    }
                })
        }}
    }
}

/// A button that asks something first.
pub fn asks(acting: Acting, question: Question, word: &'static str) -> AnyView {
    view! {
        <button type="button" on:click=move |_| acting.asking.set(Some(question))>
            {word}
        </button>
    }
    .into_any()
}

/// Says that later changes are not in what was scheduled, and offers to schedule them.
#[component]
pub fn ScheduledNote(acting: Acting) -> impl IntoView {
    let progress = acting.engine.with_value(|engine| engine.screen.progress);
    let behind = Memo::new(move |_| {
        progress.with(|progress| {
            let scheduled = progress.scheduled.clone().filter(|scheduled| scheduled.changed)?;
            Some((scheduled, progress.can(Step::Schedule)))
        })
    });
    move || {
        behind.get().map(|(scheduled, can)| {
            let at = scheduled.instant;
            let take = move |_| acting.act(move |engine| async move { engine.schedule_at(at).await }, words::scheduled);
            view! {
                <p class="write-note" role="status">
                    {words::scheduled_before(&scheduled.at)}
                    {can
                        .then(|| {
                            view! {
                                <button type="button" on:click=take>
                                    {words::SCHEDULE_NEW_TEXT}
                                </button>
                            }
                        })}
                </p>
            }
        })
    }
}

/// Focuses what has this id.
pub fn focus(id: &str) {
    if let Some(input) = document().get_element_by_id(id) {
        let _ = input.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

/// The first field that needs something.
fn focus_on(engine: &Engine, field: &str) {
    if field == "body" {
        engine.with_editor(|editor| editor.focus("start"));
    } else {
        focus(&id_of(field));
    }
}
