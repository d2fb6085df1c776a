//! What the importers say of a page, in words for editors. They say it in English, because logs and reports of the command
//! have it too.

use super::field;

/// What a reason contains, and how it is said here. The first that fits is taken, so that what is particular stands first.
const REASONS: &[(&str, &str)] = &[
    ("no table: it is cut off", "压缩包不完整，或者不是 ZIP 文件，请重新打包后再上传。"),
    ("holds parts that lie on one another", "压缩包的目录不可信：里面的文件互相重叠，没有读取。请重新打包。"),
    ("holds too many parts", "压缩包里的文件太多，请分成几个压缩包。"),
    ("the archive has a table", "压缩包的目录已损坏，请重新打包后再上传。"),
    ("more than is unpacked of one archive", "超过了一个压缩包最多解开的量，请分成几个压缩包。"),
    ("could not be read to its end", "没有读完，可能是存储暂时出错，请重试。"),
    ("there is no page", "压缩包里没有网页：里面要有 HTML 文件。"),
    ("it was tried several times", "试了几次都没有成功，原因在服务器的日志里，请告诉管理员。"),
    ("it was stopped", "中途停了下来，请重试。"),
    ("is damaged", "文件已损坏"),
    ("is not where the table says", "文件已损坏"),
    ("not chosen", "没有选它"),
    ("no title found", "没有找到标题"),
    ("no body found", "没有找到正文"),
    ("there is no text", "没有文字"),
    ("reading it failed", "读取时出错"),
    ("it was not stored", "没有存进去"),
    ("picture or file: not in the folder", "图片或附件：压缩包里没有"),
    ("picture or file: longer", "图片或附件：太大"),
    ("picture or file: too long", "图片或附件：太大"),
    ("picture or file:", "图片或附件：不能使用"),
    ("link: the page it leads to is not", "链接：指向的网页没有搬来"),
    ("longer than is read", "文件太大，没有读"),
    ("too long: expected at most", "网页太大，没有读"),
    ("has more elements than are read", "网页太大，后面的部分没有读"),
    ("could not be read as", "有文字认不出来，用 � 代替"),
    ("img ×", "图片：没有搬来"),
    ("link ×", "链接：网址不安全或不完整，只留文字"),
    ("comment ×", "网页里的注释：没有搬"),
    ("never closed, so all that follows", "网页不完整，后面的部分没有读"),
    ("left out", "不能带来的内容：没有搬"),
];

/// Why something changed, is missing or could not go on. What is not known here is said as it is.
#[must_use]
pub fn reason(text: &str) -> String {
    if let Some((line, fault)) = text.strip_prefix("line ").and_then(|rest| rest.split_once(": ")) {
        return ["站点规则第 ", line, " 行有误：", fault, "。请改正后重新读取。"].concat();
    }
    if text.starts_with("attachment ") && text.contains("is not in the folder") {
        return "附件：压缩包里没有".to_owned();
    }
    if let Some((name, _)) = text.split_once(" was cut to ") {
        return [field(name), "太长，截短了"].concat();
    }
    let known = REASONS.iter().find(|(part, _)| text.contains(part));
    known.map_or_else(|| text.to_owned(), |(_, said)| (*said).to_owned())
}

/// Where something was found. Most places are selectors, which people who write rules read.
#[must_use]
pub fn found(place: &str) -> String {
    let said = match place {
        "corrected by hand" => "人工更正",
        "saved from url" => "浏览器保存的网址",
        "place in the folder" => "文件的位置",
        "near the body" => "正文附近",
        "beside the time" => "时间旁边",
        "below the body" => "正文下面",
        "title" => "网页标题",
        "original title" => "原题",
        "pattern" => "正则表达式",
        "reporter in brackets" => "括号里的记者名",
        "the line of the reporter" => "记者署名行",
        "brackets at the end" => "文末括号",
        other => {
            return match place_and_label(other) {
                (place, Some(label)) => [place, "，“", label, "”后面"].concat(),
                (place, None) => place.replace("profile: ", "站点规则："),
            };
        }
    };
    said.to_owned()
}

/// The place on a page and the label behind which something was found there, if there was one.
#[must_use]
pub fn place_and_label(found: &str) -> (&str, Option<&str>) {
    match found.split_once(" after \"") {
        Some((place, label)) => (place, Some(label.trim_end_matches('"'))),
        None => (found, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_said_in_chinese_and_unknown_ones_as_they_are() {
        for (text, said) in [
            ("line 3: unknown field `selekt`", "站点规则第 3 行有误：unknown field `selekt`。请改正后重新读取。"),
            ("picture or file: not in the folder", "图片或附件：压缩包里没有"),
            ("attachment \"a.doc\" is not in the folder", "附件：压缩包里没有"),
            ("title was cut to 200 characters: …", "标题太长，截短了"),
            ("no title found: expected an h1", "没有找到标题"),
            ("something new", "something new"),
        ] {
            assert_eq!(reason(text), said);
        }
        assert_eq!(found("meta[name=PubDate]"), "meta[name=PubDate]");
        assert_eq!(found("div > p after \"来源\""), "div > p，“来源”后面");
        assert_eq!(found("profile: td.bt"), "站点规则：td.bt");
    }
}
