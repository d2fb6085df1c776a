//! The server function of a preview.

#[cfg(feature = "ssr")]
use crate::context::{AppContext, answer_private, signed_in};
use crate::{error::AppError, site::article::Reading};
use content::LocalTime;
#[cfg(feature = "ssr")]
use content::{Refusal, preview::own_article};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use store::previews::Previewed;

/// What somebody looks at before it is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The article with its newest text.
    pub reading: Reading,
    /// Whether readers see an earlier text of it.
    pub public: bool,
    /// Until when the link works; none for an editor who needs none.
    pub until: Option<LocalTime>,
}

/// What a link shows, to whoever has it; an editor who is signed in looks by the article's own word.
#[server(name = GetPreview, prefix = "/api", endpoint = "get_preview", input = GetUrl)]
pub async fn get_preview(
    /// The token, or the word.
    token: String,
) -> Result<Preview, AppError> {
    let previewed = if let Some(article) = own_article(&token) {
        let (context, actor) = signed_in().await?;
        answer_private(context.store.preview_article(&actor, article).await)?
    } else {
        answer_private(AppContext::of_request()?.store.preview(&token).await)?
    };
    match previewed {
        Previewed::Article { article, public, until } => {
            Ok(Preview { reading: Reading::of(*article, answer_private).await?, public, until })
        }
        // No page shows a draft of the site yet.
        Previewed::Site { .. } => Err(AppError::Refused(Refusal::DeadLink)),
    }
}
