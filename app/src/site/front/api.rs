//! The server function of the front page.

#[cfg(feature = "ssr")]
use crate::context::{AppContext, answer};
use crate::site::NoPage;
use crate::wire::Answer;
use content::reading::Front;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The front page.
#[server(name = GetFront, prefix = "/api", endpoint = "get_front", input = GetUrl, output = Answer)]
pub async fn get_front() -> Result<Front, NoPage> {
    let AppContext { store, .. } = AppContext::of_request()?;
    answer(store.front(&content::Actor::Anonymous).await)
}
