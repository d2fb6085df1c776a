//! A page as a tree of elements, and questions about it.
//!
//! Nodes lie in one list in the order of the page, each with the place where its content ends: walking, asking and
//! dropping the tree never recurse, and hostile nesting costs neither stack nor time. The tokens are the standard's;
//! the standard's tree is not built, because its rules for unclosed formatting are quadratic and old pages are full of
//! that.
//!
//! - `build`: tokens to nodes, with the few rules of implied ends that text depends on
//! - `select`: selectors of CSS

mod build;
mod select;

pub(super) use build::parse;
pub(super) use select::Selector;

use html5ever::LocalName;

/// The place of a node in the page.
pub(super) type Id = usize;

/// The page.
pub(super) const ROOT: Id = 0;

pub(super) struct Dom {
    nodes: Vec<Node>,
    /// Whether the page had more nodes than are kept.
    pub(super) cut: bool,
}

struct Node {
    parent: Id,
    end: Id,
    data: Data,
}

pub(super) enum Data {
    Root,
    Element(Element),
    Text(String),
    Comment(String),
}

pub(super) struct Element {
    pub(super) name: LocalName,
    pub(super) attrs: Vec<(LocalName, String)>,
}

impl Dom {
    pub(super) const fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn data(&self, id: Id) -> &Data {
        &self.nodes[id].data
    }

    /// The place behind the content of a node.
    pub(super) fn end(&self, id: Id) -> Id {
        self.nodes[id].end
    }

    pub(super) fn parent(&self, id: Id) -> Id {
        self.nodes[id].parent
    }

    pub(super) fn element(&self, id: Id) -> Option<&Element> {
        match self.data(id) {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The name of an element, nothing for other nodes.
    pub(super) fn name(&self, id: Id) -> &str {
        self.element(id).map_or("", |element| &element.name)
    }

    pub(super) fn attr(&self, id: Id, name: &str) -> Option<&str> {
        let element = self.element(id)?;
        element.attrs.iter().find(|(known, _)| &**known == name).map(|(_, value)| value.as_str())
    }

    /// Class and id in lower case, in one string.
    pub(super) fn hints(&self, id: Id) -> String {
        let value = |name| self.attr(id, name).unwrap_or_default();
        format!("{} {}", value("id"), value("class")).to_ascii_lowercase()
    }

    /// The node and those around it, the page last.
    pub(super) fn chain(&self, id: Id) -> impl Iterator<Item = Id> {
        let mut at = Some(id);
        std::iter::from_fn(move || {
            let current = at?;
            at = (current != ROOT).then(|| self.parent(current));
            Some(current)
        })
    }

    /// The innermost element that holds both nodes.
    pub(super) fn common(&self, one: Id, other: Id) -> Id {
        self.chain(one).find(|id| *id <= other && other < self.end(*id)).unwrap_or(ROOT)
    }

    /// The elements with a name, in the order of the page.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = Id> {
        (0..self.len()).filter(move |id| self.name(*id) == name)
    }

    /// All the text in a node, scripts and the like left out; white space is one space, lines are not told apart.
    pub(super) fn text(&self, id: Id) -> String {
        let mut out = String::new();
        let mut at = id;
        while at < self.end(id) {
            if at != id && is_silent(self.name(at)) {
                at = self.end(at);
                continue;
            }
            match self.data(at) {
                Data::Text(text) => out.push_str(text),
                Data::Element(element) if is_block(&element.name) || &*element.name == "br" => out.push(' '),
                _ => {}
            }
            at += 1;
        }
        squeezed(&out)
    }

    /// The text of a script, a title and the like.
    pub(super) fn raw(&self, id: Id) -> String {
        let texts = (id + 1..self.end(id)).filter_map(|at| match self.data(at) {
            Data::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }

    /// A short description of where an element stands, in the language of selectors.
    pub(super) fn path(&self, id: Id) -> String {
        let step = |id: Id| {
            let class = self.attr(id, "class").and_then(|class| class.split_whitespace().next());
            match (self.attr(id, "id").map(str::trim).filter(|id| !id.is_empty()), class) {
                (Some(given), _) => format!("{}#{given}", self.name(id)),
                (None, Some(class)) => format!("{}.{class}", self.name(id)),
                (None, None) => self.name(id).to_owned(),
            }
        };
        let mut steps = Vec::new();
        for at in self.chain(id).filter(|at| self.element(*at).is_some()).take(4) {
            let step: String = step(at).chars().take(60).collect();
            let certain = step.contains('#');
            steps.push(step);
            if certain || (steps.len() >= 2 && steps.iter().any(|step| step.contains('.'))) {
                break;
            }
        }
        steps.reverse();
        steps.join(" > ")
    }
}

/// Text with every run of white space as one space, and none around it.
pub(super) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}') {
            gap |= c != '\u{feff}' && c != '\u{200b}';
        } else {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out
}

/// Elements whose content is no text of the page.
pub(super) fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "title"
            | "select"
            | "textarea"
            | "iframe"
            | "object"
            | "svg"
            | "noembed"
            | "noframes"
            | "audio"
            | "video"
            | "canvas"
            | "datalist"
            | "button"
            | "xml"
    )
}

/// Elements that stand in lines of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "body"
            | "div"
            | "p"
            | "table"
            | "tbody"
            | "thead"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "section"
            | "article"
            | "aside"
            | "nav"
            | "header"
            | "footer"
            | "main"
            | "center"
            | "blockquote"
            | "pre"
            | "form"
            | "fieldset"
            | "figure"
            | "figcaption"
            | "address"
            | "hr"
            | "marquee"
            | "menu"
            | "dir"
            | "details"
            | "summary"
    )
}
