//! What the section is, its years, its articles, its pages.

use super::parts::{Empty, Entries, Years};
use crate::{
    routes,
    ui::{
        head::{Head, PageHead},
        pager::Pager,
    },
};
use content::reading::{Frame, SectionPage};
use leptos::prelude::*;

/// A page of a section's list.
#[component]
pub fn SectionView(
    /// Who publishes.
    frame: Frame,
    /// The list.
    page: SectionPage,
) -> impl IntoView {
    let head = head(&frame, &page);
    let SectionPage { section, description, pinned, articles, page, pages, years, .. } = page;
    let slug = section.slug;
    let list = if articles.is_empty() && pinned.is_empty() {
        view! { <Empty/> }.into_any()
    } else {
        let slug = slug.clone();
        let address = move |page| routes::section_page(&slug, page);
        view! { <Entries pinned articles/><Pager page pages address/> }.into_any()
    };
    view! {
        <PageHead head/>
        <main id="main" tabindex="-1" class="section">
            <header class="section-head">
                <h1>{section.name}</h1>
                {(!description.is_empty()).then(|| view! { <p class="section-about">{description}</p> })}
                <Years slug years page/>
            </header>
            {list}
        </main>
    }
}

fn head(frame: &Frame, page: &SectionPage) -> Head {
    let site = &frame.identity.name;
    let name = &page.section.name;
    let numbered = crate::ui::words::page_of_list(name, page.page);
    let own = crate::ui::words::section_description(site, name);
    let description = if page.description.is_empty() { &own } else { &page.description };
    let address = routes::section_page(&page.section.slug, page.page);
    let mut head = Head::of_page(frame, &[&numbered, site], description, &address, "website");
    head.add("ColumnName", name);
    head.add("ColumnDescription", &page.description);
    head.add("ColumnKeywords", &page.keywords);
    head.add("ColumnType", &page.column_type);
    head
}
