//! Which part of the library is shown and which file is open, as it stands in the address.

use crate::admin::articles::encoded;
use content::{
    MediaId,
    media::{MediaFilter, MediaKind},
};
use leptos_router::params::ParamsMap;

/// Where the room is.
pub const ROOM: &str = "/admin/media";

/// The filter and the mark that an address names. What it names wrongly does not filter.
#[must_use]
pub fn read(query: &ParamsMap) -> (MediaFilter, Option<String>) {
    let get = |name: &str| query.get(name).filter(|value| !value.is_empty());
    let kind = get("kind").and_then(|key| MediaKind::ALL.into_iter().find(|kind| kind.key() == key));
    let filter = MediaFilter {
        kind,
        text: get("text").unwrap_or_default(),
        unused: get("unused").is_some(),
        without_alt: get("alt").is_some(),
        bin: get("bin").is_some(),
    };
    (filter, get("mark"))
}

/// The file that is open.
#[must_use]
pub fn open(query: &ParamsMap) -> Option<MediaId> {
    query.get("id").and_then(|id| id.parse().ok())
}

/// The address of the room with this filter, this page and this file.
#[must_use]
pub fn write(filter: &MediaFilter, mark: Option<&str>, open: Option<MediaId>) -> String {
    let mut query: Vec<(&str, String)> = Vec::new();
    query.extend(filter.kind.map(|kind| ("kind", kind.key().to_owned())));
    query.extend((!filter.text.is_empty()).then(|| ("text", encoded(&filter.text))));
    let flags = [("unused", filter.unused), ("alt", filter.without_alt), ("bin", filter.bin)];
    query.extend(flags.into_iter().filter(|(_, on)| *on).map(|(name, _)| (name, "1".to_owned())));
    query.extend(mark.map(|mark| ("mark", encoded(mark))));
    query.extend(open.map(|id| ("id", id.to_string())));
    let pairs: Vec<String> = query.into_iter().map(|(name, value)| [name, "=", &value].concat()).collect();
    if pairs.is_empty() { ROOM.to_owned() } else { [ROOM, "?", &pairs.join("&")].concat() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_as_it_is_written() {
        let filter = MediaFilter {
            kind: Some(MediaKind::Film),
            text: "五一 & 大会".to_owned(),
            unused: true,
            without_alt: false,
            bin: true,
        };
        let address = write(&filter, Some("n.1.2"), Some(MediaId(7)));
        assert_eq!(
            address,
            "/admin/media?kind=film&text=%E4%BA%94%E4%B8%80%20%26%20%E5%A4%A7%E4%BC%9A&unused=1&bin=1&mark=n.1.2&id=7"
        );
        let mut map = ParamsMap::new();
        let pairs =
            [("kind", "film"), ("text", "五一 & 大会"), ("unused", "1"), ("bin", "1"), ("mark", "n.1.2"), ("id", "7")];
        for (name, value) in pairs {
            map.insert(name, value.to_owned());
        }
        assert_eq!(read(&map), (filter, Some("n.1.2".to_owned())));
        assert_eq!(open(&map), Some(MediaId(7)));
    }

    #[test]
    fn what_an_address_names_wrongly_does_not_filter() {
        let mut map = ParamsMap::new();
        for (name, value) in [("kind", "picutre"), ("id", "07"), ("text", "")] {
            map.insert(name, value.to_owned());
        }
        assert_eq!((read(&map), open(&map)), ((MediaFilter::default(), None), None));
        assert_eq!(write(&MediaFilter::default(), None, None), ROOM);
    }
}
