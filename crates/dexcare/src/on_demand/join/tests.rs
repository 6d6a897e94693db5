//! What joining a line sends, byte for byte, and what the answers mean.

use booking::ids::{DepartmentIdentifier, Npi, PatientGuid, PracticeId, RegionCode, VisitId};
use booking::on_demand::{OnDemandVisit, Qualifier, Region};
use booking::outcome::Outcome::{Refused, Unknown};
use booking::patient::HumanName;
use booking::payment::Payment;
use booking::place::Address;

use super::*;
use crate::billing::tests::{cascadia, marta_guarantees};
use crate::request::wire;
use crate::visit::tests::{judges_answers, marta_as_mother};

fn washington() -> Region {
    Region {
        code: RegionCode::new("WA"),
        name: "Washington".into(),
        is_active: true,
        busy_message: String::new(),
        price: 4900,
        hours: Vec::new(),
        pediatric_months: None,
        ehr: None,
    }
}

fn person(given: &str, birth_date: &str, gender: Gender) -> Demographics {
    Demographics {
        name: HumanName { given: given.into(), family: "Okafor".into(), ..HumanName::default() },
        birth_date: birth_date.into(),
        gender,
        email: "own@example.com".into(),
        phone: "206-555-0100".into(),
        address: Address {
            line1: "88 Pine St".into(),
            line2: String::new(),
            city: "Seattle".into(),
            state: "WA".into(),
            postal_code: "98101".into(),
        },
        ssn_last_four: Some("4821".into()),
    }
}

/// Marta's video visit for a rash.
pub(crate) fn marta() -> JoinVisit {
    JoinVisit {
        visit: OnDemandBooking {
            now: OnDemandVisit {
                practice: PracticeId::new("c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33"),
                region: washington(),
                modality: Modality::Video,
                line: WaitingLine::General,
                qualifier: Qualifier::Adult,
            },
            patient: PatientGuid::new("7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11"),
            demographics: person("Marta", "1979-02-11", Gender::Female),
            actor: None,
            phone: "206-555-0188".into(),
            email: "marta.okafor@example.com".into(),
            reason: "Rash on forearm".into(),
            payment: Payment::Coupon("NORTH25".into()),
            qualifier: Qualifier::Adult,
            interpreter: None,
        },
        brand: Some("northlake".into()),
        language: "en-US".into(),
        card: None,
        is_local: false,
    }
}

/// Leo's phone visit for a cough, which his mother asks for and her insurance pays.
fn leo() -> JoinVisit {
    let mut call = marta();
    let visit = &mut call.visit;
    visit.now.modality = Modality::Phone;
    visit.patient = PatientGuid::new("2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0");
    visit.demographics = person("Leo", "2017-06-30", Gender::Unlisted("two-spirit".into()));
    let mut mother = marta_as_mother();
    mother.actor.demographics.address = visit.demographics.address.clone();
    visit.actor = Some(mother);
    visit.payment = cascadia(Some(marta_guarantees()));
    visit.qualifier = Qualifier::Pediatric;
    visit.interpreter = Some("spa".into());
    call.brand = None;
    call.language = "es".into();
    call
}

#[test]
fn the_request_for_oneself() {
    assert_eq!(
        wire(&marta()),
        concat!(
            "POST https://visit.example/api/9/visits?product=findadoctor (with a token)\n",
            r#"{"patient":{"firstName":"Marta","lastName":"Okafor","gender":"female","dateOfBirth":"1979-02-11","#,
            r#""phone":"206-555-0188","email":"marta.okafor@example.com","#,
            r#""address":{"line1":"88 Pine St","city":"Seattle","state":"WA","postalCode":"98101"},"#,
            r#""patientGuid":"7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11"},"#,
            r#""billingInfo":{"paymentMethod":"couponcode","couponCode":"NORTH25"},"#,
            r#""visitDetails":{"acceptedTerms":true,"declaration":"self","stateLicensure":"WA","#,
            r#""visitReason":"Rash on forearm","visitTypeName":"virtual","#,
            r#""practiceId":"c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33","brand":"northlake","#,
            r#""assignmentQualifiers":["adult"],"detectedLanguage":"en-US"}}"#,
        )
    );
}

