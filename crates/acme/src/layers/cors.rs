//! CORS headers, as API reference §1.6 recommends them for a simulator; the control port can switch them off.

use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, HeaderValue, ORIGIN,
};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::Url;

use super::{Host, NoCors};
use crate::refusal::{Refusal, Variant};
use crate::state::Shared;

/// Answers preflights, and adds CORS headers to every answer for a page of this machine, errors included.
pub async fn answer(State(acme): State<Shared>, request: Request, next: Next) -> Response {
    let is_idp = request.extensions().get::<Host>() == Some(&Host::Idp);
    let is_preflight = request.method() == Method::OPTIONS;
    if !is_idp && !acme.controls.cors_is_on() {
        if is_preflight {
            let refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed");
            return refusal.dress(Variant::E5, "");
        }
        return next.run(request).await;
    }
    if is_preflight && acme.controls.faults.has_one_for_preflight(request.uri().path()) {
        return next.run(request).await;
    }
    let origin = request.headers().get(ORIGIN).filter(|origin| is_allowed(origin)).cloned();
    let mut response =
        if is_preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let is_bare = response.extensions().get::<NoCors>().is_some();
    let Some(origin) = origin.filter(|_| !is_bare) else { return response };
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if is_preflight {
        let allowed = "authorization, content-type, correlation-id, domain, x-api-key";
        headers.insert(
            ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("GET, POST, PUT, DELETE, OPTIONS"),
        );
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(allowed));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
    // The answer of an injected fault may already expose more headers.
    headers.entry(ACCESS_CONTROL_EXPOSE_HEADERS).or_insert(HeaderValue::from_static("correlation-id"));
    response
}

/// Whether an origin belongs to a page of this machine, at any port.
pub fn is_allowed(origin: &HeaderValue) -> bool {
    let Some(url) = origin.to_str().ok().and_then(|origin| Url::parse(origin).ok()) else { return false };
    let is_web = matches!(url.scheme(), "http" | "https");
    is_web
        && url.host_str().is_some_and(|host| {
            matches!(host, "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost")
        })
}
