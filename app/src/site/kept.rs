//! Pages that need not be asked for: those that were on the screen, which the way back and forward shows as they were, as a
//! browser does with documents; and the one that was fetched ahead, for the click that follows.

use super::{Loaded, Page, load};
use crate::{routes::Address, ui::listen::listen};
use leptos::prelude::*;
use web_sys::js_sys::Date;

/// As many as somebody goes back in one go; each is some ten kilobytes.
const KEPT: usize = 20;

/// How long a page that was fetched ahead is as good as a fresh one, in milliseconds: `max-age` of `response::reusable`.
pub const FRESH: f64 = 10_000.0;

/// The pages of this visit.
#[derive(Clone, Copy, Default)]
pub struct Kept(StoredValue<Pages>);

#[derive(Default)]
struct Pages {
    /// Whether the reader goes back or forward.
    returning: bool,
    /// The one that was seen last comes last.
    pages: Vec<Loaded>,
    /// The one that was fetched ahead last, and when.
    ahead: Option<(Loaded, f64)>,
}

impl Kept {
    /// Begins to look whether the reader goes back or forward, or somewhere new.
    #[must_use]
    pub fn begin() -> Self {
        let kept = Self::default();
        let returning = move |returning| kept.0.update_value(|kept| kept.returning = returning);
        if !cfg!(feature = "ssr") {
            listen(&window(), "popstate", move |_| returning(true));
            listen(&document(), "click", move |_| returning(false));
        }
        kept
    }

    /// The page of the address: as it was where the reader returns to it, as it was fetched ahead a moment ago, or as it
    /// is now.
    pub async fn load(self, address: Option<Address>) -> Loaded {
        let mut known = None;
        self.0.update_value(|kept| {
            known = if kept.returning {
                kept.pages.iter().find(|page| page.address == address).cloned()
            } else {
                let is_it = |(page, at): &mut (Loaded, f64)| page.address == address && Date::now() - *at < FRESH;
                kept.ahead.take_if(is_it).map(|(page, _)| page)
            };
        });
        match known {
            Some(page) => page,
            None => load(address).await,
        }
    }

    /// Loads a page that may be wanted next. What goes wrong is found again when it is.
    pub async fn fetch_ahead(self, address: Address) {
        let page = load(Some(address)).await;
        if page.page.is_ok() {
            self.0.update_value(|kept| kept.ahead = Some((page, Date::now())));
        }
    }

    /// Keeps a page that is on the screen. What could not be loaded is tried again.
    pub fn keep(self, mut page: Loaded) {
        if page.page.is_err() {
            return;
        }
        complete(&mut page);
        self.0.update_value(|kept| {
            kept.pages.retain(|other| other.address != page.address);
            kept.pages.push(page);
            let surplus = kept.pages.len().saturating_sub(KEPT);
            kept.pages.drain(..surplus);
        });
    }
}

/// Takes the text of the first page, which travelled as markup only, from the document in which it stands.
fn complete(loaded: &mut Loaded) {
    let reading = match &mut loaded.page {
        Ok(Page::Article(reading)) => reading.as_mut(),
        Ok(Page::Single(single)) => &mut single.1,
        Ok(Page::Preview(preview)) => &mut preview.reading,
        _ => return,
    };
    if reading.body.is_empty()
        && let Ok(Some(text)) = document().query_selector(".article-body")
    {
        reading.body = text.inner_html();
    }
}
