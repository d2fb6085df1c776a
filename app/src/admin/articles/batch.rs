//! What can be done with the chosen articles of a list.

use super::{api, list::Listed};
use crate::admin::{
    ui::{Answer, ask},
    words,
};
use content::{
    article::{self, Step},
    desk::{Batch, SectionChoice},
};
use leptos::{ev, html, prelude::*};
use std::collections::BTreeSet;

/// What can be done with the chosen ones.
#[component]
pub fn BatchBar(listed: Listed) -> impl IntoView {
    let session = listed.session;
    let sections: Answer<Vec<SectionChoice>> = RwSignal::new(None);
    ask(session, sections, api::list_section_choices());
    let count = move || listed.chosen.with(BTreeSet::len);
    let button = move |label: &'static str, batch: Batch, said: fn(u32) -> String| {
        view! {
            <button type="button" on:click=move |_| listed.apply(batch.clone(), said)>
                {label}
            </button>
        }
    };
    let move_to = move |event: ev::Event| {
        if let Ok(section) = event_target_value(&event).parse() {
            listed.apply(Batch::Move(section), words::moved);
        }
    };
    let options = move || {
        let found = sections.get().and_then(Result::ok).unwrap_or_default();
        let option = |choice: SectionChoice| view! { <option value=choice.id.to_string()>{choice.link.name}</option> };
        found.into_iter().filter(|choice| choice.may_draft).map(option).collect_view()
    };
    move || {
        (count() > 0).then(|| {
            let buttons = if listed.bin {
                button(words::RESTORE, Batch::Restore, words::restored).into_any()
            } else {
                view! {
                    {button(words::SUBMIT, Batch::Step(Step::Submit), words::submitted)}
                    {button(words::APPROVE, Batch::Step(Step::Approve), words::approved)}
                    {button(words::RETURN, Batch::Step(Step::Return), words::returned)}
                    {button(words::PUBLISH, Batch::Step(Step::Publish), words::published)}
                    <WithdrawMany listed/>
                    <select aria-label=words::MOVE on:change=move_to>
                        <option value="">{words::MOVE}</option>
                        {options}
                    </select>
                    {button(words::TO_BIN, Batch::Bin, words::binned)}
                }
                .into_any()
            };
            view! {
                <div class="batch" role="toolbar" aria-label=words::BATCH>
                    <span role="status">{move || words::chosen(count())}</span>
                    {buttons}
                </div>
            }
        })
    }
}

/// Asks why the chosen ones are taken from readers.
#[component]
fn WithdrawMany(listed: Listed) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let (reason, touched) = (RwSignal::new(String::new()), RwSignal::new(false));
    let check = move || reason.with(|reason| article::check_reason(reason));
    let fault = move || touched.get().then(|| check().err().map(|refusal| words::refusal(&refusal))).flatten();
    let open = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let withdraw = move |event: ev::SubmitEvent| {
        event.prevent_default();
        touched.set(true);
        if untrack(check).is_ok() {
            close();
            listed.apply(Batch::Withdraw(reason.get_untracked()), words::withdrawn);
        }
    };
    view! {
        <button type="button" on:click=open>
            {words::WITHDRAW}
        </button>
        <dialog class="dialog" node_ref=dialog aria-labelledby="withdraw-title">
            <form on:submit=withdraw novalidate>
                <h2 id="withdraw-title">{words::WITHDRAW_TITLE}</h2>
                <p>{words::WITHDRAW_HELP}</p>
                <div class="field">
                    <label for="withdraw-reason">{words::REASON}</label>
                    <input
                        id="withdraw-reason"
                        type="text"
                        autocomplete="off"
                        maxlength=article::LONGEST_REASON.to_string()
                        prop:value=move || reason.get()
                        on:input=move |event| reason.set(event_target_value(&event))
                        aria-describedby="withdraw-help"
                        aria-invalid=move || fault().map(|_| "true")
                    />
                    <p class="field-hint" id="withdraw-help">
                        {words::REASON_HELP} <span class="field-fault">{fault}</span>
                    </p>
                </div>
                <div class="dialog-buttons">
                    <button type="button" class="quiet" on:click=move |_| close()>
                        {words::CANCEL}
                    </button>
                    <button type="submit">{words::WITHDRAW_NOW}</button>
                </div>
            </form>
        </dialog>
    }
    .into_any()
}
