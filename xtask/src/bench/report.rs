//! What the bench found, as a table for people and as JSON for comparisons.

use std::fmt;
use std::time::Duration;

use serde_json::json;

use crate::bench::desk::{Publishing, Search};
use crate::bench::editor::FirstKey;
use crate::bench::load::{Sample, median, percentile};
use crate::bench::memory::{Memory, megabytes};
use crate::bench::uploads::Uploads;

/// What loading the articles cost.
pub struct Import {
    /// How many there were.
    pub articles: usize,
    /// The size of the file.
    pub bytes: u64,
    /// From start to end.
    pub time: Duration,
    /// The most memory, in kilobytes.
    pub peak: Option<u64>,
}

impl Import {
    fn rate(&self) -> f64 {
        self.articles as f64 / self.time.as_secs_f64()
    }
}

impl fmt::Display for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { articles, time, peak, .. } = self;
        let (seconds, rate, peak) = (time.as_secs_f64(), self.rate(), megabytes(*peak));
        write!(f, "import: {articles} articles in {seconds:.1} s, {rate:.0} a second, peak RSS {peak}")
    }
}

/// A page at a number of connections: the medians over the rounds.
pub struct Measured {
    path: String,
    connections: usize,
    rate: f64,
    p50: f64,
    p99: f64,
}

impl Measured {
    /// Times are in milliseconds from here on.
    pub fn medians(path: &str, connections: usize, rounds: &[Sample]) -> Self {
        let times =
            |percent| median(rounds.iter().map(|round| percentile(&round.micros, percent) as f64 / 1000.0).collect());
        let rate = median(rounds.iter().map(|round| round.rate).collect());
        Self { path: path.into(), connections, rate, p50: times(50.0), p99: times(99.0) }
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, connections, rate, p50, p99 } = self;
        write!(f, "{path:<24}{connections:>12}{rate:>12.0}{p50:>12.2}{p99:>12.2}")
    }
}

/// All of it.
pub struct Report {
    /// The import.
    pub import: Import,
    /// The photographs.
    pub uploads: Uploads,
    /// The pages.
    pub rows: Vec<Measured>,
    /// Before the first page was asked for.
    pub idle: Memory,
    /// After the last.
    pub loaded: Memory,
    /// The page of the section's list that stands for "far back": 500, or the last of a smaller site.
    pub last_page: usize,
    /// The round trips of saves of 10,000 characters, in microseconds, sorted.
    pub saves: Vec<u64>,
    /// What publishing costs.
    pub publishing: Publishing,
    /// The text filter of the editors' list, the slowest first.
    pub searches: Vec<Search>,
    /// From opening the editor to its first key on the screen; none where no browser could be had.
    pub first_key: Option<FirstKey>,
}

impl Report {
    /// What editors wait for; the pages come later.
    pub fn new(
        import: Import,
        uploads: Uploads,
        saves: Vec<u64>,
        publishing: Publishing,
        searches: Vec<Search>,
        first_key: Option<FirstKey>,
    ) -> Self {
        let (idle, loaded) = (Memory::default(), Memory::default());
        Self { import, uploads, rows: Vec::new(), idle, loaded, last_page: 0, saves, publishing, searches, first_key }
    }

    /// How much longer the far page takes than the first, at the median of one connection.
    fn far_page_ratio(&self) -> Option<f64> {
        let p50 = |path: &str| self.rows.iter().find(|row| row.path == path && row.connections == 1).map(|row| row.p50);
        Some(p50(&format!("/yaowen?page={}", self.last_page))? / p50("/yaowen").filter(|first| *first > 0.0)?)
    }

    /// The time of a save in milliseconds.
    fn save(&self, percent: f64) -> f64 {
        milliseconds(&self.saves, percent)
    }

    /// The same for machines. Sizes are kilobytes, times milliseconds.
    pub fn json(&self) -> String {
        let rows = self.rows.iter().map(|row| {
            json!({ "path": row.path, "connections": row.connections, "requests_per_second": row.rate,
                "p50_ms": row.p50, "p99_ms": row.p99 })
        });
        let memory = |memory: &Memory| json!({ "pss_kb": memory.pss, "rss_kb": memory.rss });
        let report = json!({
            "import": { "articles": self.import.articles, "bytes": self.import.bytes,
                "seconds": self.import.time.as_secs_f64(), "articles_per_second": self.import.rate(),
                "peak_rss_kb": self.import.peak },
            "uploads": self.uploads.json(),
            "pages": rows.collect::<Vec<_>>(),
            "far_page": self.last_page,
            "far_page_ratio": self.far_page_ratio(),
            "save": { "count": self.saves.len(), "p50_ms": self.save(50.0), "p99_ms": self.save(99.0) },
            "publish": { "count": self.publishing.visible.len(),
                "acknowledged_p50_ms": milliseconds(&self.publishing.acknowledged, 50.0),
                "acknowledged_p95_ms": milliseconds(&self.publishing.acknowledged, 95.0),
                "visible_p50_ms": milliseconds(&self.publishing.visible, 50.0),
                "visible_p95_ms": milliseconds(&self.publishing.visible, 95.0) },
            "search": self.searches.iter().map(|search| json!({ "filter": search.filter, "rows": search.rows,
                "p50_ms": search.micros as f64 / 1000.0 })).collect::<Vec<_>>(),
            "first_key": self.first_key.as_ref().map(|key| json!({ "fast_ms": key.fast, "slow_ms": key.slow,
                "bytes": key.bytes })),
            "memory": { "idle": memory(&self.idle), "loaded": memory(&self.loaded) },
        });
        format!("{report:#}\n")
    }
}

