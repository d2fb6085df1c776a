//! What a row must be before it is taken: whatever the code relies on when it reads it again. References that the database
//! knows are checked by the database, the others by [`REFERENCES`] when everything is there.

use super::{
    rows::Row,
    tables::{ACCOUNTS, ARTICLES, GRANTS, MEDIA, REVISIONS, SECTIONS, SITE, Table},
};
use content::{
    Document, Role, Slug,
    article::State,
    manuscript::Placement,
    media::FileKind,
    section::{SectionKind, Template},
    site::{Friend, FrontPlan, Identity, NoticeDraft},
};
use serde::de::DeserializeOwned;

/// Makes a row one that can be stored, or says why it cannot.
pub(super) fn check(table: &Table, row: &mut Row) -> Result<(), String> {
    match table.name {
        "accounts" => account(row),
        "media" => media(row),
        "site" => site(row),
        "sections" => section(row),
        "grants" => known("role", row.text(&GRANTS, "role"), |key| Role::of_key(key).is_some()),
        "articles" => known("state", row.text(&ARTICLES, "state"), |key| State::of_key(key).is_some()),
        "revisions" => revision(row),
        "imports" => {
            interrupted(table, row);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn known(name: &str, key: &str, is: impl FnOnce(&str) -> bool) -> Result<(), String> {
    if is(key) { Ok(()) } else { Err(format!("\"{name}\": \"{key}\" is not known")) }
}

/// Accounts come back disabled: their passwords stayed behind, and whoever runs the new place lets each in.
fn account(row: &mut Row) -> Result<(), String> {
    if row.text(&ACCOUNTS, "name").trim().is_empty() {
        return Err("\"name\" is empty".to_owned());
    }
    row.set(&ACCOUNTS, "disabled", true);
    Ok(())
}

/// The name of a file in the media store is its hash and says its kind: nothing else may be served or leave the folder.
fn media(row: &mut Row) -> Result<(), String> {
    let key = row.text(&MEDIA, "key");
    let kind = FileKind::of_key(key).filter(|kind| is_key(key, kind.extension()));
    let kind =
        kind.ok_or_else(|| format!("\"key\": \"{key}\" is no name of a file: expected <sha-256>.<extension>"))?;
    if row.text(&MEDIA, "content_type") != kind.content_type() || row.text(&MEDIA, "kind") != kind.media_kind().key() {
        return Err(format!("\"content_type\" and \"kind\" are not those of {key}"));
    }
    json::<Vec<u32>>("widths", row.text(&MEDIA, "widths"))?;
    for size in ["bytes", "width", "height"] {
        if row.number(&MEDIA, size).is_none_or(|size| size < 0) {
            return Err(format!("\"{size}\" is negative"));
        }
    }
    Ok(())
}

/// Whether a name is the hash of the bytes and their ending.
fn is_key(key: &str, extension: &str) -> bool {
    key.split_once('.').is_some_and(|(hash, ending)| {
        let digits = hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        hash.len() == 64 && digits && ending == extension
    })
}

fn site(row: &mut Row) -> Result<(), String> {
    if row.number(&SITE, "id") != Some(1) {
        return Err("\"id\" is 1: a database is one site".to_owned());
    }
    let identity: Identity = needed("identity", row.text(&SITE, "identity"))?;
    identity.check().map_err(|refusal| format!("\"identity\": {refusal}"))?;
    json::<FrontPlan>("front", row.text(&SITE, "front"))?;
    json::<Vec<Friend>>("friends", row.text(&SITE, "friends"))?;
    json::<Vec<NoticeDraft>>("notices", row.text(&SITE, "notices"))
}

fn section(row: &mut Row) -> Result<(), String> {
    let text = |name| row.text(&SECTIONS, name);
    text("slug").parse::<Slug>().map_err(|refusal| format!("\"slug\": {refusal}"))?;
    known("kind", text("kind"), |key| SectionKind::of_key(key).key() == key)?;
    known("template", text("template"), |key| key.is_empty() || Template::of_key(key).key() == key)
}

/// A text goes through the types that read it, and is stored as they write it.
fn revision(row: &mut Row) -> Result<(), String> {
    json::<Placement>("extra", row.text(&REVISIONS, "extra"))?;
    let body = Document::from_json(row.text(&REVISIONS, "body")).and_then(|body| body.to_json());
    row.set(&REVISIONS, "body", body.map_err(|refusal| format!("\"body\": {refusal}"))?);
    Ok(())
}

/// An import that was on its way is not gone on with: its job stayed behind.
fn interrupted(table: &Table, row: &mut Row) {
    if ["reading", "bringing", "undoing"].contains(&row.text(table, "stage")) {
        row.set(table, "stage", "failed");
        row.set(table, "fault", "the site moved while this was on its way");
    }
}

fn json<T: DeserializeOwned>(name: &str, text: &str) -> Result<(), String> {
    if text.is_empty() { Ok(()) } else { needed::<T>(name, text).map(drop) }
}

fn needed<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| format!("\"{name}\": {error}"))
}

/// Rows that name something that is not there, for references that the database does not know: what to say of them, and
/// how they are found. Each answers with numbers.
pub(super) const REFERENCES: [(&str, &str); 6] = [
    (
        "has a text that is no revision of it",
        "SELECT a.id FROM articles a WHERE a.working_revision_id IS NULL OR NOT EXISTS \
         (SELECT 1 FROM revisions r WHERE r.id = a.working_revision_id AND r.article_id = a.id)",
    ),
    (
        "shows readers a text that is no revision of it",
        "SELECT a.id FROM articles a WHERE a.published_revision_id IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM revisions r WHERE r.id = a.published_revision_id AND r.article_id = a.id)",
    ),
    (
        "is scheduled with a text that is no revision of it",
        "SELECT a.id FROM articles a WHERE a.scheduled_revision_id IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM revisions r WHERE r.id = a.scheduled_revision_id AND r.article_id = a.id)",
    ),
    (
        "has a lead picture that is not in the media library",
        "SELECT a.id FROM articles a WHERE a.lead_media_id IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM media m WHERE m.id = a.lead_media_id)",
    ),
    (
        "has an author who is no account",
        "SELECT a.id FROM articles a WHERE a.author_id IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM accounts p WHERE p.id = a.author_id)",
    ),
    (
        "stands in a section that is not there (a section's number, not an article's)",
        "SELECT s.id FROM sections s WHERE s.parent_id IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM sections p WHERE p.id = s.parent_id)",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn row(table: &Table, json: &str) -> Row {
        Row::read(table, json).unwrap()
    }

    fn picture(key: &str, content_type: &str) -> Result<(), String> {
        let json = format!(
            r#"{{"id":1,"key":"{key}","file_name":"a","content_type":"{content_type}","bytes":1,"width":1,"height":1,"alt":"",
            "focus_x":50,"focus_y":50,"widths":"","account_id":null,"created_at":1,"deleted_at":null,"kind":"picture","making":""}}"#
        );
        check(&MEDIA, &mut row(&MEDIA, &json))
    }

    #[test]
    fn a_file_is_called_by_its_hash_and_is_what_it_says() {
        let hash = "0123456789abcdef".repeat(4);
        assert_eq!(picture(&format!("{hash}.png"), "image/png"), Ok(()));
        assert!(picture(&format!("{hash}.png"), "text/html").unwrap_err().contains("content_type"));
        for key in ["../../etc/passwd", "a.png", &format!("{hash}.html"), &format!("../{hash}.png"), &hash] {
            assert!(picture(key, "image/png").unwrap_err().contains("is no name of a file"), "{key}");
        }
    }

    #[test]
    fn an_account_comes_back_disabled() {
        let json = r#"{"id":1,"name":"a","display_name":"A","disabled":false,"created_at":1,"updated_at":1}"#;
        let mut account = row(&ACCOUNTS, json);
        check(&ACCOUNTS, &mut account).unwrap();
        assert!(format!("{account:?}").contains("Bool(Some(true))"));
    }
}
