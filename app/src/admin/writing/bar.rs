//! The bar above the paper: where every word is, who else is here, how far the article is and what can be done.

use super::{
    dialogs::Question,
    engine::Status,
    publish::{Acting, Publishing},
    words,
};
use crate::admin::words as admin_words;
use content::{ArticleId, article::Step, permission::Action};
use leptos::prelude::*;

/// The bar.
#[component]
pub fn Bar(acting: Acting, id: ArticleId, may: Vec<Action>) -> impl IntoView {
    let Acting { engine, open_panel, said, .. } = acting;
    let screen = engine.with_value(|engine| engine.screen);
    let may_do = |action: Action| may.contains(&action);
    let (submits, reviews, edits) = (may_do(Action::Submit), may_do(Action::Review), may_do(Action::Edit));
    let publishes = may_do(Action::Publish);
    let can = Memo::new(move |_| {
        let steps = [Step::Return, Step::Approve, Step::Submit];
        screen.progress.with(|progress| steps.map(|step| progress.can(step)))
    });
    let steps = move || {
        let [returns, approves, hands_in] = can.get();
        let button = |shown: bool, label: &'static str, to: Step| {
            let take = move |_| acting.act(move |engine| async move { engine.step(to).await }, |_| None);
            shown.then(|| {
                view! {
                    <button type="button" on:click=take>
                        {label}
                    </button>
                }
            })
        };
        (
            button(reviews && returns, words::RETURN, Step::Return),
            button(reviews && approves, words::APPROVE, Step::Approve),
            button(submits && hands_in, words::SUBMIT, Step::Submit),
        )
    };
    let others = move || {
        screen.others.with(|others| {
            (!others.is_empty()).then(|| {
                let names: Vec<&str> = others.iter().map(|other| other.name.as_str()).collect();
                format!("{}{}", words::OTHERS, names.join("、"))
            })
        })
    };
    let address = Memo::new(move |_| screen.progress.with(|progress| progress.address.clone()));
    let public = move || {
        address.get().map(|address| {
            view! { <a class="quiet" href=address target="_blank" rel="noopener">{words::PUBLIC}</a> }
        })
    };
    view! {
        <div class="write-bar" role="toolbar" aria-label=words::PANEL>
            <a class="quiet" href="/admin/articles">{words::BACK}</a>
            <span class="chip" role="status">{move || screen.progress.with(words::progress)}</span>
            <span class="write-status" role="status" data-status=move || screen.status.with(key)>
                {move || status(&screen.status.get(), screen.journal.get())}
            </span>
            <span class="write-others">{others}</span>
            <span class="write-fault" role="alert">{move || said.get()}</span>
            <span class="write-space"></span>
            {public}
            <super::preview::PreviewWay engine id/>
            <a class="quiet" href=format!("/admin/articles/{id}/history")>{words::HISTORY}</a>
            {edits
                .then(|| {
                    let keep = move |_| acting.asking.set(Some(Question::Keep));
                    view! {
                        <button type="button" class="quiet" on:click=keep>
                            {words::KEEP}
                        </button>
                    }
                })}
            {steps}
            <Publishing acting publishes withdraws=may.contains(&Action::Withdraw)/>
            <button type="button" class="write-open-panel" aria-expanded=move || open_panel.get().to_string() on:click=move |_| open_panel.update(|open| *open = !*open)>
                {words::OPEN_PANEL}
            </button>
        </div>
    }
    .into_any()
}

fn status(status: &Status, journal: bool) -> String {
    match status {
        Status::Saved(at) => admin_words::saved_at(at),
        Status::Kept => words::KEPT.to_owned(),
        Status::Saving => words::SAVING.to_owned(),
        Status::Offline if journal => words::OFFLINE.to_owned(),
        Status::Offline => words::OFFLINE_UNKEPT.to_owned(),
        Status::SignedOut => words::SIGNED_OUT.to_owned(),
        Status::Refused(refusal) => format!("{}{}", words::REFUSED, admin_words::refusal(refusal)),
    }
}

/// The status as a word for style and tests.
const fn key(status: &Status) -> &'static str {
    match status {
        Status::Saved(_) => "saved",
        Status::Kept => "kept",
        Status::Saving => "saving",
        Status::Offline => "offline",
        Status::SignedOut => "signed-out",
        Status::Refused(_) => "refused",
    }
}
