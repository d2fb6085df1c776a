//! The standard's tokenizer, fed piece by piece so that no input costs it more than linear time.
//!
//! It compares each attribute of a tag with all before it, so a tag of a million attributes would take hours. Pieces
//! end where tags, comments and text end, by which it is always known whether a `<` begins a tag; attributes behind
//! the first [`MOST_ATTRIBUTES`] of a tag are never fed.

use html5ever::{
    LocalName,
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states::RawKind,
    },
};
use std::cell::{Cell, RefCell};

const MOST_ATTRIBUTES: usize = 250;

/// What is made of the tokens.
pub(crate) trait Receiver {
    /// A start tag. The answer tells the tokenizer that what follows is text up to the end tag.
    fn start(&mut self, tag: &Tag) -> Option<RawKind>;
    fn end(&mut self, tag: &Tag);
    fn text(&mut self, text: &str);
    fn comment(&mut self, text: &str);
}

/// Runs the whole text through the receiver.
pub(crate) fn feed<R: Receiver>(text: &str, tree: R) -> R {
    let sink = Sink { tree: RefCell::new(tree), raw: RefCell::new(None), declared: Cell::new(false) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let feeder = Feeder { text, whole: StrTendril::from(text), queue: BufferQueue::default(), tokenizer };
    let mut at = 0;
    while at < text.len() {
        at = feeder.piece(at);
    }
    feeder.tokenizer.end();
    feeder.tokenizer.sink.tree.into_inner()
}

struct Feeder<'t, R: Receiver> {
    text: &'t str,
    whole: StrTendril,
    queue: BufferQueue,
    tokenizer: Tokenizer<Sink<R>>,
}

impl<R: Receiver> Feeder<'_, R> {
    /// Feeds what begins at `at` and tells where the next piece begins.
    fn piece(&self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        let raw = self.tokenizer.sink.raw.borrow().clone();
        if let Some(name) = raw {
            return if ends_raw_text(rest, &name) { self.raw_end(at, name.len() + 2) } else { self.text(at) };
        }
        match rest {
            [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => self.tag(at, at + 2),
            [b'<', letter, ..] if letter.is_ascii_alphabetic() => self.tag(at, at + 1),
            [b'<', b'/', b'>', ..] => self.feed(at, at + 3),
            [b'<', b'!' | b'?' | b'/', _, ..] => self.declaration(at),
            _ => self.text(at),
        }
    }

    /// Text up to the next `<`.
    fn text(&self, at: usize) -> usize {
        let end = self.text.as_bytes()[at + 1..].iter().position(|byte| *byte == b'<');
        self.feed(at, end.map_or(self.text.len(), |end| at + 1 + end))
    }

    fn tag(&self, at: usize, name: usize) -> usize {
        let (cut, end) = tag(self.text.as_bytes(), name);
        self.feed(at, cut.unwrap_or(end));
        self.feed(end, (end + 1).min(self.text.len()))
    }

    /// The end of a script and the like: it has no attributes that mean anything, so none are fed.
    fn raw_end(&self, at: usize, length: usize) -> usize {
        self.feed(at, at + length);
        let end = self.up_to_closing(at + length);
        // Without a `>` the text ends here, perhaps with a character of several bytes: only a `>` is fed.
        let closing = if self.text.as_bytes()[at + length..end].ends_with(b">") { end - 1 } else { end };
        self.feed(closing, end)
    }

    /// A comment or the like, up to the `>` at which the tokenizer says that it is one.
    fn declaration(&self, at: usize) -> usize {
        self.tokenizer.sink.declared.set(false);
        let mut at = at;
        while at < self.text.len() && !self.tokenizer.sink.declared.get() {
            at = self.feed(at, self.up_to_closing(at));
        }
        at
    }

    /// The place behind the next `>`.
    fn up_to_closing(&self, at: usize) -> usize {
        self.text.as_bytes()[at..].iter().position(|byte| *byte == b'>').map_or(self.text.len(), |end| at + end + 1)
    }

    fn feed(&self, from: usize, to: usize) -> usize {
        // A text is far shorter than the four gigabytes of a tendril; if it were not, it would end here.
        if let (Ok(start), Ok(length)) = (u32::try_from(from), u32::try_from(to - from))
            && length > 0
        {
            self.queue.push_back(self.whole.subtendril(start, length));
            // The sink never stops for a script, so one call reads the whole piece.
            let _ = self.tokenizer.feed(&self.queue);
        }
        to
    }
}

