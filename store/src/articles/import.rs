//! Articles from outside come in: many at once, each at most once, with the times that they had.

use super::{listing, row::statement};
use crate::{
    Error, Result, Store,
    entity::{article, revision},
    records::{self, Change, Subject},
    redirects, unix_now,
};
use content::{
    Actor, ArticleId, Document, ImportId, MediaId, SectionId, Timestamp,
    article::{Fields, State},
    manuscript::Placement,
    old_address,
    permission::{self, Action},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The kind of revision that an import writes.
pub(super) const KIND: &str = "import";

/// An article as an importer found it, with its section resolved.
#[derive(Clone, Debug)]
pub struct ImportedArticle {
    /// Where it was found: the same identity is the same article.
    pub identity: String,
    /// What was found there: another digest is changed content.
    pub digest: String,
    /// Where it will stand.
    pub section: SectionId,
    /// Its fields.
    pub fields: Fields,
    /// The time that readers are shown; `None` is the time of publishing.
    pub shown: Option<Timestamp>,
    /// Its text.
    pub body: Document,
    /// Where it stood before; empty is nowhere. It leads to the article from now on.
    pub old_url: String,
    /// Further sections that list it.
    pub further: Vec<SectionId>,
    /// The picture that stands for it in lists; without one it is the first of the text.
    pub lead: Option<MediaId>,
    /// The import that it belongs to, which can be undone as a whole.
    pub import: Option<ImportId>,
}

impl ImportedArticle {
    /// The sections that list it, each once, in the order of their numbers.
    fn sections(&self) -> BTreeSet<SectionId> {
        self.further.iter().copied().chain([self.section]).collect()
    }

    fn placement(&self, shown: Option<Timestamp>) -> Placement {
        let further = self.sections().into_iter().filter(|section| *section != self.section).collect();
        Placement { further, shown, lead: self.lead, ..Placement::in_section(self.section) }
    }

    fn lead(&self) -> Option<MediaId> {
        self.lead.or_else(|| self.body.pictures().first().copied())
    }

    /// The media that it names, each once.
    fn media(&self) -> BTreeSet<MediaId> {
        self.body.media().into_iter().chain(self.lead).collect()
    }
}

/// What became of an article that was to come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new here.
    Added(ArticleId),
    /// It was here already, with the same content.
    Known(ArticleId),
    /// It was here already, with other content, which was left as it is.
    Differs(ArticleId),
}

impl Store {
    /// Brings articles in as drafts or, with `publish`, for readers to see; in one transaction, all or none. Answers
    /// for each in its order.
    ///
    /// # Errors
    /// An actor who may not; fields or a text that cannot be.
    pub async fn import(
        &self,
        actor: &Actor,
        batch: impl AsRef<[ImportedArticle]>,
        publish: bool,
    ) -> Result<Vec<Outcome>> {
        let batch = batch.as_ref();
        let needed = if publish { &[Action::Import, Action::Publish][..] } else { &[Action::Import] };
        for action in needed {
            if !permission::can(actor, *action, permission::Subject::Site) {
                return Err(Error::not_allowed(*action));
            }
        }
        for article in batch {
            article.fields.check()?;
        }
        let tx = self.write().await?;
        let known = known(&tx, batch).await?;
        let mut fresh: BTreeMap<&str, &ImportedArticle> = BTreeMap::new();
        for article in batch {
            if !known.contains_key(&article.identity) {
                fresh.entry(&article.identity).or_insert(article);
            }
        }
        let added = self.add(&tx, actor, fresh.values().copied().collect(), publish).await?;
        tx.commit().await?;
        let outcome = |article: &ImportedArticle| {
            let identity = article.identity.as_str();
            if let Some((id, digest)) = known.get(identity) {
                return Ok(if *digest == article.digest { Outcome::Known(*id) } else { Outcome::Differs(*id) });
            }
            let id =
                added.get(identity).copied().ok_or_else(|| Error::Corrupt(format!("{identity} was not stored")))?;
            // The first of a batch is the one that came in; a later one is compared with it.
            Ok(match fresh.get(identity) {
                Some(first) if std::ptr::eq(*first, article) => Outcome::Added(id),
                Some(first) if first.digest == article.digest => Outcome::Known(id),
                _ => Outcome::Differs(id),
            })
        };
        batch.iter().map(outcome).collect()
    }

