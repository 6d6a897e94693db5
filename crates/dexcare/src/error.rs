//! What an error response means. The status decides first, then a marker anywhere in the body: error bodies have no
//! common shape (API reference §1.7), so nothing here depends on one. The server's words are never shown to a patient.

use booking::outcome::{ApiError, Outcome, Refusal};

use crate::json::{self, Value};

/// Why a read, or the saving of a patient's record, failed, from a status that is not 2xx.
pub fn api_error(status: u16) -> ApiError {
    match status {
        401 => ApiError::SignedOut,
        404 => ApiError::NotFound,
        423 => ApiError::Locked,
        408 | 429 | 499..=599 => ApiError::Server,
        _ => ApiError::Rejected,
    }
}

/// Whether a status that is not 2xx means that the host certainly did not carry out a write: true for any 4xx
/// except 408 and 499. These two report a request that was abandoned half way, often by a gateway that had
/// already passed it on. (A host that answers 425 has not tried the request, and one that answers 429 has not
/// processed it.) Bookings and cancels follow the same rule.
fn is_refusal(status: u16) -> bool {
    matches!(status, 400..=499) && !matches!(status, 408 | 499)
}

/// Why a cancel failed, from a status that is not 2xx (API reference §2.32–2.34, §2.38). [`ApiError::Server`]:
/// the host may have carried out the cancel, so the widget never sends it again. Any other error: the host did
/// not carry it out.
pub fn cancel_error(status: u16) -> ApiError {
    match status {
        status if !is_refusal(status) => ApiError::Server,
        // The host processed nothing, so the cancel was refused. (A read with this status is `Server`, and is
        // retried.)
        429 => ApiError::Rejected,
        status => api_error(status),
    }
}

/// The outcome of a booking that was not answered with a 2xx (API reference §2.25, §2.26).
///
/// ```
/// use booking::outcome::{Outcome, Refusal};
/// use dexcare::booking_outcome;
///
/// let taken = br#"{"error": "SlotUnavailable", "message": "The slot was booked at 15:02."}"#;
/// assert_eq!(booking_outcome(409, taken), Outcome::Refused(Refusal::SlotTaken));
/// assert_eq!(booking_outcome(409, b""), Outcome::Refused(Refusal::UnknownConflict));
/// // The visit may have been booked: the machines never send this booking again.
/// assert_eq!(booking_outcome(503, b"<html>"), Outcome::Unknown);
/// assert_eq!(booking_outcome(408, b""), Outcome::Unknown);
/// ```
pub fn booking_outcome(status: u16, body: &[u8]) -> Outcome {
    if !is_refusal(status) {
        return Outcome::Unknown;
    }
    let body = ErrorBody::new(body);
    Outcome::Refused(match status {
        400 if body.says("Patient has no links") => Refusal::NoLinks,
        401 => Refusal::SignedOut,
        404 if body.says("Patient not found") => Refusal::PatientNotFound,
        409 if body.says("SlotUnavailable") => Refusal::SlotTaken,
        409 if body.says("PatientDoubleBooked") => Refusal::DoubleBooked,
        409 => Refusal::UnknownConflict,
        // The API documents 412 for clinicians' slots only, but for a clinic's slot it cannot mean anything else.
        412 => Refusal::NotOnPanel,
        423 => Refusal::AccountLocked,
        429 => Refusal::Busy,
        _ => Refusal::Rejected,
    })
}

/// The body of an error response, in any of the envelopes E1–E10 (API reference §1.7). Every key is optional, and the
/// body need not be JSON.
#[derive(Clone, Copy)]
pub struct ErrorBody<'a> {
    raw: &'a [u8],
}

impl<'a> ErrorBody<'a> {
    /// Keeps the bytes as they came.
    pub fn new(raw: &'a [u8]) -> Self {
        Self { raw }
    }

    /// Whether the marker is anywhere in the body, under any key or none.
    pub fn says(self, marker: &str) -> bool {
        self.raw.windows(marker.len()).any(|part| part == marker.as_bytes())
    }

