//! Care Options: searches for providers and slots around a place (API reference §2.11–§2.13). Three calls share one
//! search; no answer holds a slot id.

mod by_get;
mod by_post;
mod directory;
mod providers;
mod read;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::Value;

use crate::params::Params;
use crate::refusal::{Refusal, Variant};
use crate::request::json_body;
use crate::state::{Shared, blocking};

/// The routes of Care Options.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/v1/availability/providers", post(find_providers))
        .route("/v1/availability/slots", get(get_slots).post(post_slots))
}

/// `errorCode` of an invalid request.
const INVALID_REQUEST: u32 = 40_001;

/// `errorCode` of a `searchContext` that is unknown or has expired.
const INVALID_CONTEXT: u32 = 40_002;

/// `errorCode` of a wrong key.
const FORBIDDEN: u32 = 40_301;

async fn find_providers(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let answer = blocking(acme, move |acme| {
        let body = json_body(&body)?;
        let search = read::body(&body, false)?;
        providers::answer(acme, &search, providers::Sort::read(&body)?)
    });
    answer.await.map(Json).map_err(refused)
}

async fn post_slots(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let answer = blocking(acme, move |acme| {
        let body = json_body(&body)?;
        let contexts = &acme.controls.contexts;
        let (search, token) = match body.get("searchContext").filter(|token| !token.is_null()) {
            // The token restores the whole search; everything else in the body is ignored.
            Some(token) => {
                let known = token.as_str().and_then(|token| Some((contexts.find(token, acme.now())?, token)));
                let (search, token) = known.ok_or_else(no_such_context)?;
                (search, token.to_owned())
            }
            None => {
                let search = read::body(&body, true)?;
                (search.clone(), contexts.give(search, acme.now()))
            }
        };
        by_post::answer(acme, &search, &token)
    });
    answer.await.map(Json).map_err(refused)
}

async fn get_slots(State(acme): State<Shared>, RawQuery(query): RawQuery) -> Result<Json<Value>, Refusal> {
    let answer = blocking(acme, move |acme| {
        let params = Params::read(query.as_deref())?;
        let search = read::query(&params)?;
        let wanted = by_get::Wanted::read(&params)?;
        let token = acme.controls.contexts.give(search.clone(), acme.now());
        by_get::answer(acme, &search, &wanted, &token)
    });
    answer.await.map(Json).map_err(refused)
}

fn no_such_context() -> Refusal {
    Refusal { number: Some(INVALID_CONTEXT), ..Refusal::bad("Invalid Search Context") }
}

/// The answer to a wrong key: 403, not 401 (§4, Q5).
pub fn forbidden() -> Refusal {
    let refusal = Refusal::new(StatusCode::FORBIDDEN, "Forbidden");
    Refusal { fixed: Some(Variant::E3), number: Some(FORBIDDEN), ..refusal }
}

/// Gives a refusal the format of these calls: the envelope E3 for a client error (4xx), no body for a server
/// error (5xx).
fn refused(refusal: Refusal) -> Refusal {
    if refusal.status.is_server_error() {
        return Refusal { fixed: Some(Variant::Empty), ..refusal };
    }
    let number = refusal.number.or(Some(INVALID_REQUEST));
    Refusal { fixed: Some(Variant::E3), number, ..refusal }
}
