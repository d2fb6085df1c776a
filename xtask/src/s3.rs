//! A server that speaks S3 for the tests of the media store: moto, installed from PyPI into the cache, started on a free
//! port, gone when the tests are. Without Python the tests run on a folder alone, and say so.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::command::{is_program, on_path, program, run};
use crate::failure::{Outcome, Told};
use crate::place::Place;
use crate::setup;

/// Which moto, and with it which S3.
const PACKAGE: &str = "moto[server]==5.2.5";
const BUCKET: &str = "fuxian";

/// Starts the server and waits until its standard input ends, which it does also when we are killed.
const GUARDIAN: &str = r#"
"$1" -H 127.0.0.1 -p "$2" </dev/null >/dev/null 2>&1 &
server=$!
read -r _
kill "$server"
wait "$server"
"#;

/// The server, until it is dropped.
pub struct S3 {
    /// Where the tests find the bucket.
    pub url: String,
    guardian: Option<Child>,
}

impl S3 {
    /// Takes the bucket that FUXIAN_TEST_S3 names, or starts a server. None, said in words, where there can be none.
    pub fn start(place: &Place) -> Option<Self> {
        if let Some(url) = std::env::var("FUXIAN_TEST_S3").ok().filter(|url| !url.is_empty()) {
            println!("s3: FUXIAN_TEST_S3 names the bucket");
            return Some(Self { url, guardian: None });
        }
        match started(place) {
            Ok(server) => Some(server),
            Err(failure) => {
                println!("s3: the media store is tested in a folder alone, because there is no server: {failure}");
                None
            }
        }
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        if let Some(guardian) = &mut self.guardian {
            // The end of its input tells the guardian to stop the server.
            drop(guardian.stdin.take());
            let _ = guardian.wait();
        }
    }
}

fn started(place: &Place) -> Outcome<S3> {
    let start = Instant::now();
    let moto = find(place)?;
    let listener = TcpListener::bind("127.0.0.1:0").told("no free port on 127.0.0.1")?;
    let address = listener.local_addr().told("no free port on 127.0.0.1")?;
    drop(listener);
    let mut shell = Command::new("sh");
    shell.args(["-c", GUARDIAN, "fuxian-s3"]).arg(&moto).arg(address.port().to_string());
    // A group of its own: Ctrl-C ends us, and our end is what it waits for.
    shell.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let guardian = Some(shell.spawn().told("the guardian of the S3 server cannot be started")?);
    let server = S3 { url: format!("http://{address}/{BUCKET}"), guardian };
    let deadline = Instant::now() + Duration::from_secs(60);
    while !make_bucket(address) {
        if Instant::now() > deadline {
            return Err(format!("{} did not answer on {address} within a minute", moto.display()).into());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    println!("s3: {} on {address}, after {:.1} s", moto.display(), start.elapsed().as_secs_f64());
    Ok(server)
}

/// The program, installed if need be.
fn find(place: &Place) -> Outcome<PathBuf> {
    let folder = place.cache.join("moto");
    let moto = folder.join("bin/moto_server");
    if !is_program(&moto) {
        let python = on_path("python3").ok_or("python3 is not on PATH")?;
        let why = "the media store is tested in a bucket as well as in a folder";
        setup::install(&format!("an S3 server (PyPI {PACKAGE})"), why, "about half a minute", || {
            run(program(place, python).args(["-m", "venv"]).arg(&folder))?;
            let quietly = ["install", "--quiet", "--disable-pip-version-check"];
            run(program(place, folder.join("bin/pip")).args(quietly).arg(PACKAGE))
        })?;
    }
    if is_program(&moto) { Ok(moto) } else { Err(format!("{} is not there", moto.display()).into()) }
}

/// Whether the bucket is there now.
fn make_bucket(address: SocketAddr) -> bool {
    let made = || {
        let mut stream = TcpStream::connect(address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        // It looks at the shape of a signature and believes it.
        let signed =
            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
        let head = format!(
            "PUT /{BUCKET} HTTP/1.1\r\nHost: {address}\r\nAuthorization: {signed}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        answer.split(' ').nth(1).map(|status| status == "200")
    };
    made().unwrap_or(false)
}
