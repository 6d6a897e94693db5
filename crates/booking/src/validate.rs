//! The check of each entry, by the rules of Appendix C of the API reference. For e-mail, the rule of §2.41
//! replaces the built-in one once it is read.
//!
//! Each check reports a [`Flaw`]; the widget has the words for it, in the patient's language.

use chrono::NaiveDate;

use crate::patient::RELATIONSHIPS;
use crate::states;

/// The person whom an entry is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PersonRole {
    /// The account holder, who is the patient unless they book for somebody else.
    Holder,
    /// The patient, if the account holder books for somebody else.
    Patient,
    /// The person who holds the insurance, if the form asks for them.
    Insured,
}

/// A field of the patient step.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    /// What the account holder is to the patient.
    Relationship,
    /// Given name.
    Given(PersonRole),
    /// Family name.
    Family(PersonRole),
    /// Birth date: month, day and year together.
    Birth(PersonRole),
    /// Gender.
    Gender(PersonRole),
    /// E-mail, the account holder's.
    Email,
    /// Phone, the account holder's.
    Phone,
    /// Street.
    Line1(PersonRole),
    /// Town.
    City(PersonRole),
    /// State.
    State(PersonRole),
    /// ZIP code.
    Zip(PersonRole),
    /// The last four digits of the SSN, optional.
    Ssn,
    /// Reason for the visit.
    Reason,
    /// One of the host page's questions, by its position.
    Question(u8),
    /// The language of the interpreter.
    Language,
    /// How the visit is paid for.
    Pay,
    /// The insurer, from the list or typed.
    Insurer,
    /// The member id of the insurance card.
    Member,
    /// The group of the insurance card, optional.
    Group,
    /// The subscriber's id of another person's insurance, optional.
    Subscriber,
    /// A coupon.
    Coupon,
}

impl Field {
    /// The greatest number of characters that the system accepts here (API reference §1.8, §1.9); fields with a fixed
    /// form have checks of their own.
    pub const fn most(self) -> usize {
        match self {
            Self::Reason | Self::Question(_) => 500,
            Self::Group => 256,
            Self::Given(PersonRole::Insured) | Self::Family(PersonRole::Insured) | Self::Coupon => 60,
            Self::Member => 20,
            _ => 100,
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// The field is empty.
    Missing,
    /// The entry does not have the form that the field needs.
    Form,
    /// The birth date is in the future.
    Future,
    /// The birth date is too long ago for a living person.
    TooOld,
    /// The visit is not for this age.
    Age,
    /// The entry is longer than the system accepts.
    Long,
    /// The coupon does not exist.
    Unknown,
    /// The coupon is no longer valid.
    Inactive,
}

/// Whether a phone number or ZIP code may have this character anywhere: white space, a dash, or a format character,
/// which nobody sees. Contacts apps put format characters around a number, for text that runs from right to left.
fn is_spacing(c: char) -> bool {
    // From 200B to 2015: characters without a width, marks of direction, dashes. From 202A to 202E and from 2060 to
    // 2069: embeddings and isolates. 61C: the Arabic mark of direction. AD: the soft hyphen. FEFF: a character without
    // a width. The others are dashes.
    c.is_whitespace()
        || matches!(c, '-' | '\u{200b}'..='\u{2015}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{feff}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Reads a North American phone number, in any spacing and punctuation. Returns its ten digits, without a leading
/// 1.
///
/// ```
/// use booking::validate::{Flaw, phone_digits};
///
/// assert_eq!(phone_digits("+1 (206) 555-0188")?, "2065550188");
/// assert_eq!(phone_digits("206.555.0188")?, "2065550188");
///
/// assert_eq!(phone_digits("555-0188"), Err(Flaw::Form)); // no area code
/// assert_eq!(phone_digits("206-155-0188"), Err(Flaw::Form)); // no exchange begins with 1
/// assert_eq!(phone_digits(" "), Err(Flaw::Missing));
/// # Ok::<(), Flaw>(())
/// ```
pub fn phone_digits(text: &str) -> Result<String, Flaw> {
    let mut digits: String = text.chars().filter(|c| !is_spacing(*c)).collect();
    if digits.is_empty() {
        return Err(Flaw::Missing);
    }
    digits.retain(|c| !"().+/".contains(c));
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Flaw::Form);
    }
    let national = digits.strip_prefix('1').unwrap_or(&digits);
    let byte = |place: usize| national.as_bytes()[place];
    if national.len() != 10 || byte(0) < b'2' || byte(1) > b'8' || byte(3) < b'2' {
        return Err(Flaw::Form);
    }
    Ok(national.into())
}

/// Reads a ZIP code in any spacing, and returns it as `98107` or `98107-1234`. Its first five digits must be
/// `00501` or more.
pub fn zip(text: &str) -> Result<String, Flaw> {
    let digits: String = text.chars().filter(|c| !is_spacing(*c)).collect();
    if digits.is_empty() {
        return Err(Flaw::Missing);
    }
    let whole = matches!(digits.len(), 5 | 9) && digits.bytes().all(|b| b.is_ascii_digit());
    match digits.get(..5).and_then(|five| five.parse::<u32>().ok()) {
        Some(number) if whole && number >= 501 => {}
        _ => return Err(Flaw::Form),
    }
    Ok(match digits.split_at(5) {
        (five, "") => five.into(),
        (five, four) => [five, "-", four].concat(),
    })
}

/// Returns a name in the form in which names (of towns, insurers) are compared: trimmed, with ASCII letters in lower
/// case.
pub fn folded(text: &str) -> String {
    text.trim().to_ascii_lowercase()
}

/// Checks an e-mail address by the built-in rule. It accepts hyphens in the domain, since real addresses have
/// them, and since the server's own rule decides in the end (Q48).
pub fn email(text: &str) -> Result<String, Flaw> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Flaw::Missing);
    }
    let word = |part: &str, more: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    let good = text.len() <= 320
        && text.split_once('@').is_some_and(|(name, domain)| {
            word(name, "._%+-")
                && domain.rsplit_once('.').is_some_and(|(host, suffix)| {
                    word(host, ".-")
                        && (2..=64).contains(&suffix.len())
                        && suffix.bytes().all(|b| b.is_ascii_alphabetic())
                })
        });
    if good { Ok(text.into()) } else { Err(Flaw::Form) }
}

