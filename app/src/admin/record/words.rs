//! All text of the record room and of its file.

use content::record::{RecordRow, Who};

/// The room.
pub const ROOM: &str = crate::admin::words::ROOM_RECORD;
/// What it is.
pub const HELP: &str = "谁在什么时候做了什么，改之前和改之后各是什么。记录只增不减，系统不会修改或删除它。";
/// The file.
pub const EXPORT: &str = "导出 CSV";
/// What the file is.
pub const EXPORT_HELP: &str = "按当前筛选导出，可用 Excel 打开；导出本身也会记录";
/// The headings of the file.
#[cfg(feature = "ssr")]
pub const COLUMNS: [&str; 11] =
    ["编号", "时间", "操作人", "操作", "操作代码", "对象", "对象编号", "名称", "之前", "之后", "地址"];
/// The filters.
pub const FILTERS: &str = "筛选";
/// A filter.
pub const WHO: &str = "操作人";
/// A filter.
pub const ACTION: &str = "操作";
/// A filter.
pub const SUBJECT: &str = "对象";
/// A filter.
pub const NUMBER: &str = "对象编号";
/// A filter.
pub const FROM: &str = "从";
/// A filter.
pub const TO: &str = "到";
/// A filter.
pub const ADDRESS: &str = "IP 地址";
/// No filter.
pub const ALL: &str = "全部";
/// Takes all filters away.
pub const CLEAR: &str = "清除筛选";
/// Nothing matches.
pub const NO_MATCH: &str = "没有符合条件的记录。";
/// The pager.
pub const PAGES: &str = "翻页";
/// Newer.
pub const NEWER: &str = "较新的";
/// Older.
pub const OLDER: &str = "较早的";
/// The name of the list.
pub const LIST: &str = "操作记录列表";

/// In an entry.
pub const NUMBER_OF_ENTRY: &str = "记录编号";
/// In an entry.
pub const FIELD: &str = "项目";
/// In an entry.
pub const BEFORE: &str = "之前";
/// In an entry.
pub const AFTER: &str = "之后";
/// In an entry.
pub const VALUE: &str = "内容";
/// In an entry without anything to compare.
pub const NOTHING_KEPT: &str = "这类操作不留内容。";
/// In an entry in which nothing differs.
pub const NOTHING_CHANGED: &str = "保存时没有不同。";
/// A value that is none.
pub const NONE: &str = "（空）";
/// To the comparison of two revisions.
pub const COMPARE: &str = "在历史版本里对比";
/// To what the entry is about.
pub const OPEN: &str = "打开";
/// Only entries about the same.
pub const SAME_SUBJECT: &str = "只看它的记录";
/// Only entries of the same person.
pub const SAME_WHO: &str = "只看这个人的记录";
/// Behind the fields that are shown.
pub const MORE_FIELDS: &str = "其余项目没有列出，导出的文件里有全文。";

/// How many fields did not change.
#[must_use]
pub fn same(count: usize) -> String {
    ["另有 ", &count.to_string(), " 项没有变化"].concat()
}

/// Who acted.
#[must_use]
pub fn who(row: &RecordRow) -> String {
    let who = match row.who {
        Who::Account(_) if !row.name.is_empty() => row.name.clone(),
        Who::Account(id) => ["账号 ", &id.to_string()].concat(),
        Who::System => SYSTEM.to_owned(),
        Who::Visitor => VISITOR.to_owned(),
    };
    if row.token.is_empty() { who } else { [&who, "（接口令牌：", &row.token, "）"].concat() }
}

/// The command line and the system's own work.
pub const SYSTEM: &str = "系统";
/// A reader, or somebody at the door.
pub const VISITOR: &str = "访客";

/// The kinds of records that are known here.
pub const SUBJECTS: &[(&str, &str)] = &[
    ("article", "文章"),
    ("section", "栏目"),
    ("media", "媒体"),
    ("site", "网站"),
    ("account", "账号"),
    ("import", "导入"),
    ("token", "接口令牌"),
];

/// What a kind is called; one that is not known here is shown as it is.
#[must_use]
pub fn subject(key: &str) -> &str {
    SUBJECTS.iter().find(|(known, _)| *known == key).map_or(key, |(_, name)| name)
}

/// The actions that are known here, in the order in which the filter shows them.
pub const ACTIONS: &[(&str, &str)] = &[
    ("begin", "新建"),
    ("begin_import", "开始导入"),
    ("change_import", "修改导入设置"),
    ("step_import", "导入流转"),
    ("correct_page", "更正识别结果"),
    ("end_import", "导入完成"),
    ("undo_import", "撤销导入"),
    ("redirect", "设置旧网址跳转"),
    ("unredirect", "取消旧网址跳转"),
    ("save", "保存"),
    ("keep", "保存版本"),
    ("name", "命名版本"),
    ("restore", "恢复版本"),
    ("step", "流转"),
    ("publish", "发布"),
    ("schedule", "定时发布"),
    ("unschedule", "取消定时"),
    ("withdraw", "撤回"),
    ("correct", "更正"),
    ("unpin", "置顶到期"),
    ("move", "移动栏目"),
    ("bin", "移入回收站"),
    ("unbin", "移出回收站"),
    ("undo", "撤销批量操作"),
    ("drop_fragment", "丢弃片段"),
    ("preview", "生成预览链接"),
    ("end_preview", "收回预览链接"),
    ("import", "导入"),
    ("add", "添加"),
    ("change", "修改"),
    ("describe", "修改说明"),
    ("replace", "替换"),
    ("delete", "删除"),
    ("undelete", "恢复"),
    ("retry", "重新生成尺寸"),
    ("purge", "清空过期文件"),
    ("notice", "公告到时"),
    ("reorder", "调整顺序"),
    ("merge", "合并"),
    ("found", "建站"),
    ("open", "开始对外服务"),
    ("zone", "更改时区"),
    ("rebuild_lists", "重建列表"),
    ("export", "导出记录"),
    ("sign_in", "登录"),
    ("sign_in_refused", "登录被拒"),
    ("sign_out", "退出"),
    ("sign_out_everywhere", "退出所有登录"),
    ("make_token", "生成接口令牌"),
    ("revoke_token", "收回接口令牌"),
    ("link", "生成一次性链接"),
    ("link_used", "使用一次性链接"),
    ("password", "修改密码"),
    ("second_factor_on", "开启两步验证"),
    ("second_factor_off", "关闭两步验证"),
    ("recovery_codes", "更换恢复码"),
    ("foreign_request_refused", "拒绝外站请求"),
];

