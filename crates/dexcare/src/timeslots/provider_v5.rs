//! A clinician's slots in pages (API reference §2.8): GET `/v5/providers/{npi}/timeslots`, sent without a token,
//! but with the page's API key if there is one. The size of a page is a number of days that have slots. The slots
//! have no ids: before a booking, the time must be found again in the list of [`super::provider`].

use booking::ids::{DepartmentIdentifier, Npi, Zone};
use booking::place::Address;
use booking::search::{FoundPlace, PatientType, SearchPage, SearchResult};
use booking::time::iso_date;

use super::{at, rows_of_days};
use crate::json::{self, Value};
use crate::request::{Call, Request, path};
use crate::search_result::{NewSlot, SearchResultBuilder};

/// Reads one page of a clinician's slots, at all their places.
pub struct ProviderTimeslotsV5 {
    /// The clinician.
    pub npi: Npi,
    /// The page of the list.
    pub page: SearchPage,
    /// Limits the visit types to those for new or for established patients; `None` = no limit.
    pub patient_type: Option<PatientType>,
}

impl Call for ProviderTimeslotsV5 {
    /// Places have only their identifier and zone, and clinicians are not in the answer: the provider read (§2.5) has
    /// names and addresses.
    type Answer = SearchResult;

    fn request(&self) -> Request {
        let mut query = Vec::new();
        if let Some(from) = self.page.from {
            query.push(("startDate", iso_date(from)));
        }
        query.push(("daysOfSlots", self.page.days.max(1).to_string()));
        query.extend(self.page.visit_types.iter().map(|kind| ("visitTypeName", kind.as_str().into())));
        if let Some(kind) = self.patient_type {
            query.push(("newOrEstablishedPatient", kind.as_str().into()));
        }
        Request::public(path("/v5/providers/", self.npi.as_str(), "/timeslots"), query)
    }

    fn read(&self, body: &[u8]) -> Option<SearchResult> {
        let response = json::parse_object(body)?;
        let mut found = SearchResultBuilder::new(self.page.from);
        for row in json::list(&response, "slots")? {
            let Some(groups) =
                json::list(row, "slotsByVisitType").filter(|_| matches!(row, Value::Object(_)))
            else {
                *found.dropped() += 1;
                continue;
            };
            let identifier = identifier(row);
            if let (Some(identifier), Some(zone)) = (&identifier, json::id(row, "timezone")) {
                found.place(FoundPlace {
                    identifier: identifier.clone(),
                    name: String::new(),
                    address: Address::default(),
                    zone: Zone::new(zone),
                    tenth_miles: None,
                    is_retail: false,
                });
            }
            for group in groups {
                self.read_group(&mut found, row, identifier.as_ref(), group);
            }
        }
        Some(found.finish(None, None))
    }
}

impl ProviderTimeslotsV5 {
    /// Reads one visit type at one place. Slots that cannot be booked are left out, and do not count as dropped.
    fn read_group(
        &self,
        found: &mut SearchResultBuilder,
        row: &Value<'_>,
        place: Option<&DepartmentIdentifier>,
        group: &Value<'_>,
    ) {
        if json::flag(group, "isBookable") == Some(false) {
            return;
        }
        let (Some(short_name), Some(days)) =
            (json::id(group, "visitTypeName"), json::list(group, "scheduleDays"))
        else {
            *found.dropped() += 1;
            return;
        };
        found.visit_type(group, short_name, "visitTypeId", "visitTypeTitle");
        found.next(group);
        for time in rows_of_days(days, "slotTimes", found.dropped()) {
            found.slot(&NewSlot {
                npi: json::id(row, "npi").or(Some(self.npi.as_str())),
                place: place.cloned(),
                visit_type: short_name,
                visit_type_id: json::id(group, "visitTypeId").unwrap_or_default(),
                at: at(time),
                row: time,
            });
        }
    }
}

/// The place's identifier, whole or from its two parts.
fn identifier(row: &Value<'_>) -> Option<DepartmentIdentifier> {
    json::id(row, "departmentIdentifier").and_then(DepartmentIdentifier::parse).or_else(|| {
        Some(DepartmentIdentifier::new(json::id(row, "ehrSystemName")?, json::id(row, "departmentId")?))
    })
}

#[cfg(test)]
mod tests {
    use booking::ids::VisitType;
    use booking::slot::Source;
    use booking::time::parse_iso_date;

    use super::*;
    use crate::request::wire;

