//! Tests which details the entries make, and which flaws are reported.

use chrono::NaiveDate;

use super::fields::{Rules, all, details, draft_of, flaw, home, identity};
use super::*;
use crate::directory::Directory;
use crate::errand::state::{CouponCheck, Errand};
use crate::fixtures::{self, day};
use crate::outcome::ApiError;
use crate::patient::{Demographics, Gender};
use crate::payment::Method;
use crate::place::{Address, AgeRange, AgeUnit};
use crate::validate::{Field, Flaw, PersonRole};

/// Marta's record. It has a middle name, for which the form does not ask, and a phone number with punctuation,
/// while the form sends only the digits.
fn marta() -> Demographics {
    let mut marta = fixtures::marta();
    marta.name.middle = "Ada".into();
    marta.phone = "(206) 555-0188".into();
    marta
}

#[derive(Clone, Copy)]
enum Visit {
    /// The visit is at a clinic.
    On(NaiveDate),
    /// The visit is on demand.
    OnDemand,
}

fn tuesday() -> Visit {
    Visit::On(day("2026-12-08"))
}

fn by_phone() -> Visit {
    Visit::OnDemand
}

fn ages(min: u32, max: u32) -> AgeRange {
    AgeRange { min, max, unit: AgeUnit::Year }
}

fn rules<'a>(ages: AgeRange, visit: Visit) -> Rules<'a> {
    Rules {
        ages: if let Visit::On(day) = visit { Some((ages, day)) } else { None },
        is_on_demand: matches!(visit, Visit::OnDemand),
        mail_rule: None,
        today: day("2026-12-07"),
        matches: |_, text| text.ends_with("@example.com"),
        has_record: true,
        methods: vec![Method::OnArrival, Method::OwnInsurance, Method::OtherInsurance],
        questions: Vec::new(),
        has_interpreter: false,
        issuers: &[],
        coupon: None,
    }
}

fn with_reason(draft: Draft) -> Draft {
    Draft { reason: " sore throat ".into(), ..draft }
}

#[test]
fn a_record_left_as_it_is_is_given_as_it_is() {
    let (ages, time) = (ages(18, 120), tuesday());
    let given = details(&with_reason(draft_of(&marta())), Some(&marta()), &rules(ages, time)).ok().unwrap();
    assert!(
        given.demographics == marta(),
        "what the form does not ask for stays, the phone as the record writes it"
    );
    assert_eq!(given.reason, "sore throat");
}

#[test]
fn what_is_typed_goes_out_in_the_form_the_system_takes() {
    let (ages, time) = (ages(18, 120), tuesday());
    let mut typed = with_reason(draft_of(&marta()));
    typed.phone = "+1 206 555 0177".into();
    typed.holder.state = "wa".into();
    typed.holder.zip = " 98107 1234".into();
    typed.holder.given = " Ruth ".into();
    typed.ssn = "4821".into();
    let given = details(&typed, None, &rules(ages, time)).ok().unwrap().demographics;
    assert_eq!(given.phone, "2065550177");
    assert_eq!((given.address.state.as_str(), given.address.postal_code.as_str()), ("WA", "98107-1234"));
    assert_eq!((given.name.given.as_str(), given.name.middle.as_str()), ("Ruth", ""));
    assert_eq!(given.ssn_last_four.as_deref(), Some("4821"));
}

#[test]
fn an_empty_form_is_told_in_its_own_order_and_neither_the_ssn_nor_the_payment_is_missed() {
    let (ages, time) = (ages(0, 120), tuesday());
    let rules = rules(ages, time);
    let flaws = details(&Draft::default(), None, &rules).err().unwrap();
    let fields: Vec<Field> = flaws.iter().map(|(field, _)| *field).collect();
    let mut wanted = all(&Draft::default(), &rules);
    wanted.retain(|field| !matches!(field, Field::Ssn | Field::Pay));
    assert_eq!(fields, wanted);
    assert_eq!(fields.len(), 11);
    assert!(flaws.iter().all(|(_, flaw)| *flaw == Flaw::Missing));
}

#[test]
fn the_age_that_counts_is_the_one_on_the_day_of_the_visit() {
    let time = tuesday();
    let born = |text: &str| draft_of(&Demographics { birth_date: text.into(), ..marta() });
    let limited = ages(18, 64);
    let flaw = |text: &str| flaw(Field::Birth(PersonRole::Holder), &born(text), &rules(limited, time));
    assert_eq!(flaw("2008-12-08"), None, "18 on the very day, 17 today");
    assert_eq!(flaw("2008-12-09"), Some(Flaw::Age));
    assert_eq!(flaw("2026-12-09"), Some(Flaw::Future));
}

