//! Exports of WordPress: those that nobody on the project wrote, and those that nobody should have written.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use content::{MediaId, document, time::WrittenTime};
use flate2::read::GzDecoder;
use importers::{
    Arrival, Fault, PictureRef, There,
    wordpress::{Attachment, Export, Item, LONGEST_ITEM, Library, Status},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    io::{BufReader, Read},
    path::Path,
    time::{Duration, Instant},
};

fn corpus(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/wxr").join(name);
    let Ok(bytes) = fs::read(&path) else {
        println!("skipped: {path:?} is not beside the workspace");
        return None;
    };
    if !name.ends_with(".gz") {
        return Some(bytes);
    }
    let mut whole = Vec::new();
    GzDecoder::new(bytes.as_slice()).read_to_end(&mut whole).unwrap();
    Some(whole)
}

/// An export with one item of these elements.
fn export(item: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>站</title><wp:wxr_version>1.2</wp:wxr_version>\
         <wp:author><wp:author_login>li</wp:author_login><wp:author_display_name><![CDATA[李四]]></wp:author_display_name>\
         </wp:author>\n<item>{item}</item>\n</channel></rss>"
    )
}

fn post(content: &str) -> String {
    export(&format!(
        "<title>题</title><link>https://old.example.cn/1</link><content:encoded><![CDATA[{content}]]></content:encoded>\
         <wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
    ))
}

type Placed = (u64, Result<Item, Fault>);

fn items(text: &[u8]) -> Vec<Placed> {
    Export::open(BufReader::with_capacity(61, text)).unwrap().collect()
}

fn library(address: &str) -> Option<PictureRef> {
    address.ends_with("lake.jpg").then(|| PictureRef { id: MediaId(7), alt: "抚仙湖".to_owned() })
}

fn lakes() -> HashMap<u64, Attachment> {
    let lake = |id, url: &str| Attachment {
        id,
        parent: 0,
        url: url.to_owned(),
        title: String::new(),
        alt: String::new(),
        caption: String::new(),
    };
    HashMap::from([(4, lake(4, "https://old.example.cn/lake.jpg")), (5, lake(5, "https://old.example.cn/sea.jpg"))])
}

fn arrival(text: &str) -> Result<Arrival, Fault> {
    let export = Export::open(text.as_bytes()).unwrap();
    let head = export.head().clone();
    for (_, item) in export {
        if let Item::Post(post) | Item::Page(post) = item? {
            return post.arrival(&head, &Library { pictures: &library, attachments: &lakes() });
        }
    }
    panic!("no post in it")
}

fn written(content: &str) -> String {
    let arrival = arrival(&post(content)).unwrap();
    arrival.draft.body.check().unwrap();
    document::html::of(&arrival.draft.body, &|_| None)
}

