//! From opening the editor with an empty cache to its first key on the screen, in a real browser.

use std::net::SocketAddr;

use serde_json::Value;

use crate::command::{output, program};
use crate::failure::{Outcome, Told};
use crate::place::Place;
use crate::{chromium, npm};

/// Medians in milliseconds.
#[derive(Debug)]
pub struct FirstKey {
    /// On this machine.
    pub fast: f64,
    /// On slow 4G (1.44 Mbit/s, 562 ms) with the CPU four times slower.
    pub slow: f64,
    /// Everything on the wire until then.
    pub bytes: u64,
}

/// Opens the article of this session a few times; none where there is no browser.
pub fn first_key(place: &Place, address: SocketAddr, cookie: &str, article: i64) -> Outcome<Option<FirstKey>> {
    let end2end = place.root.join("end2end");
    npm::ready(place, &end2end, "the bench opens the editor in a browser with them")?;
    let Ok(chromium) = chromium::find(place) else {
        println!("bench: there is no browser, so the editor is not opened");
        return Ok(None);
    };
    let mut node = program(place, "node");
    node.current_dir(&end2end).arg("first-key.mjs").env("CHROMIUM", chromium);
    node.env("ORIGIN", format!("http://{address}")).env("COOKIE", cookie).env("ARTICLE", article.to_string());
    let said = output(&mut node)?;
    let found: Value = serde_json::from_str(&said).told(format!("first-key.mjs said {said:?}"))?;
    let read = |name: &str| found[name].as_f64().ok_or_else(|| format!("first-key.mjs said nothing of {name}"));
    Ok(Some(FirstKey { fast: read("fast")?, slow: read("slow")?, bytes: read("bytes")? as u64 }))
}
