//! Requests that another site makes our readers' browsers send: refused by what the browser says of their origin
//! (`Sec-Fetch-Site`, `Origin`), and noted. What is no browser sends neither and has nobody's cookie.

use super::WebState;
use axum::{
    body::Body,
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use std::net::SocketAddr;
use tower_http::csrf::{CsrfLayer, ProtectionError};

/// What marks the answer to a request that was refused here.
#[derive(Clone, Copy)]
struct Foreign;

/// Refuses what changes something and comes from another site.
pub fn layer(public_url: &str) -> CsrfLayer<impl Fn(ProtectionError) -> Response + Clone + use<>> {
    let refuse = |_: ProtectionError| {
        let mut response = (StatusCode::FORBIDDEN, "this request comes from another site\n").into_response();
        response.extensions_mut().insert(Foreign);
        response
    };
    let layer = CsrfLayer::new();
    // Behind a proxy the host of a request may be another one than readers see.
    match layer.clone().add_trusted_origin(public_url) {
        Ok(layer) => layer,
        Err(_) => layer,
    }
    .with_rejection_response(refuse)
}

/// Notes in the audit what was refused, at most once a minute for each address.
pub async fn note(State(state): State<WebState>, request: Request<Body>, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let address = peer.map(|peer| crate::network::client(peer, request.headers(), &state.proxies).to_string());
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    if response.extensions().get::<Foreign>().is_some() {
        let store = state.installation.store.clone();
        tokio::spawn(async move {
            if let Err(error) = store.note_foreign_request(&path, &address.unwrap_or_default()).await {
                tracing::warn!(%error, "a request of another site was not noted");
            }
        });
    }
    response
}
