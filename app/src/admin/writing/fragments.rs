//! Every word of mine that stands in no article: what lost a clash, and what this computer still keeps.

use super::{
    api, bridge,
    clashes::sides,
    journal::{Entry, Found, Keeper, recover},
    words,
};
use crate::{
    admin::{session::Session, words as admin_words},
    error::AppError,
};
use content::{
    ArticleId,
    document::text,
    manuscript::{Clash, Fragment},
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

#[derive(Clone, Copy)]
struct Shelf {
    session: Session,
    fragments: RwSignal<Vec<Fragment>>,
    kept: RwSignal<Vec<Found>>,
    keeper: StoredValue<Option<Keeper>, LocalStorage>,
    loaded: RwSignal<bool>,
    said: RwSignal<String>,
}

impl Shelf {
    fn fail(self, error: &AppError) {
        self.session.guard(error);
        self.said.try_set(admin_words::error(error));
    }

    fn load(self) {
        spawn_local(async move {
            match api::list_fragments().await {
                Ok(fragments) => {
                    self.fragments.try_set(fragments);
                }
                Err(error) => self.fail(&error),
            }
            let me = self.session.me.get_untracked();
            if let (Some(me), Some(bundle)) = (me, bridge::bundle().await) {
                let keeper = Keeper::open(&bundle, &me).await;
                self.kept.try_set(keeper.left_behind(None).await);
                self.keeper.try_set_value(Some(keeper));
            }
            self.loaded.try_set(true);
        });
    }
}

/// `/admin/fragments`
#[component]
pub fn FragmentsPage() -> impl IntoView {
    let shelf = Shelf {
        session: expect_context::<Session>(),
        fragments: RwSignal::new(Vec::new()),
        kept: RwSignal::new(Vec::new()),
        keeper: StoredValue::new_local(None),
        loaded: RwSignal::new(false),
        said: RwSignal::new(String::new()),
    };
    document().set_title(&admin_words::title(words::FRAGMENTS));
    shelf.load();
    let none = move || shelf.loaded.get() && shelf.fragments.with(Vec::is_empty) && shelf.kept.with(Vec::is_empty);
    view! {
        <div class="fragments">
            <h1 tabindex="-1">{words::FRAGMENTS}</h1>
            <p class="write-hint">{words::FRAGMENTS_HELP}</p>
            <p role="status">{move || shelf.said.get()}</p>
            {move || none().then(|| view! { <p>{words::NO_FRAGMENTS}</p> })}
            {move || shelf.kept.get().iter().filter_map(|found| kept(shelf, found)).collect_view()}
            {move || shelf.fragments.get().into_iter().map(|fragment| clashed(shelf, fragment)).collect_view()}
        </div>
    }
    .into_any()
}

/// What this computer keeps.
fn kept(shelf: Shelf, found: &Found) -> Option<impl IntoView + use<>> {
    let entry = found.entry()?;
    let (article, tab) = (entry.ledger.article(), entry.ledger.tab().to_owned());
    let manuscript = entry.ledger.current();
    let mut all = vec![manuscript.fields.title.clone(), text::of(&manuscript.body)];
    all.extend(entry.unreadable.clone());
    let all = all.join("\n");
    let title = title(&manuscript.fields.title);
    let entry = StoredValue::new(entry);
    let keeper = move || shelf.keeper.try_get_value().flatten();
    let save = move |_| {
        spawn_local(async move {
            let Some(keeper) = keeper() else { return };
            let entry: Entry = entry.get_value();
            match recover(&keeper, entry).await {
                Ok(_) => shelf.load(),
                Err(error) => shelf.fail(&error),
            }
        });
    };
    let drop = move |_| {
        if let Some(keeper) = keeper() {
            keeper.drop(article, &tab);
            shelf.kept.update(|kept| kept.retain(|found| found.entry().is_none_or(|entry| entry.ledger.tab() != tab)));
        }
    };
    Some(view! {
        <article class="fragment">
            <h2>{title} " " <span class="chip">{words::ON_THIS_COMPUTER}</span></h2>
            <p class="write-side">{all.clone()}</p>
            <div class="write-choices">
                <button type="button" on:click=save>
                    {words::SAVE_NOW}
                </button>
                <Acts article all/>
                <button type="button" class="quiet" on:click=drop>
                    {words::DROP}
                </button>
            </div>
        </article>
    })
}

/// What lost a clash.
fn clashed(shelf: Shelf, fragment: Fragment) -> impl IntoView {
    let Fragment { id, article, at, by, clashes, .. } = fragment;
    let all = clashes.iter().map(|clash| sides(clash).1).collect::<Vec<_>>().join("\n");
    let parts = clashes.iter().map(|clash| both(clash, &by)).collect_view();
    let drop = move |_| {
        spawn_local(async move {
            match api::drop_fragment(id).await {
                Ok(()) => {
                    shelf.fragments.try_update(|fragments| fragments.retain(|fragment| fragment.id != id));
                }
                Err(error) => shelf.fail(&error),
            }
        });
    };
    view! {
        <article class="fragment">
            <h2>
                {title(&fragment.title)} " " <span class="chip">{words::FROM_CLASH}</span> " "
                <time datetime=at.rfc3339().to_owned()>{at.date_time()}</time>
            </h2>
            {parts}
            <div class="write-choices">
                <Acts article all/>
                <button type="button" class="quiet" on:click=drop>
                    {words::DROP}
                </button>
            </div>
        </article>
    }
    .into_any()
}

fn both(clash: &Clash, by: &str) -> impl IntoView + use<> {
    let (place, mine, theirs) = sides(clash);
    view! {
        <h3>{place}</h3>
        <div class="write-sides">
            <div>
                <h4>{words::MINE}</h4>
                <p class="write-side">{mine}</p>
            </div>
            <div>
                <h4>{format!("{by}{}", words::THEIRS)}</h4>
                <p class="write-side">{theirs}</p>
            </div>
        </div>
    }
    .into_any()
}

/// Opens the article, copies the words.
#[component]
fn Acts(article: ArticleId, all: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let all = all.clone();
        spawn_local(async move {
            let written = JsFuture::from(window().navigator().clipboard().write_text(&all)).await;
            copied.try_set(written.is_ok());
        });
    };
    view! {
        <a class="button quiet" href=format!("/admin/articles/{article}")>
            {words::OPEN}
        </a>
        <button type="button" class="quiet" on:click=copy>
            {move || if copied.get() { words::COPIED } else { words::COPY }}
        </button>
    }
    .into_any()
}

fn title(title: &str) -> String {
    if title.trim().is_empty() { words::UNTITLED.to_owned() } else { title.to_owned() }
}