    async fn add(
        &self,
        tx: &DatabaseTransaction,
        actor: &Actor,
        fresh: Vec<&ImportedArticle>,
        publish: bool,
    ) -> Result<HashMap<String, ArticleId>> {
        if fresh.is_empty() {
            return Ok(HashMap::new());
        }
        let now = unix_now();
        let rows = fresh.iter().map(|article| article_row(actor, article, publish, now));
        let inserted = article::Entity::insert_many(rows).exec_with_returning(tx).await?;
        let ids: HashMap<String, ArticleId> =
            inserted.into_iter().filter_map(|row| row.identity.map(|identity| (identity, ArticleId(row.id)))).collect();
        let id_of = |article: &ImportedArticle| {
            let id = ids.get(&article.identity).copied();
            id.ok_or_else(|| Error::Corrupt(format!("{} was not stored", article.identity)))
        };
        let mut revisions = Vec::with_capacity(fresh.len());
        for article in &fresh {
            revisions.push(revision_row(actor, article, id_of(article)?, publish, now)?);
        }
        revision::Entity::insert_many(revisions).exec_without_returning(tx).await?;
        point_at_revisions(tx, ids.values().copied(), publish).await?;
        let mut texts = Vec::with_capacity(fresh.len());
        for article in &fresh {
            texts.push((id_of(article)?, super::search::text_of(&article.fields)));
        }
        super::search::put(tx, &texts).await?;
        let mut old = Vec::new();
        for article in &fresh {
            let id = id_of(article)?;
            note_media(tx, id, &article.media()).await?;
            if !article.further.is_empty() {
                super::manuscripts::place(tx, id.0, &article.placement(None)).await?;
            }
            old.extend(old_address::kept(&article.old_url).map(|address| (address, id)));
        }
        if redirects::lead(tx, &old).await? {
            records::changed(tx, [Change::site()]).await?;
        }
        crate::sections::counted(tx, fresh.iter().map(|article| (article.section, 1))).await?;
        if publish {
            let mut lists: BTreeMap<SectionId, Vec<listing::Key>> = BTreeMap::new();
            for article in &fresh {
                for section in article.sections() {
                    lists.entry(section).or_default().push((article.shown.unwrap_or(now), id_of(article)?));
                }
            }
            for (section, keys) in &lists {
                listing::enter(self, tx, *section, keys).await?;
            }
            let changes = lists
                .iter()
                .flat_map(|(section, keys)| keys.iter().map(|(_, id)| Change::article(id.0, *section, true)));
            records::changed(tx, changes).await?;
        }
        let (first, last) = (ids.values().min(), ids.values().max());
        let range =
            first.zip(last).map_or_else(String::new, |(first, last)| format!(",\"first\":{first},\"last\":{last}"));
        let after = format!("{{\"articles\":{},\"published\":{publish}{range}}}", ids.len());
        records::audit(tx, actor, "import", (Subject::Article, None), "", &after).await?;
        Ok(ids)
    }
}

/// The articles that are here already, by identity.
async fn known(tx: &DatabaseTransaction, batch: &[ImportedArticle]) -> Result<HashMap<String, (ArticleId, String)>> {
    let found: Vec<(Option<String>, i64, String)> = article::Entity::find()
        .select_only()
        .columns([article::Column::Identity, article::Column::Id, article::Column::Digest])
        .filter(article::Column::Identity.is_in(batch.iter().map(|article| article.identity.as_str())))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(found.into_iter().filter_map(|(identity, id, digest)| Some((identity?, (ArticleId(id), digest)))).collect())
}

fn article_row(actor: &Actor, article: &ImportedArticle, publish: bool, now: Timestamp) -> article::ActiveModel {
    let shown = article.shown.or(publish.then_some(now));
    let published = publish.then_some(now.0);
    article::ActiveModel {
        section_id: Set(article.section.0),
        state: Set(if publish { State::Published } else { State::Draft }.key().to_owned()),
        author_id: Set(actor.account().map(|account| account.0)),
        shown_at: Set(shown.map(|at| at.0)),
        lead_media_id: Set(article.lead().map(|picture| picture.0)),
        // When readers could first see it here: not the time that it bears, which is the old site's word.
        first_published_at: Set(published),
        last_published_at: Set(published),
        identity: Set(Some(article.identity.clone())),
        digest: Set(article.digest.clone()),
        old_url: Set(article.old_url.clone()),
        import_id: Set(article.import.map(|import| import.0)),
        created_at: Set(now.0),
        updated_at: Set(now.0),
        ..Default::default()
    }
}

fn revision_row(
    actor: &Actor,
    article: &ImportedArticle,
    id: ArticleId,
    publish: bool,
    now: Timestamp,
) -> Result<revision::ActiveModel> {
    let fields = &article.fields;
    let shown = article.shown.or(publish.then_some(now));
    let plain = article.further.is_empty() && article.lead.is_none();
    let placement = (!plain).then(|| serde_json::to_string(&article.placement(shown))).transpose();
    let extra = placement.map_err(|error| Error::Corrupt(error.to_string()))?.unwrap_or_default();
    Ok(revision::ActiveModel {
        article_id: Set(id.0),
        kind: Set(KIND.to_owned()),
        account_id: Set(actor.account().map(|account| account.0)),
        created_at: Set(now.0),
        shown_at: Set(shown.map(|at| at.0)),
        lead_media_id: Set(article.lead().map(|picture| picture.0)),
        title: Set(fields.title.clone()),
        subtitle: Set(fields.subtitle.clone()),
        byline: Set(fields.byline.clone()),
        dateline: Set(fields.dateline.clone()),
        source: Set(fields.source.clone()),
        author: Set(fields.author.clone()),
        editor: Set(fields.editor.clone()),
        summary: Set(fields.summary.clone()),
        keywords: Set(fields.keywords.clone()),
        extra: Set(extra),
        body: Set(article.body.to_json()?),
        ..Default::default()
    })
}

/// Articles and their revisions name each other, so the articles learn the numbers of their revisions afterwards.
async fn point_at_revisions(
    tx: &DatabaseTransaction,
    ids: impl Iterator<Item = ArticleId>,
    publish: bool,
) -> Result<()> {
    let ids = ids.map(|id| id.0.to_string()).collect::<Vec<_>>().join(",");
    let newest = "(SELECT MAX(r.id) FROM revisions r WHERE r.article_id = articles.id)";
    let published = if publish { format!(", published_revision_id = {newest}") } else { String::new() };
    let sql = format!("UPDATE articles SET working_revision_id = {newest}{published} WHERE id IN ({ids})");
    tx.execute_unprepared(&sql).await?;
    Ok(())
}

/// Where media are used: by the newest revision of the article.
async fn note_media(tx: &DatabaseTransaction, id: ArticleId, media: &BTreeSet<MediaId>) -> Result<()> {
    for media in media {
        let sql =
            "INSERT INTO media_uses (media_id, revision_id) SELECT $1, MAX(id) FROM revisions WHERE article_id = $2";
        tx.execute_raw(statement(tx, sql, [media.0.into(), id.0.into()])).await?;
    }
    Ok(())
}
