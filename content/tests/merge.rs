//! Merging: what two people made of one text.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use content::{
    Document, MediaId, SectionId,
    article::Fields,
    document::{Block, text},
    manuscript::{Clash, Manuscript, Placement},
    merge::{keep_both, keep_ours, merge},
};

fn manuscript(json: &str) -> Manuscript {
    let body = format!(r#"{{"type":"doc","attrs":{{"version":1}},"content":[{json}]}}"#);
    Manuscript {
        fields: Fields::default(),
        placement: Placement::in_section(SectionId(1)),
        body: Document::from_json(&body).unwrap(),
    }
}

/// Paragraphs `id:text`.
fn text_of(lines: &[&str]) -> Manuscript {
    let paragraph = |line: &&str| {
        let (id, text) = line.split_once(':').unwrap();
        let content =
            if text.is_empty() { String::new() } else { format!(r#","content":[{{"type":"text","text":"{text}"}}]"#) };
        format!(r#"{{"type":"paragraph","attrs":{{"id":"{id}"}}{content}}}"#)
    };
    manuscript(&lines.iter().map(paragraph).collect::<Vec<_>>().join(","))
}

fn lines(manuscript: &Manuscript) -> Vec<String> {
    manuscript.body.blocks.iter().map(|block| format!("{}:{}", block.id(), text::of_block(block))).collect()
}

/// The merged paragraphs and how many clashes there were.
fn merged(base: &[&str], ours: &[&str], theirs: &[&str]) -> (Vec<String>, usize) {
    let merged = merge(&text_of(base), &text_of(ours), &text_of(theirs));
    merged.manuscript.check().unwrap();
    (lines(&merged.manuscript), merged.clashes.len())
}

#[test]
fn different_paragraphs_both_survive() {
    let (text, clashes) = merged(&["a:一。", "b:二。"], &["a:一甲。", "b:二。"], &["a:一。", "b:二乙。"]);
    assert_eq!((text, clashes), (vec!["a:一甲。".to_owned(), "b:二乙。".to_owned()], 0));
}

#[test]
fn different_sentences_of_a_paragraph_both_survive() {
    let (text, clashes) = merged(&["a:一。二。三。"], &["a:一甲。二。三。"], &["a:一。二。三乙。"]);
    assert_eq!((text, clashes), (vec!["a:一甲。二。三乙。".to_owned()], 0));
}

#[test]
fn the_same_sentence_is_a_clash_with_both_texts() {
    let (base, ours, theirs) = (text_of(&["a:一。"]), text_of(&["a:甲。"]), text_of(&["a:乙。"]));
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(lines(&merged.manuscript), ["a:乙。"]);
    let [Clash::Block { id, ours: Some(mine), theirs: Some(other) }] = &merged.clashes[..] else {
        panic!("{:?}", merged.clashes)
    };
    assert_eq!((id.as_str(), text::of_block(mine), text::of_block(other)), ("a", "甲。".to_owned(), "乙。".to_owned()));
    let both = keep_both(&merged.manuscript, &merged.clashes[0]);
    both.check().unwrap();
    assert_eq!(lines(&both), ["a:乙。", "a-2:甲。"]);
    assert_eq!(lines(&keep_ours(&merged.manuscript, &merged.clashes[0])), ["a:甲。"]);
}

#[test]
fn what_both_added_in_one_place_stands_there_once_each() {
    let (text, clashes) =
        merged(&["a:一。", "z:末。"], &["a:一。", "n:甲。", "z:末。"], &["a:一。", "m:乙。", "z:末。"]);
    assert_eq!((text, clashes), (vec!["a:一。".into(), "m:乙。".into(), "n:甲。".into(), "z:末。".into()], 0));
}

#[test]
fn two_new_blocks_with_the_same_id_are_two_blocks() {
    let (text, clashes) = merged(&["a:一。"], &["a:一。", "b7:甲。"], &["a:一。", "b7:乙。"]);
    assert_eq!((text, clashes), (vec!["a:一。".into(), "b7:乙。".into(), "b7-2:甲。".into()], 0));
    let (text, clashes) = merged(&["a:一。"], &["a:一。", "b7:同。"], &["a:一。", "b7:同。"]);
    assert_eq!((text, clashes), (vec!["a:一。".into(), "b7:同。".into()], 0));
}

#[test]
fn a_deleted_block_is_gone_unless_somebody_wrote_in_it() {
    assert_eq!(merged(&["a:一。", "b:二。"], &["a:一。"], &["a:一改。", "b:二。"]), (vec!["a:一改。".into()], 0));
    assert_eq!(merged(&["a:一。", "b:二。"], &["a:一。", "b:二。"], &["b:二。"]), (vec!["b:二。".into()], 0));
    let (text, clashes) = merged(&["a:一。", "b:二。"], &["a:一。"], &["a:一。", "b:二改。"]);
    assert_eq!((text, clashes), (vec!["a:一。".into(), "b:二改。".into()], 1));
    let (text, clashes) = merged(&["a:一。", "b:二。"], &["a:一。", "b:二改。"], &["a:一。"]);
    assert_eq!((text, clashes), (vec!["a:一。".into(), "b:二改。".into()], 1));
}

#[test]
fn who_moved_a_block_is_followed_also_when_the_other_wrote_in_it() {
    let (text, clashes) =
        merged(&["a:一。", "b:二。", "c:三。"], &["c:三。", "a:一。", "b:二。"], &["a:一。", "b:二。", "c:三改。"]);
    assert_eq!((text, clashes), (vec!["c:三改。".into(), "a:一。".into(), "b:二。".into()], 0));
}

#[test]
fn fields_merge_one_by_one_and_lists_as_lists() {
    let base = text_of(&["a:一。"]);
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    ours.fields.title = "甲".into();
    theirs.fields.title = "乙".into();
    theirs.fields.source = "本站".into();
    ours.placement.attachments = vec![MediaId(1)];
    theirs.placement.attachments = vec![MediaId(2)];
    ours.placement.section = SectionId(3);
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(merged.clashes, [Clash::Field { field: "title".into(), ours: "甲".into(), theirs: "乙".into() }]);
    assert_eq!((merged.manuscript.fields.title.as_str(), merged.manuscript.fields.source.as_str()), ("乙", "本站"));
    assert_eq!(merged.manuscript.placement.attachments, [MediaId(2), MediaId(1)]);
    assert_eq!(merged.manuscript.placement.section, SectionId(3));
    assert_eq!(keep_ours(&merged.manuscript, &merged.clashes[0]).fields.title, "甲");
}

#[test]
fn a_place_clashes_as_json_and_can_be_chosen() {
    let base = text_of(&["a:一。"]);
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    ours.placement.section = SectionId(2);
    theirs.placement.section = SectionId(3);
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(merged.clashes, [Clash::Field { field: "section".into(), ours: "2".into(), theirs: "3".into() }]);
    assert_eq!(keep_ours(&merged.manuscript, &merged.clashes[0]).placement.section, SectionId(2));
}

#[test]
fn rows_of_a_table_and_entries_of_a_list_merge_by_themselves() {
    let table = |one: &str, two: &str| {
        let cell = |id: &str, text: &str| {
            format!(
                r#"{{"type":"tableCell","content":[{{"type":"paragraph","attrs":{{"id":"{id}"}},"content":[{{"type":"text","text":"{text}"}}]}}]}}"#
            )
        };
        let row = |n: &str, text: &str| {
            format!(
                r#"{{"type":"tableRow","content":[{},{}]}}"#,
                cell(&format!("x{n}"), text),
                cell(&format!("y{n}"), "旁")
            )
        };
        manuscript(&format!(
            r#"{{"type":"table","attrs":{{"id":"t"}},"content":[{},{}]}}"#,
            row("1", one),
            row("2", two)
        ))
    };
    let merged = merge(&table("甲", "乙"), &table("甲改", "乙"), &table("甲", "乙改"));
    assert_eq!((merged.clashes.len(), merged.manuscript), (0, table("甲改", "乙改")));
    let list = |one: &str, two: &str| {
        let item = |id: &str, text: &str| {
            format!(
                r#"{{"type":"listItem","content":[{{"type":"paragraph","attrs":{{"id":"{id}"}},"content":[{{"type":"text","text":"{text}"}}]}}]}}"#
            )
        };
        manuscript(&format!(
            r#"{{"type":"bulletList","attrs":{{"id":"l"}},"content":[{},{}]}}"#,
            item("i1", one),
            item("i2", two)
        ))
    };
    let merged = merge(&list("甲", "乙"), &list("甲改", "乙"), &list("甲", "乙改"));
    assert_eq!((merged.clashes.len(), merged.manuscript), (0, list("甲改", "乙改")));
}

/// A generator of our own: small, and the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

/// Edits blocks at random; the ids of new ones come from a small set, so that both sides meet.
fn edited(base: &[String], dice: &mut Dice, who: &str) -> Vec<String> {
    let mut lines = base.to_vec();
    for n in 0..dice.roll(6) {
        let at = dice.roll(lines.len().max(1));
        match dice.roll(5) {
            0 if !lines.is_empty() => {
                lines.remove(at);
            }
            1 if !lines.is_empty() => {
                let line = lines.remove(at);
                lines.insert(dice.roll(lines.len() + 1), line);
            }
            2 if !lines.is_empty() => lines[at] = format!("{}{who}改{n}。", lines[at]),
            _ => {
                let id = format!("n{}", dice.roll(4));
                if !lines.iter().any(|line| line.starts_with(&format!("{id}:"))) {
                    lines.insert(at.min(lines.len()), format!("{id}:{who}新{n}。"));
                }
            }
        }
    }
    lines
}

#[test]
fn no_words_are_lost_and_the_result_is_valid_whatever_two_people_do() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    for round in 0..3_000 {
        let base: Vec<String> = (0..dice.roll(6)).map(|n| format!("b{n}:原{n}。又{n}。")).collect();
        let (ours, theirs) = (edited(&base, &mut dice, "甲"), edited(&base, &mut dice, "乙"));
        let of = |lines: &[String]| text_of(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        let (base, ours, theirs) = (of(&base), of(&ours), of(&theirs));
        let merged = merge(&base, &ours, &theirs);
        merged.manuscript.check().unwrap_or_else(|refusal| panic!("round {round}: {refusal}"));
        assert_eq!(merge(&base, &base, &theirs).manuscript, theirs, "round {round}");
        assert_eq!(merge(&base, &ours, &base).manuscript, ours, "round {round}");
        assert_eq!(merge(&base, &ours, &ours).manuscript, ours, "round {round}");
        // Everything that somebody wrote stands in the text or in a clash.
        let shown = format!("{}\n{:?}", text::of(&merged.manuscript.body), merged.clashes);
        for side in [&ours, &theirs] {
            for block in &side.body.blocks {
                let words = text::of_block(block);
                for sentence in words.split_inclusive('。').filter(|sentence| sentence.contains(['甲', '乙'])) {
                    assert!(shown.contains(sentence), "round {round}: {sentence} is lost: {shown}");
                }
            }
        }
        let twice =
            |block: &Block| merged.manuscript.body.blocks.iter().filter(|other| other.id() == block.id()).count();
        assert!(merged.manuscript.body.blocks.iter().all(|block| twice(block) == 1));
    }
}

#[test]
fn a_long_text_merges_in_little_time() {
    let base: Vec<String> = (0..2_000).map(|n| format!("b{n}:第{n}段的第一句。第二句。")).collect();
    let change = |who: &str, every: usize| -> Vec<String> {
        base.iter()
            .enumerate()
            .map(|(n, line)| if n % every == 0 { format!("{line}{who}。") } else { line.clone() })
            .collect()
    };
    let of = |lines: &[String]| text_of(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let (base, ours, theirs) = (of(&base), of(&change("甲", 2)), of(&change("乙", 3)));
    let start = std::time::Instant::now();
    let merged = merge(&base, &ours, &theirs);
    assert!(start.elapsed().as_millis() < 1_000, "{:?}", start.elapsed());
    assert_eq!(merged.clashes.len(), 334, "every sixth was written on by both");
}
