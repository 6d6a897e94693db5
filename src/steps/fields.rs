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

#[cfg(test)]
mod tests {
    use super::*;
    use booking::ids::{DepartmentIdentifier, Npi, ProviderId, SlotId, VisitType, VisitTypeId};
    use booking::place::{AgeRange, AgeUnit, VisitTypeOffer};
    use booking::slot::Slot;
    use booking::time::Moment;

    fn day(text: &str) -> NaiveDate {
        parse_iso_date(text).unwrap()
    }

    fn marta() -> Demographics {
        Demographics {
            name: HumanName {
                given: "Marta".into(),
                family: "Okafor".into(),
                middle: "Ada".into(),
                ..HumanName::default()
            },
            birth_date: "1979-02-11".into(),
            gender: Gender::Female,
            email: "marta.okafor@example.com".into(),
            phone: "(206) 555-0188".into(),
            address: Address {
                line1: "88 Pine St".into(),
                line2: "Apt 4".into(),
                city: "Seattle".into(),
                state: "WA".into(),
                postal_code: "98101".into(),
            },
            ssn_last_four: None,
        }
    }

    fn tuesday() -> Time {
        let at = Moment::parse("2026-12-08T15:40:00-08:00").unwrap();
        let slot = Slot {
            id: SlotId::new("c2xvdA=="),
            npi: Npi::from_wire("1234567893"),
            provider: ProviderId::new("32261"),
            place: DepartmentIdentifier::new("org.northlake.epic.main", "100210"),
            visit_type: VisitType::new("AdultPhysical"),
            visit_type_id: VisitTypeId::new("4378"),
            minutes: 20,
            at,
        };
        Time { slots: vec![slot], local: at.local(), offset: at.offset, zone: None }
    }

    fn board(min: u32, max: u32) -> Board {
        let offer = VisitTypeOffer {
            id: VisitTypeId::new("4378"),
            short_name: VisitType::new("AdultPhysical"),
            name: "Adult physical".into(),
            ages: Some(AgeRange { min, max, unit: AgeUnit::Year }),
        };
        let mut board = Board::default();
        board.visit_types = vec![offer];
        board
    }

    fn rules<'a>(board: &'a Board, time: &'a Time) -> Rules<'a> {
        Rules { board, time, today: day("2026-12-07"), matches: |_, text| text.ends_with("@example.com") }
    }

    fn with_reason(draft: Draft) -> Draft {
        Draft { reason: " sore throat ".into(), ..draft }
    }

    #[test]
    fn a_record_left_as_it_is_is_given_as_it_is() {
        let (board, time) = (board(18, 120), tuesday());
        let given =
            details(&with_reason(draft_of(&marta())), Some(&marta()), &rules(&board, &time)).ok().unwrap();
        assert!(
            given.demographics == marta(),
            "what the form does not ask for stays, the phone as the record writes it"
        );
        assert_eq!(given.reason, "sore throat");
    }

    #[test]
    fn what_is_typed_goes_out_in_the_form_the_system_takes() {
        let (board, time) = (board(18, 120), tuesday());
        let typed = Draft {
            phone: "+1 206 555 0177".into(),
            state: "wa".into(),
            zip: " 98107 1234".into(),
            given: " Ruth ".into(),
            ssn: "4821".into(),
            ..with_reason(draft_of(&marta()))
        };
        let given = details(&typed, None, &rules(&board, &time)).ok().unwrap().demographics;
        assert_eq!(given.phone, "2065550177");
        assert_eq!((given.address.state.as_str(), given.address.postal_code.as_str()), ("WA", "98107-1234"));
        assert_eq!((given.name.given.as_str(), given.name.middle.as_str()), ("Ruth", ""));
        assert_eq!(given.ssn_last_four.as_deref(), Some("4821"));
    }

    #[test]
    fn an_empty_form_is_told_in_its_own_order_and_the_ssn_is_not_missed() {
        let (board, time) = (board(0, 120), tuesday());
        let flaws = details(&Draft::default(), None, &rules(&board, &time)).err().unwrap();
        let fields: Vec<Field> = flaws.iter().map(|(field, _)| *field).collect();
        let wanted: Vec<Field> = ALL.into_iter().filter(|field| *field != Field::Ssn).collect();
        assert_eq!(fields, wanted);
        assert!(flaws.iter().all(|(_, flaw)| *flaw == Flaw::Missing));
    }

    #[test]
    fn the_age_that_counts_is_the_one_on_the_day_of_the_visit() {
        let time = tuesday();
        let born = |text: &str| draft_of(&Demographics { birth_date: text.into(), ..marta() });
        let limited = board(18, 64);
        let flaw = |text: &str| flaw(Field::Birth, &born(text), &rules(&limited, &time));
        assert_eq!(flaw("2008-12-08"), None, "18 on the very day, 17 today");
        assert_eq!(flaw("2008-12-09"), Some(Flaw::Age));
        assert_eq!(flaw("2026-12-09"), Some(Flaw::Future));
    }

    #[test]
    fn the_mail_rule_of_the_system_replaces_ours_once_it_has_answered() {
        let time = tuesday();
        let mut board = board(0, 120);
        let typed = |email: &str| Draft { email: email.into(), ..draft_of(&marta()) };
        let flaw = |board: &Board, email: &str| flaw(Field::Email, &typed(email), &rules(board, &time));
        assert_eq!(flaw(&board, "marta@elsewhere.org"), None);
        assert_eq!(flaw(&board, "o'hara@example.com"), Some(Flaw::Form), "our own rule knows no apostrophe");
        board.mail_rule = Some("any".into());
        assert_eq!(flaw(&board, "marta@elsewhere.org"), Some(Flaw::Form));
        assert_eq!(flaw(&board, "o'hara@example.com"), None);
        assert_eq!(flaw(&board, " "), Some(Flaw::Missing));
    }
}
