//! Links for those who have no account: made, copied, taken back.

use super::{api, words};
use crate::{
    admin::{
        session::Session,
        ui::{Answer, Failed, Toasts, ask},
        words as admin_words,
    },
    error::AppError,
};
use content::{
    ArticleId,
    preview::{PreviewLink, PreviewRow},
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

#[derive(Clone, Copy)]
struct Shared {
    article: ArticleId,
    session: Session,
    toasts: Toasts,
    rows: Answer<Vec<PreviewRow>>,
    /// The one that was just made.
    made: RwSignal<Option<PreviewLink>>,
}

impl Shared {
    fn load(self) {
        ask(self.session, self.rows, api::list_previews(self.article));
    }

    fn fail(self, error: &AppError) {
        self.session.guard(error);
        self.toasts.show(admin_words::error(error), None);
    }

    fn make(self, busy: RwSignal<bool>) {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match api::make_preview(self.article).await {
                Ok(link) => {
                    self.made.try_set(Some(link));
                    self.load();
                }
                Err(error) => self.fail(&error),
            }
            busy.try_set(false);
        });
    }

    fn end(self, id: i64) {
        spawn_local(async move {
            match api::end_preview(id).await {
                Ok(()) => {
                    // It may have been the one that is shown.
                    self.made.try_set(None);
                    self.toasts.show(words::ENDED.to_owned(), None);
                    self.load();
                }
                Err(error) => self.fail(&error),
            }
        });
    }
}

/// What there is, and the way to one more.
#[component]
pub fn Links(article: ArticleId) -> impl IntoView {
    let shared = Shared {
        article,
        session: expect_context::<Session>(),
        toasts: expect_context::<Toasts>(),
        rows: RwSignal::new(None),
        made: RwSignal::new(None),
    };
    shared.load();
    let busy = RwSignal::new(false);
    let rows = move || match shared.rows.get() {
        None => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
        Some(Err(error)) => view! { <Failed error again=move |()| shared.load()/> }.into_any(),
        Some(Ok(rows)) if rows.is_empty() => view! { <p>{words::NO_LINKS}</p> }.into_any(),
        Some(Ok(rows)) => {
            let rows = rows.into_iter().map(|row| view! { <Link shared row/> }).collect_view();
            view! { <ul class="lines">{rows}</ul> }.into_any()
        }
    };
    view! {
        <section class="room-part preview-links" aria-label=words::LINKS>
            <h2>{words::LINKS}</h2>
            <p class="record-note">{words::LINKS_HELP}</p>
            <p>
                <button type="button" class="primary" disabled=move || busy.get() on:click=move |_| shared.make(busy)>
                    {words::MAKE}
                </button>
            </p>
            {move || shared.made.get().map(|link| view! { <Made link/> })}
            {rows}
        </section>
    }
    .into_any()
}

/// A link that is shown once.
#[component]
fn Made(link: PreviewLink) -> impl IntoView {
    let address = [window().location().origin().unwrap_or_default(), link.path].concat();
    let copied = RwSignal::new(None::<bool>);
    let copy = {
        let address = address.clone();
        move |_| {
            let written = window().navigator().clipboard().write_text(&address);
            spawn_local(async move {
                copied.try_set(Some(JsFuture::from(written).await.is_ok()));
            });
        }
    };
    view! {
        <div class="room-note" role="status">
            <p>{words::until(&link.until)} "。" {words::ONCE}</p>
            <p>
                <code>{address}</code>
            </p>
            <button type="button" on:click=copy>
                {move || if copied.get() == Some(true) { words::COPIED } else { words::COPY }}
            </button>
            {move || (copied.get() == Some(false)).then(|| view! { <span class="field-fault">{words::NOT_COPIED}</span> })}
        </div>
    }
    .into_any()
}

#[component]
fn Link(shared: Shared, row: PreviewRow) -> impl IntoView {
    let id = row.id;
    view! {
        <li>
            <span>{words::made(&row.by, &row.made)}</span>
            <span class="desk-meta">{words::until(&row.until)}</span>
            {row
                .may_end
                .then(|| {
                    view! {
                        <button type="button" class="quiet" on:click=move |_| shared.end(id)>
                            {words::END}
                        </button>
                    }
                })}
        </li>
    }
    .into_any()
}