    const PAGE: &str = r#"{"slots":[{"npi":"1234567893","timezone":"America/Los_Angeles","departmentId":"100210",
      "departmentIdentifier":"org.northlake.epic.main|100210","ehrSystemName":"org.northlake.epic.main",
      "slotsByVisitType":[{"visitTypeId":"4378","visitTypeName":"NewPatient",
        "visitTypeGuid":"e5a0b0a2-5a6e-4a43-9d61-2a4b7c1f9e10","visitTypeTitle":"Office visit, new patient",
        "forNewPatient":true,"forEstablishedPatient":false,"isBookable":true,
        "previousEndDate":null,"nextStartDate":"2026-12-11",
        "scheduleDays":[{"date":"2026-12-08","slotTimes":[
          {"slotDateTime":"2026-12-08T15:40:00-08:00","duration":30}]}]}]}]}"#;

    fn dana() -> ProviderTimeslotsV5 {
        ProviderTimeslotsV5 {
            npi: Npi::from_wire("1234567893"),
            page: SearchPage { from: None, days: 5, visit_types: Vec::new() },
            patient_type: None,
        }
    }

    /// What was found after a change in the page.
    fn with(from: &str, to: &str) -> SearchResult {
        assert!(PAGE.contains(from), "{from} is not in the page");
        dana().read(PAGE.replace(from, to).as_bytes()).unwrap()
    }

    fn counts(found: &SearchResult) -> (usize, u32) {
        (found.slots.slots.len(), found.slots.dropped)
    }

    #[test]
    fn the_request_repeats_the_visit_type() {
        let mut call = dana();
        assert_eq!(
            wire(&call),
            "GET https://api.example/v5/providers/1234567893/timeslots?daysOfSlots=5&product=findadoctor (public)"
        );
        call.page.from = parse_iso_date("2026-12-11");
        call.page.visit_types = vec![VisitType::new("NewPatient"), VisitType::new("Follow Up")];
        call.patient_type = Some(PatientType::New);
        assert_eq!(
            wire(&call),
            "GET https://api.example/v5/providers/1234567893/timeslots?startDate=2026-12-11&daysOfSlots=5&visitTypeName=NewPatient&visitTypeName=Follow%20Up&newOrEstablishedPatient=newPatient&product=findadoctor (public)"
        );
    }

    #[test]
    fn the_references_own_page_is_read_whole() {
        let found = dana().read(PAGE.as_bytes()).unwrap();
        assert_eq!(counts(&found), (1, 0));
        let slot = &found.slots.slots[0];
        assert_eq!((&slot.id, slot.provider.as_str(), slot.minutes), (&None, "", 30));
        assert_eq!(slot.source, Source::SearchedClinician);
        assert_eq!((slot.npi.as_str(), slot.visit_type_id.as_str()), ("1234567893", "4378"));
        assert_eq!(slot.place.to_text(), "org.northlake.epic.main|100210");
        assert_eq!(found.places.len(), 1);
        let place = &found.places[0];
        assert_eq!((place.zone.as_str(), place.name.as_str()), ("America/Los_Angeles", ""));
        assert!(place.address.is_empty() && place.tenth_miles.is_none() && !place.is_retail);
        assert_eq!(found.visit_types[0].name, "Office visit, new patient");
        assert_eq!(found.next, parse_iso_date("2026-12-11"));
        assert!(found.context.is_none() && found.clinicians.is_empty());
    }

    #[test]
    fn what_is_not_bookable_is_left_out_and_no_fault() {
        let found = with(r#""isBookable":true"#, r#""isBookable":false"#);
        assert_eq!(counts(&found), (0, 0));
        assert!(found.visit_types.is_empty() && found.places.is_empty() && found.next.is_none());
        assert_eq!(counts(&with(r#""isBookable":true"#, r#""isBookable":null"#)), (1, 0));
    }

    #[test]
    fn what_a_slot_cannot_do_without() {
        for (from, to) in [
            (r#""timezone":"America/Los_Angeles""#, r#""timezone":null"#),
            (r#""visitTypeName":"NewPatient""#, r#""visitTypeName":"""#),
            ("2026-12-08T15:40:00-08:00", "soon"),
            (r#""scheduleDays":[{"#, r#""scheduleDays":[7],"x":[{"#),
        ] {
            assert_eq!(counts(&with(from, to)), (0, 1), "{to}");
        }
        for (from, to) in [
            (r#""npi":"1234567893","#, ""),
            (r#""departmentIdentifier":"org.northlake.epic.main|100210","#, ""),
            (r#""visitTypeId":"4378","#, ""),
            (r#""duration":30"#, r#""duration":-1"#),
        ] {
            let found = with(from, to);
            assert_eq!(counts(&found), (1, 0), "{from}");
            assert_eq!(found.slots.slots[0].place.to_text(), "org.northlake.epic.main|100210");
            assert_eq!(found.slots.slots[0].npi.as_str(), "1234567893", "whose list it is");
        }
    }

    #[test]
    fn bad_pieces_never_hide_the_others() {
        for (bad, dropped) in [
            ("null", 1),
            ("7", 1),
            ("{}", 0),
            (r#"{"slotsByVisitType":7}"#, 1),
            (r#"{"slotsByVisitType":[null]}"#, 1),
        ] {
            assert_eq!(
                counts(&with(r#"{"slots":["#, &format!(r#"{{"slots":[{bad},"#))),
                (1, dropped),
                "{bad}"
            );
        }
        for empty in ["{}", r#"{"slots":null}"#, r#"{"slots":[]}"#] {
            assert_eq!(counts(&dana().read(empty.as_bytes()).unwrap()), (0, 0), "{empty}");
        }
        for bad in ["", "[]", "null", r#"{"slots":{}}"#, "<html>"] {
            assert!(dana().read(bad.as_bytes()).is_none(), "{bad}");
        }
    }
}
