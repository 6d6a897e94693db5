//! The `resume` value, which restores a choice after a full-page sign-in. It contains the choice and when it was
//! made, and nothing about a person.
//!
//! The value is opaque to host pages, but not secret: somebody who forges one can only choose a time or a line, which
//! attributes can do too. It is valid for half an hour, and what it names is looked up again before it is used.

use booking::errand::state::Errand;
use booking::ids::{DepartmentIdentifier, Npi, ProviderId, RegionCode, VisitType, VisitTypeId};
use booking::on_demand::Modality;
use booking::settings::Resume;
use booking::slot::{Slot, Source};
use booking::time::Moment;

/// Seconds for which a value is valid.
const GOOD_FOR: i64 = 30 * 60;
/// The largest number of characters of a value that is read; a value written here usually has fewer than 300.
const LONGEST: usize = 1000;
/// The first field, which says what the value names: a time, or a line ([`NOW`]).
const TIME: &str = "t1";
const NOW: &str = "n1";

/// The value for an errand; `None` for "My visits", which has no choice to restore.
pub fn write(errand: &Errand, now: i64) -> Option<String> {
    let fields = match errand {
        Errand::Time(time) => {
            let slot = time.slot();
            let now = now.to_string();
            let whose = if slot.source.names_clinician() { "p" } else { "d" };
            let at = slot.at.to_rfc3339();
            [
                TIME,
                &now,
                whose,
                &at,
                slot.place.ehr.as_str(),
                slot.place.department.as_str(),
                slot.npi.as_str(),
                slot.visit_type.as_str(),
            ]
            .join("\n")
        }
        Errand::OnDemand(visit) => return Some(write_line(&visit.region.code, visit.modality, now)),
        Errand::Visits => return None,
    };
    Some(hex(&fields))
}

/// The value for a line.
pub fn write_line(region: &RegionCode, modality: Modality, now: i64) -> String {
    hex(&[NOW, &now.to_string(), region.as_str(), modality.as_str()].join("\n"))
}

/// The choice that a value restores; [`Resume::Lost`] for a value that is expired, damaged, or was not written here.
pub fn read(value: &str, now: i64) -> Resume {
    (value.len() <= LONGEST).then(|| parse(value, now)).flatten().unwrap_or(Resume::Lost)
}

fn parse(value: &str, now: i64) -> Option<Resume> {
    let text = unhex(value)?;
    let fields: Vec<&str> = text.split('\n').collect();
    let made: i64 = fields.get(1)?.parse().ok()?;
    // A value from the future was not written here either, but clocks may differ by a minute.
    if !(-60..=GOOD_FOR).contains(&(now.checked_sub(made)?)) || fields.iter().any(|field| field.is_empty()) {
        return None;
    }
    match *fields.as_slice() {
        [TIME, _, whose, at, ehr, department, npi, visit_type] => {
            let source = match whose {
                "p" => Source::SearchedClinician,
                "d" => Source::SearchedDepartment,
                _ => return None,
            };
            Some(Resume::Time(Box::new(Slot {
                id: None,
                source,
                npi: Npi::from_wire(npi),
                provider: ProviderId::new(""),
                place: DepartmentIdentifier::new(ehr, department),
                visit_type: VisitType::new(visit_type),
                visit_type_id: VisitTypeId::new(""),
                minutes: 0,
                at: Moment::parse(at)?,
            })))
        }
        [NOW, _, region, modality] => {
            Some(Resume::OnDemand(RegionCode::new(region), Modality::from_wire(modality)?))
        }
        _ => None,
    }
}

/// Encodes a text in letters and digits only, so that the value needs no escaping in an address.
pub(super) fn hex(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    text.bytes().flat_map(|byte| [digit(byte >> 4), digit(byte)]).collect()
}

fn unhex(value: &str) -> Option<String> {
    let value = value.as_bytes();
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let bytes: Option<Vec<u8>> = value
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => u8::try_from(digit(*high)? << 4 | digit(*low)?).ok(),
            _ => None,
        })
        .collect();
    String::from_utf8(bytes?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use booking::ids::SlotId;
    use booking::schedule::Time;

    const NOON: i64 = 1_796_760_000;

    fn tuesday(source: Source) -> Errand {
        let at = Moment::parse("2026-12-08T15:40:00-08:00").unwrap();
        let slot = Slot {
            id: Some(SlotId::new("c2xvdA==")),
            source,
            npi: Npi::from_wire("1234567893"),
            provider: ProviderId::new("32261"),
            place: DepartmentIdentifier::new("org.northlake.epic.main", "100210"),
            visit_type: VisitType::new("NewPatient"),
            visit_type_id: VisitTypeId::new("4378"),
            minutes: 20,
            at,
        };
        Errand::Time(Time { slots: vec![slot], local: at.local(), offset: at.offset, zone: None })
    }

    #[test]
    fn a_time_comes_back_without_its_slot_id() {
        let value = write(&tuesday(Source::Clinician), NOON).unwrap();
        assert!(value.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let Resume::Time(slot) = read(&value, NOON + 60) else { panic!("it comes back") };
        assert!(slot.source == Source::SearchedClinician && slot.id.is_none());
        assert_eq!(slot.at.to_rfc3339(), "2026-12-08T15:40:00-08:00");
        assert_eq!(slot.place.to_text(), "org.northlake.epic.main|100210");
        let value = write(&tuesday(Source::Department), NOON).unwrap();
        let Resume::Time(slot) = read(&value, NOON) else { panic!("it comes back") };
        assert!(slot.source == Source::SearchedDepartment);
    }

    #[test]
    fn half_an_hour_later_it_is_lost() {
        let value = write(&tuesday(Source::Clinician), NOON).unwrap();
        assert!(matches!(read(&value, NOON + GOOD_FOR), Resume::Time(_)));
        assert!(matches!(read(&value, NOON + GOOD_FOR + 1), Resume::Lost));
        assert!(matches!(read(&value, NOON - 61), Resume::Lost), "from the future");
    }

    #[test]
    fn what_was_not_given_out_here_is_lost() {
        let good = write(&tuesday(Source::Clinician), NOON).unwrap();
        let cut = good.get(..good.len() - 2).unwrap();
        let odd = good.get(..good.len() - 1).unwrap();
        let forged = [
            "",
            "zz",
            "%3Cscript%3E",
            odd,
            &hex("t1"),
            &hex("t1\nsoon\np\n2026-12-08T15:40:00-08:00\ne\n1\n2\n3"),
            &hex("t9\n1796760000\np\n2026-12-08T15:40:00-08:00\ne\n1\n2\n3"),
            &hex("t1\n1796760000\nx\n2026-12-08T15:40:00-08:00\ne\n1\n2\n3"),
            &hex("t1\n1796760000\np\nsoon\ne\n1\n2\n3"),
            &hex("t1\n1796760000\np\n2026-12-08T15:40:00-08:00\n\n1\n2\n3"),
            &hex("n1\n1796760000\nWA\ncarrier-pigeon"),
            &"61".repeat(LONGEST),
        ];
        for value in forged {
            assert!(matches!(read(value, NOON), Resume::Lost), "{value}");
        }
        // A shorter last field only names another visit type, which the system does not offer.
        assert!(matches!(read(cut, NOON), Resume::Time(_)));
    }
}
