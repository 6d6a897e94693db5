//! Bookings, in the patient's name, on the Visit host: what the calls share. A booking is sent once; whoever sends it
//! asks `outcome` what became of it.

/// Who comes when, and why; the slot's place says which department and EHR system are booked.
pub use booking::api::Visit;
use booking::ids::VisitId;
use booking::outcome::{Confirmation, Outcome};

use crate::error::booking_outcome;
use crate::json::{self, Value};
use crate::write::Body;

pub mod clinician;
pub mod department;

/// The patient's address in the record of the slot's EHR system.
fn write_address(visit: &Visit, body: &mut Body) {
    body.open("address");
    body.address(&visit.address);
    body.close();
}

/// Who books for the patient, when that is somebody else (API reference §3.6). Only `with_guid` is the account's own
/// patient named.
fn write_actor(visit: &Visit, with_guid: bool, body: &mut Body) {
    let Some(actor) = &visit.actor else { return };
    let person = &actor.actor.demographics;
    body.open("actor");
    body.text("firstName", &person.name.given);
    body.text("lastName", &person.name.family);
    body.phone("phone", &visit.phone);
    body.text("gender", person.gender.as_str());
    body.text("dateOfBirth", &person.birth_date);
    body.text("relationshipToPatient", &actor.actor.relationship);
    if with_guid {
        body.text("patientGuid", actor.guid.as_str());
    }
    body.close();
}

/// `self` or `other`: whether the account holder is the patient.
pub(crate) fn declaration(is_for_other: bool) -> &'static str {
    if is_for_other { "other" } else { "self" }
}

/// Opens `visitDetails` with what both calls say of the visit.
fn open_details(visit: &Visit, body: &mut Body) {
    body.open("visitDetails");
    body.text("ehrSystemName", visit.slot.place.ehr.as_str());
    body.text("departmentId", visit.slot.place.department.as_str());
    body.text("visitReason", &visit.reason);
    body.text("declaration", declaration(visit.actor.is_some()));
    body.text("slotId", visit.slot_id.as_str());
}

/// The host's questions that were answered; none, no member.
fn write_answers(visit: &Visit, body: &mut Body) {
    let mut answers = visit.answers.iter().peekable();
    if answers.peek().is_none() {
        return;
    }
    body.open_list("patientQuestions");
    while let Some((question, answer)) = answers.next() {
        body.text("question", question);
        body.text("answer", answer);
        if answers.peek().is_some() {
            body.next_in_list();
        }
    }
    body.close_list();
}

/// The visit's id, which alone makes a 2xx a confirmation.
pub(crate) fn visit_id(answer: &Value<'_>) -> Option<VisitId> {
    json::id(answer, "visitId").map(VisitId::new)
}

