use booking::api::{OnDemandCancel, Write};
use booking::ids::{EhrSystem, PatientGuid, VisitId};
use booking::on_demand::Modality;
use booking::outcome::{Outcome, Refusal};
use booking::patient::Demographics;
use booking::payment::Payment;

use super::*;
use crate::on_demand::join::tests::marta as marta_joins;
use crate::visit::Visit;
use crate::visit::tests::marta;

fn leave(modality: Modality, reason: Option<&str>) -> Write {
    let (visit, reason) = (VisitId::new("0f6e5c1d"), reason.map(Into::into));
    Write::CancelOnDemand(Box::new(OnDemandCancel { visit, modality, reason, email: String::new() }))
}

fn bookings() -> [(Write, &'static str); 3] {
    let visit = Box::new(Visit { payment: Payment::Card, ..marta() });
    let mut joined = Box::new(marta_joins().visit);
    joined.payment = Payment::Card;
    [
        (Write::BookDepartment(visit.clone()), "POST /api/6/visits/retail"),
        (Write::BookClinician(visit), "POST /api/7/visits/providerbooking"),
        (Write::Join(joined), "POST /api/9/visits"),
    ]
}

fn cancels() -> [(Write, &'static str); 4] {
    [
        (
            Write::CancelClinicVisit(VisitId::new("0a4c9e52"), "patientFeelsBetter".into()),
            "POST /api/6/visits/retail/cancel/0a4c9e52",
        ),
        (leave(Modality::Video, Some("OTHER")), "POST /v1/visits/0f6e5c1d/patient-cancel-video"),
        (leave(Modality::Phone, Some("OTHER")), "POST /v1/visits/0f6e5c1d/patient-cancel-phone"),
        (leave(Modality::Video, None), "POST /api/9/visits/virtual/0f6e5c1d/cancel"),
    ]
}

fn saves() -> [(Write, &'static str); 2] {
    let (marta, ehr) = (Box::<Demographics>::default(), EhrSystem::new("e"));
    [
        (Write::SaveSelf(marta.clone(), ehr.clone()), "POST /v1/patient/self"),
        (Write::SaveOther(marta, ehr), "POST /v1/patient/other"),
    ]
}

fn end(write: &Write, reply: Reply) -> Done {
    done(begin_write(write.clone(), northlake()).next(reply))
}

#[test]
fn each_write_is_one_post_in_the_patients_name() {
    for (write, wanted) in bookings().into_iter().chain(cancels()).chain(saves()) {
        let exchange = begin_write(write.clone(), northlake());
        assert_eq!(line(&exchange), wanted);
        assert!(exchange.request.is_write() && exchange.fresh, "{wanted}");
        // Nothing is sent after a write, and its reply never reports the host as closed.
        for reply in [Err(NoAnswer), reply(200, "{}"), reply(401, ""), reply(403, ""), reply(503, "")] {
            assert_eq!(end(&write, reply).closed, None, "{wanted}");
        }
    }
}

#[test]
fn what_the_page_says_goes_with_the_booking_that_takes_it() {
    for (write, path) in bookings() {
        let body = begin_write(write, northlake()).request.body.unwrap();
        assert!(body.contains("tok_1"), "{path}: the card's token");
        assert_eq!(body.contains(r#""brand":"northlake""#), path == "POST /api/9/visits", "{body}");
        assert_eq!(body.contains(r#""detectedLanguage":"en-US""#), path == "POST /api/9/visits", "{body}");
    }
}

#[test]
fn a_booking_is_confirmed_by_a_visit_id_and_by_nothing_else() {
    for (write, path) in bookings() {
        let outcome = |reply| match end(&write, reply).answer {
            Answer::Booking(outcome) => outcome,
            other => panic!("{other:?}"),
        };
        let Outcome::Booked(confirmation) = outcome(reply(200, r#"{"visitId":"4f8a2d60"}"#)) else {
            panic!("{path}")
        };
        assert_eq!(confirmation.visit.as_str(), "4f8a2d60");
        for unknown in [
            Err(NoAnswer),
            reply(200, "{}"),
            reply(200, "<html>"),
            reply(204, ""),
            reply(302, ""),
            reply(408, ""),
            reply(499, ""),
            reply(500, ""),
            reply(504, "SlotUnavailable"),
        ] {
            assert_eq!(outcome(unknown), Outcome::Unknown, "{path}");
        }
        for (status, refusal) in [
            (401, Refusal::SignedOut),
            (423, Refusal::AccountLocked),
            (429, Refusal::Busy),
            (432, Refusal::Rejected),
        ] {
            assert_eq!(outcome(reply(status, "")), Outcome::Refused(refusal), "{path} {status}");
        }
    }
}

#[test]
fn a_cancel_that_may_have_been_carried_out_is_not_said_to_have_failed() {
    for (write, path) in cancels() {
        let answer = |reply| match end(&write, reply).answer {
            Answer::Cancelled(answer) => answer,
            other => panic!("{other:?}"),
        };
        for body in ["", "{}", "OK"] {
            assert_eq!(answer(reply(200, body)), Ok(()), "{path}");
        }
        // An HTML page does not come from the host, which has possibly cancelled nothing.
        for page in ["<!doctype html><title>Just a moment</title>", "\n <html>"] {
            assert_eq!(answer(reply(200, page)), Err(ApiError::Server), "{path}");
        }
        assert_eq!(answer(Err(NoAnswer)), Err(ApiError::Network), "{path}");
        // The state machines treat only these two errors as an unknown outcome.
        for status in [302, 408, 499, 500, 502, 503, 504] {
            assert_eq!(answer(reply(status, "")), Err(ApiError::Server), "{path} {status}");
        }
        for (status, error) in [
            (400, ApiError::Rejected),
            (401, ApiError::SignedOut),
            (404, ApiError::NotFound),
            (409, ApiError::Rejected),
            (423, ApiError::Locked),
            (429, ApiError::Rejected),
        ] {
            assert_eq!(answer(reply(status, "")), Err(error), "{path} {status}");
        }
    }
}

#[test]
fn a_saved_record_gives_the_patients_guid() {
    for (write, path) in saves() {
        let answer = |reply| match end(&write, reply).answer {
            Answer::Saved(answer) | Answer::SavedOther(answer) => answer,
            other => panic!("{other:?}"),
        };
        let guid = answer(reply(200, r#"{"patientGuid":"2f6d1c34"}"#));
        assert_eq!(guid, Ok(PatientGuid::new("2f6d1c34")), "{path}");
        for (reply, error) in [
            (Err(NoAnswer), ApiError::Network),
            (reply(503, ""), ApiError::Server),
            (reply(401, ""), ApiError::SignedOut),
            (reply(200, "{}"), ApiError::Unreadable),
        ] {
            assert_eq!(answer(reply), Err(error), "{path}");
        }
    }
}
