//! Which scripts a page may run: our own files, and the inline scripts by which Leptos starts the client and hands it its
//! data, each named by its hash. What stands between `<body>` and the end of `<main>` is made of what people wrote: no
//! script there is ever named, so none that got in would run.

use axum::{
    body::{Body, to_bytes},
    extract::State,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

/// The largest page, in bytes.
const LARGEST: usize = 32 * 1024 * 1024;

/// Where a watched build may connect to: the socket of live reload.
#[derive(Clone, Copy)]
pub struct Watched(pub bool);

/// Gives a page its policy. The page is whole when it comes, so it gets its length as well.
pub async fn pages(State(Watched(watched)): State<Watched>, response: Response) -> Response {
    let is_page = |value: &HeaderValue| value.as_bytes().starts_with(b"text/html");
    if !response.headers().get(header::CONTENT_TYPE).is_some_and(is_page) {
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
    let hashes = std::str::from_utf8(&page).map(trusted_scripts).unwrap_or_default();
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

/// The hashes of the inline scripts in the head and after the page's own content, as a source list.
fn trusted_scripts(page: &str) -> String {
    let head = page.find("</head>").unwrap_or(0);
    let tail = page.rfind("</main>").unwrap_or(page.len());
    let mut sources = String::new();
    for zone in [&page[..head], &page[tail..]] {
        let mut rest = zone;
        while let Some(start) = rest.find("<script") {
            rest = &rest[start..];
            let (Some(open), Some(close)) = (rest.find('>'), rest.find("</script>")) else { break };
            if open < close && !rest[..open].contains(" src=") {
                sources.push_str(" 'sha256-");
                STANDARD.encode_string(Sha256::digest(&rest.as_bytes()[open + 1..close]), &mut sources);
                sources.push('\'');
            }
            rest = &rest[close..];
        }
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_inline_scripts_are_named() {
        let named = trusted_scripts(
            "<head><script>a</script><script src=\"/x.js\"></script></head><body><main><script>evil</script></main>\
             <script type=\"module\">b</script></body>",
        );
        // printf a | openssl dgst -sha256 -binary | base64, and the same for b.
        let expected = " 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=' 'sha256-PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0='";
        assert_eq!(named, expected);
    }

    #[test]
    fn a_page_without_content_of_its_own_names_only_its_head() {
        assert_eq!(trusted_scripts("<head></head><body><script>x</script></body>"), "");
    }
}
