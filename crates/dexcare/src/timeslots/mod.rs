//! Slots of a clinic or a clinician: the two reads that return slot ids (API reference §2.3, §2.6), the one that does
//! not (§2.8), and the code that they share.

use booking::ids::{DepartmentIdentifier, Npi, ProviderId, SlotId, VisitType, VisitTypeId, Zone};
use booking::slot::{Slot, Slots, Source};
use booking::time::Moment;

use crate::json::{self, Value};

pub mod department;
pub mod provider;
pub mod provider_v5;

/// The longest visit to accept, in minutes.
const LONGEST: i64 = 24 * 60;

/// Reads `scheduleDays`. A slot or a day that cannot be read is dropped and counted. `source` decides which id a slot
/// must have for its booking: `providerId` or `visitTypeId`.
fn slots(body: &[u8], visit_type: &VisitType, source: Source) -> Option<Slots> {
    let response = json::parse_object(body)?;
    let days = json::list(&response, "scheduleDays")?;
    // The clinician of the whole response, whom v4 names and v2 does not.
    let npi = json::id(&response, "providerNationalId");
    let zone = json::id(&response, "timezone").map(Zone::new);
    let mut read = Slots { zone, slots: Vec::new(), dropped: 0 };
    for row in rows_of_days(days, "timeSlots", &mut read.dropped) {
        match slot(row, npi, visit_type, source) {
            Some(slot) => read.slots.push(slot),
            None => read.dropped += 1,
        }
    }
    Some(read)
}

/// The rows that the days have under `key`, in order. A day that cannot be read is counted in `dropped`; a day
/// without rows is not. The date of a day is not read, since each slot has its own.
pub(crate) fn rows_of_days<'a, 'b>(
    days: &'a [Value<'b>],
    key: &str,
    dropped: &mut u32,
) -> Vec<&'a Value<'b>> {
    let mut rows = Vec::new();
    for day in days {
        match (day, json::field(day, key)) {
            (Value::Object(_), Value::Null) => {}
            (_, Value::List(of_day)) => rows.extend(of_day),
            _ => *dropped += 1,
        }
    }
    rows
}

/// Reads one slot; `None` if the slot could not be booked, or could not be shown at the right time.
fn slot(row: &Value<'_>, npi: Option<&str>, visit_type: &VisitType, source: Source) -> Option<Slot> {
    json::id(row, if source == Source::Department { "providerId" } else { "visitTypeId" })?;
    // A bare `departmentId` is not enough: it is unique within one EHR system only, and with a guessed system the visit
    // would be booked at another clinic.
    let place = DepartmentIdentifier::parse(json::id(row, "departmentIdentifier")?)?;
    let own = json::id(row, "providerNationalId");
    Some(Slot {
        id: Some(SlotId::new(json::id(row, "id")?)),
        source,
        npi: Npi::from_wire(own.or(npi)?),
        provider: ProviderId::new(json::id(row, "providerId").unwrap_or_default()),
        place,
        visit_type: visit_type.clone(),
        visit_type_id: VisitTypeId::new(json::id(row, "visitTypeId").unwrap_or_default()),
        minutes: minutes(row),
        at: at(row)?,
    })
}

/// A slot's length in minutes; 0 if it is missing, unreadable, not positive, or longer than a day.
pub(crate) fn minutes(row: &Value<'_>) -> u16 {
    let minutes = json::integer(row, "duration").filter(|minutes| (1..=LONGEST).contains(minutes));
    minutes.and_then(|minutes| u16::try_from(minutes).ok()).unwrap_or(0)
}

