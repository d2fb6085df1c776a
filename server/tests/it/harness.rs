//! The binary in a folder of its own, and as much of an HTTP client as a test needs.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

pub fn fuxian(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fuxian"));
    // A folder without a Leptos.toml: the defaults, whatever stands where the tests are started.
    command.current_dir(data).env("FUXIAN_DATA", data.join("data")).env("RUST_BACKTRACE", "0");
    command.env_remove("LEPTOS_SITE_ROOT");
    command
}

pub fn run(data: &Path, arguments: &[&str]) -> Output {
    fuxian(data).args(arguments).output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// A running server; killed when the test ends.
pub struct Server {
    pub child: Child,
    pub addr: String,
}

impl Server {
    pub fn start(data: &Path, arguments: &[&str]) -> Self {
        let mut command = fuxian(data);
        command.args(["serve", "--addr", "127.0.0.1:0"]).args(arguments);
        Self::start_as(command)
    }

    /// A server whose files may be no larger than so many kilobytes: what a full disk is to whoever writes one.
    pub fn start_on_a_small_disk(data: &Path, kilobytes: u32) -> Self {
        let serve = format!("exec {} serve --empty --addr 127.0.0.1:0", env!("CARGO_BIN_EXE_fuxian"));
        let mut command = Command::new("bash");
        command.args(["-c", &format!("trap '' XFSZ; ulimit -f {kilobytes}; {serve}")]);
        command.current_dir(data).env("FUXIAN_DATA", data.join("data")).env_remove("LEPTOS_SITE_ROOT");
        Self::start_as(command)
    }

    fn start_as(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let addr = line.trim().rsplit_once("://").expect("the line with the address").1.to_owned();
        Self { child, addr }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path, "")
    }

    pub fn request(&self, method: &str, path: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.addr).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(30))).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}\r\n", self.addr)
            .unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Answer::of(&bytes)
    }

    /// SIGTERM, then the exit code.
    pub fn stop(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct Answer {
    pub status: u16,
    /// Name and value of the cookie that was set.
    pub cookie: Option<String>,
    pub headers: String,
    pub body: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn of(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("the end of the headers");
        let head = text(&bytes[..end]);
        let set = head
            .lines()
            .find_map(|line| line.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")));
        let cookie = set.and_then(|(_, value)| value.split(';').next()).map(str::to_owned);
        let headers = head.to_lowercase();
        let status = headers.split(' ').nth(1).unwrap().parse().unwrap();
        let rest = &bytes[end + 4..];
        let body = if headers.contains("transfer-encoding: chunked") { unchunked(rest) } else { rest.to_vec() };
        Self { status, cookie, headers, body: text(&body), bytes: body }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let line = self.headers.lines().find(|line| line.starts_with(&format!("{name}:")))?;
        Some(line.split_once(':').unwrap().1.trim())
    }
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(line) = rest.windows(2).position(|two| two == b"\r\n") {
        let length = usize::from_str_radix(text(&rest[..line]).trim(), 16).unwrap();
        if length == 0 {
            break;
        }
        body.extend_from_slice(&rest[line + 2..line + 2 + length]);
        rest = &rest[line + 2 + length + 2..];
    }
    body
}

/// The password of every account of the tests.
pub const PASSWORD: &str = "yuxi-fuxian-2026";

/// Makes an account as an operator does.
pub fn add_account(data: &Path, name: &str, role: &str) {
    let mut child = fuxian(data)
        .args(["account", "add", "--name", name, "--role", role, "--password-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

/// Somebody who is signed in.
pub struct Editor {
    pub addr: String,
    pub cookie: String,
}

impl Editor {
    pub fn sign_in(addr: &str, name: &str) -> Self {
        let mut editor = Self { addr: addr.to_owned(), cookie: String::new() };
        let answer = editor.post("sign_in", &serde_json::json!({ "name": name, "password": PASSWORD, "code": null }));
        let answer = answer.expect("an answer to sign_in");
        assert_eq!(answer.status, 200, "{}", answer.body);
        editor.cookie = answer.cookie.expect("a cookie");
        editor
    }

    /// Calls a server function; `None` where the server went away before it had answered.
    pub fn post(&self, function: &str, arguments: &serde_json::Value) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.addr).ok()?;
        stream.set_read_timeout(Some(std::time::Duration::from_secs(30))).unwrap();
        let (body, addr, cookie) = (arguments.to_string(), &self.addr, &self.cookie);
        write!(
            stream,
            "POST /api/{function} HTTP/1.1\r\nHost: {addr}\r\nOrigin: http://{addr}\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: {cookie}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let whole = bytes.windows(4).any(|four| four == b"\r\n\r\n");
        whole.then(|| Answer::of(&bytes))
    }

    /// Sends a request as the browser of the admin does; the connection, from which the answer can be read.
    pub fn send(&self, method: &str, path: &str, headers: &str, length: usize, body: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(&self.addr).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(60))).unwrap();
        let (addr, cookie) = (&self.addr, &self.cookie);
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {addr}\r\nOrigin: http://{addr}\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: {cookie}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        // A server that refuses may have closed the connection by then.
        let _ = stream.write_all(body);
        stream
    }

    /// The same with its answer.
    pub fn ask(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        let mut bytes = Vec::new();
        let _ = self.send(method, path, headers, body.len(), body).read_to_end(&mut bytes);
        Answer::of(&bytes)
    }

    /// Calls a server function that has to succeed.
    pub fn call(&self, function: &str, arguments: &serde_json::Value) -> serde_json::Value {
        let answer = self.post(function, arguments).expect("an answer");
        assert_eq!(answer.status, 200, "{function}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    /// Begins an article in the first section.
    pub fn begin(&self) -> i64 {
        let sections = self.call("list_section_choices", &serde_json::json!({}));
        self.call("begin_article", &serde_json::json!({ "section": sections[0]["id"] })).as_i64().unwrap()
    }

    /// Opens an article in a tab; its revision.
    pub fn open(&self, article: i64, tab: &str) -> i64 {
        self.call("open_article", &serde_json::json!({ "id": article, "tab": tab }))["revision"].as_i64().unwrap()
    }

    /// Saves one paragraph; the new revision, or `None` where no answer came.
    pub fn try_save(&self, article: i64, tab: &str, serial: u64, base: i64, text: &str) -> Option<i64> {
        let save = serde_json::json!({
            "article": article, "tab": tab, "serial": serial, "base": base, "kind": "auto",
            "manuscript": {
                "fields": { "title": "杀不死的文章" },
                "placement": { "section": 1 },
                "body": { "type": "doc", "attrs": { "version": 1 }, "content": [
                    { "type": "paragraph", "attrs": { "id": "b1" }, "content": [{ "type": "text", "text": text }] }
                ] },
            },
        });
        let answer = self.post("save_article", &serde_json::json!({ "save": save }))?;
        if answer.body.is_empty() && answer.status == 200 {
            return None;
        }
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_str::<serde_json::Value>(&answer.body).ok()?["revision"].as_i64()
    }
}
