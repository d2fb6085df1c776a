//! What each public function of the store is: one line each.

use super::world::World;
use crate::{
    accounts::{PASSWORD, attempt},
    harness::{article, section},
};
use content::{Actor, article::Step, desk::Batch, preview::PreviewOf, record::RecordFilter, site::Founding};
use std::pin::Pin;
use store::accounts::LinkUse;

/// Does an action and looks at what it recorded.
pub type Check = for<'a> fn(&'a World) -> Pin<Box<dyn Future<Output = ()> + 'a>>;

macro_rules! actions {
    ($($name:ident: |$world:ident| $check:expr,)*) => {{
        fn check(name: &'static str, check: Check) -> (&'static str, Check) { (name, check) }
        vec![$(check(stringify!($name), |$world| Box::pin(async move { let _ = $check; }))),*]
    }};
}

/// They change nothing.
pub const QUERIES: &[&str] = &[
    "accounts",
    "article_page",
    "author_choices",
    "compare_revisions",
    "cursor",
    "desk",
    "desk_page",
    "files",
    "files_for",
    "fragments",
    "frame",
    "front",
    "has_administrator",
    "is_untouched",
    "link_purpose",
    "list_previews",
    "me",
    "newest_article",
    "pictures",
    "ping",
    "preview",
    "preview_article",
    "record_page",
    "revision",
    "revisions",
    "section_choices",
    "section_page",
    "sections",
    "sessions_of",
    "sitemap",
];

/// They change something and record nothing, for a reason.
pub const UNRECORDED: &[(&str, &str)] = &[
    ("backup", "it reads; whoever has the machine has its files anyway"),
    ("close", "it ends the connections"),
    ("end_job", "the progress of work that an action has begun and recorded"),
    ("leave_article", "a tab was closed: presence, which says itself again every few seconds"),
    ("migrate", "the shape of the database; the migrations are recorded in a table of their own"),
    ("note_presence", "who looks at an article now: presence"),
    ("note_progress", "the progress of work that an action has begun and recorded"),
    ("offer_second_factor", "nothing is on before it is confirmed, and that is recorded"),
    ("open_article", "a tab was opened: presence"),
    ("session", "when a session was last used, to the minute"),
    ("settle_due", "each room records what came due in it, as the system's doing"),
    ("sweep_jobs", "jobs that ended long ago"),
    ("sweep_sessions", "sessions, links and counters that have ended by themselves"),
    ("take_job", "the progress of work that an action has begun and recorded"),
    ("unpack_backup", "bytes of media whose records are in the database already"),
];

