//! The line with time, editor, source and author, in any order and with any of the spellings that sites have.

use super::{
    kinds,
    signs::{Kind, Label, Signs},
};

/// What the line says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Meta {
    /// The publish time in a spelling that [`content::time::WrittenTime::parse`] reads, if the time exists.
    pub(super) published: Option<String>,
    pub(super) source: String,
    pub(super) author: String,
    pub(super) editor: String,
    /// What is not kept: counters, other times, other people.
    pub(super) others: Vec<String>,
}

/// The longest line that is read as one of these.
const LONGEST: usize = 200;

/// Reads the line; `None` where it says anything else.
pub(super) fn meta(line: &str) -> Option<Meta> {
    if line.len() > LONGEST * 4 || line.chars().count() > LONGEST {
        return None;
    }
    let line = kinds::bracketed(line).unwrap_or(line);
    let signs = Signs::of(line);
    let marks = signs.marks();
    let labelled = marks.iter().any(|mark| matches!(mark.kind, Kind::Label(_)) && mark.known);
    let clock = marks.iter().any(|mark| matches!(&mark.kind, Kind::Time { clock: true, .. }));
    let slashed = marks.iter().any(|mark| matches!(&mark.kind, Kind::Time { chinese: false, .. }));
    if !(labelled || clock || slashed) {
        return None;
    }
    let mut meta = Meta::default();
    let mut loose = vec![signs.value(0, marks.first()?.start)];
    // A label of a time that is not kept takes the time behind it along.
    let mut elsewhere = false;
    for (n, mark) in marks.iter().enumerate() {
        let end = marks.get(n + 1).map_or(signs.len(), |next| next.start);
        let value = signs.value(mark.end, end);
        match &mark.kind {
            Kind::Time { text, .. } => {
                if meta.published.is_none() && !elsewhere {
                    meta.published = Some(text.clone());
                } else {
                    meta.others.push(signs.value(mark.start, mark.end));
                }
                loose.push(value);
                elsewhere = false;
            }
            Kind::Label(label) => {
                elsewhere = *label == Label::Other && value.is_empty();
                meta.put(*label, value, &signs.value(mark.start, end));
            }
        }
    }
    loose.retain(|text| !text.is_empty() && !is_weekday(text));
    // Words without a label may stand beside a time of day, as the name of a paper does; beside a day alone they make
    // it a line of the text.
    let allowed = loose.iter().all(|text| clock && text.chars().count() <= 20 && !kinds::is_sentence(text));
    meta.others.extend(loose);
    allowed.then_some(meta)
}

/// Reads a line below the text that names its editor, author or source and nothing else.
pub(super) fn signature(line: &str) -> Option<Meta> {
    let found = meta(line)?;
    let short = [&found.editor, &found.author, &found.source].iter().all(|name| name.chars().count() <= 30);
    (short && found.published.is_none() && found.others.is_empty()).then_some(found)
}

impl Meta {
    fn put(&mut self, label: Label, value: String, whole: &str) {
        let field = match label {
            Label::Source => &mut self.source,
            Label::Author => &mut self.author,
            Label::Editor => &mut self.editor,
            Label::Published if value.is_empty() => return,
            Label::Published | Label::Other => return self.others.push(whole.to_owned()),
        };
        if field.is_empty() {
            *field = value;
        } else if !value.is_empty() {
            self.others.push(whole.to_owned());
        }
    }
}

fn is_weekday(text: &str) -> bool {
    text.chars().count() == 3 && text.starts_with("星期")
}
