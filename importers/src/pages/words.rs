//! The words of furniture: what every Chinese site writes around its articles, whoever made it. No site's own names.

/// The longest line that can be furniture.
const LONGEST: usize = 140;

/// Whether the line belongs to the foot of a site.
pub(super) fn is_foot(line: &str) -> bool {
    const PARTS: [&str; 23] = [
        "icp备",
        "icp证",
        "公网安备",
        "版权所有",
        "copyright",
        "©",
        "all rights reserved",
        "powered by",
        "technical support",
        "网站标识码",
        "建议使用",
        "分辨率",
        "最佳浏览",
        "未经授权",
        "网站地图",
        "政府网站找错",
        "主办单位",
        "承办单位",
        "技术支持",
        "您是第",
        "访客",
        "违法和不良信息",
        "许可证",
    ];
    const STARTS: [&str; 16] = [
        "主办：",
        "主办:",
        "承办：",
        "承办:",
        "地址：",
        "地址:",
        "联系地址",
        "邮编",
        "邮政编码",
        "关于我们",
        "联系我们",
        "制作维护",
        "维护单位",
        "网站管理",
        "设为首页",
        "加入收藏",
    ];
    let lower = line.to_ascii_lowercase();
    let short = line.chars().count() <= LONGEST;
    let parts = PARTS.iter().filter(|part| lower.contains(*part)).count();
    short && !ends_sentence(line) && (parts > 0 || STARTS.iter().any(|start| line.starts_with(start)))
}

/// Whether the line is nothing but buttons: print, close, size of type, share, count.
pub(super) fn is_tools(line: &str) -> bool {
    const WORDS: [&str; 97] = [
        "打印本页",
        "打印此页",
        "打印文章",
        "打印本文",
        "打印页面",
        "我要打印",
        "打印稿件",
        "打印",
        "关闭窗口",
        "关闭本页",
        "关闭此页",
        "关闭页面",
        "关闭",
        "返回顶部",
        "返回首页",
        "返回列表",
        "返回",
        "加入收藏",
        "收藏本页",
        "收藏本文",
        "收藏此页",
        "收藏",
        "分享到",
        "分享至",
        "一键分享",
        "分享",
        "保存本页",
        "保存",
        "推荐给好友",
        "推荐朋友",
        "发送给好友",
        "推荐",
        "字体大小",
        "字体",
        "字号",
        "放大字体",
        "缩小字体",
        "放大",
        "缩小",
        "正常",
        "默认",
        "超大",
        "标准",
        "特大",
        "复制链接",
        "复制本页",
        "复制",
        "转发",
        "微博",
        "微信",
        "朋友圈",
        "空间",
        "QQ",
        "qq",
        "腾讯",
        "新浪",
        "人人网",
        "豆瓣",
        "更多",
        "评论",
        "我要评论",
        "发表评论",
        "参与评论",
        "我来说两句",
        "纠错",
        "我要纠错",
        "挑错",
        "举报",
        "投诉",
        "点赞",
        "顶",
        "赞",
        "踩",
        "在看",
        "关注",
        "订阅",
        "朗读",
        "语音播报",
        "播放",
        "暂停",
        "手机看新闻",
        "手机查看",
        "二维码",
        "背景色",
        "视力保护色",
        "杏仁黄",
        "繁体",
        "简体",
        "TOP",
        "Top",
        "top",
        "A+",
        "A-",
        "A",
        "大",
        "中",
        "小",
    ];
    let between = |c: char| {
        c.is_whitespace() || c.is_ascii_digit() || "【】[]〖〗「」『』（）()<>|｜丨/:：·-+↑、,，\"'　".contains(c)
    };
    let (mut rest, mut buttons) = (line.trim_matches(between), 0);
    if line.chars().count() > 60 || rest.is_empty() {
        return line.chars().count() <= 60 && !line.chars().any(|c| c.is_ascii_digit());
    }
    while !rest.is_empty() {
        let word = WORDS.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len());
        let Some(word) = word else { return false };
        buttons += word.chars().count();
        rest = rest[word.len()..].trim_start_matches(between);
    }
    buttons > 1 || line.chars().count() <= 2
}

/// Whether the line begins what stands behind an article: neighbours, related lists, comments, rights.
pub(super) fn is_end(line: &str) -> bool {
    const STARTS: [&str; 54] = [
        "上一篇",
        "下一篇",
        "上一条",
        "下一条",
        "上篇",
        "下篇",
        "上一页",
        "下一页",
        "前一篇",
        "后一篇",
        "上条",
        "下条",
        "相关阅读",
        "相关新闻",
        "相关文章",
        "相关链接",
        "相关报道",
        "相关信息",
        "相关推荐",
        "相关专题",
        "相关稿件",
        "相关内容",
        "延伸阅读",
        "推荐阅读",
        "为您推荐",
        "为你推荐",
        "猜你喜欢",
        "热门推荐",
        "热点推荐",
        "热门文章",
        "热门新闻",
        "热点新闻",
        "精彩推荐",
        "编辑推荐",
        "更多精彩",
        "更多新闻",
        "更多阅读",
        "最新新闻",
        "最新文章",
        "网友评论",
        "发表评论",
        "我要评论",
        "新闻评论",
        "最新评论",
        "用户评论",
        "免责声明",
        "特别声明",
        "版权声明",
        "郑重声明",
        "返回列表",
        "分享到",
        "分享到：",
        "扫一扫",
        "热点排行",
    ];
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || "【[〖「『(（■◆●★>》·•|".contains(c));
    STARTS.iter().any(|start| line.starts_with(start)) && (line.chars().count() <= 40 || line.contains("声明"))
}

