//! Sections: the tree, one, and the ways to change it.

use super::{
    answer,
    articles::slug_of,
    caller::{Caller, Writer},
    given::{Asked, Base, Given, nullable},
    problem::Problem,
};
use crate::web::WebState;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use content::{
    Actor, Refusal, SectionId, Slug,
    section::{SectionFields, SectionKind, Template},
};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use store::sections::SectionEntry;
use utoipa::{IntoParams, ToSchema};

/// A section.
#[derive(Debug, Serialize, ToSchema)]
pub struct SectionView {
    id: i64,
    /// Its name in addresses.
    slug: String,
    name: String,
    /// The slug of the section above it.
    parent: Option<String>,
    description: String,
    keywords: String,
    /// The `ColumnType` of the 网页标签 norm.
    column_type: String,
    /// What stands behind its address: `list`, `page`, `link`.
    kind: &'static str,
    /// Where it leads, where it is another site.
    link: String,
    /// How its list is laid out: `list`, `grid`, `dense`.
    template: &'static str,
    /// Whether navigation and front page show it.
    visible: bool,
    /// How many reviews an article passes; only with a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    stages: Option<u8>,
}

/// All sections.
#[derive(Debug, Serialize, ToSchema)]
pub struct SectionList {
    /// In the order of the tree.
    sections: Vec<SectionView>,
}

impl SectionView {
    fn new(entry: SectionEntry, all: &[SectionEntry], editor: bool) -> Self {
        let above = all.iter().find(|other| Some(other.id) == entry.parent);
        let fields = entry.fields;
        Self {
            id: entry.id.0,
            slug: fields.slug.to_string(),
            name: fields.name,
            parent: above.map(|above| above.fields.slug.to_string()),
            description: fields.description,
            keywords: fields.keywords,
            column_type: fields.column_type,
            kind: fields.kind.key(),
            link: fields.link,
            template: Layout::of(fields.template).key(),
            visible: fields.visible,
            stages: editor.then_some(fields.stages),
        }
    }
}

/// What stands behind a section's address.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SectionKind)]
pub enum Kind {
    List,
    Page,
    Link,
}

/// How a list is laid out.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SectionTemplate)]
pub enum Layout {
    List,
    Grid,
    Dense,
}

impl Layout {
    const fn of(template: Template) -> Self {
        match template {
            Template::List => Self::List,
            Template::Grid => Self::Grid,
            Template::Dense => Self::Dense,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Grid => "grid",
            Self::Dense => "dense",
        }
    }
}

/// A section as it is given. What is not there stays as it is, or as it is in a new one: a visible list without reviews.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionGiven {
    /// Its name in addresses. A new one needs it; one that is given up leads to the section for ever.
    slug: Option<String>,
    /// Its name for people. A new one needs it.
    name: Option<String>,
    /// The slug of the section above it; `null` is the first level.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    parent: Option<Option<String>>,
    description: Option<String>,
    keywords: Option<String>,
    column_type: Option<String>,
    kind: Option<Kind>,
    /// Where it leads, with `kind: "link"`.
    link: Option<String>,
    template: Option<Layout>,
    visible: Option<bool>,
    /// How many reviews an article passes, 0 to 5.
    #[schema(maximum = 5)]
    stages: Option<u8>,
}

/// Lists the sections in the order of their tree: those that navigation shows, with a token all.
#[utoipa::path(
    get, path = "/api/v1/sections", tag = "sections", operation_id = "list_sections",
    responses(
        (status = 200, body = SectionList, headers(("ETag" = String))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security((), ("token" = []))
)]
pub async fn list(
    State(state): State<WebState>,
    Caller(actor): Caller,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let all = state.installation.store.section_entries(&actor).await?;
    let view = |entry: &SectionEntry| SectionView::new(entry.clone(), &all, actor != Actor::Anonymous);
    answer::json(&headers, 0, &SectionList { sections: all.iter().map(view).collect() })
}

/// One section, by its slug or by one that it had before.
#[utoipa::path(
    get, path = "/api/v1/sections/{slug}", tag = "sections", operation_id = "get_section",
    params(("slug" = String, Path, description = "Its name in addresses")),
    responses(
        (status = 200, body = SectionView, headers(("ETag" = String))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security((), ("token" = []))
)]
pub async fn look(
    State(state): State<WebState>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (version, view) = one(&state, &actor, &slug_of(&slug)?).await?;
    answer::json(&headers, version, &view)
}

async fn one(state: &WebState, actor: &Actor, slug: &Slug) -> Result<(i64, SectionView), Problem> {
    let store = &state.installation.store;
    let entry = store.section_entry(actor, slug).await?;
    let all = store.section_entries(actor).await?;
    Ok((entry.version.into(), SectionView::new(entry, &all, *actor != Actor::Anonymous)))
}

