//! All text of the interface, in one place: nothing that a reader sees is worded in a component.

use content::Refusal;

/// The first link of a page.
pub const SKIP: &str = "跳到正文";
/// The name of the row of sections.
pub const SECTIONS: &str = "栏目";
/// The front page in navigation.
pub const HOME: &str = "首页";
/// Said while the next page is fetched.
pub const OPENING: &str = "正在打开页面";
/// Where the ministry's register of sites stands.
pub const ICP_REGISTER: &str = "https://beian.miit.gov.cn/";
/// Between the parts of a title.
pub const TITLE_BREAK: &str = " - ";

/// The label of the headline.
pub const HEADLINE: &str = "头条";
/// The block of news with pictures.
pub const PICTURES: &str = "图片新闻";
/// The block of the newest articles.
pub const LATEST: &str = "最新发布";
/// The link from a block to its section.
pub const MORE: &str = "更多";
/// A block without articles.
pub const NO_ARTICLES: &str = "还没有文章";

/// The name of the links to years.
pub const YEARS: &str = "按年份查看";
/// The whole list.
pub const ALL: &str = "全部";
/// The name of the pager.
pub const PAGES: &str = "分页";
/// One page back.
pub const PREVIOUS: &str = "上一页";
/// One page on.
pub const NEXT: &str = "下一页";
/// A section without articles.
pub const EMPTY_SECTION: &str = "这个栏目还没有文章";
/// What to do in a section without articles.
pub const EMPTY_SECTION_HELP: &str = "文章发布以后会出现在这里。您可以先看看其他栏目，或者回到首页阅读最新内容。";
/// The way home.
pub const BACK_HOME: &str = "回到首页";

/// The name of the way to an article.
pub const WAY: &str = "当前位置";
/// The end of the way.
pub const TEXT: &str = "正文";
/// Before the source.
pub const SOURCE: &str = "来源：";
/// Before the author.
pub const AUTHOR: &str = "作者：";
/// Before the editor.
pub const EDITOR: &str = "编辑：";
/// Before the address, on paper.
pub const URL: &str = "网址：";
/// Before the sizes of text.
pub const TEXT_SIZE: &str = "字号：";
/// The sizes of text: the id of the input, what it is called alone, its label.
pub const TEXT_SIZES: [(&str, &str, &str); 3] =
    [("size-l", "字号大", "大"), ("size-m", "字号中", "中"), ("size-s", "字号小", "小")];
/// To the print view, and the button in it.
pub const PRINT: &str = "打印";
/// What stands above the print view.
pub const PRINT_BAR: &str = "打印页工具";
/// Close the article.
pub const CLOSE: &str = "关闭";
/// From the print view to the article.
pub const BACK_TO_ARTICLE: &str = "返回正文";
/// The name of the links to the articles before and after.
pub const NEIGHBOURS: &str = "上一篇和下一篇";
/// The next newer article.
pub const NEWER: &str = "上一篇";
/// The next older article.
pub const OLDER: &str = "下一篇";

/// Heading and help where there is no page.
pub const NOT_FOUND: (&str, &str) =
    ("没有找到这个页面", "网址可能输错了，文章也可能已经移走或撤下。请检查网址，或者从下面的地方继续。");
/// Heading where something is broken.
pub const INTERNAL: &str = "页面暂时打不开";
/// Heading and help where it will pass.
pub const UNAVAILABLE: (&str, &str) = ("网站正忙，请稍候", "服务暂时中断，通常很快恢复。请过一会儿再刷新这个页面。");
/// Heading and help where the server was not reached.
pub const OFFLINE: (&str, &str) = ("网络好像断开了", "请检查网络连接，然后重试。");
/// Try the same page again.
pub const AGAIN: &str = "重试";
/// Heading where we said no.
pub const REFUSED: &str = "这一步没有完成";

/// A page of a list in the title of a document: every page is called differently.
#[must_use]
pub fn page_of_list(name: &str, page: u32) -> String {
    if page == 1 { name.to_owned() } else { [name, "（第 ", &page.to_string(), " 页）"].concat() }
}

/// What a section is that nobody described.
#[must_use]
pub fn section_description(site: &str, section: &str) -> String {
    [site, "“", section, "”栏目的文章列表。"].concat()
}

/// The line that names the speaker, in brackets as newspapers print it.
#[must_use]
pub fn bracketed(line: &str) -> String {
    if line.starts_with(['(', '（']) { line.to_owned() } else { ["（", line, "）"].concat() }
}

/// Who runs the site: `玉溪市总工会 主办`.
#[must_use]
pub fn organiser(name: &str) -> String {
    [name, " 主办"].concat()
}

/// Who made the site.
#[must_use]
pub fn producer(name: &str) -> String {
    ["制作单位：", name].concat()
}

