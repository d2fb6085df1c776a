//! The list of public articles for programs: walked by the time that readers are shown, the newest first, from where the
//! page before ended, so that any page costs the same and nothing is shown twice or left out between equal times.

use super::{
    desk::Mark,
    row::{Row, entries, joined, public},
};
use crate::{Result, Store};
use content::{Actor, CivilDate, SectionId, article::limited, desk::LONGEST_QUERY, reading::Teaser};
use sea_orm::Value;

/// Most articles of one page.
const MOST: u32 = 100;
/// Articles that one page of a search looks at. What is rare would be looked for through everything.
const LOOKED_AT: u32 = 1_000;

/// Which public articles a list shows. What is `None` or empty does not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicFilter {
    /// Listed in this section.
    pub section: Option<SectionId>,
    /// Shown with this day or a later one.
    pub since: Option<CivilDate>,
    /// Shown with this day or an earlier one.
    pub until: Option<CivilDate>,
    /// Holds this text in its title or its summary.
    pub text: String,
}

/// A page of that list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicList {
    /// In their order. A page of a search may hold few or none and still have one after it.
    pub rows: Vec<Teaser>,
    /// The mark of the page after this one.
    pub next: Option<String>,
}

impl Store {
    /// A page of the public articles; at most so many, and never more than a hundred.
    ///
    /// # Errors
    /// A mark that is none, a text that is too long.
    pub async fn public_articles(
        &self,
        _actor: &Actor,
        filter: &PublicFilter,
        mark: Option<&str>,
        limit: u32,
    ) -> Result<PublicList> {
        limited("q", &filter.text, LONGEST_QUERY)?;
        let limit = limit.clamp(1, MOST) as usize;
        let text = filter.text.trim().to_lowercase();
        let looked_at = if text.is_empty() { limit } else { LOOKED_AT as usize };
        let mut rows = self.walked(filter, mark.map(Mark::read).transpose()?.as_ref(), looked_at + 1).await?;
        let mut more = rows.len() > looked_at;
        rows.truncate(looked_at);
        let mut last = rows.last().map(Row::place);
        let mut found: Vec<Row> = rows.into_iter().filter(|row| text.is_empty() || row.holds(&text)).collect();
        if found.len() > limit {
            found.truncate(limit);
            (more, last) = (true, found.last().map(Row::place));
        }
        let next = last.filter(|_| more).map(|(at, id)| Mark::write(false, at, id));
        Ok(PublicList { rows: found.into_iter().map(|row| row.teaser(self)).collect::<Result<_>>()?, next })
    }

    async fn walked(&self, filter: &PublicFilter, mark: Option<&Mark>, limit: usize) -> Result<Vec<Row>> {
        let (mut picked, mut values) = (String::new(), Vec::<Value>::new());
        let mut and = |condition: &str, value: i64| {
            values.push(value.into());
            picked.push_str(&condition.replace("{}", &format!("${}", values.len())));
        };
        // A section's list has articles of other sections in it as well.
        let id = if filter.section.is_some() { "article_id" } else { "id" };
        if let Some(section) = filter.section {
            and("section_id = {}", section.0);
        }
        if let Some(since) = filter.since {
            and(" AND shown_at >= {}", self.midnight(since)?.0);
        }
        // A mark stands within the days, so it takes the place of their end.
        match (mark, filter.until) {
            (Some(mark), _) => {
                and(&format!(" AND (shown_at, {id}) < ({{}}, "), mark.at);
                and("{})", mark.id);
            }
            (None, Some(until)) => and(" AND shown_at < {}", self.midnight(until)?.0 + 86_400_000),
            (None, None) => {}
        }
        picked.push_str(&format!(" ORDER BY shown_at DESC, {id} DESC LIMIT {limit}"));
        let list = if filter.section.is_some() { entries(&picked) } else { public(0, &picked) };
        self.rows(&joined(&[list]), values).await
    }
}
