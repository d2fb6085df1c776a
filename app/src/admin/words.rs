//! All text of the admin, in one place: nothing that an editor sees is worded in a component.

use crate::error::AppError;
use content::{
    LocalTime, Refusal, Role,
    article::State,
    desk::{DeskRow, Sort},
};

/// Skips the frame.
pub const SKIP: &str = "跳到内容";
/// The site itself.
pub const SITE: &str = "查看网站";
/// The rail.
pub const ROOMS: &str = "编辑部";
/// A room.
pub const ROOM_DESK: &str = "工作台";
/// A room.
pub const ROOM_ARTICLES: &str = "文章";
/// A room.
pub const ROOM_MEDIA: &str = "媒体库";
/// A room.
pub const ROOM_BIN: &str = "回收站";
/// A room.
pub const ROOM_FRAGMENTS: &str = "未保存的片段";
/// A room.
pub const ROOM_ACCOUNTS: &str = "账号";
/// A room.
pub const ROOM_RECORD: &str = "操作记录";
/// A room.
pub const ROOM_SITE: &str = "站点";
/// A room.
pub const ROOM_SECTIONS: &str = "栏目";
/// A room.
pub const ROOM_FRONT: &str = "首页";
/// A room.
pub const ROOM_ME: &str = "我的账号";
/// No such room.
pub const NOTHING_HERE: &str = "这里没有内容";
/// The palette.
pub const COMMANDS: &str = "命令";
/// In the empty palette.
pub const COMMANDS_HINT: &str = "去哪里，写什么，找哪篇文章";
/// Nothing found.
pub const NO_COMMAND: &str = "没有找到";
/// Begins an article.
pub const WRITE: &str = "写文章";
/// Before the sections.
pub const CHOOSE_SECTION: &str = "写到哪个栏目";
/// Signs in.
pub const SIGN_IN: &str = "登录";
/// Heading of the door.
pub const SIGN_IN_TITLE: &str = "登录编辑部";
/// Signs out.
pub const SIGN_OUT: &str = "退出";
/// Help at the door.
pub const FORGOTTEN: &str = "忘记密码时，请管理员给您一个重设链接。";
/// Heading of the dialog.
pub const SIGN_IN_AGAIN: &str = "请重新登录";
/// What it is for.
pub const SIGN_IN_AGAIN_HELP: &str = "登录已经过期。您写的内容都在，登录后继续保存。";
/// Somebody else signed in.
pub const SAME_PERSON: &str = "这不是刚才的账号。请用原来的账号登录，或者关闭页面后再换账号。";
/// A field.
pub const NAME: &str = "用户名";
/// A field.
pub const DISPLAY_NAME: &str = "显示姓名";
/// Its hint.
pub const DISPLAY_NAME_HELP: &str = "同事看到的名字；不填就是用户名";
/// A field.
pub const PASSWORD: &str = "密码";
/// A field.
pub const CURRENT_PASSWORD: &str = "现在的密码";
/// A field.
pub const NEW_PASSWORD: &str = "新密码";
/// Its hint.
pub const PASSWORD_HELP: &str = "至少 10 个字符，长比复杂重要";
/// A field.
pub const CODE: &str = "验证码";
/// Its hint.
pub const CODE_HELP: &str = "身份验证器上的六位数字，或者一个恢复码";
/// Heading of a link.
pub const WELCOME: &str = "欢迎来到编辑部";
/// For the first administrator.
pub const SET_UP_HELP: &str = "请设立第一位管理员。以后的账号由管理员添加。";
/// For a new password.
pub const NEW_PASSWORD_HELP: &str = "请设定您的密码。这个链接只能用一次。";
/// Goes in.
pub const BEGIN: &str = "开始使用";
/// On its way.
pub const BUSY: &str = "请稍候……";
/// On its way.
pub const LOADING: &str = "正在读取……";
/// A room could not be fetched.
pub const ROOM_NOT_LOADED: &str = "这一页没有打开，可能是网络断开了。请检查网络后重试，仍打不开时请刷新页面。";
/// Tries again.
pub const AGAIN: &str = "重试";
/// Undoes.
pub const UNDO: &str = "撤销";
/// Closes.
pub const CLOSE: &str = "关闭";
/// Saves.
pub const SAVE: &str = "保存";
/// Saved.
pub const SAVED: &str = "已保存。";
/// Copies.
pub const COPY: &str = "复制链接";
/// Copied.
pub const COPIED: &str = "已复制";
/// A part.
pub const CHANGE_PASSWORD: &str = "修改密码";
/// Done.
pub const PASSWORD_CHANGED: &str = "密码已修改，其他地方的登录已退出。";
/// A part.
pub const SECOND_FACTOR: &str = "两步验证";
/// What it is.
pub const SECOND_FACTOR_HELP: &str = "登录时除了密码，还要手机上身份验证器显示的六位数字。";
/// It is on.
pub const SECOND_FACTOR_IS_ON: &str = "两步验证已开启，还剩";
/// After the number.
pub const CODES_LEFT: &str = "个恢复码。";
/// Turns it on.
pub const TURN_ON: &str = "开启两步验证";
/// Turns it off.
pub const TURN_OFF: &str = "关闭两步验证";
/// Before the picture.
pub const SCAN: &str = "请用手机上的身份验证器扫描";
/// Before the secret.
pub const TYPE_SECRET: &str = "不能扫描时，请输入：";
/// Confirms.
pub const CONFIRM: &str = "确认开启";
/// Why the password.
pub const PROVE: &str = "请输入密码，确认是您本人";
/// Renews.
pub const RENEW_CODES: &str = "换一组恢复码";
/// Before the codes.
pub const RECOVERY_CODES_HELP: &str = "请把恢复码抄下来或打印，手机不在时每个可以用一次。只显示这一次。";
/// A part.
pub const SESSIONS: &str = "登录记录";
/// This session.
pub const THIS_ONE: &str = "当前";
/// Ends it.
pub const END: &str = "退出";
/// Ends all.
pub const SIGN_OUT_EVERYWHERE: &str = "退出所有登录";
/// Nothing to do.
pub const NOTHING_WAITS: &str = "没有等您处理的事";
/// What to do.
pub const NOTHING_WAITS_HELP: &str = "点右上角的“写文章”开始写，或者到“文章”里查找。";
/// A part.
pub const TO_REVIEW: &str = "等您审核";
/// A part.
pub const TO_PUBLISH: &str = "等待发布";
/// A part.
pub const SCHEDULED_NEXT: &str = "将要自动发布";
/// A part.
pub const MY_DRAFTS: &str = "您的草稿";
/// A part.
pub const MY_WAITING: &str = "您提交的，正在审核";
/// The filters.
pub const FILTERS: &str = "筛选";
/// A filter.
pub const FILTER_TEXT: &str = "查找";
/// Its hint.
pub const FILTER_TEXT_HINT: &str = "标题、署名、来源、关键词";
/// A filter.
pub const SECTION: &str = "栏目";
/// A filter.
pub const STATE: &str = "状态";
/// A filter.
pub const BY: &str = "作者";
/// A filter.
pub const TO: &str = "至";
/// A filter.
pub const SORT: &str = "排序";
/// No filter.
pub const ALL: &str = "全部";
/// The batch bar.
pub const BATCH: &str = "批量操作";
/// A batch.
pub const RESTORE: &str = "恢复";
/// A batch.
pub const SUBMIT: &str = "提交审核";
/// A batch.
pub const APPROVE: &str = "通过";
/// A batch.
pub const RETURN: &str = "退回";
/// A batch.
pub const PUBLISH: &str = "发布";
/// A batch.
pub const WITHDRAW: &str = "撤回……";
/// The heading of what a batch asks before.
pub const WITHDRAW_TITLE: &str = "撤回所选文章";
/// What readers will see.
pub const WITHDRAW_HELP: &str = "撤回以后，读者看不到这些文章；打开原网址会看到“这篇文章已撤回”。";
/// Why.
pub const REASON: &str = "撤回原因";
/// Who reads it.
pub const REASON_HELP: &str = "写进操作记录，读者看不到";
/// Confirms.
pub const WITHDRAW_NOW: &str = "撤回";
/// Closes without doing anything.
pub const CANCEL: &str = "取消";
/// A batch.
pub const MOVE: &str = "移到栏目……";
/// A batch.
pub const TO_BIN: &str = "移入回收站";
/// Chooses the page.
pub const CHOOSE_ALL: &str = "选择本页全部";
/// A column.
pub const TITLE: &str = "标题";
/// A column.
pub const UPDATED: &str = "修改时间";
/// A column.
pub const BINNED: &str = "放入时间";
/// Readers see it.
pub const PUBLIC: &str = "公开";
/// The pager.
pub const PAGES: &str = "翻页";
/// Back.
pub const PREVIOUS_PAGE: &str = "上一页";
/// On.
pub const NEXT_PAGE: &str = "下一页";
/// Nothing matches.
pub const NO_MATCH: &str = "没有符合条件的文章。";
/// Nothing in the bin.
pub const EMPTY_BIN: &str = "回收站是空的。";
/// No articles yet.
pub const NO_ARTICLES: &str = "还没有文章。点右上角的“写文章”写第一篇。";
/// Without a title.
pub const UNTITLED: &str = "（无标题）";
/// Adds an account.
pub const ADD_ACCOUNT: &str = "添加账号";
/// Changes it.
pub const CHANGE: &str = "修改";
/// Roles.
pub const ROLES: &str = "角色";
/// Disables.
pub const DISABLE: &str = "停用这个账号";
/// Is disabled.
pub const DISABLED: &str = "已停用";
/// Has none yet.
pub const NO_PASSWORD: &str = "还没设密码";
/// Makes a link.
pub const PASSWORD_LINK: &str = "重设密码链接";
/// Removes it.
pub const REMOVE_FACTOR: &str = "取消两步验证";
/// Help.
pub const KEYS: &str = "键盘快捷键";
/// The shortcuts with what they do.
pub const KEYS_LIST: [(&str, &str); 11] = [
    ("Ctrl K", "命令"),
    ("g d", "工作台"),
    ("g a", "文章"),
    ("g m", "媒体库"),
    ("g b", "回收站"),
    ("g f", "未保存的片段"),
    ("n", "写文章"),
    ("/", "查找"),
    ("j k x", "列表里上下移动、选择"),
    ("Ctrl S", "写文章时马上保存"),
    ("Ctrl K", "正文里：链接"),
];
/// The handle of a row.
pub const DRAG: &str = "拖动可以调整顺序";

