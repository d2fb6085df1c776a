//! The interface for programs, `/api/v1`: sections, articles, media, redirects. What readers see is read without a key;
//! everything else asks for a token. `/api/v1/openapi.json` is made from the types of this room; `docs/api.md` tells how it
//! is used.
//!
//! Nothing here looks at a cookie, so no other site can make a browser write. Every error is a problem (RFC 9457). The types
//! on the wire are this room's own: what the rooms of the admin say to each other changes with them, this stays.
//!
//! - `caller`: who asks, and how often they may
//! - `given`: what came, read within limits
//! - `answer`: what goes out, with its tag
//! - `problem`: every answer that is none
//! - one file a noun; `article` what is said of one, `manuscript` and `text` how one is read

mod answer;
mod article;
mod articles;
mod caller;
mod given;
mod manuscript;
mod media;
mod problem;
mod redirects;
mod sections;
mod text;

use super::WebState;
use axum::{
    Router,
    body::Body,
    extract::Request,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use http::{HeaderValue, Method, StatusCode, header};
use problem::Problem;
use std::time::Duration;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Where all of it stands.
const ROOT: &str = "/api/v1";
/// Where it is described.
const DOCUMENT: &str = "/api/v1/openapi.json";
/// How long an answer may take. A file may take as long as it comes, within limits of its own.
const LONGEST: Duration = Duration::from_secs(15);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "抚仙 API",
        description = "读者看得到的内容不用令牌就能读取；写入和读取未公开的内容，用后台“接口令牌”里生成的令牌。",
        license(name = "MIT OR Apache-2.0")
    ),
    // What only a query names is found by nobody.
    components(schemas(Problem, articles::ListState)),
    modifiers(&Tokens),
    tags(
        (name = "articles", description = "文章"),
        (name = "sections", description = "栏目"),
        (name = "media", description = "媒体库"),
        (name = "redirects", description = "旧网址跳转"),
    )
)]
struct Document;

/// How a token is sent.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut http = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("fx_…");
        http = http.description(Some("后台“接口令牌”里生成，以 fx_ 开头"));
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(http.build()));
    }
}

/// All addresses of the interface. They stand apart from those of browsers: behind none of what is for cookies or pages.
pub fn router() -> Router<WebState> {
    let (routes, document) = described();
    let document = document.to_pretty_json().unwrap_or_else(|error| {
        tracing::error!(%error, "the description of the interface for programs");
        String::new()
    });
    let described = move |headers: http::HeaderMap| async move { answer::text(&headers, &document) };
    routes
        .route(DOCUMENT, get(described))
        .route(ROOT, any(nothing))
        .route(&format!("{ROOT}/"), any(nothing))
        .route(&format!("{ROOT}/{{*rest}}"), any(nothing))
        .layer(middleware::map_response(problem::words))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(shared))
}

fn described() -> (Router<WebState>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(articles::list, articles::add))
        .routes(routes!(articles::look, articles::replace, articles::change, articles::remove))
        .routes(routes!(sections::list, sections::add))
        .routes(routes!(sections::look, sections::change, sections::remove))
        .routes(routes!(media::list, media::add))
        .routes(routes!(media::look, media::change))
        .routes(routes!(redirects::list, redirects::put, redirects::remove))
        .split_for_parts()
}

async fn nothing() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "no_such_address", "没有这个接口地址，请查看 /api/v1/openapi.json。")
}

/// What is the same for all of it: how long it takes, and that scripts of any site may read what is public. A browser
/// sends them nothing of its own with it, and lets them send no token.
async fn shared(request: Request<Body>, next: Next) -> Response {
    let (method, reads) = (request.method().clone(), matches!(*request.method(), Method::GET | Method::HEAD));
    if method == Method::OPTIONS {
        let headers = [
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, "If-None-Match"),
            (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        ];
        return (StatusCode::NO_CONTENT, headers).into_response();
    }
    let takes_file = media::takes_file(&method, request.uri().path());
    let mut response = match takes_file {
        true => next.run(request).await,
        false => match tokio::time::timeout(LONGEST, read(request, next)).await {
            Ok(response) => response,
            Err(_) => problem::busy(),
        },
    };
    if reads {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("ETag, Link, Retry-After"));
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Authorization"));
    response
}

/// Answers once the body is there, whatever becomes of it: a refusal that comes while a body is still on its way is not read.
async fn read(request: Request<Body>, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut body = body.into_data_stream();
    match given::whole(&mut body, given::LARGEST).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(problem) => {
            given::pass_over(&mut body).await;
            problem.into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::described;

    #[test]
    fn the_description_is_the_one_that_was_agreed() {
        let written = described().1.to_pretty_json().unwrap();
        for part in written.split("\"#/components/schemas/").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(written.contains(&format!("\n      \"{name}\": {{")), "{name} is named and not described");
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/openapi.json");
        let agreed = std::fs::read_to_string(path).unwrap_or_default();
        if agreed.trim() != written.trim() {
            let new = std::env::temp_dir().join("openapi.json");
            std::fs::write(&new, [&written, "\n"].concat()).unwrap();
            panic!("the interface has changed: compare {} with {path} and put it there if it is meant", new.display());
        }
    }
}
