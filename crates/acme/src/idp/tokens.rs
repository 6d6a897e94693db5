//! Signs and checks tokens (ES256); an extractor turns a request's bearer token into an account.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use p256::SecretKey;
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::EncodePrivateKey;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::refusal::Refusal;
use crate::state::{Acme, Shared, blocking};
use crate::store::patients::{self, Account};

const KEY_ID: &str = "acme-es256-1";
const AUDIENCE: &str = "https://api.northlake.example";

/// The key pair of a seed: a restarted Acme still accepts the tokens it issued.
pub struct Keys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    x: String,
    y: String,
}

impl Keys {
    /// Derives the key pair of a seed.
    pub fn new(seed: u64) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let secret = SecretKey::from_slice(&Sha256::digest(format!("acme signing key {seed}")))?;
        let point = secret.public_key().to_encoded_point(false);
        let coordinate = |bytes: Option<&p256::FieldBytes>| {
            bytes.map(|bytes| URL_SAFE_NO_PAD.encode(bytes)).ok_or("a public key without coordinates")
        };
        let (x, y) = (coordinate(point.x())?, coordinate(point.y())?);
        let encoding = EncodingKey::from_ec_der(secret.to_pkcs8_der()?.as_bytes());
        let decoding = DecodingKey::from_ec_components(&x, &y)?;
        Ok(Self { encoding, decoding, x, y })
    }

    /// The public half as a JWK set.
    pub fn jwks(&self) -> Value {
        json!({"keys": [{
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": KEY_ID, "x": self.x, "y": self.y
        }]})
    }

    /// Signs claims as a JWT.
    pub fn sign(&self, claims: &impl Serialize) -> Result<String, Refusal> {
        let header = Header { kid: Some(KEY_ID.to_owned()), ..Header::new(Algorithm::ES256) };
        jsonwebtoken::encode(&header, claims, &self.encoding).map_err(|error| Refusal::internal(&error))
    }
}

/// The claims of an access token.
#[derive(Serialize, Deserialize)]
struct AccessClaims {
    iss: String,
    aud: String,
    sub: String,
    iat: i64,
    exp: i64,
    jti: String,
    scope: String,
    /// Counts up when the control port expires the account's tokens.
    generation: i64,
}

/// Issues an access token for an account, valid for `ttl` seconds by Acme's clock.
pub fn issue_access_token(acme: &Acme, account: &Account, scope: &str, ttl: u32) -> Result<String, Refusal> {
    let now = acme.now().timestamp();
    acme.idp.keys.sign(&AccessClaims {
        iss: acme.idp.issuer.clone(),
        aud: AUDIENCE.to_owned(),
        sub: subject(&account.username),
        iat: now,
        exp: now + i64::from(ttl),
        jti: Uuid::new_v4().to_string(),
        scope: scope.to_owned(),
        generation: account.token_generation,
    })
}

/// The `sub` of an account.
pub fn subject(username: &str) -> String {
    format!("northlake|{username}")
}

/// The account of the request's valid bearer token. A request without one is a 401.
pub struct SignedIn(pub Account);

impl FromRequestParts<Shared> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, acme: &Shared) -> Result<Self, Refusal> {
        let header =
            parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let token = match header.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim().to_owned(),
            _ => return Err(Refusal::signed_out("A bearer token is required")),
        };
        blocking(acme.clone(), move |acme| check(acme, &token).map(Self)).await
    }
}

fn check(acme: &Acme, token: &str) -> Result<Account, Refusal> {
    let invalid = || Refusal::signed_out("The token is not valid");
    let expired = || Refusal::signed_out("The token has expired");
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "aud", "sub"]);
    // The library would compare with the machine's clock; below, Acme's clock decides.
    validation.validate_exp = false;
    let claims = jsonwebtoken::decode::<AccessClaims>(token, &acme.idp.keys.decoding, &validation);
    let claims = claims.map_err(|_| invalid())?.claims;
    if claims.exp <= acme.now().timestamp() {
        return Err(expired());
    }
    let username = claims.sub.strip_prefix("northlake|").ok_or_else(invalid)?;
    let account = acme.store.read(|db| Ok(patients::account(db, username)?))?.ok_or_else(invalid)?;
    if claims.generation != account.token_generation {
        return Err(expired());
    }
    Ok(account)
}
