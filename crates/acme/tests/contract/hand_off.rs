//! The scheduling pages, to which patients are handed off (API reference §2.46).

use serde_json::json;

use crate::availability::find;
use crate::support::{send, town};

const TIME: &str = "2026-12-08T15:40:00-08:00";

#[tokio::test]
async fn the_page_says_what_it_was_handed_in_the_clinics_own_time() {
    let town = town().await;
    let search = find(&town, "slots", json!({"postalCode": "98107", "visitTypeNames": ["FluShot"]})).await;
    let context = search["searchContext"].as_str().expect("a token");
    let utc = "2026-12-08T23:40:00Z";
    let query = format!(
        "timeSlot={utc}&departmentUrlName=NorthlakeBallard&brand=northlake&aggregate=true&searchContext={context}"
    );
    let page = town.get(&format!("/retail?{query}")).await;
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    for words in [
        "Tuesday, December 8, 2026, 3:40 PM (America/Los_Angeles)",
        "Northlake Clinic Ballard",
        "<dt>Brand</dt><dd>northlake</dd>",
        "<dt>Aggregate</dt><dd>true</dd>",
        "<dt>Search context</dt><dd>valid</dd>",
    ] {
        assert!(page.text.contains(words), "{words}");
    }
    assert!(!page.text.contains("<dialog"));
    town.tell("/contexts/expire", json!({})).await;
    let expired = town.get(&format!("/retail?{query}")).await;
    assert!(expired.text.contains("<dt>Search context</dt><dd>unknown or expired</dd>"));

    let hand_offs = town.look("/handoffs").await;
    assert_eq!(hand_offs.as_array().map(Vec::len), Some(2));
    assert_eq!(
        hand_offs[0]["query"],
        json!({"timeSlot": [utc], "departmentUrlName": ["NorthlakeBallard"], "brand": ["northlake"],
            "aggregate": ["true"], "searchContext": [context]})
    );
    assert!(hand_offs[0]["at"].as_str().is_some_and(|at| at.starts_with("2026-12-07T17:00")));
    town.tell("/reset", json!({})).await;
    assert_eq!(town.look("/handoffs").await, json!([]));
}

#[tokio::test]
async fn a_past_time_asks_for_another() {
    let town = town().await;
    let past = town
        .get("/retail?brand=northlake&departmentUrlName=NorthlakeBallard&timeSlot=2026-12-07T08:00:00-08:00")
        .await;
    assert_eq!(past.status, 200);
    assert!(past.text.contains("<dialog open") && past.text.contains("Please choose another time."));
    assert!(past.text.contains("Monday, December 7, 2026, 8:00 AM (America/Los_Angeles)"));
}

#[tokio::test]
async fn the_page_knows_whether_the_time_is_still_free() {
    let town = town().await;
    let slots = town.department_slots("NorthlakeTacoma", "FluShot").await;
    let time = slots[0]["slotDateTime"].as_str().expect("a time");
    let page = async || {
        town.get(&format!("/retail?brand=northlake&departmentUrlName=NorthlakeTacoma&timeSlot={time}"))
            .await
            .text
    };
    assert!(page().await.contains("<dt>Still free</dt><dd>yes</dd>"));
    town.tell("/slots/take", json!({"departmentId": "100219", "slotDateTime": time})).await;
    assert!(page().await.contains("<dt>Still free</dt><dd>no</dd>"));
}

#[tokio::test]
async fn the_brand_is_required_and_the_rest_may_be_missing_or_wrong() {
    let town = town().await;
    for query in
        [format!("timeSlot={TIME}&departmentUrlName=NorthlakeBallard"), "brand=".to_owned(), String::new()]
    {
        let page = town.get(&format!("/retail?{query}")).await;
        assert_eq!(page.status, 400, "{query}");
        assert!(
            page.text.contains("brand") && page.header("content-type") == Some("text/html; charset=utf-8")
        );
    }
    assert_eq!(town.look("/handoffs").await.as_array().map(Vec::len), Some(3), "noted all the same");
    let bare = town.get("/retail?brand=northlake").await;
    assert_eq!(bare.status, 200);
    assert!(bare.text.contains("<dt>Time</dt><dd>not named</dd>"));
    let wrong = town.get("/retail?brand=northlake&timeSlot=tomorrow&departmentUrlName=Nowhere").await;
    assert!(wrong.text.contains("<dt>Time</dt><dd>cannot be read</dd>"));
    assert!(wrong.text.contains("Nowhere, which is not known here"));
    // An unencoded plus is decoded as a space.
    let plus = town.get("/retail?brand=northlake&timeSlot=2026-12-08T15:40:00+01:00").await;
    assert!(plus.text.contains("<dt>Time</dt><dd>cannot be read</dd>"));
}

#[tokio::test]
async fn the_page_runs_nothing_and_shows_markup_as_text() {
    let town = town().await;
    let nasty = "%3Cscript%3Ealert(1)%3C/script%3E%22%27";
    let page = town
        .get(&format!(
            "/retail?brand={nasty}&departmentUrlName={nasty}&aggregate={nasty}&searchContext={nasty}"
        ))
        .await;
    assert_eq!(page.status, 200);
    assert!(
        !page.text.contains("<script")
            && page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;")
    );
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    assert!(!policy.contains("script-src"));
    let sign_in = send(town.http.get(town.api("/oauth2/authorize"))).await;
    assert_eq!(sign_in.header("content-security-policy"), Some(policy));
}
