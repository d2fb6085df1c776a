//! Photographs on their way into the library: four people send fifty each. How long until the last one is usable, until
//! the last one has all its widths, and what the server takes of memory meanwhile.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::bench::desk::Desk;
use crate::bench::figures::percentile;
use crate::bench::http::{Answer, answer, connect};
use crate::bench::memory;
use crate::bench::photographs::photograph;
use crate::bench::rows::{Report, Row};
use crate::bench::server::{CACHE, Serve};
use crate::failure::{Failure, Outcome, Told};

const CONNECTIONS: u64 = 4;
/// How long the server is left alone before its memory is read.
const IDLE: Duration = Duration::from_secs(5);
/// How long widths may take before the bench gives up.
const LONGEST: Duration = Duration::from_secs(1_800);

/// Sends the photographs to a server of its own.
pub fn measure(serve: &Serve, data: &Path, photographs: u64, report: &mut Report) -> Outcome {
    let server = serve.start(data, CACHE)?;
    let mut desk = Desk::open(serve.fuxian, &server)?;
    until_made(&mut desk)?;
    let (cookie, _) = desk.open_article();
    let cookie = cookie.to_owned();
    let files: Vec<Vec<u8>> = (0..photographs).map(photograph).collect();
    let bytes: usize = files.iter().map(Vec::len).sum();
    let start = Instant::now();
    let shares = (0..CONNECTIONS).map(|n| files.iter().skip(n as usize).step_by(CONNECTIONS as usize));
    let sent: Vec<Outcome<Vec<u64>>> = std::thread::scope(|scope| {
        let (host, cookie) = (server.side.host.as_str(), cookie.as_str());
        let threads: Vec<_> =
            shares.map(|share| scope.spawn(move || send_all(host, cookie, share.map(Vec::as_slice)))).collect();
        let died = |_| Err(Failure::from("a connection's thread died"));
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(died)).collect()
    });
    let usable = start.elapsed();
    let mut micros = sent.into_iter().collect::<Outcome<Vec<_>>>()?.concat();
    micros.sort_unstable();
    until_made(&mut desk)?;
    let made = start.elapsed();
    let what = format!("{photographs} photographs of 12 megapixels, {:.0} MB", bytes as f64 / 1e6);
    report.add(Row::one(format!("{what}: all usable after"), "s", usable.as_secs_f64()));
    report.add(Row::one("one of them usable after, p50", "ms", percentile(&micros, 50.0) as f64 / 1000.0));
    report.add(Row::one("one of them usable after, p99", "ms", percentile(&micros, 99.0) as f64 / 1000.0));
    report.add(Row::one("all widths made after", "s", made.as_secs_f64()));
    report.memory("memory meanwhile, most (RSS)", memory::peak(server.pid()), None);
    std::thread::sleep(IDLE);
    report.memory("memory idle afterwards (PSS)", memory::shared(server.pid()), None);
    Ok(())
}

fn send_all<'a>(host: &str, cookie: &str, files: impl Iterator<Item = &'a [u8]>) -> Outcome<Vec<u64>> {
    let mut micros = Vec::new();
    for file in files {
        let start = Instant::now();
        send(host, cookie, file)?;
        micros.push(start.elapsed().as_micros() as u64);
    }
    Ok(micros)
}

/// One file as the library's client sends it: begun, and in one part.
fn send(host: &str, cookie: &str, file: &[u8]) -> Outcome {
    let mut stream = connect(host)?;
    let mut ask = |method: &str, path: &str, headers: &str, body: &[u8]| -> Outcome<Answer> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: {cookie}\r\nTus-Resumable: 1.0.0\r\nContent-Length: {}\r\n{headers}\r\n",
            body.len()
        );
        stream.get_mut().write_all(head.as_bytes()).told(format!("{path} cannot be asked"))?;
        stream.get_mut().write_all(body).told(format!("{path} takes no bytes"))?;
        let answer = answer(&mut stream).told(format!("{path} gave no proper answer"))?;
        match answer.status {
            200..=204 => Ok(answer),
            other => Err(format!("{path} answered {other}: {}", String::from_utf8_lossy(&answer.body)).into()),
        }
    };
    // `photo.jpg` in base64.
    let begin = format!("Upload-Length: {}\r\nUpload-Metadata: filename cGhvdG8uanBn\r\n", file.len());
    let begun = ask("POST", "/api/uploads", &begin, b"")?;
    let path = begun.location.ok_or("an upload was begun without a Location")?;
    ask("PATCH", &path, "Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n", file)?;
    Ok(())
}

/// Waits until no picture of the library waits for its widths.
fn until_made(desk: &mut Desk) -> Outcome {
    let start = Instant::now();
    while waits(desk)? {
        if start.elapsed() > LONGEST {
            return Err(format!("pictures still wait for their widths after {} s", LONGEST.as_secs()).into());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

fn waits(desk: &mut Desk) -> Outcome<bool> {
    let mut mark = Value::Null;
    loop {
        let page = desk.call("list_media", &json!({ "filter": {}, "mark": mark }))?;
        let rows = page["rows"].as_array().ok_or("list_media answered without rows")?;
        if let Some(row) = rows.iter().find(|row| row["making"].is_object()) {
            return Err(format!("widths could not be made: {row}").into());
        }
        if rows.iter().any(|row| row["making"] == "waiting") {
            return Ok(true);
        }
        mark = page["next"].clone();
        if mark.is_null() {
            return Ok(false);
        }
    }
}
