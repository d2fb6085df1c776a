//! What a process takes of memory, as Linux tells it. Other systems give nothing, and the report says so.

use std::fmt;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::command::shown;
use crate::failure::{Outcome, Told};

/// Kilobytes, where they could be read.
#[derive(Clone, Copy, Default)]
pub struct Memory {
    /// All that is mapped and present.
    pub rss: Option<u64>,
    /// The same, with what is shared divided among those who share it.
    pub pss: Option<u64>,
}

impl Memory {
    /// Of a running process.
    pub fn of(pid: u32) -> Self {
        Self { rss: kilobytes(pid, "status", "VmRSS:"), pss: kilobytes(pid, "smaps_rollup", "Pss:") }
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PSS {}, RSS {}", megabytes(self.pss), megabytes(self.rss))
    }
}

/// The most kilobytes that a running process has had.
pub fn peak(pid: u32) -> Option<u64> {
    kilobytes(pid, "status", "VmHWM:")
}

/// Kilobytes as a person reads them.
pub fn megabytes(kilobytes: Option<u64>) -> String {
    kilobytes.map_or_else(|| "not known".into(), |kilobytes| format!("{:.1} MB", kilobytes as f64 / 1024.0))
}

/// Runs the command to its end and says how long it took and the most memory it had.
pub fn run_and_watch(command: &mut Command) -> Outcome<(Duration, Option<u64>)> {
    let name = shown(command);
    let start = Instant::now();
    let mut child = command.spawn().told(format!("`{name}` cannot be started"))?;
    let mut peak = None;
    loop {
        // The kernel keeps the peak itself; only what grows in the last moments before the end is missed.
        peak = peak.max(self::peak(child.id()));
        if let Some(status) = child.try_wait().told(format!("`{name}` cannot be waited for"))? {
            return match status.success() {
                true => Ok((start.elapsed(), peak)),
                false => Err(format!("`{name}` failed ({status})").into()),
            };
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn kilobytes(pid: u32, file: &str, key: &str) -> Option<u64> {
    line_in(&fs::read_to_string(format!("/proc/{pid}/{file}")).ok()?, key)
}

fn line_in(text: &str, key: &str) -> Option<u64> {
    text.lines().find_map(|line| line.strip_prefix(key))?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_by_its_whole_key() {
        let text = "VmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n";
        assert_eq!(
            (line_in(text, "VmRSS:"), line_in(text, "VmHWM:"), line_in(text, "Pss:")),
            (Some(1024), Some(2048), None)
        );
    }

    #[test]
    fn sizes_are_shown_in_megabytes() {
        assert_eq!(megabytes(Some(1536)), "1.5 MB");
        assert_eq!(megabytes(None), "not known");
    }
}
