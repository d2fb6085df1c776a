//! All text of the moving room.

mod reasons;

pub use reasons::{found, place_and_label, reason};

use content::moving::{DOUBTFUL, FoundRow, Import, Stage, Which};

/// The room.
pub const ROOM: &str = crate::admin::words::ROOM_MOVING;
/// What it is for.
pub const HELP: &str = "把旧网站保存下来的网页搬进来：先读出标题、时间和正文，核对以后再搬，也可以整次撤销。";
/// A new one.
pub const BEGIN: &str = "新的搬家";
/// What to bring.
pub const BEGIN_HELP: &str =
    "请把旧网站的网页连同图片、附件打成一个 ZIP 压缩包，保持原来的文件夹结构。中文编码会自动识别。";
/// The archive.
pub const CHOOSE_ARCHIVE: &str = "选择 ZIP 压缩包";
/// It is not there yet.
pub const STILL_UPLOADING: &str = "压缩包还没有传完，请稍等。";
/// There is none.
pub const NO_ARCHIVE: &str = "请先选择压缩包。";
/// Begins.
pub const READ: &str = "开始读取";
/// All imports.
pub const IMPORTS: &str = "以往的搬家";
/// To the list.
pub const BACK: &str = "‹ 全部搬家";
/// To the import.
pub const BACK_TO_IMPORT: &str = "‹ 回到清单";

/// How they come.
pub const HOW: &str = "搬入以后";
/// A way.
pub const AS_DRAFTS: &str = "作为草稿";
/// A way.
pub const AS_PUBLISHED: &str = "直接发布，保留原来的时间";
/// What that means.
pub const HOW_HELP: &str = "草稿只有编辑部看得到；直接发布的，旧网址会自动转到新文章。";
/// Where to.
pub const SECTION: &str = "找不到原栏目时放到";
/// Nowhere in particular.
pub const NO_SECTION: &str = "新建的“旧站文章”栏目";
/// Which one otherwise.
pub const SECTION_HELP: &str = "网页上写明了栏目、本站也有同名栏目的，放到那个栏目。新建的栏目先不在导航里显示。";
/// What an operator knows.
pub const PROFILE: &str = "站点规则（可不填）";
/// The same as a label.
pub const PROFILE_LABEL: &str = "站点规则（TOML）";
/// Its beginning.
pub const PROFILE_EXAMPLE: &str = "[fields.title]\nselect = \"td.bt\"";
/// What it is.
pub const PROFILE_HELP: &str =
    "自动识别不准时才需要：写明标题、时间、正文在网页的什么位置。写法见 docs/import-site.md。";
/// The form.
pub const SETTINGS: &str = "搬家设置";
/// Saves.
pub const SAVE_AND_READ: &str = "保存并重新读取";
/// Not saved.
pub const UNSAVED: &str = "有没保存的修改";

/// Under the bar.
pub const PROGRESS_HELP: &str = "可以离开这一页，工作在服务器上继续。";
/// What to do.
pub const FOUND_HELP: &str = "请核对下面的结果，把握小的排在前面。点开一条，可以对照原网页更正。";
/// Brings it in.
pub const BRING: &str = "搬入……";
/// Asks.
pub const BRING_TITLE: &str = "搬入所选网页";
/// Does it.
pub const BRING_NOW: &str = "搬入";
/// Takes it out.
pub const UNDO: &str = "撤销整次搬家……";
/// Asks.
pub const UNDO_TITLE: &str = "撤销整次搬家";
/// Does it.
pub const UNDO_NOW: &str = "撤销";

/// The report.
pub const REPORT: &str = "搬家报告";
/// A column.
pub const CAME: &str = "原样搬来";
/// A column.
pub const CHANGED: &str = "有改变";
/// A column.
pub const MISSING: &str = "没有搬来";
/// A row.
pub const PAGES: &str = "文章";
/// A row.
pub const PICTURES: &str = "图片和附件";
/// A row.
pub const LINKS: &str = "站内链接";
/// The reasons.
pub const WHY: &str = "改变和缺少的原因";
/// To what stayed.
pub const SHOW_STAYED: &str = "看看是哪些";

