//! What people wait for in front of a screen: the scripts of `end2end/measure` in a real browser, whose line and processor
//! are made slower as the browser's own tools do it.

use serde_json::Value;

use crate::bench::desk::Desk;
use crate::bench::pages::SECTION;
use crate::bench::rows::{Aim, Report, Row};
use crate::bench::server::Server;
use crate::command::{output, program};
use crate::failure::{Outcome, Told};
use crate::place::Place;
use crate::{chromium, npm};

/// Measures readers and the editor; nothing where there is no browser.
pub fn measure(place: &Place, server: &Server, desk: &Desk, rounds: usize, report: &mut Report) -> Outcome {
    let end2end = place.root.join("end2end");
    npm::ready(place, &end2end, "the bench drives a browser with them")?;
    let Ok(chromium) = chromium::find(place) else {
        println!("bench: there is no browser, so nothing is measured in one");
        return Ok(());
    };
    // Not the newest: one that has others of its section on both sides.
    let article = server.articles(SECTION, 8)?.pop().unwrap_or_default();
    let (cookie, written) = desk.open_article();
    let run = |script: &str| -> Outcome<Value> {
        let mut node = program(place, "node");
        node.current_dir(&end2end).arg(format!("measure/{script}.mjs")).env("CHROMIUM", &chromium);
        node.env("ORIGIN", format!("http://{}", server.side.host)).env("ROUNDS", rounds.to_string());
        node.env("COOKIE", cookie).env("WRITTEN", written.to_string()).env("ARTICLE", &article);
        let said = output(&mut node)?;
        serde_json::from_str(&said).told(format!("{script}.mjs said {said:?}"))
    };
    let (reader, editor) = (run("reader")?, run("editor")?);
    let rows = [
        ("article on slow 4G, on the wire until the reader acts", "kB", &reader["slow_bytes"], 25.0),
        ("article on a fast line, on the wire with the client", "kB", &reader["fast_bytes"], 230.0),
        ("next article in the section, on the wire", "kB", &reader["next_bytes"], 6.0),
        ("next article, from the click to its paint at 4× slowdown, fetched ahead", "ms", &reader["next_paint"], 100.0),
        ("edit screen, empty cache, on the wire", "kB", &editor["bytes"], 450.0),
        ("edit screen, first key shown", "ms", &editor["fast"], 1_000.0),
        ("edit screen, first key shown on slow 4G at 4× slowdown", "ms", &editor["slow"], 5_000.0),
    ];
    let what = "first contentful paint on slow 4G at 4× slowdown, beside the page without any script";
    let (ours, bare) = (values(&reader["paint"])?, values(&reader["bare_paint"])?);
    report.add(Row::new(what, "ms", &ours).beside(&ours, &bare).aim(Aim::TimesAtMost(1.05)));
    for (what, unit, found, most) in rows {
        let per = if unit == "kB" { 1000.0 } else { 1.0 };
        let found: Vec<f64> = values(found)?.iter().map(|value| value / per).collect();
        report.add(Row::new(what, unit, &found).aim(Aim::AtMost(most)));
    }
    Ok(())
}

fn values(found: &Value) -> Outcome<Vec<f64>> {
    let values: Option<Vec<f64>> = found.as_array().and_then(|all| all.iter().map(Value::as_f64).collect());
    values.filter(|all| !all.is_empty()).ok_or_else(|| format!("numbers were expected, not {found}").into())
}
