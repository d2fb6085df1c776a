//! Articles: lists, one, and the ways to write one.

use super::{
    answer,
    article::{ArticleGiven, ArticleList, ArticleView},
    caller::{Caller, Writer},
    given::{Asked, Base, Given},
    manuscript::{Written, written},
    problem::Problem,
};
use crate::web::WebState;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use content::{
    Actor, ArticleId, CivilDate, MediaId, Refusal, RevisionId, SectionId, Slug,
    article::State as Where,
    desk::{Filter, Sort},
};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use store::articles::PublicFilter;
use utoipa::{IntoParams, ToSchema};

/// Articles of a page where nobody says how many.
const PAGE: u32 = 20;
/// Most articles of a page.
const MOST: u32 = 100;

/// What a list is asked for. Without `state` it is the list of what readers see, with it that of the desk.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// The slug of a section.
    section: Option<String>,
    /// Shown with this day or a later one, in the zone of the site.
    #[param(value_type = Option<String>, format = Date)]
    since: Option<CivilDate>,
    /// Shown with this day or an earlier one.
    #[param(value_type = Option<String>, format = Date)]
    until: Option<CivilDate>,
    /// A text of title or summary. A page looks at a thousand articles and may hold few or none of them.
    q: Option<String>,
    /// Asks for a token: articles in this state, or in any, the last changed first.
    state: Option<ListState>,
    /// How many, 1 to 100; 20 where nobody says.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A state to list.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListState {
    Draft,
    Submitted,
    Approved,
    Scheduled,
    Published,
    Withdrawn,
    Any,
}

impl ListState {
    const fn state(self) -> Option<Where> {
        match self {
            Self::Draft => Some(Where::Draft),
            Self::Submitted => Some(Where::Submitted),
            Self::Approved => Some(Where::Approved),
            Self::Scheduled => Some(Where::Scheduled),
            Self::Published => Some(Where::Published),
            Self::Withdrawn => Some(Where::Withdrawn),
            Self::Any => None,
        }
    }
}

/// Lists articles, newest first, page after page.
#[utoipa::path(
    get, path = "/api/v1/articles", tag = "articles", operation_id = "list_articles", params(ListQuery),
    responses(
        (status = 200, body = ArticleList, headers(("ETag" = String), ("Link" = String))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security((), ("token" = []))
)]
pub async fn list(
    State(state): State<WebState>,
    Caller(actor): Caller,
    Asked(asked): Asked<ListQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let limit = asked.limit.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        let said = format!("limit 要在 1 和 {MOST} 之间。");
        return Err(Problem::new(StatusCode::BAD_REQUEST, "bad_query", said));
    }
    let section = match &asked.section {
        Some(slug) => Some(state.installation.store.section_entry(&actor, &slug_of(slug)?).await?.id),
        None => None,
    };
    let (articles, next) = match asked.state {
        Some(wanted) => desk_list(&state, &actor, &asked, (wanted, limit), section).await?,
        None => public_list(&state, &actor, &asked, limit, section).await?,
    };
    let link = next.as_deref().map(|next| asked.address(next));
    let response = answer::json(&headers, 0, &ArticleList { articles, next })?;
    Ok(answer::with_next(response, link))
}

type Page = (Vec<super::article::ArticleItem>, Option<String>);

async fn public_list(
    state: &WebState,
    actor: &Actor,
    asked: &ListQuery,
    limit: u32,
    section: Option<SectionId>,
) -> Result<Page, Problem> {
    let text = asked.q.clone().unwrap_or_default();
    let filter = PublicFilter { section, since: asked.since, until: asked.until, text };
    let list = state.installation.store.public_articles(actor, &filter, asked.after.as_deref(), limit).await;
    let list = list.map_err(bad_mark)?;
    Ok((list.rows.into_iter().map(Into::into).collect(), list.next))
}

