//! A clinic's slots (API reference §2.3): GET `/v2/departments/{urlName}/timeslots`, public. The request has no dates.

use booking::ids::{UrlName, VisitType};
use booking::slot::{Slots, Source};

use crate::request::{Call, Request, path};

/// Reads a clinic's slots, with any clinician there; booked with [`crate::BookDepartment`].
pub struct DepartmentTimeslots {
    /// The clinic.
    pub url_name: UrlName,
    /// The visit type.
    pub visit_type: VisitType,
}

impl Call for DepartmentTimeslots {
    type Answer = Slots;

    fn request(&self) -> Request {
        let query = vec![("visitTypeName", self.visit_type.as_str().into())];
        Request::public(path("/v2/departments/", self.url_name.as_str(), "/timeslots"), query)
    }

    fn read(&self, body: &[u8]) -> Option<Slots> {
        super::slots(body, &self.visit_type, Source::Department)
    }
}

#[cfg(test)]
mod tests {
    use booking::ids::Zone;

    use booking::ids::SlotId;

    use super::*;
    use crate::request::wire;

    const WEEK: &str = r#"{"departmentId":"100210","startDate":"2026-12-08T00:00:00-08:00","endDate":"2026-12-15T00:00:00-08:00",
        "timezone":"America/Los_Angeles",
        "scheduleDays":[{"date":"2026-12-08T00:00:00-08:00","timeSlots":[
          {"id":"bmwtc2xvdC0xMDAyMTAtMTU0MA==","providerNationalId":"1234567893","providerId":"32261",
           "departmentId":"100210","departmentIdentifier":"org.northlake.epic.main|100210","slotType":"Illness",
           "visitTypeId":"4378","duration":"20","slotDateTime":"2026-12-08T15:40:00-08:00"}]},
         {"date":"2026-12-09T00:00:00-08:00","timeSlots":[]}]}"#;

    fn ballard(url_name: &str) -> DepartmentTimeslots {
        DepartmentTimeslots { url_name: UrlName::new(url_name), visit_type: VisitType::new("Illness") }
    }

    #[test]
    fn the_request_has_no_dates() {
        assert_eq!(
            wire(&ballard("NorthlakeBallard")),
            "GET https://api.example/v2/departments/NorthlakeBallard/timeslots?visitTypeName=Illness&product=findadoctor (public)"
        );
        let odd = DepartmentTimeslots {
            url_name: UrlName::new("Año+1 |%/"),
            visit_type: VisitType::new("Grippe & co"),
        };
        assert_eq!(
            wire(&odd),
            "GET https://api.example/v2/departments/A%C3%B1o%2B1%20%7C%25%2F/timeslots?visitTypeName=Grippe%20%26%20co&product=findadoctor (public)"
        );
    }

    #[test]
    fn the_references_own_week_is_read_whole() {
        let slots = ballard("NorthlakeBallard").read(WEEK.as_bytes()).unwrap();
        assert_eq!(
            (slots.zone, slots.dropped, slots.slots.len()),
            (Some(Zone::new("America/Los_Angeles")), 0, 1)
        );
        let slot = &slots.slots[0];
        assert_eq!(slot.id, Some(SlotId::new("bmwtc2xvdC0xMDAyMTAtMTU0MA==")));
        assert_eq!(slot.npi.as_str(), "1234567893");
        assert_eq!(slot.provider.as_str(), "32261");
        assert_eq!(slot.place.to_text(), "org.northlake.epic.main|100210");
        assert_eq!(slot.visit_type.as_str(), "Illness", "what was asked for");
        assert_eq!(slot.visit_type_id.as_str(), "4378");
        assert_eq!(slot.minutes, 20);
        assert_eq!(slot.source, Source::Department, "booked with whoever is there");
        assert_eq!(slot.at.to_rfc3339(), "2026-12-08T15:40:00-08:00");
    }

    #[test]
    fn a_slot_without_the_clinicians_internal_id_cannot_be_booked_here() {
        let slots = ballard("NorthlakeBallard").read(WEEK.replace("providerId", "x").as_bytes()).unwrap();
        assert_eq!((slots.slots.len(), slots.dropped), (0, 1));
        let slots = ballard("NorthlakeBallard").read(WEEK.replace("visitTypeId", "x").as_bytes()).unwrap();
        assert_eq!((slots.slots.len(), slots.dropped), (1, 0), "the visit type is in the slot id");
    }

    #[test]
    fn this_response_names_no_clinician_so_each_slot_must() {
        let slots =
            ballard("NorthlakeBallard").read(WEEK.replace("providerNationalId", "x").as_bytes()).unwrap();
        assert_eq!((slots.slots.len(), slots.dropped), (0, 1));
    }
}
