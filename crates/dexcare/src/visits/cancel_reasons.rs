//! Why a clinic visit may be cancelled (API reference §2.37): GET `/api/7/visits/retail/cancel/reasons/{brand}`, public.

use booking::visits::CancelReason;

use crate::json::{self, Value};
use crate::request::{Call, Request, path};

/// Reads the reasons a brand lets its patients choose from.
///
/// ```
/// use dexcare::{Call, CancelReasons};
///
/// let call = CancelReasons { brand: "northlake".into() };
/// assert_eq!(call.request().path, "/api/7/visits/retail/cancel/reasons/northlake");
///
/// // The second reason has no words that a patient could choose.
/// let body = br#"[{"stringCode": "patientFeelsBetter", "clientText": "Feeling better"}, {"stringCode": "other"}]"#;
/// let reasons = call.read(body).ok_or("not a list")?;
/// assert_eq!(reasons.len(), 1);
/// assert_eq!(reasons[0].label, "Feeling better");
/// assert!(call.read(br#"{"error": "no such brand"}"#).is_none());
/// # Ok::<(), &str>(())
/// ```
pub struct CancelReasons {
    /// The brand whose reasons are read.
    pub brand: String,
}

impl Call for CancelReasons {
    /// In the order of the response; a row without a code or a label is left out.
    type Answer = Vec<CancelReason>;

    fn request(&self) -> Request {
        Request::public_visit(path("/api/7/visits/retail/cancel/reasons/", &self.brand, ""), Vec::new())
    }

    fn read(&self, body: &[u8]) -> Option<Vec<CancelReason>> {
        let Some(Value::List(rows)) = json::parse(body) else { return None };
        Some(reasons(&rows, "stringCode", "clientText"))
    }
}

/// The reasons in these rows. `code` and `label` are the names of the members that contain code and label.
pub(crate) fn reasons(rows: &[Value<'_>], code: &str, label: &str) -> Vec<CancelReason> {
    let reason =
        |row| Some(CancelReason { code: json::id(row, code)?.into(), label: json::some_text(row, label)? });
    rows.iter().filter_map(reason).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::wire;

    fn northlake() -> CancelReasons {
        CancelReasons { brand: "northlake".into() }
    }

    #[test]
    fn the_request_names_the_brand() {
        assert_eq!(
            wire(&northlake()),
            "GET https://visit.example/api/7/visits/retail/cancel/reasons/northlake?product=findadoctor (public)"
        );
    }

    #[test]
    fn reasons_have_a_code_and_words() {
        let body = br#"[{"clientText":"Feeling better","stringCode":"patientFeelsBetter"},null,7,{},{"clientText":"x"},
            {"stringCode":"y"},{"clientText":" ","stringCode":"z"},{"clientText":"Other","stringCode":9}]"#;
        let reason = |code: &str, label: &str| CancelReason { code: code.into(), label: label.into() };
        assert_eq!(
            northlake().read(body),
            Some(vec![reason("patientFeelsBetter", "Feeling better"), reason("9", "Other")])
        );
        assert_eq!(northlake().read(b"[]"), Some(Vec::new()));
        for bad in ["", "{}", "null", "<html>"] {
            assert_eq!(northlake().read(bad.as_bytes()), None, "{bad}");
        }
    }
}
