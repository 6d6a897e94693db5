//! The forty clinicians, where they work on which weekdays, and what they offer there.

use chrono::Weekday;
use uuid::Uuid;

use super::clinics::Clinic;
use super::visit_types::{self, Ehr, VisitType};
use super::{guid, npi};

/// A clinician's kind of work, which decides visit types and working hours.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Family medicine.
    Family,
    /// Internal medicine.
    Internal,
    /// Internal medicine with a short and a long follow-up, which share a short name but have different ids.
    LongInternal,
    /// Pediatrics; the age ranges of its visit types are in days, months and years.
    Pediatrics,
    /// Same-day care, evenings and weekends included.
    Urgent,
    /// Nights, at the clinic that never closes.
    Night,
    /// Flu shots and nothing else.
    FluNurse,
    /// Video visits and nothing else.
    Video,
}

impl Role {
    fn short_names(self) -> &'static [&'static str] {
        match self {
            Self::Family => &["NewPatient", "FollowUp", "AdultPhysical", "FluShot"],
            Self::Internal | Self::LongInternal => &["NewPatient", "FollowUp", "AdultPhysical"],
            Self::Pediatrics => &["NewPatient", "WellChild", "NewbornCheck", "FluShot"],
            Self::Urgent => &["Illness", "FluShot"],
            Self::Night => &["Illness"],
            Self::FluNurse => &["FluShot"],
            Self::Video => &["Virtual"],
        }
    }

    fn offers(self, row: &VisitType) -> bool {
        let long_follow_up = row.name == "Office visit, long follow up";
        match row.short_name {
            None => matches!(self, Self::Family | Self::Internal | Self::LongInternal),
            Some(_) if long_follow_up => self == Self::LongInternal,
            Some(short_name) => self.short_names().contains(&short_name),
        }
    }
}

/// A clinician's work at one clinic.
pub struct Post {
    /// Index into the world's clinics.
    pub clinic: usize,
    /// The clinician's id in that clinic's EHR: the `providerId` of a slot.
    pub emr_id: String,
    /// Weekdays on which the clinician works at the clinic.
    pub weekdays: Vec<Weekday>,
    /// Visit types that the clinician offers at the clinic, from the clinic's EHR.
    pub visit_types: Vec<&'static VisitType>,
}

/// One clinician.
pub struct Clinician {
    /// Ten digits with a valid check digit.
    pub npi: String,
    /// Given name.
    pub given: &'static str,
    /// Family name.
    pub family: &'static str,
    /// `Dr.`, for physicians.
    pub title: Option<&'static str>,
    /// `MD`, `RN`, …
    pub credential: &'static str,
    /// Internal provider id (a GUID), listed with a department's providers.
    pub provider_guid: Uuid,
    /// Kind of work.
    pub role: Role,
    /// Posts; the first is at the main clinic, whose time zone the v4 answer uses.
    pub posts: Vec<Post>,
    /// Weekday on which the EHR refuses every booking, and gives no reason.
    pub refused_on: Option<Weekday>,
}

impl Clinician {
    /// Given and family name.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }
}

/// The NPI of Dana Whitfield; the account [`super::people::NOT_ON_PANEL`] is not on her panel.
pub const PANEL_NPI: &str = "1234567893";

type Row = (&'static str, &'static str, &'static str, Role, &'static [(&'static str, &'static str)]);

use Role::{Family, FluNurse, Internal, LongInternal, Night, Pediatrics, Urgent, Video};

