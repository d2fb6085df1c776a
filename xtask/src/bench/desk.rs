//! What editors wait for: saves of an article of 10,000 characters in a database full of others, one after the other, its
//! corrections until readers see them, and the text filter of the list.

use std::io::{BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::bench::load::{answer, connect};
use crate::failure::{Outcome, Told};

const NAME: &str = "bench";
const PASSWORD: &str = "a-password-of-the-bench";
/// Paragraphs of a hundred characters.
const PARAGRAPHS: usize = 100;
const SENTENCE: &str =
    "工会组织和教育职工依照宪法和法律的规定行使民主权利，发挥国家主人翁的作用，通过各种途径和形式参与管理。";

/// What is looked for: one to twelve characters, in nearly all titles, in some, in one, in none, in the oldest alone.
const QUERIES: [&str; 11] = [
    "会",
    "工会",
    "抚仙湖",
    "玉溪市总工会",
    "和谐劳动关系抚仙湖畔",
    "新就业形态劳动者厂务公开工作",
    "第2期",
    "第1",
    "第2",
    "龘",
    "没有这个词",
];
/// Times that each filter is asked.
const ASKED: usize = 11;

/// A filter of the list and what it costs.
pub struct Search {
    /// The text and what else is filtered by.
    pub filter: String,
    /// How many rows came.
    pub rows: usize,
    /// The median in microseconds.
    pub micros: u64,
}

/// What publishing costs, in microseconds, sorted.
pub struct Publishing {
    /// From asking for a correction to its acknowledgement.
    pub acknowledged: Vec<u64>,
    /// From there until the article, its section and the front page have been seen with it, each of them asked for anew.
    pub visible: Vec<u64>,
}

/// An editor that is signed in.
pub struct Desk {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
    /// Name and value of the session's cookie.
    cookie: String,
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
    pub fn open(fuxian: &Path, data: &Path, address: SocketAddr) -> Outcome<Self> {
        let mut add = Command::new(fuxian);
        add.args(["account", "add", "--name", NAME, "--role", "administrator", "--password-stdin", "--data"]).arg(data);
        let mut adding = add.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().told("no account can be added")?;
        if let Some(mut stdin) = adding.stdin.take() {
            stdin.write_all(PASSWORD.as_bytes()).told("the password cannot be given")?;
        }
        if !adding.wait().told("no account can be added")?.success() {
            return Err("`fuxian account add` failed".into());
        }
        let stream = connect(address)?;
        let mut desk = Self {
            stream,
            address,
            cookie: String::new(),
            article: 0,
            base: 0,
            section: 0,
            slug: String::new(),
            serial: 0,
        };
        desk.call("sign_in", &json!({ "name": NAME, "password": PASSWORD, "code": null }))?;
        let choices = desk.call("list_section_choices", &json!({}))?;
        desk.section = number(&choices[0]["id"])?;
        choices[0]["link"]["slug"].as_str().unwrap_or_default().clone_into(&mut desk.slug);
        desk.article = number(&desk.call("begin_article", &json!({ "section": desk.section }))?)?;
        let opened = desk.call("open_article", &json!({ "id": desk.article, "tab": NAME }))?;
        desk.base = number(&opened["revision"])?;
        Ok(desk)
    }

    /// Saves so many times with one sentence changed each time; microseconds of each round trip, sorted.
    pub fn save(&mut self, times: usize) -> Outcome<Vec<u64>> {
        let mut micros = Vec::with_capacity(times);
        for _ in 0..times {
            micros.push(self.save_once()?);
        }
        micros.sort_unstable();
        Ok(micros)
    }

    fn save_once(&mut self) -> Outcome<u64> {
        self.serial += 1;
        let save = self.write(self.serial);
        let start = Instant::now();
        let saved = self.call("save_article", &json!({ "save": save }))?;
        let micros = start.elapsed().as_micros() as u64;
        self.base = number(&saved["revision"])?;
        Ok(micros)
    }

    /// Corrects the public article so many times and looks at every page that shows it until each shows the correction.
    pub fn publish(&mut self, times: usize) -> Outcome<Publishing> {
        const PATIENCE: Duration = Duration::from_secs(10);
        let (mut acknowledged, mut visible) = (Vec::with_capacity(times), Vec::with_capacity(times));
        let pages = [format!("/{}/{}", self.slug, self.article), format!("/{}", self.slug), "/".to_owned()];
        for _ in 0..times {
            self.save_once()?;
            let asked = json!({ "article": self.article, "base": self.base });
            let start = Instant::now();
            self.call("publish_article", &asked)?;
            acknowledged.push(start.elapsed().as_micros() as u64);
            let (start, title) = (Instant::now(), title(self.serial));
            for page in &pages {
                while !self.page(page)?.contains(&title) {
                    if start.elapsed() > PATIENCE {
                        return Err(format!("{page} does not show what was published").into());
                    }
                }
            }
            visible.push(start.elapsed().as_micros() as u64);
        }
        acknowledged.sort_unstable();
        visible.sort_unstable();
        Ok(Publishing { acknowledged, visible })
    }

    /// A page as a reader gets it.
    fn page(&mut self, path: &str) -> Outcome<String> {
        let get = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        self.stream.get_mut().write_all(get.as_bytes()).told(format!("{path} cannot be asked for"))?;
        let answer = answer(&mut self.stream).told(format!("{path} gave no proper answer"))?;
        Ok(String::from_utf8_lossy(&answer.body).into_owned())
    }

    /// The session's cookie, and the article that was saved.
    pub fn open_article(&self) -> (&str, i64) {
        (&self.cookie, self.article)
    }

    /// Filters the list by each text: alone, its second page, in a section, in a state, from a day on.
    pub fn search(&mut self) -> Outcome<Vec<Search>> {
        let section = self.section;
        let mut found = Vec::new();
        for text in QUERIES {
            let first = self.filter(text, &json!({ "text": text }), &Value::Null, &mut found)?;
            if first["next"].is_string() {
                self.filter(&format!("{text}, next page"), &json!({ "text": text }), &first["next"], &mut found)?;
            }
            for (name, filter) in [
                ("section", json!({ "text": text, "section": section })),
                ("draft", json!({ "text": text, "state": "draft" })),
                ("published", json!({ "text": text, "state": "published", "sort": "shown" })),
                ("oldest first", json!({ "text": text, "sort": "updated_oldest" })),
                ("from a day on", json!({ "text": text, "from": "2020-01-01", "sort": "created" })),
            ] {
                self.filter(&format!("{text}, {name}"), &filter, &Value::Null, &mut found)?;
            }
        }
        Ok(found)
    }

    fn filter(&mut self, name: &str, filter: &Value, mark: &Value, found: &mut Vec<Search>) -> Outcome<Value> {
        let asked = json!({ "filter": filter, "mark": mark });
        let (mut micros, mut page) = (Vec::with_capacity(ASKED), Value::Null);
        for _ in 0..ASKED {
            let start = Instant::now();
            page = self.call("list_articles", &asked)?;
            micros.push(start.elapsed().as_micros() as u64);
        }
        micros.sort_unstable();
        let rows = page["rows"].as_array().map_or(0, Vec::len);
        found.push(Search { filter: name.to_owned(), rows, micros: micros[ASKED / 2] });
        Ok(page)
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
            "tab": NAME,
            "serial": serial,
            "base": self.base,
            "kind": "auto",
            "manuscript": {
                "fields": { "title": title(serial), "source": "本站" },
                "placement": { "section": self.section },
                "body": { "type": "doc", "attrs": { "version": 1 }, "content": blocks },
            },
        })
    }

    /// Calls a server function that has to succeed.
    pub fn call(&mut self, function: &str, body: &Value) -> Outcome<Value> {
        let (body, address, cookie) = (body.to_string(), self.address, &self.cookie);
        let head = format!(
            "POST /api/{function} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nSec-Fetch-Site: same-origin\r\n\
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

fn title(serial: usize) -> String {
    format!("一万字的文章，第{serial}稿")
}

fn number(value: &Value) -> Outcome<i64> {
    value.as_i64().ok_or_else(|| format!("a number was expected, not {value}").into())
}
