use crate::harness::{Server, run, text, write};

#[test]
fn an_empty_database_gets_the_demo_site_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let front = server.get("/");
    assert_eq!(front.status, 200);
    assert!(front.body.contains("玉溪市总工会") && front.body.contains("示例"));
    assert_eq!(server.stop(), Some(0), "SIGTERM is no failure");
    let again = run(folder.path(), &["demo"]);
    assert!(text(&again.stdout).contains("0 articles added"), "{}", text(&again.stdout));
}

#[test]
fn empty_leaves_the_articles_out_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--empty"]);
    assert_eq!(server.get("/yaowen").status, 200);
    assert!(!server.get("/").body.contains("示例"));
    server.stop();
    let server = Server::start(folder.path(), &[]);
    assert!(!server.get("/").body.contains("示例"), "a second start does not bring them");
}

#[test]
fn migrate_says_what_it_did() {
    let folder = tempfile::tempdir().unwrap();
    assert!(text(&run(folder.path(), &["migrate"]).stdout).contains("m0001_founding"));
    assert!(text(&run(folder.path(), &["migrate"]).stdout).contains("up to date"));
    let server = Server::start(folder.path(), &[]);
    assert!(server.get("/").body.contains("示例"), "a migrated database is still empty");
}

#[test]
fn a_backup_beside_a_running_server_is_the_whole_site() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let file = folder.path().join("backup.db");
    let backup = run(folder.path(), &["backup", file.to_str().unwrap()]);
    assert!(backup.status.success(), "{}", text(&backup.stderr));
    let front = server.get("/").body;
    server.stop();

    let other = tempfile::tempdir().unwrap();
    let restored = run(other.path(), &["restore", file.to_str().unwrap()]);
    assert!(restored.status.success(), "{}", text(&restored.stderr));
    let server = Server::start(other.path(), &[]);
    let picture = front.split('"').find(|part| part.starts_with("/media/") && part.contains('.')).unwrap();
    assert_eq!(server.get(picture).status, 200, "{picture}");
    assert_eq!(server.get(picture).header("content-type"), Some("image/jpeg"));

    let again = run(folder.path(), &["backup", file.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("is there already"));
    let nothing = run(tempfile::tempdir().unwrap().path(), &["backup", "x.db"]);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(text(&nothing.stderr).contains("no database"), "{}", text(&nothing.stderr));
}

#[test]
fn a_restored_backup_is_not_undone_by_what_a_killed_server_left() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path(), &[]);
    let file = folder.path().join("backup.db");
    assert!(run(folder.path(), &["backup", file.to_str().unwrap()]).status.success());
    let line = r#"{"section":"yaowen","title":"后来的","body_text":"文","url":"later"}"#;
    let lines = write(folder.path(), "later.jsonl", line);
    assert!(run(folder.path(), &["import", "--publish", lines.to_str().unwrap()]).status.success());
    assert!(server.get("/yaowen").body.contains("后来的"));

    let running = run(folder.path(), &["restore", file.to_str().unwrap()]);
    assert_eq!(running.status.code(), Some(1));
    assert!(text(&running.stderr).contains("stop the server"), "{}", text(&running.stderr));
    assert!(server.get("/yaowen").body.contains("后来的"), "nothing was touched");

    server.child.kill().unwrap();
    server.child.wait().unwrap();
    let restored = run(folder.path(), &["restore", file.to_str().unwrap()]);
    assert!(restored.status.success(), "{}", text(&restored.stderr));
    assert!(text(&restored.stdout).contains("what was there before"));
    let server = Server::start(folder.path(), &[]);
    let section = server.get("/yaowen").body;
    assert!(!section.contains("后来的") && section.contains("示例"));

    let other = run(folder.path(), &["restore", lines.to_str().unwrap()]);
    assert!(text(&other.stderr).contains("not a backup"), "{}", text(&other.stderr));
}

#[test]
fn a_lost_picture_does_not_keep_the_rest_from_being_saved() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["demo"]).status.success());
    let lost = std::fs::read_dir(folder.path().join("data/media")).unwrap().next().unwrap().unwrap();
    std::fs::remove_file(lost.path()).unwrap();
    let backup = run(folder.path(), &["backup", folder.path().join("b.db").to_str().unwrap()]);
    assert!(backup.status.success(), "{}", text(&backup.stderr));
    assert!(text(&backup.stderr).contains(&*lost.file_name().to_string_lossy()), "{}", text(&backup.stderr));
}

#[test]
fn a_first_command_that_fails_does_not_cost_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["import", "missing.jsonl"]).status.code(), Some(1));
    assert!(Server::start(folder.path(), &[]).get("/").body.contains("示例"));
}

#[test]
fn another_zone_cuts_the_lists_anew() {
    let folder = tempfile::tempdir().unwrap();
    let line = |n: u32| {
        format!(
            r#"{{"section":"yaowen","title":"第{n}篇","published_at":"2025-01-01 0{}:00:00","body_text":"文","url":"z{n}"}}"#,
            n % 10
        )
    };
    let lines = write(folder.path(), "a.jsonl", (0..25).map(|n| line(n) + "\n").collect::<String>());
    assert!(run(folder.path(), &["import", "--publish", lines.to_str().unwrap()]).status.success());
    let config = write(folder.path(), "utc.toml", "time_zone = \"UTC\"\n");
    let more = write(folder.path(), "b.jsonl", (25..45).map(|n| line(n) + "\n").collect::<String>());
    let import = ["import", "--publish", more.to_str().unwrap(), "--config", config.to_str().unwrap()];
    assert!(run(folder.path(), &import).status.success());
    let server = Server::start(folder.path(), &["--config", config.to_str().unwrap()]);
    let titles = |page: u32| server.get(&format!("/yaowen?page={page}")).body.matches("class=\"entry-title\"").count();
    assert_eq!((titles(1), titles(2), titles(3)), (20, 20, 5));
}

#[test]
fn a_configuration_that_cannot_be_is_one_line_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    for (toml, says) in [("adress = 1\n", "adress"), ("addr = \"x\"\n", "addr"), ("addr\n", "TOML")] {
        let file = write(folder.path(), "bad.toml", toml);
        let out = run(folder.path(), &["serve", "--config", file.to_str().unwrap()]);
        assert_eq!(out.status.code(), Some(2), "{toml}");
        let error = text(&out.stderr);
        assert!(error.contains("bad.toml") && error.contains(says), "{error}");
        assert_eq!(error.trim_end().lines().count(), 1, "{error}");
    }
    let missing = run(folder.path(), &["serve", "--config", "missing.toml"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("missing.toml"));
}

#[test]
fn an_address_in_use_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let out = run(folder.path(), &["serve", "--empty", "--addr", &addr]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains(&addr));
}
