//! Insurers, coupons, and the payment methods of clinics (API reference §1.9, §2.39, §2.40, §3.9).

use serde_json::{Value, json};

use crate::booking::{changed, dana_slot, flu_slot};
use crate::support::{Answer, MARTA, Town, provider, retail, send, town};
use crate::urgent_care::look_up;

async fn verify(town: &Town, code: &str) -> Answer {
    look_up(town, &format!("/api/v2/coupon/{code}/verify")).await
}

#[tokio::test]
async fn a_tenant_has_its_insurers_and_nobody_has_none() {
    let town = town().await;
    let issuers = async |tenant: &str| -> Vec<Value> {
        let answer = look_up(&town, &format!("/api/v2/brand/{tenant}/insuranceissuers?product=x")).await;
        assert_eq!(answer.status, 200);
        answer.json()["insuranceIssuers"].as_array().expect("a list").clone()
    };
    let northlake = issuers("northlake").await;
    assert!(northlake.len() >= 25);
    assert_eq!(northlake[0], json!({"name": "Cascadia PPO", "payerId": "NL-PPO-01"}));
    assert_eq!(issuers("cedarbrook").await.len(), 3);
    assert_eq!(issuers("atlantis").await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_coupon_is_active_inactive_unknown_or_asked_for_too_often() {
    let town = town().await;
    assert_eq!(verify(&town, "NORTH25").await.json(), json!({"status": "active", "discountAmount": 2500}));
    assert_eq!(verify(&town, "NORTH99").await.json(), json!({"status": "active", "discountAmount": 9900}));
    let spring = verify(&town, "SPRING").await;
    assert_eq!((spring.status, &spring.json()["status"]), (200, &json!("inactive")));
    assert_eq!(verify(&town, "NOSUCH").await.status, 404);
    assert_eq!(verify(&town, "north25").await.status, 404, "a code is written exactly so");
    assert_eq!(verify(&town, "TOOMANY").await.status, 429);
}

#[tokio::test]
async fn whoever_guesses_codes_is_stopped_for_a_while() {
    let town = town().await;
    town.tell("/clock", json!({"now": "2026-12-07T17:00:00Z", "frozen": true})).await;
    let guess = async |client: &str, code: &str| {
        let request = town.http.get(town.visits(&format!("/api/v2/coupon/{code}/verify")));
        send(request.header("user-agent", client)).await.status
    };
    for number in 0..10 {
        assert_eq!(guess("Chromium", &format!("GUESS{number}")).await, 404);
    }
    assert_eq!(guess("Chromium", "NORTH25").await, 429, "also for a code there is");
    assert_eq!(guess("Firefox", "NORTH25").await, 200, "another client is another");
    town.tell("/clock", json!({"advance": 61})).await;
    assert_eq!(guess("Chromium", "NORTH25").await, 200);
    for _ in 0..30 {
        assert_eq!(guess("Chromium", "NORTH25").await, 200, "asking for a coupon there is costs nothing");
    }
}

#[tokio::test]
async fn a_test_decides_what_a_coupon_answers() {
    let town = town().await;
    town.tell("/coupons", json!({"code": "NORTH25", "status": "inactive"})).await;
    assert_eq!(verify(&town, "NORTH25").await.json(), json!({"status": "inactive", "discountAmount": 2500}));
    town.tell("/coupons", json!({"code": "AUTUMN", "discountAmount": 100})).await;
    assert_eq!(verify(&town, "AUTUMN").await.json(), json!({"status": "active", "discountAmount": 100}));
    for status in [401, 404, 429, 500] {
        town.tell("/coupons", json!({"code": "AUTUMN", "answer": status})).await;
        assert_eq!(verify(&town, "AUTUMN").await.status, status);
    }
    town.tell("/reset", json!({})).await;
    assert_eq!(verify(&town, "NORTH25").await.json()["status"], "active");
    assert_eq!(verify(&town, "AUTUMN").await.status, 404);
}

fn insurance(declaration: &str) -> Value {
    json!({"paymentMethod": "insurance", "declaration": declaration, "insuranceType": "manual",
        "insuranceProviderId": "NL-PPO-01", "insurancePayorId": "NL-PPO-01", "insurancePayorName": "Cascadia PPO",
        "insuranceMemberId": "CX883120", "insuranceGroupNumber": "77120", "firstName": "Marta", "lastName": "Okafor",
        "gender": "female", "dateOfBirth": "1979-02-11"})
}

#[tokio::test]
async fn a_clinic_checks_what_it_is_paid_with() {
    let town = town().await;
    let token = town.token("marta").await;
    let (flu, dana) = (flu_slot(&town).await, dana_slot(&town).await);
    let without = |mut billing: Value, field: &str| {
        billing.as_object_mut().expect("an object").remove(field);
        billing
    };
    let mut refused = vec![
        json!({"paymentMethod": "cash"}),
        json!({"paymentMethod": "couponcode", "couponCode": "SPRING"}),
        json!({"paymentMethod": "couponcode", "couponCode": "NOSUCH"}),
        json!({"paymentMethod": "creditcard", "stripeToken": "tok_chargeDeclined"}),
        json!({"paymentMethod": "creditcard", "stripeToken": ""}),
    ];
    for field in ["declaration", "insuranceType", "insuranceProviderId", "insuranceMemberId"] {
        refused.push(without(insurance("self"), field));
    }
    for field in ["firstName", "lastName", "gender", "dateOfBirth"] {
        refused.push(without(insurance("other"), field));
    }
    refused.push(changed(insurance("self"), "/insuranceType", json!("onfile")));
    refused.push(changed(insurance("self"), "/insuranceMemberId", json!("x".repeat(101))));
    for billing in refused {
        let body = changed(retail(&flu, MARTA), "/registrationModules/billingInfo", billing.clone());
        let answer = town.book_retail(&token, &body).await;
        assert_eq!(answer.status, 400, "{billing}: {}", answer.text);
        let body = changed(provider(&dana, MARTA), "/billingInfo", billing.clone());
        let answer = town.book_provider(&token, &body).await;
        assert_eq!(answer.status, 400, "{billing}: {}", answer.text);
    }
    let body = changed(retail(&flu, MARTA), "/registrationModules/billingInfo", insurance("other"));
    assert_eq!(town.book_retail(&token, &body).await.status, 200);
    let coupon = json!({"paymentMethod": "couponcode", "couponCode": "NORTH25"});
    let body = changed(provider(&dana, MARTA), "/billingInfo", coupon);
    assert_eq!(town.book_provider(&token, &body).await.status, 200);
    let slots = town.department_slots("NorthlakeBallard", "FluShot").await;
    let later = slots.last().expect("a slot");
    let card = json!({"paymentMethod": "creditcard", "stripeToken": "tok_visa"});
    let body = changed(retail(later, MARTA), "/registrationModules/billingInfo", card);
    assert_eq!(town.book_retail(&token, &body).await.status, 200);
}
