//! The text filter of the editors' list.

use std::time::Instant;

use serde_json::{Value, json};

use crate::bench::desk::Desk;
use crate::bench::rows::{Report, Row};
use crate::failure::Outcome;

/// What is looked for: one to twelve characters, in nearly all titles, in some, in one, in none, in the oldest alone.
const QUERIES: [&str; 11] = [
    "会",
    "工会",
    "抚仙湖",
    "玉溪市总工会",
    "和谐劳动关系抚仙湖畔",
    "新就业形态劳动者厂务公开工作",
    "第2期",
    "第1",
    "第2",
    "龘",
    "没有这个词",
];
/// Times that each filter is asked.
const ASKED: usize = 11;

/// Filters the list by each text: alone, its second page, in a section, in a state, from a day on. The slowest is told.
pub fn measure(desk: &mut Desk, report: &mut Report) -> Outcome {
    let section = desk.section();
    let mut found = Vec::new();
    for text in QUERIES {
        let mut ask = |name: &str, filter: Value, mark: &Value| -> Outcome<Value> {
            let (micros, page) = timed(desk, &json!({ "filter": filter, "mark": mark }))?;
            let rows = page["rows"].as_array().map_or(0, Vec::len);
            found.push((micros, format!("{text}, {name}: {rows} rows")));
            Ok(page)
        };
        let first = ask("alone", json!({ "text": text }), &Value::Null)?;
        if first["next"].is_string() {
            ask("next page", json!({ "text": text }), &first["next"])?;
        }
        ask("in a section", json!({ "text": text, "section": section }), &Value::Null)?;
        ask("drafts", json!({ "text": text, "state": "draft" }), &Value::Null)?;
        ask("published", json!({ "text": text, "state": "published", "sort": "shown" }), &Value::Null)?;
        ask("oldest first", json!({ "text": text, "sort": "updated_oldest" }), &Value::Null)?;
        ask("from a day on", json!({ "text": text, "from": "2020-01-01", "sort": "created" }), &Value::Null)?;
    }
    let all: Vec<f64> = found.iter().map(|(micros, _)| *micros as f64 / 1000.0).collect();
    report.add(Row::new("text filter of the list, median of the filters", "ms", &all));
    if let Some((micros, name)) = found.into_iter().max() {
        report.add(Row::one(format!("text filter of the list, slowest ({name})"), "ms", micros as f64 / 1000.0));
    }
    Ok(())
}

/// The median in microseconds, and what came.
fn timed(desk: &mut Desk, asked: &Value) -> Outcome<(u64, Value)> {
    let (mut micros, mut page) = (Vec::with_capacity(ASKED), Value::Null);
    for _ in 0..ASKED {
        let start = Instant::now();
        page = desk.call("list_articles", asked)?;
        micros.push(start.elapsed().as_micros() as u64);
    }
    micros.sort_unstable();
    Ok((micros[ASKED / 2], page))
}
