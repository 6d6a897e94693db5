//! How a health system lets patients cancel on-demand visits (API reference §2.35): GET `/v2/blisseyconfigs`,
//! public, on the API host.

use booking::visits::CancelRules;

use crate::json::{self, Value};
use crate::request::{Call, Request};
use crate::visits::cancel_reasons::reasons;

/// Reads the part of the waiting room's configuration that is about cancelling.
pub struct ClientConfig;

impl Call for ClientConfig {
    /// The reasons, with the languages in the order of the response; languages without a reason are left out. A
    /// cancel carries a reason only if the configuration says so.
    type Answer = CancelRules;

    fn request(&self) -> Request {
        Request::public("/v2/blisseyconfigs".into(), Vec::new())
    }

    fn read(&self, body: &[u8]) -> Option<CancelRules> {
        let config = json::parse_object(body)?;
        let flags = json::field(json::field(&config, "featureFlags"), "enablePatientCancellationWithReason");
        let mut languages = Vec::new();
        for (language, rows) in json::members(json::field(&config, "cancelWithReason"), "reasons") {
            if let Value::List(rows) = rows {
                let reasons = reasons(rows, "value", "label");
                if !reasons.is_empty() {
                    languages.push((language.clone().into_owned(), reasons));
                }
            }
        }
        Some(CancelRules {
            reasons: languages,
            video_with_reason: json::flag(flags, "video") == Some(true),
            phone_with_reason: json::flag(flags, "phone") == Some(true),
        })
    }
}

#[cfg(test)]
mod tests {
    use booking::visits::CancelReason;

    use super::*;
    use crate::request::wire;

    const CONFIG: &str = r#"{"minimumWaitTimeForWaitOffline":900,
     "cancelWithReason":{"reasons":{"en":[{"label":"Wait is too long","value":"LONG_WAIT"},{"label":"Other","value":"OTHER"}],
                                   "es":[{"label":"Otro","value":"OTHER"}],"fr":[],"de":null,"it":[null,{"label":"x"},{"value":"y"}]}},
     "blisseyPostConsultUrl":"https://visit.northlake.example/survey?visit={{visitId}}&brand={{brand}}",
     "featureFlags":{"enablePatientCancellationWithReason":{"video":true,"phone":false}}}"#;

    #[test]
    fn the_request_goes_to_the_api_host() {
        assert_eq!(
            wire(&ClientConfig),
            "GET https://api.example/v2/blisseyconfigs?product=findadoctor (public)"
        );
    }

    #[test]
    fn the_references_own_rules_are_read_whole() {
        let rules = ClientConfig.read(CONFIG.as_bytes()).unwrap();
        let reason = |code: &str, label: &str| CancelReason { code: code.into(), label: label.into() };
        assert_eq!(
            rules,
            CancelRules {
                reasons: vec![
                    ("en".into(), vec![reason("LONG_WAIT", "Wait is too long"), reason("OTHER", "Other")]),
                    ("es".into(), vec![reason("OTHER", "Otro")]),
                ],
                video_with_reason: true,
                phone_with_reason: false,
            }
        );
    }

    #[test]
    fn what_is_not_said_is_not_wanted() {
        let none = CancelRules { reasons: Vec::new(), video_with_reason: false, phone_with_reason: false };
        for empty in [
            "{}",
            r#"{"cancelWithReason":7,"featureFlags":[]}"#,
            r#"{"cancelWithReason":{"reasons":[]},"featureFlags":{"enablePatientCancellationWithReason":{"video":null}}}"#,
        ] {
            assert_eq!(ClientConfig.read(empty.as_bytes()).as_ref(), Some(&none), "{empty}");
        }
        for bad in ["", "[]", "null", "<html>"] {
            assert_eq!(ClientConfig.read(bad.as_bytes()), None, "{bad}");
        }
    }
}
