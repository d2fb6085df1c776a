//! Why we say no, in words for editors.

use crate::error::AppError;
use content::Refusal;

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
        "profile" => "站点规则",
        "publish_time" => "发布时间",
        "section" => "栏目",
        "slug" => "栏目网址",
        "q" => "查找内容",
        "scopes" => "范围",
        "days" => "有效天数",
        "tokens" => "有效令牌的数目",
        "scheduled_at" => "定时发布的时间",
        "focus" => "焦点",
        other => other,
    }
}

/// Fields whose limit is counted in bytes.
fn is_file(field: &str) -> bool {
    matches!(field, "body" | "html" | "markdown" | "picture" | "file")
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
