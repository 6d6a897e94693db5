//! Bookings whose answer is lost or unreadable must not count as refused.

use std::time::Duration;

use booking::outcome::{Outcome, Refusal};
use serde_json::json;

use super::driver::{NoAnswer, With, signed_in};
use super::people::{first_time, martas_visit};
use crate::support::{DANA, Town, town};

async fn visits(town: &Town) -> usize {
    town.look("/visits").await.as_array().expect("a list").len()
}

async fn booked_under(town: &Town, with: With, fault: serde_json::Value) -> Result<Outcome, NoAnswer> {
    let (whose, visit_type) = match with {
        With::Clinic => ("NorthlakeBallard", "FluShot"),
        With::Clinician => (DANA, "NewPatient"),
    };
    let visit = martas_visit(first_time(town, with, whose, visit_type).await);
    let client = signed_in(town, "marta").await;
    let mut fault = fault;
    fault["path"] = json!(with.path());
    town.tell("/faults", fault).await;
    let patience = Duration::from_secs(2);
    tokio::time::timeout(patience, client.book(with, &visit)).await.unwrap_or(Err(NoAnswer))
}

#[tokio::test]
async fn an_answer_that_is_lost_is_no_answer_though_the_visit_exists() {
    let town = town().await;
    for with in With::BOTH {
        for kind in ["drop-after", "hang-after", "truncate"] {
            town.tell("/reset", json!({})).await;
            assert_eq!(booked_under(&town, with, json!({"kind": kind})).await, Err(NoAnswer), "{kind}");
            assert_eq!(visits(&town).await, 1, "{with:?} {kind}");
        }
    }
}

#[tokio::test]
async fn a_request_that_is_lost_is_no_answer_either_and_there_is_no_visit() {
    let town = town().await;
    for with in With::BOTH {
        assert_eq!(booked_under(&town, with, json!({"kind": "drop"})).await, Err(NoAnswer));
        assert_eq!(visits(&town).await, 0, "{with:?}");
    }
}

#[tokio::test]
async fn an_answer_that_confirms_nothing_is_unknown() {
    let town = town().await;
    for with in With::BOTH {
        for fault in [
            json!({"kind": "html"}),
            json!({"kind": "empty"}),
            json!({"kind": "status", "status": 200, "body": {"ok": true}}),
            json!({"kind": "status", "status": 200, "body": {"visitId": null}}),
            json!({"kind": "status", "status": 500}),
            json!({"kind": "status", "status": 503, "body": {"error": "SlotUnavailable"}}),
            json!({"kind": "status", "status": 408}),
        ] {
            let outcome = booked_under(&town, with, fault.clone()).await;
            assert_eq!(outcome, Ok(Outcome::Unknown), "{with:?} {fault}");
        }
    }
}

#[tokio::test]
async fn a_plain_refusal_of_the_server_or_a_gateway_is_definite() {
    let town = town().await;
    for with in With::BOTH {
        for (status, refusal) in [
            (404, Refusal::Rejected),
            (409, Refusal::UnknownConflict),
            (429, Refusal::Busy),
            (432, Refusal::Rejected),
        ] {
            let fault = json!({"kind": "status", "status": status, "body": {"message": "No"}});
            let outcome = booked_under(&town, with, fault).await;
            assert_eq!(outcome, Ok(Outcome::Refused(refusal)), "{with:?} {status}");
        }
    }
    assert_eq!(visits(&town).await, 0);
}
