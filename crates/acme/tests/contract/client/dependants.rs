//! Booking for Leo with his mother's account (API reference §2.21, then §2.25 or §2.26; §3.6).

use booking::errand::event::Event as Act;
use booking::journey::event::Event;
use booking::patient::{Actor, Demographics, Details};
use booking::payment::{Insurance, Issuer, Payment};
use booking::schedule::Time;
use serde_json::{Value, json};

use super::executor::{Patient, details};
use super::people::{id_of, leo, marta, ruth};
use super::seen::{bodies, only_visit, posts};
use crate::support::{DANA, LEO, MAIN, MARTA, home, town};

pub fn leos() -> Details {
    Details {
        actor: Some(Actor { relationship: "Mother".into(), demographics: marta() }),
        answers: vec![("Any allergies?".into(), "Penicillin".into())],
        ..details(leo())
    }
}

/// Chooses the time, signs in, enters these details and submits them.
async fn book(patient: &mut Patient<'_>, time: &Time, entered: Details) {
    patient.on(Event::Choose(Box::new(time.clone()))).await;
    patient.give(entered).await;
    patient.on(Act::Submit).await;
    assert_eq!(patient.stage(), "booked", "{:?}", patient.state.errand.stage);
}

/// The record that the client creates for Leo.
fn leos_record() -> Value {
    json!({"name": {"family": "Okafor", "given": "Leo"}, "addresses": [home()], "birthdate": "2017-06-30",
        "email": "marta.okafor@example.com", "gender": "male", "mobilePhone": "2065550188",
        "identifiers": [{"system": MAIN}]})
}

#[tokio::test]
async fn marta_books_dr_whitfield_for_leo() {
    let town = town().await;
    let mut patient = Patient::at_profile(&town, "marta", DANA, "NewPatient").await;
    let time = patient.times()[4].clone();
    book(&mut patient, &time, leos()).await;
    let visit = only_visit(&town).await;
    let slot = time.slot();
    assert_eq!((&visit["visitId"], &visit["patientGuid"]), (&json!(patient.visit_id()), &json!(LEO)));
    let body = json!({
        "patient": {"patientGuid": LEO, "address": home()},
        "actor": {"firstName": "Marta", "lastName": "Okafor", "phone": "2065550188", "gender": "female",
            "dateOfBirth": "1979-02-11", "relationshipToPatient": "Mother", "patientGuid": MARTA},
        "visitDetails": {"ehrSystemName": MAIN, "departmentId": slot.place.department.as_str(),
            "visitReason": "Sore throat since Sunday", "declaration": "other", "slotId": id_of(slot),
            "nationalProviderId": DANA, "visitTypeId": "4378",
            "patientQuestions": [{"question": "Any allergies?", "answer": "Penicillin"}],
            "providerFlowPayment": true},
        "billingInfo": {"paymentMethod": "self"}
    });
    assert_eq!(visit["body"], body);
    assert_eq!(posts(&town).await, ["POST /v1/patient/other", "POST /api/7/visits/providerbooking"]);
    assert_eq!(bodies(&town, "/v1/patient/other").await, [leos_record()]);
}

#[tokio::test]
async fn marta_books_a_flu_shot_for_leo_on_his_own_insurance() {
    let town = town().await;
    let mut patient = Patient::at_clinic(&town, "marta", "NorthlakeBallard", "FluShot").await;
    let time = patient.times()[6].clone();
    let insurance = Insurance {
        issuer: Issuer { name: "Evergreen HMO".into(), payer: "NL-HMO-02".into() },
        member: "EV20170630".into(),
        ..Insurance::default()
    };
    let insured = Details { payment: Payment::Insurance(Box::new(insurance)), ..leos() };
    book(&mut patient, &time, insured).await;
    let visit = only_visit(&town).await;
    let slot = time.slot();
    assert_eq!((&visit["visitId"], &visit["patientGuid"]), (&json!(patient.visit_id()), &json!(LEO)));
    let body = json!({
        "patient": {"identifier": LEO, "address": home(), "phone": "2065550188",
            "email": "marta.okafor@example.com"},
        "actor": {"firstName": "Marta", "lastName": "Okafor", "phone": "2065550188", "gender": "female",
            "dateOfBirth": "1979-02-11", "relationshipToPatient": "Mother"},
        "visitDetails": {"ehrSystemName": MAIN, "departmentId": "100210",
            "visitReason": "Sore throat since Sunday", "declaration": "other", "slotId": id_of(slot),
            "providerId": slot.provider.as_str(),
            "patientQuestions": [{"question": "Any allergies?", "answer": "Penicillin"}]},
        "registrationModules": {"documentSigning": [], "billingInfo": {"paymentMethod": "insurance",
            "declaration": "self", "insuranceType": "manual", "insuranceProviderId": "NL-HMO-02",
            "insurancePayorId": "NL-HMO-02", "insurancePayorName": "Evergreen HMO",
            "insuranceMemberId": "EV20170630"}}
    });
    assert_eq!(visit["body"], body);
    assert_eq!(posts(&town).await, ["POST /v1/patient/other", "POST /api/6/visits/retail"]);
    assert_eq!(bodies(&town, "/v1/patient/other").await, [leos_record()]);
}

#[tokio::test]
async fn an_account_without_links_gets_its_own_record_before_that_of_the_child() {
    for username in ["ines", "ruth"] {
        let town = town().await;
        let mut patient = Patient::at_clinic(&town, username, "NorthlakeBallard", "FluShot").await;
        let time = patient.times()[0].clone();
        let (holder, email) = (ruth(), ruth().email);
        let child = Demographics { email: email.clone(), phone: holder.phone.clone(), ..leo() };
        let actor = Some(Actor { relationship: "Grand parent".into(), demographics: holder });
        book(&mut patient, &time, Details { actor, ..details(child) }).await;
        assert_eq!(
            posts(&town).await,
            ["POST /v1/patient/self", "POST /v1/patient/other", "POST /api/6/visits/retail"]
        );
        let own = bodies(&town, "/v1/patient/self").await.remove(0);
        let child = bodies(&town, "/v1/patient/other").await.remove(0);
        assert_eq!((&own["name"]["given"], &child["name"]["given"]), (&json!("Ruth"), &json!("Leo")));
        let visit = only_visit(&town).await;
        assert_eq!((&visit["bookedBy"], &visit["patient"]), (&json!(username), &Value::Null));
        let actor = &visit["body"]["actor"];
        assert_eq!((&actor["firstName"], &actor["phone"]), (&json!("Ruth"), &json!("2065550119")));
        assert_eq!(visit["body"]["patient"]["email"], email, "the account holder's");
    }
}

#[tokio::test]
async fn a_child_whose_first_time_was_taken_is_not_recorded_twice() {
    let town = town().await;
    let mut patient = Patient::at_profile(&town, "marta", DANA, "NewPatient").await;
    let time = patient.times()[1].clone();
    patient.on(Event::Choose(Box::new(time.clone()))).await;
    patient.give(leos()).await;
    patient.rival = Some(json!({"slotId": id_of(time.slot())}));
    patient.on(Act::Submit).await;
    assert_eq!(patient.stage(), "taken", "{:?}", patient.state.errand.stage);
    let other = patient.times()[5].clone();
    patient.on(Event::Choose(Box::new(other))).await;
    assert_eq!(patient.stage(), "review");
    patient.on(Act::Submit).await;
    assert_eq!(only_visit(&town).await["visitId"], patient.visit_id());
    assert_eq!(bodies(&town, "/v1/patient/other").await.len(), 1);
}
