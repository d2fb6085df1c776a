//! Addresses: what a page refers to, and where that lies in the folder.

/// Endings of files that readers take home.
const FILES: [&str; 25] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "dps", "zip", "rar", "7z", "txt", "csv", "rtf",
    "ofd", "ceb", "caj", "odt", "ods", "tif", "xlsm", "docm", "tar",
];

/// Whether an address is that of a file to be taken home.
pub(super) fn is_attachment(address: &str) -> bool {
    let ending = |path: &str| {
        let name = path.rsplit(['/', '=']).next().unwrap_or_default();
        let (_, ending) = name.rsplit_once('.')?;
        Some(FILES.contains(&ending.to_ascii_lowercase().as_str()))
    };
    let whole = address.split('#').next().unwrap_or_default();
    let path = whole.split('?').next().unwrap_or_default();
    // Systems hand files out by a script, and name the file in the query.
    ending(path).unwrap_or(false)
        || whole.split_once('?').is_some_and(|(_, query)| query.split('&').any(|part| ending(part).unwrap_or(false)))
        || address.contains("download.jsp?")
        || address.contains("download.do?")
}

/// Whether an address leads anywhere outside of the page.
pub(super) fn leads_somewhere(address: &str) -> bool {
    let lower: String = address.trim().chars().take(12).collect::<String>().to_ascii_lowercase();
    !(lower.is_empty() || lower.starts_with('#') || lower.starts_with("javascript:") || lower.starts_with("data:"))
}

/// An address taken apart as far as it is needed here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    /// Scheme and host, such as `http://www.example.cn`; empty for a path of the folder.
    pub(super) site: String,
    /// The path with its query, beginning with a stroke.
    pub(super) path: String,
}

impl Address {
    /// Reads an address with a scheme, or a path.
    pub(super) fn parse(given: &str) -> Option<Self> {
        let given = given.trim();
        if given.len() > 2000 || given.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return None;
        }
        let whole = given.split('#').next().unwrap_or_default();
        let Some((scheme, rest)) =
            whole.split_once("://").filter(|(scheme, _)| scheme.bytes().all(|b| b.is_ascii_alphanumeric()))
        else {
            return whole.starts_with('/').then(|| Self { site: String::new(), path: whole.to_owned() });
        };
        if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") {
            return None;
        }
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(end);
        if host.is_empty() {
            return None;
        }
        let site = format!("{}://{}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        Some(Self { site, path })
    }

    /// The address that a page at this one means by `given`.
    pub(super) fn join(&self, given: &str) -> Option<Self> {
        let given = given.trim();
        if !leads_somewhere(given) || given.len() > 2000 {
            return None;
        }
        if let Some(rest) = given.strip_prefix("//") {
            let scheme = self.site.split("://").next().filter(|scheme| !scheme.is_empty()).unwrap_or("http");
            return Self::parse(&format!("{scheme}://{rest}"));
        }
        if given.contains("://")
            && !given.starts_with('/')
            && given.find("://") < given.find(['?', '/']).map(|at| at + 1)
        {
            return Self::parse(given);
        }
        let scheme = given.split(['/', '?']).next().unwrap_or_default();
        if scheme.contains(':') {
            return None;
        }
        let given = given.split('#').next().unwrap_or_default().replace('\\', "/");
        let own = self.path.split('?').next().unwrap_or_default();
        let folder = own.rfind('/').map_or("/", |at| &own[..=at]);
        let joined = match given.chars().next() {
            Some('/') => given,
            Some('?') => format!("{own}{given}"),
            _ => format!("{folder}{given}"),
        };
        let (path, query) = joined.split_once('?').map_or((joined.as_str(), None), |(path, query)| (path, Some(query)));
        let mut steps: Vec<&str> = Vec::new();
        for step in path.split('/').skip(1) {
            match step {
                "." => {}
                ".." => {
                    steps.pop();
                }
                step => steps.push(step),
            }
        }
        let mut path = format!("/{}", steps.join("/"));
        if let Some(query) = query {
            path.push('?');
            path.push_str(query);
        }
        Some(Self { site: self.site.clone(), path })
    }

    /// The whole address.
    pub(super) fn whole(&self) -> String {
        format!("{}{}", self.site, self.path)
    }
}

/// What percent signs stand for; what is no UTF-8 stays as it is.
pub(super) fn unescaped(path: &str) -> String {
    let hex = |b: u8| char::from(b).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes = path.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%')
            .then(|| bytes.get(at + 1).copied().and_then(hex).zip(bytes.get(at + 2).copied().and_then(hex)));
        match escaped.flatten() {
            Some((high, low)) => {
                out.push(high * 16 + low);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_joined_as_browsers_do() {
        let page = Address::parse("http://www.Example.cn/news/2019/show.asp?id=1").unwrap();
        for (given, whole) in [
            ("a.jpg", "http://www.example.cn/news/2019/a.jpg"),
            ("../../img/a.jpg", "http://www.example.cn/img/a.jpg"),
            ("/img/a.jpg#x", "http://www.example.cn/img/a.jpg"),
            ("//cdn.example.cn/a.jpg", "http://cdn.example.cn/a.jpg"),
            ("?id=2", "http://www.example.cn/news/2019/show.asp?id=2"),
            ("https://b.cn", "https://b.cn/"),
            ("./W02.jpg?a=/b/../c", "http://www.example.cn/news/2019/W02.jpg?a=/b/../c"),
            ("down.asp?url=http://b.cn/a.doc", "http://www.example.cn/news/2019/down.asp?url=http://b.cn/a.doc"),
        ] {
            assert_eq!(page.join(given).map(|address| address.whole()).as_deref(), Some(whole), "{given}");
        }
        for none in ["javascript:void(0)", "data:image/png;base64,", "mailto:a@b.cn", "#top", "", "ftp://a/b"] {
            assert_eq!(page.join(none), None, "{none}");
        }
    }

    #[test]
    fn files_to_take_home_are_known() {
        for file in
            ["a/b.PDF", "/x.doc?v=1", "down.asp?file=a.xls", "/system/_content/download.jsp?urltype=news&wbfileid=1"]
        {
            assert!(is_attachment(file), "{file}");
        }
        for other in ["a.html", "show.asp?id=1", "pdf", "a.jpg", "http://www.doc.cn/", ""] {
            assert!(!is_attachment(other), "{other}");
        }
        assert_eq!(unescaped("/%E7%8E%89/a%2"), "/玉/a%2");
    }
}
