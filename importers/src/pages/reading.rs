//! One page from its bytes to what is proposed for each field.

use super::{
    Field, Found, Profile, Referred, address,
    body::{self, Body},
    encoding, kind,
    learned::Learned,
    links::Address,
    markup,
    page::Page,
    people, section, time,
    title::{self, Title},
    weigh, words,
};
use crate::{PictureRef, html, sha256};
use content::{Document, document};
use std::ops::Range;

/// How many lines behind the title are searched for what is said of the article, and behind the body.
const HEAD: usize = 60;
const TAIL: usize = 25;

pub(super) fn read(
    profile: &Profile,
    learned: &Learned,
    file: &str,
    bytes: &[u8],
    pictures: &dyn Fn(&Referred) -> Option<PictureRef>,
) -> Found {
    let (text, decoding) = encoding::decode(bytes, profile.encoding);
    let page = Page::parse(&text, &profile.remove);
    let given = profile
        .value(&page, "address")
        .and_then(|field| Address::parse(&field.value).map(|address| Field::new(address, 1.0, field.found)));
    let address = given.unwrap_or_else(|| address::find(&page, file, profile.base.as_ref()));
    let title = title::find(&page, learned);
    let lines = title.as_ref().and_then(|title| title.lines);
    let weights = weigh::weigh(&page, learned, lines);
    let subtitle = lines.and_then(|(_, last)| subtitle(&page, title.as_ref(), last));
    let titles = letters(title.as_ref(), subtitle.as_ref());
    let body = match profile.body(&page) {
        Some((element, found)) => Some(body::named(&page, &weights, element, &titles, found)),
        None => body::find(&page, &weights, lines, &titles),
    };
    let zones = Zones::of(&page, lines, body.as_ref());
    let people = people::find(&page, zones.head.clone(), zones.body.clone(), zones.tail.clone());
    let publish_time = profile
        .value(&page, "publish_time")
        .and_then(|field| time::of_value(&field.value).map(|moment| Field::new(moment.to_string(), 1.0, field.found)));
    let publish_time = publish_time.or_else(|| {
        time::find(&page, zones.head.clone(), zones.tail.clone(), zones.body.clone(), Some(&address.value.path))
    });
    let or = |name: &str, guessed: Option<Field>| profile.value(&page, name).or(guessed);
    let title_field = or("title", title.map(|title| title.field));
    let section = section::find(
        &page,
        title_field.as_ref().map_or("", |title| &title.value),
        lines.map_or(zones.body.start, |(first, _)| first),
    );
    let mut notes = Vec::new();
    if page.dom.cut {
        notes.push("the page has more elements than are read; the rest was left out".to_owned());
    }
    if decoding.unreadable > 0 {
        notes.push(format!("{} places could not be read as {}", decoding.unreadable, decoding.encoding));
    }
    let made = body.as_ref().map(|body| made(&page, body, &address.value, file, pictures));
    let (document, shown, offered, dropped) = made.unwrap_or_default();
    notes.extend(dropped);
    let body_text = document::text::of(&document);
    let kind = profile.kind(&address.value.path).unwrap_or_else(|| {
        let timed =
            publish_time.as_ref().is_some_and(|time| time.confidence >= 0.75 && !time.found.starts_with("address"));
        let signs = kind::Signs {
            body: body.as_ref(),
            timed,
            titled: title_field.as_ref().is_some_and(|title| title.confidence >= 0.6),
            pictures: shown.len(),
            attachments: offered.len(),
            address: &address.value.path,
        };
        kind::of(&page, &signs)
    });
    let field = body.as_ref().filter(|_| !document.is_empty() || !shown.is_empty() || !offered.is_empty());
    let (confidence, found) = field.map_or((0.0, String::new()), |body| (body.confidence, body.found.clone()));
    let body = field.map(|_| Field::new(document, confidence, found.clone()));
    let listed =
        |referred: Vec<Referred>| (!referred.is_empty()).then(|| Field::new(referred, confidence, found.clone()));
    Found {
        file: file.to_owned(),
        kind,
        title: title_field,
        subtitle: or("subtitle", subtitle),
        byline: or("byline", people.byline),
        publish_time,
        editor: or("editor", people.editor),
        source: or("source", people.source),
        author: or("author", people.author),
        section: or("section", section).map(|field| Field { value: profile.section(field.value), ..field }),
        body,
        body_text,
        pictures: listed(shown),
        attachments: listed(offered),
        address: Field { value: address.value.whole(), confidence: address.confidence, found: address.found },
        decoding,
        digest: sha256(&text),
        notes,
    }
}

