//! A page that is being read: its tree, its lines, and what its head says.

use super::{
    dom::{self, Data, Dom, Id, Selector},
    lines::{self, Line},
};
use serde_json::Value;
use std::ops::Range;

/// How much of a page's scripts is looked at.
const MOST_SCRIPT: usize = 4 * 1024 * 1024;

pub(super) struct Page {
    pub(super) dom: Dom,
    pub(super) lines: Vec<Line>,
    pub(super) meta: Meta,
    /// What an operator wants out, in order.
    pub(super) removed: Vec<Id>,
}

impl Page {
    /// Reads a page without the elements that are selected.
    pub(super) fn parse(text: &str, remove: &[Selector]) -> Self {
        let page = Self::of(text, remove);
        let chars = |page: &Self| {
            page.lines.iter().filter(|line| line.marks > 0 && !line.is_links()).map(|line| line.chars).sum::<usize>()
        };
        if chars(&page) > 300 {
            return page;
        }
        // Some pages keep their text in a field, from which a script takes it.
        let kept = page.dom.named("textarea").map(|id| page.dom.raw(id)).max_by_key(String::len);
        let Some(kept) = kept.filter(|kept| kept.len() > 300 && kept.matches("<p").count() > 1) else { return page };
        let with = Self::of(&format!("{text}<div class=\"content\">{kept}</div>"), remove);
        if chars(&with) > chars(&page) * 2 { with } else { page }
    }

    fn of(text: &str, remove: &[Selector]) -> Self {
        let dom = dom::parse(text);
        let mut removed: Vec<Id> = remove.iter().flat_map(|selector| selector.select(&dom)).collect();
        removed.sort_unstable();
        let meta = Meta::of(&dom);
        let visible = lines::of(&dom, true, &removed);
        let chars = |lines: &[Line]| lines.iter().filter(|line| !line.is_links()).map(|line| line.chars).sum::<usize>();
        // Some pages show their text by a script; what they hide then is what readers came for.
        let lines = if chars(&visible) < 400 {
            let all = lines::of(&dom, false, &removed);
            if chars(&all) > 300 + chars(&visible) * 4 { all } else { visible }
        } else {
            visible
        };
        Self { dom, lines, meta, removed }
    }

    /// The lines that begin in an element.
    pub(super) fn lines_in(&self, id: Id) -> Range<usize> {
        let end = self.dom.end(id);
        let from = self.lines.partition_point(|line| line.first < id);
        let to = self.lines.partition_point(|line| line.first < end);
        from..to
    }
}

/// What the head and the scripts of a page say.
#[derive(Default)]
pub(super) struct Meta {
    /// What stands in `<title>`.
    pub(super) title: String,
    /// Names in lower case without white space, with what they are said to be.
    named: Vec<(String, String)>,
    /// The objects of JSON-LD.
    linked: Vec<Value>,
    scripts: Vec<String>,
    pub(super) comments: Vec<String>,
    pub(super) canonical: Option<String>,
    pub(super) base: Option<String>,
}

