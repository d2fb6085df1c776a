//! All text of the room of tokens.

use content::{
    LocalTime,
    token::{Scope, TokenState},
};

/// What they are.
pub const HELP: &str = "其他系统通过接口（/api/v1）投稿、传图、维护栏目时，用令牌代替登录。令牌只能做所选账号能做的事，并且不超出勾选的范围；审核只能由人来做。账号停用后，它的令牌随即失效。";
/// Where the interface is described.
pub const DOCUMENT: &str = "接口说明（OpenAPI）";
/// Makes one.
pub const MAKE: &str = "生成令牌";
/// A field.
pub const NAME: &str = "名称";
/// Its hint.
pub const NAME_HELP: &str = "写明哪个系统在用，操作记录里会看到";
/// A field.
pub const ACCOUNT: &str = "代表的账号";
/// Its hint.
pub const ACCOUNT_HELP: &str = "建议为每个系统单独建一个账号，只给它需要的角色";
/// A field.
pub const SCOPES: &str = "范围";
/// A field.
pub const LIFE: &str = "有效期";
/// The lives that are offered, in days.
pub const LIVES: [(u32, &str); 4] = [(30, "30 天"), (90, "90 天"), (180, "180 天"), (366, "一年")];
/// Nothing was chosen.
pub const NO_SCOPE: &str = "请至少勾选一个范围。";
/// Shown once.
pub const ONCE: &str = "请马上复制到使用它的系统里。为了安全，令牌只显示这一次。";
/// Copies it.
pub const COPY: &str = "复制令牌";
/// It was copied.
pub const COPIED: &str = "已复制";
/// The browser did not copy it.
pub const NOT_COPIED: &str = "浏览器没有允许复制，请选中上面的令牌自己复制";
/// There is none.
pub const NONE: &str = "还没有令牌。";
/// Takes it back.
pub const REVOKE: &str = "收回";
/// Asks once more.
pub const REVOKE_HELP: &str = "收回以后，用这个令牌的系统马上不能再写入，而且不能恢复。";
/// Confirms.
pub const REVOKE_NOW: &str = "确认收回";
/// It was taken back.
pub const REVOKED: &str = "令牌已收回。";
/// It was never used.
pub const NEVER_USED: &str = "还没有用过";

/// What a scope lets a program do.
#[must_use]
pub const fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::ArticlesWrite => "写稿：新建、修改、提交审核、移入回收站",
        Scope::ArticlesPublish => "发布：发布、定时发布、更正、撤回",
        Scope::MediaWrite => "媒体：上传图片和文件，修改名称和替代文字",
        Scope::SectionsWrite => "栏目：添加、修改、删除",
        Scope::RedirectsWrite => "旧网址：查看和设置跳转",
    }
}

/// Whether one works.
#[must_use]
pub const fn state(state: TokenState) -> Option<&'static str> {
    match state {
        TokenState::Works => None,
        TokenState::Revoked => Some("已收回"),
        TokenState::Expired => Some("已过期"),
        TokenState::Suspended => Some("账号已停用"),
    }
}

/// For whom it acts.
#[must_use]
pub fn acts_for(account: &str) -> String {
    ["代表 ", account].concat()
}

/// Since when, until when, and when it was last used.
#[must_use]
pub fn times(made: &LocalTime, by: &str, until: &LocalTime) -> String {
    let by = if by.is_empty() { "系统" } else { by };
    [by, " 生成于 ", &made.to_the_minute(), "，有效至 ", &until.to_the_minute()].concat()
}

/// When it was last used.
#[must_use]
pub fn used(at: Option<&LocalTime>) -> String {
    at.map_or_else(|| NEVER_USED.to_owned(), |at| ["最近使用 ", &at.to_the_minute()].concat())
}

/// A token that was just made.
#[must_use]
pub fn made(name: &str, until: &LocalTime) -> String {
    ["令牌“", name, "”已生成，有效至 ", &until.to_the_minute(), "。"].concat()
}
