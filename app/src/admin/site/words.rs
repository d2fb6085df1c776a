//! All text of the rooms in which the site itself is changed.

use content::section::{SectionKind, Template};

/// What the room is for.
pub const IDENTITY_HELP: &str = "这些内容出现在每个页面的页头和页脚，以及搜索引擎和“网页标签”里。";
/// Fields of the identity: wire name, label, hint.
pub const IDENTITY: [(&str, &str, &str); 9] = [
    ("name", "网站名称", "网页标签 SiteName，读者在页头看到"),
    ("description", "简介", "一句话，供搜索引擎和分享卡片使用"),
    ("organiser", "主办单位", "页脚显示为“某某 主办”"),
    ("copyright", "版权声明", "例如：未经许可不得转载及建立镜像"),
    ("producer", "制作单位", "没有就留空"),
    ("icp_number", "ICP 备案号", "按批复原样填写，如“滇ICP备10004260号-1”，自动链接到工信部备案网站"),
    ("police_number", "公安备案号", "如“滇公网安备53040202000001号”，自动链接到公安备案记录；没有就留空"),
    ("domain", "域名", "网页标签 SiteDomain，如 www.example.cn"),
    ("id_code", "网站标识码", "政府网站的十位标识码；没有就留空，不要编造"),
];
/// The emblem.
pub const EMBLEM: &str = "徽标";
/// What it is.
pub const EMBLEM_HELP: &str = "显示在网站名称左边，建议用透明背景的方形图片。";
/// Chooses one.
pub const CHOOSE_EMBLEM: &str = "上传徽标图片";
/// Another one.
pub const OTHER_EMBLEM: &str = "换一张";
/// None.
pub const NO_EMBLEM: &str = "不用徽标";

/// Saves.
pub const SAVE: &str = "保存";
/// Not saved yet.
pub const UNSAVED: &str = "有改动，还没有保存";
/// Before it is saved.
pub const PREVIEW: &str = "预览";
/// Heading of the preview.
pub const PREVIEW_TITLE: &str = "预览：还没有保存，读者还看不到";
/// The page within the preview.
pub const PREVIEW_PAGE: &str = "首页的样子";
/// How wide.
pub const PREVIEW_WIDTH: &str = "屏幕";
/// Wide.
pub const DESKTOP: &str = "电脑";
/// Narrow.
pub const PHONE: &str = "手机";
/// On its way.
pub const PREVIEW_LOADING: &str = "正在准备预览……";
/// The form cannot be shown.
pub const PREVIEW_FAULT: &str = "请先改正标出的地方，再预览。";
/// Somebody else has saved.
pub const STALE: &str =
    "有人在您之后保存过。您填写的都还在，对方改的其他各栏已经带入；标出的地方两边都改了，请核对后再保存一次。";
/// Somebody else has changed the tree.
pub const STALE_TREE: &str = "有人刚刚改动过栏目，列表已经更新。请核对后再操作一次。";
/// The form has faults.
pub const FAULTS: &str = "请先改正标出的地方。";

/// What the room is for.
pub const SECTIONS_HELP: &str =
    "栏目分两级。拖动左边的把手、用箭头按钮，或在一行里按 Alt 加方向键调整顺序和级别，然后保存顺序。";
