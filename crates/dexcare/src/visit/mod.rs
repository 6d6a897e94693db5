//! Bookings, in the patient's name, on the Visit host: what the two calls share. A booking is sent once; whoever sends
//! it asks `outcome` what became of it.

/// Who comes when, and why; the slot's place says which department and EHR system are booked.
pub use booking::flow::command::Visit;
use booking::flow::outcome::{Confirmation, Outcome};
use booking::ids::VisitId;

use crate::error::booking_outcome;
use crate::json::{self, Value};
use crate::write::Body;

pub mod clinician;
pub mod department;

/// How the visit is paid for (API reference §1.9, billingInfo).
#[derive(Clone, PartialEq)]
pub enum Payment {
    /// At the clinic.
    OnArrival,
}

impl Payment {
    fn write(&self, body: &mut Body) {
        body.open("billingInfo");
        match self {
            Self::OnArrival => body.text("paymentMethod", "self"),
        }
        body.close();
    }
}

/// The patient's address in the record of the slot's EHR system.
fn write_address(visit: &Visit, body: &mut Body) {
    body.open("address");
    body.address(&visit.address);
    body.close();
}

/// Opens `visitDetails` with what both calls say of the visit.
fn open_details(visit: &Visit, body: &mut Body) {
    body.open("visitDetails");
    body.text("ehrSystemName", visit.slot.place.ehr.as_str());
    body.text("departmentId", visit.slot.place.department.as_str());
    body.text("visitReason", &visit.reason);
    body.text("declaration", "self");
    body.text("slotId", visit.slot.id.as_str());
}

/// The visit's id, which alone makes a 2xx a confirmation.
fn visit_id(answer: &Value<'_>) -> Option<VisitId> {
    json::id(answer, "visitId").map(VisitId::new)
}

/// A 2xx that confirms is booked. One that cannot be read may have been booked.
fn outcome(status: u16, body: &[u8], read: fn(&[u8]) -> Option<Confirmation>) -> Outcome {
    if (200..300).contains(&status) {
        read(body).map_or(Outcome::Unknown, Outcome::Booked)
    } else {
        booking_outcome(status, body)
    }
}

#[cfg(test)]
mod tests {
    use booking::ids::{DepartmentIdentifier, Npi, PatientGuid, ProviderId, SlotId, VisitType, VisitTypeId};
    use booking::place::Address;
    use booking::slot::Slot;
    use booking::time::Moment;

    use super::*;

    /// Marta's visit with Dr. Whitfield in Ballard.
    pub(super) fn marta() -> Visit {
        Visit {
            slot: Slot {
                id: SlotId::new("bmwtc2xvdC0xMDAyMTAtMTU0MA=="),
                npi: Npi::from_wire("1234567893"),
                provider: ProviderId::new("32261"),
                place: DepartmentIdentifier::new("org.northlake.epic.main", "100210"),
                visit_type: VisitType::new("NewPatient"),
                visit_type_id: VisitTypeId::new("4378"),
                minutes: 20,
                at: Moment::parse("2026-12-08T15:40:00-08:00").unwrap(),
            },
            patient: PatientGuid::new("7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11"),
            address: Address {
                line1: "88 Pine St".into(),
                line2: "Apt 4".into(),
                city: "Seattle".into(),
                state: "WA".into(),
                postal_code: "98101".into(),
            },
            phone: "206-555-0188".into(),
            email: "marta.okafor@example.com".into(),
            reason: "Sore throat since Sunday".into(),
        }
    }

    /// What both booking calls make of an answer that is no plain confirmation.
    pub(super) fn judges_answers(outcome: impl Fn(u16, &[u8]) -> Outcome) {
        use booking::flow::outcome::Refusal::{Busy, NotOnPanel, Rejected, SlotTaken};
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
                let booked = Confirmation { visit: VisitId::new(id), meeting: None };
                assert_eq!(
                    outcome(status, format!(r#"{{"visitId":{sent}}}"#).as_bytes()),
                    Outcome::Booked(booked),
                    "{status} {sent}"
                );
            }
        }
        let confirming = br#"{"visitId":"4f8a","error":"SlotUnavailable"}"#;
        for (status, wanted) in [
            (409, Outcome::Refused(SlotTaken)),
            (412, Outcome::Refused(NotOnPanel)),
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
