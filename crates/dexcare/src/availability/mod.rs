//! Searches around a place, which DexCare calls Care Options (API reference §2.11–2.13), and the request body
//! that the two POST calls share.

use booking::search::{Search, SearchCentre};
use serde::Serialize;

use crate::value::NumberBody;

pub mod options;
pub mod visit_types;

/// The search as a request body. [`options`] also sends visit types, new or established patient, and dates.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SearchBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    postal_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latitude: Option<NumberBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    longitude: Option<NumberBody>,
    radius: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    visit_type_names: Option<&'a [&'a str]>,
    /// A list of clinic types (Q28). The search has them as one text, separated by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    clinic_types: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    specialty: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    gender: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    new_or_established_patient: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    start_date: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    end_date: &'a str,
}

impl<'a> SearchBody<'a> {
    /// Fills in the members that both POST calls send, and leaves the others empty.
    fn new(search: &'a Search) -> Self {
        let (mut postal_code, mut latitude, mut longitude) = (None, None, None);
        match &search.around {
            Some(SearchCentre::Zip(zip)) => postal_code = Some(&**zip),
            Some(SearchCentre::Point(north, east)) => {
                latitude = Some(NumberBody(degrees(*north)));
                longitude = Some(NumberBody(degrees(*east)));
            }
            None => {}
        }
        let names = |types: &'a String| types.split(',').map(str::trim).filter(|name| !name.is_empty());
        Self {
            postal_code,
            latitude,
            longitude,
            radius: radius(search),
            visit_type_names: None,
            clinic_types: search.clinic_type.as_ref().map(|types| names(types).collect()),
            specialty: search.specialty.as_deref().unwrap_or_default(),
            gender: search.gender.as_deref().unwrap_or_default(),
            new_or_established_patient: "",
            start_date: "",
            end_date: "",
        }
    }
}

/// The radius in miles, limited to what the API accepts.
fn radius(search: &Search) -> u16 {
    search.radius.clamp(1, 100)
}

/// Hundredths of a degree as a decimal number: `-12238` is `-122.38`.
fn degrees(hundredths: i32) -> String {
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    let sign = if hundredths < 0 { "-" } else { "" };
    let zero = if part < 10 { "0" } else { "" };
    [sign, &whole.to_string(), ".", zero, &part.to_string()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_have_two_decimals_and_their_sign() {
        for (hundredths, text) in [
            (4767, "47.67"),
            (4709, "47.09"),
            (4710, "47.10"),
            (-12_238, "-122.38"),
            (-5, "-0.05"),
            (0, "0.00"),
            (9000, "90.00"),
            (-18_000, "-180.00"),
            (1, "0.01"),
        ] {
            assert_eq!(degrees(hundredths), text);
        }
    }
}
