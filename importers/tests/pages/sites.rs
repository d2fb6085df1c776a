//! Pages of one site together, what an operator says of it, and the draft that comes of a page.

use content::{MediaId, document::Block};
use importers::{
    PictureRef,
    pages::{Kind, Profile, Referred, Site},
};

fn page(n: usize) -> String {
    let place = ["东", "南", "西", "北", "山", "河", "湖", "田", "林", "石"][n];
    format!(
        "<html><head><title>第{n}次会议召开｜澄湖之窗</title></head><body><div><a href=/>首页</a></div><div>澄湖之窗，是县里的门户，欢迎各位朋友常来看看。</div>
<div><b>第{n}次会议召开</b></div><div>2015-03-{n:02} 10:00</div><div><p>第{n}次会议在{place}乡召开，会议总结了前一段工作，研究了下一步工作。</p><p>会议强调，{place}乡第{n}项工作要抓紧抓实，务求取得成效。</p>
<p><img src='/images/{n}.jpg'></p><p><a href='../files/{n}.doc'>{place}乡会议材料</a></p></div><div>本栏目长期征集稿件，请把来稿寄到县里的宣传部门，一经采用即付稿酬。</div></body></html>"
    )
}

#[test]
fn what_pages_have_in_common_is_furniture() {
    let mut site = Site::default();
    for n in 1..=9 {
        site.learn(page(n).as_bytes());
    }
    let found = site.read("hy/3.html", page(3).as_bytes(), &|_| None).unwrap();
    assert_eq!(found.title.unwrap().value, "第3次会议召开");
    assert!(!found.body_text.contains("征集稿件") && !found.body_text.contains("常来看看"), "{}", found.body_text);
    assert_eq!(found.body_text.lines().count(), 3, "{}", found.body_text);
}

#[test]
fn an_operator_knows_better() {
    let profile = "
base = 'http://www.example.gov.cn/'
encoding = 'gbk'
remove = ['.x', 'p:contains(删去)']
list_pages = '/list'
[fields.title]
select = '#t'
[fields.publish_time]
pattern = '于(\\d+-\\d+-\\d+)上网'
[fields.source]
select = 'span[data-source]'
attribute = 'data-source'
[fields.section]
pattern = '栏目：(\\S+)'
[fields.body]
select = '#b'
[sections]
'工会动态' = 'gonghuidongtai'
";
    let site = Site::new(Profile::parse(profile).unwrap());
    let html = "<html><title>别的</title><body><h1>不是标题</h1><div id=t>真的标题</div><div>栏目：工会动态 于2015-3-9上网</div><span data-source=县总工会></span>
<div id=a>这一段不是正文，但是很长很长很长很长很长很长很长，而且有标点。</div><div id=b><p>短。</p><p class=x>删</p><p>删去这段。</p></div></body></html>";
    let bytes = encoding_rs::GBK.encode(html).0.into_owned();
    let found = site.read("a/show.asp?id=5", &bytes, &|_| None).unwrap();
    let value = |field: &Option<importers::pages::Field>| field.as_ref().unwrap().value.clone();
    assert_eq!(value(&found.title), "真的标题");
    assert_eq!(value(&found.publish_time), "2015-03-09");
    assert_eq!(value(&found.source), "县总工会");
    assert_eq!(value(&found.section), "gonghuidongtai");
    assert_eq!(found.body_text, "短。");
    assert_eq!(found.address.value, "http://www.example.gov.cn/a/show.asp?id=5");
    assert_eq!(found.title.unwrap().found, "profile: #t");
    assert_eq!(site.read("list3.html", &bytes, &|_| None).unwrap().kind, Kind::List);
}

#[test]
fn a_page_becomes_a_draft() {
    let resolve = |picture: &Referred| {
        picture
            .paths
            .iter()
            .any(|path| path == "images/3.jpg")
            .then(|| PictureRef { id: MediaId(7), alt: String::new() })
    };
    let found = Site::default().read("hy/3.html", page(3).as_bytes(), &resolve).unwrap();
    let (draft, notes) =
        found.draft(&|file| file.paths.iter().any(|path| path == "files/3.doc").then_some(MediaId(8))).unwrap();
    assert_eq!(draft.fields.title, "第3次会议召开");
    assert_eq!(draft.url.as_deref(), Some("/hy/3.html"));
    assert_eq!(draft.identity, "url:/hy/3.html");
    assert_eq!(draft.body.pictures(), [MediaId(7)]);
    assert!(
        matches!(draft.body.blocks.last(), Some(Block::Attachment { attrs }) if attrs.media == MediaId(8) && attrs.name == "北乡会议材料")
    );
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn what_is_too_long_for_a_field_is_said() {
    let source = "很长的来源".repeat(9);
    let html = page(3).replace("10:00", &format!("10:00 来源：{source}"));
    let mut found = Site::default().read("hy/3.html", html.as_bytes(), &|_| None).unwrap();
    assert_eq!(found.source.as_ref().unwrap().value, source);
    found.source.as_mut().unwrap().value = source.repeat(3);
    let (draft, notes) = found.draft(&|_| None).unwrap();
    assert_eq!(draft.fields.source.chars().count(), content::article::LONGEST_NAME);
    assert!(notes.iter().any(|note| note.starts_with("source was cut")), "{notes:?}");
    found.kind = Kind::List;
    assert!(found.draft(&|_| None).is_err());
}

#[test]
fn the_report_has_the_keys_that_are_promised() {
    let found = Site::default().read("hy/3.html", page(3).as_bytes(), &|_| None).unwrap();
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["file"], "hy/3.html");
    assert_eq!(json["kind"], "article");
    assert_eq!(json["publish_time"]["value"], "2015-03-03 10:00");
    assert!(json["title"]["confidence"].as_f64().unwrap() > 0.5 && json["title"]["found"].is_string());
    assert_eq!(json["editor"], serde_json::Value::Null);
    assert_eq!(json["body"]["value"], json["body_text"]);
    assert_eq!(json["attachments"]["value"][0]["name"], "北乡会议材料");
    assert_eq!(json["address"]["value"], "/hy/3.html");
}

#[test]
fn the_example_of_the_documentation_is_a_profile() {
    let text = include_str!("../../../docs/import-site.md");
    let example = text.split_once("```toml\n").unwrap().1.split_once("```").unwrap().0;
    Profile::parse(example).unwrap();
}
