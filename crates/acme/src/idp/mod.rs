//! The health system's identity provider: OAuth 2 authorization code with PKCE, access tokens as signed JWTs.
//!
//! It shares only the API's address: its routes take no API key, and they keep their CORS headers when the API's are
//! switched off, because in the real world it is another company's server. `identity` holds its state.

mod authorize;
mod page;
mod token;
mod tokens;

use axum::Router;
use axum::routing::{get, post};

use crate::state::Shared;
pub use tokens::{SignedIn, issue_access_token};

/// The id of the only OAuth client, which is a public client.
pub const CLIENT_ID: &str = "find-a-time-preview";

/// How long an authorization code is valid.
const CODE_LIFETIME_SECONDS: i64 = 300;

/// The identity provider's routes.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/oauth2/authorize", get(authorize::show).post(authorize::sign_in))
        .route("/oauth2/token", post(token::exchange))
        .route("/.well-known/openid-configuration", get(token::discovery))
        .route("/.well-known/jwks.json", get(token::jwks))
}