#[test]
fn a_line_takes_nobody_who_is_younger_than_the_children_of_its_region() {
    let ages = Errand::OnDemand(fixtures::video()).ages(&Directory::default(), day("2026-12-07"));
    let rules = Rules { ages, ..rules(self::ages(0, 120), by_phone()) };
    let born = |text: &str| draft_of(&Demographics { birth_date: text.into(), ..marta() });
    let flaw = |text: &str| flaw(Field::Birth(PersonRole::Holder), &born(text), &rules);
    assert_eq!(flaw("2026-02-01"), Some(Flaw::Age), "ten months");
    assert_eq!(flaw("2024-12-08"), Some(Flaw::Age), "two years tomorrow");
    assert_eq!(flaw("2024-12-07"), None, "a child of the region");
    assert_eq!(flaw("1930-01-01"), None, "an adult");
    let mut anyone = fixtures::video();
    anyone.region.pediatric_months = None;
    assert!(Errand::OnDemand(anyone).ages(&Directory::default(), day("2026-12-07")).is_none());
}

#[test]
fn a_record_that_writes_the_name_of_the_state_is_prefilled_with_its_code() {
    let address = |state: &str| Address { state: state.into(), ..marta().address };
    let state = |state: &str| draft_of(&Demographics { address: address(state), ..marta() }).holder.state;
    assert_eq!(state("Washington"), "WA");
    assert_eq!(state("wa"), "WA");
    assert_eq!(state("Wash."), "", "no state of the list, so the form asks");
}

#[test]
fn a_second_line_of_the_record_that_is_longer_than_the_system_accepts_is_cut() {
    let address = Address { line2: "ñ".repeat(101), ..marta().address };
    let draft = draft_of(&Demographics { address, ..marta() });
    assert_eq!(draft.holder.line2, "ñ".repeat(100));
}

#[test]
fn the_mail_rule_of_the_system_replaces_ours_once_it_has_answered() {
    let rules = rules(ages(0, 120), tuesday());
    let typed = |email: &str| Draft { email: email.into(), ..draft_of(&marta()) };
    let flaw = |rules: &Rules, email: &str| flaw(Field::Email, &typed(email), rules);
    assert_eq!(flaw(&rules, "marta@elsewhere.org"), None);
    assert_eq!(flaw(&rules, "o'hara@example.com"), Some(Flaw::Form), "our own rule knows no apostrophe");
    let rules = Rules { mail_rule: Some("any"), ..rules };
    assert_eq!(flaw(&rules, "marta@elsewhere.org"), Some(Flaw::Form));
    assert_eq!(flaw(&rules, "o'hara@example.com"), None);
    assert_eq!(flaw(&rules, " "), Some(Flaw::Missing));
}

/// Leo's entries, as his mother types them.
fn leo() -> Draft {
    Draft {
        for_other: true,
        relationship: "Mother".into(),
        patient: PersonDraft {
            given: " Leo ".into(),
            family: "Okafor".into(),
            birth_year: "2017".into(),
            birth_month: "6".into(),
            birth_day: "30".into(),
            gender: "male".into(),
            ..PersonDraft::default()
        },
        ..with_reason(draft_of(&marta()))
    }
}

#[test]
fn who_books_for_somebody_else_is_the_actor_and_reached_for_them() {
    let (ages, time) = (ages(0, 17), tuesday());
    let given = details(&leo(), Some(&marta()), &rules(ages, time)).ok().unwrap();
    let patient = &given.demographics;
    assert_eq!((patient.name.given.as_str(), patient.name.middle.as_str()), ("Leo", ""));
    assert_eq!((patient.birth_date.as_str(), &patient.gender), ("2017-06-30", &Gender::Male));
    assert_eq!(
        (patient.email.as_str(), patient.phone.as_str()),
        ("marta.okafor@example.com", "(206) 555-0188")
    );
    assert_eq!(patient.address, marta().address, "he lives where she lives, until she says otherwise");
    let actor = given.actor.unwrap();
    assert_eq!(actor.relationship, "Mother");
    assert!(actor.demographics == marta(), "her own record as it is");
}

#[test]
fn a_patient_who_lives_elsewhere_has_an_address_of_their_own() {
    let (ages, time) = (ages(0, 17), tuesday());
    let mut apart = Draft { apart: true, ..leo() };
    let missing = details(&apart, Some(&marta()), &rules(ages, time)).err().unwrap();
    let fields: Vec<Field> = missing.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, home(PersonRole::Patient));
    apart.patient.line1 = "9 Elm St".into();
    apart.patient.city = "Renton".into();
    apart.patient.state = "wa".into();
    apart.patient.zip = "98055".into();
    let given = details(&apart, Some(&marta()), &rules(ages, time)).ok().unwrap();
    assert_eq!(given.demographics.address.line1, "9 Elm St");
    assert_eq!(given.actor.unwrap().demographics.address, marta().address);
}

