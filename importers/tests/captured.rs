//! Captured pages: the one from which the project starts, and such as it could have been.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use content::{
    Refusal,
    document::{self, Block, Indent},
    section::SectionLink,
    time::WrittenTime,
};
use importers::{Draft, Fault, Report, captured};
use std::{fs, path::Path};

/// A page of a site that does not exist, with the quirks of those that do.
const PAGE: &str = "澄湖县总工会
首页 | 要闻动态 | 领导讲话 | 工会文件 | 职工之家

在全县工会工作会议上的讲话

2015-03-09 08:05:01\u{a0}\u{a0}\u{a0}编辑:李明

(县总工会主席 王芳)

2015年3月6日

同志们:

  今天召开全县工会工作会议,主要任务是总结去年工作。

\u{3000}\u{3000}下面,我讲三点意见。
\u{a0}
\u{a0}\u{a0}一是服务大局。版权所有者的权益要保护。

  谢谢大家!

\u{a0}

【打印】【关闭

澄湖县总工会 主办
本站点所有内容为澄湖县总工会版权所有/未经许可不得转载及建立镜像
制作单位:澄湖网\u{a0}

滇ICP备00000001号-2
";

fn sections() -> Vec<SectionLink> {
    [("yaowen", "要闻动态"), ("jianghua", "领导讲话"), ("wenjian", "工会文件")]
        .map(|(slug, name)| SectionLink { slug: slug.parse().unwrap(), name: name.to_owned() })
        .to_vec()
}

fn read(page: &str) -> (Draft, Report) {
    captured(page.as_bytes(), &sections()).unwrap()
}

fn fault(page: &str) -> Fault {
    captured(page.as_bytes(), &sections()).unwrap_err()
}

fn time(text: &str) -> Option<WrittenTime> {
    Some(WrittenTime::parse(text).unwrap())
}

fn text(draft: &Draft) -> String {
    document::text::of(&draft.body)
}

#[test]
fn every_part_of_the_page_finds_its_place() {
    let (draft, report) = read(PAGE);
    assert_eq!(draft.fields.title, "在全县工会工作会议上的讲话");
    assert_eq!(draft.fields.editor, "李明");
    assert_eq!(draft.fields.byline, "县总工会主席 王芳");
    assert_eq!(draft.fields.dateline, "2015年3月6日");
    assert_eq!(draft.published, time("2015-03-09 08:05:01"));
    assert_eq!(draft.section.as_deref(), Some("jianghua"));
    assert_eq!(
        text(&draft),
        "同志们:\n今天召开全县工会工作会议,主要任务是总结去年工作。\n下面,我讲三点意见。\n\
         一是服务大局。版权所有者的权益要保护。\n谢谢大家!"
    );
    assert_eq!(
        report.left_out,
        [
            "site name \"澄湖县总工会\"",
            "navigation, 5 names",
            "page tools \"【打印】【关闭\"",
            "host \"澄湖县总工会\"",
            "copyright notice \"本站点所有内容为澄湖县总工会版权所有/未经许可不得转载及建立镜像\"",
            "maker \"澄湖网\"",
            "ICP number \"滇ICP备00000001号-2\"",
        ]
    );
    let fields: Vec<&str> = report.recognised.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, ["section", "title", "published_at", "editor", "byline", "dateline", "body"]);
    assert_eq!(report.recognised[0].1, "jianghua (领导讲话, since the title ends with 讲话)");
    assert_eq!(report.recognised[6].1, "5 paragraphs, 63 characters");
}

#[test]
fn the_salutation_alone_has_no_indent() {
    let (draft, _) = read(PAGE);
    let indents: Vec<Indent> = draft
        .body
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph { attrs, .. } => attrs.indent,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(indents[0], Indent::None);
    assert!(indents[1..].iter().all(|indent| *indent == Indent::First));
}

