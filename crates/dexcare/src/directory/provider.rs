//! One clinician (API reference §2.5): GET `/v1/providers/{npi}`, public.

use booking::ids::{DepartmentIdentifier, Npi};
use booking::place::{Clinician, Place};

use crate::json::{self, Value};
use crate::request::{Call, Request, path};

/// Reads one clinician with their places and visit types.
pub struct Provider {
    /// The clinician's NPI.
    pub npi: Npi,
}

impl Call for Provider {
    type Answer = Clinician;

    fn request(&self) -> Request {
        Request::public(path("/v1/providers/", self.npi.as_str(), ""), Vec::new())
    }

    /// `None` if the answer names no clinician. A clinician without places or visit types is read, since there is a
    /// name to show.
    fn read(&self, body: &[u8]) -> Option<Clinician> {
        let row = json::parse(body)?;
        let npi = json::id(&row, "providerNationalId");
        let name = json::text(&row, "name");
        if npi.is_none() && name.is_empty() {
            return None;
        }
        Some(Clinician {
            npi: npi.map_or_else(|| self.npi.clone(), Npi::from_wire),
            name,
            credentials: json::text(&row, "credentials"),
            is_active: json::flag(&row, "isActive") != Some(false),
            places: json::rows(&row, "departments").iter().filter_map(practice).collect(),
            visit_types: super::visit_types(json::rows(&row, "visitTypes"), false),
        })
    }
}

/// One of the clinician's places. `None` without its two ids, since slots name their place by these ids.
fn practice(row: &Value<'_>) -> Option<Place> {
    let ehr = json::id(row, "epicInstanceName")?;
    Some(Place {
        identifier: DepartmentIdentifier::new(ehr, json::id(row, "departmentId")?),
        name: json::text(row, "name"),
        phone: json::text(row, "phone"),
        address: super::address(json::field(row, "address")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::wire;

    fn dana() -> Provider {
        Provider { npi: Npi::parse("1234567893").unwrap() }
    }

    fn read(body: &str) -> Option<Clinician> {
        dana().read(body.as_bytes())
    }

    #[test]
    fn the_request() {
        assert_eq!(
            wire(&dana()),
            "GET https://api.example/v1/providers/1234567893?product=findadoctor (public)"
        );
    }

    #[test]
    fn the_references_own_clinician_is_read_whole() {
        let clinician = read(
            r#"{"providerNationalId":"1234567893","name":"Dana Whitfield","credentials":"MD","minAge":0,"maxAge":120,
            "brand":"northlake","isActive":true,
            "departments":[{"departmentId":"100210","epicInstanceName":"org.northlake.epic.main",
              "name":"Northlake Clinic Ballard","center":"Northlake Medical Center","phone":"206-555-0142",
              "address":{"line1":"1450 NW Market St","city":"Seattle","state":"WA","postalCode":"98107"}}],
            "visitTypes":[{"visitTypeId":"4378","name":"Office visit, new patient","shortName":"NewPatient"},
                          {"visitTypeId":"4378","name":"Office visit, follow up","shortName":"FollowUp"}]}"#,
        )
        .unwrap();
        assert_eq!(clinician.npi, dana().npi);
        assert_eq!(
            (clinician.name.as_str(), clinician.credentials.as_str(), clinician.is_active),
            ("Dana Whitfield", "MD", true)
        );
        let place = &clinician.places[0];
        assert_eq!(place.identifier, DepartmentIdentifier::new("org.northlake.epic.main", "100210"));
        assert_eq!((place.name.as_str(), place.phone.as_str()), ("Northlake Clinic Ballard", "206-555-0142"));
        assert_eq!((place.address.line1.as_str(), place.address.line2.as_str()), ("1450 NW Market St", ""));
        let offers: Vec<_> = clinician
            .visit_types
            .iter()
            .map(|o| (o.id.as_str(), o.short_name.as_str(), o.name.as_str()))
            .collect();
        assert_eq!(
            offers,
            [
                ("4378", "NewPatient", "Office visit, new patient"),
                ("4378", "FollowUp", "Office visit, follow up")
            ]
        );
    }

    #[test]
    fn the_age_limits_without_a_unit_are_not_taken_over() {
        let clinician =
            read(r#"{"name":"D","visitTypes":[{"shortName":"A","minAge":1,"maxAge":2,"ageUnit":"YEAR"}]}"#)
                .unwrap();
        assert_eq!(clinician.visit_types[0].ages, None);
    }

    #[test]
    fn a_place_without_its_two_ids_is_left_out() {
        let clinician = read(
            r#"{"name":"Dana Whitfield","departments":[{"departmentId":"1","name":"No EHR"},{"epicInstanceName":"e","name":"No id"},
            null,"1",{"departmentId":2,"epicInstanceName":"e","phone":null,"address":null}]}"#,
        )
        .unwrap();
        assert_eq!(clinician.places.len(), 1);
        assert_eq!(clinician.places[0].identifier, DepartmentIdentifier::new("e", "2"));
        assert!(clinician.places[0].address.is_empty());
    }

    #[test]
    fn one_who_is_not_said_to_be_inactive_is_active() {
        for (said, is_active) in
            [("true", true), ("false", false), (r#""false""#, false), ("null", true), ("0", true)]
        {
            assert_eq!(
                read(&format!(r#"{{"name":"D","isActive":{said}}}"#)).map(|c| c.is_active),
                Some(is_active),
                "{said}"
            );
        }
        assert_eq!(read(r#"{"name":"D"}"#).map(|c| c.is_active), Some(true));
    }

    #[test]
    fn nobody_is_no_answer_and_the_npi_asked_for_fills_a_gap() {
        assert_eq!(read(r#"{"name":"Dana Whitfield"}"#).map(|c| c.npi), Some(dana().npi));
        assert_eq!(
            read(r#"{"providerNationalId":1003000126}"#).map(|c| (c.npi, c.name)),
            Some((Npi::from_wire("1003000126"), String::new()))
        );
        for bad in [
            "{}",
            "[]",
            "null",
            "",
            r#"{"error":"x"}"#,
            r#"{"name":"\u200b","providerNationalId":null}"#,
            "<html>",
        ] {
            assert!(read(bad).is_none(), "{bad}");
        }
        for odd in [
            r#"{"name":"D","departments":null,"visitTypes":null}"#,
            r#"{"name":"D","departments":{},"visitTypes":"x","credentials":[]}"#,
        ] {
            assert!(read(odd).is_some_and(|c| c.places.is_empty() && c.visit_types.is_empty()), "{odd}");
        }
    }
}
