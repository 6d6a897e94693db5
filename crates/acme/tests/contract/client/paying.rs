//! Insurers and coupons, as the client reads them (API reference §2.39, §2.40).

use booking::api::{Answer, CouponError, Read};
use booking::errand::event::Event as Act;
use booking::errand::state::CouponCheck;
use booking::finder::queue::LineKind;
use booking::journey::event::Event;
use booking::on_demand::Modality;
use booking::outcome::ApiError;
use booking::patient::Details;
use booking::payment::{Coupon, Payment, net};
use dexcare::Issuers;
use dexcare::exchange::begin_read;
use serde_json::{Value, json};

use super::driver::{anybody, context};
use super::lines::{in_washington, martas};
use crate::support::{Town, town};

async fn verify(town: &Town, code: &str) -> Result<Coupon, CouponError> {
    match anybody(town).exchange(begin_read(Read::Coupon(code.into()), false, context())).await.answer {
        Answer::Coupon(answer) => answer,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_insurers_of_both_health_systems_are_those_of_the_world() {
    let town = town().await;
    let world = town.look("/world").await;
    for (tenant, count) in [("northlake", 28), ("cedarbrook", 3)] {
        let issuers = anybody(&town).ask(&Issuers { tenant: tenant.into() }).await.expect("a list");
        assert_eq!(issuers.len(), count);
        let known = world["issuers"][tenant].as_array().expect("issuers");
        for issuer in &issuers {
            let is_it = |row: &&Value| row.to_string().contains(&format!("\"{}\"", issuer.payer));
            let row = known.iter().find(is_it).expect("that payer").to_string();
            assert!(row.contains(&issuer.name), "{row}");
        }
    }
    assert_eq!(anybody(&town).ask(&Issuers { tenant: "nobody & sons".into() }).await, Ok(vec![]));
}

#[tokio::test]
async fn marta_is_shown_the_insurers_once_she_needs_them_and_asked_again_after_a_fault() {
    let town = town().await;
    let mut patient = in_washington(&town, "marta").await;
    patient.on(Event::Join(Modality::Video, LineKind::General)).await;
    town.tell("/faults", json!({"path": "/api/v2/brand", "kind": "status", "status": 503})).await;
    patient.on(Act::NeedIssuers).await;
    assert_eq!(patient.state.errand.issuers, Some(Err(ApiError::Server)));
    patient.on(Act::NeedIssuers).await;
    let issuers = patient.state.errand.issuers.clone().expect("an answer").expect("a list");
    assert_eq!((issuers[0].name.as_str(), issuers[0].payer.as_str()), ("Cascadia PPO", "NL-PPO-01"));
}

#[tokio::test]
async fn every_answer_to_a_coupon_is_understood() {
    let town = town().await;
    for (code, answer) in [
        ("NORTH25", Ok(Coupon::Active(2500))),
        ("NORTH99", Ok(Coupon::Active(9900))),
        ("SPRING", Ok(Coupon::Inactive)),
        ("TOOMANY", Err(CouponError::TooMany)),
        ("north25", Err(CouponError::Unknown)),
        ("NORTH 25%/é?#", Err(CouponError::Unknown)),
    ] {
        assert_eq!(verify(&town, code).await, answer, "{code}");
    }
    for (status, answer) in [
        (401, CouponError::Failed(ApiError::SignedOut)),
        (404, CouponError::Unknown),
        (429, CouponError::TooMany),
        (500, CouponError::Failed(ApiError::Server)),
    ] {
        town.tell("/coupons", json!({"code": "NORTH25", "answer": status})).await;
        assert_eq!(verify(&town, "NORTH25").await, Err(answer), "{status}");
    }
    let path = "/api/v2/coupon";
    for (fault, error) in [
        (json!({"path": path, "kind": "html"}), ApiError::Unreadable),
        (json!({"path": path, "kind": "drop"}), ApiError::Network),
    ] {
        town.tell("/faults", fault).await;
        assert_eq!(verify(&town, "SPRING").await, Err(CouponError::Failed(error)));
    }
    let spaced = json!({"code": "NORTH 25%/é?#", "status": "active", "discountAmount": 100});
    town.tell("/coupons", spaced).await;
    assert_eq!(verify(&town, "NORTH 25%/é?#").await, Ok(Coupon::Active(100)), "its letters survive the path");
}

#[tokio::test]
async fn a_coupon_worth_more_than_the_visit_leaves_nothing_to_pay() {
    let town = town().await;
    let mut patient = in_washington(&town, "marta").await;
    let price = patient.state.finder.queue.region().expect("Washington").price;
    patient.on(Event::Join(Modality::Video, LineKind::General)).await;
    for (code, left) in [("NORTH25", 2400), ("NORTH99", 0)] {
        patient.on(Act::CheckCoupon(code.into())).await;
        let Some((_, CouponCheck::Active(cents))) = patient.state.errand.person.coupon else {
            panic!("{code}")
        };
        assert_eq!(net(price, cents), left);
    }
}

#[tokio::test]
async fn a_coupon_that_is_none_leads_to_no_review_until_it_is_changed() {
    let town = town().await;
    let mut patient = in_washington(&town, "marta").await;
    patient.on(Event::Join(Modality::Video, LineKind::General)).await;
    for (code, check) in [
        ("SPRING", CouponCheck::Inactive),
        ("NOSUCH", CouponCheck::Failed(CouponError::Unknown)),
        ("TOOMANY", CouponCheck::Failed(CouponError::TooMany)),
    ] {
        let entered = Details { payment: Payment::Coupon(code.into()), ..martas() };
        patient.on(Act::Give(Box::new(entered))).await;
        assert_eq!(
            (patient.stage(), &patient.state.errand.person.coupon),
            ("patient", &Some((code.into(), check)))
        );
    }
    patient.give(Details { payment: Payment::Coupon("NORTH25".into()), ..martas() }).await;
}
