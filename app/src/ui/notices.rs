//! Notices in a quiet band: a region that can be found, nothing that opens by itself or lies over the text.

use super::words;
use content::reading::Notice;
use leptos::prelude::*;

/// The notices that are shown now; nothing where there is none.
#[component]
pub fn Notices(
    /// In their order.
    notices: Vec<Notice>,
    /// Whether they are those of every page.
    urgent: bool,
) -> impl IntoView {
    let (class, name) =
        if urgent { ("notices notices-urgent", words::URGENT_NOTICES) } else { ("notices", words::NOTICES) };
    (!notices.is_empty()).then(|| {
        let notice = |Notice { text, link }: Notice| {
            if link.is_empty() {
                view! { <li>{text}</li> }.into_any()
            } else {
                let rel = (!link.starts_with('/')).then_some("external noopener");
                view! { <li><a href=link rel=rel>{text}</a></li> }.into_any()
            }
        };
        view! {
            <section class=class aria-label=name>
                <ul>{notices.into_iter().map(notice).collect_view()}</ul>
            </section>
        }
    })
}
