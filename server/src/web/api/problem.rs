//! Every answer that is none, as RFC 9457 has it: a name for programs, words for people, and which field is meant.

use app::{admin::words, context, error::AppError};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use content::{Refusal, permission::Action, token::Scope};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use std::any::Any;
use utoipa::ToSchema;

/// How such an answer is marked.
const KIND: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Why a request was not done (RFC 9457). Nothing was changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// What it is, for programs: `urn:fuxian:problem:needs_review`.
    #[serde(rename = "type")]
    kind: String,
    /// The status in words.
    #[schema(value_type = String)]
    title: &'static str,
    /// The status.
    status: u16,
    /// What is wrong and what to do, for people.
    detail: String,
    /// Which fields are meant, where it is about fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Option<Vec<Fault>>)]
    errors: Vec<Fault>,
    /// When to come again, in seconds.
    #[serde(skip)]
    retry: Option<u64>,
}

/// A field that is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct Fault {
    /// Where it is in the body: a JSON pointer as a fragment, `#/title`.
    pointer: String,
    /// What is wrong with it.
    detail: String,
}

impl Problem {
    /// A problem with this name.
    pub fn new(status: StatusCode, name: &str, detail: impl Into<String>) -> Self {
        let kind = ["urn:fuxian:problem:", name].concat();
        Self {
            kind,
            title: title(status),
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
            retry: None,
        }
    }

    /// The same, about a field of the body. `path` is what stands behind `#/`.
    pub fn at(mut self, path: &str) -> Self {
        let pointer = ["#/", path].concat();
        self.errors.push(Fault { pointer, detail: self.detail.clone() });
        self
    }

    /// A refusal that is about this field.
    pub fn of_field(path: &str, refusal: Refusal) -> Self {
        let mut problem = Self::from(refusal);
        problem.errors.clear();
        problem.at(path)
    }

    /// The same with the time after which it can be tried again.
    pub const fn after(mut self, seconds: u64) -> Self {
        self.retry = Some(seconds);
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry = self.retry;
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, KIND);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = retry {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"fuxian\""));
        }
        response
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal {
            Refusal::Stale => StatusCode::PRECONDITION_FAILED,
            Refusal::TooLong { ref field, .. } if matches!(field.as_str(), "picture" | "file") => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            ref other => AppError::Refused(other.clone()).status(),
        };
        let mut problem = Self::new(status, &name(&refusal), detail(&refusal));
        for field in fields(&refusal) {
            problem = problem.at(&field);
        }
        if let Refusal::TooManyAttempts { seconds } = refusal {
            problem = problem.after(seconds);
        }
        problem
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        let said = words::error(&error);
        match error {
            AppError::Refused(refusal) => refusal.into(),
            AppError::Internal { .. } => Self::new(error.status(), "internal", said),
            AppError::Unavailable { .. } => Self::new(error.status(), "unavailable", said).after(10),
            AppError::Transport => {
                Self::new(StatusCode::REQUEST_TIMEOUT, "timeout", "数据没有在规定时间内传完，请重试。")
            }
        }
    }
}

/// The cause is written to the log; a reference to it is what is told.
impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        match context::answer_private::<()>(Err(error)) {
            Err(error) => error.into(),
            Ok(()) => Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", ""),
        }
    }
}

/// An answer that says nothing but its status gets words: of an extractor, of a method that there is not.
pub async fn words(response: Response) -> Response {
    let status = response.status();
    let wordless = (status.is_client_error() || status.is_server_error())
        && response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind != KIND);
    if !wordless {
        return response;
    }
    let said = match status {
        StatusCode::METHOD_NOT_ALLOWED => Problem::new(status, "method_not_allowed", "这个地址不能用这个方法。"),
        StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST => {
            Problem::new(StatusCode::NOT_FOUND, "not_found", detail(&Refusal::NotFound))
        }
        _ => Problem::new(status, "refused", "请求有误，没有执行。"),
    };
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut said = said.into_response();
    said.headers_mut().extend(allow.map(|allow| (header::ALLOW, allow)));
    said
}

/// The answer of a handler that panicked; the hook of the process has written the cause to the log.
pub fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked: its message and place stand above");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "系统出了问题，已经记录下来。").into_response()
}

