//! The site out by the command, back by the command, and as files for any web server.

use crate::{
    folder::files_of,
    harness::{add_account, fuxian, run, text, write},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

/// A site with a build of the client, exported into `out`.
fn exported(data: &Path) -> PathBuf {
    let site = data.join("build");
    fs::create_dir_all(site.join("pkg-7")).unwrap();
    write(&site, "build.json", r#"{"build":"7","pkg_dir":"pkg-7"}"#);
    write(&site.join("pkg-7"), "fuxian.css", "body{margin:0}");
    let lines: String = (0..45)
        .map(|n| format!("{{\"title\":\"第{n}篇\",\"section\":\"yaowen\",\"body_text\":\"正文。\",\"published_at\":\"2020-01-01 08:{n:02}:00\",\"url\":\"/show.asp?id={n}\"}}\n"))
        .collect();
    let lines = write(data, "many.jsonl", lines);
    assert!(run(data, &["demo"]).status.success());
    add_account(data, "bianji", "administrator");
    let imported = run(data, &["import", "--publish", lines.to_str().unwrap()]);
    assert!(imported.status.success(), "{}", text(&imported.stderr));
    let out = data.join("out");
    let done = export(data, &out);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert_eq!(
        text(&done.stderr).lines().filter(|line| line.contains("not in the")).count(),
        0,
        "{}",
        text(&done.stderr)
    );
    out
}

fn export(data: &Path, out: &Path) -> Output {
    let mut command = fuxian(data);
    command.env("LEPTOS_SITE_ROOT", data.join("build")).env("FUXIAN_PUBLIC_URL", "https://www.example.cn");
    command.args(["export", out.to_str().unwrap()]).output().unwrap()
}

/// What a page names in these attributes.
fn named(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in [" href=\"", " src=\"", " srcset=\""] {
        for rest in html.split(name).skip(1) {
            let value = rest.split('"').next().unwrap();
            let each = value.split(", ").filter(|_| name.contains("srcset"));
            let one = Some(value).filter(|_| !name.contains("srcset"));
            found.extend(each.chain(one).map(|one| one.split(' ').next().unwrap().to_owned()));
        }
    }
    found
}

#[test]
fn the_copy_holds_every_page_that_its_pages_name_and_no_script() {
    let data = tempfile::tempdir().unwrap();
    let site = exported(data.path()).join("site");
    let files = files_of(&site);
    let mut links = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with("index.html")) {
        let html = text(bytes);
        assert!(!html.contains("<script") && !html.contains("/wasm"), "{}", path.display());
        for link in named(&html) {
            let link = link.split('#').next().unwrap();
            if link.is_empty() || ["http", "mailto:", "tel:", "data:"].iter().any(|scheme| link.starts_with(scheme)) {
                continue;
            }
            assert!(!link.starts_with('/'), "{}: {link} leads from the root", path.display());
            let mut to = PathBuf::new();
            for part in path.parent().unwrap().join(link).components() {
                match part {
                    std::path::Component::ParentDir => assert!(to.pop(), "{}: {link} leads out", path.display()),
                    std::path::Component::Normal(name) => to.push(name),
                    _ => {}
                }
            }
            let to = if link.ends_with('/') { to.join("index.html") } else { to };
            assert!(files.contains_key(&to), "{}: {link} is not there", path.display());
            links += 1;
        }
    }
    assert!(links > 1_000, "{links}");
    for file in [
        "index.html",
        "404.html",
        "sitemap.xml",
        "robots.txt",
        "redirects.map",
        "pkg-7/fuxian.css",
        "yaowen/page/2/index.html",
    ] {
        assert!(files.contains_key(Path::new(file)), "{file}: {:?}", files.keys());
    }
    let map = text(&files[Path::new("redirects.map")]);
    assert!(map.contains("\"/show.asp?id=3\" \"/yaowen/"), "{map}");
    assert!(text(&files[Path::new("index.html")]).contains("玉溪市总工会"));
}

#[test]
fn what_went_out_comes_back_by_the_command_and_is_the_same_site() {
    let data = tempfile::tempdir().unwrap();
    let out = exported(data.path());
    let first = files_of(&out);
    let url = std::env::var("FUXIAN_TEST_POSTGRES").ok();
    if url.is_none() {
        eprintln!("skipped on PostgreSQL: FUXIAN_TEST_POSTGRES names no server");
    }
    let schema = format!("x_{}", std::process::id());
    let postgres = url.map(|url| {
        let separator = if url.contains('?') { '&' } else { '?' };
        (format!("{url}{separator}options[search_path]={schema}"), url)
    });
    for database in [None, postgres] {
        let place = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(data.path().join("build"), place.path().join("build")).unwrap();
        let with = |arguments: &[&str]| {
            let mut command = fuxian(place.path());
            command
                .env("LEPTOS_SITE_ROOT", data.path().join("build"))
                .env("FUXIAN_PUBLIC_URL", "https://www.example.cn");
            if let Some((url, _)) = &database {
                command.env("FUXIAN_DATABASE", url);
            }
            command.args(arguments).output().unwrap()
        };
        if let Some((_, server)) = &database {
            schema_of(server, &schema);
        }
        let taken = with(&["import", out.to_str().unwrap()]);
        assert!(taken.status.success(), "{}", text(&taken.stderr));
        assert!(text(&taken.stdout).contains("1 accounts"), "{}", text(&taken.stdout));
        let again = with(&["import", out.to_str().unwrap()]);
        assert!(
            !again.status.success() && text(&again.stderr).contains("holds a site already"),
            "{}",
            text(&again.stderr)
        );
        let back = place.path().join("back");
        let done = with(&["export", back.to_str().unwrap()]);
        assert!(done.status.success(), "{}", text(&done.stderr));
        let second = files_of(&back);
        assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
        // What may differ is looked at by the store's own test.
        let may = ["export.json", "accounts.jsonl", "audit.jsonl"];
        for (path, bytes) in first.iter().filter(|(path, _)| !may.iter().any(|name| path.ends_with(name))) {
            assert!(bytes == &second[path], "{}:\n{}\n{}", path.display(), text(bytes), text(&second[path]));
        }
    }
}

fn schema_of(server: &str, schema: &str) {
    use sea_orm::ConnectionTrait;
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let admin = sea_orm::Database::connect(server).await.unwrap();
        admin.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await.unwrap();
        admin.close().await.unwrap();
    });
}

#[test]
fn nothing_to_export_and_nowhere_to_export_to_are_said() {
    let data = tempfile::tempdir().unwrap();
    let none = run(data.path(), &["export", "out"]);
    assert!(!none.status.success() && text(&none.stderr).contains("no database to export"), "{}", text(&none.stderr));
    assert!(run(data.path(), &["demo"]).status.success());
    let full = data.path().join("full");
    fs::create_dir(&full).unwrap();
    write(&full, "x", "x");
    let refused = run(data.path(), &["export", full.to_str().unwrap()]);
    assert!(text(&refused.stderr).contains("holds something already"), "{}", text(&refused.stderr));
    let bare = run(data.path(), &["export", "--no-site", "out"]);
    assert!(bare.status.success() && !data.path().join("out/site").exists(), "{}", text(&bare.stderr));
}
