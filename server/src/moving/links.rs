//! Links from one page of an old site to another. They lose the name of the old host, so that they lead to the same
//! address here, which leads on to the article.

use content::{Document, document::Href, moving::Parity, old_address};
use std::collections::{HashMap, HashSet};

/// The links of the articles that come in, and the pages that they can lead to.
#[derive(Default)]
pub struct Links {
    there: HashSet<String>,
    wanted: HashMap<String, u64>,
}

impl Links {
    /// Leads the links of a page, and notes where they lead.
    pub fn lead(&mut self, address: &str, body: &mut Document) {
        self.there.extend(old_address::kept(address));
        let own = host(address);
        body.lead_links(&mut |href| {
            let within = own.is_some() && host(href.as_str()) == own;
            if !within && !href.as_str().starts_with('/') {
                return None;
            }
            let kept = old_address::kept(href.as_str())?;
            *self.wanted.entry(kept.clone()).or_default() += 1;
            let fragment =
                href.as_str().split_once('#').map(|(_, fragment)| format!("#{fragment}")).unwrap_or_default();
            Href::try_from(format!("{kept}{fragment}")).ok()
        });
    }

    /// Counts which of them lead to a page that came.
    pub fn count(&self, parity: &mut Parity) {
        for (address, times) in &self.wanted {
            let found = old_address::candidates(address).iter().any(|candidate| self.there.contains(candidate));
            if found {
                parity.links.came += times;
            } else {
                parity.links.missing += times;
                (0..*times).for_each(|_| parity.because("link: the page it leads to is not among those that came"));
            }
        }
    }
}

/// The host of an address, without a `www.` before it.
fn host(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_within_the_old_site_lose_its_host_and_are_counted() {
        let link = |href: &str| {
            let json = format!(
                r#"{{"type":"paragraph","content":[{{"type":"text","text":"甲","marks":[{{"type":"link","attrs":{{"href":"{href}"}}}}]}}]}}"#
            );
            serde_json::from_str(&json).unwrap()
        };
        let hrefs = ["http://old.example/b.html#p", "http://www.old.example/c.html", "http://else.example/", "/b.html"];
        let mut body = Document::new(hrefs.iter().map(|href| link(href)).collect());
        let mut links = Links::default();
        links.lead("http://www.old.example/a.html", &mut body);
        links.lead("http://www.old.example/b.html", &mut Document::default());
        let json = body.to_json().unwrap();
        for href in ["\"/b.html#p\"", "\"/c.html\"", "\"http://else.example/\"", "\"/b.html\""] {
            assert!(json.contains(href), "{href} in {json}");
        }
        let mut parity = Parity::default();
        links.count(&mut parity);
        assert_eq!((parity.links.came, parity.links.missing), (2, 1));
    }
}
