//! Word files: those that nobody on the project wrote, and those that nobody should have written.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod packed;

use content::{MediaId, document};
use importers::{Fault, PictureRef, docx};
use packed::{Part, zip};
use std::time::{Duration, Instant};

const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\"";

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....";

/// A Word file with this text and these further parts.
fn file(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document {SPACES}><w:body>{body}</w:body></w:document>");
    let kind = |name: &str| format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}");
    let relation = |id: &str, of: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{}\" Target=\"{target}\"/>", kind(of))
    };
    let outside =
        |id: &str, of: &str, target: &str| relation(id, of, target).replace("/>", " TargetMode=\"External\"/>");
    let relations = |inner: String| format!("<Relationships>{inner}</Relationships>");
    let of_document = [
        relation("s", "styles", "styles.xml"),
        relation("n", "numbering", "numbering.xml"),
        relation("f", "footnotes", "footnotes.xml"),
        relation("p1", "image", "media/one.png"),
        relation("p2", "image", "media/two.emf"),
        outside("p3", "image", "http://track.example.com/x.png"),
        outside("l1", "hyperlink", "https://example.cn/?a=1&amp;b=2"),
        outside("l2", "hyperlink", "javascript:alert(1)"),
    ];
    let mut all = vec![
        Part::new("[Content_Types].xml", "<Types/>"),
        Part::new("_rels/.rels", relations(relation("d", "officeDocument", "word/document.xml"))),
        Part::new("word/document.xml", document),
        Part::new("word/_rels/document.xml.rels", relations(of_document.concat())),
        Part::new("word/media/one.png", PNG),
        Part::new("word/media/two.emf", "no picture"),
    ];
    all.extend(parts.iter().map(|(name, text)| Part::new(name, text.replace("SPACES", SPACES))));
    zip(&all)
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn centred(text: &str) -> String {
    p(text).replace("<w:p>", "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>")
}

