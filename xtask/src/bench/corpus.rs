//! The articles of the bench: the same bytes on every machine, and no two articles alike.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

const CHARACTERS: usize = 2_500;
const PARAGRAPH: usize = 180;
const MAIN_SECTION: &str = "yaowen";
const OTHER_SECTIONS: [&str; 11] = [
    "yuxigonghui",
    "jianghua",
    "wenjian",
    "weiquan",
    "chuangxin",
    "nvgong",
    "caiwu",
    "lilun",
    "fengcai",
    "jiceng",
    "jiaoyu",
];

/// What the sentences are put together from.
const PHRASES: &str = "全市各级工会 广大职工群众 认真贯彻落实 上级工作部署 结合本地实际 深入基层一线 开展走访慰问 \
    送清凉活动 劳动和技能竞赛 职工书屋建设 困难职工帮扶 女职工权益保护 集体合同签订 工资集体协商 \
    安全生产教育 法律援助服务 职业技能培训 劳模创新工作室 工匠精神宣讲 新就业形态劳动者 \
    入会集中行动 户外劳动者驿站 财务管理规范 经费审查监督 民主管理制度 厂务公开工作 职工代表大会 \
    文体活动丰富 抚仙湖畔 产业工人队伍 建功立业 凝心聚力 奋发有为 取得明显成效 得到一致好评 \
    进一步推动 切实维护 合法权益 共建共享 和谐劳动关系";
const NAMES: [&str; 12] =
    ["沈建", "李文华", "王丽", "张晓明", "杨芳", "赵国强", "普丽琼", "段云", "方志伟", "许静", "马春", "白雪梅"];

/// Writes the articles as JSON Lines and says how many bytes they are.
pub fn write(path: &Path, articles: usize) -> io::Result<u64> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut random = Random::new(20_120_731);
    let phrases: Vec<&str> = PHRASES.split(' ').collect();
    let mut bytes = 0;
    for index in 0..articles {
        let line = article(index, articles, &phrases, &mut random);
        bytes += line.len() as u64 + 1;
        file.write_all(line.as_bytes())?;
        file.write_all(b"\n")?;
    }
    file.flush()?;
    Ok(bytes)
}

/// How many of the articles are in the section whose list is measured: 10,100 of 50,000.
pub fn in_main_section(articles: usize) -> usize {
    articles * 101 / 500
}

/// A line of JSON. It is put together by hand because the generator is compiled without optimisation, in which a JSON
/// library takes a minute for all articles; nothing in the texts needs escaping but the line breaks.
fn article(index: usize, articles: usize, phrases: &[&str], random: &mut Random) -> String {
    let [who, what, how] = std::array::from_fn(|_| random.pick(phrases));
    let (section, title) = (section(index, articles), format!("{who}{what}{how}（第{}期）", index + 1));
    let published_at = published_at(index, articles, random);
    let [editor, author] = std::array::from_fn(|_| random.pick(&NAMES));
    let body = body(phrases, random).replace('\n', "\\n");
    format!(
        r#"{{"section":"{section}","title":"{title}","published_at":"{published_at}","editor":"{editor}","author":"{author}","source":"玉溪市总工会","url":"https://example.org/bench/{index}","body_text":"{body}"}}"#
    )
}

/// Spreads the main section evenly among the others, as the articles of a real site come in.
fn section(index: usize, articles: usize) -> &'static str {
    let main = in_main_section(articles);
    let before = index * main / articles;
    match (index + 1) * main / articles > before {
        true => MAIN_SECTION,
        false => OTHER_SECTIONS[(index - before) % OTHER_SECTIONS.len()],
    }
}

/// From the first day of 2006 over twenty years, with a random second of the day.
fn published_at(index: usize, articles: usize, random: &mut Random) -> String {
    let (year, month, day) = date(index * 7_305 / articles);
    let second = random.below(86_400);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

/// The date so many days after the first of January 2006.
fn date(mut days: usize) -> (usize, usize, usize) {
    let leap = |year: usize| year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let mut year = 2006;
    while days >= 365 + usize::from(leap(year)) {
        days -= 365 + usize::from(leap(year));
        year += 1;
    }
    let february = 28 + usize::from(leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    (year, month, days + 1)
}

/// Exactly so many characters, in paragraphs of sentences.
fn body(phrases: &[&str], random: &mut Random) -> String {
    let mut text = String::with_capacity(CHARACTERS * 3 + 64);
    let (mut written, mut paragraph, mut parts) = (0, 0, 0);
    while written < CHARACTERS {
        let mut count = 0;
        let phrase = random.pick(phrases).chars().take(CHARACTERS - written).inspect(|_| count += 1);
        text.extend(phrase);
        (written, paragraph, parts) = (written + count, paragraph + count, parts + 1);
        if written < CHARACTERS {
            let ends = parts % 4 == 0;
            text.push(if ends { '。' } else { '，' });
            (written, paragraph) = (written + 1, paragraph + 1);
            if ends && paragraph > PARAGRAPH && written < CHARACTERS {
                text.push('\n');
                paragraph = 0;
            }
        }
    }
    text
}

/// A small generator (xorshift64*), so that the numbers are the same everywhere and for ever.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_section_holds_10_100_of_50_000_articles() {
        let main = (0..50_000).filter(|&index| section(index, 50_000) == MAIN_SECTION).count();
        assert_eq!((main, in_main_section(50_000)), (10_100, 10_100));
    }

    #[test]
    fn every_other_section_has_its_share() {
        let first = (0..50_000).filter(|&index| section(index, 50_000) == OTHER_SECTIONS[0]).count();
        assert!((3_600..3_650).contains(&first), "{first}");
    }

    #[test]
    fn a_body_has_exactly_its_characters_beside_the_line_breaks() {
        let mut random = Random::new(7);
        for _ in 0..20 {
            let body = body(&["全市各级工会", "认真贯彻落实", "奋发"], &mut random);
            assert_eq!(body.chars().filter(|&c| c != '\n').count(), CHARACTERS);
            assert!(body.lines().count() > 5 && !body.ends_with('\n'));
        }
    }

    #[test]
    fn dates_know_leap_years() {
        assert_eq!(date(0), (2006, 1, 1));
        assert_eq!(date(365 + 365 + 59), (2008, 2, 29));
        assert_eq!(date(7_304), (2025, 12, 31));
    }

    #[test]
    fn the_same_seed_gives_the_same_article() {
        let made = |seed| article(3, 10, &["全市各级工会", "奋发有为"], &mut Random::new(seed));
        assert_eq!(made(1), made(1));
        assert_ne!(made(1), made(2));
    }

    #[test]
    fn an_article_is_a_line_of_json() {
        let line = article(3, 10, &["全市各级工会", "奋发有为"], &mut Random::new(1));
        let json: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert!(!line.contains('\n') && json["body_text"].as_str().unwrap().lines().count() > 5);
        assert_eq!(json["url"], "https://example.org/bench/3");
        assert_eq!(json["published_at"].as_str().unwrap().len(), "2012-07-31 10:28:49".len());
    }
}
