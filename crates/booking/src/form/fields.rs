//! The fields of the patient step: which fields there are, in what order, what is wrong with each entry, and the
//! details that the entries make together.

use chrono::{Datelike, NaiveDate};

use super::{Draft, PersonDraft, Question};
use crate::api::CouponError;
use crate::errand::state::CouponCheck;
use crate::patient::{Actor, Demographics, Details, Gender, HumanName};
use crate::payment::{Guarantor, Insurance, Issuer, Method, Payment};
use crate::place::{Address, AgeRange};
use crate::time::{iso_date, parse_iso_date};
use crate::validate::{self, Field, Flaw, PersonRole};

/// The fields that say who a person is, in the order of the form.
pub fn identity(role: PersonRole) -> [Field; 4] {
    [Field::Given(role), Field::Family(role), Field::Birth(role), Field::Gender(role)]
}

/// The fields that say where a person lives, in the order of the form. The second line of the street is optional
/// and never checked, so there is no [`Field`] for it.
pub fn home(role: PersonRole) -> [Field; 4] {
    [Field::Line1(role), Field::City(role), Field::State(role), Field::Zip(role)]
}

/// Cuts a line of an address to the length that the system accepts.
fn cut(text: &str) -> String {
    let most = Field::Line1(PersonRole::Holder).most();
    text.char_indices().nth(most).and_then(|(end, _)| text.get(..end)).unwrap_or(text).to_owned()
}

/// The entries of a form that is prefilled from a record.
pub fn draft_of(known: &Demographics) -> Draft {
    let born = parse_iso_date(&known.birth_date);
    let part = |part: fn(NaiveDate) -> String| born.map(part).unwrap_or_default();
    let holder = PersonDraft {
        given: known.name.given.clone(),
        family: known.name.family.clone(),
        birth_year: part(|date| date.year().to_string()),
        birth_month: part(|date| date.month().to_string()),
        birth_day: part(|date| date.day().to_string()),
        gender: known.gender.as_str().into(),
        line1: known.address.line1.clone(),
        // There is no `Field` for the second line, so the form could not say that it is too long.
        line2: cut(&known.address.line2),
        city: known.address.city.clone(),
        state: validate::state(&known.address.state).unwrap_or_default(),
        zip: known.address.postal_code.clone(),
    };
    Draft { holder, email: known.email.clone(), phone: known.phone.clone(), ..Draft::default() }
}

/// What the checks need besides the entries.
pub struct Rules<'a> {
    /// The ages that the visit is meant for, and its date on the clinic's calendar; `None` = the visit is for any
    /// age.
    pub ages: Option<(AgeRange, NaiveDate)>,
    /// Whether the visit is on demand: only such a booking can ask for an interpreter (API reference §2.28).
    pub is_on_demand: bool,
    /// The server's regular expression for e-mail addresses (§2.41), once it is read.
    pub mail_rule: Option<&'a str>,
    /// Today on the device's calendar.
    pub today: NaiveDate,
    /// Whether a text matches a regular expression. Arguments: the expression, then the text.
    pub matches: fn(&str, &str) -> bool,
    /// Whether the account has a record. The form then asks only for what the visit needs.
    pub has_record: bool,
    /// The payment methods that the visit accepts.
    pub methods: Vec<Method>,
    /// The host page's own questions, in its order; none for an on-demand visit.
    pub questions: Vec<Question>,
    /// Whether the host page offers an interpreter.
    pub has_interpreter: bool,
    /// The list of insurers; empty when there is none to choose from.
    pub issuers: &'a [Issuer],
    /// The coupon that was checked last, and the result.
    pub coupon: Option<(&'a str, CouponCheck)>,
}

impl Rules<'_> {
    /// The payment method of the visit: the one that the patient chose; else the only one there is, or payment on
    /// arrival if that is accepted. `None` = the patient has to choose one.
    pub fn method(&self, draft: &Draft) -> Option<Method> {
        let chosen = draft.pay.filter(|method| self.methods.contains(method));
        chosen.or(match &self.methods[..] {
            // If the practice accepts no payment method, it sends a bill.
            [] => Some(Method::BilledLater),
            [only] => Some(*only),
            [Method::OnArrival, ..] => Some(Method::OnArrival),
            _ => None,
        })
    }

    /// The result of the coupon check, if it is for the code that is typed now.
    pub fn checked(&self, draft: &Draft) -> Option<CouponCheck> {
        self.coupon.filter(|(code, _)| *code == draft.coupon.trim()).map(|(_, check)| check)
    }

    /// Whether the form offers an interpreter: only an on-demand booking can ask for one.
    pub fn offers_interpreter(&self) -> bool {
        self.has_interpreter && self.is_on_demand
    }

    /// Whether the patient types the insurer's name: they chose to, or there is no list.
    pub fn types_insurer(&self, draft: &Draft) -> bool {
        draft.card.by_hand || self.issuers.is_empty()
    }
}

