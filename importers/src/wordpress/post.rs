//! A post into a draft.

use super::{
    head::Head,
    item::{Attachment, Post, Status},
    text,
};
use crate::{Arrival, Draft, Fault, PictureRef, There, html, left_out::LeftOut, sha256, storable, words};
use content::article::Fields;
use std::{cell::RefCell, collections::HashMap};

/// What is known of the pictures and files of the old site.
#[derive(Clone, Copy)]
pub struct Library<'a> {
    /// Finds the picture of the media library for an address at which the old site had it.
    pub pictures: &'a dyn Fn(&str) -> Option<PictureRef>,
    /// The attachments of the export by their numbers, as far as they were read.
    pub attachments: &'a HashMap<u64, Attachment>,
}

impl std::fmt::Debug for Library<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Library({} attachments)", self.attachments.len())
    }
}

impl Library<'_> {
    fn address(&self, id: u64) -> Option<String> {
        self.attachments.get(&id).map(|attachment| attachment.url.clone())
    }

    /// WordPress names a smaller one after the width: `lake-300x200.jpg` is `lake.jpg`.
    fn picture(&self, address: &str) -> Option<PictureRef> {
        (self.pictures)(address).or_else(|| (self.pictures)(&without_size(address)?))
    }
}

impl Post {
    /// The draft of this article.
    ///
    /// # Errors
    /// A post without a title or a text, and a text or fields that may not be stored.
    pub fn arrival(&self, head: &Head, library: &Library<'_>) -> Result<Arrival, Fault> {
        let mut left_out = LeftOut::default();
        let markup = text::html(&self.content, &|id| library.address(id), &mut left_out);
        let (body, dropped) = html(&markup, &|address| library.picture(address));
        left_out.lines(dropped);
        storable(&body, markup.len())?;
        let fields = self.fields(head, &mut left_out)?;
        if body.is_empty() {
            return Err(Fault::NoBody { expected: "text or pictures in content:encoded" });
        }
        self.said(&mut left_out);
        let url = Some(self.link.clone()).filter(|url| words::is_web(url));
        let digest = self.digest();
        let identity = url.as_ref().map_or_else(|| format!("sha256:{digest}"), |url| format!("url:{url}"));
        let mut sections =
            self.categories.iter().map(|(slug, name)| if name.is_empty() { slug } else { name }).cloned();
        let draft = Draft {
            identity,
            digest,
            section: sections.next(),
            fields,
            published: self.date_gmt.or(self.date),
            body,
            url,
        };
        let lead = self.thumbnail.and_then(|id| library.picture(&library.address(id)?));
        let there = self.there();
        Ok(Arrival {
            draft,
            there,
            further: sections.collect(),
            lead,
            files: Vec::new(),
            left_out: left_out.into_lines(),
        })
    }

    /// The addresses of the pictures that the text and lists show, each once, as they stand there.
    #[must_use]
    pub fn pictures(&self, attachments: &HashMap<u64, Attachment>) -> Vec<String> {
        let found = RefCell::new(Vec::new());
        let address = |id| attachments.get(&id).map(|attachment| attachment.url.clone());
        let markup = text::html(&self.content, &address, &mut LeftOut::default());
        let _ = html(&markup, &|address: &str| {
            found.borrow_mut().push(address.to_owned());
            None
        });
        let mut found = found.into_inner();
        found.extend(self.thumbnail.and_then(address));
        let mut known = std::collections::HashSet::new();
        found.retain(|address| known.insert(address.clone()));
        found
    }

    fn there(&self) -> There {
        match self.status {
            Status::Published if self.locked => There::Private,
            Status::Published => There::Published,
            Status::Scheduled => There::Scheduled,
            Status::Pending => There::Pending,
            Status::Private => There::Private,
            Status::Trash => There::Thrown,
            Status::Draft | Status::Inherited | Status::Other => There::Draft,
        }
    }

    fn fields(&self, head: &Head, left_out: &mut LeftOut) -> Result<Fields, Fault> {
        let author = head.author(&self.creator).unwrap_or(&self.creator);
        let fields = Fields {
            title: words::title(&self.title),
            author: words::name(author, left_out),
            summary: words::summary(&self.excerpt, left_out),
            keywords: words::keywords(&self.tags, left_out),
            ..Fields::default()
        };
        if fields.title.is_empty() {
            return Err(Fault::NoTitle { expected: "text in the item's title" });
        }
        fields.check()?;
        Ok(fields)
    }

    fn said(&self, left_out: &mut LeftOut) {
        if self.comments > 0 {
            left_out.times("comment", "left out", self.comments);
        }
        if self.locked {
            left_out.count("password", "readers needed one: it arrives as private");
        }
        if self.sticky {
            left_out.count("place on top of lists", "left out: pin the article until a day");
        }
    }

    /// The hash of everything that is taken over, so that the same post in a later export is the same.
    fn digest(&self) -> String {
        let sections = self.categories.iter().flat_map(|(slug, name)| [slug.as_str(), name.as_str()]);
        let texts = [&self.title, &self.link, &self.creator, &self.content, &self.excerpt];
        let mut all: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
        all.extend(sections);
        all.extend(self.tags.iter().map(String::as_str));
        let times = format!("{:?} {:?} {:?} {:?}", self.status, self.date, self.date_gmt, self.thumbnail);
        all.push(&times);
        sha256(all.join("\u{1f}"))
    }
}

/// The address of the whole picture, where this is the one of a smaller copy.
fn without_size(address: &str) -> Option<String> {
    let address = address.split(['?', '#']).next()?;
    let (stem, extension) = address.rsplit_once('.')?;
    let (whole, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let number = |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    (number(width) && number(height)).then(|| format!("{whole}.{extension}"))
}
