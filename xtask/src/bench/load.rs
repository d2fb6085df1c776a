//! A load generator of threads and sockets: a connection a thread, kept alive, one request after the other.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome, Told};

/// What one round gave.
pub struct Sample {
    /// Requests a second over all connections.
    pub rate: f64,
    /// The time of each request in microseconds, sorted.
    pub micros: Vec<u64>,
}

/// Asks for the page over and over for the given time. Any answer but 200 ends the bench.
pub fn run(address: SocketAddr, path: &str, connections: usize, time: Duration) -> Outcome<Sample> {
    let start = Instant::now();
    let answers: Vec<Outcome<Vec<u64>>> = std::thread::scope(|scope| {
        let ask = || ask_until(address, path, start + time);
        let threads: Vec<_> = (0..connections).map(|_| scope.spawn(ask)).collect();
        let died = |_| Err(Failure::from("a connection's thread died"));
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(died)).collect()
    });
    let elapsed = start.elapsed().as_secs_f64();
    let mut micros = answers.into_iter().collect::<Outcome<Vec<_>>>()?.concat();
    micros.sort_unstable();
    Ok(Sample { rate: micros.len() as f64 / elapsed, micros })
}

/// Fetches a page once, as text.
pub fn get(address: SocketAddr, path: &str) -> Outcome<String> {
    let body = Connection::open(address, path, "identity")?.ask(path)?;
    Ok(String::from_utf8_lossy(&body).into_owned())
}

fn ask_until(address: SocketAddr, path: &str, end: Instant) -> Outcome<Vec<u64>> {
    // What every browser accepts, so that the server may send what it has compressed before.
    let mut connection = Connection::open(address, path, "gzip, br")?;
    let mut micros = Vec::new();
    while Instant::now() < end {
        let start = Instant::now();
        connection.ask(path)?;
        micros.push(start.elapsed().as_micros() as u64);
    }
    Ok(micros)
}

/// Opens a connection on which small packets leave at once: otherwise the bench would measure the kernel holding them
/// back (as it would a server that lets it).
pub fn connect(address: SocketAddr) -> Outcome<BufReader<TcpStream>> {
    let stream = TcpStream::connect(address).told(format!("no connection to {address}"))?;
    stream.set_nodelay(true).told("TCP_NODELAY cannot be set")?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).told("a time limit cannot be set")?;
    Ok(BufReader::with_capacity(1 << 16, stream))
}

struct Connection {
    stream: BufReader<TcpStream>,
    request: String,
}

impl Connection {
    fn open(address: SocketAddr, path: &str, encodings: &str) -> Outcome<Self> {
        let stream = connect(address)?;
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: text/html\r\nAccept-Encoding: {encodings}\r\n\r\n"
        );
        Ok(Self { stream, request })
    }

    fn ask(&mut self, path: &str) -> Outcome<Vec<u8>> {
        self.stream.get_mut().write_all(self.request.as_bytes()).told(format!("{path} cannot be asked for"))?;
        let Answer { status, body, .. } = answer(&mut self.stream).told(format!("{path} gave no proper answer"))?;
        match status {
            200 => Ok(body),
            other => Err(format!("{path} answered {other} and not 200").into()),
        }
    }
}

/// What a server said.
#[derive(Debug, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Name and value of the cookie that it set.
    pub cookie: Option<String>,
    /// Where it says that something is.
    pub location: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Reads one answer to its end, so that the connection is ready for the next.
