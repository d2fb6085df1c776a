//! What an entry keeps, made readable: JSON as fields with old and new beside each other, anything else as one text.

use super::words;
use content::{RevisionId, article::State, record::RecordRow};
use serde_json::Value;
use std::collections::BTreeMap;

/// Most fields that are shown of one entry.
pub const MOST: usize = 100;

/// A field before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it is called.
    pub label: String,
    /// None was not there.
    pub before: Option<String>,
    /// None is not there any more.
    pub after: Option<String>,
}

/// What an entry keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The fields that differ, in their order; of something new all of them.
    pub fields: Vec<Field>,
    /// How many did not change.
    pub same: usize,
    /// Whether there are more than are shown.
    pub more: bool,
    /// Two revisions to compare, the older first.
    pub revisions: Option<(RevisionId, RevisionId)>,
}

impl Kept {
    /// What an entry keeps.
    #[must_use]
    pub fn of(row: &RecordRow) -> Self {
        let (before, after) = (parts(row, &row.before), parts(row, &row.after));
        let mut kept = Self { revisions: revisions(row), ..Self::default() };
        let mut names: Vec<&str> = before.iter().chain(&after).map(|(name, _)| name.as_str()).collect();
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(*name));
        let (old, new): (BTreeMap<_, _>, BTreeMap<_, _>) =
            (before.iter().cloned().collect(), after.iter().cloned().collect());
        for name in names {
            let (before, after) = (old.get(name).cloned(), new.get(name).cloned());
            // Of what is new or gone, the fields that hold nothing are not worth a line.
            let nothing = |value: &Option<String>| value.as_deref().is_none_or(str::is_empty);
            if nothing(&before) && nothing(&after) && !name.is_empty() {
                continue;
            }
            if before == after {
                kept.same += 1;
            } else if kept.fields.len() == MOST {
                kept.more = true;
            } else {
                let label = if name.is_empty() {
                    words::text_of(&row.action, &row.subject).to_owned()
                } else {
                    words::field(name)
                };
                kept.fields.push(Field { label, before, after });
            }
        }
        kept
    }

    /// Whether nothing is kept at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.same == 0
    }
}

/// The fields of a text, by their paths; a text that is no JSON object or list has one, whose path is empty.
fn parts(row: &RecordRow, text: &str) -> Vec<(String, String)> {
    if text.is_empty() {
        return Vec::new();
    }
    match serde_json::from_str::<Value>(text) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => {
            let mut out = Vec::new();
            flatten("", &value, &mut out);
            out
        }
        _ => vec![(String::new(), plain(row, text))],
    }
}

/// A text as people say it: the states of an article have names.
fn plain(row: &RecordRow, text: &str) -> String {
    if row.subject == "article"
        && let Some(state) = State::of_key(text)
    {
        return crate::admin::words::state(state).to_owned();
    }
    text.to_owned()
}

fn flatten(path: &str, value: &Value, out: &mut Vec<(String, String)>) {
    let within = |name: &str| if path.is_empty() { name.to_owned() } else { [path, ".", name].concat() };
    let scalar = |value: &Value| !matches!(value, Value::Object(_) | Value::Array(_));
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| flatten(&within(name), value, out)),
        Value::Array(values) if values.iter().all(scalar) => {
            out.push((path.to_owned(), values.iter().map(said).collect::<Vec<_>>().join("、")));
        }
        Value::Array(values) => {
            for (n, value) in values.iter().enumerate() {
                flatten(&within(&(n + 1).to_string()), value, out);
            }
        }
        other => out.push((path.to_owned(), said(other))),
    }
}

fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => words::value(&other.to_string()).to_owned(),
    }
}

/// The revisions that an entry names, if it names two of them.
fn revisions(row: &RecordRow) -> Option<(RevisionId, RevisionId)> {
    if row.subject != "article" {
        return None;
    }
    let (before, after) = (revision(row, &row.before)?, revision(row, &row.after)?);
    (before != after).then(|| (before.min(after), before.max(after)))
}

fn revision(row: &RecordRow, text: &str) -> Option<RevisionId> {
    match row.action.as_str() {
        "save" | "restore" => text.parse().ok(),
        _ => {
            let json: Value = serde_json::from_str(text).ok()?;
            json.get("revision")?.as_i64().filter(|id| *id > 0).map(RevisionId)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::record::Who;

    fn row(action: &str, subject: &str, before: &str, after: &str) -> RecordRow {
        RecordRow {
            id: 1,
            at: serde_json::from_str("\"2026-11-24T10:28:49+08:00\"").unwrap(),
            who: Who::System,
            name: String::new(),
            token: String::new(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            subject_id: Some(1),
            title: None,
            before: before.to_owned(),
            after: after.to_owned(),
            address: String::new(),
        }
    }

    fn fields(kept: &Kept) -> Vec<(&str, Option<&str>, Option<&str>)> {
        kept.fields.iter().map(|f| (f.label.as_str(), f.before.as_deref(), f.after.as_deref())).collect()
    }

    #[test]
    fn fields_stand_beside_each_other_and_those_that_did_not_change_are_counted() {
        let kept = Kept::of(&row(
            "change",
            "section",
            r#"{"name":"要闻","slug":"yaowen","visible":true}"#,
            r#"{"name":"工会要闻","slug":"yaowen","visible":false,"tags":["甲","乙"],"keywords":""}"#,
        ));
        let expected = [
            ("名称", Some("要闻"), Some("工会要闻")),
            ("显示", Some("是"), Some("否")),
            ("tags", None, Some("甲、乙")),
        ];
        assert_eq!((fields(&kept), kept.same), (expected.to_vec(), 1));
    }

    #[test]
    fn a_plain_text_is_called_what_it_is() {
        let kept = Kept::of(&row("step", "article", "draft", "submitted"));
        assert_eq!(fields(&kept), [("状态", Some("草稿"), Some("待审核"))]);
        assert!(Kept::of(&row("sign_in", "account", "", "")).is_empty());
        // A number or a broken object is a text like any other.
        assert_eq!(fields(&Kept::of(&row("begin", "article", "", "3"))), [("栏目", None, Some("3"))]);
        assert_eq!(fields(&Kept::of(&row("odd", "site", "", "{\"a\":"))), [("内容", None, Some("{\"a\":"))]);
    }

    #[test]
    fn revisions_are_found_whether_they_are_plain_or_a_field() {
        let both = Some((RevisionId(4), RevisionId(9)));
        assert_eq!(Kept::of(&row("save", "article", "4", "9")).revisions, both);
        assert_eq!(Kept::of(&row("restore", "article", "9", "4")).revisions, both);
        assert_eq!(Kept::of(&row("publish", "article", r#"{"revision":4}"#, r#"{"revision":9}"#)).revisions, both);
        assert_eq!(Kept::of(&row("begin", "article", "", "9")).revisions, None);
        assert_eq!(Kept::of(&row("move", "article", "4", "9")).revisions, None);
    }

    #[test]
    fn a_large_entry_is_cut_and_says_so() {
        let many: serde_json::Map<String, Value> = (0..300).map(|n| (format!("f{n}"), Value::from(n))).collect();
        let kept = Kept::of(&row("found", "site", "", &Value::Object(many).to_string()));
        assert!(kept.fields.len() == MOST && kept.more);
    }
}
