//! What both booking calls do after reading their body: check the patient and the slot, then book.
//!
//! [`book`] makes the checks in the order of its calls; each failure is exactly one row of the failure table of API
//! reference §2.25 and §2.26.

use axum::http::StatusCode;
use chrono::{DateTime, Datelike, Days, Utc};
use rusqlite::Connection;
use uuid::Uuid;

use crate::body;
use crate::refusal::Refusal;
use crate::request::Fields;
use crate::slot_id::Kind;
use crate::state::Acme;
use crate::store::bookings::{self, Visit, slot_unavailable};
use crate::store::patients::{self, Account};
use crate::world::HORIZON_DAYS;
use crate::world::people::{Address, NOT_ON_PANEL};
use crate::world::roster::PANEL_NPI;
use crate::world::visit_types::{self, Ehr, VisitType};

/// Longest visit reason, in characters. The reference documents this limit for virtual visits only; Acme applies
/// it to clinic and provider visits too.
const LONGEST_REASON: usize = 500;

/// What a booking asks for.
pub struct Request {
    /// GUID of the patient.
    pub patient_guid: String,
    /// GUID of the account holder's own patient, if the request names it.
    pub actor_guid: Option<String>,
    /// The patient's address.
    pub address: Address,
    /// The fields that both calls have.
    pub common: Common,
    /// The slot.
    pub slot: SlotRef,
}

/// The fields that both calls have.
pub struct Common {
    /// The EHR to book into.
    pub ehr: Ehr,
    /// Whether `declaration` is `other`.
    pub for_somebody_else: bool,
    /// The slot id as received.
    pub slot_id: String,
}

/// The slot that a slot id describes.
pub struct SlotRef {
    /// Which booking call it is for.
    pub kind: Kind,
    /// Index of the clinician.
    pub who: usize,
    /// Index of that clinician's post.
    pub post: usize,
    /// Visit type.
    pub visit_type: &'static VisitType,
    /// When it starts.
    pub start: DateTime<Utc>,
}

/// Reads the part of `visitDetails` that both calls share, and checks that the slot fits it.
pub fn visit_details(acme: &Acme, details: &Fields, kind: Kind) -> Result<(Common, SlotRef), Refusal> {
    let ehr = body::ehr(details, "ehrSystemName")?;
    let department_id = details.text("departmentId")?;
    let slot_id = details.text("slotId")?;
    details.text_within("visitReason", LONGEST_REASON)?;
    let declaration = details.one_of("declaration", &["self", "other"])?;
    for question in details.optional_objects("patientQuestions")?.unwrap_or_default() {
        question.text("question")?;
        question.text("answer")?;
    }
    let slot = slot_of(acme, slot_id).ok_or_else(|| details.wrong("slotId", "is not a valid slot id"))?;
    if slot.kind != kind {
        let problem = match kind {
            Kind::Retail => "is not a retail slot",
            Kind::Provider => "is not a provider slot",
        };
        return Err(details.wrong("slotId", problem));
    }
    let clinic = &acme.world.clinics[acme.world.clinicians[slot.who].posts[slot.post].clinic];
    if clinic.ehr != ehr || clinic.department_id != department_id {
        return Err(details.wrong("slotId", "is not a slot of that department"));
    }
    let common = Common { ehr, for_somebody_else: declaration == "other", slot_id: slot_id.to_owned() };
    Ok((common, slot))
}

/// Reads a slot id; `None` if it is not one of Acme's.
pub fn slot_of(acme: &Acme, id: &str) -> Option<SlotRef> {
    let key = acme.slot_ids.open(id)?;
    let (who, post) = (usize::from(key.who), usize::from(key.post));
    acme.world.clinicians.get(who)?.posts.get(post)?;
    let visit_type = visit_types::ALL.get(usize::from(key.visit_type))?;
    Some(SlotRef { kind: key.kind, who, post, visit_type, start: key.start })
}

