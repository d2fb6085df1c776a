//! Which section an article goes to: the one that is named like it was there, one that is made for it, or where everything
//! goes that has no place.

use crate::failure::Failure;
use content::{
    Actor, Refusal, SectionId, Slug,
    section::{SectionFields, SectionLink},
};
use std::collections::HashMap;
use store::Store;

/// The section of what has no place, made when it is first needed.
const UNPLACED: (&str, &str) = ("imported", "旧站文章");

/// The sections by slug and by name.
#[derive(Clone)]
pub struct Places {
    by_key: HashMap<String, SectionId>,
    links: Vec<SectionLink>,
}

impl Places {
    /// The sections of the site.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn of(store: &Store) -> store::Result<Self> {
        let sections = store.sections().await?;
        let keys = sections.iter().flat_map(|s| [(s.link.name.clone(), s.id), (s.link.slug.to_string(), s.id)]);
        Ok(Self { by_key: keys.collect(), links: sections.into_iter().map(|s| s.link).collect() })
    }

    /// Slugs and names, for importers that guess.
    pub fn links(&self) -> &[SectionLink] {
        &self.links
    }

    /// The section with this slug or name.
    ///
    /// # Errors
    /// `UnknownSection`.
    pub fn find(&self, key: &str) -> Result<SectionId, Refusal> {
        let found = self.by_key.get(key.trim()).copied();
        found.ok_or_else(|| Refusal::UnknownSection { given: content::refusal::quoted(key) })
    }

    /// The section of what has no place; made where it is not there, out of sight: nobody has asked for it in the navigation.
    ///
    /// # Errors
    /// An actor who may not make sections, and a database that does not take it.
    pub async fn unplaced(&mut self, store: &Store, actor: &Actor) -> Result<SectionId, Failure> {
        let (slug, name) = UNPLACED;
        match self.find(slug) {
            Ok(id) => Ok(id),
            Err(_) => self.make(store, actor, (slug, name), None, false).await,
        }
    }

    /// The section with this name or slug; made where it is not there. A slug that cannot be one, or that is taken, is
    /// replaced by one that is counted.
    ///
    /// # Errors
    /// An actor who may not make sections, and a database that does not take it.
    pub async fn or_made(
        &mut self,
        store: &Store,
        actor: &Actor,
        (slug, name): (&str, &str),
        parent: Option<SectionId>,
    ) -> Result<SectionId, Failure> {
        let name: String = if name.trim().is_empty() { slug } else { name.trim() }.chars().take(LONGEST_NAME).collect();
        if let Ok(id) = self.find(&name) {
            return Ok(id);
        }
        let given = slug.to_lowercase().replace('_', "-");
        let usable = given.parse::<Slug>().is_ok() && !self.by_key.contains_key(&given);
        let counted = || (1..).map(|n: u32| format!("section-{n}")).find(|slug| !self.by_key.contains_key(slug));
        let slug = if usable { given } else { counted().unwrap_or(given) };
        self.make(store, actor, (&slug, &name), parent, true).await
    }

    async fn make(
        &mut self,
        store: &Store,
        actor: &Actor,
        (slug, name): (&str, &str),
        parent: Option<SectionId>,
        visible: bool,
    ) -> Result<SectionId, Failure> {
        let slug: Slug = slug.parse().map_err(|refusal: Refusal| Failure::Run(refusal.to_string()))?;
        let fields = SectionFields { visible, ..SectionFields::named(slug.clone(), name.to_owned()) };
        let id = store.add_section(actor, parent, &fields).await?;
        self.by_key.insert(name.to_owned(), id);
        self.by_key.insert(slug.to_string(), id);
        self.links.push(SectionLink { slug, name: name.to_owned() });
        Ok(id)
    }
}

/// The longest name of a section, in characters.
const LONGEST_NAME: usize = content::section::LONGEST_NAME;
