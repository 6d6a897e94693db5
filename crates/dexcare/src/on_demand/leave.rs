//! Cancels an on-demand visit (API reference §2.32–2.34): POST `/v1/visits/{visitId}/patient-cancel-video`,
//! `…/patient-cancel-phone`, or without a reason `/api/9/visits/virtual/{visitId}/cancel`; all on the Visit host, with
//! the patient's token.

use booking::api::OnDemandCancel;
use booking::on_demand::Modality;
use serde::Serialize;

use crate::body;
use crate::request::{Call, Host, Request, path};

/// Leaves the line. The modality, and whether there is a reason, decide which of the three calls is sent;
/// [`super::client_config::ClientConfig`] says for which modality a reason is sent.
pub struct LeaveVisit {
    /// The visit to leave, and why.
    pub leave: OnDemandCancel,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LeaveBody<'a> {
    cancel_reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    patient_email: Option<&'a str>,
}

impl Call for LeaveVisit {
    type Answer = ();

    fn request(&self) -> Request {
        let leave = &self.leave;
        let visit = leave.visit.as_str();
        let Some(reason) = &leave.reason else {
            let path = path("/api/9/visits/virtual/", visit, "/cancel");
            return Request { body: None, ..Request::post(Host::Visit, path, String::new()) };
        };
        let (tail, patient_email) = match leave.modality {
            Modality::Video => ("/patient-cancel-video", None),
            Modality::Phone => ("/patient-cancel-phone", Some(&*leave.email)),
        };
        let body = body::to_json(&LeaveBody { cancel_reason: reason, patient_email });
        Request::post(Host::Visit, path("/v1/visits/", visit, tail), body)
    }

    /// A 2xx is enough; the body is ignored here. (`exchange` does not accept an HTML page.)
    fn read(&self, _body: &[u8]) -> Option<()> {
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use booking::ids::VisitId;

    use super::*;
    use crate::request::wire;

    fn leave(modality: Modality, reason: Option<&str>) -> LeaveVisit {
        LeaveVisit {
            leave: OnDemandCancel {
                visit: VisitId::new("0f6e5c1d-9b0a"),
                modality,
                reason: reason.map(Into::into),
                email: "marta.okafor@example.com".into(),
            },
        }
    }

    #[test]
    fn each_way_is_left_by_a_call_of_its_own() {
        assert_eq!(
            wire(&leave(Modality::Video, Some("LONG_WAIT"))),
            concat!(
                "POST https://visit.example/v1/visits/0f6e5c1d-9b0a/patient-cancel-video?product=findadoctor (with a token)\n",
                r#"{"cancelReason":"LONG_WAIT"}"#,
            )
        );
        assert_eq!(
            wire(&leave(Modality::Phone, Some("OTHER"))),
            concat!(
                "POST https://visit.example/v1/visits/0f6e5c1d-9b0a/patient-cancel-phone?product=findadoctor (with a token)\n",
                r#"{"cancelReason":"OTHER","patientEmail":"marta.okafor@example.com"}"#,
            )
        );
        for modality in Modality::ALL {
            assert_eq!(
                wire(&leave(modality, None)),
                "POST https://visit.example/api/9/visits/virtual/0f6e5c1d-9b0a/cancel?product=findadoctor (with a token)",
                "no body at all"
            );
        }
    }

    #[test]
    fn any_2xx_will_do() {
        for body in ["", "{}", "OK", "\u{0}"] {
            assert!(leave(Modality::Video, None).read(body.as_bytes()).is_some(), "{body:?}");
        }
    }
}
