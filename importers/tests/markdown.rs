//! Markdown: what it says, what stands before it, and what hides in it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use content::{MediaId, document, time::WrittenTime};
use importers::{Arrival, Fault, PictureRef, There, markdown};
use std::time::{Duration, Instant};

fn library(address: &str) -> Option<PictureRef> {
    address.ends_with("lake.jpg").then(|| PictureRef { id: MediaId(7), alt: "抚仙湖".to_owned() })
}

fn read(text: &str) -> Result<Arrival, Fault> {
    let arrival = markdown(text.as_bytes(), &library)?;
    arrival.draft.body.check().unwrap();
    Ok(arrival)
}

fn written(text: &str) -> String {
    let arrival = read(&format!("---\ntitle: 题\n---\n{text}")).unwrap();
    let html = document::html::of(&arrival.draft.body, &|_| None);
    html.replace("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"表格\">", "")
        .replace("</table></div>", "</table>")
}

#[test]
fn the_fields_before_a_text_find_their_places() {
    let text = "---\ntitle: \"题: 目\"\ndate: 2012-07-31 10:28:49\nauthor: 李四\ncategories:\n  - 要闻\n  - 讲话\ntags: [劳动, '竞赛']\n\
                description: 摘要\nsource: 云南日报\nurl: /a/1.html\ndraft: true\nlayout: post\n# 注\n---\n\n一\n";
    let arrival = read(text).unwrap();
    let fields = &arrival.draft.fields;
    assert_eq!(
        [&fields.title, &fields.author, &fields.summary, &fields.source],
        ["题: 目", "李四", "摘要", "云南日报"]
    );
    assert_eq!(fields.keywords, "劳动 竞赛");
    assert_eq!(
        (arrival.draft.section.as_deref(), arrival.further.as_slice()),
        (Some("要闻"), &["讲话".to_owned()][..])
    );
    assert_eq!(arrival.draft.published, Some(WrittenTime::parse("2012-07-31 10:28:49").unwrap()));
    assert_eq!(arrival.draft.identity, "url:/a/1.html");
    assert_eq!(arrival.there, There::Draft);
    assert_eq!(arrival.left_out, ["field ×1: not known: left out (\"layout\")"]);
    let toml = "+++\r\ntitle = '题'\r\ndate = 2012-07-31T10:28:49Z\r\ndraft = false\r\n+++\r\n一\r\n";
    let arrival = read(toml).unwrap();
    assert_eq!((arrival.draft.fields.title.as_str(), arrival.there), ("题", There::Published));
    assert!(arrival.draft.published.is_some());
}

#[test]
fn a_heading_at_the_beginning_is_the_title() {
    let arrival = read("# 题 *目*\n\n一\n\n## 节\n\n### 小节\n").unwrap();
    assert_eq!(arrival.draft.fields.title, "题 目");
    assert_eq!(document::html::of(&arrival.draft.body, &|_| None), "<p>一</p><h2>节</h2><h3>小节</h3>");
    assert!(matches!(read("一\n\n# 节\n"), Err(Fault::NoTitle { .. })));
    assert!(matches!(read("# 题\n"), Err(Fault::NoBody { .. })));
    assert!(matches!(read(""), Err(Fault::NoTitle { .. })));
    assert_eq!(written("# 一\n\n## 二\n"), "<h2>一</h2><h3>二</h3>");
    // A rule at the beginning is no field.
    assert!(matches!(read("---\n一\n---\n二\n"), Err(Fault::NoTitle { .. })));
}