#[test]
fn every_item_of_the_real_exports_is_told_by_its_kind_and_status() {
    let Some(expected) = corpus("expected.json") else { return };
    let expected: Value = serde_json::from_slice(&expected).unwrap();
    for (name, expected) in expected.as_object().unwrap() {
        if expected["well_formed"] == false {
            continue;
        }
        let bytes = corpus(expected["file"].as_str().unwrap()).unwrap();
        let export = Export::open(bytes.as_slice()).unwrap();
        let head = export.head().clone();
        assert_eq!(head.version, expected["wxr_version"], "{name}");
        let counts = [head.authors.len(), head.categories.len(), head.tags as usize, head.terms as usize];
        let wanted = ["authors", "categories", "tags", "terms"].map(|key| expected[key].as_u64().unwrap() as usize);
        assert_eq!(counts, wanted, "{name}: authors, categories, tags, terms");
        let mut by_kind: BTreeMap<String, u64> = BTreeMap::new();
        let (mut attachments, mut comments, mut told) = (Vec::new(), 0, Vec::new());
        for (_, item) in export {
            let (kind, status) = match item.unwrap() {
                Item::Post(post) => {
                    comments += post.comments;
                    told.push((post.title.clone(), post.slug.clone(), post.date, post.content.chars().count()));
                    ("post".to_owned(), post.status)
                }
                Item::Page(page) => {
                    comments += page.comments;
                    told.push((page.title.clone(), page.slug.clone(), page.date, page.content.chars().count()));
                    ("page".to_owned(), page.status)
                }
                Item::Attachment(attachment) => {
                    attachments.push(attachment.url);
                    ("attachment".to_owned(), Status::Inherited)
                }
                Item::Other { kind, status } => (kind, status),
            };
            let status = match status {
                Status::Published => "publish",
                Status::Scheduled => "future",
                Status::Draft => "draft",
                Status::Private => "private",
                Status::Inherited => "inherit",
                other => panic!("{other:?}"),
            };
            *by_kind.entry(format!("{kind}/{status}")).or_default() += 1;
        }
        assert_eq!(serde_json::to_value(&by_kind).unwrap(), expected["by_type_status"], "{name}");
        assert_eq!(serde_json::to_value(&attachments).unwrap(), expected["attachments"], "{name}");
        assert_eq!(comments, expected["comments"].as_u64().unwrap(), "{name}");
        let texts =
            expected["sample"].as_array().unwrap().iter().filter(|s| s["type"] == "post" || s["type"] == "page");
        for (expected, (title, slug, date, length)) in texts.zip(&told) {
            assert_eq!(expected["title"], title.as_str(), "{name}");
            assert_eq!(expected["slug"], slug.as_str(), "{name}");
            assert_eq!(*date, WrittenTime::parse(expected["date"].as_str().unwrap()).ok(), "{name}");
            // White space around the wrapping is not counted here.
            let around = expected["content_len"].as_u64().unwrap() - *length as u64;
            assert!(around < 8, "{name}: {title}");
        }
    }
}

#[test]
fn the_posts_of_the_real_exports_become_drafts() {
    for name in ["wptt-themeunittestdata.xml.gz", "wpi-small-export.xml"] {
        let Some(bytes) = corpus(name) else { return };
        let (mut drafts, mut faults, mut left_out) = (0, Vec::new(), 0);
        let export = Export::open(bytes.as_slice()).unwrap();
        let head = export.head().clone();
        for (_, item) in export {
            let (Item::Post(post) | Item::Page(post)) = item.unwrap() else { continue };
            match post.arrival(
                &head,
                &Library {
                    pictures: &|_| Some(PictureRef { id: MediaId(1), alt: String::new() }),
                    attachments: &lakes(),
                },
            ) {
                Ok(arrival) => {
                    drafts += 1;
                    left_out += arrival.left_out.len();
                    arrival.draft.body.check().unwrap();
                }
                Err(fault @ (Fault::NoTitle { .. } | Fault::NoBody { .. })) => faults.push((post.title.clone(), fault)),
                Err(fault) => panic!("{name}: {}: {fault}", post.title),
            }
        }
        println!("{name}: {drafts} drafts, {left_out} lines of what was left out, without title or text: {faults:#?}");
        for (title, fault) in faults {
            assert!(title.is_empty() || matches!(fault, Fault::NoBody { .. }), "{title}: {fault}");
        }
    }
}

#[test]
fn text_that_was_wrapped_wildly_is_read_as_it_was_meant() {
    let Some(bytes) = corpus("wpi-crazy-cdata.xml") else { return };
    let all = items(&bytes);
    assert_eq!(all.len(), 1);
    let Ok(Item::Post(post)) = &all[0].1 else { panic!("{all:?}") };
    assert_eq!(post.content, "Content with nested <![CDATA[ tags ]]> :)");
    assert_eq!((post.title.as_str(), post.status), ("Hello world!", Status::Published));
}

#[test]
fn a_malformed_head_is_one_fault_with_its_place() {
    let Some(bytes) = corpus("wpi-malformed.xml") else { return };
    let export = Export::open(bytes.as_slice()).unwrap();
    assert_eq!((export.head().categories.len(), export.head().authors.len()), (21, 1));
    let all: Vec<Placed> = export.collect();
    assert!(matches!(&all[..], [(_, Err(Fault::Xml { offset, .. }))] if *offset > 10_000), "{all:?}");
}

