//! The slots service: a provider's timeslots v5 (API reference §2.8), slot search (§2.9), and notifications from the
//! owner of a schedule (§2.10). No answer holds a slot id.

mod notices;
mod search;
mod timeslots;

use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::Value;

use crate::refusal::{Refusal, Variant};
use crate::state::Shared;

/// The routes of the slots service.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/v5/providers/{npid}/timeslots", get(timeslots::of_provider))
        .route("/v5/slots/search", post(search::find))
        .route("/v5/slots/slot-taken", post(notices::taken))
        .route("/v5/slots/slot-released", post(notices::released))
}

/// `errorCode` of every refusal except wrong keys and unknown providers; it is the document's own example.
const ERROR_CODE: u32 = 500_201;

/// Gives a refusal the format of these calls: the envelope E4 for a 404, E3 for everything else.
fn refused(refusal: Refusal) -> Refusal {
    let shape = if refusal.status == StatusCode::NOT_FOUND { Variant::E4 } else { Variant::E3 };
    Refusal { fixed: Some(shape), number: Some(ERROR_CODE), ..refusal }
}

/// Turns a result into an answer, or into a refusal in the format of these calls.
fn answered(answer: Result<Value, Refusal>) -> Result<Json<Value>, Refusal> {
    answer.map(Json).map_err(refused)
}
