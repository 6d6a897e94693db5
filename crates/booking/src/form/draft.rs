//! The entries of the patient step as the patient typed them, before any check or trimming. They are kept in
//! memory only, and removed when another person signs in, when the page resets the widget, and when the element leaves
//! the page.

use super::Question;
use crate::payment::{Issuer, Method};
use crate::validate::PersonRole;

/// One person's entries.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct PersonDraft {
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// The year of birth, four digits.
    pub birth_year: String,
    /// The month of birth, `1`–`12`: the value of the selected option.
    pub birth_month: String,
    /// The day of birth, `1`–`31`.
    pub birth_day: String,
    /// The gender, in the words of the API (see [`crate::patient::Gender::as_str`]); empty until the patient chooses
    /// one.
    pub gender: String,
    /// Street.
    pub line1: String,
    /// Apartment, optional.
    pub line2: String,
    /// Town.
    pub city: String,
    /// The two-letter code of the state.
    pub state: String,
    /// ZIP code.
    pub zip: String,
}

/// An insurance card as typed.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct CardDraft {
    /// The text by which the patient filters the list of insurers.
    pub search: String,
    /// The insurer chosen from the list.
    pub issuer: Option<Issuer>,
    /// The insurer is not in the list, so its name is typed.
    pub by_hand: bool,
    /// The insurer's name, if it is typed.
    pub name: String,
    /// Member id.
    pub member: String,
    /// Group, optional.
    pub group: String,
    /// The subscriber's id, optional.
    pub subscriber: String,
    /// Whether a third person holds the insurance, neither the account holder nor the person to be seen. Used only
    /// when the account holder books for somebody else.
    pub is_third: bool,
}

/// All entries of the patient step, kept so that none is lost when another step is shown.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Draft {
    /// The patient has typed something, so a record that is read later must not overwrite the entries.
    pub touched: bool,
    /// The account holder.
    pub holder: PersonDraft,
    /// The account holder's e-mail.
    pub email: String,
    /// The account holder's phone.
    pub phone: String,
    /// The last four digits of the account holder's SSN, optional.
    pub ssn: String,
    /// The visit is for somebody else.
    pub for_other: bool,
    /// The person to be seen, if that is somebody else.
    pub patient: PersonDraft,
    /// The person to be seen lives at another address than the account holder.
    pub apart: bool,
    /// What the account holder is to the patient, one of [`crate::patient::RELATIONSHIPS`]; empty until it is chosen.
    pub relationship: String,
    /// Reason for the visit.
    pub reason: String,
    /// Payment method; `None` until chosen.
    pub pay: Option<Method>,
    /// The insurance card.
    pub card: CardDraft,
    /// The person who holds the insurance.
    pub insured: PersonDraft,
    /// A coupon or service key.
    pub coupon: String,
    /// The host page's questions, each with its answer. Answers are found by the text of the question, since the host
    /// page may change its questions.
    pub answers: Vec<(String, String)>,
    /// The patient asks for an interpreter.
    pub wants_interpreter: bool,
    /// The interpreter's language (ISO 639-3); empty until the patient chooses one.
    pub language: String,
}

impl Draft {
    /// The entries of one person.
    pub fn person(&self, role: PersonRole) -> &PersonDraft {
        match role {
            PersonRole::Holder => &self.holder,
            PersonRole::Patient => &self.patient,
            PersonRole::Insured => &self.insured,
        }
    }

    /// The entries of one person, to change them.
    pub fn person_mut(&mut self, role: PersonRole) -> &mut PersonDraft {
        match role {
            PersonRole::Holder => &mut self.holder,
            PersonRole::Patient => &mut self.patient,
            PersonRole::Insured => &mut self.insured,
        }
    }

    /// The person to be seen: the account holder, unless the visit is for somebody else.
    pub fn seen(&self) -> PersonRole {
        if self.for_other { PersonRole::Patient } else { PersonRole::Holder }
    }

    /// The answer to a question of the host page; empty if there is none, or if the page no longer offers it as a
    /// choice.
    pub fn answer(&self, asked: &Question) -> &str {
        let answer = self.answers.iter().find(|(question, _)| *question == asked.text);
        let offered = answer.filter(|(_, answer)| asked.choices.is_empty() || asked.choices.contains(answer));
        offered.map_or("", |(_, answer)| answer)
    }

    /// Keeps the answer to a question of the host page.
    pub fn set_answer(&mut self, question: &str, answer: String) {
        match self.answers.iter_mut().find(|(asked, _)| asked == question) {
            Some((_, kept)) => *kept = answer,
            None => self.answers.push((question.into(), answer)),
        }
    }
}
