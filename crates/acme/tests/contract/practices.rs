//! A practice and its regions (API reference §2.18).

use serde_json::{Value, json};

use crate::support::town;
use crate::urgent_care::{CEDARBROOK, NORTHLAKE, look_up};

async fn practice(town: &crate::support::Town, id: &str) -> Value {
    let answer = look_up(town, &format!("/api/9/practices/{id}?product=urgentcare")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

fn region<'a>(practice: &'a Value, code: &str) -> &'a Value {
    let regions = practice["practiceRegions"].as_array().expect("regions");
    regions.iter().find(|region| region["regionCode"] == code).expect("that region")
}

#[tokio::test]
async fn a_region_has_every_field_of_the_reference() {
    let town = town().await;
    let practice = practice(&town, NORTHLAKE).await;
    assert_eq!(practice["id"], NORTHLAKE);
    assert_eq!(practice["displayName"], "Northlake Virtual Urgent Care");
    assert_eq!((&practice["careMode"], &practice["epicBookingEnabled"]), (&json!("virtual"), &json!(true)));
    assert_eq!(practice["payment"], json!({"insurance": true, "selfPay": true, "serviceKey": true}));
    let mut washington = region(&practice, "WA").clone();
    let times = washington["availability"].take();
    assert_eq!(times[0], json!({"start": "2026-12-07T15:00:00.000Z", "end": "2026-12-08T06:00:00.000Z"}));
    assert_eq!(times.as_array().map(Vec::len), Some(7));
    let expected = json!({"id": "6c1b9a50-8b7f-4a8e-9e0a-3d2b1c0f4e55", "displayName": "Washington", "regionCode": "WA",
        "active": true, "busy": false, "busyMessage": "", "visitPrice": 4900, "availability": null,
        "pediatricsAgeRange": {"min": 24, "max": 215},
        "departments": [{"id": "d-100900", "epicDepartmentId": "100900", "ehrSystemName": "org.northlake.epic.main",
            "defaultDepartmentName": "Northlake Virtual"}]});
    assert_eq!(washington, expected);
}

#[tokio::test]
async fn a_busy_region_says_so_and_an_inactive_one_too() {
    let town = town().await;
    let now = practice(&town, NORTHLAKE).await;
    let idaho = region(&now, "ID");
    assert_eq!(idaho["busy"], true);
    assert_eq!(idaho["busyMessage"], "We are seeing high demand. Please check back soon.");
    assert_eq!(region(&now, "WY")["active"], false);
    town.tell("/clock", json!({"advance": 3 * 3600})).await;
    assert_eq!(region(&practice(&town, NORTHLAKE).await, "ID")["busy"], false, "at one in Boise");
    town.tell("/regions", json!({"region": "WA", "state": "busy"})).await;
    assert_eq!(region(&practice(&town, NORTHLAKE).await, "WA")["busy"], true);
}

#[tokio::test]
async fn opening_times_are_of_the_regions_own_days() {
    let town = town().await;
    let practice = practice(&town, NORTHLAKE).await;
    let alaska = &region(&practice, "AK")["availability"];
    let expected = json!([{"start": "2026-12-08T21:00:00.000Z", "end": "2026-12-08T23:00:00.000Z"},
        {"start": "2026-12-10T21:00:00.000Z", "end": "2026-12-10T23:00:00.000Z"}]);
    assert_eq!(alaska, &expected);
}

#[tokio::test]
async fn another_practice_takes_insurance_only() {
    let town = town().await;
    let practice = practice(&town, CEDARBROOK).await;
    assert_eq!(practice["payment"], json!({"insurance": true, "selfPay": false, "serviceKey": false}));
    assert_eq!(practice["practiceRegions"][0].get("pediatricsAgeRange"), None);
    assert_eq!(practice["practiceRegions"][0]["departments"][0]["ehrSystemName"], "org.cedarbrook.epic.east");
}

#[tokio::test]
async fn nobody_knows_another_practice() {
    let town = town().await;
    for id in ["00000000-0000-4000-8000-000000000000", "northlake"] {
        assert_eq!(look_up(&town, &format!("/api/9/practices/{id}")).await.status, 404);
    }
}

#[tokio::test]
async fn the_world_lists_practices_insurers_coupons_and_reasons() {
    let town = town().await;
    let world = town.look("/world").await;
    assert_eq!(world["practices"][0]["id"], NORTHLAKE);
    let washington = &world["practices"][0]["regions"][0];
    assert_eq!((&washington["code"], &washington["visitPrice"]), (&json!("WA"), &json!(4900)));
    assert_eq!(washington["hours"], json!({"from": 7, "to": 22}));
    assert_eq!(washington["pediatricsAgeRange"], json!({"min": 24, "max": 215}));
    assert_eq!(world["issuers"]["northlake"][0], json!({"name": "Cascadia PPO", "payerId": "NL-PPO-01"}));
    assert_eq!(world["coupons"][0]["code"], "NORTH25");
    assert_eq!(world["cancelReasons"]["retail"]["northlake"][0], "patientFeelsBetter");
    assert_eq!(world["cancelReasons"]["virtual"][0], "LONG_WAIT");
}
