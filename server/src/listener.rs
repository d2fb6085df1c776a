//! Connections: how many there may be, how long they may be silent, HTTP/1 and over TLS also HTTP/2.

mod crowd;
mod pulse;
mod sent;
mod tls;

pub use tls::Certificate;

use crate::{cache::PageCache, network::Network};
use axum::{body::Body, extract::ConnectInfo};
use crowd::{Crowd, Place};
use futures::future::{Either, Ready, ready};
use http::{Request, Response};
use hyper::{
    body::Incoming,
    rt::{Read, Write},
    server::conn::{http1, http2},
    service::service_fn,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
};
use pulse::{Pulse, Ward, Watched};
use sent::Sent;
use std::{convert::Infallible, net::SocketAddr, pin::Pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{Instant, MissedTickBehavior, interval_at},
};
use tokio_rustls::TlsAcceptor;

/// How often a client of HTTP/2 that says nothing is asked whether it is still there, and how long it has to say so.
const ASKED: Duration = Duration::from_secs(20);

/// How often silent connections are looked for: `pulse` counts in it.
const SECOND: Duration = Duration::from_secs(1);

/// How long the greeting of TLS may take.
const GREETING: Duration = Duration::from_secs(10);

/// How long nothing is accepted after the system had no room for a connection.
const NO_ROOM: Duration = Duration::from_millis(100);

/// Answers that one client of HTTP/2 may wait for at once.
const STREAMS: u32 = 128;

/// The longest head of a request, in bytes.
const LARGEST_HEAD: usize = 64 * 1024;

/// Where connections come in.
pub struct Listener {
    /// The open socket.
    pub socket: TcpListener,
    /// What greets clients; `None` speaks without TLS.
    pub tls: Option<TlsAcceptor>,
    /// Who may have as many connections as it likes: it speaks for others.
    pub proxies: Arc<[Network]>,
    /// How long running requests have to end.
    pub drain: Duration,
}

impl Listener {
    /// Serves until it is told to stop, then lets running requests end.
    pub async fn serve(self, site: PageCache, stop: impl Future<Output = ()>) {
        let (crowd, ward, graceful) = (Crowd::new(self.proxies), Ward::default(), GracefulShutdown::new());
        let mut seconds = interval_at(Instant::now() + SECOND, SECOND);
        seconds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        tokio::pin!(stop);
        loop {
            let (stream, peer) = tokio::select! {
                accepted = self.socket.accept() => match accepted {
                    Ok(accepted) => accepted,
                    Err(error) => {
                        tracing::warn!(%error, "a connection could not be accepted");
                        tokio::time::sleep(NO_ROOM).await;
                        continue;
                    }
                },
                _ = seconds.tick() => {
                    ward.second();
                    continue;
                }
                () = &mut stop => break,
            };
            match crowd.enter(peer.ip()) {
                Ok(place) => {
                    let (pulse, watcher) = (ward.pulse(), graceful.watcher());
                    let connection =
                        Connection { site: site.clone(), peer, pulse: pulse.clone(), watcher, _place: place };
                    let task = tokio::spawn(connection.run(stream, self.tls.clone()));
                    ward.watch(&pulse, task.abort_handle());
                }
                Err(full) => full.say(&stream, self.tls.is_some()),
            }
        }
        drop(self.socket);
        tracing::info!("stopping: no new connections, running requests may end");
        if tokio::time::timeout(self.drain, graceful.shutdown()).await.is_err() {
            tracing::warn!(seconds = self.drain.as_secs(), "requests did not end in time");
        }
    }
}

/// One connection with its place in the crowd.
struct Connection {
    site: PageCache,
    peer: SocketAddr,
    pulse: Pulse,
    watcher: Watcher,
    _place: Place,
}

impl Connection {
    async fn run(self, stream: TcpStream, tls: Option<TlsAcceptor>) {
        // Small answers leave at once: with Nagle's algorithm one waits for the client's acknowledgement of the last.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
        let stream = Watched::new(stream, self.pulse.clone());
        let Some(tls) = tls else { return self.http1(TokioIo::new(stream)).await };
        match tokio::time::timeout(GREETING, tls.accept(stream)).await {
            Ok(Ok(stream)) if stream.get_ref().1.alpn_protocol() == Some(tls::HTTP_2) => {
                self.http2(TokioIo::new(stream)).await;
            }
            Ok(Ok(stream)) => self.http1(TokioIo::new(stream)).await,
            Ok(Err(error)) => tracing::debug!(%error, "TLS"),
            Err(_) => tracing::debug!("TLS: the greeting took too long"),
        }
    }

    async fn http1(self, stream: impl Read + Write + Unpin + Send + 'static) {
        let mut builder = http1::Builder::new();
        // Silence is what the pulse is for.
        builder.header_read_timeout(None).max_buf_size(LARGEST_HEAD);
        let (site, peer, pulse) = (self.site, self.peer, self.pulse);
        let service = service_fn(move |request| {
            pulse.work();
            answered(&site, peer, request, Some(pulse.clone()))
        });
        ended(self.watcher.watch(builder.serve_connection(stream, service)).await);
    }

    async fn http2(self, stream: impl Read + Write + Unpin + Send + 'static) {
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .keep_alive_interval(ASKED)
            .keep_alive_timeout(ASKED)
            .max_concurrent_streams(STREAMS)
            .max_header_list_size(16 * 1024);
        let (site, peer) = (self.site, self.peer);
        // Its many answers have no common end: who is silent is asked, and only who takes nothing is watched.
        self.pulse.work();
        let service = service_fn(move |request| answered(&site, peer, request, None));
        ended(self.watcher.watch(builder.serve_connection(stream, service)).await);
    }
}

/// Clients go away as they like; only whoever looks for a fault wants to read of it.
fn ended(result: Result<(), hyper::Error>) {
    if let Err(error) = result {
        tracing::debug!(%error, "a connection ended");
    }
}

type Answer = Result<Response<Sent>, Infallible>;

/// What has to be made is boxed: it is large, and every connection would hold the room for it.
type Making = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// A page that is kept is answered where it is asked for, without a task, a box or a timer.
fn answered(
    site: &PageCache,
    peer: SocketAddr,
    request: Request<Incoming>,
    pulse: Option<Pulse>,
) -> Either<Ready<Answer>, Making> {
    if let Some(kept) = site.kept(request.method(), request.uri(), request.headers()) {
        return Either::Left(ready(Ok(kept.map(|bytes| Sent::kept(bytes, pulse)))));
    }
    let site = site.clone();
    Either::Right(Box::pin(async move {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        Ok(site.answer(request).await.map(|body| Sent::made(body, pulse)))
    }))
}
