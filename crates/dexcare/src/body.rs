//! What request bodies have in common: how a body becomes JSON, addresses, and phone numbers.

use booking::place::Address;
use serde::Serialize;

/// Serializes a request body.
///
/// `serde_json` reports an error only when a map's key is no text or when a type's own `Serialize` reports one. Bodies are
/// structs of texts, numbers, flags and lists, so neither happens. If it ever did, the body would be empty and the API would
/// reject the request.
pub(crate) fn to_json(body: &impl Serialize) -> String {
    serde_json::to_string(body).unwrap_or_default()
}

/// The members of an address (API reference §1.9).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AddressBody<'a> {
    line1: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    line2: &'a str,
    city: &'a str,
    state: &'a str,
    postal_code: &'a str,
}

impl<'a> From<&'a Address> for AddressBody<'a> {
    fn from(address: &'a Address) -> Self {
        Self {
            line1: &address.line1,
            line2: &address.line2,
            city: &address.city,
            state: &address.state,
            postal_code: &address.postal_code,
        }
    }
}

/// The ASCII digits of a phone number (API reference Q47).
pub(crate) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn only_what_json_forbids_is_escaped() {
        let line1 = "\"quoted\" \\ back\nline\ttab\u{1}\u{1f}\u{7f} é 🩺 \u{2028} </script>".into();
        let address = Address { line1, ..Address::default() };
        assert_eq!(
            to_json(&AddressBody::from(&address)),
            concat!(
                "{\"line1\":\"\\\"quoted\\\" \\\\ back\\nline\\ttab\\u0001\\u001f\u{7f} é 🩺 \u{2028} </script>\",",
                r#""city":"","state":"","postalCode":""}"#,
            )
        );
    }

    #[test]
    fn a_phone_number_keeps_its_ascii_digits_only() {
        assert_eq!(digits("+1 (206) 555-0188 ٣"), "12065550188");
        assert_eq!(digits("ask me"), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_text_is_read_back_the_same(line1 in "(?s).*", line2 in "(?s).+") {
            let address = Address { line1: line1.clone(), line2: line2.clone(), ..Address::default() };
            let read: Value = serde_json::from_str(&to_json(&AddressBody::from(&address))).unwrap();
            let wanted = json!({"line1": line1, "line2": line2, "city": "", "state": "", "postalCode": ""});
            prop_assert_eq!(read, wanted);
        }
    }
}
