//! The names and texts of the patient step's fields: labels, hints, what a browser may fill in, and what corrects a flaw.

use booking::validate::{Field, Flaw, PersonRole};

use super::form::Sheet;
use super::questions;
use crate::screen::wording;

/// Picks the name for a person: each person's control needs an id of its own.
pub const fn of(role: PersonRole, names: [&'static str; 3]) -> &'static str {
    match role {
        PersonRole::Holder => names[0],
        PersonRole::Patient => names[1],
        PersonRole::Insured => names[2],
    }
}

pub fn name(field: Field) -> &'static str {
    match field {
        Field::Given(role) => of(role, ["given", "patient-given", "insured-given"]),
        Field::Family(role) => of(role, ["family", "patient-family", "insured-family"]),
        Field::Birth(role) => of(role, ["birth", "patient-birth", "insured-birth"]),
        Field::Gender(role) => of(role, ["gender", "patient-gender", "insured-gender"]),
        Field::Line1(role) => of(role, ["line1", "patient-line1", "insured-line1"]),
        Field::City(role) => of(role, ["city", "patient-city", "insured-city"]),
        Field::State(role) => of(role, ["state", "patient-state", "insured-state"]),
        Field::Zip(role) => of(role, ["zip", "patient-zip", "insured-zip"]),
        Field::Relationship => "relationship",
        Field::Email => "email",
        Field::Phone => "phone",
        Field::Ssn => "ssn",
        Field::Reason => "reason",
        Field::Question(place) => questions::NAMES[usize::from(place)],
        Field::Language => "language",
        Field::Pay => "pay",
        Field::Insurer => "insurer-name",
        Field::Member => "member",
        Field::Group => "group",
        Field::Subscriber => "subscriber",
        Field::Coupon => "coupon",
    }
}

/// The message keys of label and hint, the autocomplete token, and the `inputmode` for a phone's keyboard.
pub const fn traits(field: Field) -> (&'static str, &'static str, &'static str, &'static str) {
    match field {
        Field::Relationship => ("who.relationship", "", "off", ""),
        Field::Given(_) => ("field.given", "", "given-name", ""),
        Field::Family(_) => ("field.family", "", "family-name", ""),
        Field::Birth(_) => ("field.birth", "", "", ""),
        Field::Gender(_) => ("field.gender", "", "sex", ""),
        Field::Email => ("field.email", "hint.email", "email", "email"),
        Field::Phone => ("field.phone", "hint.phone", "tel", "tel"),
        Field::Line1(_) => ("field.line1", "", "address-line1", ""),
        Field::City(_) => ("field.city", "", "address-level2", ""),
        Field::State(_) => ("field.state", "", "address-level1", ""),
        Field::Zip(_) => ("field.zip", "hint.zip", "postal-code", "numeric"),
        Field::Ssn => ("field.ssn", "hint.ssn", "off", "numeric"),
        Field::Reason => ("field.reason", "hint.reason", "off", ""),
        Field::Question(_) => ("", "", "off", ""),
        Field::Language => ("who.language", "", "off", ""),
        Field::Pay => ("pay.heading", "", "", ""),
        Field::Insurer => ("pay.insurer.name", "pay.insurer.name.hint", "off", ""),
        Field::Member => ("pay.member", "pay.member.hint", "off", ""),
        Field::Group => ("pay.group", "pay.group.hint", "off", ""),
        Field::Subscriber => ("pay.subscriber", "pay.subscriber.hint", "off", ""),
        Field::Coupon => ("coupon.code", "", "off", ""),
    }
}

pub const fn is_optional(field: Field) -> bool {
    matches!(field, Field::Ssn | Field::Group | Field::Subscriber)
}

/// The text that says how to correct a field.
pub fn flaw_text(sheet: &Sheet, field: Field, flaw: Flaw) -> String {
    let cx = sheet.cx;
    let key = match (field, flaw) {
        (_, Flaw::Future) => "flaw.birth.future",
        (_, Flaw::TooOld) => "flaw.birth.old",
        (_, Flaw::Age) => {
            // A person of 101 may be too old for the visit, so its maximum is named here.
            match sheet.rules.ages.and_then(|(ages, _)| wording::ages_below(cx.words, ages, 120)) {
                Some(ages) => return cx.words.with("flaw.birth.age", &[("ages", &ages)]),
                None => "flaw.birth.form",
            }
        }
        (Field::Member, Flaw::Long) => "flaw.member.long",
        (field, Flaw::Long) => return cx.words.count("flaw.long", field.most()),
        (Field::Given(role), _) => of(role, ["flaw.given", "flaw.patient.given", "flaw.insured.given"]),
        (Field::Family(role), _) => of(role, ["flaw.family", "flaw.patient.family", "flaw.insured.family"]),
        (Field::Birth(role), Flaw::Missing) => {
            of(role, ["flaw.birth", "flaw.patient.birth", "flaw.insured.birth"])
        }
        (Field::Birth(_), _) => "flaw.birth.form",
        (Field::Gender(role), _) => of(role, ["flaw.gender", "flaw.patient.gender", "flaw.insured.gender"]),
        (Field::Email, Flaw::Missing) => "flaw.email",
        (Field::Email, _) => "flaw.email.form",
        (Field::Phone, Flaw::Missing) => "flaw.phone",
        (Field::Phone, _) => "flaw.phone.form",
        (Field::Line1(role), _) => of(role, ["flaw.line1", "flaw.patient.line1", "flaw.line1"]),
        (Field::City(role), _) => of(role, ["flaw.city", "flaw.patient.city", "flaw.city"]),
        (Field::State(_), _) => "flaw.state",
        (Field::Zip(role), Flaw::Missing) => of(role, ["flaw.zip", "flaw.patient.zip", "flaw.zip"]),
        (Field::Zip(_), _) => "flaw.zip.form",
        (Field::Ssn, _) => "flaw.ssn",
        (Field::Reason, _) => "flaw.reason",
        (Field::Relationship, _) => "flaw.relationship",
        (Field::Question(_), _) => return questions::flaw(sheet, field),
        (Field::Language, _) => "flaw.language",
        (Field::Pay, _) => "flaw.pay",
        (Field::Insurer, _) if sheet.rules.types_insurer(sheet.entries) => "flaw.insurer.name",
        (Field::Insurer, _) => "flaw.insurer",
        (Field::Member, _) => "flaw.member",
        (Field::Group, _) => "pay.group.hint",
        (Field::Subscriber, _) => "pay.subscriber.hint",
        (Field::Coupon, Flaw::Inactive) => "coupon.inactive",
        (Field::Coupon, Flaw::Unknown) => "coupon.unknown",
        (Field::Coupon, _) => "flaw.coupon",
    };
    cx.t(key)
}
