//! A large site against a small one: every page, every list of the admin with every filter, a save, a publication. Both are
//! asked in turns, without a cache, on one connection each.

use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};

use crate::bench::corpus;
use crate::bench::desk::Desk;
use crate::bench::http;
use crate::bench::pages::SECTION;
use crate::bench::rows::{Aim, Report, Row};
use crate::bench::server::{Serve, Server, page_of};
use crate::failure::Outcome;

/// How often each is asked a round.
const TURNS: usize = 10;
/// How many times as often what seems to cost too much.
const AGAIN: usize = 5;
/// How much more a large site may cost.
const MOST: Aim = Aim::TimesAtMost(1.2);

/// What a page is called, and its path on a site.
type Page<'a> = (&'a str, &'a dyn Fn(&Site) -> String);

/// A site of the two.
struct Site {
    server: Server,
    desk: Desk,
    articles: Vec<String>,
    /// The last page of the section that is full: pages of fewer rows cost less.
    last: usize,
}

impl Site {
    fn open(serve: &Serve, data: &Path, articles: usize) -> Outcome<Self> {
        let server = serve.start(data, 0)?;
        let desk = Desk::open(serve.fuxian, &server)?;
        let last = corpus::in_main_section(articles) / 20;
        let articles = server.articles(SECTION, 40)?;
        Ok(Self { server, desk, articles, last })
    }

    fn page(&self, path: &str) -> Outcome<f64> {
        let mut stream = http::connect(&self.server.side.host)?;
        let start = Instant::now();
        http::ask(&mut stream, &self.server.side.host, path, "identity")?;
        Ok(milliseconds(start))
    }

    fn call(&mut self, function: &str, body: &Value) -> Outcome<f64> {
        let start = Instant::now();
        self.desk.call(function, body)?;
        Ok(milliseconds(start))
    }
}

/// Measures all of it, the large site's figures beside the small one's.
pub fn measure(
    serve: &Serve,
    rounds: usize,
    (small, small_data): (usize, &Path),
    (large, large_data): (usize, &Path),
    report: &mut Report,
) -> Outcome {
    let mut pair = Pair {
        large: Site::open(serve, large_data, large)?,
        small: Site::open(serve, small_data, small)?,
        turns: rounds * TURNS,
    };
    pair.pages(report)?;
    pair.rooms(report)?;
    pair.lists(report)?;
    report.add(pair.turns("save of 10,000 characters", |site| milliseconds_of(site.desk.save_once()?))?);
    let publish = |site: &mut Site| {
        site.desk.save_once()?;
        milliseconds_of(site.desk.publish()?.0)
    };
    report.add(pair.turns("publish", publish)?);
    Ok(())
}

struct Pair {
    large: Site,
    small: Site,
    turns: usize,
}

impl Pair {
    /// Asks both. What seems to cost too much is asked more often before it is said: on a busy machine a short request
    /// seems to at times.
    fn turns(&mut self, what: &str, mut ask: impl FnMut(&mut Site) -> Outcome<f64>) -> Outcome<Row> {
        // The first turn finds what is only read once.
        ask(&mut self.large)?;
        ask(&mut self.small)?;
        let row = self.row(what, self.turns, &mut ask)?;
        if row.held() == Some(true) { Ok(row) } else { self.row(what, self.turns * AGAIN, &mut ask) }
    }

    fn row(&mut self, what: &str, turns: usize, ask: &mut impl FnMut(&mut Site) -> Outcome<f64>) -> Outcome<Row> {
        let (mut large, mut small) = (Vec::with_capacity(turns), Vec::with_capacity(turns));
        for turn in 0..turns {
            if turn % 2 == 0 {
                large.push(ask(&mut self.large)?);
                small.push(ask(&mut self.small)?);
            } else {
                small.push(ask(&mut self.small)?);
                large.push(ask(&mut self.large)?);
            }
        }
        Ok(Row::new(what, "ms", &large).beside(&large, &small).aim(MOST))
    }

    /// What readers may ask for.
    fn pages(&mut self, report: &mut Report) -> Outcome {
        let article = |site: &Site, n: usize| site.articles[n.min(site.articles.len() - 1)].clone();
        let pages: [Page; 11] = [
            ("front page", &|_| "/".into()),
            ("section", &|_| SECTION.into()),
            ("section, in the middle", &|site| page_of(SECTION, site.last / 2)),
            ("section, last full page", &|site| page_of(SECTION, site.last)),
            ("newest article", &|site| article(site, 0)),
            ("article", &|site| article(site, 30)),
            ("article on paper", &|site| article(site, 30) + "/print"),
            ("page that is not there", &|_| format!("{SECTION}/987654321")),
            ("section page that is not there", &|_| page_of(SECTION, 987_654)),
            ("sitemap", &|_| "/sitemap.xml".into()),
            ("health", &|_| "/healthz".into()),
        ];
        for (what, path) in pages {
            report.add(self.turns(what, |site| site.page(&path(site)))?);
        }
        Ok(())
    }

