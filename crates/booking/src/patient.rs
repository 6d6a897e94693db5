//! The person to be seen, as DexCare records them: one account, one demographic record per EHR (API reference §2.19).
//!
//! Real health data: no `Debug` in the wasm, never in an error, an event or a log.

use crate::ids::{EhrSystem, PatientGuid};
use crate::payment::Payment;
use crate::place::Address;

/// Open on purpose: what a record says is kept as it is said (Q42).
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
    /// Those a patient can pick, in the order shown.
    pub const CHOICES: [Self; 4] = [Self::Female, Self::Male, Self::Other, Self::Unknown];

    /// Reads any letter case.
    pub fn from_wire(text: &str) -> Self {
        let known = [Self::Male, Self::Female, Self::Other, Self::Unknown, Self::Nonbinary];
        known
            .into_iter()
            .find(|gender| gender.as_str().eq_ignore_ascii_case(text))
            .unwrap_or_else(|| Self::Unlisted(text.into()))
    }

    /// The word the wire wants, lower case where it is a known one.
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

/// A person's name in parts; optional parts are empty when absent.
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

/// What the patient calls make of a person, and what a booking takes its address from (API reference §2.19–2.21).
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Demographics {
    /// Name.
    pub name: HumanName,
    /// `YYYY-MM-DD`; empty when a record does not say.
    pub birth_date: String,
    /// Gender.
    pub gender: Gender,
    /// E-mail.
    pub email: String,
    /// As typed or as recorded: the mobile, else the home, else the work number.
    pub phone: String,
    /// The first address.
    pub address: Address,
    /// The last four digits, only when the patient gave them; never invented.
    pub ssn_last_four: Option<String>,
}

/// The account's record in one EHR system.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct PatientLink {
    /// The system of the link's first identifier.
    pub ehr: EhrSystem,
    /// What that system says of the person.
    pub demographics: Demographics,
}

/// The signed-in account's patient.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Patient {
    /// The account's patient.
    pub guid: PatientGuid,
    /// None for a fresh account.
    pub links: Vec<PatientLink>,
}

impl Patient {
    /// The record in the system a visit is to be booked into.
    pub fn link_in(&self, ehr: &EhrSystem) -> Option<&PatientLink> {
        self.links.iter().find(|link| link.ehr == *ehr)
    }

    /// The best there is to prefill from: that system's record, else any.
    pub fn known(&self, ehr: &EhrSystem) -> Option<&Demographics> {
        self.link_in(ehr).or(self.links.first()).map(|link| &link.demographics)
    }
}

/// What the account holder can be to the person they book for, as the wire spells it (API reference §1.9).
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
    /// What they are to the patient, one of [`RELATIONSHIPS`].
    pub relationship: String,
    /// The account holder; their phone and e-mail are the visit's contact.
    pub demographics: Demographics,
}

/// A whole entry of the patient step, valid.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Details {
    /// Who is to be seen.
    pub demographics: Demographics,
    /// `None` = the account holder is the patient.
    pub actor: Option<Actor>,
    /// In their own words; at most 500 characters.
    pub reason: String,
    /// How it is paid for.
    pub payment: Payment,
    /// The host's questions that were answered, with the answers, in the host's order.
    pub answers: Vec<(String, String)>,
    /// A language (ISO 639-3) to have an interpreter for; on-demand visits only.
    pub interpreter: Option<String>,
}

impl Details {
    /// Whose phone and e-mail the visit is reached by: the account holder's.
    pub fn contact(&self) -> &Demographics {
        self.actor.as_ref().map_or(&self.demographics, |actor| &actor.demographics)
    }
}

#[cfg(test)]
mod tests;
