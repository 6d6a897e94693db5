//! The authorization endpoint: checks the request, shows the sign-in page, redirects the patient back with a code.

use axum::extract::{RawForm, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::Duration;
use std::collections::HashMap;
use url::{Url, form_urlencoded};
use uuid::Uuid;

use super::{CLIENT_ID, CODE_LIFETIME_SECONDS, page};
use crate::identity::Grant;
use crate::state::Shared;
use crate::store::patients;
use crate::world::people::PASSWORD;

/// The parameters of the request that the sign-in form sends again, in hidden fields.
pub const CARRIED: [&str; 8] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
];

type Values = HashMap<String, String>;

/// A checked request, which can be answered with a redirect.
struct Authorization {
    redirect_uri: Url,
    state: Option<String>,
    challenge: String,
    scope: String,
    nonce: Option<String>,
}

/// Shows the sign-in page.
pub async fn show(State(acme): State<Shared>, RawForm(query): RawForm) -> Response {
    let values = values(&query);
    let authorization = match check(&acme.idp.issuer, &values) {
        Ok(authorization) => authorization,
        Err(response) => return *response,
    };
    if values.get("prompt").is_some_and(|prompt| prompt == "none") {
        // Acme keeps no sign-in session, so a silent sign-in always fails.
        return refuse(&acme.idp.issuer, authorization.redirect_uri, authorization.state, "login_required");
    }
    let username = values.get("login_hint").map(String::as_str).unwrap_or_default();
    page::sign_in(StatusCode::OK, &values, username, None)
}

/// Signs the patient in, and redirects back with a code.
pub async fn sign_in(State(acme): State<Shared>, RawForm(form): RawForm) -> Response {
    let values = values(&form);
    let authorization = match check(&acme.idp.issuer, &values) {
        Ok(authorization) => authorization,
        Err(response) => return *response,
    };
    let typed = |name: &str| values.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let username = typed("username").to_lowercase();
    let known = match acme.store.read(|db| Ok(patients::account(db, &username)?)) {
        Ok(account) => account.is_some(),
        Err(refusal) => return refusal.into_response(),
    };
    if !known || typed("password") != PASSWORD {
        let problem = "That user name and password do not match. Please try again.";
        return page::sign_in(StatusCode::BAD_REQUEST, &values, &username, Some(problem));
    }
    let code = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
    let grant = Grant {
        username,
        redirect_uri: values.get("redirect_uri").cloned().unwrap_or_default(),
        challenge: authorization.challenge,
        scope: authorization.scope,
        nonce: authorization.nonce,
        expires: acme.now() + Duration::seconds(CODE_LIFETIME_SECONDS),
    };
    acme.idp.remember(code.clone(), grant);
    let mut target = authorization.redirect_uri;
    target.query_pairs_mut().append_pair("code", &code);
    go_back(&acme.idp.issuer, target, authorization.state)
}

/// Checks a request. Until the redirect address is known to be allowed, an error is shown on a page; after that,
/// the error is sent to that address.
fn check(issuer: &str, values: &Values) -> Result<Authorization, Box<Response>> {
    let get = |name: &str| values.get(name).filter(|value| !value.is_empty());
    if get("client_id").map(String::as_str) != Some(CLIENT_ID) {
        return Err(Box::new(page::problem("This application is not known here.")));
    }
    let redirect_uri = get("redirect_uri").and_then(|text| allowed_redirect(text));
    let Some(redirect_uri) = redirect_uri else {
        return Err(Box::new(page::problem("The address to return to is missing or not allowed.")));
    };
    let state = get("state").cloned();
    let fail = |error: &str| Err(Box::new(refuse(issuer, redirect_uri.clone(), state.clone(), error)));
    if get("response_type").map(String::as_str) != Some("code") {
        return fail("unsupported_response_type");
    }
    let challenge = get("code_challenge").filter(|challenge| is_challenge(challenge)).cloned();
    let method = get("code_challenge_method").map(String::as_str);
    let (Some(challenge), Some("S256")) = (challenge, method) else { return fail("invalid_request") };
    let scope = get("scope").cloned().unwrap_or_else(|| "openid".to_owned());
    if !scope.split(' ').all(|one| matches!(one, "openid" | "profile" | "email" | "offline_access")) {
        return fail("invalid_scope");
    }
    Ok(Authorization { redirect_uri, state, challenge, scope, nonce: get("nonce").cloned() })
}

/// The redirect address, if it is on this machine, at any port (RFC 8252).
fn allowed_redirect(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let host = url.host_str()?;
    let is_loopback = matches!(host, "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost");
    let is_plain = url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    (matches!(url.scheme(), "http" | "https") && is_loopback && is_plain).then_some(url)
}

/// Whether a text is 43 characters of unpadded base64url, the length of a SHA-256.
fn is_challenge(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn refuse(issuer: &str, mut target: Url, state: Option<String>, error: &str) -> Response {
    target.query_pairs_mut().append_pair("error", error);
    go_back(issuer, target, state)
}

fn go_back(issuer: &str, mut target: Url, state: Option<String>) -> Response {
    if let Some(state) = state {
        target.query_pairs_mut().append_pair("state", &state);
    }
    target.query_pairs_mut().append_pair("iss", issuer);
    (StatusCode::SEE_OTHER, [(header::LOCATION, target.as_str()), (header::CACHE_CONTROL, "no-store")])
        .into_response()
}

fn values(encoded: &[u8]) -> Values {
    form_urlencoded::parse(encoded).into_owned().collect()
}
