//! Source, author, editor and byline: what the head names, what stands behind labels above and below the body, and how
//! papers sign their texts.

use super::{
    Field,
    labels::{self, Label, Said},
    page::Page,
    words,
};
use std::ops::Range;

#[derive(Default)]
pub(super) struct People {
    pub(super) source: Option<Field<String>>,
    pub(super) author: Option<Field<String>>,
    pub(super) editor: Option<Field<String>>,
    pub(super) byline: Option<Field<String>>,
}

/// Finds them. `head` are the lines above the body, `tail` those below it, `body` its own.
pub(super) fn find(page: &Page, head: Range<usize>, body: Range<usize>, tail: Range<usize>) -> People {
    let above = said(page, head.clone());
    let below = said(page, tail.clone());
    let place = |range: &Range<usize>, label: Label| place(page, range, label);
    let mut people = People {
        source: labelled(&above, Label::Source).map(|value| Field::new(value, 0.95, place(&head, Label::Source))),
        author: labelled(&above, Label::Author).map(|value| Field::new(value, 0.93, place(&head, Label::Author))),
        editor: labelled(&below, Label::Editor).map(|value| Field::new(value, 0.95, place(&tail, Label::Editor))),
        byline: None,
    };
    let or = |field: &mut Option<Field<String>>, found: Option<Field<String>>| {
        if field.is_none() {
            *field = found;
        }
    };
    or(&mut people.source, meta(page, &["contentsource", "source", "article:source", "mediaid"], Label::Source));
    or(
        &mut people.source,
        page.meta
            .variable("nickname")
            .filter(|_| page.meta.variable("msg_title").is_some())
            .map(|value| Field::new(value, 0.9, "script nickname")),
    );
    or(&mut people.source, account(page));
    or(
        &mut people.source,
        labelled(&below, Label::Source).map(|value| Field::new(value, 0.85, place(&tail, Label::Source))),
    );
    or(&mut people.source, unlabelled(&above).map(|value| Field::new(value, 0.6, "beside the time")));
    or(
        &mut people.source,
        meta(page, &["article:author"], Label::Source).map(|field| Field { confidence: 0.4, ..field }),
    );
    or(
        &mut people.author,
        meta(page, &["author", "article:author", "og:article:author"], Label::Author).filter(|_| true),
    );
    or(
        &mut people.author,
        labelled(&below, Label::Author).map(|value| Field::new(value, 0.85, place(&tail, Label::Author))),
    );
    or(&mut people.author, signed(page, body.clone()));
    or(
        &mut people.editor,
        labelled(&above, Label::Editor).map(|value| Field::new(value, 0.93, place(&head, Label::Editor))),
    );
    or(&mut people.editor, meta(page, &["editor", "responsibleeditor"], Label::Editor));
    // Sites put their own name where an author belongs.
    if people.author.as_ref().is_some_and(|author| author.found.starts_with("meta") && !are_people(&author.value)) {
        people.author = signed(page, body.clone())
            .or_else(|| labelled(&below, Label::Author).map(|value| Field::new(value, 0.85, "below the body")));
    }
    people.byline = byline(page, head, body);
    people
}

fn said(page: &Page, range: Range<usize>) -> Said {
    let lines = page.lines.get(range).unwrap_or_default().iter();
    let lines = lines.filter(|line| line.chars <= 160 && !(line.is_links() && line.chars > 30));
    let text: Vec<&str> = lines.map(|line| line.text.as_str()).collect();
    labels::of(&text.join("\n"))
}

fn place(page: &Page, range: &Range<usize>, label: Label) -> String {
    let lines = range.clone().filter_map(|n| page.lines.get(n));
    let mut with = lines.filter_map(|line| {
        let said = labels::of(&line.text);
        said.labelled
            .iter()
            .find(|found| found.label == label)
            .map(|found| format!("{} after \"{}\"", page.dom.path(line.block), found.name))
    });
    with.next().unwrap_or_else(|| "near the body".to_owned())
}

/// The first value behind a label of this kind; those of more letters are more to the point.
fn labelled(said: &Said, label: Label) -> Option<String> {
    let mut found: Vec<&labels::Labelled> = said.labelled.iter().filter(|found| found.label == label).collect();
    if label == Label::Editor {
        // Who is responsible comes before who typed.
        found.sort_by_key(|found| !found.name.starts_with('责'));
    }
    found.into_iter().find_map(|found| clean(&found.value, label))
}

