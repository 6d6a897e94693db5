//! CORS on and off, and the headers of every answer (API reference §1.4, §1.6).

use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, Town, send, town, town_with};

const PAGE: &str = "http://localhost:8080";

async fn preflight(town: &Town, url: String, origin: &str) -> Answer {
    let request = town.http.request(Method::OPTIONS, url).header("origin", origin);
    send(request.header("access-control-request-method", "POST")).await
}

async fn from_page(town: &Town, path: &str) -> Answer {
    send(town.http.get(town.api(path)).header("origin", PAGE)).await
}

#[tokio::test]
async fn a_page_of_this_machine_may_read_answers_and_errors() {
    let town = town().await;
    for path in ["/v1/validationConfigs", "/v4/departments/Nowhere/departmentInfo", "/v1/patient", "/nothing"]
    {
        let answer = from_page(&town, path).await;
        assert_eq!(answer.header("access-control-allow-origin"), Some(PAGE), "{path}");
        assert_eq!(answer.header("access-control-expose-headers"), Some("correlation-id"));
        assert_eq!(answer.header("vary"), Some("Origin"));
    }
}

#[tokio::test]
async fn a_preflight_is_answered_on_every_path() {
    let town = town().await;
    for url in [town.api("/v1/patient/self"), town.visits("/api/6/visits/retail"), town.api("/nothing")] {
        let answer = preflight(&town, url, PAGE).await;
        assert_eq!(answer.status, 204);
        assert_eq!(answer.header("access-control-allow-origin"), Some(PAGE));
        assert_eq!(answer.header("access-control-allow-methods"), Some("GET, POST, PUT, DELETE, OPTIONS"));
        let allowed = "authorization, content-type, correlation-id, domain, x-api-key";
        assert_eq!(answer.header("access-control-allow-headers"), Some(allowed));
        assert_eq!(answer.header("access-control-max-age"), Some("600"));
    }
}

#[tokio::test]
async fn a_page_from_elsewhere_may_not() {
    let town = town().await;
    for origin in ["https://evil.example", "http://localhost.evil.example", "null"] {
        let answer = preflight(&town, town.api("/v1/patient"), origin).await;
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (204, None), "{origin}");
    }
}

#[tokio::test]
async fn switched_off_nothing_is_allowed_but_the_identity_provider_goes_on() {
    let town = town().await;
    town.tell("/cors", json!({"mode": "off"})).await;
    let answer = from_page(&town, "/v1/validationConfigs").await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, None));
    assert_eq!(answer.header("access-control-expose-headers"), None);
    assert_eq!(preflight(&town, town.visits("/api/6/visits/retail"), PAGE).await.status, 405);
    assert_eq!(preflight(&town, town.api("/oauth2/token"), PAGE).await.status, 204);
    town.tell("/cors", json!({"mode": "on"})).await;
    assert!(from_page(&town, "/v1/validationConfigs").await.header("access-control-allow-origin").is_some());
}

#[tokio::test]
async fn every_answer_has_a_correlation_id_that_is_no_guid() {
    let town = town().await;
    let mine = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    let sent = town.http.get(town.api("/v1/validationConfigs")).header("correlation-id", mine.to_uppercase());
    let echoed = send(sent).await;
    assert!(echoed.header("correlation-id").is_some_and(|id| id.starts_with(&format!("{mine}#"))));
    let mut seen = std::collections::BTreeSet::new();
    for (url, status) in [
        (town.api("/v1/validationConfigs"), 200),
        (town.api("/nothing"), 404),
        (town.visits("/nothing"), 404),
        (town.visits("/api/6/visits/retail"), 405),
        (town.api("/v1/patient"), 401),
        (town.api("/oauth2/authorize"), 400),
    ] {
        let answer = send(town.http.get(url)).await;
        assert_eq!(answer.status, status);
        let id = answer.header("correlation-id").expect("an id").to_owned();
        let (guid, number) = id.split_once('#').expect("a number");
        assert!(guid.len() == 36 && number.parse::<u32>().is_ok(), "{id}");
        assert!(seen.insert(id));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
}

#[tokio::test]
async fn key_and_domain_are_asked_for_only_when_acme_is_told_to() {
    let mut config = acme::Config::default();
    config.settings.require_key = true;
    config.settings.require_domain = true;
    let town = town_with(config).await;
    let url = || town.api("/v1/validationConfigs");
    let without = send(town.http.get(url())).await;
    assert_eq!(
        (without.status, without.json()),
        (401, json!({"message": "API key is not valid", "status": 401}))
    );
    assert_eq!(send(town.http.get(url()).header("x-api-key", "wrong")).await.status, 401);
    assert_eq!(send(town.http.get(url()).header("x-api-key", "acme-key")).await.status, 400);
    let both = town.http.get(url()).header("x-api-key", "acme-key").header("domain", "northlake");
    assert_eq!(send(both).await.status, 200);
    assert_eq!(send(town.http.get(town.api("/.well-known/jwks.json"))).await.status, 200);
    assert_eq!(preflight(&town, url(), PAGE).await.status, 204);
}

#[tokio::test]
async fn a_domain_is_compared_only_with_the_one_that_acme_is_started_with() {
    let mut config = acme::Config::default();
    config.settings.domain = Some("northlake.example".to_owned());
    let town = town_with(config).await;
    let url = || town.api("/v1/validationConfigs");
    assert_eq!(send(town.http.get(url())).await.status, 400);
    for (domain, status) in [("cedarbrook.example", 400), ("", 400), ("northlake.example", 200)] {
        assert_eq!(send(town.http.get(url()).header("domain", domain)).await.status, status, "{domain}");
    }
    assert_eq!(preflight(&town, url(), PAGE).await.status, 204);
}

#[tokio::test]
async fn the_log_tells_what_was_received_and_no_secret() {
    let town = town().await;
    let token = town.token("marta").await;
    send(town.http.delete(town.control("/requests"))).await;
    from_page(&town, "/v4/departments?brand=northlake&product=flushot").await;
    preflight(&town, town.api("/v1/patient/self"), PAGE).await;
    town.post(town.api("/v1/patient/self?product=flushot"), &token, &json!({"name": 1})).await;
    let log = town.look("/requests").await;
    let log = log.as_array().expect("a list");
    assert_eq!(log.len(), 3);
    assert_eq!((&log[0]["host"], &log[0]["path"]), (&json!("api"), &json!("/v4/departments")));
    assert_eq!(log[0]["query"], json!({"brand": ["northlake"], "product": ["flushot"]}));
    assert_eq!((&log[0]["authorized"], &log[0]["status"]), (&json!(false), &json!(200)));
    assert_eq!((&log[1]["method"], &log[1]["status"]), (&json!("OPTIONS"), &json!(204)));
    assert_eq!((&log[2]["authorized"], &log[2]["status"]), (&json!(true), &json!(400)));
    assert_eq!(log[2]["body"], json!({"name": 1}));
    assert!(log[2]["headers"].as_array().expect("names").contains(&json!("authorization")));
    assert!(!serde_json::to_string(log).expect("text").contains(&token));
}
