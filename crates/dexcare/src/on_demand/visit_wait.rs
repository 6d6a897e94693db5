//! The remaining wait of a visit that the patient has joined (API reference §2.30): GET
//! `/api/9/visits/{visitId}/waittime`, with the patient's token.

use booking::ids::VisitId;
use booking::on_demand::{VisitWait, WaitRange};

use super::{instant, seconds};
use crate::json::{self, Value};
use crate::request::{Call, Request, path};

/// Reads a visit's wait. The host answers only while the visit waits.
pub struct VisitWaitTime {
    /// The visit to read.
    pub visit: VisitId,
}

/// The longest wait that a numeric `waitTimeMapKey` can state, in minutes. A greater number (`9999`) means
/// "longer than all others", and is ignored.
const LONGEST_KEY: u32 = 120;

impl Call for VisitWaitTime {
    type Answer = VisitWait;

    fn request(&self) -> Request {
        Request::own(path("/api/9/visits/", self.visit.as_str(), "/waittime"), Vec::new())
    }

    /// Reads the bounds that the system sends, or, if it sends none, makes a range around its estimate. The
    /// system's message is not shown: it may promise an exact minute, and is in one language only.
    fn read(&self, body: &[u8]) -> Option<VisitWait> {
        let answer = json::parse(body)?;
        let info = json::field(&answer, "waitTimeLocalizationInfo");
        let key = json::id(info, "waitTimeMapKey").unwrap_or_default();
        let range = bounds(key, info)
            .or_else(|| seconds(&answer, "estimatedWaitTimeSeconds").map(WaitRange::of_seconds))?;
        Some(VisitWait {
            range,
            is_next: key == "youre_next",
            as_of: instant(&answer, "estimateGeneratedAt")?,
        })
    }
}

/// The bounds that the system sends. The key `template` comes with both bounds, in seconds. A numeric key is the
/// upper bound in minutes; keys are five minutes apart, so the lower bound is five minutes less.
fn bounds(key: &str, info: &Value<'_>) -> Option<WaitRange> {
    if key == "template" {
        let (min, max) = (seconds(info, "timeMinSeconds")?, seconds(info, "timeMaxSeconds")?);
        let range = WaitRange { from: min / 60, to: max.div_ceil(60) };
        return (min < max).then_some(range);
    }
    let to = key.parse().ok().filter(|minutes| (1..=LONGEST_KEY).contains(minutes))?;
    Some(WaitRange { from: to.saturating_sub(5), to })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::wire;

    const WAIT: &str = r#"{"estimatedWaitTimeSeconds":420,"estimateGeneratedAt":"2026-12-08T17:10:25.114Z",
      "estimatedWaitTimeMessage":"A clinician should be with you in 5 to 10 minutes",
      "waitTimeLocalizationInfo":{"modality":"virtual","waitTimeMapKey":"template","timeMinSeconds":300,"timeMaxSeconds":601}}"#;

    fn call() -> VisitWaitTime {
        VisitWaitTime { visit: VisitId::new("0f6e5c1d-9b0a-4e8c-8b1e-2a7d9c3f5e10") }
    }

    /// The range after a change in the answer; `None` when it cannot be read.
    fn range(from: &str, to: &str) -> Option<(u32, u32)> {
        assert!(WAIT.contains(from), "{from} is not in the answer");
        call().read(WAIT.replace(from, to).as_bytes()).map(|wait| (wait.range.from, wait.range.to))
    }

    #[test]
    fn the_request_carries_the_token() {
        assert_eq!(
            wire(&call()),
            "GET https://visit.example/api/9/visits/0f6e5c1d-9b0a-4e8c-8b1e-2a7d9c3f5e10/waittime?product=findadoctor (with a token)"
        );
    }

    #[test]
    fn the_systems_own_bounds_are_whole_minutes_around_the_wait() {
        let wait = call().read(WAIT.as_bytes()).unwrap();
        assert_eq!(
            wait,
            VisitWait { range: WaitRange { from: 5, to: 11 }, is_next: false, as_of: 1_796_749_825 }
        );
        assert_eq!(range("300", "0.5"), Some((0, 11)));
    }

    #[test]
    fn bounds_that_are_none_leave_the_estimate() {
        let estimated = WaitRange::of_seconds(420);
        let estimated = Some((estimated.from, estimated.to));
        for (from, to) in [
            ("300", "null"),
            ("601", "null"),
            ("300", "601"),
            ("601", "86401"),
            ("300", "-1"),
            (r#""template""#, r#""unknown""#),
            (r#""template""#, r#""NAP""#),
            (r#""template""#, r#""9999""#),
            (r#""template""#, r#""0""#),
            (r#""template""#, "null"),
            ("waitTimeLocalizationInfo", "x"),
        ] {
            assert_eq!(range(from, to), estimated, "{to}");
        }
    }

    #[test]
    fn a_numeric_key_is_the_most_minutes() {
        for (key, wanted) in [(r#""5""#, (0, 5)), (r#""30""#, (25, 30)), ("10", (5, 10)), (r#""3""#, (0, 3))]
        {
            assert_eq!(range(r#""template""#, key), Some(wanted), "{key}");
        }
    }

    #[test]
    fn who_is_next_is_told_so() {
        let next = call().read(WAIT.replace("template", "youre_next").as_bytes()).unwrap();
        assert!(next.is_next);
        assert_eq!(next.range, WaitRange::of_seconds(420));
    }

    #[test]
    fn fractions_are_cut_and_absurd_numbers_refused() {
        let bare = |sent: &str| {
            let body = format!(
                r#"{{"estimatedWaitTimeSeconds":{sent},"estimateGeneratedAt":"2026-12-08T17:10:25Z"}}"#
            );
            call().read(body.as_bytes()).map(|wait| wait.range)
        };
        assert_eq!(bare("899.97"), Some(WaitRange::of_seconds(899)));
        assert_eq!(bare("86400"), Some(WaitRange::of_seconds(86_400)));
        for absurd in ["-1", "86401", "1e3", "null", r#""soon""#, "99999999999999999999"] {
            assert_eq!(bare(absurd), None, "{absurd}");
        }
    }

    #[test]
    fn a_wait_of_no_time_is_no_answer() {
        assert_eq!(range("2026-12-08T17:10:25.114Z", "soon"), None);
        for bad in ["", "{}", "[]", "null", "<html>"] {
            assert_eq!(call().read(bad.as_bytes()), None, "{bad}");
        }
    }
}
