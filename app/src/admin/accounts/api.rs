//! The server functions of this room.

#[cfg(feature = "ssr")]
use crate::context::{answer_private, signed_in};
use crate::error::AppError;
use crate::wire::Answer;
use content::{
    AccountId,
    desk::{AccountFields, AccountRow, OneTimeLink},
};
use leptos::{prelude::*, server_fn::codec::Json};

/// All accounts.
#[server(name = ListAccounts, prefix = "/api", endpoint = "list_accounts", input = Json, output = Answer)]
pub async fn list_accounts() -> Result<Vec<AccountRow>, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.accounts(&actor).await)
}

/// Adds an account; the link by which its owner chooses a password.
#[server(name = AddAccount, prefix = "/api", endpoint = "add_account", input = Json, output = Answer)]
pub async fn add_account(
    /// Names and roles.
    fields: AccountFields,
) -> Result<OneTimeLink, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.add_account(&actor, &fields).await.map(|(_, link)| link))
}

/// Changes names and roles, and whether signing in is refused.
#[server(name = ChangeAccount, prefix = "/api", endpoint = "change_account", input = Json, output = Answer)]
pub async fn change_account(
    /// Which one.
    id: AccountId,
    /// Names and roles.
    fields: AccountFields,
    /// Whether signing in is refused.
    disabled: bool,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.change_account(&actor, id, &fields, disabled).await)
}

/// A link by which the account chooses a new password.
#[server(name = MakePasswordLink, prefix = "/api", endpoint = "make_password_link", input = Json, output = Answer)]
pub async fn make_password_link(
    /// Which one.
    id: AccountId,
) -> Result<OneTimeLink, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.password_link(&actor, id).await)
}

/// Turns somebody's second factor off: a lost telephone.
#[server(name = RemoveSecondFactorOf, prefix = "/api", endpoint = "remove_second_factor_of", input = Json, output = Answer)]
pub async fn remove_second_factor_of(
    /// Which one.
    id: AccountId,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.remove_second_factor_of(&actor, id).await)
}
