//! The server functions of this room.

#[cfg(feature = "ssr")]
use crate::context::{answer_private, signed_in};
use crate::error::AppError;
use crate::wire::Answer;
use content::{
    MediaId,
    media::{MediaDetail, MediaFields, MediaFilter, MediaPage},
};
use leptos::{prelude::*, server_fn::codec::Json};

/// A page of the library.
#[server(name = ListMedia, prefix = "/api", endpoint = "list_media", input = Json, output = Answer)]
pub async fn list_media(
    /// Which files.
    filter: MediaFilter,
    /// The place after which the page begins.
    mark: Option<String>,
) -> Result<MediaPage, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.media_page(&actor, &filter, mark.as_deref()).await)
}

/// A file with everything that is known of it.
#[server(name = GetMedia, prefix = "/api", endpoint = "get_media", input = Json, output = Answer)]
pub async fn get_media(
    /// Which one.
    id: MediaId,
) -> Result<MediaDetail, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.media_detail(&actor, id).await)
}

/// Describes a file.
#[server(name = ChangeMedia, prefix = "/api", endpoint = "change_media", input = Json, output = Answer)]
pub async fn change_media(
    /// Which one.
    id: MediaId,
    /// What is said of it.
    fields: MediaFields,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.change_media(&actor, id, &fields).await)
}

/// Puts a file into the bin.
#[server(name = DeleteMedia, prefix = "/api", endpoint = "delete_media", input = Json, output = Answer)]
pub async fn delete_media(
    /// Which one.
    id: MediaId,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.delete_media(&actor, id).await)
}

/// Takes a file out of the bin.
#[server(name = RestoreMedia, prefix = "/api", endpoint = "restore_media", input = Json, output = Answer)]
pub async fn restore_media(
    /// Which one.
    id: MediaId,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.restore_media(&actor, id).await)
}

/// Puts the bytes of one file in the place of another's.
#[server(name = ReplaceMedia, prefix = "/api", endpoint = "replace_media", input = Json, output = Answer)]
pub async fn replace_media(
    /// The one that stays.
    id: MediaId,
    /// The one whose bytes it gets.
    by: MediaId,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.replace_media(&actor, id, by).await)
}

/// Makes the widths of a picture once more that could not be made.
#[server(name = RetryMedia, prefix = "/api", endpoint = "retry_media", input = Json, output = Answer)]
pub async fn retry_media(
    /// Which one.
    id: MediaId,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.retry_media(&actor, id).await)
}
