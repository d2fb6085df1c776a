//! JSON Lines: one article a line, and files of any size and any brokenness.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use content::{MediaId, Refusal, document, time::WrittenTime};
use importers::{Draft, Fault, LONGEST_LINE, Lines, PictureRef, line};
use std::io::{self, BufReader, Read};

fn read(text: &str) -> Result<(Draft, Vec<String>), Fault> {
    line(text, &|src| (src == "a.jpg").then(|| PictureRef { id: MediaId(1), alt: String::new() }))
}

#[test]
fn every_key_finds_its_place() {
    let (draft, left_out) = read(
        r#"{"section":"jianghua","title":"题","subtitle":"副","published_at":"2012-07-31 10:28:49","editor":"甲",
        "author":"乙","source":"丙","byline":"丁","dateline":"2012年7月27日","summary":"摘\n要","keywords":"一 二",
        "body_html":"<p>正文</p><img src=a.jpg>","url":"https://old.example.cn/1.html"}"#,
    )
    .unwrap();
    let fields = &draft.fields;
    assert_eq!(
        [&fields.title, &fields.subtitle, &fields.editor, &fields.author, &fields.source, &fields.byline],
        ["题", "副", "甲", "乙", "丙", "丁"]
    );
    assert_eq!([&fields.dateline, &fields.summary, &fields.keywords], ["2012年7月27日", "摘 要", "一 二"]);
    assert_eq!(draft.section.as_deref(), Some("jianghua"));
    assert_eq!(draft.published, Some(WrittenTime::parse("2012-07-31 10:28:49").unwrap()));
    assert_eq!(draft.identity, "url:https://old.example.cn/1.html");
    assert_eq!(draft.url.as_deref(), Some("https://old.example.cn/1.html"));
    assert_eq!(draft.body.pictures(), [MediaId(1)]);
    assert_eq!(left_out, [""; 0]);
}

#[test]
fn a_title_and_a_body_are_enough() {
    let text = r#"{"title":" 题\t目 ","body_text":"　　一\r\n\n二\t三\r四","section":null,"published_at":"","url":" ","editor":null}"#;
    let (draft, left_out) = read(text).unwrap();
    assert_eq!(draft.fields.title, "题 目");
    assert_eq!(document::text::of(&draft.body), "一\n二 三\n四");
    assert_eq!((draft.section, draft.published, draft.url), (None, None, None));
    assert_eq!(draft.identity, format!("sha256:{}", draft.digest));
    assert_eq!(left_out, [""; 0]);
}