struct Sink<R> {
    tree: RefCell<R>,
    /// The element whose content is text up to its end tag.
    raw: RefCell<Option<LocalName>>,
    /// Whether a comment or a doctype has ended.
    declared: Cell<bool>,
}

impl<R: Receiver> TokenSink for Sink<R> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut tree = self.tree.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                if let Some(kind) = tree.start(&tag) {
                    self.raw.replace(Some(tag.name));
                    return TokenSinkResult::RawData(kind);
                }
            }
            Token::TagToken(tag) => {
                self.raw.replace(None);
                tree.end(&tag);
            }
            Token::CharacterTokens(text) => tree.text(&text),
            Token::CommentToken(text) => {
                self.declared.set(true);
                tree.comment(&text);
            }
            Token::DoctypeToken(_) => self.declared.set(true),
            Token::NullCharacterToken | Token::EOFToken | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

/// Whether the text begins with the end tag of the element.
fn ends_raw_text(rest: &[u8], name: &str) -> bool {
    rest.strip_prefix(b"</").and_then(|rest| rest.split_at_checked(name.len())).is_some_and(|(found, behind)| {
        let delimited = behind.first().is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
        delimited && found.eq_ignore_ascii_case(name.as_bytes())
    })
}

/// Where a tag is being read. The states are those of the standard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the name of the tag or in a value without quotes.
    Word,
    BeforeAttribute,
    AttributeName,
    AfterAttributeName,
    BeforeValue,
    /// In the name of the tag: other than in a value, `/` ends it.
    TagName,
}

/// Where the attributes of a tag become too many, if they do, and where its `>` stands. Both are ends of characters.
fn tag(bytes: &[u8], name: usize) -> (Option<usize>, usize) {
    let (mut place, mut cut, mut attributes, mut at) = (Place::TagName, None, 0, name);
    while let Some(&byte) = bytes.get(at) {
        if byte == b'>' {
            break;
        }
        let space = byte.is_ascii_whitespace();
        place = match (place, byte) {
            (Place::BeforeValue, b'"' | b'\'') => {
                at += bytes[at + 1..].iter().position(|b| *b == byte).map_or(bytes.len() - at - 1, |end| end + 1);
                Place::BeforeAttribute
            }
            (Place::BeforeValue, _) => {
                if space {
                    Place::BeforeValue
                } else {
                    Place::Word
                }
            }
            (Place::Word, _) => {
                if space {
                    Place::BeforeAttribute
                } else {
                    Place::Word
                }
            }
            (_, b'/') => Place::BeforeAttribute,
            (Place::TagName, _) => {
                if space {
                    Place::BeforeAttribute
                } else {
                    Place::TagName
                }
            }
            (Place::AttributeName | Place::AfterAttributeName, b'=') => Place::BeforeValue,
            (Place::AttributeName, _) => {
                if space {
                    Place::AfterAttributeName
                } else {
                    Place::AttributeName
                }
            }
            (before, _) if space => before,
            (Place::BeforeAttribute | Place::AfterAttributeName, _) => {
                attributes += 1;
                if attributes > MOST_ATTRIBUTES && cut.is_none() {
                    cut = Some(at);
                }
                Place::AttributeName
            }
        };
        at += 1;
    }
    (cut, at.min(bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_ends_where_the_standard_has_it() {
        for tag_text in [
            "<p>",
            "<p a>",
            "<p a=b>",
            "<p a=\">\">",
            "<p a = '>' b>",
            "<p a=b'>",
            "<p/a/b>",
            "<p a='x'b='>'>",
            "<p =>",
            "<p a= >",
            "<p a/=\">",
            "<p\n中='>'>",
        ] {
            let text = format!("{tag_text}x>");
            assert_eq!(tag(text.as_bytes(), 1), (None, tag_text.len() - 1), "{tag_text}");
        }
    }

    #[test]
    fn attributes_are_cut_where_they_become_too_many() {
        let first: String = (0..MOST_ATTRIBUTES).map(|n| format!("a{n}='>'")).collect();
        let text = format!("<p {first}b=1 c=2>");
        assert_eq!(tag(text.as_bytes(), 1), (text.find("b=1"), text.len() - 1));
    }

    #[test]
    fn the_end_of_a_script_is_known() {
        assert!(ends_raw_text(b"</SCRIPT >", "script"));
        for other in ["</scripts>", "</script", "<script>", "</scrip"] {
            assert!(!ends_raw_text(other.as_bytes(), "script"), "{other}");
        }
    }
}
