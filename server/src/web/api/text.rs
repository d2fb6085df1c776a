//! The text of an article as it was given: a tree, HTML or Markdown. What comes in is read into the tree; what does not fit
//! is said.

use super::{article::ArticleGiven, problem::Problem};
use crate::web::WebState;
use content::{Actor, Document, Refusal, document};
use http::StatusCode;
use importers::PictureRef;
use std::collections::HashMap;

/// Where media stand.
const MEDIA: &str = "/media/";
/// Letters of the hash by which a file is named.
const HASH: usize = 64;

/// The tree, with what was left out; none where no text was given.
pub async fn read(
    state: &WebState,
    actor: &Actor,
    given: &mut ArticleGiven,
) -> Result<Option<(Document, Vec<String>)>, Problem> {
    let (tree, html, markdown) = (given.body.take(), given.html.take(), given.markdown.take());
    match (tree, html, markdown) {
        (None, None, None) => Ok(None),
        (Some(tree), None, None) => Ok(Some((Document::from_json(&tree.to_string())?, Vec::new()))),
        (None, Some(text), None) => foreign(state, actor, text, false).await.map(Some),
        (None, None, Some(text)) => foreign(state, actor, text, true).await.map(Some),
        _ => {
            let said = "body、html、markdown 只能给其中一个。";
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_field", said).at("body"))
        }
    }
}

async fn foreign(
    state: &WebState,
    actor: &Actor,
    text: String,
    markdown: bool,
) -> Result<(Document, Vec<String>), Problem> {
    let field = if markdown { "markdown" } else { "html" };
    if text.len() > document::LARGEST {
        let too_long = Refusal::TooLong { field: field.to_owned(), limit: document::LARGEST as u64 };
        return Err(too_long.into());
    }
    let pictures = pictures(state, actor, &text).await?;
    let own = [&*state.public_url, MEDIA].concat();
    // A large text takes long enough that others would wait for it.
    let read = tokio::task::spawn_blocking(move || {
        let find = |address: &str| {
            let file = address.strip_prefix(&own).or_else(|| address.strip_prefix(MEDIA))?;
            pictures.get(file.get(..HASH)?).cloned()
        };
        if markdown { importers::markdown::text(&text, &find) } else { importers::html(&text, &find) }
    });
    let (body, left_out) = read.await.map_err(|error| store::Error::Corrupt(error.to_string()))?;
    body.to_json().map_err(|refusal| Problem::of_field(field, refusal))?;
    Ok((body, left_out))
}

/// The pictures of the library that a text names, by the hashes in their addresses: a picture and its widths have the same.
async fn pictures(state: &WebState, actor: &Actor, text: &str) -> Result<HashMap<String, PictureRef>, Problem> {
    let is_hash = |hash: &&str| hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let places = text.match_indices(MEDIA).filter_map(|(at, _)| text.get(at + MEDIA.len()..at + MEDIA.len() + HASH));
    let mut hashes: Vec<&str> = places.filter(is_hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let kinds = ["jpg", "png", "webp", "gif"];
    let keys: Vec<String> = hashes.iter().flat_map(|hash| kinds.map(|kind| format!("{hash}.{kind}"))).collect();
    let files = state.installation.store.files_of_keys(actor, &keys).await?;
    let picture = |file: content::media::File| {
        let hash = file.key.get(..HASH)?.to_owned();
        Some((hash, PictureRef { id: file.id, alt: file.alt }))
    };
    Ok(files.into_iter().filter_map(picture).collect())
}
