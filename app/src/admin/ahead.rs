//! What the document asked for before its client was there (`shell/admin.js`). Each answer is taken once, by the first who
//! would ask for it; where there is none, it is asked for as ever.

use crate::wire;
use content::{ArticleId, manuscript::Opened};
use js_sys::{Object, Promise, Reflect};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Takes what was asked for under a name, if anything was, and its answer came and can be read.
pub async fn take<T: DeserializeOwned>(name: &str) -> Option<T> {
    read(held(name)?).await
}

/// An article that was opened: the tab in which it was, and the article.
pub struct Opening {
    tab: String,
    answer: JsValue,
}

impl Opening {
    /// Takes the article over, if it was opened.
    #[must_use]
    pub fn of(id: ArticleId) -> Option<Self> {
        Some(Self { answer: held(&format!("article-{id}"))?, tab: held("tab")?.as_string()? })
    }

    /// The tab, and what came.
    pub async fn come(self) -> Option<(String, Opened)> {
        Some((self.tab, read(self.answer).await?))
    }
}

fn held(name: &str) -> Option<JsValue> {
    let ahead: Object = Reflect::get(&js_sys::global(), &"fuxianAhead".into()).ok()?.dyn_into().ok()?;
    let held = Reflect::get(&ahead, &name.into()).ok().filter(|held| !held.is_undefined())?;
    Reflect::delete_property(&ahead, &name.into()).ok()?;
    Some(held)
}

async fn read<T: DeserializeOwned>(answer: JsValue) -> Option<T> {
    let text = JsFuture::from(answer.dyn_into::<Promise>().ok()?).await.ok()?.as_string()?;
    wire::read(text.as_bytes()).ok()
}
