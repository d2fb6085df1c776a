//! What a process takes of memory, as Linux tells it. Other systems give nothing, and the report says so.

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::command::shown;
use crate::failure::{Outcome, Told};

/// What a process has, divided by those who share it, in kilobytes.
pub fn shared(pid: u32) -> Option<u64> {
    kilobytes(pid, "smaps_rollup", "Pss:")
}

/// The most kilobytes that a running process has had.
pub fn peak(pid: u32) -> Option<u64> {
    kilobytes(pid, "status", "VmHWM:")
}

/// Looks at a process while something is done, and says the most that it had.
pub fn most_meanwhile<T>(pid: u32, work: impl FnOnce() -> T) -> (T, Option<u64>) {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let look = scope.spawn(|| {
            let mut most = shared(pid);
            while !done.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(100));
                most = most.max(shared(pid));
            }
            most
        });
        let result = work();
        done.store(true, Ordering::Relaxed);
        (result, look.join().unwrap_or_default())
    })
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
}
