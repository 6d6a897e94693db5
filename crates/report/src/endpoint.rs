//! The reporting endpoints: their paths, bodies and answers (API reference §2.45), and the hosts to which the key may be sent.
//!
//! Two of the paths are assumptions, since no source publishes them. Every place that shows them says so.

use chrono::NaiveDate;
use indexmap::IndexMap;
use reqwest::Url;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::arguments::ReportType;
use crate::error::{ErrorKind, ReportError, ReportResult};

/// The scheme of the `Authorization` header.
pub const SCHEME: &str = "dc-token";

/// The path that starts a report of visits.
pub const START: &str = "/api/8/reporting/allvisitsreport";

/// The path that answers the status of a report; an assumption.
pub const STATUS: &str = "/api/8/reporting/allvisitsreport/{id}/status";

/// The path that answers the CSV of a report; an assumption.
pub const CSV: &str = "/api/8/reporting/allvisitsreport/{id}/csv";

/// The path that answers pages of provider histories.
pub const PROVIDER_HISTORIES: &str = "/v1/reporting/providerhistories";

/// A Visit host, and the use case that is sent with every request to it.
#[derive(Clone, Debug)]
pub struct Host {
    base: Url,
    product: String,
}

impl Host {
    /// Parses a base URL: https for any host, http for this machine only.
    pub fn parse(text: &str, product: &str) -> ReportResult<Self> {
        let wrong = |why: &str| ReportError::new(ErrorKind::Address, format!("--visits {why}"));
        let base = Url::parse(text).map_err(|_| wrong("is not a URL"))?;
        match base.scheme() {
            "https" => {}
            "http" if is_loopback(&base) => {}
            "http" => return Err(wrong("must be https; http is for this machine only")),
            _ => return Err(wrong("must be an https address")),
        }
        if !base.username().is_empty() || base.password().is_some() {
            return Err(wrong("must not carry a user name or password"));
        }
        if base.query().is_some() || base.fragment().is_some() || base.path().contains("/api/") {
            return Err(wrong("is the host alone, such as https://ecvapi.care.example.com"));
        }
        Ok(Self { base, product: product.to_owned() })
    }

    /// Whether requests stay on this machine.
    pub fn is_local(&self) -> bool {
        self.base.scheme() == "http"
    }

    /// The URL of a request. `path` may have a query; `query` and `product` are appended to it.
    pub fn url(&self, path: &str, query: &[(&str, String)]) -> Url {
        let mut url = self.base.clone();
        let (path, own) = path.split_once('?').map_or((path, None), |(path, own)| (path, Some(own)));
        url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        url.set_query(own);
        let mut pairs = url.query_pairs_mut();
        pairs.extend_pairs(query);
        pairs.append_pair("product", &self.product);
        drop(pairs);
        url
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => {
            host.trim_matches(['[', ']']).parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
        }
        None => false,
    }
}

/// Checks that a path has the placeholder `{id}` for the report id. `option` is the command-line option that the
/// error names.
pub fn template(option: &str, path: &str) -> ReportResult<String> {
    if path.starts_with('/') && !path.starts_with("//") && path.contains("{id}") {
        return Ok(path.to_owned());
    }
    Err(ReportError::new(
        ErrorKind::Address,
        format!("{option} must start with / and have {{id}} where the report id goes"),
    ))
}

/// Parses a report id (a GUID with hyphens), and returns it in lower case; `None` for any other text.
pub fn report_id(text: &str) -> Option<String> {
    let is_guid = text.len() == 36 && uuid::Uuid::try_parse(text).is_ok();
    is_guid.then(|| text.to_ascii_lowercase())
}

/// The body that starts a report.
#[derive(Serialize)]
pub struct Start {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "startDate", skip_serializing_if = "Option::is_none")]
    first: Option<NaiveDate>,
    #[serde(rename = "endDate", skip_serializing_if = "Option::is_none")]
    last: Option<NaiveDate>,
}

impl Start {
    /// A report of one type of visits, for the days of `range` (first and last included), or for the past ten days.
    pub fn new(kind: ReportType, range: Option<(NaiveDate, NaiveDate)>) -> Self {
        let kind = match kind {
            ReportType::Retail => "retail",
            ReportType::Virtual => "virtual",
            ReportType::ProviderBooking => "provider_booking",
        };
        Self { kind, first: range.map(|(first, _)| first), last: range.map(|(_, last)| last) }
    }
}

/// The answer to the request that starts a report.
#[derive(Deserialize)]
pub struct Started {
    /// The report id.
    pub id: String,
}

/// A page of provider histories. The columns are not documented, so a row keeps every member, in the answer's order.
#[derive(Deserialize)]
pub struct Page {
    /// The number of rows on all pages.
    pub count: u64,
    /// The rows.
    pub data: Vec<IndexMap<String, Value>>,
}

/// The status of a report. DexCare does not publish the status words, so this crate assumes those of query engines,
/// in any letter case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Progress {
    /// The report is not ready yet: the status is a word that is neither in `READY` nor in `FAILED`.
    UnderWay(String),
    /// The CSV can be fetched.
    Ready,
    /// There will be no CSV.
    Failed(String),
}

