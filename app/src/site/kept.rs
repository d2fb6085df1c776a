//! Pages that were on the screen. The way back and forward shows them as they were, at once and without asking the server,
//! as a browser does with documents.

use super::{Loaded, Page, load};
use crate::{routes::Address, ui::listen::listen};
use leptos::prelude::*;

/// As many as somebody goes back in one go; each is some ten kilobytes.
const KEPT: usize = 20;

/// The pages of this visit.
#[derive(Clone, Copy, Default)]
pub struct Kept(StoredValue<Pages>);

#[derive(Default)]
struct Pages {
    /// Whether the reader goes back or forward.
    returning: bool,
    /// The one that was seen last comes last.
    pages: Vec<Loaded>,
}

impl Kept {
    /// Begins to look whether the reader goes back or forward, or somewhere new.
    pub fn watch(self) {
        let returning = move |returning| self.0.update_value(|kept| kept.returning = returning);
        listen(&window(), "popstate", move |_| returning(true));
        listen(&document(), "click", move |_| returning(false));
    }

    /// The page of the address as it was where the reader returns to it, or as it is now.
    pub async fn load(self, address: Option<Address>) -> Loaded {
        let mut known = None;
        self.0.update_value(|kept| {
            if std::mem::take(&mut kept.returning) {
                known = kept.pages.iter().find(|page| page.address == address).cloned();
            }
        });
        match known {
            Some(page) => page,
            None => load(address).await,
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
