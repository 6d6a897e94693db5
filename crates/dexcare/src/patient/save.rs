//! Find or create a person's record in one EHR system (API reference §2.20, §2.21): POST `/v1/patient/self` or
//! `/v1/patient/other`, with the patient's token.

use booking::ids::{EhrSystem, PatientGuid};
use booking::patient::Demographics;

use crate::json;
use crate::request::{Call, Host, Request};
use crate::write::Body;

/// Whose record it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The account's own: found or created, and linked to the account.
    Self_,
    /// Somebody else's: not linked, and never readable again through the account.
    Other,
}

/// Finds or creates the record a booking needs.
pub struct SavePatient {
    /// Whose.
    pub whose: Whose,
    /// Who it is; the SSN's last four go only if they are there.
    pub demographics: Demographics,
    /// The system the visit is to be booked into.
    pub ehr: EhrSystem,
}

impl Call for SavePatient {
    type Answer = PatientGuid;

    fn request(&self) -> Request {
        let path = match self.whose {
            Whose::Self_ => "/v1/patient/self",
            Whose::Other => "/v1/patient/other",
        };
        let person = &self.demographics;
        let mut body = Body::new();
        body.open("name");
        body.text("family", &person.name.family);
        body.text("given", &person.name.given);
        body.text_if_any("middle", &person.name.middle);
        body.text_if_any("prefix", &person.name.prefix);
        body.text_if_any("suffix", &person.name.suffix);
        body.text_if_any("use", &person.name.usage);
        body.close();
        body.open_list("addresses");
        body.address(&person.address);
        body.close_list();
        body.text("birthdate", &person.birth_date);
        body.text("email", &person.email);
        body.text("gender", person.gender.as_str());
        body.text_if_any("ssn", person.ssn_last_four.as_deref().unwrap_or_default());
        body.phone("mobilePhone", &person.phone);
        body.open_list("identifiers");
        body.text("system", self.ehr.as_str());
        body.close_list();
        Request::post(Host::Api, path.into(), body.finish())
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

    fn save(whose: Whose, demographics: Demographics) -> SavePatient {
        SavePatient { whose, demographics, ehr: EhrSystem::new("org.northlake.epic.main") }
    }

    #[test]
    fn the_least_that_is_sent() {
        let mut demographics = leo();
        demographics.address.line2.clear();
        assert_eq!(
            wire(&save(Whose::Other, demographics)),
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
        demographics.gender = Gender::Unlisted("Two-Spirit".into());
        demographics.ssn_last_four = Some("4821".into());
        assert_eq!(
            wire(&save(Whose::Self_, demographics)),
            concat!(
                "POST https://api.example/v1/patient/self?product=findadoctor (with a token)\n",
                r#"{"name":{"family":"Okafor\\Ñ","given":"Marta \"Mimi\"","middle":"J","prefix":"Dr.","suffix":"III","use":"usual"},"#,
                r#""addresses":[{"line1":"88 Pine St","line2":"Apt 4","city":"Seattle","state":"WA","postalCode":"98101"}],"#,
                r#""birthdate":"2017-06-30","email":"marta.okafor@example.com","gender":"Two-Spirit","ssn":"4821","#,
                r#""mobilePhone":"2065550188","identifiers":[{"system":"org.northlake.epic.main"}]}"#,
            )
        );
    }

    #[test]
    fn the_answer_is_the_patients_guid() {
        let call = save(Whose::Self_, leo());
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
}