/// Weekday letters: M T W R F S U.
const ROSTER: [Row; 40] = [
    ("Dana", "Whitfield", "MD", Family, &[("NorthlakeBallard", "MTWF"), ("NorthlakeBellevue", "R")]),
    ("Samuel", "Ortega", "PA-C", Urgent, &[("NorthlakeBallard", "WRFSU")]),
    ("Ingrid", "Solberg", "ARNP", Urgent, &[("NorthlakeBallard", "MTWSU")]),
    ("Grace", "Nakamura", "RN", FluNurse, &[("NorthlakeBallard", "MTWRF")]),
    ("Tobias", "Lindqvist", "MD", Family, &[("NorthlakeBallard", "MTWRF")]),
    ("Helen", "Marsh", "MD", Family, &[("NorthlakeBellevue", "MTWRF")]),
    ("Ravi", "Subramaniam", "MD", Internal, &[("NorthlakeBellevue", "MTRF"), ("NorthlakeBallard", "W")]),
    ("Chloe", "Bennett", "PA-C", Urgent, &[("NorthlakeBellevue", "WRFSU")]),
    ("Femi", "Adeyemi", "MD", Pediatrics, &[("NorthlakeBellevue", "MTWR")]),
    ("Luis", "Herrera", "RN", FluNurse, &[("NorthlakeTacoma", "MTWRF")]),
    ("Mei", "Tanaka", "RN", FluNurse, &[("NorthlakeTacoma", "WRFS")]),
    ("Joanna", "Kowalski", "RN", FluNurse, &[("NorthlakeTacoma", "MTSU")]),
    ("Priya", "Raman", "MD", Internal, &[("NorthlakeDenver", "MTW"), ("NorthlakeMadison", "RF")]),
    ("Caleb", "Foster", "MD", Family, &[("NorthlakeDenver", "MTWRF")]),
    ("Amara", "Cole", "MD", Video, &[("NorthlakeDenver", "MTWRF")]),
    ("Noah", "Kim", "PA-C", Urgent, &[("NorthlakeDenver", "WRFSU")]),
    ("Beatriz", "Fonseca", "MD", Pediatrics, &[("NorthlakeDenver", "MTRF")]),
    ("Owen", "Castellano", "MD", LongInternal, &[("NorthlakeBoulder", "MTWRF")]),
    ("Yara", "Mansour", "MD", Family, &[("NorthlakeBoulder", "MTW"), ("NorthlakeDenver", "RF")]),
    ("Elin", "Sørensen", "RN", FluNurse, &[("NorthlakeBoulder", "MTWRFS")]),
    ("Miguel", "Santos", "MD", Family, &[("NorthlakeScottsdale", "MTWRF")]),
    ("Hannah", "Weiss", "PA-C", Urgent, &[("NorthlakeScottsdale", "TWRFSU")]),
    ("Kofi", "Mensah", "MD", Pediatrics, &[("NorthlakeScottsdale", "MTWRF")]),
    ("Lucia", "Romano", "RN", FluNurse, &[("NorthlakeScottsdale", "MWF")]),
    ("Arthur", "Pell", "MD", Family, &[("NorthlakeTempe", "MTWRF")]),
    ("Simone", "Girard", "PA-C", Urgent, &[("NorthlakeTempe", "MTWRFSU")]),
    ("Clara", "Jensen", "MD", Family, &[("NorthlakeMadison", "MTWRF")]),
    ("Dmitri", "Volkov", "MD", Internal, &[("NorthlakeMadison", "MTWR")]),
    ("Aisha", "Rahman", "MD", Night, &[("CedarbrookLoop", "MTWRFSU")]),
    ("Patrick", "O'Neill", "PA-C", Urgent, &[("CedarbrookLoop", "WRFSU")]),
    ("Renée", "Dubois", "RN", FluNurse, &[("CedarbrookLoop", "MTWRF")]),
    ("Thomas", "Berg", "MD", Family, &[("CedarbrookLoop", "MTW"), ("CedarbrookEvanston", "RF")]),
    ("Sofía", "Martínez", "MD", Pediatrics, &[("CedarbrookEvanston", "MTWRF")]),
    ("William", "Achebe", "MD", Family, &[("CedarbrookEvanston", "MTWRF")]),
    ("Nora", "Lindgren", "ARNP", Urgent, &[("CedarbrookEvanston", "WRFSU")]),
    ("Daniel", "Park", "MD", Family, &[("CedarbrookLakeview", "MTWRF")]),
    ("Miriam", "Abrams", "MD", Internal, &[("CedarbrookLakeview", "MTW"), ("CedarbrookEvanston", "RF")]),
    ("Jonas", "Eriksen", "RN", FluNurse, &[("CedarbrookLakeview", "MTWRFS")]),
    ("Gloria", "Reyes", "MD", Family, &[("CedarbrookDurango", "MTWRF")]),
    ("Ethan", "Brooks", "PA-C", Urgent, &[("CedarbrookDurango", "WRFSU")]),
];

fn weekday(letter: char) -> Weekday {
    match letter {
        'M' => Weekday::Mon,
        'T' => Weekday::Tue,
        'W' => Weekday::Wed,
        'R' => Weekday::Thu,
        'F' => Weekday::Fri,
        'S' => Weekday::Sat,
        _ => Weekday::Sun,
    }
}

/// All clinicians. Only their GUIDs depend on the seed; NPIs and EMR ids are fixed, so that documents and tests
/// can name them.
pub fn all(seed: u64, clinics: &[Clinic]) -> Vec<Clinician> {
    let rows = ROSTER.iter().zip(0_u32..);
    rows.map(|(&(given, family, credential, role, places), number)| {
        let posts = places.iter().filter_map(|&(url_name, weekdays)| {
            let clinic = clinics.iter().position(|clinic| clinic.url_name == url_name)?;
            let ehr = clinics[clinic].ehr;
            let emr_base = if ehr == Ehr::Main { 32_261 } else { 8_804 };
            Some(Post {
                clinic,
                emr_id: (emr_base + number * 17).to_string(),
                weekdays: weekdays.chars().map(weekday).collect(),
                visit_types: visit_types::ALL
                    .iter()
                    .filter(|row| row.ehr == ehr && role.offers(row))
                    .collect(),
            })
        });
        Clinician {
            npi: npi::with_check_digit(123_456_789 + number * 10_471),
            given,
            family,
            title: (credential == "MD").then_some("Dr."),
            credential,
            provider_guid: guid(seed, &format!("provider {given} {family}")),
            role,
            posts: posts.collect(),
            refused_on: (family == "Marsh").then_some(Weekday::Wed),
        }
    })
    .collect()
}
