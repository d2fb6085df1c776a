//! The command line.

use clap::{Args, Parser, Subcommand};
use std::{net::SocketAddr, path::PathBuf};

/// Fuxian (抚仙), a publishing system for institutional portals.
#[derive(Debug, Parser)]
#[command(name = "fuxian", version, about, disable_help_subcommand = true)]
pub struct Arguments {
    /// What to do; nothing named is `serve`, which is what a build that is watched starts.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Where the installation is: accepted by every command.
#[derive(Debug, Default, Args)]
pub struct Place {
    /// The data folder (database, media)
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The configuration [default: Leptos.toml in this folder, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the site; an empty database gets the demo site first
    Serve {
        #[command(flatten)]
        place: Place,
        /// Where to listen; port 0 takes a free one, which is printed
        #[arg(long, value_name = "ADDRESS:PORT")]
        addr: Option<SocketAddr>,
        /// Start an empty database with its identity and sections, without articles
        #[arg(long)]
        empty: bool,
    },
    /// Bring the database up to this version
    Migrate {
        #[command(flatten)]
        place: Place,
    },
    /// Bring articles in, as drafts: captured pages (plain text), JSON Lines, WordPress (WXR), RSS and Atom, Word (.docx),
    /// Markdown; `import site` for saved pages; or take a folder back that `export` wrote
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Import {
        /// Something else than files.
        #[command(subcommand)]
        command: Option<ImportCommand>,
        #[command(flatten)]
        place: Place,
        /// The files to read
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Where the pictures and files of an export are: a folder or a zip archive
        #[arg(long, value_name = "DIR|ZIP")]
        media: Option<PathBuf>,
        /// Publish what comes in, with the times that it bears
        #[arg(long)]
        publish: bool,
        /// Where to put articles whose section is neither given nor recognised (slug or name)
        #[arg(long, value_name = "SECTION")]
        section: Option<String>,
    },
    /// Write everything into a folder that anybody can read and `import` takes back, with a copy of the readers' site for any
    /// web server; beside a running server as well
    Export {
        #[command(flatten)]
        place: Place,
        /// The folder to write; it is empty or not there yet
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Leave the copy of the readers' site out
        #[arg(long)]
        no_site: bool,
    },
    /// Load the demo site: identity, sections, the captured article and samples
    Demo {
        #[command(flatten)]
        place: Place,
    },
    /// Accounts of editors
    Account {
        /// What to do.
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Put a backup in place of the database; what was there before is kept beside it
    Restore {
        #[command(flatten)]
        place: Place,
        /// The file that `backup` wrote
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Write database and media into one file, beside a running server as well
    Backup {
        #[command(flatten)]
        place: Place,
        /// The file to write; it must not be there yet
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// What comes in that is more than a file, and out again.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Saved or crawled pages of an old site
    Site {
        #[command(flatten)]
        place: Place,
        /// The folder or zip archive that holds them
        #[arg(value_name = "DIR|ZIP")]
        source: PathBuf,
        /// Bring nothing in: only read, and say what was found
        #[arg(long)]
        dry_run: bool,
        /// Write what was found as JSON, one object a page
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
        /// What is known of the site, TOML: see docs/import-site.md
        #[arg(long, value_name = "FILE")]
        profile: Option<PathBuf>,
        /// Publish what comes in, with the times that it bears
        #[arg(long)]
        publish: bool,
        /// Where to put articles whose section is not found (slug or name)
        #[arg(long, value_name = "SECTION")]
        section: Option<String>,
    },
    /// Take an import out again, into the bin; what somebody has changed since stays
    Undo {
        #[command(flatten)]
        place: Place,
        /// Its number, which `import` has printed
        #[arg(value_name = "NUMBER")]
        import: i64,
    },
}

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Print a one-time link to a new password; the way back for an administrator who has lost theirs
    Link {
        #[command(flatten)]
        place: Place,
        /// The name to sign in with
        #[arg(long, value_name = "NAME")]
        name: String,
        /// Turn the second factor off as well: the telephone and the recovery codes are lost
        #[arg(long)]
        remove_second_factor: bool,
    },
    /// Add an account; prints a one-time link to a password unless one is given
    Add {
        #[command(flatten)]
        place: Place,
        /// The name to sign in with
        #[arg(long, value_name = "NAME")]
        name: String,
        /// reporter, section_editor, reviewer, publisher or administrator
        #[arg(long, value_name = "ROLE")]
        role: String,
        /// The section that the role is for (slug or name); a section editor needs one
        #[arg(long, value_name = "SECTION")]
        section: Option<String>,
        /// The name that others see [default: the name to sign in with]
        #[arg(long, value_name = "NAME")]
        display_name: Option<String>,
        /// Read the password from standard input, one line
        #[arg(long)]
        password_stdin: bool,
    },
}
