//! Finding articles by words of their head: title, subtitle, byline, source, author, editor, keywords, summary.
//!
//! Chinese words are mostly one or two characters long, where the engines' own trigrams do not help. So the text is cut
//! into pairs of characters before the engine's full-text index gets it: FTS5 of SQLite finds a run of pairs as a phrase,
//! the GIN index of PostgreSQL finds the rows that hold all of them. Either answers a query of any length.

use super::row::statement;
use crate::Result;
use content::{ArticleId, article::Fields};
use sea_orm::{ConnectionTrait, DbBackend, DbErr};

/// Articles that are indexed in one statement.
const AT_ONCE: usize = 200;

/// The text by which an article is found.
pub fn text_of(fields: &Fields) -> String {
    let Fields { title, subtitle, byline, dateline: _, source, author, editor, summary, keywords } = fields;
    let parts = [title, subtitle, byline, source, author, editor, keywords, summary];
    let parts: Vec<&str> = parts.iter().map(|part| part.as_str()).filter(|part| !part.is_empty()).collect();
    folded(&parts.join("\n"))
}

/// Small letters, and what is typed with a full-width keyboard like the rest.
pub fn folded(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(narrow).flat_map(char::to_lowercase).collect()
}

/// Runs of letters and digits: what stands between them is not indexed.
fn runs(text: &str) -> impl Iterator<Item = Vec<char>> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()).map(|run| run.chars().collect())
}

/// The pairs of a run, and its last character alone, so that each character begins an entry.
fn grams(run: &[char]) -> impl Iterator<Item = String> {
    run.windows(2).map(String::from_iter).chain(run.last().map(char::to_string))
}

/// All pairs of a text, in order, with spaces between. Runs are kept apart by an entry that no query has.
fn line_of_grams(text: &str) -> String {
    runs(text).map(|run| grams(&run).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(" 0x ")
}

/// Writes what articles are found by.
pub async fn put(db: &impl ConnectionTrait, texts: &[(ArticleId, String)]) -> Result<(), DbErr> {
    for texts in texts.chunks(AT_ONCE) {
        if db.get_database_backend() == DbBackend::Sqlite {
            put_sqlite(db, texts).await?;
        } else {
            put_postgres(db, texts).await?;
        }
    }
    Ok(())
}

fn places(count: usize, width: usize) -> String {
    let row =
        |n: usize| format!("({})", (1..=width).map(|at| format!("${}", n * width + at)).collect::<Vec<_>>().join(","));
    (0..count).map(row).collect::<Vec<_>>().join(",")
}

async fn put_sqlite(db: &impl ConnectionTrait, texts: &[(ArticleId, String)]) -> Result<(), DbErr> {
    let rows = places(texts.len(), 2);
    let sql = format!("INSERT OR REPLACE INTO article_texts (article_id, text) VALUES {rows}");
    let values = texts.iter().flat_map(|(id, text)| [id.0.into(), text.as_str().into()]);
    db.execute_raw(statement(db, &sql, values)).await?;
    let sql = format!("INSERT OR REPLACE INTO article_grams (rowid, grams) VALUES {rows}");
    let values = texts.iter().flat_map(|(id, text)| [id.0.into(), line_of_grams(text).into()]);
    db.execute_raw(statement(db, &sql, values)).await?;
    Ok(())
}

async fn put_postgres(db: &impl ConnectionTrait, texts: &[(ArticleId, String)]) -> Result<(), DbErr> {
    let row = |n: usize| format!("(${}, ${}, string_to_array(${}, ' '))", n * 3 + 1, n * 3 + 2, n * 3 + 3);
    let rows = (0..texts.len()).map(row).collect::<Vec<_>>().join(",");
    let sql = format!(
        "INSERT INTO article_texts (article_id, text, grams) VALUES {rows} \
         ON CONFLICT (article_id) DO UPDATE SET text = excluded.text, grams = excluded.grams"
    );
    let single = |text: &str| {
        let singles = text.chars().filter(|c| c.is_alphanumeric()).map(String::from);
        runs(text).flat_map(|run| grams(&run).collect::<Vec<_>>()).chain(singles).collect::<Vec<_>>().join(" ")
    };
    let values = texts.iter().flat_map(|(id, text)| [id.0.into(), text.as_str().into(), single(text).into()]);
    db.execute_raw(statement(db, &sql, values)).await?;
    Ok(())
}

/// How the matches of a text are to be found.
pub enum Matches {
    /// These, and no others.
    These(Vec<i64>),
    /// So many that the list is better asked first.
    Many(Many),
    /// The text asks for nothing.
    All,
}

/// A text with many matches.
pub struct Many {
    /// The pattern for `LIKE`.
    pub pattern: String,
    /// What the index is asked for; nothing where it holds none of the text's characters.
    index: Option<String>,
}

impl Many {
    /// The articles `a` of which the index says that they match, for a `FROM`, with a condition in which `{}` is the
    /// value that comes with it.
    pub fn asked(self, db: &impl ConnectionTrait) -> (&'static str, Option<(&'static str, String)>) {
        // SQLite takes the tables of a CROSS JOIN in their order, and knows no better one.
        let texts = "article_texts t CROSS JOIN articles a ON a.id = t.article_id";
        match (db.get_database_backend(), self.index) {
            (DbBackend::Sqlite, Some(index)) => {
                let from = "article_grams g CROSS JOIN article_texts t ON t.article_id = g.rowid \
                     CROSS JOIN articles a ON a.id = g.rowid";
                (from, Some(("article_grams MATCH {}", index)))
            }
            (DbBackend::Sqlite, None) => (texts, None),
            (_, index) => {
                let condition = "t.grams @> string_to_array({}, ' ')";
                ("article_texts t JOIN articles a ON a.id = t.article_id", index.map(|index| (condition, index)))
            }
        }
    }
}

