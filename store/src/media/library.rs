//! The library as editors see and change it.

use super::{
    LONGEST_ALT, file,
    making::{leave_behind, making, may_change},
    uses::{self, USES},
};
use crate::{
    Error, Result, Store,
    articles::statement,
    entity::media,
    jobs::{self, Kind},
    records::{self, Subject},
    unix_now,
};
use content::{
    Actor, ArticleId, MediaId, Refusal, SectionId, Timestamp,
    article::{State, limited},
    desk::LONGEST_QUERY,
    manuscript::Placement,
    media::{
        FileKind, Focus, LONGEST_NAME, MediaDetail, MediaFields, MediaFilter, MediaKind, MediaPage, MediaRow, MediaUse,
        UseRole, shown_name,
    },
    permission::{self, Action},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter,
    Value,
};

/// Rows on one page of the library.
const PAGE_SIZE: usize = 60;
/// Uses of a file that are told one by one.
const MOST_USES: usize = 100;

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    media: media::Model,
    by_name: Option<String>,
    uses: i64,
}

/// A place in the list: before or behind a record.
struct Mark {
    back: bool,
    id: i64,
}

impl Mark {
    fn read(text: &str) -> Result<Self> {
        let (way, id) = text.split_once('.').ok_or(Refusal::NotFound)?;
        let back = match way {
            "n" => false,
            "p" => true,
            _ => return Err(Refusal::NotFound.into()),
        };
        Ok(Self { back, id: id.parse().map_err(|_| Refusal::NotFound)? })
    }
}

impl Store {
    /// A page of the library, the newest first.
    ///
    /// # Errors
    /// An actor who may see nothing, a mark that is none, a text that is too long.
    pub async fn media_page(&self, actor: &Actor, filter: &MediaFilter, mark: Option<&str>) -> Result<MediaPage> {
        may_see(actor)?;
        limited("query", &filter.text, LONGEST_QUERY)?;
        let mark = mark.map(Mark::read).transpose()?;
        let back = mark.as_ref().is_some_and(|mark| mark.back);
        let (mut conditions, mut values) = conditions(filter);
        if let Some(mark) = &mark {
            values.push(mark.id.into());
            conditions.push(format!("m.id {} ${}", if back { ">" } else { "<" }, values.len()));
        }
        let way = if back { "ASC" } else { "DESC" };
        let conditions = conditions.join(" AND ");
        let mut rows =
            self.media_rows(&format!("{conditions} ORDER BY m.id {way} LIMIT {}", PAGE_SIZE + 1), values).await?;
        let more = rows.len() > PAGE_SIZE;
        rows.truncate(PAGE_SIZE);
        if back {
            rows.reverse();
        }
        let next = rows.last().filter(|_| more || back).map(|row| format!("n.{}", row.file.id));
        let previous = rows.first().filter(|_| if back { more } else { mark.is_some() });
        let previous = previous.map(|row| format!("p.{}", row.file.id));
        Ok(MediaPage { next, previous, rows, total_bytes: self.media_bytes().await? })
    }

    async fn media_bytes(&self) -> Result<u64> {
        // A sum of integers is a decimal to PostgreSQL.
        let sql = "SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS n FROM media";
        let row = self.db.query_one_raw(statement(&self.db, sql, [])).await?;
        let bytes: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
        Ok(u64::try_from(bytes).unwrap_or_default())
    }

    async fn media_rows(&self, picked: &str, values: Vec<Value>) -> Result<Vec<MediaRow>> {
        let sql = format!(
            "SELECT m.*, c.display_name AS by_name, \
             (SELECT COUNT(DISTINCT a.id) FROM {USES} WHERE u.media_id = m.id) AS uses \
             FROM media m LEFT JOIN accounts c ON c.id = m.account_id WHERE {picked}"
        );
        let rows = Row::find_by_statement(statement(&self.db, &sql, values)).all(&self.db).await?;
        rows.into_iter().map(|row| self.media_row(row)).collect()
    }

    fn media_row(&self, row: Row) -> Result<MediaRow> {
        let kind = kind_of(&row.media)?;
        Ok(MediaRow {
            kind: kind.media_kind(),
            making: making(&row.media),
            by: row.by_name.unwrap_or_default(),
            added: self.zone.shown(Timestamp(row.media.created_at)),
            uses: u32::try_from(row.uses).unwrap_or(u32::MAX),
            deleted: row.media.deleted_at.map(|at| self.zone.shown(Timestamp(at))),
            file: file(row.media),
        })
    }

    /// A file with everything that is known of it.
    ///
    /// # Errors
    /// An actor who may see nothing; a file that is not there.
    pub async fn media_detail(&self, actor: &Actor, media: MediaId) -> Result<MediaDetail> {
        may_see(actor)?;
        let row = self.media_rows("m.id = $1", vec![media.0.into()]).await?.pop().ok_or(Refusal::NotFound)?;
        let stored = media::Entity::find_by_id(media.0).one(&self.db).await?.ok_or(Refusal::NotFound)?;
        Ok(MediaDetail { row, uses: self.media_uses(media).await?, may_change: may_change(actor, &stored).is_ok() })
    }

