//! What the room shows, as it stands in the address: the same words for the room and for its file.

use content::{
    CivilDate,
    record::{RecordFilter, RecordSubject, Who},
};

/// Where the room is.
pub const ROOM: &str = "/admin/record";

/// The name of somebody in addresses.
#[must_use]
pub fn who_key(who: Who) -> String {
    match who {
        Who::Account(id) => id.to_string(),
        Who::System => "system".to_owned(),
        Who::Visitor => "visitor".to_owned(),
    }
}

/// Who is named.
#[must_use]
pub fn who_of(key: &str) -> Option<Who> {
    match key {
        "system" => Some(Who::System),
        "visitor" => Some(Who::Visitor),
        id => id.parse().ok().map(Who::Account),
    }
}

/// The filter that an address names, by the values of its query. What it names wrongly does not filter.
#[must_use]
pub fn read(get: impl Fn(&str) -> Option<String>) -> RecordFilter {
    let get = |name: &str| get(name).filter(|value| !value.is_empty());
    let day = |name: &str| get(name).and_then(|day| CivilDate::try_from(day).ok());
    let id = || get("id").and_then(|id| id.parse().ok());
    RecordFilter {
        who: get("who").and_then(|key| who_of(&key)),
        action: get("action"),
        subject: get("subject").map(|kind| RecordSubject { kind, id: id() }),
        from: day("from"),
        to: day("to"),
        address: get("address").unwrap_or_default(),
    }
}

/// The same from a query as it stands behind the `?`.
#[must_use]
pub fn read_query(query: &str) -> RecordFilter {
    read(|name| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(found, _)| *found == name).and_then(|(_, value)| decoded(value))
    })
}

/// An address of the room, or of its file, with this filter.
#[must_use]
pub fn write(base: &str, filter: &RecordFilter, mark: Option<&str>) -> String {
    let mut query: Vec<(&str, String)> = Vec::new();
    query.extend(filter.who.map(|who| ("who", who_key(who))));
    query.extend(filter.action.as_deref().map(|action| ("action", encoded(action))));
    if let Some(RecordSubject { kind, id }) = &filter.subject {
        query.push(("subject", encoded(kind)));
        query.extend(id.map(|id| ("id", id.to_string())));
    }
    query.extend(filter.from.map(|day| ("from", day.to_string())));
    query.extend(filter.to.map(|day| ("to", day.to_string())));
    query.extend((!filter.address.is_empty()).then(|| ("address", encoded(&filter.address))));
    query.extend(mark.map(|mark| ("mark", mark.to_owned())));
    let pairs: Vec<String> = query.into_iter().map(|(name, value)| [name, "=", &value].concat()).collect();
    if pairs.is_empty() { base.to_owned() } else { [base, "?", &pairs.join("&")].concat() }
}

/// Percent-encoded as RFC 3986 wants it; everything but its unreserved characters.
#[must_use]
pub fn encoded(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from(DIGITS[usize::from(half & 15)]);
            out.extend(['%', digit(byte >> 4), digit(byte)]);
        }
        out
    })
}

/// The text of such a value; none where it is none.
fn decoded(value: &str) -> Option<String> {
    let (mut out, mut bytes) = (Vec::with_capacity(value.len()), value.bytes());
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => {
                let digits = [bytes.next()?, bytes.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            b'+' => b' ',
            other => other,
        });
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::AccountId;

    #[test]
    fn a_filter_is_read_as_it_is_written() {
        let filter = RecordFilter {
            who: Some(Who::Account(AccountId(3))),
            action: Some("sign_in".to_owned()),
            subject: Some(RecordSubject { kind: "article".to_owned(), id: Some(12) }),
            from: CivilDate::new(2026, 1, 2).ok(),
            to: None,
            address: "2001:db8::1 &甲".to_owned(),
        };
        let address = write(ROOM, &filter, None);
        assert!(
            address.starts_with("/admin/record?who=3&action=sign_in&subject=article&id=12&from=2026-01-02&address=")
        );
        assert_eq!(read_query(address.split_once('?').unwrap().1), filter);
        assert_eq!(write(ROOM, &RecordFilter::default(), Some("n.1.2")), "/admin/record?mark=n.1.2");
        assert_eq!(write(ROOM, &RecordFilter::default(), None), ROOM);
    }

    #[test]
    fn what_an_address_names_wrongly_does_not_filter() {
        for query in ["", "who=x&from=2026-02-30&id=3", "who=&action=", "address=%E4%B8", "address=%G1", "who"] {
            assert_eq!(read_query(query), RecordFilter::default(), "{query}");
        }
        assert_eq!(read_query("who=visitor").who, Some(Who::Visitor));
    }
}