/// What the buttons of a row are for.
#[must_use]
pub fn order_of(name: &str) -> String {
    ["调整顺序：", name].concat()
}
/// Moves a row.
#[must_use]
pub fn move_up(name: &str) -> String {
    ["上移：", name].concat()
}
/// Moves a row.
#[must_use]
pub fn move_down(name: &str) -> String {
    ["下移：", name].concat()
}
/// Moves a row.
#[must_use]
pub fn move_in(name: &str) -> String {
    ["改为下级：", name].concat()
}
/// Moves a row.
#[must_use]
pub fn move_out(name: &str) -> String {
    ["改为一级：", name].concat()
}
/// Where a row stands now.
#[must_use]
pub fn moved_to(name: &str, at: usize, of: usize, deep: bool) -> String {
    let level = if deep { "，下级" } else { "" };
    [name, "：现在是第 ", &at.to_string(), " 项，共 ", &of.to_string(), " 项", level].concat()
}
/// A row that cannot go there.
#[must_use]
pub fn not_moved(name: &str) -> String {
    [name, "：不能再往那边移了"].concat()
}
/// What somebody else has saved in a field meanwhile.
#[must_use]
pub fn theirs_is(text: &str) -> String {
    if text.is_empty() { "对方清空了这一栏。".to_owned() } else { ["对方改成了：", text].concat() }
}

