//! Times around a place: found with either request form, resolved in a list with slot ids, and booked (API reference
//! §2.12, §2.13, §3.5).

use booking::errand::event::Event as Act;
use booking::errand::state::Stage;
use booking::finder::event::Event as Find;
use booking::finder::state::{Stage as Looking, UnavailableReason};
use booking::journey::event::Event;
use booking::notice::Notice;
use booking::outcome::Refusal;
use booking::search::{Search, SearchCentre};
use booking::settings::{Route, Settings, Target};
use booking::slot::Source;
use serde_json::{Value, json};

use super::executor::{Patient, page};
use super::people::{id_of, marta, ruth};
use super::seen::{bodies, only_visit, posts, queries, sent};
use crate::support::{MAIN, MARTA, Town, home, town};

const SEARCH: &str = "/v1/availability/slots";

pub fn around(zip: &str, radius: u16) -> Search {
    let around = Some(SearchCentre::Zip(zip.into()));
    Search { around, radius, specialty: None, gender: None, clinic_type: None, patient_type: None }
}

pub fn near(search: Search, visit_types: &[&str]) -> Settings {
    Settings { brand: Some("northlake".into()), ..page(Target::Near(Box::new(search)), visit_types) }
}

#[tokio::test]
async fn marta_finds_a_flu_shot_near_ballard_and_books_it_as_the_clinics() {
    let town = town().await;
    let mut patient = Patient::at_page(&town, "marta", near(around("98107", 5), &["FluShot"])).await;
    assert_eq!(patient.stage(), "times", "{:?}", patient.state.errand.stage);
    let asked = json!({"daysOfSlots": ["10"], "postalCode": ["98107"], "radius": ["5"],
        "visitTypeNames": ["FluShot"], "product": ["contract-tests"]});
    assert_eq!(queries(&town, SEARCH).await[0], asked);
    let time = patient.times()[7].clone();
    let found = time.slot();
    assert_eq!((found.source, &found.id), (Source::SearchedDepartment, &None));
    let place = patient.state.finder.board.found_place(time.place()).expect("Ballard");
    assert_eq!((place.name.as_str(), place.tenth_miles), ("Northlake Clinic Ballard", Some(1)));
    patient.fill_in(&time, ruth()).await;
    patient.on(Act::Submit).await;

    let visit = only_visit(&town).await;
    assert_eq!(visit["visitId"], patient.visit_id());
    assert_eq!(visit["slot"]["slotDateTime"], found.at.to_rfc3339());
    let booked = patient.state.errand.stage.time().expect("a time").slot().clone();
    let body = json!({
        "patient": {"identifier": MARTA, "address": home(), "phone": "2065550188",
            "email": "marta.okafor@example.com"},
        "visitDetails": {"ehrSystemName": MAIN, "departmentId": "100210",
            "visitReason": "Sore throat since Sunday", "declaration": "self", "slotId": id_of(&booked),
            "providerId": booked.provider.as_str()},
        "registrationModules": {"documentSigning": [], "billingInfo": {"paymentMethod": "self"}}
    });
    assert_eq!(
        (&visit["kind"], &visit["body"], &visit["slot"]["id"]),
        (&json!("retail"), &body, &json!(id_of(&booked)))
    );
    assert_eq!(posts(&town).await, ["POST /api/6/visits/retail"]);
}

