//! What the editor of the text asks for of the media library, and what it tells.

use super::{bridge::Editor, engine::Engine, words};
use crate::{
    admin::{
        media::{Picking, say_something},
        ui::Toasts,
    },
    wire,
};
use content::media::File;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::{JsValue, prelude::Closure};

/// Gives the editor what it calls. The functions live as long as the page: the page is left a few times a day.
pub fn give(engine: &Rc<Engine>, picking: Picking, toasts: Toasts, set: &dyn Fn(&str, &JsValue)) {
    let sender = Rc::clone(engine);
    let upload = move |file: web_sys::File| {
        let sender = Rc::clone(&sender);
        wasm_bindgen_futures::future_to_promise(async move {
            let answer = sender.bundle.upload(&file).await?;
            // The form offers it as the lead picture as soon as it stands in the text.
            if let Some(file) = answer.as_string().and_then(|json| wire::read::<File>(json.as_bytes()).ok()) {
                sender.add_files(&[file]);
            }
            Ok(answer)
        })
    };
    set("onUpload", &Closure::<dyn Fn(web_sys::File) -> js_sys::Promise>::new(upload).into_js_value());
    let held = StoredValue::new_local(Rc::clone(engine));
    let take = move |file: File| {
        held.with_value(|engine| {
            engine.add_files(std::slice::from_ref(&file));
            let json = serde_json::to_string(&file).unwrap_or_default();
            engine.with_editor(|editor: &Editor| editor.insert_file(&json));
        });
    };
    let take = Callback::new(take);
    let ask = move |kind: String| picking.ask(kind == "picture", take);
    set("onLibrary", &Closure::<dyn Fn(String)>::new(ask).into_js_value());
    let held = StoredValue::new_local(Rc::clone(engine));
    let word = move |told: String| {
        let Ok(told) = wire::read::<Word>(told.as_bytes()) else { return };
        held.with_value(|engine| told.name_article(engine));
        toasts.show(told.said(), None);
    };
    set("onWord", &Closure::<dyn Fn(String)>::new(word).into_js_value());
    let bare = move |name: String| toasts.show(say_something(&name), None);
    set("onBare", &Closure::<dyn Fn(String)>::new(bare).into_js_value());
}

/// A Word file that was dropped, as the editor tells of it.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Word {
    name: String,
    /// What it was read without; nothing where it is an old one, which stands in the text as a file.
    left: Option<Vec<Left>>,
    title: String,
    subtitle: String,
}

impl Word {
    /// An article without a title takes that of the file.
    fn name_article(&self, engine: &Rc<Engine>) {
        let fields = engine.screen.fields;
        if self.title.is_empty() || !fields.with_untracked(|fields| fields.title.trim().is_empty()) {
            return;
        }
        fields.update(|fields| {
            fields.title.clone_from(&self.title);
            if fields.subtitle.is_empty() {
                fields.subtitle.clone_from(&self.subtitle);
            }
        });
        engine.screen.rewritten.update(|count| *count += 1);
        engine.wrote();
    }

    fn said(&self) -> String {
        match &self.left {
            Some(left) => words::word_read(&self.name, &listed(left)),
            None => words::old_word(&self.name),
        }
    }
}

/// A kind of thing that did not come along.
#[derive(serde::Deserialize)]
pub struct Left {
    what: String,
    count: u32,
}

/// `图片 2、脚本 1` of the editor's report.
pub fn listed(left: &[Left]) -> String {
    left.iter().map(|left| format!("{} {}", left.what, left.count)).collect::<Vec<_>>().join("、")
}
