//! Pages by how they are laid out, whatever system wrote them. No such site exists.

use crate::made::{Right, TEXT, check, read, value};
use importers::pages::Kind;

#[test]
fn a_short_notice_with_attachments() {
    let html = "<html><head><title>澄湖县人力资源和社会保障局</title></head><body><div id=top><a href=/>网站首页</a><a href=/zwgk>政务公开</a><a href=/bsfw>办事服务</a></div>
<div class=local>当前位置：<a href=/>首页</a>-><a href=/gsgg>公示公告</a>-><span>浏览文章</span></div><div class=art><div class=bt>关于2015年度先进工作者推荐人选的公示</div>
<div class=xx>发布日期：2015年4月2日　　浏览次数：<b>88</b></div><div class=zw><p>各乡镇、县直各部门：</p><p>经研究，现将推荐人选予以公示，公示期为4月2日至4月8日。</p>
<p>附件：1.<a href=/upload/1.xls>推荐人选名单.xls</a></p><p>2.<a href=/upload/2.pdf>推荐人选简要事迹.pdf</a></p><p align=right>澄湖县人力资源和社会保障局</p><p align=right>2015年4月2日</p></div></div>
<div id=foot>主办：澄湖县人力资源和社会保障局　承办：县电子政务办　滇ICP备00000002号</div></body></html>";
    check(
        "notice",
        "gsgg/201504/33.html",
        html,
        &Right {
            title: "关于2015年度先进工作者推荐人选的公示",
            time: "2015-04-02",
            section: "公示公告",
            first: "各乡镇",
            last: "2015年4月2日",
            not: &["浏览次数", "主办", "承办"],
            attachments: 2,
            ..Right::default()
        },
    );
}

#[test]
fn an_appointment_of_one_line() {
    let html = "<html><head><title>县人民政府任免通知 - 澄湖县人民政府门户网站</title></head><body><ul><li><a href=/>首页</a></li><li><a href=/zjch>走进澄湖</a></li><li><a href=/xxgk>信息公开</a></li><li><a href=/hdjl>互动交流</a></li></ul>
<div class=wzdh><a href=/>首页</a> > <a href=/xxgk>信息公开</a> > <a href=/rsrm>人事任免</a></div><div class=xl><div class=xl_title>县人民政府任免通知</div><div class=xl_sj>2017-11-03 15:41　|　来源：县政府办公室　|　<a href='javascript:print()'>打印</a></div>
<div class=xl_con><p>任命王芳同志为县教育局副局长，免去李明同志县水利局副局长职务。</p></div><div class=ewm><img src=ewm.png><p>扫一扫在手机打开当前页</p></div></div>
<div class=bottom><p>关于我们 | 网站地图 | 联系我们</p><p>版权所有：澄湖县人民政府 主办：澄湖县人民政府办公室</p><p>建议使用1024*768分辨率浏览本站</p></div></body></html>";
    check(
        "appointment",
        "rsrm/content_8.html",
        html,
        &Right {
            title: "县人民政府任免通知",
            time: "2017-11-03 15:41",
            source: "县政府办公室",
            section: "人事任免",
            first: "任命王芳同志",
            last: "职务。",
            not: &["扫一扫", "版权", "打印"],
            ..Right::default()
        },
    );
}

#[test]
fn news_of_one_picture() {
    let html = "<html><head><title>图片新闻：劳模宣讲走进车间-澄湖工会</title></head><body><div class=menu><a href=/>首页</a><a href=/a>要闻</a><a href=/b>图片</a></div>
<div class=article><h1 class=tit>图片新闻：劳模宣讲走进车间</h1><p class=date>2020/5/1 9:05:00 摄影：张伟</p><div class=article-con><p style='text-align:center'><img src='../images/20200501/1.jpg'></p><p style='text-align:center'><img src='../images/20200501/2.jpg'></p><p style='text-align:center'>劳模在车间宣讲 张伟 摄</p></div></div>
<div class=copyright>版权所有 澄湖县总工会 滇ICP备00000001号</div></body></html>";
    let found = read("tp/1.html", html);
    assert_eq!(value(&found.title), "图片新闻：劳模宣讲走进车间");
    assert_eq!(value(&found.publish_time), "2020-05-01 09:05:00");
    assert_eq!(found.body_text, "劳模在车间宣讲 张伟 摄");
    assert_eq!(found.pictures.unwrap().value.len(), 2);
    assert_eq!(found.kind, Kind::Article);
}

