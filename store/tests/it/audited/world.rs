//! Somebody to act, something to act upon, and three tries of each action: by nobody, without a record, and in earnest.

use crate::{
    accounts::{PASSWORD, attempt},
    harness::{TestStore, section},
    pictures::png,
};
use content::{
    Actor, ArticleId, Document, ImportId, MediaId, RevisionId, Role,
    account::Grant,
    desk::AccountFields,
    manuscript::{Save, SaveKind},
    moving::{FIELDS, Options, Stage, Which},
    section::SectionFields,
    token::{Scope, TokenFields},
};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::atomic::{AtomicU32, Ordering},
};
use store::{
    Error, Store,
    imports::{Kept, PageRow},
    media::MediaStore,
};

pub struct World {
    pub store: Store,
    /// An administrator without a password, so that the site has none who can sign in.
    pub admin: Actor,
    pub files: MediaStore,
    test: TestStore,
    db: DatabaseConnection,
    action: std::sync::Mutex<&'static str>,
    _folder: tempfile::TempDir,
}

impl World {
    pub async fn new(test: TestStore) -> Self {
        let store = test.store.clone();
        let grants = vec![Grant { role: Role::Administrator, section: None }];
        let fields = AccountFields { name: "admin".to_owned(), display_name: String::new(), grants: grants.clone() };
        let (id, _) = store.add_account(&Actor::Operator, &fields).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        Self {
            admin: Actor::Account { id, grants },
            files: store::media::local(folder.path()).unwrap(),
            db: Database::connect(&test.url).await.unwrap(),
            store,
            test,
            action: std::sync::Mutex::new(""),
            _folder: folder,
        }
    }

    pub fn begins(&self, action: &'static str) {
        *self.action.lock().unwrap() = action;
    }

    fn who(&self) -> String {
        format!("{} on {}", self.action.lock().unwrap(), self.test.engine)
    }

    /// A number that was not used before, on any engine: some things are counted by the process.
    pub fn fresh(&self) -> u32 {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        NEXT.fetch_add(1, Ordering::Relaxed)
    }

    pub async fn sql(&self, sql: &str) {
        self.db.execute_unprepared(sql).await.unwrap();
    }