/// What an action is called; one that is not known here is shown as it is.
#[must_use]
pub fn action(key: &str) -> &str {
    ACTIONS.iter().find(|(known, _)| *known == key).map_or(key, |(_, name)| name)
}

const FIELDS: &[(&str, &str)] = &[
    ("accounts", "账号"),
    ("action", "操作"),
    ("address", "IP 地址"),
    ("alt", "替代文字"),
    ("articles", "文章数"),
    ("at", "时间"),
    ("attachments", "附件"),
    ("author", "作者"),
    ("byline", "署名"),
    ("begins", "开始"),
    ("bytes", "字节"),
    ("column_type", "栏目类型"),
    ("copyright", "版权声明"),
    ("dateline", "题记日期"),
    ("description", "简介"),
    ("disabled", "停用"),
    ("display_name", "显示姓名"),
    ("domain", "域名"),
    ("editor", "责任编辑"),
    ("emblem", "站徽"),
    ("end", "结束"),
    ("ends", "结束"),
    ("first", "第一篇编号"),
    ("focus", "焦点"),
    ("friends", "友情链接"),
    ("from", "从"),
    ("front", "首页"),
    ("grants", "角色"),
    ("headline", "头条"),
    ("icp_number", "ICP 备案号"),
    ("id", "编号"),
    ("id_code", "网站标识码"),
    ("identity", "网站信息"),
    ("into", "并入"),
    ("key", "文件"),
    ("keywords", "关键词"),
    ("kind", "类型"),
    ("last", "最后一篇编号"),
    ("link", "链接"),
    ("links", "链接"),
    ("making", "生成状态"),
    ("name", "名称"),
    ("notices", "公告"),
    ("organiser", "主办"),
    ("parent", "上级栏目"),
    ("pictures", "图片新闻"),
    ("pinned_until", "置顶到"),
    ("pages", "网页"),
    ("place", "位置"),
    ("plan", "首页安排"),
    ("police_number", "公安备案号"),
    ("position", "顺序"),
    ("producer", "制作单位"),
    ("profile", "站点规则"),
    ("publish", "直接发布"),
    ("publish_time", "发布时间"),
    ("published", "已发布"),
    ("reason", "原因"),
    ("revision", "版本"),
    ("role", "角色"),
    ("scopes", "范围"),
    ("section", "栏目"),
    ("sections", "栏目"),
    ("shown", "显示时间"),
    ("slug", "网址"),
    ("source", "来源"),
    ("stages", "审核级数"),
    ("start", "开始"),
    ("state", "状态"),
    ("subject", "对象"),
    ("subtitle", "副题"),
    ("summary", "摘要"),
    ("template", "模板"),
    ("text", "文字"),
    ("title", "标题"),
    ("titles", "标题数"),
    ("to", "到"),
    ("until", "有效至"),
    ("urgent", "紧急"),
    ("url", "网址"),
    ("visible", "显示"),
    ("who", "操作人"),
];

/// What a field of JSON is called, from its path: `sections.2.name` is 栏目 2 · 名称.
#[must_use]
pub fn field(path: &str) -> String {
    let mut said = String::new();
    for part in path.split('.') {
        let number = part.bytes().all(|b| b.is_ascii_digit());
        if !said.is_empty() {
            said.push_str(if number { " " } else { " · " });
        }
        said.push_str(FIELDS.iter().find(|(known, _)| *known == part).map_or(part, |(_, name)| name));
    }
    said
}

/// What the one text of an action is, where it is no JSON.
#[must_use]
pub fn text_of(action: &str, subject: &str) -> &'static str {
    match (action, subject) {
        ("save" | "restore", _) => "版本",
        ("step" | "undo", _) => "状态",
        ("begin" | "move", "article") => "栏目",
        ("name" | "keep", _) => "版本名称",
        ("add", "media") => "文件",
        ("preview" | "end_preview", _) => "有效至",
        ("zone", _) => "时区",
        ("sign_in_refused", _) => "用户名和次数",
        ("foreign_request_refused", _) => "网址",
        ("withdraw", _) => "原因",
        _ => VALUE,
    }
}

/// A value as people say it.
#[must_use]
pub fn value(text: &str) -> &str {
    match text {
        "true" => "是",
        "false" => "否",
        "null" => NONE,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_said_in_chinese_and_what_is_not_as_it_is() {
        for (key, name) in ACTIONS.iter().chain(SUBJECTS).chain(FIELDS) {
            assert!(name.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{key}: {name}");
        }
        for (n, (key, _)) in ACTIONS.iter().enumerate() {
            assert!(ACTIONS[..n].iter().all(|(other, _)| other != key), "{key}");
        }
        assert_eq!((action("publish"), action("fly"), subject("poster")), ("发布", "fly", "poster"));
        assert_eq!(field("sections.2.name"), "栏目 2 · 名称");
        assert_eq!(field("odd"), "odd");
    }
}
