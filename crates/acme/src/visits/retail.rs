//! Booking a department's slot (API reference §2.25).

use axum::body::Bytes;
use axum::extract::State;
use axum::{Extension, Json};
use serde_json::{Map, Value, json};

use super::submit::{self, Request, visit_details};
use crate::body;
use crate::controls::intents::Intent;
use crate::idp::SignedIn;
use crate::refusal::Refusal;
use crate::request::{Fields, Query, json_body};
use crate::slot_id::Kind;
use crate::state::{Acme, Shared, blocking};

pub async fn book(
    State(acme): State<Shared>,
    SignedIn(account): SignedIn,
    query: Query,
    Extension(Intent(intent)): Extension<Intent>,
    bytes: Bytes,
) -> Result<Json<Value>, Refusal> {
    let product = query.get("product").map(str::to_owned);
    blocking(acme, move |acme| {
        let body = json_body(&bytes)?;
        let request = read(acme, &body)?;
        let visit_id = submit::book(acme, &account, &request, product, intent, &bytes)?;
        Ok(Json(json!({"visitId": visit_id})))
    })
    .await
}

fn read(acme: &Acme, body: &Map<String, Value>) -> Result<Request, Refusal> {
    let body = Fields::of(body);
    let patient = body.object("patient")?;
    let patient_guid = patient.guid("identifier")?;
    let address = body::address(acme, &patient.object("address")?)?;
    body::phone(acme, &patient)?;
    body::email(acme, &patient)?;

    let details = body.object("visitDetails")?;
    let (common, slot) = visit_details(acme, &details, Kind::Retail)?;
    if details.text("providerId")? != acme.world.clinicians[slot.who].posts[slot.post].emr_id {
        return Err(details.wrong("providerId", "is not the slot's provider"));
    }
    if common.for_somebody_else {
        body::actor(acme, &body.object("actor")?)?;
    }

    let modules = body.object("registrationModules")?;
    for document in modules.objects("documentSigning")? {
        document.text("name")?;
        document.optional_flag("signed")?.ok_or_else(|| document.wrong("signed", "is required"))?;
    }
    if let Some(billing) = modules.optional_object("billingInfo")? {
        body::billing(acme, &billing)?;
    }
    Ok(Request { patient_guid, actor_guid: None, address, common, slot })
}
