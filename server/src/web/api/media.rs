//! The media library: lists, one file, bringing one, and what is said of it.

use super::{
    answer,
    caller::{Caller, Writer},
    given::{self, Asked, Given},
    problem::Problem,
};
use crate::web::WebState;
use app::error::AppError;
use axum::{
    body::{Body, BodyDataStream},
    extract::{FromRequestParts, Path, Request, State},
    response::Response,
};
use content::{
    MediaId, Refusal,
    media::{File, FileKind, Focus, MediaFields, MediaFilter, MediaKind},
};
use http::{HeaderMap, Method, StatusCode, header};
use multer::{Constraints, Multipart, SizeLimit};
use serde::{Deserialize, Serialize};
use std::{sync::LazyLock, time::Duration};
use store::media::LARGEST_PICTURE;
use tokio::{sync::Semaphore, time::timeout};
use utoipa::{IntoParams, ToSchema};

/// Where files are sent to.
const MEDIA: &str = "/api/v1/media";
/// Files that are held in memory at a time.
const AT_A_TIME: usize = 2;
/// How long one may take to come.
const LONGEST: Duration = Duration::from_secs(120);
/// The longest text beside a file in a form, in bytes.
const LONGEST_TEXT: u64 = 4096;

static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(AT_A_TIME));

/// Whether a request brings a file, which takes as long as it comes.
pub fn takes_file(method: &Method, path: &str) -> bool {
    *method == Method::POST && path == MEDIA
}

/// A picture or a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileView {
    id: i64,
    /// The name that readers are shown.
    name: String,
    /// `picture`, `document`, `sound`, `film`, `archive`
    kind: &'static str,
    /// The path of its bytes, which never change.
    url: String,
    bytes: u64,
    /// Width in pixels; 0 where it is no picture.
    width: u32,
    /// Height in pixels; 0 where it is no picture.
    height: u32,
    /// What is said in place of a picture.
    alt: String,
    /// The widths that were made of a picture.
    widths: Vec<u32>,
    focus: FocusView,
}

/// The point of a picture that stays in sight where it is cut: per cent from the left and from the top.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FocusView {
    #[schema(maximum = 100)]
    x: u8,
    #[schema(maximum = 100)]
    y: u8,
}

impl From<File> for FileView {
    fn from(file: File) -> Self {
        Self {
            id: file.id.0,
            url: file.address(),
            kind: FileKind::of_key(&file.key).map_or("", |kind| kind.media_kind().key()),
            name: file.name,
            bytes: file.bytes,
            width: file.width,
            height: file.height,
            alt: file.alt,
            widths: file.widths,
            focus: FocusView { x: file.focus.x, y: file.focus.y },
        }
    }
}

/// A page of the library.
#[derive(Debug, Serialize, ToSchema)]
pub struct MediaList {
    /// The newest first.
    media: Vec<FileView>,
    /// What `after` takes for the next page; none on the last one.
    next: Option<String>,
}

/// What a list is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only this kind: `picture`, `document`, `sound`, `film`, `archive`.
    #[param(value_type = Option<String>)]
    kind: Option<MediaKind>,
    /// A text of its name or of what is said in its place.
    q: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Lists the library, the newest first. The library is the newsroom's: this asks for a token.
#[utoipa::path(
    get, path = "/api/v1/media", tag = "media", operation_id = "list_media", params(ListQuery),
    responses(
        (status = 200, body = MediaList, headers(("ETag" = String), ("Link" = String))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security(("token" = []))
)]
pub async fn list(
    State(state): State<WebState>,
    Writer(actor): Writer,
    Asked(asked): Asked<ListQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let text = asked.q.clone().unwrap_or_default();
    let filter = MediaFilter { kind: asked.kind, text, ..MediaFilter::default() };
    let page = state.installation.store.media_page(&actor, &filter, asked.after.as_deref()).await;
    let page = page.map_err(|error| match error {
        store::Error::Refused(Refusal::NotFound) => {
            let said = "after 不是上一页给出的 next，请从第一页开始。";
            Problem::new(StatusCode::BAD_REQUEST, "bad_query", said)
        }
        other => other.into(),
    })?;
    let link = page.next.as_deref().map(|next| asked.address(next));
    let list = MediaList { media: page.rows.into_iter().map(|row| row.file.into()).collect(), next: page.next };
    Ok(answer::with_next(answer::json(&headers, 0, &list)?, link))
}

impl ListQuery {
    fn address(&self, next: &str) -> String {
        let encoded = app::admin::record::filters::encoded;
        let pairs = [("kind", self.kind.map(MediaKind::key)), ("q", self.q.as_deref()), ("after", Some(next))];
        let pairs = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", encoded(value?))));
        format!("{MEDIA}?{}", pairs.collect::<Vec<_>>().join("&"))
    }
}

/// One file: without a token one that readers are shown.
#[utoipa::path(
    get, path = "/api/v1/media/{id}", tag = "media", operation_id = "get_media",
    params(("id" = i64, Path, description = "Its number")),
    responses(
        (status = 200, body = FileView, headers(("ETag" = String))),
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
    let file = state.installation.store.visible_file(&actor, MediaId(id)).await?;
    answer::json(&headers, 0, &FileView::from(file))
}

/// How a file is called that is sent as it is.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Named {
    /// Its name, where the body is the file itself.
    name: Option<String>,
    /// What is said in place of a picture.
    alt: Option<String>,
}

/// A file as a form sends it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what a form holds")]
pub struct FileForm {
    /// The file, with its name.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// What is said in place of a picture.
    alt: Option<String>,
}