/// A 2xx that confirms is booked. One that cannot be read may have been booked.
/// `confirmed` is what the body would confirm.
pub(crate) fn outcome(status: u16, body: &[u8], confirmed: Option<Confirmation>) -> Outcome {
    if (200..300).contains(&status) {
        confirmed.map_or(Outcome::Unknown, Outcome::Booked)
    } else {
        booking_outcome(status, body)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use booking::api::VisitActor;
    use booking::ids::{DepartmentIdentifier, Npi, PatientGuid, ProviderId, SlotId, VisitType, VisitTypeId};
    use booking::patient::{Actor, Demographics, Gender, HumanName};
    use booking::payment::Payment;
    use booking::place::Address;
    use booking::slot::{Slot, Source};
    use booking::time::Moment;

    use super::*;

    /// Marta's visit with Dr. Whitfield in Ballard.
    pub(crate) fn marta() -> Visit {
        Visit {
            slot: Slot {
                id: Some(SlotId::new("bmwtc2xvdC0xMDAyMTAtMTU0MA==")),
                source: Source::Department,
                npi: Npi::from_wire("1234567893"),
                provider: ProviderId::new("32261"),
                place: DepartmentIdentifier::new("org.northlake.epic.main", "100210"),
                visit_type: VisitType::new("NewPatient"),
                visit_type_id: VisitTypeId::new("4378"),
                minutes: 20,
                at: Moment::parse("2026-12-08T15:40:00-08:00").unwrap(),
            },
            slot_id: SlotId::new("bmwtc2xvdC0xMDAyMTAtMTU0MA=="),
            patient: PatientGuid::new("7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11"),
            address: Address {
                line1: "88 Pine St".into(),
                line2: "Apt 4".into(),
                city: "Seattle".into(),
                state: "WA".into(),
                postal_code: "98101".into(),
            },
            actor: None,
            phone: "206-555-0188".into(),
            email: "marta.okafor@example.com".into(),
            reason: "Sore throat since Sunday".into(),
            payment: Payment::OnArrival,
            answers: Vec::new(),
        }
    }

    /// Marta as her son's mother.
    pub(crate) fn marta_as_mother() -> VisitActor {
        VisitActor {
            guid: PatientGuid::new("7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11"),
            actor: Actor {
                relationship: "Mother".into(),
                demographics: Demographics {
                    name: HumanName {
                        given: "Marta".into(),
                        family: "Okafor".into(),
                        ..HumanName::default()
                    },
                    birth_date: "1979-02-11".into(),
                    gender: Gender::Female,
                    email: "marta@home.example".into(),
                    phone: "206-555-0100".into(),
                    ..Demographics::default()
                },
            },
        }
    }

    /// The same visit for Leo, booked by his mother, with two of the host's questions answered.
    pub(super) fn leo() -> Visit {
        let answer = |question: &str, answer: &str| (question.into(), answer.into());
        Visit {
            patient: PatientGuid::new("2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0"),
            actor: Some(marta_as_mother()),
            answers: vec![answer("Any allergies?", "Penicillin"), answer("Any \"fever\"?", "No")],
            ..marta()
        }
    }

    /// What all three booking calls make of an answer that is no plain confirmation.
    pub(crate) fn judges_answers(outcome: impl Fn(u16, &[u8]) -> Outcome) {
        use booking::outcome::Refusal::{AccountLocked, Busy, Rejected, SignedOut};
        for status in [200, 201, 202, 204, 299] {
            for unclear in [
                "",
                "null",
                "{}",
                "[]",
                r#"{"visitId":null}"#,
                r#"{"visitId":""}"#,
                r#"{"visitId":"4f8a"#,
                r#"{"error":"SlotUnavailable"}"#,
                "<html>",
            ] {
                assert_eq!(outcome(status, unclear.as_bytes()), Outcome::Unknown, "{status} {unclear}");
            }
            assert_eq!(outcome(status, b"{\"visitId\":\"\xff\"}"), Outcome::Unknown, "an id that is no text");
            for (sent, id) in [(r#""4f8a""#, "4f8a"), ("99120", "99120")] {
                let booked = Confirmation { visit: VisitId::new(id), meeting: None, room: None };
                assert_eq!(
                    outcome(status, format!(r#"{{"visitId":{sent}}}"#).as_bytes()),
                    Outcome::Booked(booked),
                    "{status} {sent}"
                );
            }
        }
        let confirming = br#"{"visitId":"4f8a","error":"no"}"#;
        for (status, wanted) in [
            (401, Outcome::Refused(SignedOut)),
            (403, Outcome::Refused(Rejected)),
            (404, Outcome::Refused(Rejected)),
            (423, Outcome::Refused(AccountLocked)),
            (429, Outcome::Refused(Busy)),
            (400, Outcome::Refused(Rejected)),
            (408, Outcome::Unknown),
            (302, Outcome::Unknown),
            (500, Outcome::Unknown),
            (199, Outcome::Unknown),
        ] {
            assert_eq!(outcome(status, confirming), wanted, "{status}: no body books anything without a 2xx");
        }
    }
}
