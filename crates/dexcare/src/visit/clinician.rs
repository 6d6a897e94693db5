//! Books a clinician's slot (API reference §2.26): POST `/api/7/visits/providerbooking`, with the patient's token.

use booking::outcome::{Confirmation, Meeting, Outcome};
use serde::Serialize;

use super::{ActorBody, QuestionBody, Visit, declaration, questions};
use crate::billing::BillingInfo;
use crate::body::AddressBody;
use crate::json::{self, Value};
use crate::request::{Call, Host, Request};
use crate::{body, text};

/// Books a slot of [`crate::ProviderTimeslots`]. The patient's phone and e-mail are not sent: the system takes them
/// from the patient's record (Q46). If the account holder books for somebody else, the account holder's phone is sent.
pub struct BookClinician {
    /// The booking: who comes when, and why.
    pub visit: Visit,
    /// The token of the host page's card field, for a payment by card.
    pub card: Option<String>,
}

impl BookClinician {
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
    billing_info: BillingInfo<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PatientBody<'a> {
    patient_guid: &'a str,
    address: AddressBody<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DetailsBody<'a> {
    ehr_system_name: &'a str,
    department_id: &'a str,
    visit_reason: &'a str,
    declaration: &'static str,
    slot_id: &'a str,
    national_provider_id: &'a str,
    visit_type_id: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    patient_questions: Vec<QuestionBody<'a>>,
    provider_flow_payment: bool,
}

impl Call for BookClinician {
    type Answer = Confirmation;

    fn request(&self) -> Request {
        let visit = &self.visit;
        let phone = &body::digits(&visit.phone);
        let body = body::to_json(&BookingBody {
            patient: PatientBody { patient_guid: visit.patient.as_str(), address: (&visit.address).into() },
            actor: visit.actor.as_ref().map(|actor| ActorBody {
                patient_guid: Some(actor.guid.as_str()),
                ..ActorBody::new(actor, phone)
            }),
            visit_details: DetailsBody {
                ehr_system_name: visit.slot.place.ehr.as_str(),
                department_id: visit.slot.place.department.as_str(),
                visit_reason: &visit.reason,
                declaration: declaration(visit.actor.is_some()),
                slot_id: visit.slot_id.as_str(),
                national_provider_id: visit.slot.npi.as_str(),
                visit_type_id: visit.slot.visit_type_id.as_str(),
                patient_questions: questions(visit),
                provider_flow_payment: true,
            },
            billing_info: BillingInfo::new(&visit.payment, self.card.as_deref()),
        });
        Request::post(Host::Visit, "/api/7/visits/providerbooking".into(), body)
    }

    fn read(&self, body: &[u8]) -> Option<Confirmation> {
        confirmation(body)
    }
}

fn confirmation(body: &[u8]) -> Option<Confirmation> {
    let answer = json::parse(body)?;
    let visit = super::visit_id(&answer)?;
    let meeting = meeting(json::field(&answer, "virtualMeetingInfo"));
    let is_video = json::flag(&answer, "isVirtual") == Some(true) || meeting != Meeting::default();
    Some(Confirmation { visit, meeting: is_video.then_some(meeting), room: None })
}

/// How to join by video; every value is optional. The short link is used if the long one is missing or unsafe.
fn meeting(info: &Value<'_>) -> Meeting {
    let link = |key| text::link(json::id(info, key)?);
    Meeting {
        join_url: link("joinUrl").or_else(|| link("joinUrlShort")),
        toll_number: json::some_text(info, "tollNumber"),
        conference_id: json::some_text(info, "conferenceId"),
        password: json::some_text(info, "password"),
    }
}

#[cfg(test)]
mod tests {
    use booking::outcome::Refusal;
    use booking::payment::Payment;

    use super::*;
    use crate::request::wire;
    use crate::visit::tests::{judges_answers, leo, marta};

    fn book(visit: Visit) -> BookClinician {
        BookClinician { visit, card: None }
    }

