//! How articles are to come in: where to, for whom to see, and what an operator knows of the old site.

use super::words;
use crate::admin::{
    articles::api::list_section_choices,
    session::Session,
    ui::{Answer, Choice, ask},
};
use content::{desk::SectionChoice, moving::Options};
use leptos::prelude::*;

/// What the form holds.
#[derive(Clone, Copy)]
pub struct Held {
    section: RwSignal<String>,
    publish: RwSignal<String>,
    profile: RwSignal<String>,
}

impl Held {
    /// Begins with these.
    pub fn new(options: &Options) -> Self {
        let section = options.section.map(|id| id.to_string());
        Self {
            section: RwSignal::new(section.unwrap_or_default()),
            publish: RwSignal::new(if options.publish { PUBLISH } else { DRAFT }.to_owned()),
            profile: RwSignal::new(options.profile.clone()),
        }
    }

    /// What was chosen.
    pub fn options(self) -> Options {
        Options {
            section: self.section.with(|section| section.parse().ok()),
            publish: self.publish.with(|publish| publish == PUBLISH),
            profile: self.profile.get(),
        }
    }
}

const DRAFT: &str = "draft";
const PUBLISH: &str = "publish";

/// The fields of the form.
#[component]
pub fn OptionsFields(held: Held) -> impl IntoView {
    let sections: Answer<Vec<SectionChoice>> = RwSignal::new(None);
    ask(expect_context::<Session>(), sections, list_section_choices());
    let places = Signal::derive(move || {
        let found = sections.get().and_then(Result::ok).unwrap_or_default();
        let none = (String::new(), words::NO_SECTION.to_owned());
        let found = found.into_iter().filter(|choice| choice.may_draft);
        [none].into_iter().chain(found.map(|choice| (choice.id.to_string(), choice.link.name))).collect::<Vec<_>>()
    });
    let ways = Signal::stored(vec![
        (DRAFT.to_owned(), words::AS_DRAFTS.to_owned()),
        (PUBLISH.to_owned(), words::AS_PUBLISHED.to_owned()),
    ]);
    let has_profile = held.profile.with_untracked(|profile| !profile.is_empty());
    view! {
        <Choice id="moving-publish" label=words::HOW value=held.publish options=ways hint=words::HOW_HELP/>
        <Choice id="moving-section" label=words::SECTION value=held.section options=places hint=words::SECTION_HELP/>
        <details class="moving-profile" open=has_profile>
            <summary>{words::PROFILE}</summary>
            <div class="field">
                <label for="moving-profile">{words::PROFILE_LABEL}</label>
                <textarea
                    id="moving-profile"
                    rows="10"
                    spellcheck="false"
                    autocapitalize="off"
                    placeholder=words::PROFILE_EXAMPLE
                    prop:value=move || held.profile.get()
                    on:input=move |event| held.profile.set(event_target_value(&event))
                    aria-describedby="moving-profile-help"
                ></textarea>
                <p class="field-hint" id="moving-profile-help">
                    {words::PROFILE_HELP}
                </p>
            </div>
        </details>
    }
    .into_any()
}
