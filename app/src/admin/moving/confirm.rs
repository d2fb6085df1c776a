//! What concerns many articles at once is asked before it is done, with its numbers.

use crate::admin::words as admin_words;
use leptos::{ev, html, prelude::*};

/// A button, and the question behind it.
#[component]
pub fn Confirm(
    /// Its id, unique on the page.
    id: &'static str,
    /// What the button says.
    label: &'static str,
    /// Whether it is what one came for.
    #[prop(optional)]
    primary: bool,
    /// What is asked.
    title: &'static str,
    /// What will happen, line by line.
    #[prop(into)]
    lines: Signal<Vec<String>>,
    /// What the button of the answer says.
    yes: &'static str,
    /// Does it.
    run: Callback<()>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
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
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        close();
        run.run(());
    };
    view! {
        <button type="button" class:primary=primary on:click=open>
            {label}
        </button>
        <dialog class="dialog" node_ref=dialog aria-labelledby=id>
            <form on:submit=send>
                <h2 id=id>{title}</h2>
                {move || lines.get().into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
                <div class="dialog-buttons">
                    <button type="button" class="quiet" on:click=move |_| close()>
                        {admin_words::CANCEL}
                    </button>
                    <button type="submit">{yes}</button>
                </div>
            </form>
        </dialog>
    }
    .into_any()
}
