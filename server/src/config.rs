//! The configuration of an installation: `Leptos.toml`, overridden by the environment, overridden by the command line.
//! Every fault is one line that names where it stands, the key, and what was expected.

mod sources;

use crate::{cli::Place, failure::Failure, listener::Certificate, network::Network};
use sources::{Sources, environment};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};
use store::{
    Zone,
    accounts::SessionLife,
    media::{LARGEST_FILE, S3},
};

/// The file that is read when none is named.
const FILE: &str = "Leptos.toml";

/// Each key with what it expects: the one list of what can be configured.
const KEYS: &[(&str, &str)] = &[
    ("addr", "an address and a port such as \"127.0.0.1:3000\""),
    ("data", "the path of a folder"),
    ("database", "\"sqlite:<file>\" or \"postgres://user:password@host/name\""),
    ("media", "the path of a folder, or \"s3://bucket/prefix\""),
    ("s3_endpoint", "an address such as \"https://s3.example.cn\""),
    ("s3_region", "a region such as \"us-east-1\""),
    ("s3_access_key", "the name of a key of the S3 server"),
    ("s3_secret_key", "the secret of that key"),
    ("largest_file_mb", "a number of megabytes from 1 to 10240"),
    ("public_url", "an address such as \"https://www.example.cn\", without a path"),
    ("time_zone", "an IANA time zone such as \"Asia/Shanghai\""),
    ("drain_seconds", "a number of seconds from 0 to 600"),
    ("trusted_proxies", "addresses and networks such as \"127.0.0.1, 10.0.0.0/8\""),
    ("session_idle_hours", "a number of hours from 1 to 720"),
    ("session_days", "a number of days from 1 to 365"),
    ("cache_bytes", "a number of bytes, 0 for no page cache"),
    ("tls_certificate", "the path of a PEM file with the certificate and its chain"),
    ("tls_key", "the path of a PEM file with the key of the certificate"),
];

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// An SQLite file.
    Sqlite(PathBuf),
    /// The URL of a PostgreSQL server.
    Postgres(String),
}

/// Where the bytes of media are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    /// A folder.
    Folder(PathBuf),
    /// A bucket of a server that speaks S3.
    S3(S3),
}

/// How one installation runs.
#[derive(Debug)]
pub struct Config {
    /// Where the server listens.
    pub addr: SocketAddr,
    /// The data folder.
    pub data: PathBuf,
    /// The database; `None` is the SQLite file of the data folder.
    database: Option<Database>,
    /// The media store; `None` is the folder in the data folder.
    media: Option<Media>,
    /// The largest file that is taken in and is no picture, in bytes.
    pub largest_file: u64,
    /// Where readers know the site; `None` is the address on which it listens.
    pub public_url: Option<String>,
    /// The zone of the site.
    pub zone: Zone,
    /// How long running requests have to end.
    pub drain: Duration,
    /// Whose word about where a request came from is taken.
    pub trusted_proxies: Vec<Network>,
    /// How long sessions last.
    pub sessions: SessionLife,
    /// The most memory that finished pages take, in bytes.
    pub cache: usize,
    /// With which certificate the server speaks TLS; `None` is without.
    pub certificate: Option<Certificate>,
}

/// Pages of a few thousand articles in two encodings.
const CACHE: usize = 128 * 1024 * 1024;

impl Config {
    /// Reads the configuration for a command.
    ///
    /// # Errors
    /// `Failure::Config` with one line.
    pub fn read(place: &Place) -> Result<Self, Failure> {
        let mut config = match &place.config {
            Some(file) => Self::from_sources(Some(file), &environment())?,
            // Whatever is there under that name is meant, also when it cannot be read.
            None if Path::new(FILE).symlink_metadata().is_ok() => {
                Self::from_sources(Some(Path::new(FILE)), &environment())?
            }
            None => Self::from_sources(None, &environment())?,
        };
        if let Some(data) = &place.data {
            config.data.clone_from(data);
        }
        Ok(config)
    }

    /// The database, wherever the data folder is.
    pub fn database(&self) -> Database {
        self.database.clone().unwrap_or_else(|| Database::Sqlite(self.data.join("fuxian.db")))
    }

    /// The media store, wherever the data folder is.
    pub fn media(&self) -> Media {
        self.media.clone().unwrap_or_else(|| Media::Folder(self.data.join("media")))
    }

