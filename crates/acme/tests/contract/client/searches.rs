//! Other searches: a clinician's v5 times, a brand's clinics, and every page of a search around a place (API reference
//! §2.1, §2.8, §2.13).

use std::collections::BTreeSet;

use booking::errand::event::Event as Act;
use booking::finder::event::Event as Find;
use booking::ids::{Npi, UrlName};
use booking::journey::event::Event;
use booking::schedule::Time;
use booking::settings::{Settings, Target};
use booking::slot::Source;
use serde_json::json;

use super::executor::{Patient, page};
use super::nearby::{around, near};
use super::people::{id_of, ruth, times_at, times_with};
use super::seen::{bodies, only_visit, posts, queries};
use crate::support::{DANA, MAIN, MARTA, Town, at, home, town};

fn v5(npi: &str, visit_types: &[&str]) -> Settings {
    let npis = vec![Npi::parse(npi).expect("a real NPI")];
    page(Target::Clinicians { npis, departments: Vec::new(), from_v5: true }, visit_types)
}

#[tokio::test]
async fn dr_whitfields_v5_times_are_those_of_her_own_list_and_one_is_booked() {
    let town = town().await;
    let mut patient = Patient::at_page(&town, "marta", v5(DANA, &["NewPatient"])).await;
    assert_eq!(patient.stage(), "times", "{:?}", patient.state.errand.stage);
    let asked = &queries(&town, &format!("/v5/providers/{DANA}/timeslots")).await[0];
    assert_eq!(asked["daysOfSlots"], json!(["10"]), "{asked}");
    let times = patient.times();
    let listed = times_with(&town, DANA, "NewPatient").await;
    let last = listed.slots.last().expect("slots").at.at;
    let told = |at: i64, place: &str| (at, place.to_owned());
    let of_v5: BTreeSet<_> = times
        .iter()
        .filter(|time| time.at() <= last)
        .map(|time| told(time.at(), time.place().department.as_str()))
        .collect();
    let of_v4: BTreeSet<_> =
        listed.slots.iter().map(|slot| told(slot.at.at, slot.place.department.as_str())).collect();
    assert_eq!(of_v5, of_v4);
    let time = times[3].clone();
    assert_eq!((time.slot().source, &time.slot().id), (Source::SearchedClinician, &None));
    patient.fill_in(&time, ruth()).await;
    patient.on(Act::Submit).await;

    let visit = only_visit(&town).await;
    let booked = patient.state.errand.stage.time().expect("a time").slot().clone();
    let body = json!({
        "patient": {"patientGuid": MARTA, "address": home()},
        "visitDetails": {"ehrSystemName": MAIN, "departmentId": booked.place.department.as_str(),
            "visitReason": "Sore throat since Sunday", "declaration": "self", "slotId": id_of(&booked),
            "nationalProviderId": DANA, "visitTypeId": "4378", "providerFlowPayment": true},
        "billingInfo": {"paymentMethod": "self"}
    });
    assert_eq!((&visit["visitId"], &visit["body"]), (&json!(patient.visit_id()), &body));
    assert_eq!(visit["slot"]["slotDateTime"], time.slot().at.to_rfc3339());
    assert_eq!(posts(&town).await, ["POST /api/7/visits/providerbooking"]);
}

#[tokio::test]
async fn without_a_visit_type_v5_tells_which_there_are() {
    let town = town().await;
    let mut patient = Patient::at_page(&town, "marta", v5(DANA, &[])).await;
    let offered: BTreeSet<&str> =
        patient.state.finder.board.visit_types.iter().map(|offer| offer.short_name.as_str()).collect();
    assert!(offered.contains("FollowUp") && offered.contains("NewPatient"), "{offered:?}");
    let follow_up =
        patient.state.finder.board.visit_types.iter().find(|offer| offer.short_name.as_str() == "FollowUp");
    let follow_up = follow_up.expect("follow-up").short_name.clone();
    patient.on(Find::PickType(follow_up.clone())).await;
    assert!(patient.times().iter().all(|time| time.slot().visit_type == follow_up));
    assert!(!patient.times().is_empty());
}

#[tokio::test]
async fn marta_picks_one_of_the_brands_clinics_and_books_there() {
    let town = town().await;
    let settings =
        Settings { brand: Some("northlake".into()), ..page(Target::Brand("northlake".into()), &["FluShot"]) };
    let mut patient = Patient::at_page(&town, "marta", settings).await;
    assert_eq!(patient.stage(), "times", "{:?}", patient.state.errand.stage);
    assert_eq!(patient.state.finder.board.departments.len(), 8);
    let everywhere: BTreeSet<String> = patient.times().iter().map(|time| time.place().to_text()).collect();
    assert!(everywhere.len() > 2, "{everywhere:?}");
    let tacoma = patient.state.finder.board.departments.iter().find(|clinic| clinic.address.city == "Tacoma");
    let tacoma = tacoma.expect("Tacoma").identifier.clone();
    patient.on(Find::PickClinic(Some(tacoma.clone()))).await;
    let there: BTreeSet<i64> = patient.times().iter().map(Time::at).collect();
    let listed = times_at(&town, "NorthlakeTacoma", "FluShot").await;
    assert_eq!(there, listed.slots.iter().map(|slot| slot.at.at).collect());
    assert!(patient.times().iter().all(|time| *time.place() == tacoma));

    let time = patient.times()[2].clone();
    patient.fill_in(&time, ruth()).await;
    patient.on(Act::Submit).await;
    let visit = only_visit(&town).await;
    let slot = time.slot();
    let body = json!({
        "patient": {"identifier": MARTA, "address": home(), "phone": "2065550188",
            "email": "marta.okafor@example.com"},
        "visitDetails": {"ehrSystemName": MAIN, "departmentId": "100219",
            "visitReason": "Sore throat since Sunday", "declaration": "self", "slotId": id_of(slot),
            "providerId": slot.provider.as_str()},
        "registrationModules": {"documentSigning": [], "billingInfo": {"paymentMethod": "self"}}
    });
    assert_eq!((&visit["visitId"], &visit["body"]), (&json!(patient.visit_id()), &body));
}

