//! What Acme recorded: visits and requests.

use serde_json::Value;

use crate::support::Town;

/// The only visit; fails if there is not exactly one.
pub async fn only_visit(town: &Town) -> Value {
    let visits = town.look("/visits").await;
    assert_eq!(visits.as_array().map(Vec::len), Some(1), "{visits}");
    visits[0].clone()
}

async fn log(town: &Town) -> Vec<Value> {
    town.look("/requests").await.as_array().expect("a log").clone()
}

/// Method and path of every request so far, in order.
pub async fn sent(town: &Town) -> Vec<String> {
    let line = |entry: &Value| {
        let text = |name: &str| entry[name].as_str().expect("a text").to_owned();
        [text("method"), text("path")].join(" ")
    };
    log(town).await.iter().map(line).collect()
}

pub async fn posts(town: &Town) -> Vec<String> {
    sent(town).await.into_iter().filter(|line| line.starts_with("POST")).collect()
}

/// The bodies of the POSTs to a path, oldest first; null for a POST without one.
pub async fn bodies(town: &Town, path: &str) -> Vec<Value> {
    let log = log(town).await;
    let posted = log.iter().filter(|entry| entry["method"] == "POST" && entry["path"] == path);
    posted.map(|entry| entry.get("body").cloned().unwrap_or_default()).collect()
}

/// The queries of the GETs of a path, oldest first.
pub async fn queries(town: &Town, path: &str) -> Vec<Value> {
    let log = log(town).await;
    let read = log.iter().filter(|entry| entry["method"] == "GET" && entry["path"] == path);
    read.map(|entry| entry["query"].clone()).collect()
}
