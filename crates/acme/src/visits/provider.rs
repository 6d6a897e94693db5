//! Booking a provider's slot (API reference §2.26).

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
use crate::world::visit_types;

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
        let is_virtual = request.slot.visit_type.short_name == Some("Virtual");
        let mut answer = json!({"visitId": visit_id, "isVirtual": is_virtual});
        if is_virtual {
            answer["virtualMeetingInfo"] = json!({
                "joinUrl": format!("https://meet.northlake.example/j/{visit_id}"),
                "conferenceId": 99_120,
                "tollNumber": "+12065550100",
                "vendor": "zoom",
            });
        }
        Ok(Json(answer))
    })
    .await
}

fn read(acme: &Acme, body: &Map<String, Value>) -> Result<Request, Refusal> {
    let body = Fields::of(body);
    let patient = body.object("patient")?;
    let patient_guid = patient.guid("patientGuid")?;
    let address = body::address(acme, &patient.object("address")?)?;

    let details = body.object("visitDetails")?;
    let (common, slot) = visit_details(acme, &details, Kind::Provider)?;
    if details.text("nationalProviderId")? != acme.world.clinicians[slot.who].npi {
        return Err(details.wrong("nationalProviderId", "is not the slot's provider"));
    }
    let visit_type_id = details.text("visitTypeId")?;
    if visit_type_id != visit_types::ALL[usize::from(slot.visit_type.index)].id {
        return Err(details.wrong("visitTypeId", "is not the slot's visit type"));
    }
    details.optional_flag("providerFlowPayment")?;
    let actor_guid = if common.for_somebody_else {
        let actor = body.object("actor")?;
        body::actor(acme, &actor)?;
        Some(actor.guid("patientGuid")?)
    } else {
        None
    };
    body::billing(acme, &body.object("billingInfo")?)?;
    Ok(Request { patient_guid, actor_guid, address, common, slot })
}
