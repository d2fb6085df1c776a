//! Pages of real sites with what is right for each. They lie beside the workspace where the project is developed;
//! elsewhere these tests say that they were skipped.

use flate2::read::GzDecoder;
use importers::pages::{Field, Found, Kind, Profile, Site};
use serde_json::Value;
use std::{fs, io::Read, path::Path};

struct Case {
    name: String,
    page: String,
    bytes: Vec<u8>,
    right: Value,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/legacy-pages");
    let Ok(json) = fs::read_to_string(folder.join("cases.json")) else {
        println!("skipped: {folder:?} is not beside the workspace");
        return Vec::new();
    };
    let right: Vec<Value> = serde_json::from_str(&json).unwrap();
    let mut cases = Vec::new();
    for right in right {
        for key in ["page", "gbk_page"] {
            let Some(page) = right[key].as_str() else { continue };
            let mut bytes = Vec::new();
            GzDecoder::new(fs::File::open(folder.join(page)).unwrap()).read_to_end(&mut bytes).unwrap();
            cases.push(Case {
                name: right["case"].as_str().unwrap().to_owned(),
                page: page.to_owned(),
                bytes,
                right: right.clone(),
            });
        }
    }
    cases
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}' && *c != '\u{feff}').collect()
}

/// How much of one text is in the other, line by line; a line that is not there as a whole counts by its sentences.
fn share(lines: &[&str], other: &str) -> f64 {
    let other = squeezed(other);
    let (mut all, mut there) = (0, 0);
    for line in lines {
        let line = squeezed(line);
        let count = line.chars().count();
        all += count;
        there += if other.contains(&line) {
            count
        } else {
            let parts = line.split_inclusive(['。', '，', '；', '！', '？']);
            parts.filter(|part| other.contains(*part)).map(|part| part.chars().count()).sum()
        };
    }
    if all == 0 { 1.0 } else { f64::from(there as u32) / f64::from(all as u32) }
}

#[derive(Default)]
struct Score {
    pages: usize,
    article: usize,
    title: usize,
    time: usize,
    timed: usize,
    body: usize,
    people: [(usize, usize); 3],
}

fn value(field: &Option<Field>) -> &str {
    field.as_ref().map_or("", |field| &field.value)
}

/// Scores one page and says where it is wrong.
fn judge(case: &Case, found: &Found, score: &mut Score, verbose: bool) {
    let right = &case.right;
    let text = |key: &str| right[key].as_str().unwrap_or_default();
    score.pages += 1;
    score.article += usize::from(found.kind == Kind::Article);
    let titles: Vec<String> = std::iter::once(&right["title"])
        .chain(right["also_accept_titles"].as_array().unwrap())
        .map(|title| squeezed(title.as_str().unwrap()))
        .collect();
    let title = titles.contains(&squeezed(value(&found.title)));
    score.title += usize::from(title);
    let wanted: String = text("publish_time").chars().take(16).collect();
    let given: String = value(&found.publish_time).chars().take(wanted.len()).collect();
    let time = given == wanted;
    if !wanted.is_empty() {
        score.timed += 1;
        score.time += usize::from(time);
    }
    let wanted_lines: Vec<&str> =
        right["body_lines"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let given_lines: Vec<&str> = found.body_text.lines().collect();
    let recall = share(&wanted_lines, &found.body_text);
    let precision = share(&given_lines, &wanted_lines.join("\n"));
    let body = squeezed(&found.body_text);
    let has = |text: &Value| body.contains(&squeezed(text.as_str().unwrap()));
    let missing: Vec<&Value> = right["must_contain"].as_array().unwrap().iter().filter(|text| !has(text)).collect();
    let wrong: Vec<&Value> = right["must_not_contain"].as_array().unwrap().iter().filter(|text| has(text)).collect();
    let good = recall >= 0.95 && precision >= 0.8 && missing.is_empty() && wrong.is_empty();
    score.body += usize::from(good);
    for (n, (key, field)) in
        [("source", &found.source), ("author", &found.author), ("editor", &found.editor)].into_iter().enumerate()
    {
        if !text(key).is_empty() {
            score.people[n].1 += 1;
            score.people[n].0 += usize::from(squeezed(text(key)) == squeezed(value(field)));
        }
    }
    println!(
        "{:14} {:9} title {} time {} body {} recall {recall:.3} precision {precision:.3} | {} | {} | source {}/{} author {}/{} editor {}/{} section {}",
        case.name,
        format!("{:?}", found.kind),
        if title { "ok" } else { "NO" },
        if time { "ok" } else { "NO" },
        if good { "ok" } else { "NO" },
        value(&found.title),
        value(&found.publish_time),
        value(&found.source),
        text("source"),
        value(&found.author),
        text("author"),
        value(&found.editor),
        text("editor"),
        value(&found.section),
    );
    if !missing.is_empty() || !wrong.is_empty() {
        println!("    missing {missing:?} wrong {wrong:?}");
    }
    if verbose && !good {
        println!("    found at {:?}", found.body.as_ref().map(|body| &body.found));
        for line in given_lines.iter().filter(|line| share(&[line], &wanted_lines.join("\n")) < 0.5).take(12) {
            println!("    + {}", line.chars().take(80).collect::<String>());
        }
        for line in wanted_lines.iter().filter(|line| share(&[line], &found.body_text) < 0.5).take(12) {
            println!("    - {}", line.chars().take(80).collect::<String>());
        }
    }
}

fn run(what: &str, change: impl Fn(&[u8]) -> Vec<u8>) -> Score {
    println!("== {what}");
    let mut score = Score::default();
    let site = Site::new(Profile::default());
    for case in cases() {
        let bytes = change(&case.bytes);
        let found = site.read(&case.page.replace(".gz", ""), &bytes, &|_| None).unwrap();
        judge(&case, &found, &mut score, std::env::var_os("VERBOSE").is_some());
    }
    let Score { pages, article, title, time, timed, body, people } = &score;
    println!(
        "-- {what}: {pages} pages, {article} articles, title {title}, time {time}/{timed}, body {body}, people {people:?}"
    );
    score
}

#[test]
fn real_pages_are_read() {
    let score = run("as they are", <[u8]>::to_vec);
    assert!(score.title * 100 >= score.pages * 95);
    assert!(score.time * 100 >= score.timed * 98);
    assert!(score.body * 100 >= score.pages * 90);
    assert_eq!(score.article, score.pages);
}

/// What holds for pages from which something was taken away as well.
fn assert_aims(score: &Score) {
    assert!(score.title * 100 >= score.pages * 95);
    assert!(score.body * 100 >= score.pages * 90);
    assert_eq!(score.article, score.pages);
}

/// The text of a page, whatever it declares.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    }
}

