//! The lists of the admin: filtered, sorted, and paged by the place of the last row, so that any page costs the same.

use super::{
    row::statement,
    search::{self, Many, Matches},
};
use crate::{Error, Result, Store, sections};
use content::{
    AccountId, Actor, ArticleId, CivilDate, CivilDateTime, MediaId, Refusal, SectionId, Timestamp,
    article::{State, limited},
    desk::{
        AuthorChoice, Desk, DeskPage, DeskRow, Filter, LARGEST_BATCH, LONGEST_QUERY, PAGE_SIZE, SectionChoice, Sort,
    },
    media::File,
    permission::{self, Action},
    time::WrittenTime,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

/// Rows at the head of a list that are read for a text with many matches: about 10 ms, and 20 ms where each row of the
/// articles is looked at too.
const NEAR: usize = 10_000;

/// Rows of each part of the dashboard.
const WAITING: u32 = 20;

/// Whether the actor may see what stands on the desk: a newsroom has no secrets from those who have a role in it.
pub(crate) fn may_see(actor: &Actor) -> Result<()> {
    match permission::can(actor, Action::See, permission::Subject::Site) {
        true => Ok(()),
        false => Err(Error::not_allowed(Action::See)),
    }
}

/// All that the actor may do to an article.
pub(super) fn what_may(actor: &Actor, subject: permission::Subject) -> Vec<Action> {
    const ASKED: [Action; 6] =
        [Action::Edit, Action::Submit, Action::Review, Action::Publish, Action::Withdraw, Action::Bin];
    ASKED.into_iter().filter(|action| permission::can(actor, *action, subject)).collect()
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    section_id: i64,
    state: String,
    author_id: Option<i64>,
    published_revision_id: Option<i64>,
    shown_at: Option<i64>,
    scheduled_at: Option<i64>,
    created_at: i64,
    updated_at: i64,
    deleted_at: Option<i64>,
    title: String,
    slug: String,
    name: String,
    author: Option<String>,
}

/// A list in the making: conditions with their values.
#[derive(Default)]
struct Query {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Query {
    /// `condition` holds `{}` where the value stands.
    fn and(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.conditions.push(condition.replace("{}", &format!("${}", self.values.len())));
    }

    /// Narrows the list to these, which are few: they are looked up, whatever index walks the list.
    fn only(&mut self, ids: &[i64], by: &mut String) {
        let ids = ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        self.conditions.push(if ids.is_empty() { "1 = 0".to_owned() } else { format!("a.id IN ({ids})") });
        by.clear();
    }
}

/// The index that walks the list in its order, for SQLite, which has no statistics to choose by and takes any that begins
/// like the filter. A state other than published is rare, so it is the best to begin with.
fn index_of(filter: &Filter) -> String {
    let rare = filter.state.is_some_and(|state| state != State::Published);
    let lead = match filter {
        _ if filter.bin => return "INDEXED BY articles_in_bin".to_owned(),
        _ if filter.sort == Sort::Scheduled => return "INDEXED BY articles_scheduled".to_owned(),
        _ if rare => "state",
        _ if filter.author.is_some() => "author",
        _ if filter.section.is_some() => "section",
        _ if filter.state.is_some() => "state",
        _ => "",
    };
    let name = match (lead, filter.sort) {
        ("", Sort::Updated | Sort::UpdatedOldest) => "time".to_owned(),
        ("", Sort::Shown) => "shown_time".to_owned(),
        ("", Sort::Created) => "creation".to_owned(),
        (_, Sort::Scheduled) => "scheduled".to_owned(),
        (lead, Sort::Updated | Sort::UpdatedOldest) => lead.to_owned(),
        (lead, Sort::Shown) => format!("{lead}_and_shown_time"),
        (lead, Sort::Created) => format!("{lead}_and_creation"),
    };
    format!("INDEXED BY articles_by_{name}")
}

/// The order of a sort: the column that leads it, and whether the largest stands first.
const fn order(filter: &Filter) -> (&'static str, bool) {
    if filter.bin {
        return ("a.deleted_at", true);
    }
    match filter.sort {
        Sort::Updated => ("a.updated_at", true),
        Sort::UpdatedOldest => ("a.updated_at", false),
        Sort::Shown => ("COALESCE(a.shown_at, 0)", true),
        Sort::Created => ("a.created_at", true),
        Sort::Scheduled => ("a.scheduled_at", false),
    }
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
    /// A page of a list.
    ///
    /// # Errors
    /// An actor who may see nothing, a mark that is none, a text that is too long.
    pub async fn desk_page(&self, actor: &Actor, filter: &Filter, mark: Option<&str>) -> Result<DeskPage> {
        may_see(actor)?;
        limited("query", &filter.text, LONGEST_QUERY)?;
        let mark = mark.map(Mark::read).transpose()?;
        let mut query = self.filtered(filter)?;
        let (column, largest_first) = order(filter);
        let back = mark.as_ref().is_some_and(|mark| mark.back);
        let descending = largest_first != back;
        if let Some(mark) = &mark {
            let sign = if descending { "<" } else { ">" };
            query.values.push(mark.at.into());
            query.values.push(mark.id.into());
            let last = query.values.len();
            query.conditions.push(format!("({column}, a.id) {sign} (${}, ${last})", last - 1));
        }
        let way = if descending { "DESC" } else { "ASC" };
        let order = format!("{column} {way}, a.id {way}");
        let limit = usize::try_from(PAGE_SIZE).unwrap_or(50);
        let mut by = if self.is_sqlite() { index_of(filter) } else { String::new() };
        match search::find(&self.db, &filter.text).await? {
            Matches::All => {}
            Matches::These(ids) => query.only(&ids, &mut by),
            Matches::Many(many) => {
                let ids = self.first_of_many(&query, many, &by, (column, way), limit + 1).await?;
                query.only(&ids, &mut by);
            }
        }
        let mut rows = self.desk_rows(query, &by, &order, limit + 1).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        if back {
            rows.reverse();
        }
        let at = |row: &Row, back| Mark::write(back, place_of(row, filter), row.id);
        let next = rows.last().filter(|_| more || back).map(|row| at(row, false));
        let previous = rows.first().filter(|_| if back { more } else { mark.is_some() }).map(|row| at(row, true));
        let rows = rows.into_iter().map(|row| self.desk_row(actor, row)).collect::<Result<_>>()?;
        Ok(DeskPage { rows, next, previous })
    }

    /// The conditions of a filter but its text.
    fn filtered(&self, filter: &Filter) -> Result<Query> {
        let mut query = Query::default();
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
        if let Some(from) = filter.from {
            query.and("a.updated_at >= {}", self.midnight(from)?.0);
        }
        if let Some(to) = filter.to {
            query.and("a.updated_at < {}", self.midnight(to)?.0 + 86_400_000);
        }
        Ok(query)
    }

    /// The first articles of a list whose text matches as many others do. The head of the list is read, where a page of
    /// them mostly stands; if it does not, the index is asked for all of them and they are put in order.
    async fn first_of_many(
        &self,
        query: &Query,
        many: Many,
        by: &str,
        (column, way): (&str, &str),
        limit: usize,
    ) -> Result<Vec<i64>> {
        let like = "t.text LIKE {} ESCAPE '\\'";
        let conditions = query.conditions.join(" AND ");
        let mut near = Query { conditions: Vec::new(), values: query.values.clone() };
        near.and(like, many.pattern.as_str());
        let like_near = near.conditions.join(" AND ");
        let sql = format!(
            "SELECT l.id FROM (SELECT a.id, {column} AS place FROM articles a {by} WHERE {conditions} \
             ORDER BY {column} {way}, a.id {way} LIMIT {NEAR}) l JOIN article_texts t ON t.article_id = l.id \
             WHERE {like_near} ORDER BY l.place {way}, l.id {way} LIMIT {limit}"
        );
        let found = self.numbers(&sql, near.values).await?;
        if found.len() >= limit {
            return Ok(found);
        }
        let sql = format!("SELECT a.id FROM articles a {by} WHERE {conditions} LIMIT 1 OFFSET {NEAR}");
        if self.numbers(&sql, query.values.clone()).await?.is_empty() {
            return Ok(found);
        }
        let mut far = Query { conditions: query.conditions.clone(), values: query.values.clone() };
        far.and(like, many.pattern.as_str());
        let (from, asked) = many.asked(&self.db);
        if let Some((condition, value)) = asked {
            far.and(condition, value);
        }
        let conditions = far.conditions.join(" AND ");
        let sql =
            format!("SELECT a.id FROM {from} WHERE {conditions} ORDER BY {column} {way}, a.id {way} LIMIT {limit}");
        self.numbers(&sql, far.values).await
    }

    async fn numbers(&self, sql: &str, values: Vec<Value>) -> Result<Vec<i64>> {
        let rows = self.db.query_all_raw(statement(&self.db, sql, values)).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<std::result::Result<_, _>>()?)
    }

    fn midnight(&self, date: CivilDate) -> Result<Timestamp> {
        Ok(self.zone.instant(WrittenTime::Civil(CivilDateTime { date, hour: 0, minute: 0, second: 0 }))?)
    }

    async fn desk_rows(&self, query: Query, by: &str, order: &str, limit: usize) -> Result<Vec<Row>> {
        let conditions = query.conditions.join(" AND ");
        // The rows of the page are found in the index first, and joined then.
        let sql = format!(
            "SELECT a.id, a.section_id, a.state, a.author_id, a.published_revision_id, a.shown_at, \
             a.scheduled_at, a.created_at, a.updated_at, a.deleted_at, r.title, s.slug, s.name, c.display_name AS author \
             FROM (SELECT * FROM articles a {by} WHERE {conditions} ORDER BY {order} LIMIT {limit}) a \
             JOIN revisions r ON r.id = a.working_revision_id JOIN sections s ON s.id = a.section_id \
             LEFT JOIN accounts c ON c.id = a.author_id ORDER BY {order}"
        );
        Ok(Row::find_by_statement(statement(&self.db, &sql, query.values)).all(&self.db).await?)
    }

    fn desk_row(&self, actor: &Actor, row: Row) -> Result<DeskRow> {
        let section = SectionId(row.section_id);
        let subject = permission::Subject::Article { section, author: row.author_id.map(AccountId) };
        let state =
            State::of_key(&row.state).ok_or_else(|| Error::Corrupt(format!("article {} is {}", row.id, row.state)))?;
        Ok(DeskRow {
            id: ArticleId(row.id),
            title: row.title,
            section_id: section,
            section: sections::link(row.slug, row.name)?,
            state,
            public: row.published_revision_id.is_some(),
            author: row.author.unwrap_or_default(),
            updated: self.zone.shown(Timestamp(row.updated_at)),
            shown: row.shown_at.map(|at| self.zone.shown(Timestamp(at))),
            scheduled: row.scheduled_at.map(|at| self.zone.shown(Timestamp(at))),
            binned: row.deleted_at.map(|at| self.zone.shown(Timestamp(at))),
            may: what_may(actor, subject),
        })
    }

    /// What waits for the actor.
    ///
    /// # Errors
    /// An actor who may see nothing.
    pub async fn desk(&self, actor: &Actor) -> Result<Desk> {
        may_see(actor)?;
        let account = actor.account().ok_or(Refusal::SignedOut)?;
        let mine = |state| Filter { state: Some(state), author: Some(account), ..Filter::default() };
        let all = |state| Filter { state: Some(state), ..Filter::default() };
        let sql = "SELECT COUNT(*) AS n FROM fragments WHERE account_id = $1";
        let row = self.db.query_one_raw(statement(&self.db, sql, [account.0.into()])).await?;
        let fragments: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
        let review = self.some(actor, all(State::Submitted), Some(Action::Review)).await?;
        let mut publish = self.some(actor, all(State::Approved), Some(Action::Publish)).await?;
        publish.extend(self.unreviewed(actor, all(State::Submitted)).await?);
        let soonest = Filter { sort: Sort::Scheduled, ..Filter::default() };
        Ok(Desk {
            drafts: self.some(actor, mine(State::Draft), None).await?,
            review,
            publish,
            waiting: self.some(actor, mine(State::Submitted), None).await?,
            scheduled: self.some(actor, soonest, None).await?,
            fragments: u32::try_from(fragments).unwrap_or(u32::MAX),
        })
    }

    /// What was handed in where there is no review: it waits for whoever may publish it and has no review to pass.
    async fn unreviewed(&self, actor: &Actor, filter: Filter) -> Result<Vec<DeskRow>> {
        let free = self.numbers("SELECT id FROM sections WHERE stages = 0", Vec::new()).await?;
        let mut rows = self.some(actor, filter, Some(Action::Publish)).await?;
        rows.retain(|row| free.contains(&row.section_id.0) && !row.may.contains(&Action::Review));
        Ok(rows)
    }

    /// The first rows of a list, those only to which the actor may do something.
    async fn some(&self, actor: &Actor, filter: Filter, action: Option<Action>) -> Result<Vec<DeskRow>> {
        let page = self.desk_page(actor, &filter, None).await?;
        let may = |row: &DeskRow| action.is_none_or(|action| row.may.contains(&action));
        Ok(page.rows.into_iter().filter(may).take(WAITING as usize).collect())
    }

    /// The sections with what the actor may do in them.
    ///
    /// # Errors
    /// An actor who may see nothing.
    pub async fn section_choices(&self, actor: &Actor) -> Result<Vec<SectionChoice>> {
        may_see(actor)?;
        let choice = |section: sections::Section| SectionChoice {
            // Nothing of ours stands behind a link to another site.
            may_draft: section.kind != content::section::SectionKind::Link
                && permission::can(actor, Action::Draft, permission::Subject::Section(section.id)),
            id: section.id,
            link: section.link,
        };
        Ok(self.sections().await?.into_iter().map(choice).collect())
    }

    /// What is known of files.
    ///
    /// # Errors
    /// An actor who may see nothing, too many at once.
    pub async fn files_for(&self, actor: &Actor, ids: &[MediaId]) -> Result<Vec<File>> {
        may_see(actor)?;
        if ids.len() > LARGEST_BATCH {
            return Err(Refusal::TooLong { field: "ids".to_owned(), limit: LARGEST_BATCH as u64 }.into());
        }
        self.files(ids).await
    }

    /// The accounts, to filter by.
    ///
    /// # Errors
    /// An actor who may see nothing.
    pub async fn author_choices(&self, actor: &Actor) -> Result<Vec<AuthorChoice>> {
        may_see(actor)?;
        let sql = "SELECT id, display_name FROM accounts ORDER BY display_name, id";
        let rows = self.db.query_all_raw(statement(&self.db, sql, [])).await?;
        let choice = |row: &sea_orm::QueryResult| {
            Ok(AuthorChoice { id: AccountId(row.try_get("", "id")?), name: row.try_get("", "display_name")? })
        };
        rows.iter().map(choice).collect()
    }
}

/// The value of the leading column.
fn place_of(row: &Row, filter: &Filter) -> i64 {
    match filter.sort {
        _ if filter.bin => row.deleted_at.unwrap_or_default(),
        Sort::Updated | Sort::UpdatedOldest => row.updated_at,
        Sort::Shown => row.shown_at.unwrap_or_default(),
        Sort::Created => row.created_at,
        Sort::Scheduled => row.scheduled_at.unwrap_or_default(),
    }
}
