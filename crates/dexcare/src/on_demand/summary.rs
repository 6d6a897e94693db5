//! How far a visit has come (API reference §2.31): GET `/api/9/visits/{visitId}/summary`, with the patient's token
//! (Q4).

use booking::ids::VisitId;
use booking::on_demand::VisitStatus;

use crate::json;
use crate::request::{Call, Request, path};

/// Reads a visit's status, the only part of the summary that is needed.
pub struct VisitSummary {
    /// The visit to read.
    pub visit: VisitId,
}

impl Call for VisitSummary {
    type Answer = VisitStatus;

    fn request(&self) -> Request {
        Request::own(path("/api/9/visits/", self.visit.as_str(), "/summary"), Vec::new())
    }

    /// `None` if the answer has no status. A visit with an unknown status is waiting.
    fn read(&self, body: &[u8]) -> Option<VisitStatus> {
        let answer = json::parse(body)?;
        Some(match json::id(&answer, "status")? {
            "invisit" => VisitStatus::InVisit,
            "done" => VisitStatus::Done,
            "cancelled" => VisitStatus::Cancelled,
            "staffdeclined" => VisitStatus::Declined,
            _ => VisitStatus::Waiting,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::wire;

    fn call() -> VisitSummary {
        VisitSummary { visit: VisitId::new("0f6e5c1d-9b0a-4e8c-8b1e-2a7d9c3f5e10") }
    }

    #[test]
    fn the_request_carries_the_token() {
        assert_eq!(
            wire(&call()),
            "GET https://visit.example/api/9/visits/0f6e5c1d-9b0a-4e8c-8b1e-2a7d9c3f5e10/summary?product=findadoctor (with a token)"
        );
    }

    #[test]
    fn a_status_that_is_no_end_and_no_visit_is_waiting() {
        for (status, standing) in [
            ("requested", VisitStatus::Waiting),
            ("waitingroom", VisitStatus::Waiting),
            ("waitoffline", VisitStatus::Waiting),
            ("caregiverassigned", VisitStatus::Waiting),
            ("anew", VisitStatus::Waiting),
            ("invisit", VisitStatus::InVisit),
            ("done", VisitStatus::Done),
            ("cancelled", VisitStatus::Cancelled),
            ("staffdeclined", VisitStatus::Declined),
        ] {
            let body = format!(r#"{{"visitId":"0f6e5c1d","status":"{status}","tokBoxVisit":7}}"#);
            assert_eq!(call().read(body.as_bytes()), Some(standing), "{status}");
        }
        for bad in ["", "{}", "[]", r#"{"status":null}"#, r#"{"status":""}"#, r#"{"status":{}}"#, "<html>"] {
            assert_eq!(call().read(bad.as_bytes()), None, "{bad}");
        }
    }
}