/// The page without what `starts` begins, each up to its `>`.
fn without(text: &str, starts: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.to_ascii_lowercase().find(starts) {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once('>').map_or("", |(_, behind)| behind);
    }
    out + rest
}

#[test]
fn the_head_is_not_what_it_hangs_on() {
    assert_aims(&run("without <meta>", |bytes| without(&text(bytes), "<meta").into_bytes()));
}

#[test]
fn classes_are_not_what_it_hangs_on() {
    let plain = |bytes: &[u8]| {
        let text = text(bytes).replace(" class=", " data-c=").replace(" id=", " data-i=");
        text.into_bytes()
    };
    assert_aims(&run("without classes and ids", plain));
}

#[test]
fn headings_are_not_what_it_hangs_on() {
    let plain = |bytes: &[u8]| {
        let mut text = text(bytes);
        for level in 1..=6 {
            text = text.replace(&format!("<h{level}"), "<div").replace(&format!("</h{level}>"), "</div>");
        }
        text.into_bytes()
    };
    assert_aims(&run("without headings", plain));
}

#[test]
fn titles_of_the_document_are_not_what_it_hangs_on() {
    let score = run("without <title>", |bytes| {
        text(bytes).replace("<title", "<x-title").replace("</title", "</x-title").into_bytes()
    });
    assert_aims(&score);
}

#[test]
fn a_title_of_the_document_that_names_only_the_site_misleads_nobody() {
    let score = run("with <title> of the site", |bytes| {
        let text = text(bytes);
        let Some((before, rest)) = text.split_once("<title") else { return text.into_bytes() };
        let behind = rest.split_once("</title>").map_or("", |(_, behind)| behind);
        format!("{before}<title>温水县人民政府门户网站</title>{behind}").into_bytes()
    });
    assert_aims(&score);
}

#[test]
fn pages_without_any_of_it_are_still_read() {
    let score = run("without meta, classes, headings", |bytes| {
        let mut text = without(&text(bytes), "<meta").replace(" class=", " data-c=").replace(" id=", " data-i=");
        for level in 1..=6 {
            text = text.replace(&format!("<h{level}"), "<div").replace(&format!("</h{level}>"), "</div>");
        }
        text.into_bytes()
    });
    assert_aims(&score);
}

#[test]
fn white_space_of_the_source_means_nothing() {
    let score = run("without line ends", |bytes| text(bytes).replace(['\n', '\r', '\t'], " ").into_bytes());
    assert_aims(&score);
}

#[test]
fn pages_of_many_sites_in_one_folder_teach_nothing_wrong() {
    let cases = cases();
    let mut site = Site::new(Profile::default());
    cases.iter().for_each(|case| site.learn(&case.bytes));
    let mut score = Score::default();
    for case in &cases {
        judge(case, &site.read(&case.page, &case.bytes, &|_| None).unwrap(), &mut score, true);
    }
    assert_aims(&score);
}

#[test]
fn real_pages_can_end_anywhere() {
    let site = Site::new(Profile::default());
    for case in cases() {
        for part in 1..8 {
            let cut = &case.bytes[..case.bytes.len() * part / 8 - part];
            let found = site.read(&case.page, cut, &|_| None).unwrap();
            found.body.iter().for_each(|body| body.value.check().unwrap());
        }
    }
}