/// A failure, as it is said to the person who asked.
#[must_use]
pub fn error(error: &AppError) -> String {
    match error {
        AppError::Refused(reason) => refusal(reason),
        AppError::Internal { reference } => {
            ["系统出了问题，已经记录下来。如果一再出现，请把编号 ", reference, " 告诉管理员。"].concat()
        }
        AppError::Unavailable { .. } => "服务器正忙，请稍后再试。".to_owned(),
        AppError::Transport => "连不上服务器，请检查网络后重试。".to_owned(),
    }
}

/// The title of a document of the admin.
#[must_use]
pub fn title(room: &str) -> String {
    [room, " - 编辑部"].concat()
}

/// Where an article is on its way.
#[must_use]
pub const fn state(state: State) -> &'static str {
    match state {
        State::Draft => "草稿",
        State::Submitted => "待审核",
        State::Approved => "已通过",
        State::Scheduled => "定时发布",
        State::Published => "已发布",
        State::Withdrawn => "已撤回",
    }
}

/// When everything was saved.
#[must_use]
pub fn saved_at(at: &LocalTime) -> String {
    // `2026-11-23 14:03:05`: the clock is what people look for.
    let time = at.date_time();
    let clock = time.split(' ').nth(1).and_then(|clock| clock.get(..5)).unwrap_or_default();
    ["已保存 ", clock].concat()
}

