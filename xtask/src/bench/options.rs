//! The command line of the bench.

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};

const KNOWN: &str = "--articles N, --photographs N, --rounds N, --seconds N, --json FILE, --against URL or --against nginx, \
    --scale, --only PART and --fuxian FILE";

/// What can be measured by itself, in the order in which it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    /// Requests a second of readers' pages, and their cost.
    Pages,
    /// Saves, publishing, searches of editors.
    Desk,
    /// What readers and editors see, in a browser.
    Browser,
    /// Memory.
    Memory,
    /// Until the first page.
    Start,
    /// Photographs into the library.
    Photographs,
}

const PARTS: [(&str, Part); 6] = [
    ("pages", Part::Pages),
    ("desk", Part::Desk),
    ("browser", Part::Browser),
    ("memory", Part::Memory),
    ("start", Part::Start),
    ("photographs", Part::Photographs),
];

/// The other server.
#[derive(Debug, PartialEq)]
pub enum Against {
    /// An nginx that is started with our pages as files.
    Nginx,
    /// One that is there: host with port, and a path.
    Url(String, String),
}

/// What was asked for.
#[derive(Debug)]
pub struct Options {
    /// Articles of the large site.
    pub articles: usize,
    /// Photographs that are sent.
    pub photographs: u64,
    /// How often each figure is measured.
    pub rounds: usize,
    /// How long a round of load lasts.
    pub seconds: u64,
    /// Where the JSON goes.
    pub json: Option<PathBuf>,
    /// What is measured in turns with ours.
    pub against: Option<Against>,
    /// Whether a large site is measured against a small one, and nothing else.
    pub scale: bool,
    /// A packaged server that is measured in place of a fresh build.
    pub fuxian: Option<PathBuf>,
    only: Vec<Part>,
}

impl Options {
    /// Whether this part is measured.
    pub fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}

/// Reads the arguments.
pub fn parse(args: &[String]) -> Outcome<Options> {
    let scale = args.iter().any(|arg| arg == "--scale");
    let articles = if scale { 200_000 } else { 50_000 };
    let mut options = Options {
        articles,
        photographs: 200,
        rounds: 3,
        seconds: 5,
        json: None,
        against: None,
        scale,
        fuxian: None,
        only: Vec::new(),
    };
    let mut args = args.iter().filter(|arg| *arg != "--scale");
    while let Some(arg) = args.next() {
        let value = args.next().ok_or_else(|| Failure::usage(format!("`bench {arg}` wants a value")))?;
        let number = || match value.parse::<u64>() {
            Ok(number) if number > 0 => Ok(number),
            _ => Err(Failure::usage(format!("`bench {arg}` wants a whole number above 0, but got `{value}`"))),
        };
        match arg.as_str() {
            "--articles" => options.articles = number()? as usize,
            "--photographs" => options.photographs = number()?,
            "--rounds" => options.rounds = number()? as usize,
            "--seconds" => options.seconds = number()?,
            "--json" => options.json = Some(PathBuf::from(value)),
            "--against" => options.against = Some(against(value)?),
            "--fuxian" => options.fuxian = Some(PathBuf::from(value)),
            "--only" => options.only.push(part(value)?),
            _ => return Err(Failure::usage(format!("`bench` takes {KNOWN}, but got `{arg}`"))),
        }
    }
    Ok(options)
}

fn part(name: &str) -> Outcome<Part> {
    let names = || PARTS.map(|(name, _)| name).join(", ");
    let found = PARTS.iter().find(|(known, _)| *known == name);
    found.map(|(_, part)| *part).ok_or_else(|| Failure::usage(format!("`--only` is one of {}, not `{name}`", names())))
}

fn against(value: &str) -> Outcome<Against> {
    if value == "nginx" {
        return Ok(Against::Nginx);
    }
    let wrong = || Failure::usage(format!("`--against` wants `nginx` or http://HOST[:PORT][/PATH], but got `{value}`"));
    let rest = value.strip_prefix("http://").ok_or_else(wrong)?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if host.is_empty() {
        return Err(wrong());
    }
    let host = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
    Ok(Against::Url(host, format!("/{path}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Outcome<Options> {
        parse(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_not_said_is_the_bench_of_the_documents() {
        let options = parsed("").unwrap();
        assert_eq!((options.articles, options.rounds, options.json.clone()), (50_000, 3, None));
        assert!(options.wants(Part::Photographs) && !options.scale && options.against.is_none());
        assert_eq!(parsed("--scale --rounds 1").unwrap().articles, 200_000);
        assert_eq!(parsed("--articles 9 --scale").unwrap().articles, 9);
    }

    #[test]
    fn numbers_are_read_and_nonsense_is_refused() {
        assert_eq!(parsed("--articles 100 --rounds 1").unwrap().articles, 100);
        assert!(parsed("--articles none").is_err() && parsed("--rounds 0").is_err() && parsed("--articles").is_err());
        assert!(parsed("--fast 1").is_err());
    }

    #[test]
    fn another_server_is_an_address_or_nginx() {
        let against = |value: &str| parsed(&format!("--against {value}")).map(|options| options.against);
        let url = |host: &str, path: &str| Some(Against::Url(host.into(), path.into()));
        assert_eq!(against("nginx").unwrap(), Some(Against::Nginx));
        assert_eq!(against("http://10.0.0.1/a?b=c").unwrap(), url("10.0.0.1:80", "/a?b=c"));
        assert_eq!(against("http://localhost:8080").unwrap(), url("localhost:8080", "/"));
        assert!(against("https://example.org").is_err() && against("http:///x").is_err());
    }

    #[test]
    fn parts_are_chosen_by_name() {
        let options = parsed("--only pages --only start").unwrap();
        assert!(options.wants(Part::Pages) && options.wants(Part::Start) && !options.wants(Part::Desk));
        assert!(parsed("--only everything").is_err());
    }
}
