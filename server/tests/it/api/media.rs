//! Files that programs bring.

use super::{Site, article, is_problem, read, with};
use serde_json::json;

/// A picture of one dot.
const DOT: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0,
    1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

fn form(parts: &[(&str, &[u8])]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (head, bytes) in parts {
        body.extend(format!("--grenze\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--grenze--\r\n");
    ("Content-Type: multipart/form-data; boundary=grenze\r\n".to_owned(), body)
}

#[test]
fn a_picture_is_brought_in_a_form_or_as_it_is_and_described() {
    let site = Site::with_sections();
    let (program, nobody) = (site.everything(), site.nobody());
    let path = "/api/v1/media";
    let (kind, body) = form(&[("name=\"file\"; filename=\"点.png\"", DOT), ("name=\"alt\"", "一个点".as_bytes())]);
    let made = program.send("POST", path, &kind, &body);
    assert_eq!(made.status, 201, "{}", made.body);
    let file = read(&made);
    assert_eq!((&file["name"], &file["alt"], &file["kind"]), (&json!("点.png"), &json!("一个点"), &json!("picture")));
    let one = format!("{path}/{}", file["id"]);
    assert_eq!(made.header("location"), Some(one.as_str()));
    let raw = program.send("POST", &format!("{path}?name=dot.png"), "Content-Type: image/png\r\n", DOT);
    assert_eq!((raw.status, &read(&raw)["id"]), (201, &file["id"]), "the same bytes are one file: {}", raw.body);
    is_problem(&nobody.get(&one), 404, "not_found");
    let url = file["url"].as_str().unwrap();
    let html = format!("<p>看图</p><img src=\"{url}\"><img src=\"https://other.example/x.png\">");
    let shown = program.write(&with(article("有图"), json!({ "html": html, "state": "published" })));
    assert!(shown["html"].as_str().unwrap().contains(url), "{shown}");
    assert!(shown["left_out"].to_string().contains("img"), "the other one is not in the library: {shown}");
    assert_eq!(read(&nobody.get(&one))["url"], url, "readers are shown it by now");
    let changed = program.json("PATCH", &one, "", &json!({ "alt": "另一种说法", "focus": { "x": 10, "y": 90 } }));
    let view = read(&changed);
    assert_eq!((changed.status, &view["alt"], &view["focus"]["y"]), (200, &json!("另一种说法"), &json!(90)));
    assert!(program.get(&shown_path(&shown)).body.contains("有图"));
    is_problem(&program.json("PATCH", &one, "", &json!({ "focus": { "x": 101, "y": 0 } })), 422, "out_of_range");
    is_problem(&program.json("PATCH", &one, "", &json!({ "name": " " })), 422, "missing");
    is_problem(&program.json("PATCH", &format!("{path}/999"), "", &json!({})), 404, "not_found");
    let list = read(&program.get(&format!("{path}?kind=picture")));
    assert_eq!(list["media"].as_array().unwrap().len(), 1, "{list}");
    is_problem(&program.get(&format!("{path}?kind=bild")), 400, "bad_query");
}

fn shown_path(view: &serde_json::Value) -> String {
    format!("/api/v1/articles/{}", view["id"])
}

#[test]
fn what_is_no_file_that_is_taken_is_refused_by_its_name() {
    let site = Site::with_sections();
    let program = site.everything();
    let path = "/api/v1/media";
    let raw = "Content-Type: application/octet-stream\r\n";
    is_problem(&program.send("POST", path, raw, DOT), 422, "missing");
    is_problem(&program.send("POST", &format!("{path}?name=a.exe"), raw, b"MZ\x90"), 422, "not_a_file");
    is_problem(&program.send("POST", &format!("{path}?name=a.png"), raw, &DOT[..40]), 422, "broken_picture");
    is_problem(&program.send("POST", &format!("{path}?nmae=a.png"), raw, DOT), 400, "bad_query");
    let (kind, body) = form(&[("name=\"alt\"", b"x")]);
    is_problem(&program.send("POST", path, &kind, &body), 422, "missing");
    let (kind, body) = form(&[("name=\"datei\"; filename=\"a.png\"", DOT)]);
    is_problem(&program.send("POST", path, &kind, &body), 400, "bad_form");
    is_problem(&program.send("POST", path, "Content-Type: multipart/form-data\r\n", b"x"), 400, "bad_form");
    is_problem(&program.send("POST", path, &kind, b"--grenze\r\nContent-Dis"), 400, "bad_form");
    let large = vec![b'x'; 33 * 1024 * 1024];
    is_problem(&program.send("POST", &format!("{path}?name=a.zip"), raw, &large), 413, "too_large");
    let (kind, body) = form(&[("name=\"file\"; filename=\"a.zip\"", &large)]);
    is_problem(&program.send("POST", path, &kind, &body), 413, "too_large");
    // What is refused for whoever sends it is read away as far as a file may go.
    let (kind, body) = form(&[("name=\"file\"; filename=\"a.zip\"", &large[..30 * 1024 * 1024])]);
    is_problem(&site.nobody().send("POST", path, &kind, &body), 401, "signed_out");
    assert_eq!(read(&program.get(path))["media"], json!([]));
}
