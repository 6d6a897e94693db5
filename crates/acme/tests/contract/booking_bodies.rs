//! What a booking's body must contain (API reference §1.9, §2.25, §2.26).

use serde_json::{Value, json};

use crate::booking::{changed, dana_slot, flu_slot};
use crate::support::{EAST, LEO, MARTA, mother, provider, retail, town};

#[tokio::test]
async fn a_slot_must_be_the_one_the_body_describes() {
    let town = town().await;
    let token = town.token("marta").await;
    let retail_slot = flu_slot(&town).await;
    let provider_slot = dana_slot(&town).await;
    let wrong = |pointer: &'static str, value: Value| (pointer, value);
    for (pointer, value) in [
        wrong("/visitDetails/slotId", json!("bmwtc2xvdC0xMDAyMTAtMTU0MA==")),
        wrong("/visitDetails/slotId", json!("not base64!")),
        wrong("/visitDetails/slotId", provider_slot["id"].clone()),
        wrong("/visitDetails/departmentId", json!("100214")),
        wrong("/visitDetails/ehrSystemName", json!(EAST)),
        wrong("/visitDetails/ehrSystemName", json!("org.nowhere")),
        wrong("/visitDetails/providerId", json!("1")),
    ] {
        let answer = town.book_retail(&token, &changed(retail(&retail_slot, MARTA), pointer, value)).await;
        assert_eq!(answer.status, 400, "{pointer}: {}", answer.text);
    }
    for (pointer, value) in [
        wrong("/visitDetails/slotId", retail_slot["id"].clone()),
        wrong("/visitDetails/nationalProviderId", json!("1999999992")),
        wrong("/visitDetails/visitTypeId", json!("4381")),
    ] {
        let answer =
            town.book_provider(&token, &changed(provider(&provider_slot, MARTA), pointer, value)).await;
        assert_eq!(answer.status, 400, "{pointer}: {}", answer.text);
    }
    assert_eq!(town.look("/visits").await, json!([]));
}

#[tokio::test]
async fn every_required_field_of_a_retail_booking_is_missed() {
    let town = town().await;
    let token = town.token("marta").await;
    let body = changed(retail(&flu_slot(&town).await, LEO), "/visitDetails/declaration", json!("other"));
    let body = changed(body, "/actor", mother());
    for pointer in [
        "/patient",
        "/patient/identifier",
        "/patient/address",
        "/patient/address/line1",
        "/patient/address/city",
        "/patient/address/state",
        "/patient/address/postalCode",
        "/patient/phone",
        "/patient/email",
        "/actor",
        "/actor/firstName",
        "/actor/lastName",
        "/actor/phone",
        "/actor/gender",
        "/actor/dateOfBirth",
        "/actor/relationshipToPatient",
        "/visitDetails",
        "/visitDetails/ehrSystemName",
        "/visitDetails/departmentId",
        "/visitDetails/slotId",
        "/visitDetails/providerId",
        "/visitDetails/visitReason",
        "/visitDetails/declaration",
        "/registrationModules",
        "/registrationModules/documentSigning",
    ] {
        let answer = town.book_retail(&token, &changed(body.clone(), pointer, json!(null))).await;
        let name = pointer[1..].replace('/', ".");
        assert_eq!(answer.json()["error"], format!("'{name}' is required"));
        assert_eq!(answer.status, 400);
    }
    let gender = changed(body.clone(), "/actor/gender", json!("nonbinary"));
    assert_eq!(
        town.book_retail(&token, &gender).await.status,
        400,
        "only the on-demand call has this gender"
    );
    let without_billing = changed(body.clone(), "/registrationModules/billingInfo", json!(null));
    let with_extras = changed(without_billing, "/visitDetails/unheardOf", json!({"deep": [1]}));
    assert_eq!(
        town.book_retail(&token, &with_extras).await.status,
        200,
        "billing is optional, extras are tolerated"
    );
}