#[test]
fn the_fields_of_a_post_find_their_places() {
    let text = export(
        "<title>题 &amp; 目</title><link>https://old.example.cn/?p=3</link><dc:creator>li</dc:creator>\
         <guid>x</guid><content:encoded><![CDATA[一]]></content:encoded><excerpt:encoded><![CDATA[<b>摘</b>要]]></excerpt:encoded>\
         <wp:post_id>3</wp:post_id><wp:post_date>2012-07-31 10:28:49</wp:post_date><wp:post_date_gmt>2012-07-31 02:28:49</wp:post_date_gmt>\
         <wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:is_sticky>1</wp:is_sticky>\
         <category domain=\"category\" nicename=\"news\"><![CDATA[要闻]]></category>\
         <category domain=\"category\" nicename=\"talks\"><![CDATA[讲话]]></category>\
         <category domain=\"post_tag\" nicename=\"a\"><![CDATA[劳动 竞赛]]></category>\
         <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value><![CDATA[4]]></wp:meta_value></wp:postmeta>\
         <wp:comment><wp:comment_content>坏</wp:comment_content></wp:comment>",
    );
    let arrival = arrival(&text).unwrap();
    let fields = &arrival.draft.fields;
    assert_eq!([&fields.title, &fields.author, &fields.summary], ["题 & 目", "李四", "摘要"]);
    assert_eq!(fields.keywords, "劳动\u{a0}竞赛");
    assert_eq!(arrival.draft.section.as_deref(), Some("要闻"));
    assert_eq!(arrival.further, ["讲话"]);
    assert_eq!(arrival.draft.published, Some(WrittenTime::parse("2012-07-31 02:28:49Z").unwrap()));
    assert_eq!(arrival.draft.identity, "url:https://old.example.cn/?p=3");
    assert_eq!(arrival.lead.unwrap().id, MediaId(7));
    assert_eq!(arrival.there, There::Published);
    assert_eq!(arrival.left_out.len(), 2, "{:?}", arrival.left_out);
}

#[test]
fn how_far_a_post_was_stays_known() {
    for (status, there) in [
        ("publish", There::Published),
        ("future", There::Scheduled),
        ("draft", There::Draft),
        ("pending", There::Pending),
        ("private", There::Private),
        ("trash", There::Thrown),
        ("invented", There::Draft),
    ] {
        let text = post("一").replace("publish", status);
        assert_eq!(arrival(&text).unwrap().there, there, "{status}");
    }
    let locked = post("一").replace("</item>", "<wp:post_password>x</wp:post_password></item>");
    assert_eq!(arrival(&locked).unwrap().there, There::Private);
    let never = post("一").replace("</item>", "<wp:post_date>0000-00-00 00:00:00</wp:post_date></item>");
    assert_eq!(arrival(&never).unwrap().draft.published, None);
}

#[test]
fn line_ends_are_what_wordpress_makes_of_them() {
    assert_eq!(written("一\n二\n\n三"), "<p>一<br>二</p><p>三</p>");
    assert_eq!(
        written("<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n三"),
        "<ul><li><p>一</p></li><li><p>二</p></li></ul><p>三</p>"
    );
    assert_eq!(written("<pre>a\n\n b</pre>"), "<p>a<br><br> b</p>");
    assert_eq!(written("<a\nhref=\"/x\">一</a>"), "<p><a href=\"/x\">一</a></p>");
    // A text of the block editor has its paragraphs already.
    let blocks = "<!-- wp:paragraph {\"a\":1} -->\n<p>一\n二</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:latest-posts /-->";
    let arrival = arrival(&post(blocks)).unwrap();
    assert_eq!(document::html::of(&arrival.draft.body, &|_| None), "<p>一二</p>");
    assert_eq!(arrival.left_out, ["block latest-posts ×1: made by WordPress when it is shown: left out"]);
}

