//! The account's patient (API reference §2.19): GET `/v1/patient`, with the patient's token.

use booking::ids::{EhrSystem, PatientGuid};
use booking::patient::{Demographics, Gender, HumanName, Patient, PatientLink};
use booking::time::{iso_date, parse_iso_date};

use crate::directory::address;
use crate::json::{self, Value};
use crate::request::{Auth, Call, Request};

/// Reads the patient to whom the token belongs.
pub struct CurrentPatient;

impl Call for CurrentPatient {
    type Answer = Patient;

    fn request(&self) -> Request {
        Request { auth: Auth::Patient, ..Request::public("/v1/patient".into(), Vec::new()) }
    }

    fn read(&self, body: &[u8]) -> Option<Patient> {
        let row = json::parse(body)?;
        Some(Patient {
            guid: PatientGuid::new(json::id(&row, "id")?),
            links: json::rows(&row, "links").iter().filter_map(link).collect(),
        })
    }
}

/// The record in one EHR system; `None` if it does not name the system.
fn link(row: &Value<'_>) -> Option<PatientLink> {
    let first = json::rows(row, "identifiers").first()?;
    Some(PatientLink { ehr: EhrSystem::new(json::id(first, "system")?), demographics: demographics(row) })
}

/// The values of a name's `use` that the system accepts (API reference §2.20). Another value in a record is left
/// out, since the system would reject it when the name is sent back.
const USES: [&str; 7] = ["usual", "official", "temp", "nickname", "anonymous", "old", "maiden"];

fn demographics(row: &Value<'_>) -> Demographics {
    let name = json::field(row, "name");
    Demographics {
        name: HumanName {
            given: json::text(name, "given"),
            family: json::text(name, "family"),
            middle: json::text(name, "middle"),
            prefix: json::text(name, "prefix"),
            suffix: json::text(name, "suffix"),
            usage: Some(json::text(name, "use"))
                .filter(|word| USES.contains(&word.as_str()))
                .unwrap_or_default(),
        },
        birth_date: parse_iso_date(&json::text(row, "birthdate")).map(iso_date).unwrap_or_default(),
        gender: json::some_text(row, "gender").map_or(Gender::Unknown, |word| Gender::from_wire(&word)),
        email: json::text(row, "email"),
        phone: ["mobilePhone", "homePhone", "workPhone"]
            .into_iter()
            .find_map(|key| json::some_text(row, key))
            .unwrap_or_default(),
        address: json::rows(row, "addresses").first().map(address).unwrap_or_default(),
        // The record may contain the SSN's digits. They are sent only if the patient types them, so do not read them.
        ssn_last_four: None,
    }
}

#[cfg(test)]
mod tests {
    use booking::place::Address;

    use super::*;
    use crate::request::wire;

