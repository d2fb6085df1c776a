//! `/admin/media`: the library as a whole.

use super::{
    api,
    bring::{Bring, take_from_everywhere},
    detail::Detail,
    filters,
    grid::Shelf,
    progress::UploadList,
    uploads::{Uploads, left_over},
    words,
};
use crate::{
    admin::{
        session::Session,
        ui::{RoomTitle, SearchField, Toasts},
        words as admin_words,
    },
    error::AppError,
};
use content::{
    MediaId,
    media::{File, Making, MediaFilter, MediaKind, MediaPage, MediaRow},
    permission::Action,
};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use std::time::Duration;

/// While widths are made the list is asked for again after so long.
pub const MAKING_TAKES: Duration = Duration::from_secs(3);
/// Several files that come one after the other are looked for once.
const SOON: Duration = Duration::from_millis(400);

/// What the parts of the room share.
#[derive(Clone, Copy)]
pub struct Library {
    /// Who is in.
    pub session: Session,
    /// Short notes.
    pub toasts: Toasts,
    /// What the address says: which files, which page.
    pub filter: Memo<(MediaFilter, Option<String>)>,
    /// And which file is open.
    pub open: Memo<Option<MediaId>>,
    /// Why there is no list; none while there is one, or while the first one is on its way.
    pub fault: RwSignal<Option<AppError>>,
    /// The list without its rows.
    pub page: RwSignal<Option<MediaPage>>,
    /// The rows: those that stay keep their place in the document.
    pub rows: RwSignal<Vec<MediaRow>>,
    /// What is said in the panel of a file: notes at the edge stand behind it.
    pub told: RwSignal<String>,
    go: StoredValue<Callback<String>>,
    asked: StoredValue<u32>,
}

impl Library {
    /// Asks for the list, now or soon; only the last question counts.
    pub fn load(self, after: Duration) {
        self.asked.update_value(|asked| *asked += 1);
        let mine = self.asked.get_value();
        let ask = move || {
            if self.asked.try_get_value() == Some(mine) {
                spawn_local(self.ask(mine));
            }
        };
        if after.is_zero() {
            ask();
        } else {
            let _ = set_timeout(ask, after);
        }
    }

    async fn ask(self, mine: u32) {
        let Some((filter, mark)) = self.filter.try_get_untracked() else { return };
        let answer = api::list_media(filter, mark).await;
        if self.asked.try_get_value() != Some(mine) {
            return;
        }
        match answer {
            Ok(mut page) => {
                let making = page.rows.iter().any(|row| row.making == Making::Waiting);
                self.rows.set(std::mem::take(&mut page.rows));
                self.fault.set(None);
                self.page.set(Some(page));
                if making {
                    self.load(MAKING_TAKES);
                }
            }
            Err(error) => {
                self.session.guard(&error);
                self.fault.set(Some(error));
            }
        }
    }

    /// Goes to another choice of files; any page but the first has lost its meaning then.
    fn narrow(self, change: impl FnOnce(&mut MediaFilter)) {
        let (mut filter, _) = self.filter.get_untracked();
        change(&mut filter);
        self.go.get_value().run(filters::write(&filter, None, None));
    }

    /// The address of a file in the list that is shown.
    pub fn address_of(self, id: Option<MediaId>) -> String {
        let (filter, mark) = self.filter.get_untracked();
        filters::write(&filter, mark.as_deref(), id)
    }

    /// Closes the file that is open.
    pub fn close(self) {
        self.go.get_value().run(self.address_of(None));
    }

    /// Says something where it is seen.
    pub fn say(self, text: String) {
        if self.open.try_get_untracked().flatten().is_some() {
            self.told.try_set(text);
        } else {
            self.toasts.show(text, None);
        }
    }

    /// Says what went wrong.
    pub fn fail(self, error: &AppError) {
        self.session.guard(error);
        self.say(admin_words::error(error));
    }
}

