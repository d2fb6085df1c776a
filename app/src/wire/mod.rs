//! How answers travel: as JSON, which serde_json writes, and which the browser reads with as little code as it takes to
//! read what our own server wrote.
//!
//! serde_json can say of any text where it is wrong and why; for every type it knows two ways of writing it, and for that
//! readers downloaded 15 kB more. What people send is read by serde_json, with everything that it can say.

mod reader;

use bytes::Bytes;
use leptos::server_fn::{ContentType, Decodes, Encodes, Format, FormatType, codec::Post};
use reader::Reader;
use serde::{
    Serialize,
    de::{DeserializeOwned, Error, Expected, Unexpected},
};
use std::fmt;

/// The output of every server function.
pub type Answer = Post<Wire>;

/// The encoding.
#[derive(Debug)]
pub struct Wire;

impl ContentType for Wire {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for Wire {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for Wire {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(output).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Wire {
    type Error = Unread;

    fn decode(bytes: Bytes) -> Result<T, Unread> {
        read(&bytes)
    }
}

/// Reads what serde_json wrote. There are no fractions on the wire, and no maps whose keys are numbers.
///
/// # Errors
/// Where it is something else.
pub fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, Unread> {
    let mut reader = Reader::of(json);
    let value = T::deserialize(&mut reader)?;
    if reader.is_at_end() { Ok(value) } else { Err(Unread) }
}

/// It was not what was expected: an answer of another version, or of somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread;

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not what was expected")
    }
}

impl std::error::Error for Unread {}

/// Serde would put what was found into words, numbers with fractions included: a tenth of all code of reading.
impl Error for Unread {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::Value;
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Way {
        Bare,
        One(u8),
        Two(i64, String),
        Named { from: Option<bool>, to: [u32; 2] },
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Whole {
        ways: Vec<Way>,
        text: String,
        pair: (u64, i64),
        map: BTreeMap<String, Vec<Value>>,
        none: Option<Box<Whole>>,
        letter: char,
        unit: (),
    }

    fn whole() -> Whole {
        Whole {
            ways: vec![
                Way::Bare,
                Way::One(255),
                Way::Two(-9, "二".to_owned()),
                Way::Named { from: Some(true), to: [1, 2] },
            ],
            text: "“中文” \"quoted\" \\ / \n\r\t\u{8}\u{c}\u{1f} 🌊 𠀀".to_owned(),
            pair: (u64::MAX, i64::MIN),
            map: BTreeMap::from([(String::new(), vec![Value::Null, Value::Bool(false), 3.into(), "x".into()])]),
            none: None,
            letter: '滇',
            unit: (),
        }
    }

    #[test]
    fn what_serde_json_writes_is_read() {
        let inner = whole();
        let outer = Whole { none: Some(Box::new(inner)), ..whole() };
        for json in [serde_json::to_vec(&outer).unwrap(), serde_json::to_vec_pretty(&outer).unwrap()] {
            assert_eq!(read::<Whole>(&json), Ok(outer.clone_of()));
        }
    }

    impl Whole {
        fn clone_of(&self) -> Self {
            serde_json::from_value(serde_json::to_value(self).unwrap()).unwrap()
        }
    }

    #[test]
    fn escapes_that_serde_json_does_not_write_are_read_as_well() {
        assert_eq!(read::<String>(br#""\u6ee4\ud83c\udf0a\/""#), Ok("滤🌊/".to_owned()));
        for wrong in [r#""\ud83c""#, r#""\ud83cx""#, r#""\udf0a""#, r#""\u12""#, r#""\x""#, r#""open"#] {
            assert_eq!(read::<String>(wrong.as_bytes()), Err(Unread), "{wrong}");
        }
    }

    #[test]
    fn fields_of_another_version_are_passed_over() {
        #[derive(Debug, PartialEq, Deserialize)]
        struct Small {
            one: u8,
            other: Option<u8>,
        }
        let json = br#"{ "new": [{}, [], {"a": [1, -2, "x\"}", null]}], "one": 7, "more": true }"#;
        assert_eq!(read::<Small>(json), Ok(Small { one: 7, other: None }));
    }

    #[test]
    fn what_is_something_else_is_not_read() {
        for wrong in
            ["", "{", "[1,]", "[1 2]", "[1]]", "[1.5]", "[1e3]", "[256]", "[-1]", "[-]", "[tru]", "nul", "[\"1\"]"]
        {
            assert_eq!(read::<Vec<u8>>(wrong.as_bytes()), Err(Unread), "{wrong}");
        }
        assert_eq!(read::<(u8, u8)>(b"[1,2,3]"), Err(Unread), "an element too many");
        assert_eq!(read::<Way>(br#"{"Bare":null}"#), Ok(Way::Bare));
        assert_eq!(read::<Way>(br#"{"One":1,"Bare":null}"#), Err(Unread));
        assert_eq!(read::<u64>(b"18446744073709551616"), Err(Unread));
        assert_eq!(read::<String>(b"\"\xff\""), Err(Unread));
    }

    #[test]
    fn an_error_says_nothing_and_travels_as_text() {
        assert_eq!(Unread.to_string(), "not what was expected");
        assert_eq!(<Wire as Decodes<u8>>::decode(Wire::encode(&7_u8).unwrap()), Ok(7));
    }
}
