//! The server functions of these rooms.

#[cfg(feature = "ssr")]
use crate::context::{answer_private, signed_in};
use crate::error::AppError;
use crate::wire::Answer;
use content::{
    SectionId,
    reading::SitePreview,
    section::{SectionDraft, SectionPlace, SectionTree},
    site::{FrontForm, FrontRoom, Identity, IdentityForm, SiteDraft},
};
use leptos::{prelude::*, server_fn::codec::Json};

/// The identity with what a change is based on.
#[server(name = GetIdentity, prefix = "/api", endpoint = "get_identity", input = Json, output = Answer)]
pub async fn get_identity() -> Result<IdentityForm, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.identity(&actor).await)
}

/// Changes the identity; the new version.
#[server(name = ChangeIdentity, prefix = "/api", endpoint = "change_identity", input = Json, output = Answer)]
pub async fn change_identity(
    /// What is written.
    identity: Identity,
    /// What it is based on.
    version: i32,
) -> Result<i32, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.change_identity(&actor, &identity, version).await)
}

/// All sections with what their room shows of them.
#[server(name = GetSectionTree, prefix = "/api", endpoint = "get_section_tree", input = Json, output = Answer)]
pub async fn get_section_tree() -> Result<SectionTree, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.section_tree(&actor).await)
}

/// Adds a section.
#[server(name = AddSection, prefix = "/api", endpoint = "add_section", input = Json, output = Answer)]
pub async fn add_section(
    /// Its place and fields.
    draft: SectionDraft,
) -> Result<SectionId, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.add_section(&actor, draft.parent, &draft.fields).await)
}

/// Changes a section; its new version.
#[server(name = ChangeSection, prefix = "/api", endpoint = "change_section", input = Json, output = Answer)]
pub async fn change_section(
    /// Which one.
    id: SectionId,
    /// Its place and fields.
    draft: SectionDraft,
    /// What it is based on.
    version: i32,
) -> Result<i32, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.change_section(&actor, id, draft.parent, &draft.fields, version).await)
}

/// Puts all sections into another order; the new version of the tree.
#[server(name = OrderSections, prefix = "/api", endpoint = "order_sections", input = Json, output = Answer)]
pub async fn order_sections(
    /// The tree.
    places: Vec<SectionPlace>,
    /// What it is based on.
    version: i32,
) -> Result<i32, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.order_sections(&actor, &places, version).await)
}

/// Removes a section; how many articles moved.
#[server(name = RemoveSection, prefix = "/api", endpoint = "remove_section", input = Json, output = Answer)]
pub async fn remove_section(
    /// Which one.
    id: SectionId,
    /// Where its articles go.
    into: Option<SectionId>,
    /// What it is based on.
    version: i32,
) -> Result<u64, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.remove_section(&actor, id, into, version).await)
}

/// The front page's form with what a change is based on.
#[server(name = GetFrontRoom, prefix = "/api", endpoint = "get_front_room", input = Json, output = Answer)]
pub async fn get_front_room() -> Result<FrontRoom, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.front_room(&actor).await)
}

/// Changes slots, friends and notices; the new version.
#[server(name = ChangeFront, prefix = "/api", endpoint = "change_front", input = Json, output = Answer)]
pub async fn change_front(
    /// The form.
    form: FrontForm,
    /// What it is based on.
    version: i32,
) -> Result<i32, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.change_front(&actor, &form, version).await)
}

/// What frame and front page would be if this were saved.
#[server(name = PreviewSite, prefix = "/api", endpoint = "preview_site", input = Json, output = Answer)]
pub async fn preview_site(
    /// What is not saved yet.
    draft: SiteDraft,
) -> Result<SitePreview, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.preview_site(&actor, &draft, &context.public_url).await)
}