/// What a role is called.
#[must_use]
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Reporter => "记者（写稿、交稿）",
        Role::SectionEditor => "栏目编辑",
        Role::Reviewer => "审核",
        Role::Publisher => "发布",
        Role::Administrator => "管理员",
    }
}

/// A role for one section alone.
#[must_use]
pub fn role_in(role: Role, section: &str) -> String {
    [self::role(role), "，只在“", section, "”栏目"].concat()
}

/// What a browser says of itself, as people call it; unknown ones are shown as they are.
#[must_use]
pub fn browser(agent: &str) -> String {
    let named =
        |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    // What came later names what came before it as well.
    let browser = named(&[
        ("Edg/", "Edge"),
        ("QQBrowser", "QQ 浏览器"),
        ("MicroMessenger", "微信"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = named(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => [browser, "，", system].concat(),
        _ => agent.chars().take(60).collect(),
    }
}

/// What a sort is called.
#[must_use]
pub const fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Updated => "最近修改",
        Sort::UpdatedOldest => "最早修改",
        Sort::Shown => "发布时间",
        Sort::Created => "创建时间",
        Sort::Scheduled => "定时发布的先后",
    }
}

/// The days of a list: those of the time by which it is ordered.
#[must_use]
pub const fn days(sort: Sort, bin: bool) -> &'static str {
    match sort {
        _ if bin => "删除于",
        Sort::Updated | Sort::UpdatedOldest => "修改于",
        Sort::Shown => "发布于",
        Sort::Created => "创建于",
        Sort::Scheduled => "定时于",
    }
}

fn counted(before: &str, count: u32, after: &str) -> String {
    [before, &count.to_string(), after].concat()
}

/// How many are chosen.
#[must_use]
pub fn chosen(count: usize) -> String {
    ["已选 ", &count.to_string(), " 篇"].concat()
}
/// A batch was done.
#[must_use]
pub fn binned(count: u32) -> String {
    counted("已把 ", count, " 篇移入回收站。")
}
/// A batch was done.
#[must_use]
pub fn restored(count: u32) -> String {
    counted("已恢复 ", count, " 篇。")
}
/// A batch was done.
#[must_use]
pub fn moved(count: u32) -> String {
    counted("已移动 ", count, " 篇。")
}
/// A batch was done.
#[must_use]
pub fn submitted(count: u32) -> String {
    counted("已提交 ", count, " 篇。")
}
/// A batch was done.
#[must_use]
pub fn approved(count: u32) -> String {
    counted("已通过 ", count, " 篇。")
}
/// A batch was done.
#[must_use]
pub fn returned(count: u32) -> String {
    counted("已退回 ", count, " 篇。")
}
/// A batch was done.
#[must_use]
pub fn published(count: u32) -> String {
    counted("已发布 ", count, " 篇。")
}
/// A batch was done.
#[must_use]
pub fn withdrawn(count: u32) -> String {
    counted("已撤回 ", count, " 篇。")
}
/// Where an article of a list is, and what readers see of it.
#[must_use]
pub fn row_state(row: &DeskRow) -> String {
    match (row.state, &row.scheduled) {
        (State::Scheduled, Some(at)) => ["定时于 ", &at.to_the_minute()].concat(),
        (State::Draft, _) if row.public => "已发布，有未发布的改动".to_owned(),
        (other, _) => state(other).to_owned(),
    }
}
/// A batch was undone.
#[must_use]
pub fn undone(count: u32) -> String {
    counted("已撤销，", count, " 篇恢复原样。")
}
/// Some of a batch were refused.
#[must_use]
pub fn not_changed(count: usize, reason: &Refusal) -> String {
    ["有 ", &count.to_string(), " 篇没有改动：", &refusal(reason)].concat()
}
/// Fragments wait.
#[must_use]
pub fn fragments_wait(count: u32) -> String {
    counted("您有 ", count, " 个未保存的片段，请查看。")
}
/// A one-time link.
#[must_use]
pub fn link_for(name: &str, until: &LocalTime) -> String {
    ["请把这个一次性链接交给 ", name, "，它在 ", &until.to_the_minute(), " 以前有效，只显示这一次："].concat()
}

