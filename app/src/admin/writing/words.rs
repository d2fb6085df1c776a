//! All text of the writing room.

use crate::admin::words::state;
use content::{
    LocalTime,
    article::State,
    manuscript::{Progress, RevisionKind},
};

/// While the article and the editor are fetched.
pub const OPENING: &str = "正在打开文章……";
/// Where the editor's script cannot be fetched.
pub const NO_EDITOR: &str = "编辑器没有打开，可能是网络断开了。请检查网络后重试。";
/// Loads once more.
pub const AGAIN: &str = "重试";
/// Back to the list.
pub const BACK: &str = "返回文章列表";
/// An article without a title.
pub const UNTITLED: &str = "（无标题）";
/// The name of the text.
pub const TEXT: &str = "正文";
/// In an empty text.
pub const TEXT_HERE: &str = "在这里写正文，输入 / 插入标题、图片、表格……";
/// The side panel.
pub const PANEL: &str = "文章信息";
/// Opens the side panel on a phone.
pub const OPEN_PANEL: &str = "文章信息";
/// Keeps a revision.
pub const KEEP: &str = "保存版本";
/// Asks for the name of a kept revision.
pub const KEEP_NAME: &str = "版本名称（可不填）";
/// What keeping a revision is for.
pub const KEEP_HELP: &str = "文章一直在自动保存。保存版本是给现在这一稿留一个名字，以后可以随时找回。";
/// Confirms.
pub const KEEP_NOW: &str = "保存";
/// Closes without doing anything.
pub const CANCEL: &str = "取消";
/// As readers will see it.
pub const PREVIEW: &str = "预览";
/// What is on the screen did not get to the server.
pub const PREVIEW_UNSAVED: &str = "还有内容没有保存到服务器，请先看上面的保存状态，保存以后再预览。";
/// The history.
pub const HISTORY: &str = "历史版本";
/// The page that readers see.
pub const PUBLIC: &str = "查看公开页面";
/// Hands the article in.
pub const SUBMIT: &str = "提交审核";
/// Gives it back.
pub const RETURN: &str = "退回修改";
/// Passes the review.
pub const APPROVE: &str = "审核通过";
/// Makes it public.
pub const PUBLISH: &str = "发布";
/// Puts the new text in place of the public one.
pub const CORRECT: &str = "更正发布";
/// Opens the dialog.
pub const SCHEDULE: &str = "定时发布……";
/// Its heading.
pub const SCHEDULE_TITLE: &str = "定时发布";
/// Its field.
pub const SCHEDULE_TIME: &str = "发布时间";
/// Confirms.
pub const SCHEDULE_NOW: &str = "定时";
/// Cancels a schedule.
pub const UNSCHEDULE: &str = "取消定时";
/// Said when it was cancelled.
pub const UNSCHEDULED: &str = "已取消定时，文章不会自动发布。";
/// Schedules the text that stands now, for the same time.
pub const SCHEDULE_NEW_TEXT: &str = "改为发布现在的文字";
/// Opens the dialog.
pub const WITHDRAW: &str = "撤回……";
/// Its heading.
pub const WITHDRAW_TITLE: &str = "撤回这篇文章";
/// What readers will see.
pub const WITHDRAW_HELP: &str = "撤回以后，栏目和首页马上不再列出它；打开原网址的读者会看到“这篇文章已撤回”。文字都留在编辑部，改好以后可以再发布。";
/// Its field.
pub const REASON: &str = "撤回原因";
/// Who reads it.
pub const REASON_HELP: &str = "写进操作记录，读者看不到";
/// Confirms.
pub const WITHDRAW_NOW: &str = "撤回";
/// Said when it was withdrawn.
pub const WITHDRAWN: &str = "已撤回，读者看不到这篇文章了。";
/// Only reading.
pub const READ_ONLY: &str = "您可以查看这篇文章，但没有修改它的权限。";
/// While it is in review.
pub const IN_REVIEW: &str = "这篇文章正在审核。继续修改会把它退回草稿。";

/// Where what was written is.
pub const KEPT: &str = "有改动，即将保存";
/// On its way.
pub const SAVING: &str = "正在保存……";
/// Offline.
pub const OFFLINE: &str = "连不上服务器，已存在本机，恢复后自动保存";
/// Offline, and the browser keeps nothing.
pub const OFFLINE_UNKEPT: &str = "连不上服务器，请不要关闭页面";
/// Signed out.
pub const SIGNED_OUT: &str = "登录已过期，已存在本机，重新登录后继续保存";
/// Before the reason for which the server does not take it.
pub const REFUSED: &str = "未保存到服务器（已存在本机）：";
/// The editor does not know everything that the text holds.
pub const UNKNOWN_TEXT: &str =
    "正文里有这个编辑器不认识的内容，为免丢失没有打开。请刷新页面；仍然如此请告诉管理员。其他各栏可以照常修改。";
/// The journal cannot be used.
pub const NO_JOURNAL: &str = "这个浏览器不能在本机暂存文字（可能是无痕模式），断网时请不要关闭页面。";