#[test]
fn a_speech_with_byline() {
    let html = format!(
        "<html><head><title>澄湖县总工会</title></head><body><center><font size=4><b>在全县工会工作会议上的讲话</b></font><br>——县总工会主席报告<br>2015-03-09 08:05:01　编辑:李明</center><br>
<center>(县总工会主席 王芳)</center><br><center>2015年3月6日</center><br>同志们:<br><br>　　{}<br><br>　　{}<br><br>　　{}<br><br>　　谢谢大家!<br><br><center>【打印】【关闭】</center><hr><center>澄湖县总工会 主办<br>滇ICP备00000001号-2</center></body></html>",
        TEXT[0], TEXT[1], TEXT[2]
    );
    let found = read("jh/5.htm", &html);
    assert_eq!(value(&found.title), "在全县工会工作会议上的讲话");
    assert_eq!(value(&found.subtitle), "——县总工会主席报告");
    assert_eq!(value(&found.publish_time), "2015-03-09 08:05:01");
    assert_eq!(value(&found.editor), "李明");
    assert_eq!(value(&found.byline), "县总工会主席 王芳");
    assert!(found.body_text.contains("同志们") && found.body_text.ends_with("谢谢大家!"), "{}", found.body_text);
}

#[test]
fn a_page_without_any_time() {
    let html = format!(
        "<html><head><title>单位简介</title></head><body><div id=nav><a href=/>首页</a> <a href=/jj>简介</a> <a href=/ld>领导</a></div><div id=main><h2>单位简介</h2><div>{}</div><div>{}</div><div>{}</div></div><div id=footer>版权所有</div></body></html>",
        TEXT[1],
        TEXT[2],
        "本会成立于1950年，下设办公室、组织部、保障部、女工部等六个部室，现有干部职工二十余人，承担全县工会组织建设和职工维权服务工作。"
    );
    let found = read("jj.html", &html);
    assert_eq!(value(&found.title), "单位简介");
    assert_eq!(found.publish_time, None);
    assert_eq!(found.kind, Kind::Article);
    assert_eq!(found.body_text.lines().count(), 3);
}

#[test]
fn an_account_of_wechat() {
    let html = format!(
        "<!DOCTYPE html><html><head><meta property='og:title' content='致全县职工的一封信'><title></title></head><body id=activity-detail><div id=js_article class=rich_media><div class=rich_media_inner><div id=page-content>
<h1 class=rich_media_title id=activity-name>\n致全县职工的一封信\n</h1><div id=meta_content class=rich_media_meta_list><span class='rich_media_meta rich_media_meta_text'>王芳</span> <span class='rich_media_meta rich_media_meta_nickname' id=profileBt><a href='javascript:void(0);' id=js_name> 澄湖工会 </a></span> <em id=publish_time class=rich_media_meta></em></div>
<div class=rich_media_content id=js_content style='visibility: hidden;'><section><section><p><span>{}</span></p></section></section><p><img data-src='https://mmbiz.example.com/1/640?wx_fmt=jpeg' data-ratio=0.6></p><section><p>{}</p></section><p>{}</p><p>END</p><p>来源：县总工会</p><p>编辑：李明</p><p>长按识别二维码关注我们</p></div>
<script>var ct = \"1583000000\"; var nickname = htmlDecode(\"澄湖工会\"); var msg_title = '致全县职工的一封信'.html(false);</script></div></div></div><div id=js_pc_qr_code><p>微信扫一扫<br>关注该公众号</p></div></body></html>",
        TEXT[0], TEXT[1], TEXT[2]
    );
    let found = read("s.html", &html);
    assert_eq!(value(&found.title), "致全县职工的一封信");
    assert_eq!(value(&found.publish_time), "2020-03-01 02:13:20");
    assert_eq!(value(&found.source), "澄湖工会");
    assert_eq!(value(&found.editor), "李明");
    assert!(!found.body_text.contains("长按") && !found.body_text.contains("编辑"), "{}", found.body_text);
    assert_eq!(found.pictures.unwrap().value.len(), 1);
}

#[test]
fn dates_as_java_and_american_servers_write_them() {
    for (date, time) in [
        ("Wed Sep 18 06:23:00 CST 2019", "2019-09-18 06:23:00"),
        ("9/18/2019 6:23:05 AM", "2019-09-18 06:23:05"),
        ("Sep 18, 2019 6:23 PM", "2019-09-18 18:23"),
        ("二〇一九年九月十八日", "2019-09-18"),
        ("2019年09月18日 星期三 06:23", "2019-09-18 06:23"),
        ("[2019-09-18]", "2019-09-18"),
    ] {
        let html = format!(
            "<html><title>工会工作会议召开</title><body><div class=t>工会工作会议召开</div><div>{date}</div><div class=c><p>{}</p><p>{}</p></div></body></html>",
            TEXT[0], TEXT[1]
        );
        let found = read("a.html", &html);
        assert_eq!(value(&found.publish_time), time, "{date}");
        assert_eq!(found.body_text.lines().count(), 2, "{date}: {}", found.body_text);
    }
}

