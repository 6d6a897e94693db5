//! How far ahead a visit type can be booked (API reference §2.7): GET `/v2/lookups/maxLookaheadDays`, public.

use booking::ids::{EhrSystem, VisitType};

use crate::json;
use crate::request::{Call, Request};

/// The longest look-ahead to accept, in days. No schedule is open for longer; a larger number is read as this
/// one, so that no date computed from it can overflow.
const LONGEST: u32 = 3650;

/// Reads how many days ahead, counted from today on the clinic's calendar, a visit type can be booked.
pub struct MaxLookahead {
    /// The visit type.
    pub visit_type: VisitType,
    /// The EHR system.
    pub ehr: EhrSystem,
}

impl Call for MaxLookahead {
    type Answer = u32;

    fn request(&self) -> Request {
        let query = vec![
            ("visitTypeName", self.visit_type.as_str().into()),
            ("epicInstanceName", self.ehr.as_str().into()),
        ];
        Request::public("/v2/lookups/maxLookaheadDays".into(), query)
    }

    fn read(&self, body: &[u8]) -> Option<u32> {
        let days = json::integer(&json::parse(body)?, "maxLookaheadDays").filter(|days| *days >= 0)?;
        Some(u32::try_from(days).unwrap_or(LONGEST).min(LONGEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::wire;

    fn flu_shot() -> MaxLookahead {
        MaxLookahead {
            visit_type: VisitType::new("Flu Shot"),
            ehr: EhrSystem::new("org.northlake.epic.main"),
        }
    }

    #[test]
    fn the_request() {
        assert_eq!(
            wire(&flu_shot()),
            "GET https://api.example/v2/lookups/maxLookaheadDays?visitTypeName=Flu%20Shot&epicInstanceName=org.northlake.epic.main&product=findadoctor (public)"
        );
    }

    #[test]
    fn days_are_a_whole_number_that_dates_can_bear() {
        let read = |json: &str| flu_shot().read(format!(r#"{{"maxLookaheadDays":{json}}}"#).as_bytes());
        for (sent, days) in [
            ("90", 90),
            (r#""90""#, 90),
            ("90.0", 90),
            ("0", 0),
            ("4000", 3650),
            ("9007199254740992", 3650),
            ("9223372036854775807", 3650),
        ] {
            assert_eq!(read(sent), Some(days), "{sent}");
        }
        for bad in ["-1", "null", "[]", r#""soon""#, "1e300", "1e999"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        for bad in ["{}", "90", "null", "", "<html>"] {
            assert_eq!(flu_shot().read(bad.as_bytes()), None, "{bad}");
        }
    }
}
