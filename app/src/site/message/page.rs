//! Not found, broken, busy, out of reach: what happened, and what to do next.

use crate::{
    response, routes,
    site::{Again, NoPage},
    ui::{
        head::{Head, PageHead},
        words,
    },
};
use content::reading::Frame;
use leptos::prelude::*;

/// Sections that are offered beside the front page.
const OFFERED: usize = 3;

/// The page that stands for an error. Without a frame it is all there is, and its way home loads a new document.
#[component]
pub fn Message(
    /// What happened.
    error: NoPage,
    /// Who publishes, where that much is known.
    #[prop(optional)]
    frame: Option<Frame>,
) -> impl IntoView {
    response::failed(&error);
    let (heading, help) = said(&error);
    let code = match &error {
        NoPage::Transport => None,
        other => Some(other.status().as_u16().to_string()),
    };
    let site = frame.as_ref().map(|frame| frame.identity.name.clone());
    let parts: Vec<&str> = [heading].into_iter().chain(site.as_deref()).collect();
    let mut head = Head::titled(&parts).hidden();
    if let Some(frame) = &frame {
        head.add_identity(frame);
    }
    let external = frame.is_none().then_some("external");
    let section = |entry: content::reading::NavEntry| {
        let href = routes::section(&entry.section.slug);
        view! { <a href=href>{entry.section.name}</a> }
    };
    let own = |entry: &content::reading::NavEntry| entry.link.is_empty();
    let sections = frame.into_iter().flat_map(|frame| frame.sections).filter(own).take(OFFERED);
    let sections = sections.map(section).collect_view();
    let again = (error == NoPage::Transport).then(|| view! { <AgainButton/> });
    view! {
        <PageHead head/>
        <main id="main" tabindex="-1">
            <div class="message">
                {code.map(|code| view! { <p class="message-code">{code}</p> })}
                <h1>{heading}</h1>
                <p>{help}</p>
                <p class="message-ways">{again}<a href="/" rel=external>{words::BACK_HOME}</a>{sections}</p>
            </div>
        </main>
    }
}

#[component]
fn AgainButton() -> impl IntoView {
    let again = use_context::<Again>();
    let load = move |_| {
        if let Some(again) = again {
            again.load();
        }
    };
    view! { <button type="button" on:click=load>{words::AGAIN}</button> }
}

/// Heading and help.
fn said(error: &NoPage) -> (&'static str, String) {
    let fixed = |(heading, help): (&'static str, &str)| (heading, help.to_owned());
    match error {
        NoPage::Gone => fixed(words::GONE),
        NoPage::DeadLink => fixed(words::DEAD_PREVIEW),
        // The same address is opened by an editor who is signed in.
        NoPage::SignedOut => fixed(words::PREVIEW_FOR_EDITORS),
        NoPage::NotFound => fixed(words::NOT_FOUND),
        NoPage::Internal { reference } => (words::INTERNAL, words::internal_help(reference)),
        NoPage::Unavailable { .. } => fixed(words::UNAVAILABLE),
        NoPage::Transport => fixed(words::OFFLINE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_broken_names_the_reference_and_nothing_else() {
        let (heading, help) = said(&NoPage::Internal { reference: "k3x9".to_owned() });
        assert_eq!(heading, "页面暂时打不开");
        assert!(help.contains("请把编号 k3x9 告诉网站管理员"), "{help}");
    }
}
