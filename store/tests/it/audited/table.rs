//! What each public function of the store is: one line each.

use super::world::World;
use crate::{
    accounts::{PASSWORD, attempt},
    harness::{article, section},
    pictures::png,
};
use content::{
    Actor, Timestamp,
    article::Step,
    desk::Batch,
    media::{Focus, MediaFields},
    moving::{Corrections, Options, Parity, Stage},
    preview::PreviewOf,
    record::RecordFilter,
    section::SectionPlace,
    site::{Founding, FrontForm, FrontPlan, Identity},
};
use std::pin::Pin;
use store::{
    accounts::LinkUse,
    articles::{Going, ImportedArticle},
    redirects::Target,
};

/// Does an action and looks at what it recorded.
pub type Check = for<'a> fn(&'a World) -> Pin<Box<dyn Future<Output = ()> + 'a>>;

macro_rules! actions {
    ($($name:ident: |$world:ident| $check:expr,)*) => {{
        fn check(name: &'static str, check: Check) -> (&'static str, Check) { (name, check) }
        vec![$(check(stringify!($name), |$world| Box::pin(async move { let _ = $check; }))),*]
    }};
}

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
        add_picture: |w| w.act(&w.admin, &["add media"], async |a| w.store.add_picture(&w.files, a, "点.png", png(2, 3), "").await).await,
        add_section: |w| {
            let fields = w.section_fields();
            w.act(&w.admin, &["add section"], async |a| w.store.add_section(a, None, &fields).await).await
        },
        add_redirect: |w| {
            let to = Target::Section(section(&w.store, "yaowen").await);
            w.act(&w.admin, &["redirect section"], async |a| w.store.add_redirect(a, "/old.asp?id=1", to).await).await
        },
        bin_article: |w| {
            let (article, base) = w.article().await;
            w.act(&w.admin, &["bin article"], async |a| w.store.bin_article(a, article, Some(base)).await).await
        },
        begin_article: |w| {
            let home = section(&w.store, "yaowen").await;
            w.act(&w.admin, &["begin article"], async |a| w.store.begin_article(a, home).await).await
        },
        begin_import: |w| w.act(&w.admin, &["begin_import import"], async |a| w.store.begin_import(a, "a.xml", &Options::default()).await).await,
        bring_import: |w| {
            let (import, _) = w.found().await;
            w.act(&w.admin, &["step_import import"], async |a| w.store.bring_import(a, import).await).await
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
        change_front: |w| {
            let room = w.store.front_room(&w.admin).await.unwrap();
            let plan = FrontPlan { sections: Some(Vec::new()), ..FrontPlan::default() };
            let form = FrontForm { plan, ..FrontForm::default() };
            w.act(&w.admin, &["change site"], async |a| w.store.change_front(a, &form, room.version).await).await
        },
        change_identity: |w| {
            let form = w.store.identity(&w.admin).await.unwrap();
            let identity = Identity { producer: "某网".to_owned(), ..form.identity };
            w.act(&w.admin, &["change site"], async |a| w.store.change_identity(a, &identity, form.version).await).await
        },
        change_import: |w| {
            let (import, _) = w.found().await;
            let options = Options { profile: "base = \"http://old.example/\"".to_owned(), ..Options::default() };
            w.act(&w.admin, &["change_import import"], async |a| w.store.change_import(a, import, &options).await).await
        },
        change_media: |w| {
            let id = w.picture().await;
            let fields = MediaFields { name: "点.png".to_owned(), alt: "一个点".to_owned(), focus: Focus::default() };
            w.act(&w.admin, &["describe media"], async |a| w.store.change_media(a, id, &fields).await).await
        },
        change_password: |w| {
            let (person, session) = w.person().await;
            w.act(&person, &["password account"], async |a| w.store.change_password(a, session, PASSWORD, "another long password").await).await
        },
        change_section: |w| {
            let mut fields = w.section_fields();
            let id = w.store.add_section(&w.admin, None, &fields).await.unwrap();
            fields.description = "换了说法".to_owned();
            w.act(&w.admin, &["change section"], async |a| w.store.change_section(a, id, None, &fields, 1).await).await
        },
        confirm_second_factor: |w| {
            let (person, _) = w.person().await;
            let offer = w.store.offer_second_factor(&person, PASSWORD).await.unwrap();
            let code = totp_rs::TOTP::from_url(&offer.address).unwrap().generate_current().unwrap();
            w.act(&person, &["second_factor_on account"], async |a| w.store.confirm_second_factor(a, &code).await).await
        },
        correct_page: |w| {
            let (import, page) = w.found().await;
            let better = Corrections::from([("title".to_owned(), "改过的标题".to_owned())]);
            w.act(&w.admin, &["correct_page import"], async |a| w.store.correct_page(a, import, page, (&better, true)).await).await
        },
        delete_media: |w| {
            let id = w.picture().await;
            w.act(&w.admin, &["delete media"], async |a| w.store.delete_media(a, id).await).await
        },
        drop_fragment: |w| {
            let (person, article) = (w.admin.account().unwrap(), w.article().await.0);
            w.sql(&format!("INSERT INTO fragments (account_id, article_id, by_name, clashes, at) VALUES ({person}, {article}, '', '[]', 1)")).await;
            let id = w.number("SELECT MAX(id) FROM fragments").await;
            w.act(&w.admin, &["drop_fragment article"], async |a| w.store.drop_fragment(a, id).await).await
        },
        end_import: |w| {
            let import = w.store.begin_import(&w.admin, "a.xml", &Options::default()).await.unwrap();
            w.act(&w.admin, &["end_import import"], async |a| w.store.end_import(a, import, &Parity::default()).await).await
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
        make_token: |w| {
            let fields = w.token().await;
            w.act(&w.admin, &["make_token token"], async |a| w.store.make_token(a, &fields).await).await
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
        order_sections: |w| {
            let tree = w.store.section_tree(&w.admin).await.unwrap();
            let places = tree.rows.iter().rev().map(|row| SectionPlace { id: row.id, parent: None }).collect::<Vec<_>>();
            w.act(&w.admin, &["reorder site"], async |a| w.store.order_sections(a, &places, tree.version).await).await
        },
        password_link: |w| {
            let id = w.store.add_account(&Actor::Operator, &w.fields()).await.unwrap().0;
            w.act(&w.admin, &["link account"], async |a| w.store.password_link(a, id).await).await
        },
        publish_article: |w| {
            let (article, base) = w.article().await;
            w.act(&w.admin, &["publish article"], async |a| w.store.publish_article(a, article, base).await).await
        },
        read_site: |w| {
            let file = w.archive().await;
            w.act(&w.admin, &["begin_import import"], async |a| w.store.read_site(a, file, &Options::default()).await).await
        },
        revoke_token: |w| {
            let id = w.store.make_token(&w.admin, &w.token().await).await.unwrap().id;
            w.act(&w.admin, &["revoke_token token"], async |a| w.store.revoke_token(a, id).await).await
        },
        rewrite_article: |w| {
            let (article, base) = w.article().await;
            let opened = w.store.desk_article(&w.admin, article).await.unwrap();
            let mut text = opened.manuscript;
            text.body = content::Document::from_plain_text("程序改了。");
            let said = ["save article", "step article"];
            w.act(&w.admin, &said, async |a| w.store.rewrite_article(a, article, Some(base), &text, &Going::Submit).await).await
        },
        rebuild: |w| w.act(&w.admin, &["rebuild_lists site"], async |a| store::articles::rebuild_lists(&w.store, a).await).await,
        remove_redirect: |w| {
            let to = Target::Section(section(&w.store, "yaowen").await);
            w.store.add_redirect(&w.admin, "/away.asp", to).await.unwrap();
            w.act(&w.admin, &["unredirect section"], async |a| w.store.remove_redirect(a, "/away.asp").await).await
        },
        remove_section: |w| {
            let id = w.store.add_section(&w.admin, None, &w.section_fields()).await.unwrap();
            let version = w.store.section_tree(&w.admin).await.unwrap().version;
            w.act(&w.admin, &["delete section"], async |a| w.store.remove_section(a, id, None, version).await).await
        },
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
        replace_media: |w| {
            let (id, by) = (w.picture().await, w.picture().await);
            w.act(&w.admin, &["replace media"], async |a| w.store.replace_media(a, id, by).await).await
        },
        restore_media: |w| {
            let id = w.picture().await;
            w.store.delete_media(&w.admin, id).await.unwrap();
            w.act(&w.admin, &["undelete media"], async |a| w.store.restore_media(a, id).await).await
        },
        restore_revision: |w| {
            let (article, first) = w.article().await;
            w.store.name_revision(&w.admin, article, first, "初稿").await.unwrap();
            let second = w.store.save_article(&w.admin, &w.save(&w.admin, article, "另一稿。").await).await.unwrap().revision;
            w.act(&w.admin, &["restore article"], async |a| w.store.restore_revision(a, article, first, second).await).await
        },
        retry_media: |w| {
            let id = w.picture().await;
            w.sql(&format!("UPDATE media SET making = 'damaged' WHERE id = {id}")).await;
            w.act(&w.admin, &["retry media"], async |a| w.store.retry_media(a, id).await).await
        },
        save_article: |w| {
            let (article, _) = w.article().await;
            let colleague = Actor::Account { id: w.store.add_account(&Actor::Operator, &w.fields()).await.unwrap().0, grants: grants(&w.admin) };
            let save = w.save(&colleague, article, "同事改了。").await;
            w.act(&colleague, &["save article"], async |a| w.store.save_article(a, &save).await).await
        },
        schedule_article: |w| {
            let ((article, base), at) = (w.article().await, Timestamp(store::unix_now().0 + 3_600_000));
            w.act(&w.admin, &["schedule article"], async |a| w.store.schedule_article(a, article, base, at).await).await
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
        take_out_import: |w| {
            let (import, _) = w.found().await;
            w.store.note_stage(import, Stage::Done, "").await.unwrap();
            w.act(&w.admin, &["step_import import"], async |a| w.store.take_out_import(a, import).await).await
        },
        take_step: |w| {
            let (article, base) = w.article().await;
            w.act(&w.admin, &["step article"], async |a| w.store.take_step(a, article, base, Step::Submit).await).await
        },
        write_article: |w| {
            let mut text = w.store.desk_article(&w.admin, w.article().await.0).await.unwrap().manuscript;
            text.fields.title = format!("程序写的{}", w.fresh());
            w.act(&w.admin, &["begin article"], async |a| w.store.write_article(a, &text, &Going::Stay).await).await;
            w.act(&w.admin, &["begin article", "publish article"], async |a| w.store.write_article(a, &text, &Going::Publish).await).await
        },
        undo_batch: |w| {
            let ids = [w.article().await.0];
            let undo = w.store.change_articles(&w.admin, &ids, &Batch::Bin).await.unwrap().undo.unwrap();
            w.act(&w.admin, &["undo article"], async |a| w.store.undo_batch(a, undo).await).await
        },
        undo_import: |w| {
            let import = w.store.begin_import(&w.admin, "a.xml", &Options::default()).await.unwrap();
            let brought = ImportedArticle { import: Some(import), ..article(section(&w.store, "yaowen").await, i64::from(w.fresh())) };
            w.store.import(&w.admin, [brought], true).await.unwrap();
            w.store.end_import(&w.admin, import, &Parity::default()).await.unwrap();
            let said = ["step_import import", "withdraw article", "bin article", "undo_import import"];
            w.act(&w.admin, &said, async |a| w.store.undo_import(a, import).await).await
        },
        unschedule_article: |w| {
            let ((article, base), at) = (w.article().await, Timestamp(store::unix_now().0 + 3_600_000));
            w.store.schedule_article(&w.admin, article, base, at).await.unwrap();
            w.act(&w.admin, &["unschedule article"], async |a| w.store.unschedule_article(a, article).await).await
        },
        use_link: |w| {
            let (id, link) = w.store.add_account(&Actor::Operator, &w.fields()).await.unwrap();
            let token = link.path.rsplit('/').next().unwrap();
            let used = LinkUse { name: "", display_name: "", password: PASSWORD, code: None };
            let person = Actor::Account { id, grants: vec![] };
            w.acts(&person, &["link_used account"], async || w.store.use_link(token, used, "10.9.0.3", "").await).await
        },
        withdraw_article: |w| {
            let (article, base) = w.article().await;
            w.store.publish_article(&w.admin, article, base).await.unwrap();
            w.act(&w.admin, &["withdraw article"], async |a| w.store.withdraw_article(a, article, "试一试").await).await
        },
    }
}

fn grants(actor: &Actor) -> Vec<content::account::Grant> {
    match actor {
        Actor::Account { grants, .. } => grants.clone(),
        _ => Vec::new(),
    }
}
