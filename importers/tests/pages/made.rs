//! Pages in the manner of the systems that Chinese institutions had between 2000 and 2024. No such site exists.

use importers::pages::{Field, Found, Kind, Profile, Site};

/// What is right for a page. Empty text is "nothing there", a dash is "not asked for".
#[derive(Default)]
pub struct Right {
    pub title: &'static str,
    pub subtitle: &'static str,
    pub time: &'static str,
    pub source: &'static str,
    pub author: &'static str,
    pub editor: &'static str,
    pub section: &'static str,
    pub byline: &'static str,
    pub first: &'static str,
    pub last: &'static str,
    pub not: &'static [&'static str],
    pub attachments: usize,
    pub pictures: usize,
}

pub fn read(file: &str, html: &str) -> Found {
    let found = Site::new(Profile::default()).read(file, html.as_bytes(), &|_| None).unwrap();
    found.body.iter().for_each(|body| body.value.check().unwrap());
    found
}

pub fn value(field: &Option<Field>) -> &str {
    field.as_ref().map_or("", |field| &field.value)
}

pub fn check(name: &str, file: &str, html: &str, right: &Right) {
    let found = read(file, html);
    let shown = || serde_json::to_string_pretty(&found).unwrap();
    assert_eq!(found.kind, Kind::Article, "{name}: {}", shown());
    for (what, given, wanted) in [
        ("title", &found.title, right.title),
        ("subtitle", &found.subtitle, right.subtitle),
        ("time", &found.publish_time, right.time),
        ("source", &found.source, right.source),
        ("author", &found.author, right.author),
        ("editor", &found.editor, right.editor),
        ("section", &found.section, right.section),
        ("byline", &found.byline, right.byline),
    ] {
        assert_eq!(value(given), wanted, "{name}: {what}: {}", shown());
    }
    let first = found.body_text.lines().next().unwrap_or_default();
    let last = found.body_text.lines().last().unwrap_or_default();
    assert!(first.starts_with(right.first), "{name}: first line {first}: {}", shown());
    assert!(last.ends_with(right.last), "{name}: last line {last}: {}", shown());
    for not in right.not {
        assert!(!found.body_text.contains(not), "{name}: {not}: {}", shown());
    }
    let count =
        |field: &Option<Field<Vec<importers::pages::Referred>>>| field.as_ref().map_or(0, |field| field.value.len());
    assert_eq!(count(&found.attachments), right.attachments, "{name}: attachments: {}", shown());
    assert_eq!(count(&found.pictures), right.pictures, "{name}: pictures: {}", shown());
}

pub const TEXT: [&str; 4] = [
    "3月6日，全县工会工作会议在县委党校召开。会议学习贯彻上级工会全委会议精神，总结2004年工作，安排部署今年任务。县委副书记出席会议并讲话。",
    "会议指出，过去一年，全县各级工会组织围绕中心、服务大局，在组建工会、维护职工合法权益、帮扶困难职工等方面做了大量工作，取得了明显成效。",
    "会议要求，要进一步提高认识，把思想和行动统一到上级的部署上来；要突出重点，扎实推进各项工作；要加强自身建设，努力开创工会工作新局面。",
    "各乡镇、县直各单位工会主席，以及部分企业工会负责人共120余人参加会议。",
];