#[test]
fn changed_content_has_another_digest_under_the_same_identity() {
    let (one, _) = read(r#"{"title":"题","body_text":"一","url":"/a/1"}"#).unwrap();
    let (two, _) = read(r#"{"title":"题","body_text":"二","url":"/a/1"}"#).unwrap();
    assert_eq!(one.identity, two.identity);
    assert_ne!(one.digest, two.digest);
}

#[test]
fn what_is_left_out_is_said() {
    let (_, left_out) = read(
        r#"{"title":"题","views":[1,{"a":2}],"body_html":"<p>一<script>x</script>","body_text":"二","时间":null}"#,
    )
    .unwrap();
    assert_eq!(
        left_out,
        [
            "unknown key \"views\" ignored",
            "unknown key \"时间\" ignored",
            "body_text ignored: body_html was given as well",
            "script ×1: left out with its content",
        ]
    );
    let (draft, left_out) =
        read("{\"title\":\"题\",\"body_md\":\"## 章\\n\\n一 **二**[^1]\\n\\n[^1]: 注\",\"body_text\":\"三\"}").unwrap();
    assert_eq!(content::document::text::of(&draft.body), "章\n一 二〔注〕");
    assert_eq!(left_out, ["body_text ignored: body_md was given as well"]);
    let (draft, left_out) = read(r#"{"title":"题","body_html":" ","body_text":"一\u0000二\u0007"}"#).unwrap();
    assert_eq!(document::text::of(&draft.body), "一二");
    assert_eq!(left_out, ["control characters: 2 removed from body_text"]);
}

#[test]
fn a_bad_line_names_the_key_and_what_was_expected() {
    for (text, said) in [
        ("", "expected one JSON object on the line"),
        ("[]", "expected one JSON object on the line"),
        (r#""title""#, "expected one JSON object on the line"),
        (r#"{"title":"题","body_text":"一"} {}"#, "expected one JSON object on the line"),
        (r#"{"title":"题","title":"目","body_text":"一"}"#, "the key \"title\" stands there twice"),
        (r#"{"title":"题","body_text":"一""#, "expected one JSON object on the line"),
        (r#"{"body_text":"一"}"#, "no title found: expected text under the key \"title\""),
        (r#"{"title":" \n","body_text":"一"}"#, "no title found"),
        (r#"{"title":"题"}"#, "no body found: expected text under the key \"body_html\" or \"body_text\""),
        (r#"{"title":"题","body_html":"<script>x</script>","body_text":"一"}"#, "no body found"),
        (r#"{"title":"题","body_text":" 　 "}"#, "no body found"),
        (r#"{"title":7,"body_text":"一"}"#, "title is a number: expected text"),
        (r#"{"title":"题","body_text":["一"]}"#, "body_text is a list: expected text"),
        (r#"{"title":"题","body_text":"一","editor":{}}"#, "editor is an object: expected text"),
        (r#"{"title":"题","body_text":"一","source":true}"#, "source is true: expected text"),
        (
            r#"{"title":"题","body_text":"一","published_at":1343701729}"#,
            "expected text such as \"2012-07-31 10:28:49\"",
        ),
        (r#"{"title":"题","body_text":"一","published_at":"2012-02-30"}"#, "\"2012-02-30\" is not a date and time"),
        (r#"{"title":"题","body_text":"一","url":"http://a b"}"#, "url \"http://a b\" is not an address"),
        (r#"{"title":"题\u0000","body_text":"一"}"#, "title holds control characters"),
    ] {
        let fault = read(text).unwrap_err().to_string();
        assert!(fault.contains(said) && !fault.contains('\n'), "{text}: {fault}");
    }
    let long = format!(r#"{{"title":"{}","body_text":"一"}}"#, "题".repeat(201));
    assert_eq!(read(&long), Err(Fault::Refused(Refusal::TooLong { field: "title".into(), limit: 200 })));
    let deep = format!(r#"{{"x":{}"#, "[".repeat(100_000));
    assert!(matches!(read(&deep), Err(Fault::NotJson(_))));
}

#[test]
fn a_body_that_could_not_be_read_back_is_refused() {
    let refused = |key: &str, part: &str| {
        let text = format!(r#"{{"title":"题","{key}":"{}"}}"#, part.repeat(60_000));
        assert_eq!(
            read(&text).unwrap_err(),
            Fault::Refused(Refusal::TooLong { field: "body".into(), limit: document::LARGEST as u64 }),
            "{part}"
        );
    };
    refused("body_text", "一\\n");
    refused("body_html", "<p>一");
    refused("body_html", "<hr>一");
}

type Numbered = (u64, Result<String, Fault>);

/// Reads everything and keeps the numbers, what came, and how many bytes were read.
fn lines(bytes: impl Read) -> (Vec<Numbered>, u64) {
    let mut lines = Lines::new(BufReader::with_capacity(7, bytes));
    let all = lines.by_ref().collect();
    (all, lines.bytes_read())
}

#[test]
fn lines_have_their_numbers_and_blank_ones_are_passed_over() {
    let (all, read) = lines("\u{feff}一\r\n\n \t\r\n二\n三".as_bytes());
    assert_eq!(all, [(1, Ok("一".to_owned())), (4, Ok("二".to_owned())), (5, Ok("三".to_owned()))]);
    assert_eq!(read, 20);
    assert_eq!(lines(&b""[..]), (Vec::new(), 0));
    assert_eq!(lines("\u{feff}\n".as_bytes()).0, []);
}

#[test]
fn a_line_that_is_not_utf8_hides_no_other() {
    let (all, _) = lines(&b"{}\nab\xd3\xf1\n{}\n"[..]);
    assert_eq!(all, [(1, Ok("{}".to_owned())), (2, Err(Fault::NotUtf8 { offset: 2 })), (3, Ok("{}".to_owned()))]);
}

#[test]
fn a_line_that_is_too_long_is_passed_over_without_being_held() {
    let long = |n: usize| io::repeat(b'a').take(n as u64);
    for (ending, shortest) in [("\n", LONGEST_LINE + 1), ("\r\n", LONGEST_LINE + 1), ("\n", LONGEST_LINE + 2)] {
        let file = long(shortest).chain(ending.as_bytes()).chain(&b"{}"[..]);
        let mut lines = Lines::new(BufReader::new(file));
        assert_eq!(lines.next(), Some((1, Err(Fault::TooLong { limit: LONGEST_LINE as u64 }))));
        assert_eq!(lines.next(), Some((2, Ok("{}".to_owned()))));
        assert_eq!(lines.next(), None);
        assert_eq!(lines.bytes_read(), (shortest + ending.len() + 2) as u64);
    }
    let mut longest = Lines::new(BufReader::new(long(LONGEST_LINE).chain(&b"\r\n"[..])));
    assert_eq!(longest.next().unwrap().1.unwrap().len(), LONGEST_LINE);
    assert_eq!(longest.next(), None);
    let mut huge = Lines::new(BufReader::new(long(100 << 20)));
    assert!(matches!(huge.next(), Some((1, Err(Fault::TooLong { .. })))));
    assert_eq!(huge.next(), None);
}

#[test]
fn a_file_that_fails_says_so_and_ends() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let mut lines = Lines::new(BufReader::new((&b"{}\n"[..]).chain(Failing)));
    assert_eq!(lines.next(), Some((1, Ok("{}".to_owned()))));
    assert!(lines.next().unwrap().1.unwrap_err().to_string().contains("the disk is gone"));
    assert_eq!(lines.next(), None);
}

/// Not a test of right and wrong: `cargo test --release -p importers -- --ignored --nocapture` prints how long it takes.
#[test]
#[ignore = "a measurement, for release builds"]
fn fifty_thousand_lines_are_read_in_seconds() {
    let sentence = "各级工会要围绕中心、服务大局,积极引导广大职工创先争优建功立业。";
    let paragraphs: Vec<String> = (0..10).map(|_| sentence.repeat(250 / sentence.chars().count() + 1)).collect();
    for (key, body) in [
        ("body_text", paragraphs.join("\\n")),
        ("body_html", paragraphs.iter().map(|text| format!("<p style=\\\"text-indent:2em\\\">{text}</p>")).collect()),
    ] {
        let file: String = (0..50_000)
            .map(|n| {
                format!("{{\"title\":\"第{n}篇\",\"published_at\":\"2012-07-31 10:28:49\",\"{key}\":\"{body}\"}}\n")
            })
            .collect();
        let start = std::time::Instant::now();
        let mut lines = Lines::new(BufReader::new(file.as_bytes()));
        let count = lines.by_ref().filter(|(_, text)| read(text.as_ref().unwrap()).is_ok()).count();
        println!("{count} lines of {key}, {} MB: {:?}", lines.bytes_read() >> 20, start.elapsed());
    }
}