/// Help where something is broken: the reference is what the administrator needs to find the cause.
#[must_use]
pub fn internal_help(reference: &str) -> String {
    [
        "系统在准备这个页面时出了问题，已经记录下来。请稍后刷新重试；如果还是不行，请把编号 ",
        reference,
        " 告诉网站管理员。",
    ]
    .concat()
}

/// A refusal, as it is said to the person who asked.
#[must_use]
pub fn refusal(refusal: &Refusal) -> String {
    let quoted = |before: &str, given: &str, after: &str| [before, "“", given, "”", after].concat();
    match refusal {
        Refusal::NotFound => NOT_FOUND.0.to_owned(),
        Refusal::NotAllowed { .. } => "您没有做这件事的权限。".to_owned(),
        Refusal::BadRole { .. } => "请为栏目角色选择栏目；全站角色不选栏目。".to_owned(),
        Refusal::BadSlug { given } => {
            quoted("", given, "不能用作栏目网址：请以小写字母开头，只用小写字母、数字和单个连字符。")
        }
        Refusal::ReservedSlug { given } => quoted("", given, "由系统保留，请换一个栏目网址。"),
        Refusal::SlugTaken { given } => quoted("另一个栏目已经使用", given, "，请换一个。"),
        Refusal::UnknownSection { given } => quoted("没有", given, "这个栏目。"),
        Refusal::Missing { field } => [field_name(field), "不能为空。"].concat(),
        Refusal::TooLong { field, limit } => {
            [field_name(field), "太长：最多 ", &limit.to_string(), if is_file(field) { " 字节。" } else { " 个字。" }]
                .concat()
        }
        Refusal::BadText { field } => [field_name(field), "里有不能显示的控制字符，请删去后再试。"].concat(),
        Refusal::BadTime { given } => quoted("", given, "不是有效的日期和时间。"),
        Refusal::BadDocument { .. } => "正文的格式有误，没有保存。请刷新页面后再试。".to_owned(),
        Refusal::BadStep { .. } => "文章现在的状态不允许这样做，请刷新后查看它的最新状态。".to_owned(),
        Refusal::Stale => "有人在您之后保存过这篇文章，请先查看最新内容。".to_owned(),
        Refusal::NotAPicture { name } => quoted("", name, "不是可以使用的图片：请选择 JPEG、PNG、WebP、AVIF 或 GIF。"),
    }
}

/// What a field of the wire is called in forms.
fn field_name(field: &str) -> &str {
    match field {
        "title" => "标题",
        "subtitle" => "副题",
        "byline" => "署名",
        "dateline" => "题记日期",
        "source" => "来源",
        "author" => "作者",
        "editor" => "责任编辑",
        "summary" => "摘要",
        "keywords" => "关键词",
        "name" => "名称",
        "description" => "简介",
        "body" => "正文",
        "picture" => "图片",
        other => other,
    }
}

/// Fields whose limit is counted in bytes.
fn is_file(field: &str) -> bool {
    matches!(field, "body" | "picture")
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::{Role, article, permission::Action};

    /// One of each. The match in [`refusal`] is exhaustive, so a new one cannot be forgotten there.
    fn one_of_each() -> Vec<Refusal> {
        let given = || "给的".to_owned();
        vec![
            Refusal::NotFound,
            Refusal::NotAllowed { action: Action::Publish },
            Refusal::BadRole { role: Role::Reviewer },
            Refusal::BadSlug { given: given() },
            Refusal::ReservedSlug { given: given() },
            Refusal::SlugTaken { given: given() },
            Refusal::UnknownSection { given: given() },
            Refusal::Missing { field: "title".to_owned() },
            Refusal::TooLong { field: "title".to_owned(), limit: 200 },
            Refusal::BadText { field: "summary".to_owned() },
            Refusal::BadTime { given: given() },
            Refusal::BadDocument { rule: "rule".to_owned() },
            Refusal::BadStep { state: article::State::Draft, step: article::Step::Withdraw },
            Refusal::Stale,
            Refusal::NotAPicture { name: given() },
        ]
    }

    #[test]
    fn every_refusal_is_said_in_chinese_and_differently() {
        let said: Vec<String> = one_of_each().iter().map(refusal).collect();
        for (n, text) in said.iter().enumerate() {
            assert!(text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{text}");
            assert!(!said[..n].contains(text), "{text}");
        }
    }

    #[test]
    fn a_refusal_names_the_field_and_shows_what_was_given() {
        let long = Refusal::TooLong { field: "title".to_owned(), limit: 200 };
        assert_eq!(refusal(&long), "标题太长：最多 200 个字。");
        assert_eq!(refusal(&Refusal::UnknownSection { given: "要文".to_owned() }), "没有“要文”这个栏目。");
    }

    #[test]
    fn every_field_of_an_article_has_a_name() {
        let fields = serde_json::to_value(article::Fields::default()).unwrap();
        for field in fields.as_object().unwrap().keys() {
            assert_ne!(field_name(field), field);
        }
    }
}
