use crate::harness::{Server, run, text, write};
use std::path::Path;

fn line(n: u32) -> String {
    format!(
        r#"{{"section":"yaowen","title":"第{n}篇","published_at":"2020-01-02 03:04:05","body_text":"第一段。\n第二段。","url":"http://old.example/{n}"}}"#
    )
}

fn import(folder: &Path, file: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let mut arguments = vec!["import", file.to_str().unwrap()];
    arguments.extend_from_slice(more);
    let out = run(folder, &arguments);
    (out.status.code(), text(&out.stdout), text(&out.stderr))
}

#[test]
fn the_captured_page_comes_in_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/captured.txt");
    let (code, out, error) = import(folder.path(), &page, &["--publish"]);
    assert_eq!(code, Some(0), "{error}");
    for found in
        ["金毅在玉溪市职工技术协会二届一次理事会上的讲话", "2012-07-31 10:28:49", "沈建龙", "2012年7月27日", "领导讲话"]
    {
        assert!(out.contains(found), "{found} is not said: {out}");
    }
    assert!(out.contains("left out"), "{out}");
    let server = Server::start(folder.path(), &[]);
    let article = server.get("/jianghua/1");
    assert_eq!(article.status, 200);
    for seen in ["2012-07-31 10:28:49", "编辑：沈建龙", "省总工会技协办主任 金毅", "各位领导、同志们", "谢谢大家"]
    {
        assert!(article.body.contains(seen), "{seen}");
    }
    assert!(!article.body.contains("【打印】"), "the old page's tools are not part of the text");
    let (_, out, _) = import(folder.path(), &page, &["--publish"]);
    assert!(out.contains("already there as article 1"), "{out}");
}

#[test]
fn a_bad_line_is_named_and_the_others_go_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = Vec::new();
    for bad in [
        line(1).into_bytes(),
        b"{not json".to_vec(),
        line(2).replace("yaowen", "nowhere").into_bytes(),
        line(3).replace("2020-01-02", "2020-02-30").into_bytes(),
        [b"{\"title\":\"".to_vec(), vec![0xff, 0xfe], b"\"}".to_vec()].concat(),
        line(4).replace("第4篇", "").into_bytes(),
        line(5).into_bytes(),
    ] {
        bytes.extend(bad);
        bytes.push(b'\n');
    }
    let file = write(folder.path(), "lines.jsonl", bytes);
    let (code, out, error) = import(folder.path(), &file, &["--publish"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("2 added") && out.contains("5 not readable"), "{out}");
    for (number, reason) in [(2, "JSON"), (3, "nowhere"), (4, "2020-02-30"), (5, "UTF-8"), (6, "title")] {
        let said = error.lines().find(|line| line.contains(&format!("lines.jsonl:{number}:")));
        assert!(said.is_some_and(|line| line.contains(reason)), "line {number}: {error}");
    }
    let (code, out, _) = import(folder.path(), &file, &[]);
    assert_eq!(code, Some(0));
    assert!(out.contains("0 added, 2 already there"), "{out}");
    let file = write(folder.path(), "changed.jsonl", line(1).replace("第一段", "改过"));
    let (_, out, error) = import(folder.path(), &file, &[]);
    assert!(out.contains("1 changed") && error.contains("changed.jsonl:1:"), "{out}{error}");
}

#[test]
fn a_line_of_a_hundred_megabytes_is_passed_over_in_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let huge = format!("{{\"title\":\"{}\"}}\n{}\n", "长".repeat(34_000_000), line(1));
    let file = write(folder.path(), "huge.jsonl", huge);
    let (code, out, error) = import(folder.path(), &file, &[]);
    assert_eq!(code, Some(0), "{error}");
    assert!(out.contains("1 added") && error.contains("huge.jsonl:1:"), "{out}{error}");
}

#[test]
fn when_nothing_could_be_read_the_exit_code_is_1_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("empty.txt", &b""[..]),
        ("blank.jsonl", b"\n \n"),
        ("bytes.txt", b"\xff\xfe\x00\x01"),
        ("bad.jsonl", b"{\n{\n"),
        ("nodate.txt", "标题\n2012-02-30 10:00:00\n正文一段。\n".as_bytes()),
    ] {
        let file = write(folder.path(), name, bytes);
        let (code, _, error) = import(folder.path(), &file, &["--publish", "--section", "yaowen"]);
        assert_eq!(code, Some(1), "{name}: {error}");
        assert!(error.contains("nothing was imported"), "{name}: {error}");
    }
    let (code, _, error) = import(folder.path(), Path::new("missing.jsonl"), &[]);
    assert_eq!(code, Some(1));
    assert!(error.contains("missing.jsonl"));
    let (code, _, error) = import(folder.path(), folder.path(), &[]);
    assert_eq!(code, Some(1));
    assert!(error.contains("folder"), "{error}");
    let server = Server::start(folder.path(), &["--empty"]);
    assert_eq!(server.get("/yaowen/1").status, 404);
}

#[test]
fn what_came_in_as_a_draft_is_not_seen() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "one.jsonl", line(1));
    import(folder.path(), &file, &[]);
    let server = Server::start(folder.path(), &[]);
    assert_eq!(server.get("/yaowen/1").status, 404);
    assert!(!server.get("/yaowen").body.contains("第1篇"));
}
