//! The server function of this room. The file of it is `server/src/web/record.rs`.

#[cfg(feature = "ssr")]
use crate::context::{answer_private, signed_in};
use crate::error::AppError;
use crate::wire::Answer;
use content::record::{RecordFilter, RecordPage};
use leptos::{prelude::*, server_fn::codec::Json};

/// A page of the record.
#[server(name = ListRecord, prefix = "/api", endpoint = "list_record", input = Json, output = Answer)]
pub async fn list_record(
    /// Which entries.
    filter: RecordFilter,
    /// The place after which the page begins.
    mark: Option<String>,
) -> Result<RecordPage, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.record_page(&actor, &filter, mark.as_deref()).await)
}
