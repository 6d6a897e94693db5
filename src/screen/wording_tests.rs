//! Tests which ages a visit type is said to be for, with the texts of both packs.

use std::collections::BTreeMap;

use super::*;

/// A pack's text for a range. `Intl`, which [`ages_below`] uses for plural forms and numbers, is only in a browser.
fn text(lang: &str, range: AgeRange, most: u32) -> String {
    let file = [env!("CARGO_MANIFEST_DIR"), "/locales/", lang, ".json"].concat();
    let pack: BTreeMap<String, String> =
        serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let words = Words::new(lang, pack.into_iter().collect());
    let Some((key, counted, AgeRange { min, max, .. })) = ages_key(range, most) else { return "-".into() };
    match counted {
        Some(number) => {
            let form = if number == 1 { ".one" } else { ".other" };
            words.with(&[key, form].concat(), &[("n", &number.to_string())])
        }
        None => words.with(key, &[("min", &min.to_string()), ("max", &max.to_string())]),
    }
}

#[test]
fn ages_are_said_as_people_say_them() {
    use AgeUnit::{Day, Month, Year};
    for (min, max, unit, most, english, spanish) in [
        (0, 120, Year, 100, "-", "-"),
        (18, 120, Year, 100, "Ages 18 and older", "A partir de 18 años"),
        (1, 999, Year, 100, "Age 1 and older", "A partir de 1 año"),
        (0, 17, Year, 100, "Ages 17 and younger", "Hasta 17 años de edad"),
        (18, 64, Year, 100, "Ages 18 to 64", "De 18 a 64 años"),
        (12, 12, Year, 100, "Age 12", "12 años de edad"),
        (1, 1, Year, 100, "Age 1", "1 año de edad"),
        (0, 0, Year, 100, "Up to 11 months old", "Hasta 11 meses de edad"),
        (0, 11, Month, 100, "Up to 11 months old", "Hasta 11 meses de edad"),
        (0, 1, Month, 100, "Up to 1 month old", "Hasta 1 mes de edad"),
        (12, 23, Month, 100, "Ages 12 to 23 months", "De 12 a 23 meses de edad"),
        (0, 23, Month, 100, "Up to 23 months old", "Hasta 23 meses de edad"),
        (0, 24, Month, 100, "Up to 24 months old", "Hasta 24 meses de edad"),
        (24, 35, Month, 100, "Age 2", "2 años de edad"),
        (24, 215, Month, 100, "Ages 2 to 17", "De 2 a 17 años"),
        (144, 155, Month, 100, "Age 12", "12 años de edad"),
        (6, 1440, Month, 100, "6 months and older", "A partir de 6 meses de edad"),
        (216, 1440, Month, 100, "Ages 18 and older", "A partir de 18 años"),
        (3, 60, Day, 100, "Ages 3 to 60 days", "De 3 a 60 días de edad"),
        // A maximum that the list of visit types leaves out, and that the flaw of a person of 101 names.
        (0, 100, Year, 100, "-", "-"),
        (0, 100, Year, 120, "Ages 100 and younger", "Hasta 100 años de edad"),
        (18, 105, Year, 120, "Ages 18 to 105", "De 18 a 105 años"),
        (0, 1211, Month, 120, "Ages 100 and younger", "Hasta 100 años de edad"),
        (18, 120, Year, 120, "Ages 18 and older", "A partir de 18 años"),
        (6, 1440, Month, 120, "6 months and older", "A partir de 6 meses de edad"),
        (0, u32::MAX, Month, 120, "-", "-"),
    ] {
        let range = AgeRange { min, max, unit };
        assert_eq!(text("en", range, most), english, "{min} to {max}");
        assert_eq!(text("es", range, most), spanish, "{min} to {max}");
    }
}
