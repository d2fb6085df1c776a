//! The page cache as readers and editors meet it: what is acknowledged is what everybody gets next, and who asks how says
//! nothing about what is kept.

use crate::harness::{Answer, Editor, Server, add_account, run, text, write};
use serde_json::json;
use std::{
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    thread,
    time::{Duration, Instant},
};

const ARTICLES: usize = 5;
const STEPS: usize = 60;

fn site() -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    add_account(folder.path(), "publisher", "publisher");
    (folder, server)
}

/// A number of `/metrics`.
fn counted(server: &Server, name: &str) -> u64 {
    let metrics = server.get("/metrics").body;
    let line = metrics.lines().find(|line| line.starts_with(&format!("fuxian_page_cache_{name} ")));
    line.unwrap().rsplit_once(' ').unwrap().1.parse().unwrap()
}

/// Numbers that look random and are the same each time (an LCG of Numerical Recipes).
struct Dice(u32);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % sides
    }
}

/// What readers may see of an article: `Some(n)` is its nth text, `None` nothing.
#[derive(Default)]
struct Story {
    /// Each state from the first; the last may not be acknowledged yet.
    states: Mutex<Vec<Option<usize>>>,
    acknowledged: AtomicUsize,
}

impl Story {
    fn begin(&self, state: Option<usize>) {
        self.states.lock().unwrap().push(state);
    }

    fn acknowledge(&self) {
        self.acknowledged.store(self.states.lock().unwrap().len() - 1, SeqCst);
    }

    /// Whether somebody may have seen this who asked when `from` was acknowledged.
    fn may_be(&self, from: usize, seen: Option<usize>) -> bool {
        self.states.lock().unwrap()[from..].contains(&seen)
    }
}

fn title(article: usize, version: usize) -> String {
    format!("甲{article}版{version}终")
}

/// Which version of an article a page shows.
fn version(page: &str, article: usize) -> Option<usize> {
    let (_, rest) = page.split_once(&format!("甲{article}版"))?;
    rest.split_once('终')?.0.parse().ok()
}

struct Desk {
    editor: Editor,
    article: i64,
    version: usize,
    serial: u64,
    /// The revision that stands.
    base: i64,
}

impl Desk {
    fn save(&mut self, article: usize) {
        self.version += 1;
        self.serial += 1;
        let tab = format!("tab-{article}-{}", self.serial);
        let opened = self.editor.call("open_article", &json!({ "id": self.article, "tab": tab }));
        let mut manuscript = opened["manuscript"].clone();
        manuscript["fields"]["title"] = json!(title(article, self.version));
        manuscript["fields"]["source"] = json!("本站");
        manuscript["body"] = json!({ "type": "doc", "attrs": { "version": 1 }, "content": [
            { "type": "paragraph", "attrs": { "id": "b1" }, "content": [{ "type": "text", "text": "正文。" }] }
        ] });
        let save = json!({ "article": self.article, "tab": tab, "serial": 1, "base": opened["revision"], "kind": "auto",
            "manuscript": manuscript });
        self.base = self.editor.call("save_article", &json!({ "save": save }))["revision"].as_i64().unwrap();
    }
}