async fn desk_list(
    state: &WebState,
    actor: &Actor,
    asked: &ListQuery,
    (wanted, limit): (ListState, u32),
    section: Option<SectionId>,
) -> Result<Page, Problem> {
    if *actor == Actor::Anonymous {
        return Err(Refusal::SignedOut.into());
    }
    let sort = if asked.since.is_some() || asked.until.is_some() { Sort::Shown } else { Sort::Updated };
    let text = asked.q.clone().unwrap_or_default();
    let (from, to) = (asked.since, asked.until);
    let filter = Filter { section, state: wanted.state(), from, to, text, sort, ..Filter::default() };
    let page = state.installation.store.desk_list(actor, &filter, asked.after.as_deref(), limit).await;
    let page = page.map_err(bad_mark)?;
    Ok((page.rows.into_iter().map(Into::into).collect(), page.next))
}

fn bad_mark(error: store::Error) -> Problem {
    match error {
        store::Error::Refused(Refusal::NotFound) => {
            let said = "after 不是上一页给出的 next，请从第一页开始。";
            Problem::new(StatusCode::BAD_REQUEST, "bad_query", said)
        }
        other => other.into(),
    }
}

impl ListQuery {
    /// The same question for the page behind this mark.
    fn address(&self, next: &str) -> String {
        let limit = self.limit.map(|limit| limit.to_string());
        let (since, until) = (self.since.map(|day| day.to_string()), self.until.map(|day| day.to_string()));
        let state = self.state.map(|state| state.state().map_or("any", Where::key).to_owned());
        let pairs = [
            ("section", self.section.clone()),
            ("since", since),
            ("until", until),
            ("q", self.q.clone()),
            ("state", state),
            ("limit", limit),
            ("after", Some(next.to_owned())),
        ];
        let encoded = app::admin::record::filters::encoded;
        let pairs = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", encoded(&value?))));
        format!("/api/v1/articles?{}", pairs.collect::<Vec<_>>().join("&"))
    }
}

/// One article: without a token what readers see, with one what stands on the desk.
#[utoipa::path(
    get, path = "/api/v1/articles/{id}", tag = "articles", operation_id = "get_article",
    params(("id" = i64, Path, description = "Its number")),
    responses(
        (status = 200, body = ArticleView, headers(("ETag" = String))),
        (status = 304, description = "It is the one that If-None-Match names"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security((), ("token" = []))
)]
pub async fn look(
    State(state): State<WebState>,
    Caller(actor): Caller,
    Path(id): Path<i64>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if actor != Actor::Anonymous {
        let (revision, view) = on_the_desk(&state, &actor, ArticleId(id)).await?;
        return answer::json(&headers, revision.0, &view);
    }
    let store = &state.installation.store;
    let article = store.article_page(&actor, ArticleId(id)).await?;
    let named: Vec<MediaId> = [article.body.media(), article.attachments.clone()].concat();
    let files = store.files(&named).await?;
    answer::json(&headers, article.revision.0, &ArticleView::public(article, &files))
}

async fn on_the_desk(state: &WebState, actor: &Actor, id: ArticleId) -> Result<(RevisionId, ArticleView), Problem> {
    let store = &state.installation.store;
    let opened = store.desk_article(actor, id).await?;
    let shown = |at| store.zone().shown(at).rfc3339().to_owned();
    Ok((opened.revision, ArticleView::desk(opened, &store.sections().await?, shown)))
}

/// Writes a new article. `state: "published"` obeys the rules of the desk: reviews that its section asks for come first.
/// Where the way is refused, nothing is kept.
#[utoipa::path(
    post, path = "/api/v1/articles", tag = "articles", operation_id = "add_article", request_body = ArticleGiven,
    responses(
        (status = 201, body = ArticleView, headers(("ETag" = String), ("Location" = String))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security(("token" = ["articles:write", "articles:publish"]))
)]
pub async fn add(
    State(state): State<WebState>,
    Writer(actor): Writer,
    Given(given): Given<ArticleGiven>,
) -> Result<Response, Problem> {
    let Written { manuscript, going, left_out } = written(&state, &actor, given, None).await?;
    let id = state.installation.store.write_article(&actor, &manuscript, &going).await?;
    answered(&state, &actor, id, StatusCode::CREATED, left_out).await
}