/// Brings a file of at most 32 MB: as the part `file` of `multipart/form-data`, or as the body itself with its `name` in the
/// address. The same bytes are one file, whoever brings them.
#[utoipa::path(
    post, path = "/api/v1/media", tag = "media", operation_id = "add_media", params(Named),
    request_body(content(
        (FileForm = "multipart/form-data"),
        (Vec<u8> = "application/octet-stream"),
    )),
    responses(
        (status = 201, body = FileView, headers(("ETag" = String), ("Location" = String))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security(("token" = ["media:write"]))
)]
pub async fn add(State(state): State<WebState>, request: Request<Body>) -> Result<Response, Problem> {
    let (mut parts, body) = request.into_parts();
    let mut body = body.into_data_stream();
    // Whoever may not bring anything is told so after what they are sending, or they would not read it.
    let asked = async {
        let Writer(actor) = Writer::from_request_parts(&mut parts, &state).await?;
        store::media::allowed(&actor)?;
        let Asked(named) = Asked::<Named>::from_request_parts(&mut parts, &state).await?;
        Ok::<_, Problem>((actor, named))
    };
    let (actor, named) = match asked.await {
        Ok(asked) => asked,
        Err(problem) => {
            given::pass_over(&mut body).await;
            return Err(problem);
        }
    };
    let turn = TURNS.acquire().await;
    let came = timeout(LONGEST, came(&parts.headers, &mut body, named)).await;
    let Came { name, alt, bytes } = match came {
        Ok(Ok(came)) => came,
        Ok(Err(problem)) => {
            given::pass_over(&mut body).await;
            return Err(problem);
        }
        Err(_) => return Err(AppError::Transport.into()),
    };
    let store = &state.installation.store;
    let file = store.add_file(&state.installation.files, &actor, &name, bytes).await?;
    drop(turn);
    let file = match alt.filter(|alt| *alt != file.alt) {
        None => file,
        Some(alt) => {
            let fields = MediaFields { name: file.name, alt, focus: file.focus };
            store.change_media(&actor, file.id, &fields).await?;
            store.visible_file(&actor, file.id).await?
        }
    };
    let at = format!("{MEDIA}/{}", file.id);
    answer::done(StatusCode::CREATED, 0, &FileView::from(file), Some(at))
}

/// A file that came.
struct Came {
    name: String,
    alt: Option<String>,
    bytes: Vec<u8>,
}

async fn came(headers: &HeaderMap, body: &mut BodyDataStream, named: Named) -> Result<Came, Problem> {
    if given::kind(headers) == "multipart/form-data" {
        return form(headers, body, named).await;
    }
    let bytes = given::whole(body, LARGEST_PICTURE).await?;
    let name = named.name.filter(|name| !name.trim().is_empty());
    let name = name.ok_or_else(|| Problem::from(Refusal::Missing { field: "name".to_owned() }))?;
    Ok(Came { name, alt: named.alt, bytes })
}

/// The parts of a form.
async fn form(headers: &HeaderMap, body: &mut BodyDataStream, named: Named) -> Result<Came, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(bad_form)?;
    let limits = SizeLimit::new().for_field("file", LARGEST_PICTURE as u64).per_field(LONGEST_TEXT);
    let allowed = Constraints::new().allowed_fields(vec!["file", "alt"]).size_limit(limits);
    let mut form = Multipart::with_constraints(body, boundary, allowed);
    let (mut file, mut alt) = (None, named.alt);
    while let Some(field) = form.next_field().await.map_err(bad_form)? {
        if field.name() == Some("alt") {
            alt = Some(field.text().await.map_err(bad_form)?);
            continue;
        }
        let name = field.file_name().map(str::to_owned).or_else(|| named.name.clone()).unwrap_or_default();
        file = Some((name, field.bytes().await.map_err(bad_form)?.to_vec()));
    }
    let (name, bytes) = file.ok_or_else(|| Problem::from(Refusal::Missing { field: "file".to_owned() }))?;
    Ok(Came { name, alt, bytes })
}

fn bad_form(error: multer::Error) -> Problem {
    match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => {
            given::too_large(LARGEST_PICTURE)
        }
        other => {
            let said = format!("表单有误：{other}。文件放在 file 里，替代文字放在 alt 里。");
            Problem::new(StatusCode::BAD_REQUEST, "bad_form", said)
        }
    }
}

/// What is said of a file, as far as it is given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediaGiven {
    /// The name that readers are shown.
    name: Option<String>,
    /// What is said in place of a picture.
    alt: Option<String>,
    focus: Option<FocusView>,
}

/// Says something else of a file; what is not given stays.
#[utoipa::path(
    patch, path = "/api/v1/media/{id}", tag = "media", operation_id = "change_media",
    params(("id" = i64, Path, description = "Its number")), request_body = MediaGiven,
    responses(
        (status = 200, body = FileView, headers(("ETag" = String))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    ),
    security(("token" = ["media:write"]))
)]
pub async fn change(
    State(state): State<WebState>,
    Writer(actor): Writer,
    Path(id): Path<i64>,
    Given(given): Given<MediaGiven>,
) -> Result<Response, Problem> {
    let (store, id) = (&state.installation.store, MediaId(id));
    let stands = store.visible_file(&actor, id).await?;
    let focus = match given.focus {
        Some(FocusView { x, y }) if x > 100 || y > 100 => {
            return Err(Refusal::OutOfRange { field: "focus".to_owned(), least: 0, most: 100 }.into());
        }
        Some(FocusView { x, y }) => Focus { x, y },
        None => stands.focus,
    };
    let fields = MediaFields { name: given.name.unwrap_or(stands.name), alt: given.alt.unwrap_or(stands.alt), focus };
    store.change_media(&actor, id, &fields).await?;
    answer::done(StatusCode::OK, 0, &FileView::from(store.visible_file(&actor, id).await?), None)
}