/// The lines around the body and its own.
struct Zones {
    head: Range<usize>,
    body: Range<usize>,
    tail: Range<usize>,
}

impl Zones {
    fn of(page: &Page, title: Option<(usize, usize)>, body: Option<&Body>) -> Self {
        let all = page.lines.len();
        let body = body.map_or_else(
            || {
                let start = title.map_or(0, |(_, last)| last + HEAD / 2).min(all);
                start..start
            },
            |body| body.lines.clone(),
        );
        let from = title.map_or_else(|| body.start.saturating_sub(HEAD / 4), |(first, _)| first.saturating_sub(4));
        let to = body.start.min(title.map_or(body.start, |(_, last)| last + HEAD)).max(from);
        let tail = body.end..(body.end + TAIL).min(all);
        Self { head: from..to, body, tail }
    }
}

fn letters(title: Option<&Title>, subtitle: Option<&Field>) -> Vec<String> {
    let values = title.map(|title| &title.field.value).into_iter().chain(subtitle.map(|subtitle| &subtitle.value));
    values.map(|value| words::letters(value)).filter(|letters| !letters.is_empty()).collect()
}

/// A line between the title and the lines about the article: marked by a dash, by its heading or by its name.
fn subtitle(page: &Page, title: Option<&Title>, last: usize) -> Option<Field> {
    let own = words::letters(&title?.field.value);
    for line in page.lines.iter().skip(last + 1).take(3) {
        let letters = words::letters(&line.text);
        let count = line.chars;
        if letters == own || letters.is_empty() {
            continue;
        }
        let out = line.is_links() || !(4..=80).contains(&count) || line.strength >= 2 || words::is_tools(&line.text);
        if out || words::is_end(&line.text) || words::is_original_title(&line.text).is_some() {
            return None;
        }
        let dash = line.text.starts_with("——") || line.text.starts_with("--") || line.text.starts_with('—');
        let hints = page.dom.hints(line.block);
        let named =
            ["subtitle", "sub-title", "sub_title", "ftitle", "futitle", "second-title", "title2", "fubiaoti", "fbt"]
                .iter()
                .any(|name| hints.contains(name));
        let heading = line.heading.is_some_and(|level| level >= 2) && !words::ends_sentence(&line.text);
        if dash || named || heading {
            let value = line.text.trim_start_matches(['—', '-', ' ']).to_owned();
            let shown = if dash { format!("——{value}") } else { value };
            return Some(Field::new(shown, if dash || named { 0.8 } else { 0.6 }, page.dom.path(line.block)));
        }
        return None;
    }
    None
}

type Made = (Document, Vec<Referred>, Vec<Referred>, Vec<String>);

/// The tree of the body, with what it shows and offers.
fn made(
    page: &Page,
    body: &Body,
    address: &Address,
    file: &str,
    pictures: &dyn Fn(&Referred) -> Option<PictureRef>,
) -> Made {
    let markup = markup::write(page, body, address);
    let refer = |given: &str, name: &str| Referred::of(given, name, address, file);
    let find = |given: &str| pictures(&refer(given, ""));
    let (document, dropped) = html(&markup.html, &find);
    let mut shown: Vec<Referred> = Vec::new();
    for picture in &markup.pictures {
        if !shown.iter().any(|known| known.given == picture.given) {
            shown.push(refer(&picture.given, &picture.alt));
        }
    }
    let mut offered: Vec<Referred> = Vec::new();
    for file in &markup.attachments {
        if !offered.iter().any(|known| known.given == file.given) {
            offered.push(refer(&file.given, &file.name));
        }
    }
    (document, shown, offered, dropped)
}
