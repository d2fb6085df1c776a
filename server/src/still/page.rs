//! What is changed in a page of the copy: addresses are made relative, scripts and what only they need go.

use super::place::between;
use lol_html::{HandlerResult, HtmlRewriter, Settings, element, errors::RewritingError, html_content::Element};
use std::{cell::RefCell, path::Path};

/// The attributes that name addresses, with the elements that bear them.
const NAMES: [(&str, &str); 5] = [
    ("a[href]", "href"),
    ("link[href]:not([rel=modulepreload])", "href"),
    ("img[src]", "src"),
    ("video[src]", "src"),
    ("video[poster]", "poster"),
];

/// Scripts, and what only they need.
const SCRIPTS: &str = "script, link[rel=modulepreload]";

/// The page for the copy, and the addresses of this site that it names.
///
/// # Errors
/// A page that the rewriter does not take.
pub fn rewritten(html: &[u8], page: &Path) -> Result<(Vec<u8>, Vec<String>), RewritingError> {
    let named = RefCell::new(Vec::new());
    let relative = |address: &str| {
        let to = between(page, address)?;
        named.borrow_mut().push(address.to_owned());
        Some(to)
    };
    let named_by = |name: &'static str| {
        let relative = &relative;
        move |element: &mut Element<'_, '_>| {
            // Attributes come as they are written; of the references only that of `&` stands in addresses of ours.
            let address = element.get_attribute(name).unwrap_or_default().replace("&amp;", "&");
            if let Some(to) = relative(&address) {
                element.set_attribute(name, &to)?;
            }
            Ok(())
        }
    };
    let widths = |element: &mut Element<'_, '_>| {
        let widths = element.get_attribute("srcset").unwrap_or_default();
        let each = widths.split(',').map(|one| {
            let (address, width) = one.trim().split_once(' ').unwrap_or((one.trim(), ""));
            let to = relative(address).unwrap_or_else(|| address.to_owned());
            format!("{to} {width}").trim_end().to_owned()
        });
        let each: Vec<String> = each.collect();
        element.set_attribute("srcset", &each.join(", "))?;
        Ok(())
    };
    let mut handlers: Vec<_> = NAMES.iter().map(|(selector, name)| element!(selector, named_by(name))).collect();
    handlers.push(element!("img[srcset]", widths));
    handlers.push(element!(SCRIPTS, gone));
    let mut out = Vec::with_capacity(html.len());
    let settings = handlers.into_iter().fold(Settings::new(), Settings::append_element_content_handler);
    rewrite(html, settings, &mut out)?;
    Ok((out, named.into_inner()))
}

/// A page that is served for addresses of any depth: its own stay as they are, from the root of the site.
///
/// # Errors
/// A page that the rewriter does not take.
pub fn without_scripts(html: &[u8]) -> Result<Vec<u8>, RewritingError> {
    let mut out = Vec::with_capacity(html.len());
    let settings = Settings::new().append_element_content_handler(element!(SCRIPTS, gone));
    rewrite(html, settings, &mut out)?;
    Ok(out)
}

fn gone(element: &mut Element<'_, '_>) -> HandlerResult {
    element.remove();
    Ok(())
}

fn rewrite(html: &[u8], settings: Settings<'_, '_>, out: &mut Vec<u8>) -> Result<(), RewritingError> {
    let mut rewriter = HtmlRewriter::new(settings, |part: &[u8]| out.extend_from_slice(part));
    rewriter.write(html)?;
    rewriter.end()
}

/// A page that sends on to another, for web servers that know no redirects.
pub fn leading_to(to: &str) -> String {
    let mut escaped = String::new();
    content::document::html::escape(to, &mut escaped);
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n<title>此页已迁移</title>\n\
         <meta http-equiv=\"refresh\" content=\"0; url={escaped}\">\n<link rel=\"canonical\" href=\"{escaped}\">\n\
         <p><a href=\"{escaped}\">此页已迁移，请点击这里前往。</a></p>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_ours_become_relative_and_no_script_stays() {
        let html = r##"<head><link rel="stylesheet" href="/pkg-1/fuxian.css"><link rel="canonical" href="https://a.example/yaowen">
            <link rel="modulepreload" href="/pkg-1/fuxian.js"><script nonce="x">go()</script></head>
            <a href="/yaowen?page=2">2</a><a href="https://b.example/?a=1&amp;b=2">b</a><a href="/admin">x</a>
            <img src="/media/a.png" srcset="/media/a-480.webp 480w, /media/a-960.webp 960w"><a href="#fn-1">1</a>"##;
        let (out, named) = rewritten(html.as_bytes(), Path::new("yaowen/12")).unwrap();
        let out = String::from_utf8(out).unwrap();
        for expected in [
            "href=\"../../pkg-1/fuxian.css\"",
            "href=\"https://a.example/yaowen\"",
            "href=\"../../yaowen/page/2/\"",
            "href=\"https://b.example/?a=1&amp;b=2\"",
            "srcset=\"../../media/a-480.webp 480w, ../../media/a-960.webp 960w\"",
            "href=\"#fn-1\"",
        ] {
            assert!(out.contains(expected), "{expected} in {out}");
        }
        assert!(!out.contains("script") && !out.contains("modulepreload"), "{out}");
        let expected =
            ["/pkg-1/fuxian.css", "/yaowen?page=2", "/media/a.png", "/media/a-480.webp", "/media/a-960.webp"];
        assert_eq!(named, expected);
    }
}