#[test]
fn marks_lists_tables_and_code_are_kept() {
    assert_eq!(
        written("**粗** *斜* ~~删~~ `a<b` [词](https://a.cn/ \"x\") <https://b.cn>"),
        "<p><strong>粗 </strong><em>斜 </em><s>删 </s><code>a&lt;b </code>\
         <a href=\"https://a.cn/\" rel=\"noopener noreferrer\">词 </a>\
         <a href=\"https://b.cn\" rel=\"noopener noreferrer\">https://b.cn</a></p>"
    );
    assert_eq!(
        written("- 一\n- 二\n  1. 三\n  2. 四\n\n5. 五\n"),
        "<ul><li><p>一</p></li><li><p>二</p><ol><li><p>三</p></li><li><p>四</p></li></ol></li></ul><ol start=\"5\"><li><p>五</p></li></ol>"
    );
    assert_eq!(
        written("| 甲 | 乙 |\n|---|:-:|\n| 一 | 二 |\n"),
        "<table><thead><tr><th scope=\"col\"><p>甲</p></th><th scope=\"col\"><p>乙</p></th></tr></thead><tbody><tr><td><p>一</p></td>\
         <td><p>二</p></td></tr></tbody></table>"
    );
    assert_eq!(written("> 引\n> 文\n\n---\n"), "<blockquote><p>引文</p></blockquote><hr>");
    assert_eq!(written("```rust\na\n  b\n```\n"), "<p>a<br>  b</p>");
    assert_eq!(written("- [x] 一\n- [ ] 二\n"), "<ul><li><p>☑ 一</p></li><li><p>☐ 二</p></li></ul>");
}

#[test]
fn pictures_and_notes_find_their_places() {
    let arrival = read("# 题\n\n![湖 *边*](pic/lake.jpg \"说明\")\n\n![无](other.jpg)\n\n一[^a]二[^b]三[^没有]\n\n[^a]: 甲 *注*\n\n    续\n\n[^b]: 乙\n").unwrap();
    let document::Block::Figure { attrs, content } = &arrival.draft.body.blocks[0] else { panic!("{arrival:?}") };
    assert_eq!((attrs.media, attrs.alt.as_str()), (MediaId(7), "湖 边"));
    assert_eq!(content, &[document::Inline::text("说明")]);
    assert_eq!(document::text::of(&arrival.draft.body), "说明\n一〔甲 注 续〕二〔乙〕三[^没有]");
    assert!(arrival.left_out[0].contains("other.jpg"), "{:?}", arrival.left_out);
    let long = format!("# 题\n\n一[^a]\n\n[^a]: {}\n", "注".repeat(2_500));
    assert_eq!(document::text::of(&read(&long).unwrap().draft.body).matches('注').count(), 2_500);
    // The signs by which notes travel cannot be forged.
    assert_eq!(written("一\u{f8f0}0\u{f8f1}[^a]\n\n[^a]: 注\n").matches("fnr-").count(), 2);
}

#[test]
fn what_our_writer_of_markdown_writes_is_read_as_the_same_text() {
    let text = r#"{"type":"doc","attrs":{"version":1},"content":[
        {"type":"paragraph","attrs":{"id":"b1"},"content":[{"type":"text","text":"1. *甲* _乙_ [丙](x) <b> &amp; `丁` # 戊 ~~己~~ \\ | !"}]},
        {"type":"heading","attrs":{"id":"b2","level":2},"content":[{"type":"text","text":"节 #"}]},
        {"type":"paragraph","attrs":{"id":"b3"},"content":[{"type":"text","text":"“粗”","marks":[{"type":"bold"}]},
            {"type":"text","text":"粗","marks":[{"type":"bold"},{"type":"italic"}]},{"type":"text","text":"体"},
            {"type":"text","text":"删","marks":[{"type":"strike"}]},{"type":"text","text":"2","marks":[{"type":"superscript"}]},
            {"type":"hardBreak"},{"type":"text","text":"- 行"},{"type":"footnote","attrs":{"text":"注 [1] *a*"}},
            {"type":"text","text":"词","marks":[{"type":"link","attrs":{"href":"https://a.cn/?a=1&b=(2)"}}]}]},
        {"type":"orderedList","attrs":{"id":"b4","start":3},"content":[{"type":"listItem","content":[
            {"type":"paragraph","attrs":{"id":"b5"},"content":[{"type":"text","text":"三"}]},
            {"type":"bulletList","attrs":{"id":"b6"},"content":[{"type":"listItem","content":[
                {"type":"paragraph","attrs":{"id":"b7"},"content":[{"type":"text","text":"+ 里"}]}]}]}]}]},
        {"type":"blockquote","attrs":{"id":"b8"},"content":[{"type":"paragraph","attrs":{"id":"b9"},"content":[{"type":"text","text":"> 引"}]}]},
        {"type":"table","attrs":{"id":"b10"},"content":[
            {"type":"tableRow","content":[{"type":"tableHeader","content":[{"type":"paragraph","attrs":{"id":"c1"},"content":[{"type":"text","text":"甲|乙"}]}]}]},
            {"type":"tableRow","content":[{"type":"tableCell","content":[{"type":"paragraph","attrs":{"id":"c2"},"content":[{"type":"text","text":"丙"}]}]}]}]},
        {"type":"figure","attrs":{"id":"b11","media":7,"alt":"抚仙湖"},"content":[{"type":"text","text":"图 \"一\""}]},
        {"type":"horizontalRule","attrs":{"id":"b12"}}]}"#;
    let document = document_of(text);
    let written = document::markdown::of(&document, &|_| "../media/lake.jpg".to_owned());
    let arrival = read(&format!("---\ntitle: 题\n---\n\n{written}")).unwrap();
    assert_eq!(arrival.left_out, [""; 0], "{written}");
    let html = |document: &content::Document| document::html::of(document, &|_| None);
    // A note ends the run of a text in the reader of HTML, which takes a space at its end for none; nothing else differs.
    let plain = |html: String| html.replace(' ', "");
    assert_eq!(plain(html(&arrival.draft.body)), plain(html(&document)), "{written}");
}

