//! How an uploaded site goes from stage to stage, each time with a job that does the work.

use super::allowed;
use crate::{
    Error, Result, Store,
    articles::statement,
    jobs::{self, Kind},
    records::{self, Subject},
    unix_now,
};
use content::{
    Actor, ImportId, MediaId, Refusal,
    article::limited,
    moving::{Import, Options, Stage},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

/// The longest profile, in characters.
const LONGEST_PROFILE: usize = 20_000;

impl Store {
    /// Begins to read an archive of the media library as an old site.
    ///
    /// # Errors
    /// An actor who may not; a file that is no zip archive; options that cannot be.
    pub async fn read_site(&self, actor: &Actor, media: MediaId, options: &Options) -> Result<ImportId> {
        allowed(actor)?;
        check(options)?;
        let file = self.files(&[media]).await?.pop().ok_or(Refusal::NotFound)?;
        if !file.key.ends_with(".zip") {
            return Err(Refusal::NotAFile { name: file.name }.into());
        }
        let tx = self.write().await?;
        let json = serde_json::to_string(options).map_err(|error| Error::Corrupt(error.to_string()))?;
        let sql = "INSERT INTO imports (name, stage, media_id, options, account_id, created_at, updated_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING id";
        let account = actor.account().map(|account| account.0);
        let values = [
            file.name.as_str().into(),
            Stage::Reading.key().into(),
            media.0.into(),
            json.into(),
            account.into(),
            unix_now().0.into(),
        ];
        let row = tx.query_one_raw(statement(&tx, sql, values)).await?;
        let row = row.ok_or_else(|| Error::Corrupt("an import was not written".to_owned()))?;
        let id = ImportId(row.try_get("", "id")?);
        jobs::begin(&tx, actor, Kind::ReadSite, &id).await?;
        records::audit(&tx, actor, "begin_import", (Subject::Import, Some(id.0)), "", &file.name).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Changes how articles are to come in; where the profile is another one, or something went wrong, the pages are
    /// read again, and what was corrected by hand stays.
    ///
    /// # Errors
    /// An actor who may not; options that cannot be; an import that is not at a stage at which it can be changed.
    pub async fn change_import(&self, actor: &Actor, id: ImportId, options: &Options) -> Result<()> {
        allowed(actor)?;
        check(options)?;
        let Import { options: before, stage, .. } = self.one_import(actor, id).await?;
        let again = before.profile != options.profile || stage == Stage::Failed;
        let json = serde_json::to_string(options).map_err(|error| Error::Corrupt(error.to_string()))?;
        let tx = self.write().await?;
        let stage = if again { Stage::Reading } else { Stage::Found };
        go(&tx, id, &[Stage::Found, Stage::Failed, Stage::Undone], stage).await?;
        let sql = "UPDATE imports SET options = $2 WHERE id = $1";
        tx.execute_raw(statement(&tx, sql, [id.0.into(), json.as_str().into()])).await?;
        if again {
            jobs::begin(&tx, actor, Kind::ReadSite, &id).await?;
        }
        let before = serde_json::to_string(&before).map_err(|error| Error::Corrupt(error.to_string()))?;
        records::audit(&tx, actor, "change_import", (Subject::Import, Some(id.0)), &before, &json).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Lets the chosen pages come in.
    ///
    /// # Errors
    /// An actor who may not; an import of which nothing was found, or that is coming in already.
    pub async fn bring_import(&self, actor: &Actor, id: ImportId) -> Result<()> {
        self.set_to(actor, id, (&[Stage::Found, Stage::Undone, Stage::Failed], Stage::Bringing), Kind::BringSite).await
    }

    /// Lets an import be taken out again.
    ///
    /// # Errors
    /// An actor who may not; an import that is not in.
    pub async fn take_out_import(&self, actor: &Actor, id: ImportId) -> Result<()> {
        self.set_to(actor, id, (&[Stage::Done, Stage::Failed], Stage::Undoing), Kind::UndoImport).await
    }

    async fn set_to(&self, actor: &Actor, id: ImportId, (from, to): (&[Stage], Stage), kind: Kind) -> Result<()> {
        allowed(actor)?;
        let tx = self.write().await?;
        go(&tx, id, from, to).await?;
        jobs::begin(&tx, actor, kind, &id).await?;
        records::audit(&tx, actor, "step_import", (Subject::Import, Some(id.0)), "", to.key()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The archive of an import, for the job that reads it.
    ///
    /// # Errors
    /// An actor who may not; an import without one.
    pub async fn import_archive(&self, actor: &Actor, id: ImportId) -> Result<content::media::File> {
        allowed(actor)?;
        let sql = "SELECT media_id FROM imports WHERE id = $1";
        let row = self.db.query_one_raw(statement(&self.db, sql, [id.0.into()])).await?.ok_or(Refusal::NotFound)?;
        let media: Option<i64> = row.try_get("", "media_id")?;
        let media = MediaId(media.ok_or(Refusal::NotFound)?);
        Ok(self.files(&[media]).await?.pop().ok_or(Refusal::NotFound)?)
    }

    /// Notes at which stage an import is, and why it could not go on.
    ///
    /// # Errors
    /// A database that does not take it.
    pub async fn note_stage(&self, id: ImportId, stage: Stage, fault: &str) -> Result<()> {
        let sql = "UPDATE imports SET stage = $2, fault = $3, updated_at = $4, version = version + 1 WHERE id = $1";
        let values = [id.0.into(), stage.key().into(), fault.into(), unix_now().0.into()];
        self.db.execute_raw(statement(&self.db, sql, values)).await?;
        Ok(())
    }
}

fn check(options: &Options) -> Result<()> {
    limited("profile", &options.profile.replace(['\n', '\r', '\t'], " "), LONGEST_PROFILE)?;
    Ok(())
}

async fn go(tx: &DatabaseTransaction, id: ImportId, from: &[Stage], to: Stage) -> Result<()> {
    let from = from.iter().map(|stage| format!("'{}'", stage.key())).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "UPDATE imports SET stage = $2, fault = '', done = 0, total = 0, updated_at = $3, version = version + 1 \
         WHERE id = $1 AND (media_id IS NOT NULL OR $2 = 'undoing') AND stage IN ({from})"
    );
    let values = [id.0.into(), to.key().into(), unix_now().0.into()];
    if tx.execute_raw(statement(tx, &sql, values)).await?.rows_affected() == 0 {
        return Err(Refusal::NotFound.into());
    }
    Ok(())
}
