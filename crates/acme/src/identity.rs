//! The state of the identity provider: its key pair, and what each authorization code grants.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use p256::SecretKey;
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::EncodePrivateKey;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::refusal::Refusal;

/// The `kid` of the key pair.
const KEY_ID: &str = "acme-es256-1";

/// The identity provider's own state.
pub struct Idp {
    /// `http://…` of the API listener, which also serves the identity provider.
    pub issuer: String,
    /// The key pair that signs its tokens.
    pub keys: Keys,
    codes: Mutex<HashMap<String, Grant>>,
}

/// What an authorization code grants.
pub struct Grant {
    /// The account that signed in.
    pub username: String,
    /// The address that the code was sent to.
    pub redirect_uri: String,
    /// The `code_challenge` of the request.
    pub challenge: String,
    /// The scope of the request.
    pub scope: String,
    /// The `nonce` of the request.
    pub nonce: Option<String>,
    /// When the code expires.
    pub expires: DateTime<Utc>,
}

impl Idp {
    /// An identity provider at this address.
    pub fn new(issuer: String, keys: Keys) -> Self {
        Self { issuer, keys, codes: Mutex::default() }
    }

    /// Stores the grant of a code.
    pub fn remember(&self, code: String, grant: Grant) {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).insert(code, grant);
    }

    /// Returns the grant of a code and removes it, because a code works once.
    pub fn redeem(&self, code: &str) -> Option<Grant> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).remove(code)
    }
}

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

    /// The claims of a token, if this key pair has signed the token for this audience. Does not check whether the token
    /// has expired.
    pub fn verify<T: DeserializeOwned>(&self, token: &str, audience: &str) -> Option<T> {
        let mut validation = Validation::new(Algorithm::ES256);
        validation.set_audience(&[audience]);
        validation.set_required_spec_claims(&["exp", "aud", "sub"]);
        // The library would compare with the machine's clock; the caller compares with Acme's clock.
        validation.validate_exp = false;
        jsonwebtoken::decode(token, &self.decoding, &validation).ok().map(|token| token.claims)
    }
}
