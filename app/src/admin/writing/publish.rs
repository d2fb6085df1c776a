//! The buttons by which readers get to see an article, see it changed or see it no more, with what they ask before.

use super::{
    engine::Engine,
    form::{Held, id_of},
    words,
};
use crate::{
    admin::{ui::Toasts, words as admin_words},
    error::AppError,
};
use content::{
    Refusal, Timestamp,
    article::{self, Step},
    manuscript::Progress,
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use std::rc::Rc;
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
}

impl Acting {
    /// Takes a step; `done` are the words for having done it. What is missing is marked, and the first of it focused.
    pub fn act<F: Future<Output = Result<Progress, AppError>> + 'static>(
        self,
        step: impl FnOnce(Rc<Engine>) -> F + 'static,
        done: fn(&Progress) -> Option<String>,
    ) {
        let engine = self.engine.get_value();
        spawn_local(async move {
            match step(Rc::clone(&engine)).await {
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
        {move || withdraws.get().then(|| view! { <Withdraw acting/> })}
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
        {move || schedules.get().then(|| view! { <Schedule acting/> })}
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

/// A dialog that is opened by a button and closed by its own.
#[derive(Clone, Copy)]
struct Asking(NodeRef<html::Dialog>);

impl Asking {
    fn open(self) {
        if let Some(dialog) = self.0.get_untracked() {
            let _ = dialog.show_modal();
        }
    }

    fn close(self) {
        if let Some(dialog) = self.0.get_untracked() {
            dialog.close();
        }
    }
}

/// Asks for the time of a schedule, in the zone of the site.
#[component]
fn Schedule(acting: Acting) -> impl IntoView {
    let asking = Asking(NodeRef::new());
    let (progress, bundle, zone) =
        acting.engine.with_value(|engine| (engine.screen.progress, engine.bundle.clone(), engine.zone.clone()));
    let help = words::schedule_help(&zone);
    let script = StoredValue::new_local((bundle, zone));
    let (time, touched) = (RwSignal::new(String::new()), RwSignal::new(false));
    let read = move || {
        let instant = time.with(|time| script.with_value(|(bundle, zone)| bundle.instant_of(time, zone)));
        if instant.is_nan() {
            return Err(words::BAD_TIME.to_owned());
        }
        let (at, now) = (Timestamp(instant as i64), Timestamp(js_sys::Date::now() as i64));
        article::check_schedule(at, now).map(|()| at).map_err(|refusal| admin_words::refusal(&refusal))
    };
    let fault = move || touched.get().then(|| read().err()).flatten();
    let open = move |_| {
        let at = progress.with_untracked(|progress| progress.scheduled.as_ref().map(|scheduled| scheduled.instant.0));
        let civil = |at: i64| script.with_value(|(bundle, zone)| bundle.civil_of(at as f64, zone));
        // The input takes minutes: `2026-11-25T08:00`.
        time.set(at.map(|at| civil(at).chars().take(16).collect()).unwrap_or_default());
        touched.set(false);
        asking.open();
    };
    let write = move |event: ev::Event| {
        time.set(event_target_value(&event));
        touched.set(true);
    };
    let schedule = move |event: ev::SubmitEvent| {
        event.prevent_default();
        touched.set(true);
        let Ok(at) = untrack(read) else {
            focus("schedule-time");
            return;
        };
        asking.close();
        acting.act(move |engine| async move { engine.schedule_at(at).await }, words::scheduled);
    };
    view! {
        <button type="button" on:click=open>
            {words::SCHEDULE}
        </button>
        <dialog class="dialog" node_ref=asking.0 aria-labelledby="schedule-title">
            <form on:submit=schedule novalidate>
                <h2 id="schedule-title">{words::SCHEDULE_TITLE}</h2>
                <p>{help}</p>
                <div class="write-field">
                    <label for="schedule-time">{words::SCHEDULE_TIME}</label>
                    <input
                        id="schedule-time"
                        type="datetime-local"
                        max="9999-12-31T23:59"
                        prop:value=move || time.get()
                        on:input=write
                        aria-describedby="schedule-fault"
                        aria-invalid=move || fault().map(|_| "true")
                    />
                    <p class="write-fault" id="schedule-fault" aria-live="polite">
                        {fault}
                    </p>
                </div>
                <div class="dialog-buttons">
                    <button type="button" class="quiet" on:click=move |_| asking.close()>
                        {words::CANCEL}
                    </button>
                    <button type="submit">{words::SCHEDULE_NOW}</button>
                </div>
            </form>
        </dialog>
    }
    .into_any()
}

/// Asks why an article is taken from readers, and says what they will find instead.
#[component]
fn Withdraw(acting: Acting) -> impl IntoView {
    let asking = Asking(NodeRef::new());
    let (reason, touched) = (RwSignal::new(String::new()), RwSignal::new(false));
    let check = move || reason.with(|reason| article::check_reason(reason));
    let fault = move || touched.get().then(|| check().err().map(|refusal| admin_words::refusal(&refusal))).flatten();
    let write = move |event: ev::Event| {
        reason.set(event_target_value(&event));
        touched.set(true);
    };
    let withdraw = move |event: ev::SubmitEvent| {
        event.prevent_default();
        touched.set(true);
        if untrack(check).is_err() {
            focus("withdraw-reason");
            return;
        }
        asking.close();
        let reason = reason.get_untracked();
        acting.act(move |engine| async move { engine.withdraw(reason).await }, |_| Some(words::WITHDRAWN.to_owned()));
    };
    view! {
        <button type="button" on:click=move |_| asking.open()>
            {words::WITHDRAW}
        </button>
        <dialog class="dialog" node_ref=asking.0 aria-labelledby="withdraw-title">
            <form on:submit=withdraw novalidate>
                <h2 id="withdraw-title">{words::WITHDRAW_TITLE}</h2>
                <p>{words::WITHDRAW_HELP}</p>
                <div class="write-field">
                    <label for="withdraw-reason">{words::REASON}</label>
                    <input
                        id="withdraw-reason"
                        type="text"
                        autocomplete="off"
                        maxlength=article::LONGEST_REASON.to_string()
                        prop:value=move || reason.get()
                        on:input=write
                        aria-describedby="withdraw-fault"
                        aria-invalid=move || fault().map(|_| "true")
                    />
                    <p class="write-hint">{words::REASON_HELP}</p>
                    <p class="write-fault" id="withdraw-fault" aria-live="polite">
                        {fault}
                    </p>
                </div>
                <div class="dialog-buttons">
                    <button type="button" class="quiet" on:click=move |_| asking.close()>
                        {words::CANCEL}
                    </button>
                    <button type="submit">{words::WITHDRAW_NOW}</button>
                </div>
            </form>
        </dialog>
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

fn focus(id: &str) {
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
