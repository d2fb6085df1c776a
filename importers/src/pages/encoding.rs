//! Bytes to text. Pages of old sites declare the wrong encoding, or none: what the bytes can be is asked first.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8};
use serde::Serialize;

/// A declaration stands at the beginning of a page, behind what editors of old put there.
const DECLARED_WITHIN: usize = 8192;

/// How much of a text is looked at to tell what it is.
const LOOKED_AT: usize = 256 * 1024;

/// How a page's bytes were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decoding {
    /// The name of the encoding.
    pub encoding: &'static str,
    /// What the page says of itself, as it says it.
    pub declared: Option<String>,
    /// Whether the page is something else than it says.
    pub wrongly_declared: bool,
    /// How many places could not be read and are U+FFFD now.
    pub unreadable: usize,
}

/// Reads the bytes. `given` is an operator's encoding, which wins over everything else.
pub(super) fn decode(bytes: &[u8], given: Option<&'static Encoding>) -> (String, Decoding) {
    let label = declaration(bytes);
    let declared = label.as_deref().and_then(|label| Encoding::for_label(label.as_bytes())).map(wide);
    let encoding = given.unwrap_or_else(|| encoding(bytes, declared));
    let (text, encoding, _) = encoding.decode(bytes);
    let text = text.into_owned();
    let unreadable = text.chars().filter(|c| *c == '\u{fffd}').count();
    let wrongly_declared = declared.is_some_and(|declared| declared != encoding) && !bytes.is_ascii();
    (text, Decoding { encoding: encoding.name(), declared: label, wrongly_declared, unreadable })
}

/// The encoding of this name, such as `gbk`.
pub(super) fn named(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes()).map(wide)
}

/// GB 18030 holds all that GBK and GB 2312 do, and pages that declare those use it.
fn wide(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

fn encoding(bytes: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return marked;
    }
    if bytes.is_ascii() || is_utf8(bytes) {
        return UTF_8;
    }
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    // UTF-8 was excluded above, and UTF-16 has a mark where it is real.
    let declared = declared.filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible());
    if let Some(declared) = declared.filter(|encoding| plausibility(start, encoding) > GOOD) {
        return declared;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(start, true);
    let guessed = wide(detector.guess(Some(b"cn"), Utf8Detection::Deny));
    // The guess stands first: of equals the first one wins.
    let mut best = (guessed, plausibility(start, guessed));
    for other in [GB18030, BIG5].into_iter().chain(declared) {
        let found = plausibility(start, other);
        if found > best.1 {
            best = (other, found);
        }
    }
    best.0
}

/// Whether the bytes are UTF-8, but perhaps for a few places: systems cut texts in the middle of a character.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut wide, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || wide > broken * 20
}

/// Above this the text is Chinese as people write it.
const GOOD: i64 = 40;

/// How much like Chinese the bytes are in an encoding: of a thousand characters that are not ASCII, how many are among
/// the most frequent, less what cannot be read or is in nobody's alphabet.
fn plausibility(bytes: &[u8], encoding: &'static Encoding) -> i64 {
    // Simplified and traditional, and the punctuation that both have.
    const FREQUENT: &str = "的一是不了在有人我他这這中大来來上国國个個到说說们們为為子和你地出道也时時年得就那要下以生会會自着去之过過\
        家学學对對可里裡后後小么麼心多天而能好都然没沒日于於起还還发發成事只作当當想看文无無开開手十用主行方又如前所本见見\
        经經头頭面公同三已老从從动動两兩长長新市工部政县縣区區第务務员員民党黨业業关關全，。、：；“”（）《》　";
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let (mut wide, mut frequent, mut strange) = (0_i64, 0_i64, 0_i64);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        wide += 1;
        if c == '\u{fffd}' || matches!(c, '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}') {
            strange += 1;
        } else if FREQUENT.contains(c) {
            frequent += 1;
        }
    }
    if wide == 0 { 1 } else { (frequent - strange * 5) * 1000 / wide }
}

/// The encoding that the page names in its head, or in the declaration of XML.
fn declaration(bytes: &[u8]) -> Option<String> {
    let start = &bytes[..bytes.len().min(DECLARED_WITHIN)];
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let xml = text.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let named = xml.and_then(|xml| value(xml, "encoding"));
    named.or_else(|| {
        let tags = text.split("<meta").skip(1).map(|tag| tag.split('>').next().unwrap_or_default());
        tags.into_iter().find_map(|tag| value(tag, "charset"))
    })
}

fn value(text: &str, name: &str) -> Option<String> {
    let rest = text.split_once(name)?.1.trim_start().strip_prefix('=')?;
    let rest = rest.trim_start_matches(['"', '\'', ' ']);
    let label: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c)).take(40).collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "县总工会召开工作会议，学习贯彻上级精神，主席在会上作了报告。";
    const TRADITIONAL: &str = "學校舉行開學典禮，校長在會上對新同學說，要好好學習，為國家做出貢獻。";

    fn page(label: &str, text: &str, encoding: &'static Encoding) -> Vec<u8> {
        let page = format!(
            "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={label}\"></head>{text}"
        );
        encoding.encode(&page).0.into_owned()
    }

    #[test]
    fn the_bytes_win_over_what_they_are_called() {
        for (label, encoding, read, wrong) in [
            ("gb2312", GB18030, "gb18030", false),
            ("gb2312", UTF_8, "UTF-8", true),
            ("utf-8", GB18030, "gb18030", true),
            ("utf-8", UTF_8, "UTF-8", false),
            ("iso-8859-1", GB18030, "gb18030", true),
            ("big5", GB18030, "gb18030", true),
            ("nonsense", GB18030, "gb18030", false),
        ] {
            let (text, decoding) = decode(&page(label, TEXT, encoding), None);
            assert!(text.contains(TEXT), "{label} {}: {text}", encoding.name());
            assert_eq!((decoding.encoding, decoding.wrongly_declared), (read, wrong), "{label} {}", encoding.name());
        }
        for label in ["big5", "gb2312", "utf-8", ""] {
            let (text, decoding) = decode(&page(label, TRADITIONAL, BIG5), None);
            assert!(text.contains(TRADITIONAL), "{label}: {text}");
            assert_eq!(decoding.encoding, "Big5");
        }
    }

    #[test]
    fn a_broken_character_does_not_make_utf_8_something_else() {
        let mut bytes = page("utf-8", &TEXT.repeat(3), UTF_8);
        bytes.extend([0xe5, 0x8f, b'<', b'p', b'>']);
        let (text, decoding) = decode(&bytes, None);
        assert!(text.contains(TEXT));
        assert_eq!((decoding.encoding, decoding.unreadable), ("UTF-8", 1));
    }

    #[test]
    fn marks_and_operators_decide() {
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend(TEXT.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&bytes, None).0, TEXT);
        let (text, _) = decode(&BIG5.encode(TRADITIONAL).0, named("big5"));
        assert_eq!(text, TRADITIONAL);
        assert_eq!(named("GBK"), Some(GB18030));
    }
}
