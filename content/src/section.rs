//! Sections (栏目), the tree that they make, and what is shown of them.

use crate::{AccountId, Refusal, Role, SectionId, Slug, site::check_address};
use serde::{Deserialize, Serialize};

/// Articles on one page of a section's list.
pub const PAGE_SIZE: u32 = 20;

/// Most articles that stand on top of a section's first page.
pub const MOST_PINNED: u32 = 5;

/// The longest name of a section, in characters.
pub const LONGEST_NAME: usize = 20;

/// Most sections of a site: navigation, forms and the front page are made for so many.
pub const MOST_SECTIONS: usize = 200;

/// Most reviews that an article of a section passes.
pub const MOST_STAGES: u8 = 5;

/// A section as navigation shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionLink {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name for people.
    pub name: String,
}

/// What stands behind a section's address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// The list of its articles.
    #[default]
    List,
    /// Its newest article, as a page that stands: an office, an address, a history.
    Page,
    /// Another site.
    Link,
}

impl SectionKind {
    /// All kinds, in the order in which forms show them.
    pub const ALL: [Self; 3] = [Self::List, Self::Page, Self::Link];

    /// The name under which the kind is stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Page => "page",
            Self::Link => "link",
        }
    }

    /// The kind with this stored name; what is unknown is a list.
    #[must_use]
    pub fn of_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.key() == key).unwrap_or_default()
    }
}

/// How a section's list is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// Titles with days, summaries and thumbnails.
    #[default]
    List,
    /// Pictures with titles, in a grid.
    Grid,
    /// Titles and days only, one line each.
    Dense,
}

impl Template {
    /// All templates, in the order in which forms show them.
    pub const ALL: [Self; 3] = [Self::List, Self::Grid, Self::Dense];

    /// The name under which the template is stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::List => "",
            Self::Grid => "grid",
            Self::Dense => "dense",
        }
    }

    /// The template with this stored name; what is unknown is the usual list.
    #[must_use]
    pub fn of_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|template| template.key() == key).unwrap_or_default()
    }
}

/// A section as it is founded or edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionFields {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name for people.
    pub name: String,
    /// One sentence for readers and for the page's description.
    #[serde(default)]
    pub description: String,
    /// Words for the page's `ColumnKeywords`.
    #[serde(default)]
    pub keywords: String,
    /// The `ColumnType` of the 网页标签 norm, such as 工作动态.
    #[serde(default)]
    pub column_type: String,
    /// What stands behind its address.
    #[serde(default)]
    pub kind: SectionKind,
    /// Where it leads, where it is another site; empty otherwise.
    #[serde(default)]
    pub link: String,
    /// How its list is laid out.
    #[serde(default)]
    pub template: Template,
    /// Whether navigation and front page show it. Its address works either way.
    #[serde(default = "shown")]
    pub visible: bool,
    /// How many reviews an article passes, 0 to [`MOST_STAGES`].
    #[serde(default)]
    pub stages: u8,
}

const fn shown() -> bool {
    true
}

impl SectionFields {
    /// A list with this name and nothing else said.
    #[must_use]
    pub fn named(slug: Slug, name: String) -> Self {
        Self {
            slug,
            name,
            description: String::new(),
            keywords: String::new(),
            column_type: String::new(),
            kind: SectionKind::default(),
            link: String::new(),
            template: Template::default(),
            visible: true,
            stages: 0,
        }
    }

    /// Checks what a form or a file gave.
    ///
    /// # Errors
    /// The first of [`SectionFields::faults`].
    pub fn check(&self) -> Result<(), Refusal> {
        self.faults().into_iter().next().map_or(Ok(()), |(_, refusal)| Err(refusal))
    }

    /// Everything that is wrong, each with the name of its field in the wire format.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, Refusal)> {
        use crate::article::{limited, required};
        let line =
            |field: &'static str, text: &str, limit| limited(field, text, limit).err().map(|found| (field, found));
        let missing = required("name", &self.name).err().map(|found| ("name", found));
        let link = match self.kind {
            SectionKind::Link => check_address("link", &self.link, false).err(),
            SectionKind::List | SectionKind::Page => None,
        };
        let most = u32::from(MOST_STAGES);
        let stages = (self.stages > MOST_STAGES)
            .then(|| ("stages", Refusal::OutOfRange { field: "stages".to_owned(), least: 0, most }));
        let checks = [
            missing.or_else(|| line("name", &self.name, LONGEST_NAME)),
            line("description", &self.description, 200),
            line("keywords", &self.keywords, 200),
            line("column_type", &self.column_type, 40),
            link.map(|found| ("link", found)),
            stages,
        ];
        checks.into_iter().flatten().collect()
    }
}