/// Whether the form asks who holds the insurance: true if neither the person to be seen nor the account holder
/// does.
pub fn asks_insured(draft: &Draft, rules: &Rules) -> bool {
    rules.method(draft) == Some(Method::OtherInsurance) && (!draft.for_other || draft.card.is_third)
}

/// The fields that apply to the entries so far, in the order of the form.
pub fn all(draft: &Draft, rules: &Rules) -> Vec<Field> {
    let mut all = Vec::new();
    if draft.for_other {
        all.push(Field::Relationship);
        all.extend(identity(PersonRole::Patient));
        if draft.apart {
            all.extend(home(PersonRole::Patient));
        }
    }
    all.extend(identity(PersonRole::Holder));
    all.extend([Field::Email, Field::Phone]);
    // The account holder's address is needed only for a record that does not exist yet, or if the patient lives there.
    if !(draft.for_other && draft.apart && rules.has_record) {
        all.extend(home(PersonRole::Holder));
    }
    if !draft.for_other {
        all.push(Field::Ssn);
    }
    all.push(Field::Reason);
    all.extend((0..).zip(&rules.questions).map(|(place, _)| Field::Question(place)));
    if rules.offers_interpreter() && draft.wants_interpreter {
        all.push(Field::Language);
    }
    all.push(Field::Pay);
    match rules.method(draft) {
        Some(Method::OwnInsurance | Method::OtherInsurance) => {
            all.extend([Field::Insurer, Field::Member, Field::Group]);
            if asks_insured(draft, rules) {
                all.extend(identity(PersonRole::Insured));
            }
            if rules.method(draft) == Some(Method::OtherInsurance) {
                all.push(Field::Subscriber);
            }
        }
        Some(Method::Coupon) => all.push(Field::Coupon),
        _ => {}
    }
    all
}

fn born(person: &PersonDraft, today: NaiveDate) -> Result<NaiveDate, Flaw> {
    validate::birth(&person.birth_year, &person.birth_month, &person.birth_day, today)
}

