//! Creates an on-demand visit for a patient without an account (API reference §2.27). Servers make this call, not
//! browsers, so it always requires the key. The answer's correlation id is a plain UUID, without the number that
//! other answers append, as the published document declares it.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::guest_schema;
use crate::refusal::Refusal;
use crate::request::Query;
use crate::state::{Acme, Shared, blocking};
use crate::store::virtual_visits;
use crate::visits::line::pool_of;
use crate::visits::on_demand::new_visit;
use crate::visits::waiting_page;
use crate::world::pools::State as PoolState;
use crate::world::practices;
use crate::world::visit_types::Ehr;

fn refused(status: StatusCode, code: &'static str, text: &str) -> Refusal {
    Refusal { code: Some(code), ..Refusal::new(status, text) }
}

fn invalid(text: &str) -> Refusal {
    refused(StatusCode::BAD_REQUEST, "OPENAPI_VALIDATION_ERROR", text)
}

fn no_ehr() -> Refusal {
    refused(StatusCode::BAD_REQUEST, "EHR_LOOKUP_FAILED", "Failed to lookup EHR system")
}

/// The answer to every other failure, since the published document declares no code that fits better.
fn not_created(text: &str) -> Refusal {
    refused(StatusCode::INTERNAL_SERVER_ERROR, "VISIT_CREATE_FAILED", text)
}

pub async fn create(
    State(acme): State<Shared>,
    headers: HeaderMap,
    query: Result<Query, Refusal>,
    bytes: Bytes,
) -> Result<Json<Value>, Refusal> {
    let key = headers.get("x-api-key").map(HeaderValue::as_bytes);
    if key != Some(acme.settings.api_key.as_bytes()) {
        return Err(refused(StatusCode::UNAUTHORIZED, "APIKEY_INVALID_OR_MISSING", "Unauthorized"));
    }
    let query = query.map_err(|refusal| invalid(&refusal.text))?;
    let product = query.get("product").unwrap_or_default().to_owned();
    if !matches!(product.as_str(), "DCIntSched" | "Other") {
        return Err(invalid("/query/product - must be equal to one of the allowed values"));
    }
    blocking(acme, move |acme| {
        let body: Value =
            serde_json::from_slice(&bytes).map_err(|_| invalid("/requestBody - must be JSON"))?;
        guest_schema::check(&body).map_err(|text| invalid(&text))?;
        book(acme, &body, product, &bytes)
    })
    .await
}

fn book(acme: &Acme, body: &Value, product: String, bytes: &[u8]) -> Result<Json<Value>, Refusal> {
    let details = &body["visitDetails"];
    let text = |field: &str| details[field].as_str().unwrap_or_default();
    let practice = practices::practice(text("practiceId")).ok_or_else(no_ehr)?;
    let region = practice.region(text("stateLicensure")).filter(|region| region.is_active);
    let region = region.ok_or_else(no_ehr)?;
    let scheduled = details["scheduledDepartment"]["scheduledEhr"].as_str();
    if scheduled.is_some_and(|name| Ehr::named(name).is_none()) {
        return Err(no_ehr());
    }
    let qualifiers = details["assignmentQualifiers"].as_array().into_iter().flatten();
    let qualifiers: Vec<String> = qualifiers.filter_map(Value::as_str).map(str::to_owned).collect();
    let modality = text("visitTypeName");
    let answer = pool_of(acme, practice, region.code, modality, &qualifiers);
    if answer.state != PoolState::Open {
        let reason = answer.state.reason().unwrap_or_default();
        return Err(not_created(&format!("The visit could not be created: {reason}")));
    }
    let status = details["initialStatus"].as_str().unwrap_or("requested");
    let visit = new_visit(
        acme,
        (practice, region.code, modality),
        qualifiers,
        (status, answer.wait),
        (Uuid::new_v4().to_string(), Some(product), bytes),
    );
    acme.store.write(|db| Ok(virtual_visits::add(db, &visit)?))?;
    Ok(Json(json!({"visitId": visit.id, "visitRedirectUrl": waiting_page::url(acme, &visit.id)})))
}
