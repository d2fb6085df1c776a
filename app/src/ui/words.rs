//! All text of the interface, in one place: nothing that a reader sees is worded in a component.

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
/// A section that is another site.
pub const ELSEWHERE: &str = "这个栏目在另一个网站";
/// To that site; before its address.
pub const GO_THERE: &str = "前往 ";
/// The notices of the front page.
pub const NOTICES: &str = "公告";
/// The notices of every page.
pub const URGENT_NOTICES: &str = "重要公告";
/// Links of friends.
pub const FRIENDS: &str = "友情链接";
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
/// Before the time of a correction.
pub const CORRECTED: &str = "更正于 ";
/// Marks what stands on top of a list.
pub const PINNED: &str = "置顶";
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
/// Heading and help where an article was taken back.
pub const GONE: (&str, &str) = ("这篇文章已撤回", "发布单位撤回了这篇文章，这里不再提供。请从下面的地方继续阅读。");
/// Heading and help where a preview is not to be had any more.
pub const DEAD_PREVIEW: (&str, &str) =
    ("这个预览链接已过期或被收回", "预览链接有效七天，编辑也可以提前收回。还要看的话，请向给您链接的编辑再要一个。");
/// Heading and help where a preview is for those who are signed in.
pub const PREVIEW_FOR_EDITORS: (&str, &str) =
    ("请先登录编辑部", "这个预览只给登录的编辑看。请登录后再打开，或者向编辑要一个预览链接。");
/// The name of the line above a preview.
pub const PREVIEW_NOTE: &str = "预览说明";
/// In place of a title in a preview.
pub const UNTITLED: &str = "（还没有标题）";
/// Above a preview of what nobody has seen yet.
pub const PREVIEW: &str = "预览，尚未发布";
/// Above a preview of a text that will take the place of another one.
pub const PREVIEW_CHANGED: &str = "预览，修改尚未发布";
/// Above a preview of the very text that readers have.
pub const PREVIEW_SAME: &str = "预览，与公开的内容一致";
/// What a tool of an article says that does nothing before it is published.
pub const AFTER_PUBLISHING: &str = "发布以后可用";

/// Heading where something is broken.
pub const INTERNAL: &str = "页面暂时打不开";
/// Heading and help where it will pass.
pub const UNAVAILABLE: (&str, &str) = ("网站正忙，请稍候", "服务暂时中断，通常很快恢复。请过一会儿再刷新这个页面。");
/// Heading and help where the server was not reached.
pub const OFFLINE: (&str, &str) = ("网络好像断开了", "请检查网络连接，然后重试。");
/// Try the same page again.
pub const AGAIN: &str = "重试";

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

/// The name of the links to the sections below one.
#[must_use]
pub fn below(name: &str) -> String {
    [name, "的下级栏目"].concat()
}

/// To the section above.
#[must_use]
pub fn above(name: &str) -> String {
    ["上级栏目：", name].concat()
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

/// Until when a link works.
#[must_use]
pub fn valid_until(time: &str) -> String {
    ["有效至 ", time].concat()
}

/// The title of the admin before one of its rooms has said its own.
pub const ADMIN: &str = "编辑部";
/// Said while the admin is fetched.
pub const ADMIN_OPENING: &str = "正在打开编辑部……";
/// Said in the admin where scripts are off.
pub const ADMIN_NEEDS_SCRIPT: &str = "编辑部需要浏览器允许运行 JavaScript。读者看到的页面不需要。";
