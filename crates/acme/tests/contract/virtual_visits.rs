//! Creating an on-demand visit (API reference §2.28).

use serde_json::{Value, json};

use crate::booking::{changed, flu_slot};
use crate::support::{DEV, EAST, LEO, MAIN, MARTA, Town, home, home_of, retail, shore, town};
use crate::urgent_care::{CEDARBROOK, create, video_visit};

fn mother() -> Value {
    json!({"firstName": "Marta", "lastName": "Okafor", "phone": "206-555-0188", "gender": "female",
        "dateOfBirth": "1979-02-11", "email": "marta.okafor@example.com", "relationshipToPatient": "Mother",
        "patientGuid": MARTA, "address": home()})
}

/// The body of Leo's phone visit, requested by his mother.
fn phone_visit_of_a_child() -> Value {
    let mut body = video_visit();
    body["patient"]["firstName"] = json!("Leo");
    body["patient"]["gender"] = json!("male");
    body["patient"]["dateOfBirth"] = json!("2017-06-30");
    body["patient"]["patientGuid"] = json!(LEO);
    body["actor"] = mother();
    body["visitDetails"]["declaration"] = json!("other");
    body["visitDetails"]["visitTypeName"] = json!("phone");
    body["visitDetails"]["assignmentQualifiers"] = json!(["pediatric"]);
    body
}

/// Makes a child of Marta's who was born on this day; returns the GUID.
async fn child_born(town: &Town, token: &str, birth: &str) -> Value {
    let child = json!({"name": {"family": "Okafor", "given": "Leo"}, "addresses": [home()], "birthdate": birth,
        "email": "marta.okafor@example.com", "gender": "male", "identifiers": [{"system": MAIN}]});
    town.post(town.api("/v1/patient/other"), token, &child).await.json()["patientGuid"].clone()
}

