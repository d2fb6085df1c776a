//! All text of the media library.

use content::media::{Focus, MediaKind, UseRole};

/// Brings files.
pub const UPLOAD: &str = "上传文件";
/// How else they come.
pub const UPLOAD_HELP: &str = "也可以把文件拖到这里，或者复制后按 Ctrl V 粘贴。";
/// While files are held over the room.
pub const LET_GO: &str = "松开鼠标，上传到媒体库";
/// The two halves of the library.
pub const HALVES: &str = "媒体库的两部分";
/// What is there.
pub const LIBRARY: &str = "在库文件";
/// The bin.
pub const BIN: &str = "媒体回收站";
/// A filter.
pub const SEARCH_HINT: &str = "文件名、替代文字";
/// A filter.
pub const KIND: &str = "种类";
/// A filter, and a mark.
pub const WITHOUT_ALT: &str = "缺替代文字";
/// A filter.
pub const UNUSED: &str = "没有用到";
/// Pictures of the page.
pub const PICTURES: &str = "图片";
/// Other files of the page.
pub const FILES: &str = "其他文件";
/// Nothing there yet.
pub const EMPTY: &str = "媒体库还是空的。";
/// What to do then.
pub const EMPTY_HELP: &str = "上传的图片和附件都放在这里，写文章时可以直接选用。";
/// Nothing matches.
pub const NO_MATCH: &str = "没有符合条件的文件。";
/// What to do then.
pub const NO_MATCH_HELP: &str = "换一个词，或者去掉一些条件再看。";
/// Without filters.
pub const SHOW_ALL: &str = "显示全部";
/// Nothing in the bin.
pub const EMPTY_BIN: &str = "媒体回收站是空的。";
/// The widths are on their way.
pub const MAKING: &str = "正在生成各种尺寸";
/// They could not be made.
pub const NOT_MADE: &str = "各种尺寸没有生成";

/// Uploads.
pub const UPLOADS: &str = "上传进度";
/// State of an upload.
pub const WAITING: &str = "等待上传";
/// State of an upload.
pub const FINISHING: &str = "正在处理……";
/// State of an upload.
pub const BROKEN: &str = "连接断开，正在重试……";
/// State of an upload.
pub const OFFLINE: &str = "网络断开，恢复后接着传";
/// State of an upload.
pub const PAUSED: &str = "已暂停";
/// State of an upload.
pub const DONE: &str = "已上传";
/// State of an upload.
pub const UNREADABLE: &str = "读不出这个文件：可能已经移动、改名或者正在被修改，请重新选择。";
/// State of an upload.
pub const NO_ANSWER: &str = "一直连不上服务器。已经传上去的部分还在，重试会接着传。";
/// The script could not be fetched.
pub const NO_SCRIPT: &str = "上传功能没有加载出来，请检查网络后重试。";
/// Holds an upload.
pub const PAUSE: &str = "暂停";
/// Goes on.
pub const GO_ON: &str = "继续";
/// Gives it up.
pub const CANCEL: &str = "取消";
/// Takes finished ones out of the list.
pub const TIDY: &str = "清除已完成";
/// Looks at it.
pub const LOOK: &str = "查看";

/// The panel of one file.
pub const DETAIL: &str = "文件信息";
/// A field.
pub const NAME: &str = "名称";
/// Its hint.
pub const NAME_HELP: &str = "读者下载时看到的文件名";
/// A field.
pub const ALT: &str = "替代文字";
/// Its hint.
pub const ALT_HELP: &str =
    "说给看不见图片的读者：谁、在哪里、做什么，一两句话。例如“市总工会主席在车间与职工交谈”。不用写“图片”“照片”。";
/// A field.
pub const FOCUS: &str = "焦点";
/// Its hint.
pub const FOCUS_HELP: &str = "图片被裁切时，这一点总是露出来。点一下图片，或者用方向键移动（按住 Shift 每次 10%）。";
/// Back to the middle.
pub const FOCUS_MIDDLE: &str = "回到中间";
/// A crop.
pub const CROP_WIDE: &str = "头条 16:9";
/// A crop.
pub const CROP_SQUARE: &str = "方图 1:1";
/// A property.
pub const SIZE: &str = "大小";
/// A property.
pub const PIXELS: &str = "像素";
/// A property.
pub const WHO: &str = "上传";
/// A property.
pub const SIZES: &str = "尺寸";
/// A property.
pub const BINNED: &str = "放入回收站";
/// The system as a person.
pub const SYSTEM: &str = "系统";
/// Where it is used.
pub const USES: &str = "用在哪里";
/// Nowhere.
pub const NO_USES: &str = "还没有文章用到它。";
/// Readers see it there.
pub const PUBLIC: &str = "读者能看到";
/// Copies the address.
pub const COPY: &str = "复制网址";
/// Opens the file itself.
pub const OPEN: &str = "打开原文件";
/// Into the bin.
pub const TO_BIN: &str = "移入回收站";
/// Was put there.
pub const BINNED_NOW: &str = "已移入媒体回收站。";
/// Is back.
pub const RESTORED: &str = "已恢复到媒体库。";
/// Only to look at.
pub const MAY_NOT: &str = "您可以查看和选用这个文件，但没有修改它的权限。";
/// Replaces it.
pub const REPLACE: &str = "换成另一个文件";
/// What that does.
pub const REPLACE_HELP: &str = "用到它的文章会一起换成新文件，网页地址随之更新，名称和替代文字不变。";
/// Chooses the new one.
pub const CHOOSE_NEW: &str = "选择新文件";
/// One side.
pub const OLD_ONE: &str = "现在的";
/// The other.
pub const NEW_ONE: &str = "新的";
/// Does it.
pub const REPLACE_NOW: &str = "替换";
/// Does not.
pub const REPLACE_NOT: &str = "不替换";
/// Was done.
pub const REPLACED: &str = "已替换。";
/// Was not done.
pub const KEPT_BOTH: &str = "没有替换，新文件留在媒体库里。";
/// The same bytes.
pub const SAME_FILE: &str = "这就是同一个文件，不用替换。";

