//! Files on their way to the media store.

use super::bridge::Bundle;
use content::media::File;
use wasm_bindgen::JsValue;

/// Sends a file.
///
/// # Errors
/// What is said to the person.
pub async fn send(bundle: &Bundle, file: &web_sys::File) -> Result<File, String> {
    let answer = raw(bundle, file).await.map_err(|error| said(&error))?;
    let json = answer.as_string().unwrap_or_default();
    serde_json::from_str(&json).map_err(|error| error.to_string())
}

/// The same for the editor, which reads the answer itself.
///
/// # Errors
/// The script's.
pub async fn raw(bundle: &Bundle, file: &web_sys::File) -> Result<JsValue, JsValue> {
    bundle.upload(file).await
}

/// The words of an `Error` of the script.
fn said(error: &JsValue) -> String {
    js_sys::Reflect::get(error, &"message".into()).ok().and_then(|text| text.as_string()).unwrap_or_default()
}
