//! All text of the admin, in one place: nothing that an editor sees is worded in a component.

mod lists;
mod refusals;

pub use lists::*;
pub use refusals::{error, refusal};

use content::{LocalTime, Role, article::State};

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
pub const ROOM_TOKENS: &str = "接口令牌";
/// A room.
pub const ROOM_RECORD: &str = "操作记录";
/// A room.
pub const ROOM_MOVING: &str = "旧站搬家";
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

/// A one-time link.
#[must_use]
pub fn link_for(name: &str, until: &LocalTime) -> String {
    ["请把这个一次性链接交给 ", name, "，它在 ", &until.to_the_minute(), " 以前有效，只显示这一次："].concat()
}
