//! The formats that Acme requires of field values (API reference §1.9, §2.41, Appendix C).

use chrono::NaiveDate;
use regex::Regex;

/// The expression for email addresses that Acme publishes (API reference §2.41), also valid in JavaScript. Unlike the
/// SDK's built-in rule it allows hyphens in a domain.
pub const EMAIL: &str = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,64}$";

const PHONE: &str = r"^1? ?\(?[2-9][0-8][0-9]\)?[ -]?[2-9][0-9]{2}[ -]?[0-9]{4}$";
const POSTAL_CODE: &str = r"^[0-9]{5}(-[0-9]{4})?$";
const LAST_FOUR: &str = r"^[0-9]{4}$";

/// Relationships of the actor to the patient, in their exact spelling.
pub const RELATIONSHIPS: [&str; 22] = [
    "Mother",
    "Father",
    "Grand parent",
    "Step parent",
    "Foster parent",
    "Legal guardian",
    "Relative",
    "Non relative",
    "Brother",
    "Sister",
    "Daughter",
    "Son",
    "Friend",
    "Grand child",
    "Spouse",
    "Significant other",
    "Case manager",
    "Domestic partner",
    "Employer",
    "Patient refused",
    "Power of attorney",
    "Surrogate or proxy",
];

/// Genders, in their exact spelling, of the calls with a published document (API reference §2.27, §2.28).
pub const GENDERS: [&str; 5] = ["male", "female", "other", "unknown", "nonbinary"];

/// Genders of the other calls: a patient's details (API reference §2.19, column Write), and the actor of a booking.
pub const WRITABLE_GENDERS: [&str; 4] = ["male", "female", "other", "unknown"];

/// The values of a name's field `use`.
pub const NAME_USES: [&str; 7] = ["usual", "official", "temp", "nickname", "anonymous", "old", "maiden"];

/// The compiled expressions of the formats.
pub struct Rules {
    email: Regex,
    phone: Regex,
    postal_code: Regex,
    last_four: Regex,
}

impl Rules {
    /// Compiles the expressions.
    pub fn new() -> Result<Self, regex::Error> {
        Ok(Self {
            email: Regex::new(EMAIL)?,
            phone: Regex::new(PHONE)?,
            postal_code: Regex::new(POSTAL_CODE)?,
            last_four: Regex::new(LAST_FOUR)?,
        })
    }

    /// Whether a text is an email address by [`EMAIL`].
    pub fn is_email(&self, text: &str) -> bool {
        self.email.is_match(text)
    }

    /// Whether a text is a North American phone number.
    pub fn is_phone(&self, text: &str) -> bool {
        self.phone.is_match(text)
    }

    /// Whether a text is a ZIP code: five digits or five and four, from 00501 on.
    pub fn is_postal_code(&self, text: &str) -> bool {
        self.postal_code.is_match(text) && text.get(..5).is_some_and(|five| five >= "00501")
    }

    /// Whether a text can be the last four digits of a social security number.
    pub fn is_last_four(&self, text: &str) -> bool {
        self.last_four.is_match(text)
    }
}

/// Reads a date as `YYYY-MM-DD`, with every digit present.
pub fn date(text: &str) -> Option<NaiveDate> {
    let has_the_form = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if has_the_form { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None }
}

/// Whether a text is a hyphenated GUID, in either case.
pub fn is_guid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{Rules, date, is_guid};

    #[test]
    fn phones_are_north_american_numbers() {
        let rules = Rules::new().expect("rules");
        for good in ["2065550188", "206-555-0188", "(206) 555-0188", "1 206 555 0188", "12065550188"] {
            assert!(rules.is_phone(good), "{good}");
        }
        for bad in ["1065550188", "206555018", "2961550188", "206-555-01888", "555-0188", "+12065550188"] {
            assert!(!rules.is_phone(bad), "{bad}");
        }
    }

    #[test]
    fn postal_codes_start_at_00501() {
        let rules = Rules::new().expect("rules");
        assert!(rules.is_postal_code("00501") && rules.is_postal_code("98101-1234"));
        assert!(
            !rules.is_postal_code("00500")
                && !rules.is_postal_code("9810")
                && !rules.is_postal_code("98101-12")
        );
    }

    #[test]
    fn dates_and_guids_are_written_in_full() {
        assert!(date("2017-06-30").is_some() && date("2017-6-30").is_none() && date("2017-02-30").is_none());
        assert!(
            is_guid("7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11") && !is_guid("7b0f6d7e2b1c4c7d9a553f1f0f6a2c11")
        );
    }
}
