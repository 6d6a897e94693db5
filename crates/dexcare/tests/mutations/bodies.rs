//! Valid bodies, as servers send them, and a test that the readers accept them.

use booking::ids::{Npi, PracticeId, UrlName, VisitId, VisitType};
use booking::on_demand::{Modality, VisitStatus};
use booking::payment::Coupon;
use booking::visits::VisitFilter;
use chrono::NaiveDate;
use dexcare::{
    Call, CancelReasons, ClientConfig, ClinicVisits, CurrentPatient, DepartmentInfo, DepartmentKey,
    DepartmentTimeslots, Departments, Issuers, NearbyVisitTypes, PracticeInfo, Provider, ProviderTimeslots,
    ProviderTimeslotsV5, SearchForm, VerifyCoupon, VisitSummary, VisitWaitTime, WaitTimes,
};

use crate::calls::{join, near, page, search};

/// One valid body of each kind.
pub const BODIES: [&str; 21] = [
    r#"{"departmentId":"100210","urlName":"NorthlakeBallard","displayName":"Northlake Clinic Ballard","brandName":"northlake","ehrSystemName":"org.northlake.epic.main","timezone":"America/Los_Angeles","phone":"206-555-0142","latitude":47.6687,"longitude":-122.3764,"address":{"line1":"1450 NW Market St","line2":"Suite 2","city":"Seattle","state":"WA","postalCode":"98107"},"allowedVisitTypes":[{"visitTypeId":"4381","name":"Flu shot","shortName":"FluShot","minAge":6,"maxAge":1440,"ageUnit":"MONTH"}],"providers":[{"nationalId":"1234567893","firstName":"Dana","lastName":"Whitfield"}]}"#,
    r#"[{"departmentId":"100210","urlName":"NorthlakeBallard","displayName":"Ballard","ehrSystemName":"e","timezone":"America/Los_Angeles"},{"departmentId":2,"urlName":"Tempe","displayName":"Tempe","ehrSystemName":"e","timezone":"America/Phoenix"}]"#,
    r#"{"departmentId":"100210","timezone":"America/Los_Angeles","scheduleDays":[{"date":"2026-12-08T00:00:00-08:00","timeSlots":[{"id":"bmwtc2xvdA==","providerNationalId":"1234567893","providerId":"32261","departmentId":"100210","departmentIdentifier":"org.northlake.epic.main|100210","slotType":"Illness","visitTypeId":"4378","duration":"20","slotDateTime":"2026-12-08T15:40:00-08:00"}]},{"date":"2026-12-09T00:00:00-08:00","timeSlots":[]}]}"#,
    r#"{"providerNationalId":"1234567893","timezone":"America/Phoenix","scheduleDays":[{"timeSlots":[{"id":"a","departmentIdentifier":"e|1","visitTypeId":4378,"duration":30,"slotDateTime":"2026-12-08T22:40:00Z"},{"id":"b","departmentIdentifier":"e|2","visitTypeId":4378,"duration":30.5,"slotDateTime":"2026-12-08T22:40:00.5+05:30"}]}]}"#,
    r#"{"providerNationalId":"1234567893","name":"Dana Whitfield","credentials":"MD","isActive":true,"departments":[{"departmentId":"100210","epicInstanceName":"e","name":"Ballard","phone":"206-555-0142","address":{"line1":"1450 NW Market St"}}],"visitTypes":[{"visitTypeId":"4378","name":"New patient","shortName":"NewPatient"}]}"#,
    r#"{"id":"7b0f6d7e","links":[{"identifiers":[{"system":"e","value":"E1"}],"name":{"use":"usual","family":"Okafor","given":"Marta","middle":"J"},"birthdate":"1979-02-11","gender":"Female","ssn":"4821","email":"marta.okafor@example.com","addresses":[{"line1":"88 Pine St","city":"Seattle","state":"WA","postalCode":"98101"}],"mobilePhone":"206-555-0188"}]}"#,
    r#"{"visitId":"4f8a2d60","isVirtual":true,"virtualMeetingInfo":{"joinUrl":"https://meet.example/j/99120","conferenceId":99120,"tollNumber":"+12065550100","password":"4431","vendor":"zoom"}}"#,
    r#"{"maxLookaheadDays":90}"#,
    r#"{"emailValidationRegex":"^.+@.+$","patientGuid":"2f6d1c34"}"#,
    r#"{"error":"Sorry. SlotUnavailable","code":"SlotUnavailable","message":"m","errorCode":40001,"request_id":"6d1f#3"}"#,
    r#"{"timezone":"America/Los_Angeles","slotsByVisitType":[{"nextStartDate":"2026-12-11","visitTypeDisplayName":"New patient office visit","visitTypeName":"NewPatient","visitTypeEmrId":"4378","modality":"INCLINIC","scheduleDays":[{"date":"2026-12-08","slotTimes":[{"slotDateTime":"2026-12-08T15:40:00-08:00","providerOptions":[{"npi":"1234567893","departmentEhrIdentifier":"e|1","duration":30}]}]}]},{"nextStartDate":null,"visitTypeName":"NewPatient","modality":"VIDEO","scheduleDays":[]}],"providers":{"1234567893":{"name":"Dana Whitfield","gender":"Female","specialties":["Family Medicine"]}},"departments":{"e|1":{"departmentEmrId":"1","ehrInstance":"e","departmentName":"Ballard","distanceFrom":1.8,"timezone":"America/Los_Angeles","clinicType":"Retail","address":{"line1":"1450 NW Market St","zipCode":"98107"}}},"searchContext":"9f2c5f0c"}"#,
    r#"{"slots":[{"slotDateTime":"2026-12-08T23:40:00-00:00","visitTypeName":"NewPatient","providerOptions":[{"npi":"1234567893","departmentEhrIdentifier":"e|1","visitTypeId":"4378","duration":30}]}],"providers":{"1234567893":{"name":"Dana Whitfield"}},"departments":{"e|1":{"departmentId":"1","ehrInstance":"e","departmentName":"Ballard","distanceFrom":1.8,"timezone":"America/Los_Angeles","clinicType":"Primary Care"}},"searchContext":"9f2c5f0c"}"#,
    r#"{"slots":[{"npi":"1234567893","timezone":"America/Los_Angeles","departmentId":"1","departmentIdentifier":"e|1","ehrSystemName":"e","slotsByVisitType":[{"visitTypeId":"4378","visitTypeName":"NewPatient","visitTypeTitle":"Office visit","isBookable":true,"nextStartDate":"2026-12-11","scheduleDays":[{"date":"2026-12-08","slotTimes":[{"slotDateTime":"2026-12-08T15:40:00-08:00","duration":30}]}]}]}]}"#,
    r#"{"results":[{"npi":"1234567893","visitTypes":[{"visitTypeId":"4378","visitTypeName":"NewPatient","availability":{"windowDays":40,"slotCount":17}}]}]}"#,
    r#"[{"available":true,"estimateGeneratedAt":"2026-12-08T17:04:25.114Z","estimatedWaitTimeSeconds":540,"regionCode":"WA","practiceId":"p","visitTypeName":"virtual","assignmentQualifiers":["adult"],"specialties":[]},{"available":false,"estimateGeneratedAt":"2026-12-08T17:04:25.114Z","reason":"REGION_BUSY","busyMessage":"Busy","regionCode":"WA","visitTypeName":"phone","assignmentQualifiers":[]}]"#,
    r#"{"id":"p","displayName":"Northlake Virtual","payment":{"insurance":true,"selfPay":true,"serviceKey":true},"practiceRegions":[{"displayName":"Washington","regionCode":"WA","active":true,"busy":true,"busyMessage":"Busy","visitPrice":4900,"availability":[{"start":"2026-12-08T15:00:00.000Z","end":"2026-12-09T06:00:00.000Z"}],"pediatricsAgeRange":{"min":24,"max":215},"departments":[{"ehrSystemName":"e"}]}]}"#,
    r#"{"visitId":"0f6e5c1d","patientGuid":"7b0f6d7e","visitRedirectUrl":"http://localhost:8787/v/0f6e5c1d","status":"invisit"}"#,
    r#"{"estimatedWaitTimeSeconds":420.5,"estimateGeneratedAt":"2026-12-08T17:10:25.114Z","waitTimeLocalizationInfo":{"modality":"virtual","waitTimeMapKey":"template","timeMinSeconds":300,"timeMaxSeconds":600}}"#,
    r#"{"cancelWithReason":{"reasons":{"en":[{"label":"Wait is too long","value":"LONG_WAIT"}],"es":[{"label":"Otro","value":"OTHER"}]}},"featureFlags":{"enablePatientCancellationWithReason":{"video":true,"phone":true}}}"#,
    r#"[{"id":"0a4c9e52","type":"retail","status":"requested","appointment":{"slotId":"bmwt","start":"2026-12-08T15:40:00-08:00","end":"2026-12-08T16:00:00-08:00","timezone":"America/Los_Angeles"},"departmentId":"1","ehrSystemName":"e","clientText":"Feeling better","stringCode":"patientFeelsBetter"}]"#,
    r#"{"insuranceIssuers":[{"name":"Cascadia PPO","payerId":"NL-PPO-01"}],"status":"active","discountAmount":2500}"#,
];