/// The value without what stands behind it in the line, if it is one at all.
pub(super) fn clean(value: &str, label: Label) -> Option<String> {
    const NOBODY: [&str; 20] = [
        "未知",
        "佚名",
        "无",
        "暂无",
        "本站",
        "admin",
        "administrator",
        "null",
        "undefined",
        "管理员",
        "系统管理员",
        "网站管理员",
        "匿名",
        "不详",
        "test",
        "root",
        "name",
        "none",
        "网络",
        "转载",
    ];
    let value = value.trim().trim_start_matches(['：', ':']).trim();
    let mut kept: Vec<&str> = Vec::new();
    for word in value.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()) {
        let counts = word.starts_with(|c: char| c.is_ascii_digit()) && !kept.is_empty();
        let stop = words::is_tools(word)
            || counts
            || labels::is_label(word)
            || word.ends_with([':', '：'])
            || [
                "打印", "关闭", "字体", "字号", "浏览", "点击", "阅读", "次数", "分享", "返回", "评论", "我要", "查看",
                "人气", "访问", "已有",
            ]
            .iter()
            .any(|tool| word.starts_with(tool));
        if stop {
            break;
        }
        // A source is one name; people are several.
        if label == Label::Source
            && !kept.is_empty()
            && kept.concat().chars().count() > 1
            && !word.is_ascii()
            && !kept.concat().is_ascii()
        {
            break;
        }
        kept.push(word);
    }
    let mut value = kept.join(" ");
    if label == Label::Author && REPORTERS.iter().any(|word| value.contains(word)) {
        let names = value.split_whitespace().filter(|word| !REPORTERS.iter().any(|title| word.ends_with(title)));
        let names =
            names.map(|word| REPORTERS.iter().fold(word, |word, title| word.strip_prefix(title).unwrap_or(word)));
        value = names.collect::<Vec<_>>().join(" ");
    }
    if let Some(at) = value.find("返回").filter(|_| label == Label::Author) {
        value.truncate(at);
    }
    // Numbers of accounts behind a name: 杨倩_NF4425.
    if label != Label::Source
        && let Some((name, account)) = value.split_once('_')
        && account.chars().all(|c| c.is_ascii_alphanumeric())
    {
        value = name.to_owned();
    }
    let value = value
        .trim_matches(|c: char| c.is_whitespace() || ",，、;；:：|-—()（）".contains(c) && !(c == ')' || c == '）'))
        .to_owned();
    let count = value.chars().count();
    let most = if label == Label::Source { 50 } else { 40 };
    let bad = NOBODY.contains(&value.to_ascii_lowercase().as_str())
        || value.contains('@')
        || value.contains("http")
        || value.contains(['。', '！', '？', '<', '{', '$'])
        || value.chars().all(|c| c.is_ascii_digit() || c.is_ascii_punctuation());
    (!bad && count >= 1 && count <= most).then_some(value)
}

