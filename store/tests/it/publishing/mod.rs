//! What readers see begins, changes and ends, on both engines: each action with its result, its audit entry, its change
//! records and its refusals.

mod actions;
mod following;
mod lists;
mod reviews;
mod schedules;

pub use crate::harness::{MISCOUNTED, Random, SLUGS, TestStore, article, section, stores, zone};
pub use content::{
    AccountId, Actor, ArticleId, Document, Refusal, RevisionId, Role, SectionId, Slug, Timestamp,
    account::Grant,
    article::{FURTHEST_SCHEDULE, State, Step},
    desk::{AccountFields, Batch, Filter, Sort},
    manuscript::{Manuscript, RevisionKind, Save, SaveKind},
    reading::SectionPage,
};
pub use std::collections::BTreeMap;
pub use store::{Error, Store, articles::Outcome, unix_now};

pub const HOUR: i64 = 3_600_000;

pub async fn account(store: &Store, name: &str, role: Role) -> Actor {
    let grants = vec![Grant { role, section: None }];
    let fields = AccountFields { name: name.to_owned(), display_name: name.to_owned(), grants: grants.clone() };
    let (id, _) = store.add_account(&Actor::Operator, &fields).await.unwrap();
    Actor::Account { id, grants }
}

/// Saves a change of what stands; the revision that stands then.
pub async fn save(store: &Store, actor: &Actor, id: ArticleId, change: impl FnOnce(&mut Manuscript)) -> RevisionId {
    use std::sync::atomic::{AtomicU32, Ordering};
    static TAB: AtomicU32 = AtomicU32::new(0);
    let tab = format!("tab{}", TAB.fetch_add(1, Ordering::Relaxed));
    let opened = store.open_article(actor, id, &tab).await.unwrap();
    let mut manuscript = opened.manuscript;
    change(&mut manuscript);
    let save = Save { article: id, tab, serial: 1, base: opened.revision, manuscript, kind: SaveKind::Auto };
    store.save_article(actor, &save).await.unwrap().revision
}

pub fn complete(title: &str) -> impl FnOnce(&mut Manuscript) {
    let title = title.to_owned();
    move |text| {
        text.fields.title = title;
        text.fields.source = "本站".to_owned();
        text.body = Document::from_plain_text("正文。");
    }
}

pub fn titled(title: &str) -> impl FnOnce(&mut Manuscript) {
    let title = title.to_owned();
    move |text| text.fields.title = title
}

/// A complete draft in the first section.
pub async fn draft(store: &Store, actor: &Actor, title: &str) -> (ArticleId, RevisionId) {
    let id = store.begin_article(actor, section(store, "yaowen").await).await.unwrap();
    (id, save(store, actor, id, complete(title)).await)
}

pub async fn title(store: &Store, id: ArticleId) -> Result<String, Refusal> {
    match store.article_page(&Actor::Anonymous, id).await {
        Ok(article) => Ok(article.page.fields.title),
        Err(Error::Refused(refusal)) => Err(refusal),
        Err(error) => panic!("{error}"),
    }
}

pub async fn page(store: &Store, slug: &str, page: u32) -> SectionPage {
    store.section_page(&Actor::Anonymous, &slug.parse::<Slug>().unwrap(), page).await.unwrap()
}

/// All titles of a list, page after page, with the total that it says.
pub async fn list(store: &Store, slug: &str) -> (u32, Vec<ArticleId>) {
    let first = page(store, slug, 1).await;
    let mut ids = Vec::new();
    for number in 1..=first.pages {
        ids.extend(page(store, slug, number).await.articles.into_iter().map(|teaser| teaser.link.id));
    }
    (first.total, ids)
}

pub fn refusal<T: std::fmt::Debug>(result: store::Result<T>) -> Refusal {
    match result.unwrap_err() {
        Error::Refused(refusal) => refusal,
        other => panic!("{other}"),
    }
}

/// The newest entry of the record: action, before, after.
pub async fn audited(test: &TestStore) -> (String, String, String) {
    let row = test.rows("SELECT action, before, after FROM audit ORDER BY id DESC LIMIT 1").await.remove(0);
    let text = |name: &str| row[name].as_str().unwrap().to_owned();
    (text("action"), text("before"), text("after"))
}

pub async fn audit_count(test: &TestStore, action: &str) -> usize {
    test.rows(&format!("SELECT id FROM audit WHERE action = '{action}'")).await.len()
}

/// The sections of the change records behind a cursor.
pub async fn changes(test: &TestStore, since: i64) -> Vec<i64> {
    let sql = format!("SELECT section_id FROM changes WHERE id > {since} AND subject = 'article' ORDER BY section_id");
    test.rows(&sql).await.iter().map(|row| row["section_id"].as_i64().unwrap()).collect()
}

pub async fn set_stages(test: &TestStore, slug: &str, stages: u8) {
    test.rows(&format!("UPDATE sections SET stages = {stages} WHERE slug = '{slug}'")).await;
}
