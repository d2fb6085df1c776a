//! The server functions of this room.

#[cfg(feature = "ssr")]
use crate::context::{answer_private, signed_in};
use crate::error::AppError;
use crate::wire::Answer;
use content::{
    ArticleId, MediaId, RevisionId, SectionId, Timestamp,
    article::Step,
    manuscript::{Comparison, Fragment, Manuscript, Opened, Presence, Progress, RevisionRow, Save, Saved},
    media::File,
};
use leptos::{prelude::*, server_fn::codec::Json};

/// Begins an article.
#[server(name = BeginArticle, prefix = "/api", endpoint = "begin_article", input = Json, output = Answer)]
pub async fn begin_article(
    /// The section.
    section: SectionId,
) -> Result<ArticleId, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.begin_article(&actor, section).await)
}

/// Opens an article in a tab.
#[server(name = OpenArticle, prefix = "/api", endpoint = "open_article", input = Json, output = Answer)]
pub async fn open_article(
    /// Which one.
    id: ArticleId,
    /// The random word of the tab.
    tab: String,
) -> Result<Opened, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.open_article(&actor, id, &tab).await)
}

/// Saves what a tab holds.
#[server(name = SaveArticle, prefix = "/api", endpoint = "save_article", input = Json, output = Answer)]
pub async fn save_article(
    /// What the tab holds.
    save: Save,
) -> Result<Saved, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.save_article(&actor, &save).await)
}

/// Goes a step on.
#[server(name = TakeStep, prefix = "/api", endpoint = "take_step", input = Json, output = Answer)]
pub async fn take_step(
    /// The article.
    article: ArticleId,
    /// The revision that the tab last had from the server.
    base: RevisionId,
    /// The step.
    step: Step,
) -> Result<Progress, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.take_step(&actor, article, base, step).await)
}

/// Makes the text public, or puts it in place of the one that is.
#[server(name = PublishArticle, prefix = "/api", endpoint = "publish_article", input = Json, output = Answer)]
pub async fn publish_article(
    /// The article.
    article: ArticleId,
    /// The revision that the tab last had from the server.
    base: RevisionId,
) -> Result<Progress, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.publish_article(&actor, article, base).await)
}

/// Lets the text become public at a time.
#[server(name = ScheduleArticle, prefix = "/api", endpoint = "schedule_article", input = Json, output = Answer)]
pub async fn schedule_article(
    /// The article.
    article: ArticleId,
    /// The revision that the tab last had from the server.
    base: RevisionId,
    /// The time.
    at: Timestamp,
) -> Result<Progress, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.schedule_article(&actor, article, base, at).await)
}

/// Cancels a schedule.
#[server(name = UnscheduleArticle, prefix = "/api", endpoint = "unschedule_article", input = Json, output = Answer)]
pub async fn unschedule_article(
    /// The article.
    article: ArticleId,
) -> Result<Progress, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.unschedule_article(&actor, article).await)
}

/// Takes an article from readers.
#[server(name = WithdrawArticle, prefix = "/api", endpoint = "withdraw_article", input = Json, output = Answer)]
pub async fn withdraw_article(
    /// The article.
    article: ArticleId,
    /// Why, for the record.
    reason: String,
) -> Result<Progress, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.withdraw_article(&actor, article, &reason).await)
}

/// Says that an article is open in this tab; who else has it open.
#[server(name = NotePresence, prefix = "/api", endpoint = "note_presence", input = Json, output = Answer)]
pub async fn note_presence(
    /// The article.
    article: ArticleId,
    /// The random word of the tab.
    tab: String,
    /// The revision that the tab last had from the server.
    base: RevisionId,
) -> Result<Vec<Presence>, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.note_presence(&actor, article, &tab, base).await)
}

/// Says that this tab is closed.
#[server(name = LeaveArticle, prefix = "/api", endpoint = "leave_article", input = Json, output = Answer)]
pub async fn leave_article(
    /// The article.
    article: ArticleId,
    /// The random word of the tab.
    tab: String,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.leave_article(&actor, article, &tab).await)
}

/// The revisions of an article, the newest first.
#[server(name = ListRevisions, prefix = "/api", endpoint = "list_revisions", input = Json, output = Answer)]
pub async fn list_revisions(
    /// The article.
    article: ArticleId,
    /// Only revisions older than this one.
    before: Option<RevisionId>,
) -> Result<Vec<RevisionRow>, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.revisions(&actor, article, before).await)
}

/// What a revision holds.
#[server(name = GetRevision, prefix = "/api", endpoint = "get_revision", input = Json, output = Answer)]
pub async fn get_revision(
    /// The article.
    article: ArticleId,
    /// The revision.
    revision: RevisionId,
) -> Result<Manuscript, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.revision(&actor, article, revision).await)
}

/// Two revisions beside each other.
#[server(name = CompareRevisions, prefix = "/api", endpoint = "compare_revisions", input = Json, output = Answer)]
pub async fn compare_revisions(
    /// The article.
    article: ArticleId,
    /// One of the two.
    older: RevisionId,
    /// The other one.
    newer: RevisionId,
) -> Result<Comparison, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.compare_revisions(&actor, article, older, newer).await)
}

/// Makes an earlier revision current.
#[server(name = RestoreRevision, prefix = "/api", endpoint = "restore_revision", input = Json, output = Answer)]
pub async fn restore_revision(
    /// The article.
    article: ArticleId,
    /// The revision.
    revision: RevisionId,
    /// The revision that the tab last had from the server.
    base: RevisionId,
) -> Result<Saved, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.restore_revision(&actor, article, revision, base).await)
}

/// Keeps a revision under a name.
#[server(name = NameRevision, prefix = "/api", endpoint = "name_revision", input = Json, output = Answer)]
pub async fn name_revision(
    /// The article.
    article: ArticleId,
    /// The revision.
    revision: RevisionId,
    /// The name to sign in with.
    name: String,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.name_revision(&actor, article, revision, &name).await)
}

/// Fragments of one's own.
#[server(name = ListFragments, prefix = "/api", endpoint = "list_fragments", input = Json, output = Answer)]
pub async fn list_fragments() -> Result<Vec<Fragment>, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.fragments(&actor).await)
}

/// Drops a fragment.
#[server(name = DropFragment, prefix = "/api", endpoint = "drop_fragment", input = Json, output = Answer)]
pub async fn drop_fragment(
    /// Which one.
    id: i64,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.drop_fragment(&actor, id).await)
}

/// What is known of files.
#[server(name = ListFiles, prefix = "/api", endpoint = "list_files", input = Json, output = Answer)]
pub async fn list_files(
    /// Which ones.
    ids: Vec<MediaId>,
) -> Result<Vec<File>, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.files_for(&actor, &ids).await)
}
