//! The server functions of this room.

#[cfg(feature = "ssr")]
use crate::context::{answer_private, signed_in};
use crate::error::AppError;
use crate::wire::Answer;
use content::{
    ArticleId,
    desk::{AuthorChoice, Batch, BatchDone, Desk, DeskPage, Filter, SectionChoice},
};
use leptos::{prelude::*, server_fn::codec::Json};

/// A page of a list.
#[server(name = ListArticles, prefix = "/api", endpoint = "list_articles", input = Json, output = Answer)]
pub async fn list_articles(
    /// Which articles, in which order.
    filter: Filter,
    /// The place after which the page begins.
    mark: Option<String>,
) -> Result<DeskPage, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.desk_page(&actor, &filter, mark.as_deref()).await)
}

/// The sections, with what the account may do in them.
#[server(name = ListSectionChoices, prefix = "/api", endpoint = "list_section_choices", input = Json, output = Answer)]
pub async fn list_section_choices() -> Result<Vec<SectionChoice>, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.section_choices(&actor).await)
}

/// The accounts, to filter by.
#[server(name = ListAuthorChoices, prefix = "/api", endpoint = "list_author_choices", input = Json, output = Answer)]
pub async fn list_author_choices() -> Result<Vec<AuthorChoice>, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.author_choices(&actor).await)
}

/// Does the same to several articles.
#[server(name = ChangeArticles, prefix = "/api", endpoint = "change_articles", input = Json, output = Answer)]
pub async fn change_articles(
    /// Which ones.
    ids: Vec<ArticleId>,
    /// What is done to them.
    batch: Batch,
) -> Result<BatchDone, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.change_articles(&actor, &ids, &batch).await)
}

/// Undoes a batch; how many articles came back.
#[server(name = UndoBatch, prefix = "/api", endpoint = "undo_batch", input = Json, output = Answer)]
pub async fn undo_batch(
    /// What the batch answered with.
    undo: i64,
) -> Result<u32, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.undo_batch(&actor, undo).await)
}

/// What waits for the account.
#[server(name = GetDesk, prefix = "/api", endpoint = "get_desk", input = Json, output = Answer)]
pub async fn get_desk() -> Result<Desk, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.desk(&actor).await)
}
