//! What an export says of its site.

use crate::{
    Fault,
    xml::{Piece, Space, Xml},
};
use std::collections::HashMap;

/// The most sections, tags and people that are kept.
const MOST: usize = 500_000;

/// The site of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The version of the format: 1.0, 1.1 or 1.2.
    pub version: String,
    /// The name of the site.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Its sections, as they were called there.
    pub categories: Vec<Category>,
    /// How many tags it has.
    pub tags: u64,
    /// How many terms of other kinds it has.
    pub terms: u64,
    /// Its people.
    pub authors: Vec<Author>,
}

/// A section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Category {
    /// Its part of an address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The slug of the section above it; empty is none.
    pub parent: String,
}

/// Somebody who wrote there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// The name with which they signed in, by which items name them.
    pub login: String,
    /// The name that readers saw.
    pub name: String,
}

impl Head {
    /// The name that readers saw of somebody, by the one with which they signed in.
    #[must_use]
    pub fn author(&self, login: &str) -> Option<&str> {
        let found = self.authors.iter().find(|author| author.login == login)?;
        (!found.name.is_empty()).then_some(found.name.as_str())
    }
}

/// Reads what stands before the first item. Damage in it is the second part: what was read before it stands.
pub(super) fn read(text: &str) -> Result<(Head, Option<Fault>), Fault> {
    let mut head = Head::default();
    let mut xml = Xml::new(text);
    let fault = loop {
        match step(&mut xml, &mut head) {
            Ok(true) => {}
            Ok(false) => break None,
            // It ends where the first item begins: what is open there is closed behind the last.
            Err(_) if ends_open(&xml, text) => break None,
            Err(fault) => break Some(fault),
        }
    };
    if head == Head::default() {
        let expected = "an export of WordPress (WXR): there is no wp:wxr_version";
        return Err(fault.unwrap_or(Fault::NotA { expected }));
    }
    Ok((head, fault))
}

fn ends_open(xml: &Xml<'_>, text: &str) -> bool {
    usize::try_from(xml.position()).is_ok_and(|at| at + 3 >= text.len()) && xml.depth() > 0 && xml.depth() <= 2
}

fn step(xml: &mut Xml<'_>, head: &mut Head) -> Result<bool, Fault> {
    let Some(piece) = xml.next()? else { return Ok(false) };
    let Piece::Open(element) = piece else { return Ok(true) };
    let room = head.categories.len() + head.authors.len() < MOST;
    match (element.space, element.name()) {
        (Space::WordPress, "wxr_version") => head.version = short(xml.content()?),
        (Space::None, "title") if xml.depth() == 3 => head.title = short(xml.content()?),
        (Space::None, "link") if xml.depth() == 3 && head.url.is_empty() => head.url = short(xml.content()?),
        (Space::WordPress, "base_blog_url") => head.url = short(xml.content()?),
        (Space::WordPress, "category") if room => {
            let mut parts = parts(xml)?;
            let mut part = |name| parts.remove(name).unwrap_or_default();
            let (slug, name, parent) = (part("category_nicename"), part("cat_name"), part("category_parent"));
            head.categories.push(Category { slug, name, parent });
        }
        (Space::WordPress, "author") if room => {
            let mut parts = parts(xml)?;
            let mut part = |name| parts.remove(name).unwrap_or_default();
            head.authors.push(Author { login: part("author_login"), name: part("author_display_name") });
        }
        (Space::WordPress, "tag") => {
            head.tags += 1;
            xml.skip()?;
        }
        (Space::WordPress, "term") => {
            head.terms += 1;
            xml.skip()?;
        }
        _ => {}
    }
    Ok(true)
}

/// The texts of the elements within one, by their names.
fn parts(xml: &mut Xml<'_>) -> Result<HashMap<String, String>, Fault> {
    let mut parts = HashMap::new();
    let outside = xml.depth() - 1;
    while xml.depth() > outside
        && let Some(piece) = xml.next()?
    {
        if let Piece::Open(element) = piece {
            let name = element.name().to_owned();
            let text = short(xml.content()?);
            if parts.len() < 50 {
                parts.insert(name, text);
            }
        }
    }
    Ok(parts)
}

/// A name of a site or of a person: one line that is not too long to be kept by the thousand.
fn short(text: String) -> String {
    text.trim().replace(char::is_control, " ").chars().take(500).collect()
}
