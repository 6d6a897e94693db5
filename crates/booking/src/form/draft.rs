//! The patient step as typed, field by field; nothing is checked or trimmed yet. In memory only: it goes when the page does,
//! or when another person signs in.

use crate::payment::{Issuer, Method};
use crate::validate::Whose;

/// One person's entries.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct PersonDraft {
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Four digits.
    pub birth_year: String,
    /// `1`–`12`, as the choice's value.
    pub birth_month: String,
    /// `1`–`31`.
    pub birth_day: String,
    /// A wire word of `Gender`; empty until chosen.
    pub gender: String,
    /// Street.
    pub line1: String,
    /// Apartment, optional.
    pub line2: String,
    /// Town.
    pub city: String,
    /// Two letters.
    pub state: String,
    /// ZIP code.
    pub zip: String,
}

/// An insurance card as typed.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct CardDraft {
    /// Narrows the list of insurers.
    pub search: String,
    /// Chosen from the list.
    pub issuer: Option<Issuer>,
    /// The insurer is not on the list: its name is typed.
    pub by_hand: bool,
    /// The insurer's name, where it is typed.
    pub name: String,
    /// Member id.
    pub member: String,
    /// Group, optional.
    pub group: String,
    /// The subscriber's id, optional.
    pub subscriber: String,
    /// Booking for somebody else: the insurance is neither the patient's nor the account holder's.
    pub is_third: bool,
}

/// The whole step, so that nothing is lost whatever happens in between.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Draft {
    /// The patient has typed something; a record read later no longer overwrites it.
    pub touched: bool,
    /// The account holder.
    pub holder: PersonDraft,
    /// The account holder's.
    pub email: String,
    /// The account holder's.
    pub phone: String,
    /// The last four digits, optional; the account holder's.
    pub ssn: String,
    /// It is for somebody else.
    pub for_other: bool,
    /// That somebody.
    pub patient: PersonDraft,
    /// They live elsewhere than the account holder.
    pub apart: bool,
    /// A wire word; empty until chosen.
    pub relationship: String,
    /// Reason for the visit.
    pub reason: String,
    /// `None` until chosen.
    pub pay: Option<Method>,
    /// The insurance card.
    pub card: CardDraft,
    /// Whose insurance it is.
    pub insured: PersonDraft,
    /// A coupon or service key.
    pub coupon: String,
    /// By question: the host page may change what it asks.
    pub answers: Vec<(String, String)>,
    /// The patient asks for an interpreter.
    pub wants_interpreter: bool,
    /// ISO 639-3; empty until chosen.
    pub language: String,
}

impl Draft {
    /// The entries of one of them.
    pub fn person(&self, whose: Whose) -> &PersonDraft {
        match whose {
            Whose::Holder => &self.holder,
            Whose::Patient => &self.patient,
            Whose::Insured => &self.insured,
        }
    }

    /// The same, to be changed.
    pub fn person_mut(&mut self, whose: Whose) -> &mut PersonDraft {
        match whose {
            Whose::Holder => &mut self.holder,
            Whose::Patient => &mut self.patient,
            Whose::Insured => &mut self.insured,
        }
    }

    /// Who is to be seen.
    pub fn seen(&self) -> Whose {
        if self.for_other { Whose::Patient } else { Whose::Holder }
    }

    /// What was answered to a question of the host page.
    pub fn answer(&self, question: &str) -> &str {
        self.answers.iter().find(|(asked, _)| asked == question).map_or("", |(_, answer)| answer)
    }

    /// Keeps an answer.
    pub fn set_answer(&mut self, question: &str, answer: String) {
        match self.answers.iter_mut().find(|(asked, _)| asked == question) {
            Some((_, kept)) => *kept = answer,
            None => self.answers.push((question.into(), answer)),
        }
    }
}