    /// The meeting of a confirmation with these members beside the visit's id.
    fn meeting_of(members: &str) -> Option<Meeting> {
        book(marta()).read(format!(r#"{{"visitId":"4f8a",{members}}}"#).as_bytes()).unwrap().meeting
    }

    #[test]
    fn the_request_has_no_phone_and_no_mail() {
        let mut visit = marta();
        visit.address.line2.clear();
        assert_eq!(
            wire(&book(visit)),
            concat!(
                "POST https://visit.example/api/7/visits/providerbooking?product=findadoctor (with a token)\n",
                r#"{"patient":{"patientGuid":"7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11","#,
                r#""address":{"line1":"88 Pine St","city":"Seattle","state":"WA","postalCode":"98101"}},"#,
                r#""visitDetails":{"ehrSystemName":"org.northlake.epic.main","departmentId":"100210","#,
                r#""visitReason":"Sore throat since Sunday","declaration":"self","slotId":"bmwtc2xvdC0xMDAyMTAtMTU0MA==","#,
                r#""nationalProviderId":"1234567893","visitTypeId":"4378","providerFlowPayment":true},"#,
                r#""billingInfo":{"paymentMethod":"self"}}"#,
            )
        );
    }

    #[test]
    fn the_request_for_her_son_names_the_mother_with_her_guid() {
        let visit = Visit { payment: Payment::Card, ..leo() };
        let call = BookClinician { visit, card: Some("tok_1Nq".into()) };
        assert_eq!(
            wire(&call),
            concat!(
                "POST https://visit.example/api/7/visits/providerbooking?product=findadoctor (with a token)\n",
                r#"{"patient":{"patientGuid":"2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0","#,
                r#""address":{"line1":"88 Pine St","line2":"Apt 4","city":"Seattle","state":"WA","postalCode":"98101"}},"#,
                r#""actor":{"firstName":"Marta","lastName":"Okafor","phone":"2065550188","gender":"female","#,
                r#""dateOfBirth":"1979-02-11","relationshipToPatient":"Mother","patientGuid":"7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11"},"#,
                r#""visitDetails":{"ehrSystemName":"org.northlake.epic.main","departmentId":"100210","#,
                r#""visitReason":"Sore throat since Sunday","declaration":"other","slotId":"bmwtc2xvdC0xMDAyMTAtMTU0MA==","#,
                r#""nationalProviderId":"1234567893","visitTypeId":"4378","#,
                r#""patientQuestions":[{"question":"Any allergies?","answer":"Penicillin"},"#,
                r#"{"question":"Any \"fever\"?","answer":"No"}],"providerFlowPayment":true},"#,
                r#""billingInfo":{"paymentMethod":"creditcard","stripeToken":"tok_1Nq"}}"#,
            )
        );
    }

    #[test]
    fn only_a_visit_id_confirms() {
        judges_answers(|status, body| book(marta()).outcome(status, body));
        let taken = br#"{"visitId":"4f8a","error":"SlotUnavailable"}"#;
        assert_eq!(book(marta()).outcome(409, taken), Outcome::Refused(Refusal::SlotTaken));
        assert_eq!(book(marta()).outcome(412, taken), Outcome::Refused(Refusal::NotOnPanel));
    }

    #[test]
    fn the_references_own_video_visit_is_read_whole() {
        let answer = br#"{"visitId":"4f8a2d60-3c8c-4f5e-9e02-6b0c2d7f1a90","isVirtual":true,
            "virtualMeetingInfo":{"joinUrl":"https://meet.example/j/99120","joinUrlShort":"https://mt.example/x1",
            "conferenceId":99120,"tollNumber":"+12065550100","password":"4431","vendor":"zoom"}}"#;
        let Outcome::Booked(confirmed) = book(marta()).outcome(201, answer) else { panic!("it is booked") };
        assert_eq!(confirmed.visit.as_str(), "4f8a2d60-3c8c-4f5e-9e02-6b0c2d7f1a90");
        assert_eq!(
            confirmed.meeting,
            Some(Meeting {
                join_url: Some("https://meet.example/j/99120".into()),
                toll_number: Some("+12065550100".into()),
                conference_id: Some("99120".into()),
                password: Some("4431".into()),
            })
        );
    }

    #[test]
    fn a_visit_is_by_video_when_it_says_so_or_says_how_to_join() {
        assert_eq!(meeting_of(r#""isVirtual":false"#), None);
        assert_eq!(meeting_of(r#""isVirtual":null,"virtualMeetingInfo":null"#), None);
        assert_eq!(
            meeting_of(r#""isVirtual":false,"virtualMeetingInfo":{"vendor":"none","joinUrl":null}"#),
            None
        );
        assert_eq!(meeting_of(r#""isVirtual":true"#), Some(Meeting::default()));
        assert_eq!(meeting_of(r#""isVirtual":"true","virtualMeetingInfo":[]"#), Some(Meeting::default()));
        let by_phone = Meeting { conference_id: Some("c-1".into()), ..Meeting::default() };
        assert_eq!(meeting_of(r#""virtualMeetingInfo":{"conferenceId":"c-1"}"#), Some(by_phone));
    }

    #[test]
    fn only_https_links_are_given_on() {
        let link = |long: &str, short: &str| {
            meeting_of(&format!(
                r#""isVirtual":true,"virtualMeetingInfo":{{"joinUrl":"{long}","joinUrlShort":"{short}"}}"#
            ))
            .unwrap()
            .join_url
        };
        assert_eq!(
            link("http://meet.example", "https://mt.example/x1").as_deref(),
            Some("https://mt.example/x1")
        );
        for bad in ["javascript:alert(1)", "http://meet.example", "data:text/html,x", "https://a\\u202eb", ""]
        {
            assert_eq!(link(bad, bad), None, "{bad}");
        }
    }
}