/// Asks for pages until it is told to stop; answers with what was wrong.
fn read(addr: &str, list: &str, ids: &[i64], stories: &[Story], stop: &AtomicBool, seed: u32) -> (usize, Vec<String>) {
    let server = Reader(addr.to_owned());
    let (mut dice, mut wrong, mut asked) = (Dice(seed), Vec::new(), 0);
    while !stop.load(SeqCst) {
        let one = dice.roll(ARTICLES);
        let path = match dice.roll(5) {
            0 => "/".to_owned(),
            1 => list.to_owned(),
            2 => format!("/api/get_article?section={}&id={}", &list[1..], ids[one]),
            3 => format!("{list}/{}/print", ids[one]),
            _ => format!("{list}/{}?utm_source={}", ids[one], dice.roll(1000)),
        };
        let of_one = path.len() > list.len() + 1;
        let known: Vec<usize> = stories.iter().map(|story| story.acknowledged.load(SeqCst)).collect();
        let answer = server.get(&path);
        asked += 1;
        if answer.status >= 500 {
            wrong.push(format!("{path}: {}", answer.status));
        }
        for (article, story) in stories.iter().enumerate().filter(|(n, _)| !of_one || *n == one) {
            let seen = if answer.status == 200 { version(&answer.body, article) } else { None };
            if !story.may_be(known[article], seen) {
                let states = &story.states.lock().unwrap()[known[article]..];
                wrong.push(format!("{path}: article {article} is {seen:?} and should be one of {states:?}"));
            }
        }
    }
    (asked, wrong)
}

/// A reader's connection to a server that somebody else owns.
struct Reader(String);

impl Reader {
    fn get(&self, path: &str) -> Answer {
        use std::io::{Read, Write};
        let mut stream = std::net::TcpStream::connect(&self.0).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.0).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Answer::of(&bytes)
    }
}

/// One random step of one article, told to its story before and after.
fn step(dice: &mut Dice, desks: &mut [Desk], stories: &[Story], now: impl Fn() -> i64) {
    let one = dice.roll(ARTICLES);
    let (desk, story) = (&mut desks[one], &stories[one]);
    let public = story.states.lock().unwrap().last().copied().flatten().is_some();
    match dice.roll(8) {
        0..=1 if public => {
            story.begin(None);
            desk.editor.call("withdraw_article", &json!({ "article": desk.article, "reason": "核实" }));
            story.acknowledge();
        }
        // A save alone changes nothing for readers.
        2 => desk.save(one),
        3 if !public => {
            desk.save(one);
            story.begin(Some(desk.version));
            let at = now() + 300;
            let schedule = json!({ "article": desk.article, "base": desk.base, "at": at });
            desk.editor.call("schedule_article", &schedule);
            let until = Instant::now() + Duration::from_secs(20);
            let tab = format!("look-{}", desk.serial);
            while desk.editor.call("open_article", &json!({ "id": desk.article, "tab": tab }))["progress"]["address"]
                .is_null()
            {
                assert!(Instant::now() < until, "the schedule was not kept");
                thread::sleep(Duration::from_millis(50));
            }
            // Nobody was told that it is public but by the desk; the pages follow within a moment.
            thread::sleep(Duration::from_millis(600));
            story.acknowledge();
        }
        _ => {
            desk.save(one);
            story.begin(Some(desk.version));
            desk.editor.call("publish_article", &json!({ "article": desk.article, "base": desk.base }));
            story.acknowledge();
        }
    }
}

#[test]
fn no_reader_ever_gets_a_page_from_before_what_was_acknowledged() {
    let (_folder, server) = site();
    let mut desks: Vec<Desk> = (0..ARTICLES)
        .map(|_| {
            let editor = Editor::sign_in(&server.addr, "publisher");
            let article = editor.begin();
            Desk { editor, article, version: 0, serial: 0, base: 0 }
        })
        .collect();
    // In the first section each article is begun.
    let sections = desks[0].editor.call("list_section_choices", &json!({}));
    let list = format!("/{}", sections[0]["link"]["slug"].as_str().unwrap());
    let ids: Vec<i64> = desks.iter().map(|desk| desk.article).collect();
    let stories: Vec<Story> =
        (0..ARTICLES).map(|_| Story { states: Mutex::new(vec![None]), ..Story::default() }).collect();
    let stop = AtomicBool::new(false);
    let now = || i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
    let read_by = thread::scope(|scope| {
        let readers: Vec<_> = (1..=3)
            .map(|seed| {
                let (addr, list, ids, stories, stop) = (&server.addr, &list, &ids, &stories, &stop);
                scope.spawn(move || read(addr, list, ids, stories, stop, seed))
            })
            .collect();
        let mut dice = Dice(2026);
        for _ in 0..STEPS {
            step(&mut dice, &mut desks, &stories, now);
        }
        stop.store(true, SeqCst);
        readers.into_iter().map(|reader| reader.join().unwrap()).collect::<Vec<_>>()
    });
    for (asked, wrong) in &read_by {
        assert!(wrong.is_empty(), "of {asked} pages these were wrong: {wrong:#?}");
    }
    let asked: usize = read_by.iter().map(|(asked, _)| asked).sum();
    let (hits, dropped) = (counted(&server, "hits_total"), counted(&server, "dropped_total"));
    assert!(asked > 100 && hits > 20 && dropped > 20, "{asked} pages, {hits} from memory, {dropped} dropped");
    assert_eq!(counted(&server, "refused_total"), 0);
}

