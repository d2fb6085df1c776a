//! What the front page shows beside what is new: chosen articles, the order of sections, links of friends, notices.

use super::check_address;
use crate::{
    ArticleId, CivilDateTime, Refusal, SectionId,
    article::{limited, required},
};
use serde::{Deserialize, Serialize};

/// Most chosen articles with pictures.
pub const MOST_PICTURES: usize = 6;
/// Most titles in a section's block.
pub const MOST_TITLES: u8 = 10;
/// Titles in a section's block where nobody said.
pub const USUAL_TITLES: u8 = 5;
/// Most links of friends.
pub const MOST_FRIENDS: usize = 60;
/// Most notices, those that are over included.
pub const MOST_NOTICES: usize = 30;
/// The longest name of a friend, in characters.
const LONGEST_FRIEND: usize = 40;
/// The longest notice, in characters.
const LONGEST_NOTICE: usize = 200;

/// The slots of the front page. What is empty is chosen by the system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FrontPlan {
    /// The headline; `None` is the newest of the news.
    pub headline: Option<ArticleId>,
    /// News with pictures, in their order; none are the newest that have a picture.
    pub pictures: Vec<ArticleId>,
    /// The blocks of sections in their order; `None` are all sections of the navigation.
    pub sections: Option<Vec<SectionSlot>>,
}

/// A section's block on the front page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionSlot {
    /// The section.
    pub section: SectionId,
    /// How many titles, 1 to [`MOST_TITLES`].
    pub titles: u8,
}

/// A link of a friend (友情链接).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Friend {
    /// The friend's name.
    pub name: String,
    /// The friend's site.
    pub address: String,
}

/// A notice as its form has it. Its times are civil times of the site's zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticeDraft {
    /// What it says.
    pub text: String,
    /// Where it leads; empty is nowhere.
    pub link: String,
    /// From when it is shown; `None` is at once.
    pub begins: Option<CivilDateTime>,
    /// Until when it is shown; `None` is until somebody takes it away.
    pub ends: Option<CivilDateTime>,
    /// Whether every page shows it, not only the front page.
    pub urgent: bool,
}

/// The form of the front page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FrontForm {
    /// The slots.
    pub plan: FrontPlan,
    /// Links of friends, in their order.
    pub friends: Vec<Friend>,
    /// Notices, in their order.
    pub notices: Vec<NoticeDraft>,
}

/// The front page's room: the form, what a change is based on, and what the articles are called that it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontRoom {
    /// The form.
    pub form: FrontForm,
    /// What a change is based on.
    pub version: i32,
    /// The articles that the plan names, in no order.
    pub chosen: Vec<Chosen>,
}

/// An article that the plan names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Its number.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// Whether readers see it: the system chooses in its place as long as they do not.
    pub public: bool,
    /// Whether it has a picture.
    pub pictured: bool,
}

impl FrontPlan {
    /// Checks the numbers of a plan. Whether its articles and sections exist is the store's to say.
    ///
    /// # Errors
    /// `OutOfRange`; `Twice` for an article or a section that is named twice.
    pub fn check(&self) -> Result<(), Refusal> {
        within("pictures", self.pictures.len(), MOST_PICTURES)?;
        if self.pictures.iter().enumerate().any(|(at, id)| self.pictures[..at].contains(id)) {
            return Err(Refusal::Twice { field: "pictures".to_owned() });
        }
        let slots = self.sections.as_deref().unwrap_or_default();
        within("sections", slots.len(), crate::section::MOST_SECTIONS)?;
        for (at, slot) in slots.iter().enumerate() {
            if !(1..=MOST_TITLES).contains(&slot.titles) {
                let field = "titles".to_owned();
                return Err(Refusal::OutOfRange { field, least: 1, most: u32::from(MOST_TITLES) });
            }
            if slots[..at].iter().any(|other| other.section == slot.section) {
                return Err(Refusal::Twice { field: "sections".to_owned() });
            }
        }
        Ok(())
    }
}

impl Friend {
    /// Checks a link of a friend.
    ///
    /// # Errors
    /// `Missing`, `TooLong`, `BadText`, `BadAddress`.
    pub fn check(&self) -> Result<(), Refusal> {
        required("friend", &self.name)?;
        limited("friend", &self.name, LONGEST_FRIEND)?;
        check_address("address", &self.address, false)
    }
}