    async fn media_uses(&self, media: MediaId) -> Result<Vec<MediaUse>> {
        #[derive(FromQueryResult)]
        struct Use {
            id: i64,
            state: String,
            title: String,
            extra: String,
            public: i32,
        }
        // Readers' revision stands before that of the editors, so it decides.
        let sql = format!(
            "SELECT a.id, a.state, w.title, r.extra, \
             CASE WHEN a.published_revision_id = r.id THEN 1 ELSE 0 END AS public FROM {USES} \
             JOIN revisions w ON w.id = a.working_revision_id WHERE u.media_id = $1 \
             ORDER BY public DESC, a.id DESC LIMIT {}",
            2 * MOST_USES
        );
        let found = Use::find_by_statement(statement(&self.db, &sql, [media.0.into()])).all(&self.db).await?;
        let mut uses: Vec<MediaUse> = Vec::with_capacity(found.len());
        for one in found {
            if uses.len() == MOST_USES || uses.iter().any(|before| before.article.0 == one.id) {
                continue;
            }
            let state = State::of_key(&one.state)
                .ok_or_else(|| Error::Corrupt(format!("article {} is {}", one.id, one.state)))?;
            let (article, public) = (ArticleId(one.id), one.public == 1);
            uses.push(MediaUse { article, title: one.title, state, public, role: role(&one.extra, media) });
        }
        Ok(uses)
    }

    /// Says something else of a file: its name, what is said in its place, its focal point.
    ///
    /// # Errors
    /// An actor who may not; a file that is not there; a name or a text that is none.
    pub async fn change_media(&self, actor: &Actor, media: MediaId, fields: &MediaFields) -> Result<()> {
        limited("name", &fields.name, LONGEST_NAME)?;
        limited("alt", &fields.alt, LONGEST_ALT)?;
        if fields.name.trim().is_empty() {
            return Err(Refusal::Missing { field: "name".to_owned() }.into());
        }
        let tx = self.write().await?;
        let row = changeable(&tx, actor, media).await?;
        let name = shown_name(&fields.name, kind_of(&row)?);
        let focus = Focus { x: fields.focus.x.min(100), y: fields.focus.y.min(100) };
        let before = MediaFields {
            name: row.file_name.clone(),
            alt: row.alt.clone(),
            focus: super::focus(row.focus_x, row.focus_y),
        };
        let after = MediaFields { name, alt: fields.alt.trim().to_owned(), focus };
        if before == after {
            return Ok(());
        }
        let change = media::ActiveModel {
            id: Set(row.id),
            file_name: Set(after.name.clone()),
            alt: Set(after.alt.clone()),
            focus_x: Set(focus.x.into()),
            focus_y: Set(focus.y.into()),
            ..Default::default()
        };
        media::Entity::update(change).exec(&tx).await?;
        let said =
            |fields: &MediaFields| serde_json::to_string(fields).map_err(|error| Error::Corrupt(error.to_string()));
        records::audit(&tx, actor, "describe", (Subject::Media, Some(row.id)), &said(&before)?, &said(&after)?).await?;
        uses::note_change(&tx, media).await?;
        Ok(tx.commit().await?)
    }

    /// Puts a file into the bin of the library.
    ///
    /// # Errors
    /// An actor who may not; a file that is not there; one that an article uses, public or not, or the site as its emblem.
    pub async fn delete_media(&self, actor: &Actor, media: MediaId) -> Result<()> {
        let tx = self.write().await?;
        let row = changeable(&tx, actor, media).await?;
        if row.deleted_at.is_some() {
            return Ok(());
        }
        let uses = uses::count(&tx, media).await? + u32::from(uses::is_emblem(&tx, media).await?);
        if uses > 0 {
            return Err(Refusal::InUse { uses }.into());
        }
        let now = Set(Some(unix_now().0));
        let change = media::ActiveModel { id: Set(row.id), deleted_at: now, ..Default::default() };
        media::Entity::update(change).exec(&tx).await?;
        records::audit(&tx, actor, "delete", (Subject::Media, Some(row.id)), &row.file_name, "").await?;
        Ok(tx.commit().await?)
    }

    /// Takes a file out of the bin.
    ///
    /// # Errors
    /// An actor who may not; a file that is not there.
    pub async fn restore_media(&self, actor: &Actor, media: MediaId) -> Result<()> {
        let tx = self.write().await?;
        let row = changeable(&tx, actor, media).await?;
        if row.deleted_at.is_none() {
            return Ok(());
        }
        let change = media::ActiveModel { id: Set(row.id), deleted_at: Set(None), ..Default::default() };
        media::Entity::update(change).exec(&tx).await?;
        records::audit(&tx, actor, "undelete", (Subject::Media, Some(row.id)), "", &row.file_name).await?;
        Ok(tx.commit().await?)
    }

