//! Feeds: RSS in its versions, Atom, and what should be neither.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use content::{MediaId, document, time::WrittenTime};
use importers::{
    Arrival, Fault, PictureRef, There,
    feed::{Feed, feed},
};
use std::time::{Duration, Instant};

fn library(address: &str) -> Option<PictureRef> {
    address.ends_with("lake.jpg").then(|| PictureRef { id: MediaId(7), alt: "抚仙湖".to_owned() })
}

fn read(text: &str) -> Feed {
    feed(text.as_bytes(), &library).unwrap()
}

fn only(text: &str) -> Arrival {
    let mut feed = read(text);
    assert_eq!(feed.entries.len(), 1, "{feed:?}");
    let arrival = feed.entries.remove(0).unwrap();
    arrival.draft.body.check().unwrap();
    arrival
}

fn rss(item: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>某站</title><image><title>标</title></image>\
         <item>{item}</item></channel></rss>"
    )
}

fn html(arrival: &Arrival) -> String {
    document::html::of(&arrival.draft.body, &|_| None)
}

#[test]
fn rss_gives_its_fields_and_its_whole_text() {
    let arrival = only(&rss(
        "<title><![CDATA[题 &amp; 目]]></title><link> https://old.example.cn/1.html </link><guid isPermaLink=\"false\">9</guid>\
         <pubDate>Tue, 31 Jul 2012 10:28:49 +0800</pubDate><dc:creator>李四</dc:creator><category>要闻</category>\
         <category>讲话</category><description>&lt;p&gt;摘要&lt;/p&gt;</description><source url=\"x\">云南日报</source>\
         <content:encoded><![CDATA[<p>一</p><p>二<img src=\"https://old.example.cn/lake.jpg\"></p>]]></content:encoded>\
         <enclosure url=\"https://old.example.cn/a.pdf\" length=\"1\" type=\"application/pdf\"/>",
    ));
    let fields = &arrival.draft.fields;
    assert_eq!(
        [&fields.title, &fields.author, &fields.source, &fields.summary],
        ["题 & 目", "李四", "云南日报", "摘要"]
    );
    assert_eq!(arrival.draft.identity, "url:https://old.example.cn/1.html");
    assert_eq!(arrival.draft.published, Some(WrittenTime::parse("2012-07-31 10:28:49+08:00").unwrap()));
    assert_eq!(
        (arrival.draft.section.as_deref(), arrival.further.as_slice()),
        (Some("要闻"), &["讲话".to_owned()][..])
    );
    assert_eq!(document::text::of(&arrival.draft.body), "一\n二");
    assert_eq!(arrival.draft.body.pictures(), [MediaId(7)]);
    assert_eq!(arrival.files[0].url, "https://old.example.cn/a.pdf");
    assert_eq!(arrival.there, There::Published);
    assert_eq!(arrival.left_out, [""; 0]);
}

#[test]
fn a_description_is_the_text_where_there_is_no_other_and_that_is_said() {
    let arrival = only(&rss("<title>题</title><description>一\n二</description>"));
    assert_eq!(html(&arrival), "<p>一</p><p>二</p>");
    assert!(arrival.left_out[0].contains("only a description"), "{:?}", arrival.left_out);
    assert!(arrival.draft.identity.starts_with("sha256:"));
    let arrival = only(&rss("<title>题</title><guid>tag:9</guid><description>R&amp;D 1 &lt; 2</description>"));
    assert_eq!(document::text::of(&arrival.draft.body), "R&D 1 < 2");
    assert_eq!(arrival.draft.identity, "guid:tag:9");
    let arrival = only(&rss("<title>题</title><guid>https://a.cn/9</guid><description>R&D&nbsp;x</description>"));
    assert_eq!(document::text::of(&arrival.draft.body), "R&D\u{a0}x");
    assert_eq!(arrival.draft.identity, "url:https://a.cn/9");
}

#[test]
fn atom_says_of_which_kind_its_texts_are() {
    let atom = |entry: &str| {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>站</title><author><name>站长</name></author><entry>{entry}</entry></feed>"
        )
    };
    let arrival = only(&atom(
        "<title type=\"html\">题&amp;lt;目</title><link rel=\"self\" href=\"https://a.cn/self\"/><link href=\"https://a.cn/1\"/>\
         <link rel=\"enclosure\" href=\"https://a.cn/b.pdf\" title=\"附件\"/><id>urn:1</id><published>2012-07-31T10:28:49Z</published>\
         <updated>2013-01-01T00:00:00Z</updated><author><name>李四</name><email>x@a.cn</email></author>\
         <source><title>别的站</title><id>x</id></source><category term=\"要闻\"/><summary>摘</summary>\
         <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>一<b>二</b></p><script>x</script></div></content>",
    ));
    let fields = &arrival.draft.fields;
    assert_eq!([&fields.title, &fields.author, &fields.summary], ["题<目", "李四", "摘"]);
    assert_eq!(html(&arrival), "<p>一<strong>二</strong></p>");
    assert_eq!(arrival.draft.identity, "url:https://a.cn/1");
    assert_eq!((arrival.files[0].url.as_str(), arrival.files[0].name.as_str()), ("https://a.cn/b.pdf", "附件"));
    assert_eq!(arrival.draft.published, Some(WrittenTime::parse("2012-07-31T10:28:49Z").unwrap()));
    let plain =
        only(&atom("<title>题</title><id>1</id><content>一 &lt; 二</content><updated>2012-07-31T10:28:49Z</updated>"));
    assert_eq!(document::text::of(&plain.draft.body), "一 < 二");
    assert!(plain.draft.published.is_some());
}

