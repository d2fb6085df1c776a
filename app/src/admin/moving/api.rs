//! The server functions of this room. The old page itself is `server/src/web/moving.rs`.

#[cfg(feature = "ssr")]
use crate::context::{answer_private, signed_in};
use crate::error::AppError;
use crate::wire::Answer;
use content::{
    ImportId, MediaId,
    moving::{Corrections, FoundList, FoundPage, Import, Options, Which},
};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

/// Imports, the newest first.
#[server(name = ListImports, prefix = "/api", endpoint = "list_imports", input = Json, output = Answer)]
pub async fn list_imports() -> Result<Vec<Import>, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.imports(&actor).await)
}

/// One import.
#[server(name = GetImport, prefix = "/api", endpoint = "get_import", input = Json, output = Answer)]
pub async fn get_import(
    /// Which one.
    id: ImportId,
) -> Result<Import, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.one_import(&actor, id).await)
}

/// Begins to read an archive as an old site.
#[server(name = ReadSite, prefix = "/api", endpoint = "read_site", input = Json, output = Answer)]
pub async fn read_site(
    /// The archive.
    media: MediaId,
    /// How its articles are to come in.
    options: Options,
) -> Result<ImportId, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.read_site(&actor, media, &options).await)
}

/// Changes how articles are to come in; with other rules all pages are read again.
#[server(name = ChangeImport, prefix = "/api", endpoint = "change_import", input = Json, output = Answer)]
pub async fn change_import(
    /// Which one.
    id: ImportId,
    /// How they are to come in.
    options: Options,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.change_import(&actor, id, &options).await)
}

/// Lets the chosen pages come in.
#[server(name = BringImport, prefix = "/api", endpoint = "bring_import", input = Json, output = Answer)]
pub async fn bring_import(
    /// Which one.
    id: ImportId,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.bring_import(&actor, id).await)
}

/// Lets an import be taken out again.
#[server(name = UndoImport, prefix = "/api", endpoint = "undo_import", input = Json, output = Answer)]
pub async fn undo_import(
    /// Which one.
    id: ImportId,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.take_out_import(&actor, id).await)
}

/// What was found on the pages of an import, least sure first.
#[server(name = ListFound, prefix = "/api", endpoint = "list_found", input = Json, output = Answer)]
pub async fn list_found(
    /// Which one.
    id: ImportId,
    /// Which of its pages.
    which: Which,
    /// What stands in their titles or the names of their files.
    text: String,
    /// The last one of the page before.
    after: Option<(u8, i64)>,
) -> Result<FoundList, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.found_pages(&actor, id, (which, &text), after).await)
}

/// A page with what was found on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Looked {
    /// Everything but the text.
    pub page: FoundPage,
    /// The text as HTML of the document writer.
    pub html: String,
}

/// A page with what was found on it.
#[server(name = GetFound, prefix = "/api", endpoint = "get_found", input = Json, output = Answer)]
pub async fn get_found(
    /// Of which import.
    id: ImportId,
    /// Which one.
    page: i64,
) -> Result<Looked, AppError> {
    let (context, actor) = signed_in().await?;
    let mut page = answer_private(context.store.found_page(&actor, id, page).await)?;
    let body = std::mem::take(&mut page.body);
    Ok(Looked { html: content::document::html::of(&body, &|_| None), page })
}

/// Corrects what was found on a page, and says whether it is to come in.
#[server(name = CorrectFound, prefix = "/api", endpoint = "correct_found", input = Json, output = Answer)]
pub async fn correct_found(
    /// Of which import.
    id: ImportId,
    /// Which one.
    page: i64,
    /// What takes the place of what was found.
    corrections: Corrections,
    /// Whether it is to come in.
    chosen: bool,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.correct_page(&actor, id, page, (&corrections, chosen)).await)
}
