//! Connections: how many there may be, how long they may be silent, HTTP/1 and over TLS also HTTP/2.

mod crowd;
mod tls;

pub use tls::Certificate;

use crate::{cache::PageCache, network::Network};
use axum::{body::Body, extract::ConnectInfo};
use crowd::{Crowd, Place};
use http::Request;
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
use std::{convert::Infallible, net::SocketAddr, pin::Pin, sync::Arc, time::Duration};
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;

/// How long the head of a request may take, from the moment at which the server waits for one: what is only half open and
/// what does nothing any more is closed then.
const HEAD: Duration = Duration::from_secs(20);

/// How long a client may take nothing of an answer that is being sent.
const STUCK: Duration = Duration::from_secs(30);

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
        let (crowd, graceful) = (Crowd::new(self.proxies), GracefulShutdown::new());
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
                () = &mut stop => break,
            };
            match crowd.enter(peer.ip()) {
                Ok(place) => {
                    let connection =
                        Connection { site: site.clone(), peer, watcher: graceful.watcher(), _place: place };
                    tokio::spawn(connection.run(stream, self.tls.clone()));
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
    watcher: Watcher,
    _place: Place,
}

impl Connection {
    async fn run(self, stream: TcpStream, tls: Option<TlsAcceptor>) {
        // Small answers leave at once: with Nagle's algorithm one waits for the client's acknowledgement of the last.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(STUCK));
        let stream = Box::pin(stream);
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
        builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(LARGEST_HEAD);
        let (site, peer) = (self.site, self.peer);
        let service = service_fn(move |request| answered(site.clone(), peer, request));
        ended(self.watcher.watch(builder.serve_connection(stream, service)).await);
    }

    async fn http2(self, stream: impl Read + Write + Unpin + Send + 'static) {
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .keep_alive_interval(HEAD)
            .keep_alive_timeout(HEAD)
            .max_concurrent_streams(STREAMS)
            .max_header_list_size(16 * 1024);
        let (site, peer) = (self.site, self.peer);
        let service = service_fn(move |request| answered(site.clone(), peer, request));
        ended(self.watcher.watch(builder.serve_connection(stream, service)).await);
    }
}

/// Clients go away as they like; only whoever looks for a fault wants to read of it.
fn ended(result: Result<(), hyper::Error>) {
    if let Err(error) = result {
        tracing::debug!(%error, "a connection ended");
    }
}

/// Boxed because a response in the making is large, and every connection would hold the room for one.
type Answer = Pin<Box<dyn Future<Output = Result<axum::response::Response, Infallible>> + Send>>;

fn answered(site: PageCache, peer: SocketAddr, request: Request<Incoming>) -> Answer {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    Box::pin(async move { Ok(site.answer(request).await) })
}
