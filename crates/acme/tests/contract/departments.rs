//! Departments, providers, look-ahead and validation rules (API reference §2.1, §2.2, §2.5, §2.7, §2.41).

use serde_json::json;

use crate::support::{DANA, town};

#[tokio::test]
async fn the_v4_list_is_a_bare_array_with_every_field_a_client_needs() {
    let town = town().await;
    let list = town.read("/v4/departments?brand=northlake&clinicType=Retail&product=flushot").await;
    let list = list.as_array().expect("a bare array");
    assert_eq!(list.len(), 8);
    for department in list {
        for text in
            ["departmentId", "urlName", "displayName", "ehrSystemName", "instanceId", "timezone", "phone"]
        {
            assert!(department[text].as_str().is_some_and(|text| !text.is_empty()), "{text}: {department}");
        }
        assert_eq!(department["brandName"], "northlake");
        assert_eq!(department["clinicType"], "Retail");
        assert_eq!(department["isActive"], true);
        assert_eq!(department["providers"], json!([]));
        assert!(department["smallImageUrl"].as_str().is_some_and(|url| url.starts_with("https://")));
        assert!(department["latitude"].is_f64() && department["longitude"].is_f64());
        assert!(department["billingServiceArea"].is_string());
        assert!(!department["openDays"].as_array().expect("days").is_empty());
    }
    let ballard =
        list.iter().find(|department| department["urlName"] == "NorthlakeBallard").expect("Ballard");
    assert_eq!(ballard["departmentId"], "100210");
    assert_eq!(ballard["timezone"], "America/Los_Angeles");
    assert_eq!(
        ballard["openDays"][0],
        json!({"day": "Monday", "openHours": {"startTime": "08:00:00", "endTime": "20:00:00"}})
    );
    let flu_shot = json!({"visitTypeId": "4381", "name": "Flu shot", "shortName": "FluShot",
        "minAge": 6, "maxAge": 1440, "ageUnit": "MONTH"});
    assert!(ballard["allowedVisitTypes"].as_array().expect("types").contains(&flu_shot));
}

#[tokio::test]
async fn v1_leaves_out_what_v4_added() {
    let town = town().await;
    let list = town.read("/v1/departments?brand=cedarbrook").await;
    let one = town.read("/v1/departments/CedarbrookLoop").await;
    assert_eq!(list[0], one);
    for added in ["providers", "billingServiceArea"] {
        assert!(one.get(added).is_none(), "{added}");
    }
    assert!(one["allowedVisitTypes"][0].get("ageUnit").is_none());
}

#[tokio::test]
async fn an_inactive_clinic_is_listed_only_when_asked_for() {
    let town = town().await;
    let count = |list: serde_json::Value| list.as_array().expect("a list").len();
    assert_eq!(count(town.read("/v4/departments?brand=cedarbrook").await), 3);
    assert_eq!(count(town.read("/v4/departments?brand=cedarbrook&onlyActive=false").await), 4);
    assert_eq!(count(town.read("/v4/departments?brand=cedarbrook&clinicType=Virtual").await), 0);
    assert_eq!(count(town.read("/v4/departments?brand=nobody").await), 0);
}

