//! The API key and the `domain` header, where Acme was started to insist on them.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Host;
use crate::refusal::{Refusal, Variant};
use crate::state::{Settings, Shared};

/// Lets a request through, or says what it lacks. The identity provider asks for neither.
pub async fn check(State(acme): State<Shared>, request: Request, next: Next) -> Response {
    let is_idp = request.extensions().get::<Host>() == Some(&Host::Idp);
    let lacks = if is_idp { None } else { lacks(&acme.settings, request.headers()) };
    match lacks {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    }
}

fn lacks(settings: &Settings, headers: &HeaderMap) -> Option<Refusal> {
    let header = |name: &str| headers.get(name).map(HeaderValue::as_bytes);
    if settings.require_key && header("x-api-key") != Some(settings.api_key.as_bytes()) {
        let refusal = Refusal::signed_out("API key is not valid");
        return Some(Refusal { fixed: Some(Variant::E4), ..refusal });
    }
    if settings.require_domain && header("domain").is_none_or(<[u8]>::is_empty) {
        return Some(Refusal::bad("The 'domain' header is required"));
    }
    None
}
