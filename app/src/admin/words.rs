//! All text of the admin, in one place: nothing that an editor sees is worded in a component.

use content::Refusal;

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
        Refusal::NotAPicture { name } => quoted("", name, "不是可以使用的图片：请选择 JPEG、PNG、WebP、AVIF 或 GIF。"),
        Refusal::NotAFile { name } => {
            quoted("", name, "不是可以使用的文件：请选择图片、PDF、Office、OFD、ZIP、MP3、MP4 或 WebM。")
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
        Refusal::NameTaken { given } => quoted("用户名", given, "已经有人使用，请换一个。"),
        Refusal::LastAdministrator => "这样一来就没有能登录的管理员了，请先指定另一位管理员。".to_owned(),
        Refusal::Incomplete { fields } => {
            let names: Vec<&str> = fields.iter().map(|field| field_name(field)).collect();
            ["还缺少：", &names.join("、"), "。"].concat()
        }
        Refusal::StillPublic => "读者还能看到这篇文章，请先撤下，再放入回收站。".to_owned(),
        Refusal::InBin => "这篇文章在回收站里，请先恢复。".to_owned(),
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
            Refusal::NotAFile { name: given() },
            Refusal::SignedOut,
            Refusal::BadCredentials,
            Refusal::NeedsCode,
            Refusal::TooManyAttempts { seconds: 30 },
            Refusal::DeadLink,
            Refusal::WeakPassword { shortest: 10 },
            Refusal::NameTaken { given: given() },
            Refusal::LastAdministrator,
            Refusal::Incomplete { fields: vec!["title".to_owned()] },
            Refusal::StillPublic,
            Refusal::InBin,
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
