//! A rule that is found to be missing on one page and holds for all of them: it becomes a part of the site's profile, and
//! all pages are read again.

use super::{api, filters, words};
use crate::admin::{
    session::Session,
    ui::{Choice, Field, Toasts},
    words as admin_words,
};
use content::{ImportId, moving::FoundField};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

/// The fields of a page for which there can be a rule. The text is one of them, though it is not corrected by hand.
const FIELDS: [&str; 10] =
    ["title", "publish_time", "body", "source", "author", "editor", "section", "subtitle", "byline", "address"];

/// The form.
#[component]
pub fn RuleForm(id: ImportId, fields: Vec<FoundField>) -> impl IntoView {
    let (session, toasts) = (expect_context::<Session>(), expect_context::<Toasts>());
    let navigate = use_navigate();
    let field = RwSignal::new(FIELDS[0].to_owned());
    let rule = Rule::default();
    let (busy, said) = (RwSignal::new(false), RwSignal::new(String::new()));
    // Where it was found is where one begins to look for something better.
    Effect::new(move |_| {
        let found = field.with(|name| fields.iter().find(|field| field.name == *name).map(|field| field.found.clone()));
        rule.begin(&found.unwrap_or_default());
    });
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if rule.is_empty() {
            said.set(words::RULE_EMPTY.to_owned());
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let navigate = navigate.clone();
        let name = field.get_untracked();
        spawn_local(async move {
            let changed = async {
                let mut options = api::get_import(id).await?.options;
                options.profile = rule.within(&options.profile, &name);
                api::change_import(id, options).await
            };
            match changed.await {
                Ok(()) => {
                    toasts.show(words::RULE_ADDED.to_owned(), None);
                    navigate(&filters::import(id), Default::default());
                }
                Err(error) => {
                    session.guard(&error);
                    said.try_set(admin_words::error(&error));
                }
            }
            busy.try_set(false);
        });
    };
    let choices = Signal::stored(FIELDS.map(|name| (name.to_owned(), words::field(name).to_owned())).to_vec());
    view! {
        <details class="moving-rule">
            <summary>{words::RULE}</summary>
            <form class="form" on:submit=send>
                <p>{words::RULE_HELP}</p>
                <Choice id="rule-field" label=words::RULE_FIELD value=field options=choices/>
                <Field id="rule-select" label=words::RULE_SELECT value=rule.select hint=words::RULE_SELECT_HELP/>
                <Field id="rule-attribute" label=words::RULE_ATTRIBUTE value=rule.attribute hint=words::RULE_ATTRIBUTE_HELP/>
                <Field id="rule-pattern" label=words::RULE_PATTERN value=rule.pattern hint=words::RULE_PATTERN_HELP/>
                <p class="form-said" role="alert">
                    {move || said.get()}
                </p>
                <button type="submit" disabled=move || busy.get()>
                    {words::RULE_ADD}
                </button>
            </form>
        </details>
    }
    .into_any()
}

/// What is written of a rule; an empty part is none.
#[derive(Clone, Copy, Default)]
struct Rule {
    select: RwSignal<String>,
    attribute: RwSignal<String>,
    pattern: RwSignal<String>,
}

impl Rule {
    /// Begins with what found a field, where that is a place on the page.
    fn begin(self, found: &str) {
        let [select, attribute, pattern] = beginning(found);
        self.select.set(select);
        self.attribute.set(attribute);
        self.pattern.set(pattern);
    }

    fn is_empty(self) -> bool {
        [self.select, self.pattern].iter().all(|part| part.with_untracked(|text| text.trim().is_empty()))
    }

    fn within(self, profile: &str, field: &str) -> String {
        let parts = [("select", self.select), ("attribute", self.attribute), ("pattern", self.pattern)];
        let parts = parts.map(|(name, text)| (name, text.get_untracked().trim().to_owned()));
        with_rule(profile, field, &parts)
    }
}

/// Selector, attribute and pattern that find what was found; nothing where that was no place on the page.
fn beginning(found: &str) -> [String; 3] {
    let found = found.strip_prefix("profile: ").unwrap_or(found);
    let (place, label) = words::place_and_label(found);
    let is_meta = place.starts_with("meta[");
    let is_place = is_meta || place.contains(['.', '#', '>']);
    [
        if is_place { place.to_owned() } else { String::new() },
        if is_meta { "content".to_owned() } else { String::new() },
        label.map(|label| [label, r"[：:]\s*(\S+)"].concat()).unwrap_or_default(),
    ]
}

/// A profile with this rule for a field in the place of the one that it had.
fn with_rule(profile: &str, field: &str, parts: &[(&str, String)]) -> String {
    let header = format!("[fields.{field}]");
    let mut kept = String::new();
    let mut within = false;
    for line in profile.lines() {
        if line.trim_start().starts_with('[') {
            within = line.trim() == header;
        }
        if !within {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    let mut out = kept.trim_end().to_owned();
    if !out.is_empty() {
        out.push_str("\n\n");
    }
    out.push_str(&header);
    for (name, value) in parts.iter().filter(|(_, value)| !value.is_empty()) {
        out.extend(["\n", name, " = "]);
        quote(value, &mut out);
    }
    out.push('\n');
    out
}

/// Text as TOML writes it.
fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars().filter(|c| !c.is_control()) {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'a>(select: &str, pattern: &str) -> [(&'a str, String); 3] {
        [("select", select.to_owned()), ("attribute", String::new()), ("pattern", pattern.to_owned())]
    }

    #[test]
    fn a_rule_takes_the_place_of_the_one_before_and_leaves_all_others() {
        let first = with_rule("", "title", &parts("td.bt", ""));
        assert_eq!(first, "[fields.title]\nselect = \"td.bt\"\n");
        let both = with_rule(&format!("base = \"http://a.cn/\"\n\n{first}"), "source", &parts("", r#"来源"(\S+)"#));
        let source = "[fields.source]\npattern = \"来源\\\"(\\\\S+)\"\n";
        assert_eq!(both, format!("base = \"http://a.cn/\"\n\n{first}\n{source}"));
        let other = with_rule(&both, "title", &parts("h1", ""));
        assert_eq!(other, format!("base = \"http://a.cn/\"\n\n{source}\n[fields.title]\nselect = \"h1\"\n"));
    }

    #[test]
    fn a_rule_begins_with_the_place_where_something_was_found() {
        for (found, rule) in [
            ("html > body > h1", ["html > body > h1", "", ""]),
            ("meta[name=PubDate]", ["meta[name=PubDate]", "content", ""]),
            ("div.info > p after \"来源\"", ["div.info > p", "", r"来源[：:]\s*(\S+)"]),
            ("profile: td.bt", ["td.bt", "", ""]),
            ("beside the time", ["", "", ""]),
        ] {
            assert_eq!(beginning(found), rule, "{found}");
        }
    }
}
