//! The person to be seen, as DexCare records them: one account, and one demographic record for each EHR (API reference
//! §2.19).
//!
//! This is real health data: no `Debug` in the wasm, and never part of an error, an event or a log.

use crate::ids::{EhrSystem, PatientGuid};
use crate::payment::Payment;
use crate::place::Address;

/// Gender. An open set: a word in a record that is not listed here is kept as it is (Q42).
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Gender {
    /// `male`
    Male,
    /// `female`
    Female,
    /// `other`
    Other,
    /// `unknown`, or not said.
    #[default]
    Unknown,
    /// `nonbinary`
    Nonbinary,
    /// A word this version does not know, in the record's own letters.
    Unlisted(String),
}

impl Gender {
    /// The genders that a patient can pick, in the order shown.
    pub const CHOICES: [Self; 4] = [Self::Female, Self::Male, Self::Other, Self::Unknown];

    /// Reads the wire's word in any letter case.
    pub fn from_wire(text: &str) -> Self {
        let known = [Self::Male, Self::Female, Self::Other, Self::Unknown, Self::Nonbinary];
        known
            .into_iter()
            .find(|gender| gender.as_str().eq_ignore_ascii_case(text))
            .unwrap_or_else(|| Self::Unlisted(text.into()))
    }

    /// The wire's word; in lower case if it is a known one.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
            Self::Other => "other",
            Self::Unknown => "unknown",
            Self::Nonbinary => "nonbinary",
            Self::Unlisted(word) => word,
        }
    }
}

/// A person's name in parts; an optional part that is missing is empty.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct HumanName {
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Optional.
    pub middle: String,
    /// Optional.
    pub prefix: String,
    /// Optional.
    pub suffix: String,
    /// `usual`, `official`, …; optional.
    pub usage: String,
}

/// A person's data in patient calls; a booking takes its address from there (API reference §2.19–2.21).
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Demographics {
    /// Name.
    pub name: HumanName,
    /// `YYYY-MM-DD`; empty when the record has none.
    pub birth_date: String,
    /// Gender.
    pub gender: Gender,
    /// E-mail.
    pub email: String,
    /// As typed or as recorded: the mobile number, else the home number, else the work number.
    pub phone: String,
    /// The first address.
    pub address: Address,
    /// The last four digits of the SSN, only if the patient typed them; never made up.
    pub ssn_last_four: Option<String>,
}

/// The account's record in one EHR system.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct PatientLink {
    /// The system of the link's first identifier.
    pub ehr: EhrSystem,
    /// What that system's record says about the person.
    pub demographics: Demographics,
}

/// The signed-in account's patient.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Patient {
    /// The account's id in DexCare.
    pub guid: PatientGuid,
    /// The account's records; empty for a new account.
    pub links: Vec<PatientLink>,
}

impl Patient {
    /// The record in the system a visit is to be booked into.
    pub fn link_in(&self, ehr: &EhrSystem) -> Option<&PatientLink> {
        self.links.iter().find(|link| link.ehr == *ehr)
    }

    /// What to prefill the form from: the record in this system, else the first other one.
    pub fn known(&self, ehr: &EhrSystem) -> Option<&Demographics> {
        self.link_in(ehr).or(self.links.first()).map(|link| &link.demographics)
    }
}

/// The account holder's possible relationships to the patient, as the wire spells them (API reference §1.9).
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

/// The account holder who books for someone else (API reference §3.6).
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Actor {
    /// The account holder's relationship to the patient, one of [`RELATIONSHIPS`].
    pub relationship: String,
    /// The account holder; their phone and e-mail are the visit's contact.
    pub demographics: Demographics,
}

/// All details from the patient step, validated.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Details {
    /// The person to be seen.
    pub demographics: Demographics,
    /// `None` = the account holder is the patient.
    pub actor: Option<Actor>,
    /// Reason for the visit, in the patient's words; at most 500 characters.
    pub reason: String,
    /// How the visit is paid for.
    pub payment: Payment,
    /// The host page's questions that were answered, with the answers, in the page's order.
    pub answers: Vec<(String, String)>,
    /// A language (ISO 639-3) to have an interpreter for; on-demand visits only.
    pub interpreter: Option<String>,
}

impl Details {
    /// The person by whose phone and e-mail the visit is arranged: the account holder.
    pub fn contact(&self) -> &Demographics {
        self.actor.as_ref().map_or(&self.demographics, |actor| &actor.demographics)
    }
}

#[cfg(test)]
mod tests;
