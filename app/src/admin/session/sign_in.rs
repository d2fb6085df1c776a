//! The page for signing in, and the dialog for signing in again.

use super::{Session, api, forms::SignInForm};
use crate::admin::{
    shell::{
        room,
        rooms::{self, Desk},
    },
    ui::open_while,
    words,
};
use content::desk::Me;
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_query_map};

/// `/admin/sign-in?to=/admin/…`
#[component]
pub fn SignInPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let query = use_query_map();
    let navigate = use_navigate();
    document().set_title(&words::title(words::SIGN_IN));
    let done = move |me: Me| {
        session.me.set(Some(me));
        // Only places of ours: an address from elsewhere must not lead away from here.
        let to = query.with_untracked(|query| query.get("to")).filter(|to| is_ours(to));
        navigate(to.as_deref().unwrap_or("/admin"), Default::default());
    };
    view! {
        <main class="door">
            <h1>{words::SIGN_IN_TITLE}</h1>
            <SignInForm done/>
            <p class="field-hint">{words::FORGOTTEN}</p>
        </main>
    }
    .into_any()
}

fn is_ours(to: &str) -> bool {
    (to == "/admin" || to.starts_with("/admin/") || to.starts_with("/admin?")) && !to.contains(['\\', '\n'])
}

/// The dialog that appears when the session has ended while somebody works. The page behind it stays as it is.
#[component]
pub fn SignInAgain() -> impl IntoView {
    let session = expect_context::<Session>();
    let dialog = open_while(move || session.ended.get());
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="again-title" on:cancel=|event: ev::Event| event.prevent_default()>
            {move || session.ended.get().then(|| room(|| Box::pin(rooms::desk(Desk::Again))))}
        </dialog>
    }
    .into_any()
}

/// What the dialog asks.
#[component]
pub fn Again() -> impl IntoView {
    let session = expect_context::<Session>();
    let wrong = RwSignal::new(false);
    let done = move |me: Me| {
        let same = session.me.with_untracked(|before| before.as_ref().is_some_and(|before| before.id == me.id));
        if !same {
            // What is on the screen is somebody else's: they must not save it.
            wrong.set(true);
            spawn_local(async move {
                let _ = api::sign_out().await;
            });
            return;
        }
        session.me.set(Some(me));
        session.ended.set(false);
        session.renewed.update(|count| *count += 1);
    };
    let name = session.me.with_untracked(|me| me.as_ref().map(|me| me.name.clone())).unwrap_or_default();
    view! {
        <h2 id="again-title">{words::SIGN_IN_AGAIN}</h2>
        <p>{words::SIGN_IN_AGAIN_HELP}</p>
        {move || wrong.get().then(|| view! { <p role="alert">{words::SAME_PERSON}</p> })}
        <SignInForm name done/>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_places_of_the_admin_are_gone_to() {
        assert!(is_ours("/admin") && is_ours("/admin/articles?state=draft") && is_ours("/admin?x"));
        for other in ["https://evil.example", "//evil.example", "/administer", "/admin/\\evil", "javascript:1", ""] {
            assert!(!is_ours(other), "{other}");
        }
    }
}
