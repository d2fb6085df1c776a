//! `fuxian export DIR`, and `fuxian import DIR` of what it wrote.

use crate::{
    assets::Assets,
    cache::Counters,
    config::{Config, Database},
    failure::Failure,
    installation::Installation,
    still, web,
};
use content::Actor;
use indicatif::ProgressBar;
use std::{fmt::Write, path::Path, sync::Arc};

/// How many addresses that are missing are named, at most.
const MOST_NAMED: usize = 20;

/// Redirects that are read at once.
const AT_ONCE: u32 = 500;

/// Where the static copy stands in the folder.
const SITE: &str = "site";

/// Writes everything into a folder, and unless `bare` a copy of the readers' site for any web server.
///
/// # Errors
/// Nothing to write, a folder that holds something, a disk that is full.
pub async fn run(config: &Config, folder: &Path, bare: bool) -> Result<(), Failure> {
    // Opening would make an empty one.
    if let Database::Sqlite(database) = config.database()
        && !database.is_file()
    {
        return Err(Failure::Run(format!("{}: there is no database to export", database.display())));
    }
    let installation = Installation::open(config).await?;
    let bar = bar("articles");
    let exported = installation.store.export(&Actor::Operator, &installation.files, folder, || bar.inc(1)).await?;
    bar.finish_and_clear();
    println!("{}: {} articles, {} media files", folder.display(), exported.articles, exported.media);
    for key in &exported.missing {
        eprintln!("not in the export, because the media store does not have it: {key}");
    }
    if !bare {
        copy_site(config, &installation, folder).await?;
    }
    Ok(installation.store.close().await?)
}

async fn copy_site(config: &Config, installation: &Installation, folder: &Path) -> Result<(), Failure> {
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("http://{}", config.addr));
    if config.public_url.is_none() {
        eprintln!("public_url is not set: canonical links and the sitemap of the copy say {public_url}");
    }
    let public_url = Arc::from(public_url);
    let none = Arc::from([]);
    let router = web::router(installation, Assets::find()?, public_url, config.addr, none, Counters::default());
    let site = folder.join(SITE);
    let bar = bar("pages");
    let copied = still::copy(router, &site, &folder.join("media"), || bar.inc(1)).await?;
    bar.finish_and_clear();
    let old = old_addresses(installation, &site).await?;
    let still::Copied { pages, files, missing } = copied;
    println!("{}: {pages} pages, {files} files, {old} old addresses", site.display());
    for (address, named_by) in missing.iter().take(MOST_NAMED) {
        eprintln!("not in the copy, because it is not there: {address}, named by {named_by}");
    }
    if let Some(more) = missing.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        eprintln!("and {more} more");
    }
    Ok(())
}

/// Old addresses and where they lead, as nginx reads a `map`; other web servers have their own ways to say the same.
async fn old_addresses(installation: &Installation, site: &Path) -> Result<u64, Failure> {
    let (mut lines, mut count, mut after) = (String::new(), 0, 0);
    loop {
        let redirects = installation.store.redirects(&Actor::Operator, after, AT_ONCE).await?;
        let Some(last) = redirects.last() else { break };
        after = last.id;
        for redirect in &redirects {
            if let Some(to) = installation.store.moved(&redirect.address).await? {
                let _ = writeln!(lines, "{:?} {to:?};", redirect.address);
                count += 1;
            }
        }
    }
    if count > 0 {
        let path = site.join("redirects.map");
        std::fs::write(&path, lines).map_err(|error| Failure::Run(format!("{}: {error}", path.display())))?;
    }
    Ok(count)
}

/// Takes a folder back that [`run`] wrote, into an installation that holds nothing yet.
///
/// # Errors
/// An installation that holds a site; a folder that is not as it was written. Nothing is taken then.
pub async fn take_back(config: &Config, folder: &Path) -> Result<(), Failure> {
    let installation = Installation::open(config).await?;
    let bar = bar("articles");
    let taken = installation.store.take_back(&Actor::Operator, &installation.files, folder, || bar.inc(1)).await?;
    bar.finish_and_clear();
    println!(
        "{}: took back {} articles, {} media files and {} accounts",
        folder.display(),
        taken.articles,
        taken.media,
        taken.accounts
    );
    if taken.accounts > 0 {
        println!(
            "the accounts are disabled and have no passwords: `fuxian serve` prints a link for a first administrator"
        );
    }
    Ok(installation.store.close().await?)
}

/// A counter for whoever watches; nothing where nobody does.
fn bar(what: &'static str) -> ProgressBar {
    ProgressBar::no_length().with_message(what)
}
