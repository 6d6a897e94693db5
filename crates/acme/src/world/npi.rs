//! National Provider Identifiers: ten digits, the last a Luhn check digit over the number prefixed with 80840.

/// The NPI whose first nine digits are `stem`.
pub fn with_check_digit(stem: u32) -> String {
    let digits = format!("80840{stem:09}");
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            // The check digit is appended on the right, so here the last digit is the first to be doubled.
            if place % 2 == 0 { (digit * 2) / 10 + (digit * 2) % 10 } else { digit }
        })
        .sum();
    format!("{stem:09}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::with_check_digit;

    #[test]
    fn the_check_digit_of_the_standards_own_example_is_three() {
        assert_eq!(with_check_digit(123_456_789), "1234567893");
    }
}
