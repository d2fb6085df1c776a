//! Who asks: nobody in particular, or a program with a token. Cookies are never looked at.

use super::problem::Problem;
use crate::web::WebState;
use axum::extract::FromRequestParts;
use content::{Actor, Refusal, TokenId, token::MOST_REQUESTS};
use http::{StatusCode, header, request::Parts};
use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// For so long requests are counted.
const WINDOW: Duration = Duration::from_secs(60);

/// Since when the requests of a token are counted, and how many there were.
static SPENT: LazyLock<Mutex<HashMap<TokenId, (Instant, u32)>>> = LazyLock::new(Mutex::default);

/// Whoever asks. Without a token it is a reader.
pub struct Caller(pub Actor);

/// A program with a token.
pub struct Writer(pub Actor);

impl FromRequestParts<WebState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Problem> {
        let Some(given) = parts.headers.get(header::AUTHORIZATION) else { return Ok(Self(Actor::Anonymous)) };
        let words = given.to_str().ok().and_then(|given| given.split_once(' '));
        let secret = words.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, secret)| secret.trim());
        let actor = match secret {
            Some(secret) => state.installation.store.token(secret).await?,
            None => None,
        };
        let unknown = "令牌无效：可能写错、已过期、已收回，或者它的账号已停用。";
        let actor = actor.ok_or_else(|| Problem::new(StatusCode::UNAUTHORIZED, "bad_token", unknown))?;
        if let Actor::Token { id, .. } = &actor {
            spend(*id, Instant::now())?;
        }
        Ok(Self(actor))
    }
}

impl FromRequestParts<WebState> for Writer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Problem> {
        match Caller::from_request_parts(parts, state).await? {
            Caller(actor @ Actor::Token { .. }) => Ok(Self(actor)),
            Caller(_) => Err(Refusal::SignedOut.into()),
        }
    }
}

/// Counts a request of a token.
fn spend(token: TokenId, now: Instant) -> Result<(), Problem> {
    let mut spent = SPENT.lock().unwrap_or_else(PoisonError::into_inner);
    spent.retain(|_, (since, _)| now.duration_since(*since) < WINDOW);
    let (since, count) = spent.entry(token).or_insert((now, 0));
    if *count < MOST_REQUESTS {
        *count += 1;
        return Ok(());
    }
    let left = WINDOW.saturating_sub(now.duration_since(*since)).as_secs() + 1;
    let said = format!("这个令牌一分钟最多请求 {MOST_REQUESTS} 次，请在 {left} 秒后再试。");
    Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", said).after(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_waits_for_the_next_minute_and_others_do_not() {
        let (now, token) = (Instant::now(), TokenId(-1));
        for _ in 0..MOST_REQUESTS {
            assert!(spend(token, now).is_ok());
        }
        assert!(spend(token, now + Duration::from_secs(59)).is_err());
        assert!(spend(TokenId(-2), now).is_ok());
        assert!(spend(token, now + WINDOW).is_ok());
    }
}
