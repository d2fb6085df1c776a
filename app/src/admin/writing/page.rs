//! The writing page: the text on paper, the form beside it, and in words where every word is.

use super::{
    api,
    bar::Bar,
    bridge::{self, Bundle, Editor},
    dialogs::Dialog,
    engine::{Engine, Status},
    form::{HEAD, Held, Panel, TextInput, id_of},
    journal::{Keeper, recover},
    publish::{Acting, ScheduledNote},
    upload, words,
};
use crate::{
    admin::{
        ahead::{self, Opening},
        articles::api::list_section_choices,
        media::{Picker, Picking},
        session::Session,
        shell::{
            Place, room,
            rooms::{self, Beside},
        },
        ui::Toasts,
        words as admin_words,
    },
    error::AppError,
    wire,
};
use content::{
    ArticleId, Refusal,
    article::State,
    desk::SectionChoice,
    manuscript::{Opened, SaveKind},
    permission::Action,
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use std::rc::Rc;
use wasm_bindgen::{JsValue, prelude::Closure};

/// Everything that the page needs before it can show anything.
struct Ready {
    opened: Opened,
    sections: Vec<SectionChoice>,
    bundle: Bundle,
    keeper: Keeper,
    tab: String,
    /// What came back from the journal, and whether something had to stay there.
    recovered: Recovered,
}

#[derive(Clone, Copy, PartialEq)]
enum Recovered {
    Nothing,
    All,
    NotAll,
}

/// `/admin/articles/:id`
#[component]
pub fn WritingPage() -> impl IntoView {
    let id = expect_context::<Place>().article();
    let session = expect_context::<Session>();
    let again = RwSignal::new(0_u32);
    let page = move || {
        again.track();
        let shown = RwSignal::new_local(None::<Result<Ready, AppError>>);
        spawn_local(async move {
            let ready = match id {
                Some(id) => open(id, session).await,
                None => Err(AppError::NOT_FOUND),
            };
            shown.try_set(Some(ready));
        });
        move || match shown.with(Option::is_some).then(|| shown.write_untracked().take()).flatten() {
            None => view! { <p class="write-opening" role="status">{words::OPENING}</p> }.into_any(),
            Some(Ok(ready)) => view! { <Desk ready session/> }.into_any(),
            Some(Err(error)) => {
                session.guard(&error);
                if error == AppError::Transport {
                    let online = window_event_listener(ev::online, move |_| again.update(|count| *count += 1));
                    on_cleanup(move || online.remove());
                }
                let said =
                    if error == AppError::Transport { words::NO_EDITOR.to_owned() } else { admin_words::error(&error) };
                view! {
                    <div class="write-opening" role="alert">
                        <p>{said}</p>
                        <button type="button" on:click=move |_| again.update(|count| *count += 1)>
                            {words::AGAIN}
                        </button>
                        <a href="/admin/articles">{words::BACK}</a>
                    </div>
                }
                .into_any()
            }
        }
    };
    // Whoever signs in again after the page could not be opened gets it then.
    page
}

async fn open(id: ArticleId, session: Session) -> Result<Ready, AppError> {
    let me = session.me.get_untracked().ok_or(AppError::Refused(Refusal::SignedOut))?;
    let ahead = Opening::of(id);
    let bundle = bridge::bundle().await.ok_or(AppError::Transport)?;
    let keeper = Keeper::open(&bundle, &me).await;
    let mut recovered = Recovered::Nothing;
    for found in keeper.left_behind(Some(id)).await {
        let outcome = match found.entry() {
            Some(entry) if entry.unreadable.is_none() => recover(&keeper, entry).await.is_ok(),
            _ => false,
        };
        recovered = if outcome && recovered != Recovered::NotAll { Recovered::All } else { Recovered::NotAll };
    }
    // What was recovered is in no answer from before.
    let ahead = ahead.filter(|_| recovered == Recovered::Nothing);
    let ahead = match ahead {
        Some(ahead) => ahead.come().await,
        None => None,
    };
    let (tab, opened) = match ahead {
        Some(ahead) => ahead,
        None => {
            let tab = bridge::random_word();
            (tab.clone(), api::open_article(id, tab).await?)
        }
    };
    let sections = match ahead::take("sections").await {
        Some(sections) => sections,
        None => list_section_choices().await?,
    };
    Ok(Ready { opened, sections, bundle, keeper, tab, recovered })
}

#[component]
fn Desk(ready: Ready, session: Session) -> impl IntoView {
    let Ready { opened, sections, bundle, keeper, tab, recovered } = ready;
    let read_only = !opened.may.contains(&Action::Edit);
    let (id, may) = (opened.id, opened.may.clone());
    let publishes = may.contains(&Action::Publish);
    let files = opened.files.clone();
    let engine: Held = StoredValue::new_local(Engine::start(opened, tab, bundle, keeper, session));
    let screen = engine.with_value(|engine| engine.screen);
    let needed = RwSignal::new(false);
    let characters = RwSignal::new(0_u32);
    let dropped = RwSignal::new(String::new());
    let unknown = RwSignal::new(false);
    let paper = NodeRef::<html::Div>::new();
    let open_panel = RwSignal::new(false);
    let (picking, toasts) = (Picking::begin(), expect_context::<Toasts>());
    let acting =
        Acting { engine, needed, open_panel, said: RwSignal::new(String::new()), toasts, asking: RwSignal::new(None) };
    provide_context(picking);
    provide_context(acting);

    paper.on_load(move |host| {
        let engine = engine.get_value();
        match open_editor(&engine, &host, &files, read_only, characters, dropped, (picking, toasts)) {
            Some(editor) => engine.hold(editor),
            None => unknown.set(true),
        }
    });
    watch_the_world(engine, session);
    on_cleanup(move || engine.get_value().close());
    Effect::new(move |_| {
        let title = screen.fields.with(|fields| fields.title.trim().to_owned());
        let title = if title.is_empty() { words::UNTITLED.to_owned() } else { title };
        document().set_title(&admin_words::title(&title));
    });

    let head = HEAD.map(|field| view! { <TextInput engine field needed=needed.into() read_only/> });
    let told = match recovered {
        Recovered::Nothing => None,
        Recovered::All => Some(words::RECOVERED),
        Recovered::NotAll => Some(words::LEFT_BEHIND),
    };
    let clashing = Memo::new(move |_| screen.clashes.with(|clashes| !clashes.is_empty()));
    let clashes = move || clashing.get().then(|| room(|| Box::pin(rooms::beside(Beside::Clashes))));
    view! {
        <div class="write" class:write-panel-open=move || open_panel.get()>
            <Bar acting id may/>
            <h1 class="visually-hidden">
                {move || {
                    let title = screen.fields.with(|fields| fields.title.clone());
                    if title.trim().is_empty() { words::UNTITLED.to_owned() } else { title }
                }}
            </h1>
            <div class="write-notes">
                {told.map(|told| view! { <p class="write-note" role="status">{told}</p> })}
                {read_only.then(|| view! { <p class="write-note">{words::READ_ONLY}</p> })}
                {publishes.then(|| view! { <ScheduledNote acting/> })}
                {move || (!read_only && screen.progress.with(|progress| progress.state == State::Submitted)).then(|| view! { <p class="write-note">{words::IN_REVIEW}</p> })}
                {move || unknown.get().then(|| view! { <p class="write-note" role="alert">{words::UNKNOWN_TEXT}</p> })}
                {move || (!screen.journal.get()).then(|| view! { <p class="write-note">{words::NO_JOURNAL}</p> })}
                <Dropped dropped/>
                {clashes}
            </div>
            <div class="write-paper">
                <div class="write-head">{head}</div>
                <div class="write-text" id=id_of("body") node_ref=paper></div>
                <p class="write-count" aria-live="off">
                    {move || characters.get()}
                    {words::CHARACTERS}
                </p>
            </div>
            <aside class="write-panel" aria-label=words::PANEL>
                <Panel engine sections needed=needed.into() read_only/>
            </aside>
            <Picker picking/>
            <Dialog acting/>
        </div>
    }
    .into_any()
}

/// What a paste left out, until it is read.
#[component]
fn Dropped(dropped: RwSignal<String>) -> impl IntoView {
    move || {
        let said = dropped.get();
        (!said.is_empty()).then(|| {
            view! {
                <p class="write-note quiet" role="status">
                    {words::DROPPED}
                    {said}
                    <button type="button" class="quiet" on:click=move |_| dropped.set(String::new())>
                        {words::CLOSE}
                    </button>
                </p>
            }
        })
    }
}

/// Session and network come and go.
fn watch_the_world(engine: Held, session: Session) {
    Effect::new(move |before: Option<u32>| {
        let renewed = session.renewed.get();
        if before.is_some_and(|before| before != renewed) {
            engine.get_value().try_again();
        }
        renewed
    });
    let online = window_event_listener(ev::online, move |_| engine.get_value().try_again());
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        let engine = engine.get_value();
        if !engine.screen.journal.get_untracked() && !matches!(engine.screen.status.get_untracked(), Status::Saved(_)) {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        online.remove();
        leaving.remove();
    });
}

