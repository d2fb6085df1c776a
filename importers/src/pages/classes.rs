//! The classes and ids that systems give to places of a page: text, title, furniture. No site's own names.

/// Classes and ids of places that hold no article. A whole word of a class must be one of these.
const ASIDE_WORDS: [&str; 56] = [
    "footer",
    "foot",
    "copyright",
    "nav",
    "menu",
    "sidebar",
    "comment",
    "comments",
    "pinglun",
    "reply",
    "related",
    "relate",
    "xiangguan",
    "xgyd",
    "xgxw",
    "recommend",
    "tuijian",
    "hot",
    "rank",
    "ranking",
    "share",
    "bdsharebuttonbox",
    "tools",
    "toolbar",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "login",
    "search",
    "banner",
    "ad",
    "ads",
    "advert",
    "qrcode",
    "ewm",
    "erweima",
    "friendlink",
    "links",
    "prevnext",
    "pager",
    "pagination",
    "disclaimer",
    "topbar",
    "dialog",
    "toast",
    "modal",
    "popup",
    "header",
    "topnav",
    "mainnav",
    "navbar",
    "tags",
    "keywords",
    "fenxiang",
    "declare",
];

/// Parts of classes that say the same wherever they stand.
const ASIDE_PARTS: [&str; 16] = [
    "footer",
    "copyright",
    "breadcrumb",
    "sidebar",
    "comment",
    "related",
    "recommend",
    "sharebutton",
    "bdshare",
    "navbar",
    "qrcode",
    "pagination",
    "prevnext",
    "dialog",
    "toast",
    "sharebar",
];

/// Whether class and id say that no article is in the element.
pub(super) fn is_aside(hints: &str) -> bool {
    ASIDE_PARTS.iter().any(|part| hints.contains(part)) || {
        let mut words = hints.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| ASIDE_WORDS.contains(&word))
    }
}

/// Whether class and id are those that systems give to the text of an article.
pub(super) fn is_content(hints: &str) -> bool {
    const PARTS: [&str; 29] = [
        "trs_editor",
        "trs_ueditor",
        "ucap-content",
        "ucapcontent",
        "v_news_content",
        "vsb_content",
        "newscontent",
        "news_content",
        "news-content",
        "rich_media_content",
        "js_content",
        "artibody",
        "endtext",
        "post_text",
        "article_content",
        "article-content",
        "articlecontent",
        "detail-content",
        "detail_content",
        "contenttext",
        "bodytext",
        "newstext",
        "entry-content",
        "post-content",
        "pages_content",
        "fontzoom",
        "articlebody",
        "article-body",
        "article_body",
    ];
    PARTS.iter().any(|part| hints.contains(part)) || {
        let mut words = hints.split(|c: char| c.is_whitespace());
        words.any(|word| {
            matches!(
                word,
                "content"
                    | "zoom"
                    | "article"
                    | "con"
                    | "text"
                    | "txt"
                    | "contents"
                    | "cont"
                    | "neirong"
                    | "nr"
                    | "zw"
                    | "mycontent"
            )
        })
    }
}

/// Whether class and id are those that systems give to a title.
pub(super) fn is_title(hints: &str) -> bool {
    const PARTS: [&str; 12] = [
        "title",
        "biaoti",
        "headline",
        "arti_title",
        "articletitle",
        "newstitle",
        "tit1",
        "bigtit",
        "timu",
        "h-tit",
        "activity-name",
        "titlestyle",
    ];
    const WORDS: [&str; 10] = ["tit", "bt", "tt", "main-title", "subject", "topic", "titles", "h1", "bt1", "wzbt"];
    PARTS.iter().any(|part| hints.contains(part)) || {
        let mut words = hints.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| WORDS.contains(&word))
    }
}
