//! Records what Acme did with a booking POST, before a fault changes the answer.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::Value;

use super::front::LogNumber;
use crate::controls::intents::Call;
use crate::refusal::Refusal;
use crate::state::Shared;

/// Handles a request. If it is a booking POST, records its result (booked or refused) in the list of intents.
pub async fn note(State(acme): State<Shared>, request: Request, next: Next) -> Response {
    let number = request.extensions().get::<LogNumber>().copied();
    let call = Call::of(request.method(), request.uri().path());
    let response = next.run(request).await;
    let (Some(LogNumber(number)), Some(_)) = (number, call) else { return response };
    if let Some(refusal) = response.extensions().get::<Refusal>() {
        acme.controls.intents.refused(number, refusal);
        return response;
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let answer: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    acme.controls.intents.booked(number, answer["visitId"].as_str().map(str::to_owned));
    Response::from_parts(parts, Body::from(bytes))
}
