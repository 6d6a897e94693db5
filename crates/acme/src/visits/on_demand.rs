//! Creating an on-demand visit, by video or by phone (API reference §2.28).
//!
//! [`create`] checks in this order: body, patient, account, region, department, age, payment, and last whether anybody
//! can see the patient now.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use chrono::{Datelike, NaiveDate};
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::line::{pool_of, sessions};
use super::on_demand_body::{self, Identity, Payment, Request};
use super::regions::Answer;
use super::waiting_page;
use crate::controls::intents::Intent;
use crate::idp::SignedIn;
use crate::refusal::Refusal;
use crate::request::Query;
use crate::state::{Acme, Shared, blocking};
use crate::store::patients::{self, Account};
use crate::store::virtual_visits::{self, VirtualVisit};
use crate::world::billing::DECLINED_CARD;
use crate::world::pools::State as PoolState;
use crate::world::practices::{self, Practice, Region};
use crate::world::visit_types::Ehr;

/// Creates a visit for a signed-in account.
pub async fn create(
    State(acme): State<Shared>,
    SignedIn(account): SignedIn,
    query: Query,
    Extension(Intent(intent)): Extension<Intent>,
    bytes: Bytes,
) -> Result<Json<Value>, Refusal> {
    let product = query.get("product").map(str::to_owned);
    blocking(acme, move |acme| {
        let request = on_demand_body::read(acme, &bytes)?;
        let visit = acme.store.write(|db| {
            let patient_guid = patient_of(db, &account, &request)?;
            // If the body names an EHR record, `patient_of` may just have made its patient the account's own.
            let account = patients::account(db, &account.username)?.unwrap_or(account);
            check_account(&account, &request, &patient_guid)?;
            let (practice, region) = region_of(&request)?;
            check_department(acme, db, &request, practice, &patient_guid)?;
            check_age(acme, &request, region)?;
            check_payment(acme, &request, practice)?;
            let answer = pool_of(acme, practice, region.code, request.modality, &request.qualifiers);
            check_pool(&answer)?;
            let visit = VirtualVisit {
                username: Some(account.username.clone()),
                intent,
                ..new_visit(
                    acme,
                    (practice, region.code, request.modality),
                    request.qualifiers.clone(),
                    (request.status, answer.wait),
                    (patient_guid, product.clone(), &bytes),
                )
            };
            virtual_visits::add(db, &visit)?;
            Ok(visit)
        })?;
        let mut answer = json!({
            "visitId": visit.id,
            "patientGuid": visit.patient_guid,
            "tokBoxVisit": sessions(&visit.id),
        });
        // A phone visit needs no waiting room: the clinician calls the patient.
        if visit.modality == "virtual" {
            answer["visitRedirectUrl"] = waiting_page::url(acme, &visit.id).into();
        }
        Ok(Json(answer))
    })
    .await
}

/// Makes a visit that is requested now, without an account. The arguments are its practice, region and modality; its
/// qualifiers; its status and the estimated wait in seconds; and its patient, product and request body.
pub fn new_visit(
    acme: &Acme,
    (practice, region, modality): (&Practice, &str, &str),
    qualifiers: Vec<String>,
    (status, wait): (&str, u32),
    (patient_guid, product, body): (String, Option<String>, &[u8]),
) -> VirtualVisit {
    let now = acme.now();
    let mut stamps = Map::new();
    for reached in ["created", status] {
        stamps.insert(reached.to_owned(), now.timestamp_millis().into());
    }
    VirtualVisit {
        id: Uuid::new_v4().to_string(),
        username: None,
        patient_guid,
        practice: practice.id.to_owned(),
        region: region.to_owned(),
        modality: modality.to_owned(),
        qualifiers,
        status: status.to_owned(),
        stamps,
        wait_seconds: wait.into(),
        wait_from: now,
        cancel_reason: None,
        product,
        intent: None,
        body: String::from_utf8_lossy(body).into_owned(),
    }
}

fn not_created(text: &str) -> Refusal {
    Refusal { code: Some("VISIT_CREATE_ERROR"), ..Refusal::bad(text) }
}

fn no_such_record() -> Refusal {
    let text = "Patient record not found with supplied identifier";
    Refusal { code: Some("PATIENT_RECORD_NOT_FOUND"), ..Refusal::bad(text) }
}

/// The GUID of the patient that the body names, if the account may book for that patient. If the body names an
/// EHR record that is linked to no patient, the record is linked first, provided that it belongs to the person
/// whom the body describes.
fn patient_of(db: &Connection, account: &Account, request: &Request) -> Result<String, Refusal> {
    let (ehr, kind, value) = match &request.identity {
        Identity::Guid(guid) => {
            let is_theirs = patients::may_book(db, account, guid)?;
            return if is_theirs { Ok(guid.clone()) } else { Err(no_such_record()) };
        }
        Identity::Record { ehr, kind, value } => (ehr, kind, value),
    };
    let digits = match kind.to_ascii_uppercase().as_str() {
        "MRN" => value.as_str(),
        "EPI" | "EXTERNAL" => value.strip_prefix("E10").unwrap_or_default(),
        _ => "",
    };
    let number: i64 = digits.parse().map_err(|_| no_such_record())?;
    let found = patients::by_number(db, ehr, number)?.ok_or_else(no_such_record)?;
    match found.patient_guid {
        Some(guid) if patients::may_book(db, account, &guid)? => Ok(guid),
        Some(_) => Err(no_such_record()),
        None => {
            let (given, family) = &request.name;
            let birth = request.birth.to_string();
            if !patients::is_person(&found.demographics, given, family, &birth) {
                return Err(no_such_record());
            }
            let guid = patients::adopt(db, account, (ehr, number), request.for_somebody_else)?;
            guid.ok_or_else(no_such_record)
        }
    }
}

