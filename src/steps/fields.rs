//! The entries of the patient step: what stands in each, what is wrong with it, and what they make together.

use booking::flow::state::Board;
use booking::patient::{Demographics, Details, Gender, HumanName};
use booking::place::Address;
use booking::schedule::Time;
use booking::time::{iso_date, parse_iso_date};
use booking::validate::{self, Field, Flaw};
use chrono::{Datelike, NaiveDate};

use crate::app::Draft;

/// In the order of the form.
pub const ALL: [Field; 12] = [
    Field::Given,
    Field::Family,
    Field::Birth,
    Field::Gender,
    Field::Email,
    Field::Phone,
    Field::Line1,
    Field::City,
    Field::State,
    Field::Zip,
    Field::Ssn,
    Field::Reason,
];

/// Characters of the reason.
pub const REASON: usize = 500;
/// Characters of a name or an address line.
pub const LINE: usize = 100;

/// A record as if it had been typed.
pub fn draft_of(known: &Demographics) -> Draft {
    let born = parse_iso_date(&known.birth_date);
    let part = |part: fn(NaiveDate) -> String| born.map(part).unwrap_or_default();
    Draft {
        touched: false,
        given: known.name.given.clone(),
        family: known.name.family.clone(),
        birth_year: part(|date| date.year().to_string()),
        birth_month: part(|date| date.month().to_string()),
        birth_day: part(|date| date.day().to_string()),
        gender: known.gender.as_str().into(),
        email: known.email.clone(),
        phone: known.phone.clone(),
        line1: known.address.line1.clone(),
        line2: known.address.line2.clone(),
        city: known.address.city.clone(),
        state: known.address.state.clone(),
        zip: known.address.postal_code.clone(),
        ssn: String::new(),
        reason: String::new(),
    }
}

/// What the checks need besides the entries.
pub struct Rules<'a> {
    /// Age limits and the mail rule.
    pub board: &'a Board,
    /// The visit.
    pub time: &'a Time,
    /// On the device's calendar.
    pub today: NaiveDate,
    /// Whether a text follows the server's rule.
    pub matches: fn(&str, &str) -> bool,
}

fn born(draft: &Draft, today: NaiveDate) -> Result<NaiveDate, Flaw> {
    validate::birth(&draft.birth_year, &draft.birth_month, &draft.birth_day, today)
}

fn mail(draft: &Draft, rules: &Rules) -> Result<String, Flaw> {
    let typed = draft.email.trim();
    match &rules.board.mail_rule {
        // The server's own rule has the last word, once it has answered.
        Some(rule) if !typed.is_empty() => {
            if typed.contains('@') && (rules.matches)(rule, typed) {
                Ok(typed.into())
            } else {
                Err(Flaw::Form)
            }
        }
        _ => validate::email(typed),
    }
}

/// What is wrong with a field, if anything.
pub fn flaw(field: Field, draft: &Draft, rules: &Rules) -> Option<Flaw> {
    let text = |given: &str, most| validate::text(given, most).err();
    match field {
        Field::Given => text(&draft.given, LINE),
        Field::Family => text(&draft.family, LINE),
        Field::Birth => match born(draft, rules.today) {
            Err(flaw) => Some(flaw),
            Ok(birth) => {
                let ages = rules.board.ages(rules.time)?;
                (!ages.admits(birth, rules.time.local.date())).then_some(Flaw::Age)
            }
        },
        Field::Gender => text(&draft.gender, LINE),
        Field::Email => mail(draft, rules).err(),
        Field::Phone => validate::phone_digits(&draft.phone).err(),
        Field::Line1 => text(&draft.line1, LINE),
        Field::City => text(&draft.city, LINE),
        Field::State => validate::state(&draft.state).err(),
        Field::Zip => validate::zip(&draft.zip).err(),
        Field::Ssn => validate::ssn_last_four(&draft.ssn).err(),
        Field::Reason => text(&draft.reason, REASON),
    }
}

/// Everything together, over what the record says besides; or all that is wrong, in the order of the form.
pub fn details(
    draft: &Draft,
    known: Option<&Demographics>,
    rules: &Rules,
) -> Result<Details, Vec<(Field, Flaw)>> {
    let flaws: Vec<_> =
        ALL.into_iter().filter_map(|field| Some((field, flaw(field, draft, rules)?))).collect();
    let (Ok(birth), Ok(email), Ok(digits), Ok(state), Ok(zip), Ok(ssn), true) = (
        born(draft, rules.today),
        mail(draft, rules),
        validate::phone_digits(&draft.phone),
        validate::state(&draft.state),
        validate::zip(&draft.zip),
        validate::ssn_last_four(&draft.ssn),
        flaws.is_empty(),
    ) else {
        return Err(flaws);
    };
    let line = |typed: &str| typed.trim().to_owned();
    let known = known.cloned().unwrap_or_default();
    let demographics = Demographics {
        name: HumanName { given: line(&draft.given), family: line(&draft.family), ..known.name },
        birth_date: iso_date(birth),
        gender: Gender::from_wire(&draft.gender),
        email,
        // A number the patient left as it was stays as the record writes it.
        phone: if draft.phone == known.phone { known.phone } else { digits },
        address: Address {
            line1: line(&draft.line1),
            line2: line(&draft.line2),
            city: line(&draft.city),
            state,
            postal_code: zip,
        },
        ssn_last_four: ssn,
    };
    Ok(Details { demographics, reason: line(&draft.reason) })
}
