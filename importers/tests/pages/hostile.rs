//! Whatever bytes there are, an answer comes soon and nothing panics.

use importers::pages::{Kind, LARGEST_PAGE, Profile, Site};
use std::time::{Duration, Instant};

fn read(bytes: &[u8]) -> importers::pages::Found {
    let mut site = Site::new(Profile::default());
    site.learn(bytes);
    let found = site.read("a/b.html", bytes, &|_| None).unwrap();
    found.body.iter().for_each(|body| body.value.check().unwrap());
    serde_json::to_string(&found).unwrap();
    let _ = found.draft(&|_| None);
    found
}

fn soon(name: &str, html: &str) {
    let start = Instant::now();
    read(html.as_bytes());
    let took = start.elapsed();
    println!("{name}: {took:?} for {} bytes", html.len());
    // Tests are compiled without optimisation and run beside others.
    assert!(took < Duration::from_secs(20), "{name}: {took:?}");
}

#[test]
fn nesting_costs_nothing() {
    let start = Instant::now();
    read(("<div>".repeat(100_000) + "文字。" + &"</div>".repeat(100_000)).as_bytes());
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    for tag in ["b", "font", "table><tr><td", "ul><li", "a href=x", "span", "p", "h1", "form", "blockquote"] {
        soon(tag, &format!("<h1>标题一二三四</h1>{}", format!("<{tag}>字，").repeat(30_000)));
    }
}

#[test]
fn much_of_anything_costs_little() {
    for (name, piece) in [
        ("links", "<a href=x.asp?id=1>关于做好工作的通知</a> "),
        ("items", "<li><a href=x>关于做好工作的通知</a>2015-01-02</li>"),
        ("paragraphs", "<p>会议指出，要进一步做好工作，取得新的成效。</p>"),
        ("cells", "<td>会员，</td>"),
        ("rows", "<tr><td>会员</td><td>1</td></tr>"),
        ("tables", "<table><tr><td>a，</td><td>b</td></tr></table>"),
        ("pictures", "<img src=a.jpg>"),
        ("files", "<a href=a.doc>附件</a>"),
        ("scripts", "<script>var ct = \"1\"; publishTime publishTime</script>"),
        ("unclosed scripts", "<script>var ct = '"),
        ("metas", "<meta name=PubDate content=2015-01-02>"),
        ("comments", "<!-- saved from url=(1)http://a.cn/ -->"),
        ("dates", "2015-01-02 10:10 "),
        ("labels", "来源：作者：编辑："),
        ("numbers", "1234567890 "),
        ("words", "记者（"),
        ("entities", "&nbsp;&#20013;"),
        ("broken tags", "<a<b<c "),
        ("asides", "<div class=footer>版权，</div>"),
        ("classes", "<div class='content share nav trs_editor'>字，</div>"),
        ("breadcrumbs", "<div class=crumb>当前位置：首页 > 新闻 ></div>"),
        ("headings", "<h1>标题一二三四</h1>"),
        ("closings", "</div></p></td></b>"),
        ("separators", "-_-|"),
    ] {
        soon(name, &format!("<title>{0}</title><body>{0}", piece.repeat(150_000 / piece.len())));
    }
}

#[test]
fn one_line_can_be_long() {
    for piece in ["会议，", "a ", "2015年", "编辑", "(", "<b>字</b>", " ", "\u{3000}", "首页 > "] {
        soon(piece, &format!("<title>标题</title><p>{}</p>", piece.repeat(300_000 / piece.len())));
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let bytes = vec![b'a'; LARGEST_PAGE + 1];
    let mut site = Site::default();
    site.learn(&bytes);
    assert!(site.read("a.html", &bytes, &|_| None).is_err());
}

#[test]
fn any_bytes_are_read() {
    let mut state = 0x2545_f491_u32;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    for length in [0, 1, 2, 3, 7, 100, 1000, 20_000] {
        for _ in 0..10 {
            let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(random() & 0xff).unwrap()).collect();
            read(&bytes);
        }
    }
    // Pieces of markup in any order.
    let pieces = [
        "<html>",
        "<head>",
        "<title>",
        "</title>",
        "<body>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</tr>",
        "</table>",
        "<form>",
        "</form>",
        "<p>",
        "</p>",
        "<a href=x.doc>",
        "</a>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<h1>",
        "</h1>",
        "来源：",
        "2015-01-02 10:11",
        "责任编辑：王芳",
        "会议要求，做好工作。",
        "上一篇",
        "<img src=a.jpg>",
        "<li>",
        "<ul>",
        "</ul>",
        "<div class=content>",
        "</div>",
        "<br>",
        "\0",
        "\u{feff}",
        "&#x0;",
        "<svg/>",
        "<select>",
        "</body>",
        "当前位置：",
        ">",
        "年",
        "月",
        "(",
        "）",
    ];
    for _ in 0..400 {
        let html: String = (0..80).map(|_| pieces[random() as usize % pieces.len()]).collect();
        read(html.as_bytes());
    }
}

#[test]
fn a_page_can_end_anywhere() {
    let html = "<html><head><meta charset=gb2312><title>全县工会工作会议召开-澄湖县总工会</title></head><body><div class=nav><a href=/>首页</a></div><h1>全县工会工作会议召开</h1>\
        <div>时间：2015-03-07 10:11:12 来源：办公室 作者：李明</div><div class=content><p>3月6日，全县工会工作会议召开。</p><table><tr><td>会员</td><td>12</td></tr></table><a href=a.doc>附件</a><img src=a.jpg></div>\
        <script>var ct=\"1583000000\";</script><!-- end --><div>责任编辑：王芳</div></body></html>";
    let gbk = encoding_rs::GBK.encode(html).0.into_owned();
    for end in 0..html.len() {
        read(&html.as_bytes()[..end]);
        read(&gbk[..end.min(gbk.len())]);
    }
    let found = read(&gbk);
    assert_eq!(found.kind, Kind::Article);
    assert_eq!(found.publish_time.unwrap().value, "2015-03-07 10:11:12");
}
