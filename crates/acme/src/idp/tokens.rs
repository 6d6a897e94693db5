//! Issues and checks access tokens; an extractor turns a request's bearer token into an account.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::refusal::Refusal;
use crate::state::{Acme, Shared, blocking};
use crate::store::patients::{self, Account};

const AUDIENCE: &str = "https://api.northlake.example";

/// The claims of an access token.
#[derive(Serialize, Deserialize)]
struct AccessClaims {
    iss: String,
    aud: String,
    sub: String,
    iat: i64,
    exp: i64,
    jti: String,
    scope: String,
    /// The account's token generation when the token was issued. The control port raises the account's generation to
    /// expire its tokens.
    generation: i64,
}

/// Issues an access token for an account, valid for `ttl` seconds by Acme's clock.
pub fn issue_access_token(acme: &Acme, account: &Account, scope: &str, ttl: u32) -> Result<String, Refusal> {
    let now = acme.now().timestamp();
    acme.idp.keys.sign(&AccessClaims {
        iss: acme.idp.issuer.clone(),
        aud: AUDIENCE.to_owned(),
        sub: subject(&account.username),
        iat: now,
        exp: now + i64::from(ttl),
        jti: Uuid::new_v4().to_string(),
        scope: scope.to_owned(),
        generation: account.token_generation,
    })
}

/// The `sub` of an account.
pub fn subject(username: &str) -> String {
    format!("northlake|{username}")
}

/// The account of the request's valid bearer token. Acme answers 401 to a request without one.
pub struct SignedIn(pub Account);

impl FromRequestParts<Shared> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, acme: &Shared) -> Result<Self, Refusal> {
        let header =
            parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let token = match header.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim().to_owned(),
            _ => return Err(Refusal::signed_out("A bearer token is required")),
        };
        blocking(acme.clone(), move |acme| check(acme, &token).map(Self)).await
    }
}

fn check(acme: &Acme, token: &str) -> Result<Account, Refusal> {
    let invalid = || Refusal::signed_out("The token is not valid");
    let expired = || Refusal::signed_out("The token has expired");
    let claims: AccessClaims = acme.idp.keys.verify(token, AUDIENCE).ok_or_else(invalid)?;
    if claims.exp <= acme.now().timestamp() {
        return Err(expired());
    }
    let username = claims.sub.strip_prefix("northlake|").ok_or_else(invalid)?;
    let account = acme.store.read(|db| Ok(patients::account(db, username)?))?.ok_or_else(invalid)?;
    if claims.generation != account.token_generation {
        return Err(expired());
    }
    Ok(account)
}