#[test]
fn captions_and_galleries_become_figures() {
    let with = "[caption id=\"a\" width=\"9\"]<a href=\"#\"><img src=\"https://old.example.cn/lake-300x200.jpg\" alt=\"湖\" /></a> 湖边[/caption]后";
    let arrival = arrival(&post(with)).unwrap();
    let document::Block::Figure { attrs, content } = &arrival.draft.body.blocks[0] else { panic!("{arrival:?}") };
    assert_eq!((attrs.media, attrs.alt.as_str()), (MediaId(7), "湖"));
    assert_eq!(content, &[document::Inline::text("湖边")]);
    let old = "[caption caption=\"湖边\"]<img src=\"lake.jpg\">[/caption]";
    assert!(written(old).contains("<figcaption>湖边</figcaption>"), "{}", written(old));
    let gallery = self::arrival(&post("[gallery ids=\"4, 5,99\"]")).unwrap();
    assert_eq!(gallery.draft.body.pictures(), [MediaId(7)]);
    assert!(gallery.left_out.iter().any(|line| line.contains("\"99\"")), "{:?}", gallery.left_out);
}

#[test]
fn shortcodes_are_said_and_the_text_in_them_stays() {
    let arrival =
        arrival(&post("[tabs type=\"x\"][tab]一[/tab][/tabs] 见[1] [[gallery]] [embed]https://v.example.cn/1[/embed]"))
            .unwrap();
    let text = document::text::of(&arrival.draft.body);
    assert_eq!(text, "一 见[1] [gallery]\nhttps://v.example.cn/1");
    let said = arrival.left_out.join("\n");
    assert!(said.contains("[tabs] ×1") && said.contains("[tab] ×1") && said.contains("embed ×1"), "{said}");
}

#[test]
fn an_item_that_is_broken_hides_no_other() {
    let sound = "<item><title>好</title><content:encoded>一</content:encoded><wp:post_type>post</wp:post_type></item>";
    for broken in [
        "<item><title>坏</content></item>",
        "<item><title>坏</title><content:encoded><![CDATA[没完</content:encoded></item>",
        "<item><title>\u{1}坏<</title></item>",
        "<item>",
        "<item><!-- 没完 </item>",
    ] {
        let text = post("一").replace("</channel>", &format!("{broken}\n{sound}\n{sound}</channel>"));
        let all = items(text.as_bytes());
        let good = all.iter().filter(|(_, item)| matches!(item, Ok(Item::Post(post)) if post.title == "好")).count();
        assert!(good >= 1, "{broken}: {all:?}");
        for (place, _) in &all {
            assert!(text[*place as usize..].starts_with("<item"), "{broken}: {place}");
        }
    }
}

#[test]
fn an_item_that_is_too_long_is_passed_over_without_being_held() {
    let long = |n: usize| std::io::repeat(b'a').take(n as u64);
    let (before, behind) = (post("一"), post("二"));
    let head = before.replace("</channel></rss>", "<item><content:encoded><![CDATA[");
    let file = head
        .as_bytes()
        .chain(long(LONGEST_ITEM * 3))
        .chain(&b"]]></content:encoded></item>\n"[..])
        .chain(&behind.as_bytes()[behind.find("<item>").unwrap()..]);
    let all: Vec<Placed> = Export::open(BufReader::new(file)).unwrap().collect();
    assert!(matches!(all[1].1, Err(Fault::TooLong { limit }) if limit == LONGEST_ITEM as u64), "{:?}", all.len());
    assert!(all[0].1.is_ok() && all.last().unwrap().1.is_ok() && all.len() == 3);
}

#[test]
fn what_is_no_export_says_so() {
    for text in ["", "x", "<rss><channel><item></item></channel></rss>", "<html>"] {
        let fault = Export::open(text.as_bytes()).map(|_| ()).unwrap_err();
        assert!(matches!(fault, Fault::NotA { .. } | Fault::Xml { .. }), "{text}: {fault}");
    }
}