#[test]
fn it_is_the_patient_s_age_that_counts_not_that_of_who_books() {
    let time = tuesday();
    let children = ages(0, 17);
    let rules_of_children = rules(children, time);
    assert!(details(&leo(), Some(&marta()), &rules_of_children).is_ok());
    let mut alone = leo();
    alone.for_other = false;
    let flaws = details(&alone, Some(&marta()), &rules_of_children).err().unwrap();
    assert_eq!(flaws, [(Field::Birth(PersonRole::Holder), Flaw::Age)]);
    let adults = ages(18, 120);
    let flaws = details(&leo(), Some(&marta()), &rules(adults, time)).err().unwrap();
    assert_eq!(flaws, [(Field::Birth(PersonRole::Patient), Flaw::Age)]);
}

#[test]
fn booking_for_somebody_else_takes_a_relationship_and_who_they_are() {
    let (ages, time) = (ages(0, 17), tuesday());
    let nobody = Draft { for_other: true, ..with_reason(draft_of(&marta())) };
    let flaws = details(&nobody, Some(&marta()), &rules(ages, time)).err().unwrap();
    let mut wanted = vec![(Field::Relationship, Flaw::Missing)];
    wanted.extend(identity(PersonRole::Patient).map(|field| (field, Flaw::Missing)));
    assert_eq!(flaws, wanted);
}

#[test]
fn an_account_without_a_record_gives_its_own_details_too() {
    let (ages, time) = (ages(0, 17), tuesday());
    let fresh = Draft {
        holder: PersonDraft::default(),
        email: String::new(),
        phone: String::new(),
        apart: true,
        ..leo()
    };
    let rules = Rules { has_record: false, ..rules(ages, time) };
    let flaws = details(&fresh, None, &rules).err().unwrap();
    let fields: Vec<Field> = flaws.iter().map(|(field, _)| *field).collect();
    for field in identity(PersonRole::Holder)
        .into_iter()
        .chain(home(PersonRole::Holder))
        .chain([Field::Email, Field::Phone])
    {
        assert!(fields.contains(&field), "{field:?}");
    }
}

fn asked(question: &str, required: bool) -> Question {
    Question { text: question.into(), choices: Vec::new(), required }
}

#[test]
fn answers_go_out_in_the_order_of_the_page_and_only_those_given() {
    let (ages, time) = (ages(0, 120), tuesday());
    let questions = vec![
        asked("Any allergies?", true),
        asked("Who referred you?", false),
        asked("First visit here?", false),
    ];
    let rules = Rules { questions, ..rules(ages, time) };
    let mut draft = with_reason(draft_of(&marta()));
    let flaws = details(&draft, Some(&marta()), &rules).err().unwrap();
    assert_eq!(flaws, [(Field::Question(0), Flaw::Missing)]);
    draft.set_answer("First visit here?", "Yes".into());
    draft.set_answer("Any allergies?", " Penicillin ".into());
    draft.set_answer("Asked before, but no longer?", "Yes".into());
    let given = details(&draft, Some(&marta()), &rules).ok().unwrap();
    let wanted = [("Any allergies?", "Penicillin"), ("First visit here?", "Yes")];
    assert_eq!(given.answers, wanted.map(|(question, answer)| (question.to_owned(), answer.to_owned())));
    draft.set_answer("Who referred you?", "x".repeat(501));
    let flaws = details(&draft, Some(&marta()), &rules).err().unwrap();
    assert_eq!(flaws, [(Field::Question(1), Flaw::Long)]);
}

#[test]
fn an_answer_that_the_page_no_longer_offers_is_none() {
    let choosing = |choices: &[&str], required| {
        let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
        let questions = vec![Question { choices, ..asked("First visit here?", required) }];
        Rules { questions, ..rules(ages(0, 120), tuesday()) }
    };
    let mut draft = with_reason(draft_of(&marta()));
    draft.set_answer("First visit here?", "No".into());
    let answers = |rules: &Rules| details(&draft, Some(&marta()), rules).map(|details| details.answers);
    for required in [true, false] {
        let answered = answers(&choosing(&["Yes", "No"], required)).ok().unwrap();
        assert_eq!(answered, [("First visit here?".to_owned(), "No".to_owned())]);
    }
    let changed = ["Yes", "Not sure"];
    let flaws = answers(&choosing(&changed, true)).err().unwrap();
    assert_eq!(flaws, [(Field::Question(0), Flaw::Missing)]);
    assert_eq!(answers(&choosing(&changed, false)).ok().unwrap(), []);
}

#[test]
fn an_interpreter_is_offered_where_the_api_takes_one() {
    let (ages, now, time) = (ages(0, 120), by_phone(), tuesday());
    let draft = Draft { wants_interpreter: true, language: "vie".into(), ..with_reason(draft_of(&marta())) };
    let given = |errand, interpreter| {
        let methods = vec![Method::BilledLater];
        let rules = Rules { has_interpreter: interpreter, methods, ..rules(ages, errand) };
        details(&draft, Some(&marta()), &rules).ok().unwrap().interpreter
    };
    assert_eq!(given(now, true).as_deref(), Some("vie"));
    assert_eq!(given(now, false), None);
    assert_eq!(given(time, true), None);
}

mod paying;
