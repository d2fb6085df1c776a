//! The keys of a line, borrowed from it where JSON has no escapes. A value of the wrong type is remembered instead of
//! failing at once, so that the fault can name the key.

use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use std::{borrow::Cow, fmt};

/// How many unknown keys are remembered by name.
const NAMED: usize = 10;

macro_rules! keys {
    ($($key:ident = $name:literal),* $(,)?) => {
        /// A key that is known.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Key { $($key),* }

        impl Key {
            const ALL: &'static [Self] = &[$(Self::$key),*];

            /// Its name on the line.
            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$key => $name),* }
            }

            fn of(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$key),)* _ => None }
            }
        }
    };
}

keys! {
    Section = "section",
    Title = "title",
    Subtitle = "subtitle",
    Byline = "byline",
    Dateline = "dateline",
    Source = "source",
    Author = "author",
    Editor = "editor",
    Summary = "summary",
    Keywords = "keywords",
    PublishedAt = "published_at",
    BodyHtml = "body_html",
    BodyText = "body_text",
    BodyMarkdown = "body_md",
    Url = "url",
}

/// A line as it was given.
#[derive(Debug)]
pub(super) struct Given<'a> {
    values: Vec<Option<Value<'a>>>,
    /// The first keys that are not known.
    pub(super) unknown: Vec<String>,
    /// How many more there are.
    pub(super) more_unknown: u64,
}

impl Given<'_> {
    /// The text of a key, empty where there is none.
    pub(super) fn text(&self, key: Key) -> &str {
        match &self.values[key as usize] {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// The first key that holds something else than text, and what it holds.
    pub(super) fn first_of_wrong_type(&self) -> Option<(Key, &'static str)> {
        Key::ALL.iter().zip(&self.values).find_map(|(key, value)| match value {
            Some(Value::Other(found)) => Some((*key, *found)),
            _ => None,
        })
    }
}

impl<'de> Deserialize<'de> for Given<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(GivenVisitor)
    }
}

struct GivenVisitor;

impl<'de> Visitor<'de> for GivenVisitor {
    type Value = Given<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given<'de>, A::Error> {
        let values = Key::ALL.iter().map(|_| None).collect();
        let mut given = Given { values, unknown: Vec::new(), more_unknown: 0 };
        while let Some(Name(name)) = map.next_key()? {
            let Some(key) = Key::of(&name) else {
                map.next_value::<IgnoredAny>()?;
                if given.unknown.len() < NAMED {
                    given.unknown.push(name.into_owned());
                } else {
                    given.more_unknown += 1;
                }
                continue;
            };
            // Readers of JSON differ in which of two they take, so a line that has both has no meaning.
            if given.values[key as usize].replace(map.next_value()?).is_some() {
                return Err(A::Error::custom(format_args!("the key \"{}\" stands there twice", key.name())));
            }
        }
        Ok(given)
    }
}

/// The name of a key: borrowed, since `Cow` alone is always copied by serde.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Debug)]
enum Value<'a> {
    Null,
    Text(Cow<'a, str>),
    Other(&'static str),
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or null")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E: Error>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value<'de>, E> {
        Ok(Value::Other(if value { "true" } else { "false" }))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Value<'de>, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Value<'de>, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Value<'de>, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<'de>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Other("a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other("an object"))
    }
}