/// Publishes articles of one section from JSON Lines, in a process of its own.
fn import(folder: &Path, section: &str, titles: &[&str]) {
    let line = |title: &&str| {
        format!(
            "{{\"section\":\"{section}\",\"title\":\"{title}\",\"body_text\":\"{title}的正文\",\"url\":\"{title}\"}}\n"
        )
    };
    let file = write(folder, "in.jsonl", titles.iter().map(line).collect::<String>());
    let out = run(folder, &["import", "--publish", file.to_str().unwrap()]);
    assert!(out.status.success(), "{}", text(&out.stderr));
}

#[test]
fn what_a_client_adds_to_an_address_neither_makes_a_page_nor_reaches_the_database() {
    let (folder, server) = site();
    import(folder.path(), "yaowen", &["一", "二"]);
    thread::sleep(Duration::from_millis(600));
    let addresses = [
        "/",
        "/yaowen",
        "/yaowen/1",
        "/yaowen/1/print",
        "/api/get_frame",
        "/api/get_article?section=yaowen&id=1",
        "/sitemap.xml",
    ];
    let first: Vec<Answer> = addresses.iter().map(|address| server.get(address)).collect();
    let (misses, pages) = (counted(&server, "misses_total"), addresses.len() as u64);
    assert_eq!(misses, pages);
    for n in 0..40 {
        let headers = format!(
            "Cookie: fuxian_session={n}; x={n}\r\nX-Forwarded-For: 10.0.0.{n}\r\nUser-Agent: {n}\r\nAccept-Language: x{n}\r\n\
             Authorization: Bearer {n}\r\n"
        );
        for (address, first) in addresses.iter().zip(&first) {
            let join = if address.contains('?') { '&' } else { '?' };
            let busted = server.request("GET", &format!("{address}{join}cb={n}&_={n}"), &headers);
            assert_eq!((busted.status, &busted.body), (200, &first.body), "{address}");
            assert!(busted.header("set-cookie").is_none());
        }
    }
    assert_eq!((counted(&server, "misses_total"), counted(&server, "hits_total")), (misses, 40 * pages));
    thread::sleep(Duration::from_millis(300));
    assert_eq!(counted(&server, "pages"), pages);
}

