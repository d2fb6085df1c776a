//! The editor's script as Rust sees it. It is loaded when an article is opened, never as an import of the client: that
//! would bring it to every reader.

use crate::admin::entrance::ADMIN_STYLE;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// What `frontend/editor/src/index.ts` exports, as it stands in `globalThis.fuxianEditor`.
    #[derive(Clone)]
    pub type Bundle;
    /// An error where the text holds what this editor does not know.
    #[wasm_bindgen(method, catch, js_name = openEditor)]
    pub fn open_editor(this: &Bundle, options: &JsValue) -> Result<Editor, JsValue>;
    #[wasm_bindgen(method, catch, js_name = openJournal)]
    pub async fn open_journal(this: &Bundle, account: &str, key: &str) -> Result<JsValue, JsValue>;
    /// Sends a file to the media store; JSON of its record.
    #[wasm_bindgen(method, catch)]
    pub async fn upload(this: &Bundle, file: &web_sys::File) -> Result<JsValue, JsValue>;
    /// Sends a file in pieces; `report` gets JSON at every change.
    #[wasm_bindgen(method, js_name = sendFile)]
    pub fn send_file(this: &Bundle, file: &web_sys::File, report: &js_sys::Function) -> Sending;
    /// `2012-07-31T10:28:49` in a zone, of milliseconds since 1970.
    #[wasm_bindgen(method, js_name = civilOf)]
    pub fn civil_of(this: &Bundle, instant: f64, zone: &str) -> String;
    /// The other way; NaN where the text is no time.
    #[wasm_bindgen(method, js_name = instantOf)]
    pub fn instant_of(this: &Bundle, civil: &str, zone: &str) -> f64;

    /// A file on its way.
    #[derive(Clone)]
    pub type Sending;
    #[wasm_bindgen(method)]
    pub fn pause(this: &Sending);
    #[wasm_bindgen(method)]
    pub fn resume(this: &Sending);
    #[wasm_bindgen(method)]
    pub fn cancel(this: &Sending);

    /// The editor of one text.
    #[derive(Clone)]
    pub type Editor;
    #[wasm_bindgen(method)]
    pub fn json(this: &Editor) -> String;
    #[wasm_bindgen(method)]
    pub fn apply(this: &Editor, json: &str) -> bool;
    #[wasm_bindgen(method)]
    pub fn composing(this: &Editor) -> bool;
    #[wasm_bindgen(method, js_name = addFiles)]
    pub fn add_files(this: &Editor, files: &str);
    /// Puts a file of the library where the caret is.
    #[wasm_bindgen(method, js_name = insertFile)]
    pub fn insert_file(this: &Editor, file: &str);
    #[wasm_bindgen(method)]
    pub fn focus(this: &Editor, position: &str);
    #[wasm_bindgen(method, js_name = scrollToBlock)]
    pub fn scroll_to_block(this: &Editor, id: &str);
    #[wasm_bindgen(method)]
    pub fn destroy(this: &Editor);

    /// The journal of the account in this browser.
    #[derive(Clone)]
    pub type Journal;
    #[wasm_bindgen(method, catch)]
    pub async fn put(this: &Journal, article: &str, tab: &str, entry: &str) -> Result<(), JsValue>;
    /// JSON: `[{"tab", "at", "alive", "entry"}]`.
    #[wasm_bindgen(method, catch)]
    pub async fn get(this: &Journal, article: &str) -> Result<JsValue, JsValue>;
    /// JSON: `[{"article", "tab", "at", "alive", "entry"}]`.
    #[wasm_bindgen(method, catch)]
    pub async fn all(this: &Journal) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub async fn drop(this: &Journal, article: &str, tab: &str) -> Result<(), JsValue>;
}

/// The script, fetched where it is not there yet; `None` where it cannot be had.
pub async fn bundle() -> Option<Bundle> {
    const NAME: &str = "fuxianEditor";
    let there = || js_sys::Reflect::get(&js_sys::global(), &NAME.into()).ok().filter(JsValue::is_object);
    if there().is_none() {
        let source = document().get_element_by_id(ADMIN_STYLE)?.get_attribute("data-editor")?;
        let script = document().create_element("script").ok()?;
        script.set_attribute("type", "module").ok()?;
        script.set_attribute("src", &source).ok()?;
        let loaded = js_sys::Promise::new(&mut |resolve, reject| {
            // A script that is not there yet cannot have sent its event.
            let _ = script.add_event_listener_with_callback("load", &resolve);
            let _ = script.add_event_listener_with_callback("error", &reject);
        });
        document().head()?.append_child(&script).ok()?;
        if JsFuture::from(loaded).await.is_err() {
            script.remove();
            return None;
        }
    }
    there().map(JsCast::unchecked_into)
}

/// A random word: the name of a tab.
#[must_use]
pub fn random_word() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let letter = |_| char::from(LETTERS[(js_sys::Math::random() * 32.0) as usize % 32]);
    (0..20).map(letter).collect()
}
