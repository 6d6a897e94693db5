//! An on-demand visit while the patient waits: terms, wait time, summary (API reference §2.29–§2.31), and the patient's
//! cancelling (§2.32–§2.34).

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::line::{brand_of, estimate, pool_of, sessions, words};
use super::regions::millis;
use crate::idp::SignedIn;
use crate::refusal::Refusal;
use crate::request::{Fields, Segment, json_body};
use crate::state::{Acme, Shared, blocking};
use crate::store::patients::Account;
use crate::store::virtual_visits::{self, VirtualVisit};
use crate::world::billing::VIRTUAL_CANCEL_REASONS;
use crate::world::practices;

fn no_such_visit() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "The visit was not found")
}

/// The visit that a path names, if it is the account's own.
fn visit_of(
    db: &rusqlite::Connection,
    account: &Account,
    segment: Result<Segment, Refusal>,
) -> Result<VirtualVisit, Refusal> {
    let Segment(id) = segment.map_err(|_| no_such_visit())?;
    let visit = virtual_visits::find(db, &id.to_ascii_lowercase())?;
    visit.filter(|visit| visit.username.as_ref() == Some(&account.username)).ok_or_else(no_such_visit)
}

/// Estimates the wait of a visit that has not ended.
pub async fn wait_time(
    State(acme): State<Shared>,
    SignedIn(account): SignedIn,
    id: Result<Segment, Refusal>,
) -> Result<Json<Value>, Refusal> {
    blocking(acme, move |acme| {
        let visit = acme.store.read(|db| visit_of(db, &account, id))?;
        if visit.has_ended() {
            return Err(Refusal::new(StatusCode::NOT_FOUND, "The visit is not active"));
        }
        let reason = practices::practice(&visit.practice).and_then(|practice| {
            pool_of(acme, practice, &visit.region, &visit.modality, &visit.qualifiers).state.reason()
        });
        if let Some(reason) = reason {
            return Err(Refusal::bad(format!("The wait time cannot be estimated: {reason}")));
        }
        Ok(Json(waiting(acme, &visit)))
    })
    .await
}

fn waiting(acme: &Acme, visit: &VirtualVisit) -> Value {
    let seconds = estimate(visit, acme.now());
    // Write whole numbers as integers and other numbers with a fraction, so that clients are tested with both forms.
    #[expect(clippy::cast_possible_truncation, reason = "an estimate is far from the limits of i64")]
    let number = if seconds.fract() == 0.0 { json!(seconds as i64) } else { json!(seconds) };
    let mut answer = json!({
        "estimatedWaitTimeSeconds": number,
        "estimateGeneratedAt": millis(acme.now()),
        "estimatedWaitTimeMessage": null,
        "waitTimeLocalizationInfo": null,
    });
    // Once a clinician is assigned, the wait needs no message.
    if visit.is_waiting() && visit.status != "caregiverassigned" {
        let (message, key, bounds) = words(seconds);
        answer["estimatedWaitTimeMessage"] = message.into();
        answer["waitTimeLocalizationInfo"] = json!({
            "modality": visit.modality,
            "waitTimeMapKey": key,
            "timeMinSeconds": bounds.map(|bounds| bounds.0),
            "timeMaxSeconds": bounds.map(|bounds| bounds.1),
        });
    }
    answer
}

/// Accepts the terms of a visit for which the patient still waits.
pub async fn accept_terms(
    State(acme): State<Shared>,
    SignedIn(account): SignedIn,
    id: Result<Segment, Refusal>,
) -> Result<StatusCode, Refusal> {
    blocking(acme, move |acme| {
        let visit = acme.store.read(|db| visit_of(db, &account, id))?;
        if !visit.is_waiting() {
            return Err(over());
        }
        Ok(StatusCode::OK)
    })
    .await
}

fn over() -> Refusal {
    Refusal::new(StatusCode::CONFLICT, "The visit is not in a status that allows this")
}

