//! Requires the API key and the `domain` header, where Acme is set to require them. Searches and v5 refuse a wrong key
//! even where no key is required.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Host;
use crate::care_options;
use crate::controls::availability::Access;
use crate::refusal::{Refusal, Variant};
use crate::scheduling;
use crate::state::{Acme, Settings, Shared};
use crate::visits::reporting;

/// Passes a request on, or refuses it if it lacks the key or the `domain` header. Requests to the identity
/// provider and for Acme's pages need neither.
pub async fn check(State(acme): State<Shared>, request: Request, next: Next) -> Response {
    let is_idp = request.extensions().get::<Host>() == Some(&Host::Idp);
    let path = request.uri().path();
    let is_page = path == scheduling::PATH || path.starts_with("/v/");
    // The guest visit checks the key itself, with its own errors; reporting checks its service token.
    let asks_itself = path.starts_with("/v1/booking/") || reporting::is_here(path);
    let lacks = if is_idp || is_page || asks_itself { None } else { lacks(&acme, &request) };
    match lacks {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    }
}

fn lacks(acme: &Acme, request: &Request) -> Option<Refusal> {
    let (settings, headers) = (&acme.settings, request.headers());
    let path = request.uri().path();
    let key = Key::of(settings, headers);
    let lacks_key = if path.starts_with("/v1/availability/") {
        let availability = acme.controls.availability.now();
        let access = if request.method() == Method::POST { availability.post } else { availability.get };
        match (access, key) {
            (Access::Absent, _) => return Some(super::no_such_route()),
            (_, Key::Wrong) => Some(care_options::forbidden()),
            (_, Key::Missing) if access == Access::Key || settings.require_key => {
                Some(care_options::forbidden())
            }
            _ => None,
        }
    } else {
        let is_wrong = match key {
            Key::Right => false,
            // The slots service refuses a wrong key even where none is required.
            Key::Wrong => settings.require_key || path.starts_with("/v5/"),
            Key::Missing => {
                let is_closed =
                    path.starts_with("/v5/") && acme.controls.availability.now().v5 == Access::Key;
                settings.require_key || is_closed
            }
        };
        is_wrong.then(|| {
            let refusal = Refusal::signed_out("API key is not valid");
            Refusal { fixed: Some(Variant::E4), ..refusal }
        })
    };
    if lacks_key.is_some() {
        return lacks_key;
    }
    let domain = headers.get("domain").map(HeaderValue::as_bytes).filter(|domain| !domain.is_empty());
    match (domain, &settings.domain) {
        (Some(domain), Some(valid)) if domain != valid.as_bytes() => {
            Some(Refusal::bad("The 'domain' header is not valid"))
        }
        (None, valid) if valid.is_some() || settings.require_domain => {
            Some(Refusal::bad("The 'domain' header is required"))
        }
        _ => None,
    }
}

#[derive(Clone, Copy)]
enum Key {
    Right,
    Wrong,
    Missing,
}

impl Key {
    fn of(settings: &Settings, headers: &HeaderMap) -> Self {
        match headers.get("x-api-key").map(HeaderValue::as_bytes) {
            None | Some([]) => Self::Missing,
            Some(key) if key == settings.api_key.as_bytes() => Self::Right,
            Some(_) => Self::Wrong,
        }
    }
}
