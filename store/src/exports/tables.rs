//! Which rows are the site. A table or column that is neither here nor in [`LEFT_OUT`] fails a test: whoever adds one says
//! what becomes of it when the site moves out.

/// What a column holds, and how it stands in the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// A whole number.
    Number,
    /// A whole number or nothing.
    NumberOrNone,
    /// Text; empty is none.
    Text,
    /// Text or nothing.
    TextOrNone,
    /// Yes or no.
    Flag,
    /// JSON as text, which stands in the folder as JSON; empty is `null` there.
    Json,
}

/// A table with the columns that go out, in their order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: &'static [(&'static str, Holds)],
}

impl Table {
    /// The column by which rows are put in order, and by which it is known how far one is.
    pub(super) const fn key(&self) -> &'static str {
        self.columns[0].0
    }
}

use Holds::{Flag, Json, Number, NumberOrNone, Text, TextOrNone};

/// Tables that are one file each, in the order in which they can come back: what is named is there before who names it.
pub(super) const FILES: [Table; 11] = [
    ACCOUNTS,
    MEDIA,
    SITE,
    SECTIONS,
    Table { name: "gone_sections", columns: &[("id", Number), ("into_id", NumberOrNone)] },
    GRANTS,
    Table {
        name: "redirects",
        columns: &[
            ("id", Number),
            ("address", Text),
            ("subject", Text),
            ("subject_id", Number),
            ("created_at", Number),
        ],
    },
    IMPORTS,
    IMPORT_PAGES,
    FRAGMENTS,
    AUDIT,
];

/// Those of them that can only come back after the articles.
pub(super) const AFTER_ARTICLES: [&str; 1] = ["fragments"];

pub(super) const ACCOUNTS: Table = Table {
    name: "accounts",
    columns: &[
        ("id", Number),
        ("name", Text),
        ("display_name", Text),
        ("disabled", Flag),
        ("created_at", Number),
        ("updated_at", Number),
    ],
};

pub(super) const MEDIA: Table = Table {
    name: "media",
    columns: &[
        ("id", Number),
        ("key", Text),
        ("file_name", Text),
        ("content_type", Text),
        ("bytes", Number),
        ("width", Number),
        ("height", Number),
        ("alt", Text),
        ("focus_x", Number),
        ("focus_y", Number),
        ("widths", Text),
        ("account_id", NumberOrNone),
        ("created_at", Number),
        ("deleted_at", NumberOrNone),
        ("kind", Text),
        ("making", Text),
    ],
};

pub(super) const SITE: Table = Table {
    name: "site",
    columns: &[
        ("id", Number),
        ("identity", Json),
        ("emblem_media_id", NumberOrNone),
        ("front", Json),
        ("friends", Json),
        ("notices", Json),
        ("next_notice_at", NumberOrNone),
        ("zone", Text),
        ("founded_at", Number),
        ("opened_at", NumberOrNone),
        ("updated_at", Number),
        ("version", Number),
        ("identity_version", Number),
        ("front_version", Number),
        ("sections_version", Number),
    ],
};

pub(super) const SECTIONS: Table = Table {
    name: "sections",
    columns: &[
        ("id", Number),
        ("parent_id", NumberOrNone),
        ("position", Number),
        ("slug", Text),
        ("name", Text),
        ("description", Text),
        ("keywords", Text),
        ("column_type", Text),
        ("kind", Text),
        ("link", Text),
        ("template", Text),
        ("visible", Flag),
        ("stages", Number),
        ("created_at", Number),
        ("updated_at", Number),
        ("version", Number),
    ],
};

pub(super) const GRANTS: Table = Table {
    name: "grants",
    columns: &[("id", Number), ("account_id", Number), ("role", Text), ("section_id", NumberOrNone)],
};

const IMPORTS: Table = Table {
    name: "imports",
    columns: &[
        ("id", Number),
        ("name", Text),
        ("stage", Text),
        ("media_id", NumberOrNone),
        ("options", Json),
        ("parity", Json),
        ("fault", Text),
        ("done", Number),
        ("total", Number),
        ("account_id", NumberOrNone),
        ("created_at", Number),
        ("updated_at", Number),
        ("version", Number),
    ],
};

