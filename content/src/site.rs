//! The site's identity: what stands in its masthead and its legal footer.

use crate::section::SectionFields;
use serde::{Deserialize, Serialize};

/// Who publishes this site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The institution's name, `SiteName`.
    pub name: String,
    /// One sentence for search engines and cards.
    #[serde(default)]
    pub description: String,
    /// 主办: who runs the site.
    #[serde(default)]
    pub organiser: String,
    /// The copyright line with its ban on reprinting and mirroring.
    #[serde(default)]
    pub copyright: String,
    /// 制作单位: who made the site.
    #[serde(default)]
    pub producer: String,
    /// The ICP number, kept verbatim: suffixes differ by province.
    #[serde(default)]
    pub icp_number: String,
    /// The 公安备案 number; empty where there is none.
    #[serde(default)]
    pub police_number: String,
    /// `SiteDomain`; empty where there is none.
    #[serde(default)]
    pub domain: String,
    /// `SiteIDCode` of government sites; empty where there is none, never made up.
    #[serde(default)]
    pub id_code: String,
}

/// What a site starts with: its identity and its sections in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Founding {
    /// Who publishes.
    pub identity: Identity,
    /// The sections in the order of the navigation.
    pub sections: Vec<SectionFields>,
}

/// The site as a form would make it, for a preview before it is saved. What is `None` is as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteDraft {
    /// Who publishes.
    pub identity: Option<Identity>,
}