fn meta(page: &Page, names: &[&'static str], label: Label) -> Option<Field<String>> {
    let (name, value) = page.meta.get(names)?;
    let said = labels::of(value);
    let value = said.labelled.first().map_or(value, |found| found.value.as_str());
    let value = clean(value, label)?;
    Some(Field::new(value, 0.88, format!("meta[name={name}]")))
}

/// The name of the account on pages of WeChat.
fn account(page: &Page) -> Option<Field<String>> {
    let id = (0..page.dom.len()).find(|id| matches!(page.dom.attr(*id, "id"), Some("js_name" | "profileBt")))?;
    let value = clean(&page.dom.text(id), Label::Source)?;
    Some(Field::new(value, 0.85, page.dom.path(id)))
}

/// The word behind a time that bears no label.
fn unlabelled(said: &Said) -> Option<String> {
    let loose = said.loose.first()?;
    let word = loose.behind.split(|c: char| c.is_whitespace()).find(|word| !word.is_empty())?;
    let count = word.chars().count();
    let named = (2..=15).contains(&count)
        && !word.chars().any(|c| c.is_ascii_digit())
        && !words::is_tools(word)
        && !labels::is_label(word)
        && !word.contains(['。', '，', '>'])
        && !["次", "评论", "阅读", "浏览", "点击"].iter().any(|no| word.contains(no));
    if named { clean(word, Label::Source) } else { None }
}

/// How papers sign: （记者 张三） in the first line, （张三） at the end of the last.
fn signed(page: &Page, body: Range<usize>) -> Option<Field<String>> {
    let lines = page.lines.get(body.clone())?;
    for line in lines.iter().take(2).chain(lines.iter().rev().take(2)) {
        for reporter in bracketed(&line.text) {
            let names = REPORTERS.iter().find_map(|word| reporter.split_once(word).map(|(_, names)| names));
            let Some(names) = names.map(|names| names.trim_matches(|c: char| c.is_whitespace() || "：:".contains(c)))
            else {
                continue;
            };
            let names = REPORTERS.iter().fold(names.to_owned(), |names, word| names.replace(word, " "));
            if are_people(&names) {
                return Some(Field::new(super::dom::squeezed(&names), 0.7, "reporter in brackets"));
            }
        }
    }
    let above = page.lines.get(body.start.saturating_sub(4)..body.start).unwrap_or_default();
    if let Some(names) = above.iter().chain(lines.iter().take(2)).find_map(|line| reporters(&line.text)) {
        return Some(Field::new(names, 0.7, "the line of the reporter"));
    }
    let last = lines.iter().rev().take(2).find_map(|line| {
        let inner = line.text.trim_end().strip_suffix([')', '）'])?;
        let at = inner.rfind(['(', '（'])?;
        let inner = inner[at..]
            .trim_start_matches(['(', '（'])
            .trim()
            .trim_start_matches("文/")
            .trim_start_matches("文 ")
            .trim();
        are_people(inner).then(|| inner.to_owned())
    })?;
    Some(Field::new(super::dom::squeezed(&last), 0.55, "brackets at the end"))
}

/// The names of a line that names reporters and nothing else: 本报记者 张三 李四.
pub(super) fn reporters(line: &str) -> Option<String> {
    let (before, names) = REPORTERS.iter().find_map(|word| line.split_once(word))?;
    let names = REPORTERS.iter().fold(names.to_owned(), |names, word| names.replace(word, " "));
    (before.chars().count() <= 10 && line.chars().count() <= 50 && are_people(&names))
        .then(|| super::dom::squeezed(&names))
}

const REPORTERS: [&str; 5] = ["全媒体记者", "本报记者", "通讯员", "记者", "文/"];

fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    text.split(['(', '（'])
        .skip(1)
        .take(12)
        .filter_map(|part| part.split([')', '）']).next())
        .filter(|part| part.chars().count() <= 40)
}

/// Whether a text is nothing but names of Chinese people.
pub(super) fn are_people(text: &str) -> bool {
    const FAMILIES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白\
        邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童\
        凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时阳农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和\
        仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利于呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由段";
    const NO_NAMES: [&str; 17] =
        ["局", "委", "部", "社", "网", "报", "会", "院", "校", "处", "办", "科", "队", "所", "站", "司", "中心"];
    let mut any = false;
    let parts = text.split(|c: char| c.is_whitespace() || "、，,/;；".contains(c)).filter(|part| !part.is_empty());
    for name in parts {
        let count = name.chars().count();
        let family = name.chars().next().is_some_and(|first| FAMILIES.contains(first));
        let foreign = name.contains('·') && count <= 16;
        let no_name = count > 3 && NO_NAMES.iter().any(|end| name.ends_with(end));
        if !((2..=4).contains(&count) && family && !no_name || foreign) || name.chars().any(|c| c.is_ascii()) {
            return false;
        }
        any = true;
    }
    any
}

/// The line in brackets under the title that names who speaks, and the office.
fn byline(page: &Page, head: Range<usize>, body: Range<usize>) -> Option<Field<String>> {
    const OFFICES: [&str; 13] =
        ["主席", "书记", "局长", "部长", "主任", "市长", "县长", "省长", "校长", "院长", "会长", "总理", "委员"];
    let near = (head.end.saturating_sub(4)..head.end).chain(body.start..(body.start + 3).min(body.end));
    let mut lines = near.filter_map(|n| page.lines.get(n));
    lines.find_map(|line| {
        let inner = line.text.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
        let office = OFFICES.iter().any(|office| inner.contains(office));
        let named = inner.split_whitespace().last().is_some_and(are_people)
            || OFFICES.iter().any(|office| inner.split_once(office).is_some_and(|(_, name)| are_people(name)));
        (office && named && inner.chars().count() <= 60 && !inner.contains(['(', '（', '。']))
            .then(|| Field::new(inner.trim().to_owned(), 0.8, page.dom.path(line.block)))
    })
}
