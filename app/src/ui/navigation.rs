//! What a browser does by itself when it loads a page, and what is ours when pages change without that: moving the
//! focus and the view, saying the title, showing that something is on its way.

use super::{prefetch::Links, scroll::Trail, words};
use crate::{routes::Address, site::Kept};
use leptos::{prelude::*, wasm_bindgen::JsCast};
use leptos_router::hooks::use_location;
use web_sys::{FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// The way from page to page: where the reader wants to be, and which page stands there.
#[derive(Clone, Copy)]
pub struct Journey {
    wanted: Memo<Option<Address>>,
    shown: RwSignal<Option<Address>>,
    arrivals: RwSignal<u32>,
}

impl Journey {
    /// From the address of the browser or of the request, which is where the journey begins.
    #[must_use]
    pub fn begin() -> Self {
        let here = use_location();
        let wanted =
            Memo::new(move |_| here.pathname.with(|path| here.search.with(|query| Address::parse(path, query))));
        Self { wanted, shown: RwSignal::new(wanted.get_untracked()), arrivals: RwSignal::new(0) }
    }

    /// The page that the address names.
    #[must_use]
    pub const fn wanted(self) -> Memo<Option<Address>> {
        self.wanted
    }

    /// The page that is on the screen.
    #[must_use]
    pub fn shown(self) -> Signal<Option<Address>> {
        self.shown.into()
    }

    /// Tells that this page is about to be put on the screen. Only a browser travels.
    pub fn arrive(self, address: Option<&Address>) {
        if cfg!(feature = "ssr") {
            return;
        }
        if self.shown.with_untracked(|shown| shown.as_ref() != address) {
            self.shown.set(address.cloned());
        }
        self.arrivals.update(|arrivals| *arrivals += 1);
    }

    /// Whether the page on the screen is still the one before.
    fn is_under_way(self) -> bool {
        self.wanted.with(|wanted| self.shown.with(|shown| wanted != shown))
    }
}

/// Follows the journey: after hydration on, and without a trace in the document of the server but an empty line for
/// screen readers.
#[component]
pub fn Navigation(
    /// The journey to follow.
    journey: Journey,
    /// Where the reader was on each page.
    trail: Trail,
    /// The pages that need not be asked for.
    kept: Kept,
) -> impl IntoView {
    let hash = use_location().hash;
    let announced = RwSignal::new(String::new());
    let links = Links::new(kept);
    Effect::new(move |_| {
        trail.start();
        links.watch(journey.shown());
        say_live();
    });
    Effect::new(move |before: Option<u32>| {
        let arrivals = journey.arrivals.get();
        hash.track();
        if let Some(before) = before {
            // By the next frame the page stands in the document and the router has written the history.
            let _ = request_animation_frame(move || settle(journey, trail, announced, arrivals != before));
        }
        arrivals
    });
    let progress = || view! { <div class="progress" role="progressbar" aria-label=words::OPENING></div> };
    view! {
        {move || journey.is_under_way().then(progress)}
        <p class="visually-hidden" role="status">{announced}</p>
    }
}

fn settle(journey: Journey, trail: Trail, announced: RwSignal<String>, arrived: bool) {
    // On the way back from a part of another page the part is gone before the page is.
    if !arrived && journey.is_under_way() {
        return;
    }
    if arrived {
        mark_section();
        focus_main();
        announced.set(document().title());
    }
    // Who has turned round meanwhile is not where this page is: the next one to arrive is the one that gets its place.
    if !journey.is_under_way() {
        trail.settle(arrived);
    }
}

/// Marks the document as taken over. Before that a click loads the next page whole; the script of readers' documents looks
/// for the mark, and tests wait for it.
fn say_live() {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("data-live", "");
    }
}

/// Brings the marked section into the row's view, where a phone shows only part of the row.
fn mark_section() {
    if let Ok(Some(link)) = document().query_selector(".sections [aria-current]") {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Nearest);
        link.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Puts the keyboard and the screen reader at the start of the new page.
fn focus_main() {
    let main = document().get_element_by_id("main").and_then(|main| main.dyn_into::<HtmlElement>().ok());
    if let Some(main) = main {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = main.focus_with_options(&options);
    }
}