#[test]
fn rss_1_has_its_items_beside_the_channel() {
    let text = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" \
                xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"x\"><title>站</title><items><rdf:Seq/></items></channel>\
                <item rdf:about=\"https://a.cn/1\"><title>题</title><link>https://a.cn/1</link><dc:date>2012-07-31</dc:date>\
                <description>一</description></item></rdf:RDF>";
    let feed = read(text);
    assert_eq!(feed.title, "站");
    let arrival = only(text);
    assert_eq!(arrival.draft.published, Some(WrittenTime::parse("2012-07-31").unwrap()));
}

#[test]
fn feeds_in_gbk_are_read_whether_they_say_so_or_not() {
    for declared in ["GB2312", "utf-8"] {
        let text = rss("<title>工会</title><description>玉溪</description>").replace("UTF-8", declared);
        let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
        let feed = feed(&bytes, &library).unwrap();
        assert_eq!(feed.entries[0].as_ref().unwrap().draft.fields.title, "工会", "{declared}");
    }
    assert!(matches!(feed(b"<rss>\xff\xff\xff</rss>", &library), Err(Fault::NotUtf8 { .. })));
}

#[test]
fn an_entry_that_gives_no_article_hides_no_other() {
    let text = rss(
        "<title>甲</title></item><item><description>x</description></item><item><title>乙</title><description>x</description>",
    );
    let feed = read(&text);
    assert!(matches!(
        &feed.entries[..],
        [Err(Fault::NoBody { .. }), Err(Fault::NoTitle { .. }), Ok(arrival)] if arrival.draft.fields.title == "乙"
    ));
    let broken = read(&text.replace("</channel>", "<item><title></x></item></channel>"));
    assert!(broken.entries.len() == 4 && matches!(broken.entries[3], Err(Fault::Xml { .. })), "{broken:?}");
}

#[test]
fn what_is_no_feed_says_so() {
    for text in ["", "x", "<html><body/></html>", "<rss", "<a><rss/></a>"] {
        let fault = feed(text.as_bytes(), &library).unwrap_err();
        assert!(matches!(fault, Fault::NotA { .. } | Fault::Xml { .. }), "{text}: {fault}");
    }
}

#[test]
fn nothing_in_a_feed_is_alive_afterwards() {
    let evil = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;词";
    let arrival = only(&rss(&format!(
        "<title>{evil}</title><link>javascript:alert(1)</link><guid>javascript:alert(2)</guid><dc:creator>{evil}</dc:creator>\
         <category>{evil}</category><source>{evil}</source><description>{evil}&lt;a href=\"javascript:x\"&gt;y&lt;/a&gt;</description>\
         <enclosure url=\"javascript:alert(1)\"/>"
    )));
    let fields = &arrival.draft.fields;
    let all = [&fields.title, &fields.author, &fields.source, &html(&arrival), arrival.draft.section.as_ref().unwrap()];
    for text in all {
        assert!(!text.contains("script") && !text.contains("onerror") && text.contains('词'), "{text}");
    }
    assert!(arrival.draft.url.is_none() && arrival.files.is_empty());
    assert!(arrival.draft.identity.starts_with("guid:"));
}

#[test]
fn hostile_feeds_end_in_bounded_time() {
    let start = Instant::now();
    let laughs = rss("<title>题&c;</title><description>x</description>").replace(
        "<rss",
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><rss",
    );
    assert_eq!(only(&laughs).draft.fields.title, "题&c;");
    let deep = feed(rss(&"<a>".repeat(100_000)).as_bytes(), &library).unwrap();
    assert!(matches!(deep.entries[..], [Err(Fault::TooDeep { .. })]));
    let nested = "&lt;div&gt;".repeat(100_000);
    let _ = feed(rss(&format!("<title>题</title><description>{nested}x</description>")).as_bytes(), &library);
    let many = format!("<rss><channel>{}</channel></rss>", "<item/>".repeat(300_000));
    assert_eq!(feed(many.as_bytes(), &library).unwrap().entries.len(), 100_000);
    let categories: String = (0..20_000).map(|n| format!("<category>{n}</category>")).collect();
    assert_eq!(only(&rss(&format!("<title>题</title><description>x</description>{categories}"))).further.len(), 49);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn a_feed_cut_anywhere_or_damaged_is_read_or_refused() {
    let text = rss(
        "<title><![CDATA[题]]></title><link>https://a.cn/1</link><pubDate>Tue, 31 Jul 2012 10:28:49 +0800</pubDate><description>&lt;p&gt;一</description>",
    );
    for at in 0..text.len() {
        let mut flipped = text.clone().into_bytes();
        flipped[at] ^= 1 << (at % 8);
        for damaged in [&text.as_bytes()[..at], &flipped] {
            let _ = feed(damaged, &library);
        }
    }
}