#[test]
fn nothing_in_a_post_is_alive_afterwards() {
    let evil = "<script>alert(1)</script><img src=x onerror=alert(1)><a href=\"javascript:alert(1)\">x</a>\
                [caption]<img src=\"lake.jpg\" onload=\"x\"> <script>y</script>词[/caption][gallery ids='4\"><script>']";
    let html = written(&format!("一{evil}"));
    assert!(!html.contains("script") && !html.contains("onerror") && !html.contains("onload"), "{html}");
    for field in ["title", "dc:creator", "excerpt:encoded"] {
        let text = post("一")
            .replace("</item>", &format!("<{field}><![CDATA[题<script>alert(1)</script>]]></{field}></item>"));
        let fields = arrival(&text).unwrap().draft.fields;
        assert!(![fields.title, fields.author, fields.summary].concat().contains("script"), "{field}");
    }
    let link = post("一").replace("https://old.example.cn/1", "javascript:alert(1)");
    assert_eq!(arrival(&link).unwrap().draft.url, None);
}

#[test]
fn entities_expand_to_nothing_and_depth_costs_no_stack() {
    let start = Instant::now();
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>".to_owned()
        + &post("一").replace("<?xml version=\"1.0\"?>", "").replace("<title>题</title>", "<title>题&b;</title>");
    assert_eq!(arrival(&laughs).unwrap().draft.fields.title, "题&b;");
    let deep = post("一").replace("</item>", &format!("{}</item>", "<a>".repeat(100_000)));
    assert!(matches!(items(deep.as_bytes())[0].1, Err(Fault::TooDeep { .. })));
    for nested in
        ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "[caption]", "[", "<blockquote>", "[tab]", "<!-- wp:a -->"]
    {
        let _ = arrival(&post(&format!("一{}", nested.repeat(100_000))));
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn files_that_are_cut_or_damaged_end_in_bounded_time() {
    for name in ["wptt-themeunittestdata.xml.gz", "wpi-small-export.xml", "wpi-crazy-cdata.xml", "wpi-malformed.xml"] {
        let Some(bytes) = corpus(name) else { return };
        let start = Instant::now();
        let steps = if bytes.len() > 200_000 { 60 } else { 200 };
        for n in 0..steps {
            let at = bytes.len() * n / steps;
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (n % 8);
            for damaged in [&bytes[..at], &flipped] {
                let Ok(export) = Export::open(damaged) else { continue };
                let head = export.head().clone();
                for (_, item) in export {
                    if let Ok(Item::Post(post)) = item {
                        let _ = post.arrival(&head, &Library { pictures: &library, attachments: &HashMap::new() });
                    }
                }
            }
        }
        println!("{name}: {:?}", start.elapsed() / (2 * steps as u32));
        assert!(start.elapsed() < Duration::from_secs(120), "{name}: {:?}", start.elapsed());
    }
}

/// Not a test of right and wrong: `cargo test --release -p importers -- --ignored --nocapture` prints how long it takes.
#[test]
#[ignore = "a measurement, for release builds"]
fn a_large_export_is_read_in_the_memory_of_one_item() {
    struct Again {
        head: Vec<u8>,
        item: Vec<u8>,
        at: usize,
        left: usize,
    }
    impl Read for Again {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            if self.at == self.head.len() {
                if self.left == 0 {
                    return Ok(0);
                }
                (self.head, self.at, self.left) = (self.item.clone(), 0, self.left - 1);
            }
            let length = out.len().min(self.head.len() - self.at);
            out[..length].copy_from_slice(&self.head[self.at..self.at + length]);
            self.at += length;
            Ok(length)
        }
    }
    let text = post(&"<p>各级工会要围绕中心、服务大局,积极引导广大职工创先争优建功立业。</p>\n".repeat(100));
    let (from, to) = (text.find("<item>").unwrap(), text.find("</channel>").unwrap());
    let (head, item) = (text.as_bytes()[..from].to_owned(), text.as_bytes()[from..to].to_owned());
    let start = Instant::now();
    let file = Again { head, item, at: 0, left: 100_000 };
    let mut export = Export::open(BufReader::with_capacity(256 * 1024, file)).unwrap();
    let head = export.head().clone();
    let mut drafts = 0;
    for (_, item) in export.by_ref() {
        if let Ok(Item::Post(post)) = item {
            drafts +=
                u32::from(post.arrival(&head, &Library { pictures: &library, attachments: &HashMap::new() }).is_ok());
        }
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    println!("{drafts} drafts of {} MB: {:?}, {memory}", export.bytes_read() >> 20, start.elapsed());
}
