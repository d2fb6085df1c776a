//! The server functions of this room. What a link shows is `site/preview/api.rs`.

#[cfg(feature = "ssr")]
use crate::context::{answer_private, signed_in};
use crate::error::AppError;
use crate::wire::Answer;
use content::{
    ArticleId,
    preview::{PreviewLink, PreviewRow},
};
use leptos::{prelude::*, server_fn::codec::Json};

/// Makes a link to an article; its token is in the answer and nowhere else.
#[server(name = MakePreview, prefix = "/api", endpoint = "make_preview", input = Json, output = Answer)]
pub async fn make_preview(
    /// Which one.
    article: ArticleId,
) -> Result<PreviewLink, AppError> {
    let (context, actor) = signed_in().await?;
    let of = content::preview::PreviewOf::Article(article);
    answer_private(context.store.make_preview(&actor, &of).await)
}

/// The links to an article that work.
#[server(name = ListPreviews, prefix = "/api", endpoint = "list_previews", input = Json, output = Answer)]
pub async fn list_previews(
    /// Which one.
    article: ArticleId,
) -> Result<Vec<PreviewRow>, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.list_previews(&actor, article).await)
}

/// Takes a link back.
#[server(name = EndPreview, prefix = "/api", endpoint = "end_preview", input = Json, output = Answer)]
pub async fn end_preview(
    /// Which one.
    id: i64,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.end_preview(&actor, id).await)
}