/// Said when something came back from the journal.
pub const RECOVERED: &str = "上次没来得及保存的内容已经找回并保存。";
/// Said when something in the journal could not be brought to the server.
pub const LEFT_BEHIND: &str = "这台电脑上还有这篇文章没能保存的内容，请到“未保存的片段”查看。";

/// Who else is there; before the names.
pub const OTHERS: &str = "正在编辑的还有：";

/// Heading of the clashes.
pub const CLASHES: &str = "这里有两种写法，请选择";
/// What a clash is.
pub const CLASHES_HELP: &str = "您和同事同时改了同一处，两种写法都保留着。文章里现在是对方的写法。";
/// The person's own.
pub const MINE: &str = "您的写法";
/// After the name of the other.
pub const THEIRS: &str = "的写法";
/// Deleted.
pub const DELETED: &str = "（删除了这一段）";
/// Takes the person's own.
pub const USE_MINE: &str = "用我的";
/// Leaves the other's.
pub const USE_THEIRS: &str = "用对方的";
/// Both.
pub const USE_BOTH: &str = "两段都留";
/// Shows the place in the text.
pub const SHOW_PLACE: &str = "看看在哪里";

/// Fields of the form: wire name, label.
pub const LABELS: &[(&str, &str)] = &[
    ("title", "标题"),
    ("subtitle", "副题"),
    ("byline", "署名"),
    ("dateline", "题记日期"),
    ("source", "来源"),
    ("author", "作者"),
    ("editor", "责任编辑"),
    ("keywords", "关键词"),
    ("summary", "摘要"),
    ("section", "栏目"),
    ("further", "同时列入的栏目"),
    ("lead", "题图"),
    ("attachments", "附件"),
    ("shown", "发布时间"),
    ("pinned_until", "置顶到"),
    ("body", "正文"),
];

/// The label of a field.
#[must_use]
pub fn label(field: &str) -> &str {
    LABELS.iter().find(|(name, _)| *name == field).map_or(field, |(_, label)| label)
}

/// Below fields: wire name, hint.
#[must_use]
pub fn hint(field: &str) -> &'static str {
    match field {
        "byline" => "标题下括号里的讲话人和职务，不是编辑",
        "dateline" => "正文前的日期，如“2012年7月27日”，不是发布时间",
        "source" => "网页标签 ContentSource，读者在标题下看到",
        "keywords" => "用空格或逗号隔开",
        "summary" => "列表和搜索引擎里显示；不填时用正文首段",
        "shown" => "不填就是发布的那一刻",
        "pinned_until" => "到这个时间以前排在栏目最前面",
        "lead" => "列表和头条用；不选时用正文第一张图",
        _ => "",
    }
}

/// Offers the first paragraph as the summary.
pub const OFFER_SUMMARY: &str = "用正文首段";
/// The first picture of the text.
pub const FIRST_PICTURE: &str = "正文第一张图";
/// There is no picture.
pub const NO_PICTURE: &str = "正文里还没有图片";
/// Opens the library.
pub const FROM_LIBRARY: &str = "从媒体库选择";
/// Adds files.
pub const ADD_FILES: &str = "添加附件";
/// Takes a file away.
pub const REMOVE: &str = "移除";
/// Moves a file up.
pub const UP: &str = "上移";
/// A field that handing in needs.
pub const NEEDED: &str = "提交前需要填写";
/// A time that cannot be.
pub const BAD_TIME: &str = "请填写完整的日期和时间";

/// Groups of the form.
pub const GROUP_PLACE: &str = "栏目与时间";
/// Groups of the form.
pub const GROUP_PEOPLE: &str = "来源与人员";
/// Groups of the form.
pub const GROUP_SHOWN: &str = "摘要与题图";
/// Groups of the form.
pub const GROUP_FILES: &str = "附件";

/// Before what a paste left out.
pub const DROPPED: &str = "粘贴时去掉了：";

/// A Word file is text now; what did not come along, or nothing.
pub fn word_read(name: &str, left: &str) -> String {
    let left = if left.is_empty() { String::new() } else { ["没有照原样带过来的：", left, "。"].concat() };
    ["“", name, "”已读成正文。", &left, "要作为附件，请用工具栏的“插入附件或视频”。"].concat()
}

/// A file of old Word or of WPS stands in the text as a file.
pub fn old_word(name: &str) -> String {
    ["“", name, "”已作为附件插入。要读成正文，请在 Word 或 WPS 里另存为 .docx，再拖进来。"].concat()
}
/// Closes the note.
pub const CLOSE: &str = "知道了";
/// After the number of characters.
pub const CHARACTERS: &str = "字";

