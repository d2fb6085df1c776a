//! The document tree through its public face: JSON in and out, what is refused, the HTML and the text that come of it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use content::{
    Document, MediaId, Refusal,
    document::{self, Block, Inline},
    media::{File, Focus},
};

fn parse(blocks: &str) -> Result<Document, Refusal> {
    Document::from_json(&format!(r#"{{"type":"doc","attrs":{{"version":1}},"content":[{blocks}]}}"#))
}

fn html(document: &Document) -> String {
    document::html::of(document, &|id| {
        (id == MediaId(1)).then(|| File {
            id,
            key: "ab.jpg".into(),
            name: "湖.jpg".into(),
            bytes: 1_300_000,
            width: 12,
            height: 8,
            alt: "湖".into(),
            widths: Vec::new(),
            focus: Focus::default(),
        })
    })
}

const EVERYTHING: &str = r#"
{"type":"heading","attrs":{"id":"h","level":2},"content":[{"type":"text","text":"一、总则"}]},
{"type":"paragraph","attrs":{"id":"p","textAlign":"right","indent":"none"},"content":[
  {"type":"text","text":"见"},
  {"type":"text","marks":[{"type":"link","attrs":{"href":"https://example.cn/?a=1&b=2"}}],"text":"这"},
  {"type":"text","marks":[{"type":"link","attrs":{"href":"https://example.cn/?a=1&b=2"}},{"type":"bold"}],"text":"里"},
  {"type":"hardBreak"},{"type":"text","text":"<b> & \"c\""}]},
{"type":"bulletList","attrs":{"id":"u"},"content":[{"type":"listItem","content":[{"type":"paragraph","attrs":{"id":"u1"},"content":[{"type":"text","text":"甲"}]}]}]},
{"type":"orderedList","attrs":{"id":"o","start":3},"content":[{"type":"listItem","content":[{"type":"paragraph","attrs":{"id":"o1"},"content":[{"type":"text","text":"乙"}]}]}]},
{"type":"blockquote","attrs":{"id":"q"},"content":[{"type":"paragraph","attrs":{"id":"q1"},"content":[{"type":"text","text":"丙"}]}]},
{"type":"table","attrs":{"id":"t"},"content":[
  {"type":"tableRow","content":[{"type":"tableHeader","attrs":{"colspan":2,"rowspan":1},"content":[{"type":"paragraph","attrs":{"id":"t1"},"content":[{"type":"text","text":"丁"}]}]}]},
  {"type":"tableRow","content":[{"type":"tableCell","attrs":{"colspan":1,"rowspan":1},"content":[{"type":"paragraph","attrs":{"id":"t2"}}]},{"type":"tableCell","attrs":{"colspan":1,"rowspan":1},"content":[]}]}]},
{"type":"figure","attrs":{"id":"f","media":1,"alt":""},"content":[{"type":"text","text":"图"}]},
{"type":"horizontalRule","attrs":{"id":"r"}}"#;

#[test]
fn every_kind_of_node_survives_a_round_trip() {
    let document = parse(EVERYTHING).unwrap();
    let again = Document::from_json(&document.to_json().unwrap()).unwrap();
    assert_eq!(document, again);
    assert_eq!(document.pictures(), [MediaId(1)]);
}

#[test]
fn html_is_exactly_what_the_tree_says() {
    let expected = concat!(
        "<h2>一、总则</h2>",
        r#"<p class="align-right indent-0">见<a href="https://example.cn/?a=1&amp;b=2" rel="noopener noreferrer">这<strong>里</strong></a><br>&lt;b&gt; &amp; &quot;c&quot;</p>"#,
        "<ul><li><p>甲</p></li></ul>",
        r#"<ol start="3"><li><p>乙</p></li></ol>"#,
        "<blockquote><p>丙</p></blockquote>",
        r#"<div class="table-scroll" tabindex="0" role="region" aria-label="表格"><table><thead><tr><th scope="col" colspan="2"><p>丁</p></th></tr></thead>"#,
        "<tbody><tr><td><p></p></td><td></td></tr></tbody></table></div>",
        r#"<figure><img src="/media/ab.jpg" width="12" height="8" alt="湖" fetchpriority="high" decoding="async"><figcaption>图</figcaption></figure>"#,
        "<hr>"
    );
    // A break closes no mark and the text after it has none, so the link ends before the break's successor.
    let expected = expected.replace("</a><br>", "<br></a>").replace("里</strong><br></a>", "里<br></strong></a>");
    assert_eq!(html(&parse(EVERYTHING).unwrap()), expected);
}

#[test]
fn a_picture_is_offered_in_its_widths_and_only_one_on_top_is_fetched_at_once() {
    let figure = |id: &str| format!(r#"{{"type":"figure","attrs":{{"id":"{id}","media":1,"alt":"a \"b\""}}}}"#);
    let file = |id: MediaId| {
        let (key, name) = ("ab.jpg".into(), "湖.jpg".into());
        let widths = vec![480, 960, 1200];
        Some(File {
            id,
            key,
            name,
            bytes: 1,
            width: 1200,
            height: 800,
            alt: String::new(),
            widths,
            focus: Focus::default(),
        })
    };
    let html = |blocks: &[String]| document::html::of(&parse(&blocks.join(",")).unwrap(), &file);
    let image = |when: &str| {
        format!(
            concat!(
                r#"<figure><img src="/media/ab-960.webp" srcset="/media/ab-480.webp 480w, /media/ab-960.webp 960w, "#,
                r#"/media/ab-1200.webp 1200w" sizes="(min-width: 46rem) 43rem, 100vw" width="1200" height="800" "#,
                r#"alt="a &quot;b&quot;"{} decoding="async"></figure>"#
            ),
            when
        )
    };
    let (at_once, lazy) = (image(" fetchpriority=\"high\""), image(" loading=\"lazy\""));
    assert_eq!(html(&[figure("f"), figure("g")]), format!("{at_once}{lazy}"));
    let text = format!(
        r#"{{"type":"paragraph","attrs":{{"id":"p"}},"content":[{{"type":"text","text":"{}"}}]}}"#,
        "字".repeat(600)
    );
    assert!(html(&[text, figure("f")]).ends_with(&lazy), "below the first screen it waits like any other");
}

#[test]
fn files_below_a_text_are_listed_with_kind_and_size() {
    let file = |name: &str| File {
        id: MediaId(1),
        key: "ab.pdf".into(),
        name: name.into(),
        bytes: 1_300_000,
        width: 0,
        height: 0,
        alt: String::new(),
        widths: Vec::new(),
        focus: Focus::default(),
    };
    let list = document::html::attachments([file("申报表.pdf"), file("<b>.pdf")].into_iter());
    let expected = concat!(
        r#"<section class="attachments"><h2>附件</h2><ul>"#,
        r#"<li><a href="/media/ab.pdf" download="申报表.pdf">申报表.pdf</a> <span>（PDF，1.2 MB）</span></li>"#,
        r#"<li><a href="/media/ab.pdf" download="&lt;b&gt;.pdf">&lt;b&gt;.pdf</a> <span>（PDF，1.2 MB）</span></li></ul></section>"#,
    );
    assert_eq!(list, expected);
    assert_eq!(document::html::attachments(std::iter::empty()), "");
}

#[test]
fn text_has_a_line_a_paragraph_and_a_tab_a_cell() {
    let text = document::text::of(&parse(EVERYTHING).unwrap());
    assert_eq!(text, "一、总则\n见这里\n<b> & \"c\"\n甲\n乙\n丙\n丁\n\t\n图");
}

#[test]
fn what_the_schema_does_not_know_is_refused() {
    let nested = |n: usize| {
        let open = r#"{"type":"blockquote","attrs":{"id":"ID"},"content":["#;
        let mut json: String = (0..n).map(|i| open.replace("ID", &format!("q{i}"))).collect();
        json.push_str(&"]}".repeat(n));
        json
    };
    assert!(parse(&nested(document::DEEPEST)).is_ok());
    for (bad, why) in [
        (r#"{"type":"script","content":[]}"#.to_owned(), "an unknown block"),
        (r#"{"type":"paragraph","attrs":{"id":"a","onclick":"x"}}"#.to_owned(), "an unknown attribute"),
        (r#"{"type":"paragraph","attrs":{"id":"a"},"content":[{"type":"text","text":""}]}"#.to_owned(), "empty text"),
        (
            r#"{"type":"paragraph","attrs":{"id":"a"},"content":[{"type":"text","text":"a\u0000"}]}"#.to_owned(),
            "control",
        ),
        (
            r#"{"type":"paragraph","attrs":{"id":"a"}},{"type":"paragraph","attrs":{"id":"a"}}"#.to_owned(),
            "an id twice",
        ),
        (r#"{"type":"paragraph","attrs":{"id":"\" onload=\""}}"#.to_owned(), "an id that is not plain"),
        (r#"{"type":"heading","attrs":{"id":"a","level":1}}"#.to_owned(), "a second title"),
        (r#"{"type":"heading","attrs":{"id":"a"}}"#.to_owned(), "an attribute that is missing"),
        (r#"{"type":"paragraph","attrs":{"id":"a","level":2}}"#.to_owned(), "an attribute of another kind"),
        (r#"{"type":"paragraph","attrs":{"id":null}}"#.to_owned(), "an attribute without a value"),
        (r#"{"type":"paragraph","attrs":null}"#.to_owned(), "attributes without a value"),
        (r#"{"type":"paragraph","attrs":{"id":"a"},"text":"a"}"#.to_owned(), "text outside of a text node"),
        (r#"{"type":"horizontalRule","attrs":{"id":"a"},"content":[]}"#.to_owned(), "content where there is none"),
        (r#"{"type":"listItem","content":[]}"#.to_owned(), "an entry without its list"),
        (r#"{"type":"text","text":"a"}"#.to_owned(), "text without its paragraph"),
        (r#"{"attrs":{"id":"a"}}"#.to_owned(), "a node without its kind"),
        (r#"{"type":{"paragraph":null},"attrs":{"id":"a"}}"#.to_owned(), "a kind that is no word"),
        (nested(document::DEEPEST + 1), "too deep"),
        (nested(20_000), "far too deep"),
    ] {
        assert!(matches!(parse(&bad), Err(Refusal::BadDocument { .. })), "{why}");
    }
    let future = r#"{"type":"doc","attrs":{"version":2},"content":[]}"#;
    assert!(matches!(Document::from_json(future), Err(Refusal::BadDocument { .. })));
}

#[test]
fn a_node_is_read_whatever_the_order_of_its_fields_and_a_break_with_the_marks_around_it() {
    let turned = r#"{"content":[{"marks":[{"attrs":{"href":"/a"},"type":"link"}],"text":"字","type":"text"},{"marks":[{"type":"bold"}],"type":"hardBreak"}],"attrs":{"id":"a"},"type":"paragraph"}"#;
    let plain = r#"{"type":"paragraph","attrs":{"id":"a"},"content":[{"type":"text","text":"字","marks":[{"type":"link","attrs":{"href":"/a"}}]},{"type":"hardBreak"}]}"#;
    assert_eq!(parse(turned).unwrap(), parse(plain).unwrap());
    assert!(parse(plain).unwrap().to_json().unwrap().contains(plain));
}

#[test]
fn an_address_that_could_run_is_refused() {
    for bad in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "/\\evil.example",
        "",
        "relative.html",
        "https://a b",
    ] {
        assert!(document::Href::try_from(bad.to_owned()).is_err(), "{bad:?}");
    }
    for good in ["https://example.cn", "/yaowen/1", "#b3", "mailto:a@example.cn", "tel:110", "/"] {
        assert!(document::Href::try_from(good.to_owned()).is_ok(), "{good}");
    }
}

#[test]
fn plain_text_becomes_paragraphs_without_their_indent() {
    let document =
        Document::from_plain_text("\u{feff}  各位领导：\r\n\r\n\u{3000}\u{3000}第一段。\u{a0}\n \u{a0}\n第二段\n");
    assert_eq!(document::text::of(&document), "各位领导：\n第一段。\n第二段");
    assert_eq!(document.blocks.iter().map(Block::id).collect::<Vec<_>>(), ["b1", "b2", "b3"]);
    assert_eq!(document.excerpt(2), "各位…");
    assert_eq!(document.excerpt(5), "各位领导：");
}

#[test]
fn an_excerpt_passes_over_the_salutation() {
    let long = "在全省加快推进建设之际，玉溪市职工技术协会召开二届一次理事会议。";
    assert_eq!(Document::from_plain_text(&format!("各位领导、同志们：\n{long}")).excerpt(100), long);
}

#[test]
fn new_blocks_never_take_an_id_that_is_taken() {
    let mut named = Block::paragraph("甲");
    if let Block::Paragraph { attrs, .. } = &mut named {
        attrs.id = "b1".into();
    }
    let document = Document::new(vec![Block::paragraph("乙"), named]);
    assert_eq!(document.blocks.iter().map(Block::id).collect::<Vec<_>>(), ["b2", "b1"]);
    assert!(document.check().is_ok());
}

#[test]
fn a_document_without_anything_to_see_is_empty() {
    assert!(Document::default().is_empty());
    assert!(Document::from_plain_text(" \n").is_empty());
    let break_only = Block::Paragraph { attrs: Default::default(), content: vec![Inline::HardBreak] };
    assert!(Document::new(vec![break_only]).is_empty());
    assert!(!Document::from_plain_text("字").is_empty());
}
