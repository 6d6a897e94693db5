//! Cancels a clinic visit (API reference §2.38): POST `/api/6/visits/retail/cancel/{visitId}`, with the patient's
//! token.

use booking::ids::VisitId;
use serde::Serialize;

use crate::body;
use crate::request::{Call, Host, Request, path};

/// Cancels a visit of [`super::clinic_visits::ClinicVisits`].
///
/// ```
/// use booking::ids::VisitId;
/// use dexcare::{Auth, Call, CancelClinicVisit, Host, Method};
///
/// let visit = VisitId::new("0a4c9e52-8f0e-4c55-b7b1-5f0c6f9d1e20");
/// let call = CancelClinicVisit { visit, reason: "patientFeelsBetter".into() };
/// let request = call.request();
/// assert!(request.method == Method::Post && request.host == Host::Visit && request.auth == Auth::Patient);
/// assert!(request.is_write()); // sent once, whatever comes back
/// assert_eq!(request.path, "/api/6/visits/retail/cancel/0a4c9e52-8f0e-4c55-b7b1-5f0c6f9d1e20");
/// assert_eq!(request.body.as_deref(), Some(r#"{"reason":"patientFeelsBetter"}"#));
///
/// // The status alone says that the visit is cancelled.
/// assert_eq!(call.read(b""), Some(()));
/// ```
pub struct CancelClinicVisit {
    /// The visit to cancel.
    pub visit: VisitId,
    /// The code of one of [`super::cancel_reasons::CancelReasons`].
    pub reason: String,
}

#[derive(Serialize)]
struct CancelBody<'a> {
    reason: &'a str,
}

impl Call for CancelClinicVisit {
    type Answer = ();

    fn request(&self) -> Request {
        let body = body::to_json(&CancelBody { reason: &self.reason });
        let path = path("/api/6/visits/retail/cancel/", self.visit.as_str(), "");
        Request::post(Host::Visit, path, body)
    }

    /// A 2xx is enough; the body is ignored here. (`exchange` does not accept an HTML page.)
    fn read(&self, _body: &[u8]) -> Option<()> {
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::wire;

    #[test]
    fn the_request_carries_the_reason_and_any_2xx_will_do() {
        let call = CancelClinicVisit {
            visit: VisitId::new("0a4c9e52-8f0e-4c55-b7b1-5f0c6f9d1e20"),
            reason: "patientFeelsBetter".into(),
        };
        assert_eq!(
            wire(&call),
            concat!(
                "POST https://visit.example/api/6/visits/retail/cancel/0a4c9e52-8f0e-4c55-b7b1-5f0c6f9d1e20?product=findadoctor (with a token)\n",
                r#"{"reason":"patientFeelsBetter"}"#,
            )
        );
        for body in ["", "{}", "Cancelled", "\u{0}"] {
            assert!(call.read(body.as_bytes()).is_some(), "{body:?}");
        }
    }
}
