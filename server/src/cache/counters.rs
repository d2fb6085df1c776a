//! What the page cache has done, counted since the start.

use std::{
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

/// The counters. Clones count together.
#[derive(Clone, Debug, Default)]
pub struct Counters(Arc<Counted>);

#[derive(Debug, Default)]
struct Counted {
    hits: AtomicU64,
    misses: AtomicU64,
    shared: AtomicU64,
    dropped: AtomicU64,
    refused: AtomicU64,
    pages: AtomicU64,
    bytes: AtomicU64,
}

impl Counters {
    /// A page came from memory.
    pub fn hit(&self) {
        self.0.hits.fetch_add(1, Relaxed);
    }

    /// A page was made.
    pub fn miss(&self) {
        self.0.misses.fetch_add(1, Relaxed);
    }

    /// Somebody waited for a page that was being made already.
    pub fn shared(&self) {
        self.0.shared.fetch_add(1, Relaxed);
    }

    /// So many pages were dropped because of a change.
    pub fn dropped(&self, pages: usize) {
        self.0.dropped.fetch_add(pages as u64, Relaxed);
    }

    /// Somebody was told to come again because too many pages were being made.
    pub fn refused(&self) {
        self.0.refused.fetch_add(1, Relaxed);
    }

    /// So many pages are kept, and take so many bytes.
    pub fn size(&self, pages: usize, bytes: usize) {
        self.0.pages.store(pages as u64, Relaxed);
        self.0.bytes.store(bytes as u64, Relaxed);
    }

    /// All of them as Prometheus reads them (text format 0.0.4).
    #[must_use]
    pub fn prometheus(&self) -> String {
        let counted = &self.0;
        let mut text = String::new();
        for (name, kind, help, value) in [
            ("hits_total", "counter", "Pages that came from memory.", &counted.hits),
            ("misses_total", "counter", "Pages that were made.", &counted.misses),
            ("shared_total", "counter", "Requests that waited for a page in the making.", &counted.shared),
            ("dropped_total", "counter", "Pages that were dropped because of a change.", &counted.dropped),
            ("refused_total", "counter", "Requests that were told to come again.", &counted.refused),
            ("pages", "gauge", "Pages in memory.", &counted.pages),
            ("bytes", "gauge", "Bytes of memory that they take.", &counted.bytes),
        ] {
            let value = value.load(Relaxed);
            let name = format!("fuxian_page_cache_{name}");
            let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n");
        }
        text
    }
}
