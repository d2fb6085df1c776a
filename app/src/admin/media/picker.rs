//! Takes a file from the library, or brings it there first: what the writing room opens for lead pictures, pictures of the
//! text and attachments.

use super::{
    api,
    bring::{Bring, brings, take_dropped, take_pasted},
    grid::face,
    progress::UploadList,
    uploads::Uploads,
    words,
};
use crate::{
    admin::{
        session::Session,
        shell::{
            room,
            rooms::{self, Other},
        },
        ui::{Failed, SearchField, open_while},
        words as admin_words,
    },
    error::AppError,
};
use content::{
    media::{File, MediaFilter, MediaKind, MediaRow},
    permission::Action,
};
use leptos::{callback::Callable, ev, prelude::*, task::spawn_local};

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Wanted {
    /// Only pictures.
    pub pictures: bool,
    /// What is done with the one that is chosen.
    pub take: Callback<File>,
}

/// Opens the picker.
#[derive(Clone, Copy)]
pub struct Picking(RwSignal<Option<Wanted>>);

impl Picking {
    /// Closed.
    #[must_use]
    pub fn begin() -> Self {
        Self(RwSignal::new(None))
    }

    /// Asks for a file.
    pub fn ask(self, pictures: bool, take: Callback<File>) {
        self.0.try_set(Some(Wanted { pictures, take }));
    }
}

/// The dialog.
#[component]
pub fn Picker(picking: Picking) -> impl IntoView {
    let Picking(wanted) = picking;
    let dialog = open_while(move || wanted.with(Option::is_some));
    let chosen = Callback::new(move |file: File| {
        let now = wanted.get_untracked();
        // The focus goes back first, so that whoever takes the file may have it.
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
        wanted.set(None);
        if let Some(Wanted { take, .. }) = now {
            take.try_run(file);
        }
    });
    let title =
        move || wanted.get().map(|wanted| if wanted.pictures { words::CHOOSE_PICTURE } else { words::CHOOSE_FILE });
    view! {
        <dialog class="dialog media-picker" node_ref=dialog aria-labelledby="picker-title" on:close=move |_| wanted.set(None)>
            <header>
                <h2 id="picker-title">{title}</h2>
                <button type="button" class="quiet" on:click=move |_| wanted.set(None)>
                    {admin_words::CLOSE}
                </button>
            </header>
            {move || {
                wanted
                    .get()
                    .map(|now| {
                        provide_context(Asked { pictures: now.pictures, chosen });
                        room(|| Box::pin(rooms::other(Other::Picker)))
                    })
            }}
        </dialog>
    }
    .into_any()
}

/// The list of the picker.
#[derive(Clone, Copy)]
struct Found {
    session: Session,
    filter: RwSignal<MediaFilter>,
    rows: RwSignal<Vec<MediaRow>>,
    next: RwSignal<Option<String>>,
    fault: RwSignal<Option<AppError>>,
    known: RwSignal<bool>,
}

impl Found {
    /// Asks from the beginning, or for what follows.
    fn load(self, more: bool) {
        let filter = self.filter.get_untracked();
        let mark = self.next.get_untracked().filter(|_| more);
        spawn_local(async move {
            let answer = api::list_media(filter.clone(), mark).await;
            // Something else is looked for by now.
            if self.filter.try_get_untracked() != Some(filter) {
                return;
            }
            self.known.set(true);
            match answer {
                Ok(page) => {
                    self.fault.set(None);
                    self.next.set(page.next);
                    self.rows.update(|rows| {
                        if !more {
                            rows.clear();
                        }
                        rows.extend(page.rows);
                    });
                }
                Err(error) => {
                    self.session.guard(&error);
                    self.fault.set(Some(error));
                }
            }
        });
    }
}

/// What the dialog asks of its choices, which are fetched when it is opened.
#[derive(Clone, Copy)]
struct Asked {
    pictures: bool,
    chosen: Callback<File>,
}

/// What there is to choose from.
#[component]
pub fn PickerChoices() -> impl IntoView {
    let Asked { pictures, chosen } = expect_context();
    let session = expect_context::<Session>();
    let kind = pictures.then_some(MediaKind::Picture);
    let found = Found {
        session,
        filter: RwSignal::new(MediaFilter { kind, ..MediaFilter::default() }),
        rows: RwSignal::new(Vec::new()),
        next: RwSignal::new(None),
        fault: RwSignal::new(None),
        known: RwSignal::new(false),
    };
    found.load(false);
    let search = Callback::new(move |text: String| {
        found.filter.update(|filter| filter.text = text);
        found.load(false);
    });
    // What was just brought stands first.
    let uploads = Uploads::begin(session, Some(Callback::new(move |_: File| found.load(false))));
    let bring = session.may(Action::AddMedia).then(|| view! { <Bring uploads/> });
    let tile = move |row: MediaRow| {
        let file = row.file.clone();
        let take = move |_| {
            chosen.run(file.clone());
        };
        view! {
            <li>
                <button type="button" class="tile" on:click=take>
                    {face(&row)}
                </button>
            </li>
        }
        .into_any()
    };
    let said = move || match found.fault.get() {
        Some(error) => view! { <Failed error again=move |()| found.load(false)/> }.into_any(),
        None if !found.known.get() => view! { <p role="status">{admin_words::LOADING}</p> }.into_any(),
        None if found.rows.with(Vec::is_empty) => {
            let filtered = !found.filter.with(|filter| filter.text.is_empty());
            let (said, help) =
                if filtered { (words::NO_MATCH, words::NO_MATCH_HELP) } else { (words::EMPTY, words::EMPTY_HELP) };
            view! { <div class="room-empty"><p>{said}</p><p>{help}</p></div> }.into_any()
        }
        None => ().into_any(),
    };
    let more = move || {
        found.next.with(Option::is_some).then(|| {
            view! {
                <button type="button" on:click=move |_| found.load(true)>
                    {words::MORE}
                </button>
            }
        })
    };
    let over = |event: ev::DragEvent| {
        if brings(&event) {
            event.prevent_default();
        }
    };
    view! {
        <div
            class="picker-body"
            on:dragover=over
            on:drop=move |event| take_dropped(uploads, &event)
            on:paste=move |event| take_pasted(uploads, &event)
        >
        <form class="filters" role="search" on:submit=|event| event.prevent_default()>
            <SearchField
                id="picker-text"
                label=admin_words::FILTER_TEXT
                hint=words::SEARCH_HINT
                text=Signal::derive(move || found.filter.get().text)
                search
            />
        </form>
        {bring}
        <UploadList uploads/>
        <div aria-live="polite">{said}</div>
        <ul class="tiles" hidden=move || found.rows.with(Vec::is_empty)>
            <For each=move || found.rows.get() key=|row| (row.file.id.0, row.file.widths.len(), row.file.alt.is_empty()) children=tile/>
        </ul>
        <p class="desk-pager">{more}</p>
        </div>
    }
    .into_any()
}
