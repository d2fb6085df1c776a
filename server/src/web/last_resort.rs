//! What is shown when no page could be made at all: a handler that panicked, an answer that took too long. It needs
//! nothing that could be broken: no database, no style sheet, no script.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use std::any::Any;

const BROKEN: &str = "页面暂时打不开";
const BROKEN_HELP: &str = "系统在准备这个页面时出了问题，已经记录下来。请稍后刷新重试。";
const BUSY: &str = "网站正忙，请稍候";
const BUSY_HELP: &str = "服务暂时中断，通常很快恢复。请过一会儿再刷新这个页面。";

/// The answer of a handler that panicked; the hook of the process has written the cause to the log.
pub fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked: its message and place stand above");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Gives an error that says nothing a page that does.
pub async fn words(mut response: Response) -> Response {
    let (heading, help) = match response.status() {
        StatusCode::INTERNAL_SERVER_ERROR => (BROKEN, BROKEN_HELP),
        StatusCode::SERVICE_UNAVAILABLE => (BUSY, BUSY_HELP),
        _ => return response,
    };
    if response.headers().contains_key(header::CONTENT_TYPE) {
        return response;
    }
    let code = response.status().as_u16();
    let page = format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{heading}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"></head>\
         <body style=\"font-family:sans-serif;line-height:1.8;margin:15vh auto;max-width:32em;padding:0 1em\"><main>\
         <p>{code}</p><h1>{heading}</h1><p>{help}</p><p><a href=\"/\">回到首页</a></p></main></body></html>"
    );
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    );
    if code == 503 {
        headers.entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("10"));
    }
    *response.body_mut() = Body::from(page);
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;

    #[tokio::test]
    async fn an_error_without_words_gets_a_page_and_keeps_its_status() {
        for (status, heading) in [(StatusCode::INTERNAL_SERVER_ERROR, BROKEN), (StatusCode::SERVICE_UNAVAILABLE, BUSY)]
        {
            let response = words(status.into_response()).await;
            assert_eq!(response.status(), status);
            assert_eq!(response.headers().contains_key(header::RETRY_AFTER), status == StatusCode::SERVICE_UNAVAILABLE);
            let page = to_bytes(response.into_body(), 10_000).await.unwrap();
            assert!(String::from_utf8_lossy(&page).contains(heading));
        }
    }

    #[tokio::test]
    async fn an_answer_with_words_of_its_own_keeps_them() {
        let health = (StatusCode::SERVICE_UNAVAILABLE, [(header::CONTENT_TYPE, "text/plain")], "down").into_response();
        assert_eq!(to_bytes(words(health).await.into_body(), 100).await.unwrap(), "down");
        let fine = words(StatusCode::NOT_FOUND.into_response()).await;
        assert!(to_bytes(fine.into_body(), 100).await.unwrap().is_empty());
    }
}
