//! A filter of the lists as statements ask for it: its conditions, its order, and the index that walks it in this order.

use crate::{Error, Result, Store};
use content::{
    CivilDate, CivilDateTime, Refusal, Timestamp,
    article::State,
    desk::{Filter, Sort},
    time::WrittenTime,
};
use sea_orm::Value;
use std::fmt;

/// A list in the making: conditions with their values.
#[derive(Default)]
pub(super) struct Query {
    pub(super) conditions: Vec<String>,
    pub(super) values: Vec<Value>,
}

impl Query {
    /// `condition` holds `{}` where the value stands.
    pub(super) fn and(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.conditions.push(condition.replace("{}", &format!("${}", self.values.len())));
    }

    /// Narrows the list to these, which are few: they are looked up, whatever index walks the list.
    pub(super) fn only(&mut self, ids: &[i64], by: &mut String) {
        let ids = ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        self.conditions.push(if ids.is_empty() { "1 = 0".to_owned() } else { format!("a.id IN ({ids})") });
        by.clear();
    }

    /// Behind the mark, in this order.
    fn beyond(&mut self, mark: &Mark, order: Order) {
        let sign = if order.descending { "<" } else { ">" };
        self.values.push(mark.at.into());
        self.values.push(mark.id.into());
        let last = self.values.len();
        let (column, at) = (order.column, last - 1);
        self.conditions.push(format!("({column}, a.id) {sign} (${at}, ${last})"));
        // SQLite does not look for a pair in the index of an expression, but for its first half.
        if column.contains('(') {
            self.conditions.push(format!("{column} {sign}= ${at}"));
        }
    }
}

/// The order of a list: the column that leads it, and whether the largest stands first.
#[derive(Clone, Copy)]
pub(super) struct Order {
    pub(super) column: &'static str,
    pub(super) descending: bool,
}

impl Order {
    /// That of a filter; behind a mark that leads back it is turned round.
    pub(super) fn of(filter: &Filter, mark: Option<&Mark>) -> Self {
        let (column, largest_first) = match filter.sort {
            _ if filter.bin => ("a.deleted_at", true),
            Sort::Updated => ("a.updated_at", true),
            Sort::UpdatedOldest => ("a.updated_at", false),
            Sort::Shown => ("COALESCE(a.shown_at, 0)", true),
            Sort::Created => ("a.created_at", true),
            Sort::Scheduled => ("a.scheduled_at", false),
        };
        Self { column, descending: largest_first != mark.is_some_and(|mark| mark.back) }
    }

    /// `ASC` or `DESC`.
    pub(super) const fn way(self) -> &'static str {
        if self.descending { "DESC" } else { "ASC" }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (column, way) = (self.column, self.way());
        write!(f, "{column} {way}, a.id {way}")
    }
}

/// The index that walks the list in its order, for SQLite, which has no statistics to choose by and takes any that begins
/// like the filter. Every two of the filters have an index of their own. Where all three are given, an author's articles
/// that are not public are few, and so are those of one section.
pub(super) fn index_of(filter: &Filter) -> String {
    let (section, author) = (filter.section.is_some(), filter.author.is_some());
    let lead = match (section, author, filter.state) {
        (true, false, Some(_)) => "section_and_state",
        (false, true, Some(_)) => "author_and_state",
        (true, true, Some(state)) if state != State::Published => "author_and_state",
        (true, true, _) => "section_and_author",
        (true, false, None) => "section",
        (false, true, None) => "author",
        (false, false, Some(_)) => "state",
        (false, false, None) => "",
    };
    let name = match (lead, filter.sort) {
        ("", _) if filter.bin => "in_bin".to_owned(),
        (lead, _) if filter.bin => format!("in_bin_by_{}", lead.split("_and_").next().unwrap_or_default()),
        (_, Sort::Scheduled) => "scheduled".to_owned(),
        ("", Sort::Updated | Sort::UpdatedOldest) => "by_time".to_owned(),
        ("", Sort::Shown) => "by_shown_time".to_owned(),
        ("", Sort::Created) => "by_creation".to_owned(),
        (lead, Sort::Updated | Sort::UpdatedOldest) => format!("by_{lead}"),
        (lead, Sort::Shown) => format!("by_{lead}_and_shown_time"),
        (lead, Sort::Created) => format!("by_{lead}_and_creation"),
    };
    format!("INDEXED BY articles_{name}")
}

/// A place in a list: before or behind a row.
pub(crate) struct Mark {
    pub(crate) back: bool,
    pub(crate) at: i64,
    pub(crate) id: i64,
}

impl Mark {
    pub(crate) fn read(text: &str) -> Result<Self> {
        let bad = || Error::Refused(Refusal::NotFound);
        let mut parts = text.split('.');
        let (Some(way), Some(at), Some(id), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(bad());
        };
        let back = match way {
            "n" => false,
            "p" => true,
            _ => return Err(bad()),
        };
        Ok(Self { back, at: at.parse().map_err(|_| bad())?, id: id.parse().map_err(|_| bad())? })
    }

    pub(crate) fn write(back: bool, at: i64, id: i64) -> String {
        format!("{}.{at}.{id}", if back { "p" } else { "n" })
    }
}

impl Store {
    /// The conditions of a filter but its text. Its days are of the time by which the list is ordered, so they are a part of
    /// the index that walks it.
    pub(super) fn filtered(&self, filter: &Filter, mark: Option<&Mark>) -> Result<Query> {
        let mut query = Query::default();
        let order = Order::of(filter, mark);
        query.conditions.push(format!("a.deleted_at IS {}NULL", if filter.bin { "NOT " } else { "" }));
        if filter.sort == Sort::Scheduled && !filter.bin {
            query.conditions.push("a.scheduled_at IS NOT NULL".to_owned());
        }
        if let Some(section) = filter.section {
            query.and("a.section_id = {}", section.0);
        }
        if let Some(state) = filter.state {
            query.and("a.state = {}", state.key());
        }
        if let Some(author) = filter.author {
            query.and("a.author_id = {}", author.0);
        }
        // A mark stands within the days, so it takes the place of the end on its side: with both of them SQLite might walk
        // from the farther one.
        if let Some(from) = filter.from.filter(|_| mark.is_none() || order.descending) {
            query.and(&format!("{} >= {{}}", order.column), self.midnight(from)?.0);
        }
        if let Some(to) = filter.to.filter(|_| mark.is_none() || !order.descending) {
            query.and(&format!("{} < {{}}", order.column), self.midnight(to)?.0 + 86_400_000);
        }
        if let Some(mark) = mark {
            query.beyond(mark, order);
        }
        Ok(query)
    }

    pub(in crate::articles) fn midnight(&self, date: CivilDate) -> Result<Timestamp> {
        Ok(self.zone.instant(WrittenTime::Civil(CivilDateTime { date, hour: 0, minute: 0, second: 0 }))?)
    }
}
