//! Waiting in line: an estimate that falls and rises, the stages of the visit, and leaving the line (API reference
//! §2.30–§2.35).

use booking::errand::event::Event as Act;
use booking::errand::state::{OnDemandCancelProgress, Stage, Waiting};
use booking::finder::queue::LineKind;
use booking::ids::VisitId;
use booking::journey::event::Event;
use booking::notice::Notice;
use booking::on_demand::{Modality, VisitStatus, WaitRange};
use booking::outcome::ApiError;
use serde_json::{Value, json};

use super::executor::Patient;
use super::lines::{in_washington, join, martas};
use super::seen::{bodies, only_visit, posts, sent};
use crate::support::{Town, town};

/// Marta joins a line, by video or phone.
async fn marta_waits(town: &Town, modality: Modality) -> Patient<'_> {
    let mut patient = in_washington(town, "marta").await;
    join(&mut patient, modality, LineKind::General, martas()).await;
    assert_eq!(patient.stage(), "booked", "{:?}", patient.state.errand.stage);
    patient
}

fn waiting<'p>(patient: &'p Patient<'_>) -> &'p Waiting {
    let Stage::Waiting(waiting) = &patient.state.errand.stage else {
        panic!("{:?}", patient.state.errand.stage)
    };
    waiting
}

fn range(patient: &Patient<'_>) -> WaitRange {
    waiting(patient).wait.as_ref().expect("an estimate").range
}

async fn now_waits(town: &Town, patient: &Patient<'_>, seconds: u32) {
    town.tell("/waits", json!({"visitId": patient.visit_id(), "seconds": seconds})).await;
}

async fn becomes(town: &Town, patient: &Patient<'_>, status: &str) {
    town.tell("/virtual", json!({"visitId": patient.visit_id(), "status": status})).await;
}

#[tokio::test]
async fn the_estimate_goes_down_jumps_up_and_says_who_is_next() {
    let town = town().await;
    let mut patient = marta_waits(&town, Modality::Video).await;
    assert!(waiting(&patient).wait.is_none());
    now_waits(&town, &patient, 620).await;
    patient.wait().await;
    assert_eq!(range(&patient), WaitRange { from: 10, to: 15 }, "five seconds later");
    patient.wait().await;
    assert_eq!(range(&patient), WaitRange { from: 5, to: 10 }, "a minute later");
    let before = waiting(&patient).wait.as_ref().expect("an estimate").as_of;
    patient.wait().await;
    let after = waiting(&patient).wait.as_ref().expect("an estimate").as_of;
    assert!((59..=62).contains(&(after - before)), "{}", after - before);

    now_waits(&town, &patient, 1400).await;
    patient.wait().await;
    assert_eq!(range(&patient), WaitRange { from: 20, to: 25 }, "it jumped up");
    // Above half an hour Acme sends no range, and the client makes one from the seconds.
    now_waits(&town, &patient, 2400).await;
    patient.wait().await;
    assert_eq!(range(&patient), WaitRange { from: 30, to: 45 });
    now_waits(&town, &patient, 100).await;
    patient.wait().await;
    let wait = waiting(&patient).wait.as_ref().expect("an estimate");
    assert!(wait.is_next, "{wait:?}");
}

#[tokio::test]
async fn a_visit_that_ended_is_told_as_what_became_of_it() {
    for (status, standing) in [
        ("done", VisitStatus::Done),
        ("staffdeclined", VisitStatus::Declined),
        ("cancelled", VisitStatus::Cancelled),
    ] {
        let town = town().await;
        let mut patient = marta_waits(&town, Modality::Video).await;
        patient.wait().await;
        becomes(&town, &patient, status).await;
        patient.wait().await;
        assert_eq!((waiting(&patient).status, &waiting(&patient).wait), (standing, &None), "{status}");
        patient.on(Act::AfterVisit).await;
        assert_eq!(patient.stage(), "queue");
    }
}

