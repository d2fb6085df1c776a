//! Saved pages, read twice: once to learn what they have in common, once for what each holds.

use super::{Bringing, Links, Media, Source};
use content::moving::Parity;
use importers::{
    Format, PictureRef,
    pages::{Found, Kind, LARGEST_PAGE, Profile, Referred, Site},
    recognise,
};
use std::num::NonZero;

/// Pages that are held at a time.
const AT_ONCE: usize = 64;

/// Endings of files that are no pages whatever they hold.
const OTHERS: &[&str] = &[
    "css", "js", "mjs", "json", "map", "xml", "rss", "txt", "md", "jpg", "jpeg", "png", "gif", "bmp", "webp", "svg",
    "ico", "tif", "tiff", "swf", "woff", "woff2", "ttf", "eot", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx",
    "wps", "et", "zip", "rar", "7z", "mp3", "mp4", "flv", "avi", "wmv", "mov", "m4a", "wav", "exe", "db", "ini",
];

/// The pages of a source.
pub struct Pages<'a> {
    source: &'a Source,
    site: Site,
    files: Vec<String>,
}

impl<'a> Pages<'a> {
    /// Looks for pages and learns what they have in common. `progress` is told how many were seen, and of how many files;
    /// its answer is whether to go on.
    ///
    /// # Errors
    /// One line, where it was told to stop.
    pub fn learn(
        source: &'a Source,
        profile: Profile,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Self, String> {
        let mut site = Site::new(profile);
        let candidates: Vec<&String> = source.names().iter().filter(|name| may_be_page(name)).collect();
        let mut files = Vec::new();
        for (seen, name) in candidates.iter().enumerate() {
            if !progress(seen, candidates.len()) {
                return Err("it was stopped".to_owned());
            }
            match source.read(name, LARGEST_PAGE as u64) {
                Ok(bytes) if is_page(name, &bytes) => site.learn(&bytes),
                Ok(_) => continue,
                // It is named among what cannot be read when its turn comes.
                Err(_) => {}
            }
            files.push((*name).clone());
        }
        Ok(Self { source, site, files })
    }

    /// How many pages there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// The names of their files, in order.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// Reads one page.
    ///
    /// # Errors
    /// One line: a file that cannot be read.
    pub fn read(&self, file: &str, pictures: &dyn Fn(&Referred) -> Option<PictureRef>) -> Result<Found, String> {
        let bytes = self.source.read(file, LARGEST_PAGE as u64)?;
        self.site.read(file, &bytes, pictures).map_err(|fault| fault.to_string())
    }

    /// Reads all pages, several at a time, and hands what was found over in the order of their names. `pictures` finds
    /// a picture for the page in a file.
    ///
    /// # Errors
    /// What `take` answers with; it ends the reading.
    pub fn each<E>(
        &self,
        pictures: &(dyn Fn(&str, &Referred) -> Option<PictureRef> + Sync),
        mut take: impl FnMut(&str, Result<Found, String>) -> Result<(), E>,
    ) -> Result<(), E> {
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(8);
        for files in self.files.chunks(AT_ONCE) {
            let share = files.len().div_ceil(threads).max(1);
            let read: Vec<Result<Found, String>> = std::thread::scope(|scope| {
                let read = |file: &String| self.read(file, &|referred| pictures(file, referred));
                let work = move |share: &'_ [String]| share.iter().map(read).collect::<Vec<_>>();
                let running: Vec<_> =
                    files.chunks(share).map(|share| (share, scope.spawn(move || work(share)))).collect();
                let crashed = |share: &[String]| share.iter().map(|_| Err("reading it failed".to_owned())).collect();
                running
                    .into_iter()
                    .flat_map(|(share, thread)| thread.join().unwrap_or_else(|_| crashed(share)))
                    .collect()
            });
            for (file, found) in files.iter().zip(read) {
                take(file, found)?;
            }
        }
        Ok(())
    }
}

/// Brings one page in: its media into the library, the article to the others that come in. What becomes of it is counted.
pub fn bring_page(
    found: Found,
    media: &Media<'_>,
    links: &mut Links,
    bringing: &mut Bringing<'_>,
    parity: &mut Parity,
) {
    if found.kind == Kind::List {
        parity.lists += 1;
        return;
    }
    match found.draft(&|file| media.file(file)) {
        Ok((mut draft, notes)) => {
            links.lead(&found.address.value, &mut draft.body);
            let mut left_out = found.notes;
            left_out.extend(notes);
            bringing.push(&found.file, draft, left_out, parity);
        }
        Err(fault) => bringing.missing(&found.file, &fault.to_string(), parity),
    }
}

fn may_be_page(name: &str) -> bool {
    let plain = name.strip_suffix(".gz").unwrap_or(name).to_lowercase();
    let last = plain.rsplit('/').next().unwrap_or_default();
    // The names of saved addresses have their queries in them: `show.asp?id=1`, `show.asp@id=1`.
    let stem = last.split(['?', '@']).next().unwrap_or_default();
    !last.starts_with('.') && stem.rsplit_once('.').is_none_or(|(_, ending)| !OTHERS.contains(&ending))
}

/// Whether the bytes are a page. Those of a file that is called like one are taken for one, unless they are nothing.
fn is_page(name: &str, bytes: &[u8]) -> bool {
    let name = name.strip_suffix(".gz").unwrap_or(name).to_lowercase();
    let called =
        name.rsplit_once('.').is_some_and(|(_, ending)| ending.starts_with("htm") || ending.starts_with("shtm"));
    match recognise(bytes, &name) {
        Format::Page => true,
        Format::Captured | Format::Markdown | Format::Feed => called && !bytes.trim_ascii().is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_from_what_they_are_made_of() {
        for page in ["a.html", "a/show.asp?id=1", "show.asp@id=1.html", "news", "x.html.gz", "show.php", "b.shtml"] {
            assert!(may_be_page(page), "{page}");
        }
        for other in ["a.css", "b/c.JPG", ".htaccess", "a/jquery.js?v=3", "x.pdf", "x.css.gz"] {
            assert!(!may_be_page(other), "{other}");
        }
        assert!(is_page("news", b"<html><body>"));
        assert!(is_page("a.html", b"\xd6\xd0\xce\xc4"), "a page without any markup in its beginning");
        assert!(!is_page("news", b"plain"));
        assert!(!is_page("a.html", b" "));
    }
}
