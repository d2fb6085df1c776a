//! The server function of what stands around every page.

#[cfg(feature = "ssr")]
use crate::context::{AppContext, answer};
use crate::site::NoPage;
use crate::wire::Answer;
use content::reading::Frame;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Masthead, sections and footer.
#[server(name = GetFrame, prefix = "/api", endpoint = "get_frame", input = GetUrl, output = Answer)]
pub async fn get_frame() -> Result<Frame, NoPage> {
    let AppContext { store, public_url, .. } = AppContext::of_request()?;
    answer(store.frame(&public_url).await)
}
