//! The rail of rooms, the bar above, and the room itself.

use super::{palette::Palette, shortcuts::Shortcuts};
use crate::admin::{
    ahead,
    articles::api::list_section_choices,
    session::{Session, api::sign_out},
    ui::{Answer, Toasts, ask},
    words,
    writing::api::begin_article,
};
use content::{SectionId, desk::SectionChoice, permission::Action};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};

/// The rooms: address, name, letter of the shortcut `g`.
pub const ROOMS: [(&str, &str, &str); 5] = [
    ("/admin", words::ROOM_DESK, "d"),
    ("/admin/articles", words::ROOM_ARTICLES, "a"),
    ("/admin/media", words::ROOM_MEDIA, "m"),
    ("/admin/bin", words::ROOM_BIN, "b"),
    ("/admin/fragments", words::ROOM_FRAGMENTS, "f"),
];

/// One's own account.
pub const ME: (&str, &str) = ("/admin/me", words::ROOM_ME);
/// For those who manage accounts.
pub const ACCOUNTS: [(&str, &str); 2] =
    [("/admin/accounts", words::ROOM_ACCOUNTS), ("/admin/tokens", words::ROOM_TOKENS)];
/// For those who read the record.
pub const RECORD: (&str, &str) = ("/admin/record", words::ROOM_RECORD);
/// For those who bring in old sites.
pub const MOVING: (&str, &str) = ("/admin/moving", words::ROOM_MOVING);

/// For those who manage the site.
pub const SITE: [(&str, &str); 3] =
    [("/admin/front", words::ROOM_FRONT), ("/admin/sections", words::ROOM_SECTIONS), ("/admin/site", words::ROOM_SITE)];

/// What the frame offers the rooms in it.
#[derive(Clone, Copy)]
pub struct Surroundings {
    /// Whether the palette of commands is open.
    pub palette: RwSignal<bool>,
    /// The sections in which somebody may begin an article.
    pub sections: Answer<Vec<SectionChoice>>,
}

/// Begins an article in a section and opens it.
pub fn begin(session: Session, toasts: Toasts, section: SectionId, navigate: impl Fn(&str, NavigateOptions) + 'static) {
    spawn_local(async move {
        match begin_article(section).await {
            Ok(id) => navigate(&format!("/admin/articles/{id}"), NavigateOptions::default()),
            Err(error) => {
                session.guard(&error);
                toasts.show(words::error(&error), None);
            }
        }
    });
}

/// A room with what stands around it.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let session = expect_context::<Session>();
    let frame = Surroundings { palette: RwSignal::new(false), sections: RwSignal::new(None) };
    provide_context(frame);
    ask(session, frame.sections, async {
        match ahead::take("frame").await {
            Some(sections) => Ok(sections),
            None => list_section_choices().await,
        }
    });
    let link = move |(address, name, _): (&'static str, &'static str, &'static str)| {
        view! {
            <li>
                <A href=address exact=true>
                    {name}
                </A>
            </li>
        }
    };
    let site = move || {
        session.may(Action::ManageSite).then(|| SITE.map(|(address, name)| link((address, name, ""))).collect_view())
    };
    let accounts = move || {
        let may = session.may(Action::ManageAccounts);
        may.then(|| ACCOUNTS.map(|(address, name)| link((address, name, ""))).collect_view())
    };
    let record = move || session.may(Action::ReadRecord).then(|| link((RECORD.0, RECORD.1, "")));
    let moving = move || session.may(Action::Import).then(|| link((MOVING.0, MOVING.1, "")));
    view! {
        <a class="skip" href="#room">
            {words::SKIP}
        </a>
        <div class="admin">
            <header class="admin-bar">
                <a class="admin-name" href="/" target="_blank" rel="noopener external">
                    {words::SITE}
                </a>
                <button type="button" class="quiet" aria-keyshortcuts="Control+K" on:click=move |_| frame.palette.set(true)>
                    {words::COMMANDS} " " <kbd>"Ctrl K"</kbd>
                </button>
                <span class="write-space"></span>
                <Begin frame/>
                <Account/>
            </header>
            <nav class="admin-rail" aria-label=words::ROOMS>
                <ul>{ROOMS.map(link)} {site} {moving} {accounts} {record} {link((ME.0, ME.1, ""))}</ul>
            </nav>
            <main class="admin-room" id="room" tabindex="-1">
                {children()}
            </main>
        </div>
        <Palette frame/>
        <Shortcuts frame/>
    }
    .into_any()
}

/// The menu of sections in which an article can be begun.
#[component]
fn Begin(frame: Surroundings) -> impl IntoView {
    let (session, toasts) = (expect_context::<Session>(), expect_context::<Toasts>());
    let navigate = use_navigate();
    let items = move || {
        let sections = frame.sections.get().and_then(Result::ok).unwrap_or_default();
        sections
            .into_iter()
            .filter(|choice| choice.may_draft)
            .map(|choice| {
                let navigate = navigate.clone();
                let go = move |_| begin(session, toasts, choice.id, navigate.clone());
                view! {
                    <li>
                        <button type="button" on:click=go popovertarget="begin-menu" popovertargetaction="hide">
                            {choice.link.name}
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <button type="button" class="primary" popovertarget="begin-menu" id="begin">
            {words::WRITE}
        </button>
        <div class="menu" id="begin-menu" popover="auto" role="group" aria-label=words::CHOOSE_SECTION>
            <p>{words::CHOOSE_SECTION}</p>
            <ul>{items}</ul>
        </div>
    }
    .into_any()
}

/// Who is in, and the way out.
#[component]
fn Account() -> impl IntoView {
    let session = expect_context::<Session>();
    let toasts = expect_context::<Toasts>();
    let name = move || session.me.with(|me| me.as_ref().map(|me| me.display_name.clone())).unwrap_or_default();
    let out = move |_| {
        spawn_local(async move {
            match sign_out().await {
                // The document is thrown away with everything that it knew.
                Ok(()) => {
                    let _ = window().location().set_href("/admin/sign-in");
                }
                Err(error) => toasts.show(words::error(&error), None),
            }
        });
    };
    view! {
        <A href="/admin/me" attr:class="admin-me">
            {name}
        </A>
        <button type="button" class="quiet" on:click=out>
            {words::SIGN_OUT}
        </button>
    }
    .into_any()
}
