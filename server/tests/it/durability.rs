//! The server is killed in the middle of saves, over and over: what it has acknowledged is there afterwards.

use crate::harness::{Editor, Server, add_account, run};
use serde_json::json;
use std::{
    process::Command,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// Rounds of the loop; the hundred take about a minute and a half, so that `cargo test` runs fewer by default.
fn rounds() -> usize {
    std::env::var("FUXIAN_KILL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(12)
}

#[test]
fn no_acknowledged_write_is_lost_when_the_server_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["migrate"]).status.success());
    // The first start founds the site.
    assert_eq!(Server::start(folder.path(), &["--empty"]).stop(), Some(0));
    add_account(folder.path(), "writer", "administrator");
    let rounds = rounds();
    let (mut article, mut acknowledged, mut interrupted) = (0, 0_usize, 0_usize);
    for round in 0..rounds {
        let mut server = Server::start(folder.path(), &["--empty"]);
        let editor = Editor::sign_in(&server.addr, "writer");
        if article == 0 {
            article = editor.begin();
        }
        let pid = server.child.id().to_string();
        let (told, kill) = mpsc::channel::<()>();
        // Killed at a moment that no save knows: a little later in each round.
        let killer = thread::spawn(move || {
            kill.recv().unwrap();
            thread::sleep(Duration::from_micros(9_000 + 13_700 * (round as u64 % 17)));
            assert!(Command::new("kill").args(["-KILL", &pid]).status().unwrap().success());
        });
        let mut base = editor.open(article, &format!("round{round}"));
        told.send(()).unwrap();
        let (mut last, end) = (None, Instant::now() + Duration::from_secs(5));
        for serial in 1.. {
            let text = format!("第{round}轮第{serial}次。");
            match editor.try_save(article, &format!("round{round}"), serial, base, &text) {
                Some(revision) => {
                    base = revision;
                    acknowledged += 1;
                    last = Some(text);
                }
                None => {
                    interrupted += 1;
                    break;
                }
            }
            assert!(Instant::now() < end, "the server did not die");
        }
        killer.join().unwrap();
        server.child.wait().unwrap();
        if let Some(last) = last {
            let server = Server::start(folder.path(), &["--empty"]);
            let editor = Editor::sign_in(&server.addr, "writer");
            let stands = editor.call("open_article", &json!({ "id": article, "tab": format!("probe{round}") }));
            let stands = stands["manuscript"]["body"].to_string();
            // The save that was on its way may have arrived; the one before it must have.
            let (said, number) = last.rsplit_once('第').unwrap();
            let number: u64 = number.trim_end_matches("次。").parse().unwrap();
            let next = format!("{said}第{}次。", number + 1);
            assert!(stands.contains(&last) || stands.contains(&next), "round {round}: {last} is lost: {stands}");
        }
    }
    println!("{rounds} rounds, {acknowledged} acknowledged writes, {interrupted} interrupted, none lost");
    assert!(acknowledged >= rounds, "the loop must meet writes: {acknowledged} in {rounds} rounds");
}