const READY: [&str; 8] =
    ["SUCCEEDED", "SUCCESS", "COMPLETED", "COMPLETE", "DONE", "FINISHED", "READY", "AVAILABLE"];
const FAILED: [&str; 6] = ["FAILED", "FAILURE", "ERROR", "CANCELLED", "CANCELED", "EXPIRED"];

impl Progress {
    /// Reads a status answer: a text, or the member `status` or `state` at the top or one level down. `None` without either.
    /// `ready_too` are further words for "ready".
    pub fn read(answer: &Value, ready_too: &[String]) -> Option<Self> {
        let word_of = |object: &Value| {
            let word = ["status", "state"].iter().find_map(|name| object.get(name).and_then(Value::as_str));
            word.map(str::to_owned)
        };
        let deeper = || answer.as_object().and_then(|object| object.values().find_map(word_of));
        let word = answer.as_str().map(str::to_owned).or_else(|| word_of(answer)).or_else(deeper)?;
        let is = |known: &str| known.eq_ignore_ascii_case(&word);
        Some(if ready_too.iter().any(|known| is(known)) || READY.into_iter().any(is) {
            Self::Ready
        } else if FAILED.into_iter().any(is) {
            Self::Failed(word)
        } else {
            Self::UnderWay(word)
        })
    }
}

/// The whole message of an error body, in any envelope of API reference §1.7; `None` if there is none.
pub fn words(body: &[u8]) -> Option<String> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let text =
        ["error", "message", "msg"].iter().find_map(|name| answer.get(name).and_then(Value::as_str))?;
    Some(text.to_owned())
}

/// Whether the gateway sent this 404, because it has no such path (API reference §1.7, E6).
pub fn is_gateways(body: &[u8]) -> bool {
    serde_json::from_slice::<Value>(body).is_ok_and(|answer| answer.get("request_id").is_some())
}

#[cfg(test)]
mod tests {
    use super::{Host, Progress, report_id, template, words};
    use crate::error::ErrorKind;
    use serde_json::json;

    #[test]
    fn the_key_goes_over_https_or_stays_on_this_machine() {
        for good in
            ["https://ecvapi.care.example.com", "https://gate.example.com/dexcare/", "http://127.0.0.1:8090"]
        {
            assert!(Host::parse(good, "quality").is_ok(), "{good}");
        }
        assert!(
            Host::parse("http://[::1]:8090", "q").is_ok() && Host::parse("http://localhost", "q").is_ok()
        );
        for bad in [
            "http://ecvapi.care.example.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "ftp://127.0.0.1",
            "https://marta:secret@example.com",
            "https://example.com/api/9",
            "https://example.com/api/9/",
            "https://example.com?key=1",
            "ecvapi.care.example.com",
            "",
        ] {
            assert_eq!(
                Host::parse(bad, "q").map_err(|error| error.kind).err(),
                Some(ErrorKind::Address),
                "{bad}"
            );
        }
    }

    #[test]
    fn every_address_names_the_product() {
        let host = Host::parse("https://gate.example.com/dexcare/", "quality & care").expect("a host");
        let url = host.url("/status?reportId=12", &[("offset", "0".to_owned())]);
        let expected =
            "https://gate.example.com/dexcare/status?reportId=12&offset=0&product=quality+%26+care";
        assert_eq!(url.as_str(), expected);
    }

    #[test]
    fn a_path_has_a_place_for_the_id() {
        assert!(template("--csv-path", "/reports/{id}.csv").is_ok());
        for bad in
            ["/reports", "reports/{id}", "//elsewhere.example.com/{id}", "https://elsewhere.example.com/{id}"]
        {
            assert!(template("--csv-path", bad).is_err(), "{bad}");
        }
        assert!(report_id("7B0F6D7E-2b1c-4c7d-9a55-3f1f0f6a2c11").is_some());
        assert!(
            report_id("7b0f6d7e2b1c4c7d9a553f1f0f6a2c11").is_none()
                && report_id("../../v1/patient").is_none()
        );
    }

    #[test]
    fn a_status_is_read_whatever_it_is_called() {
        let read = |answer| Progress::read(&answer, &["GELADEN".to_owned()]);
        assert_eq!(read(json!({"id": "1", "status": "Succeeded"})), Some(Progress::Ready));
        assert_eq!(read(json!({"state": "geladen"})), Some(Progress::Ready));
        assert_eq!(
            read(json!({"report": {"status": "FAILED"}})),
            Some(Progress::Failed("FAILED".to_owned()))
        );
        assert_eq!(read(json!("RUNNING")), Some(Progress::UnderWay("RUNNING".to_owned())));
        assert_eq!(read(json!({"done": true})), None);
        assert_eq!(read(json!([])), None);
    }

    #[test]
    fn the_words_of_an_error_are_found_in_each_envelope() {
        assert_eq!(words(br#"{"error":"Unknown error"}"#).as_deref(), Some("Unknown error"));
        assert_eq!(words(br#"{"message":"bad service token"}"#).as_deref(), Some("bad service token"));
        assert_eq!(words(br#"{"msg":"not yet"}"#).as_deref(), Some("not yet"));
        assert_eq!(words(b"<html>gateway</html>"), None);
        assert_eq!(words(br#"{"error":{"deep":1}}"#), None);
    }
}
