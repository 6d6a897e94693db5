//! The outermost layers: request log, headers of every answer, body limit, error envelope.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue, VARY};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::{Cut, Host};
use crate::controls::intents::{self, Call};
use crate::controls::log::Entry;
use crate::refusal::Refusal;
use crate::rules::is_guid;
use crate::state::{Acme, Shared};

/// Size in bytes of the largest body that any call accepts.
const LARGEST_BODY: usize = 64 * 1024;

const CORRELATION_ID: HeaderName = HeaderName::from_static("correlation-id");

/// The number of a request in the log.
#[derive(Clone, Copy)]
pub(super) struct LogNumber(pub(super) u64);

/// The correlation id of an answer.
#[derive(Clone)]
struct Correlation(String);

/// Logs the request and its status, and adds the headers of API reference §1.4.
pub async fn record(State(acme): State<Shared>, mut request: Request, next: Next) -> Response {
    let host = request.extensions().get::<Host>().copied().unwrap_or(Host::Api);
    let id = request.headers().get(&CORRELATION_ID).and_then(|value| value.to_str().ok());
    let id = id.filter(|id| is_guid(id)).map(str::to_ascii_lowercase);
    let id = id.unwrap_or_else(|| Uuid::new_v4().to_string());
    let is_plain = declares_a_plain_id(request.uri().path());
    let correlation = if is_plain { id } else { format!("{id}#{}", acme.next_response()) };
    let mut names: Vec<String> = request.headers().keys().map(|name| name.as_str().to_owned()).collect();
    names.sort_unstable();
    let query = Entry::query_of(request.uri().query().unwrap_or_default());
    let intent = query.get(intents::PARAMETER).and_then(|names| names.first()).cloned();
    let number = acme.controls.log.begin(Entry {
        seq: 0,
        at: acme.now(),
        host: host.name(),
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        query,
        headers: names,
        authorized: request.headers().contains_key(AUTHORIZATION),
        status: None,
        fault: None,
        body: None,
    });
    if let Some(call) = Call::of(request.method(), request.uri().path()) {
        let intent = acme.controls.intents.begin(number, call, intent);
        request.extensions_mut().insert(intent);
    }
    request.extensions_mut().insert(LogNumber(number));
    request.extensions_mut().insert(Correlation(correlation.clone()));

    let mut response = next.run(request).await;
    if response.extensions().get::<Cut>().is_none() {
        acme.controls.log.finish(number, response.status().as_u16());
        acme.controls.intents.answered(number, response.status());
    }
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&correlation) {
        headers.insert(CORRELATION_ID, value);
    }
    for (name, value) in [
        (VARY, "Origin"),
        (HeaderName::from_static("x-content-type-options"), "nosniff"),
        (HeaderName::from_static("referrer-policy"), "same-origin"),
        (HeaderName::from_static("strict-transport-security"), "max-age=15552000; includeSubDomains"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether a call's document declares the answer's correlation id as a plain GUID.
fn declares_a_plain_id(path: &str) -> bool {
    path.starts_with("/v1/booking/") || path.starts_with("/v5/slots/slot-")
}

/// Reads the body up to the limit, and logs that of a POST or PUT unless it is for the identity provider.
pub async fn read_body(State(acme): State<Shared>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let correlation = parts.extensions.get::<Correlation>().cloned();
    let Ok(bytes) = to_bytes(body, LARGEST_BODY).await else {
        let refusal = Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "The request body is too large");
        return dressed(&acme, correlation.as_ref(), refusal.into_response());
    };
    let is_write = matches!(parts.method, Method::POST | Method::PUT);
    let is_logged = is_write && !parts.uri.path().starts_with("/oauth2/");
    if let (true, Some(LogNumber(number))) = (is_logged, parts.extensions.get().copied()) {
        acme.controls.log.body(number, &bytes);
    }
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

/// Writes a refusal in the current error envelope.
pub async fn dress(State(acme): State<Shared>, request: Request, next: Next) -> Response {
    let correlation = request.extensions().get::<Correlation>().cloned();
    let response = next.run(request).await;
    dressed(&acme, correlation.as_ref(), response)
}

fn dressed(acme: &Acme, correlation: Option<&Correlation>, mut response: Response) -> Response {
    let Some(refusal) = response.extensions_mut().remove::<Refusal>() else { return response };
    let correlation = correlation.map(|id| id.0.as_str()).unwrap_or_default();
    let (parts, body) = refusal.dress(acme.controls.next_envelope(), correlation).into_parts();
    *response.body_mut() = body;
    if let Some(content_type) = parts.headers.get(CONTENT_TYPE) {
        response.headers_mut().insert(CONTENT_TYPE, content_type.clone());
    }
    response
}
