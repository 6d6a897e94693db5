//! Finds or creates a person's record in one EHR system (API reference §2.20, §2.21): POST `/v1/patient/self` or
//! `/v1/patient/other`, with the patient's token.

use booking::ids::{EhrSystem, PatientGuid};
use booking::patient::Demographics;
use serde::Serialize;

use crate::body::{self, AddressBody};
use crate::json;
use crate::request::{Call, Host, Request};

/// The person whom the record is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RecordOwner {
    /// The account's own patient: the record is found or created, and linked to the account.
    AccountHolder,
    /// Somebody else: the record is not linked, and can never be read again through the account.
    Other,
}

/// Finds or creates the record that a booking needs.
pub struct SavePatient {
    /// Whether the record is the account holder's.
    pub owner: RecordOwner,
    /// The person's data. The last four digits of the SSN are sent only if they are there.
    pub demographics: Demographics,
    /// The EHR system into which the visit is to be booked.
    pub ehr: EhrSystem,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PatientBody<'a> {
    name: NameBody<'a>,
    addresses: [AddressBody<'a>; 1],
    birthdate: &'a str,
    email: &'a str,
    gender: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    ssn: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    mobile_phone: &'a str,
    identifiers: [IdentifierBody<'a>; 1],
}

#[derive(Serialize)]
struct NameBody<'a> {
    family: &'a str,
    given: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    middle: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    prefix: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    suffix: &'a str,
    #[serde(rename = "use", skip_serializing_if = "str::is_empty")]
    usage: &'a str,
}

#[derive(Serialize)]
struct IdentifierBody<'a> {
    system: &'a str,
}

impl Call for SavePatient {
    type Answer = PatientGuid;

    fn request(&self) -> Request {
        let path = match self.owner {
            RecordOwner::AccountHolder => "/v1/patient/self",
            RecordOwner::Other => "/v1/patient/other",
        };
        let person = &self.demographics;
        let name = &person.name;
        let body = body::to_json(&PatientBody {
            name: NameBody {
                family: &name.family,
                given: &name.given,
                middle: &name.middle,
                prefix: &name.prefix,
                suffix: &name.suffix,
                usage: &name.usage,
            },
            addresses: [(&person.address).into()],
            birthdate: &person.birth_date,
            email: &person.email,
            gender: person.gender.as_written(),
            ssn: person.ssn_last_four.as_deref().unwrap_or_default(),
            mobile_phone: &body::digits(&person.phone),
            identifiers: [IdentifierBody { system: self.ehr.as_str() }],
        });
        Request::post(Host::Api, path.into(), body)
    }

    fn read(&self, body: &[u8]) -> Option<PatientGuid> {
        Some(PatientGuid::new(json::id(&json::parse(body)?, "patientGuid")?))
    }
}

#[cfg(test)]
mod tests {
    use booking::patient::{Gender, HumanName};
    use booking::place::Address;

    use super::*;
    use crate::request::wire;

    fn leo() -> Demographics {
        Demographics {
            name: HumanName { given: "Leo".into(), family: "Okafor".into(), ..HumanName::default() },
            birth_date: "2017-06-30".into(),
            gender: Gender::Male,
            email: "marta.okafor@example.com".into(),
            phone: "(206) 555-0188".into(),
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

    fn save(owner: RecordOwner, demographics: Demographics) -> SavePatient {
        SavePatient { owner, demographics, ehr: EhrSystem::new("org.northlake.epic.main") }
    }

    #[test]
    fn the_least_that_is_sent() {
        let mut demographics = leo();
        demographics.address.line2.clear();
        assert_eq!(
            wire(&save(RecordOwner::Other, demographics)),
            concat!(
                "POST https://api.example/v1/patient/other?product=findadoctor (with a token)\n",
                r#"{"name":{"family":"Okafor","given":"Leo"},"#,
                r#""addresses":[{"line1":"88 Pine St","city":"Seattle","state":"WA","postalCode":"98101"}],"#,
                r#""birthdate":"2017-06-30","email":"marta.okafor@example.com","gender":"male","#,
                r#""mobilePhone":"2065550188","identifiers":[{"system":"org.northlake.epic.main"}]}"#,
            )
        );
    }

    #[test]
    fn the_most_that_is_sent() {
        let mut demographics = leo();
        demographics.name = HumanName {
            given: "Marta \"Mimi\"".into(),
            family: "Okafor\\Ñ".into(),
            middle: "J".into(),
            prefix: "Dr.".into(),
            suffix: "III".into(),
            usage: "usual".into(),
        };
        demographics.gender = Gender::Unknown;
        demographics.ssn_last_four = Some("4821".into());
        assert_eq!(
            wire(&save(RecordOwner::AccountHolder, demographics)),
            concat!(
                "POST https://api.example/v1/patient/self?product=findadoctor (with a token)\n",
                r#"{"name":{"family":"Okafor\\Ñ","given":"Marta \"Mimi\"","middle":"J","prefix":"Dr.","suffix":"III","use":"usual"},"#,
                r#""addresses":[{"line1":"88 Pine St","line2":"Apt 4","city":"Seattle","state":"WA","postalCode":"98101"}],"#,
                r#""birthdate":"2017-06-30","email":"marta.okafor@example.com","gender":"unknown","ssn":"4821","#,
                r#""mobilePhone":"2065550188","identifiers":[{"system":"org.northlake.epic.main"}]}"#,
            )
        );
    }

    #[test]
    fn the_answer_is_the_patients_guid() {
        let call = save(RecordOwner::AccountHolder, leo());
        let guid = call.read(br#"{"patientGuid":"2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0","more":1}"#);
        assert_eq!(guid, Some(PatientGuid::new("2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0")));
        for bad in [
            "",
            "{}",
            "null",
            r#"{"patientGuid":null}"#,
            r#"{"patientGuid":""}"#,
            r#"{"id":"2f6d"}"#,
            "<html>",
            "[\"2f6d\"]",
        ] {
            assert_eq!(call.read(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn a_gender_that_this_call_does_not_know_is_written_as_other() {
        for gender in [Gender::Nonbinary, Gender::Unlisted("Two-Spirit".into())] {
            let body = wire(&save(RecordOwner::AccountHolder, Demographics { gender, ..leo() }));
            assert!(body.contains(r#""gender":"other""#), "{body}");
        }
    }
}