/// The table.
pub const TABLE: &str = "读到的网页";
/// Its kinds.
pub const WHICH: &str = "网页的种类";
/// What is searched.
pub const SEARCH_HINT: &str = "标题、文件名";
/// Nothing.
pub const NONE: &str = "没有这样的网页。";
/// Nothing matches.
pub const NO_MATCH: &str = "没有找到，换一个词试试。";
/// Back to the beginning.
pub const FIRST: &str = "回到第一页";
/// A column.
pub const SURE: &str = "把握";
/// A column.
pub const PAGE: &str = "网页";
/// A column.
pub const TIME: &str = "发布时间";
/// A column.
pub const PLACE: &str = "原栏目";
/// A column.
pub const BECAME: &str = "结果";
/// To the article.
pub const OPEN_ARTICLE: &str = "打开文章";
/// It is left out.
pub const NOT_CHOSEN: &str = "不搬";
/// A list that is taken for an article.
pub const CHOSEN_BY_HAND: &str = "按文章搬";

/// A page.
pub const LOOK: &str = "核对网页";
/// The page as it was.
pub const OLD: &str = "原网页";
/// What is not seen of it.
pub const OLD_HELP: &str = "为了安全，这里不运行原网页的程序，也不读取它的图片和样式。";
/// The article.
pub const NEW: &str = "新文章";
/// There is no text.
pub const NO_BODY: &str = "没有找到正文。";
/// What belongs to it.
pub const PICTURES_OF: &str = "图片";
/// What belongs to it.
pub const FILES_OF: &str = "附件";
/// What was left out.
pub const NOTES: &str = "读取时的说明";
/// The form.
pub const FIELDS: &str = "核对和更正";
/// Nothing was found.
pub const NOT_FOUND: &str = "没找到";
/// Whether it comes in.
pub const CHOOSE: &str = "搬入这一页";
/// Saves.
pub const SAVE_LOOKED: &str = "核对完毕，保存";
/// The next one.
pub const NEXT: &str = "下一个待核对的网页 ›";
/// There is none.
pub const NO_NEXT: &str = "后面没有待核对的网页了 ›";
/// Nothing can be changed now.
pub const CLOSED: &str = "正在搬或者已经搬入，这里不能再更正。要改文章请直接打开它；要改识别结果，请先撤销整次搬家。";

/// A rule.
pub const RULE: &str = "这一类网页都读错了？写一条规则，更正所有网页";
/// What it does.
pub const RULE_HELP: &str = "规则写进站点规则，然后重新读取全部网页；已经人工核对过的内容保持不变。";
/// Of which field.
pub const RULE_FIELD: &str = "更正哪一项";
/// Where it stands.
pub const RULE_SELECT: &str = "在网页的什么位置";
/// How that is written.
pub const RULE_SELECT_HELP: &str = "CSS 选择器，例如 td.bt、#zoom、meta[name=PubDate]";
/// Not the text.
pub const RULE_ATTRIBUTE: &str = "取哪个属性（可不填）";
/// When.
pub const RULE_ATTRIBUTE_HELP: &str = "不填就取文字；meta 要填 content";
/// A part of it.
pub const RULE_PATTERN: &str = "取其中的一部分（可不填）";
/// How that is written.
pub const RULE_PATTERN_HELP: &str = "正则表达式，括号里的是要取的部分，例如 来源：(\\S+)";
/// Nothing was written.
pub const RULE_EMPTY: &str = "请写明位置或者正则表达式。";
/// Adds it.
pub const RULE_ADD: &str = "加上规则，重新读取";
/// It was added.
pub const RULE_ADDED: &str = "规则已加上，正在重新读取全部网页。";

/// How far an import is.
#[must_use]
pub const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Reading => "正在读取",
        Stage::Found => "等待核对",
        Stage::Bringing => "正在搬入",
        Stage::Done => "已搬入",
        Stage::Undoing => "正在撤销",
        Stage::Undone => "已撤销",
        Stage::Failed => "没有完成",
    }
}

/// Whether somebody has to see to it.
#[must_use]
pub const fn is_bad(stage: Stage) -> bool {
    matches!(stage, Stage::Failed)
}

/// What an import has brought.
#[must_use]
pub fn brought(import: &Import) -> String {
    match import.articles {
        0 => "没有文章".to_owned(),
        count => [&count.to_string(), " 篇文章"].concat(),
    }
}

/// Who began it.
#[must_use]
pub fn person(by: &str) -> String {
    if by.is_empty() { "系统" } else { by }.to_owned()
}

/// The archive that is there.
#[must_use]
pub fn chosen_archive(name: &str) -> String {
    ["已上传：", name].concat()
}

