//! The Visit host: booking, retail (API reference §2.25) and with a provider (§2.26).

mod provider;
mod retail;
pub mod submit;

use axum::Router;
use axum::routing::post;

use crate::state::Shared;

/// Its routes.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/6/visits/retail", post(retail::book))
        .route("/api/7/visits/providerbooking", post(provider::book))
}
