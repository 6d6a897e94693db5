//! The visit types that are offered around a place (API reference §2.11): POST `/v1/availability/providers`, public.
//! The search for slots by `POST` needs the names of visit types, and this call reads them.

use booking::place::VisitTypeOffer;
use booking::search::Search;

use super::SearchBody;
use crate::body;
use crate::json;
use crate::request::{Call, Request};
use crate::search_result::push_offer;

/// Reads the visit types of the clinicians around a place. Does not send whether the patient is new: this call
/// has no parameter for it.
pub struct NearbyVisitTypes {
    /// The search; the request contains its place, radius and filters.
    pub search: Search,
}

impl Call for NearbyVisitTypes {
    /// The visit types, each short name once, in the order of the response. Types whose `slotCount` is 0 are left out.
    /// This answer has no titles, so the short name is shown.
    type Answer = Vec<VisitTypeOffer>;

    fn request(&self) -> Request {
        Request::search("/v1/availability/providers", body::to_json(&SearchBody::new(&self.search)))
    }

    fn read(&self, body: &[u8]) -> Option<Vec<VisitTypeOffer>> {
        let response = json::parse_object(body)?;
        let mut offers = Vec::new();
        for row in json::list(&response, "results")? {
            for row in json::rows(row, "visitTypes") {
                let count = json::integer(json::field(row, "availability"), "slotCount");
                if let Some(short_name) = json::id(row, "visitTypeName").filter(|_| count != Some(0)) {
                    push_offer(&mut offers, row, short_name, "visitTypeId", "");
                }
            }
        }
        Some(offers)
    }
}

#[cfg(test)]
mod tests {
    use booking::ids::{VisitType, VisitTypeId};
    use booking::search::{PatientType, SearchCentre};

    use super::*;
    use crate::request::wire;

    const NEARBY: &str = r#"{"results":[{"npi":"1234567893","name":"Dana Whitfield","gender":"Female",
        "specialties":["Family Medicine"],"departmentId":"100210","departmentName":"Northlake Clinic Ballard",
        "ehrInstance":"org.northlake.epic.main","clinicType":"Primary Care","timezone":"America/Los_Angeles","distanceFrom":1.8,
        "visitTypes":[{"visitTypeId":"4378","visitTypeName":"NewPatient","availability":{"windowDays":40,"slotCount":17}},
          {"visitTypeId":"4379","visitTypeName":"FollowUp","availability":{"windowDays":40,"slotCount":0}}]},
        {"npi":"1003000126","visitTypes":[{"visitTypeId":9,"visitTypeName":"NewPatient"},{"visitTypeName":"FluShot"}]}]}"#;

    fn nearby() -> NearbyVisitTypes {
        NearbyVisitTypes {
            search: Search {
                around: Some(SearchCentre::Point(4767, -12_238)),
                radius: 25,
                specialty: None,
                gender: None,
                clinic_type: None,
                patient_type: Some(PatientType::New),
            },
        }
    }

    #[test]
    fn the_least_and_the_most_that_is_sent() {
        let mut call = nearby();
        assert_eq!(
            wire(&call),
            concat!(
                "POST https://api.example/v1/availability/providers?product=findadoctor (public)\n",
                r#"{"latitude":47.67,"longitude":-122.38,"radius":25}"#,
            )
        );
        call.search.around = Some(SearchCentre::Zip("98107".into()));
        call.search.clinic_type = Some("Retail, Primary Care,".into());
        call.search.specialty = Some("Family Medicine".into());
        call.search.gender = Some("female".into());
        call.search.radius = 0;
        assert_eq!(
            wire(&call),
            concat!(
                "POST https://api.example/v1/availability/providers?product=findadoctor (public)\n",
                r#"{"postalCode":"98107","radius":1,"clinicTypes":["Retail","Primary Care"],"#,
                r#""specialty":"Family Medicine","gender":"female"}"#,
            )
        );
    }

    #[test]
    fn each_visit_type_is_offered_once_and_only_where_there_are_slots() {
        let offers = nearby().read(NEARBY.as_bytes()).unwrap();
        let offer = |id, name: &str| VisitTypeOffer {
            id: VisitTypeId::new(id),
            short_name: VisitType::new(name),
            name: name.into(),
            ages: None,
        };
        assert_eq!(offers, [offer("4378", "NewPatient"), offer("", "FluShot")]);
    }

    #[test]
    fn nobody_around_is_an_answer_and_what_is_no_list_is_none() {
        for empty in
            ["{}", r#"{"results":[]}"#, r#"{"results":null}"#, r#"{"results":[null,7,{"visitTypes":7}]}"#]
        {
            assert_eq!(nearby().read(empty.as_bytes()), Some(Vec::new()), "{empty}");
        }
        for bad in ["", "[]", "null", r#"{"results":{}}"#, r#"{"results":"x"}"#, "<html>"] {
            assert_eq!(nearby().read(bad.as_bytes()), None, "{bad}");
        }
    }
}
