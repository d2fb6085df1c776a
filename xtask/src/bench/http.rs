//! HTTP/1.1 as the bench speaks it: a connection that is kept, one request after the other, every answer read to its end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::failure::{Outcome, Told};

/// Fetches a page once; any answer but 200 is a failure. `encodings` are those that are accepted.
pub fn get(host: &str, path: &str, encodings: &str) -> Outcome<Answer> {
    let answer = ask(&mut connect(host)?, host, path, encodings)?;
    match answer.status {
        200 => Ok(answer),
        other => Err(format!("http://{host}{path} answered {other} and not 200").into()),
    }
}

/// Asks for a page on a connection that is there.
pub fn ask(stream: &mut BufReader<TcpStream>, host: &str, path: &str, encodings: &str) -> Outcome<Answer> {
    let get =
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nAccept-Encoding: {encodings}\r\n\r\n");
    stream.get_mut().write_all(get.as_bytes()).told(format!("{path} cannot be asked for"))?;
    answer(stream).told(format!("{path} gave no proper answer"))
}

/// Opens a connection on which small packets leave at once: otherwise the bench would measure the kernel holding them
/// back (as it would a server that lets it).
pub fn connect(host: &str) -> Outcome<BufReader<TcpStream>> {
    let stream = TcpStream::connect(host).told(format!("no connection to {host}"))?;
    stream.set_nodelay(true).told("TCP_NODELAY cannot be set")?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).told("a time limit cannot be set")?;
    Ok(BufReader::with_capacity(1 << 16, stream))
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
    /// How the body is compressed.
    pub encoding: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Reads one answer to its end, so that the connection is ready for the next.
pub fn answer(stream: &mut impl BufRead) -> Result<Answer, String> {
    let status_line = line(stream)?;
    let status = status_line.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| format!("no status in `{status_line}`"))?;
    let (mut length, mut chunked, mut cookie, mut location, mut encoding) = (None, false, None, None, None);
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
            "content-encoding" => encoding = Some(value.trim().to_owned()),
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
    Ok(Answer { status, cookie, location, encoding, body })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn said(status: u16, body: &[u8]) -> Answer {
        Answer { status, cookie: None, location: None, encoding: None, body: body.to_vec() }
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
}
