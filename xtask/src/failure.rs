//! What went wrong, in words for the person who typed the command.

use std::fmt;

/// The result of everything here that can go wrong.
pub type Outcome<T = ()> = Result<T, Failure>;

/// A sentence that names what failed. There is no chain of causes: whoever knows the file or the command says it.
#[derive(Debug)]
pub struct Failure {
    text: String,
    exit_code: u8,
    told: bool,
}

impl Failure {
    /// The command line itself was wrong, which by custom is exit code 2.
    pub fn usage(text: impl Into<String>) -> Self {
        Self { text: text.into(), exit_code: 2, told: false }
    }

    /// Everything was printed already and a last line of output must stay the last.
    pub fn told() -> Self {
        Self { text: String::new(), exit_code: 1, told: true }
    }

    /// Whether nothing more needs to be printed.
    pub fn is_told(&self) -> bool {
        self.told
    }

    /// The exit code of the process.
    pub fn exit_code(&self) -> u8 {
        self.exit_code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Self { text, exit_code: 1, told: false }
    }
}

impl From<&str> for Failure {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// Turns an error of a library into a sentence that names what was being done.
pub trait Told<T> {
    /// `what` is the beginning of the sentence, such as "target/site/build.json cannot be read".
    fn told(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> Told<T> for Result<T, E> {
    fn told(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| format!("{what}: {error}").into())
    }
}