/// Asks the index for the matches, where they are few.
pub async fn find(db: &impl ConnectionTrait, text: &str, few: usize) -> Result<Matches> {
    let text = folded(text.trim());
    if text.is_empty() {
        return Ok(Matches::All);
    }
    let pattern = format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let runs: Vec<Vec<char>> = runs(&text).collect();
    // Nothing but signs: no index knows them, and few ask.
    if runs.is_empty() {
        return Ok(Matches::Many(Many { pattern, index: None }));
    }
    let limit = i64::try_from(few + 1).unwrap_or(i64::MAX);
    let (rows, index) = if db.get_database_backend() == DbBackend::Sqlite {
        let phrases = runs.iter().map(|run| phrase(run)).collect::<Vec<_>>().join(" AND ");
        let sql = "SELECT t.article_id FROM article_grams g JOIN article_texts t ON t.article_id = g.rowid \
             WHERE article_grams MATCH $1 AND t.text LIKE $2 ESCAPE '\\' LIMIT $3";
        let values = [phrases.as_str().into(), pattern.as_str().into(), limit.into()];
        (db.query_all_raw(statement(db, sql, values)).await?, phrases)
    } else {
        let wanted = runs.iter().flat_map(|run| match run.as_slice() {
            [one] => vec![one.to_string()],
            more => more.windows(2).map(String::from_iter).collect(),
        });
        let sql =
            "SELECT article_id FROM article_texts WHERE grams @> string_to_array($1, ' ') AND text LIKE $2 LIMIT $3";
        let wanted = wanted.collect::<Vec<_>>().join(" ");
        let values = [wanted.as_str().into(), pattern.as_str().into(), limit.into()];
        (db.query_all_raw(statement(db, sql, values)).await?, wanted)
    };
    if rows.len() > few {
        return Ok(Matches::Many(Many { pattern, index: Some(index) }));
    }
    let ids = rows.iter().map(|row| row.try_get("", "article_id")).collect::<Result<Vec<i64>, DbErr>>()?;
    Ok(Matches::These(ids))
}

/// A run as a phrase of FTS5. Its last character is the beginning of an entry, whatever follows it in the text.
fn phrase(run: &[char]) -> String {
    let pairs = run.windows(2).map(String::from_iter).collect::<Vec<_>>().join(" ");
    match (run, pairs) {
        ([one], _) => format!("\"{one}\"*"),
        (_, pairs) => format!("\"{pairs}\""),
    }
}

/// Indexes every article that is there: once, when the index is made.
pub async fn index_all(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let mut after = 0_i64;
    loop {
        let sql = "SELECT a.id, r.title, r.subtitle, r.byline, r.source, r.author, r.editor, r.keywords, r.summary \
             FROM articles a JOIN revisions r ON r.id = a.working_revision_id WHERE a.id > $1 ORDER BY a.id LIMIT 1000";
        let rows = db.query_all_raw(statement(db, sql, [after.into()])).await?;
        let mut texts = Vec::with_capacity(rows.len());
        for row in &rows {
            after = row.try_get("", "id")?;
            let fields = Fields {
                title: row.try_get("", "title")?,
                subtitle: row.try_get("", "subtitle")?,
                byline: row.try_get("", "byline")?,
                source: row.try_get("", "source")?,
                author: row.try_get("", "author")?,
                editor: row.try_get("", "editor")?,
                keywords: row.try_get("", "keywords")?,
                summary: row.try_get("", "summary")?,
                dateline: String::new(),
            };
            texts.push((ArticleId(after), text_of(&fields)));
        }
        if texts.is_empty() {
            return Ok(());
        }
        put(db, &texts).await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_pairs_and_runs_are_kept_apart() {
        assert_eq!(line_of_grams("工会要闻，ab"), "工会 会要 要闻 闻 0x ab b");
        assert_eq!(phrase(&['工', '会', '要']), "\"工会 会要\"");
        assert_eq!(phrase(&['工']), "\"工\"*");
    }

    #[test]
    fn full_width_and_capitals_are_found_like_the_rest() {
        assert_eq!(folded("ＡＢＣ　Ｄ１"), "abc d1");
    }
}
