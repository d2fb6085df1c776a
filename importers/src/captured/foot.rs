//! From the end of the body to the end of the page.

use super::{
    Line,
    kinds::{self, Furniture},
};
use crate::Report;
use content::refusal::quoted;

/// A sentence of this many characters below the foot's own lines is text; a shorter one is advice about browsers.
const SHORTEST_TEXT: usize = 40;

/// How many lines of the foot are named.
const NAMED: usize = 20;

/// Where the foot begins. The page's tools end the body if no text follows them (they may stand above it too); where
/// there are none, the foot is the run of the site's own lines at the very end.
pub(super) fn start(lines: &[Line<'_>]) -> usize {
    let mut licensed = false;
    let is_text = |line: &Line<'_>| {
        let kinds = kinds::furniture(line.text);
        licensed |= kinds.iter().any(|kind| matches!(kind, Furniture::Licence | Furniture::Copyright));
        kinds.is_empty() && kinds::is_sentence(line.text) && (!licensed || line.text.chars().count() >= SHORTEST_TEXT)
    };
    let texts: Vec<bool> = lines.iter().map(is_text).collect();
    let behind_text = texts.iter().rposition(|text| *text).map_or(0, |last| last + 1);
    let first_sentence = lines.iter().position(|line| kinds::is_sentence(line.text)).unwrap_or(lines.len());
    let tools = (behind_text.max(first_sentence)..lines.len()).find(|at| kinds::is_tools(lines[*at].text));
    tools.unwrap_or_else(|| run_at_the_end(lines))
}

fn run_at_the_end(lines: &[Line<'_>]) -> usize {
    let is_furniture = |line: &Line<'_>| !kinds::furniture(line.text).is_empty() || kinds::is_tools(line.text);
    let mut start = lines.iter().rposition(|line| !is_furniture(line)).map_or(0, |last| last + 1);
    // A text that ends with an address and a telephone number keeps them.
    while lines.get(start).is_some_and(|line| kinds::furniture(line.text) == [Furniture::Contact]) {
        start += 1;
    }
    start
}

/// Reports each line of the foot with the value in it.
pub(super) fn report(lines: &[Line<'_>], report: &mut Report) {
    for line in lines.iter().take(NAMED) {
        report.left_out.push(if kinds::is_tools(line.text) {
            format!("page tools \"{}\"", quoted(line.text))
        } else {
            describe(line.text)
        });
    }
    if lines.len() > NAMED {
        report.left_out.push(format!("{} more lines below the body", lines.len() - NAMED));
    }
}

fn describe(line: &str) -> String {
    let name = |kind: &Furniture| match kind {
        Furniture::Licence => "ICP number",
        Furniture::Police => "police filing number",
        Furniture::Copyright => "copyright notice",
        Furniture::Host => "host",
        Furniture::Maker => "maker",
        Furniture::Neighbour => "link to a neighbouring article",
        Furniture::Contact => "contact",
    };
    match kinds::furniture(line).as_slice() {
        [] => format!("below the body: \"{}\"", quoted(line)),
        [kind] => format!("{} \"{}\"", name(kind), quoted(value(*kind, line))),
        kinds => format!("{} \"{}\"", kinds.iter().map(name).collect::<Vec<_>>().join(", "), quoted(line)),
    }
}

/// The part of the line that is not its label.
fn value(kind: Furniture, line: &str) -> &str {
    let behind_label = || line.split_once([':', '：']).map_or(line, |(_, value)| value.trim());
    match kind {
        Furniture::Licence => {
            let words = line.split(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '|' | '｜'));
            let mut numbers = words.filter(|word| word.to_ascii_lowercase().contains("icp"));
            numbers.next().unwrap_or(line)
        }
        Furniture::Host => line.strip_suffix("主办").map_or_else(behind_label, str::trim),
        Furniture::Maker | Furniture::Contact => behind_label(),
        Furniture::Police | Furniture::Copyright | Furniture::Neighbour => line,
    }
}