/// The list.
pub const TREE: &str = "栏目";
/// The order has changed.
pub const ORDER_CHANGED: &str = "顺序有改动，还没有保存";
/// Saves it.
pub const SAVE_ORDER: &str = "保存顺序";
/// Forgets it.
pub const RESET_ORDER: &str = "还原";
/// Adds one.
pub const ADD_SECTION: &str = "添加栏目";
/// Said when it was added.
pub const SECTION_ADDED: &str = "栏目已添加。";
/// Opens the form.
pub const CHANGE: &str = "修改";
/// A field.
pub const NAME: &str = "名称";
/// A field.
pub const SLUG: &str = "网址";
/// Its hint.
pub const SLUG_HELP: &str = "小写字母、数字和连字符，如 yaowen；改名后旧网址永久转到新网址";
/// A field.
pub const PARENT: &str = "上级栏目";
/// None.
pub const NO_PARENT: &str = "（一级栏目）";
/// Its hint.
pub const PARENT_HELP: &str = "只有两级：有下级的栏目不能再放到别的栏目下面";
/// A field.
pub const KIND: &str = "类型";
/// A field.
pub const LINK: &str = "链接网址";
/// A field.
pub const DESCRIPTION: &str = "简介";
/// Its hint.
pub const DESCRIPTION_HELP: &str = "网页标签 ColumnDescription，读者在栏目页看到";
/// A field.
pub const KEYWORDS: &str = "关键词";
/// Its hint.
pub const KEYWORDS_HELP: &str = "网页标签 ColumnKeywords，用空格或逗号隔开";
/// A field.
pub const COLUMN_TYPE: &str = "栏目类型";
/// Its hint.
pub const COLUMN_TYPE_HELP: &str = "网页标签 ColumnType；“工作动态”类的栏目参加头条自动选取";
/// A field.
pub const TEMPLATE: &str = "版式";
/// A field.
pub const VISIBLE: &str = "在导航和首页显示（隐藏后网址仍然可以打开）";
/// A field.
pub const STAGES: &str = "审核级数";
/// Its hint.
pub const STAGES_HELP: &str = "稿件发布前要通过几级审核，0 表示不需要";
/// A part.
pub const OLD_ADDRESSES: &str = "旧网址（永久转到这里）：";
/// A part.
pub const WRITERS: &str = "谁可以写";
/// Nobody beside those who may everywhere.
pub const NO_WRITERS: &str = "没有专门的授权，只有可以写全站的账号能写。";
/// To the accounts.
pub const TO_ACCOUNTS: &str = "全站的角色在“账号”里修改";
/// Whom to give a role to.
pub const WRITER: &str = "账号";
/// As what.
pub const ROLE: &str = "角色";
/// Gives the role.
pub const GIVE_ROLE: &str = "授权";
/// Takes a role away.
pub const TAKE_ROLE: &str = "取消授权";
/// Nobody is chosen yet.
pub const CHOOSE_ACCOUNT: &str = "请选择";
/// What is missing.
pub const CHOOSE_ACCOUNT_FIRST: &str = "请先选择账号。";
/// Takes it away.
pub const REMOVE_SECTION: &str = "移除栏目……";
/// A field of the dialog.
pub const INTO: &str = "文章移到";
/// A field of the dialog, where there are no articles.
pub const INTO_EMPTY: &str = "网址转到";
/// Nothing chosen yet.
pub const CHOOSE: &str = "请选择";
/// Nowhere.
pub const NOWHERE: &str = "不转到任何栏目";
/// Does it.
pub const REMOVE_NOW: &str = "移除";
/// Does not.
pub const CANCEL: &str = "取消";
/// Is not in navigation.
pub const HIDDEN: &str = "隐藏";
/// The words of the norm.
pub const COLUMN_TYPES: [&str; 15] = [
    "首页",
    "概况信息",
    "机构职能",
    "负责人信息",
    "工作动态",
    "政策文件",
    "信息公开指南",
    "信息公开目录",
    "信息公开年报",
    "政策解读",
    "回应关切",
    "办事服务",
    "咨询投诉",
    "征集调查",
    "在线访谈",
];