/// A refusal, as it is said to the person who asked.
#[must_use]
pub fn refusal(refusal: &Refusal) -> String {
    let quoted = |before: &str, given: &str, after: &str| [before, "“", given, "”", after].concat();
    match refusal {
        Refusal::NotFound => "这里没有您要找的内容，可能已经移走或者删除。".to_owned(),
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
        Refusal::NotAPicture { name } => quoted("", name, "不是可以使用的图片：请选择 JPEG、PNG、WebP 或 GIF。"),
        Refusal::NotAFile { name } => {
            quoted("", name, "不是可以使用的文件：请选择图片、PDF、Office、OFD、ZIP、MP3、MP4 或 WebM。")
        }
        Refusal::BrokenPicture { name } => quoted("图片", name, "不完整或者已损坏，请重新导出或重新传送后再上传。"),
        Refusal::TooManyPixels { name, megapixels } => {
            let limit = ["太大：最多 ", &megapixels.to_string(), " 百万像素，请缩小后再上传。"].concat();
            quoted("图片", name, &limit)
        }
        Refusal::TooManyFrames { name, limit } => {
            let limit = ["太长：最多 ", &limit.to_string(), " 帧，请剪短，或者改用视频。"].concat();
            quoted("动图", name, &limit)
        }
        Refusal::HighEfficiency { name } => {
            quoted("", name, "是 HEIC 或 AVIF 图片，很多读者打不开：请在手机或看图软件里导出为 JPEG 再上传。")
        }
        Refusal::InUse { uses } => {
            ["还有 ", &uses.to_string(), " 篇文章在用这个文件，请先从文章里取下或者换成别的文件。"].concat()
        }
        Refusal::OtherKind => "两个文件的种类不同：图片只能换成图片，其他文件也只能换成同一种文件。".to_owned(),
        Refusal::NoRoom => "服务器的存储空间已满，文件没有保存。请告诉管理员。".to_owned(),
        Refusal::TooManyUploads { limit } => {
            ["没有传完的文件太多：同时最多 ", &limit.to_string(), " 个，请等前面的传完或者取消一些。"].concat()
        }
        Refusal::SignedOut => "您还没有登录，或者登录已经过期。".to_owned(),
        Refusal::BadCredentials => "用户名、密码或验证码不正确。".to_owned(),
        Refusal::NeedsCode => "请输入身份验证器上的六位验证码。".to_owned(),
        Refusal::TooManyAttempts { seconds } => ["尝试次数太多，请 ", &seconds.to_string(), " 秒后再试。"].concat(),
        Refusal::DeadLink => "这个链接已经用过或者已经过期，请向管理员再要一个。".to_owned(),
        Refusal::WeakPassword { shortest } => {
            ["密码太容易被猜到：至少 ", &shortest.to_string(), " 个字符，不要用用户名，也不要总是重复几个字符。"]
                .concat()
        }
        Refusal::BadName { .. } => "用户名用文字和数字，中间可以有 . _ -，不能有空格和其他符号。".to_owned(),
        Refusal::NameTaken { given } => quoted("用户名", given, "已经有人使用，请换一个。"),
        Refusal::AccountDisabled => "这个账号已停用，请先允许它登录。".to_owned(),
        Refusal::LastAdministrator => "这样一来就没有能登录的管理员了，请先指定另一位管理员。".to_owned(),
        Refusal::Incomplete { fields } => {
            let names: Vec<&str> = fields.iter().map(|field| field_name(field)).collect();
            ["还缺少：", &names.join("、"), "。"].concat()
        }
        Refusal::StillPublic => "读者还能看到这篇文章，请先撤回。".to_owned(),
        Refusal::InBin => "这篇文章在回收站里，请先恢复。".to_owned(),
        Refusal::StillScheduled => "这篇文章已经定时发布，请先取消定时。".to_owned(),
        Refusal::Gone => "这篇文章已经撤回。".to_owned(),
        Refusal::NeedsReview { passed, stages } => {
            ["还没有审完：要审 ", &stages.to_string(), " 次，这一稿通过了 ", &passed.to_string(), " 次。请先提交审核。"]
                .concat()
        }
        Refusal::ApprovedAlready => "这一稿您已经审过，下一次请由别人来审。".to_owned(),
        Refusal::BadSchedule { days } => {
            ["定时要在现在以后、", &days.to_string(), " 天以内，请检查日期和时间。"].concat()
        }
        Refusal::TooManyLinks { limit } => {
            ["这篇文章已经有 ", &limit.to_string(), " 个有效的预览链接，请先收回不用的。"].concat()
        }
        Refusal::OutOfRange { field, least, most } => {
            [field_name(field), "应在 ", &least.to_string(), " 到 ", &most.to_string(), " 之间。"].concat()
        }
        Refusal::Twice { field } => [field_name(field), "里有重复的，请去掉一个。"].concat(),
        Refusal::BadAddress { given } => {
            quoted("", given, "不是完整的网址：请以 https:// 或 http:// 开头；本站的页面以 / 开头。")
        }
        Refusal::BadDomain { given } => {
            quoted("", given, "不是域名：请写成 www.example.cn 这样，不带 http:// 和斜杠。")
        }
        Refusal::BadCode { given } => {
            quoted("", given, "不是网站标识码：政府网站的标识码是十位字母和数字；没有请留空，不要编造。")
        }
        Refusal::BadPeriod => "结束时间应晚于开始时间。".to_owned(),
        Refusal::TooDeep => "栏目只有两级：请选择一级栏目作上级；有下级栏目的栏目自己要留在一级。".to_owned(),
        Refusal::OldAddress { given, section } => {
            [&*quoted("", given, "是栏目"), "“", section, "”的旧网址，仍然转到那里，请换一个。"].concat()
        }
        Refusal::SectionInUse { articles } => {
            ["栏目里有 ", &articles.to_string(), " 篇文章，请选择它们移到哪个栏目。"].concat()
        }
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
        "password" => "密码",
        "display_name" => "显示姓名",
        "further" => "其他栏目",
        "attachments" => "附件",
        "revision_name" => "版本名称",
        "query" => "查找内容",
        "action" => "操作",
        "subject" => "对象",
        "address" => "地址",
        "description" => "简介",
        "body" => "正文",
        "picture" => "图片",
        "alt" => "替代文字",
        "file" => "文件",
        "tab" => "窗口",
        "reason" => "撤回原因",
        "ids" => "所选文章",
        "organiser" => "主办单位",
        "copyright" => "版权声明",
        "producer" => "制作单位",
        "icp_number" => "ICP 备案号",
        "police_number" => "公安备案号",
        "domain" => "域名",
        "id_code" => "网站标识码",
        "column_type" => "栏目类型",
        "link" => "链接网址",
        "stages" => "审核级数",
        "sections" => "栏目",
        "pictures" => "图片新闻",
        "titles" => "标题数",
        "friend" => "友情链接的名称",
        "friends" => "友情链接",
        "notice" => "公告内容",
        "notices" => "公告",
        "footnote" => "脚注",
        other => other,
    }
}