    /// What one row of one column holds.
    pub async fn number(&self, sql: &str) -> i64 {
        let row = self.db.query_one_raw(Statement::from_string(self.backend(), sql)).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    fn backend(&self) -> DbBackend {
        self.db.get_database_backend()
    }

    /// Names and a role that nobody has yet.
    pub fn fields(&self) -> AccountFields {
        let grants = vec![Grant { role: Role::Reporter, section: None }];
        AccountFields { name: format!("person{}", self.fresh()), display_name: String::new(), grants }
    }

    /// A token for somebody.
    pub async fn token(&self) -> TokenFields {
        let account = self.store.add_account(&Actor::Operator, &self.fields()).await.unwrap().0;
        TokenFields { name: "采集".to_owned(), account, scopes: Scope::ALL.to_vec(), days: 30 }
    }

    /// A section that is not there yet.
    pub fn section_fields(&self) -> SectionFields {
        let n = self.fresh();
        serde_json::from_str(&format!(r#"{{"slug":"lanmu{n}","name":"栏目{n}"}}"#)).unwrap()
    }

    /// A picture of the library that was not there before.
    pub async fn picture(&self) -> MediaId {
        let bytes = png(1 + self.fresh(), 1);
        self.store.add_picture(&self.files, &self.admin, "点.png", bytes, "").await.unwrap()
    }

    /// Somebody who is signed in, with the session.
    /// A site that was uploaded.
    pub async fn archive(&self) -> MediaId {
        let bytes = [b"PK\x03\x04".to_vec(), self.fresh().to_le_bytes().to_vec()].concat();
        self.store.add_file(&self.files, &self.admin, "旧站.zip", bytes).await.unwrap().id
    }

    /// An import of which a page was found.
    pub async fn found(&self) -> (ImportId, i64) {
        let import = self.store.read_site(&self.admin, self.archive().await, &Options::default()).await.unwrap();
        let found = Kept { fields: vec![Default::default(); FIELDS.len()], ..Kept::default() };
        let row =
            PageRow { file: "a.html".to_owned(), article: true, confidence: 50, found, body: Document::default() };
        self.store.keep_pages(import, &[row], (1, 1)).await.unwrap();
        self.store.note_stage(import, Stage::Found, "").await.unwrap();
        let page = self.store.found_pages(&self.admin, import, (Which::Articles, ""), None).await.unwrap().rows[0].id;
        (import, page)
    }

    pub async fn person(&self) -> (Actor, i64) {
        let fields = self.fields();
        self.store.add_account_with_password(&Actor::Operator, &fields, PASSWORD).await.unwrap();
        let address = format!("10.7.{}.1", self.fresh());
        let (token, _) = self.store.sign_in(attempt(&fields.name, PASSWORD, &address)).await.unwrap();
        let session = self.store.session(&token).await.unwrap().unwrap();
        (session.actor, session.id)
    }

    /// Somebody with a second factor, and a code of it that was not used.
    pub async fn with_factor(&self) -> Actor {
        let (actor, _) = self.person().await;
        let offer = self.store.offer_second_factor(&actor, PASSWORD).await.unwrap();
        let code = totp_rs::TOTP::from_url(&offer.address).unwrap().generate_current().unwrap();
        self.store.confirm_second_factor(&actor, &code).await.unwrap();
        actor
    }

    /// An article of the administrator's that could be handed in, with its revision.
    pub async fn article(&self) -> (ArticleId, RevisionId) {
        let id = self.store.begin_article(&self.admin, section(&self.store, "yaowen").await).await.unwrap();
        let saved = self.store.save_article(&self.admin, &self.save(&self.admin, id, "正文。").await).await.unwrap();
        (id, saved.revision)
    }

    /// What a new tab would save.
    pub async fn save(&self, actor: &Actor, id: ArticleId, text: &str) -> Save {
        let tab = format!("tab{}", self.fresh());
        let opened = self.store.open_article(actor, id, &tab).await.unwrap();
        let mut manuscript = opened.manuscript;
        manuscript.fields.title = format!("标题{}", self.fresh());
        manuscript.fields.source = "本站".to_owned();
        manuscript.body = Document::from_plain_text(text);
        Save { article: id, tab, serial: 1, base: opened.revision, manuscript, kind: SaveKind::Auto }
    }

    /// An action that asks who acts.
    pub async fn act<T: Debug>(
        &self,
        actor: &Actor,
        expected: &[&str],
        action: impl AsyncFn(&Actor) -> store::Result<T>,
    ) -> T {
        let (before, entries) = (self.everything().await, self.entries().await);
        let refused = action(&Actor::Anonymous).await;
        assert!(matches!(refused, Err(Error::Refused(_))), "{}: nobody may do it: {refused:?}", self.who());
        assert_eq!(self.everything().await, before, "{}: it was refused and something happened", self.who());
        assert_eq!(self.entries().await.len(), entries.len());
        self.acts(actor, expected, async || action(actor).await).await
    }

    /// An action that asks nobody: what happens at the door.
    pub async fn acts<T: Debug>(
        &self,
        actor: &Actor,
        expected: &[&str],
        action: impl AsyncFn() -> store::Result<T>,
    ) -> T {
        let before = self.everything().await;
        self.without_record(true).await;
        let failed = action().await;
        self.without_record(false).await;
        assert!(matches!(failed, Err(Error::Database(_))), "{}: it records nothing: {failed:?}", self.who());
        let after = self.everything().await;
        for (table, rows) in &after {
            assert_eq!(Some(rows), before.get(table), "{}: {table} was changed without a record of it", self.who());
        }
        let entries = self.entries().await;
        let done = action().await.unwrap_or_else(|error| panic!("{}: {error}", self.who()));
        let new = self.entries().await.split_off(entries.len());
        let said: Vec<&str> = new.iter().map(|(said, _)| said.as_str()).collect();
        assert_eq!(said, expected, "{}", self.who());
        let account = actor.account().map(|account| account.0);
        assert!(new.iter().all(|(_, who)| *who == account), "{}: {new:?} and not {account:?}", self.who());
        done
    }

    /// While it is on, nothing can be recorded.
    async fn without_record(&self, on: bool) {
        let statements = match (self.backend(), on) {
            (DbBackend::Postgres, true) => {
                "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'no record'; END $$ \
                 LANGUAGE plpgsql; CREATE TRIGGER refuse BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION refuse()"
            }
            (_, true) => "CREATE TRIGGER refuse BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no record'); END",
            (DbBackend::Postgres, false) => "DROP TRIGGER refuse ON audit",
            (_, false) => "DROP TRIGGER refuse",
        };
        self.sql(statements).await;
    }

    /// Action and kind of every entry, in their order, with the account that acted.
    async fn entries(&self) -> Vec<(String, Option<i64>)> {
        let sql = "SELECT action, subject, account_id FROM audit ORDER BY id";
        let rows = self.db.query_all_raw(Statement::from_string(self.backend(), sql)).await.unwrap();
        let said = |row: &sea_orm::QueryResult| {
            let (action, subject): (String, String) =
                (row.try_get("", "action").unwrap(), row.try_get("", "subject").unwrap());
            (format!("{action} {subject}"), row.try_get("", "account_id").unwrap())
        };
        rows.iter().map(said).collect()
    }

    /// The rows of every table as text, but of those that count attempts and that an index keeps for itself.
    async fn everything(&self) -> BTreeMap<String, Vec<String>> {
        let tables = match self.backend() {
            DbBackend::Postgres => {
                "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
            }
            _ => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
        };
        let mut all = BTreeMap::new();
        for table in self.texts(tables).await {
            if table != "attempts" && !table.starts_with("article_grams") {
                let row = match self.backend() {
                    DbBackend::Postgres => "t::text".to_owned(),
                    _ => {
                        let sql =
                            format!("SELECT 'quote(\"' || name || '\")' AS name FROM pragma_table_info('{table}')");
                        self.texts(&sql).await.join(" || '|' || ")
                    }
                };
                let rows = self.texts(&format!("SELECT {row} AS name FROM \"{table}\" t ORDER BY 1")).await;
                all.insert(table, rows);
            }
        }
        all
    }

    async fn texts(&self, sql: &str) -> Vec<String> {
        let rows = self.db.query_all_raw(Statement::from_string(self.backend(), sql)).await.unwrap();
        rows.iter().map(|row| row.try_get("", "name").unwrap()).collect()
    }
}
