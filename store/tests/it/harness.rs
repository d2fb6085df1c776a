//! A founded store of each engine, empty of articles, gone when the test ends.

use content::{Actor, Document, SectionId, Timestamp, article::Fields, site::Founding};
use store::{Store, Zone, articles::ImportedArticle};

pub struct TestStore {
    pub store: Store,
    pub engine: &'static str,
    /// Where its database is, for what a test does behind its back.
    pub url: String,
    _folder: tempfile::TempDir,
}

impl TestStore {
    /// Another server on the same database.
    pub async fn another(&self) -> Store {
        Store::open(&self.url, zone()).await.unwrap()
    }

    /// Rows as JSON, past the store: what a test wants to see or to break.
    pub async fn rows(&self, sql: &str) -> Vec<serde_json::Value> {
        use sea_orm::{ConnectionTrait, Database, FromQueryResult, JsonValue, Statement};
        let db = Database::connect(&self.url).await.unwrap();
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let rows = match sql.starts_with("SELECT") {
            true => JsonValue::find_by_statement(statement).all(&db).await.unwrap(),
            false => {
                db.execute_raw(statement).await.unwrap();
                Vec::new()
            }
        };
        db.close().await.unwrap();
        rows
    }

    /// The newest audit entry: who, what, to what, before, after.
    pub async fn audited(&self) -> (String, String, String, String, String) {
        let sql = "SELECT actor, action, subject, before, after FROM audit ORDER BY id DESC LIMIT 1";
        let row = self.rows(sql).await.remove(0);
        let text = |column: &str| row[column].as_str().unwrap().to_owned();
        (text("actor"), text("action"), text("subject"), text("before"), text("after"))
    }

    /// The change records behind a cursor: subject, its number, the section.
    pub async fn changed(&self, since: i64) -> Vec<(String, i64, Option<i64>)> {
        let sql = format!("SELECT subject, subject_id, section_id FROM changes WHERE id > {since} ORDER BY id");
        let read = |row: serde_json::Value| {
            let subject = row["subject"].as_str().unwrap().to_owned();
            (subject, row["subject_id"].as_i64().unwrap(), row["section_id"].as_i64())
        };
        self.rows(&sql).await.into_iter().map(read).collect()
    }

    /// How many rows a statement finds.
    pub async fn count(&self, from: &str) -> i64 {
        use sea_orm::{ConnectionTrait, Database, Statement};
        let db = Database::connect(&self.url).await.unwrap();
        let sql = format!("SELECT COUNT(*) AS n FROM {from}");
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        db.close().await.unwrap();
        row.unwrap().try_get("", "n").unwrap()
    }

    /// Does to the rows what no action does yet.
    pub async fn run(&self, sql: &str) {
        self.rows(sql).await;
    }
}

/// Sections of which it is not known how many articles stand in them.
pub const MISCOUNTED: &str =
    "sections s WHERE s.article_count <> (SELECT COUNT(*) FROM articles a WHERE a.section_id = s.id)";

pub const SLUGS: [&str; 3] = ["yaowen", "jianghua", "wenjian"];

pub fn founding() -> Founding {
    serde_json::from_str(
        r#"{"identity":{"name":"某市总工会","icp_number":"滇ICP备00000000号-1"},"sections":[
            {"slug":"yaowen","name":"工会要闻","column_type":"工作动态"},
            {"slug":"jianghua","name":"领导讲话"},
            {"slug":"wenjian","name":"工会文件"}]}"#,
    )
    .unwrap()
}

/// One store an engine, founded.
pub async fn stores() -> Vec<TestStore> {
    let mut all = Vec::new();
    for test in empty_stores().await {
        assert!(test.store.found(&Actor::Operator, &founding()).await.unwrap());
        all.push(test);
    }
    all
}

/// One store an engine, migrated.
pub async fn empty_stores() -> Vec<TestStore> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.db");
    let sqlite = Store::open_file(&file, zone()).await.unwrap();
    let url = format!("sqlite:{}", file.display());
    let mut all = vec![TestStore { store: sqlite, engine: "sqlite", url, _folder: folder }];
    match std::env::var("FUXIAN_TEST_POSTGRES") {
        Ok(server) => all.push(postgres(&server).await),
        Err(_) => eprintln!("skipped on PostgreSQL: FUXIAN_TEST_POSTGRES names no server"),
    }
    for test in &all {
        test.store.migrate().await.unwrap();
    }
    all
}

/// Each test has a schema of its own on the server, which is thrown away with it.
async fn postgres(server: &str) -> TestStore {
    use sea_orm::ConnectionTrait;
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let schema = format!("t_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let admin = sea_orm::Database::connect(server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await.unwrap();
    admin.close().await.unwrap();
    let separator = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{separator}options[search_path]={schema}");
    let store = Store::open(&url, zone()).await.unwrap();
    TestStore { store, engine: "postgres", url, _folder: tempfile::tempdir().unwrap() }
}

pub fn zone() -> Zone {
    Zone::named("Asia/Shanghai").unwrap()
}

pub async fn section(store: &Store, slug: &str) -> SectionId {
    store.sections().await.unwrap().into_iter().find(|s| s.link.slug.as_str() == slug).unwrap().id
}

/// An article with a number in its title, shown `n` minutes after the start of 2020 here.
pub fn article(section: SectionId, n: i64) -> ImportedArticle {
    ImportedArticle {
        identity: format!("test:{}:{n}", section.0),
        digest: "d".to_owned(),
        section,
        fields: Fields { title: format!("第{n}篇"), ..Fields::default() },
        shown: Some(Timestamp(zone().start_of(2020).unwrap().0 + n * 60_000)),
        body: Document::from_plain_text("正文。"),
        old_url: String::new(),
        further: Vec::new(),
        lead: None,
        import: None,
    }
}

/// A small generator: the same steps each time.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}
