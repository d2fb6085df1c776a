//! JSON as serde asks for it. An object is read by the names of its fields and an array by its order, never the other way.

use super::Unread;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use std::borrow::Cow;

/// What has not been read yet.
pub(super) struct Reader<'de> {
    rest: &'de [u8],
}

impl<'de> Reader<'de> {
    pub(super) const fn of(rest: &'de [u8]) -> Self {
        Self { rest }
    }

    pub(super) fn is_at_end(&mut self) -> bool {
        self.peek().is_err()
    }

    /// The next byte that means something.
    fn peek(&mut self) -> Result<u8, Unread> {
        while let [b' ' | b'\n' | b'\r' | b'\t', rest @ ..] = self.rest {
            self.rest = rest;
        }
        self.rest.first().copied().ok_or(Unread)
    }

    fn take(&mut self, byte: u8) -> Result<(), Unread> {
        if self.peek()? != byte {
            return Err(Unread);
        }
        self.rest = self.rest.get(1..).unwrap_or_default();
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), Unread> {
        self.rest = self.rest.strip_prefix(word.as_bytes()).ok_or(Unread)?;
        Ok(())
    }

    fn boolean(&mut self) -> Result<bool, Unread> {
        let is = self.peek()? == b't';
        self.word(if is { "true" } else { "false" })?;
        Ok(is)
    }

    /// The sign and the digits.
    fn integer(&mut self) -> Result<(bool, u64), Unread> {
        let negative = self.peek()? == b'-';
        if negative {
            self.take(b'-')?;
        }
        let digits = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.rest.split_at_checked(digits).ok_or(Unread)?;
        if digits.is_empty() || matches!(rest.first(), Some(b'.' | b'e' | b'E')) {
            return Err(Unread);
        }
        self.rest = rest;
        let next = |sum: u64, byte: &u8| sum.checked_mul(10)?.checked_add(u64::from(byte - b'0'));
        let value = digits.iter().try_fold(0_u64, next).ok_or(Unread)?;
        Ok((negative, value))
    }

    fn string(&mut self) -> Result<Cow<'de, str>, Unread> {
        self.take(b'"')?;
        let mut whole = Vec::new();
        loop {
            let plain = self.rest.iter().position(|byte| matches!(byte, b'"' | b'\\')).ok_or(Unread)?;
            let (piece, rest) = self.rest.split_at_checked(plain).ok_or(Unread)?;
            let quote = rest.first() == Some(&b'"');
            self.rest = rest.get(1..).unwrap_or_default();
            if quote && whole.is_empty() {
                return std::str::from_utf8(piece).map(Cow::Borrowed).map_err(|_| Unread);
            }
            whole.extend_from_slice(piece);
            if quote {
                return String::from_utf8(whole).map(Cow::Owned).map_err(|_| Unread);
            }
            let meant = self.escaped()?;
            whole.extend_from_slice(meant.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }

    /// What stands behind a backslash.
    fn escaped(&mut self) -> Result<char, Unread> {
        let (&byte, rest) = self.rest.split_first().ok_or(Unread)?;
        self.rest = rest;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                if !(0xD800..0xDC00).contains(&unit) {
                    return char::from_u32(unit).ok_or(Unread);
                }
                self.word("\\u")?;
                let low = self.unit()?.checked_sub(0xDC00).filter(|low| *low < 0x400).ok_or(Unread)?;
                char::from_u32(0x10000 + ((unit - 0xD800) << 10) + low).ok_or(Unread)?
            }
            _ => return Err(Unread),
        })
    }

    fn unit(&mut self) -> Result<u32, Unread> {
        let (digits, rest) = self.rest.split_at_checked(4).ok_or(Unread)?;
        self.rest = rest;
        digits.iter().try_fold(0, |sum, byte| Some(sum * 16 + char::from(*byte).to_digit(16)?)).ok_or(Unread)
    }

    /// Goes past a value that nobody asked for.
    fn pass(&mut self) -> Result<(), Unread> {
        match self.peek()? {
            b'"' => self.string().map(drop),
            b't' | b'f' => self.boolean().map(drop),
            b'n' => self.word("null"),
            open @ (b'{' | b'[') => {
                self.take(open)?;
                let close = open + 2;
                let mut first = true;
                while self.goes_on(close, &mut first)? {
                    if open == b'{' {
                        self.string()?;
                        self.take(b':')?;
                    }
                    self.pass()?;
                }
                Ok(())
            }
            _ => self.integer().map(drop),
        }
    }

    /// Whether there is one more element before the end, which is taken.
    fn goes_on(&mut self, close: u8, first: &mut bool) -> Result<bool, Unread> {
        if self.peek()? == close {
            self.take(close)?;
            return Ok(false);
        }
        if !std::mem::replace(first, false) {
            self.take(b',')?;
        }
        Ok(true)
    }

    /// Reads what stands between brackets.
    fn within<V>(
        &mut self,
        open: u8,
        read: impl FnOnce(&mut Within<'_, 'de>) -> Result<V, Unread>,
    ) -> Result<V, Unread> {
        self.take(open)?;
        let mut within = Within { close: open + 2, first: true, ended: false, reader: self };
        let value = read(&mut within)?;
        // Whoever knows how many elements there are does not ask for the end.
        if !within.ended && within.next()? { Err(Unread) } else { Ok(value) }
    }
}