#[test]
fn a_page_of_tables_of_2003() {
    let html = format!(
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'><title>澄湖县总工会</title></head>
<body bgcolor=#FFFFFF><table width=778 border=0 align=center><tr><td><img src=images/top.jpg width=778 height=120></td></tr></table>
<table width=778 align=center><tr><td><a href=index.asp>首页</a> | <a href=a.asp>工会要闻</a> | <a href=b.asp>职工维权</a> | <a href=c.asp>领导讲话</a></td></tr></table>
<table width=778 align=center><tr><td width=180 valign=top><table><tr><td>最新文章</td></tr><tr><td><a href=show.asp?id=7>关于做好冬季送温暖工作的通知</a></td></tr>
<tr><td><a href=show.asp?id=8>我县工会干部培训班开班</a></td></tr><tr><td><a href=show.asp?id=9>县总工会看望困难职工</a></td></tr></table></td>
<td width=598 valign=top>您现在的位置：<a href=index.asp>首页</a> >> <a href=a.asp>工会要闻</a> >> 正文<br>
<table width=100%><tr><td align=center><font size=5 color=red><b>全县工会工作会议召开</b></font></td></tr>
<tr><td align=center>作者：李明　来源：办公室　点击：105　更新时间：2005-3-7 9:08:12</td></tr>
<tr><td><p>　　{}<p>　　{}<br>　　{}<br><br>　　{}</td></tr>
<tr><td align=right>(责任编辑：王芳)</td></tr><tr><td>上一篇：<a href=show.asp?id=1>职工运动会闭幕</a><br>下一篇：没有了</td></tr>
<tr><td align=center>【<a href=javascript:window.print()>打印本页</a>】【<a href=javascript:close()>关闭窗口</a>】</td></tr></table></td></tr></table>
<table width=778 align=center><tr><td align=center>版权所有：澄湖县总工会 地址：澄湖县人民路1号 邮编：600000<br>滇ICP备00000001号 技术支持：澄湖网</td></tr></table></body></html>",
        TEXT[0], TEXT[1], TEXT[2], TEXT[3]
    );
    let right = Right {
        title: "全县工会工作会议召开",
        time: "2005-03-07 09:08:12",
        source: "办公室",
        author: "李明",
        editor: "王芳",
        section: "工会要闻",
        first: "3月6日，全县工会",
        last: "参加会议。",
        not: &["打印", "上一篇", "点击", "版权", "困难职工\n", "责任编辑"],
        ..Right::default()
    };
    check("tables", "show.asp?id=12.html", &html, &right);
    let gbk = encoding_rs::GBK.encode(&html).0.into_owned();
    let found = Site::default().read("show.asp?id=12.html", &gbk, &|_| None).unwrap();
    assert_eq!(value(&found.title), right.title);
    assert_eq!(found.address.value, "/show.asp?id=12");
    assert_eq!(found.body_text.lines().count(), 4, "{}", found.body_text);
}

#[test]
fn trs_with_the_tags_of_the_guideline() {
    let html = format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>全县工会工作会议召开_工会要闻_澄湖县总工会</title>
<meta name='SiteName' content='澄湖县总工会'><meta name='ColumnName' content='工会要闻'><meta name='ColumnType' content='工作动态'>
<meta name='ArticleTitle' content='全县工会工作会议召开'><meta name='PubDate' content='2018-03-07 10:30'><meta name='ContentSource' content='县总工会'></head>
<body><div class=header><ul class=nav><li><a href=/>首页</a></li><li><a href=/gk/>政务公开</a></li><li><a href=/fw/>服务</a></li></ul></div>
<div class='BreadcrumbNav'>当前位置：<a href=../>首页</a>&nbsp;&gt;&nbsp;<a href=./ class=CurrChnlCls>工会要闻</a></div>
<div class=content><h1>全县工会工作会议召开</h1><div class=info><span>发布时间：2018-03-07 10:30</span><span>来源：县总工会</span><span>字号：[<a>大</a> <a>中</a> <a>小</a>]</span></div>
<div class=view><div class=TRS_Editor><style>.TRS_Editor P{{margin:0}}</style><p align=center><img src='./W020180307.jpg' oldsrc='W020180307.jpg' width=600></p><p>　　{}</p><p>　　{}</p><p>　　{}</p><p>　　{}</p></div></div>
<div class=bshare>分享到：<a>微信</a><a>微博</a></div><div>附件：<a href='./P020180307.doc'>会议材料.doc</a></div></div>
<div class=footer><p>主办单位：澄湖县总工会 网站标识码：5300000001</p><p>滇公网安备 53000000000001号</p></div></body></html>",
        TEXT[0], TEXT[1], TEXT[2], TEXT[3]
    );
    check(
        "trs",
        "gzyw/201803/t20180307_1.html",
        &html,
        &Right {
            title: "全县工会工作会议召开",
            time: "2018-03-07 10:30",
            source: "县总工会",
            section: "工会要闻",
            first: "3月6日",
            last: "参加会议。",
            not: &["字号", "主办单位", "分享"],
            pictures: 1,
            ..Right::default()
        },
    );
}

