//! The readers' site as files that any web server can serve: every page that a reader can reach, rendered by the router as
//! it is for nobody in particular, with its links made relative and without scripts, which pages do not need.
//!
//! - `place`: from an address to a file, and from a file to another
//! - `page`: what is changed in a page

mod page;
mod place;

use crate::failure::Failure;
use app::context::Noted;
use axum::{
    Router,
    body::{Body, to_bytes},
};
use futures::{StreamExt, stream::FuturesUnordered};
use http::{Request, StatusCode, header};
use place::{Place, between, place};
use std::{
    collections::HashSet,
    convert::Infallible,
    path::{Path, PathBuf},
};
use tower_service::Service;

/// Pages that are made at once.
const AT_ONCE: usize = 8;

/// The largest page or file of the client's build, in bytes.
const LARGEST: usize = 32 * 1024 * 1024;

/// An address at which nothing is: what is said there is the page for what is not found.
const NOWHERE: &str = "/-";

/// What became of the copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Pages of readers.
    pub pages: u64,
    /// Pictures and files, style sheets and the like.
    pub files: u64,
    /// Addresses of the site that are named and not there, each with the page that names it first.
    pub missing: Vec<(String, String)>,
}

/// Copies everything that can be reached from the front page. `media` has the files of the media library; `step` is called
/// for each page.
///
/// # Errors
/// A folder that cannot be written, a page that cannot be made.
pub async fn copy(router: Router, folder: &Path, media: &Path, step: impl Fn()) -> Result<Copied, Failure> {
    let mut copy = Copy { router, folder, media, copied: Copied::default(), seen: HashSet::new(), next: Vec::new() };
    for address in ["/", "/sitemap.xml", "/robots.txt"] {
        copy.wants(address, "");
    }
    let nowhere = asked(copy.router.clone(), NOWHERE).await?;
    copy.write(Path::new("404.html"), &page::without_scripts(&nowhere.bytes).map_err(|error| unfit(NOWHERE, &error))?)?;
    let mut making = FuturesUnordered::new();
    loop {
        while making.len() < AT_ONCE
            && let Some((address, named_by)) = copy.next.pop()
        {
            let router = copy.router.clone();
            making.push(async move {
                let answer = asked(router, &address).await;
                (address, named_by, answer)
            });
        }
        let Some((address, named_by, answer)) = making.next().await else { break };
        copy.take(&address, named_by, answer?)?;
        step();
    }
    copy.copied.missing.sort();
    Ok(copy.copied)
}

struct Copy<'a> {
    router: Router,
    folder: &'a Path,
    media: &'a Path,
    copied: Copied,
    seen: HashSet<String>,
    /// What is still to be asked for, and who names it.
    next: Vec<(String, String)>,
}

/// What the router said: a status, where it leads, and bytes.
struct Answer {
    status: StatusCode,
    leads_to: Option<String>,
    bytes: Vec<u8>,
}

impl Copy<'_> {
    /// Notes that an address is named. A file of the media library is there already.
    fn wants(&mut self, named: &str, named_by: &str) {
        let address = named.split_once('#').map_or(named, |(address, _)| address);
        if !self.seen.insert(address.to_owned()) {
            return;
        }
        match address.strip_prefix("/media/").map(|name| self.media_file(name)) {
            None => self.next.push((address.to_owned(), named_by.to_owned())),
            Some(Ok(())) => self.copied.files += 1,
            Some(Err(_)) => self.copied.missing.push((address.to_owned(), named_by.to_owned())),
        }
    }

    /// Writes an answer, and asks for what it names.
    fn take(&mut self, address: &str, named_by: String, answer: Answer) -> Result<(), Failure> {
        if answer.status != StatusCode::OK && answer.leads_to.is_none() {
            self.copied.missing.push((address.to_owned(), named_by));
            return Ok(());
        }
        let folder = match place(address) {
            Place::Page(folder) => folder,
            _ => {
                self.copied.files += 1;
                let file = PathBuf::from(address.trim_start_matches('/'));
                // A sitemap that is too long for one file names its parts.
                let text = String::from_utf8_lossy(&answer.bytes);
                for named in text.split("<loc>").skip(1).filter_map(|rest| rest.split('<').next()) {
                    if let Some(at) = named.find("/sitemap/") {
                        self.wants(&named[at..], address);
                    }
                }
                return self.write(&file, &answer.bytes);
            }
        };
        let file = folder.join("index.html");
        if let Some(leads_to) = answer.leads_to {
            // The article stands elsewhere now.
            self.wants(&leads_to, address);
            let to = between(&folder, &leads_to).unwrap_or(leads_to);
            return self.write(&file, page::leading_to(&to).as_bytes());
        }
        let (html, named) = page::rewritten(&answer.bytes, &folder).map_err(|error| unfit(address, &error))?;
        self.copied.pages += 1;
        named.iter().for_each(|found| self.wants(found, address));
        self.write(&file, &html)
    }

    /// The same file under a second name where the disk can do that, or a copy of it.
    fn media_file(&self, name: &str) -> std::io::Result<()> {
        let (from, to) = (self.media.join(name), self.folder.join("media").join(name));
        std::fs::create_dir_all(self.folder.join("media"))?;
        std::fs::hard_link(&from, &to).or_else(|_| std::fs::copy(&from, &to).map(drop))
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.folder.join(file);
        let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, bytes));
        written.map_err(|error| Failure::Run(format!("{}: {error}", path.display())))
    }
}

fn unfit(address: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::Run(format!("{address}: the page cannot be rewritten: {error}"))
}

/// Asks the router as nobody in particular.
async fn asked(mut router: Router, address: &str) -> Result<Answer, Failure> {
    let said = |error: &dyn std::fmt::Display| Failure::Run(format!("{address}: {error}"));
    let mut request = Request::builder().uri(address).body(Body::empty()).map_err(|error| said(&error))?;
    request.extensions_mut().insert(Noted::default());
    let response = match Service::<Request<Body>>::call(&mut router, request).await {
        Ok(response) => response,
        Err(impossible) => match impossible as Infallible {},
    };
    let (parts, body) = response.into_parts();
    if parts.status.is_server_error() {
        return Err(said(&format!("the page was not made: {}", parts.status)));
    }
    let leads_to = parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
    let bytes = to_bytes(body, LARGEST).await.map_err(|error| said(&error))?.to_vec();
    Ok(Answer { status: parts.status, leads_to, bytes })
}
