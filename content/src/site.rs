//! The site's identity: what stands in its masthead and its legal footer; what its front page shows; and all of it as a
//! form has it before it is saved.

mod front;

pub use front::{
    Chosen, Friend, FrontForm, FrontPlan, FrontRoom, MOST_FRIENDS, MOST_NOTICES, MOST_PICTURES, MOST_TITLES,
    NoticeDraft, SectionSlot, USUAL_TITLES,
};

use crate::{
    MediaId, Refusal,
    article::{limited, required},
    media::Picture,
    section::{SectionDraft, SectionFields},
};
use serde::{Deserialize, Serialize};

/// The longest name of a site, in characters.
pub const LONGEST_NAME: usize = 40;
/// The longest description of a site, in characters.
pub const LONGEST_DESCRIPTION: usize = 200;
/// The longest line of the footer, in characters.
pub const LONGEST_LINE: usize = 200;
/// The longest number of a register, in characters.
pub const LONGEST_NUMBER: usize = 60;
/// The longest address, in bytes.
pub const LONGEST_ADDRESS: usize = 500;

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
    /// The emblem of the masthead, a picture of the media library.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emblem: Option<MediaId>,
}

impl Identity {
    /// Checks what a form or a file gave.
    ///
    /// # Errors
    /// The first of [`Identity::faults`].
    pub fn check(&self) -> Result<(), Refusal> {
        self.faults().into_iter().next().map_or(Ok(()), |(_, refusal)| Err(refusal))
    }

    /// Everything that is wrong, each with the name of its field in the wire format.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, Refusal)> {
        let line =
            |field: &'static str, text: &str, limit| limited(field, text, limit).err().map(|found| (field, found));
        let name = required("name", &self.name).err().map(|found| ("name", found));
        let checks = [
            name.or_else(|| line("name", &self.name, LONGEST_NAME)),
            line("description", &self.description, LONGEST_DESCRIPTION),
            line("organiser", &self.organiser, LONGEST_LINE),
            line("copyright", &self.copyright, LONGEST_LINE),
            line("producer", &self.producer, LONGEST_LINE),
            line("icp_number", &self.icp_number, LONGEST_NUMBER),
            line("police_number", &self.police_number, LONGEST_NUMBER),
            check_domain(&self.domain).err().map(|found| ("domain", found)),
            check_code(&self.id_code).err().map(|found| ("id_code", found)),
        ];
        checks.into_iter().flatten().collect()
    }

    /// Where the register of the police tells of this site: its record is known by the digits of the number.
    #[must_use]
    pub fn police_record(&self) -> Option<String> {
        let digits: String = self.police_number.chars().filter(char::is_ascii_digit).collect();
        (!digits.is_empty()).then(|| ["https://beian.mps.gov.cn/#/query/webSearch?code=", &digits].concat())
    }
}

/// Checks a host name such as `www.example.cn`, with its port where it has one; empty is none.
fn check_domain(text: &str) -> Result<(), Refusal> {
    let (host, port) = text.split_once(':').unwrap_or((text, "80"));
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let plain = text.len() <= 253 && host.split('.').all(label) && port.parse::<u16>().is_ok();
    if text.is_empty() || plain { Ok(()) } else { Err(Refusal::BadDomain { given: crate::refusal::quoted(text) }) }
}

/// Checks a code of the register of government sites: ten letters and digits, as all that were seen; empty is none.
fn check_code(text: &str) -> Result<(), Refusal> {
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    if text.is_empty() || plain { Ok(()) } else { Err(Refusal::BadCode { given: crate::refusal::quoted(text) }) }
}

/// Checks the address of another site; with `within` also that of a page of ours, which begins with `/`.
///
/// # Errors
/// `Missing`, `BadAddress`.
pub fn check_address(field: &str, text: &str, within: bool) -> Result<(), Refusal> {
    required(field, text)?;
    let bad = || Refusal::BadAddress { given: crate::refusal::quoted(text) };
    // Browsers drop white space and control characters before they look at the scheme.
    if text.len() > LONGEST_ADDRESS || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(bad());
    }
    if within && text.starts_with('/') && !text[1..].starts_with(['/', '\\']) {
        return Ok(());
    }
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).ok_or_else(bad)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A name before an @ is what a link pretends to lead to.
    if host.is_empty() || host.contains('@') || check_domain(host).is_err() { Err(bad()) } else { Ok(()) }
}

