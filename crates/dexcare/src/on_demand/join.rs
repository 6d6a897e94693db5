//! Joins the line for a visit by video or phone (API reference §2.28): POST `/api/9/visits`, with the patient's token.

use booking::api::OnDemandBooking;
use booking::on_demand::{Modality, WaitingLine};
use booking::outcome::{Confirmation, Outcome, Refusal};
use booking::patient::{Demographics, Gender};
use serde::Serialize;

use crate::billing::BillingInfo;
use crate::body::AddressBody;
use crate::error::ErrorBody;
use crate::request::{Call, Host, Request};
use crate::visit::{self, declaration};
use crate::{body, json, text};

/// Joins the line of a region, or, if the health system has agreed on that with DexCare, of a clinic (sent as
/// `scheduledDepartment`) or a clinician (sent as an additional detail; §3.4). The request says that the patient
/// has accepted the terms, so ask the patient first.
pub struct JoinVisit {
    /// The visit: who is to be seen, why, and in which line.
    pub visit: OnDemandBooking,
    /// The health system's brand; `None` = the system's default.
    pub brand: Option<String>,
    /// The page's language, BCP 47.
    pub language: String,
    /// The token of the host page's card field, for a payment by card.
    pub card: Option<String>,
    /// Whether the Visit host is on the device itself: then the waiting room may be there, too.
    pub is_local: bool,
}

impl JoinVisit {
    /// The outcome of joining, for any status.
    pub fn outcome(&self, status: u16, body: &[u8]) -> Outcome {
        let says = |marker| ErrorBody::new(body).says(marker);
        Outcome::Refused(match status {
            400 if says("REGION_BUSY") => Refusal::RegionBusy,
            400 if says("PATIENT_RECORD_NOT_FOUND") => Refusal::PatientNotFound,
            // Here a 409 is not about a slot: no clinician is free now (Q10).
            409 => Refusal::NobodyFree,
            // On-demand visits have no panel of patients.
            412 => Refusal::Rejected,
            _ => return visit::outcome(status, body, self.read(body)),
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JoinBody<'a> {
    patient: PersonBody<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<PersonBody<'a>>,
    billing_info: BillingInfo<'a>,
    visit_details: DetailsBody<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_details: Option<[AdditionalBody<'a>; 1]>,
}

/// The patient, or the account holder who asks for the visit. The account holder's address and GUID are in no schema,
/// but are sent as other clients do (§3.6).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PersonBody<'a> {
    first_name: &'a str,
    last_name: &'a str,
    gender: &'a str,
    date_of_birth: &'a str,
    /// The visit's only phone number, which other bookings reduce to its digits and this call does not (Q47).
    phone: &'a str,
    email: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<AddressBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relationship_to_patient: Option<&'a str>,
    patient_guid: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DetailsBody<'a> {
    accepted_terms: bool,
    declaration: &'static str,
    state_licensure: &'a str,
    visit_reason: &'a str,
    visit_type_name: &'a str,
    practice_id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    brand: &'a str,
    assignment_qualifiers: [&'a str; 1],
    #[serde(skip_serializing_if = "str::is_empty")]
    interpreter_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled_department: Option<DepartmentBody<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    detected_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_relationship_to_patient: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DepartmentBody<'a> {
    scheduled_department_id: &'a str,
    scheduled_ehr: &'a str,
}

#[derive(Serialize)]
struct AdditionalBody<'a> {
    key: &'a str,
    value: &'a str,
}

impl Call for JoinVisit {
    type Answer = Confirmation;

    fn request(&self) -> Request {
        let visit = &self.visit;
        let actor = visit.actor.as_ref();
        let relationship = actor.map(|actor| &*actor.actor.relationship);
        let (department, additional_details) = match &visit.now.line {
            WaitingLine::General => (None, None),
            WaitingLine::Clinic(clinic) => (
                Some(DepartmentBody {
                    scheduled_department_id: clinic.department.as_str(),
                    scheduled_ehr: clinic.ehr.as_str(),
                }),
                None,
            ),
            WaitingLine::Clinician(npi, key) => (None, Some([AdditionalBody { key, value: npi.as_str() }])),
        };
        let body = body::to_json(&JoinBody {
            patient: self.person(&visit.demographics, visit.patient.as_str(), None),
            actor: actor
                .map(|actor| self.person(&actor.actor.demographics, actor.guid.as_str(), relationship)),
            billing_info: BillingInfo::new(&visit.payment, self.card.as_deref()),
            visit_details: DetailsBody {
                accepted_terms: true,
                declaration: declaration(actor.is_some()),
                state_licensure: visit.now.region.code.as_str(),
                visit_reason: &visit.reason,
                visit_type_name: visit.now.modality.as_str(),
                practice_id: visit.now.practice.as_str(),
                brand: self.brand.as_deref().unwrap_or_default(),
                assignment_qualifiers: [visit.qualifier.as_str()],
                interpreter_language: visit.interpreter.as_deref().unwrap_or_default(),
                scheduled_department: department,
                detected_language: &detected(&self.language),
                actor_relationship_to_patient: relationship,
            },
            additional_details,
        });
        Request::post(Host::Visit, "/api/9/visits".into(), body)
    }

    /// Reads the confirmation; `None` without the visit's id. A phone visit has no waiting room: the clinician calls.
    fn read(&self, body: &[u8]) -> Option<Confirmation> {
        let answer = json::parse(body)?;
        let room = match self.visit.now.modality {
            Modality::Video => {
                json::id(&answer, "visitRedirectUrl").and_then(|url| text::room(url, self.is_local))
            }
            Modality::Phone => None,
        };
        Some(Confirmation { visit: visit::visit_id(&answer)?, meeting: None, room })
    }
}

impl JoinVisit {
    /// A person with a GUID and, if it is the account holder, the relationship to the patient.
    fn person<'a>(
        &'a self,
        person: &'a Demographics,
        guid: &'a str,
        relationship: Option<&'a str>,
    ) -> PersonBody<'a> {
        let address = &person.address;
        PersonBody {
            first_name: &person.name.given,
            last_name: &person.name.family,
            gender: gender(&person.gender),
            date_of_birth: &person.birth_date,
            phone: &self.visit.phone,
            email: &self.visit.email,
            address: (!address.is_empty()).then(|| address.into()),
            relationship_to_patient: relationship,
            patient_guid: guid,
        }
    }
}

/// The gender as one of the five words that this call accepts.
fn gender(gender: &Gender) -> &str {
    match gender {
        Gender::Unlisted(_) => Gender::Other.as_str(),
        known => known.as_str(),
    }
}

/// A language of at most five characters (Q50): `en-US`, or only `fil` if the region does not fit.
fn detected(language: &str) -> String {
    let mut parts = language.split(['-', '_']);
    let main = parts.next().unwrap_or_default().to_ascii_lowercase();
    if !matches!(main.len(), 2..=3) {
        return String::new();
    }
    match parts.find(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        Some(region) if main.len() == 2 => [&main, "-", &region.to_ascii_uppercase()].concat(),
        _ => main,
    }
}

#[cfg(test)]
pub(crate) mod tests;