/// Shows a visit.
pub async fn summary(
    State(acme): State<Shared>,
    SignedIn(account): SignedIn,
    id: Result<Segment, Refusal>,
) -> Result<Json<Value>, Refusal> {
    blocking(acme, move |acme| {
        let visit = acme.store.read(|db| visit_of(db, &account, id))?;
        let body = visit.body();
        let mut room = sessions(&visit.id);
        room["apiKey"] = "46000001".into();
        let stamps = visit
            .stamps
            .keys()
            .filter_map(|status| visit.reached(status).map(|at| (status.clone(), Value::from(millis(at)))));
        let mut summary = json!({
            "visitId": visit.id,
            "userId": visit.patient_guid,
            "patientGuid": visit.patient_guid,
            "status": visit.status,
            "type": "virtual",
            "modality": visit.modality,
            "assignmentQualifiers": visit.qualifiers,
            "isHighPriority": body["visitDetails"]["urgency"].as_f64().unwrap_or_default() > 0.0,
            "stateLicensure": visit.region,
            "practiceId": visit.practice,
            "homeMarket": body["patient"]["homeMarket"].as_str().unwrap_or_default(),
            "integrations": {"tytoCare": {"enabled": false}},
            "tokBoxVisit": room,
            "acceptTerms": true,
            "timestamps": stamps.collect::<Map<String, Value>>(),
            "brand": brand_of(&visit),
            "deviceModel": "browser",
        });
        if let Some(tool) = body["visitDetails"]["assessmentToolUsed"].as_str() {
            summary["assessmentToolUsed"] = tool.into();
        }
        Ok(Json(summary))
    })
    .await
}

/// Cancels a video visit, with a reason.
pub async fn cancel_video(
    State(acme): State<Shared>,
    SignedIn(account): SignedIn,
    id: Result<Segment, Refusal>,
    bytes: Bytes,
) -> Result<Json<Value>, Refusal> {
    cancel_with_reason(acme, account, id, bytes, "virtual").await
}

/// Cancels a phone visit, with a reason.
pub async fn cancel_phone(
    State(acme): State<Shared>,
    SignedIn(account): SignedIn,
    id: Result<Segment, Refusal>,
    bytes: Bytes,
) -> Result<Json<Value>, Refusal> {
    cancel_with_reason(acme, account, id, bytes, "phone").await
}

/// The deprecated cancel call, without a reason and for both modalities.
pub async fn cancel(
    State(acme): State<Shared>,
    SignedIn(account): SignedIn,
    id: Result<Segment, Refusal>,
) -> Result<Json<Value>, Refusal> {
    blocking(acme, move |acme| end(acme, &account, id, None, None)).await
}

async fn cancel_with_reason(
    acme: Shared,
    account: Account,
    id: Result<Segment, Refusal>,
    bytes: Bytes,
    modality: &'static str,
) -> Result<Json<Value>, Refusal> {
    blocking(acme, move |acme| {
        let map = json_body(&bytes)?;
        let fields = Fields::of(&map);
        let reason = fields.one_of("cancelReason", &VIRTUAL_CANCEL_REASONS.map(|(_, _, value)| value))?;
        if modality == "phone" {
            let text = fields.text("patientEmail")?;
            if !acme.rules.is_email(text) {
                return Err(fields.wrong("patientEmail", "is not a valid email"));
            }
        }
        end(acme, &account, id, Some(modality), Some(reason))
    })
    .await
}

/// Cancels a visit for which the patient still waits; with `modality`, only a visit of that modality.
fn end(
    acme: &Acme,
    account: &Account,
    id: Result<Segment, Refusal>,
    modality: Option<&str>,
    reason: Option<&str>,
) -> Result<Json<Value>, Refusal> {
    let now = acme.now();
    acme.store.write(|db| {
        let visit = visit_of(db, account, id)?;
        if modality.is_some_and(|modality| modality != visit.modality) {
            return Err(Refusal::bad("The visit is of the other kind"));
        }
        if !visit.is_waiting() {
            return Err(over());
        }
        virtual_visits::set_status(db, &visit, "cancelled", now, reason)?;
        Ok(Json(json!({"visitId": visit.id, "status": "cancelled"})))
    })
}

/// The video vendor's webhook (API reference §2.44): accepts any body, which only the request log keeps.
pub async fn tokbox_event(_: Bytes) -> StatusCode {
    StatusCode::ACCEPTED
}