/// They record what they did: `"<action> <kind of record>"`, in order.
pub fn actions() -> Vec<(&'static str, Check)> {
    actions! {
        add_account: |w| {
            let fields = w.fields();
            w.act(&w.admin, &["add account", "link account"], async |a| w.store.add_account(a, &fields).await).await
        },
        add_account_with_password: |w| {
            let fields = w.fields();
            let add = async |a: &Actor| w.store.add_account_with_password(a, &fields, PASSWORD).await;
            w.act(&w.admin, &["add account"], add).await
        },
        add_file: |w| w.act(&w.admin, &["add media"], async |a| w.store.add_file(&w.files, a, "甲.pdf", b"%PDF-1.7\n%%EOF\n".to_vec()).await).await,
        add_picture: |w| w.act(&w.admin, &["add media"], async |a| w.store.add_picture(&w.files, a, "点.png", png(), "").await).await,
        begin_article: |w| {
            let home = section(&w.store, "yaowen").await;
            w.act(&w.admin, &["begin article"], async |a| w.store.begin_article(a, home).await).await
        },
        change_account: |w| {
            let id = w.store.add_account(&Actor::Operator, &w.fields()).await.unwrap().0;
            let fields = w.fields();
            w.act(&w.admin, &["change account"], async |a| w.store.change_account(a, id, &fields, true).await).await
        },
        change_articles: |w| {
            let ids = [w.article().await.0, w.article().await.0];
            w.act(&w.admin, &["bin article", "bin article"], async |a| w.store.change_articles(a, &ids, &Batch::Bin).await).await;
            w.act(&w.admin, &["unbin article"], async |a| w.store.change_articles(a, &ids[..1], &Batch::Restore).await).await;
            let to = Batch::Move(section(&w.store, "wenjian").await);
            w.act(&w.admin, &["move article"], async |a| w.store.change_articles(a, &ids[..1], &to).await).await;
            w.act(&w.admin, &["step article"], async |a| w.store.change_articles(a, &ids[..1], &Batch::Step(Step::Submit)).await).await
        },
        change_password: |w| {
            let (person, session) = w.person().await;
            w.act(&person, &["password account"], async |a| w.store.change_password(a, session, PASSWORD, "another long password").await).await
        },
        confirm_second_factor: |w| {
            let (person, _) = w.person().await;
            let offer = w.store.offer_second_factor(&person, PASSWORD).await.unwrap();
            let code = totp_rs::TOTP::from_url(&offer.address).unwrap().generate_current().unwrap();
            w.act(&person, &["second_factor_on account"], async |a| w.store.confirm_second_factor(a, &code).await).await
        },
        drop_fragment: |w| {
            let (person, article) = (w.admin.account().unwrap(), w.article().await.0);
            w.sql(&format!("INSERT INTO fragments (account_id, article_id, by_name, clashes, at) VALUES ({person}, {article}, '', '[]', 1)")).await;
            let id = w.number("SELECT MAX(id) FROM fragments").await;
            w.act(&w.admin, &["drop_fragment article"], async |a| w.store.drop_fragment(a, id).await).await
        },
        end_other_sessions: |w| {
            let (person, session) = w.person().await;
            w.act(&person, &["sign_out_everywhere account"], async |a| w.store.end_other_sessions(a, Some(session)).await).await
        },
        end_preview: |w| {
            let of = PreviewOf::Article(w.article().await.0);
            w.store.make_preview(&w.admin, &of).await.unwrap();
            let id = w.number("SELECT MAX(id) FROM previews").await;
            w.act(&w.admin, &["end_preview article"], async |a| w.store.end_preview(a, id).await).await
        },
        end_session: |w| {
            let (person, session) = w.person().await;
            w.act(&person, &["sign_out account"], async |a| w.store.end_session(a, session).await).await
        },
        export_record: |w| w.act(&w.admin, &["export site"], async |a| w.store.export_record(a, &RecordFilter::default(), "10.0.0.1").await.map(drop)).await,
        found: |w| {
            w.sql("DELETE FROM site").await;
            let founding: Founding = serde_json::from_str(r#"{"identity":{"name":"某市总工会"},"sections":[]}"#).unwrap();
            w.act(&w.admin, &["found site"], async |a| w.store.found(a, &founding).await).await
        },
        import: |w| {
            let batch = [article(section(&w.store, "yaowen").await, i64::from(w.fresh()))];
            w.act(&w.admin, &["import article"], async |a| w.store.import(a, &batch, true).await).await
        },
        keep_zone: |w| {
            w.sql("UPDATE site SET zone = 'UTC'").await;
            w.act(&w.admin, &["rebuild_lists site", "zone site"], async |a| w.store.keep_zone(a).await).await
        },
        make_preview: |w| {
            let of = PreviewOf::Article(w.article().await.0);
            w.act(&w.admin, &["preview article"], async |a| w.store.make_preview(a, &of).await).await;
            let of = PreviewOf::Site(Box::default());
            w.act(&w.admin, &["preview site"], async |a| w.store.make_preview(a, &of).await).await
        },
        name_revision: |w| {
            let (article, revision) = w.article().await;
            w.act(&w.admin, &["name article"], async |a| w.store.name_revision(a, article, revision, "初稿").await).await
        },
        note_foreign_request: |w| {
            // Once a minute for each address.
            let note = async || w.store.note_foreign_request("/api/x", &format!("10.8.{}.1", w.fresh())).await;
            w.acts(&Actor::Anonymous, &["foreign_request_refused site"], note).await
        },
        open_site: |w| {
            w.sql("UPDATE site SET opened_at = NULL").await;
            w.act(&w.admin, &["open site"], async |a| w.store.open_site(a).await).await
        },
        password_link: |w| {
            let id = w.store.add_account(&Actor::Operator, &w.fields()).await.unwrap().0;
            w.act(&w.admin, &["link account"], async |a| w.store.password_link(a, id).await).await
        },
        rebuild: |w| w.act(&w.admin, &["rebuild_lists site"], async |a| store::articles::rebuild_lists(&w.store, a).await).await,
        remove_second_factor: |w| {
            let person = w.with_factor().await;
            w.act(&person, &["second_factor_off account"], async |a| w.store.remove_second_factor(a, PASSWORD).await).await
        },
        remove_second_factor_of: |w| {
            let id = w.with_factor().await.account().unwrap();
            w.act(&w.admin, &["second_factor_off account"], async |a| w.store.remove_second_factor_of(a, id).await).await
        },
        renew_recovery_codes: |w| {
            let person = w.with_factor().await;
            w.act(&person, &["recovery_codes account"], async |a| w.store.renew_recovery_codes(a, PASSWORD).await).await
        },
        restore_revision: |w| {
            let (article, first) = w.article().await;
            w.store.name_revision(&w.admin, article, first, "初稿").await.unwrap();
            let second = w.store.save_article(&w.admin, &w.save(&w.admin, article, "另一稿。").await).await.unwrap().revision;
            w.act(&w.admin, &["restore article"], async |a| w.store.restore_revision(a, article, first, second).await).await
        },
        save_article: |w| {
            let (article, _) = w.article().await;
            let colleague = Actor::Account { id: w.store.add_account(&Actor::Operator, &w.fields()).await.unwrap().0, grants: grants(&w.admin) };
            let save = w.save(&colleague, article, "同事改了。").await;
            w.act(&colleague, &["save article"], async |a| w.store.save_article(a, &save).await).await
        },
        set_up_link: |w| w.act(&Actor::Operator, &["link account"], async |a| w.store.set_up_link(a).await).await,
        sign_in: |w| {
            let fields = w.fields();
            let id = w.store.add_account_with_password(&Actor::Operator, &fields, PASSWORD).await.unwrap();
            let person = Actor::Account { id, grants: vec![] };
            w.acts(&person, &["sign_in account"], async || w.store.sign_in(attempt(&fields.name, PASSWORD, "10.9.0.1")).await).await;
            let wrong = async || match w.store.sign_in(attempt(&fields.name, "geraten", &format!("10.9.{}.2", w.fresh()))).await {
                Err(store::Error::Refused(_)) => Ok(()),
                other => other.map(drop),
            };
            w.acts(&Actor::Anonymous, &["sign_in_refused account"], wrong).await
        },
        take_step: |w| {
            let (article, base) = w.article().await;
            w.act(&w.admin, &["step article"], async |a| w.store.take_step(a, article, base, Step::Submit).await).await
        },
        undo_batch: |w| {
            let ids = [w.article().await.0];
            let undo = w.store.change_articles(&w.admin, &ids, &Batch::Bin).await.unwrap().undo.unwrap();
            w.act(&w.admin, &["undo article"], async |a| w.store.undo_batch(a, undo).await).await
        },
        use_link: |w| {
            let (id, link) = w.store.add_account(&Actor::Operator, &w.fields()).await.unwrap();
            let token = link.path.rsplit('/').next().unwrap();
            let used = LinkUse { name: "", display_name: "", password: PASSWORD, code: None };
            let person = Actor::Account { id, grants: vec![] };
            w.acts(&person, &["link_used account"], async || w.store.use_link(token, used, "10.9.0.3", "").await).await
        },
    }
}

fn grants(actor: &Actor) -> Vec<content::account::Grant> {
    match actor {
        Actor::Account { grants, .. } => grants.clone(),
        _ => Vec::new(),
    }
}

/// A PNG of 2 × 3 pixels, as much of it as is looked at.
fn png() -> Vec<u8> {
    [&[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d][..], b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 3]].concat()
}