const IMPORT_PAGES: Table = Table {
    name: "import_pages",
    columns: &[
        ("id", Number),
        ("import_id", Number),
        ("file", Text),
        ("kind", Text),
        ("confidence", Number),
        ("title", Text),
        ("found", Json),
        ("body", Json),
        ("fields", Json),
        ("chosen", Flag),
        ("article_id", NumberOrNone),
        ("outcome", Text),
    ],
};

const FRAGMENTS: Table = Table {
    name: "fragments",
    columns: &[
        ("id", Number),
        ("account_id", Number),
        ("article_id", Number),
        ("by_name", Text),
        ("clashes", Json),
        ("at", Number),
    ],
};

const AUDIT: Table = Table {
    name: "audit",
    columns: &[
        ("id", Number),
        ("at", Number),
        ("actor", Text),
        ("account_id", NumberOrNone),
        ("action", Text),
        ("subject", Text),
        ("subject_id", NumberOrNone),
        ("before", Text),
        ("after", Text),
        ("address", Text),
        ("token", Text),
    ],
};

/// What an article's file holds, beside the further sections that list it.
pub(super) const ARTICLES: Table = Table {
    name: "articles",
    columns: &[
        ("id", Number),
        ("section_id", Number),
        ("state", Text),
        ("author_id", NumberOrNone),
        ("working_revision_id", NumberOrNone),
        ("published_revision_id", NumberOrNone),
        ("shown_at", NumberOrNone),
        ("lead_media_id", NumberOrNone),
        ("first_published_at", NumberOrNone),
        ("last_published_at", NumberOrNone),
        ("scheduled_at", NumberOrNone),
        ("scheduled_revision_id", NumberOrNone),
        ("pinned_until", NumberOrNone),
        ("pinned_at", NumberOrNone),
        ("deleted_at", NumberOrNone),
        ("identity", TextOrNone),
        ("digest", Text),
        ("old_url", Text),
        ("import_id", NumberOrNone),
        ("created_at", Number),
        ("updated_at", Number),
        ("version", Number),
    ],
};

pub(super) const APPROVALS: Table = Table {
    name: "approvals",
    columns: &[
        ("id", Number),
        ("article_id", Number),
        ("stage", Number),
        ("account_id", Number),
        ("content_hash", Text),
        ("at", Number),
        ("voided_at", NumberOrNone),
    ],
};

pub(super) const REVISIONS: Table = Table {
    name: "revisions",
    columns: &[
        ("id", Number),
        ("article_id", Number),
        ("base_id", NumberOrNone),
        ("kind", Text),
        ("name", Text),
        ("account_id", NumberOrNone),
        ("created_at", Number),
        ("began_at", Number),
        ("shown_at", NumberOrNone),
        ("lead_media_id", NumberOrNone),
        ("title", Text),
        ("subtitle", Text),
        ("byline", Text),
        ("dateline", Text),
        ("source", Text),
        ("author", Text),
        ("editor", Text),
        ("summary", Text),
        ("keywords", Text),
        ("extra", Json),
        ("body", Json),
    ],
};

/// Tables and columns that stay behind, each with the reason.
#[cfg(test)]
pub(super) const LEFT_OUT: &[(&str, &str)] = &[
    ("accounts.password_hash", "a secret"),
    ("accounts.totp_secret", "a secret"),
    ("accounts.totp_pending", "a secret"),
    ("accounts.totp_step", "goes with the secret"),
    ("accounts.journal_key", "a secret; made anew"),
    ("sections.published_count", "counted anew"),
    ("sections.article_count", "counted anew"),
    ("article_sections", "numbers in the article's file"),
    ("media_uses", "found anew in the texts"),
    ("list_entries", "made anew"),
    ("list_segments", "made anew"),
    ("article_texts", "made anew"),
    ("article_grams", "made anew"),
    ("tokens", "programs get new ones where the site goes: the accounts that they act for come back disabled"),
    ("sessions", "nobody is signed in where accounts come back disabled"),
    ("recovery_codes", "secrets"),
    ("one_time_links", "secrets"),
    ("previews", "secrets"),
    ("attempts", "of the door of the old place"),
    ("tabs", "of browsers that have the old place open"),
    ("undos", "last minutes"),
    ("uploads", "on their way"),
    ("upload_parts", "on their way"),
    ("media_left", "bytes that wait to be deleted"),
    ("jobs", "work of the old place"),
    ("changes", "for caches of the old place"),
    ("seaql_migrations", "the shape, not the site"),
];