fn mail(draft: &Draft, rules: &Rules) -> Result<String, Flaw> {
    let typed = draft.email.trim();
    match rules.mail_rule {
        // Once it is read, the server's rule replaces the built-in one.
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

fn insurer(draft: &Draft, rules: &Rules) -> Result<Issuer, Flaw> {
    let card = &draft.card;
    if rules.types_insurer(draft) {
        let name = validate::text(&card.name, Field::Insurer.most())?;
        return Ok(Issuer { name, payer: String::new() });
    }
    card.issuer.clone().filter(|issuer| rules.issuers.contains(issuer)).ok_or(Flaw::Missing)
}

/// What is wrong with the entry in a field; `None` = nothing.
pub fn flaw(field: Field, draft: &Draft, rules: &Rules) -> Option<Flaw> {
    let text = |given: &str| validate::text(given, field.most()).err();
    let optional = |given: &str| validate::optional(given, field.most()).err();
    match field {
        Field::Relationship => validate::relationship(&draft.relationship).err(),
        Field::Given(role) => text(&draft.person(role).given),
        Field::Family(role) => text(&draft.person(role).family),
        Field::Birth(role) => match born(draft.person(role), rules.today) {
            Err(flaw) => Some(flaw),
            // The age limits apply to the person to be seen, whoever books.
            Ok(birth) if role == draft.seen() => {
                let (ages, day) = rules.ages?;
                (!ages.admits(birth, day)).then_some(Flaw::Age)
            }
            Ok(_) => None,
        },
        Field::Gender(role) => text(&draft.person(role).gender),
        Field::Email => mail(draft, rules).err(),
        Field::Phone => validate::phone_digits(&draft.phone).err(),
        Field::Line1(role) => text(&draft.person(role).line1),
        Field::City(role) => text(&draft.person(role).city),
        Field::State(role) => validate::state(&draft.person(role).state).err(),
        Field::Zip(role) => validate::zip(&draft.person(role).zip).err(),
        Field::Ssn => validate::ssn_last_four(&draft.ssn).err(),
        Field::Reason => text(&draft.reason),
        Field::Question(place) => {
            let asked = rules.questions.get(usize::from(place))?;
            let answer = draft.answer(asked);
            if asked.required { text(answer) } else { optional(answer) }
        }
        Field::Language => text(&draft.language),
        Field::Pay => rules.method(draft).is_none().then_some(Flaw::Missing),
        Field::Insurer => insurer(draft, rules).err(),
        Field::Member => text(&draft.card.member),
        Field::Group => optional(&draft.card.group),
        Field::Subscriber => optional(&draft.card.subscriber),
        // A coupon that could not be checked is no flaw: it is checked again on the way to the review.
        Field::Coupon => text(&draft.coupon).or(match rules.checked(draft) {
            Some(CouponCheck::Inactive) => Some(Flaw::Inactive),
            Some(CouponCheck::Failed(CouponError::Unknown)) => Some(Flaw::Unknown),
            _ => None,
        }),
    }
}

fn line(typed: &str) -> String {
    typed.trim().to_owned()
}

/// A person's address; a state or ZIP code that is not valid is left empty.
fn address(person: &PersonDraft) -> Address {
    Address {
        line1: line(&person.line1),
        line2: line(&person.line2),
        city: line(&person.city),
        state: validate::state(&person.state).unwrap_or_default(),
        postal_code: validate::zip(&person.zip).unwrap_or_default(),
    }
}

fn payment(draft: &Draft, rules: &Rules) -> Payment {
    let method = rules.method(draft).unwrap_or(Method::BilledLater);
    match method {
        Method::OnArrival => Payment::OnArrival,
        Method::Card => Payment::Card,
        Method::BilledLater => Payment::BilledLater,
        Method::Coupon => Payment::Coupon(line(&draft.coupon)),
        Method::OwnInsurance | Method::OtherInsurance => {
            let is_other = method == Method::OtherInsurance;
            let role = if asks_insured(draft, rules) { PersonRole::Insured } else { PersonRole::Holder };
            let insured = draft.person(role);
            Payment::Insurance(Box::new(Insurance {
                issuer: insurer(draft, rules).unwrap_or_default(),
                member: line(&draft.card.member),
                group: line(&draft.card.group),
                subscriber: if is_other { line(&draft.card.subscriber) } else { String::new() },
                guarantor: is_other.then(|| Guarantor {
                    given: line(&insured.given),
                    family: line(&insured.family),
                    gender: Gender::from_wire(&insured.gender),
                    birth_date: born(insured, rules.today).map(iso_date).unwrap_or_default(),
                }),
            }))
        }
    }
}

/// Makes the details from the entries. Values that the form does not ask for come from the record `known`. Texts
/// are trimmed; the state, the ZIP code and a changed phone number are written as the system expects them.
///
/// # Errors
///
/// All flaws, in the order of the form.
pub fn details(
    draft: &Draft,
    known: Option<&Demographics>,
    rules: &Rules,
) -> Result<Details, Vec<(Field, Flaw)>> {
    let flaws: Vec<_> =
        all(draft, rules).into_iter().filter_map(|field| Some((field, flaw(field, draft, rules)?))).collect();
    let (Ok(birth), Ok(email), Ok(digits), Ok(ssn), true) = (
        born(&draft.holder, rules.today),
        mail(draft, rules),
        validate::phone_digits(&draft.phone),
        validate::ssn_last_four(if draft.for_other { "" } else { &draft.ssn }),
        flaws.is_empty(),
    ) else {
        return Err(flaws);
    };
    let known = known.cloned().unwrap_or_default();
    let holder = Demographics {
        name: HumanName {
            given: line(&draft.holder.given),
            family: line(&draft.holder.family),
            ..known.name
        },
        birth_date: iso_date(birth),
        gender: Gender::from_wire(&draft.holder.gender),
        email,
        // If the patient did not change the number, keep it as the record writes it.
        phone: if draft.phone == known.phone { known.phone } else { digits },
        address: address(&draft.holder),
        ssn_last_four: ssn,
    };
    let (demographics, actor) = if draft.for_other {
        // The clinic reaches the patient by the account holder's phone and e-mail (API reference §3.6).
        let patient = Demographics {
            name: HumanName {
                given: line(&draft.patient.given),
                family: line(&draft.patient.family),
                ..HumanName::default()
            },
            birth_date: born(&draft.patient, rules.today).map(iso_date).unwrap_or_default(),
            gender: Gender::from_wire(&draft.patient.gender),
            email: holder.email.clone(),
            phone: holder.phone.clone(),
            address: if draft.apart { address(&draft.patient) } else { holder.address.clone() },
            ssn_last_four: None,
        };
        (patient, Some(Actor { relationship: draft.relationship.clone(), demographics: holder }))
    } else {
        (holder, None)
    };
    let answers = rules.questions.iter().filter_map(|asked| {
        let answer = line(draft.answer(asked));
        (!answer.is_empty()).then(|| (asked.text.clone(), answer))
    });
    let interpreter = (rules.offers_interpreter() && draft.wants_interpreter).then(|| draft.language.clone());
    Ok(Details {
        demographics,
        actor,
        reason: line(&draft.reason),
        payment: payment(draft, rules),
        answers: answers.collect(),
        interpreter,
    })
}
