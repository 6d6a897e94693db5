//! What the entries make together, and what is told of them.

use super::*;
use crate::app::draft::CardDraft;
use crate::host::questions::Question;
use booking::errand::state::CouponCheck;
use booking::ids::{
    DepartmentIdentifier, EhrSystem, Npi, PracticeId, ProviderId, RegionCode, SlotId, VisitType, VisitTypeId,
};
use booking::on_demand::{Line, Modality, Now, Region};
use booking::outcome::Trouble;
use booking::place::{AgeRange, AgeUnit, VisitTypeOffer};
use booking::schedule::Time;
use booking::slot::{Slot, Source};
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

fn tuesday() -> Errand {
    let at = Moment::parse("2026-12-08T15:40:00-08:00").unwrap();
    let slot = Slot {
        id: SlotId::new("c2xvdA=="),
        source: Source::Clinician,
        npi: Npi::from_wire("1234567893"),
        provider: ProviderId::new("32261"),
        place: DepartmentIdentifier::new("org.northlake.epic.main", "100210"),
        visit_type: VisitType::new("AdultPhysical"),
        visit_type_id: VisitTypeId::new("4378"),
        minutes: 20,
        at,
    };
    Errand::Time(Time { slots: vec![slot], local: at.local(), offset: at.offset, zone: None })
}

fn directory(min: u32, max: u32) -> Directory {
    let offer = VisitTypeOffer {
        id: VisitTypeId::new("4378"),
        short_name: VisitType::new("AdultPhysical"),
        name: "Adult physical".into(),
        ages: Some(AgeRange { min, max, unit: AgeUnit::Year }),
    };
    let mut directory = Directory::default();
    directory.visit_types = vec![offer];
    directory
}

fn rules<'a>(directory: &'a Directory, errand: &'a Errand) -> Rules<'a> {
    Rules {
        directory,
        mail_rule: None,
        errand,
        today: day("2026-12-07"),
        matches: |_, text| text.ends_with("@example.com"),
        has_record: true,
        methods: vec![Method::OnArrival, Method::OwnInsurance, Method::OtherInsurance],
        asks: Asks::default(),
        issuers: &[],
        coupon: None,
    }
}

fn with_reason(draft: Draft) -> Draft {
    Draft { reason: " sore throat ".into(), ..draft }
}

#[test]
fn a_record_left_as_it_is_is_given_as_it_is() {
    let (known, time) = (directory(18, 120), tuesday());
    let given =
        details(&with_reason(draft_of(&marta())), Some(&marta()), &rules(&known, &time)).ok().unwrap();
    assert!(
        given.demographics == marta(),
        "what the form does not ask for stays, the phone as the record writes it"
    );
    assert_eq!(given.reason, "sore throat");
}

#[test]
fn what_is_typed_goes_out_in_the_form_the_system_takes() {
    let (known, time) = (directory(18, 120), tuesday());
    let mut typed = with_reason(draft_of(&marta()));
    typed.phone = "+1 206 555 0177".into();
    typed.holder.state = "wa".into();
    typed.holder.zip = " 98107 1234".into();
    typed.holder.given = " Ruth ".into();
    typed.ssn = "4821".into();
    let given = details(&typed, None, &rules(&known, &time)).ok().unwrap().demographics;
    assert_eq!(given.phone, "2065550177");
    assert_eq!((given.address.state.as_str(), given.address.postal_code.as_str()), ("WA", "98107-1234"));
    assert_eq!((given.name.given.as_str(), given.name.middle.as_str()), ("Ruth", ""));
    assert_eq!(given.ssn_last_four.as_deref(), Some("4821"));
}

#[test]
fn an_empty_form_is_told_in_its_own_order_and_neither_the_ssn_nor_the_payment_is_missed() {
    let (known, time) = (directory(0, 120), tuesday());
    let rules = rules(&known, &time);
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
    let limited = directory(18, 64);
    let flaw = |text: &str| flaw(Field::Birth(Whose::Holder), &born(text), &rules(&limited, &time));
    assert_eq!(flaw("2008-12-08"), None, "18 on the very day, 17 today");
    assert_eq!(flaw("2008-12-09"), Some(Flaw::Age));
    assert_eq!(flaw("2026-12-09"), Some(Flaw::Future));
}

#[test]
fn the_mail_rule_of_the_system_replaces_ours_once_it_has_answered() {
    let time = tuesday();
    let known = directory(0, 120);
    let mail_rule = std::cell::Cell::new(None);
    let typed = |email: &str| Draft { email: email.into(), ..draft_of(&marta()) };
    let flaw = |email: &str| {
        flaw(Field::Email, &typed(email), &Rules { mail_rule: mail_rule.get(), ..rules(&known, &time) })
    };
    assert_eq!(flaw("marta@elsewhere.org"), None);
    assert_eq!(flaw("o'hara@example.com"), Some(Flaw::Form), "our own rule knows no apostrophe");
    mail_rule.set(Some("any"));
    assert_eq!(flaw("marta@elsewhere.org"), Some(Flaw::Form));
    assert_eq!(flaw("o'hara@example.com"), None);
    assert_eq!(flaw(" "), Some(Flaw::Missing));
}

