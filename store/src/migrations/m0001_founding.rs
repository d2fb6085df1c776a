//! The first shape: everything that the newsroom talks about, thought through to the end, though later versions are the
//! first to fill some of it.
//!
//! Times are `BIGINT` milliseconds since 1970 in UTC: they compare alike on both engines. Texts are never NULL, empty is
//! none; a reference that may be missing is NULL.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, big_pk_auto, boolean, integer, text, text_uniq},
};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_founding"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [accounts(), grants(), sessions(), media(), site(), sections(), redirects()] {
            manager.create_table(table).await?;
        }
        for table in [articles(), article_sections(), revisions(), media_uses(), segments()] {
            manager.create_table(table).await?;
        }
        for table in [audit(), changes(), jobs()] {
            manager.create_table(table).await?;
        }
        for index in INDICES {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }
}

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).take()
}

fn flag(name: &'static str) -> ColumnDef {
    boolean(name).default(false).take()
}

fn line(name: &'static str) -> ColumnDef {
    text(name).default("").take()
}

fn refers(to: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from_col(column).to(to, "id").take()
}

fn accounts() -> TableCreateStatement {
    table("accounts")
        .col(big_pk_auto("id"))
        .col(text_uniq("name"))
        .col(line("display_name"))
        .col(line("password_hash"))
        .col(line("totp_secret"))
        .col(flag("disabled"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .take()
}

fn grants() -> TableCreateStatement {
    table("grants")
        .col(big_pk_auto("id"))
        .col(big_integer("account_id"))
        .col(text("role"))
        .col(big_integer_null("section_id"))
        .foreign_key(refers("accounts", "account_id").on_delete(ForeignKeyAction::Cascade))
        .take()
}

/// A session is known by the hash of its token: who reads the database cannot sign in with it.
fn sessions() -> TableCreateStatement {
    table("sessions")
        .col(big_pk_auto("id"))
        .col(text_uniq("token_hash"))
        .col(big_integer("account_id"))
        .col(big_integer("created_at"))
        .col(big_integer("seen_at"))
        .col(big_integer("expires_at"))
        .col(line("address"))
        .col(line("agent"))
        .foreign_key(refers("accounts", "account_id").on_delete(ForeignKeyAction::Cascade))
        .take()
}

fn media() -> TableCreateStatement {
    table("media")
        .col(big_pk_auto("id"))
        .col(text_uniq("key"))
        .col(text("file_name"))
        .col(text("content_type"))
        .col(big_integer("bytes"))
        .col(integer("width").default(0))
        .col(integer("height").default(0))
        .col(line("alt"))
        .col(integer("focus_x").default(50))
        .col(integer("focus_y").default(50))
        .col(line("widths"))
        .col(big_integer_null("account_id"))
        .col(big_integer("created_at"))
        .col(big_integer_null("deleted_at"))
        .take()
}

/// One row: a database is one site.
fn site() -> TableCreateStatement {
    table("site")
        .col(big_pk_auto("id"))
        .col(text("identity"))
        .col(big_integer_null("emblem_media_id"))
        .col(line("front"))
        // The zone by which the lists were cut into years.
        .col(text("zone"))
        .col(big_integer("founded_at"))
        // When it was served first: until then an empty site may still get its samples.
        .col(big_integer_null("opened_at"))
        .col(big_integer("updated_at"))
        .col(integer("version").default(1))
        .take()
}

fn sections() -> TableCreateStatement {
    table("sections")
        .col(big_pk_auto("id"))
        .col(big_integer_null("parent_id"))
        .col(integer("position"))
        .col(text_uniq("slug"))
        .col(text("name"))
        .col(line("description"))
        .col(line("keywords"))
        .col(line("column_type"))
        .col(line("template"))
        .col(boolean("visible").default(true))
        .col(integer("stages").default(0))
        // How many articles readers see. Every change of the list goes through this row, which puts writers in a line.
        .col(big_integer("published_count").default(0))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .col(integer("version").default(1))
        .take()
}

/// Old addresses, of renamed sections and of systems that moved in.
fn redirects() -> TableCreateStatement {
    table("redirects")
        .col(big_pk_auto("id"))
        .col(text_uniq("address"))
        .col(text("subject"))
        .col(big_integer("subject_id"))
        .col(big_integer("created_at"))
        .take()
}

/// `working_revision_id` is what editors see, `published_revision_id` what readers see; NULL there is "not public".
/// `lead_media_id` and `shown_at` are those of the published revision: lists need them for their order.
fn articles() -> TableCreateStatement {
    table("articles")
        .col(big_pk_auto("id"))
        .col(big_integer("section_id"))
        .col(text("state"))
        .col(big_integer_null("author_id"))
        .col(big_integer_null("working_revision_id"))
        .col(big_integer_null("published_revision_id"))
        .col(big_integer_null("shown_at"))
        .col(big_integer_null("lead_media_id"))
        .col(big_integer_null("first_published_at"))
        .col(big_integer_null("last_published_at"))
        .col(big_integer_null("scheduled_at"))
        .col(big_integer_null("pinned_until"))
        .col(big_integer_null("deleted_at"))
        // Where it came from: the same import twice adds nothing twice.
        .col(ColumnDef::new("identity").text().null().unique_key())
        .col(line("digest"))
        .col(line("old_url"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .col(integer("version").default(1))
        .foreign_key(&mut refers("sections", "section_id"))
        .take()
}

/// Further sections in which an article is listed.
fn article_sections() -> TableCreateStatement {
    table("article_sections")
        .col(big_integer("article_id"))
        .col(big_integer("section_id"))
        .primary_key(Index::create().col("article_id").col("section_id"))
        .foreign_key(refers("articles", "article_id").on_delete(ForeignKeyAction::Cascade))
        .foreign_key(&mut refers("sections", "section_id"))
        .take()
}

/// The body stands last: SQLite does not read the pages of a long row that lie behind the columns it is asked for, so a
/// list of titles does not touch bodies.
fn revisions() -> TableCreateStatement {
    table("revisions")
        .col(big_pk_auto("id"))
        .col(big_integer("article_id"))
        .col(big_integer_null("base_id"))
        .col(text("kind"))
        .col(line("name"))
        .col(big_integer_null("account_id"))
        .col(big_integer("created_at"))
        .col(big_integer_null("shown_at"))
        .col(big_integer_null("lead_media_id"))
        .col(text("title"))
        .col(line("subtitle"))
        .col(line("byline"))
        .col(line("dateline"))
        .col(line("source"))
        .col(line("author"))
        .col(line("editor"))
        .col(line("summary"))
        .col(line("keywords"))
        .col(line("extra"))
        .col(text("body"))
        .foreign_key(refers("articles", "article_id").on_delete(ForeignKeyAction::Cascade))
        .take()
}

fn media_uses() -> TableCreateStatement {
    table("media_uses")
        .col(big_integer("media_id"))
        .col(big_integer("revision_id"))
        .primary_key(Index::create().col("media_id").col("revision_id"))
        .foreign_key(&mut refers("media", "media_id"))
        .foreign_key(refers("revisions", "revision_id").on_delete(ForeignKeyAction::Cascade))
        .take()
}

/// See `articles::listing`: a section's list cut into counted pieces, so that any page is found without counting rows.
fn segments() -> TableCreateStatement {
    table("list_segments")
        .col(big_pk_auto("id"))
        .col(big_integer("section_id"))
        .col(big_integer("from_at"))
        .col(big_integer("from_id"))
        .col(big_integer("count"))
        .foreign_key(&mut refers("sections", "section_id"))
        .take()
}

/// Who did what, when, and what was before and after. Never changed, never deleted by the system.
fn audit() -> TableCreateStatement {
    table("audit")
        .col(big_pk_auto("id"))
        .col(big_integer("at"))
        .col(text("actor"))
        .col(big_integer_null("account_id"))
        .col(text("action"))
        .col(text("subject"))
        .col(big_integer_null("subject_id"))
        .col(line("before"))
        .col(line("after"))
        .col(line("address"))
        .take()
}

/// What readers' pages must learn of. The id is the cursor by which caches, feeds and indices follow.
fn changes() -> TableCreateStatement {
    table("changes")
        .col(big_pk_auto("id"))
        .col(big_integer("at"))
        .col(text("subject"))
        .col(big_integer("subject_id"))
        .col(big_integer_null("section_id"))
        .take()
}

/// Work that outlives a request, and what becomes true at a time.
fn jobs() -> TableCreateStatement {
    table("jobs")
        .col(big_pk_auto("id"))
        .col(text("kind"))
        .col(text("state"))
        .col(big_integer("run_at"))
        .col(integer("attempts").default(0))
        .col(line("payload"))
        .col(big_integer("done").default(0))
        .col(big_integer("total").default(0))
        .col(line("error"))
        .col(line("worker"))
        .col(big_integer_null("leased_until"))
        .col(big_integer_null("account_id"))
        .col(big_integer("created_at"))
        .col(big_integer_null("finished_at"))
        .take()
}

/// One index a list. Those of readers hold only what is public; both engines know partial indices.
const INDICES: &[&str] = &[
    "CREATE INDEX articles_public_in_section ON articles (section_id, shown_at DESC, id DESC) WHERE published_revision_id IS NOT NULL",
    "CREATE INDEX articles_public ON articles (shown_at DESC, id DESC) WHERE published_revision_id IS NOT NULL",
    "CREATE INDEX articles_public_with_picture ON articles (shown_at DESC, id DESC) WHERE published_revision_id IS NOT NULL AND lead_media_id IS NOT NULL",
    "CREATE INDEX articles_by_state ON articles (state, updated_at DESC, id DESC) WHERE deleted_at IS NULL",
    "CREATE INDEX articles_by_section ON articles (section_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL",
    "CREATE INDEX articles_by_author ON articles (author_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL",
    "CREATE INDEX articles_by_time ON articles (updated_at DESC, id DESC) WHERE deleted_at IS NULL",
    "CREATE INDEX articles_in_bin ON articles (deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL",
    "CREATE INDEX articles_scheduled ON articles (scheduled_at) WHERE scheduled_at IS NOT NULL",
    "CREATE INDEX articles_pinned ON articles (pinned_until) WHERE pinned_until IS NOT NULL",
    "CREATE INDEX article_sections_by_section ON article_sections (section_id, article_id)",
    "CREATE INDEX revisions_by_article ON revisions (article_id, id DESC)",
    "CREATE INDEX media_uses_by_revision ON media_uses (revision_id)",
    "CREATE INDEX media_by_time ON media (created_at DESC, id DESC) WHERE deleted_at IS NULL",
    "CREATE INDEX sections_in_order ON sections (parent_id, position)",
    "CREATE UNIQUE INDEX list_segments_in_order ON list_segments (section_id, from_at, from_id)",
    "CREATE INDEX grants_by_account ON grants (account_id)",
    "CREATE INDEX sessions_by_account ON sessions (account_id)",
    "CREATE INDEX sessions_by_expiry ON sessions (expires_at)",
    "CREATE INDEX audit_by_subject ON audit (subject, subject_id, id DESC)",
    "CREATE INDEX audit_by_account ON audit (account_id, id DESC)",
    "CREATE INDEX audit_by_time ON audit (at)",
    "CREATE INDEX jobs_due ON jobs (state, run_at)",
];