impl Meta {
    fn of(dom: &Dom) -> Self {
        let mut meta = Self::default();
        let mut scripted = 0;
        for id in 0..dom.len() {
            match dom.data(id) {
                Data::Comment(text) if meta.comments.len() < 50 => {
                    meta.comments.push(text.chars().take(2200).collect());
                }
                Data::Element(element) => match &*element.name {
                    "meta" => meta.take(dom, id),
                    "title" if meta.title.is_empty() => meta.title = dom::squeezed(&dom.raw(id)),
                    "link" => {
                        let canonical = dom.attr(id, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
                        if canonical && meta.canonical.is_none() {
                            meta.canonical = dom.attr(id, "href").map(str::to_owned);
                        }
                    }
                    "base" if meta.base.is_none() => meta.base = dom.attr(id, "href").map(str::to_owned),
                    "script" if scripted < MOST_SCRIPT => {
                        let text = dom.raw(id);
                        scripted += text.len();
                        let linked = dom
                            .attr(id, "type")
                            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
                        if linked {
                            meta.link(&text);
                        } else if text.len() < MOST_SCRIPT {
                            meta.scripts.push(text);
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        meta
    }

    fn take(&mut self, dom: &Dom, id: Id) {
        let name = ["name", "property", "itemprop"].iter().find_map(|name| dom.attr(id, name));
        if let (Some(name), Some(content)) = (name, dom.attr(id, "content")) {
            let name: String =
                name.chars().filter(|c| !c.is_whitespace()).take(60).collect::<String>().to_ascii_lowercase();
            let content = dom::squeezed(content);
            if !content.is_empty() && self.named.len() < 300 {
                self.named.push((name, content.chars().take(2000).collect()));
            }
        }
    }

    fn link(&mut self, text: &str) {
        let Ok(value) = serde_json::from_str::<Value>(text.trim().trim_end_matches(';')) else { return };
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(values) => waiting.extend(values.into_iter().take(20)),
                Value::Object(mut map) => {
                    waiting.extend(map.remove("@graph"));
                    self.linked.push(Value::Object(map));
                }
                _ => {}
            }
            if self.linked.len() > 50 {
                break;
            }
        }
    }

    /// The first of these names that is said, in their order, with what it is.
    pub(super) fn get(&self, names: &[&'static str]) -> Option<(&'static str, &str)> {
        names.iter().find_map(|name| {
            let found = self.named.iter().find(|(known, _)| known == name)?;
            Some((*name, found.1.as_str()))
        })
    }

    /// A text of the objects that describe an article.
    pub(super) fn linked(&self, key: &str) -> Option<String> {
        self.linked.iter().find_map(|object| {
            let kind = object.get("@type").map(ToString::to_string).unwrap_or_default();
            let article =
                kind.contains("Article") || kind.contains("Posting") || kind.contains("WebPage") || kind.is_empty();
            let value = object.get(key).filter(|_| article)?;
            let value = value.get(0).unwrap_or(value);
            let text = value.as_str().or_else(|| value.get("name").and_then(Value::as_str))?;
            let text = dom::squeezed(text);
            (!text.is_empty()).then_some(text)
        })
    }

    /// What a script sets a variable or a key of this name to: the first text in quotes or number.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        self.scripts.iter().find_map(|script| variable(script, name))
    }
}

fn variable(script: &str, name: &str) -> Option<String> {
    for (at, _) in script.match_indices(name) {
        let before = script[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let mut rest = script[at + name.len()..].trim_start_matches(['"', '\'']).trim_start();
        rest = match rest.strip_prefix(['=', ':']) {
            Some(rest) => rest.trim_start(),
            None => continue,
        };
        for wrapping in ["htmlDecode(", "decodeURIComponent(", "String("] {
            rest = rest.strip_prefix(wrapping).unwrap_or(rest);
        }
        let value = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => quoted(&rest[1..], quote),
            Some(c) if c.is_ascii_digit() => {
                let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                &rest[..end]
            }
            _ => continue,
        };
        if !value.trim().is_empty() && value.len() <= 600 {
            return Some(unquoted(value));
        }
    }
    None
}

/// Up to the closing quote, one behind a backslash left aside.
fn quoted(rest: &str, quote: char) -> &str {
    let mut escaped = false;
    let end = rest.find(|c: char| {
        let ends = c == '\n' || (c == quote && !escaped);
        escaped = c == '\\' && !escaped;
        ends
    });
    &rest[..end.unwrap_or(0)]
}

/// A text of a script or of markup within one, as readers would see it.
fn unquoted(text: &str) -> String {
    let mut text = text.to_owned();
    for (written, read) in [
        ("\\\"", "\""),
        ("\\'", "'"),
        ("\\/", "/"),
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        text = text.replace(written, read);
    }
    dom::squeezed(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_heads_are_read() {
        let page = Page::parse(
            "<html><head><title> 甲 \n- 乙</title><meta name='PubDate ' content='2019-01-02'><meta property=og:title content='甲'>\
             <script>var act = 1; var ct=\"1581517074\"; var msg_title = htmlDecode('a\\'b &amp; c');</script>\
             <script type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"丙\",\"author\":{\"name\":\"丁\"}}]}</script>\
             </head><body><p>text",
            &[],
        );
        assert_eq!(page.meta.title, "甲 - 乙");
        assert_eq!(page.meta.get(&["date", "pubdate"]), Some(("pubdate", "2019-01-02")));
        assert_eq!(page.meta.variable("ct").as_deref(), Some("1581517074"));
        assert_eq!(page.meta.variable("msg_title").as_deref(), Some("a'b & c"));
        assert_eq!(page.meta.linked("headline").as_deref(), Some("丙"));
        assert_eq!(page.meta.linked("author").as_deref(), Some("丁"));
        assert_eq!(page.lines_in(0), 0..1);
    }
}
