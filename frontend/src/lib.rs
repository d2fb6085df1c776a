//! The browser's entry: makes the served document live, and nothing else.

/// Hydrates the document.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::live::begin();
}