/// The identity as its form has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityForm {
    /// What is written.
    pub identity: Identity,
    /// The picture of the emblem, to be shown.
    pub emblem: Option<Picture>,
    /// What a change is based on.
    pub version: i32,
}

/// The site as forms have it before they are saved; what is `None` is as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteDraft {
    /// Who publishes.
    pub identity: Option<Identity>,
    /// The slots of the front page.
    pub front: Option<FrontPlan>,
    /// All sections in their order.
    pub sections: Option<Vec<SectionDraft>>,
    /// Links of friends.
    pub friends: Option<Vec<Friend>>,
    /// Notices.
    pub notices: Option<Vec<NoticeDraft>>,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> Identity {
        Identity { name: "某市总工会".to_owned(), ..Identity::default() }
    }

    #[test]
    fn an_identity_needs_a_name_and_nothing_else() {
        assert_eq!(identity().check(), Ok(()));
        assert_eq!(Identity::default().check(), Err(Refusal::Missing { field: "name".to_owned() }));
        let long = Identity { name: "会".repeat(41), copyright: "\u{7}".to_owned(), ..identity() };
        let faults: Vec<&str> = long.faults().into_iter().map(|(field, _)| field).collect();
        assert_eq!(faults, ["name", "copyright"], "every field is told of, not only the first");
    }

    #[test]
    fn numbers_of_registers_are_kept_as_they_are_and_lead_to_their_record() {
        let with = |number: &str| Identity { police_number: number.to_owned(), ..identity() };
        let record = with("滇公网安备 53040202000001号").police_record();
        assert_eq!(record.as_deref(), Some("https://beian.mps.gov.cn/#/query/webSearch?code=53040202000001"));
        assert_eq!(with("").police_record(), None);
        assert_eq!(with("申请中").police_record(), None);
    }

    #[test]
    fn a_domain_and_a_code_are_real_or_none() {
        let domain = |domain: &str| Identity { domain: domain.to_owned(), ..identity() }.check();
        for good in ["", "www.yxgh.org.cn", "工会.中国", "127.0.0.1:3000"] {
            assert_eq!(domain(good), Ok(()), "{good}");
        }
        for bad in ["http://www.yxgh.cn", "www.yxgh.cn/", "a b.cn", ".cn", "-a.cn", "a.cn:x", "a..cn"] {
            assert_eq!(domain(bad), Err(Refusal::BadDomain { given: bad.to_owned() }), "{bad}");
        }
        let code = |code: &str| Identity { id_code: code.to_owned(), ..identity() }.check();
        for good in ["", "5304000001", "bm01000001"] {
            assert_eq!(code(good), Ok(()), "{good}");
        }
        for bad in ["530400000", "53040000010", "null", "五三零四零零零零零一"] {
            assert_eq!(code(bad), Err(Refusal::BadCode { given: bad.to_owned() }), "{bad}");
        }
    }

    #[test]
    fn an_address_leads_to_a_site_by_http_and_nowhere_else() {
        for good in ["https://www.acftu.org/", "http://a.cn", "HTTPS://a.cn/x?y#z", "https://全总.中国/"] {
            assert_eq!(check_address("link", good, false), Ok(()), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "https://a.cn@evil.cn/",
            "ftp://a.cn",
            "//a.cn",
            "/yaowen",
            "https://a cn/",
        ] {
            let refused = Err(Refusal::BadAddress { given: bad.to_owned() });
            assert_eq!(check_address("link", bad, false), refused, "{bad}");
        }
        assert_eq!(check_address("link", "/yaowen/1", true), Ok(()));
        assert!(check_address("link", "//evil.cn", true).is_err());
        assert_eq!(check_address("link", " ", true), Err(Refusal::Missing { field: "link".to_owned() }));
    }
}
