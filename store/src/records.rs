//! What every action leaves behind in its own transaction: an audit entry, and change records for what readers see.

use crate::{
    Result, Store,
    entity::{audit, change},
    unix_now,
};
use content::{Actor, SectionId};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};

/// The kinds of records that audit entries and change records speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An article.
    Article,
    /// A section.
    Section,
    /// The site's identity or front page.
    Site,
    /// A picture or file.
    Media,
    /// An account, its password, its sessions.
    Account,
    /// Articles that came in together.
    Import,
    /// What a program acts with.
    Token,
}

impl Subject {
    /// The name under which it is stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Section => "section",
            Self::Site => "site",
            Self::Media => "media",
            Self::Account => "account",
            Self::Import => "import",
            Self::Token => "token",
        }
    }
}

/// Something that readers' pages must learn of.
pub(crate) struct Change {
    subject: Subject,
    id: i64,
    section: Option<SectionId>,
    moved: bool,
}

impl Change {
    /// An article in a list where it stands or stood. `moved` where the list is another one: it came, went, took another
    /// place, was pinned, or has another picture, of which the front page takes the newest.
    pub(crate) const fn article(id: i64, section: SectionId, moved: bool) -> Self {
        Self { subject: Subject::Article, id, section: Some(section), moved }
    }

    /// A section.
    pub(crate) const fn section(id: SectionId) -> Self {
        Self { subject: Subject::Section, id: id.0, section: Some(id), moved: true }
    }

    /// What stands around every page.
    pub(crate) const fn site() -> Self {
        Self { subject: Subject::Site, id: 1, section: None, moved: true }
    }

    /// What the front page alone shows of the site.
    pub(crate) const fn plan() -> Self {
        Self { subject: Subject::Site, id: 1, section: None, moved: false }
    }
}

/// Writes the audit entry of an action.
pub(crate) async fn audit(
    tx: &impl ConnectionTrait,
    actor: &Actor,
    action: &str,
    subject: (Subject, Option<i64>),
    before: &str,
    after: &str,
) -> Result<()> {
    audit_from(tx, actor, action, subject, (before, after), "").await
}

/// The same with the address from which it came.
pub(crate) async fn audit_from(
    tx: &impl ConnectionTrait,
    actor: &Actor,
    action: &str,
    subject: (Subject, Option<i64>),
    (before, after): (&str, &str),
    address: &str,
) -> Result<()> {
    let entry = audit::ActiveModel {
        at: Set(unix_now().0),
        actor: Set(actor.kind().to_owned()),
        account_id: Set(actor.account().map(|account| account.0)),
        action: Set(action.to_owned()),
        subject: Set(subject.0.key().to_owned()),
        subject_id: Set(subject.1),
        before: Set(before.to_owned()),
        after: Set(after.to_owned()),
        address: Set(address.to_owned()),
        token: Set(actor.token().to_owned()),
        ..Default::default()
    };
    audit::Entity::insert(entry).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes change records, in the order given.
pub(crate) async fn changed(tx: &impl ConnectionTrait, changes: impl IntoIterator<Item = Change>) -> Result<()> {
    let at = unix_now().0;
    let rows: Vec<_> = changes
        .into_iter()
        .map(|change| change::ActiveModel {
            at: Set(at),
            subject: Set(change.subject.key().to_owned()),
            subject_id: Set(change.id),
            section_id: Set(change.section.map(|section| section.0)),
            moved: Set(change.moved),
            ..Default::default()
        })
        .collect();
    if !rows.is_empty() {
        change::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// The fields in which two states of something differ, each side as JSON: what the audit keeps of a form.
pub(crate) fn changed_fields<T: serde::Serialize>(before: &T, after: &T) -> Result<(String, String)> {
    use serde_json::{Map, Value};
    let object = |value: &T| match serde_json::to_value(value) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Ok(Map::new()),
        Err(error) => Err(crate::Error::Corrupt(error.to_string())),
    };
    let (before, after) = (object(before)?, object(after)?);
    let only = |own: &Map<String, Value>, other: &Map<String, Value>| {
        let differ = own.iter().filter(|(name, value)| other.get(*name) != Some(value));
        Value::Object(differ.map(|(name, value)| (name.clone(), value.clone())).collect()).to_string()
    };
    Ok((only(&before, &after), only(&after, &before)))
}

impl Store {
    /// The change cursor: the number of the newest change record, 0 where there is none.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn cursor(&self) -> Result<i64> {
        let newest = change::Entity::find()
            .select_only()
            .column(change::Column::Id)
            .order_by_desc(change::Column::Id)
            .into_tuple::<i64>()
            .one(&self.db)
            .await?;
        Ok(newest.unwrap_or(0))
    }
}
