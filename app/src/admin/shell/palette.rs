//! The palette of commands: rooms, new articles, and articles by their words.

use super::{
    frame::{ACCOUNTS, ME, MOVING, RECORD, ROOMS, SITE, Surroundings, begin},
    room,
    rooms::{self, Desk},
};
use crate::admin::{
    articles::api::list_articles,
    session::Session,
    ui::{Toasts, open_while},
    words,
};
use content::{SectionId, desk::Filter, permission::Action};
use leptos::{ev, html, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

/// Articles that are offered.
const OFFERED: usize = 8;

#[derive(Clone, PartialEq)]
enum Command {
    Go(String),
    Begin(SectionId),
}

/// Opened by Ctrl K.
#[component]
pub fn Palette(frame: Surroundings) -> impl IntoView {
    let dialog = open_while(move || frame.palette.get());
    view! {
        <dialog class="dialog palette" node_ref=dialog aria-label=words::COMMANDS on:close=move |_| frame.palette.set(false)>
            {move || frame.palette.get().then(|| room(|| Box::pin(rooms::desk(Desk::Palette))))}
        </dialog>
    }
    .into_any()
}

/// What it offers.
#[component]
pub fn Choices() -> impl IntoView {
    let frame = expect_context::<Surroundings>();
    let (session, toasts) = (expect_context::<Session>(), expect_context::<Toasts>());
    let navigate = use_navigate();
    let (text, at) = (RwSignal::new(String::new()), RwSignal::new(0_usize));
    let articles = RwSignal::new(Vec::<(String, Command)>::new());
    let input = NodeRef::<html::Input>::new();
    input.on_load(|input| {
        let _ = input.focus();
    });
    let choices = Memo::new(move |_| {
        let text = text.get().trim().to_lowercase();
        let rooms = ROOMS.iter().map(|(address, name, _)| (*address, *name)).chain([ME]);
        let rooms = rooms.chain(SITE.into_iter().filter(|_| session.may(Action::ManageSite)));
        let rooms = rooms.chain(session.may(Action::Import).then_some(MOVING));
        let rooms = rooms.chain(ACCOUNTS.into_iter().filter(|_| session.may(Action::ManageAccounts)));
        let rooms = rooms.chain(session.may(Action::ReadRecord).then_some(RECORD));
        let rooms = rooms.map(|(address, name)| (name.to_owned(), Command::Go(address.to_owned())));
        let sections = frame.sections.get().and_then(Result::ok).unwrap_or_default();
        let begins = sections.into_iter().filter(|choice| choice.may_draft);
        let begins =
            begins.map(|choice| (format!("{}：{}", words::WRITE, choice.link.name), Command::Begin(choice.id)));
        let known = rooms.chain(begins).filter(|(name, _)| text.is_empty() || name.to_lowercase().contains(&text));
        known.chain(articles.get()).collect::<Vec<_>>()
    });
    let search = move |event: ev::Event| {
        let wanted = event_target_value(&event);
        text.set(wanted.clone());
        at.set(0);
        spawn_local(async move {
            if wanted.trim().is_empty() {
                articles.try_set(Vec::new());
                return;
            }
            let filter = Filter { text: wanted.trim().to_owned(), ..Filter::default() };
            if let Ok(page) = list_articles(filter, None).await
                && text.try_get_untracked().is_some_and(|now| now == wanted)
            {
                let found = page.rows.into_iter().take(OFFERED);
                articles
                    .set(found.map(|row| (row.title, Command::Go(format!("/admin/articles/{}", row.id)))).collect());
            }
        });
    };
    let run = move |command: Command| {
        frame.palette.set(false);
        match command {
            Command::Go(address) => navigate(&address, Default::default()),
            Command::Begin(section) => begin(session, toasts, section, navigate.clone()),
        }
    };
    let run = Callback::new(run);
    let keys = move |event: ev::KeyboardEvent| {
        let count = choices.with(Vec::len).max(1);
        match event.key().as_str() {
            _ if event.is_composing() => {}
            "ArrowDown" => {
                event.prevent_default();
                at.update(|at| *at = (*at + 1) % count);
            }
            "ArrowUp" => {
                event.prevent_default();
                at.update(|at| *at = (*at + count - 1) % count);
            }
            "Enter" => {
                event.prevent_default();
                if let Some((_, command)) = choices.with(|choices| choices.get(at.get()).cloned()) {
                    run.run(command);
                }
            }
            _ => {}
        }
    };
    let option = move |(n, (name, command)): (usize, (String, Command))| {
        let go = move |_| run.run(command.clone());
        view! {
            <li id=format!("choice-{n}") role="option" aria-selected=move || (at.get() == n).to_string() on:click=go>
                {name}
            </li>
        }
    };
    view! {
        <input
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls="choices"
            aria-label=words::COMMANDS
            aria-activedescendant=move || format!("choice-{}", at.get())
            placeholder=words::COMMANDS_HINT
            node_ref=input
            on:input=search
            on:keydown=keys
        />
        <ul id="choices" role="listbox" aria-label=words::COMMANDS>
            {move || choices.get().into_iter().enumerate().map(option).collect_view()}
        </ul>
        {move || choices.with(Vec::is_empty).then(|| view! { <p>{words::NO_COMMAND}</p> })}
    }
    .into_any()
}
