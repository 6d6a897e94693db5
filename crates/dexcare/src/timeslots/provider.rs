//! A clinician's slots (API reference §2.6): GET `/v4/providers/{npi}/timeslots`, public.

use booking::ids::{Npi, VisitType};
use booking::slot::{Slots, Source};
use booking::time::iso_date;
use chrono::NaiveDate;

use crate::request::{Call, Request, path};

/// Reads a clinician's slots at all their places; booked with [`crate::BookClinician`].
pub struct ProviderTimeslots {
    /// The clinician.
    pub npi: Npi,
    /// The visit type.
    pub visit_type: VisitType,
    /// First day, on the clinic's calendar.
    pub start: NaiveDate,
    /// Last day, not before the first.
    pub end: NaiveDate,
}

impl Call for ProviderTimeslots {
    type Answer = Slots;

    fn request(&self) -> Request {
        let query = vec![
            ("startDate", iso_date(self.start)),
            ("endDate", iso_date(self.end)),
            ("visitType", self.visit_type.as_str().into()),
        ];
        Request::public(path("/v4/providers/", self.npi.as_str(), "/timeslots"), query)
    }

    fn read(&self, body: &[u8]) -> Option<Slots> {
        super::slots(body, &self.visit_type, Source::Clinician)
    }
}

#[cfg(test)]
mod tests {
    use booking::ids::SlotId;

    use super::*;
    use crate::request::wire;

    const DAY: &str = r#"{"providerNationalId":"1234567893","startDate":"2026-12-08","endDate":"2026-12-15",
        "timezone":"America/Los_Angeles",
        "scheduleDays":[{"date":"2026-12-08T00:00:00-08:00","timeSlots":[
          {"id":"bmwtcHJvdi0xMjM0LTE1NDA=","providerNationalId":"1003000126","providerId":"32261",
           "departmentId":"100210","departmentIdentifier":"org.northlake.epic.main|100210",
           "slotType":"NewPatient","visitTypeId":"4378","duration":30,"slotDateTime":"2026-12-08T15:40:00-08:00"}]}]}"#;

    fn dana() -> ProviderTimeslots {
        let day = |day| NaiveDate::from_ymd_opt(2026, 12, day).unwrap();
        ProviderTimeslots {
            npi: Npi::from_wire("1234567893"),
            visit_type: VisitType::new("NewPatient"),
            start: day(8),
            end: day(22),
        }
    }

    #[test]
    fn the_request_calls_the_visit_type_by_its_other_name() {
        assert_eq!(
            wire(&dana()),
            "GET https://api.example/v4/providers/1234567893/timeslots?startDate=2026-12-08&endDate=2026-12-22&visitType=NewPatient&product=findadoctor (public)"
        );
    }

    #[test]
    fn the_references_own_day_is_read_whole() {
        let slots = dana().read(DAY.as_bytes()).unwrap();
        assert_eq!((slots.slots.len(), slots.dropped), (1, 0));
        let slot = &slots.slots[0];
        assert_eq!((&slot.id, slot.minutes), (&Some(SlotId::new("bmwtcHJvdi0xMjM0LTE1NDA=")), 30));
        assert_eq!(slot.npi.as_str(), "1003000126", "a slot's own clinician counts");
        assert_eq!((slot.provider.as_str(), slot.visit_type_id.as_str()), ("32261", "4378"));
        assert_eq!(slot.visit_type.as_str(), "NewPatient");
        assert_eq!(slot.source, Source::Clinician, "booked with that clinician");
    }

    #[test]
    fn a_slot_that_names_no_clinician_is_the_responses_own() {
        for gap in [r#""providerNationalId":null,"x":"#, r#""providerNationalId":"","x":"#, r#""x":"#] {
            let slots = dana().read(
                DAY.replace(
                    r#""providerNationalId":"1003000126","providerId""#,
                    &[gap, r#""","providerId""#].concat(),
                )
                .as_bytes(),
            );
            assert_eq!(slots.unwrap().slots[0].npi.as_str(), "1234567893", "{gap}");
        }
        let nobody = dana().read(DAY.replace("providerNationalId", "x").as_bytes()).unwrap();
        assert_eq!((nobody.slots.len(), nobody.dropped), (0, 1));
    }

    #[test]
    fn a_slot_without_a_visit_type_id_cannot_be_booked_here() {
        let slots = dana().read(DAY.replace("visitTypeId", "x").as_bytes()).unwrap();
        assert_eq!((slots.slots.len(), slots.dropped), (0, 1));
        let slots = dana().read(DAY.replace("\"providerId", "\"x").as_bytes()).unwrap();
        assert_eq!((slots.slots.len(), slots.dropped), (1, 0), "only clinics want the internal id");
        assert_eq!(slots.slots[0].provider.as_str(), "");
    }
}
