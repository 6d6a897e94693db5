//! The health system's identity provider: OAuth 2 authorization code with PKCE, access tokens as signed JWTs.
//!
//! It shares only the API's address: its routes take no API key, and they keep their CORS headers when the API's are
//! switched off, because in the real world it is another company's server.

mod authorize;
mod page;
mod token;
mod tokens;

use axum::Router;
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::state::Shared;
pub use tokens::{Keys, SignedIn, issue_access_token};

/// The id of the only client, a public one.
pub const CLIENT_ID: &str = "find-a-time-preview";

/// How long an authorization code is valid.
const CODE_LIFETIME_SECONDS: i64 = 300;

/// The identity provider's own state.
pub struct Idp {
    /// `http://…` of the API listener, which also serves the identity provider.
    issuer: String,
    keys: Keys,
    codes: Mutex<HashMap<String, Grant>>,
}

/// What an authorization code grants.
struct Grant {
    username: String,
    redirect_uri: String,
    challenge: String,
    scope: String,
    nonce: Option<String>,
    expires: DateTime<Utc>,
}

impl Idp {
    /// An identity provider at this address.
    pub fn new(issuer: String, keys: Keys) -> Self {
        Self { issuer, keys, codes: Mutex::default() }
    }

    fn remember(&self, code: String, grant: Grant) {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).insert(code, grant);
    }

    /// Returns the grant of a code and removes it, because a code works once.
    fn redeem(&self, code: &str) -> Option<Grant> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).remove(code)
    }
}

/// The identity provider's routes.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/oauth2/authorize", get(authorize::show).post(authorize::sign_in))
        .route("/oauth2/token", post(token::exchange))
        .route("/.well-known/openid-configuration", get(token::discovery))
        .route("/.well-known/jwks.json", get(token::jwks))
}