/// Adds a section behind the others of its level.
#[utoipa::path(
    post, path = "/api/v1/sections", tag = "sections", operation_id = "add_section", request_body = SectionGiven,
    responses(
        (status = 201, body = SectionView, headers(("ETag" = String), ("Location" = String))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security(("token" = ["sections:write"]))
)]
pub async fn add(
    State(state): State<WebState>,
    Writer(actor): Writer,
    Given(given): Given<SectionGiven>,
) -> Result<Response, Problem> {
    let missing = |field: &str| Problem::from(Refusal::Missing { field: field.to_owned() });
    let slug = read_slug(given.slug.as_deref().ok_or_else(|| missing("slug"))?)?;
    let name = given.name.clone().ok_or_else(|| missing("name"))?;
    let parent = parent(&state, &actor, &given, None).await?;
    let fields = given.onto(SectionFields::named(slug.clone(), name))?;
    state.installation.store.add_section(&actor, parent, &fields).await?;
    let (version, view) = one(&state, &actor, &slug).await?;
    answer::done(StatusCode::CREATED, version, &view, Some(format!("/api/v1/sections/{slug}")))
}

/// Changes what is given of a section; the rest stays.
#[utoipa::path(
    patch, path = "/api/v1/sections/{slug}", tag = "sections", operation_id = "change_section",
    params(("slug" = String, Path, description = "Its name in addresses"), ("If-Match" = String, Header, description = "The ETag that was read")),
    request_body = SectionGiven,
    responses(
        (status = 200, body = SectionView, headers(("ETag" = String))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security(("token" = ["sections:write"]))
)]
pub async fn change(
    State(state): State<WebState>,
    Writer(actor): Writer,
    Path(slug): Path<String>,
    base: Base,
    Given(given): Given<SectionGiven>,
) -> Result<Response, Problem> {
    let store = &state.installation.store;
    let entry = store.section_entry(&actor, &slug_of(&slug)?).await?;
    let parent = parent(&state, &actor, &given, entry.parent).await?;
    let version = match base.number() {
        Some(number) => i32::try_from(number).map_err(|_| Problem::from(Refusal::Stale))?,
        None => entry.version,
    };
    let fields = given.onto(entry.fields)?;
    store.change_section(&actor, entry.id, parent, &fields, version).await?;
    let (version, view) = one(&state, &actor, &fields.slug).await?;
    answer::done(StatusCode::OK, version, &view, None)
}

/// Where the articles of a section go that is removed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Leaving {
    /// The slug of the section that takes its articles and its addresses; needed where articles stand in it.
    into: Option<String>,
}

/// Removes a section.
#[utoipa::path(
    delete, path = "/api/v1/sections/{slug}", tag = "sections", operation_id = "remove_section",
    params(("slug" = String, Path, description = "Its name in addresses"), Leaving),
    responses(
        (status = 204, description = "It is gone"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security(("token" = ["sections:write"]))
)]
pub async fn remove(
    State(state): State<WebState>,
    Writer(actor): Writer,
    Path(slug): Path<String>,
    Asked(Leaving { into }): Asked<Leaving>,
) -> Result<Response, Problem> {
    let store = &state.installation.store;
    let tree = store.section_tree(&actor).await?;
    let id = store.section_entry(&actor, &slug_of(&slug)?).await?.id;
    let into = match &into {
        Some(into) => Some(find(&store.section_entries(&actor).await?, "into", into)?),
        None => None,
    };
    store.remove_section(&actor, id, into, tree.version).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn parent(
    state: &WebState,
    actor: &Actor,
    given: &SectionGiven,
    stands: Option<SectionId>,
) -> Result<Option<SectionId>, Problem> {
    match &given.parent {
        None => Ok(stands),
        Some(None) => Ok(None),
        Some(Some(slug)) => {
            let all = state.installation.store.section_entries(actor).await?;
            find(&all, "parent", slug).map(Some)
        }
    }
}

fn find(all: &[SectionEntry], field: &str, slug: &str) -> Result<SectionId, Problem> {
    let found = all.iter().find(|entry| entry.fields.slug.as_str() == slug);
    let unknown = || Problem::of_field(field, Refusal::UnknownSection { given: content::refusal::quoted(slug) });
    found.map(|entry| entry.id).ok_or_else(unknown)
}

fn read_slug(text: &str) -> Result<Slug, Problem> {
    text.parse::<Slug>().map_err(Problem::from)
}

impl SectionGiven {
    /// The fields with what is given in place of what stands.
    fn onto(self, stands: SectionFields) -> Result<SectionFields, Problem> {
        let kind = self.kind.map(|kind| match kind {
            Kind::List => SectionKind::List,
            Kind::Page => SectionKind::Page,
            Kind::Link => SectionKind::Link,
        });
        let template = self.template.map(|template| match template {
            Layout::List => Template::List,
            Layout::Grid => Template::Grid,
            Layout::Dense => Template::Dense,
        });
        let fields = SectionFields {
            slug: self.slug.as_deref().map(read_slug).transpose()?.unwrap_or(stands.slug),
            name: self.name.unwrap_or(stands.name),
            description: self.description.unwrap_or(stands.description),
            keywords: self.keywords.unwrap_or(stands.keywords),
            column_type: self.column_type.unwrap_or(stands.column_type),
            kind: kind.unwrap_or(stands.kind),
            link: self.link.unwrap_or(stands.link),
            template: template.unwrap_or(stands.template),
            visible: self.visible.unwrap_or(stands.visible),
            stages: self.stages.unwrap_or(stands.stages),
        };
        let faults = fields.faults();
        match faults.first() {
            None => Ok(fields),
            Some((field, refusal)) => Err(Problem::of_field(field, refusal.clone())),
        }
    }
}