/// The instant at which a slot begins.
pub(crate) fn at(row: &Value<'_>) -> Option<Moment> {
    Moment::parse(json::id(row, "slotDateTime")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOT: &str = r#"{"id":"c2xvdA==","providerNationalId":"1234567893","providerId":"32261","departmentId":"100210",
        "departmentIdentifier":"org.northlake.epic.main|100210","visitTypeId":"4378","duration":20,"slotDateTime":"2026-12-08T15:40:00-08:00"}"#;

    fn read(body: &str) -> Option<Slots> {
        slots(body.as_bytes(), &VisitType::new("FluShot"), Source::Department)
    }

    /// The number of slots in a schedule, and of parts that were dropped.
    fn counts(days: &str) -> Option<(usize, u32)> {
        read(&format!(r#"{{"scheduleDays":{days}}}"#)).map(|read| (read.slots.len(), read.dropped))
    }

    /// The one slot of a schedule, changed; `None` when it is dropped.
    fn slot_with(from: &str, to: &str) -> Option<Slot> {
        let slot = SLOT.replace(from, to);
        assert_ne!(slot, SLOT, "{from} is not in the slot");
        let mut read = read(&format!(r#"{{"scheduleDays":[{{"timeSlots":[{slot}]}}]}}"#)).unwrap();
        assert_eq!(read.slots.len() + read.dropped as usize, 1, "a slot is kept or counted");
        read.slots.pop()
    }

    #[test]
    fn no_schedule_is_an_empty_one_and_anything_else_is_no_answer() {
        for empty in ["null", "[]", "[{}]", r#"[{"timeSlots":null}]"#, r#"[{"date":null,"timeSlots":[]}]"#] {
            assert_eq!(counts(empty), Some((0, 0)), "{empty}");
        }
        assert!(read("{}").is_some_and(|read| read.slots.is_empty() && read.zone.is_none()));
        for bad in ["{}", "7", r#""none""#, "true"] {
            assert_eq!(counts(bad), None, "{bad}");
        }
        for bad in ["", "null", "[]", "7", "<html>", r#"{"scheduleDays":["#] {
            assert!(read(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_malformed_day_never_hides_the_others() {
        let day = format!(r#"{{"date":"2026-12-08T00:00:00-08:00","timeSlots":[{SLOT}]}}"#);
        for bad in [
            "null",
            "7",
            "[]",
            "[[]]",
            r#""x""#,
            r#"{"timeSlots":7}"#,
            r#"{"timeSlots":{"a":1}}"#,
            r#"{"timeSlots":"x"}"#,
        ] {
            assert_eq!(counts(&format!("[{day},{bad},{day}]")), Some((2, 1)), "{bad}");
        }
        for odd in ["7", "null", r#""yesterday""#, "{}"] {
            let day = day.replace(r#""2026-12-08T00:00:00-08:00""#, odd);
            assert_eq!(
                counts(&format!("[{day}]")),
                Some((1, 0)),
                "a day's own date says nothing a slot does not: {odd}"
            );
        }
    }

    #[test]
    fn a_bad_slot_never_hides_the_others() {
        let bad = r#"null,7,"x",[],{},[{}],{"id":"a"}"#;
        assert_eq!(counts(&format!(r#"[{{"timeSlots":[{SLOT},{bad},{SLOT}]}}]"#)), Some((2, 7)));
    }

    #[test]
    fn what_a_slot_cannot_do_without() {
        for key in ["id", "providerNationalId", "providerId", "departmentIdentifier", "slotDateTime"] {
            for instead in [
                "\"x\":",
                &format!("\"{key}\":null,\"x\":"),
                &format!("\"{key}\":\"\",\"x\":"),
                &format!("\"{key}\":[7],\"x\":"),
            ] {
                assert!(slot_with(&format!("\"{key}\":"), instead).is_none(), "{instead}");
            }
        }
        for key in ["departmentId", "visitTypeId", "duration"] {
            for instead in ["\"x\":", &format!("\"{key}\":null,\"x\":"), &format!("\"{key}\":{{}},\"x\":")] {
                assert!(slot_with(&format!("\"{key}\":"), instead).is_some(), "{instead}");
            }
        }
    }

    #[test]
    fn the_ehr_is_never_guessed_from_a_department_id() {
        for bad in ["100210", "|100210", "org.northlake.epic.main|", "|", "org.northlake.epic.main/100210"] {
            assert!(slot_with("org.northlake.epic.main|100210", bad).is_none(), "{bad}");
        }
        let odd = slot_with("org.northlake.epic.main|100210", "e|1|2").unwrap();
        assert_eq!((odd.place.ehr.as_str(), odd.place.department.as_str()), ("e", "1|2"));
    }

    #[test]
    fn a_duration_is_minutes_in_any_writing_and_0_when_it_is_absurd() {
        for (sent, minutes) in [
            (r#""20""#, 20),
            ("20.0", 20),
            (r#"" 20 ""#, 20),
            ("1", 1),
            ("1440", 1440),
            ("1441", 0),
            ("0", 0),
            ("-20", 0),
            (r#""-20""#, 0),
            ("99999999999999999999", 0),
            ("1e300", 0),
            ("-1e300", 0),
            (r#""twenty""#, 0),
            ("null", 0),
            ("[20]", 0),
            ("65556", 0),
            ("\"\"", 0),
        ] {
            assert_eq!(
                slot_with(":20,", &format!(":{sent},")).map(|slot| slot.minutes),
                Some(minutes),
                "{sent}"
            );
        }
    }

    #[test]
    fn a_time_is_any_rfc_3339_form_of_a_year_one_can_book() {
        let at = |text: &str| slot_with("2026-12-08T15:40:00-08:00", text).map(|slot| slot.at.to_rfc3339());
        assert_eq!(at("2026-12-08T23:40:00Z").as_deref(), Some("2026-12-08T23:40:00Z"));
        assert_eq!(at("2026-12-08t15:40:00.000-08:00").as_deref(), Some("2026-12-08T15:40:00-08:00"));
        assert_eq!(
            at("2026-11-01T01:30:00-07:00").as_deref(),
            Some("2026-11-01T01:30:00-07:00"),
            "the first of two half past ones"
        );
        for bad in [
            "2026-12-08",
            "2026-12-08T15:40:00",
            "2026-13-08T15:40:00Z",
            "9999-12-31T23:59:59Z",
            "0001-01-01T00:00:00Z",
            "1796773200",
            "soon",
        ] {
            assert_eq!(at(bad), None, "{bad}");
        }
    }

    #[test]
    fn ids_may_be_numbers_and_are_echoed_as_they_are() {
        assert_eq!(slot_with("\"32261\"", "32261").unwrap().provider.as_str(), "32261");
        assert_eq!(slot_with("\"1234567893\"", "1234567893").unwrap().npi.as_str(), "1234567893");
        assert_eq!(
            slot_with("c2xvdA==", " a+/=\\u202e\\\"\\\\ ").unwrap().id,
            Some(SlotId::new(" a+/=\u{202e}\"\\ "))
        );
        assert_eq!(
            slot_with("\"visitTypeId\":\"4378\"", "\"visitTypeId\":4378").unwrap().visit_type_id.as_str(),
            "4378"
        );
    }

    #[test]
    fn a_zone_is_taken_when_it_is_named() {
        let zone = |json: &str| read(&format!(r#"{{"timezone":{json}}}"#)).unwrap().zone;
        assert_eq!(zone(r#""America/Phoenix""#), Some(Zone::new("America/Phoenix")));
        for bad in ["null", r#""""#, "{}", "[]"] {
            assert_eq!(zone(bad), None, "{bad}");
        }
    }

    #[test]
    fn ten_thousand_slots_are_read_in_their_order_duplicates_included() {
        let many: Vec<String> = (0..10_000).map(|n| SLOT.replace("c2xvdA==", &(n / 2).to_string())).collect();
        let read = read(&format!(r#"{{"scheduleDays":[{{"timeSlots":[{}]}}]}}"#, many.join(","))).unwrap();
        assert_eq!((read.slots.len(), read.dropped), (10_000, 0));
        assert!(
            read.slots.iter().enumerate().all(|(n, slot)| slot.id == Some(SlotId::new(&(n / 2).to_string())))
        );
    }
}
