//! One department (API reference §2.2): GET `/v4/departments/{key}/departmentInfo`, public.

pub use booking::api::DepartmentKey;
use booking::place::Department;

use crate::json;
use crate::request::{Call, Request, path};

/// Reads one clinic.
pub struct DepartmentInfo {
    /// The department to read.
    pub key: DepartmentKey,
    /// Whether to read the names of its clinicians, too.
    pub with_providers: bool,
}

impl Call for DepartmentInfo {
    type Answer = Department;

    fn request(&self) -> Request {
        let mut query = Vec::new();
        if self.with_providers {
            query.push(("withProviders", "true".into()));
        }
        let key = match &self.key {
            DepartmentKey::UrlName(url_name) => url_name.as_str().into(),
            DepartmentKey::Identifier(identifier) => {
                query.push(("byId", "true".into()));
                identifier.to_text()
            }
        };
        Request::public(path("/v4/departments/", &key, "/departmentInfo"), query)
    }

    fn read(&self, body: &[u8]) -> Option<Department> {
        super::department(&json::parse(body)?)
    }
}

#[cfg(test)]
mod tests {
    use booking::ids::{DepartmentIdentifier, Npi, UrlName, Zone};
    use booking::place::{Address, AgeRange, AgeUnit};

    use super::*;
    use crate::request::wire;

