//! Two lookups: how many days ahead a visit type can be booked (API reference §2.7), and the rule for email
//! addresses (§2.41).

use axum::Json;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::request::Query;
use crate::rules;
use crate::world::visit_types::{self, Ehr};

pub async fn max_look_ahead(query: Query) -> Result<Json<Value>, Refusal> {
    let short_name = query.required("visitTypeName")?;
    let instance = query.required("epicInstanceName")?;
    let days = Ehr::named(instance).and_then(|ehr| visit_types::look_ahead(ehr, short_name));
    let days = days.ok_or_else(|| {
        Refusal::new(
            StatusCode::NOT_FOUND,
            "No look-ahead is configured for that visit type and EHR instance",
        )
    })?;
    Ok(Json(json!({"maxLookaheadDays": days})))
}

pub async fn validation() -> Json<Value> {
    Json(json!({"emailValidationRegex": rules::EMAIL}))
}