/// The answer that took too long.
pub fn busy() -> Response {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "服务器正忙，请稍后再试。").after(10).into_response()
}

/// The name of a refusal is the one that it has on the wire.
fn name(refusal: &Refusal) -> String {
    match serde_json::to_value(refusal) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(serde_json::Value::Object(said)) => said.keys().next().cloned().unwrap_or_default(),
        _ => "refused".to_owned(),
    }
}

/// What is said to people is said to the person at the screen elsewhere; some of it means nothing to a program.
fn detail(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotAllowed { action } => not_allowed(*action),
        Refusal::NotFound => "没有这个内容，或者没有查看它的权限。".to_owned(),
        Refusal::Stale => "它在您读取之后改过：请重新读取，用新的 ETag 再试。".to_owned(),
        Refusal::SignedOut => "这里需要令牌：请用 Authorization: Bearer 发送后台生成的接口令牌。".to_owned(),
        Refusal::BadDocument { rule } => ["正文不符合格式：", rule].concat(),
        Refusal::BadTime { given } => ["“", given, "”不是有效的时间：请写成 2026-11-30T10:00:00+08:00。"].concat(),
        other => words::refusal(other),
    }
}

fn not_allowed(action: Action) -> String {
    match Scope::of(action) {
        Some(scope) => ["没有权限：令牌需要“", scope.key(), "”范围，它的账号也要有相应的角色。"].concat(),
        None => "没有权限：接口令牌不能做这件事。".to_owned(),
    }
}

/// The fields that a refusal names.
fn fields(refusal: &Refusal) -> Vec<String> {
    match refusal {
        Refusal::Missing { field }
        | Refusal::TooLong { field, .. }
        | Refusal::BadText { field }
        | Refusal::OutOfRange { field, .. }
        | Refusal::Twice { field } => vec![field.clone()],
        Refusal::Incomplete { fields } => fields.clone(),
        Refusal::BadSlug { .. } | Refusal::ReservedSlug { .. } | Refusal::SlugTaken { .. } => vec!["slug".to_owned()],
        Refusal::BadDocument { .. } => vec!["body".to_owned()],
        Refusal::BadSchedule { .. } => vec!["scheduled_at".to_owned()],
        Refusal::BadAddress { .. } => vec!["address".to_owned()],
        _ => Vec::new(),
    }
}

fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "请求有误",
        StatusCode::UNAUTHORIZED => "需要有效的令牌",
        StatusCode::FORBIDDEN => "没有权限",
        StatusCode::NOT_FOUND => "没有找到",
        StatusCode::METHOD_NOT_ALLOWED => "不支持这个方法",
        StatusCode::REQUEST_TIMEOUT => "传输超时",
        StatusCode::CONFLICT => "与现状冲突",
        StatusCode::GONE => "已撤回",
        StatusCode::PRECONDITION_FAILED => "内容已经改过",
        StatusCode::PAYLOAD_TOO_LARGE => "内容太大",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "不支持的内容类型",
        StatusCode::UNPROCESSABLE_ENTITY => "内容有误",
        StatusCode::PRECONDITION_REQUIRED => "需要 If-Match",
        StatusCode::TOO_MANY_REQUESTS => "请求太多",
        StatusCode::SERVICE_UNAVAILABLE => "暂时不可用",
        StatusCode::INSUFFICIENT_STORAGE => "存储空间不足",
        status if status.is_server_error() => "系统出错",
        _ => "请求有误",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_named_as_on_the_wire_and_points_to_its_fields() {
        let missing = Problem::from(Refusal::Incomplete { fields: vec!["title".to_owned(), "source".to_owned()] });
        assert_eq!((missing.status, missing.kind.as_str()), (422, "urn:fuxian:problem:incomplete"));
        let pointers: Vec<&str> = missing.errors.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(pointers, ["#/title", "#/source"]);
        assert_eq!(Problem::from(Refusal::Stale).status, 412);
        assert_eq!(Problem::from(Refusal::NeedsReview { passed: 0, stages: 1 }).status, 409);
        let denied = Problem::from(Refusal::NotAllowed { action: Action::Publish });
        assert!(denied.status == 403 && denied.detail.contains("articles:publish"), "{denied:?}");
    }
}