#[test]
fn the_request_for_her_son_has_the_mothers_phone_and_mail_on_both() {
    assert_eq!(
        wire(&leo()),
        concat!(
            "POST https://visit.example/api/9/visits?product=findadoctor (with a token)\n",
            r#"{"patient":{"firstName":"Leo","lastName":"Okafor","gender":"other","dateOfBirth":"2017-06-30","#,
            r#""phone":"206-555-0188","email":"marta.okafor@example.com","#,
            r#""address":{"line1":"88 Pine St","city":"Seattle","state":"WA","postalCode":"98101"},"#,
            r#""patientGuid":"2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0"},"#,
            r#""actor":{"firstName":"Marta","lastName":"Okafor","gender":"female","dateOfBirth":"1979-02-11","#,
            r#""phone":"206-555-0188","email":"marta.okafor@example.com","#,
            r#""address":{"line1":"88 Pine St","city":"Seattle","state":"WA","postalCode":"98101"},"#,
            r#""relationshipToPatient":"Mother","patientGuid":"7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11"},"#,
            r#""billingInfo":{"paymentMethod":"insurance","declaration":"other","insuranceType":"manual","#,
            r#""insuranceProviderId":"NL-PPO-01","insurancePayorId":"NL-PPO-01","insurancePayorName":"Cascadia PPO","#,
            r#""insuranceMemberId":"CX883120","insuranceGroupNumber":"77120","insuranceSubscriberId":"CX883","#,
            r#""firstName":"Marta","lastName":"Okafor","gender":"female","dateOfBirth":"1979-02-11"},"#,
            r#""visitDetails":{"acceptedTerms":true,"declaration":"other","stateLicensure":"WA","#,
            r#""visitReason":"Rash on forearm","visitTypeName":"phone","#,
            r#""practiceId":"c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33","assignmentQualifiers":["pediatric"],"#,
            r#""interpreterLanguage":"spa","detectedLanguage":"es","actorRelationshipToPatient":"Mother"}}"#,
        )
    );
}