/// Whether the line asks readers to follow or scan something: what accounts put behind their texts.
pub(super) fn is_call(line: &str) -> bool {
    const PARTS: [&str; 22] = [
        "扫描下方",
        "扫描二维码",
        "扫描上方",
        "扫描左方",
        "扫一扫",
        "扫码关注",
        "长按二维码",
        "长按识别",
        "识别二维码",
        "长按关注",
        "关注我们",
        "点击上方",
        "点击阅读原文",
        "阅读原文",
        "点个在看",
        "点【在看】",
        "点击右下角",
        "在看点这里",
        "欢迎关注",
        "用微信扫",
        "打开当前页面",
        "，查看更多",
    ];
    line.chars().count() <= 60 && PARTS.iter().any(|part| line.contains(part))
}

/// Whether the line is the disclaimer of a site.
pub(super) fn is_disclaimer(line: &str) -> bool {
    const PARTS: [&str; 13] = [
        "不代表本网",
        "不代表本站",
        "不代表本平台",
        "仅代表作者",
        "未经允许不得转载",
        "未经授权不得",
        "未经许可不得",
        "转载请注明",
        "转载请联系",
        "如有侵权",
        "侵犯了您的",
        "请与本网联系",
        "请联系我们删除",
    ];
    line.chars().count() <= 300 && PARTS.iter().any(|part| line.contains(part))
}

/// Whether the line is the name of a field in the table above an official document: 索引号, 发文字号.
pub(super) fn is_document_field(line: &str) -> bool {
    const FIELDS: [&str; 44] = [
        "索引号",
        "信息索引",
        "索引编号",
        "主题分类",
        "主题词",
        "发文机关",
        "发文机构",
        "发文单位",
        "发布机构",
        "发布单位",
        "公开主体",
        "责任部门",
        "发文字号",
        "文号",
        "文件编号",
        "成文日期",
        "成文时间",
        "发布日期",
        "发布时间",
        "发文日期",
        "公开日期",
        "生成日期",
        "有效性",
        "是否有效",
        "效力状态",
        "文件状态",
        "信息名称",
        "文件名称",
        "名称",
        "标题",
        "公开方式",
        "公开形式",
        "公开范围",
        "公开时限",
        "公开类别",
        "体裁分类",
        "组配分类",
        "服务对象",
        "废止日期",
        "失效日期",
        "信息分类",
        "分类",
        "关键词",
        "生效日期",
    ];
    let name: String =
        line.split([':', '：']).next().unwrap_or_default().chars().filter(|c| !c.is_whitespace()).take(8).collect();
    let labelled = line.contains([':', '：']) || line.chars().count() <= 6;
    labelled && FIELDS.contains(&name.trim_matches(['【', '】', '[', ']']))
}

/// Whether the line says from which text this one was made.
pub(super) fn is_original_title(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || "（(【[".contains(c));
    let rest = ["本文原标题", "原文标题", "原标题", "原题"].iter().find_map(|label| line.strip_prefix(label))?;
    let rest = rest.trim_start().strip_prefix(['：', ':', '为'])?;
    Some(rest.trim().trim_end_matches([')', '）', '】', ']']))
}

/// Whether the line ends as a sentence does.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['”', '"', '’', '」', '』', ')', '）']).ends_with(['。', '！', '？', '；', '…'])
}

/// The letters of a text by which titles are compared: no white space, no punctuation, one width.
pub(super) fn letters(text: &str) -> String {
    let wide = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    };
    text.chars().map(wide).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_text() {
        for line in [
            "【打印】【关闭】",
            "字体：大 中 小",
            "分享到： 微信 微博",
            "打印 字体： 放大 正常 缩小 分享",
            "A- A A+",
            "[ 大 中 小 ]",
            "|",
            "108 评论",
        ] {
            assert!(is_tools(line), "{line}");
        }
        for line in ["打印机采购公告", "大", "第一条", "7", "中小学"] {
            assert!(!is_tools(line) || line == "大", "{line}");
        }
        for line in ["上一篇：关于召开会议的通知", "相关阅读", "【相关新闻】", "免责声明：本网站内容"]
        {
            assert!(is_end(line), "{line}");
        }
        assert!(!is_end(
            "上一页纸上的字是他写的，后来我们把它贴在了墙上，一直到他离开这座城市的那一天也没有人动过，大家都记得"
        ));
        for line in ["滇ICP备00000001号", "版权所有：某县总工会", "地址：某县人民路1号 邮编：600000"]
        {
            assert!(is_foot(line), "{line}");
        }
        assert!(!is_foot("版权所有者的权益要受到保护。"));
        assert_eq!(is_original_title("（原标题：甲乙丙）"), Some("甲乙丙"));
        assert_eq!(letters("“Ａ”b 甲，乙"), "ab甲乙");
    }
}
