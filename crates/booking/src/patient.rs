//! The patient, as DexCare knows them: one account, with a demographic record in each EHR system (API reference
//! §2.19).
//!
//! This module holds real health data: its types have no `Debug` in the wasm, and are never part of an error, an
//! event or a log.

use crate::ids::{EhrSystem, PatientGuid};
use crate::payment::Payment;
use crate::place::Address;

/// A person's gender. The API may send other words than those it documents: such a word is kept as it is (Q42).
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Gender {
    /// `male`
    Male,
    /// `female`
    Female,
    /// `other`
    Other,
    /// `unknown`, or the person did not say.
    #[default]
    Unknown,
    /// `nonbinary`
    Nonbinary,
    /// A word that this version does not know, in the letter case of the record.
    Unlisted(String),
}

impl Gender {
    /// The genders that a patient can pick, in the order shown.
    pub const CHOICES: [Self; 4] = [Self::Female, Self::Male, Self::Other, Self::Unknown];

    /// Reads the word that the API uses, in any letter case.
    pub fn from_wire(text: &str) -> Self {
        let known = [Self::Male, Self::Female, Self::Other, Self::Unknown, Self::Nonbinary];
        known
            .into_iter()
            .find(|gender| gender.as_str().eq_ignore_ascii_case(text))
            .unwrap_or_else(|| Self::Unlisted(text.into()))
    }

    /// The word that the API uses; in lower case if this version knows it.
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

    /// The word for the calls that know only four genders (API reference §2.19, §2.25, §2.26): `other` for every further one.
    pub fn as_written(&self) -> &str {
        match self {
            Self::Male | Self::Female | Self::Other | Self::Unknown => self.as_str(),
            Self::Nonbinary | Self::Unlisted(_) => Self::Other.as_str(),
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
    /// Middle name.
    pub middle: String,
    /// What stands before the name (`Dr.`).
    pub prefix: String,
    /// What stands after the name (`Jr.`).
    pub suffix: String,
    /// What the name is used for: `usual`, `official`, …
    pub usage: String,
}

/// A person's data, as the calls that read and write patients contain them (API reference §2.19–2.21). A booking
/// takes the patient's address from here.
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
    /// The phone number: the ten digits that the patient typed, or the number as the record has it (the mobile number,
    /// else the home number, else the work number).
    pub phone: String,
    /// The person's first address.
    pub address: Address,
    /// The last four digits of the SSN, only if the patient typed them. The widget never makes them up.
    pub ssn_last_four: Option<String>,
}

/// The account's record in one EHR system.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct PatientLink {
    /// The EHR system, which the link's first identifier names.
    pub ehr: EhrSystem,
    /// The data about the person in that system.
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
    /// The account's record in this EHR system, into which a visit is to be booked.
    pub fn link_in(&self, ehr: &EhrSystem) -> Option<&PatientLink> {
        self.links.iter().find(|link| link.ehr == *ehr)
    }

    /// The data from which to prefill the form: the record in this EHR system, else the first other one.
    pub fn known(&self, ehr: &EhrSystem) -> Option<&Demographics> {
        self.link_in(ehr).or(self.links.first()).map(|link| &link.demographics)
    }
}

/// The relationships to the patient that an account holder can have, in the API's spelling (API reference §1.9).
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
    /// The account holder's data. The clinic uses this phone number and e-mail address to reach the patient.
    pub demographics: Demographics,
}

/// All entries of the patient step, validated.
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
    /// The host page's questions that the patient answered, each with its answer, in the page's order.
    pub answers: Vec<(String, String)>,
    /// The language (ISO 639-3) for which the patient wants an interpreter; for on-demand visits only.
    pub interpreter: Option<String>,
}

impl Details {
    /// The person whose phone number and e-mail address are used for the visit: the account holder.
    pub fn contact(&self) -> &Demographics {
        self.actor.as_ref().map_or(&self.demographics, |actor| &actor.demographics)
    }
}

#[cfg(test)]
mod tests;
