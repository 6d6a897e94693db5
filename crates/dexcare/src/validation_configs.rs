//! The server's own rule for e-mail addresses (API reference §2.41): GET `/v1/validationConfigs`, public.

use crate::json::{self, Value};
use crate::request::{Call, Request};

/// Reads the rules with which the back end checks entries.
pub struct ValidationConfigs;

impl Call for ValidationConfigs {
    /// A regular expression that an e-mail address must match; `None` if there is no such rule.
    type Answer = Option<String>;

    fn request(&self) -> Request {
        Request::public("/v1/validationConfigs".into(), Vec::new())
    }

    fn read(&self, body: &[u8]) -> Option<Self::Answer> {
        let configs = json::parse_object(body)?;
        Some(match json::field(&configs, "emailValidationRegex") {
            Value::Text(rule) if !rule.is_empty() => Some(rule.clone().into_owned()),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::wire;

    #[test]
    fn the_request() {
        assert_eq!(
            wire(&ValidationConfigs),
            "GET https://api.example/v1/validationConfigs?product=findadoctor (public)"
        );
    }

    #[test]
    fn the_rule_is_taken_as_it_is_and_may_be_missing() {
        let rule = ValidationConfigs
            .read(br#"{"emailValidationRegex":"^[a-z\\d._%+-]+@[a-z\\d.]+\\.[a-z]{2,64}$"}"#);
        assert_eq!(rule, Some(Some(r"^[a-z\d._%+-]+@[a-z\d.]+\.[a-z]{2,64}$".into())));
        for none in [
            r"{}",
            r#"{"emailValidationRegex":null}"#,
            r#"{"emailValidationRegex":""}"#,
            r#"{"emailValidationRegex":7}"#,
        ] {
            assert_eq!(ValidationConfigs.read(none.as_bytes()), Some(None), "{none}");
        }
        for bad in ["", "null", "[]", "<html>"] {
            assert_eq!(ValidationConfigs.read(bad.as_bytes()), None, "{bad}");
        }
    }
}
