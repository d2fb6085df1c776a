//! Connections: TLS with HTTP/2, silence, and how many there may be.

use crate::harness::{Server, run, text};
use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use std::{
    io::{Read, Write},
    net::TcpStream,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

/// A certificate for localhost that was made for these tests and is trusted by nobody else.
fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn with_tls() -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let line = format!("tls_certificate = {:?}\ntls_key = {:?}\n", fixture("localhost.pem"), fixture("localhost.key"));
    std::fs::write(folder.path().join("Leptos.toml"), line).unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    (folder, server)
}

async fn greeted(server: &Server, protocol: &[u8]) -> tokio_rustls::client::TlsStream<tokio::net::TcpStream> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(fixture("localhost.pem")).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let stream = tokio::net::TcpStream::connect(&server.addr).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    tokio_rustls::TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap()
}

#[tokio::test]
async fn http_2_is_spoken_over_tls_and_many_pages_share_a_connection() {
    let (_folder, server) = with_tls();
    let stream = greeted(&server, b"h2").await;
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let mut answers = Vec::new();
    for path in ["/", "/yaowen", "/healthz", "/nowhere"] {
        let uri = format!("https://localhost{path}");
        let request = http::Request::builder().uri(uri).header("accept-encoding", "br").body(Empty::<Bytes>::new());
        answers.push((path, sender.send_request(request.unwrap())));
    }
    for (path, answer) in answers {
        let answer = answer.await.unwrap();
        let status = if path == "/nowhere" { 404 } else { 200 };
        assert_eq!((answer.version(), answer.status().as_u16()), (http::Version::HTTP_2, status), "{path}");
        let encoding = answer.headers().get("content-encoding").cloned();
        assert_eq!(encoding.is_some(), path != "/healthz", "{path}");
        assert!(!answer.into_body().collect().await.unwrap().to_bytes().is_empty(), "{path}");
    }
}

#[tokio::test]
async fn who_knows_no_http_2_gets_http_1_over_tls() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let (_folder, server) = with_tls();
    let mut stream = greeted(&server, b"http/1.1").await;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    assert!(text(&bytes).starts_with("HTTP/1.1 200 OK"), "{}", text(&bytes));
}

#[test]
fn a_certificate_that_cannot_be_used_ends_the_start_with_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let configured = |certificate: &str, key: &str| {
        let line = |key: &str, path: &str| if path.is_empty() { String::new() } else { format!("{key} = {path:?}\n") };
        let toml = line("tls_certificate", certificate) + &line("tls_key", key);
        std::fs::write(folder.path().join("Leptos.toml"), toml).unwrap();
        let out = run(folder.path(), &["serve", "--empty", "--addr", "127.0.0.1:0"]);
        (out.status.code(), text(&out.stderr))
    };
    let (pem, key) = (fixture("localhost.pem"), fixture("localhost.key"));
    let (pem, key) = (pem.to_str().unwrap(), key.to_str().unwrap());
    for (certificate, key, expected) in [
        (pem, "", "stands without tls_key"),
        ("", key, "stands without tls_certificate"),
        ("nothing.pem", key, "nothing.pem"),
        (pem, pem, "localhost.pem"),
        (key, key, "it holds no certificate"),
    ] {
        let (code, error) = configured(certificate, key);
        let last = error.lines().last().unwrap_or_default();
        assert!(code == Some(2) && last.contains(expected), "{certificate} {key}: {code:?} {error}");
    }
}

#[test]
fn a_connection_that_says_nothing_is_closed_and_others_do_not_wait_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    let began = Instant::now();
    let mut silent: Vec<TcpStream> = (0..100).map(|_| TcpStream::connect(&server.addr).unwrap()).collect();
    for half in silent.iter_mut().take(50) {
        half.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ").unwrap();
    }
    assert_eq!(server.get("/").status, 200);
    for stream in &mut silent {
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        assert!(rest.is_empty() || text(&rest).starts_with("HTTP/1.1 408"), "{}", text(&rest));
    }
    let waited = began.elapsed();
    assert!((Duration::from_secs(15)..Duration::from_secs(40)).contains(&waited), "{waited:?}");
}

#[test]
fn one_address_that_takes_too_many_connections_is_told_when_to_come_again() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    let held: Vec<TcpStream> = (0..512).map(|_| TcpStream::connect(&server.addr).unwrap()).collect();
    let refused = loop {
        // Those before it may not have been accepted yet.
        let mut one_more = TcpStream::connect(&server.addr).unwrap();
        one_more.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        let mut bytes = Vec::new();
        if one_more.read_to_end(&mut bytes).is_ok() && !bytes.is_empty() {
            break text(&bytes);
        }
    };
    assert!(refused.starts_with("HTTP/1.1 429") && refused.contains("Retry-After: 5"), "{refused}");
    drop(held);
    let until = Instant::now() + Duration::from_secs(10);
    while TcpStream::connect(&server.addr).is_err() || Instant::now() < until && !answers(&server) {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(answers(&server), "places are given back");
}

fn answers(server: &Server) -> bool {
    let mut stream = TcpStream::connect(&server.addr).unwrap();
    write!(stream, "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    text(&bytes).starts_with("HTTP/1.1 200")
}
