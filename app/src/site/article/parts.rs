//! The parts of an article's page that screen and paper share, and the ways from it to others.

use super::Reading;
use crate::{
    routes,
    ui::{head::Head, words},
};
use content::{
    article::Fields,
    reading::{ArticleLink, Frame},
    section::SectionLink,
};
use leptos::prelude::*;

/// Where the article stands.
#[component]
pub fn Way(
    /// The article's section.
    section: SectionLink,
) -> impl IntoView {
    let href = routes::section(&section.slug);
    view! {
        <nav class="way" aria-label=words::WAY>
            <ol>
                <li><a href="/">{words::HOME}</a></li>
                <li><a href=href>{section.name}</a></li>
                <li><span aria-current="page">{words::TEXT}</span></li>
            </ol>
        </nav>
    }
}

/// Title, meta line, text and origin.
#[component]
pub fn Text(
    /// The article.
    reading: Reading,
    /// Where readers know the site.
    public_url: String,
    /// The sizes of text, at the end of the meta line.
    sizes: Option<AnyView>,
) -> impl IntoView {
    let Reading { page, body, .. } = reading;
    let address = [public_url, page.link.address()].concat();
    let (at, time) = (page.link.shown.rfc3339().to_owned(), page.link.shown.date_time());
    let corrected = page.corrected.map(|time| {
        let at = time.rfc3339().to_owned();
        view! { <span>{words::CORRECTED}<time datetime=at>{time.to_the_minute()}</time></span> }
    });
    let Fields { title, subtitle, byline, dateline, source, author, editor, .. } = page.fields;
    let origin = labelled(words::SOURCE, &source);
    let meta = [labelled(words::SOURCE, &source), labelled(words::AUTHOR, &author), labelled(words::EDITOR, &editor)];
    view! {
        <h1>{title}</h1>
        {(!subtitle.is_empty()).then(|| view! { <p class="article-subtitle">{subtitle}</p> })}
        {(!byline.is_empty()).then(|| view! { <p class="article-byline">{words::bracketed(&byline)}</p> })}
        <div class="article-meta">
            <time datetime=at>{time}</time>
            {meta.into_iter().flatten().map(|text| view! { <span>{text}</span> }).collect_view()}
            {corrected}
            {sizes}
        </div>
        {(!dateline.is_empty()).then(|| view! { <p class="article-dateline">{dateline}</p> })}
        <div class="article-body" inner_html=body></div>
        <footer class="article-origin">
            {origin.map(|text| view! { <p>{text}</p> })}
            <p>{[words::URL, &address].concat()}</p>
        </footer>
    }
}

fn labelled(label: &str, text: &str) -> Option<String> {
    (!text.is_empty()).then(|| [label, text].concat())
}

/// The articles before and after in the section; nothing where there is neither.
#[component]
pub fn Neighbours(
    /// The next newer one.
    newer: Option<ArticleLink>,
    /// The next older one.
    older: Option<ArticleLink>,
) -> impl IntoView {
    let way = |rel: &'static str, name: &'static str, link: ArticleLink| {
        let href = link.address();
        view! { <a rel=rel href=href><span>{name}</span>{link.title}</a> }
    };
    (newer.is_some() || older.is_some()).then(|| {
        view! {
            <nav class="neighbours" aria-label=words::NEIGHBOURS>
                {newer.map(|link| way("prev", words::NEWER, link))}
                {older.map(|link| way("next", words::OLDER, link))}
            </nav>
        }
    })
}

/// The head of the article's page and of its print view: both say that the article's own page is the one to keep.
pub fn head(frame: &Frame, reading: &Reading) -> Head {
    let Reading { page, description, .. } = reading;
    let (link, fields) = (&page.link, &page.fields);
    let parts = [fields.title.as_str(), &link.section.name, &frame.identity.name];
    let address = link.address();
    let mut head = Head::of_page(frame, &parts, description, &address, "article");
    head.add_property("article:published_time", link.shown.rfc3339());
    head.add("ArticleTitle", &fields.title);
    head.add("PubDate", &link.shown.to_the_minute());
    head.add("ContentSource", &fields.source);
    head.add("Keywords", &fields.keywords);
    head.add("Author", if fields.author.is_empty() { &fields.editor } else { &fields.author });
    // The norm's own tag beside the one that the rest of the web reads: its checkers compare letters.
    head.add("Description", description);
    if let Some(picture) = &page.picture {
        let url = head.add_picture(frame, picture);
        head.add("Image", &url);
    } else if let Some(emblem) = &frame.emblem {
        // A card has a picture all the same; the article itself has none.
        head.add_picture(frame, emblem);
    }
    head.add("Url", &[&frame.public_url, address.as_str()].concat());
    head
}