#[test]
fn the_same_page_saved_by_another_system_is_the_same_article() {
    let (draft, _) = read(PAGE);
    let windows = format!("\u{feff}{}", PAGE.replace('\n', "\r\n"));
    let (again, _) = read(&windows);
    assert_eq!(draft, again);
    assert!(draft.identity.starts_with("sha256:") && draft.identity.ends_with(&draft.digest));
    assert_ne!(read(&PAGE.replace("三点", "四点")).0.identity, draft.identity);
}

#[test]
fn blank_lines_mean_nothing() {
    let (draft, _) = read(PAGE);
    let dense: String = PAGE.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{line}\n")).collect();
    let wide = PAGE.replace('\n', "\n\n\u{a0}\n");
    for page in [dense, wide] {
        let (again, _) = read(&page);
        assert_eq!((&again.fields, &again.body, again.published), (&draft.fields, &draft.body, draft.published));
    }
}

#[test]
fn the_line_with_the_time_has_many_spellings() {
    let with = |line: &str| read(&PAGE.replace("2015-03-09 08:05:01\u{a0}\u{a0}\u{a0}编辑:李明", line));
    for line in [
        "编辑：李明　2015-03-09 08:05:01",
        "发布时间：2015-03-09　08：05：01　责任编辑：李明",
        "2015/3/9 08:05:01 | 责编:李明",
        "【2015年3月9日 08:05:01】【编　辑：李明】",
        "发布日期:2015-03-09 08:05:01 编辑:李明 浏览次数:128",
        "（编辑：李明 2015.3.9 8:05:01）",
        "2015-03-09 星期一 08:05:01\n编辑:李明",
        "编辑:李明\n2015年3月9日8时05分01秒",
        "编辑:李明 校对：赵强 2015-03-09 08:05:01 更新时间：2016-01-01 00:00",
    ] {
        let (draft, _) = with(line);
        assert_eq!(draft.published, time("2015-03-09 08:05:01"), "{line}");
        assert_eq!(draft.fields.editor, "李明", "{line}");
        assert_eq!(draft.fields.dateline, "2015年3月6日", "{line}");
        assert!(text(&draft).starts_with("同志们"), "{line}: {}", text(&draft));
    }
    let (draft, _) = with("来源：澄湖日报 作者：张伟 王丽 2015-03-09T08:05:01+08:00");
    assert_eq!((draft.fields.source.as_str(), draft.fields.author.as_str()), ("澄湖日报", "张伟 王丽"));
    assert_eq!(draft.published, time("2015-03-09T08:05:01+08:00"));
    let (draft, report) = with("2015-03-09 08:05 澄湖日报");
    assert_eq!(draft.published, time("2015-03-09 08:05"));
    assert!(report.left_out.contains(&"beside the time: \"澄湖日报\"".to_owned()), "{report:?}");
    let (draft, _) = with("来源：澄湖日报　2015年3月9日");
    assert_eq!((draft.published, draft.fields.source.as_str()), (time("2015-03-09"), "澄湖日报"));
}

#[test]
fn what_the_page_does_not_have_is_missed_by_nobody() {
    let without = |parts: &[&str]| {
        let mut page = PAGE.to_owned();
        for part in parts {
            assert!(page.contains(part), "{part}");
            page = page.replace(part, "");
        }
        read(&page)
    };
    let whole = text(&read(PAGE).0);
    let foot = &PAGE[PAGE.find("【打印】").unwrap()..];
    let nav = PAGE.lines().nth(1).unwrap();
    for parts in [
        &["\u{a0}\u{a0}\u{a0}编辑:李明"][..],
        &["(县总工会主席 王芳)"],
        &["2015年3月6日"],
        &["2015-03-09 08:05:01\u{a0}\u{a0}\u{a0}编辑:李明"],
        &["【打印】【关闭"],
        &[nav],
        &[nav, "澄湖县总工会\n"],
        &[foot],
        &[foot, nav],
        &[
            foot,
            nav,
            "澄湖县总工会\n",
            "2015-03-09 08:05:01\u{a0}\u{a0}\u{a0}编辑:李明",
            "(县总工会主席 王芳)",
            "2015年3月6日",
        ],
    ] {
        let (draft, _) = without(parts);
        assert_eq!(draft.fields.title, "在全县工会工作会议上的讲话", "{parts:?}");
        assert_eq!(text(&draft), whole, "{parts:?}");
    }
    assert_eq!(without(&["\u{a0}\u{a0}\u{a0}编辑:李明"]).0.fields.editor, "");
    assert_eq!(without(&["2015-03-09 08:05:01\u{a0}\u{a0}\u{a0}"]).0.published, None);
}