pub fn answer(stream: &mut impl BufRead) -> Result<Answer, String> {
    let status_line = line(stream)?;
    let status = status_line.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| format!("no status in `{status_line}`"))?;
    let (mut length, mut chunked, mut cookie, mut location) = (None, false, None, None);
    loop {
        let header = line(stream)?;
        if header.is_empty() {
            break;
        }
        let Some((name, value)) = header.split_once(':') else { continue };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse::<u64>().ok(),
            "set-cookie" => cookie = value.split(';').next().map(|pair| pair.trim().to_owned()),
            "location" => location = Some(value.trim().to_owned()),
            "transfer-encoding" => chunked = value.trim().eq_ignore_ascii_case("chunked"),
            _ => {}
        }
    }
    let mut body = Vec::new();
    match length {
        _ if chunked => while chunk(stream, &mut body)? {},
        Some(length) => exactly(stream, length, &mut body)?,
        None if status == 204 => {}
        None => return Err("neither a length nor chunks".into()),
    }
    Ok(Answer { status, cookie, location, body })
}

/// Reads a chunk and says whether more follow.
fn chunk(stream: &mut impl BufRead, body: &mut Vec<u8>) -> Result<bool, String> {
    let size = line(stream)?;
    let digits = size.split(';').next().unwrap_or_default().trim();
    let size = u64::from_str_radix(digits, 16).map_err(|_| format!("`{size}` is no size of a chunk"))?;
    exactly(stream, size, body)?;
    // Behind the last chunk may stand more headers; an empty line ends either.
    while !line(stream)?.is_empty() {
        if size > 0 {
            return Err("a chunk is longer than it says".into());
        }
    }
    Ok(size > 0)
}

fn exactly(stream: &mut impl BufRead, length: u64, body: &mut Vec<u8>) -> Result<(), String> {
    let read = stream.take(length).read_to_end(body).map_err(|error| error.to_string())?;
    if read as u64 == length { Ok(()) } else { Err("the connection ended within a body".into()) }
}

fn line(stream: &mut impl BufRead) -> Result<String, String> {
    let mut bytes = Vec::new();
    stream.read_until(b'\n', &mut bytes).map_err(|error| error.to_string())?;
    if bytes.is_empty() {
        return Err("the connection was closed".into());
    }
    Ok(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned())
}

/// The value below which so many percent of the sorted values are.
pub fn percentile(sorted: &[u64], percent: f64) -> u64 {
    let rank = (sorted.len() as f64 * percent / 100.0).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

/// The value in the middle; of an even number the mean of the two there.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => values[middle],
        _ => (values[middle - 1] + values[middle]) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(status: u16, body: &[u8]) -> Answer {
        Answer { status, cookie: None, location: None, body: body.to_vec() }
    }

    #[test]
    fn a_cookie_is_read_without_its_attributes() {
        let bytes = &b"HTTP/1.1 200 OK\r\nSet-Cookie: s=abc; HttpOnly\r\nContent-Length: 0\r\n\r\n"[..];
        assert_eq!(answer(&mut &*bytes).unwrap().cookie.as_deref(), Some("s=abc"));
    }

    #[test]
    fn an_answer_with_a_length_is_read_to_its_end() {
        let mut bytes =
            &b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"[..];
        assert_eq!(answer(&mut bytes).unwrap(), said(200, b"hello"));
        assert_eq!(answer(&mut bytes).unwrap(), said(404, b""));
        assert!(answer(&mut bytes).unwrap_err().contains("closed"));
    }

    #[test]
    fn an_answer_in_chunks_is_read_to_its_end() {
        let mut bytes = &b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\nT: 1\r\n\r\nrest"[..];
        assert_eq!(answer(&mut bytes).unwrap(), said(200, b"abc0123456789"));
        assert_eq!(bytes, b"rest");
    }

    #[test]
    fn a_torn_answer_is_an_error() {
        assert!(answer(&mut &b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe"[..]).is_err());
        assert!(answer(&mut &b"HTTP/1.1 200 OK\r\n\r\n"[..]).is_err());
        assert!(answer(&mut &b"SSH-2.0\r\n\r\n"[..]).is_err());
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let sorted: Vec<u64> = (1..=200).collect();
        assert_eq!((percentile(&sorted, 50.0), percentile(&sorted, 99.0)), (100, 198));
        assert_eq!((percentile(&[7], 99.0), percentile(&[], 99.0)), (7, 0));
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0]), 2.5);
    }
}
