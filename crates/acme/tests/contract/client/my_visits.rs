//! The list of Marta's visits, and cancelling one (API reference §2.36–§2.38).

use booking::errand::event::Event as Act;
use booking::errand::state::{ClinicCancelProgress, Stage, Visits};
use booking::ids::{BookedSlot, Npi, SlotId, UrlName, VisitId};
use booking::journey::event::Event;
use booking::notice::Notice;
use booking::outcome::ApiError;
use booking::schedule::Time;
use booking::settings::{Settings, Target};
use serde_json::{Value, json};

use super::driver::signed_in;
use super::executor::{Patient, page};
use super::people::{ruth, times_at};
use super::seen::{bodies, only_visit, posts};
use crate::support::{DANA, Town, town};

/// Settings of a page with flu shots at Ballard that names its brand.
fn ballard() -> Settings {
    let target = Target::Departments(vec![UrlName::new("NorthlakeBallard")]);
    Settings { brand: Some("northlake".into()), ..page(target, &["FluShot"]) }
}

/// Books a flu shot; returns the patient and the time.
async fn booked<'a>(town: &'a Town, username: &'static str, which: usize) -> (Patient<'a>, Time) {
    let mut patient = Patient::at_page(town, username, ballard()).await;
    let time = patient.times()[which].clone();
    patient.fill_in(&time, ruth()).await;
    patient.on(Act::Submit).await;
    assert_eq!(patient.stage(), "booked", "{:?}", patient.state.errand.stage);
    (patient, time)
}

fn visits<'p>(patient: &'p Patient<'_>) -> &'p Visits {
    let Stage::Visits(visits) = &patient.state.errand.stage else {
        panic!("{:?}", patient.state.errand.stage)
    };
    visits
}

fn ids(patient: &Patient<'_>) -> Vec<String> {
    visits(patient).list.iter().flatten().map(|visit| visit.id.as_str().to_owned()).collect()
}

#[tokio::test]
async fn marta_sees_what_she_booked_the_earliest_first_and_no_clinicians_visit() {
    let town = town().await;
    let (late, late_time) = booked(&town, "marta", 30).await;
    let (early, early_time) = booked(&town, "marta", 3).await;
    let (_, _) = booked(&town, "dev", 9).await;
    let (late, early) = (late.visit_id().to_owned(), early.visit_id().to_owned());
    let npis = vec![Npi::parse(DANA).expect("a real NPI")];
    let target = Target::Clinicians { npis, departments: Vec::new(), from_v5: false };
    let mut patient = Patient::at_page(&town, "marta", page(target, &["NewPatient"])).await;
    let dana = patient.times().into_iter().find(|time| time.at() > late_time.at()).expect("a time");
    patient.fill_in(&dana, ruth()).await;
    patient.on(Act::Submit).await;
    assert_eq!(patient.stage(), "booked");

    patient.on(Event::MyVisits).await;
    assert_eq!(ids(&patient), [early, late]);
    let first = &visits(&patient).list.as_ref().expect("a list")[0];
    let slot = early_time.slot();
    let booked = slot.id.as_ref().map(SlotId::as_str);
    assert_eq!(first.slot.as_ref().map(BookedSlot::as_str), booked);
    assert_eq!((&first.place, first.start.at), (&slot.place, slot.at.at));
    assert_eq!(first.end.at - first.start.at, i64::from(slot.minutes) * 60);
    assert_eq!(first.zone.as_str(), "America/Los_Angeles");
    patient.on(Act::Back).await;
    assert_eq!(patient.stage(), "booked", "back to the confirmation");
}

#[tokio::test]
async fn a_cancelled_flu_shot_frees_its_time_and_martas_hour() {
    let town = town().await;
    let (mut patient, time) = booked(&town, "marta", 5).await;
    let id = patient.visit_id().to_owned();
    let free = async || {
        let found = times_at(&town, "NorthlakeBallard", "FluShot").await;
        found.slots.iter().any(|slot| slot.id == time.slot().id)
    };
    assert!(!free().await);
    patient.on(Event::MyVisits).await;
    let visit = visits(&patient).list.as_ref().expect("a list")[0].id.clone();
    patient.on(Act::AskToCancel(visit)).await;
    let reasons = visits(&patient).reasons.clone().expect("reasons");
    assert_eq!(reasons.len(), 5);
    assert_eq!(
        (reasons[0].code.as_str(), reasons[0].label.as_str()),
        ("patientFeelsBetter", "Feeling better")
    );
    patient.on(Act::CancelVisit("patientFeelsBetter".into())).await;

    assert_eq!(patient.told.last(), Some(&Notice::Cancelled(VisitId::new(&id))));
    assert_eq!((ids(&patient), &visits(&patient).cancelling), (vec![], &None));
    assert!(visits(&patient).cancelled.as_ref().is_some_and(|visit| visit.id.as_str() == id));
    let sent = bodies(&town, &format!("/api/6/visits/retail/cancel/{id}")).await;
    assert_eq!(sent, [json!({"reason": "patientFeelsBetter"})]);
    assert_eq!(only_visit(&town).await["cancelled"]["reason"], "patientFeelsBetter");
    assert!(free().await, "somebody else can have it");

    // Marta has no other visit at that time any more, so she can book it again.
    patient.on(Act::Back).await;
    assert_eq!(patient.stage(), "times");
    patient.on(Event::Refresh).await;
    let again = patient.times().into_iter().find(|now| now.at() == time.at()).expect("that time again");
    patient.on(Event::Choose(Box::new(again))).await;
    assert_eq!(patient.stage(), "review", "what she entered is kept");
    patient.on(Act::Submit).await;
    assert_eq!(patient.stage(), "booked", "{:?}", patient.state.errand.stage);
    assert_ne!(patient.visit_id(), id);
}