fn milliseconds(micros: &[u64], percent: f64) -> f64 {
    percentile(micros, percent) as f64 / 1000.0
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}", self.import, self.uploads)?;
        writeln!(f, "{:<24}{:>12}{:>12}{:>12}{:>12}", "page", "connections", "requests/s", "p50 ms", "p99 ms")?;
        for row in &self.rows {
            writeln!(f, "{row}")?;
        }
        if let Some(ratio) = self.far_page_ratio() {
            writeln!(f, "page {} takes {ratio:.2} times as long as page 1 (p50, one connection)", self.last_page)?;
        }
        let (p50, p99) = (self.save(50.0), self.save(99.0));
        writeln!(f, "save of 10,000 characters: p50 {p50:.2} ms, p99 {p99:.2} ms over {} saves", self.saves.len())?;
        let Publishing { acknowledged, visible } = &self.publishing;
        writeln!(
            f,
            "correction of a public article: acknowledged p50 {:.2} ms, p95 {:.2} ms; then seen on its page, its section and \
             the front page after p50 {:.2} ms, p95 {:.2} ms",
            milliseconds(acknowledged, 50.0),
            milliseconds(acknowledged, 95.0),
            milliseconds(visible, 50.0),
            milliseconds(visible, 95.0)
        )?;
        for search in self.searches.iter().take(5) {
            let (time, rows) = (search.micros as f64 / 1000.0, search.rows);
            writeln!(
                f,
                "text filter, among the slowest of {}: {time:.1} ms for {} ({rows} rows)",
                self.searches.len(),
                search.filter
            )?;
        }
        if let Some(FirstKey { fast, slow, bytes }) = &self.first_key {
            let kilobytes = *bytes as f64 / 1000.0;
            writeln!(
                f,
                "editor to first key, empty cache: {fast:.0} ms, {slow:.0} ms on slow 4G at 4x CPU, {kilobytes:.0} kB"
            )?;
        }
        writeln!(f, "memory idle: {}", self.idle)?;
        write!(f, "memory after load: {}", self.loaded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(path: &str, micros: Vec<u64>) -> Measured {
        Measured::medians(path, 1, &[Sample { rate: 10.0, micros }])
    }

    fn report() -> Report {
        let import = Import { articles: 100, bytes: 1, time: Duration::from_secs(2), peak: None };
        let rows = vec![row("/yaowen", vec![1000]), row("/yaowen?page=500", vec![1500])];
        let (usable, made) = (Duration::from_secs(20), Duration::from_secs(90));
        let uploads = Uploads {
            photographs: 200,
            bytes: 1_000_000_000,
            usable,
            made,
            micros: vec![400_000],
            peak: Some(204_800),
        };
        Report {
            import,
            uploads,
            rows,
            idle: Memory::default(),
            loaded: Memory::default(),
            last_page: 500,
            saves: vec![2000, 3000],
            publishing: Publishing { acknowledged: vec![5000], visible: vec![9000] },
            searches: vec![Search { filter: "工会".into(), rows: 50, micros: 12_000 }],
            first_key: Some(FirstKey { fast: 700.0, slow: 4000.0, bytes: 600_000 }),
        }
    }

    #[test]
    fn the_far_page_is_compared_with_the_first() {
        assert_eq!(report().far_page_ratio(), Some(1.5));
        assert!(report().to_string().contains("page 500 takes 1.50 times"));
    }

    #[test]
    fn the_report_is_json_as_well() {
        let json: serde_json::Value = serde_json::from_str(&report().json()).unwrap();
        assert_eq!(json["import"]["articles_per_second"], 50.0);
        assert_eq!(json["pages"][1]["p50_ms"], 1.5);
        assert_eq!(json["uploads"]["widths_seconds"], 90.0);
        assert!(report().to_string().contains("all usable after 20.0 s"));
        assert_eq!(json["save"]["p99_ms"], 3.0);
        assert_eq!(
            (&json["publish"]["acknowledged_p95_ms"], &json["publish"]["visible_p95_ms"]),
            (&5.0.into(), &9.0.into())
        );
        assert_eq!(json["search"][0]["p50_ms"], 12.0);
        assert_eq!(json["first_key"]["slow_ms"], 4000.0);
    }
}