#[test]
fn a_party_paper_with_layers_of_titles() {
    let html = format!(
        "<html><head><title>奋力开创新局面--澄湖日报数字报</title></head><body><div class=nav><a href=/>版面导航</a><a href=/2>上一版</a></div><div class=text_c>
<h3>全县工会工作会议强调</h3><h1>奋力开创新局面</h1><h2>王芳出席并讲话</h2><h4>本报记者 张伟</h4><div class=lai><span>《澄湖日报》（2021年03月07日 第01版）</span></div><div id=ozoom><P>　　本报讯（记者 张伟）{}</P><P>　　{}</P><P>　　{}</P></div></div><div class=foot>澄湖日报社版权所有，未经书面授权禁止使用</div></body></html>",
        TEXT[0], TEXT[1], TEXT[2]
    );
    let found = read("html/2021-03/07/nw.D1.htm", &html);
    assert_eq!(value(&found.title), "奋力开创新局面");
    assert_eq!(value(&found.publish_time), "2021-03-07");
    assert_eq!(value(&found.author), "张伟");
    assert!(found.body_text.starts_with("本报讯"), "{}", found.body_text);
}

#[test]
fn a_day_in_pieces() {
    let html = format!(
        "<html><head><title>工会工作会议召开-澄湖大学</title></head><body><div class=arti><h1 class=arti_title>工会工作会议召开</h1><div class=arti_metas><span class=d>18</span><div>2019-09</div></div><div class=entry><div class=read><div class=wp_articlecontent><p>{}</p><p>{}</p></div></div></div></div></body></html>",
        TEXT[0], TEXT[1]
    );
    let found = read("a.htm", &html);
    assert_eq!(value(&found.publish_time), "2019-09-18");
    let html = "<html><head><title>工会工作会议召开-某网</title></head><body><div class=h><div class='year'><em>2023</em></div><span class=day><em>05</em>/<em>26</em></span><span class=time>10:28:31</span><div class=source>来源：某网</div><h1><span class=title>工会工作会议召开</span></h1></div><div id=detail><p>3月6日，全县工会工作会议召开，会议总结去年工作，安排部署今年任务，县委副书记出席会议并讲话。</p></div></body></html>";
    let found = read("a.htm", html);
    assert_eq!(value(&found.publish_time), "2023-05-26 10:28:31");
    assert_eq!(value(&found.source), "某网");
}

#[test]
fn a_table_of_figures_stays_a_table() {
    let html = format!(
        "<html><title>统计公报</title><body><h1>统计公报</h1><p>时间：2014-03-01 来源：统计局</p><div class=content><p>{}</p><table border=1><tr><td>指标</td><td>单位</td><td>数量</td></tr><tr><td>会员</td><td>人</td><td>12345</td></tr><tr><td>基层工会</td><td>个</td><td>321</td></tr></table><p>{}</p></div></body></html>",
        TEXT[0], TEXT[1]
    );
    let found = read("a.htm", &html);
    assert!(found.body_text.contains("会员\t人\t12345"), "{}", found.body_text);
}

#[test]
fn an_official_document_under_its_table() {
    let html = format!(
        "<html><head><title>澄湖县人民政府</title></head><body><div class=menu><a href=/>首页</a><a href=/zc>政策</a></div><div>当前位置：<a href=/>首页</a> > <a href=/zc>政策文件</a></div>
<table class=xxgk><tr><td>索 引 号：</td><td>015171/2019-00012</td><td>主题分类：</td><td>劳动、人事</td></tr><tr><td>发文机关：</td><td>县政府办公室</td><td>成文日期：</td><td>2019年03月01日</td></tr>
<tr><td>标　　题：</td><td colspan=3>澄湖县人民政府办公室关于做好春季农民工就业工作的通知</td></tr><tr><td>发文字号：</td><td>澄政办发〔2019〕12号</td><td>发布日期：</td><td>2019年03月07日</td></tr></table>
<div class=pages_content><p align=center>澄湖县人民政府办公室</p><p align=center>关于做好春季农民工就业工作的通知</p><p align=center>澄政办发〔2019〕12号</p><p>各乡镇人民政府，县直各部门：</p><p>{}</p><p>{}</p><p align=right>澄湖县人民政府办公室</p><p align=right>2019年3月1日</p><p>（此件公开发布）</p></div>
<div class=foot>版权所有：澄湖县人民政府 滇ICP备00000001号</div></body></html>",
        TEXT[1], TEXT[2]
    );
    let found = read("zc/content_12.html", &html);
    assert_eq!(value(&found.title), "澄湖县人民政府办公室关于做好春季农民工就业工作的通知");
    assert_eq!(value(&found.publish_time), "2019-03-07");
    assert_eq!(value(&found.section), "政策文件");
    assert!(
        !found.body_text.contains("015171") && found.body_text.ends_with("（此件公开发布）"),
        "{}",
        found.body_text
    );
    assert_eq!(found.kind, Kind::Article);
}