    const BALLARD: &str = r#"{"departmentId":"100210","urlName":"NorthlakeBallard","displayName":"Northlake Clinic Ballard",
        "brandName":"northlake","ehrSystemName":"org.northlake.epic.main","instanceId":"11",
        "clinicType":"Retail","isActive":true,"timezone":"America/Los_Angeles","phone":"206-555-0142",
        "address":{"line1":"1450 NW Market St","line2":"Suite 2","city":"Seattle","state":"WA","postalCode":"98107"},
        "latitude":47.6687,"longitude":-122.3764,"smallImageUrl":"https://img.northlake.example/ballard-small.jpg",
        "billingServiceArea":"NL-SEA",
        "allowedVisitTypes":[
          {"visitTypeId":"4378","name":"Illness or minor injury","shortName":"Illness","minAge":18,"maxAge":120,"ageUnit":"YEAR"},
          {"visitTypeId":"4381","name":"Flu shot","shortName":"FluShot","minAge":6,"maxAge":1440,"ageUnit":"MONTH"}],
        "openDays":[{"day":"Monday","openHours":{"startTime":"08:00:00","endTime":"20:00:00"}}],
        "providers":[{"providerId":"b9d8a2f4-6a67-4c6a-9d21-0f8f4e0d5c77","emrId":"32261","nationalId":"1234567893",
          "firstName":"Dana","lastName":"Whitfield","title":"Dr.","credential":"MD"}]}"#;

    fn by_name(url_name: &str, with_providers: bool) -> DepartmentInfo {
        DepartmentInfo { key: DepartmentKey::UrlName(UrlName::new(url_name)), with_providers }
    }

    fn read(body: &str) -> Option<Department> {
        by_name("NorthlakeBallard", true).read(body.as_bytes())
    }

    /// The clinic with its required members and these `more` ones.
    fn with(more: &str) -> Department {
        let needed = r#"{"departmentId":"100210","urlName":"NorthlakeBallard","displayName":"Northlake Clinic Ballard",
            "ehrSystemName":"org.northlake.epic.main","timezone":"America/Los_Angeles""#;
        read(&[needed, more, "}"].concat()).unwrap()
    }

    #[test]
    fn the_request_by_name_and_by_id() {
        assert_eq!(
            wire(&by_name("NorthlakeBallard", false)),
            "GET https://api.example/v4/departments/NorthlakeBallard/departmentInfo?product=findadoctor (public)"
        );
        assert_eq!(
            wire(&by_name("Año 1+1|50%", true)),
            "GET https://api.example/v4/departments/A%C3%B1o%201%2B1%7C50%25/departmentInfo?withProviders=true&product=findadoctor (public)"
        );
        let key = DepartmentKey::Identifier(DepartmentIdentifier::new("org.northlake.epic.main", "100210"));
        assert_eq!(
            wire(&DepartmentInfo { key: key.clone(), with_providers: false }),
            "GET https://api.example/v4/departments/org.northlake.epic.main%7C100210/departmentInfo?byId=true&product=findadoctor (public)"
        );
        assert_eq!(
            wire(&DepartmentInfo { key, with_providers: true }),
            "GET https://api.example/v4/departments/org.northlake.epic.main%7C100210/departmentInfo?withProviders=true&byId=true&product=findadoctor (public)"
        );
    }

    #[test]
    fn the_references_own_clinic_is_read_whole() {
        let clinic = read(BALLARD).unwrap();
        assert_eq!(clinic.identifier, DepartmentIdentifier::new("org.northlake.epic.main", "100210"));
        assert_eq!(clinic.url_name.as_str(), "NorthlakeBallard");
        assert_eq!(clinic.name, "Northlake Clinic Ballard");
        assert_eq!(clinic.brand, "northlake");
        assert_eq!(clinic.zone, Zone::new("America/Los_Angeles"));
        assert_eq!(clinic.phone, "206-555-0142");
        assert_eq!(
            clinic.address,
            Address {
                line1: "1450 NW Market St".into(),
                line2: "Suite 2".into(),
                city: "Seattle".into(),
                state: "WA".into(),
                postal_code: "98107".into(),
            }
        );
        assert_eq!(clinic.position, Some((47.6687, -122.3764)));
        let offers: Vec<_> = clinic
            .visit_types
            .iter()
            .map(|o| (o.id.as_str(), o.short_name.as_str(), o.name.as_str(), o.ages))
            .collect();
        let adults = AgeRange { min: 18, max: 120, unit: AgeUnit::Year };
        let from_six_months = AgeRange { min: 6, max: 1440, unit: AgeUnit::Month };
        assert_eq!(
            offers,
            [
                ("4378", "Illness", "Illness or minor injury", Some(adults)),
                ("4381", "FluShot", "Flu shot", Some(from_six_months)),
            ]
        );
        assert_eq!(clinic.clinicians, [(Npi::from_wire("1234567893"), "Dana Whitfield".into())]);
    }

    #[test]
    fn five_things_are_needed_and_nothing_else() {
        assert!(with("").visit_types.is_empty());
        for key in ["departmentId", "urlName", "displayName", "ehrSystemName", "timezone"] {
            for instead in [
                format!("\"not-{key}\":"),
                format!("\"{key}\":null,\"x\":"),
                format!("\"{key}\":\"\",\"x\":"),
                format!("\"{key}\":[],\"x\":"),
            ] {
                let body = BALLARD.replace(&format!("\"{key}\":"), &instead);
                assert!(body != BALLARD && read(&body).is_none(), "{instead}");
            }
        }
        for key in [
            "brandName",
            "phone",
            "address",
            "allowedVisitTypes",
            "openDays",
            "providers",
            "isActive",
            "latitude",
            "smallImageUrl",
        ] {
            for instead in ["\"not\":", "\"x\":[[{\"a\":1}]],\"not\":"] {
                assert!(read(&BALLARD.replace(&format!("\"{key}\":"), instead)).is_some(), "without {key}");
            }
            for odd in ["null", "7", "\"\"", "[]", "{}", "[null,7,[],{}]", "true"] {
                assert!(
                    read(&BALLARD.replace(&format!("\"{key}\":"), &format!("\"{key}\":{odd},\"x\":")))
                        .is_some(),
                    "{key}: {odd}"
                );
            }
        }
        for bad in ["", "null", "[]", "{}", "\"NorthlakeBallard\"", "<!doctype html>"] {
            assert!(read(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_position_is_both_its_parts_and_on_the_globe() {
        let position = |from: &str, to: &str| read(&BALLARD.replace(from, to)).unwrap().position;
        assert_eq!(position("47.6687", "\"47.67\""), Some((47.67, -122.3764)));
        for (from, to) in [
            ("47.6687", "null"),
            ("47.6687", "90.01"),
            ("-122.3764", "-180.01"),
            ("-122.3764", "\"west\""),
            ("\"latitude\":47.6687,\"longitude\":-122.3764", "\"latitude\":0,\"longitude\":0.0"),
        ] {
            assert_eq!(position(from, to), None, "{to}");
        }
    }

    #[test]
    fn ids_may_be_numbers_and_are_otherwise_kept_as_they_are() {
        let body = BALLARD
            .replace("\"100210\"", "100210")
            .replace("\"4381\"", "4381")
            .replace("\"NorthlakeBallard\"", "\" North\\u200blake \"");
        let clinic = read(&body).unwrap();
        assert_eq!(clinic.identifier.department.as_str(), "100210");
        assert_eq!(clinic.visit_types[1].id.as_str(), "4381");
        assert_eq!(clinic.url_name.as_str(), " North\u{200b}lake ");
    }

    #[test]
    fn visit_types_need_a_short_name_and_come_once() {
        let clinic = with(
            r#","allowedVisitTypes":[{"visitTypeId":"1","name":"No short name"},{"visitTypeId":"1","name":"Null","shortName":null},
            {"visitTypeId":"4378","name":"New patient","shortName":"NewPatient"},{"visitTypeId":"4378","name":"Follow up","shortName":"FollowUp"},
            {"visitTypeId":"4378","name":"New patient again","shortName":"NewPatient"},{"visitTypeId":"9","name":"Elsewhere","shortName":"NewPatient"},
            {"shortName":"Bare"},null,"Illness",{"visitTypeId":7,"shortName":7,"name":"Seven"}]"#,
        );
        let offers: Vec<_> = clinic
            .visit_types
            .iter()
            .map(|o| (o.id.as_str(), o.short_name.as_str(), o.name.as_str()))
            .collect();
        assert_eq!(
            offers,
            [
                ("4378", "NewPatient", "New patient"),
                ("4378", "FollowUp", "Follow up"),
                ("9", "NewPatient", "Elsewhere"),
                ("", "Bare", "Bare"),
                ("7", "7", "Seven"),
            ]
        );
    }

    #[test]
    fn age_limits_count_only_when_all_three_can_be_read() {
        let ages = |limits: &str| {
            with(&format!(r#","allowedVisitTypes":[{{"shortName":"FluShot",{limits}}}]"#)).visit_types[0].ages
        };
        let six = |unit| Some(AgeRange { min: 6, max: 18, unit });
        assert_eq!(ages(r#""minAge":6,"maxAge":18,"ageUnit":"YEAR""#), six(AgeUnit::Year));
        assert_eq!(ages(r#""minAge":"6","maxAge":18.0,"ageUnit":"month""#), six(AgeUnit::Month));
        assert_eq!(ages(r#""minAge":6,"maxAge":18,"ageUnit":"Day""#), six(AgeUnit::Day));
        for bad in [
            r#""minAge":6,"maxAge":18"#,
            r#""minAge":6,"maxAge":18,"ageUnit":"WEEK""#,
            r#""minAge":6,"maxAge":18,"ageUnit":null"#,
            r#""minAge":null,"maxAge":18,"ageUnit":"YEAR""#,
            r#""minAge":6,"ageUnit":"YEAR""#,
            r#""minAge":-1,"maxAge":18,"ageUnit":"YEAR""#,
            r#""minAge":6,"maxAge":1e20,"ageUnit":"YEAR""#,
            r#""minAge":18,"maxAge":6,"ageUnit":"YEAR""#,
            r#""minAge":"six","maxAge":18,"ageUnit":"YEAR""#,
        ] {
            assert_eq!(ages(bad), None, "{bad}");
        }
    }

    #[test]
    fn clinicians_need_an_npi_and_a_name() {
        let clinic = with(
            r#","providers":[{"nationalId":1234567893,"firstName":"Dana","lastName":"Whitfield"},{"nationalId":"1","lastName":"Haddad"},
            {"firstName":"Nobody"},{"nationalId":"2"},{"nationalId":"3","firstName":" ","lastName":null},null]"#,
        );
        assert_eq!(
            clinic.clinicians,
            [(Npi::from_wire("1234567893"), "Dana Whitfield".into()), (Npi::from_wire("1"), "Haddad".into())]
        );
    }

    #[test]
    fn names_are_fit_to_show() {
        let clinic =
            with(r#","phone":"\u202e206\u0000-555","address":{"line1":"1450\u200b NW\nMarket St","city":7}"#);
        assert_eq!((clinic.phone.as_str(), clinic.address.line1.as_str()), ("206-555", "1450 NW Market St"));
        assert_eq!(clinic.address.city, "7");
        let long = BALLARD.replace("Northlake Clinic Ballard", &"é".repeat(100_000));
        assert_eq!(read(&long).unwrap().name.chars().count(), 300);
        assert!(
            read(&BALLARD.replace("Northlake Clinic Ballard", "\\u200b")).is_none(),
            "a name nobody can see"
        );
    }
}
