//! The people, clinics and hours that this crate's tests share. The clock is fixed at 2026-12-07T17:00:00Z, nine in the
//! morning of a Monday in Seattle.

use chrono::{DateTime, Datelike, NaiveDate};

use crate::ids::{
    DepartmentIdentifier, EhrSystem, Npi, PatientGuid, ProviderId, SlotId, UrlName, VisitId, VisitType,
    VisitTypeId, Zone,
};
use crate::patient::{Demographics, Details, Gender, HumanName, Patient, PatientLink};
use crate::payment::Payment;
use crate::place::{Address, Clinician, Department, Place, VisitTypeOffer};
use crate::slot::{Slot, Slots, Source};
use crate::time::{Moment, Zones};

mod around;
mod virtual_care;

pub use around::*;
pub use virtual_care::*;

/// Dr. Dana Whitfield, at Ballard and Fremont.
pub const DANA: &str = "1234567893";
/// Dr. Samuel Ortega, at Ballard and Boulder.
pub const SAMUEL: &str = "1003000126";

pub const MAIN: &str = "org.northlake.epic.main";
pub const EAST: &str = "org.northlake.epic.east";

pub const BALLARD: &str = "NorthlakeBallard";
pub const FREMONT: &str = "NorthlakeFremont";
pub const BOULDER: &str = "NorthlakeBoulder";

pub const OFFICE: &str = "OfficeVisit";
pub const FLU: &str = "FluShot";

pub const PACIFIC: &str = "America/Los_Angeles";
pub const MOUNTAIN: &str = "America/Denver";
pub const ARIZONA: &str = "America/Phoenix";
pub const CENTRAL: &str = "America/Chicago";

pub fn instant(text: &str) -> i64 {
    Moment::parse(text).unwrap().at
}

pub fn now() -> i64 {
    instant("2026-12-07T17:00:00Z")
}

pub fn day(text: &str) -> NaiveDate {
    crate::time::parse_iso_date(text).unwrap()
}

pub fn today() -> NaiveDate {
    day("2026-12-07")
}

/// Four US zones with their rules of 2026 and 2027; Arizona has no daylight saving time.
pub struct UsZones;

impl Zones for UsZones {
    fn offset(&self, zone: &Zone, at: i64) -> Option<i32> {
        let (standard, has_summer) = match zone.as_str() {
            PACIFIC => (-8, true),
            MOUNTAIN => (-7, true),
            CENTRAL => (-6, true),
            ARIZONA => (-7, false),
            _ => return None,
        };
        let (starts, ends) = match DateTime::from_timestamp(at, 0)?.year() {
            2026 => ("2026-03-08", "2026-11-01"),
            2027 => ("2027-03-14", "2027-11-07"),
            _ => return Some(standard * 3600),
        };
        // Daylight saving time begins at two by standard time, and ends at two by daylight saving time, which is one by
        // standard time.
        let on = |date: &str, hour: i32| {
            instant(&format!("{date}T00:00:00Z")) + i64::from((hour - standard) * 3600)
        };
        let summer = has_summer && (on(starts, 2)..on(ends, 1)).contains(&at);
        Some((standard + i32::from(summer)) * 3600)
    }
}

pub fn ballard() -> DepartmentIdentifier {
    DepartmentIdentifier::new(MAIN, "100210")
}

pub fn fremont() -> DepartmentIdentifier {
    DepartmentIdentifier::new(MAIN, "100220")
}

/// A clinic in another time zone and another EHR system.
pub fn boulder() -> DepartmentIdentifier {
    DepartmentIdentifier::new(EAST, "200110")
}

pub fn npi(text: &str) -> Npi {
    Npi::from_wire(text)
}

pub fn url(text: &str) -> UrlName {
    UrlName::new(text)
}

pub fn visit_type(text: &str) -> VisitType {
    VisitType::new(text)
}

pub fn guid(text: &str) -> PatientGuid {
    PatientGuid::new(text)
}

pub fn visit(text: &str) -> VisitId {
    VisitId::new(text)
}

pub fn zone(text: &str) -> Zone {
    Zone::new(text)
}

