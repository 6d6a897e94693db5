//! Joining a line that refuses the patient: every refusal, and lost answers (API reference §2.28).

use booking::api::{Answer, OnDemandBooking, Write};
use booking::errand::event::Event as Act;
use booking::finder::queue::LineKind;
use booking::ids::{PatientGuid, PracticeId, VisitId};
use booking::journey::event::Event;
use booking::notice::Notice;
use booking::on_demand::{Modality, OnDemandVisit, Practice, Qualifier, WaitingLine};
use booking::outcome::{Outcome, Refusal};
use booking::payment::Payment;
use dexcare::PracticeInfo;
use dexcare::exchange::begin_write;
use serde_json::json;

use super::driver::{Client, anybody, context, signed_in};
use super::lines::{in_washington, join, martas};
use super::people::marta;
use super::seen::{only_visit, posts};
use crate::support::{DEV, LARS, MARTA, Town, town};
use crate::urgent_care::NORTHLAKE;

/// Marta's video visit in a region.
fn visit_in(practice: &Practice, region: &str) -> OnDemandBooking {
    let region =
        practice.regions.iter().find(|known| known.code.as_str() == region).expect("a region").clone();
    OnDemandBooking {
        now: OnDemandVisit {
            practice: practice.id.clone(),
            region,
            modality: Modality::Video,
            line: WaitingLine::General,
            qualifier: Qualifier::Adult,
        },
        patient: PatientGuid::new(MARTA),
        demographics: marta(),
        actor: None,
        phone: marta().phone,
        email: marta().email,
        reason: "Sore throat since Sunday".into(),
        payment: Payment::BilledLater,
        qualifier: Qualifier::Adult,
        interpreter: None,
    }
}

async fn outcome(client: &Client<'_>, visit: &OnDemandBooking) -> Answer {
    client.exchange(begin_write(Write::Join(Box::new(visit.clone())), context())).await.answer
}

async fn northlake(town: &Town) -> Practice {
    anybody(town).ask(&PracticeInfo { id: PracticeId::new(NORTHLAKE) }).await.expect("a practice")
}

