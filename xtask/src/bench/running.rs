//! A process of the bench: asked to end when the bench is done with it.

use std::process::{Child, ChildStdout, Command};
use std::time::{Duration, Instant};

use crate::command::shown;
use crate::failure::{Outcome, Told};

/// How long it has to end before it is killed.
const PATIENCE: Duration = Duration::from_secs(15);

/// A process that ends with its owner.
pub struct Running {
    child: Child,
}

impl Running {
    /// Starts it.
    pub fn start(command: &mut Command) -> Outcome<Self> {
        let child = command.spawn().told(format!("`{}` cannot be started", shown(command)))?;
        Ok(Self { child })
    }

    /// Its number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it says, where that goes into a pipe; once.
    pub fn stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg("-TERM").arg(self.pid().to_string()).status();
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