fn entry(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

const STYLES: (&str, &str) = (
    "word/styles.xml",
    "<w:styles SPACES><w:style w:type=\"paragraph\" w:styleId=\"a3\"><w:name w:val=\"Title\"/></w:style>\
     <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>\
     <w:rPr><w:b/></w:rPr></w:style>\
     <w:style w:type=\"paragraph\" w:styleId=\"x\"><w:name w:val=\"自定义\"/><w:basedOn w:val=\"1\"/></w:style>\
     <w:style w:type=\"paragraph\" w:styleId=\"t\"><w:name w:val=\"toc 1\"/></w:style>\
     <w:style w:type=\"paragraph\" w:styleId=\"round\"><w:name w:val=\"a\"/><w:basedOn w:val=\"round\"/></w:style>\
     <w:style w:type=\"character\" w:styleId=\"s\"><w:name w:val=\"Strong\"/><w:rPr><w:b/></w:rPr></w:style></w:styles>",
);

/// Lists 1 to 5: dots, numbers, 一、, 第一条, 1.1.
const NUMBERING: (&str, &str) = (
    "word/numbering.xml",
    "<w:numbering SPACES>\
     <w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"•\"/></w:lvl>\
     <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"-\"/></w:lvl></w:abstractNum>\
     <w:abstractNum w:abstractNumId=\"2\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/><w:numFmt w:val=\"decimal\"/>\
     <w:lvlText w:val=\"%1.\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>\
     <w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum>\
     <w:abstractNum w:abstractNumId=\"3\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/>\
     <w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum>\
     <w:abstractNum w:abstractNumId=\"4\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/>\
     <w:lvlText w:val=\"第%1条\"/></w:lvl></w:abstractNum>\
     <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"2\"/></w:num>\
     <w:num w:numId=\"3\"><w:abstractNumId w:val=\"3\"/></w:num><w:num w:numId=\"4\"><w:abstractNumId w:val=\"4\"/></w:num>\
     <w:num w:numId=\"5\"><w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"9\"/></w:lvlOverride></w:num>\
     </w:numbering>",
);

fn library(at: usize) -> Option<PictureRef> {
    Some(PictureRef { id: MediaId(at as i64 + 100), alt: String::new() })
}

fn bare(html: &str) -> String {
    let mut out = html.replace("</table></div>", "</table>").replace(" class=\"indent-0\"", "");
    while let Some(start) = out.find("<div") {
        let end = start + out[start..].find('>').unwrap() + 1;
        out.replace_range(start..end, "");
    }
    out
}

fn written(body: &str) -> (String, Vec<String>) {
    let word = docx(&file(body, &[STYLES, NUMBERING])).unwrap();
    let (_, body, report) = word.into_body(&library).unwrap();
    body.check().unwrap();
    (bare(&document::html::of(&body, &|_| None)), report.left_out)
}

#[test]
fn the_title_is_what_the_text_calls_so() {
    for (body, title, by) in [
        (styled("a3", "题") + &p("一"), "题", "its style"),
        (styled("a3", "关于") + &styled("a3", "通知") + &p("一"), "关于通知", "its style"),
        (p("某文件") + &styled("a3", "题") + &p("一"), "题", "its style"),
        (styled("1", "题") + &p("一"), "题", "the heading at the beginning"),
        (styled("x", "题") + &p("一"), "题", "the heading at the beginning"),
        (centred("题") + &p("一"), "题", "the line set apart at the beginning"),
        (
            centred("某市总工会文件") + &centred("工发〔2012〕3号") + &centred("关于某事的通知") + &p("各县区:"),
            "关于某事的通知",
            "the line set apart at the beginning",
        ),
        (p("一") + &styled("1", "节"), "", ""),
        (String::new(), "", ""),
    ] {
        let word = docx(&file(&body, &[STYLES])).unwrap();
        assert_eq!(word.fields.title, title, "{body}");
        let said = word.report.recognised.iter().find(|(field, _)| *field == "title").map(|(_, text)| text.clone());
        assert_eq!(said, (!by.is_empty()).then(|| format!("{title} (by {by})")), "{body}");
    }
    let mut word = docx(&file(&p("一"), &[])).unwrap();
    assert!(matches!(word.clone().into_draft(&library), Err(Fault::NoTitle { .. })));
    word.name_after("旧稿\\关于某事的通知.docx");
    let (draft, _) = word.into_draft(&library).unwrap();
    assert_eq!(draft.fields.title, "关于某事的通知");
    assert_eq!(draft.identity, format!("sha256:{}", draft.digest));
}

#[test]
fn marks_come_from_runs_and_their_styles() {
    let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let runs = [
        run("<w:b/>", "粗"),
        run("<w:b w:val=\"0\"/>", "常"),
        run("<w:rStyle w:val=\"s\"/>", "重"),
        run("<w:i/><w:u w:val=\"single\"/>", "斜"),
        run("<w:u w:val=\"none\"/><w:strike/>", "删"),
        run("<w:vertAlign w:val=\"superscript\"/>", "上"),
        run("<w:vertAlign w:val=\"subscript\"/>", "下"),
        run("<w:vanish/>", "隐"),
    ];
    let (html, left_out) = written(&(p("前") + &format!("<w:p>{}</w:p>", runs.concat())));
    assert_eq!(
        html,
        "<p>前</p><p><strong>粗</strong>常<strong>重</strong><em><u>斜</u></em><s>删</s><sup>上</sup><sub>下</sub></p>"
    );
    assert_eq!(left_out, ["hidden text ×1: left out"]);
    // A heading is bold by what it is.
    assert_eq!(written(&(p("前") + &styled("1", "节"))).0, "<p>前</p><h2>节</h2>");
}

#[test]
fn numbers_that_a_list_cannot_say_are_text() {
    let list = entry(1, 0, "甲") + &entry(1, 1, "乙") + &entry(1, 0, "丙");
    assert_eq!(written(&list).0, "<ul><li><p>甲</p><ul><li><p>乙</p></li></ul></li><li><p>丙</p></li></ul>");
    let numbers = entry(2, 0, "甲") + &p("间") + &entry(2, 0, "乙") + &entry(2, 1, "丙") + &entry(5, 0, "丁");
    assert_eq!(
        written(&numbers).0,
        "<ol start=\"3\"><li><p>甲</p></li></ol><p>间</p><ol start=\"4\"><li><p>乙</p><p>4.1 丙</p></li></ol>\
         <ol start=\"9\"><li><p>丁</p></li></ol>"
    );
    let chinese = entry(3, 0, "总则") + &entry(4, 0, "为了") + &entry(4, 0, "本法") + &entry(3, 0, "附则");
    assert_eq!(written(&chinese).0, "<p>一、总则</p><p>第一条　为了</p><p>第二条　本法</p><p>二、附则</p>");
    assert_eq!(written(&entry(99, 0, "无")).0, "<p>无</p>");
}

#[test]
fn tables_keep_their_spans_and_name_their_columns() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let down = |text| cell("<w:vMerge w:val=\"restart\"/>", text);
    let rows = [
        format!(
            "<w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr>",
            cell("<w:gridSpan w:val=\"2\"/>", "宽"),
            cell("", "三")
        ),
        format!("<w:tr>{}{}{}</w:tr>", down("高"), cell("", "一"), cell("", "二")),
        format!("<w:tr>{}{}{}</w:tr>", cell("<w:vMerge/>", ""), cell("", "三"), cell("", "四")),
        format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", cell("", "删")),
    ];
    let (html, left_out) = written(&format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat()));
    assert_eq!(
        html,
        "<table><thead><tr><th scope=\"col\" colspan=\"2\"><p>宽</p></th><th scope=\"col\"><p>三</p></th></tr></thead><tbody>\
         <tr><td rowspan=\"2\"><p>高</p></td><td><p>一</p></td><td><p>二</p></td></tr>\
         <tr><td><p>三</p></td><td><p>四</p></td></tr></tbody></table>"
    );
    assert_eq!(left_out, ["row ×1: deleted in tracked changes: left out"]);
}

