//! The shape of the database, step by step. One tree for both engines; additive first: add, backfill, switch, drop in a
//! later release.

mod m0001_founding;
mod m0002_accounts;
mod m0003_writing;
mod m0004_desk_sorts;
mod m0006_media;

use crate::{Result, Store};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_founding::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_writing::Migration),
            Box::new(m0004_desk_sorts::Migration),
            Box::new(m0006_media::Migration),
        ]
    }
}

impl Store {
    /// Brings the database up to this version and answers with the steps that were taken.
    ///
    /// # Errors
    /// A step that failed; the steps before it stand.
    pub async fn migrate(&self) -> Result<Vec<String>> {
        let pending = Migrator::get_pending_migrations(&self.db).await?;
        Migrator::up(&self.db, None).await?;
        Ok(pending.iter().map(|step| step.name().to_owned()).collect())
    }
}
