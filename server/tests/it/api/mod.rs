//! The interface for programs, over real connections.

mod bad_input;
mod media;
mod reading;
mod tokens;
mod writing;

use crate::harness::{Answer, Editor, Server, add_account};
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
};

/// A server with an administrator who is signed in.
struct Site {
    folder: tempfile::TempDir,
    server: Server,
    admin: Editor,
}

/// A program that asks, with a token or without one.
struct Program {
    addr: String,
    secret: Option<String>,
}

impl Site {
    fn start(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(folder.path(), arguments);
        add_account(folder.path(), "admin", "administrator");
        let admin = Editor::sign_in(&server.addr, "admin");
        Self { folder, server, admin }
    }

    /// A site with the sections of a new one, `yaowen` and `wenjian` among them, and nothing in them.
    fn with_sections() -> Self {
        Self::start(&["--empty"])
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn nobody(&self) -> Program {
        Program { addr: self.server.addr.clone(), secret: None }
    }

    fn account(&self, name: &str) -> Value {
        let rows = self.admin.call("list_accounts", &json!({}));
        rows.as_array().unwrap().iter().find(|row| row["name"] == name).unwrap()["id"].clone()
    }

    /// A token for an account, and its number.
    fn token(&self, account: &str, scopes: &[&str]) -> (Program, i64) {
        let fields = json!({ "name": "采集程序", "account": self.account(account), "scopes": scopes, "days": 30 });
        let made = self.admin.call("make_token", &json!({ "fields": fields }));
        let secret = made["secret"].as_str().unwrap().to_owned();
        assert!(secret.starts_with("fx_") && secret.len() == 67, "{secret}");
        (Program { addr: self.server.addr.clone(), secret: Some(secret) }, made["id"].as_i64().unwrap())
    }

    /// A token of the administrator's for everything.
    fn everything(&self) -> Program {
        self.token("admin", &ALL).0
    }
}

const ALL: [&str; 5] = ["articles:write", "articles:publish", "media:write", "sections:write", "redirects:write"];

impl Program {
    fn send(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.addr).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(60))).unwrap();
        let token =
            self.secret.as_ref().map(|secret| format!("Authorization: Bearer {secret}\r\n")).unwrap_or_default();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{token}Content-Length: {}\r\n{headers}\r\n",
            self.addr,
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Answer::of(&bytes)
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", b"")
    }

    fn json(&self, method: &str, path: &str, headers: &str, body: &Value) -> Answer {
        let headers = format!("{headers}Content-Type: application/json\r\n");
        self.send(method, path, &headers, body.to_string().as_bytes())
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        self.json("POST", path, "", body)
    }

    /// Writes an article that has to be taken.
    fn write(&self, body: &Value) -> Value {
        let answer = self.post("/api/v1/articles", body);
        assert_eq!(answer.status, 201, "{}", answer.body);
        read(&answer)
    }
}

fn read(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

/// An article that could be published.
fn article(title: &str) -> Value {
    json!({ "section": "yaowen", "title": title, "source": "本站", "html": "<p>正文第一段。</p>" })
}

fn with(mut body: Value, more: Value) -> Value {
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// An answer that is a problem of this name.
#[track_caller]
fn is_problem(answer: &Answer, status: u16, name: &str) -> Value {
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (status, Some("application/problem+json")),
        "{}",
        answer.body
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let problem = read(answer);
    assert_eq!(problem["type"], format!("urn:fuxian:problem:{name}"), "{problem}");
    assert_eq!(problem["status"], status);
    let chinese = |part: &Value| part.as_str().unwrap().chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    assert!(chinese(&problem["title"]) && chinese(&problem["detail"]), "{problem}");
    problem
}