/// Books the visit; returns its id.
pub fn book(
    acme: &Acme,
    account: &Account,
    request: &Request,
    product: Option<String>,
    intent: Option<String>,
    body: &[u8],
) -> Result<String, Refusal> {
    let slot = &request.slot;
    let clinician = &acme.world.clinicians[slot.who];
    let clinic = &acme.world.clinics[clinician.posts[slot.post].clinic];
    let visit = Visit {
        id: Uuid::new_v4().to_string(),
        kind: slot.kind.name().to_owned(),
        username: account.username.clone(),
        patient_guid: request.patient_guid.clone(),
        npi: clinician.npi.clone(),
        department: clinic.identifier(),
        short_name: slot.visit_type.short_name.unwrap_or_default().to_owned(),
        start: slot.start,
        slot_id: request.common.slot_id.clone(),
        product,
        intent,
        body: String::from_utf8_lossy(body).into_owned(),
        booked_at: acme.now(),
        cancelled: None,
    };
    acme.store.write(|db| {
        check_patient(acme, db, account, request)?;
        let is_off_panel = account.username == NOT_ON_PANEL && clinician.npi == PANEL_NPI;
        if slot.kind == Kind::Provider && is_off_panel {
            let text = "The patient is not on the panel of this provider";
            return Err(Refusal::new(StatusCode::PRECONDITION_FAILED, text));
        }
        check_slot(acme, slot)?;
        let order = acme.controls.conflict_order().unwrap_or(acme.settings.conflict_order);
        bookings::book(db, &visit, order)
    })?;
    Ok(visit.id)
}

/// Checks that the account may book for the patient and is not locked, that `declaration` and the actor fit, and that
/// the patient has a record in this EHR, with the address that the body has.
fn check_patient(acme: &Acme, db: &Connection, account: &Account, request: &Request) -> Result<(), Refusal> {
    if !patients::may_book(db, account, &request.patient_guid)? {
        return Err(Refusal::no_such_patient());
    }
    if account.locked {
        return Err(Refusal::new(StatusCode::LOCKED, "The patient account is locked"));
    }
    let is_account_holder = account.patient_guid.as_deref() == Some(request.patient_guid.as_str());
    if is_account_holder == request.common.for_somebody_else {
        return Err(Refusal::bad("'visitDetails.declaration' does not fit the patient"));
    }
    if request.actor_guid.is_some() && request.actor_guid != account.patient_guid {
        return Err(Refusal::bad("'actor.patientGuid' is not the account holder"));
    }
    let records = patients::records(db, &request.patient_guid)?;
    let Some(record) = records.iter().find(|record| record.ehr == request.common.ehr.name()) else {
        let code = Some("PATIENT_HAS_NO_LINKS");
        return Err(Refusal { code, ..Refusal::bad("Patient has no links in the requested EHR system") });
    };
    let is_theirs = record.demographics.addresses.first() == Some(&request.address);
    if acme.controls.compares_records() && !is_theirs {
        return Err(Refusal::bad("'patient.address' is not that of the patient's record in this EHR system"));
    }
    Ok(())
}

/// Checks that the slot is in the schedule and in the future, and that the EHR accepts bookings with this clinician on
/// that day.
fn check_slot(acme: &Acme, slot: &SlotRef) -> Result<(), Refusal> {
    let clinician = &acme.world.clinicians[slot.who];
    let clinic = &acme.world.clinics[clinician.posts[slot.post].clinic];
    let day = slot.start.with_timezone(&clinic.zone).date_naive();
    let horizon = acme.today(clinic.zone).checked_add_days(Days::new(HORIZON_DAYS.into()));
    if slot.start <= acme.now() {
        return Err(slot_unavailable("The slot is in the past"));
    }
    let block = acme.world.block_at(slot.who, slot.post, slot.start);
    let is_offered = block
        .is_some_and(|block| block.visit_types.iter().any(|offered| std::ptr::eq(*offered, slot.visit_type)));
    if !is_offered || horizon.is_some_and(|horizon| day >= horizon) {
        return Err(slot_unavailable("The slot is no longer offered"));
    }
    if clinician.refused_on == Some(day.weekday()) {
        let text = "The EHR refused the appointment";
        return Err(Refusal::marked(StatusCode::CONFLICT, "UnknownAppointmentConflict", text));
    }
    Ok(())
}