    fn from_sources(file: Option<&Path>, environment: &BTreeMap<String, String>) -> Result<Self, Failure> {
        let sources = Sources::read(file, environment)?;
        let folder = file.and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
        let path = |key: &'static str| {
            let from_file = sources.is_from_file(key);
            let path = sources
                .parsed(key, |text| if text.is_empty() { Err("it is empty") } else { Ok(PathBuf::from(text)) })?;
            // A path in the file means the same wherever the command is started.
            Ok::<_, Failure>(path.map(|path| if from_file { folder.join(path) } else { path }))
        };
        Ok(Self {
            addr: sources.parsed("addr", str::parse)?.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 3000))),
            data: path("data")?.unwrap_or_else(|| folder.join("data")),
            database: {
                let from_file = sources.is_from_file("database");
                sources.parsed("database", database)?.map(|database| match database {
                    Database::Sqlite(path) if from_file => Database::Sqlite(folder.join(path)),
                    other => other,
                })
            },
            media: match sources.parsed("media", bucket)?.flatten() {
                Some((bucket, prefix)) => Some(Media::S3(sources.s3(bucket, prefix)?)),
                None => path("media")?.map(Media::Folder),
            },
            largest_file: sources.parsed("largest_file_mb", megabytes)?.unwrap_or(LARGEST_FILE),
            public_url: sources.parsed("public_url", public_url)?,
            zone: match sources.parsed("time_zone", Zone::named)? {
                Some(zone) => zone,
                None => Zone::named("Asia/Shanghai").map_err(Failure::Config)?,
            },
            drain: sources.parsed("drain_seconds", drain)?.unwrap_or(Duration::from_secs(10)),
            trusted_proxies: sources.parsed("trusted_proxies", Network::list)?.unwrap_or_default(),
            sessions: {
                let (hour, usual) = (3600, SessionLife::default());
                let idle = sources.parsed("session_idle_hours", |text| span(text, 1..=720, hour))?;
                let longest = sources.parsed("session_days", |text| span(text, 1..=365, 24 * hour))?;
                SessionLife { idle: idle.unwrap_or(usual.idle), longest: longest.unwrap_or(usual.longest) }
            },
            cache: sources.parsed("cache_bytes", str::parse)?.unwrap_or(CACHE),
            certificate: match (path("tls_certificate")?, path("tls_key")?) {
                (Some(chain), Some(key)) => Some(Certificate { chain, key }),
                (None, None) => None,
                (Some(_), None) => return Err(sources.alone("tls_certificate", "tls_key")),
                (None, Some(_)) => return Err(sources.alone("tls_key", "tls_certificate")),
            },
        })
    }
}

fn database(text: &str) -> Result<Database, &'static str> {
    if let Some(path) = text.strip_prefix("sqlite:") {
        let path = path.strip_prefix("//").unwrap_or(path);
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        return if path.is_empty() { Err("no file is named") } else { Ok(Database::Sqlite(path.into())) };
    }
    let postgres = ["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
    if postgres { Ok(Database::Postgres(text.to_owned())) } else { Err("the engine is not known") }
}

/// Bucket and prefix of `s3://bucket/prefix`; none where a folder is meant.
fn bucket(text: &str) -> Result<Option<(String, String)>, &'static str> {
    let Some(rest) = text.strip_prefix("s3://") else { return Ok(None) };
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    if !(3..=63).contains(&bucket.len()) || !bucket.chars().all(plain) {
        return Err("it names no bucket: lower-case letters, digits, hyphens and dots, 3 to 63 of them");
    }
    Ok(Some((bucket.to_owned(), prefix.trim_matches('/').to_owned())))
}