#[test]
fn pictures_are_given_out_and_put_back() {
    let drawing = |id: &str| {
        format!(
            "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" descr=\"湖\"/><a:graphic><a:blip {id}/></a:graphic></wp:inline></w:drawing></w:r>"
        )
    };
    let body = format!(
        "<w:p>{}<w:r><w:t>一</w:t></w:r></w:p><w:p>{}{}{}</w:p>",
        drawing("r:embed=\"p1\""),
        drawing("r:embed=\"p2\""),
        drawing("r:link=\"p3\""),
        drawing("r:embed=\"p1\"")
    );
    let word = docx(&file(&body, &[])).unwrap();
    let pictures = word.pictures();
    assert_eq!(pictures.len(), 1);
    assert_eq!(
        (pictures[0].name.as_str(), pictures[0].bytes.as_slice(), pictures[0].alt.as_str()),
        ("one.png", PNG, "湖")
    );
    let (_, body, report) = word.clone().into_body(&library).unwrap();
    assert_eq!(body.pictures(), [MediaId(100)]);
    assert_eq!(body.blocks.len(), 3);
    let said = report.left_out.join("\n");
    assert!(said.contains("http://track.example.com/x.png") && said.contains("two.emf"), "{said}");
    let (_, body, report) = word.into_body(&|_| None).unwrap();
    assert_eq!((body.blocks.len(), body.pictures().len()), (1, 0));
    assert!(report.left_out.iter().any(|line| line.contains("not taken into the media library")));
}

#[test]
fn links_lead_only_where_a_reader_may_go() {
    let link = |id: &str| format!("<w:hyperlink r:id=\"{id}\"><w:r><w:t>词</w:t></w:r></w:hyperlink>");
    let field = |instruction: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>域</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let body = format!(
        "<w:p>{}{}{}{}{}</w:p>",
        link("l1"),
        link("l2"),
        field(" HYPERLINK \"https://example.cn/b\" \\o \"x\" "),
        field("HYPERLINK \"file:///etc/passwd\""),
        field("PAGE")
    );
    let (html, left_out) = written(&body);
    assert_eq!(
        html,
        "<p><a href=\"https://example.cn/?a=1&amp;b=2\" rel=\"noopener noreferrer\">词</a>词\
         <a href=\"https://example.cn/b\" rel=\"noopener noreferrer\">域</a>域域</p>"
    );
    assert!(left_out[0].contains("javascript:alert(1)") && left_out[0].contains("file:///"), "{left_out:?}");
}

#[test]
fn a_table_of_contents_goes_and_one_that_never_ends_takes_no_text_with_it() {
    let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>TOC \\o \"1-3\"</w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
    let end = "<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    let contents = format!("<w:p>{begin}<w:r><w:t>第一章 1</w:t></w:r></w:p>{}", styled("t", "第二章 2"));
    let (html, left_out) = written(&format!("{contents}{end}{}", p("正文")));
    assert_eq!(html, "<p>正文</p>");
    assert!(left_out.iter().any(|line| line.starts_with("table of contents")), "{left_out:?}");
    assert!(written(&format!("{contents}{}", p("正文"))).0.ends_with("<p>正文</p>"));
}

#[test]
fn what_was_deleted_goes_and_what_was_inserted_stays() {
    let body = "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>\
                <w:r><w:t>文</w:t></w:r><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>";
    let (html, left_out) = written(body);
    assert_eq!(html, "<p>新文</p>");
    assert_eq!(
        left_out,
        [
            "insertion ×1: of tracked changes: kept as text",
            "deletion ×1: of tracked changes: left out",
            "comment ×1: left out"
        ]
    );
}