#[tokio::test]
async fn one_department_is_found_by_name_and_by_its_compound_key() {
    let town = town().await;
    let by_name = town.read("/v4/departments/CedarbrookLakeview/departmentInfo").await;
    let by_id = town.read("/v4/departments/org.cedarbrook.epic.east%7C100210/departmentInfo?byId=true").await;
    assert_eq!(by_name, by_id);
    assert_eq!(by_id["urlName"], "CedarbrookLakeview");
    let namesake =
        town.read("/v4/departments/org.northlake.epic.main%7C100210/departmentInfo?byId=true").await;
    assert_eq!(namesake["urlName"], "NorthlakeBallard");

    let answer = town.get("/v4/departments/NorthlakeAtlantis/departmentInfo").await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.json(), json!({"error": r#"The department with the given "urlName" was not found"#}));
}

#[tokio::test]
async fn providers_come_with_a_department_only_when_asked_for() {
    let town = town().await;
    let without = town.read("/v4/departments/NorthlakeBallard/departmentInfo").await;
    assert_eq!(without["providers"], json!([]));
    let with = town.read("/v4/departments/NorthlakeBallard/departmentInfo?withProviders=true").await;
    let providers = with["providers"].as_array().expect("providers");
    let dana = providers.iter().find(|provider| provider["nationalId"] == DANA).expect("Dana");
    assert_eq!(dana["emrId"], "32261");
    assert_eq!(dana["firstName"], "Dana");
    assert_eq!(dana["lastName"], "Whitfield");
    assert_eq!(dana["title"], "Dr.");
    assert_eq!(dana["credential"], "MD");
    assert_eq!(dana["providerId"].as_str().map(str::len), Some(36));
}

#[tokio::test]
async fn a_provider_lists_clinics_and_visit_types_some_without_a_short_name() {
    let town = town().await;
    let dana = town.read(&format!("/v1/providers/{DANA}")).await;
    assert_eq!(dana["name"], "Dana Whitfield");
    assert_eq!(dana["credentials"], "MD");
    assert_eq!(dana["isActive"], true);
    assert_eq!((&dana["minAge"], &dana["maxAge"]), (&json!(0), &json!(120)));
    let departments = dana["departments"].as_array().expect("departments");
    assert_eq!(departments.len(), 2);
    assert_eq!(departments[0]["departmentId"], "100210");
    assert_eq!(departments[0]["epicInstanceName"], "org.northlake.epic.main");
    assert_eq!(departments[0]["name"], "Northlake Clinic Ballard");
    let rows: Vec<_> = dana["visitTypes"]
        .as_array()
        .expect("types")
        .iter()
        .map(|row| (row["visitTypeId"].as_str().expect("an id"), row["shortName"].as_str()))
        .collect();
    assert!(rows.contains(&("4378", Some("NewPatient"))) && rows.contains(&("4378", Some("FollowUp"))));
    assert!(rows.iter().any(|(_, short_name)| short_name.is_none()));
    assert_eq!(town.get("/v1/providers/1999999992").await.status, 404);
}

#[tokio::test]
async fn one_provider_has_two_ids_under_one_short_name_and_a_nurse_has_one_visit_type() {
    let town = town().await;
    let owen = town.read(&format!("/v1/providers/{}", town.npi("Castellano").await)).await;
    let rows = owen["visitTypes"].as_array().expect("types").clone();
    let follow_ups: Vec<_> = rows.iter().filter(|row| row["shortName"] == "FollowUp").collect();
    assert_eq!(follow_ups.len(), 2);
    assert_ne!(follow_ups[0]["visitTypeId"], follow_ups[1]["visitTypeId"]);

    let luis = town.read(&format!("/v1/providers/{}", town.npi("Herrera").await)).await;
    assert_eq!(luis["visitTypes"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn the_look_ahead_depends_on_visit_type_and_ehr() {
    let town = town().await;
    let path = |visit_type: &str, ehr: &str| {
        format!("/v2/lookups/maxLookaheadDays?visitTypeName={visit_type}&epicInstanceName={ehr}")
    };
    assert_eq!(
        town.read(&path("NewPatient", "org.northlake.epic.main")).await,
        json!({"maxLookaheadDays": 90})
    );
    assert_eq!(
        town.read(&path("FluShot", "org.cedarbrook.epic.east")).await,
        json!({"maxLookaheadDays": 45})
    );
    assert_eq!(town.get(&path("NewPatient", "org.nowhere")).await.status, 404);
    assert_eq!(town.get("/v2/lookups/maxLookaheadDays?visitTypeName=NewPatient").await.status, 400);
}

#[tokio::test]
async fn the_mail_rule_is_published() {
    let town = town().await;
    let config = town.read("/v1/validationConfigs?product=findadoctor").await;
    assert_eq!(config["emailValidationRegex"], r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,64}$");
}