fn megabytes(text: &str) -> Result<u64, String> {
    match text.parse::<u64>() {
        Ok(number) if (1..=10_240).contains(&number) => Ok(number * 1024 * 1024),
        Ok(_) => Err("it is out of range".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn public_url(text: &str) -> Result<String, &'static str> {
    let text = text.strip_suffix('/').unwrap_or(text);
    let url: http::Uri = text.parse().map_err(|_| "it is no address")?;
    if !matches!(url.scheme_str(), Some("http" | "https")) {
        return Err("it is not http or https");
    }
    let host = url.host().is_some_and(|host| !host.is_empty() && (host.starts_with('[') || !host.contains(':')));
    let bare = url.path() == "/" && url.query().is_none() && !text.ends_with('/') && !text.contains('@');
    if host && bare { Ok(text.to_owned()) } else { Err("it holds something else than a host and a port") }
}

fn drain(text: &str) -> Result<Duration, String> {
    span(text, 0..=600, 1)
}

/// So many of a unit of seconds.
fn span(text: &str, range: std::ops::RangeInclusive<u64>, unit: u64) -> Result<Duration, String> {
    match text.parse::<u64>() {
        Ok(number) if range.contains(&number) => Ok(Duration::from_secs(number * unit)),
        Ok(_) => Err("it is out of range".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(toml: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("Leptos.toml");
        std::fs::write(&file, toml).unwrap();
        let environment = environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Config::from_sources(Some(&file), &environment).map_err(|failure| failure.to_string())
    }

    #[test]
    fn the_environment_goes_before_the_file() {
        let config = read("addr = \"127.0.0.1:1\"\ndrain_seconds = 3", &[("FUXIAN_ADDR", "127.0.0.1:2")]).unwrap();
        assert_eq!(config.addr.port(), 2);
        assert_eq!(config.drain, Duration::from_secs(3));
    }

    #[test]
    fn a_path_in_the_file_stands_beside_the_file() {
        let config = read("data = \"here\"\ndatabase = \"sqlite:mine.db\"", &[("FUXIAN_MEDIA", "there")]).unwrap();
        assert!(matches!(config.database(), Database::Sqlite(path) if path.is_absolute() && path.ends_with("mine.db")));
        assert!(config.data.is_absolute() && config.data.ends_with("here"));
        assert_eq!(config.media(), Media::Folder(PathBuf::from("there")));
    }

    #[test]
    fn every_fault_names_its_place_its_key_and_what_was_expected() {
        for (toml, environment, parts) in [
            ("adress = 1", None, ["Leptos.toml: adress", "unknown key", "addr"]),
            ("addr = 3000", None, ["Leptos.toml: addr", "expected an address", "\"3000\""]),
            ("addr = true", None, ["Leptos.toml: addr", "expected an address", "boolean"]),
            ("time_zone = \"Mars\"", None, ["Leptos.toml: time_zone", "Asia/Shanghai", "Mars"]),
            ("database = \"mysql://x\"", None, ["Leptos.toml: database", "postgres://", "mysql"]),
            ("public_url = \"http://:::\"", None, ["Leptos.toml: public_url", "https://", ":::"]),
            ("public_url = \"https://a.cn/b\"", None, ["Leptos.toml: public_url", "https://", "a.cn/b"]),
            ("database = \"sqlite:\"", None, ["Leptos.toml: database", "sqlite:<file>", "no file"]),
            ("public_url = \"ftp://x\"", None, ["Leptos.toml: public_url", "https://", "ftp"]),
            ("trusted_proxies = \"10.0.0.0/40\"", None, ["Leptos.toml: trusted_proxies", "10.0.0.0/8", "10.0.0.0/40"]),
            ("session_idle_hours = 0", None, ["Leptos.toml: session_idle_hours", "1 to 720", "\"0\""]),
            ("session_days = 900", None, ["Leptos.toml: session_days", "1 to 365", "900"]),
            ("drain_seconds = -1", None, ["Leptos.toml: drain_seconds", "0 to 600", "-1"]),
            ("media = \"s3://B\"", None, ["Leptos.toml: media", "s3://bucket/prefix", "bucket"]),
            ("media = \"s3://bucket\"", None, ["Leptos.toml: s3_access_key", "missing", "S3"]),
            ("largest_file_mb = 0", None, ["Leptos.toml: largest_file_mb", "1 to 10240", "\"0\""]),
            ("\naddr = ", None, ["Leptos.toml:2:", "not valid TOML", ""]),
            ("", Some(("FUXIAN_ADDR", "x")), ["FUXIAN_ADDR: addr", "expected an address", "\"x\""]),
        ] {
            let error = read(toml, environment.as_slice()).unwrap_err();
            assert!(!error.contains('\n'), "{error}");
            for part in parts {
                assert!(error.contains(part), "{error} lacks {part}");
            }
        }
    }

    #[test]
    fn a_bucket_is_opened_with_keys_from_the_environment_and_never_shows_them() {
        let secret = [("FUXIAN_S3_ACCESS_KEY", "who"), ("FUXIAN_S3_SECRET_KEY", "hush")];
        let toml =
            "media = \"s3://fuxian-media/site/a\"\ns3_endpoint = \"http://127.0.0.1:9000/\"\nlargest_file_mb = 700";
        let config = read(toml, &secret).unwrap();
        let Media::S3(s3) = config.media() else { panic!("{:?}", config.media()) };
        assert_eq!(
            (s3.bucket.as_str(), s3.prefix.as_str(), s3.region.as_str()),
            ("fuxian-media", "site/a", "us-east-1")
        );
        assert_eq!((s3.endpoint.as_deref(), s3.secret_key.as_str()), (Some("http://127.0.0.1:9000"), "hush"));
        assert_eq!(config.largest_file, 700 * 1024 * 1024);
        assert!(!format!("{config:?}").contains("hush"));
        let error = read(toml, &[("FUXIAN_S3_ACCESS_KEY", "who"), ("FUXIAN_S3_SECRET_KEY", " ")]).unwrap_err();
        assert!(error.contains("s3_secret_key") && error.contains("…"), "{error}");
    }

    #[test]
    fn the_configuration_of_the_project_is_the_default() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Leptos.toml");
        let config = Config::from_sources(Some(&file), &BTreeMap::new()).unwrap();
        let bare = Config::from_sources(None, &BTreeMap::new()).unwrap();
        assert_eq!((config.addr, config.drain), (bare.addr, bare.drain));
        assert!(config.data.ends_with("data"));
    }
}
