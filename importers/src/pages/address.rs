//! Where a page stood: what it says of itself, what a browser wrote when it was saved, or its place in the folder.

use super::{
    Field,
    links::{self, Address},
    page::Page,
};

/// The old address: with scheme and host where they are known. `site` is the operator's, for pages that do not say.
pub(super) fn find(page: &Page, file: &str, site: Option<&Address>) -> Field<Address> {
    let whole = |given: &str| Address::parse(given).filter(|address| !address.site.is_empty());
    let saved = page.meta.comments.iter().find_map(|comment| saved_from(comment)).and_then(|given| whole(&given));
    if let Some(address) = saved {
        return Field::new(address, 0.98, "saved from url");
    }
    let of_file = of_file(file);
    let against = |given: &str| {
        whole(given).or_else(|| {
            let base = site.cloned().unwrap_or_default();
            Address { site: base.site, path: of_file.path.clone() }.join(given)
        })
    };
    // A home page or a section that a system names on all its pages is not the page's own address.
    let own = |address: &Address| address.path.len() > 1 && !address.path.ends_with('/');
    let named = [
        (page.meta.canonical.as_deref(), "link[rel=canonical]", 0.95),
        (page.meta.get(&["og:url"]).map(|(_, url)| url), "meta[property=og:url]", 0.9),
        (page.meta.get(&["url"]).map(|(_, url)| url), "meta[name=Url]", 0.85),
    ];
    for (given, found, confidence) in named {
        if let Some(address) = given.and_then(against).filter(own) {
            return Field::new(address, confidence, found);
        }
    }
    let of_base = page.meta.base.as_deref().and_then(whole).map(|base| base.site);
    let site = site.map(|site| site.site.clone()).or(of_base).unwrap_or_default();
    let site = if site.is_empty() { of_file.site } else { site };
    Field::new(Address { site, path: of_file.path }, 0.6, "place in the folder")
}

/// `saved from url=(0042)http://…`, which browsers write into what they save.
fn saved_from(comment: &str) -> Option<String> {
    let rest = comment.split_once("saved from url=")?.1;
    let rest = rest.trim_start_matches(|c: char| c == '(' || c == ')' || c.is_ascii_digit());
    rest.split_whitespace().next().map(str::to_owned)
}

/// The path that a file had on the server. What fetches whole sites writes `show.asp?id=1.html` and `show.asp@id=1`.
fn of_file(file: &str) -> Address {
    let file = links::unescaped(&file.replace('\\', "/"));
    let mut path = file.trim_start_matches("./").trim_start_matches('/').to_owned();
    // A folder that is called like a host is one.
    let mut site = String::new();
    if let Some((first, rest)) = path.split_once('/') {
        let labels: Vec<&str> = first.split('.').collect();
        let host = labels.len() >= 3
            && labels
                .iter()
                .all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        if host {
            site = format!("http://{first}");
            path = rest.to_owned();
        }
    }
    let scripts = [".asp", ".aspx", ".php", ".jsp", ".do", ".action", ".cgi", ".shtml", ".html", ".htm", ".cfm"];
    if !path.contains('?')
        && let Some(at) = path.find('@').filter(|at| path[at + 1..].contains('='))
    {
        path.replace_range(at..=at, "?");
    }
    if let Some(at) = path.find('?') {
        let before = path[..at].to_ascii_lowercase();
        let added = scripts.iter().any(|script| before.ends_with(script)) || !before.contains('.');
        for ending in [".html", ".htm"] {
            if added && path.ends_with(ending) {
                path.truncate(path.len() - ending.len());
                break;
            }
        }
    } else {
        for script in &scripts[..7] {
            // show.asp.html was show.asp.
            if let Some(kept) = path.strip_suffix(".html").filter(|kept| kept.ends_with(script)) {
                path = kept.to_owned();
                break;
            }
        }
    }
    let path: String = path.chars().map(|c| if c.is_whitespace() || c.is_control() { '+' } else { c }).collect();
    Address { site, path: format!("/{path}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_tell_their_addresses() {
        for (file, path) in [
            ("news/show.asp?id=1.html", "/news/show.asp?id=1"),
            ("news/show.asp@id=1&b=2.htm", "/news/show.asp?id=1&b=2"),
            ("show.asp%3Fid=1", "/show.asp?id=1"),
            ("a/b.html", "/a/b.html"),
            ("a/show.asp.html", "/a/show.asp"),
            ("a@b.html", "/a@b.html"),
            ("www.example.gov.cn/a/b.html", "/a/b.html"),
            ("v1.2/b.html", "/v1.2/b.html"),
        ] {
            assert_eq!(of_file(file).path, path, "{file}");
        }
        assert_eq!(
            saved_from(" saved from url=(0032)http://www.example.cn/a.asp?id=1 ").as_deref(),
            Some("http://www.example.cn/a.asp?id=1")
        );
    }
}
