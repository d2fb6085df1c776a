//! An editor who is signed in and writes an article of 10,000 characters in a database full of others.

use std::io::{BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};

use crate::bench::http::{answer, connect};
use crate::bench::server::Server;
use crate::failure::{Outcome, Told};

const NAME: &str = "bench";
const PASSWORD: &str = "a-password-of-the-bench";
const TITLE: &str = "一万字的文章，第";
/// Paragraphs of a hundred characters.
const PARAGRAPHS: usize = 100;
const SENTENCE: &str =
    "工会组织和教育职工依照宪法和法律的规定行使民主权利，发挥国家主人翁的作用，通过各种途径和形式参与管理。";

/// An editor that is signed in.
pub struct Desk {
    stream: BufReader<TcpStream>,
    host: String,
    /// Name and value of the session's cookie.
    cookie: String,
    /// The tab in which the article is open: the earlier editor's is not ours.
    tab: String,
    /// The article that is being written.
    article: i64,
    base: i64,
    section: i64,
    /// The section's name in addresses.
    slug: String,
    serial: usize,
}

impl Desk {
    /// Makes an account as an operator does, signs in and begins an article.
    pub fn open(fuxian: &Path, server: &Server) -> Outcome<Self> {
        // A data folder may be served again, and then its earlier editor is still there.
        let name = format!("{NAME}-{}", server.pid());
        let mut add = Command::new(fuxian);
        add.args(["account", "add", "--name", &name, "--role", "administrator", "--password-stdin", "--data"])
            .arg(&server.data);
        let mut adding = add.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().told("no account can be added")?;
        if let Some(mut stdin) = adding.stdin.take() {
            stdin.write_all(PASSWORD.as_bytes()).told("the password cannot be given")?;
        }
        if !adding.wait().told("no account can be added")?.success() {
            return Err("`fuxian account add` failed".into());
        }
        let host = server.side.host.clone();
        let stream = connect(&host)?;
        let mut desk = Self {
            stream,
            host,
            cookie: String::new(),
            tab: name.clone(),
            article: 0,
            base: 0,
            section: 0,
            slug: String::new(),
            serial: 0,
        };
        desk.call("sign_in", &json!({ "name": name, "password": PASSWORD, "code": null }))?;
        let choices = desk.call("list_section_choices", &json!({}))?;
        desk.section = number(&choices[0]["id"])?;
        choices[0]["link"]["slug"].as_str().unwrap_or_default().clone_into(&mut desk.slug);
        desk.article = number(&desk.call("begin_article", &json!({ "section": desk.section }))?)?;
        let opened = desk.call("open_article", &json!({ "id": desk.article, "tab": name }))?;
        desk.base = number(&opened["revision"])?;
        Ok(desk)
    }

    /// Publishes what was saved; microseconds of the round trip, and the number that its title now holds.
    pub fn publish(&mut self) -> Outcome<(u64, usize)> {
        let asked = json!({ "article": self.article, "base": self.base });
        let start = Instant::now();
        self.call("publish_article", &asked)?;
        Ok((start.elapsed().as_micros() as u64, self.serial))
    }

    /// Where readers find it: the article, its section, the front page.
    pub fn pages(&self) -> [String; 3] {
        [format!("/{}/{}", self.slug, self.article), format!("/{}", self.slug), "/".to_owned()]
    }

    /// The section in which it is.
    pub fn section(&self) -> i64 {
        self.section
    }

    /// Saves once with one sentence changed; microseconds of the round trip.
    pub fn save_once(&mut self) -> Outcome<u64> {
        self.serial += 1;
        let save = self.write(self.serial);
        let start = Instant::now();
        let saved = self.call("save_article", &json!({ "save": save }))?;
        let micros = start.elapsed().as_micros() as u64;
        self.base = number(&saved["revision"])?;
        Ok(micros)
    }

    /// The session's cookie, and the article that was saved.
    pub fn open_article(&self) -> (&str, i64) {
        (&self.cookie, self.article)
    }

    fn write(&self, serial: usize) -> Value {
        let paragraph = |n: usize| {
            let edited = if n == serial % PARAGRAPHS { format!("第{serial}次修改。") } else { String::new() };
            let text = format!("{SENTENCE}{edited}{SENTENCE}");
            json!({ "type": "paragraph", "attrs": { "id": format!("b{}", n + 1) }, "content": [{ "type": "text", "text": text }] })
        };
        let blocks: Vec<Value> = (0..PARAGRAPHS).map(paragraph).collect();
        json!({
            "article": self.article,
            "tab": self.tab,
            "serial": serial,
            "base": self.base,
            "kind": "auto",
            "manuscript": {
                "fields": { "title": title(self.article, serial), "source": "本站" },
                "placement": { "section": self.section },
                "body": { "type": "doc", "attrs": { "version": 1 }, "content": blocks },
            },
        })
    }

    /// Calls a server function that has to succeed.
    pub fn call(&mut self, function: &str, body: &Value) -> Outcome<Value> {
        let (body, host, cookie) = (body.to_string(), &self.host, &self.cookie);
        let head = format!(
            "POST /api/{function} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: {cookie}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let sent = [head.as_bytes(), body.as_bytes()].concat();
        self.stream.get_mut().write_all(&sent).told(format!("{function} cannot be called"))?;
        let answer = answer(&mut self.stream).told(format!("{function} gave no proper answer"))?;
        if let Some(cookie) = answer.cookie {
            self.cookie = cookie;
        }
        let text = String::from_utf8_lossy(&answer.body);
        if answer.status != 200 {
            return Err(format!("{function} answered {}: {text}", answer.status).into());
        }
        serde_json::from_str(&text).told(format!("{function} answered what is not JSON"))
    }
}

/// Each article has a title of its own: a site may have those of earlier editors.
fn title(article: i64, serial: usize) -> String {
    format!("{TITLE}{article}篇第{serial}稿")
}

/// The least of the numbers that a page shows of the article's title; none where it does not show it.
pub fn serial_on(page: &str, article: i64) -> Option<usize> {
    let digits = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok();
    page.split(&format!("{TITLE}{article}篇第")).skip(1).filter_map(digits).min()
}

fn number(value: &Value) -> Outcome<i64> {
    value.as_i64().ok_or_else(|| format!("a number was expected, not {value}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_title_on_a_page_counts() {
        assert_eq!(
            serial_on("<h1>一万字的文章，第7篇第12稿</h1> 一万字的文章，第7篇第9稿 一万字的文章，第6篇第1稿", 7),
            Some(9)
        );
        assert_eq!(serial_on("nothing", 7), None);
    }
}