#[test]
fn every_answer_has_its_encoding_its_tag_and_the_headers_of_a_page() {
    let (_folder, server) = site();
    let whole = server.get("/");
    let etag = whole.header("etag").unwrap().to_owned();
    let policy = whole.header("content-security-policy").unwrap().to_owned();
    assert!(policy.contains("'sha256-") || policy.contains("script-src 'self'"), "{policy}");
    for (encoding, magic) in [("br", &[][..]), ("gzip", &[0x1f, 0x8b][..]), ("zstd", &[0x28, 0xb5, 0x2f, 0xfd][..])] {
        let packed = server.request("GET", "/", &format!("Accept-Encoding: {encoding}\r\n"));
        assert_eq!((packed.status, packed.header("content-encoding")), (200, Some(encoding)));
        assert!(packed.bytes.starts_with(magic) && packed.bytes.len() * 2 < whole.bytes.len(), "{encoding}");
        assert_eq!(packed.header("content-length"), Some(packed.bytes.len().to_string().as_str()));
        for (name, value) in
            [("etag", etag.as_str()), ("vary", "accept-encoding"), ("x-content-type-options", "nosniff")]
        {
            assert_eq!(packed.header(name), Some(value), "{encoding}");
        }
        assert_eq!(packed.header("content-security-policy"), Some(policy.as_str()));
    }
    let head = server.request("HEAD", "/", "");
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some(whole.bytes.len().to_string().as_str()));
    let known = server.request("GET", "/", &format!("If-None-Match: {}\r\n", etag.replacen("w/", "W/", 1)));
    assert_eq!((known.status, known.bytes.len(), known.header("etag")), (304, 0, Some(etag.as_str())));
    assert_eq!(server.request("GET", "/", "If-None-Match: \"other\"\r\n").status, 200);
    assert_eq!(counted(&server, "misses_total"), 1);
}

#[test]
fn errors_and_moves_are_answered_anew_each_time() {
    let (folder, server) = site();
    import(folder.path(), "yaowen", &["一"]);
    thread::sleep(Duration::from_millis(600));
    for (address, status) in [("/yaowen/99", 404), ("/nowhere", 404), ("/jianghua/1", 301), ("/yaowen?page=9", 404)] {
        for _ in 0..2 {
            let before = counted(&server, "misses_total");
            let answer = server.get(address);
            assert_eq!((answer.status, answer.header("etag")), (status, None), "{address}");
            assert_eq!(counted(&server, "misses_total"), before + 1, "{address}");
        }
    }
    assert_eq!(counted(&server, "hits_total"), 0);
}

#[test]
fn an_article_that_another_process_brings_in_drops_its_lists_and_its_neighbours_only() {
    let (folder, server) = site();
    import(folder.path(), "yaowen", &["一", "二", "三"]);
    import(folder.path(), "jianghua", &["别的"]);
    thread::sleep(Duration::from_millis(600));
    let shown = ["/yaowen", "/", "/yaowen/3"];
    let others = ["/jianghua", "/jianghua/4", "/yaowen/1"];
    for address in shown.iter().chain(&others) {
        assert_eq!(server.get(address).status, 200, "{address}");
    }
    import(folder.path(), "yaowen", &["新来的"]);
    let until = Instant::now() + Duration::from_secs(10);
    while !server.get("/yaowen").body.contains("新来的") {
        assert!(Instant::now() < until, "what another process publishes is not seen");
        thread::sleep(Duration::from_millis(50));
    }
    let before = counted(&server, "misses_total");
    for address in others {
        assert!(!server.get(address).body.is_empty());
    }
    assert_eq!(counted(&server, "misses_total"), before, "these show nothing of it");
    assert!(
        server.get("/").body.contains("新来的") && server.get("/yaowen/3").body.contains("新来的"),
        "its neighbour"
    );
}

#[test]
fn the_counters_are_for_this_machine_only() {
    let (_folder, server) = site();
    assert!(server.get("/metrics").body.contains("# TYPE fuxian_page_cache_hits_total counter"));
    for header in ["X-Forwarded-For: 127.0.0.1", "Via: 1.1 proxy", "Forwarded: for=127.0.0.1"] {
        assert_eq!(server.request("GET", "/metrics", &format!("{header}\r\n")).status, 404, "{header}");
    }
}

#[test]
fn many_who_ask_at_once_wait_for_one_page() {
    let (_folder, server) = site();
    let before = counted(&server, "misses_total");
    thread::scope(|scope| {
        for _ in 0..40 {
            scope.spawn(|| assert_eq!(Reader(server.addr.clone()).get("/").status, 200));
        }
    });
    assert_eq!(counted(&server, "misses_total"), before + 1);
    assert_eq!(counted(&server, "hits_total") + counted(&server, "shared_total"), 39);
}
