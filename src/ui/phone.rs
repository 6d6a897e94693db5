//! What a phone dials for a number as a health system writes it.

/// The `tel:` address of the first number in a text. An extension or a second number is left out. `None` if the text
/// holds neither a number of North America nor one with `+` and its country, or if digits stand in parentheses behind a
/// `+`, which are dialled only within the country.
pub fn link(text: &str) -> Option<String> {
    let from = text.find(|c: char| c == '+' || c.is_ascii_digit())?;
    let number =
        text[from..].split(|c: char| c.is_ascii_alphabetic() || "/,;".contains(c)).next().unwrap_or_default();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let country = match (digits.len(), digits.starts_with('1'), number.starts_with('+')) {
        (8..=15, false, true) if !number.contains("(0") => "tel:+",
        (11, true, _) => "tel:+",
        (10, _, false) => "tel:+1",
        _ => return None,
    };
    Some([country, &digits].concat())
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn only_a_number_that_is_certain_can_be_dialled() {
        for (text, dials) in [
            ("206-555-0142", Some("tel:+12065550142")),
            ("2065550142", Some("tel:+12065550142")),
            ("(206) 555-0142", Some("tel:+12065550142")),
            ("1-206-555-0142", Some("tel:+12065550142")),
            ("+1 206 555 0142", Some("tel:+12065550142")),
            ("+44 20 7946 0000", Some("tel:+442079460000")),
            ("206-555-0142 ext. 12", Some("tel:+12065550142")),
            ("206.555.0142x3", Some("tel:+12065550142")),
            ("206-555-0142;ext=12", Some("tel:+12065550142")),
            ("(206) 555-0142 or 0143", Some("tel:+12065550142")),
            ("206-555-0142 / 206-555-0143", Some("tel:+12065550142")),
            ("Front desk: 206-555-0142", Some("tel:+12065550142")),
            ("555-0142", None),
            ("1-888-227-DOCS", None),
            ("206-555-0142 206-555-0143", None),
            ("20655501421", None),
            ("+1 555", None),
            ("+1 206 555 0142 (24 hours)", None),
            ("+1 206-555-0142 206-555-0143", None),
            ("+44 (0)20 7946 0000", None),
            ("call us", None),
            ("", None),
        ] {
            assert_eq!(link(text).as_deref(), dials, "{text}");
        }
    }
}
