//! The lists of the admin: filtered, sorted, and paged by the place of the last row, so that any page costs the same.

mod filtering;
#[cfg(test)]
mod plans;
mod searching;

pub(crate) use filtering::Mark;

use super::row::statement;
use crate::{Error, Result, Store, sections};
use content::{
    AccountId, Actor, ArticleId, MediaId, Refusal, SectionId, Timestamp,
    article::{State, limited},
    desk::{
        AuthorChoice, Desk, DeskPage, DeskRow, Filter, LARGEST_BATCH, LONGEST_QUERY, PAGE_SIZE, SectionChoice, Sort,
    },
    media::File,
    permission::{self, Action},
};
use filtering::{Order, Query, index_of};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// Most rows of a page.
const LARGEST_PAGE: u32 = 100;
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

/// The rows of a page: found in the index first, and joined then.
fn page_of(query: &Query, by: &str, order: Order, limit: usize) -> String {
    let conditions = query.conditions.join(" AND ");
    format!(
        "SELECT a.id, a.section_id, a.state, a.author_id, a.published_revision_id, a.shown_at, \
         a.scheduled_at, a.created_at, a.updated_at, a.deleted_at, r.title, s.slug, s.name, c.display_name AS author \
         FROM (SELECT * FROM articles a {by} WHERE {conditions} ORDER BY {order} LIMIT {limit}) a \
         JOIN revisions r ON r.id = a.working_revision_id JOIN sections s ON s.id = a.section_id \
         LEFT JOIN accounts c ON c.id = a.author_id ORDER BY {order}"
    )
}

impl Store {
    /// A page of a list.
    ///
    /// # Errors
    /// An actor who may see nothing, a mark that is none, a text that is too long.
    pub async fn desk_page(&self, actor: &Actor, filter: &Filter, mark: Option<&str>) -> Result<DeskPage> {
        self.desk_list(actor, filter, mark, PAGE_SIZE).await
    }

    /// The same with pages of so many rows, a hundred at most.
    ///
    /// # Errors
    /// As for [`Store::desk_page`].
    pub async fn desk_list(&self, actor: &Actor, filter: &Filter, mark: Option<&str>, limit: u32) -> Result<DeskPage> {
        may_see(actor)?;
        limited("query", &filter.text, LONGEST_QUERY)?;
        let mark = mark.map(Mark::read).transpose()?;
        let order = Order::of(filter, mark.as_ref());
        let mut query = self.filtered(filter, mark.as_ref())?;
        let limit = limit.clamp(1, LARGEST_PAGE) as usize;
        let mut by = if self.is_sqlite() { index_of(filter) } else { String::new() };
        if let Some(ids) = self.with_text(&query, &filter.text, &by, order, limit + 1).await? {
            query.only(&ids, &mut by);
        }
        let mut rows = self.desk_rows(query, &by, order, limit + 1).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let back = mark.as_ref().is_some_and(|mark| mark.back);
        if back {
            rows.reverse();
        }
        let at = |row: &Row, back| Mark::write(back, place_of(row, filter), row.id);
        let next = rows.last().filter(|_| more || back).map(|row| at(row, false));
        let previous = rows.first().filter(|_| if back { more } else { mark.is_some() }).map(|row| at(row, true));
        let rows = rows.into_iter().map(|row| self.desk_row(actor, row)).collect::<Result<_>>()?;
        Ok(DeskPage { rows, next, previous })
    }

    async fn desk_rows(&self, query: Query, by: &str, order: Order, limit: usize) -> Result<Vec<Row>> {
        let sql = page_of(&query, by, order, limit);
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