/// A visit that has begun still has an estimate, of zero; only the summary says that it has begun.
#[tokio::test]
async fn a_visit_that_has_begun_is_told_and_so_is_its_end() {
    for modality in Modality::ALL {
        let town = town().await;
        let mut patient = marta_waits(&town, modality).await;
        patient.wait().await;
        becomes(&town, &patient, "invisit").await;
        patient.wait().await;
        assert_eq!(waiting(&patient).status, VisitStatus::InVisit);
        patient.wait().await;
        assert_eq!(waiting(&patient).status, VisitStatus::InVisit, "it goes on");
        becomes(&town, &patient, "done").await;
        patient.wait().await;
        assert_eq!(waiting(&patient).status, VisitStatus::Done);
        patient.on(Act::AfterVisit).await;
        assert_eq!(patient.stage(), "queue");
    }
}

#[tokio::test]
async fn an_estimate_that_cannot_be_read_now_is_asked_for_again() {
    let town = town().await;
    let mut patient = marta_waits(&town, Modality::Video).await;
    patient.wait().await;
    town.tell("/regions", json!({"region": "WA", "state": "busy"})).await;
    patient.wait().await;
    assert_eq!(waiting(&patient).wait, None);
    assert_eq!(
        (waiting(&patient).status, waiting(&patient).error),
        (VisitStatus::Waiting, Some(ApiError::Rejected))
    );
    town.tell("/regions", json!({"region": "WA", "state": "by-clock"})).await;
    patient.wait().await;
    assert!(waiting(&patient).wait.is_some() && waiting(&patient).error.is_none());
}

#[tokio::test]
async fn a_session_that_ends_in_line_is_renewed_and_the_estimate_goes_on() {
    let town = town().await;
    let mut patient = marta_waits(&town, Modality::Video).await;
    patient.wait().await;
    town.tell("/tokens/expire", json!({"patient": "marta"})).await;
    patient.wait().await;
    assert!(waiting(&patient).wait.is_some(), "{:?}", waiting(&patient));
    let path = format!("GET /api/9/visits/{}/waittime", patient.visit_id());
    let asked = sent(&town).await.into_iter().filter(|line| *line == path).count();
    assert_eq!(asked, 3, "the first, the 401, and the one with a fresh token");
}

/// Asks for the cancel rules, then leaves the line, with `reason` if there is one.
async fn leave(patient: &mut Patient<'_>, reason: Option<&str>) {
    patient.on(Act::AskToLeave).await;
    let OnDemandCancelProgress::Choosing(rules) = &waiting(patient).cancel_progress else {
        panic!("{:?}", waiting(patient).cancel_progress)
    };
    let spanish = rules.reasons_in("es-MX");
    assert_eq!((spanish[0].code.as_str(), spanish[1].label.as_str()), ("LONG_WAIT", "Me siento mejor"));
    assert_eq!(rules.reasons_in("en-US").len(), 4);
    patient.on(Act::Leave(reason.map(Into::into))).await;
}

#[tokio::test]
async fn marta_leaves_the_line_for_a_reason_by_video_and_by_phone() {
    let phone = json!({"cancelReason": "FEEL_BETTER", "patientEmail": "marta.okafor@example.com"});
    for (modality, tail, body) in [
        (Modality::Video, "patient-cancel-video", json!({"cancelReason": "FEEL_BETTER"})),
        (Modality::Phone, "patient-cancel-phone", phone),
    ] {
        let town = town().await;
        let mut patient = marta_waits(&town, modality).await;
        patient.wait().await;
        let id = patient.visit_id().to_owned();
        leave(&mut patient, Some("FEEL_BETTER")).await;
        assert_eq!(waiting(&patient).status, VisitStatus::Cancelled);
        assert_eq!(patient.told.last(), Some(&Notice::Cancelled(VisitId::new(&id))));
        assert_eq!(bodies(&town, &format!("/v1/visits/{id}/{tail}")).await, [body]);
        let visit = only_visit(&town).await;
        assert_eq!(
            (&visit["status"], &visit["cancelled"]["reason"]),
            (&json!("cancelled"), &json!("FEEL_BETTER"))
        );
        patient.on(Act::AfterVisit).await;
        assert_eq!(patient.stage(), "queue");
    }
}