/// The elements of an array or an object. In ASCII both closing brackets stand two behind the opening ones.
struct Within<'a, 'de> {
    reader: &'a mut Reader<'de>,
    close: u8,
    first: bool,
    ended: bool,
}

impl Within<'_, '_> {
    fn next(&mut self) -> Result<bool, Unread> {
        let more = self.reader.goes_on(self.close, &mut self.first)?;
        self.ended = !more;
        Ok(more)
    }
}

impl<'de> SeqAccess<'de> for Within<'_, 'de> {
    type Error = Unread;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unread> {
        if self.next()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Within<'_, 'de> {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unread> {
        self.reader.take(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// One of several: a word, or an object whose only key is that word.
struct OneOf<'a, 'de> {
    reader: &'a mut Reader<'de>,
    bare: bool,
}

impl<'de> EnumAccess<'de> for OneOf<'_, 'de> {
    type Error = Unread;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Unread> {
        let which = seed.deserialize(&mut *self.reader)?;
        if !self.bare {
            self.reader.take(b':')?;
        }
        Ok((which, self))
    }
}

impl<'de> VariantAccess<'de> for OneOf<'_, 'de> {
    type Error = Unread;

    fn unit_variant(self) -> Result<(), Unread> {
        if self.bare { Ok(()) } else { self.reader.pass() }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unread> {
        if self.bare { Err(Unread) } else { seed.deserialize(self.reader) }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unread> {
        if self.bare { Err(Unread) } else { self.reader.deserialize_seq(visitor) }
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Unread> {
        if self.bare { Err(Unread) } else { self.reader.deserialize_map(visitor) }
    }
}

/// Ways to ask for the same.
macro_rules! alike {
    ($($asked:ident),* => $how:ident) => {
        $(fn $asked<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
            self.$how(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.peek()? {
            b'"' => self.deserialize_str(visitor),
            b'{' => self.deserialize_map(visitor),
            b'[' => self.deserialize_seq(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            b'n' => self.deserialize_unit(visitor),
            _ => self.deserialize_i64(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.string()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.integer()? {
            (false, value) => visitor.visit_u64(value),
            (true, value) => visitor.visit_i64(0_i64.checked_sub_unsigned(value).ok_or(Unread)?),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_bool(self.boolean()?)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.peek()?;
        self.word("null")?;
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        if self.peek()? == b'n' {
            self.word("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.within(b'[', |elements| visitor.visit_seq(elements))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.within(b'{', |members| visitor.visit_map(members))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.pass()?;
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        if self.peek()? == b'"' {
            return visitor.visit_enum(OneOf { reader: self, bare: true });
        }
        self.take(b'{')?;
        let value = visitor.visit_enum(OneOf { reader: &mut *self, bare: false })?;
        self.take(b'}')?;
        Ok(value)
    }

    alike!(deserialize_string, deserialize_char, deserialize_identifier => deserialize_str);
    alike!(deserialize_i8, deserialize_i16, deserialize_i32 => deserialize_i64);
    alike!(deserialize_u8, deserialize_u16, deserialize_u32, deserialize_u64 => deserialize_i64);
    alike!(deserialize_f32, deserialize_f64 => deserialize_i64);
    alike!(deserialize_bytes, deserialize_byte_buf => deserialize_seq);
}
