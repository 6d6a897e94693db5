//! Refusals: one type for all errors, written in the current error envelope (API reference §1.7).

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

/// A refused request. As a response it is an empty body with the refusal attached as an extension; an outer layer,
/// which knows the current envelope, writes the body.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// HTTP status.
    pub status: StatusCode,
    /// Text for people. In a refusal made with [`Refusal::marked`], it contains the marker verbatim.
    pub text: String,
    /// A code such as `SlotUnavailable`.
    pub code: Option<&'static str>,
    /// The envelope that this refusal always has, whatever envelope a test has set: the gateway's, or the one that a
    /// published document declares.
    pub fixed: Option<Variant>,
    /// The `errorCode` of E3, where a document names one; otherwise the status determines it.
    pub number: Option<u32>,
}

impl Refusal {
    /// A refusal without a code.
    pub fn new(status: StatusCode, text: impl Into<String>) -> Self {
        Self { status, text: text.into(), code: None, fixed: None, number: None }
    }

    /// A 400.
    pub fn bad(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, text)
    }

    /// A refused booking that clients recognize by the `marker` in its body.
    pub fn marked(status: StatusCode, marker: &'static str, text: &str) -> Self {
        Self { status, text: format!("{text}: {marker}"), code: Some(marker), fixed: None, number: None }
    }

    /// A 404 with the text of API reference §2.2.
    pub fn no_such_department() -> Self {
        Self::new(StatusCode::NOT_FOUND, r#"The department with the given "urlName" was not found"#)
    }

    /// A 404 for an unknown patient GUID.
    pub fn no_such_patient() -> Self {
        Self { code: Some("PATIENT_NOT_FOUND"), ..Self::new(StatusCode::NOT_FOUND, "Patient not found") }
    }

    /// A 401.
    pub fn signed_out(text: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, text)
    }

    /// A 500; the cause is only written to Acme's standard error.
    pub fn internal(cause: &dyn std::error::Error) -> Self {
        eprintln!("acme: {cause}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Internal server error")
    }

    /// The response in the envelope `variant`, or in the refusal's fixed envelope. `correlation` is the `request_id` of
    /// a gateway error.
    pub fn dress(&self, variant: Variant, correlation: &str) -> Response {
        let variant = self.fixed.unwrap_or(variant);
        let text = self.text.as_str();
        let status = self.status.as_u16();
        let body = match variant {
            Variant::E1 => json!({"error": text}),
            Variant::E2 => match self.code {
                Some(code) => json!({"error": text, "code": code}),
                None => json!({"error": text}),
            },
            Variant::E3 => {
                let number = self.number.unwrap_or(u32::from(status) * 100 + 1);
                json!({"message": text, "errorCode": number})
            }
            Variant::E4 => json!({"message": text, "status": status}),
            Variant::E5 => json!({"message": text}),
            Variant::E6 => json!({"message": text, "request_id": correlation}),
            Variant::Empty => return self.status.into_response(),
            Variant::Text => return (self.status, text.to_owned()).into_response(),
        };
        json_response(self.status, &body)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// An error envelope of API reference §1.7.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub enum Variant {
    /// `{"error"}`
    E1,
    /// `{"error","code"}`
    E2,
    /// `{"message","errorCode"}`
    E3,
    /// `{"message","status"}`
    E4,
    /// `{"message"}`
    E5,
    /// `{"message","request_id"}`: the gateway's; tests cannot set it.
    #[serde(skip)]
    E6,
    /// The text alone.
    #[serde(rename = "text")]
    Text,
    /// No body (E10), where the published document declares none; tests cannot set it.
    #[serde(skip)]
    Empty,
}

/// The envelopes that `POST /envelope` with `cycle` goes through, in order.
pub const CYCLE: [Variant; 6] =
    [Variant::E1, Variant::E2, Variant::E3, Variant::E4, Variant::E5, Variant::Text];

/// A JSON response with a status.
pub fn json_response(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], body.to_string()).into_response()
}
