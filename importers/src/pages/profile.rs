//! What an operator knows of a site: selectors and patterns for what guessing misses. TOML; all keys are optional.

use super::{
    Field,
    dom::{Id, Selector},
    encoding,
    links::Address,
    page::Page,
};
use encoding_rs::Encoding;
use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt};
use toml::Spanned;

/// The largest profile, in bytes.
const LARGEST: usize = 256 * 1024;

/// How much memory a pattern can take.
const LARGEST_PATTERN: usize = 1 << 20;

/// Which fields can have a rule.
const FIELDS: [&str; 10] =
    ["title", "subtitle", "byline", "publish_time", "editor", "source", "author", "section", "body", "address"];

/// What is known of a site.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    pub(super) base: Option<Address>,
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) remove: Vec<Selector>,
    list_pages: Option<Regex>,
    article_pages: Option<Regex>,
    rules: BTreeMap<&'static str, Rule>,
    sections: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
struct Rule {
    select: Option<Selector>,
    attribute: Option<String>,
    pattern: Option<Regex>,
}

/// What is wrong with a profile, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileFault {
    /// The line, counted from one.
    pub line: usize,
    /// What was expected.
    pub message: String,
}

impl fmt::Display for ProfileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ProfileFault {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    base: Option<Spanned<String>>,
    encoding: Option<Spanned<String>>,
    #[serde(default)]
    remove: Vec<Spanned<String>>,
    list_pages: Option<Spanned<String>>,
    article_pages: Option<Spanned<String>>,
    #[serde(default)]
    sections: BTreeMap<String, String>,
    #[serde(default)]
    fields: WrittenFields,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenFields {
    title: Option<WrittenRule>,
    subtitle: Option<WrittenRule>,
    byline: Option<WrittenRule>,
    publish_time: Option<WrittenRule>,
    editor: Option<WrittenRule>,
    source: Option<WrittenRule>,
    author: Option<WrittenRule>,
    section: Option<WrittenRule>,
    body: Option<WrittenRule>,
    address: Option<WrittenRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    select: Option<Spanned<String>>,
    attribute: Option<String>,
    pattern: Option<Spanned<String>>,
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// The first key, selector or pattern that is not understood, with its line.
    pub fn parse(text: &str) -> Result<Self, ProfileFault> {
        let fault = |at: usize, message: String| {
            let line = text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1;
            ProfileFault { line, message }
        };
        if text.len() > LARGEST {
            return Err(fault(0, format!("a profile has at most {LARGEST} bytes")));
        }
        let written: Written = toml::from_str(text)
            .map_err(|error| fault(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
        let selector = |given: &Spanned<String>| {
            Selector::parse(given.get_ref()).map_err(|message| fault(given.span().start, message))
        };
        let pattern = |given: &Option<Spanned<String>>| match given {
            Some(given) => pattern(given.get_ref()).map(Some).map_err(|message| fault(given.span().start, message)),
            None => Ok(None),
        };
        let mut profile = Self {
            list_pages: pattern(&written.list_pages)?,
            article_pages: pattern(&written.article_pages)?,
            sections: written.sections,
            ..Self::default()
        };
        for given in &written.remove {
            profile.remove.push(selector(given)?);
        }
        if let Some(base) = &written.base {
            let address = Address::parse(base.get_ref()).filter(|address| !address.site.is_empty());
            profile.base = Some(address.ok_or_else(|| {
                fault(base.span().start, "base is an address such as http://www.example.cn/".to_owned())
            })?);
        }
        if let Some(label) = &written.encoding {
            let known = encoding::named(label.get_ref());
            profile.encoding = Some(known.ok_or_else(|| {
                fault(label.span().start, "encoding is a name such as gbk, big5 or utf-8".to_owned())
            })?);
        }
        let fields = written.fields;
        let rules = [
            fields.title,
            fields.subtitle,
            fields.byline,
            fields.publish_time,
            fields.editor,
            fields.source,
            fields.author,
            fields.section,
            fields.body,
            fields.address,
        ];
        for (name, rule) in FIELDS.into_iter().zip(rules) {
            let Some(rule) = rule else { continue };
            let select = rule.select.as_ref().map(&selector).transpose()?;
            profile.rules.insert(name, Rule { select, attribute: rule.attribute, pattern: pattern(&rule.pattern)? });
        }
        Ok(profile)
    }

    /// What a rule finds for a field.
    pub(super) fn value(&self, page: &Page, field: &str) -> Option<Field<String>> {
        let rule = self.rules.get(field)?;
        let texts: Vec<String> = match &rule.select {
            Some(select) => select
                .select(&page.dom)
                .into_iter()
                .take(50)
                .filter_map(|id| match &rule.attribute {
                    Some(name) => page.dom.attr(id, name).map(super::dom::squeezed),
                    None => Some(page.dom.text(id)),
                })
                .collect(),
            None => page.lines.iter().map(|line| line.text.clone()).collect(),
        };
        let found = match &rule.pattern {
            Some(pattern) => texts.iter().find_map(|text| {
                let captures = pattern.captures(text)?;
                captures.get(1).or_else(|| captures.get(0)).map(|found| found.as_str().trim().to_owned())
            }),
            None => texts.into_iter().next(),
        };
        let how = rule.select.as_ref().map_or_else(|| "pattern".to_owned(), |select| select.given().to_owned());
        found.filter(|value| !value.is_empty()).map(|value| Field::new(value, 1.0, format!("profile: {how}")))
    }

    /// The element that the rule of the body selects.
    pub(super) fn body(&self, page: &Page) -> Option<(Id, String)> {
        let select = self.rules.get("body")?.select.as_ref()?;
        let id = select.select(&page.dom).into_iter().next()?;
        Some((id, format!("profile: {}", select.given())))
    }

    /// Whether an address is that of a list or of an article; nothing where no pattern says so.
    pub(super) fn kind(&self, address: &str) -> Option<super::Kind> {
        let holds = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(address));
        match (holds(&self.list_pages), holds(&self.article_pages)) {
            (true, _) => Some(super::Kind::List),
            (false, true) => Some(super::Kind::Article),
            (false, false) => None,
        }
    }

    /// What a section is called here.
    pub(super) fn section(&self, name: String) -> String {
        self.sections.get(&name).cloned().unwrap_or(name)
    }
}

fn pattern(given: &str) -> Result<Regex, String> {
    let pattern = RegexBuilder::new(given).size_limit(LARGEST_PATTERN).build().map_err(|error| {
        let message = error.to_string();
        message.lines().last().unwrap_or_default().trim().to_owned()
    })?;
    if pattern.captures_len() > 2 { Err("a pattern has at most one group".to_owned()) } else { Ok(pattern) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_name_their_lines() {
        for (text, line, part) in [
            ("base = \"http://a.cn\"\nnonsense = 1", 2, "nonsense"),
            ("\n[fields.title]\nselect = \"h1[\"", 3, "selector"),
            ("[fields.title]\nselekt = \"h1\"", 2, "selekt"),
            ("[fields.headline]\nselect = \"h1\"", 1, "headline"),
            ("[fields.source]\npattern = '('", 2, "group"),
            ("[fields.source]\npattern = '(a)(b)'", 2, "one group"),
            ("encoding = \"klingon\"", 1, "encoding"),
            ("base = \"/a\"", 1, "address"),
            ("remove = [\".a\",\n \"::\"]", 2, ""),
        ] {
            let fault = Profile::parse(text).unwrap_err();
            assert!(fault.line == line && fault.message.contains(part), "{text}: {fault}");
        }
        assert!(Profile::parse("").is_ok());
    }
}
