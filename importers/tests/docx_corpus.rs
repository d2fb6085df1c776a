//! Word files that nobody on the project wrote: their text is whole, and damage to them ends well.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use content::{
    Document, MediaId,
    document::{self, Block, Item},
};
use importers::{
    PictureRef,
    docx::{Word, docx},
};
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

fn library(at: usize) -> Option<PictureRef> {
    Some(PictureRef { id: MediaId(at as i64 + 100), alt: String::new() })
}

fn corpus() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/docx");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: {folder:?} is not beside the workspace");
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "docx"));
    let mut files: Vec<_> = paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    files.sort();
    files
}

fn read(word: Word) -> (String, Document) {
    let (fields, body, _) = word.into_body(&library).unwrap();
    body.check().unwrap();
    assert_eq!(Document::from_json(&body.to_json().unwrap()).unwrap(), body);
    (fields.title, body)
}

/// The words of a text: runs of letters, and runs of digits, which others part where they are raised or lowered.
fn words(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    let parted = text.chars().fold(String::new(), |mut parted, c| {
        let digit = |c: char| c.is_numeric();
        if parted.chars().next_back().is_some_and(|last| digit(last) != digit(c)) {
            parted.push(' ');
        }
        parted.push(if c.is_alphanumeric() { c } else { ' ' });
        parted
    });
    for word in parted.split_whitespace() {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
    counts
}

/// The numbers that lists write themselves.
fn numbers(blocks: &[Block]) -> String {
    let list = |start: u32, items: &[Item], counted: bool| {
        let each = items.iter().enumerate().map(|(n, item)| {
            let number = if counted { format!("{} ", start as usize + n) } else { String::new() };
            number + &numbers(&item.content)
        });
        each.collect::<String>()
    };
    let each = blocks.iter().map(|block| match block {
        Block::OrderedList { attrs, content } => list(attrs.start, content, true),
        Block::BulletList { content, .. } => list(0, content, false),
        Block::Table { content, .. } => {
            content.iter().flat_map(|row| &row.content).map(|cell| numbers(cell.content())).collect()
        }
        _ => String::new(),
    });
    each.collect()
}

/// Headings, entries of lists and rows of tables, as Markdown has them outside of code.
fn structure(markdown: &str) -> [usize; 3] {
    let (mut counts, mut code) = ([0; 3], false);
    for line in markdown.lines() {
        let line = line.trim_start();
        code ^= line.starts_with("```");
        let number = line.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok());
        match line {
            _ if code => {}
            _ if line.starts_with('#') => counts[0] += 1,
            _ if line.starts_with("| -") && line.chars().all(|c| matches!(c, '|' | '-' | ' ')) => {}
            _ if line.starts_with('|') => counts[2] += 1,
            _ if line.starts_with("- ") || number => counts[1] += 1,
            _ => {}
        }
    }
    counts
}

fn of_tree(title: &str, html: &str) -> [usize; 3] {
    let tables = html.matches("<tr").count();
    let outside: String =
        html.split("<table").map(|part| part.rsplit_once("</table>").map_or(part, |(_, rest)| rest)).collect();
    let headings = ["<h2", "<h3", "<h4"].iter().map(|tag| html.matches(tag).count()).sum::<usize>();
    [headings + usize::from(!title.is_empty()), outside.matches("<li").count(), tables]
}

#[test]
fn the_text_of_the_real_files_is_whole() {
    for (path, bytes) in corpus() {
        let Ok(expected) = fs::read_to_string(path.with_extension("docx.md")) else { continue };
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (title, body) = read(docx(&bytes).unwrap());
        let found = words(&format!("{title}\n{}\n{}", document::text::of(&body), numbers(&body.blocks)));
        let plain = expected.replace("<!-- image -->", "").replace("&lt;", "<").replace("&gt;", ">");
        let wanted = words(&plain);
        let total: usize = wanted.values().sum();
        let missing: Vec<_> = wanted.iter().filter(|(word, count)| found.get(*word).unwrap_or(&0) < count).collect();
        let extra: usize =
            found.iter().map(|(word, count)| count.saturating_sub(*wanted.get(word).unwrap_or(&0))).sum();
        let counts = of_tree(&title, &document::html::of(&body, &|_| None));
        println!(
            "{name}: {total} words, missing {missing:?}, {extra} more; headings, entries, rows: {counts:?} where {:?} are expected",
            structure(&expected)
        );
        assert!(missing.is_empty(), "{name}: {missing:?}");
        // A number that a list cannot say makes a paragraph, and a bold line at the beginning a title.
        let apart: usize = counts.iter().zip(structure(&expected)).map(|(a, b)| a.abs_diff(b)).sum();
        assert!(apart <= 2, "{name}");
    }
}

#[test]
fn each_real_file_gives_what_it_is_about() {
    for (path, bytes) in corpus() {
        let word = docx(&bytes).unwrap();
        let pictures: Vec<String> = word.pictures().iter().map(|picture| picture.name.clone()).collect();
        let left_out = word.report.left_out.join("\n");
        let (_, body) = read(word);
        let text = document::text::of(&body);
        match path.file_stem().unwrap().to_str().unwrap() {
            "comments" => assert!(text == "Ouch." && left_out == "comment ×2: left out", "{text} {left_out}"),
            "empty" => assert_eq!(text, ""),
            "external-picture" => assert!(left_out.contains("tiny-picture.png") && pictures.is_empty(), "{left_out}"),
            "footnotes" => assert_eq!(text, "Ouch〔A tachyon walks into a bar.〕.〔Fin.〕"),
            "single-paragraph" => assert_eq!(text, "Walking on imported air"),
            "strikethrough" => assert_eq!(text, "Today's Special: Salmon Sold out"),
            "text-box" => assert_eq!(text, "Datum plane"),
            "tiny-picture" => assert_eq!((pictures.len(), body.pictures().len()), (1, 1)),
            "utf8-bom" => assert_eq!(text, "This XML has a byte order mark."),
            "Strict" => assert_eq!(text, "Some text"),
            "word_image_anchors" => assert_eq!(pictures.len(), 2),
            _ => {}
        }
    }
}

#[test]
fn real_files_that_are_cut_or_damaged_are_read_or_refused() {
    for (path, bytes) in corpus() {
        let start = Instant::now();
        for n in 0..200 {
            let at = bytes.len() * n / 200;
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (n % 8);
            for damaged in [&bytes[..at], &flipped] {
                if let Ok(word) = docx(damaged) {
                    read(word);
                }
            }
        }
        let each = start.elapsed() / 400;
        println!("{}: {each:?}", path.file_stem().unwrap().to_string_lossy());
        assert!(each < Duration::from_millis(500), "{path:?}: {each:?}");
    }
}
