//! What a list shows, as it stands in the address: going back, forth or reloading keeps it.

use content::{
    CivilDate,
    article::State,
    desk::{Filter, Sort},
};
use leptos_router::params::ParamsMap;

const SORTS: [(&str, Sort); 5] = [
    ("updated", Sort::Updated),
    ("oldest", Sort::UpdatedOldest),
    ("shown", Sort::Shown),
    ("created", Sort::Created),
    ("scheduled", Sort::Scheduled),
];

/// The name of a sort in addresses.
#[must_use]
pub fn sort_key(sort: Sort) -> &'static str {
    SORTS.iter().find(|(_, known)| *known == sort).map_or("updated", |(key, _)| key)
}

/// The filter and the mark that an address names. What it names wrongly does not filter.
#[must_use]
pub fn read(query: &ParamsMap, bin: bool) -> (Filter, Option<String>) {
    let get = |name: &str| query.get(name).filter(|value| !value.is_empty());
    let day = |name: &str| get(name).and_then(|day| CivilDate::try_from(day).ok());
    let filter = Filter {
        section: get("section").and_then(|id| id.parse().ok()),
        state: get("state").and_then(|key| State::of_key(&key)),
        author: get("author").and_then(|id| id.parse().ok()),
        from: day("from"),
        to: day("to"),
        text: get("text").unwrap_or_default(),
        bin,
        sort: get("sort")
            .and_then(|key| SORTS.iter().find(|(name, _)| **name == key))
            .map_or(Sort::Updated, |(_, s)| *s),
    };
    (filter, get("mark"))
}

/// The address of a list with this filter.
#[must_use]
pub fn write(base: &str, filter: &Filter, mark: Option<&str>) -> String {
    let mut query: Vec<(&str, String)> = Vec::new();
    query.extend(filter.section.map(|id| ("section", id.to_string())));
    query.extend(filter.state.map(|state| ("state", state.key().to_owned())));
    query.extend(filter.author.map(|id| ("author", id.to_string())));
    query.extend(filter.from.map(|day| ("from", day.to_string())));
    query.extend(filter.to.map(|day| ("to", day.to_string())));
    query.extend((!filter.text.is_empty()).then(|| ("text", encoded(&filter.text))));
    query.extend((filter.sort != Sort::Updated).then(|| ("sort", sort_key(filter.sort).to_owned())));
    query.extend(mark.map(|mark| ("mark", mark.to_owned())));
    if query.is_empty() {
        return base.to_owned();
    }
    let pairs: Vec<String> = query.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{base}?{}", pairs.join("&"))
}

/// Percent-encoded as RFC 3986 wants it; everything but its unreserved characters.
pub fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::SectionId;

    #[test]
    fn a_filter_is_read_as_it_is_written() {
        let filter = Filter {
            section: Some(SectionId(3)),
            state: Some(State::Submitted),
            text: "工会 100%".to_owned(),
            from: CivilDate::new(2026, 1, 2).ok(),
            sort: Sort::Shown,
            ..Filter::default()
        };
        let address = write("/admin/articles", &filter, Some("n.1.2"));
        assert!(address.contains("section=3&state=submitted&from=2026-01-02&text=%E5"), "{address}");
        let mut map = ParamsMap::new();
        for (name, value) in [
            ("section", "3"),
            ("state", "submitted"),
            ("text", "工会 100%"),
            ("from", "2026-01-02"),
            ("sort", "shown"),
            ("mark", "n.1.2"),
        ] {
            map.insert(name, value.to_owned());
        }
        assert_eq!(read(&map, false), (filter, Some("n.1.2".to_owned())));
        assert_eq!(write("/admin/bin", &Filter::default(), None), "/admin/bin");
    }
}