#[test]
fn boxes_equations_and_notes_keep_their_text() {
    let text_box = format!(
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><w:txbxContent>{0}\
         </w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox>\
         </w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        p("框")
    );
    assert_eq!(written(&text_box).0, "<p>前</p><p>框</p>");
    let t = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let equation = format!(
        "<w:p><m:oMath><m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>{}<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f></m:oMath></w:p>",
        t("a"),
        t("2"),
        t("="),
        t("b+1"),
        t("c")
    );
    assert_eq!(written(&equation).0, "<p>a^2=(b+1)/c</p>");
    let long = "注".repeat(1_500);
    let notes = format!(
        "<w:footnotes SPACES><w:footnote w:id=\"1\" w:type=\"separator\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
        p("线"),
        p(&long)
    );
    let body = "<w:p><w:r><w:t>文</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    let word = docx(&file(body, &[("word/footnotes.xml", &notes)])).unwrap();
    let (_, body, _) = word.into_body(&library).unwrap();
    let text = document::text::of(&body);
    assert_eq!(text.matches('注').count(), 1_500);
    assert!(!text.contains('线'));
}

#[test]
fn old_files_are_refused_with_the_way_out() {
    for bytes in [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..."[..], b"{\\rtf1 x}", b"%PDF-1.7"] {
        let fault = docx(bytes).unwrap_err();
        assert!(matches!(fault, Fault::OtherFormat { .. }), "{fault}");
    }
    assert!(docx(b"\xd0\xcf\x11\xe0").unwrap_err().to_string().contains("save it as .docx"));
    for bytes in [&b""[..], b"text", b"<html>"] {
        assert!(matches!(docx(bytes), Err(Fault::NotA { .. })));
    }
    assert!(matches!(docx(&zip(&[Part::new("a.txt", "x")])), Err(Fault::NotA { .. })));
}

#[test]
fn script_in_every_place_is_text_or_gone() {
    let evil = "&lt;script&gt;alert(1)&lt;/script&gt;";
    let body = styled("a3", evil)
        + &styled("1", evil)
        + &entry(3, 0, evil)
        + &format!(
            "<w:p><w:hyperlink r:id=\"l2\" w:tooltip=\"{evil}\"><w:r><w:t>{evil}</w:t></w:r></w:hyperlink></w:p>"
        )
        + &format!("<w:p><w:r><w:drawing><wp:docPr descr=\"{evil}\"/><a:blip r:embed=\"p1\"/></w:drawing></w:r></w:p>")
        + "<script>alert(1)</script><w:p onclick=\"x\"><script>alert(2)</script></w:p>";
    let word = docx(&file(&body, &[STYLES, NUMBERING])).unwrap();
    let (draft, _) = word.into_draft(&library).unwrap();
    let html = document::html::of(&draft.body, &|_| None);
    assert!(!html.contains("<script") && !html.contains("javascript") && !html.contains("onclick"), "{html}");
}

#[test]
fn hostile_files_end_in_bounded_time() {
    let start = Instant::now();
    let laughs = file(&p("一"), &[]);
    assert!(docx(&laughs).is_ok());
    let deep = |open: &str| docx(&file(&open.repeat(100_000), &[]));
    for open in
        ["<w:p>", "<w:tbl><w:tr><w:tc>", "<w:sdt><w:sdtContent>", "<w:r>", "<m:oMath>", "<w:p><w:r><w:txbxContent>"]
    {
        assert!(matches!(deep(open), Err(Fault::TooDeep { .. })), "{open}");
    }
    let many = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".to_owned()
        + &"<w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>x</w:t></w:r>".repeat(50_000)
        + "</w:p>";
    assert!(docx(&file(&many, &[])).is_ok());
    // More paragraphs than a tree holds are refused while they are read.
    let flood = p("一").repeat(300_000);
    assert!(matches!(docx(&file(&flood, &[])), Err(Fault::Refused(_))));
    let entity = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let styles = format!("{entity}<w:styles {SPACES}>&b;&b;</w:styles>");
    assert!(docx(&file(&p("&b;"), &[("word/styles.xml", &styles)])).is_ok());
    let spaces: String = (0..2_000).map(|n| format!(" xmlns:a{n}=\"x\"")).collect();
    assert!(matches!(docx(&file(&format!("<w:p{spaces}/>"), &[])), Err(Fault::Xml { .. })));
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=\"x\"")).collect();
    assert!(docx(&file(&format!("<w:p{attributes}/>"), &[])).is_ok());
    let wide = format!(
        "<w:tbl>{}</w:tbl>",
        format!(
            "<w:tr>{}</w:tr>",
            "<w:tc><w:tcPr><w:gridSpan w:val=\"65535\"/><w:vMerge/></w:tcPr></w:tc>".repeat(2_000)
        )
        .repeat(50)
    );
    assert!(docx(&file(&wide, &[])).is_ok());
    assert!(start.elapsed() < Duration::from_secs(90), "{:?}", start.elapsed());
}
