//! `fuxian serve`.

use crate::{assets::Assets, config::Config, demo, failure::Failure, installation::Installation, web, work};
use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, ListenerExt},
};
use content::Actor;
use std::{future::IntoFuture, net::SocketAddr, sync::Arc, time::Duration};
use tokio::net::TcpListener;

/// Serves the site until the process is told to stop, then lets running requests end.
///
/// # Errors
/// A configuration, a database, assets or an address that cannot be used.
pub async fn run(config: &Config, empty: bool) -> Result<(), Failure> {
    let assets = Assets::find()?;
    let installation = Installation::open(config).await?;
    first_start(&installation, empty).await?;
    let listener = TcpListener::bind(config.addr)
        .await
        .map_err(|error| Failure::Run(format!("{}: cannot listen here: {error}", config.addr)))?;
    let addr = listener.local_addr().map_err(|error| Failure::Run(error.to_string()))?;
    if config.public_url.is_none() && addr.ip().is_unspecified() {
        tracing::warn!("public_url is not set: canonical links and the sitemap will say http://{addr}");
    }
    let public_url: Arc<str> = config.public_url.clone().unwrap_or_else(|| format!("http://{addr}")).into();
    let proxies = config.trusted_proxies.clone().into();
    let router = web::router(&installation, assets, Arc::clone(&public_url), addr, proxies);
    // From here on a signal is heard, so that whoever reads the next line may send one.
    let stop = stop_signal();
    say(&format!("Fuxian listens on http://{addr}"));
    // No password is anybody's default: as long as nobody can sign in and run the site, each start offers a way in.
    if let Some(link) = installation.store.set_up_link(&Actor::Operator).await? {
        say(&format!("Set up the first administrator within one hour: {public_url}{}", link.path));
    }
    let begun = installation.store.begin_missing_widths().await?;
    if begun > 0 {
        tracing::info!(begun, "pictures wait for their widths, which are made while the site is served");
    }
    work::begin(&installation);
    // Small answers leave at once: with Nagle's algorithm a streamed page waits for the client's acknowledgement.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
    });
    serve(listener, router, config.drain, stop).await?;
    installation.store.close().await?;
    tracing::info!("stopped");
    Ok(())
}

/// A line for whoever started this. That nobody listens (a closed pipe) is no reason to stop.
fn say(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    if let Err(error) = writeln!(out, "{line}").and_then(|()| out.flush()) {
        tracing::debug!(%error, "standard output");
    }
}

/// An empty database gets the demo site, or with `--empty` only its identity and sections.
async fn first_start(installation: &Installation, empty: bool) -> Result<(), Failure> {
    demo::found(installation).await?;
    if !empty && installation.store.is_untouched().await? {
        let articles = demo::load(installation).await?;
        tracing::info!(articles, "the database was empty: loaded the demo site");
    }
    Ok(installation.store.open_site(&Actor::Operator).await?)
}

async fn serve<L>(
    listener: L,
    router: axum::Router,
    drain: Duration,
    told_to_stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Failure>
where
    L: axum::serve::Listener<Addr = SocketAddr>,
    SocketAddr: for<'a> Connected<IncomingStream<'a, L>>,
{
    let (stop, mut stopping) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        told_to_stop.await;
        let _ = stop.send(true);
    });
    let mut drained = stopping.clone();
    let server = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            let _ = stopping.wait_for(|stop| *stop).await;
            tracing::info!("stopping: no new connections, running requests may end");
        });
    tokio::select! {
        ended = server.into_future() => ended.map_err(|error| Failure::Run(error.to_string())),
        () = async {
            let _ = drained.wait_for(|stop| *stop).await;
            tokio::time::sleep(drain).await;
        } => {
            tracing::warn!(seconds = drain.as_secs(), "requests did not end in time");
            Ok(())
        }
    }
}

/// SIGTERM or SIGINT, heard from the moment of the call.
#[cfg(unix)]
fn stop_signal() -> impl Future<Output = ()> + Send + 'static {
    use tokio::signal::unix::{SignalKind, signal};
    let heard = [SignalKind::terminate(), SignalKind::interrupt()].map(|kind| signal(kind).ok());
    async move {
        let waits = heard.into_iter().flatten().map(|mut signal| Box::pin(async move { signal.recv().await }));
        let waits: Vec<_> = waits.collect();
        if waits.is_empty() {
            std::future::pending::<()>().await;
        }
        futures::future::select_all(waits).await;
    }
}

/// The console's interrupt.
#[cfg(not(unix))]
async fn stop_signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
