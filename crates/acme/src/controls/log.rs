//! The log of received requests, for tests to check. It never holds a header's value.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use url::form_urlencoded;

/// One request.
#[derive(Serialize, Clone)]
pub struct Entry {
    /// Number of the request, counted from 1.
    pub seq: u64,
    /// When, by Acme's clock.
    pub at: DateTime<Utc>,
    /// `api`, `visits` or `idp`.
    pub host: &'static str,
    /// Method.
    pub method: String,
    /// Path as received, still encoded.
    pub path: String,
    /// The decoded query: every value of every name.
    pub query: BTreeMap<String, Vec<String>>,
    /// Header names, lower case, sorted.
    pub headers: Vec<String>,
    /// Whether the request had an `Authorization` header, valid or not.
    pub authorized: bool,
    /// The status that Acme answered; null until Acme answers, and if the connection was cut.
    pub status: Option<u16>,
    /// The fault that applied to the request; for the kind `change`, also at how many places the answer changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// JSON body of a POST or PUT, if there is one; never of a request to the identity provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
}

impl Entry {
    /// Decodes a query string into the values of each name.
    pub fn query_of(raw: &str) -> BTreeMap<String, Vec<String>> {
        let mut query: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()).into_owned() {
            query.entry(name).or_default().push(value);
        }
        query
    }
}

/// All requests since the log was last cleared.
#[derive(Default)]
pub struct Log {
    entries: Mutex<(u64, Vec<Entry>)>,
}

impl Log {
    fn with<T>(&self, work: impl FnOnce(&mut (u64, Vec<Entry>)) -> T) -> T {
        work(&mut self.entries.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds an entry and returns its number.
    pub fn begin(&self, mut entry: Entry) -> u64 {
        self.with(|(last, entries)| {
            *last += 1;
            entry.seq = *last;
            entries.push(entry);
            *last
        })
    }

    /// Records the status of a request's answer.
    pub fn finish(&self, number: u64, status: u16) {
        self.amend(number, |entry| entry.status = Some(status));
    }

    /// Records the body of a request, if it is JSON.
    pub fn body(&self, number: u64, bytes: &[u8]) {
        if let Ok(body) = serde_json::from_slice(bytes) {
            self.amend(number, |entry| entry.body = Some(body));
        }
    }

    /// Records the fault that applied to a request.
    pub fn fault(&self, number: u64, fault: String) {
        self.amend(number, |entry| entry.fault = Some(fault));
    }

    fn amend(&self, number: u64, change: impl FnOnce(&mut Entry)) {
        self.with(|(_, entries)| {
            if let Ok(place) = entries.binary_search_by_key(&number, |entry| entry.seq) {
                change(&mut entries[place]);
            }
        });
    }

    /// All entries, oldest first.
    pub fn entries(&self) -> Vec<Entry> {
        self.with(|(_, entries)| entries.clone())
    }

    /// Removes all entries; the numbers continue.
    pub fn clear(&self) {
        self.with(|(_, entries)| entries.clear());
    }
}
