//! HTML that nobody on the project wrote: script injections, and what Word and others put on the clipboard. It lies
//! beside the workspace where the project is developed; elsewhere these tests say that they were skipped.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use content::{Document, document};
use importers::html;
use serde_json::Value;
use std::{fs, path::Path};

/// Every element that the writer knows, with the attributes that it can have.
const WRITTEN: &[(&str, &[&str])] = &[
    ("p", &["class"]),
    ("h2", &["class"]),
    ("h3", &["class"]),
    ("h4", &["class"]),
    ("ul", &[]),
    ("ol", &["start"]),
    ("li", &[]),
    ("blockquote", &[]),
    ("div", &["class", "tabindex", "role", "aria-label"]),
    ("table", &[]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["scope", "colspan", "rowspan"]),
    ("td", &["colspan", "rowspan"]),
    ("figure", &[]),
    ("figcaption", &[]),
    ("hr", &[]),
    ("br", &[]),
    ("a", &["href", "rel"]),
    ("strong", &[]),
    ("em", &[]),
    ("u", &[]),
    ("s", &[]),
    ("sup", &[]),
    ("sub", &[]),
    ("code", &[]),
];

fn corpus(path: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus").join(path);
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: {path:?} is not beside the workspace");
    }
    text
}

/// Reads, checks, and checks what is written again: text and addresses are escaped there, so each `<` begins a tag.
fn read(text: &str) -> (Document, Vec<String>) {
    let (document, dropped) = html(text, &|_| None);
    document.check().unwrap_or_else(|refusal| panic!("{refusal}\n{text}"));
    let json = document.to_json().unwrap();
    assert_eq!(Document::from_json(&json).unwrap(), document);
    let written = document::html::of(&document, &|_| None);
    for tag in written.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap().trim_start_matches('/');
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let (_, allowed) = WRITTEN.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("<{tag}>"));
        for attribute in attributes.split("\" ").filter(|attribute| !attribute.is_empty()) {
            let (name, value) = attribute.split_once("=\"").unwrap();
            assert!(allowed.contains(&name), "<{tag}>");
            let safe = ["http://", "https://", "mailto:", "tel:", "#", "/"]
                .iter()
                .any(|start| value.to_ascii_lowercase().starts_with(start));
            assert!(name != "href" || (safe && !value.starts_with("//")), "<{tag}>");
        }
    }
    (document, dropped)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{200b}').collect()
}

/// The text of simple HTML without its tags, by a way that shares nothing with the reader.
fn without_tags(html: &str) -> String {
    let pieces =
        html.split('<').enumerate().map(|(n, piece)| if n == 0 { piece } else { piece.split_once('>').unwrap().1 });
    pieces.collect::<String>().replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn no_injection_is_alive_afterwards() {
    let Some(text) = corpus("xss/rsnake.json") else { return };
    let injections: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(injections.len() > 100);
    for injection in &injections {
        let payload = injection["payload"].as_str().unwrap();
        for text in [
            payload.to_owned(),
            format!("<p>前{payload}后</p>"),
            format!("<div title=\"{payload}\">"),
            format!("<a href=\"{payload}\">字</a>"),
            payload.to_ascii_lowercase(),
        ] {
            read(&text);
        }
    }
}

#[test]
fn a_statute_from_word_loses_no_text() {
    let Some(text) = corpus("paste/trade-union-law.html") else { return };
    let (document, _) = read(&text);
    assert_eq!(letters(&document::text::of(&document)), letters(&without_tags(&text)));
    assert!(!document.to_json().unwrap().contains("Mso"));
}

#[test]
fn the_clipboards_of_word_and_docs_keep_their_text() {
    let Some(text) = corpus("paste/word-gdocs.jsonl") else { return };
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let (document, _) = read(case["input"].as_str().unwrap());
        let kept = letters(&document::text::of(&document));
        // Word writes the marks of a list into the text; the other side takes them for what they are.
        if !case["case"].as_str().unwrap().starts_with("list/") {
            assert_eq!(kept, letters(&without_tags(case["model"].as_str().unwrap())), "{line}");
        }
        if let Some(normalised) = case["normalized"].as_str() {
            let (clean, _) = read(normalised);
            assert_eq!(letters(&document::text::of(&clean)), letters(&without_tags(normalised)), "{line}");
        }
    }
}