#[tokio::test]
async fn marta_finds_a_clinician_of_a_primary_care_clinic_and_books_that_very_one() {
    let town = town().await;
    let search = Search { clinic_type: Some("Primary Care".into()), ..around("80302", 10) };
    let mut patient = Patient::at_page(&town, "marta", near(search, &["FollowUp"])).await;
    assert_eq!(queries(&town, SEARCH).await[0]["clinicTypes"], json!(["Primary Care"]));
    let time = patient.times()[3].clone();
    let found = time.slot().clone();
    assert_eq!((found.source, found.place.department.as_str()), (Source::SearchedClinician, "100312"));
    let name = patient.state.finder.board.clinician(&found.npi).expect("a name");
    assert!(town.look("/world").await.to_string().contains(name.split(',').next().expect("a name")));
    patient.fill_in(&time, ruth()).await;
    patient.on(Act::Submit).await;

    let visit = only_visit(&town).await;
    let booked = patient.state.errand.stage.time().expect("a time").slot().clone();
    let body = json!({
        "patient": {"patientGuid": MARTA, "address": home()},
        "visitDetails": {"ehrSystemName": MAIN, "departmentId": "100312",
            "visitReason": "Sore throat since Sunday", "declaration": "self", "slotId": id_of(&booked),
            "nationalProviderId": found.npi.as_str(), "visitTypeId": booked.visit_type_id.as_str(),
            "providerFlowPayment": true},
        "billingInfo": {"paymentMethod": "self"}
    });
    assert_eq!((&visit["visitId"], &visit["body"]), (&json!(patient.visit_id()), &body));
    assert_eq!(visit["slot"]["slotDateTime"], found.at.to_rfc3339());
    assert_eq!(posts(&town).await, ["POST /api/7/visits/providerbooking"]);
}

#[tokio::test]
async fn where_the_get_form_is_shut_the_search_is_posted_from_then_on() {
    for shut in ["key", "absent"] {
        let town = town().await;
        town.tell("/availability", json!({"get": shut})).await;
        // Without a visit type, the client first asks which ones are offered, because POST requires them by name.
        let mut patient = Patient::at_page(&town, "marta", near(around("98107", 5), &[])).await;
        assert_eq!(patient.stage(), "times", "{shut}: {:?}", patient.state.errand.stage);
        let providers = json!({"postalCode": "98107", "radius": 5});
        assert_eq!(bodies(&town, "/v1/availability/providers").await[0], providers);
        let body = bodies(&town, SEARCH).await.remove(0);
        let mut names: Vec<&str> =
            body["visitTypeNames"].as_array().expect("names").iter().filter_map(Value::as_str).collect();
        names.sort_unstable();
        assert!(names.contains(&"FluShot") && names.contains(&"NewPatient"), "{names:?}");
        let expected = json!({"postalCode": "98107", "radius": 5, "visitTypeNames": body["visitTypeNames"],
            "startDate": "2026-12-07", "endDate": "2026-12-20"});
        assert_eq!(body, expected);
        let reads = |sent: &[String]| sent.iter().filter(|line| *line == &format!("GET {SEARCH}")).count();
        let before = reads(&sent(&town).await);
        assert_eq!(before, 1, "{shut}: the shut form was tried once");
        patient.on(Find::More).await;
        patient.on(Find::More).await;
        assert_eq!(reads(&sent(&town).await), before, "and not again");

        let time = patient.times()[0].clone();
        patient.fill_in(&time, ruth()).await;
        patient.on(Act::Submit).await;
        assert_eq!(only_visit(&town).await["visitId"], patient.visit_id());
    }
}

#[tokio::test]
async fn where_both_forms_are_shut_the_first_says_why() {
    let town = town().await;
    town.tell("/availability", json!({"get": "key", "post": "key"})).await;
    let patient = Patient::at_page(&town, "marta", near(around("98107", 5), &["FluShot"])).await;
    assert!(
        matches!(patient.state.finder.stage, Looking::Unavailable(UnavailableReason::Error(_))),
        "{:?}",
        patient.state.errand.stage
    );
}

#[tokio::test]
async fn a_found_time_that_has_gone_is_told_before_anything_is_asked_of_marta() {
    let town = town().await;
    let mut patient = Patient::at_page(&town, "marta", near(around("98402", 5), &["FluShot"])).await;
    let time = patient.times()[4].clone();
    let gone = json!({"departmentId": "100219", "slotDateTime": time.slot().at.to_rfc3339()});
    town.tell("/slots/take", gone).await;
    patient.on(Event::Choose(Box::new(time.clone()))).await;
    let Stage::Taken(lost, Refusal::SlotTaken) = &patient.state.errand.stage else {
        panic!("{:?}", patient.state.errand.stage)
    };
    assert_eq!(lost.at(), time.at());
    let others = patient.times();
    assert!(!others.is_empty() && others.iter().all(|other| !other.same_choice(&time)));
    patient.fill_in(&others[4].clone(), marta()).await;
    patient.on(Act::Submit).await;
    assert_eq!(only_visit(&town).await["visitId"], patient.visit_id());
}