fn check_account(account: &Account, request: &Request, patient_guid: &str) -> Result<(), Refusal> {
    if account.locked {
        return Err(Refusal::new(StatusCode::FORBIDDEN, "The patient account is locked"));
    }
    let is_account_holder = account.patient_guid.as_deref() == Some(patient_guid);
    if is_account_holder == request.for_somebody_else {
        return Err(Refusal::bad("'visitDetails.declaration' does not fit the patient"));
    }
    if request.actor_guid.is_some() && request.actor_guid != account.patient_guid {
        return Err(Refusal::bad("'actor.patientGuid' is not the account holder"));
    }
    Ok(())
}

fn region_of(request: &Request) -> Result<(&'static Practice, &'static Region), Refusal> {
    let practice =
        practices::practice(&request.practice).ok_or_else(|| not_created("The practice is not known"))?;
    let region = practice.region(&request.region);
    let region = region.ok_or_else(|| not_created("The practice has no such region"))?;
    if !region.is_active {
        return Err(not_created("The region is not active"));
    }
    Ok((practice, region))
}

/// Checks that the department named in the body exists, and that the patient has a record in the EHR of the visit, with
/// the name, birth date and address that the body has. A body that names an EHR record needs no further record.
fn check_department(
    acme: &Acme,
    db: &Connection,
    request: &Request,
    practice: &Practice,
    patient_guid: &str,
) -> Result<(), Refusal> {
    let (id, ehr) = (request.department.0.as_deref(), request.department.1.as_deref());
    let ehr = match ehr {
        Some(name) => Ehr::named(name).ok_or_else(|| not_created("The scheduled EHR is not known"))?,
        None => practice.ehr,
    };
    let is_clinic = |id: &str| acme.world.clinic_by_identifier(&format!("{}|{id}", ehr.name())).is_some();
    let is_virtual = |id: &str| {
        let regions = practices::ALL.iter().filter(|practice| practice.ehr == ehr);
        regions.flat_map(|practice| practice.regions).any(|region| region.department_id == id)
    };
    if id.is_some_and(|id| !is_clinic(id) && !is_virtual(id)) {
        return Err(not_created("The scheduled department is not known"));
    }
    if matches!(request.identity, Identity::Record { .. }) {
        return Ok(());
    }
    let records = patients::records(db, patient_guid)?;
    let record = records.iter().find(|record| record.ehr == ehr.name()).ok_or_else(no_such_record)?;
    if !acme.controls.compares_records() {
        return Ok(());
    }
    let ((given, family), birth) = (&request.name, request.birth.to_string());
    if !patients::is_person(&record.demographics, given, family, &birth) {
        return Err(not_created("The name or birth date is not that of the patient's record"));
    }
    if record.demographics.addresses.first() != Some(&request.address) {
        return Err(not_created("The address is not that of the patient's record in this EHR system"));
    }
    Ok(())
}

/// Checks the age in a region with a pediatric age range: a patient within the range needs the qualifier `pediatric`,
/// an older patient must not have it, and a younger patient is refused.
fn check_age(acme: &Acme, request: &Request, region: &Region) -> Result<(), Refusal> {
    let Some((youngest, oldest)) = region.pediatric_months else { return Ok(()) };
    let months = months_between(request.birth, acme.today(region.zone));
    let is_pediatric = request.qualifiers.iter().any(|qualifier| qualifier == "pediatric");
    if months < i64::from(youngest) {
        return Err(not_created("The patient is too young for this practice"));
    }
    match (months <= i64::from(oldest), is_pediatric) {
        (true, false) => Err(not_created("A patient of this age needs the assignment qualifier pediatric")),
        (false, true) => Err(not_created("The patient is too old for the assignment qualifier pediatric")),
        _ => Ok(()),
    }
}

fn months_between(birth: NaiveDate, today: NaiveDate) -> i64 {
    let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month());
    months(today) - months(birth) - i64::from(today.day() < birth.day())
}

/// Checks that the practice takes the payment method, and that the card or coupon is accepted.
/// `external-self-pay` has no flag.
fn check_payment(acme: &Acme, request: &Request, practice: &Practice) -> Result<(), Refusal> {
    let is_taken = match &request.payment {
        Payment::Insurance => practice.takes_insurance,
        Payment::Card(_) => practice.takes_card,
        Payment::Coupon(_) => practice.takes_coupon,
        Payment::External => true,
    };
    if !is_taken {
        return Err(not_created("The practice does not take this payment method"));
    }
    match &request.payment {
        Payment::Card(token) if token == DECLINED_CARD => Err(not_created("The card was declined")),
        Payment::Coupon(code) if !acme.controls.on_demand.is_redeemable(code) => {
            Err(not_created("The coupon is not valid"))
        }
        _ => Ok(()),
    }
}

fn check_pool(answer: &Answer) -> Result<(), Refusal> {
    match answer.state {
        PoolState::Open => Ok(()),
        PoolState::Busy => Err(Refusal::bad("The region is busy at this time: REGION_BUSY")),
        PoolState::Unknown => Err(not_created("The region is not known: NO_REGIONS_FOUND")),
        PoolState::OffHours | PoolState::Unstaffed => {
            Err(Refusal::new(StatusCode::CONFLICT, "No provider is available at this time"))
        }
    }
}