/// The editor with what it calls. The functions live as long as the page: the page is left a few times a day.
fn open_editor(
    engine: &Rc<Engine>,
    host: &web_sys::HtmlElement,
    files: &[content::media::File],
    read_only: bool,
    characters: RwSignal<u32>,
    dropped: RwSignal<String>,
    (picking, toasts): (Picking, Toasts),
) -> Option<Editor> {
    let options = js_sys::Object::new();
    let set = |name: &str, value: &JsValue| {
        let _ = js_sys::Reflect::set(&options, &name.into(), value);
    };
    set("host", host);
    set("body", &engine.current().body.to_json().unwrap_or_default().into());
    set("files", &serde_json::to_string(files).unwrap_or_default().into());
    set("editable", &(!read_only).into());
    set("placeholder", &words::TEXT_HERE.into());
    let writer = Rc::clone(engine);
    set("onChange", &Closure::<dyn Fn(String)>::new(move |json: String| writer.wrote_text(&json)).into_js_value());
    let typist = Rc::clone(engine);
    set("onTyping", &Closure::<dyn Fn()>::new(move || typist.typing()).into_js_value());
    upload::give(engine, picking, toasts, &set);
    set(
        "onDropped",
        &Closure::<dyn Fn(String)>::new(move |report: String| {
            let left: Vec<upload::Left> = wire::read(report.as_bytes()).unwrap_or_default();
            dropped.try_set(upload::listed(&left));
        })
        .into_js_value(),
    );
    let saver = Rc::clone(engine);
    set("onSave", &Closure::<dyn Fn()>::new(move || saver.save(SaveKind::Auto)).into_js_value());
    set(
        "onStats",
        &Closure::<dyn Fn(u32)>::new(move |count: u32| {
            characters.try_set(count);
        })
        .into_js_value(),
    );
    engine.bundle.open_editor(&options).ok()
}