/// Checks that no time is listed twice and that no time has two slots of the same clinician.
fn shown_once(times: &[Time]) {
    for (place, time) in times.iter().enumerate() {
        let mut whose: Vec<&str> = time.slots.iter().map(|slot| slot.npi.as_str()).collect();
        let count = whose.len();
        whose.sort_unstable();
        whose.dedup();
        assert_eq!(whose.len(), count, "{}", time.slot().at.to_rfc3339());
        assert!(
            times[..place].iter().all(|other| !other.same_choice(time)),
            "{}",
            time.slot().at.to_rfc3339()
        );
    }
}

/// Presses "more" until it sends no more requests; returns the number of pages.
async fn to_the_end(patient: &mut Patient<'_>, town: &Town, path: &str) -> usize {
    for _ in 0..40 {
        patient.on(Find::More).await;
    }
    let pages = queries(town, path).await.len();
    patient.on(Find::More).await;
    assert_eq!(queries(town, path).await.len(), pages, "it ends");
    pages
}

#[tokio::test]
async fn the_pages_of_what_is_near_end_and_repeat_no_time() {
    let path = "/v1/availability/slots";
    // Around Denver this visit type comes in two groups, each with its own pages.
    for (zip, radius, visit_type) in
        [("98402", 5, "FluShot"), ("98107", 15, "FollowUp"), ("80202", 50, "FollowUp")]
    {
        let town = town().await;
        let mut patient = Patient::at_page(&town, "marta", near(around(zip, radius), &[visit_type])).await;
        let pages = to_the_end(&mut patient, &town, path).await;
        assert!(pages > 2, "{pages}");
        let times = patient.times();
        shown_once(&times);
        let read = town.read(&format!("{path}?postalCode={zip}&radius={radius}&visitTypeNames={visit_type}&startDate=2026-12-07&endDate=2027-03-07&daysOfSlots=91")).await;
        let groups = read["slotsByVisitType"].as_array().expect("groups");
        let instants: BTreeSet<i64> = groups
            .iter()
            .flat_map(|group| group["scheduleDays"].as_array().expect("days"))
            .flat_map(|day| day["slotTimes"].as_array().expect("times"))
            .map(|time| at(time["slotDateTime"].as_str().expect("a time")).timestamp())
            .collect();
        let shown: BTreeSet<i64> = times.iter().map(Time::at).collect();
        assert_eq!(shown.len(), instants.len(), "{zip}");
        assert_eq!(shown, instants);
    }
}

#[tokio::test]
async fn the_pages_of_the_posted_form_end_and_repeat_no_time() {
    let town = town().await;
    town.tell("/availability", json!({"get": "absent"})).await;
    let mut patient = Patient::at_page(&town, "marta", near(around("98402", 5), &["FluShot"])).await;
    for _ in 0..40 {
        patient.on(Find::More).await;
    }
    let asked = bodies(&town, "/v1/availability/slots").await;
    patient.on(Find::More).await;
    assert_eq!(bodies(&town, "/v1/availability/slots").await.len(), asked.len(), "it ends");
    let starts: BTreeSet<&str> =
        asked.iter().map(|body| body["startDate"].as_str().expect("a day")).collect();
    assert_eq!(starts.len(), asked.len(), "no page is asked for twice");
    let times = patient.times();
    shown_once(&times);
    let listed = times_at(&town, "NorthlakeTacoma", "FluShot").await;
    let shown: BTreeSet<i64> = times.iter().map(Time::at).collect();
    assert!(listed.slots.iter().all(|slot| shown.contains(&slot.at.at)));
}

#[tokio::test]
async fn the_pages_of_v5_end_and_repeat_no_time() {
    for family in ["Whitfield", "Raman", "Castellano"] {
        let town = town().await;
        let npi = town.npi(family).await;
        let mut patient = Patient::at_page(&town, "marta", v5(&npi, &["FollowUp"])).await;
        let path = format!("/v5/providers/{npi}/timeslots");
        let pages = to_the_end(&mut patient, &town, &path).await;
        assert!(pages > 1, "{family}: {pages}");
        shown_once(&patient.times());
        let listed = times_with(&town, &npi, "FollowUp").await;
        let shown: BTreeSet<i64> = patient.times().iter().map(Time::at).collect();
        assert!(listed.slots.iter().all(|slot| shown.contains(&slot.at.at)), "{family}");
    }
}

#[tokio::test]
async fn a_clinic_of_a_search_is_known_by_the_name_its_own_list_has() {
    let town = town().await;
    let mut patient = Patient::at_page(&town, "marta", near(around("98402", 5), &["FluShot"])).await;
    let time = patient.times()[0].clone();
    patient.on(Event::Choose(Box::new(time.clone()))).await;
    let known = patient.state.finder.board.department(time.place()).map(|department| &department.url_name);
    assert_eq!(known, Some(&UrlName::new("NorthlakeTacoma")));
}
