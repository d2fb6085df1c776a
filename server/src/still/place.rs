//! From an address of the site to the file that has it, and from one file to another.
//!
//! A page is the `index.html` of a folder called like its address, which every web server finds: `/yaowen/12` is
//! `yaowen/12/index.html`. Pages of a list, which differ in their query alone, get a folder each: `yaowen/page/2/`.

use app::routes::Address;
use std::path::{Path, PathBuf};

/// Where something of the site stands in the copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page of readers, with the folder whose `index.html` it is.
    Page(PathBuf),
    /// A file that is copied as it is.
    File(PathBuf),
    /// Nothing of the copy: another site, the admin, a place within the page.
    Elsewhere,
}

/// The place of an address as a page names it.
pub fn place(address: &str) -> Place {
    let address = address.split_once('#').map_or(address, |(address, _)| address);
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    if !path.starts_with('/') || path.starts_with("//") {
        return Place::Elsewhere;
    }
    let plain = path.split('/').skip(1).all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains('\\'));
    if plain && ["/media/", "/pkg/", "/pkg-", "/sitemap"].iter().any(|prefix| path.starts_with(prefix)) {
        return Place::File(PathBuf::from(&path[1..]));
    }
    match Address::parse(path, query) {
        Some(Address::Preview { .. }) | None => Place::Elsewhere,
        Some(Address::Section { slug, page }) if page > 1 => Place::Page(format!("{slug}/page/{page}").into()),
        Some(address) => Place::Page(address.to_string().trim_start_matches('/').into()),
    }
}

/// What leads from a page to an address, relative, so that the copy may stand anywhere; none where it is elsewhere.
pub fn between(page: &Path, address: &str) -> Option<String> {
    let up = "../".repeat(page.components().count());
    let mark = address.find('#').map_or("", |at| &address[at..]);
    let to = match place(address) {
        Place::Page(folder) => format!("{up}{}/", folder.display()).replace("//", "/"),
        Place::File(file) => format!("{up}{}", file.display()),
        Place::Elsewhere => return None,
    };
    let to = if to == "/" { "./".to_owned() } else { to };
    Some(format!("{to}{mark}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_the_index_of_a_folder_called_like_its_address() {
        for (address, folder) in [
            ("/", ""),
            ("/yaowen", "yaowen"),
            ("/yaowen?page=2", "yaowen/page/2"),
            ("/yaowen/12", "yaowen/12"),
            ("/yaowen/12#fn-1", "yaowen/12"),
            ("/yaowen/12/print", "yaowen/12/print"),
        ] {
            assert_eq!(place(address), Place::Page(folder.into()), "{address}");
        }
        assert_eq!(place("/media/ab.png"), Place::File("media/ab.png".into()));
        assert_eq!(place("/pkg-1/fuxian.css"), Place::File("pkg-1/fuxian.css".into()));
        for elsewhere in [
            "https://a.example/",
            "//a.example/",
            "#fn-1",
            "mailto:a@b.cn",
            "/media/../../etc/passwd",
            "/media/..\\x",
            "/media//a",
            "/yaowen/12/x",
            "/preview/0f",
        ] {
            assert_eq!(place(elsewhere), Place::Elsewhere, "{elsewhere}");
        }
    }

    #[test]
    fn links_lead_from_wherever_the_copy_stands() {
        let from = |page: &str, address: &str| between(Path::new(page), address);
        assert_eq!(from("", "/").as_deref(), Some("./"));
        assert_eq!(from("", "/yaowen/12").as_deref(), Some("yaowen/12/"));
        assert_eq!(from("yaowen/12", "/").as_deref(), Some("../../"));
        assert_eq!(from("yaowen/12", "/media/a.png").as_deref(), Some("../../media/a.png"));
        assert_eq!(from("yaowen/page/2", "/yaowen?page=3#top").as_deref(), Some("../../../yaowen/page/3/#top"));
        assert_eq!(from("yaowen", "https://a.example/"), None);
    }
}
