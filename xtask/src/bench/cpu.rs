//! What a process takes of the processor, as Linux tells it. Other systems give nothing.

use std::fs;
use std::time::Duration;

/// Linux tells times in hundredths of a second to programs, whatever the kernel counts in.
const TICK: Duration = Duration::from_millis(10);

/// User and system time of a process with all its threads, from its start.
pub fn taken(pid: u32) -> Option<Duration> {
    in_stat(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// The processes that a process has started.
pub fn children(pid: u32) -> Vec<u32> {
    let text = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    text.split_whitespace().filter_map(|pid| pid.parse().ok()).collect()
}

/// The processor by its name, how many there are, and the memory.
pub fn machine() -> String {
    let read = |file: &str, key: &str| {
        let text = fs::read_to_string(file).ok()?;
        Some(text.lines().find(|line| line.starts_with(key))?.split_once(':')?.1.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let name = read("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let memory = read("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    let memory = memory.map_or_else(String::new, |kilobytes| format!(", {:.0} GB", kilobytes / 1024.0 / 1024.0));
    format!("{cores} cores of {name}{memory}, {}", std::env::consts::OS)
}

/// The name of the program stands in brackets and may hold anything, brackets too.
fn in_stat(stat: &str) -> Option<Duration> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11).map(str::parse::<u32>);
    let (user, system) = (fields.next()?.ok()?, fields.next()?.ok()?);
    Some(TICK * (user + system))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_behind_any_name() {
        let stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 1 2 3 4 150 50 7 8 20 0 4 0 1";
        assert_eq!(in_stat(stat), Some(Duration::from_secs(2)));
        assert_eq!(in_stat("42 (a) S 1"), None);
    }
}