    /// Replaces a file in place: it keeps its number and what is said of it, its bytes become those of `by`, whose own
    /// record goes. Every article shows the new bytes at once, so it takes leave to publish where readers see it.
    ///
    /// # Errors
    /// An actor who may not; a file that is not there; files of different kinds; a `by` that articles use themselves.
    pub async fn replace_media(&self, actor: &Actor, media: MediaId, by: MediaId) -> Result<()> {
        let tx = self.write().await?;
        let row = changeable(&tx, actor, media).await?;
        let new = changeable(&tx, actor, by).await?;
        if media == by {
            return Ok(());
        }
        let (old_kind, new_kind) = (kind_of(&row)?, kind_of(&new)?);
        if old_kind.media_kind() != new_kind.media_kind() {
            return Err(Refusal::OtherKind.into());
        }
        if uses::is_named(&tx, by).await? || uses::is_emblem(&tx, by).await? {
            return Err(Refusal::InUse { uses: uses::count(&tx, by).await?.max(1) }.into());
        }
        for shown in uses::shown_in(&tx, media).await? {
            let section = permission::Subject::Section(SectionId(shown.section_id));
            if !permission::can(actor, Action::Publish, section) {
                return Err(Error::not_allowed(Action::Publish));
            }
        }
        swap(&tx, actor, &row, new, new_kind).await?;
        uses::note_change(&tx, media).await?;
        Ok(tx.commit().await?)
    }
}

/// Gives a record the bytes of another, which goes.
async fn swap(
    tx: &DatabaseTransaction,
    actor: &Actor,
    row: &media::Model,
    new: media::Model,
    kind: FileKind,
) -> Result<()> {
    media::Entity::delete_by_id(new.id).exec(tx).await?;
    let sql = "UPDATE uploads SET media_id = $1 WHERE media_id = $2";
    tx.execute_raw(statement(tx, sql, [row.id.into(), new.id.into()])).await?;
    leave_behind(tx, &row.key).await?;
    let waits = new.making == "waiting";
    let after = new.key.clone();
    let change = media::ActiveModel {
        id: Set(row.id),
        file_name: Set(shown_name(&row.file_name, kind)),
        key: Set(new.key),
        content_type: Set(new.content_type),
        bytes: Set(new.bytes),
        width: Set(new.width),
        height: Set(new.height),
        // What is in sight of another picture is somewhere else.
        focus_x: Set(new.focus_x),
        focus_y: Set(new.focus_y),
        widths: Set(new.widths),
        making: Set(new.making),
        deleted_at: Set(None),
        ..Default::default()
    };
    media::Entity::update(change).exec(tx).await?;
    if waits {
        jobs::begin(tx, actor, Kind::Renditions, &row.id).await?;
    }
    records::audit(tx, actor, "replace", (Subject::Media, Some(row.id)), &row.key, &after).await
}

async fn changeable(tx: &DatabaseTransaction, actor: &Actor, media: MediaId) -> Result<media::Model> {
    may_see(actor)?;
    let row = media::Entity::find().filter(media::Column::Id.eq(media.0)).one(tx).await?.ok_or(Refusal::NotFound)?;
    may_change(actor, &row)?;
    Ok(row)
}

fn may_see(actor: &Actor) -> Result<()> {
    let may = permission::can(actor, Action::See, permission::Subject::Site);
    if may { Ok(()) } else { Err(Error::not_allowed(Action::See)) }
}

fn kind_of(row: &media::Model) -> Result<FileKind> {
    FileKind::of_key(&row.key).ok_or_else(|| Error::Corrupt(format!("media {} is {}", row.id, row.key)))
}

fn conditions(filter: &MediaFilter) -> (Vec<String>, Vec<Value>) {
    let mut conditions = vec![format!("m.deleted_at IS {}NULL", if filter.bin { "NOT " } else { "" })];
    let mut values: Vec<Value> = Vec::new();
    if let Some(kind) = filter.kind {
        values.push(kind.key().into());
        conditions.push(format!("m.kind = ${}", values.len()));
    }
    if !filter.text.trim().is_empty() {
        let text = filter.text.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        values.push(format!("%{text}%").into());
        let n = values.len();
        conditions.push(format!("(LOWER(m.file_name) LIKE ${n} ESCAPE '\\' OR LOWER(m.alt) LIKE ${n} ESCAPE '\\')"));
    }
    if filter.unused {
        conditions.push(format!("NOT EXISTS (SELECT 1 FROM {USES} WHERE u.media_id = m.id)"));
        conditions.push("NOT EXISTS (SELECT 1 FROM site WHERE emblem_media_id = m.id)".to_owned());
    }
    if filter.without_alt {
        conditions.push(format!("m.alt = '' AND m.kind = '{}'", MediaKind::Picture.key()));
    }
    (conditions, values)
}

/// As what an article with this placement uses the file: what is neither below its text nor chosen for lists stands in
/// its text.
fn role(extra: &str, media: MediaId) -> UseRole {
    match serde_json::from_str::<Placement>(extra) {
        Ok(placement) if placement.attachments.contains(&media) => UseRole::Attachment,
        Ok(placement) if placement.lead == Some(media) => UseRole::Lead,
        _ => UseRole::Text,
    }
}
