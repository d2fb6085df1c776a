//! The site itself: founded once, then read by every page, and changed by its forms.

mod around;
mod forms;
mod notices;
mod standing;

pub(crate) use around::Kept;
pub(crate) use forms::{section_gone, tree_changed};
pub(crate) use notices::due as notices_due;
pub(crate) use standing::{Standing, entry};

use crate::{
    Error, Result, Store, articles,
    entity::{article, section, site},
    records::{self, Change, Subject},
    unix_now,
};
use content::{
    Actor,
    permission::{self, Action},
    site::Founding,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};

/// Whether the actor may change the site.
pub(crate) fn allowed(actor: &Actor) -> Result<()> {
    let may = permission::can(actor, Action::ManageSite, permission::Subject::Site);
    if may { Ok(()) } else { Err(Error::not_allowed(Action::ManageSite)) }
}

impl Store {
    /// Gives an empty database its identity and its sections. One that has them already is left alone; answers whether
    /// it was founded now.
    ///
    /// # Errors
    /// An actor who may not, fields that cannot be.
    pub async fn found(&self, actor: &Actor, founding: &Founding) -> Result<bool> {
        allowed(actor)?;
        founding.identity.check()?;
        founding.sections.iter().try_for_each(content::section::SectionFields::check)?;
        let identity = to_json(&founding.identity)?;
        let now = unix_now().0;
        let tx = self.write().await?;
        if site::Entity::find().count(&tx).await? > 0 {
            return Ok(false);
        }
        let row = site::ActiveModel {
            identity: Set(identity.clone()),
            front: Set(String::new()),
            zone: Set(self.zone.name().to_owned()),
            founded_at: Set(now),
            updated_at: Set(now),
            version: Set(1),
            ..Default::default()
        };
        site::Entity::insert(row).exec_without_returning(&tx).await?;
        let rows = founding.sections.iter().zip(1..).map(|(fields, position)| section::ActiveModel {
            position: Set(position),
            slug: Set(fields.slug.to_string()),
            name: Set(fields.name.clone()),
            description: Set(fields.description.clone()),
            keywords: Set(fields.keywords.clone()),
            column_type: Set(fields.column_type.clone()),
            kind: Set(fields.kind.key().to_owned()),
            link: Set(fields.link.clone()),
            template: Set(fields.template.key().to_owned()),
            visible: Set(fields.visible),
            stages: Set(i32::from(fields.stages)),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        });
        let rows: Vec<_> = rows.collect();
        if !rows.is_empty() {
            section::Entity::insert_many(rows).exec_without_returning(&tx).await?;
        }
        records::audit(&tx, actor, "found", (Subject::Site, Some(1)), "", &to_json(founding)?).await?;
        records::changed(&tx, [Change::site()]).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Whether the site was never served and holds no article: then it may still get its samples.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn is_untouched(&self) -> Result<bool> {
        let opened = site::Entity::find().filter(site::Column::OpenedAt.is_not_null()).count(&self.db).await? > 0;
        Ok(!opened && article::Entity::find().one(&self.db).await?.is_none())
    }

    /// Notes that the site is served from now on. The first time counts.
    ///
    /// # Errors
    /// An actor who may not, a database that does not answer.
    pub async fn open_site(&self, actor: &Actor) -> Result<()> {
        allowed(actor)?;
        let tx = self.write().await?;
        let opened = site::Entity::update_many()
            .col_expr(site::Column::OpenedAt, Expr::value(unix_now().0))
            .filter(site::Column::OpenedAt.is_null())
            .exec(&tx)
            .await?;
        if opened.rows_affected > 0 {
            records::audit(&tx, actor, "open", (Subject::Site, Some(1)), "", "").await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Cuts the lists anew where the zone of the site is another one than they were cut by.
    ///
    /// # Errors
    /// An actor who may not, a database that does not answer.
    pub async fn keep_zone(&self, actor: &Actor) -> Result<()> {
        let name = self.zone.name();
        let Some(row) = site::Entity::find().filter(site::Column::Zone.ne(name)).one(&self.db).await? else {
            return Ok(());
        };
        // The lists first: if this is interrupted in between, the next start does it again.
        articles::rebuild_lists(self, actor).await?;
        let tx = self.write().await?;
        // What notices mean by eight o'clock is another moment now: they are looked at with the next tick.
        site::Entity::update_many()
            .col_expr(site::Column::Zone, Expr::value(name))
            .col_expr(site::Column::NextNoticeAt, Expr::value(0_i64))
            .exec(&tx)
            .await?;
        records::audit(&tx, actor, "zone", (Subject::Site, Some(1)), &row.zone, name).await?;
        Ok(tx.commit().await?)
    }
}

fn to_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Corrupt(error.to_string()))
}
