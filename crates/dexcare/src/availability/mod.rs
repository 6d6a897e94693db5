//! Care Options: clinics and clinicians around a place (API reference §2.11–2.13), and how both calls say what is looked
//! for.

use booking::search::{Around, Search};

use crate::write::Body;

pub mod offered;
pub mod options;

/// What is looked for, as members of a query or a body. Several clinic types stand separated by commas; the body wants
/// them as a list, under a name in the plural (Q28).
fn write_search(search: &Search, body: &mut Body) {
    match &search.around {
        Some(Around::Zip(zip)) => body.text("postalCode", zip),
        Some(Around::Point(latitude, longitude)) => {
            body.json("latitude", &degrees(*latitude));
            body.json("longitude", &degrees(*longitude));
        }
        None => {}
    }
    body.json("radius", &radius(search));
}

/// The filters that a body has after the visit types.
fn write_filters(search: &Search, body: &mut Body) {
    if let Some(clinic_types) = &search.clinic_type {
        let types: Vec<&str> =
            clinic_types.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        body.texts("clinicTypes", &types);
    }
    body.text_if_any("specialty", search.specialty.as_deref().unwrap_or_default());
    body.text_if_any("gender", search.gender.as_deref().unwrap_or_default());
}

/// Miles within what the API takes.
fn radius(search: &Search) -> String {
    search.radius.clamp(1, 100).to_string()
}

/// Hundredths of a degree as a decimal: `-12238` is `-122.38`.
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