#[test]
fn vsb_of_a_university() {
    let html = format!(
        "<HTML><HEAD><TITLE>我校召开教职工代表大会-澄湖大学工会</TITLE><META Name=keywords Content='澄湖大学工会'></HEAD><BODY>
<div class=nav><a href=../index.htm>首页</a><a href=../bmgk.htm>部门概况</a><a href=../xwdt.htm>新闻动态</a></div>
<TABLE><TR><TD class=wz>当前位置: <a href=../index.htm>首页</a> &gt;&gt; <a href=../xwdt.htm>新闻动态</a> &gt;&gt; 正文</TD></TR></TABLE>
<form name=_newscontent_fromname><table width=100%><tr><td class=titlestyle1003 align=center>我校召开教职工代表大会</td></tr>
<tr><td align=center><span class=timestyle1003>2016-04-12&nbsp;10:22</span> <span class=authorstyle1003>王芳&nbsp;&nbsp;校工会</span> (点击: <script>_showDynClicks('wbnews',1,2)</script>)</td></tr>
<tr><td class=contentstyle1003><div id=vsb_content class=v_news_content><p>{}</p><p>{}</p><p>{}</p></div></td></tr>
<tr><td>附件【<a href=/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=1>代表名单.docx</a>】已下载<span>12</span>次</td></tr>
<tr><td>上一条：<a href=1.htm>工会举办讲座</a></td></tr><tr><td>下一条：<a href=2.htm>教工健步走</a></td></tr><tr><td>【<a>关闭</a>】</td></tr></table></form>
<div>版权所有 澄湖大学工会 地址：澄湖市大学路1号 邮编：600000 电话：0000-0000000</div></BODY></HTML>",
        TEXT[1], TEXT[2], TEXT[3]
    );
    let found = read("info/1003/2345.htm", &html);
    assert_eq!(value(&found.title), "我校召开教职工代表大会");
    assert_eq!(value(&found.publish_time), "2016-04-12 10:22");
    assert_eq!(value(&found.section), "新闻动态");
    assert_eq!(found.kind, Kind::Article);
    assert!(found.body_text.starts_with("会议指出") && found.body_text.ends_with("参加会议。"), "{}", found.body_text);
}

#[test]
fn dedecms() {
    let html = format!(
        "<html><head><title>工会举办职工运动会_基层动态_澄湖工会网</title></head><body><div class=place><strong>当前位置:</strong> <a href=/>主页</a> > <a href=/jc/>基层动态</a> > </div>
<div class=viewbox><div class=title><h2>工会举办职工运动会</h2></div><div class=info><small>时间:</small>2011-08-12 16:20<small>来源:</small>未知 <small>作者:</small>admin <small>点击:</small><script src=/plus/count.php></script>次</div>
<div class=content><table width=100%><tr><td><div>　　{}</div><div>　　{}</div><div><img src=/uploads/allimg/110812/1.jpg alt='' width=500 /></div><div>　　{}</div><br/><br/>(责任编辑：admin)</td></tr></table></div>
<div class=dede_pages><ul class=pagelist></ul></div><div class=newdigg><div class=diggbox><div class=act>顶一下</div><div class=num>(0)</div></div></div>
<div class=boxoff><strong>------分隔线----------------------------</strong></div><div class=handle><div class=context><ul><li>上一篇：<a href=1.html>送清凉到一线</a></li><li>下一篇：没有了</li></ul></div></div></div>
<div class=pright><dl class=tbox><dt><strong>推荐内容</strong></dt><dd><ul><li><a href=3.html>工会开展普法宣传</a><p>为进一步增强职工法律意识，提高依法维权能力，近日县总工会组织开展了普法宣传活动...</p></li></ul></dd></dl></div>
<div class=footer>Copyright &copy; 2002-2011 澄湖工会网 版权所有 Powered by DedeCMS</div></body></html>",
        TEXT[0], TEXT[1], TEXT[2]
    );
    check(
        "dede",
        "jc/20110812/12.html",
        &html,
        &Right {
            title: "工会举办职工运动会",
            time: "2011-08-12 16:20",
            section: "基层动态",
            first: "3月6日",
            last: "新局面。",
            not: &["顶一下", "分隔线", "普法宣传", "责任编辑", "上一篇"],
            pictures: 1,
            ..Right::default()
        },
    );
}

