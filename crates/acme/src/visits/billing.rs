//! Insurers and coupons (API reference §2.39, §2.40).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::request::Segment;
use crate::state::Shared;
use crate::world::billing;

pub async fn issuers(Segment(tenant): Segment) -> Json<Value> {
    let issuers = billing::issuers(&tenant).iter();
    let issuers: Vec<Value> = issuers.map(|(name, id)| json!({"name": name, "payerId": id})).collect();
    Json(json!({"insuranceIssuers": issuers}))
}

/// Verifies a coupon. A client that tries too many unknown codes gets a 429 for every code. The `User-Agent`
/// identifies the client, because all clients have the same address here.
pub async fn verify_coupon(
    State(acme): State<Shared>,
    headers: HeaderMap,
    Segment(code): Segment,
) -> Result<Json<Value>, Refusal> {
    let client = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (controls, now) = (&acme.controls.on_demand, acme.now());
    let too_many = || Refusal::new(StatusCode::TOO_MANY_REQUESTS, "Too many attempts");
    if controls.guesses_too_often(client, now) {
        return Err(too_many());
    }
    let no_such = || Refusal::new(StatusCode::NOT_FOUND, "There is no such coupon");
    let Some(coupon) = controls.coupon(&code) else {
        controls.missed(client, now);
        return Err(no_such());
    };
    match coupon.refused_with {
        None => {
            let status = if coupon.is_active { "active" } else { "inactive" };
            Ok(Json(json!({"status": status, "discountAmount": coupon.discount})))
        }
        Some(401) => Err(Refusal::signed_out("The coupon service did not accept the key")),
        Some(404) => Err(no_such()),
        Some(429) => Err(too_many()),
        Some(_) => Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "Internal server error")),
    }
}