/// What the room is for.
pub const FRONT_HELP: &str = "没有指定的地方由系统自动选取最新的文章；指定的文章撤回以后，也由系统补上。";
/// A part.
pub const HEADLINE: &str = "头条";
/// A part.
pub const PICTURES: &str = "图片新闻";
/// Its hint.
pub const PICTURES_HELP: &str = "最多 6 篇，按顺序显示；不指定时自动选最新的 4 篇有图片的文章。";
/// A part.
pub const BLOCKS: &str = "栏目区块";
/// A choice.
pub const BLOCKS_OWN: &str = "自己决定显示哪些栏目、顺序和条数（不选时显示全部一级栏目，每栏 5 条）";
/// A part.
pub const FRIENDS: &str = "友情链接";
/// A part.
pub const NOTICES: &str = "公告";
/// Its hint.
pub const NOTICES_HELP: &str = "到时间自动出现和消失。时间按网站所在时区填写，留空表示马上开始或一直显示。";
/// Chosen by the system.
pub const AUTOMATIC: &str = "自动选取";
/// Chosen by hand.
pub const CHOSEN: &str = "指定文章";
/// Takes it out.
pub const TAKE_OUT: &str = "移除";
/// The search field.
pub const FIND: &str = "查找已发布的文章";
/// Nothing found.
pub const NOT_FOUND: &str = "没有找到已发布的文章。";
/// An article that readers do not see.
pub const GONE: &str = "读者现在看不到，由系统补上";
/// An article without a picture in the list of pictures.
pub const PICTURELESS: &str = "没有图片，由系统补上";
/// An empty list.
pub const ALL_AUTOMATIC: &str = "没有指定，全部自动选取。";
/// An empty list.
pub const NONE_YET: &str = "还没有。";
/// Adds.
pub const ADD_BLOCK: &str = "添加栏目区块";
/// Adds.
pub const ADD_FRIEND: &str = "添加友情链接";
/// Adds.
pub const ADD_NOTICE: &str = "添加公告";
/// A field.
pub const TITLES: &str = "条数";
/// A field.
pub const FRIEND_NAME: &str = "单位名称";
/// A field.
pub const ADDRESS: &str = "网址";
/// A field.
pub const NOTICE_TEXT: &str = "公告内容";
/// A field.
pub const NOTICE_LINK: &str = "链接（可不填）";
/// A field.
pub const BEGINS: &str = "开始";
/// A field.
pub const ENDS: &str = "结束";
/// A field.
pub const URGENT: &str = "重要：在每个页面显示";
/// Without a name yet.
pub const UNNAMED: &str = "（未填写）";

/// Parts of the front page's form: wire name, what they are called.
#[must_use]
pub fn part(field: &str) -> &'static str {
    match field {
        "plan" => "头条、图片新闻和栏目区块",
        "friends" => FRIENDS,
        "notices" => NOTICES,
        _ => "其他",
    }
}

/// Both changed these parts.
#[must_use]
pub fn both_changed(parts: &[&str]) -> String {
    ["对方也改了：", &parts.join("、"), "。现在显示的是您填写的，保存会以您的为准。"].concat()
}

/// What a kind is called.
#[must_use]
pub const fn kind(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::List => "文章列表",
        SectionKind::Page => "单页（显示最新一篇）",
        SectionKind::Link => "外部链接",
    }
}

/// What a template is called.
#[must_use]
pub const fn template(template: Template) -> &'static str {
    match template {
        Template::List => "标题、摘要和缩略图",
        Template::Grid => "图片网格",
        Template::Dense => "紧凑标题",
    }
}

/// How many articles stand in a section.
#[must_use]
pub fn articles(all: u64, public: u64) -> String {
    [&*all.to_string(), " 篇，公开 ", &public.to_string(), " 篇"].concat()
}

/// Heading of the dialog.
#[must_use]
pub fn remove_title(name: &str) -> String {
    ["移除栏目“", name, "”"].concat()
}

/// What removing does.
#[must_use]
pub fn remove_help(articles: u64, children: bool, writers: bool) -> String {
    let mut said = if articles > 0 {
        ["这个栏目里有 ", &articles.to_string(), " 篇文章，不会删除：全部移到您选择的栏目，旧网址永久转到那里。"]
            .concat()
    } else {
        "这个栏目里没有文章，移除后网址不再能打开，除非转到另一个栏目。".to_owned()
    };
    if writers {
        said.push_str("有权写这个栏目的人，改为有权写那个栏目。");
    }
    if children {
        said.push_str("它的下级栏目变成一级栏目。");
    }
    said
}

/// A section is gone.
#[must_use]
pub fn removed(name: &str, articles: u64) -> String {
    if articles > 0 {
        ["“", name, "”已移除，", &articles.to_string(), " 篇文章已移走。"].concat()
    } else {
        ["“", name, "”已移除。"].concat()
    }
}

/// Said when a role was given or taken away.
#[must_use]
pub fn writer_saved(name: &str, role: &str, given: bool) -> String {
    let done = if given { "现在是这个栏目的" } else { "不再是这个栏目的" };
    ["已保存：", name, done, role, "。"].concat()
}

/// An account among others: two people may bear one name.
#[must_use]
pub fn person(display_name: &str, name: &str) -> String {
    if display_name == name { name.to_owned() } else { [display_name, "（", name, "）"].concat() }
}

/// The label of something in a list of many.
#[must_use]
pub fn of(label: &str, name: &str) -> String {
    [label, "：", name].concat()
}
