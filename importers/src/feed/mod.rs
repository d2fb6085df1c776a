//! Feeds into drafts: RSS 2.0, 1.0 and 0.9, Atom.
//!
//! A feed holds the newest articles of a site, often only their beginnings. What an entry calls its content is its
//! text; where it has none its description is. The address of an article is its identity.
//!
//! - `entry`: the fields of an entry
//! - `when`: times as feeds have them

mod entry;
mod when;

use crate::{
    Arrival, BYTE_ORDER_MARK, Fault, PictureRef,
    xml::{Piece, Xml},
};
use entry::Given;

/// The longest feed that is read, in bytes.
pub const LONGEST: usize = 32 * 1024 * 1024;

/// The most entries that are read.
const MOST: usize = 100_000;

/// A feed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// The name of the site.
    pub title: String,
    /// Its entries in their order. Damage in the feed is the last one: what stands before it was read.
    pub entries: Vec<Result<Arrival, Fault>>,
}

/// Reads a feed. `pictures` finds the picture of the media library for an address.
///
/// # Errors
/// Bytes that are no feed, one that is too long, and one in no known encoding.
pub fn feed(bytes: &[u8], pictures: &dyn Fn(&str) -> Option<PictureRef>) -> Result<Feed, Fault> {
    if bytes.len() > LONGEST {
        return Err(Fault::TooLong { limit: LONGEST as u64 });
    }
    let text = decoded(bytes)?;
    let mut feed = Feed::default();
    let mut xml = Xml::new(&text);
    let mut known = false;
    loop {
        match step(&mut xml, &mut feed, &mut known, pictures) {
            Ok(true) => {}
            Ok(false) => break,
            Err(fault) if known => {
                feed.entries.push(Err(fault));
                break;
            }
            Err(fault) => return Err(fault),
        }
    }
    if known { Ok(feed) } else { Err(Fault::NotA { expected: "a feed: RSS or Atom" }) }
}

fn step(
    xml: &mut Xml<'_>,
    feed: &mut Feed,
    known: &mut bool,
    pictures: &dyn Fn(&str) -> Option<PictureRef>,
) -> Result<bool, Fault> {
    let Some(piece) = xml.next()? else { return Ok(false) };
    let Piece::Open(element) = piece else { return Ok(true) };
    match element.name() {
        "rss" | "feed" | "RDF" if xml.depth() == 1 => *known = true,
        "channel" => {}
        "item" | "entry" if *known && feed.entries.len() == MOST => return Ok(false),
        "item" | "entry" if *known => {
            let given = Given::read(xml)?;
            feed.entries.push(given.arrival(pictures));
        }
        "title" if *known && feed.title.is_empty() => feed.title = crate::words::plain(&xml.content()?),
        _ if *known => xml.skip()?,
        _ => return Err(Fault::NotA { expected: "a feed: RSS or Atom" }),
    }
    Ok(true)
}

/// The text of a feed, in the encoding that it declares. Old Chinese sites write GBK, some of them without saying so.
fn decoded(bytes: &[u8]) -> Result<String, Fault> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes)
        && encoding != encoding_rs::UTF_8
    {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
    }
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let fault = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_owned()),
        Err(error) => Fault::NotUtf8 { offset: error.valid_up_to() as u64 },
    };
    let declared = declared(bytes).and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let encoding = declared.filter(|encoding| *encoding != encoding_rs::UTF_8).unwrap_or(encoding_rs::GB18030);
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken && declared.is_none_or(|declared| declared == encoding_rs::UTF_8) {
        return Err(fault);
    }
    Ok(text.into_owned())
}

/// The encoding that the first line names.
fn declared(bytes: &[u8]) -> Option<String> {
    let line = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let line = line.trim_start().strip_prefix("<?xml")?.split("?>").next()?.to_owned();
    let (_, behind) = line.split_once("encoding")?;
    let value = behind.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next().map(str::to_owned)
}
