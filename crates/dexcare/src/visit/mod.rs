//! What the booking calls have in common. They go to the Visit host with the patient's token. A booking is sent
//! once; `outcome` reads its result.

/// The booking: who comes when, and why. The slot's place names the department and the EHR system.
pub use booking::api::Visit;
use booking::api::VisitActor;
use booking::ids::VisitId;
use booking::outcome::{Confirmation, Outcome};
use serde::Serialize;

use crate::error::booking_outcome;
use crate::json::{self, Value};

pub mod clinician;
pub mod department;

/// The account holder who books for the patient (API reference §3.6).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ActorBody<'a> {
    first_name: &'a str,
    last_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    phone: &'a str,
    gender: &'a str,
    date_of_birth: &'a str,
    relationship_to_patient: &'a str,
    /// The GUID of the account holder; only [`clinician::BookClinician`] sends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    patient_guid: Option<&'a str>,
}

impl<'a> ActorBody<'a> {
    /// `phone` is the visit's phone number, digits only.
    fn new(actor: &'a VisitActor, phone: &'a str) -> Self {
        let person = &actor.actor.demographics;
        Self {
            first_name: &person.name.given,
            last_name: &person.name.family,
            phone,
            gender: person.gender.as_written(),
            date_of_birth: &person.birth_date,
            relationship_to_patient: &actor.actor.relationship,
            patient_guid: None,
        }
    }
}

/// `self` or `other`: whether the account holder is the patient.
pub(crate) fn declaration(is_for_other: bool) -> &'static str {
    if is_for_other { "other" } else { "self" }
}

/// A question of the host page, with its answer.
#[derive(Serialize)]
struct QuestionBody<'a> {
    question: &'a str,
    answer: &'a str,
}

/// The host page's questions that were answered.
fn questions(visit: &Visit) -> Vec<QuestionBody<'_>> {
    visit.answers.iter().map(|(question, answer)| QuestionBody { question, answer }).collect()
}

/// The visit's id. A 2xx without an id confirms nothing.
pub(crate) fn visit_id(answer: &Value<'_>) -> Option<VisitId> {
    json::id(answer, "visitId").map(VisitId::new)
}

/// The outcome of a booking. A 2xx with a confirmation is a booked visit. After a 2xx that cannot be read the
/// outcome is unknown, since the visit may be booked. `confirmed` is the confirmation that was read from `body`.
pub(crate) fn outcome(status: u16, body: &[u8], confirmed: Option<Confirmation>) -> Outcome {
    if (200..300).contains(&status) {
        confirmed.map_or(Outcome::Unknown, Outcome::Booked)
    } else {
        booking_outcome(status, body)
    }
}

#[cfg(test)]
pub(crate) mod tests {
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

    /// Marta as the account holder, who books for her son.
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

    /// The same visit for Leo, booked by his mother, with answers to two questions of the host page.
    pub(super) fn leo() -> Visit {
        let answer = |question: &str, answer: &str| (question.into(), answer.into());
        Visit {
            patient: PatientGuid::new("2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0"),
            actor: Some(marta_as_mother()),
            answers: vec![answer("Any allergies?", "Penicillin"), answer("Any \"fever\"?", "No")],
            ..marta()
        }
    }

    /// Tests the outcome that a booking call reads from a 2xx with and without a visit id, and from other statuses.
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
