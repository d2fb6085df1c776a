//! Our server: started on a free port, with a cache of a size that is said.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::bench::http;
use crate::bench::running::Running;
use crate::bench::side::Side;
use crate::command::program;
use crate::failure::Outcome;
use crate::place::Place;

/// The page cache of the bench in bytes, unless it is off.
pub const CACHE: u64 = 64 << 20;

/// How `fuxian serve` is started.
pub struct Serve<'a> {
    /// Where the checkout is.
    pub place: &'a Place,
    /// The binary with its assets.
    pub fuxian: &'a Path,
}

/// A running `fuxian serve`.
pub struct Server {
    running: Running,
    /// Where it is.
    pub side: Side,
    /// Its data folder.
    pub data: PathBuf,
    /// From its start to the first 200 of the front page.
    pub ready: Duration,
}

impl Serve<'_> {
    /// Starts it on this data and waits for its first page.
    pub fn start(&self, data: &Path, cache: u64) -> Outcome<Server> {
        let mut serve = program(self.place, self.fuxian);
        serve.args(["serve", "--addr", "127.0.0.1:0", "--data"]).arg(data).stdout(Stdio::piped());
        serve.env("FUXIAN_CACHE_BYTES", cache.to_string()).env("FUXIAN_LOG", "warn");
        let start = Instant::now();
        let mut running = Running::start(&mut serve)?;
        let (found, address) = mpsc::channel();
        if let Some(stdout) = running.stdout() {
            // The output is read to its end, since a full pipe would stop the server.
            std::thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    if let Some(address) = address_in(&line) {
                        let _ = found.send(address.to_owned());
                    }
                }
            });
        }
        let wait = address.recv_timeout(Duration::from_secs(60));
        let host = wait.map_err(|_| "`fuxian serve` named no address within a minute")?;
        http::get(&host, "/", "identity")?;
        let ready = start.elapsed();
        let side = Side { host, processes: vec![running.pid()] };
        Ok(Server { running, side, data: data.to_owned(), ready })
    }
}

impl Server {
    /// The process, for its memory.
    pub fn pid(&self) -> u32 {
        self.running.pid()
    }

    /// Paths of so many articles of a section, from its newest on; fewer where it has fewer.
    pub fn articles(&self, section: &str, most: usize) -> Outcome<Vec<String>> {
        let mut found: Vec<String> = Vec::new();
        for page in 1.. {
            let text = http::get(&self.side.host, &page_of(section, page), "identity")?.text();
            let before = found.len();
            for link in links_below(&text, section) {
                if !found.contains(&link) {
                    found.push(link);
                }
            }
            if found.len() >= most || found.len() == before || !text.contains(&page_of(section, page + 1)) {
                break;
            }
        }
        found.truncate(most);
        match found.is_empty() {
            true => Err(format!("{section} links to no article").into()),
            false => Ok(found),
        }
    }
}

/// The path of a page of a section's list.
pub fn page_of(section: &str, page: usize) -> String {
    if page < 2 { section.to_owned() } else { format!("{section}?page={page}") }
}

fn address_in(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("http://")?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ':').unwrap_or(rest.len());
    (end > 0).then_some(&rest[..end])
}

fn links_below(page: &str, section: &str) -> Vec<String> {
    let start = format!("{section}/");
    let links = page.split("href=").skip(1).filter_map(|rest| {
        let id = rest.trim_start_matches(['"', '\'']).strip_prefix(&start)?;
        let digits: String = id.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then(|| format!("{start}{digits}"))
    });
    links.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_the_line_that_names_it() {
        assert_eq!(address_in("抚仙 on http://127.0.0.1:4567/ (data)"), Some("127.0.0.1:4567"));
        assert_eq!(address_in("http://127.0.0.1:80"), Some("127.0.0.1:80"));
        assert_eq!((address_in("listening"), address_in("http://example.org/")), (None, None));
    }

    #[test]
    fn articles_are_found_among_the_links_of_a_section() {
        let page =
            r#"<a href="/yaowen">all</a><a href="/yaowen?page=2">2</a><a href="/yaowen/12">1</a><a href=/yaowen/3>"#;
        assert_eq!(links_below(page, "/yaowen"), ["/yaowen/12", "/yaowen/3"]);
        assert!(links_below(page, "/lilun").is_empty());
    }
}
