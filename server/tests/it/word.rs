//! A Word file that is dropped on the editor: read, its pictures taken in, nothing of an article changed.

use crate::{
    harness::{Answer, Editor, Server, add_account},
    packed::{Part, zip},
};
use serde_json::{Value, json};

/// A PNG of one point.
const POINT: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0,
    0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1,
    0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

fn file(body: &str) -> Vec<u8> {
    let spaces = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
        xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
        xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"";
    let relation = |id: &str, of: &str, target: &str| {
        let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{of}");
        format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
    };
    let relations = |all: &[String]| format!("<Relationships>{}</Relationships>", all.concat());
    let title = "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/></w:style>";
    zip(&[
        Part::new("[Content_Types].xml", "<Types/>"),
        Part::new("_rels/.rels", relations(&[relation("d", "officeDocument", "word/document.xml")])),
        Part::new(
            "word/document.xml",
            format!("<?xml version=\"1.0\"?><w:document {spaces}><w:body>{body}</w:body></w:document>"),
        ),
        Part::new(
            "word/_rels/document.xml.rels",
            relations(&[relation("p1", "image", "media/one.png"), relation("s", "styles", "styles.xml")]),
        ),
        Part::new("word/styles.xml", format!("<w:styles {spaces}>{title}</w:styles>")),
        Part::new("word/media/one.png", POINT),
    ])
}

const BODY: &str = "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>关于开展劳动竞赛的通知</w:t></w:r></w:p>\
    <w:p><w:r><w:t>各区县总工会：</w:t></w:r></w:p>\
    <w:p><w:r><w:drawing><wp:inline><wp:docPr descr=\"湖\"/><a:blip r:embed=\"p1\"/></wp:inline></w:drawing></w:r></w:p>\
    <w:p><w:r><w:t>请认真组织。</w:t><w:commentReference/></w:r></w:p>";

fn send(editor: &Editor, name: &str, bytes: &[u8]) -> Answer {
    editor.ask("POST", &format!("/api/read_word?name={name}"), "Content-Type: application/octet-stream\r\n", bytes)
}

#[test]
fn a_word_file_is_read_into_a_tree_and_its_picture_into_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    add_account(folder.path(), "reporter", "reporter");
    let editor = Editor::sign_in(&server.addr, "reporter");
    let articles = || editor.call("list_articles", &json!({ "filter": {}, "mark": null }));
    let before = articles();
    let answer = send(&editor, "tongzhi.docx", &file(BODY));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let read: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(read["title"], "关于开展劳动竞赛的通知");
    let blocks = read["body"]["content"].as_array().unwrap();
    let kinds: Vec<&str> = blocks.iter().map(|block| block["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["paragraph", "figure", "paragraph"], "{read}");
    assert_eq!(blocks[1]["attrs"]["media"], read["files"][0]["id"]);
    assert_eq!(blocks[1]["attrs"]["alt"], "湖");
    let picture = server.get(&format!("/media/{}", read["files"][0]["key"].as_str().unwrap()));
    assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/png")));
    assert_eq!(read["left_out"], json!([{ "what": "comment", "count": 1 }]));
    assert_eq!(articles(), before, "nothing is changed before somebody saves");
}

#[test]
fn what_is_no_word_file_is_refused_and_nobody_else_is_read_for() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    for (name, role) in [("reporter", "reporter"), ("reviewer", "reviewer")] {
        add_account(folder.path(), name, role);
    }
    let editor = Editor::sign_in(&server.addr, "reporter");
    assert_eq!(
        send(&editor, "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old").status,
        415,
        "an old one, or one with a password"
    );
    for broken in [&b"PK\x03\x04broken"[..], b"", b"just words", &file(BODY)[..400]] {
        assert_eq!(send(&editor, "a.docx", broken).status, 422, "{broken:?}");
    }
    let nobody = Editor { addr: server.addr.clone(), cookie: String::new() };
    assert_eq!(send(&nobody, "a.docx", &file(BODY)).status, 401);
    let reviewer = Editor::sign_in(&server.addr, "reviewer");
    assert_eq!(send(&reviewer, "a.docx", &file(BODY)).status, 403);
}
