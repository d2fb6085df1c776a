//! 字号, 打印 and 关闭. All of them work without a script; the script of readers' documents (`shell/reader.js`) remembers the
//! size and closes a window that a script opened.

use crate::{routes, ui::words};
use content::reading::ArticleLink;
use leptos::{prelude::*, wasm_bindgen::JsCast};
use web_sys::HtmlInputElement;

/// Where the browser remembers the size of text.
pub const TEXT_SIZE_STORE: &str = "fuxian.text-size";
/// The size that an article has by itself.
const USUAL: &str = "size-m";

/// The inputs that hold the size. They stand before everything else in the article, so that style alone can follow them.
/// In an article that the client brings they take up what was chosen before.
#[component]
pub fn SizeInputs() -> impl IntoView {
    Effect::new(move |_| {
        // By the next frame the page stands in the document, in place of another one with inputs of the same names.
        let _ = request_animation_frame(restore);
    });
    let input = |(id, name, _): (&'static str, &'static str, &'static str)| {
        view! {
            <input class="visually-hidden" type="radio" name="text-size" id=id aria-label=name checked={id == USUAL}/>
        }
    };
    words::TEXT_SIZES.into_iter().map(input).collect_view()
}

/// What is clicked to choose a size.
#[component]
pub fn SizeLabels() -> impl IntoView {
    let label = |(id, _, label): (&'static str, &'static str, &'static str)| view! { <label for=id>{label}</label> };
    view! {
        <div class="text-size">
            <span>{words::TEXT_SIZE}</span>
            {words::TEXT_SIZES.into_iter().map(label).collect_view()}
        </div>
    }
}

/// To paper and back to the section.
#[component]
pub fn Tools(
    /// The article.
    link: ArticleLink,
    /// Whether the addresses to which they lead are there already.
    published: bool,
) -> impl IntoView {
    let (slug, id) = (&link.section.slug, link.id);
    let print = if published {
        view! { <a href=routes::print(slug, id)>{words::PRINT}</a> }.into_any()
    } else {
        view! { <span title=words::AFTER_PUBLISHING>{words::PRINT}</span> }.into_any()
    };
    view! {
        <div class="article-tools">
            {print}
            <a href=routes::section(slug) data-does="close">{words::CLOSE}</a>
        </div>
    }
}

fn restore() {
    let storage = window().local_storage().ok().flatten();
    let chosen = storage.and_then(|storage| storage.get_item(TEXT_SIZE_STORE).ok().flatten());
    let known = chosen.filter(|id| words::TEXT_SIZES.iter().any(|(known, _, _)| known == id));
    let input = known.and_then(|id| document().get_element_by_id(&id)?.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        input.set_checked(true);
    }
}