#[test]
fn a_portal_with_a_box_in_the_text() {
    let html = format!(
        "<html><head><title>城市公园更新记_社会_某某新闻网</title></head><body><ul class=nav><li><a href=/>首页</a></li><li><a href=/sh>社会</a></li></ul><h1>城市公园<br>更新记</h1><div class=meta><span class=date>2019</span><span class=md>11/25</span><span>18:57</span></div>
<div class=main><p>　　原标题：一座公园的更新</p><p>{0}</p><p>{1}</p><div class=box><h4>相关阅读</h4><ul><li><a href=1>职工书屋建到工地上</a></li><li><a href=2>送清凉到一线</a></li></ul></div><p>{2}</p><p>{3}</p><p>{0}</p><p>责任编辑：王芳_NF001</p></div>
<div class=statement>声明：该文观点仅代表作者本人，本平台仅提供信息存储服务。</div><div class=pl><h3>最新评论</h3><p>写得真好，看了很感动，希望多一些这样的公园。</p><p>我家门口也有一个，每天早上都去，人很多。</p></div></body></html>",
        TEXT[0], TEXT[1], TEXT[2], TEXT[3]
    );
    let found = read("sh/2019-11-25/1.html", &html);
    assert_eq!(value(&found.title), "城市公园更新记");
    assert_eq!(value(&found.publish_time), "2019-11-25 18:57");
    assert_eq!(value(&found.editor), "王芳");
    assert_eq!(found.body_text.lines().count(), 5, "{}", found.body_text);
}

#[test]
fn a_page_whose_text_waits_in_a_field() {
    let html = format!(
        "<html><head><title>会议召开</title><meta name=publishdate content='2021-03-07 10:11'></head><body><div id=app></div><h1>会议召开</h1><textarea style='display:none'>{}</textarea></body></html>",
        format!("<p>{}</p><p>{}</p><p>{}</p>", TEXT[0], TEXT[1], TEXT[2]).replace('<', "&lt;").replace('>', "&gt;")
    );
    let found = read("a.html", &html);
    assert_eq!(found.body_text.lines().count(), 3, "{}", found.body_text);
    assert_eq!(value(&found.publish_time), "2021-03-07 10:11");
}

#[test]
fn a_short_notice_among_long_lists() {
    let list = |name: &str| {
        let items: String = (1..=12)
            .map(|n| format!("<li><a href={n}.html>关于第{n}批推荐人选名单的通知</a><span>2016-05-{n:02}</span></li>"))
            .collect();
        format!("<div class=l><h3>{name}</h3><ul>{items}</ul></div>")
    };
    let html = format!(
        "<html><head><title>停水通知-澄湖大学后勤处</title></head><body><div><a href=/>首页</a><a href=/a>机构</a></div>{}<div class=r><div class=t><h2>停水通知</h2></div><div class=i>发布日期：16-06-01 09:30 作者：王芳</div><div class=c><p>因管道检修，6月2日8时至12时停水，请提前储水。</p></div></div>{}</body></html>",
        list("最新通知"),
        list("热点新闻")
    );
    let found = read("tz/15.html", &html);
    assert_eq!(value(&found.title), "停水通知");
    assert_eq!(value(&found.publish_time), "2016-06-01 09:30");
    assert_eq!(found.body_text, "因管道检修，6月2日8时至12时停水，请提前储水。");
    assert_eq!(found.kind, Kind::Article);
}

#[test]
fn the_name_of_the_site_in_a_heading_is_no_title() {
    let html = format!(
        "<html><head><title>工会工作会议召开_澄湖县总工会</title></head><body><h1 class=top>澄湖县总工会</h1><div><a href=/>首页</a></div><div>工会工作会议召开</div><div><p>{}</p><p>{}</p></div></body></html>",
        TEXT[0], TEXT[1]
    );
    assert_eq!(value(&read("a.html", &html).title), "工会工作会议召开");
}
