//! nginx with our pages as files: what a web server takes to send the very bytes that ours sends.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::bench::running::Running;
use crate::bench::side::Side;
use crate::bench::{cpu, http};
use crate::command::on_path;
use crate::failure::{Outcome, Told};
use crate::system;

/// Debian's settings, but without a log and with a connection that lives as long as the load.
const CONFIG: &str = "\
worker_processes 2;
daemon off;
pid FOLDER/nginx.pid;
error_log stderr;
events { worker_connections 768; }
http {
  default_type text/html;
  access_log off;
  sendfile on;
  tcp_nopush on;
  gzip_static on;
  keepalive_requests 1000000000;
  client_body_temp_path FOLDER/body;
  proxy_temp_path FOLDER/proxy;
  fastcgi_temp_path FOLDER/fastcgi;
  uwsgi_temp_path FOLDER/uwsgi;
  scgi_temp_path FOLDER/scgi;
  server { listen 127.0.0.1:PORT; root FOLDER/pages; }
}
";

/// A running nginx.
pub struct Nginx {
    _running: Running,
    /// Where it is.
    pub side: Side,
}

impl Nginx {
    /// Asks our server for the pages, keeps them as files, and serves these.
    pub fn start(folder: &Path, ours: &Side, pages: &[String]) -> Outcome<Self> {
        // Debian keeps it where only root's PATH leads.
        let sbin = || Some(Path::new("/usr/sbin/nginx").to_owned()).filter(|file| file.is_file());
        let nginx = on_path("nginx").or_else(sbin);
        let nginx = nginx.ok_or("nginx is missing, which is measured beside ours: install the package `nginx`")?;
        keep(&folder.join("pages"), ours, pages)?;
        let port = free_port()?;
        let config = folder.join("nginx.conf");
        // Its workers would otherwise be somebody who cannot read the files.
        let user = if system::is_root() { "user root;\n" } else { "" };
        let text = CONFIG.replace("FOLDER", &folder.display().to_string()).replace("PORT", &port.to_string());
        fs::write(&config, [user, &text].concat()).told(format!("{} cannot be written", config.display()))?;
        let mut command = Command::new(&nginx);
        command.arg("-c").arg(&config).arg("-p").arg(folder).stdout(Stdio::null());
        let running = Running::start(&mut command)?;
        let host = format!("127.0.0.1:{port}");
        wait(&host)?;
        let processes = cpu::children(running.pid());
        Ok(Self { _running: running, side: Side { host, processes } })
    }
}

/// The file's own path: nothing is rewritten on the way, which is the quickest that nginx can be asked.
pub fn path_of(page: &str) -> String {
    let name = page.trim_matches('/').replace(['?', '=', '&'], "-");
    format!("/{}.html", if name.is_empty() { "index" } else { &name })
}

fn keep(folder: &Path, ours: &Side, pages: &[String]) -> Outcome {
    for page in pages {
        let file = folder.join(path_of(page).trim_start_matches('/'));
        let parent = file.parent().unwrap_or(folder);
        fs::create_dir_all(parent).told(format!("{} cannot be made", parent.display()))?;
        for (encoding, ending) in [("identity", "html"), ("gzip", "html.gz")] {
            let answer = http::get(&ours.host, page, encoding)?;
            if answer.encoding.as_deref().unwrap_or("identity") != encoding {
                return Err(format!("{page} is not to be had in {encoding}").into());
            }
            let file = file.with_extension(ending);
            fs::write(&file, answer.body).told(format!("{} cannot be written", file.display()))?;
        }
    }
    Ok(())
}

fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").told("no free port on 127.0.0.1")?;
    Ok(listener.local_addr().told("no free port on 127.0.0.1")?.port())
}

fn wait(host: &str) -> Outcome {
    let end = Instant::now() + Duration::from_secs(10);
    while Instant::now() < end {
        if TcpStream::connect(host).is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err("nginx did not begin to listen within 10 s".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_a_file_of_its_own() {
        let files = ["/", "/yaowen", "/yaowen?page=50", "/yaowen/1234"].map(path_of);
        assert_eq!(files, ["/index.html", "/yaowen.html", "/yaowen-page-50.html", "/yaowen/1234.html"]);
    }
}
