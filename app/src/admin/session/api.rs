//! The server functions of this room.

#[cfg(feature = "ssr")]
use crate::context::{AppContext, answer_private, session, set_session, signed_in, visitor};
use crate::error::AppError;
use crate::wire::Answer;
use content::desk::{LinkPurpose, Me, SecondFactorOffer, SessionRow};
use leptos::{prelude::*, server_fn::codec::Json};
#[cfg(feature = "ssr")]
use store::accounts::{Attempt, LinkUse};

/// Signs in. Open to everybody.
#[server(name = SignIn, prefix = "/api", endpoint = "sign_in", input = Json, output = Answer)]
pub async fn sign_in(
    /// The name to sign in with.
    name: String,
    /// The password.
    password: String,
    /// A code of the second factor, or a recovery code.
    code: Option<String>,
) -> Result<Me, AppError> {
    let context = AppContext::of_request()?;
    let (address, agent) = visitor();
    let attempt = Attempt { name: &name, password: &password, code: code.as_deref(), address: &address, agent: &agent };
    let (token, me) = answer_private(context.store.sign_in(attempt).await)?;
    set_session(&context, Some(&token));
    Ok(me)
}

/// Ends this session.
#[server(name = SignOut, prefix = "/api", endpoint = "sign_out", input = Json, output = Answer)]
pub async fn sign_out() -> Result<(), AppError> {
    let (context, session) = session().await?;
    answer_private(context.store.end_session(&session.actor, session.id).await)?;
    set_session(&context, None);
    Ok(())
}

/// Who is signed in.
#[server(name = GetMe, prefix = "/api", endpoint = "get_me", input = Json, output = Answer)]
pub async fn get_me() -> Result<Me, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.me(&actor).await)
}

/// Ends all sessions of the account, this one as well; answers how many.
#[server(name = SignOutEverywhere, prefix = "/api", endpoint = "sign_out_everywhere", input = Json, output = Answer)]
pub async fn sign_out_everywhere() -> Result<u32, AppError> {
    let (context, actor) = signed_in().await?;
    let ended = answer_private(context.store.end_other_sessions(&actor, None).await)?;
    set_session(&context, None);
    Ok(ended)
}

/// The sessions of the account.
#[server(name = ListSessions, prefix = "/api", endpoint = "list_sessions", input = Json, output = Answer)]
pub async fn list_sessions() -> Result<Vec<SessionRow>, AppError> {
    let (context, session) = session().await?;
    answer_private(context.store.sessions_of(&session.actor, session.id).await)
}

/// Ends one of them.
#[server(name = EndSession, prefix = "/api", endpoint = "end_session", input = Json, output = Answer)]
pub async fn end_session(
    /// Which one.
    id: i64,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.end_session(&actor, id).await)
}

/// Changes one's own password; the other sessions end.
#[server(name = ChangePassword, prefix = "/api", endpoint = "change_password", input = Json, output = Answer)]
pub async fn change_password(
    /// The password so far.
    current: String,
    /// The new password.
    new: String,
) -> Result<(), AppError> {
    let (context, session) = session().await?;
    answer_private(context.store.change_password(&session.actor, session.id, &current, &new).await)
}

/// Offers a second factor, which counts once it is confirmed.
#[server(name = OfferSecondFactor, prefix = "/api", endpoint = "offer_second_factor", input = Json, output = Answer)]
pub async fn offer_second_factor(
    /// The password.
    password: String,
) -> Result<SecondFactorOffer, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.offer_second_factor(&actor, &password).await)
}

/// Turns the offered second factor on; the recovery codes.
#[server(name = ConfirmSecondFactor, prefix = "/api", endpoint = "confirm_second_factor", input = Json, output = Answer)]
pub async fn confirm_second_factor(
    /// A code of the second factor, or a recovery code.
    code: String,
) -> Result<Vec<String>, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.confirm_second_factor(&actor, &code).await)
}

/// Turns the second factor off.
#[server(name = RemoveSecondFactor, prefix = "/api", endpoint = "remove_second_factor", input = Json, output = Answer)]
pub async fn remove_second_factor(
    /// The password.
    password: String,
) -> Result<(), AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.remove_second_factor(&actor, &password).await)
}

/// New recovery codes in place of the old ones.
#[server(name = RenewRecoveryCodes, prefix = "/api", endpoint = "renew_recovery_codes", input = Json, output = Answer)]
pub async fn renew_recovery_codes(
    /// The password.
    password: String,
) -> Result<Vec<String>, AppError> {
    let (context, actor) = signed_in().await?;
    answer_private(context.store.renew_recovery_codes(&actor, &password).await)
}

/// Whom a one-time link is for. Open to everybody who has it.
#[server(name = GetLink, prefix = "/api", endpoint = "get_link", input = Json, output = Answer)]
pub async fn get_link(
    /// The word of the link.
    token: String,
) -> Result<LinkPurpose, AppError> {
    answer_private(AppContext::of_request()?.store.link_purpose(&token).await)
}

/// Uses a one-time link, and signs in. Open to everybody who has it.
#[server(name = UseLink, prefix = "/api", endpoint = "use_link", input = Json, output = Answer)]
pub async fn use_link(
    /// The word of the link.
    token: String,
    /// The name to sign in with.
    name: String,
    /// The name that others see.
    display_name: String,
    /// The password.
    password: String,
    /// A code of the second factor, where the account has one, or a recovery code.
    code: Option<String>,
) -> Result<Me, AppError> {
    let context = AppContext::of_request()?;
    let (address, agent) = visitor();
    let used = LinkUse { name: &name, display_name: &display_name, password: &password, code: code.as_deref() };
    let (session, me) = answer_private(context.store.use_link(&token, used, &address, &agent).await)?;
    set_session(&context, Some(&session));
    Ok(me)
}
