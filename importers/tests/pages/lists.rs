//! Pages that lead to others.

use crate::made::read;
use importers::pages::Kind;

fn items(count: usize, item: impl Fn(usize) -> String) -> String {
    (1..=count).map(item).collect()
}

#[test]
fn lists_are_no_articles() {
    let nav = "<div class=nav><a href=/>首页</a><a href=/yw>要闻</a><a href=/tz>通知公告</a><a href=/wq>维权</a></div>";
    let foot = "<div class=foot>主办：澄湖县总工会 地址：人民路1号 滇ICP备00000001号</div>";
    let title = |n: usize| format!("关于做好第{n}季度职工帮扶工作的通知");
    for (name, file, html) in [
        (
            "dated list",
            "tzgg/index.html",
            format!(
                "<html><head><title>通知公告-澄湖县总工会</title></head><body>{nav}<div>当前位置：<a href=/>首页</a> > 通知公告</div><ul class=list>{}</ul><div class=page>共120条 1/6页 首页 上一页 <a>下一页</a> <a>尾页</a></div>{foot}</body></html>",
                items(20, |n| format!("<li><span>2015-03-{n:02}</span><a href=/tzgg/{n}.html>{}</a></li>", title(n)))
            ),
        ),
        (
            "table list with short days",
            "list.asp?id=3",
            format!(
                "<html><head><title>澄湖县总工会</title></head><body>{nav}<table>{}</table><form>转到第<input>页 共3页</form>{foot}</body></html>",
                items(15, |n| format!("<tr><td>·<a href=show.asp?id={n}>{}</a></td><td>[03-{n:02}]</td></tr>", title(n)))
            ),
        ),
        (
            "front page",
            "index.html",
            format!(
                "<html><head><title>澄湖县总工会</title></head><body>{nav}<div class=focus><a href=1.html><img src=1.jpg></a></div>{}{foot}</body></html>",
                items(6, |block| format!(
                    "<div class=box><h3>栏目{block}</h3><a href=/more>更多</a><ul>{}</ul></div>",
                    items(7, |n| format!("<li><a href={n}.html>{}</a></li>", title(n)))
                ))
            ),
        ),
        (
            "list with summaries",
            "yw/list_2.html",
            format!(
                "<html><head><title>要闻_澄湖工会网</title></head><body>{nav}<div class=listbox>{}</div><div class=pages><a>首页</a><a>上一页</a><a>下一页</a><a>末页</a>共 <strong>9</strong>页</div>{foot}</body></html>",
                items(10, |n| format!(
                    "<div class=item><h4><a href={n}.html>{}</a></h4><p>为进一步做好困难职工帮扶工作，切实把党和政府的关怀送到职工心坎上，现就有关事项通知如下，请认真贯彻执行...</p><span>日期：2012-0{}-01 点击：{n}</span></div>",
                    title(n),
                    n % 9 + 1
                ))
            ),
        ),
        (
            "results of a search",
            "search.php?q=a",
            format!(
                "<html><head><title>搜索结果</title></head><body>{nav}<p>共找到 8 条结果</p>{}<div>上一页 下一页 尾页</div>{foot}</body></html>",
                items(8, |n| format!("<div><a href={n}.html>{}</a><br>……做好<em>职工</em>帮扶……<br>2019-01-0{n}</div>", title(n)))
            ),
        ),
        ("pictures", "tp/", format!("<html><title>图片-澄湖工会</title><body>{nav}{}{foot}</body></html>", items(12, |n| format!("<li><a href={n}.html><img src={n}.jpg></a><p><a href={n}.html>劳模宣讲之{n}</a></p></li>")))),
        ("frames", "main.html", "<html><head><title>澄湖</title></head><frameset cols=20%,*><frame src=a.html><frame src=b.html></frameset></html>".to_owned()),
        ("redirect", "default.htm", "<html><head><meta http-equiv=refresh content='0;url=index.asp'></head><body></body></html>".to_owned()),
    ] {
        let found = read(file, &html);
        assert_eq!(found.kind, Kind::List, "{name}: {}", serde_json::to_string_pretty(&found).unwrap());
    }
}
