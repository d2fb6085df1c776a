//! Why something could not be read. One line each, in English, saying what was expected.

use crate::OtherFormat;
use content::{Refusal, refusal::quoted};
use std::{fmt, io};

/// A page or a line that gives no article. Nothing of it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no text.
    Empty,
    /// More bytes than are taken at once.
    TooLong {
        /// The limit, in bytes.
        limit: u64,
    },
    /// The bytes are not UTF-8.
    NotUtf8 {
        /// The first byte that begins no character, counted from the start of the page or of the line.
        offset: u64,
    },
    /// The line is not a JSON object.
    NotJson(String),
    /// A key holds something else than text.
    WrongType {
        /// The key.
        key: &'static str,
        /// What it holds, such as `a number`.
        found: &'static str,
    },
    /// The `url` is not an address.
    BadUrl {
        /// What was given, shortened.
        given: String,
    },
    /// There is no title.
    NoTitle {
        /// Where one was expected.
        expected: &'static str,
    },
    /// There is a title and nothing below it.
    NoBody {
        /// Where one was expected.
        expected: &'static str,
    },
    /// It was read, and the newsroom's rules do not allow it.
    Refused(Refusal),
    /// The file, or the article in it, is not well-formed XML.
    Xml {
        /// Where, in bytes from the start of the file or of what was read of it.
        offset: u64,
        /// What is wrong there.
        message: String,
    },
    /// Elements stand within one another more deeply than is read.
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// A part of an archive, or the archive as a whole, cannot be read or is not safe to.
    Archive {
        /// The name of the part; empty is the whole.
        name: String,
        /// Why.
        why: &'static str,
    },
    /// The file is of a kind that is not read, but that can be saved as one that is.
    OtherFormat {
        /// What it is, and what to do with it.
        found: OtherFormat,
    },
    /// The file is not what it was given as.
    NotA {
        /// What was expected.
        expected: &'static str,
    },
    /// The file could not be read to its end.
    Read {
        /// The kind of failure.
        kind: io::ErrorKind,
        /// The system's words.
        message: String,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is no text: expected a page with a title and a body"),
            Self::TooLong { limit } => write!(f, "too long: expected at most {limit} bytes"),
            Self::NotUtf8 { offset } => write!(f, "not UTF-8 at byte {offset}: expected text saved as UTF-8"),
            Self::NotJson(error) => write!(f, "expected one JSON object on the line: {error}"),
            Self::WrongType { key: "published_at", found } => {
                write!(f, "published_at is {found}: expected text such as \"2012-07-31 10:28:49\"")
            }
            Self::WrongType { key, found } => write!(f, "{key} is {found}: expected text"),
            Self::BadUrl { given } => {
                write!(f, "url \"{given}\" is not an address: expected at most 2000 bytes without white space")
            }
            Self::NoTitle { expected } => write!(f, "no title found: expected {expected}"),
            Self::NoBody { expected } => write!(f, "no body found: expected {expected}"),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Xml { offset, message } => write!(f, "not well-formed at byte {offset}: {message}"),
            Self::TooDeep { limit } => write!(f, "nested too deeply: expected at most {limit} elements"),
            Self::Archive { name, why } if name.is_empty() => write!(f, "the archive {why}"),
            Self::Archive { name, why } => write!(f, "\"{}\" in the archive {why}", quoted(name)),
            Self::OtherFormat { found } => found.fmt(f),
            Self::NotA { expected } => write!(f, "expected {expected}"),
            Self::Read { message, .. } => write!(f, "could not be read to its end: {message}"),
        }
    }
}

impl std::error::Error for Fault {}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Read { kind: error.kind(), message: error.to_string() }
    }
}