#[tokio::test]
async fn a_cancel_whose_answer_is_lost_is_looked_up_and_never_sent_again() {
    for (kind, left) in [("drop-after", 0), ("drop", 1)] {
        let town = town().await;
        let (mut patient, _) = booked(&town, "marta", 5).await;
        patient.on(Event::MyVisits).await;
        let visit = visits(&patient).list.as_ref().expect("a list")[0].id.clone();
        patient.on(Act::AskToCancel(visit.clone())).await;
        town.tell("/faults", json!({"path": "/api/6/visits/retail/cancel", "kind": kind})).await;
        patient.on(Act::CancelVisit("other".into())).await;
        assert_eq!(ids(&patient).len(), left, "{kind}");
        let cancelling = visits(&patient).cancelling.clone();
        let expected = (kind == "drop").then(|| (visit.clone(), ClinicCancelProgress::Unknown));
        assert_eq!(cancelling, expected);
        for event in [Event::Retry, Act::AskToCancel(visit).into(), Act::CancelVisit("other".into()).into()] {
            patient.on(event).await;
        }
        let cancels = posts(&town).await.into_iter().filter(|line| line.contains("/cancel/")).count();
        assert_eq!(cancels, 1, "{kind}");
    }
}

#[tokio::test]
async fn a_cancel_that_a_gateway_gave_up_is_looked_up_one_that_it_refused_may_be_repeated() {
    for (status, may_repeat) in [(408, false), (499, false), (504, false), (429, true)] {
        let town = town().await;
        let (mut patient, _) = booked(&town, "marta", 5).await;
        patient.on(Event::MyVisits).await;
        let visit = visits(&patient).list.as_ref().expect("a list")[0].id.clone();
        patient.on(Act::AskToCancel(visit.clone())).await;
        let path = "/api/6/visits/retail/cancel";
        town.tell("/faults", json!({"path": path, "kind": "status", "status": status})).await;
        patient.on(Act::CancelVisit("other".into())).await;
        let how = if may_repeat {
            ClinicCancelProgress::Failed(ApiError::Rejected)
        } else {
            ClinicCancelProgress::Unknown
        };
        assert_eq!(visits(&patient).cancelling, Some((visit.clone(), how)), "{status}");
        for event in [Act::AskToCancel(visit), Act::CancelVisit("other".into())] {
            patient.on(event).await;
        }
        let cancels = posts(&town).await.into_iter().filter(|line| line.contains("/cancel/")).count();
        assert_eq!((cancels, ids(&patient).len()), if may_repeat { (2, 0) } else { (1, 1) }, "{status}");
    }
}

#[tokio::test]
async fn without_reasons_and_after_a_refusal_the_visit_stands() {
    let town = town().await;
    let (mut patient, _) = booked(&town, "marta", 5).await;
    patient.on(Event::MyVisits).await;
    let visit = visits(&patient).list.as_ref().expect("a list")[0].id.clone();
    let path = "/api/7/visits/retail/cancel/reasons";
    town.tell("/faults", json!({"path": path, "kind": "status", "status": 503})).await;
    patient.on(Act::AskToCancel(visit.clone())).await;
    let failed = |error| Some((visit.clone(), ClinicCancelProgress::Failed(error)));
    assert_eq!(visits(&patient).cancelling, failed(ApiError::Server));
    patient.on(Act::AskToCancel(visit.clone())).await;
    // The visit begins while she looks at the reasons.
    town.tell("/clock", json!({"advance": 14 * 86_400})).await;
    let fresh = signed_in(&town, "marta").await;
    patient.token = fresh.token;
    patient.on(Act::CancelVisit("other".into())).await;
    assert_eq!(visits(&patient).cancelling, failed(ApiError::Rejected));
    assert_eq!(only_visit(&town).await["cancelled"], Value::Null);
}

#[tokio::test]
async fn somebody_who_booked_nothing_has_an_empty_list() {
    let town = town().await;
    let mut patient = Patient::at_page(&town, "ines", ballard()).await;
    patient.on(Event::MyVisits).await;
    assert_eq!(visits(&patient).list, Some(vec![]));
    patient.on(Act::Back).await;
    assert_eq!(patient.stage(), "times");
}