/// A slot of twenty minutes for an office visit, from the clinician's own list.
pub fn slot(id: &str, who: &str, place: DepartmentIdentifier, at: &str) -> Slot {
    Slot {
        id: Some(SlotId::new(id)),
        source: Source::Clinician,
        npi: npi(who),
        provider: ProviderId::new(if who == DANA { "32261" } else { "40117" }),
        place,
        visit_type: visit_type(OFFICE),
        visit_type_id: VisitTypeId::new("4378"),
        minutes: 20,
        at: Moment::parse(at).unwrap(),
    }
}

/// The id of a slot that can be booked.
pub fn id_of(slot: &Slot) -> &str {
    slot.id.as_ref().expect("a slot with an id").as_str()
}

/// The same slot for a flu shot.
pub fn flu(slot: Slot) -> Slot {
    Slot { visit_type: visit_type(FLU), visit_type_id: VisitTypeId::new("4401"), ..slot }
}

/// The same slots, as if they came from another list.
pub fn from(source: Source, slots: Vec<Slot>) -> Vec<Slot> {
    slots.into_iter().map(|slot| Slot { source, ..slot }).collect()
}

pub fn slots(zone: &str, slots: Vec<Slot>) -> Slots {
    Slots { zone: Some(Zone::new(zone)), slots, dropped: 0 }
}

pub fn offer(short_name: &str) -> VisitTypeOffer {
    VisitTypeOffer {
        id: VisitTypeId::new("4378"),
        short_name: visit_type(short_name),
        name: short_name.into(),
        ages: None,
    }
}

/// A clinic that offers these visit types.
pub fn clinic(name: &str, offers: &[&str]) -> Department {
    let (identifier, zone) = match name {
        BALLARD => (ballard(), PACIFIC),
        FREMONT => (fremont(), PACIFIC),
        _ => (boulder(), MOUNTAIN),
    };
    Department {
        identifier,
        url_name: url(name),
        name: name.into(),
        brand: "northlake".into(),
        zone: Zone::new(zone),
        phone: "206-555-0100".into(),
        address: Address::default(),
        position: None,
        visit_types: offers.iter().map(|name| offer(name)).collect(),
        clinicians: Vec::new(),
    }
}

/// A clinician at these places who offers these visit types.
pub fn clinician(who: &str, places: &[DepartmentIdentifier], offers: &[&str]) -> Clinician {
    let practice = |identifier: &DepartmentIdentifier| Place {
        identifier: identifier.clone(),
        name: identifier.department.as_str().into(),
        phone: String::new(),
        address: Address::default(),
    };
    Clinician {
        npi: npi(who),
        name: if who == DANA { "Dana Whitfield" } else { "Samuel Ortega" }.into(),
        credentials: "MD".into(),
        is_active: true,
        places: places.iter().map(practice).collect(),
        visit_types: offers.iter().map(|name| offer(name)).collect(),
    }
}

/// The demographics of a person with this name: `person("Marta", "Okafor")`, `person("Ruth", "Lind")`. Only the
/// name and the e-mail address differ.
pub fn person(given: &str, family: &str) -> Demographics {
    Demographics {
        name: HumanName { given: given.into(), family: family.into(), ..HumanName::default() },
        birth_date: "1979-02-11".into(),
        gender: Gender::Female,
        email: format!("{given}.{family}@example.com").to_lowercase(),
        phone: "2065550188".into(),
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

pub fn marta() -> Demographics {
    person("Marta", "Okafor")
}

/// An account's patient, with a record in each of these EHR systems.
pub fn record(id: &str, who: &Demographics, systems: &[&str]) -> Patient {
    let link = |ehr: &&str| PatientLink { ehr: EhrSystem::new(ehr), demographics: who.clone() };
    Patient { guid: guid(id), links: systems.iter().map(link).collect() }
}

pub fn details(demographics: Demographics) -> Details {
    Details {
        demographics,
        actor: None,
        reason: "Sore throat since Sunday".into(),
        payment: Payment::OnArrival,
        answers: Vec::new(),
        interpreter: None,
    }
}
