//! What the form of the front page holds: every row of its lists has a key and signals of its own, so that what is typed in
//! one row does not make the others anew.

use crate::admin::ui::caught_up;
use content::{
    ArticleId, CivilDateTime, Refusal, SectionId,
    site::{Chosen, Friend, FrontForm, FrontPlan, FrontRoom, NoticeDraft, SectionSlot},
};
use leptos::prelude::*;

/// A link of a friend as it is written.
#[derive(Clone, Copy, PartialEq)]
pub struct FriendRow {
    pub key: i64,
    pub name: RwSignal<String>,
    pub address: RwSignal<String>,
}

impl FriendRow {
    pub fn friend(self) -> Friend {
        Friend { name: self.name.get().trim().to_owned(), address: self.address.get().trim().to_owned() }
    }
}

/// A notice as it is written. A time is text until it is one.
#[derive(Clone, Copy, PartialEq)]
pub struct NoticeRow {
    pub key: i64,
    pub text: RwSignal<String>,
    pub link: RwSignal<String>,
    pub begins: RwSignal<String>,
    pub ends: RwSignal<String>,
    pub urgent: RwSignal<bool>,
}

impl NoticeRow {
    pub fn notice(self) -> Result<NoticeDraft, Refusal> {
        let time = |signal: RwSignal<String>| {
            let text = signal.get();
            (!text.is_empty()).then(|| CivilDateTime::try_from(text)).transpose()
        };
        Ok(NoticeDraft {
            text: self.text.get().trim().to_owned(),
            link: self.link.get().trim().to_owned(),
            begins: time(self.begins)?,
            ends: time(self.ends)?,
            urgent: self.urgent.get(),
        })
    }
}

/// The whole form.
#[derive(Clone, Copy)]
pub struct Held {
    pub headline: RwSignal<Option<ArticleId>>,
    pub pictures: RwSignal<Vec<ArticleId>>,
    /// The blocks, where somebody decides them.
    pub slots: RwSignal<Option<Vec<SectionSlot>>>,
    pub friends: RwSignal<Vec<FriendRow>>,
    pub notices: RwSignal<Vec<NoticeRow>>,
    /// What is known of the articles that are named.
    pub chosen: RwSignal<Vec<Chosen>>,
    base: RwSignal<FrontForm>,
    pub version: RwSignal<i32>,
    keys: StoredValue<i64>,
}

impl Held {
    pub fn new(room: FrontRoom) -> Self {
        let held = Self {
            headline: RwSignal::new(None),
            pictures: RwSignal::new(Vec::new()),
            slots: RwSignal::new(None),
            friends: RwSignal::new(Vec::new()),
            notices: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(room.chosen),
            base: RwSignal::new(room.form.clone()),
            version: RwSignal::new(room.version),
            keys: StoredValue::new(0),
        };
        held.fill(room.form);
        held
    }

    fn key(self) -> i64 {
        self.keys.update_value(|key| *key += 1);
        self.keys.get_value()
    }

    fn fill(self, form: FrontForm) {
        let FrontForm { plan, friends, notices } = form;
        self.headline.set(plan.headline);
        self.pictures.set(plan.pictures);
        self.slots.set(plan.sections);
        self.friends.set(friends.into_iter().map(|friend| self.friend_row(friend)).collect());
        self.notices.set(notices.into_iter().map(|notice| self.notice_row(notice)).collect());
    }

    /// A row for a friend.
    pub fn friend_row(self, friend: Friend) -> FriendRow {
        FriendRow { key: self.key(), name: RwSignal::new(friend.name), address: RwSignal::new(friend.address) }
    }

    /// A row for a notice.
    pub fn notice_row(self, notice: NoticeDraft) -> NoticeRow {
        let time = |time: Option<CivilDateTime>| RwSignal::new(time.map(|time| time.to_string()).unwrap_or_default());
        NoticeRow {
            key: self.key(),
            text: RwSignal::new(notice.text),
            link: RwSignal::new(notice.link),
            begins: time(notice.begins),
            ends: time(notice.ends),
            urgent: RwSignal::new(notice.urgent),
        }
    }

    /// What is written.
    pub fn form(self) -> Result<FrontForm, Refusal> {
        let form = self.unchecked()?;
        form.check()?;
        Ok(form)
    }

    fn unchecked(self) -> Result<FrontForm, Refusal> {
        Ok(FrontForm {
            plan: FrontPlan {
                headline: self.headline.get(),
                pictures: self.pictures.get(),
                sections: self.slots.get(),
            },
            friends: self.friends.get().into_iter().map(FriendRow::friend).collect(),
            notices: self.notices.get().into_iter().map(NoticeRow::notice).collect::<Result<_, _>>()?,
        })
    }

    /// Whether anything is written that is not saved.
    pub fn is_dirty(self) -> bool {
        self.unchecked().map_or(true, |form| self.base.with(|base| *base != form))
    }

    /// This stands now.
    pub fn saved(self, form: FrontForm, version: i32) {
        self.base.try_set(form);
        self.version.try_set(version);
    }

    /// Somebody else has saved: what this person wrote stays. The parts in which both changed something.
    pub fn catch_up(self, theirs: FrontRoom) -> Vec<String> {
        let mine = untrack(|| self.unchecked());
        let mut parts = Vec::new();
        if let Ok(mine) = mine
            && let Some((held, clashes)) = caught_up(&self.base.get_untracked(), &mine, &theirs.form)
        {
            parts.extend(clashes.into_iter().map(|(field, _)| field));
            self.fill(held);
        }
        self.chosen.update(|chosen| {
            for article in theirs.chosen {
                if !chosen.iter().any(|known| known.id == article.id) {
                    chosen.push(article);
                }
            }
        });
        self.base.set(theirs.form);
        self.version.set(theirs.version);
        parts
    }

    /// What an article is called.
    pub fn title(self, id: ArticleId) -> String {
        self.chosen.with(|chosen| {
            let known = chosen.iter().find(|article| article.id == id);
            known.map_or_else(|| id.to_string(), |article| article.title.clone())
        })
    }

    /// What is known of an article.
    pub fn known(self, id: ArticleId) -> Option<Chosen> {
        self.chosen.with(|chosen| chosen.iter().find(|article| article.id == id).cloned())
    }

    /// Takes note of an article that was found.
    pub fn note(self, article: Chosen) {
        self.chosen.update(|chosen| {
            chosen.retain(|known| known.id != article.id);
            chosen.push(article);
        });
    }

    /// Changes the number of titles of a block.
    pub fn set_titles(self, section: SectionId, titles: u8) {
        self.slots.update(|slots| {
            let found = slots.iter_mut().flatten().find(|slot| slot.section == section);
            if let Some(slot) = found {
                slot.titles = titles;
            }
        });
    }
}
