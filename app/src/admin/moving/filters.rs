//! Which pages of an import are shown, as it stands in the address.

use crate::admin::record::filters::encoded;
use content::{ImportId, moving::Which};

/// Where the room is.
pub const ROOM: &str = "/admin/moving";

/// Where an import is.
pub fn import(id: ImportId) -> String {
    [ROOM, "/", &id.to_string()].concat()
}

/// Where one of its pages is.
pub fn page(id: ImportId, page: i64) -> String {
    [&import(id), "/", &page.to_string()].concat()
}

/// Which pages are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Of which kind.
    pub which: Which,
    /// With what in their titles or names.
    pub text: String,
    /// Behind which one.
    pub after: Option<(u8, i64)>,
}

impl Shown {
    /// What an address names, by the values of its query. What it names wrongly does not filter.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let after = get("after").and_then(|after| {
            let (confidence, id) = after.split_once('-')?;
            Some((confidence.parse().ok()?, id.parse().ok()?))
        });
        let which = get("which").and_then(|key| Which::of_key(&key));
        Self { which: which.unwrap_or_default(), text: get("text").unwrap_or_default(), after }
    }

    /// The address of an import that shows them.
    pub fn write(&self, id: ImportId) -> String {
        let mut query = Vec::new();
        query.extend((self.which != Which::default()).then(|| ["which=", self.which.key()].concat()));
        query.extend((!self.text.is_empty()).then(|| ["text=", &encoded(&self.text)].concat()));
        query.extend(self.after.map(|(confidence, id)| format!("after={confidence}-{id}")));
        let base = import(id);
        if query.is_empty() { base } else { [&base, "?", &query.join("&")].concat() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_as_it_is_written() {
        let shown = Shown { which: Which::Doubtful, text: "a&b".to_owned(), after: Some((40, 12)) };
        assert_eq!(shown.write(ImportId(3)), "/admin/moving/3?which=doubtful&text=a%26b&after=40-12");
        let get = |name: &str| {
            let value = [("which", "doubtful"), ("text", "a&b"), ("after", "40-12")];
            value.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(Shown::read(get), shown);
        assert_eq!(Shown::read(|_| Some("x".to_owned())).after, None);
        assert_eq!(Shown::default().write(ImportId(3)), "/admin/moving/3");
    }
}