    /// The rooms of the admin that are no lists of articles.
    fn rooms(&mut self, report: &mut Report) -> Outcome {
        let nothing = json!({});
        for function in [
            "get_desk",
            "list_section_choices",
            "list_author_choices",
            "get_section_tree",
            "get_front_room",
            "list_accounts",
        ] {
            report.add(self.turns(function, |site| site.call(function, &nothing))?);
        }
        let first = json!({ "filter": {}, "mark": null });
        report.add(self.turns("list_media", |site| site.call("list_media", &first))?);
        report.add(self.turns("list_revisions", |site| {
            let asked = json!({ "article": site.desk.open_article().1, "before": null });
            site.call("list_revisions", &asked)
        })?);
        let records = [
            json!({}),
            json!({ "who": "system" }),
            json!({ "who": "visitor" }),
            json!({ "action": "import" }),
            json!({ "action": "publish" }),
            json!({ "subject": { "kind": "article" } }),
            json!({ "subject": { "kind": "article", "id": 1 }, "action": "save" }),
            json!({ "from": "2020-01-01", "to": "2020-02-01" }),
            json!({ "address": "127.0.0.1" }),
        ];
        self.filters("the record", "list_record", &records, report)
    }

    /// The list of articles with every filter and every order.
    fn lists(&mut self, report: &mut Report) -> Outcome {
        let section = json!(self.small.desk.section());
        let author = |site: &mut Site| site.desk.call("list_author_choices", &json!({}));
        let author = author(&mut self.small)?[0]["id"].clone();
        let mut filters = Vec::new();
        for sort in ["updated", "updated_oldest", "shown", "created", "scheduled"] {
            for (key, value) in [("", Value::Null), ("section", section.clone()), ("author", author.clone())] {
                for state in [Value::Null, json!("draft"), json!("published"), json!("withdrawn")] {
                    for (from, to) in [(Value::Null, Value::Null), (json!("2020-01-01"), json!("2020-01-31"))] {
                        let mut filter = json!({ "sort": sort, "state": state, "from": from, "to": to });
                        if !key.is_empty() {
                            filter[key] = value.clone();
                        }
                        filters.push(filter);
                    }
                }
            }
        }
        filters.push(json!({ "bin": true }));
        filters.push(json!({ "section": section, "author": author }));
        filters.push(json!({ "section": section, "author": author, "state": "published", "sort": "shown" }));
        for text in ["会", "工会", "第2期", "龘", "没有这个词", "抚仙湖畔"] {
            filters.push(json!({ "text": text }));
            filters.push(json!({ "text": text, "section": section, "sort": "created" }));
            filters.push(json!({ "text": text, "state": "published", "sort": "shown" }));
        }
        self.filters("articles", "list_articles", &filters, report)
    }

    /// A row for every filter that costs too much, for the dearest of the others, and for those that the small site cannot
    /// fill a page with.
    fn filters(&mut self, what: &str, function: &str, filters: &[Value], report: &mut Report) -> Outcome {
        let mut rows = Vec::with_capacity(filters.len());
        for filter in filters {
            let asked = json!({ "filter": filter, "mark": null });
            let of = |site: &mut Site| -> Outcome<usize> {
                Ok(site.desk.call(function, &asked)?["rows"].as_array().map_or(0, Vec::len))
            };
            let (few, many) = (of(&mut self.small)?, of(&mut self.large)?);
            let mut row = self.turns(&format!("{what} {}", said(filter)), |site| site.call(function, &asked))?;
            // Where the small site has not got a page of them, a full page is not to be measured by it.
            if few < many {
                row = Row { what: format!("{} ({many} rows beside {few})", row.what), aim: None, ..row };
            }
            rows.push(row);
        }
        rows.sort_by(|one, other| other.ratio.unwrap_or_default().total_cmp(&one.ratio.unwrap_or_default()));
        let (over, rest): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.held() == Some(false));
        println!("bench: {what}: {} filters, {} of them cost too much", filters.len(), over.len());
        let (held, uneven): (Vec<Row>, Vec<Row>) = rest.into_iter().partition(|row| row.aim.is_some());
        over.into_iter().chain(held.into_iter().take(1)).chain(uneven).for_each(|row| report.add(row));
        Ok(())
    }
}

/// A filter without what it does not say.
fn said(filter: &Value) -> String {
    let fields = filter.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let said: Vec<String> = fields.map(|(key, value)| format!("{key} {value}")).collect();
    if said.is_empty() { "all".to_owned() } else { said.join(", ").replace(['"', '{', '}'], "") }
}

/// Since then.
fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn milliseconds_of(micros: u64) -> Outcome<f64> {
    Ok(micros as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_said_by_what_it_filters() {
        assert_eq!(said(&json!({ "sort": "shown", "state": null, "section": 3 })), "section 3, sort shown");
        assert_eq!(said(&json!({})), "all");
    }
}
