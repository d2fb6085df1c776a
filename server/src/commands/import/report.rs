//! What an import says: what was recognised and left out, which lines were bad and why, and how it ended. Findings go to
//! standard output, complaints to standard error.

use indicatif::{ProgressBar, ProgressStyle};
use std::{fmt, ops::AddAssign, path::Path};
use store::articles::Outcome;

/// How many articles became what.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// New.
    pub added: u64,
    /// Here already.
    pub known: u64,
    /// Here already with other content.
    pub differs: u64,
    /// Not readable.
    pub bad: u64,
}

impl Tally {
    /// A file that was not readable at all.
    pub fn failed() -> Self {
        Self { bad: 1, ..Self::default() }
    }

    /// Articles that were read, whatever became of them.
    pub fn read(&self) -> u64 {
        self.added + self.known + self.differs
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.added += other.added;
        self.known += other.known;
        self.differs += other.differs;
        self.bad += other.bad;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { added, known, differs, bad } = self;
        write!(f, "{added} added, {known} already there, {differs} changed and left as they are, {bad} not readable")
    }
}

/// What is said of one file.
pub struct Report {
    name: String,
    bar: ProgressBar,
}

impl Report {
    /// A report without a progress bar.
    pub fn new(path: &Path) -> Self {
        Self { name: path.display().to_string(), bar: ProgressBar::hidden() }
    }

    /// With a progress bar over this many bytes, where standard error is a terminal.
    pub fn with_bar(self, bytes: u64) -> Self {
        let style = ProgressStyle::with_template("{bar:32} {percent:>3}% {bytes}/{total_bytes} {eta} left");
        let bar = ProgressBar::new(bytes);
        Self { bar: if let Ok(style) = style { bar.with_style(style) } else { bar }, ..self }
    }

    /// How far the file was read.
    pub fn position(&self, bytes: u64) {
        self.bar.set_position(bytes);
    }

    /// A file that could not be read.
    pub fn failed(&self, reason: &str) {
        eprintln!("{}: {reason}", self.name);
    }

    /// Something about a part of the file.
    pub fn said(&self, part: &str, what: &str) {
        self.complain(&format!("{}: {part}: {what}", self.name));
    }

    /// A line that could not be read.
    pub fn bad_line(&self, number: u64, reason: &str) {
        self.complain(&format!("{}:{number}: {reason}", self.name));
    }

    /// What was left out of a line that went in.
    pub fn left_out(&self, number: u64, left_out: &[String]) {
        for what in left_out {
            self.complain(&format!("{}:{number}: left out: {what}", self.name));
        }
    }

    /// An article whose content is not what came before is worth a line; the others are counted.
    pub fn outcome(&self, number: u64, outcome: Outcome) {
        if let Outcome::Differs(id) = outcome {
            self.complain(&format!("{}:{number}: changed since it came in as article {id}; left as it is", self.name));
        }
    }

    fn complain(&self, line: &str) {
        self.bar.suspend(|| eprintln!("{line}"));
    }

    /// What was found on a captured page.
    pub fn page(&self, found: &importers::Report, outcome: Option<&Outcome>) {
        println!("{}", self.name);
        for (field, value) in &found.recognised {
            println!("  {field}: {value}");
        }
        for what in &found.left_out {
            println!("  left out: {what}");
        }
        match outcome {
            Some(Outcome::Added(id)) => println!("  added as article {id}"),
            Some(Outcome::Known(id)) => println!("  already there as article {id}"),
            Some(Outcome::Differs(id)) => println!("  changed since it came in as article {id}; left as it is"),
            None => {}
        }
    }

    /// How a file of lines ended.
    pub fn done(&self, tally: &Tally) {
        self.bar.finish_and_clear();
        println!("{}: {tally}", self.name);
    }
}