fn document_of(json: &str) -> content::Document {
    content::Document::from_json(json).unwrap()
}

#[test]
fn html_in_it_is_html_of_others() {
    let arrival = read("# 题<script>x</script>\n\n<div onclick=\"x\">一</div>\n\n<script>\nalert(1)\n</script>\n\n二<br>三<img src=x onerror=y> [词](javascript:alert(1))\n\n<iframe src=\"x\"></iframe>\n").unwrap();
    let html = document::html::of(&arrival.draft.body, &|_| None);
    assert_eq!(html, "<p>一</p><p>二<br>三 词</p>");
    assert!(!arrival.draft.fields.title.contains('<'), "{}", arrival.draft.fields.title);
    let said = arrival.left_out.join("\n");
    for part in ["script ×1", "iframe ×1", "javascript:alert(1)"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let front =
        "---\ntitle: '<script>alert(1)</script>题'\nauthor: <img onerror=x>李\ncategory: <b>要闻</b>\n---\n一\n";
    let arrival = read(front).unwrap();
    assert_eq!([&arrival.draft.fields.title, &arrival.draft.fields.author], ["题", "李"]);
    assert_eq!(arrival.draft.section.as_deref(), Some("要闻"));
}

#[test]
fn hostile_texts_end_in_bounded_time() {
    let start = Instant::now();
    for part in [
        "> ", "- ", "[", "*", "`", "<div>", "![", "[^a]", "[a](", "<b>", "    ", "1. ", "| ", "**a", "_a_", "&", "\\",
        "<!--", "[^a]: ", "~~", "***", "<", "a**b",
    ] {
        for times in [1_000, 100_000] {
            let before = Instant::now();
            let _ = read(&format!("# 题\n\n{}一", part.repeat(times)));

            assert!(before.elapsed() < Duration::from_secs(20), "{part:?} ×{times}: {:?}", before.elapsed());
        }
    }
    for line in ["> - ", "* a\n", "[a]: b\n", "[^a]: b\n", "|a|\n|-|\n", "---\n", "```\n", "# a\n"] {
        let before = Instant::now();
        let _ = read(&format!("# 题\n\n{}", line.repeat(50_000)));

        assert!(before.elapsed() < Duration::from_secs(20), "{line:?}: {:?}", before.elapsed());
    }
    println!("{:?}", start.elapsed());
}

#[test]
fn a_text_cut_anywhere_or_damaged_is_read_or_refused() {
    let text = "---\ntitle: 题\ntags: [a, b]\n---\n# 一\n\n| 甲 | 乙 |\n|--|--|\n| `x` | [y](z) |\n\n> - 1[^a]\n\n[^a]: <b>注</b>\n\n![p](lake.jpg)\n";
    for at in 0..text.len() {
        let mut flipped = text.as_bytes().to_owned();
        flipped[at] ^= 1 << (at % 8);
        for damaged in [&text.as_bytes()[..at], &flipped] {
            if let Ok(arrival) = markdown(damaged, &library) {
                arrival.draft.body.check().unwrap();
            }
        }
    }
    assert!(matches!(markdown(b"# \xff", &library), Err(Fault::NotUtf8 { offset: 2 })));
}
