//! How a command ends when it does not succeed: one line on standard error and an exit code.

use std::process::ExitCode;

/// Why a command did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The configuration cannot be used: exit code 2, as for a command line that cannot be read.
    #[error("{0}")]
    Config(String),
    /// Something went wrong on the way: exit code 1.
    #[error("{0}")]
    Run(String),
    /// The database or the media store did not do what it was asked: exit code 1.
    #[error("{0}")]
    Store(#[from] store::Error),
}

impl Failure {
    /// The exit code of the process.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(_) => ExitCode::from(2),
            Self::Run(_) | Self::Store(_) => ExitCode::FAILURE,
        }
    }
}
