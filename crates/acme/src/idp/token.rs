//! The token endpoint, discovery and the key set.

use std::collections::HashMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::form_urlencoded;

use super::CLIENT_ID;
use super::tokens::{issue_access_token, subject};
use crate::identity::Grant;
use crate::refusal::Refusal;
use crate::state::{Acme, Shared, blocking};
use crate::store::patients;

/// An error in the format of RFC 6749 §5.2, whatever the API's error envelope is.
struct OauthError(&'static str, &'static str);

impl IntoResponse for OauthError {
    fn into_response(self) -> Response {
        let body = json!({"error": self.0, "error_description": self.1});
        (StatusCode::BAD_REQUEST, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
    }
}

/// Exchanges a code for tokens.
pub async fn exchange(State(acme): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.starts_with("application/x-www-form-urlencoded") {
        return OauthError("invalid_request", "The body must be a form").into_response();
    }
    let form: HashMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
    let grant = match redeem(&acme, &form) {
        Ok(grant) => grant,
        Err(error) => return error.into_response(),
    };
    match blocking(acme, move |acme| tokens(acme, &grant)).await {
        Ok(tokens) => ([(header::CACHE_CONTROL, "no-store")], Json(tokens)).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

fn redeem(acme: &Acme, form: &HashMap<String, String>) -> Result<Grant, OauthError> {
    let get = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    if get("grant_type") != "authorization_code" {
        return Err(OauthError("unsupported_grant_type", "Only authorization_code is supported"));
    }
    if get("client_id") != CLIENT_ID {
        return Err(OauthError("invalid_client", "The client is not known"));
    }
    let invalid = |description| OauthError("invalid_grant", description);
    let grant =
        acme.idp.redeem(get("code")).ok_or_else(|| invalid("The code is not valid or was used before"))?;
    if grant.expires <= acme.now() {
        return Err(invalid("The code has expired"));
    }
    if grant.redirect_uri != get("redirect_uri") {
        return Err(invalid("The redirect_uri is not the one the code was made for"));
    }
    let verifier = get("code_verifier");
    let is_long_enough = (43..=128).contains(&verifier.len());
    if !is_long_enough || URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != grant.challenge {
        return Err(invalid("The code_verifier does not fit the code_challenge"));
    }
    Ok(grant)
}

fn tokens(acme: &Acme, grant: &Grant) -> Result<Value, Refusal> {
    let account = acme.store.read(|db| Ok(patients::account(db, &grant.username)?))?;
    let account = account.ok_or_else(|| Refusal::signed_out("The account is gone"))?;
    let ttl = acme.settings.token_ttl;
    let mut tokens = json!({
        "access_token": issue_access_token(acme, &account, &grant.scope, ttl)?,
        "token_type": "Bearer",
        "expires_in": ttl,
        "scope": grant.scope,
    });
    if grant.scope.split(' ').any(|scope| scope == "openid") {
        let now = acme.now().timestamp();
        let mut claims = json!({
            "iss": acme.idp.issuer,
            "aud": CLIENT_ID,
            "sub": subject(&account.username),
            "iat": now,
            "exp": now + i64::from(ttl),
            "name": account.full_name,
            "preferred_username": account.username,
        });
        if let Some(nonce) = &grant.nonce {
            claims["nonce"] = nonce.as_str().into();
        }
        tokens["id_token"] = acme.idp.keys.sign(&claims)?.into();
    }
    Ok(tokens)
}

/// Describes the identity provider (OpenID Connect Discovery).
pub async fn discovery(State(acme): State<Shared>) -> Json<Value> {
    let issuer = &acme.idp.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/oauth2/authorize"),
        "token_endpoint": format!("{issuer}/oauth2/token"),
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

/// Shows the key set.
pub async fn jwks(State(acme): State<Shared>) -> Json<Value> {
    Json(acme.idp.keys.jwks())
}
