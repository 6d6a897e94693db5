//! The control port: JSON over HTTP for tests, never part of the simulated system. What its requests set is kept
//! in `controls`.

mod availability;
mod clock;
mod faults;
mod intents;
mod log;
mod on_demand;
mod people;
mod reports;
mod slots;
mod visits;
mod world;

use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue,
    ORIGIN, VARY,
};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::controls::Envelope;
use crate::layers::cors;
use crate::refusal::{Refusal, Variant, json_response};
use crate::state::Shared;
use crate::store::bookings::ConflictOrder;

/// The control port's routes.
pub fn app(acme: Shared) -> Router {
    Router::new()
        .route("/health", get(|| async { Json(json!({"status": "ok"})) }))
        .route("/world", get(world::show))
        .route("/clock", get(clock::show).post(clock::set))
        .route("/slots/take", post(slots::take))
        .route("/slots/release", post(slots::release))
        .route("/tokens/expire", post(people::expire_tokens))
        .route("/tokens/issue", post(people::issue_token))
        .route("/patients/make", post(people::make))
        .route("/requests", get(log::show).delete(log::forget))
        .route("/visits", get(visits::show))
        .route("/intents", get(intents::show).post(intents::announce))
        .route("/regions", post(on_demand::set_region))
        .route("/waits", post(on_demand::set_wait))
        .route("/virtual", post(on_demand::set_status))
        .route("/coupons", post(on_demand::set_coupon))
        .route("/reports", post(reports::set))
        .route("/faults", get(faults::show).post(faults::add).delete(faults::forget))
        .route("/availability", post(availability::set))
        .route("/contexts/expire", post(availability::expire_contexts))
        .route("/handoffs", get(availability::hand_offs))
        .route("/conflict-order", post(set_conflict_order))
        .route("/envelope", post(set_envelope))
        .route("/cors", post(set_cors))
        .route("/comparison", post(set_comparison))
        .route("/reset", post(reset))
        .fallback(|| async { Refusal::new(StatusCode::NOT_FOUND, "No such control") })
        .layer(from_fn(frame))
        .with_state(acme)
}

/// Middleware that writes errors as `{"error"}` and allows CORS for the pages of this machine.
async fn frame(request: Request, next: Next) -> Response {
    let origin = request.headers().get(ORIGIN).filter(|origin| cors::is_allowed(origin)).cloned();
    let is_preflight = request.method() == Method::OPTIONS;
    let mut response =
        if is_preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        response = refusal.dress(Variant::E1, "");
    }
    response.headers_mut().insert(VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = origin {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, DELETE"));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    }
    response
}

/// Reads a JSON body of any content type; an empty body counts as an empty object.
fn read<T: for<'de> Deserialize<'de>>(body: &[u8]) -> Result<T, Refusal> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| Refusal::bad(error.to_string()))
}

/// The answer of a control that only sets something.
fn done() -> Json<Value> {
    Json(json!({"ok": true}))
}

async fn set_envelope(State(acme): State<Shared>, body: axum::body::Bytes) -> Result<Json<Value>, Refusal> {
    #[derive(Deserialize)]
    struct Wanted {
        variant: Value,
    }
    let wanted: Wanted = read(&body)?;
    let envelope = if wanted.variant == "cycle" {
        Envelope::Cycle
    } else {
        let variant = serde_json::from_value(wanted.variant);
        Envelope::Always(variant.map_err(|error| Refusal::bad(error.to_string()))?)
    };
    acme.controls.set_envelope(envelope);
    Ok(done())
}

async fn set_conflict_order(
    State(acme): State<Shared>,
    body: axum::body::Bytes,
) -> Result<Json<Value>, Refusal> {
    #[derive(Deserialize)]
    struct Wanted {
        order: ConflictOrder,
    }
    let wanted: Wanted = read(&body)?;
    acme.controls.set_conflict_order(Some(wanted.order));
    Ok(done())
}

/// Reads the body `{"mode": "on" | "off"}`.
fn is_on(body: &axum::body::Bytes) -> Result<bool, Refusal> {
    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Mode {
        On,
        Off,
    }
    #[derive(Deserialize)]
    struct Wanted {
        mode: Mode,
    }
    let wanted: Wanted = read(body)?;
    Ok(matches!(wanted.mode, Mode::On))
}

async fn set_cors(State(acme): State<Shared>, body: axum::body::Bytes) -> Result<Json<Value>, Refusal> {
    acme.controls.set_cors(is_on(&body)?);
    Ok(done())
}

async fn set_comparison(State(acme): State<Shared>, body: axum::body::Bytes) -> Result<Json<Value>, Refusal> {
    acme.controls.set_comparison(is_on(&body)?);
    Ok(done())
}

async fn reset(State(acme): State<Shared>) -> Result<Response, Refusal> {
    acme.store.reset()?;
    acme.clock.reset();
    acme.controls.reset();
    Ok(json_response(StatusCode::OK, &json!({"ok": true})))
}
