//! The server that is measured: started on a free port, asked to end when the bench is done.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::bench::load;
use crate::command::program;
use crate::failure::{Outcome, Told};
use crate::place::Place;

/// A running `fuxian serve`.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts it and waits for the line that names its address.
    pub fn start(place: &Place, fuxian: &Path, data: &Path) -> Outcome<Self> {
        let mut serve = program(place, fuxian);
        serve.args(["serve", "--addr", "127.0.0.1:0", "--data"]).arg(data).stdout(Stdio::piped());
        let child = serve.spawn().told(format!("{} cannot be started", fuxian.display()))?;
        let mut server = Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)) };
        let (found, address) = mpsc::channel();
        if let Some(stdout) = server.child.stdout.take() {
            // The output is read to its end, since a full pipe would stop the server.
            std::thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    if let Some(address) = address_in(&line) {
                        let _ = found.send(address);
                    }
                }
            });
        }
        let wait = address.recv_timeout(Duration::from_secs(60));
        server.address = wait.map_err(|_| "`fuxian serve` named no address within a minute")?;
        Ok(server)
    }

    /// The process, for its memory.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The path of an article that the section's first page links to.
    pub fn first_article(&self, section: &str) -> Outcome<String> {
        let page = load::get(self.address, section)?;
        link_below(&page, section).ok_or_else(|| format!("{section} links to no article").into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        let end = Instant::now() + Duration::from_secs(15);
        while Instant::now() < end {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn address_in(line: &str) -> Option<SocketAddr> {
    let (_, rest) = line.split_once("http://")?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ':').unwrap_or(rest.len());
    rest[..end].parse().ok()
}

fn link_below(page: &str, section: &str) -> Option<String> {
    let start = format!("{section}/");
    page.split("href=").skip(1).find_map(|rest| {
        let id = rest.trim_start_matches(['"', '\'']).strip_prefix(&start)?;
        let digits: String = id.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then(|| format!("{start}{digits}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_the_line_that_names_it() {
        assert_eq!(address_in("抚仙 on http://127.0.0.1:4567/ (data)"), "127.0.0.1:4567".parse().ok());
        assert_eq!(address_in("http://127.0.0.1:80"), "127.0.0.1:80".parse().ok());
        assert_eq!(address_in("listening"), None);
    }

    #[test]
    fn an_article_is_found_among_the_links_of_a_section() {
        let page = r#"<a href="/yaowen">all</a><a href="/yaowen?page=2">2</a><a href="/yaowen/1234">one</a>"#;
        assert_eq!(link_below(page, "/yaowen"), Some("/yaowen/1234".into()));
        assert_eq!(link_below(page, "/lilun"), None);
    }
}