#[test]
fn a_text_that_is_only_title_and_paragraphs_keeps_every_word() {
    let (draft, report) = read("澄湖春游\n\n春天到了\n我们去湖边。\n甲 | 乙 | 丙\n电话:0877-1234567\n");
    assert_eq!(draft.fields.title, "澄湖春游");
    assert_eq!(text(&draft), "春天到了\n我们去湖边。\n甲 | 乙 | 丙\n电话:0877-1234567");
    assert_eq!(report.left_out, [""; 0]);
    assert_eq!(draft.section, None);
}

#[test]
fn subtitles_and_tools_may_stand_above_the_text() {
    let page = PAGE
        .replace("会议上的讲话\n", "会议上的讲话\n——学习提纲\n【字号:大 中 小】【打印】\n")
        .replace("  谢谢大家!\n", "  谢谢大家!\n  澄湖县总工会\n  2015年3月6日\n(责任编辑:赵强)\n");
    let (draft, _) = read(&page.replace("编辑:李明", ""));
    assert_eq!(draft.fields.subtitle, "——学习提纲");
    assert_eq!(draft.fields.editor, "赵强");
    assert!(text(&draft).ends_with("谢谢大家!\n澄湖县总工会\n2015年3月6日"), "{}", text(&draft));
    // Where two are named the one above stands, and the other stays where it was.
    let (draft, _) = read(&page);
    assert_eq!(draft.fields.editor, "李明");
    assert!(text(&draft).ends_with("(责任编辑:赵强)"));
}

#[test]
fn breadcrumbs_say_more_than_the_title() {
    for (crumbs, section) in [
        ("您现在的位置：首页 > 要闻动态 > 正文", "yaowen"),
        ("首页 >> 要闻动态", "yaowen"),
        ("当前位置:澄湖县总工会首页»工会文件»在全县工会工作会议上的讲话", "wenjian"),
        ("您的位置： 首页 / 职工之家 / 正文", "职工之家"),
    ] {
        let (draft, _) = read(&PAGE.replace("\n\n在全县", &format!("\n{crumbs}\n在全县")));
        assert_eq!(draft.section.as_deref(), Some(section), "{crumbs}");
        assert_eq!(draft.fields.title, "在全县工会工作会议上的讲话");
    }
}

#[test]
fn a_title_tells_the_section_by_its_last_word() {
    for (title, section) in [
        ("王芳在开幕式上的致辞", Some("jianghua")),
        ("在会上的讲话（摘要）", Some("jianghua")),
        ("关于做好春节慰问工作的通知", Some("wenjian")),
        ("关于印发《经费管理办法》的通知（试行）", Some("wenjian")),
        ("我县召开工会工作会议", None),
    ] {
        let (draft, _) = read(&PAGE.replace("在全县工会工作会议上的讲话", title));
        assert_eq!(draft.section.as_deref(), section, "{title}");
    }
    assert_eq!(captured(PAGE.as_bytes(), &[]).unwrap().0.section, None);
}