/// Marta joins the line of Washington.
pub async fn joined(client: &Client<'_>) -> VisitId {
    let practice = northlake(client.town).await;
    match outcome(client, &visit_in(&practice, "WA")).await {
        Answer::Booking(Outcome::Booked(confirmation)) => confirmation.visit,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn every_refusal_of_a_line_is_understood_in_every_envelope() {
    let town = town().await;
    let practice = northlake(&town).await;
    let washington = || visit_in(&practice, "WA");
    let patient = |guid: &str| OnDemandBooking { patient: PatientGuid::new(guid), ..washington() };
    let paid = |code: &str| OnDemandBooking { payment: Payment::Coupon(code.into()), ..washington() };
    let rows = [
        ("busy", "marta", visit_in(&practice, "ID"), Refusal::RegionBusy),
        ("nobody on call", "marta", visit_in(&practice, "MT"), Refusal::NobodyFree),
        ("off hours", "marta", visit_in(&practice, "AK"), Refusal::NobodyFree),
        ("an inactive region", "marta", visit_in(&practice, "WY"), Refusal::Rejected),
        ("a coupon of last spring", "marta", paid("SPRING"), Refusal::Rejected),
        (
            "an adult among children",
            "marta",
            OnDemandBooking { qualifier: Qualifier::Pediatric, ..washington() },
            Refusal::Rejected,
        ),
        ("no reason", "marta", OnDemandBooking { reason: " ".into(), ..washington() }, Refusal::Rejected),
        ("a locked account", "lars", patient(LARS), Refusal::Rejected),
    ];
    for variant in ["E1", "E2", "E3", "E4", "E5", "text", "cycle"] {
        town.tell("/envelope", json!({"variant": variant})).await;
        for (name, username, visit, refusal) in &rows {
            let answer = outcome(&signed_in(&town, username).await, visit).await;
            assert_eq!(answer, Answer::Booking(Outcome::Refused(*refusal)), "{name} in {variant}");
        }
        let nobody = Client { town: &town, token: Some("not-a-token".into()) };
        let answer = outcome(&nobody, &washington()).await;
        assert_eq!(answer, Answer::Booking(Outcome::Refused(Refusal::SignedOut)));
    }
    assert_eq!(town.look("/visits").await, json!([]));
}

/// The client recognises this refusal by its code, which only some envelopes have.
#[tokio::test]
async fn somebody_elses_patient_is_not_found_where_the_envelope_has_a_code() {
    let town = town().await;
    let practice = northlake(&town).await;
    let devs = OnDemandBooking { patient: PatientGuid::new(DEV), ..visit_in(&practice, "WA") };
    let client = signed_in(&town, "marta").await;
    let answer = outcome(&client, &devs).await;
    assert_eq!(answer, Answer::Booking(Outcome::Refused(Refusal::PatientNotFound)));
    for variant in ["E1", "E3", "E4", "E5", "text"] {
        town.tell("/envelope", json!({"variant": variant})).await;
        let Answer::Booking(Outcome::Refused(refusal)) = outcome(&client, &devs).await else {
            panic!("{variant}")
        };
        assert!(matches!(refusal, Refusal::PatientNotFound | Refusal::Rejected), "{variant}: {refusal:?}");
    }
}

#[tokio::test]
async fn a_region_that_turns_busy_before_the_submit_shows_the_line_again_and_what_was_entered_is_kept() {
    for (state, refusal) in [
        ("busy", Refusal::RegionBusy),
        ("unstaffed", Refusal::NobodyFree),
        ("off-hours", Refusal::NobodyFree),
    ] {
        let town = town().await;
        let mut patient = in_washington(&town, "marta").await;
        patient.on(Event::Join(Modality::Video, LineKind::General)).await;
        patient.give(martas()).await;
        patient.on(Act::AcceptTerms(true)).await;
        town.tell("/regions", json!({"region": "WA", "state": state, "busyMessage": "Try later."})).await;
        patient.on(Act::Submit).await;
        assert_eq!(
            (patient.stage(), patient.state.finder.queue.refused),
            ("queue", Some(refusal)),
            "{state}"
        );
        assert_eq!(patient.told.last(), Some(&Notice::Conflict(refusal)));
        assert_eq!(town.look("/visits").await, json!([]));
        let wait = patient.state.finder.queue.wait(Modality::Video);
        assert!(matches!(wait, Some(Err(_))), "the waits were read again: {wait:?}");
        patient.on(Event::Join(Modality::Video, LineKind::General)).await;
        assert_eq!(patient.stage(), "queue", "nobody can join now");

        town.tell("/regions", json!({"region": "WA", "state": "by-clock"})).await;
        patient.wait().await;
        patient.on(Event::Join(Modality::Video, LineKind::General)).await;
        assert_eq!(patient.stage(), "review", "everything is known by now");
        patient.on(Act::Submit).await;
        assert_eq!(only_visit(&town).await["visitId"], patient.visit_id());
    }
}

#[tokio::test]
async fn a_visit_on_demand_whose_answer_is_lost_is_never_sent_again() {
    for kind in ["drop-after", "html", "drop"] {
        let town = town().await;
        let mut patient = in_washington(&town, "marta").await;
        town.tell("/faults", json!({"path": "/api/9/visits", "method": "POST", "kind": kind})).await;
        join(&mut patient, Modality::Video, LineKind::General, martas()).await;
        for event in [Act::Submit.into(), Event::Retry, Event::Wake, Event::Refresh] {
            patient.on(event).await;
        }
        assert_eq!((patient.stage(), patient.told.last()), ("unconfirmed", Some(&Notice::Unconfirmed)));
        assert_eq!(posts(&town).await, ["POST /api/9/visits"], "{kind}");
    }
}
