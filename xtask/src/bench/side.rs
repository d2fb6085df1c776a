//! A server that is measured: ours, or the one beside it.

use std::time::Duration;

use crate::bench::cpu;

/// Where it is, and whose processor time is its.
pub struct Side {
    /// Address and port.
    pub host: String,
    /// Its processes, where they run on this machine and are known.
    pub processes: Vec<u32>,
}

impl Side {
    /// What its processes have taken of the processor so far; none where one of them cannot be read.
    pub fn cpu(&self) -> Option<Duration> {
        let known = !self.processes.is_empty();
        known.then(|| self.processes.iter().map(|&pid| cpu::taken(pid)).sum()).flatten()
    }
}
