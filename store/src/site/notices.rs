//! Notices begin and end by themselves: which are shown at a moment, and what is done when one begins or ends.

use super::standing::stored_or_none;
use crate::{
    Result, Store, Zone,
    articles::statement,
    entity::site,
    records::{self, Change, Subject},
};
use content::{Actor, CivilDateTime, Refusal, Timestamp, reading::Notice, site::NoticeDraft, time::WrittenTime};
use sea_orm::{ConnectionTrait, EntityTrait};

/// The notices that are shown at this moment: those of every page, or those of the front page only.
pub(super) fn shown(zone: &Zone, notices: &[NoticeDraft], now: Timestamp, urgent: bool) -> Result<Vec<Notice>> {
    let mut shown = Vec::new();
    for notice in notices.iter().filter(|notice| notice.urgent == urgent) {
        let begun = instant(zone, notice.begins)?.is_none_or(|at| at <= now);
        let over = instant(zone, notice.ends)?.is_some_and(|at| at <= now);
        if begun && !over {
            shown.push(Notice { text: notice.text.clone(), link: notice.link.clone() });
        }
    }
    Ok(shown)
}

/// The next moment after this one at which a notice begins or ends.
pub(super) fn next(zone: &Zone, notices: &[NoticeDraft], now: Timestamp) -> Result<Option<i64>> {
    let mut next: Option<Timestamp> = None;
    for time in notices.iter().flat_map(|notice| [notice.begins, notice.ends]) {
        let at = instant(zone, time)?.filter(|at| *at > now);
        next = next.into_iter().chain(at).min();
    }
    Ok(next.map(|at| at.0))
}

fn instant(zone: &Zone, time: Option<CivilDateTime>) -> Result<Option<Timestamp>, Refusal> {
    time.map(|time| zone.instant(WrittenTime::Civil(time))).transpose()
}

/// Tells readers' pages that a notice has begun or ended. Several that come due at once are one change.
pub(crate) async fn due(store: &Store, now: Timestamp) -> Result<u32> {
    let sql = "SELECT id FROM site WHERE next_notice_at <= $1";
    if store.db.query_one_raw(statement(&store.db, sql, [now.0.into()])).await?.is_none() {
        return Ok(0);
    }
    let tx = store.write().await?;
    let Some(row) = site::Entity::find().one(&tx).await? else { return Ok(0) };
    let notices: Vec<NoticeDraft> = stored_or_none("notices", &row.notices)?;
    let next = next(&store.zone, &notices, now)?;
    // Of two servers that see it at once one finds that the other has done it.
    let sql = "UPDATE site SET next_notice_at = $1 WHERE id = $2 AND next_notice_at <= $3";
    let done = tx.execute_raw(statement(&tx, sql, [next.into(), row.id.into(), now.0.into()])).await?;
    if done.rows_affected() == 0 {
        return Ok(0);
    }
    let (before, after) = (row.next_notice_at, next);
    let told = |at: Option<i64>| at.map_or_else(String::new, |at| store.zone.shown(Timestamp(at)).date_time());
    records::audit(&tx, &Actor::Operator, "notice", (Subject::Site, Some(1)), &told(before), &told(after)).await?;
    records::changed(&tx, [Change::site()]).await?;
    tx.commit().await?;
    Ok(1)
}
