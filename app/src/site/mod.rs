//! What readers see. One resource loads whatever page the address names, one place shows it: the page on the screen
//! stays until the next one is there, and status, head, focus and scroll are settled the same way for every page.

pub mod api;
pub mod article;
mod failure;
pub mod front;
mod kept;
mod loaded;
pub mod message;
pub mod preview;
pub mod section;

pub use failure::NoPage;
pub use kept::{FRESH, Kept};
pub use loaded::{FirstLoad, Loaded, Page, load};

use crate::{
    response,
    routes::Address,
    ui::{
        footer::Footer,
        fresh::Fresh,
        masthead::Masthead,
        navigation::{Journey, Navigation},
        scroll::Trail,
    },
};
use article::{ArticleView, PrintView};
use content::{Slug, reading::Frame};
use front::FrontView;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use message::Message;
use preview::PreviewView;
use section::{SectionView, SingleView};

/// Loads the page on the screen once more.
#[derive(Clone, Copy)]
pub struct Again(Resource<Loaded, FirstLoad>);

impl Again {
    /// Loads it.
    pub fn load(self) {
        self.0.refetch();
    }
}

/// The public site: masthead, page and footer of whatever the address names.
#[component]
pub fn Site(
    /// Where the reader was on each page.
    trail: Trail,
    /// The pages that need not be asked for.
    kept: Kept,
) -> impl IntoView {
    let journey = Journey::begin();
    let shown = journey.shown();
    let frame: Resource<Result<Frame, NoPage>, FirstLoad> =
        Resource::new_with_options(|| (), |()| api::get_frame(), false);
    let wanted = journey.wanted();
    let loaded: Resource<Loaded, FirstLoad> =
        Resource::new_with_options(move || wanted.get(), move |address| kept.load(address), false);
    Effect::new(move |_| loaded.get().into_iter().for_each(|page| kept.keep(page)));
    provide_context(Again(loaded));
    let navigate = use_navigate();

    // Paper has neither masthead nor footer.
    let framed = Memo::new(move |_| shown.with(|shown| !matches!(shown, Some(Address::Print { .. }))));
    let masthead = move || {
        framed.get().then(|| {
            Suspend::new(async move {
                let standing = standing(shown, loaded).await;
                frame.await.ok().map(|frame| Fresh(view! { <Masthead frame shown standing/> }))
            })
        })
    };
    let footer = move || {
        framed.get().then(|| {
            Suspend::new(
                async move { frame.await.ok().map(|frame| Fresh(view! { <Footer identity=frame.identity/> })) },
            )
        })
    };
    let page = move || {
        let navigate = navigate.clone();
        Suspend::new(async move {
            let frame = frame.await;
            let Loaded { address, page } = loaded.await;
            if let Some(moved) = &address
                && moved != &wanted.get_untracked().unwrap_or(Address::Front)
            {
                follow(moved, &navigate);
            }
            journey.arrive(address.as_ref());
            page_view(frame, address, page)
        })
    };
    view! {
        {masthead}
        {page}
        {footer}
        <Navigation journey trail kept/>
    }
}

/// The section to mark where the address names none: that in which a preview will stand.
async fn standing(shown: Signal<Option<Address>>, loaded: Resource<Loaded, FirstLoad>) -> Option<Slug> {
    if !shown.with_untracked(|shown| matches!(shown, Some(Address::Preview { .. }))) {
        return None;
    }
    match loaded.await.page {
        Ok(Page::Preview(preview)) => Some(preview.reading.page.link.section.slug),
        _ => None,
    }
}

/// An article or a section that stands elsewhere than its address says is shown under the right one.
fn follow(moved: &Address, navigate: &impl Fn(&str, NavigateOptions)) {
    let to = moved.to_string();
    if cfg!(feature = "ssr") {
        response::moved(&to);
    } else {
        navigate(&to, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    }
}

fn page_view(frame: Result<Frame, NoPage>, address: Option<Address>, page: Result<Page, NoPage>) -> AnyView {
    let frame = match frame {
        Ok(frame) => frame,
        Err(error) => return Fresh(view! { <Message error/> }).into_any(),
    };
    match page {
        Ok(Page::Front(front)) => Fresh(view! { <FrontView frame front/> }).into_any(),
        Ok(Page::Section(page)) => Fresh(view! { <SectionView frame page/> }).into_any(),
        Ok(Page::Single(single)) => {
            let (page, reading) = *single;
            Fresh(view! { <SingleView frame page reading/> }).into_any()
        }
        Ok(Page::Article(reading)) if matches!(address, Some(Address::Print { .. })) => {
            Fresh(view! { <PrintView frame reading=*reading/> }).into_any()
        }
        Ok(Page::Article(reading)) => Fresh(view! { <ArticleView frame reading=*reading/> }).into_any(),
        Ok(Page::Preview(preview)) => Fresh(view! { <PreviewView frame preview=*preview/> }).into_any(),
        Err(error) => Fresh(view! { <Message error frame/> }).into_any(),
    }
}
