//! Selectors of CSS, as far as pages are picked apart with them: names, ids, classes, attributes, the four
//! combinators, `:not()`, `:first-child`, `:last-child`, `:nth-child()`, and `:contains()`, which is not of CSS but of
//! those who pick pages apart. One pass over the page, whatever the selector: no page can make it slow.

use super::{Dom, Id};

/// How many steps a selector can have.
const MOST_STEPS: usize = 32;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pages) struct Selector {
    given: String,
    alternatives: Vec<Vec<Step>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    combinator: Combinator,
    tests: Vec<Test>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Combinator {
    Descendant,
    Child,
    Next,
    Later,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Any,
    Name(String),
    Id(String),
    Class(String),
    Attribute { name: String, operator: char, value: String },
    Contains(String),
    Nth { step: i64, start: i64 },
    Last,
    Not(Vec<Self>),
}

impl Selector {
    /// Reads a selector, or says what is wrong with it.
    pub(in crate::pages) fn parse(given: &str) -> Result<Self, String> {
        let mut reader = Reader { rest: given.trim() };
        let mut alternatives = vec![reader.steps()?];
        while reader.take(",") {
            alternatives.push(reader.steps()?);
        }
        if reader.rest.is_empty() {
            Ok(Self { given: given.trim().to_owned(), alternatives })
        } else {
            Err(format!("\"{}\" is not understood in the selector \"{given}\"", reader.rest))
        }
    }

    pub(in crate::pages) fn given(&self) -> &str {
        &self.given
    }

    /// The elements that it selects, in the order of the page.
    pub(in crate::pages) fn select(&self, dom: &Dom) -> Vec<Id> {
        let mut found: Vec<Id> = self.alternatives.iter().flat_map(|steps| select(dom, steps)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// What is known around the children of an open element. Each mask has a bit for each step that is matched there.
struct Level {
    end: Id,
    /// By the element or one around it.
    around: u32,
    own: u32,
    /// By the child before, and by any child before.
    previous: u32,
    earlier: u32,
    children: i64,
}

fn select(dom: &Dom, steps: &[Step]) -> Vec<Id> {
    let mut found = Vec::new();
    let mut levels = vec![Level { end: dom.len(), around: 0, own: 0, previous: 0, earlier: 0, children: 0 }];
    for id in 1..dom.len() {
        if dom.element(id).is_none() {
            continue;
        }
        while levels.len() > 1 && levels.last().is_some_and(|level| level.end <= id) {
            levels.pop();
        }
        let Some(level) = levels.last_mut() else { break };
        level.children += 1;
        let mut own = 0_u32;
        for (n, step) in steps.iter().enumerate() {
            let before = match step.combinator {
                _ if n == 0 => u32::MAX,
                Combinator::Descendant => level.around,
                Combinator::Child => level.own,
                Combinator::Next => level.previous,
                Combinator::Later => level.earlier,
            };
            let reached = n == 0 || before & (1 << (n - 1)) != 0;
            if reached && step.tests.iter().all(|test| test.holds(dom, id, level.children)) {
                own |= 1 << n;
            }
        }
        level.previous = own;
        level.earlier |= own;
        let around = level.around | own;
        levels.push(Level { end: dom.end(id), around, own, previous: 0, earlier: 0, children: 0 });
        if own & (1 << (steps.len() - 1)) != 0 {
            found.push(id);
        }
    }
    found
}

impl Test {
    fn holds(&self, dom: &Dom, id: Id, place: i64) -> bool {
        match self {
            Self::Any => true,
            Self::Name(name) => dom.name(id) == name,
            Self::Id(given) => dom.attr(id, "id").is_some_and(|id| id.trim() == given),
            Self::Class(class) => {
                dom.attr(id, "class").is_some_and(|classes| classes.split_whitespace().any(|known| known == class))
            }
            Self::Attribute { name, operator, value } => {
                dom.attr(id, name).is_some_and(|known| matches(known, *operator, value))
            }
            Self::Contains(text) => dom.text(id).contains(text.as_str()),
            Self::Nth { step, start } => {
                let beyond = place - start;
                if *step == 0 { beyond == 0 } else { beyond % step == 0 && beyond / step >= 0 }
            }
            Self::Last => {
                let end = dom.end(dom.parent(id));
                let mut next = dom.end(id);
                while next < end && dom.element(next).is_none() {
                    next = dom.end(next);
                }
                next >= end
            }
            Self::Not(tests) => !tests.iter().all(|test| test.holds(dom, id, place)),
        }
    }
}

fn matches(known: &str, operator: char, value: &str) -> bool {
    match operator {
        '=' => known == value,
        '^' => !value.is_empty() && known.starts_with(value),
        '$' => !value.is_empty() && known.ends_with(value),
        '*' => !value.is_empty() && known.contains(value),
        '~' => known.split_whitespace().any(|word| word == value),
        '|' => known.strip_prefix(value).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
        _ => true,
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn steps(&mut self) -> Result<Vec<Step>, String> {
        let mut steps = vec![Step { combinator: Combinator::Descendant, tests: self.tests()? }];
        loop {
            let spaced = self.rest.len() != self.rest.trim_start().len();
            self.rest = self.rest.trim_start();
            let combinator = match self.rest.chars().next() {
                None | Some(',' | ')') => return Ok(steps),
                Some('>') => Combinator::Child,
                Some('+') => Combinator::Next,
                Some('~') => Combinator::Later,
                Some(_) if spaced => Combinator::Descendant,
                Some(c) => return Err(format!("\"{c}\" is not expected in a selector")),
            };
            self.rest = self.rest.trim_start_matches(['>', '+', '~']).trim_start();
            if steps.len() == MOST_STEPS {
                return Err(format!("a selector has at most {MOST_STEPS} steps"));
            }
            steps.push(Step { combinator, tests: self.tests()? });
        }
    }

    /// The tests of one step.
    fn tests(&mut self) -> Result<Vec<Test>, String> {
        let mut tests = Vec::new();
        while let Some(first) = self.rest.chars().next() {
            let test = match first {
                '*' => {
                    self.rest = &self.rest[1..];
                    Test::Any
                }
                '#' => Test::Id(self.name_behind(1)?),
                '.' => Test::Class(self.name_behind(1)?),
                '[' => self.attribute()?,
                ':' => self.pseudo()?,
                _ if is_of_name(first) && tests.is_empty() => Test::Name(self.name_behind(0)?.to_ascii_lowercase()),
                _ => break,
            };
            tests.push(test);
        }
        if tests.is_empty() {
            return Err("a selector ends where an element is expected".to_owned());
        }
        Ok(tests)
    }

    fn name_behind(&mut self, skipped: usize) -> Result<String, String> {
        let rest = &self.rest[skipped..];
        let end = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
        if end == 0 {
            return Err(format!("a name is expected before \"{rest}\" in a selector"));
        }
        self.rest = &rest[end..];
        Ok(rest[..end].to_owned())
    }

    fn attribute(&mut self) -> Result<Test, String> {
        self.rest = self.rest[1..].trim_start();
        let name = self.name_behind(0)?.to_ascii_lowercase();
        self.rest = self.rest.trim_start();
        let mut operator = ' ';
        let mut value = String::new();
        if let Some(first) = self.rest.chars().next().filter(|c| "=^$*~|".contains(*c)) {
            operator = first;
            self.rest = &self.rest[1..];
            if operator != '=' && !self.take("=") {
                return Err("an attribute's operator ends with \"=\"".to_owned());
            }
            self.rest = self.rest.trim_start();
            value = self.value("]")?;
        }
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(']') {
            Some(rest) => self.rest = rest,
            None => return Err("\"]\" is missing in a selector".to_owned()),
        }
        Ok(Test::Attribute { name, operator, value })
    }

    /// A word, in quotes or up to `end`.
    fn value(&mut self, end: &str) -> Result<String, String> {
        let quote = self.rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (from, until) = quote.map_or((0, end.to_owned()), |quote| (1, quote.to_string()));
        let (value, _) = self.rest[from..].split_once(&until).ok_or_else(|| format!("\"{until}\" is missing"))?;
        let value = value.to_owned();
        self.rest = &self.rest[from + value.len() + from..];
        Ok(value)
    }

    fn pseudo(&mut self) -> Result<Test, String> {
        let name = self.name_behind(1)?;
        let test = match name.as_str() {
            "first-child" => return Ok(Test::Nth { step: 0, start: 1 }),
            "last-child" => return Ok(Test::Last),
            "contains" if self.take("(") => Test::Contains(self.value(")")?),
            "not" if self.take("(") => Test::Not(self.tests()?),
            "nth-child" if self.take("(") => {
                let given = self.rest.split(')').next().unwrap_or_default();
                let test = nth(given).ok_or_else(|| format!("\":nth-child({given})\" is not understood"))?;
                self.rest = &self.rest[given.len()..];
                test
            }
            other => {
                return Err(format!(
                    "\":{other}\" is not one of :not, :first-child, :last-child, :nth-child, :contains"
                ));
            }
        };
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(')') {
            Some(rest) => self.rest = rest,
            None => return Err("\")\" is missing in a selector".to_owned()),
        }
        Ok(test)
    }
}

/// `3`, `odd`, `even`, `2n+1`.
fn nth(given: &str) -> Option<Test> {
    let given: String = given.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let (step, start) = match given.as_str() {
        "odd" => (2, 1),
        "even" => (2, 0),
        other => match other.split_once('n') {
            None => (0, other.parse().ok()?),
            Some((step, start)) => {
                let step = match step {
                    "" | "+" => 1,
                    "-" => -1,
                    other => other.parse().ok()?,
                };
                (step, if start.is_empty() { 0 } else { start.parse().ok()? })
            }
        },
    };
    Some(Test::Nth { step, start })
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_') || (c as u32 > 0x7f && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::{super::parse, *};

    fn selected(selector: &str) -> Vec<String> {
        let dom = parse(
            "<div id=a class='x y'><p class=t>1</p><p>2<b>3</b></p><ul><li title='ab cd'>4<li>5<li>6</ul></div><p>7</p>",
        );
        Selector::parse(selector).unwrap().select(&dom).into_iter().map(|id| dom.text(id)).collect()
    }

    #[test]
    fn elements_are_found() {
        for (selector, found) in [
            ("p", vec!["1", "23", "7"]),
            ("#a > p", vec!["1", "23"]),
            ("div.x.y p.t + p b", vec!["3"]),
            (".t ~ ul li:nth-child(2n+1)", vec!["4", "6"]),
            ("li:first-child, li:last-child", vec!["4", "6"]),
            ("li[title]", vec!["4"]),
            ("li[title~=cd]", vec!["4"]),
            ("li[title^='ab'][title$=\"cd\"]", vec!["4"]),
            ("#a p:not(.t)", vec!["23"]),
            ("p:contains(7)", vec!["7"]),
            ("div div", vec![]),
            ("* > b", vec!["3"]),
        ] {
            assert_eq!(selected(selector), found, "{selector}");
        }
    }

    #[test]
    fn what_is_no_selector_is_said() {
        for bad in
            ["", ">", "p >", "p[", "p[a", "p[a!=b]", ":hover", "p:not(", "p:nth-child(x)", "#", "p,,q", "p)", "{}"]
        {
            assert!(Selector::parse(bad).is_err(), "{bad}");
        }
    }
}
