//! The record as a file that a spreadsheet opens, streamed: as much memory for a hundred entries as for a million.

use super::WebState;
use crate::network::client;
use app::{
    admin::{
        record::{csv, filters},
        words,
    },
    context,
    error::AppError,
};
use axum::{
    body::Body,
    extract::{ConnectInfo, RawQuery, State},
    response::{IntoResponse, Response},
};
use content::{Refusal, permission::Action};
use futures::stream;
use http::{HeaderMap, HeaderValue, header};
use std::net::SocketAddr;
use store::{audit::Pieces, unix_now};

/// Where the file is asked for; its query is that of the room.
pub const EXPORT: &str = "/admin/record.csv";

/// The entries that a filter leaves, as CSV. Answers in words where it may not be had.
pub async fn export(
    State(state): State<WebState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let address = client(peer.ip(), &headers, &state.proxies).to_string();
    match begin(&state, &headers, query.as_deref().unwrap_or_default(), &address).await {
        Ok(pieces) => file(&state, pieces),
        Err(error) => {
            let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
            (error.status(), headers, [words::error(&error).as_str(), "\n"].concat()).into_response()
        }
    }
}

async fn begin(state: &WebState, headers: &HeaderMap, query: &str, address: &str) -> Result<Pieces, AppError> {
    // A link on another site must not make an administrator's browser fetch it: that would be recorded as their doing.
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if matches!(site, Some(b"cross-site" | b"same-site")) {
        return Err(AppError::Refused(Refusal::NotAllowed { action: Action::ReadRecord }));
    }
    let store = &state.installation.store;
    let token = context::token(headers, &state.public_url).ok_or(AppError::Refused(Refusal::SignedOut))?;
    let session = context::answer_private(store.session(&token).await)?;
    let actor = session.ok_or(AppError::Refused(Refusal::SignedOut))?.actor;
    let filter = filters::read_query(query);
    context::answer_private(store.export_record(&actor, &filter, address).await)
}

fn file(state: &WebState, pieces: Pieces) -> Response {
    let day = state.installation.store.zone().shown(unix_now());
    let head = stream::iter([Ok(csv::head())]);
    // An error in the middle cuts the connection, so that half a file is not taken for a whole one.
    let lines = stream::try_unfold(pieces, async |mut pieces: Pieces| {
        let piece = pieces.next().await?;
        Ok::<_, store::Error>(piece.map(|rows| (rows.iter().map(csv::line).collect::<String>(), pieces)))
    });
    let mut response = Response::new(Body::from_stream(stream::StreamExt::chain(head, lines)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // RFC 8187: the name for those who read it, and a plain one for those who do not.
    let name = format!(
        "attachment; filename=\"record-{day}.csv\"; filename*=UTF-8''{}-{day}.csv",
        filters::encoded(csv::NAME),
        day = day.date()
    );
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}
