//! Sends requests with the key, and reports every failure in one line.

use std::error::Error;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use reqwest::redirect::Policy;
use reqwest::{Method, Response, StatusCode, Url};
use serde::de::DeserializeOwned;

use super::key::Key;
use crate::arguments::Connection;
use crate::endpoint::{self, Host};
use crate::error::{ErrorKind, ReportError, ReportResult};

const CONNECT: Duration = Duration::from_secs(15);

/// How long a server may send nothing before the request fails.
const SILENCE: Duration = Duration::from_mins(1);

/// How many bytes are read at most: of an error body, and of an answer other than a CSV.
const LARGEST_ERROR: usize = 64 * 1024;
const LARGEST_ANSWER: usize = 256 * 1024 * 1024;

/// How many characters of an error's message are printed at most.
const LONGEST_MESSAGE: usize = 200;

/// A client of one Visit host.
pub struct Client {
    http: reqwest::Client,
    /// The host of all requests.
    pub host: Host,
    key: Key,
}

impl Client {
    /// Checks the host's URL, and reads the key.
    pub fn new(connection: &Connection) -> ReportResult<Self> {
        let host = Host::parse(&connection.visits, &connection.product)?;
        let key = Key::load(connection.key_file.as_deref())?;
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, key.header()?);
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("dexcare-report/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers)
            // A redirect would send the key to another address.
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE);
        if host.is_local() {
            // A proxy could read the key of a plain http request.
            builder = builder.no_proxy();
        }
        let http = builder.build().map_err(|error| unreachable(&error))?;
        Ok(Self { http, host, key })
    }

    /// Sends a request; returns the answer if its status is 200, 201 or 202.
    pub async fn send(&self, method: Method, url: Url, body: Option<Vec<u8>>) -> ReportResult<Response> {
        let mut request = self.http.request(method, url);
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body);
        }
        let response = request.send().await.map_err(|error| unreachable(&error))?;
        let status = response.status();
        if status == StatusCode::OK || status == StatusCode::CREATED || status == StatusCode::ACCEPTED {
            return Ok(response);
        }
        // If the body cannot be read, the status alone is reported.
        let body = read(response, LARGEST_ERROR).await.unwrap_or_default();
        Err(self.refusal(status, &body))
    }

    /// Sends a request, and parses its answer as JSON; `what` names the expected answer in the error.
    pub async fn json<T: DeserializeOwned>(
        &self,
        method: Method,
        url: Url,
        body: Option<Vec<u8>>,
        what: &str,
    ) -> ReportResult<T> {
        let response = self.send(method, url, body).await?;
        let answer = read(response, LARGEST_ANSWER).await?;
        serde_json::from_slice(&answer).map_err(|_| not_understood(what))
    }

    /// Text from the host for a message: without the key, and with at most `longest` characters.
    pub fn quote(&self, text: &str, longest: usize) -> String {
        // Strike first: of a key that the cut divides, the first characters would be printed.
        self.key.strike(text).chars().take(longest).collect()
    }

    fn refusal(&self, status: StatusCode, body: &[u8]) -> ReportError {
        let words = endpoint::words(body).map(|words| format!(": {}", self.quote(&words, LONGEST_MESSAGE)));
        let words = words.unwrap_or_default();
        let number = status.as_u16();
        match number {
            400 => ReportError::new(ErrorKind::Refused, format!("the request was refused (400){words}")),
            401 | 403 => {
                ReportError::new(ErrorKind::KeyRefused, format!("the key was refused ({number}){words}"))
            }
            404 if endpoint::is_gateways(body) => {
                ReportError::new(ErrorKind::NotFound, format!("the host has no such path (404){words}"))
                    .hint("see --status-path and --csv-path")
            }
            404 => ReportError::new(ErrorKind::NotFound, format!("not found (404){words}")),
            300..=399 => {
                let line = format!("the host sent us elsewhere ({number}), where the key must not go");
                ReportError::new(ErrorKind::Server, line)
            }
            _ => ReportError::new(ErrorKind::Server, format!("the server failed ({number}){words}")),
        }
    }
}

/// The whole body, or an error if it has more than `largest` bytes.
async fn read(mut response: Response, largest: usize) -> ReportResult<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| cut_short(&error))? {
        if bytes.len() + piece.len() > largest {
            return Err(ReportError::new(ErrorKind::NotUnderstood, "the answer is too large"));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// The error for an answer that is not what the API reference says.
pub fn not_understood(what: &str) -> ReportError {
    ReportError::new(ErrorKind::NotUnderstood, format!("the answer is not {what}"))
}

/// The error for a connection that broke within a body.
pub fn cut_short(error: &reqwest::Error) -> ReportError {
    ReportError::new(ErrorKind::CutShort, format!("the download was cut short: {}", cause(error)))
}

fn unreachable(error: &reqwest::Error) -> ReportError {
    let line = if error.is_timeout() {
        "the host did not answer in time".to_owned()
    } else {
        format!("the host cannot be reached: {}", cause(error))
    };
    ReportError::new(ErrorKind::Unreachable, line)
}

/// The message of the innermost error, since the outer ones contain the URL; "no answer" if the innermost is reqwest's
/// own.
fn cause(error: &reqwest::Error) -> String {
    let mut innermost: &dyn Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    if innermost.is::<reqwest::Error>() { "no answer".to_owned() } else { innermost.to_string() }
}