/// Opens the widget's hand-off link; returns what Acme recorded, and the page.
async fn followed(town: &Town, patient: &Patient<'_>) -> (Value, String) {
    let (time, name, context) = patient.handed_off.as_ref().expect("somebody was sent away");
    let at = time.slot().at;
    let link = dexcare::handoff::url(&town.api(""), at, name.as_ref(), "northlake", context.as_deref());
    let page = town.http.get(link).send().await.expect("a page").text().await.expect("a text");
    (town.look("/handoffs").await[0]["query"].clone(), page)
}

#[tokio::test]
async fn a_page_that_leaves_for_the_scheduling_pages_hands_over_the_search() {
    let town = town().await;
    let settings = near(around("98107", 5), &["FluShot"]);
    let settings = Settings { route: Route::Link, can_hand_off: true, ..settings };
    let mut patient = Patient::at_page(&town, "marta", settings).await;
    let time = patient.times()[2].clone();
    let context = patient.state.finder.board.context.clone().expect("a context");
    patient.on(Event::Choose(Box::new(time.clone()))).await;
    let (query, page) = followed(&town, &patient).await;
    assert_eq!(query["searchContext"], json!([context]));
    assert_eq!(
        (&query["timeSlot"], &query["brand"]),
        (&json!([time.slot().at.to_rfc3339()]), &json!(["northlake"]))
    );
    assert_eq!(query["aggregate"], json!(["true"]));
    assert!(page.contains("<dt>Search context</dt><dd>valid</dd>"), "{page}");
}

#[tokio::test]
async fn a_context_that_expired_still_leads_to_the_time_and_the_clinic() {
    let town = town().await;
    let settings = Settings { can_hand_off: true, ..near(around("98107", 5), &["FluShot"]) };
    let mut patient = Patient::at_page(&town, "marta", settings).await;
    let time = patient.times()[2].clone();
    town.tell("/contexts/expire", json!({})).await;
    // The clinic's own list cannot be read, so the widget leaves the booking to the scheduling pages.
    let path = "/v2/departments/NorthlakeBallard/timeslots";
    town.tell("/faults", json!({"path": path, "kind": "status", "status": 404})).await;
    patient.on(Event::Choose(Box::new(time.clone()))).await;
    let (query, page) = followed(&town, &patient).await;
    assert_eq!(query["timeSlot"], json!([time.slot().at.to_rfc3339()]));
    assert_eq!(query["departmentUrlName"], json!(["NorthlakeBallard"]));
    assert!(page.contains("<dt>Search context</dt><dd>unknown or expired</dd>"));
    assert!(page.contains("<dt>Still free</dt><dd>yes</dd>"), "{page}");
    assert_eq!(patient.stage(), "times");
    // A repeated search does not use the expired search context, so it still finds times.
    patient.on(Event::Refresh).await;
    assert!(!patient.times().is_empty());
}

#[tokio::test]
async fn a_place_nobody_is_near_has_no_times_and_another_has() {
    let town = town().await;
    for zip in ["10001", "00000"] {
        let mut patient = Patient::at_page(&town, "marta", near(around(zip, 25), &["FluShot"])).await;
        assert_eq!(patient.state.finder.stage, Looking::Unavailable(UnavailableReason::NoTimes), "{zip}");
        patient.on(Find::Seek("98107".into())).await;
        assert_eq!(patient.stage(), "times", "{:?}", patient.state.errand.stage);
        assert!(patient.told.iter().any(|told| matches!(told, Notice::Shown { .. })));
        patient.on(Find::Seek("denver".into())).await;
        let places: Vec<&str> =
            patient.state.finder.board.found_places.iter().map(|place| place.address.city.as_str()).collect();
        assert!(places.contains(&"Denver"), "{places:?}");
    }
}
