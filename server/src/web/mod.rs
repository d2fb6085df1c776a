//! The web server: every address in one function, and what surrounds every answer.

mod api;
mod edge;
mod feeds;
mod files;
mod foreign;
mod last_resort;
mod moving;
mod policy;
mod record;
mod uploads;
mod word;

use crate::{
    assets::Assets,
    cache::{self, Counters},
    installation::Installation,
    network::Network,
};
use app::{App, context::AppContext, shell};
use axum::{
    Router,
    extract::FromRef,
    middleware,
    routing::{get, head, post},
};
use leptos::config::{Env, LeptosOptions};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use std::{net::SocketAddr, sync::Arc};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, Predicate},
    },
};

/// What handlers are given.
#[derive(Clone, FromRef)]
pub struct WebState {
    /// What Leptos renders with.
    pub options: LeptosOptions,
    /// The database and the media store.
    pub installation: Installation,
    /// The client's build.
    pub assets: Arc<Assets>,
    /// Where readers know the site, without a slash at the end.
    pub public_url: Arc<str>,
    /// Whose word about where a request came from is taken.
    pub proxies: Arc<[Network]>,
    /// What the page cache has done.
    pub counters: Counters,
}

/// All addresses of the site.
pub fn router(
    installation: &Installation,
    assets: Assets,
    public_url: Arc<str>,
    addr: SocketAddr,
    proxies: Arc<[Network]>,
    counters: Counters,
) -> Router {
    let options = LeptosOptions::builder()
        .output_name("fuxian")
        .site_pkg_dir(assets.pkg_dir.as_str())
        .site_addr(addr)
        .reload_port(std::env::var("LEPTOS_RELOAD_PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(3001))
        .env(if assets.build.is_some() { Env::PROD } else { Env::DEV })
        .build();
    let (watched, client) = (assets.build.is_none(), assets.admin());
    let state = WebState {
        options: options.clone(),
        installation: installation.clone(),
        assets: Arc::new(assets),
        public_url: Arc::clone(&public_url),
        proxies,
        counters,
    };
    let csrf = foreign::layer(&public_url);
    let context = AppContext { store: installation.store.clone(), files: Arc::clone(&installation.files), public_url };
    let provide = move || leptos::prelude::provide_context(context.clone());
    let render = move || shell(options.clone(), &client);
    cache::install();
    Router::new()
        .leptos_routes_with_context(&state, generate_route_list(App), provide.clone(), render.clone())
        .route("/healthz", get(feeds::health))
        .route("/metrics", get(feeds::metrics))
        .route("/robots.txt", get(feeds::robots))
        .route("/sitemap.xml", get(feeds::sitemap))
        .route("/sitemap/{part}", get(feeds::sitemap_part))
        .route("/media/{key}", get(files::media))
        .route(record::EXPORT, get(record::export))
        .route(moving::OLD_PAGE, get(moving::old_page))
        .route(word::READ_WORD, post(word::read))
        .route(uploads::DIRECT, post(uploads::upload))
        .route(uploads::UPLOADS, post(uploads::begin).options(uploads::discover))
        .route(
            &format!("{}/{{id}}", uploads::UPLOADS),
            head(uploads::look).patch(uploads::send).delete(uploads::cancel).options(uploads::discover),
        )
        .fallback(render_app_async_with_context(provide, render))
        .layer(middleware::map_response_with_state(policy::Watched(watched), policy::pages))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(files::is_no_media)))
        .layer(middleware::from_fn_with_state(state.clone(), edge::addresses))
        .layer(csrf)
        .layer(middleware::from_fn_with_state(state.clone(), foreign::note))
        .layer(CatchPanicLayer::custom(last_resort::panicked))
        .layer(middleware::from_fn(edge::in_time))
        .layer(middleware::map_response(last_resort::words))
        .merge(api::router())
        .layer(middleware::map_response(edge::headers))
        .with_state(state)
}