#[test]
fn a_clinics_line_is_its_department_and_a_clinicians_an_additional_detail() {
    let mut call = marta();
    call.visit.payment = Payment::Card;
    call.card = Some("tok_1Nq".into());
    call.visit.now.line = WaitingLine::Clinic(DepartmentIdentifier::new("org.northlake.epic.main", "100210"));
    let sent = wire(&call);
    assert!(
        sent.ends_with(concat!(
            r#""assignmentQualifiers":["adult"],"scheduledDepartment":{"scheduledDepartmentId":"100210","#,
            r#""scheduledEhr":"org.northlake.epic.main"},"detectedLanguage":"en-US"}}"#
        )),
        "{sent}"
    );
    assert!(
        sent.contains(r#""billingInfo":{"paymentMethod":"creditcard","stripeToken":"tok_1Nq"}"#),
        "{sent}"
    );
    call.visit.now.line = WaitingLine::Clinician(Npi::from_wire("1234567893"), "requestedProvider".into());
    let sent = wire(&call);
    assert!(
        sent.ends_with(concat!(
            r#""assignmentQualifiers":["adult"],"detectedLanguage":"en-US"},"#,
            r#""additionalDetails":[{"key":"requestedProvider","value":"1234567893"}]}"#
        )),
        "{sent}"
    );
}

#[test]
fn an_actor_whose_record_has_no_address_sends_none() {
    let mut call = leo();
    call.visit.actor = Some(marta_as_mother());
    assert_eq!(wire(&call).matches(r#""address":"#).count(), 1);
}

#[test]
fn a_language_has_at_most_five_characters() {
    for (page, sent) in [
        ("en-US", "en-US"),
        ("en_us", "en-US"),
        ("es", "es"),
        ("ES-419", "es"),
        ("zh-Hant-TW", "zh-TW"),
        ("fil-PH", "fil"),
        ("", ""),
        ("x-private", ""),
        ("english", ""),
    ] {
        assert_eq!(detected(page), sent, "{page}");
    }
}

#[test]
fn what_refuses_a_visit_now_is_named() {
    let outcome = |status, body: &str| marta().outcome(status, body.as_bytes());
    for (status, body, why) in [
        (400, r#"{"error":"REGION_BUSY","code":"VISIT_CREATE_ERROR"}"#, Refusal::RegionBusy),
        (400, "busy: REGION_BUSY.", Refusal::RegionBusy),
        (
            400,
            r#"{"error":"Patient record not found with supplied identifier","code":"PATIENT_RECORD_NOT_FOUND"}"#,
            Refusal::PatientNotFound,
        ),
        (400, r#"{"error":"visitReason is required","code":"MISSING_VISIT_REASON"}"#, Refusal::Rejected),
        (400, r#"{"error":"no","code":"VISIT_CREATE_ERROR"}"#, Refusal::Rejected),
        (400, "", Refusal::Rejected),
        (409, "", Refusal::NobodyFree),
        (409, "SlotUnavailable", Refusal::NobodyFree),
        (409, "REGION_BUSY", Refusal::NobodyFree),
        (412, "", Refusal::Rejected),
        (401, "REGION_BUSY", Refusal::SignedOut),
        (403, "", Refusal::Rejected),
        (404, "", Refusal::Rejected),
        (404, "Patient not found", Refusal::PatientNotFound),
        (423, "", Refusal::AccountLocked),
    ] {
        assert_eq!(outcome(status, body), Refused(why), "{status} {body}");
    }
    for status in [302, 408, 499, 500, 503] {
        assert_eq!(outcome(status, "REGION_BUSY PATIENT_RECORD_NOT_FOUND"), Unknown, "{status}");
    }
    judges_answers(|status, body| marta().outcome(status, body));
}

#[test]
fn the_references_own_answer_leads_to_the_waiting_room() {
    let answer = br#"{"visitId":"0f6e5c1d-9b0a-4e8c-8b1e-2a7d9c3f5e10","patientGuid":"7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11",
      "visitRedirectUrl":"https://visit.northlake.example/v/0f6e5c1d",
      "tokBoxVisit":{"waitingRoomSession":{"sessionId":"1_MX4w"},"videoConferenceSession":{"sessionId":"2_MX4w"}}}"#;
    let visit = VisitId::new("0f6e5c1d-9b0a-4e8c-8b1e-2a7d9c3f5e10");
    let room = Some("https://visit.northlake.example/v/0f6e5c1d".into());
    let joined = Confirmation { visit: visit.clone(), meeting: None, room };
    assert_eq!(marta().outcome(200, answer), Outcome::Booked(joined));
    let by_phone = Confirmation { visit, meeting: None, room: None };
    assert_eq!(leo().outcome(201, answer), Outcome::Booked(by_phone), "the clinician calls");
}

#[test]
fn only_safe_rooms_are_entered() {
    let room = |url: &str, is_local: bool| {
        let call = JoinVisit { is_local, ..marta() };
        call.read(format!(r#"{{"visitId":"0f6e","visitRedirectUrl":{url}}}"#).as_bytes()).unwrap().room
    };
    let own = r#""http://127.0.0.1:8787/v/1""#;
    assert_eq!(room(own, true).as_deref(), Some("http://127.0.0.1:8787/v/1"));
    assert_eq!(room(own, false), None, "what runs on a patient's own machine is not the health system's");
    for bad in ["null", "7", r#""javascript:alert(1)""#, r#""http://visit.example""#, r#""/v/1""#] {
        assert_eq!(room(bad, true), None, "{bad}");
    }
}
