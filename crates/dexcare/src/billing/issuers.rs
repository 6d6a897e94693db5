//! The insurers that a health system accepts (API reference §2.39): GET `/api/v2/brand/{tenant}/insuranceissuers`,
//! public.

use booking::payment::Issuer;

use crate::json::{self, Value};
use crate::request::{Call, Request, path};

/// Reads the list of insurers. The path says brand, but the value is the tenant (Q38).
pub struct Issuers {
    /// The tenant whose insurers are listed.
    pub tenant: String,
}

impl Call for Issuers {
    /// The insurers, in the order of the response; empty if the system has no list. A row without a name or a payer
    /// id cannot be used, and is left out.
    type Answer = Vec<Issuer>;

    fn request(&self) -> Request {
        Request::public_visit(path("/api/v2/brand/", &self.tenant, "/insuranceissuers"), Vec::new())
    }

    fn read(&self, body: &[u8]) -> Option<Vec<Issuer>> {
        let response = json::parse_object(body)?;
        Some(json::list(&response, "insuranceIssuers")?.iter().filter_map(issuer).collect())
    }
}

/// One insurer. Its `payerId` is sent as `insurancePayorId` at booking (Q36).
fn issuer(row: &Value<'_>) -> Option<Issuer> {
    Some(Issuer { name: json::some_text(row, "name")?, payer: json::id(row, "payerId")?.into() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::wire;

    fn read(body: &str) -> Option<Vec<Issuer>> {
        Issuers { tenant: "northlake".into() }.read(body.as_bytes())
    }

    #[test]
    fn the_request_names_the_tenant() {
        assert_eq!(
            wire(&Issuers { tenant: "north lake".into() }),
            "GET https://visit.example/api/v2/brand/north%20lake/insuranceissuers?product=findadoctor (public)"
        );
    }

    #[test]
    fn the_references_own_list_is_read_in_its_order() {
        let issuers = read(
            r#"{"insuranceIssuers":[{"name":"Cascadia PPO","payerId":"NL-PPO-01"},{"name":"Evergreen\u202e HMO","payerId":77}]}"#,
        );
        let issuer = |name: &str, payer: &str| Issuer { name: name.into(), payer: payer.into() };
        assert_eq!(issuers, Some(vec![issuer("Cascadia PPO", "NL-PPO-01"), issuer("Evergreen HMO", "77")]));
    }

    #[test]
    fn no_list_is_an_empty_one_and_bad_rows_are_left_out() {
        for empty in [
            "{}",
            r#"{"insuranceIssuers":null}"#,
            r#"{"insuranceIssuers":[]}"#,
            r#"{"insuranceIssuers":[null,7,{},{"name":"Cascadia PPO"},{"payerId":"NL-PPO-01"},{"name":" ","payerId":"x"},
                {"name":"Cascadia PPO","payerId":""}]}"#,
        ] {
            assert_eq!(read(empty), Some(Vec::new()), "{empty}");
        }
        for bad in ["", "[]", "null", r#"{"insuranceIssuers":{}}"#, "<html>"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
