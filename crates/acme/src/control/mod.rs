//! The control port: JSON over HTTP for tests, never part of the simulated system.

pub mod availability;
mod clock;
pub mod faults;
pub mod intents;
pub mod log;
pub mod on_demand;
mod people;
pub mod reports;
mod slots;
mod visits;
mod world;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

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

use crate::care_options::contexts::Contexts;
use crate::layers::cors;
use crate::refusal::{CYCLE, Refusal, Variant, json_response};
use crate::state::Shared;
use crate::store::bookings::ConflictOrder;

/// What the control port can set.
#[derive(Default)]
pub struct Controls {
    /// The log of received requests.
    pub log: log::Log,
    /// The faults set for coming requests.
    pub faults: faults::Faults,
    /// Booking POSTs by intent.
    pub intents: intents::Intents,
    /// Access to the searches without a key.
    pub doors: availability::Doors,
    /// The search contexts issued.
    pub contexts: Contexts,
    /// The hand-offs to the scheduling pages.
    pub hand_offs: availability::HandOffs,
    /// Regions and coupons whose answers a test has set.
    pub on_demand: on_demand::OnDemand,
    /// The reports started.
    pub reports: reports::Reports,
    cors_off: AtomicBool,
    conflict_order: Mutex<Option<ConflictOrder>>,
    envelope: Mutex<Envelope>,
    dressed: AtomicUsize,
}

#[derive(Clone, Copy)]
enum Envelope {
    Always(Variant),
    Cycle,
}

impl Default for Envelope {
    fn default() -> Self {
        Self::Always(Variant::E2)
    }
}

impl Controls {
    /// Whether CORS headers are sent.
    pub fn cors_is_on(&self) -> bool {
        !self.cors_off.load(Ordering::Relaxed)
    }

    /// Which conflict is answered to a booking that has both; `None` leaves the choice to the settings.
    pub fn conflict_order(&self) -> Option<ConflictOrder> {
        *self.conflict_order.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_conflict_order(&self, order: Option<ConflictOrder>) {
        *self.conflict_order.lock().unwrap_or_else(PoisonError::into_inner) = order;
    }

    /// The envelope of the next error; advances the cycle, if one is set.
    pub fn next_envelope(&self) -> Variant {
        match *self.envelope.lock().unwrap_or_else(PoisonError::into_inner) {
            Envelope::Always(variant) => variant,
            Envelope::Cycle => CYCLE[self.dressed.fetch_add(1, Ordering::Relaxed) % CYCLE.len()],
        }
    }

    fn set_envelope(&self, envelope: Envelope) {
        *self.envelope.lock().unwrap_or_else(PoisonError::into_inner) = envelope;
        self.dressed.store(0, Ordering::Relaxed);
    }

    fn reset(&self) {
        self.log.clear();
        self.faults.clear();
        self.intents.clear();
        self.doors.set(availability::Availability::default());
        self.contexts.expire();
        self.hand_offs.clear();
        self.on_demand.reset();
        self.reports.reset();
        self.cors_off.store(false, Ordering::Relaxed);
        self.set_conflict_order(None);
        self.set_envelope(Envelope::default());
    }
}

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

async fn set_cors(State(acme): State<Shared>, body: axum::body::Bytes) -> Result<Json<Value>, Refusal> {
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
    let wanted: Wanted = read(&body)?;
    acme.controls.cors_off.store(matches!(wanted.mode, Mode::Off), Ordering::Relaxed);
    Ok(done())
}

async fn reset(State(acme): State<Shared>) -> Result<Response, Refusal> {
    acme.store.reset()?;
    acme.clock.reset();
    acme.controls.reset();
    Ok(json_response(StatusCode::OK, &json!({"ok": true})))
}
