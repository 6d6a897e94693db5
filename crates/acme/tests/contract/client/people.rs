//! Patients and their details in the client crates' own types.

use booking::ids::{DepartmentIdentifier, Npi, PatientGuid, UrlName, VisitType};
use booking::patient::{Demographics, Gender, HumanName};
use booking::payment::Payment;
use booking::place::Address;
use booking::slot::{Slot, Slots};
use booking::time::parse_iso_date;
use chrono::NaiveDate;
use dexcare::{DepartmentTimeslots, ProviderTimeslots, Visit};

use super::driver::{With, anybody};
use crate::support::{DEV, LARS, MARTA, Town};

pub const NADIA: &str = "3c7f9a15-e2d8-4b64-a01c-d85e6f4b2970";

pub fn day(text: &str) -> NaiveDate {
    parse_iso_date(text).expect("a date")
}

pub fn place(text: &str) -> DepartmentIdentifier {
    DepartmentIdentifier::parse(text).expect("an identifier")
}

/// A clinic's free times for a visit type.
pub async fn times_at(town: &Town, url_name: &str, visit_type: &str) -> Slots {
    let call =
        DepartmentTimeslots { url_name: UrlName::new(url_name), visit_type: VisitType::new(visit_type) };
    anybody(town).ask(&call).await.expect("times")
}

/// A clinician's free times for a visit type, from Monday 2026-12-07 to Monday 2026-12-21.
pub async fn times_with(town: &Town, npi: &str, visit_type: &str) -> Slots {
    let call = ProviderTimeslots {
        npi: Npi::parse(npi).expect("a real NPI"),
        visit_type: VisitType::new(visit_type),
        start: day("2026-12-07"),
        end: day("2026-12-21"),
    };
    anybody(town).ask(&call).await.expect("times")
}

/// The first free time of a clinic, or of a clinician.
pub async fn first_time(town: &Town, with: With, whose: &str, visit_type: &str) -> Slot {
    let mut found = match with {
        With::Clinic => times_at(town, whose, visit_type).await,
        With::Clinician => times_with(town, whose, visit_type).await,
    };
    found.slots.swap_remove(0)
}

pub fn pine_street() -> Address {
    Address {
        line1: "88 Pine St".into(),
        line2: "Apt 4".into(),
        city: "Seattle".into(),
        state: "WA".into(),
        postal_code: "98101".into(),
    }
}

fn shorewood() -> Address {
    Address {
        line1: "412 Shorewood Dr".into(),
        line2: String::new(),
        postal_code: "98177".into(),
        ..pine_street()
    }
}

/// Marta, as in her Northlake record.
pub fn marta() -> Demographics {
    Demographics {
        name: HumanName {
            given: "Marta".into(),
            family: "Okafor".into(),
            middle: "J".into(),
            usage: "usual".into(),
            ..HumanName::default()
        },
        birth_date: "1979-02-11".into(),
        gender: Gender::Female,
        email: "marta.okafor@example.com".into(),
        phone: "206-555-0188".into(),
        address: pine_street(),
        ssn_last_four: None,
    }
}

/// Leo, Marta's son.
pub fn leo() -> Demographics {
    Demographics {
        name: HumanName { given: "Leo".into(), family: "Okafor".into(), ..HumanName::default() },
        birth_date: "2017-06-30".into(),
        gender: Gender::Male,
        ..marta()
    }
}

/// Ruth, whose account has no DexCare patient yet.
pub fn ruth() -> Demographics {
    Demographics {
        name: HumanName { given: "Ruth".into(), family: "Lind".into(), ..HumanName::default() },
        birth_date: "1952-09-03".into(),
        gender: Gender::Female,
        email: "ruth.lind@example.com".into(),
        phone: "(206) 555-0119".into(),
        address: Address {
            line1: "412 Shorewood Dr".into(),
            line2: String::new(),
            postal_code: "98177".into(),
            ..pine_street()
        },
        ssn_last_four: None,
    }
}

/// The id of a slot that can be booked.
pub fn id_of(slot: &Slot) -> &str {
    slot.id.as_ref().expect("a slot with an id").as_str()
}

/// A visit in this slot for this patient.
pub fn visit(slot: Slot, patient: &str) -> Visit {
    Visit {
        slot_id: slot.id.clone().expect("a slot with an id"),
        slot,
        patient: PatientGuid::new(patient),
        address: if [DEV, LARS].contains(&patient) { shorewood() } else { pine_street() },
        actor: None,
        phone: marta().phone,
        email: marta().email,
        reason: "Sore throat since Sunday".into(),
        payment: Payment::OnArrival,
        answers: Vec::new(),
    }
}

/// Marta's visit in this slot.
pub fn martas_visit(slot: Slot) -> Visit {
    visit(slot, MARTA)
}