/// Makes a birth date from its three fields. The month must be a number (1–12), not a name.
///
/// ```
/// use booking::time::parse_iso_date;
/// use booking::validate::{Flaw, birth};
///
/// let today = parse_iso_date("2026-12-07").ok_or(Flaw::Form)?;
/// // Marta Okafor, as she typed it.
/// assert_eq!(birth("1979", "2", "11", today)?.to_string(), "1979-02-11");
///
/// assert_eq!(birth("79", "2", "11", today), Err(Flaw::Form));
/// assert_eq!(birth("1979", "2", "30", today), Err(Flaw::Form));
/// assert_eq!(birth("2027", "2", "11", today), Err(Flaw::Future));
/// # Ok::<(), Flaw>(())
/// ```
pub fn birth(year: &str, month: &str, day: &str, today: NaiveDate) -> Result<NaiveDate, Flaw> {
    let parts = [year.trim(), month.trim(), day.trim()];
    if parts.iter().all(|part| part.is_empty()) {
        return Err(Flaw::Missing);
    }
    let number = |text: &str, most: usize| {
        (!text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())
            .flatten()
    };
    let date = match (number(parts[0], 4), number(parts[1], 2), number(parts[2], 2)) {
        (Some(year), Some(month), Some(day)) if parts[0].len() == 4 => {
            i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        }
        _ => None,
    };
    match date {
        None => Err(Flaw::Form),
        Some(date) if date > today => Err(Flaw::Future),
        Some(date) if (today - date).num_days() > 130 * 366 => Err(Flaw::TooOld),
        Some(date) => Ok(date),
    }
}

/// Trims a required text, and checks that it is not empty and has at most `most` characters.
pub fn text(given: &str, most: usize) -> Result<String, Flaw> {
    let given = given.trim();
    match given.chars().count() {
        0 => Err(Flaw::Missing),
        count if count > most => Err(Flaw::Long),
        _ => Ok(given.into()),
    }
}

/// Trims an optional text, and checks that it has at most `most` characters.
pub fn optional(given: &str, most: usize) -> Result<String, Flaw> {
    match text(given, most) {
        Err(Flaw::Missing) => Ok(String::new()),
        other => other,
    }
}

/// Checks the account holder's relationship to the patient: it must be one of [`RELATIONSHIPS`], letter for
/// letter (API reference §1.9). A booking for somebody else without a relationship is rejected before it is sent
/// (§3.6).
pub fn relationship(given: &str) -> Result<String, Flaw> {
    match given {
        "" => Err(Flaw::Missing),
        known if RELATIONSHIPS.contains(&known) => Ok(known.into()),
        _ => Err(Flaw::Form),
    }
}

/// Returns the two-letter code of a state, from its code or its name. Two letters that are no code of
/// [`states::all`] are accepted, too: a record may have the address of a patient from abroad.
pub fn state(given: &str) -> Result<String, Flaw> {
    let given = given.trim();
    if given.is_empty() {
        return Err(Flaw::Missing);
    }
    if given.len() == 2 && given.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Ok(given.to_ascii_uppercase());
    }
    let known = states::all().find(|(_, name)| name.eq_ignore_ascii_case(given));
    known.map(|(code, _)| code.to_owned()).ok_or(Flaw::Form)
}

/// Checks the last four digits of an SSN, which may be empty.
pub fn ssn_last_four(given: &str) -> Result<Option<String>, Flaw> {
    let given = given.trim();
    match given.len() {
        0 => Ok(None),
        4 if given.bytes().all(|b| b.is_ascii_digit()) => Ok(Some(given.into())),
        _ => Err(Flaw::Form),
    }
}

#[cfg(test)]
mod tests;
