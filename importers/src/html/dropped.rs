//! What was dropped: each kind once, with its count and the first examples.

use content::refusal::quoted;

/// How many examples of a kind are shown.
const SHOWN: usize = 3;

#[derive(Debug, Default)]
pub(super) struct Dropped {
    kinds: Vec<Kind>,
}

#[derive(Debug)]
struct Kind {
    name: String,
    why: &'static str,
    count: u64,
    examples: Vec<String>,
}

impl Dropped {
    /// Counts something that has no value worth showing. The kinds are few: names of elements of a fixed list.
    pub(super) fn count(&mut self, name: &str, why: &'static str) {
        self.kind(name, why).count += 1;
    }

    /// Counts something with its value.
    pub(super) fn example(&mut self, name: &str, why: &'static str, value: &str) {
        let kind = self.kind(name, why);
        kind.count += 1;
        if kind.examples.len() < SHOWN {
            let value = format!("\"{}\"", quoted(value));
            if !kind.examples.contains(&value) {
                kind.examples.push(value);
            }
        }
    }

    fn kind(&mut self, name: &str, why: &'static str) -> &mut Kind {
        let at = self.kinds.iter().position(|kind| kind.name == name && kind.why == why).unwrap_or_else(|| {
            self.kinds.push(Kind { name: name.to_owned(), why, count: 0, examples: Vec::new() });
            self.kinds.len() - 1
        });
        &mut self.kinds[at]
    }

    pub(super) fn into_lines(self) -> Vec<String> {
        let line = |kind: Kind| {
            let mut line = format!("{} ×{}: {}", kind.name, kind.count, kind.why);
            if !kind.examples.is_empty() {
                let more = if kind.count > kind.examples.len() as u64 { ", …" } else { "" };
                line.push_str(&format!(" ({}{more})", kind.examples.join(", ")));
            }
            line
        };
        self.kinds.into_iter().map(line).collect()
    }
}