/// How far the work is.
#[must_use]
pub fn progress(at: Stage, (done, total): (u64, u64)) -> String {
    let far = match done.min(total).checked_mul(100).and_then(|done| done.checked_div(total)) {
        Some(far) => ["：已完成 ", &far.to_string(), "%"].concat(),
        None if at == Stage::Undoing => "……".to_owned(),
        None => "：排队等待，马上开始".to_owned(),
    };
    [stage(at), &far].concat()
}

/// What bringing it in will do.
#[must_use]
pub fn bring_lines(chosen: u64, publish: bool) -> Vec<String> {
    let way = if publish {
        "发布后读者马上看得到，时间是原来的发布时间，旧网址转到新文章。"
    } else {
        "都作为草稿，读者看不到。"
    };
    vec![
        ["将搬入 ", &chosen.to_string(), " 个网页，连同它们的图片和附件。"].concat(),
        way.to_owned(),
        "搬入以后可以整次撤销。".to_owned(),
    ]
}

/// What undoing it will do.
#[must_use]
pub fn undo_lines((articles, changed): (u64, u64)) -> Vec<String> {
    let go = articles.saturating_sub(changed);
    let mut lines = vec![
        ["将把 ", &go.to_string(), " 篇文章移入回收站，已发布的先撤回，旧网址不再跳转。"].concat(),
        "图片和附件留在媒体库里。".to_owned(),
    ];
    if changed > 0 {
        lines.insert(1, ["搬入以后有人改过的 ", &changed.to_string(), " 篇会留下。"].concat());
    }
    lines
}

/// After it was undone.
#[must_use]
pub fn undone(stays: u64) -> String {
    match stays {
        0 => "已整次撤销，文章都在回收站里。下面是撤销以前的报告。".to_owned(),
        count => ["已撤销；搬入以后有人改过的 ", &count.to_string(), " 篇留了下来。下面是撤销以前的报告。"].concat(),
    }
}

/// Lists of others.
#[must_use]
pub fn lists(count: u64) -> String {
    ["另有 ", &count.to_string(), " 个列表页，只列出别的网页，不用搬。"].concat()
}

/// How often.
#[must_use]
pub fn times(count: u64) -> String {
    [&count.to_string(), " 次"].concat()
}

/// A kind of pages.
#[must_use]
pub const fn which(which: Which) -> &'static str {
    match which {
        Which::Articles => "文章页",
        Which::Doubtful => "待核对",
        Which::Lists => "列表页",
        Which::Missing => "没有搬来",
        Which::Changed => "搬入后改过",
    }
}

/// How sure something is.
#[must_use]
pub fn sure(confidence: u8, corrected: bool) -> String {
    if corrected { "已核对".to_owned() } else { [&confidence.to_string(), "%"].concat() }
}

/// Whether somebody should look at a page.
#[must_use]
pub const fn is_doubtful(row: &FoundRow) -> bool {
    row.article && row.confidence < DOUBTFUL && !row.corrected
}

/// Something with how many there are.
#[must_use]
pub fn counted(name: &str, count: usize) -> String {
    [name, "（", &count.to_string(), "）"].concat()
}

/// What a field of a page is called; one that is not known here is shown as it is.
#[must_use]
pub fn field(name: &str) -> &str {
    match name {
        "title" => "标题",
        "subtitle" => "副题",
        "byline" => "署名",
        "publish_time" => "发布时间",
        "source" => "来源",
        "author" => "作者",
        "editor" => "责任编辑",
        "section" => "栏目",
        "address" => "旧网址",
        "body" => "正文",
        other => other,
    }
}

/// How a field is written.
#[must_use]
pub fn hint(name: &str) -> &'static str {
    if name == "publish_time" { "写成 2009-05-03 10:20；不知道钟点就只写日期。" } else { "" }
}

/// What was found before it was corrected.
#[must_use]
pub fn was(value: &str) -> String {
    if value.is_empty() { "原来没有找到".to_owned() } else { ["原来读到：", value].concat() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::moving::FIELDS;

    #[test]
    fn every_field_and_stage_has_a_name() {
        for name in FIELDS {
            assert_ne!(field(name), name);
        }
        for at in Stage::ALL {
            assert!(progress(at, (0, 0)).starts_with(stage(at)) && progress(at, (1, 3)).ends_with(" 33%"));
        }
    }

    #[test]
    fn what_stays_is_named_before_it_is_undone() {
        assert_eq!(undo_lines((10, 0)).len(), 2);
        assert!(undo_lines((10, 3))[0].contains(" 7 ") && undo_lines((10, 3))[1].contains(" 3 "));
    }
}
