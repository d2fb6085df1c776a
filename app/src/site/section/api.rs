//! The server function of a section's list.

#[cfg(feature = "ssr")]
use crate::context::{AppContext, answer};
use crate::site::NoPage;
use crate::wire::Answer;
use content::{Slug, reading::SectionPage};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A page of a section's list, from 1.
#[server(name = GetSectionPage, prefix = "/api", endpoint = "get_section_page", input = GetUrl, output = Answer)]
pub async fn get_section_page(
    /// The section.
    slug: Slug,
    /// The page, from 1.
    page: u32,
) -> Result<SectionPage, NoPage> {
    let AppContext { store, .. } = AppContext::of_request()?;
    answer(store.section_page(&content::Actor::Anonymous, &slug, page).await)
}
