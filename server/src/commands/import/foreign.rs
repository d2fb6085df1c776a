//! Files of other systems: exports of WordPress, feeds, Word, Markdown, single saved pages.

use super::{
    Context,
    report::{Report, Tally},
};
use crate::{
    failure::Failure,
    installation::Installation,
    moving::{Bringing, Links, Media, Places, Source, bring_page, take_pictures},
};
use content::{
    Actor, ImportId, SectionId,
    moving::{Options, Parity},
};
use importers::{
    Arrival, Format, There,
    pages::{LARGEST_PAGE, Site},
    wordpress::{Export, Head, Item, Library, Post},
};
use std::{
    collections::HashMap,
    fs::File,
    io::{BufReader, Read},
    path::Path,
    sync::OnceLock,
};
use store::articles::Outcome;
use tokio::runtime::Handle;

/// The slug that WordPress gives to what nobody put anywhere.
const NOWHERE: &str = "uncategorized";

/// Brings a file in, in a thread that may wait.
pub async fn bring(context: &Context, format: Format, path: &Path, report: Report) -> Result<Tally, Failure> {
    let store = &context.installation.store;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let options = Options { section: context.fallback, publish: context.publish, profile: String::new() };
    let import = store.begin_import(&Actor::Operator, &name, &options).await?;
    let file = ForeignFile {
        installation: context.installation.clone(),
        media: context.media.clone(),
        places: Places::of(store).await?,
        path: path.to_owned(),
        name,
        format,
        to: (import, context.publish, context.fallback),
    };
    let done = tokio::task::spawn_blocking(move || file.read(&report)).await;
    let (tally, parity) = done.map_err(|error| Failure::Run(error.to_string()))?;
    store.end_import(&Actor::Operator, import, &parity).await?;
    Ok(tally)
}

struct ForeignFile {
    installation: Installation,
    media: Option<std::sync::Arc<Source>>,
    places: Places,
    path: std::path::PathBuf,
    name: String,
    format: Format,
    to: (ImportId, bool, Option<SectionId>),
}

impl ForeignFile {
    fn read(self, report: &Report) -> (Tally, Parity) {
        let (mut tally, mut parity) = (Tally::default(), Parity::default());
        let Self { installation, media, places, path, name, format, to } = self;
        let beside = OnceLock::new();
        let source = || -> Option<&Source> {
            match &media {
                Some(source) => Some(source),
                None if matches!(format, Format::Markdown | Format::Page) => {
                    beside.get_or_init(|| path.parent().and_then(|folder| Source::open(folder).ok())).as_ref()
                }
                None => None,
            }
        };
        let media = Media::new(Some(&installation), &Actor::Operator, source());
        let mut tell = |name: &str, outcome: Result<Outcome, String>| match outcome {
            Ok(outcome) => {
                tally.count(outcome);
                if let Outcome::Differs(id) = outcome {
                    report.said(name, &format!("changed since it came in as article {id}; left as it is"));
                }
            }
            Err(why) => {
                tally.bad += 1;
                report.said(name, &why);
            }
        };
        let mut bringing = Bringing::new(&installation.store, &Actor::Operator, to, places, &mut tell);
        let read = match format {
            Format::WordPress => wordpress(&installation, &path, &media, &mut bringing, &mut parity, report),
            Format::Feed => feed(&path, &media, &mut bringing, &mut parity),
            Format::Word => word(&installation, &path, &name, &mut bringing, &mut parity),
            Format::Markdown => markdown(&path, &media, &mut bringing, &mut parity, &name),
            _ => page(&path, &name, &media, &mut bringing, &mut parity),
        };
        if let Err(why) = read {
            bringing.missing(&name, &why, &mut parity);
        }
        bringing.finish(&mut parity);
        for (name, why) in media.count(&mut parity) {
            report.said(&name, &format!("picture or file left out: {why}"));
        }
        report.done(&tally);
        (tally, parity)
    }
}

fn whole(path: &Path, limit: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() > limit { Err(format!("longer than is read: at most {limit} bytes")) } else { Ok(bytes) }
}

fn markdown(
    path: &Path,
    media: &Media<'_>,
    bringing: &mut Bringing<'_>,
    parity: &mut Parity,
    name: &str,
) -> Result<(), String> {
    let bytes = whole(path, importers::markdown::LONGEST)?;
    let arrival =
        importers::markdown(&bytes, &|address| media.at_address(address)).map_err(|fault| fault.to_string())?;
    bringing.push_arrival(name, arrival, parity);
    Ok(())
}

fn feed(path: &Path, media: &Media<'_>, bringing: &mut Bringing<'_>, parity: &mut Parity) -> Result<(), String> {
    let bytes = whole(path, importers::feed::LONGEST)?;
    let feed = importers::feed(&bytes, &|address| media.at_address(address)).map_err(|fault| fault.to_string())?;
    for (number, entry) in (1..).zip(feed.entries) {
        match entry {
            Ok(arrival) => bringing.push_arrival(&format!("entry {number}"), arrival, parity),
            Err(fault) => bringing.missing(&format!("entry {number}"), &fault.to_string(), parity),
        }
    }
    Ok(())
}

