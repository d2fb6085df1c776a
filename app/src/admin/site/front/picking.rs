//! Articles are chosen: the headline, and news with pictures.

use super::{held::Held, words};
use crate::admin::{
    articles::api::list_articles,
    session::Session,
    ui::{Reorder, Way, moved},
};
use content::{
    ArticleId,
    article::State,
    desk::{DeskRow, Filter},
    site::{Chosen, MOST_PICTURES},
};
use leptos::{ev, prelude::*, task::spawn_local};

/// Articles that are offered.
const OFFERED: usize = 8;

/// The one headline.
#[component]
pub fn HeadlineSlot(held: Held) -> impl IntoView {
    let own = RwSignal::new(held.headline.with_untracked(Option::is_some));
    // Another one may have been taken over from somebody else's form.
    Effect::new(move |_| {
        if held.headline.with(Option::is_some) {
            own.set(true);
        }
    });
    let automatic = move |_| {
        own.set(false);
        held.headline.set(None);
    };
    let pick = move |article: Chosen| {
        let id = article.id;
        held.note(article);
        held.headline.set(Some(id));
    };
    let shown = move || held.headline.get().map(|id| view! { <ChosenLine held id picture=false/> });
    view! {
        <fieldset class="room-part">
            <legend>{words::HEADLINE}</legend>
            <label class="write-check">
                <input type="radio" name="headline" prop:checked=move || !own.get() on:change=automatic/>
                {words::AUTOMATIC}
            </label>
            <label class="write-check">
                <input type="radio" name="headline" prop:checked=move || own.get() on:change=move |_| own.set(true)/>
                {words::CHOSEN}
            </label>
            <div hidden=move || !own.get()>
                <p>{shown}</p>
                <Picker id="headline-find" pick/>
            </div>
        </fieldset>
    }
    .into_any()
}

/// News with pictures in their order.
#[component]
pub fn PictureSlots(held: Held) -> impl IntoView {
    let keys = Signal::derive(move || held.pictures.with(|ids| ids.iter().map(|id| id.0).collect::<Vec<_>>()));
    let go = move |(key, way): (i64, Way)| {
        held.pictures.try_update(|ids| moved(ids, |id| id.0, key, way)).unwrap_or_default()
    };
    let row = move |key: i64| {
        let id = ArticleId(key);
        let remove = move |_| held.pictures.update(|ids| ids.retain(|other| *other != id));
        view! {
            <ChosenLine held id picture=true/>
            <button
                type="button"
                class="quiet"
                aria-label=move || words::of(words::TAKE_OUT, &held.title(id))
                on:click=remove
            >
                {words::TAKE_OUT}
            </button>
        }
        .into_any()
    };
    let pick = move |article: Chosen| {
        let id = article.id;
        held.note(article);
        held.pictures.update(|ids| {
            if !ids.contains(&id) && ids.len() < MOST_PICTURES {
                ids.push(id);
            }
        });
    };
    let full = move || held.pictures.with(|ids| ids.len() >= MOST_PICTURES);
    view! {
        <fieldset class="room-part">
            <legend>{words::PICTURES}</legend>
            <p class="field-hint">{words::PICTURES_HELP}</p>
            <Reorder
                id="pictures-order"
                label=words::PICTURES
                keys
                name=move |key| held.title(ArticleId(key))
                row
                go
            />
            <p class="field-hint">
                {move || held.pictures.with(Vec::is_empty).then_some(words::ALL_AUTOMATIC)}
            </p>
            <div hidden=full>
                <Picker id="pictures-find" pick/>
            </div>
        </fieldset>
    }
    .into_any()
}

/// An article that was chosen, and whether it stands on the page.
#[component]
fn ChosenLine(held: Held, id: ArticleId, picture: bool) -> impl IntoView {
    let fault = move || {
        let article = held.known(id)?;
        match article {
            Chosen { public: false, .. } => Some(words::GONE),
            Chosen { pictured: false, .. } if picture => Some(words::PICTURELESS),
            _ => None,
        }
    };
    view! {
        <span class="picked">{move || held.title(id)}</span>
        {move || fault().map(|fault| view! { <span class="chip">{fault}</span> })}
    }
    .into_any()
}

/// Finds an article that readers see.
#[component]
fn Picker(id: &'static str, #[prop(into)] pick: Callback<Chosen>) -> impl IntoView {
    let session = expect_context::<Session>();
    let text = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Vec<DeskRow>>);
    let search = move |event: ev::Event| {
        let wanted = event_target_value(&event);
        text.set(wanted.clone());
        spawn_local(async move {
            if wanted.trim().is_empty() {
                found.try_set(None);
                return;
            }
            let filter = Filter { text: wanted.trim().to_owned(), state: Some(State::Published), ..Filter::default() };
            match list_articles(filter, None).await {
                Ok(page) => {
                    // Only the answer to what stands in the field now.
                    if text.try_get_untracked().is_some_and(|now| now == wanted) {
                        found.try_set(Some(page.rows.into_iter().take(OFFERED).collect()));
                    }
                }
                Err(error) => session.guard(&error),
            }
        });
    };
    let choose = move |row: DeskRow| {
        // Whether it has a picture is told when the form is read again.
        pick.run(Chosen { id: row.id, title: row.title, public: true, pictured: true });
        text.set(String::new());
        found.set(None);
    };
    let option = move |row: DeskRow| {
        let (title, meta) = (row.title.clone(), row.section.name.clone());
        view! {
            <li>
                <button type="button" class="quiet" on:click=move |_| choose(row.clone())>
                    {title}
                </button>
                <span class="field-hint">{meta}</span>
            </li>
        }
    };
    let results = move || {
        found.get().map(|rows| {
            if rows.is_empty() {
                view! { <p role="status">{words::NOT_FOUND}</p> }.into_any()
            } else {
                view! { <ul class="lines picker-results">{rows.into_iter().map(option).collect_view()}</ul> }.into_any()
            }
        })
    };
    // Enter chooses nothing and must not send the form either.
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
        }
    };
    view! {
        <div class="field">
            <label for=id>{words::FIND}</label>
            <input id=id type="search" autocomplete="off" prop:value=move || text.get() on:input=search on:keydown=keys/>
            {results}
        </div>
    }
    .into_any()
}
