//! All text of the preview room.

use content::LocalTime;

/// The room.
pub const ROOM: &str = "预览";
/// Back to the text.
pub const BACK: &str = "回到文章";
/// Loads the pages once more.
pub const REFRESH: &str = "刷新";
/// Which page is shown where there is room for one.
pub const WIDTHS: &str = "预览宽度";
/// A width.
pub const PHONE: &str = "手机";
/// A width.
pub const DESK: &str = "电脑";
/// The name of a page.
pub const PHONE_FRAME: &str = "手机上的样子，宽 375 像素";
/// The name of a page.
pub const DESK_FRAME: &str = "电脑上的样子，宽 1280 像素";
/// The links.
pub const LINKS: &str = "预览链接";
/// What they are.
pub const LINKS_HELP: &str = "没有账号的人也能用链接查看，总是最新保存的内容，七天后失效，也可以提前收回。";
/// Makes one.
pub const MAKE: &str = "生成链接";
/// Copies it.
pub const COPY: &str = "复制链接";
/// It was copied.
pub const COPIED: &str = "已复制";
/// The browser did not copy it.
pub const NOT_COPIED: &str = "浏览器没有允许复制，请选中上面的网址自己复制";
/// Shown once.
pub const ONCE: &str = "为了安全，这个网址只显示这一次。";
/// Takes it back.
pub const END: &str = "收回";
/// It was taken back.
pub const ENDED: &str = "链接已收回，再打开它的人会看到它已失效。";
/// There is none.
pub const NO_LINKS: &str = "还没有有效的预览链接。";
/// The system as a maker.
pub const SYSTEM: &str = "系统";

/// A link that was just made.
#[must_use]
pub fn until(until: &LocalTime) -> String {
    ["链接有效至 ", &until.to_the_minute()].concat()
}

/// A link in the list.
#[must_use]
pub fn made(by: &str, at: &LocalTime) -> String {
    [if by.is_empty() { SYSTEM } else { by }, " 生成于 ", &at.to_the_minute()].concat()
}