    const MARTA: &str = r#"{"id":"7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11",
        "identifiers":[{"system":"org.northlake.epic.main","value":"E1002231","type":"EXTERNAL"}],
        "links":[{"identifiers":[{"system":"org.northlake.epic.main","value":"E1002231","type":"EXTERNAL"},
                                 {"system":"org.elsewhere.epic","value":"0088123","type":"mrn"}],
          "name":{"use":"usual","family":"Okafor","given":"Marta","middle":"J"},
          "birthdate":"1979-02-11","gender":"Female","ssn":"4821","email":"marta.okafor@example.com",
          "addresses":[{"line1":"88 Pine St","line2":"Apt 4","city":"Seattle","state":"WA","postalCode":"98101"},{"line1":"2 Old St"}],
          "mobilePhone":"206-555-0188","homePhone":"206-555-0100"}]}"#;

    fn read(body: &str) -> Option<Patient> {
        CurrentPatient.read(body.as_bytes())
    }

    /// Marta's data, with `to` in place of `from` in her record.
    fn marta_with(from: &str, to: &str) -> Demographics {
        let body = MARTA.replace(from, to);
        assert_ne!(body, MARTA, "{from} is not in the record");
        read(&body).unwrap().links.pop().unwrap().demographics
    }

    #[test]
    fn the_request_carries_the_token_and_no_parameters() {
        assert_eq!(
            wire(&CurrentPatient),
            "GET https://api.example/v1/patient?product=findadoctor (with a token)"
        );
    }

    #[test]
    fn the_references_own_patient_is_read_whole_but_for_her_ssn() {
        let patient = read(MARTA).unwrap();
        assert_eq!(patient.guid.as_str(), "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11");
        assert_eq!(patient.links.len(), 1);
        assert_eq!(patient.links[0].ehr.as_str(), "org.northlake.epic.main", "of its first identifier");
        assert_eq!(
            patient.links[0].demographics,
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
                address: Address {
                    line1: "88 Pine St".into(),
                    line2: "Apt 4".into(),
                    city: "Seattle".into(),
                    state: "WA".into(),
                    postal_code: "98101".into(),
                },
                ssn_last_four: None,
            }
        );
    }

    #[test]
    fn a_use_of_the_name_that_the_system_does_not_know_is_left_out() {
        let patient =
            |word: &str| read(&MARTA.replace(r#""use":"usual""#, &format!(r#""use":"{word}""#))).unwrap();
        let usage = |word: &str| patient(word).links[0].demographics.name.usage.clone();
        assert_eq!(usage("maiden"), "maiden");
        assert_eq!(usage("Preferred"), "");
    }

    #[test]
    fn a_fresh_account_has_no_links() {
        for links in ["", r#","links":null"#, r#","links":[]"#, r#","links":{}"#, r#","links":"none""#] {
            let patient = read(&format!(r#"{{"id":"7b0f"{links}}}"#)).unwrap();
            assert_eq!((patient.guid.as_str(), patient.links.len()), ("7b0f", 0), "{links}");
        }
    }

    #[test]
    fn without_an_id_there_is_no_patient() {
        for bad in
            ["", "{}", "null", "[]", r#"{"id":null,"links":[]}"#, r#"{"id":""}"#, r#"{"id":{}}"#, "<html>"]
        {
            assert!(read(bad).is_none(), "{bad}");
        }
        assert_eq!(read(r#"{"id":7}"#).map(|patient| patient.guid), Some(PatientGuid::new("7")));
    }

    #[test]
    fn a_link_of_no_system_is_left_out() {
        let body = r#"{"id":"7b0f","links":[{},null,7,{"identifiers":null},{"identifiers":[]},{"identifiers":[{"value":"E1"}]},
            {"identifiers":[null,{"system":"second"}]},{"identifiers":[{"system":""}]},{"identifiers":[{"system":"org.tempe"}]}]}"#;
        let patient = read(body).unwrap();
        assert_eq!(patient.links.len(), 1);
        assert_eq!(patient.links[0].ehr.as_str(), "org.tempe");
        assert_eq!(patient.links[0].demographics, Demographics::default(), "it says nothing else");
    }

    #[test]
    fn the_mobile_is_preferred_then_home_then_work() {
        assert_eq!(marta_with("mobilePhone", "workPhone").phone, "206-555-0100");
        assert_eq!(marta_with(r#""206-555-0188""#, "null").phone, "206-555-0100");
        assert_eq!(marta_with(r#""206-555-0188""#, r#"" ""#).phone, "206-555-0100");
        assert_eq!(marta_with(r#""206-555-0188""#, "2065550188").phone, "2065550188");
        assert_eq!(
            marta_with(r#""mobilePhone":"206-555-0188","homePhone""#, r#""workPhone""#).phone,
            "206-555-0100"
        );
        assert_eq!(marta_with("Phone", "Fax").phone, "");
    }

    #[test]
    fn a_gender_is_kept_as_the_record_says_it() {
        let gender = |json: &str| marta_with(r#""Female""#, json).gender;
        assert_eq!(gender(r#""MALE""#), Gender::Male);
        assert_eq!(gender(r#""nonbinary""#), Gender::Nonbinary);
        assert_eq!(gender(r#""Two-Spirit""#), Gender::Unlisted("Two-Spirit".into()));
        for none in ["null", r#""""#, "{}", r#"" ""#] {
            assert_eq!(gender(none), Gender::Unknown, "{none}");
        }
    }

    #[test]
    fn a_birth_date_is_a_day_that_exists_or_nothing() {
        let birth = |json: &str| marta_with(r#""1979-02-11""#, json).birth_date;
        assert_eq!(birth(r#""1979-02-11T00:00:00Z""#), "1979-02-11");
        for none in [r#""02/11/1979""#, r#""1979-02-30""#, "null", "19790211", r#""""#] {
            assert_eq!(birth(none), "", "{none}");
        }
    }

    #[test]
    fn all_of_a_record_may_be_missing_null_or_of_another_type() {
        for key in [
            "name",
            "birthdate",
            "gender",
            "email",
            "addresses",
            "mobilePhone",
            "ssn",
            "family",
            "given",
            "line1",
            "postalCode",
        ] {
            for instead in [
                "\"x\":",
                &format!("\"{key}\":null,\"x\":"),
                &format!("\"{key}\":[[]],\"x\":"),
                &format!("\"{key}\":{{}},\"x\":"),
                &format!("\"{key}\":7,\"x\":"),
            ] {
                assert!(
                    read(&MARTA.replace(&format!("\"{key}\":"), instead)).is_some_and(|p| p.links.len() == 1),
                    "{instead}"
                );
            }
        }
    }

    #[test]
    fn what_is_prefilled_is_fit_to_show() {
        let record = marta_with(r#""Okafor""#, r#""\u202e Oka\u200bfor\n""#);
        assert_eq!(record.name.family, "Okafor");
    }
}
