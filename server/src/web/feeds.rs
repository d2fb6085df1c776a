//! What machines ask for: health, robots, the sitemap.

use super::{WebState, files::missing};
use app::context::Noted;
use axum::{
    Extension,
    extract::{ConnectInfo, Path, State},
    response::{IntoResponse, Response},
};
use content::{Actor, Shown, section::SectionKind};
use http::{HeaderMap, StatusCode, header};
use std::{fmt::Write, net::SocketAddr, sync::Arc};

/// Numbers of articles in one part of the sitemap: below the 50,000 addresses that <https://www.sitemaps.org/protocol.html>
/// allows in one file, with room for the sections.
const PART: i64 = 40_000;

/// Whether the server and its database answer.
pub async fn health(State(state): State<WebState>) -> Response {
    match state.installation.store.ping().await {
        Ok(()) => "ok\n".into_response(),
        Err(error) => unavailable(&error),
    }
}

/// What the page cache has done, for whoever watches this machine from itself: everybody else is told that nothing is here.
pub async fn metrics(
    State(state): State<WebState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    // What a proxy passes on comes from somewhere else, whether that proxy is known or not.
    let passed_on = ["x-forwarded-for", "forwarded", "via"].iter().any(|name| headers.contains_key(*name));
    if passed_on || !peer.ip().to_canonical().is_loopback() {
        return missing();
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], state.counters.prometheus()).into_response()
}

/// What crawlers may read: everything that is public but the print views, which repeat it.
pub async fn robots(State(state): State<WebState>) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /api/\nDisallow: /*/print$\nAllow: /\nSitemap: {}/sitemap.xml\n",
        state.public_url
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// The sitemap; where it would be too long for one file, the list of its parts.
pub async fn sitemap(State(state): State<WebState>, Extension(noted): Extension<Noted>) -> Response {
    noted.add([Shown::Articles]);
    let parts = match parts(&state).await {
        Ok(parts) => parts,
        Err(error) => return unavailable(&error),
    };
    if parts == 1 {
        return part(&state, 1).await;
    }
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for number in 1..=parts {
        let address = escaped(&format!("{}/sitemap/{number}.xml", state.public_url));
        let _ = writeln!(xml, "<sitemap><loc>{address}</loc></sitemap>");
    }
    xml.push_str("</sitemapindex>\n");
    as_xml(xml)
}

/// One part of the sitemap, `1.xml` first.
pub async fn sitemap_part(
    State(state): State<WebState>,
    Extension(noted): Extension<Noted>,
    Path(name): Path<String>,
) -> Response {
    noted.add([Shown::Articles]);
    let number = name.strip_suffix(".xml").filter(|n| !n.starts_with('0') && n.bytes().all(|b| b.is_ascii_digit()));
    match (number.and_then(|n| n.parse::<i64>().ok()), parts(&state).await) {
        (Some(number), Ok(parts)) if number <= parts => part(&state, number).await,
        (_, Err(error)) => unavailable(&error),
        _ => missing(),
    }
}

/// How many parts the sitemap has.
async fn parts(state: &WebState) -> store::Result<i64> {
    let newest = state.installation.store.newest_article(&Actor::Anonymous).await?;
    Ok((newest - 1).max(0) / PART + 1)
}

async fn part(state: &WebState, number: i64) -> Response {
    let store = &state.installation.store;
    let ids = (number - 1) * PART + 1..=number * PART;
    let (entries, sections) = match (store.sitemap(&Actor::Anonymous, ids).await, store.sections().await) {
        (Ok(entries), Ok(sections)) => (entries, sections),
        (Err(error), _) | (_, Err(error)) => return unavailable(&error),
    };
    let url: &Arc<str> = &state.public_url;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    if number == 1 {
        let _ = writeln!(xml, "<url><loc>{}/</loc></url>", escaped(url));
        // A page that stands is listed as its article, another site is not ours.
        for section in sections.into_iter().filter(|section| section.visible && section.kind == SectionKind::List) {
            let _ = writeln!(xml, "<url><loc>{}</loc></url>", escaped(&format!("{url}/{}", section.link.slug)));
        }
    }
    for entry in entries {
        let address = escaped(&format!("{url}/{}/{}", entry.slug, entry.id));
        let _ = writeln!(xml, "<url><loc>{address}</loc><lastmod>{}</lastmod></url>", entry.changed.rfc3339());
    }
    xml.push_str("</urlset>\n");
    as_xml(xml)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    content::document::html::escape(text, &mut out);
    out
}

fn as_xml(xml: String) -> Response {
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response()
}

fn unavailable(error: &store::Error) -> Response {
    tracing::error!(%error, "the database does not answer");
    let headers = [(header::RETRY_AFTER, "10"), (header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (StatusCode::SERVICE_UNAVAILABLE, headers, "the database does not answer\n").into_response()
}
