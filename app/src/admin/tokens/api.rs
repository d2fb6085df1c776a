//! The server functions of this room.

#[cfg(feature = "ssr")]
use crate::context::{answer_private, signed_in};
use crate::error::AppError;
use crate::wire::Answer;
use content::{
    TokenId,
    token::{MadeToken, TokenFields, TokenRow},
};
use leptos::{prelude::*, server_fn::codec::Json};

/// All tokens.
#[server(name = ListTokens, prefix = "/api", endpoint = "list_tokens", input = Json, output = Answer)]
pub async fn list_tokens() -> Result<Vec<TokenRow>, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.tokens(&actor).await)
}

/// Makes a token; its secret is in the answer this once.
#[server(name = MakeToken, prefix = "/api", endpoint = "make_token", input = Json, output = Answer)]
pub async fn make_token(
    /// What it is for, for whom it acts, how far it goes and how long.
    fields: TokenFields,
) -> Result<MadeToken, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.make_token(&actor, &fields).await)
}

/// Takes a token back.
#[server(name = RevokeToken, prefix = "/api", endpoint = "revoke_token", input = Json, output = Answer)]
pub async fn revoke_token(
    /// Which one.
    id: TokenId,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.revoke_token(&actor, id).await)
}