#[test]
fn what_cannot_be_read_is_said_in_one_line() {
    assert_eq!(fault(""), Fault::Empty);
    assert_eq!(fault("\u{feff}\r\n \u{a0}\n\u{3000}"), Fault::Empty);
    assert_eq!(captured(b"\xef\xbb\xbfab\xd3\xf1\xcf\xaa", &[]).unwrap_err(), Fault::NotUtf8 { offset: 5 });
    assert_eq!(captured(&vec![b'a'; 9 << 20], &[]).unwrap_err(), Fault::TooLong { limit: 8 << 20 });
    let long = format!("题目\n{}", "一。\n".repeat(100_000));
    assert_eq!(
        fault(&long),
        Fault::Refused(Refusal::TooLong { field: "body".into(), limit: document::LARGEST as u64 })
    );
    assert!(matches!(fault("这里没有题目,只有一句话。"), Fault::NoTitle { .. }));
    assert!(matches!(fault("只有题目"), Fault::NoBody { .. }));
    let title = "在全县工会工作会议上的讲话";
    assert!(matches!(fault(&PAGE.replace(title, "")), Fault::NoTitle { .. }));
    let (head, foot) = (&PAGE[..PAGE.find("同志们").unwrap()], &PAGE[PAGE.find("【打印】").unwrap()..]);
    assert!(matches!(fault(&format!("{head}{foot}")), Fault::NoBody { .. }));
    for (given, shown) in [
        ("2015-02-30 08:05:01", "2015-02-30 08:05:01"),
        ("2015-13-01", "2015-13-01"),
        ("2015-03-09 24:05", "2015-03-09 24:05:00"),
    ] {
        let page = PAGE.replace("2015-03-09 08:05:01", given);
        assert_eq!(fault(&page), Fault::Refused(Refusal::BadTime { given: shown.to_owned() }), "{given}");
    }
    for fault in [fault(""), fault("只有题目"), Fault::NotUtf8 { offset: 5 }] {
        let line = fault.to_string();
        assert!(line.contains("expected") && !line.contains('\n'), "{line}");
    }
}

#[test]
fn control_characters_never_reach_a_draft() {
    let (draft, _) = read(&PAGE.replace("三点意见", "三\u{0}点\u{1b}意\t见\u{85}"));
    assert!(text(&draft).contains("三点意 见"), "{}", text(&draft));
}

#[test]
fn a_page_cut_anywhere_is_read_or_refused() {
    for (at, _) in PAGE.char_indices() {
        for part in [&PAGE[..at], &PAGE[at..]] {
            if let Ok((draft, _)) = captured(part.as_bytes(), &sections()) {
                draft.body.check().unwrap();
                draft.fields.check().unwrap();
            }
        }
    }
}

#[test]
fn a_large_page_of_furniture_takes_no_time() {
    let start = std::time::Instant::now();
    for line in ["关闭", "2015-03-09", "甲|乙|丙", "(字)", "主办", "字", "编辑:甲", "一。"] {
        let _ = captured(format!("{line}\n").repeat(50_000).as_bytes(), &sections());
    }
    assert!(start.elapsed() < std::time::Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn the_page_from_which_the_project_starts_keeps_every_word() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/seed");
    let Ok(entries) = fs::read_dir(&folder) else {
        return println!("skipped: the captured page is not beside the workspace");
    };
    let path = entries.map(|entry| entry.unwrap().path()).find(|path| path.extension().is_some_and(|e| e == "txt"));
    let page = fs::read_to_string(path.unwrap()).unwrap();
    let (draft, report) = read(&page);
    let lines: Vec<&str> = page.lines().map(document::trim_line).filter(|line| !line.is_empty()).collect();
    let dateline = lines.iter().position(|line| *line == "2012年7月27日").unwrap();
    let tools = lines.iter().position(|line| line.starts_with("【打印】")).unwrap();
    assert_eq!(text(&draft), lines[dateline + 1..tools].join("\n"));
    assert_eq!(draft.fields.title, "金毅在玉溪市职工技术协会二届一次理事会上的讲话");
    assert_eq!(draft.fields.editor, "沈建龙");
    assert_eq!(draft.fields.byline, "云南省职工技术协会副会长、省总工会技协办主任 金毅");
    assert_eq!(draft.fields.dateline, "2012年7月27日");
    assert_eq!(draft.published, time("2012-07-31 10:28:49"));
    assert_eq!(draft.section.as_deref(), Some("jianghua"));
    assert!(report.left_out.contains(&"ICP number \"滇ICP备10004260号-1\"".to_owned()), "{report:?}");
    assert!(report.left_out.contains(&"navigation, 13 names".to_owned()), "{report:?}");
    assert_eq!(report.left_out.len(), 7, "{report:?}");
    println!("{report:#?}");
}
