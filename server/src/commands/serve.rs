//! `fuxian serve`.

use crate::{
    assets::Assets,
    cache::{Counters, PageCache},
    config::Config,
    demo,
    failure::Failure,
    installation::Installation,
    listener::{Certificate, Listener},
    network::Network,
    web, work,
};
use content::Actor;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves the site until the process is told to stop, then lets running requests end.
///
/// # Errors
/// A configuration, a database, assets or an address that cannot be used.
pub async fn run(config: &Config, empty: bool) -> Result<(), Failure> {
    let tls = config.certificate.as_ref().map(Certificate::acceptor).transpose()?;
    let mut assets = Assets::find()?;
    let installation = Installation::open(config).await?;
    if let Err(error) = assets.keep(&config.data) {
        tracing::warn!(%error, "the client's build was not kept for the time after the next one");
    }
    first_start(&installation, empty).await?;
    let socket = TcpListener::bind(config.addr)
        .await
        .map_err(|error| Failure::Run(format!("{}: cannot listen here: {error}", config.addr)))?;
    let addr = socket.local_addr().map_err(|error| Failure::Run(error.to_string()))?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    if config.public_url.is_none() && addr.ip().is_unspecified() {
        tracing::warn!("public_url is not set: canonical links and the sitemap will say {scheme}://{addr}");
    }
    let public_url: Arc<str> = config.public_url.clone().unwrap_or_else(|| format!("{scheme}://{addr}")).into();
    let proxies: Arc<[Network]> = config.trusted_proxies.clone().into();
    // From here on a signal is heard, so that whoever reads the next line may send one.
    let stop = stop_signal();
    say(&format!("Fuxian listens on {scheme}://{addr}"));
    // No password is anybody's default: as long as nobody can sign in and run the site, each start offers a way in.
    if let Some(link) = installation.store.set_up_link(&Actor::Operator).await? {
        say(&format!("Set up the first administrator within one hour: {public_url}{}", link.path));
    }
    let begun = installation.store.begin_missing_widths().await?;
    if begun > 0 {
        tracing::info!(begun, "pictures wait for their widths, which are made while the site is served");
    }
    let mut work = work::begin(&installation);
    let counters = Counters::default();
    let router =
        web::router(&installation, assets, Arc::clone(&public_url), addr, Arc::clone(&proxies), counters.clone());
    let site = PageCache::before(router, installation.store.clone(), config.cache, counters).await?;
    Listener { socket, tls, proxies, drain: config.drain }.serve(site, stop).await;
    work.shutdown().await;
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