/// Leo, as his mother types him.
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
    let (known, time) = (directory(0, 17), tuesday());
    let given = details(&leo(), Some(&marta()), &rules(&known, &time)).ok().unwrap();
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
    let (known, time) = (directory(0, 17), tuesday());
    let mut apart = Draft { apart: true, ..leo() };
    let missing = details(&apart, Some(&marta()), &rules(&known, &time)).err().unwrap();
    let fields: Vec<Field> = missing.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, home(Whose::Patient));
    apart.patient.line1 = "9 Elm St".into();
    apart.patient.city = "Renton".into();
    apart.patient.state = "wa".into();
    apart.patient.zip = "98055".into();
    let given = details(&apart, Some(&marta()), &rules(&known, &time)).ok().unwrap();
    assert_eq!(given.demographics.address.line1, "9 Elm St");
    assert_eq!(given.actor.unwrap().demographics.address, marta().address);
}

#[test]
fn it_is_the_patient_s_age_that_counts_not_that_of_who_books() {
    let time = tuesday();
    let children = directory(0, 17);
    let rules_of_children = rules(&children, &time);
    assert!(details(&leo(), Some(&marta()), &rules_of_children).is_ok());
    let mut alone = leo();
    alone.for_other = false;
    let flaws = details(&alone, Some(&marta()), &rules_of_children).err().unwrap();
    assert_eq!(flaws, [(Field::Birth(Whose::Holder), Flaw::Age)]);
    let adults = directory(18, 120);
    let flaws = details(&leo(), Some(&marta()), &rules(&adults, &time)).err().unwrap();
    assert_eq!(flaws, [(Field::Birth(Whose::Patient), Flaw::Age)]);
}

#[test]
fn booking_for_somebody_else_takes_a_relationship_and_who_they_are() {
    let (known, time) = (directory(0, 17), tuesday());
    let nobody = Draft { for_other: true, ..with_reason(draft_of(&marta())) };
    let flaws = details(&nobody, Some(&marta()), &rules(&known, &time)).err().unwrap();
    let mut wanted = vec![(Field::Relationship, Flaw::Missing)];
    wanted.extend(identity(Whose::Patient).map(|field| (field, Flaw::Missing)));
    assert_eq!(flaws, wanted);
}

#[test]
fn an_account_without_a_record_gives_its_own_details_too() {
    let (known, time) = (directory(0, 17), tuesday());
    let fresh = Draft {
        holder: PersonDraft::default(),
        email: String::new(),
        phone: String::new(),
        apart: true,
        ..leo()
    };
    let rules = Rules { has_record: false, ..rules(&known, &time) };
    let flaws = details(&fresh, None, &rules).err().unwrap();
    let fields: Vec<Field> = flaws.iter().map(|(field, _)| *field).collect();
    for field in
        identity(Whose::Holder).into_iter().chain(home(Whose::Holder)).chain([Field::Email, Field::Phone])
    {
        assert!(fields.contains(&field), "{field:?}");
    }
}

fn by_phone() -> Errand {
    let region = Region {
        code: RegionCode::new("WA"),
        name: "Washington".into(),
        is_active: true,
        busy_message: String::new(),
        price: 4900,
        hours: Vec::new(),
        pediatric_months: None,
        ehr: Some(EhrSystem::new("org.northlake.epic.main")),
    };
    let practice = PracticeId::new("c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33");
    Errand::Now(Now { practice, region, modality: Modality::Phone, line: Line::General })
}

fn asked(question: &str, required: bool) -> Question {
    Question { text: question.into(), choices: Vec::new(), required }
}

#[test]
fn answers_go_out_in_the_order_of_the_page_and_only_those_given() {
    let (known, time) = (directory(0, 120), tuesday());
    let questions = vec![
        asked("Any allergies?", true),
        asked("Who referred you?", false),
        asked("First visit here?", false),
    ];
    let rules = Rules { asks: Asks { questions, ..Asks::default() }, ..rules(&known, &time) };
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
fn an_interpreter_is_offered_where_the_api_takes_one() {
    let (known, now, time) = (directory(0, 120), by_phone(), tuesday());
    let draft = Draft { wants_interpreter: true, language: "vie".into(), ..with_reason(draft_of(&marta())) };
    let given = |errand, interpreter| {
        let asks = Asks { interpreter, ..Asks::default() };
        let rules = Rules { asks, methods: vec![Method::BilledLater], ..rules(&known, errand) };
        details(&draft, Some(&marta()), &rules).ok().unwrap().interpreter
    };
    assert_eq!(given(&now, true).as_deref(), Some("vie"));
    assert_eq!(given(&now, false), None);
    assert_eq!(given(&time, true), None);
}

#[path = "fields_paying_tests.rs"]
mod paying;
