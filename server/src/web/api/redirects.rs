//! Where old addresses lead.

use super::{
    answer,
    articles::slug_of,
    caller::Writer,
    given::{Asked, Given},
    problem::Problem,
};
use crate::web::WebState;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use content::{ArticleId, Refusal};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::redirects::{Redirect, Target};
use utoipa::{IntoParams, ToSchema};

/// Redirects of a page where nobody says how many.
const PAGE: u32 = 100;
/// Most redirects of a page.
const MOST: u32 = 1000;

/// An old address with where it leads.
#[derive(Debug, Serialize, ToSchema)]
pub struct RedirectView {
    /// Path and query.
    address: String,
    /// The article to which it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<i64>,
    /// The slug of the section to which it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
}

/// A page of old addresses.
#[derive(Debug, Serialize, ToSchema)]
pub struct RedirectList {
    /// In the order in which they came.
    redirects: Vec<RedirectView>,
    /// What `after` takes for the next page; none on the last one.
    next: Option<String>,
}

/// What a list is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// How many, 1 to 1000.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
    /// The `next` of the page before.
    after: Option<i64>,
}

/// Lists old addresses.
#[utoipa::path(
    get, path = "/api/v1/redirects", tag = "redirects", operation_id = "list_redirects", params(ListQuery),
    responses(
        (status = 200, body = RedirectList, headers(("ETag" = String), ("Link" = String))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security(("token" = ["redirects:write"]))
)]
pub async fn list(
    State(state): State<WebState>,
    Writer(actor): Writer,
    Asked(asked): Asked<ListQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let limit = asked.limit.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        let said = format!("limit 要在 1 和 {MOST} 之间。");
        return Err(Problem::new(StatusCode::BAD_REQUEST, "bad_query", said));
    }
    let store = &state.installation.store;
    let mut rows = store.redirects(&actor, asked.after.unwrap_or_default(), limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let sections = store.sections().await?;
    let slugs: HashMap<_, _> =
        sections.into_iter().map(|section| (section.id, section.link.slug.to_string())).collect();
    let view = |row: Redirect| match row.target {
        Target::Article(id) => RedirectView { address: row.address, article: Some(id.0), section: None },
        Target::Section(id) => RedirectView { address: row.address, article: None, section: slugs.get(&id).cloned() },
    };
    let link = next.as_deref().map(|next| format!("/api/v1/redirects?limit={limit}&after={next}"));
    let list = RedirectList { redirects: rows.into_iter().map(view).collect(), next };
    Ok(answer::with_next(answer::json(&headers, 0, &list)?, link))
}

/// An old address with where it is to lead: an article or a section.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedirectGiven {
    /// A path of this site, with its query: `/show.asp?id=1`.
    address: String,
    /// The number of an article.
    article: Option<i64>,
    /// The slug of a section.
    section: Option<String>,
}

/// Lets an old address lead somewhere; one that led elsewhere leads there from now on.
#[utoipa::path(
    put, path = "/api/v1/redirects", tag = "redirects", operation_id = "put_redirect", request_body = RedirectGiven,
    responses(
        (status = 200, body = RedirectView),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security(("token" = ["redirects:write"]))
)]
pub async fn put(
    State(state): State<WebState>,
    Writer(actor): Writer,
    Given(given): Given<RedirectGiven>,
) -> Result<Response, Problem> {
    let store = &state.installation.store;
    let (target, section) = match (given.article, &given.section) {
        (Some(article), None) => (Target::Article(ArticleId(article)), None),
        (None, Some(slug)) => {
            let unknown = || Refusal::UnknownSection { given: content::refusal::quoted(slug) };
            let slug = slug_of(slug).map_err(|_| Problem::of_field("section", unknown()))?;
            let entry = store.section_entry(&actor, &slug).await?;
            (Target::Section(entry.id), Some(entry.fields.slug.to_string()))
        }
        _ => {
            let said = "请给出 article（文章编号）或 section（栏目网址），只给一个。";
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_field", said).at("article"));
        }
    };
    let redirect = store.add_redirect(&actor, &given.address, target).await?;
    let view = RedirectView { address: redirect.address, article: given.article, section };
    answer::done(StatusCode::OK, 0, &view, None)
}

/// Which address.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Address {
    /// Path and query, as the list has it.
    address: String,
}

/// Lets an old address lead nowhere any more.
#[utoipa::path(
    delete, path = "/api/v1/redirects", tag = "redirects", operation_id = "remove_redirect", params(Address),
    responses(
        (status = 204, description = "It leads nowhere"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security(("token" = ["redirects:write"]))
)]
pub async fn remove(
    State(state): State<WebState>,
    Writer(actor): Writer,
    Asked(Address { address }): Asked<Address>,
) -> Result<Response, Problem> {
    state.installation.store.remove_redirect(&actor, &address).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
