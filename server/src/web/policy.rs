//! Which scripts a page may run: our own files, and the inline scripts by which Leptos starts the client and hands it its
//! data, each named by its hash. A script that got into the page otherwise is not named, and so does not run.

use axum::{
    body::{Body, to_bytes},
    extract::State,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderValue, StatusCode, header};
use memchr::memmem;
use sha2::{Digest, Sha256};

/// The largest page, in bytes.
const LARGEST: usize = 32 * 1024 * 1024;

/// Where a watched build may connect to: the socket of live reload.
#[derive(Clone, Copy)]
pub struct Watched(pub bool);

/// Gives a page its policy. The page is whole when it comes, so it gets its length as well. A page that comes with a policy
/// of its own is none of ours, nor need it be UTF-8: a page of an old site keeps its stricter one.
pub async fn pages(State(Watched(watched)): State<Watched>, response: Response) -> Response {
    let is_page = |value: &HeaderValue| value.as_bytes().starts_with(b"text/html");
    let headers = response.headers();
    if headers.contains_key(header::CONTENT_SECURITY_POLICY) || !headers.get(header::CONTENT_TYPE).is_some_and(is_page)
    {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let page = match to_bytes(body, LARGEST).await {
        Ok(page) => page,
        Err(error) => {
            tracing::error!(%error, "a page did not end");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let (page, hashes) = match std::str::from_utf8(&page) {
        Ok(text) => trusted_scripts(text),
        Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    // The socket of live reload listens on a port of its own.
    let connect = if watched { "'self' ws:" } else { "'self'" };
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; connect-src {connect}; object-src 'none'; base-uri 'self'; form-action 'self'; \
         frame-ancestors 'self'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        parts.headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    parts.headers.remove(header::TRANSFER_ENCODING);
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(page.len()));
    Response::from_parts(parts, Body::from(page))
}

/// The page without its nonce, and the hashes of the scripts that bore it, as a source list. Leptos gives each answer a
/// random nonce and marks its own inline scripts with it. Nobody who wrote a part of the page can have known it, so a
/// script without it is none of ours. The nonce itself stays here: a page must not differ from one request to the next.
fn trusted_scripts(page: &str) -> (String, String) {
    let Some(nonce) = nonce_of(page) else { return (page.to_owned(), String::new()) };
    let (mark, fetched) = (format!(" nonce=\"{nonce}\""), format!(" crossorigin=\"{nonce}\""));
    let (mut plain, mut sources, mut done) = (String::with_capacity(page.len()), String::new(), 0);
    for at in memmem::find_iter(page.as_bytes(), nonce) {
        let upto = page.get(done..at + nonce.len() + 1).unwrap_or_default();
        if let Some(before) = upto.strip_suffix(&mark) {
            plain.push_str(before);
            if let Some(script) = script_of(before, &page[at..]) {
                sources.push_str(" 'sha256-");
                STANDARD.encode_string(Sha256::digest(script), &mut sources);
                sources.push('\'');
            }
        } else if let Some(before) = upto.strip_suffix(&fetched) {
            // Leptos writes the nonce where preloaded files say how they are fetched; any unknown word means this one.
            plain.push_str(before);
            plain.push_str(" crossorigin=\"anonymous\"");
        } else {
            continue;
        }
        done = at + nonce.len() + 1;
    }
    plain.push_str(&page[done..]);
    (plain, sources)
}

/// What stands in the script whose tag this is the beginning of, and the rest of whose tag comes after.
fn script_of<'a>(before: &str, after: &'a str) -> Option<&'a str> {
    let tag = &before[before.rfind('<')?..];
    if !tag.starts_with("<script") || tag.contains('>') {
        return None;
    }
    let script = &after[after.find('>')? + 1..];
    Some(&script[..memmem::find(script.as_bytes(), b"</script")?])
}

/// The nonce of the first script: the one that starts the client, which the shell writes before anything that depends
/// on what people wrote.
fn nonce_of(page: &str) -> Option<&str> {
    let script = &page[page.find("<script")?..];
    let tag = &script[..script.find('>')?];
    let nonce = tag.split_once(" nonce=\"")?.1;
    nonce.split_once('"').map(|(nonce, _)| nonce).filter(|nonce| nonce.len() >= 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_with_the_nonce_are_named_and_it_does_not_travel() {
        let (page, named) = trusted_scripts(
            "<head><link rel=\"preload\" crossorigin=\"0123456789abcdef\"><script nonce=\"0123456789abcdef\">a</script>\
             <title></title><script>evil</script></head><body><script nonce=\"guess\">evil</script>\
             <script type=\"module\" nonce=\"0123456789abcdef\">b</script></body>",
        );
        // printf a | openssl dgst -sha256 -binary | base64, and the same for b.
        let expected = " 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=' 'sha256-PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0='";
        assert_eq!(named, expected);
        assert!(!page.contains("0123456789abcdef") && page.contains("<script>a</script>"), "{page}");
        assert!(page.contains("crossorigin=\"anonymous\""));
    }

    #[tokio::test]
    async fn a_page_with_a_policy_of_its_own_keeps_it_and_its_bytes() {
        let old: &[u8] = b"<html>\xd6\xd0</html>";
        let of_its_own = |policy: Option<&'static str>| {
            let mut response = Response::new(Body::from(old));
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=GBK"));
            policy.map(|policy| {
                response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy))
            });
            pages(State(Watched(false)), response)
        };
        let kept = of_its_own(Some("sandbox")).await;
        assert_eq!(kept.headers()[header::CONTENT_SECURITY_POLICY], "sandbox");
        assert_eq!(to_bytes(kept.into_body(), LARGEST).await.unwrap(), old);
        assert_eq!(of_its_own(None).await.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[test]
    fn a_page_whose_first_script_has_no_nonce_names_none() {
        assert_eq!(trusted_scripts("<script>x</script><script nonce=\"0123456789abcdef\">y</script>").1, "");
        assert_eq!(trusted_scripts("<p>").1, "");
    }
}