/// Writes an article anew: what is not given is empty.
#[utoipa::path(
    put, path = "/api/v1/articles/{id}", tag = "articles", operation_id = "replace_article",
    params(("id" = i64, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag that was read")),
    request_body = ArticleGiven,
    responses(
        (status = 200, body = ArticleView, headers(("ETag" = String))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security(("token" = ["articles:write", "articles:publish"]))
)]
pub async fn replace(
    State(state): State<WebState>,
    Writer(actor): Writer,
    Path(id): Path<i64>,
    base: Base,
    Given(given): Given<ArticleGiven>,
) -> Result<Response, Problem> {
    let id = ArticleId(id);
    state.installation.store.desk_article(&actor, id).await?;
    let written = written(&state, &actor, given, None).await?;
    rewrite(&state, &actor, id, base.number().map(RevisionId), written).await
}

/// Changes what is given of an article; the rest stays.
#[utoipa::path(
    patch, path = "/api/v1/articles/{id}", tag = "articles", operation_id = "change_article",
    params(("id" = i64, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag that was read")),
    request_body = ArticleGiven,
    responses(
        (status = 200, body = ArticleView, headers(("ETag" = String))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security(("token" = ["articles:write", "articles:publish"]))
)]
pub async fn change(
    State(state): State<WebState>,
    Writer(actor): Writer,
    Path(id): Path<i64>,
    base: Base,
    Given(given): Given<ArticleGiven>,
) -> Result<Response, Problem> {
    let id = ArticleId(id);
    let opened = state.installation.store.desk_article(&actor, id).await?;
    // What is not given is that of the text that was read: between reading and writing nobody else may write.
    let base = RevisionId(base.number().unwrap_or(opened.revision.0));
    let written = written(&state, &actor, given, Some(opened.manuscript)).await?;
    rewrite(&state, &actor, id, Some(base), written).await
}

async fn rewrite(
    state: &WebState,
    actor: &Actor,
    id: ArticleId,
    base: Option<RevisionId>,
    Written { manuscript, going, left_out }: Written,
) -> Result<Response, Problem> {
    state.installation.store.rewrite_article(actor, id, base, &manuscript, &going).await?;
    answered(state, actor, id, StatusCode::OK, left_out).await
}

/// Puts an article into the bin, where editors find it. What readers see has to be withdrawn first.
#[utoipa::path(
    delete, path = "/api/v1/articles/{id}", tag = "articles", operation_id = "remove_article",
    params(("id" = i64, Path, description = "Its number"), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses(
        (status = 204, description = "It is in the bin"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security(("token" = ["articles:write"]))
)]
pub async fn remove(
    State(state): State<WebState>,
    Writer(actor): Writer,
    Path(id): Path<i64>,
    base: Base,
) -> Result<Response, Problem> {
    state.installation.store.bin_article(&actor, ArticleId(id), base.number().map(RevisionId)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn answered(
    state: &WebState,
    actor: &Actor,
    id: ArticleId,
    status: StatusCode,
    left_out: Vec<String>,
) -> Result<Response, Problem> {
    let (revision, mut view) = on_the_desk(state, actor, id).await?;
    view.left_out = left_out;
    let at = (status == StatusCode::CREATED).then(|| format!("/api/v1/articles/{id}"));
    answer::done(status, revision.0, &view, at)
}

/// A slug of an address; what cannot be one names nothing.
pub fn slug_of(text: &str) -> Result<Slug, Problem> {
    text.parse().map_err(|_| Refusal::NotFound.into())
}
