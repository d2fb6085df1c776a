//! Which section an article may belong to: what the page says of itself, else what its title ends with.

use content::section::SectionLink;

/// A section as found, not resolved.
#[derive(Debug)]
pub(super) struct Place {
    /// The slug of one that is known, else the name that the page gives.
    pub(super) given: String,
    /// For the report.
    pub(super) why: String,
}

/// Kinds of texts by the words that their titles end with, and the word in the name of a section for them.
const KINDS: [(&[&str], &str); 2] =
    [(&["讲话", "致辞", "发言"], "讲话"), (&["通知", "意见", "办法", "规定", "公告", "决定"], "文件")];

pub(super) fn section(crumbs: &[String], title: &str, sections: &[SectionLink]) -> Option<Place> {
    from_crumbs(crumbs, title, sections).or_else(|| from_title(title, sections))
}

/// The innermost crumb that names a known section; else the innermost that can be a section at all.
fn from_crumbs(crumbs: &[String], title: &str, sections: &[SectionLink]) -> Option<Place> {
    let known = |crumb: &String| sections.iter().find(|section| section.name == **crumb);
    let why = |crumb: &str| format!("the page says {crumb}");
    if let Some((crumb, section)) = crumbs.iter().rev().find_map(|crumb| Some((crumb, known(crumb)?))) {
        return Some(Place { given: section.slug.to_string(), why: why(crumb) });
    }
    let is_page = |crumb: &str| crumb.ends_with("首页") || crumb.starts_with("正文") || crumb.ends_with("详情");
    let crumb = crumbs.iter().rev().find(|crumb| !is_page(crumb) && *crumb != title)?;
    Some(Place { given: crumb.clone(), why: why(crumb) })
}

fn from_title(title: &str, sections: &[SectionLink]) -> Option<Place> {
    let (words, wanted) = KINDS.iter().find(|(words, _)| words.iter().any(|word| stem(title).ends_with(word)))?;
    let section = sections.iter().find(|section| section.name.contains(wanted))?;
    let word = words.iter().find(|word| stem(title).ends_with(**word))?;
    Some(Place { given: section.slug.to_string(), why: format!("{}, since the title ends with {word}", section.name) })
}

/// The title without remarks such as （摘要） behind it.
fn stem(title: &str) -> &str {
    let mut stem = title;
    while stem.ends_with([')', '）'])
        && let Some(at) = stem.rfind(['(', '（'])
    {
        stem = stem[..at].trim_end();
    }
    stem.trim_end_matches(['》', '稿', '全'])
}
