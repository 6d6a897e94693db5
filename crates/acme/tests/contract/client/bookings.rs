//! Both bookings as the client sends them and reads their answers (API reference §2.25, §2.26).

use acme::Config;
use booking::ids::VisitId;
use booking::outcome::{Confirmation, Meeting, Outcome};
use dexcare::Visit;
use serde_json::{Value, json};

use super::driver::{PRODUCT, With, signed_in};
use super::people::{first_time, id_of, martas_visit};
use crate::support::{DANA, MARTA, MONDAY_MORNING, at, home, town, town_with};

fn confirmed(outcome: Outcome) -> Confirmation {
    let Outcome::Booked(confirmation) = outcome else { panic!("not booked: {outcome:?}") };
    confirmation
}

fn slot_of(visit: &Visit) -> Value {
    let slot = &visit.slot;
    json!({
        "id": id_of(slot), "npi": slot.npi.as_str(), "departmentId": slot.place.department.as_str(),
        "departmentIdentifier": slot.place.to_text(), "visitType": slot.visit_type.as_str(),
        "slotDateTime": slot.at.to_rfc3339()
    })
}

#[tokio::test]
async fn marta_books_a_flu_shot_and_acme_holds_what_she_sent() {
    let town = town().await;
    let visit = martas_visit(first_time(&town, With::Clinic, "NorthlakeBallard", "FluShot").await);
    let outcome = signed_in(&town, "marta").await.book(With::Clinic, &visit).await.expect("an answer");
    let confirmation = confirmed(outcome);
    assert_eq!(confirmation.meeting, None);
    let body = json!({
        "patient": {"identifier": MARTA, "address": home(), "phone": "2065550188",
            "email": "marta.okafor@example.com"},
        "visitDetails": {"ehrSystemName": "org.northlake.epic.main", "departmentId": "100210",
            "visitReason": "Sore throat since Sunday", "declaration": "self", "slotId": visit.slot_id.as_str(),
            "providerId": visit.slot.provider.as_str()},
        "registrationModules": {"documentSigning": [], "billingInfo": {"paymentMethod": "self"}}
    });
    let expected = json!([{
        "visitId": confirmation.visit.as_str(), "kind": "retail", "patient": "marta", "bookedBy": "marta",
        "patientGuid": MARTA, "slot": slot_of(&visit), "product": PRODUCT, "cancelled": null, "body": body
    }]);
    assert_eq!(town.look("/visits").await, expected);
}

#[tokio::test]
async fn marta_books_dr_whitfield_and_acme_holds_what_she_sent() {
    let town = town().await;
    let visit = martas_visit(first_time(&town, With::Clinician, DANA, "NewPatient").await);
    let outcome = signed_in(&town, "marta").await.book(With::Clinician, &visit).await.expect("an answer");
    let confirmation = confirmed(outcome);
    assert_eq!(confirmation.meeting, None);
    let body = json!({
        "patient": {"patientGuid": MARTA, "address": home()},
        "visitDetails": {"ehrSystemName": "org.northlake.epic.main", "departmentId": "100210",
            "visitReason": "Sore throat since Sunday", "declaration": "self", "slotId": visit.slot_id.as_str(),
            "nationalProviderId": DANA, "visitTypeId": "4378", "providerFlowPayment": true},
        "billingInfo": {"paymentMethod": "self"}
    });
    let expected = json!([{
        "visitId": confirmation.visit.as_str(), "kind": "provider", "patient": "marta", "bookedBy": "marta",
        "patientGuid": MARTA, "slot": slot_of(&visit), "product": PRODUCT, "cancelled": null, "body": body
    }]);
    assert_eq!(town.look("/visits").await, expected);
}

#[tokio::test]
async fn a_video_visit_says_how_to_join() {
    let town = town().await;
    let amara = town.npi("Cole").await;
    let visit = martas_visit(first_time(&town, With::Clinician, &amara, "Virtual").await);
    let outcome = signed_in(&town, "marta").await.book(With::Clinician, &visit).await.expect("an answer");
    let id = town.look("/visits").await[0]["visitId"].as_str().expect("an id").to_owned();
    let meeting = Meeting {
        join_url: Some(format!("https://meet.northlake.example/j/{id}")),
        toll_number: Some("+12065550100".into()),
        conference_id: Some("99120".into()),
        password: None,
    };
    assert_eq!(
        confirmed(outcome),
        Confirmation { visit: VisitId::new(&id), meeting: Some(meeting), room: None }
    );
}

/// Reads the body from Acme's database file, because its log and lists contain parsed bodies only.
#[tokio::test]
async fn the_bytes_of_a_booking_arrive_as_they_were_built() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("acme.db");
    let config = Config { db: Some(db.clone()), now: Some(at(MONDAY_MORNING)), ..Config::default() };
    let town = town_with(config).await;
    let client = signed_in(&town, "marta").await;
    let mut built = Vec::new();
    for (with, whose, visit_type) in
        [(With::Clinic, "NorthlakeBallard", "FluShot"), (With::Clinician, DANA, "NewPatient")]
    {
        let mut visit = martas_visit(first_time(&town, with, whose, visit_type).await);
        visit.reason = "\"Can't\" swallow \\ since 6/12:\n\tfever 101 °F 🤒\u{1}".into();
        confirmed(client.book(with, &visit).await.expect("an answer"));
        built.push(with.request(&visit).body.expect("a body"));
    }
    let log = town.look("/requests").await;
    let posts = log.as_array().expect("a log").iter().filter(|entry| entry["method"] == "POST");
    let logged: Vec<&Value> = posts.map(|entry| &entry["body"]).collect();
    let parsed: Vec<Value> = built.iter().map(|body| serde_json::from_str(body).expect("JSON")).collect();
    assert_eq!(logged, parsed.iter().collect::<Vec<_>>());
    town.acme.shutdown().await;
    let rows = rusqlite::Connection::open(db).expect("the file");
    let mut kept = rows.prepare("SELECT body FROM visits ORDER BY number").expect("visits");
    let kept = kept.query_map([], |row| row.get(0)).expect("rows").map(|body| body.expect("a text"));
    assert_eq!(kept.collect::<Vec<String>>(), built);
}

#[tokio::test]
async fn no_booking_carries_an_ssn() {
    let town = town().await;
    let client = signed_in(&town, "marta").await;
    for (with, whose, visit_type) in
        [(With::Clinic, "NorthlakeBallard", "FluShot"), (With::Clinician, DANA, "NewPatient")]
    {
        let visit = martas_visit(first_time(&town, with, whose, visit_type).await);
        confirmed(client.book(with, &visit).await.expect("an answer"));
    }
    let visits = town.look("/visits").await;
    let mut bodies: Vec<Value> =
        visits.as_array().expect("a list").iter().map(|visit| visit["body"].clone()).collect();
    assert_eq!(bodies.len(), 2);
    for body in &mut bodies {
        // A slot id is encrypted, so its base64 could contain the searched texts by chance.
        body["visitDetails"]["slotId"].take();
        let text = body.to_string().to_lowercase();
        // 4821 are the last four digits in Marta's record.
        assert!(!text.contains("ssn") && !text.contains("4821"), "{text}");
    }
}
