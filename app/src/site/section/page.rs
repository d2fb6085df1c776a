//! What the section is, the sections below it, its years, its articles, its pages.

use super::parts::{Children, Elsewhere, Empty, Entries, Years};
use crate::{
    routes,
    ui::{
        head::{Head, PageHead},
        pager::Pager,
        words,
    },
};
use content::{
    reading::{Frame, SectionPage},
    section::SectionKind,
};
use leptos::prelude::*;

/// A page of a section's list.
#[component]
pub fn SectionView(
    /// Who publishes.
    frame: Frame,
    /// The list.
    page: SectionPage,
) -> impl IntoView {
    let head = head(&frame, &page, &routes::section_page(&page.section.slug, page.page));
    let SectionPage {
        section,
        description,
        kind,
        external,
        template,
        parent,
        children,
        pinned,
        articles,
        page,
        pages,
        years,
        ..
    } = page;
    let slug = section.slug;
    let list = if kind == SectionKind::Link {
        view! { <Elsewhere name=section.name.clone() address=external/> }.into_any()
    } else if articles.is_empty() && pinned.is_empty() {
        // A section whose articles all stand below it is not an empty one.
        children.is_empty().then(|| view! { <Empty/> }).into_any()
    } else {
        let slug = slug.clone();
        let address = move |page| routes::section_page(&slug, page);
        view! { <Entries pinned articles template/><Pager page pages address/> }.into_any()
    };
    let above = parent.map(|parent| {
        let href = routes::section(&parent.slug);
        view! { <p class="section-above"><a href=href>{words::above(&parent.name)}</a></p> }
    });
    view! {
        <PageHead head/>
        <main id="main" tabindex="-1" class="section">
            <header class="section-head">
                {above}
                <h1>{section.name.clone()}</h1>
                {(!description.is_empty()).then(|| view! { <p class="section-about">{description}</p> })}
                <Years slug years page/>
            </header>
            <div class="section-body">
                <Children name=section.name children/>
                {list}
            </div>
        </main>
    }
}

/// The head of a section's page, to be kept under this address.
pub(super) fn head(frame: &Frame, page: &SectionPage, address: &str) -> Head {
    let site = &frame.identity.name;
    let name = &page.section.name;
    let numbered = words::page_of_list(name, page.page);
    let own = words::section_description(site, name);
    let description = if page.description.is_empty() { &own } else { &page.description };
    let mut head = Head::of_page(frame, &[&numbered, site], description, address, "website");
    head.add("ColumnName", name);
    head.add("ColumnDescription", &page.description);
    head.add("ColumnKeywords", &page.keywords);
    head.add("ColumnType", &page.column_type);
    if let Some(emblem) = &frame.emblem {
        head.add_picture(frame, emblem);
    }
    // What stands on another site is found there.
    if page.kind == SectionKind::Link { head.hidden() } else { head }
}