/// Fields whose limit is counted in bytes.
fn is_file(field: &str) -> bool {
    matches!(field, "body" | "picture" | "file")
}

#[cfg(test)]
mod tests {
    use super::*;
    use content::{article, permission::Action};

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
            Refusal::NotAFile { name: given() },
            Refusal::BrokenPicture { name: given() },
            Refusal::TooManyPixels { name: given(), megapixels: 60 },
            Refusal::TooManyFrames { name: given(), limit: 400 },
            Refusal::HighEfficiency { name: given() },
            Refusal::InUse { uses: 2 },
            Refusal::OtherKind,
            Refusal::NoRoom,
            Refusal::TooManyUploads { limit: 20 },
            Refusal::SignedOut,
            Refusal::BadCredentials,
            Refusal::NeedsCode,
            Refusal::TooManyAttempts { seconds: 30 },
            Refusal::DeadLink,
            Refusal::WeakPassword { shortest: 10 },
            Refusal::BadName { given: given() },
            Refusal::NameTaken { given: given() },
            Refusal::AccountDisabled,
            Refusal::LastAdministrator,
            Refusal::Incomplete { fields: vec!["title".to_owned()] },
            Refusal::StillPublic,
            Refusal::InBin,
            Refusal::StillScheduled,
            Refusal::Gone,
            Refusal::NeedsReview { passed: 1, stages: 3 },
            Refusal::ApprovedAlready,
            Refusal::BadSchedule { days: 366 },
            Refusal::TooManyLinks { limit: 20 },
            Refusal::OutOfRange { field: "stages".to_owned(), least: 0, most: 5 },
            Refusal::Twice { field: "sections".to_owned() },
            Refusal::BadAddress { given: given() },
            Refusal::BadDomain { given: given() },
            Refusal::BadCode { given: given() },
            Refusal::BadPeriod,
            Refusal::TooDeep,
            Refusal::OldAddress { given: given(), section: "要闻".to_owned() },
            Refusal::SectionInUse { articles: 3 },
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
