use crate::harness::{Server, run, text, write};
use std::process::Command;

#[test]
fn a_database_that_is_gone_is_a_503_page_and_not_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    assert_eq!(server.get("/").status, 200);
    // Another process that holds the database for itself, as a repair or a copying tool does.
    let database = folder.path().join("data/fuxian.db");
    let hold = "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1],isolation_level=None)\n\
                c.execute('PRAGMA locking_mode=EXCLUSIVE')\nc.execute('PRAGMA journal_mode=DELETE')\n\
                c.execute('BEGIN EXCLUSIVE')\nprint('held',flush=True)\nsys.stdin.read()";
    let Ok(mut holder) = Command::new("python3")
        .args(["-c", hold, database.to_str().unwrap()])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
    else {
        eprintln!("skipped: python3 is not here to hold the database");
        return;
    };
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(holder.stdout.as_mut().unwrap()), &mut line).unwrap();
    if line.trim() == "held" {
        assert_eq!(server.get("/").status, 200, "what is in memory goes on being read");
        let answer = server.get("/yaowen");
        assert_eq!(answer.status, 503, "{}", answer.body);
        assert!(answer.header("retry-after").is_some());
        assert!(answer.body.contains("网站正忙"));
    } else {
        eprintln!("skipped: the database could not be held");
    }
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert_eq!(server.get("/yaowen").status, 200, "and then it goes on");
}

#[test]
fn a_full_disk_ends_an_import_with_one_line_and_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["migrate"]).status.success());
    let line = |n: u32| {
        let body = "字".repeat(2_500);
        format!("{{\"section\":\"yaowen\",\"title\":\"第{n}篇\",\"body_text\":\"{body}\",\"url\":\"u{n}\"}}\n")
    };
    let file = write(folder.path(), "a.jsonl", (0..2_000).map(line).collect::<String>());
    // A limit on the size of files is what a full disk is to SQLite: a write that fails. 5,000 × 1,024 bytes.
    let command = format!("ulimit -f 5000; exec {} import --publish {}", env!("CARGO_BIN_EXE_fuxian"), file.display());
    let out = Command::new("bash")
        .args(["-c", &format!("trap '' XFSZ; {command}")])
        .current_dir(folder.path())
        .env("FUXIAN_DATA", folder.path().join("data"))
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(1), "{}", text(&out.stderr));
    let error = text(&out.stderr);
    assert!(error.lines().any(|line| line.starts_with("fuxian: ") && line.contains("database")), "{error}");
    // What was acknowledged before is whole: with room again the rest comes in and nothing twice.
    let out = run(folder.path(), &["import", "--publish", file.to_str().unwrap()]);
    assert!(out.status.success(), "{}", text(&out.stderr));
    let server = Server::start(folder.path(), &[]);
    assert_eq!(server.get("/yaowen?page=100").status, 200);
    assert_eq!(server.get("/yaowen?page=101").status, 404);
}
