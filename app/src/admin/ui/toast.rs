//! Short notes at the edge, with the way to undo what they tell of.

use crate::admin::words;
use leptos::prelude::*;

/// A note.
#[derive(Clone)]
pub struct Toast {
    /// What it says.
    pub text: String,
    /// What undoes it.
    pub undo: Option<Callback<()>>,
}

/// The note that is shown; a new one takes its place.
#[derive(Clone, Copy)]
pub struct Toasts(RwSignal<Option<Toast>>);

impl Toasts {
    /// None yet.
    #[must_use]
    pub fn begin() -> Self {
        Self(RwSignal::new(None))
    }

    /// Shows a note.
    pub fn show(self, text: String, undo: Option<Callback<()>>) {
        self.0.try_set(Some(Toast { text, undo }));
    }

    /// Where notes appear.
    pub fn view(self) -> impl IntoView {
        let close = move |_| self.0.set(None);
        view! {
            <div class="toasts" role="status">
                {move || {
                    self.0
                        .get()
                        .map(|toast| {
                            let undo = toast.undo;
                            view! {
                                <div class="toast">
                                    <span>{toast.text}</span>
                                    {undo
                                        .map(|undo| {
                                            let run = move |_| {
                                                self.0.set(None);
                                                undo.run(());
                                            };
                                            view! {
                                                <button type="button" on:click=run>
                                                    {words::UNDO}
                                                </button>
                                            }
                                        })}
                                    <button type="button" class="quiet" on:click=close>
                                        {words::CLOSE}
                                    </button>
                                </div>
                            }
                        })
                }}
            </div>
        }
    }
}