fn word(
    installation: &Installation,
    path: &Path,
    name: &str,
    bringing: &mut Bringing<'_>,
    parity: &mut Parity,
) -> Result<(), String> {
    let mut word = importers::docx(&whole(path, importers::docx::LONGEST)?).map_err(|fault| fault.to_string())?;
    word.name_after(name);
    let taken = take_pictures(installation, &Actor::Operator, &word);
    parity.pictures.came += taken.iter().flatten().count() as u64;
    parity.pictures.missing += taken.iter().filter(|id| id.is_none()).count() as u64;
    let find = |at: usize| Some(importers::PictureRef { id: (*taken.get(at)?)?, alt: String::new() });
    let (draft, report) = word.into_draft(&find).map_err(|fault| fault.to_string())?;
    bringing.push(name, draft, report.left_out, parity);
    Ok(())
}

fn page(
    path: &Path,
    name: &str,
    media: &Media<'_>,
    bringing: &mut Bringing<'_>,
    parity: &mut Parity,
) -> Result<(), String> {
    let bytes = whole(path, LARGEST_PAGE)?;
    let found = Site::default().read(name, &bytes, &|referred| media.picture(referred));
    let mut links = Links::default();
    bring_page(found.map_err(|fault| fault.to_string())?, media, &mut links, bringing, parity);
    links.count(parity);
    Ok(())
}

/// An export is gone through twice: its pictures stand in it in any order.
fn wordpress(
    installation: &Installation,
    path: &Path,
    media: &Media<'_>,
    bringing: &mut Bringing<'_>,
    parity: &mut Parity,
    report: &Report,
) -> Result<(), String> {
    let open = || {
        let file = File::open(path).map_err(|error| error.to_string())?;
        Export::open(BufReader::with_capacity(256 * 1024, file)).map_err(|fault| fault.to_string())
    };
    let mut attachments = HashMap::new();
    for (_, item) in open()? {
        if let Ok(Item::Attachment(attachment)) = item {
            attachments.insert(attachment.id, attachment);
        }
    }
    let mut export = open()?;
    let head = export.head().clone();
    let pictures = |address: &str| media.at_address(address);
    let library = Library { pictures: &pictures, attachments: &attachments };
    while let Some((at, item)) = export.next() {
        report.position(export.bytes_read());
        let name = format!("byte {at}");
        match item {
            Ok(Item::Post(post) | Item::Page(post)) => {
                let name = format!("{name}, {:?}", content::refusal::quoted(&post.title));
                match arrival(&post, &head, &library) {
                    Ok(arrival) => {
                        if arrival.there != There::Thrown {
                            sections(installation, &post, &head, bringing)?;
                        }
                        bringing.push_arrival(&name, arrival, parity);
                    }
                    Err(why) => bringing.missing(&name, &why, parity),
                }
            }
            Ok(Item::Attachment(_)) => {}
            Ok(Item::Other { kind, .. }) => parity.because(format!("{kind}: no article")),
            Err(fault) => bringing.missing(&name, &fault.to_string(), parity),
        }
    }
    Ok(())
}

fn arrival(post: &Post, head: &Head, library: &Library<'_>) -> Result<Arrival, String> {
    let mut arrival = post.arrival(head, library).map_err(|fault| fault.to_string())?;
    if post.categories.first().is_some_and(|(slug, _)| slug == NOWHERE) {
        arrival.draft.section = None;
    }
    Ok(arrival)
}

/// The sections of a post are made where they are not there, each below the one it was below.
fn sections(installation: &Installation, post: &Post, head: &Head, bringing: &mut Bringing<'_>) -> Result<(), String> {
    for (slug, name) in post.categories.iter().filter(|(slug, _)| slug != NOWHERE) {
        if bringing.places().find(if name.is_empty() { slug } else { name }).is_ok() {
            continue;
        }
        // From the one on top downwards; a site that is its own parent ends somewhere as well.
        let mut line = vec![(slug.as_str(), name.as_str())];
        let mut below = slug;
        while let Some(category) = head.categories.iter().find(|category| category.slug == *below)
            && let Some(parent) = head.categories.iter().find(|other| other.slug == category.parent)
            && line.len() < 4
        {
            line.push((&parent.slug, &parent.name));
            below = &parent.slug;
        }
        let store = &installation.store;
        let mut parent = None;
        for step in line.into_iter().rev() {
            let made = Handle::current().block_on(async {
                match bringing.places().or_made(store, &Actor::Operator, step, parent).await {
                    // Deeper than sections go here: beside the others.
                    Err(_) if parent.is_some() => bringing.places().or_made(store, &Actor::Operator, step, None).await,
                    made => made,
                }
            });
            parent = Some(made.map_err(|failure| failure.to_string())?);
        }
    }
    Ok(())
}
