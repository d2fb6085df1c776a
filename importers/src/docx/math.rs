//! Equations as a line of text: the tree has no others, and `a^2+b^2` says more than nothing.

/// The longest equation, in bytes.
const LONGEST: usize = 20_000;

/// An equation so far.
#[derive(Debug, Default)]
pub(super) struct Equation {
    text: String,
    /// What is written when each open part ends, and whether it puts brackets around the parts in it.
    open: Vec<(&'static str, bool)>,
}

impl Equation {
    pub(super) fn text(&mut self, text: &str) {
        if self.text.len() + text.len() <= LONGEST {
            self.text.push_str(text);
        }
    }

    /// A part begins; `value` is that of a property.
    pub(super) fn open(&mut self, name: &str, value: Option<String>) {
        let bracketed = self.open.last().is_some_and(|(_, brackets)| *brackets);
        let (before, after, brackets) = match name {
            "num" => ("(", ")", false),
            "den" => ("/(", ")", false),
            "sup" => ("^(", ")", false),
            "sub" => ("_(", ")", false),
            "rad" => ("√", "", true),
            "d" => ("", "", true),
            "e" if bracketed => ("(", ")", false),
            _ => ("", "", false),
        };
        self.text(before);
        // The sign of a sum or a product stands among its properties.
        if name == "chr" {
            self.text(value.as_deref().unwrap_or_default());
        }
        self.open.push((after, brackets));
    }

    pub(super) fn close(&mut self) {
        if let Some((after, _)) = self.open.pop() {
            self.text(after);
        }
    }

    /// The line, without brackets around single characters.
    pub(super) fn finish(self) -> String {
        let characters: Vec<char> = self.text.replace("_()", "").replace("^()", "").chars().collect();
        let (mut out, mut at) = (String::with_capacity(self.text.len()), 0);
        while let Some(c) = characters.get(at) {
            let single = *c == '(' && characters.get(at + 2) == Some(&')');
            let needless =
                matches!(out.chars().next_back(), Some('^' | '_' | '/' | '√')) || characters.get(at + 3) == Some(&'/');
            if single && needless {
                out.extend(characters.get(at + 1));
                at += 3;
            } else {
                out.push(*c);
                at += 1;
            }
        }
        if out.is_empty() { out } else { format!("{out} ") }
    }
}
