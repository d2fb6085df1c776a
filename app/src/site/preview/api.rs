//! The server function of a preview.

#[cfg(feature = "ssr")]
use crate::context::{AppContext, answer_private, signed_in};
use crate::site::{NoPage, article::Reading};
use crate::wire::Answer;
#[cfg(feature = "ssr")]
use content::preview::own_article;
use content::{LocalTime, preview::ReadersHave};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use store::previews::Previewed;

/// What somebody looks at before it is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The article with its newest text.
    pub reading: Reading,
    /// What readers have of it.
    pub readers: ReadersHave,
    /// Until when the link works; none for an editor who needs none.
    pub until: Option<LocalTime>,
}

/// What a link shows, to whoever has it; an editor who is signed in looks by the article's own word.
#[server(name = GetPreview, prefix = "/api", endpoint = "get_preview", input = GetUrl, output = Answer)]
pub async fn get_preview(
    /// The token, or the word.
    token: String,
) -> Result<Preview, NoPage> {
    let AppContext { store, .. } = AppContext::of_request()?;
    let previewed = if let Some(article) = own_article(&token) {
        let (_, actor) = signed_in().await?;
        answer_private(store.preview_article(&actor, article).await)?
    } else {
        answer_private(store.preview(&token).await)?
    };
    match previewed {
        Previewed::Article { article, readers, until } => {
            let files = answer_private(store.files(&Reading::named(&article)).await)?;
            Ok(Preview { reading: Reading::new(*article, &files), readers, until })
        }
        // No page shows a draft of the site yet.
        Previewed::Site { .. } => Err(NoPage::DeadLink),
    }
}
