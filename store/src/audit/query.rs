//! The one statement of the record: narrowed by a filter, in the order of time, found by an index.

use crate::{Error, Result, Store, articles::Mark, articles::statement};
use content::{
    AccountId, Actor, CivilDate, CivilDateTime, Timestamp,
    permission::{self, Action},
    record::{RecordFilter, RecordRow, Who},
    time::WrittenTime,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What an action did, as it is stored.
#[derive(FromQueryResult)]
pub(super) struct Entry {
    pub(super) id: i64,
    pub(super) at: i64,
    actor: String,
    account_id: Option<i64>,
    action: String,
    subject: String,
    subject_id: Option<i64>,
    before: String,
    after: String,
    address: String,
    token: String,
    display_name: Option<String>,
}

/// Conditions with their values; `$1` is the first.
pub(super) struct Narrowed {
    conditions: Vec<String>,
    values: Vec<Value>,
    index: &'static str,
}

impl Narrowed {
    fn and(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.conditions.push(condition.replace("{}", &format!("${}", self.values.len())));
    }

    /// Only what stands beyond a place, or up to it.
    pub(super) fn beyond(&mut self, mark: &Mark) {
        let sign = if mark.back { ">" } else { "<" };
        self.values.extend([mark.at.into(), mark.id.into()]);
        let last = self.values.len();
        self.conditions.push(format!("(at, id) {sign} (${}, ${last})", last - 1));
    }

    /// Only what was written before.
    pub(super) fn before(&mut self, id: i64) {
        self.and("id < {}", id);
    }

    /// The statement. The rows are found in the index first and joined then.
    pub(super) fn sql(&self, by: &str, back: bool, limit: usize) -> String {
        let conditions = if self.conditions.is_empty() { "1 = 1".to_owned() } else { self.conditions.join(" AND ") };
        let way = if back { "ASC" } else { "DESC" };
        format!(
            "SELECT a.id, a.at, a.actor, a.account_id, a.action, a.subject, a.subject_id, a.before, a.after, a.address, \
             a.token, c.display_name FROM (SELECT * FROM audit {by} WHERE {conditions} ORDER BY at {way}, id {way} LIMIT {limit}) a \
             LEFT JOIN accounts c ON c.id = a.account_id ORDER BY a.at {way}, a.id {way}"
        )
    }
}

impl Store {
    /// The conditions of a filter.
    pub(super) fn narrowed(&self, filter: &RecordFilter) -> Result<Narrowed> {
        filter.check()?;
        let mut query = Narrowed { conditions: Vec::new(), values: Vec::new(), index: index_of(filter) };
        match filter.who {
            Some(Who::Account(id)) => query.and("account_id = {}", id.0),
            Some(Who::System) => query.and("actor = {}", Actor::Operator.kind()),
            Some(Who::Visitor) => query.and("actor = {}", Actor::Anonymous.kind()),
            None => {}
        }
        if let Some(action) = &filter.action {
            query.and("action = {}", action.as_str());
        }
        if let Some(subject) = &filter.subject {
            query.and("subject = {}", subject.kind.as_str());
            if let Some(id) = subject.id {
                query.and("subject_id = {}", id);
            }
        }
        if let Some(from) = filter.from {
            query.and("at >= {}", self.day(from)?.0);
        }
        if let Some(to) = filter.to {
            // The next midnight, which is not always 24 hours away.
            query.and("at < {}", self.day(next(to))?.0);
        }
        let address = filter.address.trim();
        if !address.is_empty() {
            query.and("address = {} AND address <> ''", address);
        }
        Ok(query)
    }

    fn day(&self, date: CivilDate) -> Result<Timestamp> {
        Ok(self.zone.instant(WrittenTime::Civil(CivilDateTime { date, hour: 0, minute: 0, second: 0 }))?)
    }

    /// The entries of a statement.
    pub(super) async fn entries(&self, query: Narrowed, back: bool, limit: usize) -> Result<Vec<Entry>> {
        // SQLite has no statistics to choose by and would take any index that begins like the filter.
        let by = if self.is_sqlite() { format!("INDEXED BY {}", query.index) } else { String::new() };
        let sql = query.sql(&by, back, limit);
        Ok(Entry::find_by_statement(statement(&self.db, &sql, query.values)).all(&self.db).await?)
    }

    /// Entries as they are shown: with the titles of what they speak of, in one statement a kind.
    pub(super) async fn shown(&self, entries: Vec<Entry>) -> Result<Vec<RecordRow>> {
        let mut wanted: BTreeMap<&'static str, BTreeSet<i64>> = BTreeMap::new();
        for entry in &entries {
            if let Some((titles, id)) = titles_of(&entry.subject).zip(entry.subject_id) {
                wanted.entry(titles).or_default().insert(id);
            }
        }
        let mut titles: HashMap<(&'static str, i64), String> = HashMap::new();
        for (from, ids) in wanted {
            let ids = ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
            let rows = self.db.query_all_raw(statement(&self.db, &from.replace("{}", &ids), [])).await?;
            for row in rows {
                titles.insert((from, row.try_get("", "id")?), row.try_get("", "title")?);
            }
        }
        let title = |entry: &Entry| titles.get(&(titles_of(&entry.subject)?, entry.subject_id?)).cloned();
        let row = |entry: Entry| RecordRow {
            title: title(&entry).filter(|title| !title.is_empty()),
            id: entry.id,
            at: self.zone.shown(Timestamp(entry.at)),
            who: match entry.account_id {
                Some(id) => Who::Account(AccountId(id)),
                None if entry.actor == Actor::Operator.kind() => Who::System,
                None => Who::Visitor,
            },
            name: entry.display_name.unwrap_or_default(),
            token: entry.token,
            action: entry.action,
            subject: entry.subject,
            subject_id: entry.subject_id,
            before: entry.before,
            after: entry.after,
            address: entry.address,
        };
        Ok(entries.into_iter().map(row).collect())
    }
}

/// Whether the actor may read the record.
pub(super) fn allowed(actor: &Actor) -> Result<()> {
    match permission::can(actor, Action::ReadRecord, permission::Subject::Site) {
        true => Ok(()),
        false => Err(Error::not_allowed(Action::ReadRecord)),
    }
}

/// The index that walks the record in its order with as little beside the way as can be.
pub(super) fn index_of(filter: &RecordFilter) -> &'static str {
    let account = matches!(filter.who, Some(Who::Account(_)));
    match &filter.subject {
        Some(subject) if subject.id.is_some() => "audit_of_record",
        _ if !filter.address.trim().is_empty() => "audit_from_address",
        // What one person rarely does would be looked for through all that they do.
        _ if account && filter.action.is_some() => "audit_of_account_and_action",
        _ if account => "audit_of_account",
        _ if filter.action.is_some() => "audit_of_action",
        Some(_) => "audit_of_kind",
        None if filter.who.is_some() => "audit_of_actor",
        None => "audit_in_order",
    }
}

/// Where the titles of a kind stand; `{}` are the numbers.
fn titles_of(kind: &str) -> Option<&'static str> {
    match kind {
        "article" => Some(
            "SELECT a.id, r.title FROM articles a JOIN revisions r ON r.id = a.working_revision_id WHERE a.id IN ({})",
        ),
        "section" => Some("SELECT id, name AS title FROM sections WHERE id IN ({})"),
        "account" => Some("SELECT id, display_name AS title FROM accounts WHERE id IN ({})"),
        "media" => Some("SELECT id, file_name AS title FROM media WHERE id IN ({})"),
        "token" => Some("SELECT id, name AS title FROM tokens WHERE id IN ({})"),
        "import" => Some("SELECT id, name AS title FROM imports WHERE id IN ({})"),
        _ => None,
    }
}

/// The day after; the last one of the calendar has none.
fn next(day: CivilDate) -> CivilDate {
    let (year, month) = (day.year(), day.month());
    let same_month = CivilDate::new(year, month, day.day() + 1);
    let next_month = || CivilDate::new(year, month + 1, 1);
    let next_year = || CivilDate::new(year.saturating_add(1), 1, 1);
    same_month.or_else(|_| next_month()).or_else(|_| next_year()).unwrap_or(day)
}
