//! A page of the record.

use super::query::allowed;
use crate::{Result, Store, articles::Mark};
use content::{
    Actor,
    desk::PAGE_SIZE,
    record::{RecordFilter, RecordPage},
};

impl Store {
    /// A page of the record, the newest first.
    ///
    /// # Errors
    /// An actor who may not read it, a mark that is none, a filter that is too long.
    pub async fn record_page(&self, actor: &Actor, filter: &RecordFilter, mark: Option<&str>) -> Result<RecordPage> {
        allowed(actor)?;
        let mark = mark.map(Mark::read).transpose()?;
        let mut query = self.narrowed(filter)?;
        let back = mark.as_ref().is_some_and(|mark| mark.back);
        if let Some(mark) = &mark {
            query.beyond(mark);
        }
        let limit = PAGE_SIZE as usize;
        let mut entries = self.entries(query, back, limit + 1).await?;
        let more = entries.len() > limit;
        entries.truncate(limit);
        if back {
            entries.reverse();
        }
        let next = entries.last().filter(|_| more || back).map(|last| Mark::write(false, last.at, last.id));
        let previous = entries.first().filter(|_| if back { more } else { mark.is_some() });
        let previous = previous.map(|first| Mark::write(true, first.at, first.id));
        Ok(RecordPage { rows: self.shown(entries).await?, next, previous })
    }
}
