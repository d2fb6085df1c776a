//! Addresses of the site that was there before: how they are kept, and as what they may be asked for.
//!
//! Only path and query count: the old site's names of hosts lead here by themselves or do not.

/// The longest old address, in bytes. Browsers and servers do not agree on more.
pub const LONGEST: usize = 2000;

/// What others add to the queries of addresses: apps that pass them on, and those who count visitors.
const ADDED: [&str; 10] =
    ["from", "isappinstalled", "scene", "clicktime", "enterid", "share_token", "spm", "timestamp", "fbclid", "gclid"];

/// What a folder's own page is called.
const INDEX: [&str; 8] =
    ["index.html", "index.htm", "index.shtml", "index.php", "index.asp", "index.jsp", "default.asp", "default.aspx"];

/// The old address as it is kept: a path with its query, without host and fragment, and without a slash at the end.
/// `None` where nothing is left, since the front page is our own, or where it is no address.
#[must_use]
pub fn kept(address: &str) -> Option<String> {
    let address = address.trim().split('#').next().unwrap_or_default();
    let path = match address.split_once("://") {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            rest.find(['/', '?']).map_or("", |at| &rest[at..])
        }
        _ => address,
    };
    let (path, query) = path.split_once('?').map_or((path, ""), |(path, query)| (path, query));
    let path = escaped(path.trim_end_matches('/'));
    let query = escaped(query);
    let path = if path.starts_with('/') || path.is_empty() { path } else { format!("/{path}") };
    let whole = match (path.as_str(), query.as_str()) {
        ("", "") => return None,
        ("", query) => format!("/?{query}"),
        (path, "") => path.to_owned(),
        (path, query) => format!("{path}?{query}"),
    };
    let sound = whole.len() <= LONGEST && !whole.starts_with("//") && !whole.chars().any(char::is_control);
    sound.then_some(whole)
}

/// What an address that is asked for may be kept as, likeliest first: as it is, without what others add to queries, and
/// with or without the name of a folder's own page.
#[must_use]
pub fn candidates(address: &str) -> Vec<String> {
    let Some(whole) = kept(address) else { return Vec::new() };
    let mut found = vec![whole.clone()];
    let mut add = |candidate: String| {
        if !candidate.is_empty() && candidate != "/" && !found.contains(&candidate) {
            found.push(candidate);
        }
    };
    let (path, query) = whole.split_once('?').map_or((whole.as_str(), ""), |(path, query)| (path, query));
    let own: Vec<&str> = query.split('&').filter(|pair| !is_added(pair)).collect();
    add(if own.join("&").is_empty() { path.to_owned() } else { format!("{path}?{}", own.join("&")) });
    if query.is_empty() {
        match path.rsplit_once('/') {
            Some((folder, name)) if INDEX.contains(&name.to_ascii_lowercase().as_str()) => add(folder.to_owned()),
            _ => INDEX[..2].iter().for_each(|index| add(format!("{path}/{index}"))),
        }
    }
    found
}

fn is_added(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.is_empty() || name.starts_with("utm_") || ADDED.contains(&name.as_str())
}

/// One spelling for what may be written in several: what needs no percent sign has none, everything else has one in
/// capitals.
fn escaped(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = bytes.get(at + 1..at + 3).filter(|_| byte == b'%').and_then(|pair| std::str::from_utf8(pair).ok());
        let coded = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        at += if coded.is_some() { 3 } else { 1 };
        let value = coded.unwrap_or(byte);
        let unreserved = value.is_ascii_alphanumeric() || b"-._~".contains(&value);
        // What divides an address means something else behind a percent sign, so each stays as it is.
        let dividing = coded.is_none() && b"/!$&'()*+,;=:@?[]|".contains(&value);
        if unreserved || dividing {
            out.push(char::from(value));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(value >> 4)]));
            out.push(char::from(HEX[usize::from(value & 15)]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_as_its_path_with_its_query() {
        for (given, expected) in [
            ("http://www.example.gov.cn/show.asp?id=1", Some("/show.asp?id=1")),
            ("https://example.cn/a/b/#top", Some("/a/b")),
            ("show.asp?id=1", Some("/show.asp?id=1")),
            ("http://example.cn?p=12", Some("/?p=12")),
            ("/?p=12", Some("/?p=12")),
            ("http://example.cn/", None),
            ("/", None),
            ("", None),
            ("//evil.example/a", None),
            ("/新闻/%e4%b8%80.html", Some("/%E6%96%B0%E9%97%BB/%E4%B8%80.html")),
            ("/%74_1.html", Some("/t_1.html")),
            ("/a%2Fb?x=%26", Some("/a%2Fb?x=%26")),
            ("/a b", Some("/a%20b")),
            ("/100%.html", Some("/100%25.html")),
        ] {
            assert_eq!(kept(given).as_deref(), expected, "{given}");
        }
        assert_eq!(kept(&format!("/{}", "a".repeat(LONGEST))), None);
    }

    #[test]
    fn what_is_kept_is_kept_as_itself() {
        for given in ["/show.asp?id=1", "/新闻/一 二.html?a=甲&b", "/?p=1", "/100%.html"] {
            let once = kept(given).unwrap();
            assert_eq!(kept(&once).as_ref(), Some(&once));
        }
    }

    #[test]
    fn an_address_that_was_passed_on_is_still_the_address() {
        let found = candidates("/show.asp?id=1&from=timeline&isappinstalled=0&utm_source=x");
        assert_eq!(found, ["/show.asp?id=1&from=timeline&isappinstalled=0&utm_source=x", "/show.asp?id=1"]);
        assert_eq!(candidates("/a/index.html"), ["/a/index.html", "/a"]);
        assert_eq!(candidates("/a/"), ["/a", "/a/index.html", "/a/index.htm"]);
        assert!(candidates("/").is_empty());
    }
}