    /// The server's message (`error`, `message` or `msg`), else the raw text, for diagnostics. It is cleaned and cut
    /// after 300 characters, and never shown to a patient.
    pub fn message(self) -> String {
        let envelope = self.envelope();
        ["error", "message", "msg"]
            .into_iter()
            .find_map(|key| json::some_text(&envelope, key))
            .unwrap_or_else(|| crate::text::clean(&String::from_utf8_lossy(self.raw)))
    }

    /// The error's `code`, else its `errorCode`, as text.
    pub fn code(self) -> Option<String> {
        let envelope = self.envelope();
        json::some_text(&envelope, "code").or_else(|| json::some_text(&envelope, "errorCode"))
    }

    /// The gateway's `request_id`, for a report to the health system.
    pub fn request_id(self) -> Option<String> {
        json::some_text(&self.envelope(), "request_id")
    }

    fn envelope(self) -> Value<'a> {
        json::parse(self.raw).unwrap_or(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use booking::outcome::Refusal as R;

    use super::*;

    /// Every error envelope of API reference §1.7, and bodies that are no envelope. `@` stands for the server's text.
    const ENVELOPES: [&str; 17] = [
        r#"{"error":"@"}"#,
        r#"{"error":"@","code":"BAD"}"#,
        r#"{"error":"The booking failed","code":"@"}"#,
        r#"{"message":"@","errorCode":40001}"#,
        r#"{"message":"@","status":409}"#,
        r#"{"message":"@"}"#,
        r#"{"message":"@","request_id":"6d1f#3"}"#,
        r#"{"msg":"@"}"#,
        r#"{"code":"C","message":"m","details":{"why":[{"reason":"@"}]}}"#,
        "@",
        "EHR said: @ (see log)",
        "<html><body>@</body></html>",
        r#"["@"]"#,
        r#""@""#,
        r#"{"error":{"nested":{"text":"@"}}}"#,
        r#"{"error":"@"#,
        "\u{feff}{\"error\":null,\"message\":\"@\"}",
    ];

    fn refused(status: u16, body: &[u8]) -> Option<Refusal> {
        match booking_outcome(status, body) {
            Outcome::Refused(why) => Some(why),
            Outcome::Unknown => None,
            Outcome::Booked(_) => panic!("a status that is not 2xx books nothing"),
        }
    }

    #[test]
    fn a_marker_counts_in_any_envelope_with_its_own_status() {
        let mut told = 0;
        for (status, marker, why) in [
            (400, "Patient has no links", R::NoLinks),
            (404, "Patient not found", R::PatientNotFound),
            (409, "SlotUnavailable", R::SlotTaken),
            (409, "PatientDoubleBooked", R::DoubleBooked),
            (409, "UnknownAppointmentConflict", R::UnknownConflict),
        ] {
            for envelope in ENVELOPES {
                let body = envelope.replace('@', &format!("Sorry. {marker}: no"));
                assert_eq!(refused(status, body.as_bytes()), Some(why), "{status} {body}");
                let mut broken = body.into_bytes();
                broken.extend(b"\xff\xfe");
                assert_eq!(refused(status, &broken), Some(why), "{status} with bad UTF-8");
                told += 2;
            }
        }
        assert_eq!(told, 170);
    }

    #[test]
    fn without_its_marker_a_status_still_has_a_meaning() {
        for envelope in ENVELOPES {
            let body = envelope.replace('@', "slotunavailable, patient Not Found");
            for (status, why) in [
                (400, Some(R::Rejected)),
                (401, Some(R::SignedOut)),
                (403, Some(R::Rejected)),
                (404, Some(R::Rejected)),
                (405, Some(R::Rejected)),
                (408, None),
                (409, Some(R::UnknownConflict)),
                (412, Some(R::NotOnPanel)),
                (413, Some(R::Rejected)),
                (422, Some(R::Rejected)),
                (423, Some(R::AccountLocked)),
                (425, Some(R::Rejected)),
                (429, Some(R::Busy)),
                (432, Some(R::Rejected)),
                (499, None),
                (500, None),
                (502, None),
                (503, None),
                (504, None),
                (0, None),
                (100, None),
                (200, None),
                (302, None),
                (304, None),
                (600, None),
                (u16::MAX, None),
            ] {
                assert_eq!(refused(status, body.as_bytes()), why, "{status} {body}");
            }
        }
    }

    #[test]
    fn a_marker_of_another_status_changes_nothing() {
        let body = b"SlotUnavailable Patient has no links Patient not found PatientDoubleBooked";
        for (status, why) in [
            (401, Some(R::SignedOut)),
            (412, Some(R::NotOnPanel)),
            (423, Some(R::AccountLocked)),
            (500, None),
            (503, None),
        ] {
            assert_eq!(refused(status, body), why, "{status}");
        }
        assert_eq!(refused(409, b"Patient has no links"), Some(R::UnknownConflict));
        assert_eq!(refused(400, b"SlotUnavailable"), Some(R::Rejected));
        assert_eq!(refused(404, b"Patient has no links"), Some(R::Rejected));
        assert_eq!(refused(409, b""), Some(R::UnknownConflict), "E10: an empty body");
    }

    #[test]
    fn a_read_fails_for_one_of_five_reasons() {
        use ApiError::{Locked, NotFound, Rejected, Server, SignedOut};
        for (status, why) in [
            (400, Rejected),
            (401, SignedOut),
            (403, Rejected),
            (404, NotFound),
            (408, Server),
            (409, Rejected),
            (423, Locked),
            (429, Server),
            (432, Rejected),
            (499, Server),
            (500, Server),
            (502, Server),
            (503, Server),
            (504, Server),
            (599, Server),
            (302, Rejected),
            (0, Rejected),
        ] {
            assert_eq!(api_error(status), why, "{status}");
        }
    }

    #[test]
    fn a_cancel_is_unknown_by_the_same_statuses_as_a_booking() {
        for status in (0..200).chain(300..=u16::MAX) {
            let is_booking_unknown = booking_outcome(status, b"") == Outcome::Unknown;
            // The state machines treat these two errors as an unknown outcome; after any other, the patient may cancel
            // again.
            let is_cancel_unknown = matches!(cancel_error(status), ApiError::Network | ApiError::Server);
            assert_eq!(is_cancel_unknown, is_booking_unknown, "{status}");
        }
        for (status, error) in [
            (0, ApiError::Server),
            (302, ApiError::Server),
            (400, ApiError::Rejected),
            (401, ApiError::SignedOut),
            (404, ApiError::NotFound),
            (408, ApiError::Server),
            (409, ApiError::Rejected),
            (423, ApiError::Locked),
            (425, ApiError::Rejected),
            (429, ApiError::Rejected),
            (499, ApiError::Server),
            (503, ApiError::Server),
        ] {
            assert_eq!(cancel_error(status), error, "{status}");
        }
    }

    #[test]
    fn an_envelope_gives_its_words_its_code_and_its_request_id() {
        for (body, message, code, request) in [
            (r#"{"error":"No such visit"}"#, "No such visit", None, None),
            (
                r#"{"error":"visitReason is required","code":"PATIENT_RECORD_NOT_FOUND"}"#,
                "visitReason is required",
                Some("PATIENT_RECORD_NOT_FOUND"),
                None,
            ),
            (r#"{"message":"Invalid","errorCode":40001}"#, "Invalid", Some("40001"), None),
            (r#"{"message":"Unauthorized","status":401}"#, "Unauthorized", None, None),
            (
                r#"{"message":"no Route matched","request_id":"6d1f#3"}"#,
                "no Route matched",
                None,
                Some("6d1f#3"),
            ),
            (r#"{"msg":"bad report"}"#, "bad report", None, None),
            (r#"{"code":"C1","message":"m","details":{"a":[1]}}"#, "m", Some("C1"), None),
            (r#"{"error":null,"message":7,"code":null,"errorCode":"E"}"#, "7", Some("E"), None),
            ("upstream\u{202e} connect error\n", "upstream connect error", None, None),
            ("", "", None, None),
            (r#"{"error":{"x":1}}"#, r#"{"error":{"x":1}}"#, None, None),
        ] {
            let error = ErrorBody::new(body.as_bytes());
            assert_eq!(error.message(), message, "{body}");
            assert_eq!(error.code().as_deref(), code, "{body}");
            assert_eq!(error.request_id().as_deref(), request, "{body}");
        }
        assert_eq!(ErrorBody::new(b"\xffcut").message(), "\u{fffd}cut");
        assert_eq!(ErrorBody::new(&b"x".repeat(100_000)).message().len(), 300);
    }
}
