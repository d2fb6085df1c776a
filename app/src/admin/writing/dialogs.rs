//! What is asked before something is done with an article. Each question is fetched when it is asked.

use super::{
    publish::{Acting, focus},
    words,
};
use crate::admin::{
    shell::{
        room,
        rooms::{self, Beside},
    },
    ui::open_while,
    words as admin_words,
};
use content::{
    Timestamp,
    article::{self, LONGEST_REASON},
    manuscript::{LONGEST_REVISION_NAME, SaveKind},
};
use leptos::{ev, html, prelude::*};

/// What can be asked.
#[derive(Clone, Copy)]
pub enum Question {
    /// The time of a schedule.
    Schedule,
    /// Why an article is withdrawn.
    Withdraw,
    /// The name of a revision.
    Keep,
}

/// The dialog, around whatever is asked.
#[component]
pub fn Dialog(acting: Acting) -> impl IntoView {
    let asking = acting.asking;
    let dialog = open_while(move || asking.with(Option::is_some));
    let question = move || {
        asking.get().map(|question| match question {
            Question::Schedule => room(|| Box::pin(rooms::beside(Beside::Asking(Question::Schedule)))),
            Question::Withdraw => room(|| Box::pin(rooms::beside(Beside::Asking(Question::Withdraw)))),
            Question::Keep => room(|| Box::pin(rooms::beside(Beside::Asking(Question::Keep)))),
        })
    };
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="question" on:close=move |_| asking.set(None)>
            {question}
        </dialog>
    }
    .into_any()
}

/// A form with one field: its title, what it means, the field, and the word for doing it.
#[component]
fn Form(
    acting: Acting,
    title: &'static str,
    #[prop(into)] help: String,
    #[prop(into)] field: AnyView,
    go: &'static str,
    #[prop(into)] done: Callback<()>,
) -> impl IntoView {
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        done.run(());
    };
    view! {
        <form on:submit=submit novalidate>
            <h2 id="question">{title}</h2>
            <p>{help}</p>
            <div class="write-field">{field}</div>
            <div class="dialog-buttons">
                <button type="button" class="quiet" on:click=move |_| acting.asking.set(None)>
                    {words::CANCEL}
                </button>
                <button type="submit">{go}</button>
            </div>
        </form>
    }
    .into_any()
}

/// The field of a question, which has the focus when it is asked.
fn first() -> NodeRef<html::Input> {
    let input = NodeRef::<html::Input>::new();
    input.on_load(|input| {
        let _ = input.focus();
    });
    input
}

/// Asks for the time of a schedule, in the zone of the site.
#[component]
pub fn Schedule() -> impl IntoView {
    let acting = expect_context::<Acting>();
    let (progress, bundle, zone) =
        acting.engine.with_value(|engine| (engine.screen.progress, engine.bundle.clone(), engine.zone.clone()));
    let at = progress.with_untracked(|progress| progress.scheduled.as_ref().map(|scheduled| scheduled.instant.0));
    // The input takes minutes: `2026-11-25T08:00`.
    let civil = at.map(|at| bundle.civil_of(at as f64, &zone).chars().take(16).collect::<String>());
    let help = words::schedule_help(&zone);
    let script = StoredValue::new_local((bundle, zone));
    let (time, touched) = (RwSignal::new(civil.unwrap_or_default()), RwSignal::new(false));
    let read = move || {
        let instant = time.with(|time| script.with_value(|(bundle, zone)| bundle.instant_of(time, zone)));
        if instant.is_nan() {
            return Err(words::BAD_TIME.to_owned());
        }
        let (at, now) = (Timestamp(instant as i64), Timestamp(js_sys::Date::now() as i64));
        article::check_schedule(at, now).map(|()| at).map_err(|refusal| admin_words::refusal(&refusal))
    };
    let fault = move || touched.get().then(|| read().err()).flatten();
    let write = move |event: ev::Event| {
        time.set(event_target_value(&event));
        touched.set(true);
    };
    let done = move |()| {
        touched.set(true);
        let Ok(at) = untrack(read) else {
            focus("schedule-time");
            return;
        };
        acting.asking.set(None);
        acting.act(move |engine| async move { engine.schedule_at(at).await }, words::scheduled);
    };
    let field = view! {
        <label for="schedule-time">{words::SCHEDULE_TIME}</label>
        <input
            id="schedule-time"
            type="datetime-local"
            max="9999-12-31T23:59"
            node_ref=first()
            prop:value=move || time.get()
            on:input=write
            aria-describedby="schedule-fault"
            aria-invalid=move || fault().map(|_| "true")
        />
        <p class="write-fault" id="schedule-fault" aria-live="polite">
            {fault}
        </p>
    };
    view! { <Form acting title=words::SCHEDULE_TITLE help field=field.into_any() go=words::SCHEDULE_NOW done/> }
        .into_any()
}

/// Asks why an article is taken from readers, and says what they will find instead.
#[component]
pub fn Withdraw() -> impl IntoView {
    let acting = expect_context::<Acting>();
    let (reason, touched) = (RwSignal::new(String::new()), RwSignal::new(false));
    let check = move || reason.with(|reason| article::check_reason(reason));
    let fault = move || touched.get().then(|| check().err().map(|refusal| admin_words::refusal(&refusal))).flatten();
    let write = move |event: ev::Event| {
        reason.set(event_target_value(&event));
        touched.set(true);
    };
    let done = move |()| {
        touched.set(true);
        if untrack(check).is_err() {
            focus("withdraw-reason");
            return;
        }
        let reason = reason.get_untracked();
        acting.asking.set(None);
        acting.act(move |engine| async move { engine.withdraw(reason).await }, |_| Some(words::WITHDRAWN.to_owned()));
    };
    let field = view! {
        <label for="withdraw-reason">{words::REASON}</label>
        <input
            id="withdraw-reason"
            type="text"
            autocomplete="off"
            maxlength=LONGEST_REASON.to_string()
            node_ref=first()
            prop:value=move || reason.get()
            on:input=write
            aria-describedby="withdraw-fault"
            aria-invalid=move || fault().map(|_| "true")
        />
        <p class="write-hint">{words::REASON_HELP}</p>
        <p class="write-fault" id="withdraw-fault" aria-live="polite">
            {fault}
        </p>
    };
    view! {
        <Form
            acting
            title=words::WITHDRAW_TITLE
            help=words::WITHDRAW_HELP
            field=field.into_any()
            go=words::WITHDRAW_NOW
            done
        />
    }
    .into_any()
}

/// Asks for the name under which a revision is kept.
#[component]
pub fn Keep() -> impl IntoView {
    let acting = expect_context::<Acting>();
    let name = RwSignal::new(String::new());
    let done = move |()| {
        let kept = name.get_untracked().trim().to_owned();
        acting.asking.set(None);
        acting.engine.get_value().save(SaveKind::Kept(kept));
    };
    let field = view! {
        <label for="keep-name">{words::KEEP_NAME}</label>
        <input
            id="keep-name"
            type="text"
            maxlength=LONGEST_REVISION_NAME.to_string()
            node_ref=first()
            prop:value=move || name.get()
            on:input=move |event| name.set(event_target_value(&event))
        />
    };
    view! { <Form acting title=words::KEEP help=words::KEEP_HELP field=field.into_any() go=words::KEEP_NOW done/> }
        .into_any()
}