impl NoticeDraft {
    /// Checks a notice.
    ///
    /// # Errors
    /// `Missing`, `TooLong`, `BadText`, `BadAddress`, `BadPeriod`.
    pub fn check(&self) -> Result<(), Refusal> {
        required("notice", &self.text)?;
        limited("notice", &self.text, LONGEST_NOTICE)?;
        if !self.link.is_empty() {
            check_address("link", &self.link, true)?;
        }
        match (self.begins, self.ends) {
            (Some(begins), Some(ends)) if ends <= begins => Err(Refusal::BadPeriod),
            _ => Ok(()),
        }
    }
}

impl FrontForm {
    /// Checks the whole form.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), Refusal> {
        self.plan.check()?;
        within("friends", self.friends.len(), MOST_FRIENDS)?;
        self.friends.iter().try_for_each(Friend::check)?;
        within("notices", self.notices.len(), MOST_NOTICES)?;
        self.notices.iter().try_for_each(NoticeDraft::check)
    }
}

fn within(field: &str, count: usize, most: usize) -> Result<(), Refusal> {
    let most = u32::try_from(most).unwrap_or(u32::MAX);
    if u32::try_from(count).unwrap_or(u32::MAX) <= most {
        Ok(())
    } else {
        Err(Refusal::OutOfRange { field: field.to_owned(), least: 0, most })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::WrittenTime;

    fn at(text: &str) -> Option<CivilDateTime> {
        match WrittenTime::parse(text) {
            Ok(WrittenTime::Civil(time)) => Some(time),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_plan_names_nothing_twice_and_keeps_to_its_numbers() {
        let slot = |section, titles| SectionSlot { section: SectionId(section), titles };
        let plan = |pictures: &[i64], slots: Vec<SectionSlot>| FrontPlan {
            headline: None,
            pictures: pictures.iter().map(|id| ArticleId(*id)).collect(),
            sections: Some(slots),
        };
        assert_eq!(FrontPlan::default().check(), Ok(()));
        assert_eq!(plan(&[1, 2, 3, 4, 5, 6], vec![slot(1, 1), slot(2, 10)]).check(), Ok(()));
        let many = Refusal::OutOfRange { field: "pictures".to_owned(), least: 0, most: 6 };
        assert_eq!(plan(&[1, 2, 3, 4, 5, 6, 7], vec![]).check(), Err(many));
        assert_eq!(plan(&[1, 1], vec![]).check(), Err(Refusal::Twice { field: "pictures".to_owned() }));
        assert_eq!(
            plan(&[], vec![slot(1, 5), slot(1, 4)]).check(),
            Err(Refusal::Twice { field: "sections".to_owned() })
        );
        for titles in [0, 11] {
            let refused = Refusal::OutOfRange { field: "titles".to_owned(), least: 1, most: 10 };
            assert_eq!(plan(&[], vec![slot(1, titles)]).check(), Err(refused));
        }
    }

    #[test]
    fn a_notice_says_something_and_ends_after_it_begins() {
        let notice =
            |begins, ends| NoticeDraft { text: "停电通知".to_owned(), begins, ends, ..NoticeDraft::default() };
        assert_eq!(notice(None, None).check(), Ok(()));
        assert_eq!(notice(at("2026-01-01 08:00"), at("2026-01-01 08:01")).check(), Ok(()));
        assert_eq!(notice(at("2026-01-01 08:00"), at("2026-01-01 08:00")).check(), Err(Refusal::BadPeriod));
        assert_eq!(NoticeDraft::default().check(), Err(Refusal::Missing { field: "notice".to_owned() }));
        let linked = NoticeDraft { link: "javascript:x".to_owned(), ..notice(None, None) };
        assert!(matches!(linked.check(), Err(Refusal::BadAddress { .. })));
    }

    #[test]
    fn a_notice_travels_with_its_civil_times() {
        let notice = NoticeDraft { text: "甲".to_owned(), begins: at("2026-01-01 08:00"), ..NoticeDraft::default() };
        let json = serde_json::to_string(&notice).unwrap();
        assert!(json.contains("\"2026-01-01T08:00:00\""), "{json}");
        assert_eq!(serde_json::from_str::<NoticeDraft>(&json).unwrap(), notice);
    }

    #[test]
    fn a_friend_has_a_name_and_a_site() {
        let friend = |name: &str, address: &str| Friend { name: name.to_owned(), address: address.to_owned() };
        assert_eq!(friend("全国总工会", "https://www.acftu.org/").check(), Ok(()));
        assert_eq!(friend("", "https://a.cn").check(), Err(Refusal::Missing { field: "friend".to_owned() }));
        assert_eq!(friend("甲", "").check(), Err(Refusal::Missing { field: "address".to_owned() }));
    }
}
