//! Books a clinic's slot (API reference §2.25): POST `/api/6/visits/retail`, with the patient's token.

use booking::outcome::{Confirmation, Outcome};
use serde::Serialize;

use super::{ActorBody, QuestionBody, Visit, declaration, questions};
use crate::billing::BillingInfo;
use crate::body::AddressBody;
use crate::request::{Call, Host, Request};
use crate::{body, json};

/// Books a slot of [`crate::DepartmentTimeslots`].
pub struct BookDepartment {
    /// The booking: who comes when, and why.
    pub visit: Visit,
    /// The token of the host page's card field, for a payment by card.
    pub card: Option<String>,
}

impl BookDepartment {
    /// The outcome of the booking, for any status.
    pub fn outcome(&self, status: u16, body: &[u8]) -> Outcome {
        super::outcome(status, body, confirmation(body))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BookingBody<'a> {
    patient: PatientBody<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<ActorBody<'a>>,
    visit_details: DetailsBody<'a>,
    registration_modules: ModulesBody<'a>,
}

#[derive(Serialize)]
struct PatientBody<'a> {
    identifier: &'a str,
    address: AddressBody<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    phone: &'a str,
    email: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DetailsBody<'a> {
    ehr_system_name: &'a str,
    department_id: &'a str,
    visit_reason: &'a str,
    declaration: &'static str,
    slot_id: &'a str,
    /// The clinician's internal id, not the NPI (Q33).
    provider_id: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    patient_questions: Vec<QuestionBody<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ModulesBody<'a> {
    /// Always empty: the widget has no documents to sign.
    document_signing: [&'static str; 0],
    billing_info: BillingInfo<'a>,
}

impl Call for BookDepartment {
    type Answer = Confirmation;

    fn request(&self) -> Request {
        let visit = &self.visit;
        let phone = &body::digits(&visit.phone);
        let body = body::to_json(&BookingBody {
            patient: PatientBody {
                identifier: visit.patient.as_str(),
                address: (&visit.address).into(),
                phone,
                email: &visit.email,
            },
            actor: visit.actor.as_ref().map(|actor| ActorBody::new(actor, phone)),
            visit_details: DetailsBody {
                ehr_system_name: visit.slot.place.ehr.as_str(),
                department_id: visit.slot.place.department.as_str(),
                visit_reason: &visit.reason,
                declaration: declaration(visit.actor.is_some()),
                slot_id: visit.slot_id.as_str(),
                provider_id: visit.slot.provider.as_str(),
                patient_questions: questions(visit),
            },
            registration_modules: ModulesBody {
                document_signing: [],
                billing_info: BillingInfo::new(&visit.payment, self.card.as_deref()),
            },
        });
        Request::post(Host::Visit, "/api/6/visits/retail".into(), body)
    }

    fn read(&self, body: &[u8]) -> Option<Confirmation> {
        confirmation(body)
    }
}

fn confirmation(body: &[u8]) -> Option<Confirmation> {
    Some(Confirmation { visit: super::visit_id(&json::parse(body)?)?, meeting: None, room: None })
}

#[cfg(test)]
mod tests {
    use booking::outcome::Refusal;

    use super::*;
    use crate::billing::tests::cascadia;
    use crate::request::wire;
    use crate::visit::tests::{judges_answers, leo, marta};

    fn book(visit: Visit) -> BookDepartment {
        BookDepartment { visit, card: None }
    }

    #[test]
    fn the_request() {
        assert_eq!(
            wire(&book(marta())),
            concat!(
                "POST https://visit.example/api/6/visits/retail?product=findadoctor (with a token)\n",
                r#"{"patient":{"identifier":"7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11","#,
                r#""address":{"line1":"88 Pine St","line2":"Apt 4","city":"Seattle","state":"WA","postalCode":"98101"},"#,
                r#""phone":"2065550188","email":"marta.okafor@example.com"},"#,
                r#""visitDetails":{"ehrSystemName":"org.northlake.epic.main","departmentId":"100210","#,
                r#""visitReason":"Sore throat since Sunday","declaration":"self","#,
                r#""slotId":"bmwtc2xvdC0xMDAyMTAtMTU0MA==","providerId":"32261"},"#,
                r#""registrationModules":{"documentSigning":[],"billingInfo":{"paymentMethod":"self"}}}"#,
            )
        );
    }

    #[test]
    fn the_request_for_her_son_names_the_mother_without_her_guid() {
        let visit = Visit { payment: cascadia(None), ..leo() };
        assert_eq!(
            wire(&book(visit)),
            concat!(
                "POST https://visit.example/api/6/visits/retail?product=findadoctor (with a token)\n",
                r#"{"patient":{"identifier":"2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0","#,
                r#""address":{"line1":"88 Pine St","line2":"Apt 4","city":"Seattle","state":"WA","postalCode":"98101"},"#,
                r#""phone":"2065550188","email":"marta.okafor@example.com"},"#,
                r#""actor":{"firstName":"Marta","lastName":"Okafor","phone":"2065550188","gender":"female","#,
                r#""dateOfBirth":"1979-02-11","relationshipToPatient":"Mother"},"#,
                r#""visitDetails":{"ehrSystemName":"org.northlake.epic.main","departmentId":"100210","#,
                r#""visitReason":"Sore throat since Sunday","declaration":"other","#,
                r#""slotId":"bmwtc2xvdC0xMDAyMTAtMTU0MA==","providerId":"32261","#,
                r#""patientQuestions":[{"question":"Any allergies?","answer":"Penicillin"},"#,
                r#"{"question":"Any \"fever\"?","answer":"No"}]},"#,
                r#""registrationModules":{"documentSigning":[],"billingInfo":{"paymentMethod":"insurance","declaration":"self","#,
                r#""insuranceType":"manual","insuranceProviderId":"NL-PPO-01","insurancePayorId":"NL-PPO-01","#,
                r#""insurancePayorName":"Cascadia PPO","insuranceMemberId":"CX883120","insuranceGroupNumber":"77120"}}}"#,
            )
        );
    }

    #[test]
    fn a_reason_is_sent_as_it_was_typed_and_no_second_line_is_made_up() {
        let mut visit = marta();
        visit.address.line2.clear();
        visit.reason = "Tos \"fuerte\" \\ desde ayer\n😷".into();
        let wire = wire(&book(visit));
        assert!(wire.contains(r#""visitReason":"Tos \"fuerte\" \\ desde ayer\n😷","#), "{wire}");
        assert!(wire.contains(r#"{"line1":"88 Pine St","city":"Seattle","#), "{wire}");
    }

    #[test]
    fn only_a_visit_id_confirms() {
        judges_answers(|status, body| book(marta()).outcome(status, body));
        let taken = br#"{"visitId":"4f8a","error":"SlotUnavailable"}"#;
        assert_eq!(book(marta()).outcome(409, taken), Outcome::Refused(Refusal::SlotTaken));
        let answer = br#"{"visitId":"0a4c9e52-8f0e-4c55-b7b1-5f0c6f9d1e20","isVirtual":true}"#;
        let confirmed = book(marta()).read(answer).unwrap();
        assert_eq!(confirmed.visit.as_str(), "0a4c9e52-8f0e-4c55-b7b1-5f0c6f9d1e20");
        assert!(confirmed.meeting.is_none(), "one goes to a clinic in person");
    }
}
