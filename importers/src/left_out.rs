//! What was left out of an article: each kind once, with its count and the first examples.

use content::refusal::quoted;

/// How many examples of a kind are shown.
const SHOWN: usize = 3;

/// How many kinds are told apart; a hostile file has a million of them.
const MOST_KINDS: usize = 60;

#[derive(Clone, Debug, Default)]
pub(crate) struct LeftOut {
    kinds: Vec<Kind>,
    others: u64,
    lines: Vec<String>,
}

#[derive(Clone, Debug)]
struct Kind {
    name: String,
    why: &'static str,
    count: u64,
    examples: Vec<String>,
}

impl LeftOut {
    /// Counts something that has no value worth showing.
    pub(crate) fn count(&mut self, name: &str, why: &'static str) {
        self.times(name, why, 1);
    }

    /// Counts something that is there so many times.
    pub(crate) fn times(&mut self, name: &str, why: &'static str, times: u64) {
        if let Some(kind) = self.kind(name, why) {
            kind.count += times;
        }
    }

    /// Counts something with its value.
    pub(crate) fn example(&mut self, name: &str, why: &'static str, value: &str) {
        let Some(kind) = self.kind(name, why) else { return };
        kind.count += 1;
        if kind.examples.len() < SHOWN {
            let value = format!("\"{}\"", quoted(value));
            if !kind.examples.contains(&value) {
                kind.examples.push(value);
            }
        }
    }

    /// Adds lines of another report.
    pub(crate) fn lines(&mut self, lines: Vec<String>) {
        self.lines.extend(lines);
    }

    fn kind(&mut self, name: &str, why: &'static str) -> Option<&mut Kind> {
        let name = quoted(name);
        if let Some(at) = self.kinds.iter().position(|kind| kind.name == name && kind.why == why) {
            return self.kinds.get_mut(at);
        }
        if self.kinds.len() == MOST_KINDS {
            self.others += 1;
            return None;
        }
        self.kinds.push(Kind { name, why, count: 0, examples: Vec::new() });
        self.kinds.last_mut()
    }

    pub(crate) fn into_lines(self) -> Vec<String> {
        let line = |kind: Kind| {
            let mut line = format!("{} ×{}: {}", kind.name, kind.count, kind.why);
            if !kind.examples.is_empty() {
                let more = if kind.count > kind.examples.len() as u64 { ", …" } else { "" };
                line.push_str(&format!(" ({}{more})", kind.examples.join(", ")));
            }
            line
        };
        let mut all: Vec<String> = self.kinds.into_iter().map(line).collect();
        if self.others > 0 {
            all.push(format!("{} more of other kinds left out", self.others));
        }
        all.extend(self.lines);
        all
    }
}
