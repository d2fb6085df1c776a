//! Sections (栏目) and what is shown of them.

use crate::{Slug, refusal::Refusal};
use serde::{Deserialize, Serialize};

/// Articles on one page of a section's list.
pub const PAGE_SIZE: u32 = 20;

/// Most articles that stand on top of a section's first page.
pub const MOST_PINNED: u32 = 5;

/// The longest name of a section, in characters.
pub const LONGEST_NAME: usize = 20;

/// A section as navigation shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionLink {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name for people.
    pub name: String,
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
}

impl SectionFields {
    /// Checks what a form or a file gave.
    ///
    /// # Errors
    /// A name that is missing or longer than [`LONGEST_NAME`].
    pub fn check(&self) -> Result<(), Refusal> {
        crate::article::required("name", &self.name)?;
        crate::article::limited("name", &self.name, LONGEST_NAME)?;
        crate::article::limited("description", &self.description, 200)
    }
}