/// The history of an article without revisions.
pub const NO_HISTORY: &str = "还没有历史版本。";
/// Further back.
pub const OLDER: &str = "更早的版本";
/// Compares two revisions.
pub const COMPARE: &str = "对比";
/// What to choose for a comparison.
pub const COMPARE_HELP: &str = "选择两个版本，查看改了什么。";
/// The older side.
pub const FROM: &str = "旧";
/// The newer side.
pub const TO: &str = "新";
/// Makes a revision current.
pub const RESTORE: &str = "恢复成这一版";
/// Said when it was done.
pub const RESTORED: &str = "已恢复。恢复前的内容仍在历史版本里。";
/// Names a revision.
pub const NAME_IT: &str = "命名";
/// The system as an author.
pub const SYSTEM: &str = "系统";
/// What readers see.
pub const IS_PUBLIC: &str = "读者看到的";
/// What editors see.
pub const IS_WORKING: &str = "当前";
/// Without differences.
pub const SAME: &str = "这两个版本没有不同。";
/// Unchanged blocks between changes.
pub const UNCHANGED: &str = "段没有改动";
/// Only its form changed.
pub const FORM_ONLY: &str = "格式有改动";
/// Back to the text.
pub const BACK_TO_TEXT: &str = "回到文章";

/// The page of fragments.
pub const FRAGMENTS: &str = "未保存的片段";
/// What it is.
pub const FRAGMENTS_HELP: &str = "和同事的修改撞在一起、或者还没有送到服务器的文字，都留在这里，直到您不再需要。";
/// Without any.
pub const NO_FRAGMENTS: &str = "没有未保存的片段，您写的每个字都在文章里。";
/// In this browser.
pub const ON_THIS_COMPUTER: &str = "存在这台电脑上";
/// On the server.
pub const FROM_CLASH: &str = "修改冲突时留下的";
/// Opens the article.
pub const OPEN: &str = "打开文章";
/// Copies the words.
pub const COPY: &str = "复制文字";
/// Said when copied.
pub const COPIED: &str = "已复制";
/// Not needed any more.
pub const DROP: &str = "不再需要";
/// Brings it to the server.
pub const SAVE_NOW: &str = "现在保存";

/// How a revision came about.
#[must_use]
pub const fn revision(kind: RevisionKind) -> &'static str {
    match kind {
        RevisionKind::Import => "导入",
        RevisionKind::Autosave => "编辑",
        RevisionKind::Kept => "保存的版本",
        RevisionKind::Restored => "恢复",
        RevisionKind::Withdrawn => "撤回",
    }
}

/// How far an article is, and what readers see of it.
#[must_use]
pub fn progress(progress: &Progress) -> String {
    let public = progress.address.is_some();
    match (&progress.scheduled, progress.state) {
        (Some(scheduled), _) if public => ["已发布，更正定时于 ", &scheduled.at.to_the_minute()].concat(),
        (Some(scheduled), _) => ["定时于 ", &scheduled.at.to_the_minute()].concat(),
        (None, State::Draft) if public => "已发布，有未发布的改动".to_owned(),
        (None, other) if public && other != State::Published => [state(other), "，读者看到的是上一稿"].concat(),
        (None, other) => state(other).to_owned(),
    }
}

/// Said when it was published, with the address at which it stands.
pub fn published(progress: &Progress) -> Option<String> {
    let address = progress.address.as_deref().unwrap_or_default();
    Some(["已发布，读者现在就能看到：", address].concat())
}

/// Said when it was scheduled.
pub fn scheduled(progress: &Progress) -> Option<String> {
    let at = progress.scheduled.as_ref()?.at.to_the_minute();
    Some(["已定时，将在 ", &at, " 自动发布现在的文字。"].concat())
}

/// What a schedule does; the times of the form are of this zone.
#[must_use]
pub fn schedule_help(zone: &str) -> String {
    ["到这个时间自动发布现在的文字，之后再改的不会一起发布。时间按网站所在时区（", zone, "）。"].concat()
}

/// Later changes are not in what was scheduled.
#[must_use]
pub fn scheduled_before(at: &LocalTime) -> String {
    [&at.to_the_minute(), " 将发布的是定时那一刻的文字，之后的改动不在里面。"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::{Timestamp, article::Standing, manuscript::Scheduled};

    #[test]
    fn the_bar_says_what_readers_see() {
        let at: LocalTime = serde_json::from_str("\"2026-12-01T08:00:00+08:00\"").unwrap();
        let scheduled = Scheduled { at, instant: Timestamp(0), changed: false };
        let said = |state, public: bool, scheduled: Option<Scheduled>| {
            let address = public.then(|| "/yaowen/1".to_owned());
            progress(&Progress { state, standing: Standing::default(), address, changed: false, scheduled })
        };
        assert_eq!(said(State::Draft, false, None), "草稿");
        assert_eq!(said(State::Published, true, None), "已发布");
        assert_eq!(said(State::Draft, true, None), "已发布，有未发布的改动");
        assert_eq!(said(State::Submitted, true, None), "待审核，读者看到的是上一稿");
        assert_eq!(said(State::Withdrawn, false, None), "已撤回");
        assert_eq!(said(State::Scheduled, false, Some(scheduled.clone())), "定时于 2026-12-01 08:00");
        assert_eq!(said(State::Scheduled, true, Some(scheduled)), "已发布，更正定时于 2026-12-01 08:00");
    }
}
