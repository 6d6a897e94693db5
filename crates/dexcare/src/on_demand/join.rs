//! Join the line for a visit by video or phone (API reference §2.28): POST `/api/9/visits`, with the patient's token.

use booking::api::{NowVisit, VisitActor};
use booking::on_demand::{Line, Modality};
use booking::outcome::{Confirmation, Outcome, Refusal};
use booking::patient::{Demographics, Gender};

use crate::error::ErrorBody;
use crate::request::{Call, Host, Request};
use crate::visit::{self, declaration};
use crate::write::Body;
use crate::{billing, json, text};

/// Joins a region's line, or one agreed with DexCare: a clinic's goes as `scheduledDepartment`, a clinician's as an
/// additional detail (§3.4). The patient has accepted the terms.
pub struct JoinVisit {
    /// Who is to be seen, why, and in which line.
    pub visit: NowVisit,
    /// Of the health system; `None` = its own default.
    pub brand: Option<String>,
    /// The page's language, BCP 47.
    pub language: String,
    /// The token of the host page's card field, for a payment by card.
    pub card: Option<String>,
    /// Whether the Visit host is on the page's own machine: then a waiting room may be too.
    pub is_local: bool,
}

impl JoinVisit {
    /// What became of it, whatever the status.
    pub fn outcome(&self, status: u16, body: &[u8]) -> Outcome {
        let says = |marker| ErrorBody::new(body).says(marker);
        Outcome::Refused(match status {
            400 if says("REGION_BUSY") => Refusal::RegionBusy,
            400 if says("PATIENT_RECORD_NOT_FOUND") => Refusal::PatientNotFound,
            // Not a slot that was taken: nobody is there now (Q10).
            409 => Refusal::NobodyFree,
            // There is no panel to be on.
            412 => Refusal::Rejected,
            _ => return visit::outcome(status, body, self.read(body)),
        })
    }
}

impl Call for JoinVisit {
    type Answer = Confirmation;

    fn request(&self) -> Request {
        let visit = &self.visit;
        let mut body = Body::new();
        body.open("patient");
        self.write_person(&visit.demographics, &mut body);
        body.text("patientGuid", visit.patient.as_str());
        body.close();
        if let Some(actor) = &visit.actor {
            self.write_actor(actor, &mut body);
        }
        billing::write(&visit.payment, self.card.as_deref(), &mut body);
        self.write_details(&mut body);
        if let Line::Clinician(npi, key) = &visit.now.line {
            body.open_list("additionalDetails");
            body.text("key", key);
            body.text("value", npi.as_str());
            body.close_list();
        }
        Request::post(Host::Visit, "/api/9/visits".into(), body.finish())
    }

    /// Without a visit's id nothing is confirmed. A phone visit has no waiting room: the clinician calls.
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
    /// A person, reached by the visit's one phone (as typed, Q47) and e-mail.
    fn write_person(&self, person: &Demographics, body: &mut Body) {
        body.text("firstName", &person.name.given);
        body.text("lastName", &person.name.family);
        body.text("gender", gender(&person.gender));
        body.text("dateOfBirth", &person.birth_date);
        body.text("phone", &self.visit.phone);
        body.text("email", &self.visit.email);
        if !person.address.is_empty() {
            body.open("address");
            body.address(&person.address);
            body.close();
        }
    }

    /// Address and GUID are in no schema and sent all the same, as by others (§3.6).
    fn write_actor(&self, actor: &VisitActor, body: &mut Body) {
        body.open("actor");
        self.write_person(&actor.actor.demographics, body);
        body.text("relationshipToPatient", &actor.actor.relationship);
        body.text("patientGuid", actor.guid.as_str());
        body.close();
    }

    fn write_details(&self, body: &mut Body) {
        let visit = &self.visit;
        body.open("visitDetails");
        body.json("acceptedTerms", "true");
        body.text("declaration", declaration(visit.actor.is_some()));
        body.text("stateLicensure", visit.now.region.code.as_str());
        body.text("visitReason", &visit.reason);
        body.text("visitTypeName", visit.now.modality.as_str());
        body.text("practiceId", visit.now.practice.as_str());
        body.text_if_any("brand", self.brand.as_deref().unwrap_or_default());
        body.texts("assignmentQualifiers", &[visit.qualifier.as_str()]);
        body.text_if_any("interpreterLanguage", visit.interpreter.as_deref().unwrap_or_default());
        if let Line::Clinic(clinic) = &visit.now.line {
            body.open("scheduledDepartment");
            body.text("scheduledDepartmentId", clinic.department.as_str());
            body.text("scheduledEhr", clinic.ehr.as_str());
            body.close();
        }
        body.text_if_any("detectedLanguage", &detected(&self.language));
        if let Some(actor) = &visit.actor {
            body.text("actorRelationshipToPatient", &actor.actor.relationship);
        }
        body.close();
    }
}

/// This call takes five words and no other.
fn gender(gender: &Gender) -> &str {
    match gender {
        Gender::Unlisted(_) => Gender::Other.as_str(),
        known => known.as_str(),
    }
}

/// A language of at most five characters (Q50): `en-US`, or `fil` where the region does not fit.
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