#[tokio::test]
async fn a_video_visit_leads_to_its_waiting_room() {
    let town = town().await;
    let body = video_visit();
    let answer = create(&town, &town.token("marta").await, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let made = answer.json();
    let id = made["visitId"].as_str().expect("an id");
    assert_eq!(made["patientGuid"], MARTA);
    assert_eq!(made["visitRedirectUrl"], town.visits(&format!("/v/{id}")));
    assert!(made["tokBoxVisit"]["waitingRoomSession"]["sessionId"].is_string());
    let visits = town.look("/visits").await;
    let expected = json!([{"visitId": id, "kind": "virtual", "patient": "marta", "bookedBy": "marta",
        "patientGuid": MARTA, "practiceId": "c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33", "region": "WA",
        "modality": "virtual", "status": "requested", "product": "urgentcare", "cancelled": null, "body": body}]);
    assert_eq!(visits, expected);
}

#[tokio::test]
async fn a_mother_asks_for_a_phone_visit_for_her_son_and_there_is_no_waiting_room() {
    let town = town().await;
    let answer = create(&town, &town.token("marta").await, &phone_visit_of_a_child()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["patientGuid"], LEO);
    assert_eq!(answer.json().get("visitRedirectUrl"), None);
    let visits = town.look("/visits").await;
    assert_eq!((&visits[0]["patient"], &visits[0]["modality"]), (&json!(null), &json!("phone")));
}

#[tokio::test]
async fn sent_twice_it_is_two_visits() {
    let town = town().await;
    let token = town.token("marta").await;
    for _ in 0..2 {
        assert_eq!(create(&town, &token, &video_visit()).await.status, 200);
    }
    assert_eq!(town.look("/visits").await.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn every_required_field_is_missed() {
    let town = town().await;
    let token = town.token("marta").await;
    let body =
        changed(phone_visit_of_a_child(), "/additionalDetails", json!([{"key": "line", "value": "1"}]));
    for pointer in [
        "/patient",
        "/patient/firstName",
        "/patient/lastName",
        "/patient/gender",
        "/patient/dateOfBirth",
        "/patient/phone",
        "/patient/email",
        "/patient/address",
        "/patient/address/postalCode",
        "/actor",
        "/actor/firstName",
        "/actor/lastName",
        "/actor/phone",
        "/actor/gender",
        "/actor/dateOfBirth",
        "/billingInfo",
        "/billingInfo/paymentMethod",
        "/visitDetails",
        "/visitDetails/acceptedTerms",
        "/visitDetails/declaration",
        "/visitDetails/stateLicensure",
        "/visitDetails/visitReason",
    ] {
        let answer = create(&town, &token, &changed(body.clone(), pointer, json!(null))).await;
        let name = pointer[1..].replace('/', ".");
        assert_eq!(answer.json()["error"], format!("'{name}' is required"));
        assert_eq!(answer.status, 400);
    }
    assert_eq!(create(&town, &token, &body).await.status, 200);
}

#[tokio::test]
async fn values_are_checked_as_a_careful_server_would() {
    let town = town().await;
    let token = town.token("marta").await;
    let body = changed(video_visit(), "/actor", mother());
    for (pointer, value) in [
        ("/patient/gender", json!("Female")),
        ("/patient/dateOfBirth", json!("02-11-1979")),
        ("/patient/dateOfBirth", json!("2079-02-11")),
        ("/patient/phone", json!("555-0188")),
        ("/patient/email", json!("marta.okafor")),
        ("/patient/address/state", json!("x".repeat(31))),
        ("/patient/homeMarket", json!(7)),
        ("/patient/homeEhr", json!(MAIN)),
        ("/actor/email", json!("marta")),
        ("/actor/dateOfBirth", json!("1979-2-11")),
        ("/visitDetails/acceptedTerms", json!(false)),
        ("/visitDetails/acceptedTerms", json!("true")),
        ("/visitDetails/declaration", json!("other")),
        ("/visitDetails/visitReason", json!("x".repeat(501))),
        ("/visitDetails/visitTypeName", json!("chat")),
        ("/visitDetails/practiceId", json!("northlake")),
        ("/visitDetails/assignmentQualifiers", json!(["senior"])),
        ("/visitDetails/assignmentQualifiers", json!("adult")),
        ("/visitDetails/initialStatus", json!("done")),
        ("/visitDetails/urgency", json!("high")),
        ("/visitDetails/traveling", json!("no")),
        ("/visitDetails/appointmentTime", json!("tomorrow")),
        ("/visitDetails/documents", json!([{"documentType": "selfie"}])),
        ("/additionalDetails", json!([{"key": "line"}])),
        ("/additionalDetails", json!([{"key": "line", "value": 7}])),
        ("/billingInfo", json!({"paymentMethod": "self"})),
        ("/billingInfo", json!({"paymentMethod": "creditcard"})),
        (
            "/billingInfo",
            json!({"paymentMethod": "insurance", "declaration": "self", "insuranceType": "manual"}),
        ),
    ] {
        let answer = create(&town, &token, &changed(body.clone(), pointer, value.clone())).await;
        assert_eq!(answer.status, 400, "{pointer} {value}: {}", answer.text);
    }
    assert_eq!(town.look("/visits").await, json!([]));
    let extras = changed(body, "/visitDetails/medicaidMember", json!(true));
    assert_eq!(create(&town, &token, &extras).await.status, 200, "customers add fields of their own");
}

#[tokio::test]
async fn the_codes_of_the_reference_are_there() {
    let town = town().await;
    let token = town.token("marta").await;
    for (pointer, value, code) in [
        ("/visitDetails/visitReason", json!("  "), "MISSING_VISIT_REASON"),
        ("/patient/patientGuid", json!(DEV), "PATIENT_RECORD_NOT_FOUND"),
        ("/patient/patientGuid", json!("nobody"), "PATIENT_RECORD_NOT_FOUND"),
        ("/visitDetails/stateLicensure", json!("WY"), "VISIT_CREATE_ERROR"),
        ("/visitDetails/stateLicensure", json!("ZZ"), "VISIT_CREATE_ERROR"),
        ("/visitDetails/practiceId", json!("00000000-0000-4000-8000-000000000000"), "VISIT_CREATE_ERROR"),
        (
            "/billingInfo",
            json!({"paymentMethod": "couponcode", "couponCode": "SPRING"}),
            "VISIT_CREATE_ERROR",
        ),
        (
            "/billingInfo",
            json!({"paymentMethod": "creditcard", "stripeToken": "tok_chargeDeclined"}),
            "VISIT_CREATE_ERROR",
        ),
    ] {
        let answer = create(&town, &token, &changed(video_visit(), pointer, value.clone())).await;
        assert_eq!((answer.status, &answer.json()["code"]), (400, &json!(code)), "{pointer} {value}");
    }
    let coupon = json!({"paymentMethod": "couponcode", "couponCode": "NORTH25"});
    let paid = changed(video_visit(), "/billingInfo", coupon);
    assert_eq!(create(&town, &token, &paid).await.status, 200);
}

#[tokio::test]
async fn a_region_that_takes_nobody_now_says_why_or_nothing() {
    let town = town().await;
    let token = town.token("marta").await;
    let in_region = |code: &str| changed(video_visit(), "/visitDetails/stateLicensure", json!(code));
    let busy = create(&town, &token, &in_region("ID")).await;
    assert_eq!(busy.status, 400);
    assert!(busy.text.contains("REGION_BUSY"), "{}", busy.text);
    for closed in ["AK", "MT"] {
        let answer = create(&town, &token, &in_region(closed)).await;
        assert_eq!((answer.status, answer.text.as_str()), (409, ""), "{closed}");
    }
    town.tell("/regions", json!({"region": "WA", "modality": "phone", "state": "unstaffed"})).await;
    assert_eq!(create(&town, &token, &video_visit()).await.status, 200, "by phone only");
    let phone = changed(video_visit(), "/visitDetails/visitTypeName", json!("phone"));
    assert_eq!(create(&town, &token, &phone).await.status, 409);
    town.tell("/regions", json!({"region": "WA", "state": "unknown"})).await;
    let unknown = create(&town, &token, &video_visit()).await;
    assert!(unknown.status == 400 && unknown.text.contains("NO_REGIONS_FOUND"), "{}", unknown.text);
}

#[tokio::test]
async fn a_child_needs_the_providers_of_children_and_an_adult_must_not_ask_for_them() {
    let town = town().await;
    let token = town.token("marta").await;
    for (birth, qualifiers, status) in [
        ("2017-06-30", json!(["pediatric"]), 200),
        ("2017-06-30", json!(["adult"]), 400),
        ("2017-06-30", json!(null), 400),
        ("2008-12-08", json!(["pediatric"]), 200),
        ("2008-12-07", json!(["pediatric"]), 400),
        ("2024-12-07", json!(["pediatric"]), 200),
        ("2024-12-08", json!(["pediatric"]), 400),
    ] {
        let child = child_born(&town, &token, birth).await;
        let body = changed(phone_visit_of_a_child(), "/patient/dateOfBirth", json!(birth));
        let body = changed(body, "/patient/patientGuid", child);
        let body = changed(body, "/visitDetails/assignmentQualifiers", qualifiers.clone());
        let answer = create(&town, &token, &body).await;
        assert_eq!(answer.status, status, "{birth} {qualifiers}: {}", answer.text);
    }
}

#[tokio::test]
async fn somebody_elses_visit_needs_who_asks_and_fits_its_declaration() {
    let town = town().await;
    let token = town.token("marta").await;
    let body = phone_visit_of_a_child();
    let own = changed(body.clone(), "/visitDetails/declaration", json!("self"));
    assert_eq!(create(&town, &token, &own).await.status, 400);
    let stranger = changed(body.clone(), "/actor/patientGuid", json!(DEV));
    assert_eq!(create(&town, &token, &stranger).await.status, 400);
    let dev = town.token("dev").await;
    let not_his = create(&town, &dev, &body).await;
    assert_eq!(not_his.json()["code"], "PATIENT_RECORD_NOT_FOUND", "Leo is Marta's");
    let mut bare = body;
    for beyond in ["relationshipToPatient", "email", "patientGuid", "address"] {
        bare["actor"].as_object_mut().expect("an object").remove(beyond);
    }
    assert_eq!(create(&town, &token, &bare).await.status, 200, "the document asks for no more");
}

#[tokio::test]
async fn an_ehr_record_will_do_without_a_dexcare_patient() {
    let town = town().await;
    let token = town.token("ruth").await;
    let mut body = video_visit();
    body["patient"].as_object_mut().expect("an object").remove("patientGuid");
    for (field, value) in [
        ("firstName", "Ruth"),
        ("lastName", "Lind"),
        ("dateOfBirth", "1952-09-03"),
        ("ehrIdentifier", "0088125"),
        ("ehrIdentifierType", "MRN"),
        ("homeEhr", MAIN),
    ] {
        body["patient"][field] = json!(value);
    }
    for (field, value) in [
        ("/patient/ehrIdentifier", json!("0099999")),
        ("/patient/ehrIdentifier", json!("0088123")),
        ("/patient/homeEhr", json!("MAM")),
        ("/patient/firstName", json!("Marta")),
    ] {
        let answer = create(&town, &token, &changed(body.clone(), field, value)).await;
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (400, &json!("PATIENT_RECORD_NOT_FOUND")),
            "{field}"
        );
    }
    for field in ["/patient/ehrIdentifier", "/patient/ehrIdentifierType", "/patient/homeEhr"] {
        assert_eq!(create(&town, &token, &changed(body.clone(), field, json!(null))).await.status, 400);
    }
    let both = changed(body.clone(), "/patient/patientGuid", json!(MARTA));
    assert_eq!(create(&town, &token, &both).await.status, 400);
    let answer = create(&town, &token, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let again = create(&town, &token, &body).await;
    assert_eq!(again.json()["patientGuid"], answer.json()["patientGuid"]);
}

#[tokio::test]
async fn a_neighbours_ehr_record_makes_her_a_patient_the_account_may_book_for() {
    let town = town().await;
    let token = town.token("dev").await;
    let mut body = changed(video_visit(), "/visitDetails/declaration", json!("other"));
    body["patient"] = json!({"firstName": "Ruth", "lastName": "Lind", "gender": "female", "dateOfBirth": "1952-09-03",
        "phone": "206-555-0119", "email": "ruth.lind@example.com", "address": shore(), "ehrIdentifier": "E1088125",
        "ehrIdentifierType": "EPI", "homeEhr": MAIN});
    body["actor"] = json!({"firstName": "Dev", "lastName": "Patel", "phone": "206-555-0173", "gender": "male",
        "dateOfBirth": "1988-12-01", "relationshipToPatient": "Friend"});
    let answer = create(&town, &token, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let guid = answer.json()["patientGuid"].clone();
    let by_guid = json!({"firstName": "Ruth", "lastName": "Lind", "gender": "female", "dateOfBirth": "1952-09-03",
        "phone": "206-555-0119", "email": "ruth.lind@example.com", "address": shore(), "patientGuid": guid});
    let again = create(&town, &token, &changed(body, "/patient", by_guid)).await;
    assert_eq!((again.status, &again.json()["patientGuid"]), (200, &guid));
}

#[tokio::test]
async fn an_account_without_a_patient_of_its_own_cannot_call_a_dependant_its_holder() {
    let town = town().await;
    let token = town.token("ruth").await;
    let mut body = changed(video_visit(), "/visitDetails/declaration", json!("other"));
    body["patient"] = json!({"firstName": "Ruth", "lastName": "Lind", "gender": "female", "dateOfBirth": "1952-09-03",
        "phone": "206-555-0119", "email": "ruth.lind@example.com", "address": shore(), "ehrIdentifier": "E1088125",
        "ehrIdentifierType": "EPI", "homeEhr": MAIN});
    body["actor"] = mother();
    body["actor"].as_object_mut().expect("an object").remove("patientGuid");
    let answer = create(&town, &token, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let patient = body["patient"].as_object_mut().expect("an object");
    for field in ["ehrIdentifier", "ehrIdentifierType", "homeEhr"] {
        patient.remove(field);
    }
    patient.insert("patientGuid".into(), answer.json()["patientGuid"].clone());
    assert_eq!(create(&town, &token, &body).await.status, 200);
    let own = changed(body, "/visitDetails/declaration", json!("self"));
    assert_eq!(create(&town, &token, &own).await.status, 400);
}

#[tokio::test]
async fn a_practice_takes_what_its_flags_say_and_needs_a_record_in_its_ehr() {
    let town = town().await;
    let token = town.token("dev").await;
    let mut body = video_visit();
    for (field, value) in
        [("firstName", "Dev"), ("lastName", "Patel"), ("dateOfBirth", "1988-12-01"), ("patientGuid", DEV)]
    {
        body["patient"][field] = json!(value);
    }
    body["patient"]["address"] = home_of(DEV, EAST);
    body["visitDetails"]["practiceId"] = json!(CEDARBROOK);
    body["visitDetails"]["stateLicensure"] = json!("IL");
    for refused in [
        json!({"paymentMethod": "creditcard", "stripeToken": "tok_visa"}),
        json!({"paymentMethod": "couponcode", "couponCode": "NORTH25"}),
    ] {
        let answer = create(&town, &token, &changed(body.clone(), "/billingInfo", refused.clone())).await;
        assert_eq!((answer.status, &answer.json()["code"]), (400, &json!("VISIT_CREATE_ERROR")), "{refused}");
    }
    let insurance = json!({"paymentMethod": "insurance", "declaration": "self", "insuranceType": "manual",
        "insuranceProviderId": "CB-LAK-01", "insuranceMemberId": "L1"});
    let insured = changed(body.clone(), "/billingInfo", insurance);
    assert_eq!(create(&town, &token, &insured).await.status, 200);
    let marta = changed(insured, "/patient/patientGuid", json!(MARTA));
    let answer = create(&town, &town.token("marta").await, &marta).await;
    assert_eq!(answer.json()["code"], "PATIENT_RECORD_NOT_FOUND", "Marta is not known to {EAST}");
}

#[tokio::test]
async fn a_patient_named_by_guid_is_described_as_in_the_record_of_the_visits_ehr() {
    let town = town().await;
    let token = town.token("marta").await;
    for (field, value) in [
        ("/patient/firstName", json!("Leo")),
        ("/patient/lastName", json!("Patel")),
        ("/patient/dateOfBirth", json!("1979-02-12")),
        ("/patient/address", shore()),
    ] {
        let answer = create(&town, &token, &changed(video_visit(), field, value)).await;
        assert_eq!((answer.status, &answer.json()["code"]), (400, &json!("VISIT_CREATE_ERROR")), "{field}");
    }
    assert_eq!(create(&town, &token, &video_visit()).await.status, 200);
    town.tell("/comparison", json!({"mode": "off"})).await;
    let other = changed(video_visit(), "/patient/address", shore());
    assert_eq!(create(&town, &token, &other).await.status, 200);
    let retail = changed(retail(&flu_slot(&town).await, MARTA), "/patient/address", shore());
    assert_eq!(town.book_retail(&token, &retail).await.status, 200);
}

#[tokio::test]
async fn a_clinics_own_line_is_carried_as_its_department() {
    let town = town().await;
    let token = town.token("marta").await;
    let ballard = json!({"scheduledDepartmentId": "100210", "scheduledEhr": MAIN});
    let body = changed(video_visit(), "/visitDetails/scheduledDepartment", ballard.clone());
    let body = changed(body, "/additionalDetails", json!([{"key": "clinicianNpi", "value": "1234567893"}]));
    assert_eq!(create(&town, &token, &body).await.status, 200);
    let kept = &town.look("/visits").await[0]["body"];
    assert_eq!(kept["visitDetails"]["scheduledDepartment"], ballard);
    assert_eq!(kept["additionalDetails"][0]["value"], "1234567893");
    for nowhere in [json!({"scheduledDepartmentId": "999"}), json!({"scheduledEhr": "org.nowhere"})] {
        let body = changed(video_visit(), "/visitDetails/scheduledDepartment", nowhere);
        assert_eq!(create(&town, &token, &body).await.json()["code"], "VISIT_CREATE_ERROR");
    }
}

#[tokio::test]
async fn who_may_not_is_told_without_a_word() {
    let town = town().await;
    let nobody = create(&town, "not-a-token", &video_visit()).await;
    assert_eq!((nobody.status, nobody.text.as_str()), (401, ""));
    let mut body = video_visit();
    body["patient"]["patientGuid"] = json!("a06d4e9c-58b7-4c31-8f2d-3b9e1a7c6d05");
    let locked = create(&town, &town.token("lars").await, &body).await;
    assert_eq!((locked.status, locked.text.as_str()), (403, ""));
    town.tell("/envelope", json!({"variant": "E5"})).await;
    let still = create(&town, "not-a-token", &video_visit()).await;
    assert_eq!(still.text, "", "whatever the envelope");
}
