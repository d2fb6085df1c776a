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
    std::fs::create_dir(other.path().join("data")).unwrap();
    std::fs::copy(&file, other.path().join("data/fuxian.db")).unwrap();
    let server = Server::start(other.path(), &[]);
    let picture = front.split('"').find(|part| part.starts_with("/media/")).unwrap();
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