/// The picker.
pub const CHOOSE_PICTURE: &str = "选择图片";
/// The picker.
pub const CHOOSE_FILE: &str = "选择文件";
/// More of the list.
pub const MORE: &str = "再显示一些";

/// What a kind is called.
#[must_use]
pub const fn kind(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Picture => "图片",
        MediaKind::Document => "文档",
        MediaKind::Sound => "音频",
        MediaKind::Film => "视频",
        MediaKind::Archive => "压缩包",
    }
}

/// What a use is called.
#[must_use]
pub const fn role(role: UseRole) -> &'static str {
    match role {
        UseRole::Text => "正文",
        UseRole::Lead => "题图",
        UseRole::Attachment => "附件",
    }
}

/// Why the widths were not made.
#[must_use]
pub fn not_made(reason: &str) -> &'static str {
    match reason {
        "unreadable" => "图片数据有损坏，没能生成各种尺寸。读者看到的是原图，请换一个好的文件。",
        "store" => "存储空间暂时写不进去，没能生成各种尺寸。读者看到的是原图，请稍后重试。",
        _ => "没能生成各种尺寸，读者看到的是原图。请重试，如果一再失败请告诉管理员。",
    }
}

/// Bytes as people read them.
#[must_use]
pub fn bytes(bytes: u64) -> String {
    let kilobytes = bytes.div_ceil(1024);
    let (shown, unit) = match kilobytes {
        0..1024 => return [&kilobytes.to_string(), " KB"].concat(),
        1024..1_048_576 => (kilobytes * 10 / 1024, " MB"),
        _ => (kilobytes * 10 / 1_048_576, " GB"),
    };
    [&(shown / 10).to_string(), ".", &(shown % 10).to_string(), unit].concat()
}

/// All of the library.
#[must_use]
pub fn total(total: u64) -> String {
    ["媒体库共占用 ", &bytes(total), "（不含生成的各种尺寸）"].concat()
}

/// How far an upload is.
#[must_use]
pub fn sent(sent: u64, of: u64) -> String {
    [&bytes(sent), " / ", &bytes(of)].concat()
}

/// How far all uploads are.
#[must_use]
pub fn progress(done: usize, all: usize) -> String {
    ["已上传 ", &done.to_string(), " / ", &all.to_string()].concat()
}

/// Uploads that a reload cut off.
#[must_use]
pub fn left_over(count: u32) -> String {
    ["有 ", &count.to_string(), " 个文件上次没有传完。再选一次同样的文件，会接着传。"].concat()
}

/// How many files are listed.
#[must_use]
pub fn on_this_page(count: usize) -> String {
    ["本页 ", &count.to_string(), " 个文件"].concat()
}

/// In how many articles.
#[must_use]
pub fn used(count: u32) -> String {
    ["用于 ", &count.to_string(), " 篇"].concat()
}

/// There are more uses than are listed.
#[must_use]
pub fn more_uses(count: u32) -> String {
    ["共 ", &count.to_string(), " 篇文章，这里列出了前 100 处。"].concat()
}

/// Where the focal point is.
#[must_use]
pub fn focus_at(focus: Focus) -> String {
    ["焦点：距左 ", &focus.x.to_string(), "%，距上 ", &focus.y.to_string(), "%"].concat()
}

/// A file that was inserted without alternative text.
#[must_use]
pub fn say_something(name: &str) -> String {
    ["“", name, "”还没有替代文字，请在图片下面补上，看不见图片的读者要靠它。"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_said_in_the_unit_that_fits() {
        let said = [1, 1024, 1_048_575, 1_048_576, 1_600_000, 3 << 30].map(bytes);
        assert_eq!(said, ["1 KB", "1 KB", "1.0 MB", "1.0 MB", "1.5 MB", "3.0 GB"]);
    }
}