#[test]
fn the_bodies_that_are_mutated_are_good_ones() {
    let visit_type = VisitType::new("FluShot");
    let info = DepartmentInfo { key: DepartmentKey::UrlName(UrlName::new("x")), with_providers: false };
    assert!(
        info.read(BODIES[0].as_bytes())
            .is_some_and(|clinic| clinic.visit_types.len() == 1 && clinic.position.is_some())
    );
    assert!(
        Departments { brand: "b".into() }
            .read(BODIES[1].as_bytes())
            .is_some_and(|list| list.departments.len() == 2)
    );
    let retail = DepartmentTimeslots { url_name: UrlName::new("x"), visit_type: visit_type.clone() };
    assert!(retail.read(BODIES[2].as_bytes()).is_some_and(|read| read.slots.len() == 1));
    let dana = Npi::from_wire("1234567893");
    let v4 = ProviderTimeslots { npi: dana.clone(), visit_type, start: NaiveDate::MIN, end: NaiveDate::MAX };
    assert!(v4.read(BODIES[3].as_bytes()).is_some_and(|read| read.slots.len() == 2));
    assert!(
        Provider { npi: dana }
            .read(BODIES[4].as_bytes())
            .is_some_and(|clinician| clinician.places.len() == 1)
    );
    assert!(CurrentPatient.read(BODIES[5].as_bytes()).is_some_and(|patient| patient.links.len() == 1));
    let body = |which: usize| BODIES[which].as_bytes();
    let today = NaiveDate::from_ymd_opt(2026, 12, 7).unwrap();
    for (which, form) in [(10, SearchForm::Get), (11, SearchForm::Post)] {
        let found = dexcare::FindOptions { today, ..near(form) }.read(body(which)).unwrap();
        assert_eq!(
            (found.slots.slots.len(), found.places.len(), found.clinicians.len()),
            (1, 1, 1),
            "{which}"
        );
        assert!(found.next.is_some() && found.context.is_some());
    }
    let v5 = ProviderTimeslotsV5 { npi: Npi::from_wire("1234567893"), page: page(), patient_type: None };
    assert!(v5.read(body(12)).is_some_and(|found| found.slots.slots.len() == 1 && found.next.is_some()));
    assert!(NearbyVisitTypes { search: search() }.read(body(13)).is_some_and(|offers| offers.len() == 1));
    let waits = WaitTimes { practice: PracticeId::new("p"), region: None };
    assert!(waits.read(body(14)).is_some_and(|pools| pools.len() == 2));
    let practice = PracticeInfo { id: PracticeId::new("p") }.read(body(15)).unwrap();
    assert!(practice.regions.len() == 1 && practice.regions[0].hours.len() == 1);
    assert!(join(Modality::Video).read(body(16)).is_some_and(|joined| joined.room.is_some()));
    assert_eq!(VisitSummary { visit: VisitId::new("v") }.read(body(16)), Some(VisitStatus::InVisit));
    assert!(VisitWaitTime { visit: VisitId::new("v") }.read(body(17)).is_some());
    assert!(ClientConfig.read(body(18)).is_some_and(|rules| rules.reasons.len() == 2));
    assert!(
        ClinicVisits { filter: VisitFilter::All }.read(body(19)).is_some_and(|list| list.visits.len() == 1)
    );
    assert!(CancelReasons { brand: "b".into() }.read(body(19)).is_some_and(|reasons| reasons.len() == 1));
    assert!(Issuers { tenant: "t".into() }.read(body(20)).is_some_and(|issuers| issuers.len() == 1));
    assert_eq!(VerifyCoupon { code: "c".into() }.read(body(20)), Some(Coupon::Active(2500)));
}