/// `/admin/media`
#[component]
pub fn MediaRoom() -> impl IntoView {
    let query = use_query_map();
    let navigate = use_navigate();
    let go = move |address: String| navigate(&address, NavigateOptions { scroll: false, ..Default::default() });
    let session = expect_context::<Session>();
    let library = Library {
        session,
        toasts: expect_context::<Toasts>(),
        filter: Memo::new(move |_| query.with(filters::read)),
        open: Memo::new(move |_| query.with(filters::open)),
        fault: RwSignal::new(None),
        page: RwSignal::new(None),
        rows: RwSignal::new(Vec::new()),
        told: RwSignal::new(String::new()),
        go: StoredValue::new(Callback::new(go)),
        asked: StoredValue::new(0),
    };
    Effect::new(move |_| {
        library.filter.track();
        library.load(Duration::ZERO);
    });
    let uploads = expect_context::<Uploads>();
    uploads.give_to(Some(Callback::new(move |_: File| library.load(SOON))));
    let may_add = session.may(Action::AddMedia);
    let held = RwSignal::new(false);
    if may_add {
        take_from_everywhere(uploads, held);
    }
    let left = left_over();
    let left =
        move || (left > 0 && !uploads.busy()).then(|| view! { <p class="room-note">{words::left_over(left)}</p> });
    view! {
        <div class="room media">
            <RoomTitle title=admin_words::ROOM_MEDIA/>
            {may_add.then(|| view! { <Bring uploads/> })}
            {may_add.then_some(left)}
            <UploadList uploads look=true/>
            <Filters library/>
            <Shelf library/>
            <Detail library/>
            <p class="media-drop" hidden=move || !held.get() aria-hidden="true">
                {words::LET_GO}
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn Filters(library: Library) -> impl IntoView {
    let filter = move || library.filter.get().0;
    let half = move |bin: bool, word: &'static str| {
        let address = filters::write(&MediaFilter { bin, ..MediaFilter::default() }, None, None);
        let current = move || (filter().bin == bin).then_some("page");
        view! {
            <li>
                // The router's own link compares paths and not what stands behind them.
                <a href=address aria-current=current>
                    {word}
                </a>
            </li>
        }
    };
    let on_kind = move |event: ev::Event| {
        let key = event_target_value(&event);
        library.narrow(move |filter| filter.kind = MediaKind::ALL.into_iter().find(|kind| kind.key() == key));
    };
    let options = move || {
        let chosen = filter().kind;
        MediaKind::ALL
            .map(|kind| view! { <option value=kind.key() selected=chosen == Some(kind)>{words::kind(kind)}</option> })
    };
    let flag = move |word: &'static str, of: fn(&mut MediaFilter) -> &mut bool| {
        let on = move || *of(&mut filter());
        let change = move |event: ev::Event| {
            let on = event_target_checked(&event);
            library.narrow(move |filter| *of(filter) = on);
        };
        view! {
            <label class="media-flag">
                <input type="checkbox" prop:checked=on on:change=change/>
                {word}
            </label>
        }
    };
    let search = Callback::new(move |text: String| library.narrow(move |filter| filter.text = text));
    view! {
        <nav class="media-halves" aria-label=words::HALVES>
            <ul>{half(false, words::LIBRARY)} {half(true, words::BIN)}</ul>
        </nav>
        <form class="filters" role="search" aria-label=admin_words::FILTERS on:submit=|event| event.prevent_default()>
            <SearchField
                id="filter-text"
                label=admin_words::FILTER_TEXT
                hint=words::SEARCH_HINT
                text=Signal::derive(move || filter().text)
                search
            />
            <label>
                <span>{words::KIND}</span>
                <select on:change=on_kind>
                    <option value="">{admin_words::ALL}</option>
                    {options}
                </select>
            </label>
            {flag(words::WITHOUT_ALT, |filter| &mut filter.without_alt)}
            {flag(words::UNUSED, |filter| &mut filter.unused)}
        </form>
    }
    .into_any()
}