#[tokio::test]
async fn every_required_field_of_a_provider_booking_is_missed() {
    let town = town().await;
    let token = town.token("marta").await;
    let mut actor = mother();
    actor["patientGuid"] = json!(MARTA);
    let body = changed(provider(&dana_slot(&town).await, LEO), "/visitDetails/declaration", json!("other"));
    let body = changed(body, "/actor", actor);
    for pointer in [
        "/patient/patientGuid",
        "/patient/address",
        "/actor/patientGuid",
        "/visitDetails/nationalProviderId",
        "/visitDetails/visitTypeId",
        "/visitDetails/visitReason",
        "/billingInfo",
        "/billingInfo/paymentMethod",
    ] {
        let answer = town.book_provider(&token, &changed(body.clone(), pointer, json!(null))).await;
        let name = pointer[1..].replace('/', ".");
        assert_eq!(answer.json()["error"], format!("'{name}' is required"));
        assert_eq!(answer.status, 400);
    }
    let gender = changed(body.clone(), "/actor/gender", json!("nonbinary"));
    assert_eq!(town.book_provider(&token, &gender).await.status, 400);
    let stranger = changed(body.clone(), "/actor/patientGuid", json!(LEO));
    assert_eq!(town.book_provider(&token, &stranger).await.status, 400);
    assert_eq!(town.book_provider(&token, &body).await.status, 200);
}

#[tokio::test]
async fn values_are_checked_as_a_careful_server_would() {
    let town = town().await;
    let token = town.token("marta").await;
    let body = retail(&flu_slot(&town).await, MARTA);
    for (pointer, value) in [
        ("/patient/identifier", json!("marta")),
        ("/patient/identifier", json!(7)),
        ("/patient/phone", json!("555-0188")),
        ("/patient/email", json!("marta.okafor")),
        ("/patient/address/postalCode", json!("9810")),
        ("/patient/address/line1", json!("x".repeat(101))),
        ("/visitDetails/declaration", json!("Self")),
        ("/visitDetails/declaration", json!("other")),
        ("/visitDetails/visitReason", json!("x".repeat(501))),
        ("/visitDetails/patientQuestions", json!([{"question": "Any allergies?"}])),
        ("/visitDetails/patientQuestions", json!("none")),
        ("/registrationModules/documentSigning", json!([{"name": "privacy"}])),
        ("/registrationModules/billingInfo", json!({"paymentMethod": "cash"})),
        ("/registrationModules/billingInfo", json!({"paymentMethod": "creditcard"})),
        ("/registrationModules/billingInfo", json!({"paymentMethod": "couponcode"})),
        ("/registrationModules/billingInfo", json!({"paymentMethod": "insurance", "declaration": "self"})),
        (
            "/registrationModules/billingInfo",
            json!({"paymentMethod": "insurance", "declaration": "other",
            "insuranceType": "manual", "insuranceProviderId": "NL-PPO-01", "insuranceMemberId": "CX883120"}),
        ),
    ] {
        let answer = town.book_retail(&token, &changed(body.clone(), pointer, value.clone())).await;
        assert_eq!(answer.status, 400, "{pointer} {value}: {}", answer.text);
    }
    let insurance = json!({"paymentMethod": "insurance", "declaration": "other", "insuranceType": "manual",
        "insuranceProviderId": "NL-PPO-01", "insurancePayorId": "NL-PPO-01", "insurancePayorName": "Cascadia PPO",
        "insuranceMemberId": "CX883120", "firstName": "Marta", "lastName": "Okafor", "gender": "female",
        "dateOfBirth": "1979-02-11"});
    let insured = changed(body, "/registrationModules/billingInfo", insurance);
    let asked = json!([{"question": "Any allergies?", "answer": "Penicillin"}]);
    let insured = changed(insured, "/visitDetails/patientQuestions", asked);
    assert_eq!(town.book_retail(&token, &insured).await.status, 200);
}
