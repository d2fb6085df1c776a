//! The name spaces that mean something to a reader here.

/// A name space. Those of Word have two addresses each, that of the first edition and that of the strict one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// None is declared.
    None,
    /// The text of Word.
    Word,
    /// Drawings.
    Drawing,
    /// Where drawings stand in a text.
    Placing,
    /// Drawings of the format before that.
    Vector,
    /// Equations.
    Math,
    /// Alternatives for older readers.
    Alternatives,
    /// Relations between the parts of a package.
    Relations,
    /// Dublin Core: who and when.
    DublinCore,
    /// The text of an entry of a feed.
    Content,
    /// WordPress.
    WordPress,
    /// Summaries of WordPress.
    Excerpt,
    /// Atom.
    Atom,
    /// RSS 1.0 and 0.9, and RDF around it.
    Rss,
    /// Files beside the entry of a feed.
    Media,
    /// Another one.
    Other,
}

impl Space {
    /// The name space with this address.
    pub(super) fn of(address: &str) -> Self {
        const OPEN_XML: [&str; 2] = ["schemas.openxmlformats.org/", "purl.oclc.org/ooxml/"];
        // Careless exporters have changed them to https, as if they were places to go to.
        let address = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://")).unwrap_or(address);
        if let Some(rest) = OPEN_XML.iter().find_map(|start| address.strip_prefix(start)) {
            return Self::of_open_xml(rest);
        }
        if let Some(rest) = address.strip_prefix("wordpress.org/export/") {
            return if rest.contains("excerpt") { Self::Excerpt } else { Self::WordPress };
        }
        match address.trim_end_matches('/') {
            "" => Self::None,
            "urn:schemas-microsoft-com:vml" => Self::Vector,
            "purl.org/dc/elements/1.1" | "purl.org/dc/terms" => Self::DublinCore,
            "purl.org/rss/1.0/modules/content" => Self::Content,
            "www.w3.org/2005/Atom" | "purl.org/atom/ns#" => Self::Atom,
            "purl.org/rss/1.0" | "my.netscape.com/rdf/simple/0.9" => Self::Rss,
            "www.w3.org/1999/02/22-rdf-syntax-ns#" => Self::Rss,
            "search.yahoo.com/mrss" => Self::Media,
            _ => Self::Other,
        }
    }

    fn of_open_xml(rest: &str) -> Self {
        let rest = rest.replace("/2006", "");
        match rest.as_str() {
            "wordprocessingml/main" => Self::Word,
            "drawingml/main" => Self::Drawing,
            "drawingml/wordprocessingDrawing" => Self::Placing,
            "officeDocument/math" => Self::Math,
            "markup-compatibility" => Self::Alternatives,
            "officeDocument/relationships" | "package/relationships" => Self::Relations,
            _ => Self::Other,
        }
    }

    /// What a prefix that is not declared stands for.
    pub(super) fn by_custom(prefix: &[u8]) -> Self {
        match prefix {
            b"" => Self::None,
            b"wp" => Self::WordPress,
            b"excerpt" => Self::Excerpt,
            b"content" => Self::Content,
            b"dc" | b"dcterms" => Self::DublinCore,
            b"atom" => Self::Atom,
            b"media" => Self::Media,
            _ => Self::Other,
        }
    }
}