/// A section in a form: where it stands in the tree, and its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionDraft {
    /// Its number; none where it is new.
    pub id: Option<SectionId>,
    /// The section above it.
    pub parent: Option<SectionId>,
    /// Its fields.
    pub fields: SectionFields,
}

/// Where a section stands in the tree. A list of them is the tree, each parent before its children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionPlace {
    /// The section.
    pub id: SectionId,
    /// The section above it.
    pub parent: Option<SectionId>,
}

/// Puts a tree into its order: every first-level section with its children behind it, each level as it came.
///
/// # Errors
/// `TooDeep` where a section stands below one that is itself below another, or below itself; `UnknownSection` for a
/// parent that is not there; `Twice`.
pub fn in_order(places: &[SectionPlace]) -> Result<Vec<SectionPlace>, Refusal> {
    let mut ordered = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        if places[..at].iter().any(|other| other.id == place.id) {
            return Err(Refusal::Twice { field: "sections".to_owned() });
        }
        let Some(parent) = place.parent else { continue };
        let above = places.iter().find(|other| other.id == parent);
        let above = above.ok_or_else(|| Refusal::UnknownSection { given: parent.to_string() })?;
        if above.parent.is_some() || parent == place.id {
            return Err(Refusal::TooDeep);
        }
    }
    for place in places.iter().filter(|place| place.parent.is_none()) {
        ordered.push(*place);
        ordered.extend(places.iter().filter(|child| child.parent == Some(place.id)));
    }
    Ok(ordered)
}

/// All sections with what their room shows of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionTree {
    /// In the order of the tree.
    pub rows: Vec<SectionRow>,
    /// What a change of the order is based on.
    pub version: i32,
}

/// A section in its room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionRow {
    /// Its number.
    pub id: SectionId,
    /// The section above it.
    pub parent: Option<SectionId>,
    /// Its fields.
    pub fields: SectionFields,
    /// What a change of its fields is based on.
    pub version: i32,
    /// How many articles stand in it, those in the bin included: they move when it goes.
    pub articles: u64,
    /// How many of its articles readers see.
    pub public: u64,
    /// Names that it had in addresses; they lead to it.
    pub old: Vec<Slug>,
    /// Who may write in it, beside those who may everywhere.
    pub writers: Vec<Writer>,
}

/// Somebody who may write in a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writer {
    /// The account.
    pub id: AccountId,
    /// The name that others see.
    pub name: String,
    /// As what.
    pub role: Role,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> SectionFields {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_section_of_before_is_a_visible_list_without_reviews() {
        let old = fields(r#"{"slug":"yaowen","name":"工会要闻"}"#);
        assert_eq!((old.kind, old.template, old.visible, old.stages), (SectionKind::List, Template::List, true, 0));
        assert_eq!(old.check(), Ok(()));
    }

    #[test]
    fn every_kind_and_template_is_read_as_it_is_stored() {
        for kind in SectionKind::ALL {
            assert_eq!(SectionKind::of_key(kind.key()), kind);
        }
        for template in Template::ALL {
            assert_eq!(Template::of_key(template.key()), template);
        }
        assert_eq!((SectionKind::of_key(""), Template::of_key("?")), (SectionKind::List, Template::List));
    }

    #[test]
    fn a_link_needs_a_site_and_reviews_have_a_limit() {
        let link = fields(r#"{"slug":"a","name":"甲","kind":"link"}"#);
        assert_eq!(link.check(), Err(Refusal::Missing { field: "link".to_owned() }));
        let link = fields(r#"{"slug":"a","name":"甲","kind":"link","link":"https://www.acftu.org/"}"#);
        assert_eq!(link.check(), Ok(()));
        let many = fields(r#"{"slug":"a","name":"甲","stages":6}"#);
        assert!(matches!(many.check(), Err(Refusal::OutOfRange { .. })));
    }

    #[test]
    fn a_tree_has_two_levels_and_its_own_order() {
        let place = |id, parent: Option<i64>| SectionPlace { id: SectionId(id), parent: parent.map(SectionId) };
        let given = [place(1, None), place(2, None), place(3, Some(1)), place(4, Some(2)), place(5, Some(1))];
        let order: Vec<i64> = in_order(&given).unwrap().iter().map(|place| place.id.0).collect();
        assert_eq!(order, [1, 3, 5, 2, 4]);
        for deep in [vec![place(1, None), place(2, Some(1)), place(3, Some(2))], vec![place(1, Some(1))]] {
            assert_eq!(in_order(&deep), Err(Refusal::TooDeep));
        }
        assert!(matches!(in_order(&[place(1, Some(9))]), Err(Refusal::UnknownSection { .. })));
        assert!(matches!(in_order(&[place(1, None), place(1, None)]), Err(Refusal::Twice { .. })));
    }
}