#[test]
fn phpcms() {
    let html = format!(
        "<html><head><title>医院开展健康义诊活动 - 医院新闻 - 澄湖县人民医院</title></head><body>
<div class=crumbs><a href=/>首页</a><span> &gt; </span><a href=/yyxw/>医院新闻</a> > 正文</div>
<div id=Article><h1>医院开展健康义诊活动<br /><span>2013-05-20 08:30:15&nbsp;&nbsp;&nbsp;来源：宣传科&nbsp;&nbsp;&nbsp;评论：<a id=comment_iframe>0</a> 点击：<span id=hits></span></span></h1>
<div class=summary>为方便群众就医，医院组织专家开展义诊。</div><div class=content><p>{}</p><p>{}</p><p>{}</p></div>
<div class=related><h5>相关文章：</h5><ul><li><a href=2.html>医院举办护理技能竞赛</a><span>(2013-05-12)</span></li><li><a href=4.html>医院召开职代会</a><span>(2013-04-30)</span></li></ul></div></div></body></html>",
        TEXT[0], TEXT[1], TEXT[3]
    );
    check(
        "phpcms",
        "index.php?m=content&c=index&a=show&catid=6&id=33",
        &html,
        &Right {
            title: "医院开展健康义诊活动",
            time: "2013-05-20 08:30:15",
            source: "宣传科",
            section: "医院新闻",
            first: "",
            last: "参加会议。",
            not: &["相关文章", "竞赛"],
            ..Right::default()
        },
    );
}

#[test]
fn empirecms() {
    let html = format!(
        "<html><head><title>中学举行开学典礼-校园新闻-澄湖一中</title></head><body><table class=position><tr><td>现在的位置：<a href=/>首页</a>&nbsp;>&nbsp;<a href=/news/>校园新闻</a></td></tr></table>
<table class=main><tr><td class=news_list><table class=title_info><tr><td><h1>中学举行开学典礼</h1></td></tr><tr><td class=info_text>时间:2009-09-01 14:05来源:政教处 作者:张伟 点击: <script src=/e/public/ViewClick/?classid=1&id=2></script>次</td></tr></table>
<table><tr><td id=text><p>{}</p><p>{}</p><p>{}</p></td></tr><tr><td><p align=right>(责任编辑：admin)</p></td></tr></table>
<table><tr><td><a href=/e/public/report/>报错</a> <a href=/e/member/fava/>收藏</a></td></tr></table></td>
<td class=sider><table><tr><td><strong>热门点击</strong></td></tr><tr><td><ul><li><a href=1.html>高考录取喜报</a></li><li><a href=5.html>校运会通知</a></li></ul></td></tr></table></td></tr></table>
<table><tr><td>Powered by EmpireCMS &copy; 2002-2009</td></tr></table></body></html>",
        TEXT[2], TEXT[1], TEXT[3]
    );
    check(
        "empire",
        "news/2009-09-01/2.html",
        &html,
        &Right {
            title: "中学举行开学典礼",
            time: "2009-09-01 14:05",
            source: "政教处",
            author: "张伟",
            section: "校园新闻",
            first: "会议要求",
            last: "参加会议。",
            not: &["热门点击", "报错", "责任编辑"],
            ..Right::default()
        },
    );
}
