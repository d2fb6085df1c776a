//! Load: wrk, Debian's package.
//!
//! On two cores the generator takes its time from the server that it measures. One thread of wrk asks for 50,000 to 80,000
//! small pages a second with 6 µs of processor each. A generator of our own, a blocking socket a thread, came to the same
//! rate but took 11 µs, and one that anybody can run beside the bench makes its figures easier to believe.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::bench::side::Side;
use crate::command::{on_path, output};
use crate::failure::{Outcome, Told};
use crate::place::Place;
use crate::system;

/// What every round says as its last line. `status` counts answers of 400 and above.
const SAY: &str = r#"
function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('{"requests":%d,"micros":%d,"p50":%d,"p99":%d,"failed":%d}\n', summary.requests,
    summary.duration, latency:percentile(50), latency:percentile(99), failed))
end
"#;

/// One of many paths at random, the same ones in each round.
const AT_RANDOM: &str = r#"
local requests = {}
function init(arguments)
  math.randomseed(20120731)
  for path in io.lines(arguments[1]) do requests[#requests + 1] = wrk.format("GET", path) end
end
function request() return requests[math.random(#requests)] end
"#;

/// The generator.
pub struct Load {
    wrk: PathBuf,
    folder: PathBuf,
}

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// One of them at random each time.
    pub paths: &'a [String],
    /// Kept alive all the time.
    pub connections: usize,
    /// What is accepted: `identity`, `gzip` …
    pub encodings: &'a str,
    /// For so long.
    pub seconds: u64,
}

/// What one round gave.
#[derive(Debug, PartialEq)]
pub struct Sample {
    /// Requests a second over all connections.
    pub rate: f64,
    /// Milliseconds.
    pub p50: f64,
    /// Milliseconds.
    pub p99: f64,
    /// Microseconds of the server's processor a request, where its processes are known.
    pub cpu: Option<f64>,
}

impl Load {
    /// Finds the generator; the folder is for what it is told.
    pub fn find(place: &Place, folder: &Path) -> Outcome<Self> {
        let found = on_path("wrk").or_else(|| {
            system::apt_install(place, &["wrk"], "the bench asks for pages with it");
            on_path("wrk")
        });
        let wrk = found.ok_or("wrk is missing, which makes the load: install the package `wrk`")?;
        Ok(Self { wrk, folder: folder.to_owned() })
    }

    /// Asks for the pages over and over. Any answer that is an error ends the bench.
    pub fn run(&self, side: &Side, asked: &Asked) -> Outcome<Sample> {
        let (script, paths) = (self.folder.join("load.lua"), self.folder.join("paths.txt"));
        let (random, path) = match asked.paths {
            [path] => ("", path.as_str()),
            _ => (AT_RANDOM, "/"),
        };
        fs::write(&script, [SAY, random].concat()).told(format!("{} cannot be written", script.display()))?;
        fs::write(&paths, asked.paths.join("\n")).told(format!("{} cannot be written", paths.display()))?;
        let mut wrk = std::process::Command::new(&self.wrk);
        wrk.args(["--threads", "1", "--connections", &asked.connections.to_string()]);
        wrk.args(["--duration", &format!("{}s", asked.seconds), "--timeout", "30s"]);
        wrk.args(["--header", &format!("Accept-Encoding: {}", asked.encodings), "--script"]).arg(&script);
        wrk.arg(format!("http://{}{path}", side.host)).arg("--").arg(&paths);
        let before = side.cpu();
        let said = output(&mut wrk)?;
        let cpu = side.cpu().zip(before).map(|(after, before)| (after - before).as_secs_f64());
        sample(&said, cpu).map_err(|what| format!("http://{}{path}: {what}", side.host).into())
    }
}

fn sample(said: &str, cpu: Option<f64>) -> Result<Sample, String> {
    let line = said.lines().rev().find(|line| line.starts_with('{'));
    let found: Value = line
        .and_then(|line| serde_json::from_str(line).ok())
        .ok_or_else(|| format!("wrk said what cannot be read: {said}"))?;
    let [requests, micros, p50, p99, failed] =
        ["requests", "micros", "p50", "p99", "failed"].map(|name| found[name].as_f64().unwrap_or_default());
    if failed > 0.0 || requests == 0.0 {
        return Err(format!("{failed} of {requests} requests failed"));
    }
    let cpu = cpu.map(|seconds| seconds * 1e6 / requests);
    Ok(Sample { rate: requests * 1e6 / micros, p50: p50 / 1000.0, p99: p99 / 1000.0, cpu })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wrk_says_last_is_read() {
        let said = "Running 4s test\n{\"requests\":1000,\"micros\":2000000,\"p50\":1500,\"p99\":9000,\"failed\":0}\n";
        let expected = Sample { rate: 500.0, p50: 1.5, p99: 9.0, cpu: Some(20.0) };
        assert_eq!(sample(said, Some(0.02)), Ok(expected));
    }

    #[test]
    fn an_answer_that_is_an_error_ends_the_bench() {
        let said = "{\"requests\":1000,\"micros\":2000000,\"p50\":1500,\"p99\":9000,\"failed\":3}";
        assert!(sample(said, None).unwrap_err().contains("3 of 1000"));
        assert!(sample("unable to connect", None).is_err());
    }
}