#[tokio::test]
async fn without_the_systems_reasons_the_older_call_leaves_the_line() {
    let town = town().await;
    let mut patient = marta_waits(&town, Modality::Phone).await;
    let id = patient.visit_id().to_owned();
    town.tell("/faults", json!({"path": "/v2/blisseyconfigs", "kind": "status", "status": 500})).await;
    patient.on(Act::AskToLeave).await;
    patient.on(Act::Leave(None)).await;
    assert_eq!(waiting(&patient).status, VisitStatus::Cancelled);
    assert_eq!(bodies(&town, &format!("/api/9/visits/virtual/{id}/cancel")).await, [Value::Null]);
    assert_eq!(only_visit(&town).await["status"], "cancelled");
}

#[tokio::test]
async fn a_cancel_whose_answer_is_lost_is_looked_up_and_never_sent_again() {
    for (kind, standing) in [("drop-after", VisitStatus::Cancelled), ("drop", VisitStatus::Waiting)] {
        let town = town().await;
        let mut patient = marta_waits(&town, Modality::Video).await;
        town.tell("/faults", json!({"path": "/v1/visits/", "kind": kind})).await;
        leave(&mut patient, None).await;
        assert_eq!(waiting(&patient).status, standing, "{kind}");
        let expected =
            if kind == "drop" { OnDemandCancelProgress::Unknown } else { OnDemandCancelProgress::No };
        assert_eq!(waiting(&patient).cancel_progress, expected);
        for event in [Act::AskToLeave.into(), Act::Leave(None).into(), Event::Wake] {
            patient.on(event).await;
        }
        let cancels = posts(&town).await.into_iter().filter(|line| line.contains("cancel")).count();
        assert_eq!(cancels, 1, "{kind}");
    }
}

#[tokio::test]
async fn a_cancel_that_a_gateway_gave_up_is_never_sent_again_one_that_it_refused_may_be_repeated() {
    for (status, may_repeat) in [(408, false), (499, false), (504, false), (429, true)] {
        let town = town().await;
        let mut patient = marta_waits(&town, Modality::Video).await;
        let fault = json!({"path": "/v1/visits/", "method": "POST", "kind": "status", "status": status});
        town.tell("/faults", fault).await;
        leave(&mut patient, None).await;
        let leaving = if may_repeat {
            OnDemandCancelProgress::Failed(ApiError::Rejected)
        } else {
            OnDemandCancelProgress::Unknown
        };
        assert_eq!(waiting(&patient).cancel_progress, leaving, "{status}");
        for event in [Act::AskToLeave, Act::Leave(None)] {
            patient.on(event).await;
        }
        let standing = if may_repeat { VisitStatus::Cancelled } else { VisitStatus::Waiting };
        assert_eq!(waiting(&patient).status, standing, "{status}");
        let cancels = posts(&town).await.into_iter().filter(|line| line.contains("cancel")).count();
        assert_eq!(cancels, if may_repeat { 2 } else { 1 }, "{status}");
    }
}

#[tokio::test]
async fn a_visit_that_has_begun_cannot_be_left() {
    let town = town().await;
    let mut patient = marta_waits(&town, Modality::Video).await;
    becomes(&town, &patient, "invisit").await;
    leave(&mut patient, Some("LONG_WAIT")).await;
    assert_eq!(waiting(&patient).cancel_progress, OnDemandCancelProgress::Failed(ApiError::Rejected));
    assert_eq!(only_visit(&town).await["cancelled"], Value::Null);
}
