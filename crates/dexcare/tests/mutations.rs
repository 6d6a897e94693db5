//! What a hostile or broken server sends: thousands of mutated bodies through every reader. None may panic, and what
//! is read keeps its promises whatever was sent.

use booking::flow::outcome::Outcome;
use booking::ids::{
    DepartmentIdentifier, EhrSystem, Npi, PatientGuid, ProviderId, SlotId, UrlName, VisitType, VisitTypeId,
};
use booking::patient::Demographics;
use booking::place::Address;
use booking::slot::{Slot, Slots};
use booking::time::Moment;
use chrono::NaiveDate;
use dexcare::{
    BookClinician, BookDepartment, Call, CurrentPatient, DepartmentInfo, DepartmentKey, DepartmentTimeslots,
    Departments, ErrorBody, MaxLookahead, Payment, Provider, ProviderTimeslots, SavePatient,
    ValidationConfigs, Visit, Whose, trouble,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// One good body of each kind.
const BODIES: [&str; 10] = [
    r#"{"departmentId":"100210","urlName":"NorthlakeBallard","displayName":"Northlake Clinic Ballard","brandName":"northlake","ehrSystemName":"org.northlake.epic.main","timezone":"America/Los_Angeles","phone":"206-555-0142","address":{"line1":"1450 NW Market St","line2":"Suite 2","city":"Seattle","state":"WA","postalCode":"98107"},"allowedVisitTypes":[{"visitTypeId":"4381","name":"Flu shot","shortName":"FluShot","minAge":6,"maxAge":1440,"ageUnit":"MONTH"}],"providers":[{"nationalId":"1234567893","firstName":"Dana","lastName":"Whitfield"}]}"#,
    r#"[{"departmentId":"100210","urlName":"NorthlakeBallard","displayName":"Ballard","ehrSystemName":"e","timezone":"America/Los_Angeles"},{"departmentId":2,"urlName":"Tempe","displayName":"Tempe","ehrSystemName":"e","timezone":"America/Phoenix"}]"#,
    r#"{"departmentId":"100210","timezone":"America/Los_Angeles","scheduleDays":[{"date":"2026-12-08T00:00:00-08:00","timeSlots":[{"id":"bmwtc2xvdA==","providerNationalId":"1234567893","providerId":"32261","departmentId":"100210","departmentIdentifier":"org.northlake.epic.main|100210","slotType":"Illness","visitTypeId":"4378","duration":"20","slotDateTime":"2026-12-08T15:40:00-08:00"}]},{"date":"2026-12-09T00:00:00-08:00","timeSlots":[]}]}"#,
    r#"{"providerNationalId":"1234567893","timezone":"America/Phoenix","scheduleDays":[{"timeSlots":[{"id":"a","departmentIdentifier":"e|1","visitTypeId":4378,"duration":30,"slotDateTime":"2026-12-08T22:40:00Z"},{"id":"b","departmentIdentifier":"e|2","visitTypeId":4378,"duration":30.5,"slotDateTime":"2026-12-08T22:40:00.5+05:30"}]}]}"#,
    r#"{"providerNationalId":"1234567893","name":"Dana Whitfield","credentials":"MD","isActive":true,"departments":[{"departmentId":"100210","epicInstanceName":"e","name":"Ballard","phone":"206-555-0142","address":{"line1":"1450 NW Market St"}}],"visitTypes":[{"visitTypeId":"4378","name":"New patient","shortName":"NewPatient"}]}"#,
    r#"{"id":"7b0f6d7e","links":[{"identifiers":[{"system":"e","value":"E1"}],"name":{"use":"usual","family":"Okafor","given":"Marta","middle":"J"},"birthdate":"1979-02-11","gender":"Female","ssn":"4821","email":"marta.okafor@example.com","addresses":[{"line1":"88 Pine St","city":"Seattle","state":"WA","postalCode":"98101"}],"mobilePhone":"206-555-0188"}]}"#,
    r#"{"visitId":"4f8a2d60","isVirtual":true,"virtualMeetingInfo":{"joinUrl":"https://meet.example/j/99120","conferenceId":99120,"tollNumber":"+12065550100","password":"4431","vendor":"zoom"}}"#,
    r#"{"maxLookaheadDays":90}"#,
    r#"{"emailValidationRegex":"^.+@.+$","patientGuid":"2f6d1c34"}"#,
    r#"{"error":"Sorry. SlotUnavailable","code":"SlotUnavailable","message":"m","errorCode":40001,"request_id":"6d1f#3"}"#,
];

/// What a value, or a piece of one, is replaced with.
const ODD: [&str; 34] = [
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e300",
    "-1e300",
    "1e999",
    "99999999999999999999",
    "9223372036854775807",
    "\"\"",
    "\" \"",
    "\"x\"",
    "[]",
    "{}",
    "[null]",
    "[[[[]]]]",
    "{\"a\":{\"a\":1}}",
    "\"\\u0000\\u202e\\u200b\"",
    "\"\\ud83e\\ude7a\"",
    "\"\\ud800\"",
    "\"20\"",
    "\"|\"",
    "\"a|\"",
    "\"9999-12-31T23:59:59Z\"",
    "\"2026-02-30T00:00:00Z\"",
    "\"+262142-12-31T23:59:60+23:59\"",
    "\"javascript:alert(1)\"",
    "\"https://\"",
    ",",
    "\"",
    "}",
    "\u{feff}",
];

#[derive(Clone, Debug)]
enum Change {
    /// Everything between two places becomes something else.
    Span(Index, u8, &'static str),
    /// A value, up to the next comma or bracket, becomes something else.
    Value(Index, &'static str),
    Byte(Index, u8),
    Repeat(Index, u8, u8),
    Cut(Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => (any::<Index>(), 0..12u8, select(&ODD[..])).prop_map(|(at, len, odd)| Change::Span(at, len, odd)),
        8 => (any::<Index>(), select(&ODD[..])).prop_map(|(at, odd)| Change::Value(at, odd)),
        2 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        1 => (any::<Index>(), any::<u8>(), 0..40u8).prop_map(|(at, len, times)| Change::Repeat(at, len, times)),
        1 => any::<Index>().prop_map(Change::Cut),
    ]
}

fn mutate(body: &mut Vec<u8>, change: &Change) {
    if body.is_empty() {
        return;
    }
    let size = body.len();
    match *change {
        Change::Span(at, len, odd) => {
            let at = at.index(size);
            body.splice(at..(at + usize::from(len)).min(size), odd.bytes());
        }
        Change::Value(at, odd) => {
            let colons: Vec<usize> = (0..size)
                .filter(|&place| body[place] == b':' && body.get(place.wrapping_sub(1)) == Some(&b'"'))
                .collect();
            if !colons.is_empty() {
                let from = colons[at.index(colons.len())] + 1;
                let len = body[from..].iter().position(|byte| b",}]".contains(byte)).unwrap_or(0);
                body.splice(from..from + len, odd.bytes());
            }
        }
        Change::Byte(at, byte) => body[at.index(size)] = byte,
        Change::Repeat(at, len, times) => {
            let at = at.index(size);
            let part = body[at..(at + usize::from(len)).min(size)].repeat(usize::from(times));
            body.splice(at..at, part);
        }
        Change::Cut(at) => body.truncate(at.index(size)),
    }
}

fn mutated() -> impl Strategy<Value = Vec<u8>> {
    (0..BODIES.len(), proptest::collection::vec(change(), 0..5)).prop_map(|(which, changes)| {
        let mut body = BODIES[which].as_bytes().to_vec();
        for change in &changes {
            mutate(&mut body, change);
        }
        body
    })
}

fn is_fit_to_show(text: &str) -> bool {
    text.chars().count() <= 300
        && !text.chars().any(|c| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
}

fn address_is_fit(address: &Address) -> bool {
    [&address.line1, &address.line2, &address.city, &address.state, &address.postal_code]
        .into_iter()
        .all(|part| is_fit_to_show(part))
}

fn check_slots(slots: Option<&Slots>) -> Result<(), TestCaseError> {
    for slot in slots.into_iter().flat_map(|slots| &slots.slots) {
        prop_assert!(slot.minutes <= 1440);
        prop_assert!(!slot.id.as_str().is_empty() && !slot.npi.as_str().is_empty());
        prop_assert!(!slot.place.ehr.as_str().is_empty() && !slot.place.department.as_str().is_empty());
        prop_assert!((0..7_289_654_400).contains(&slot.at.at), "1970 to 2200");
        prop_assert_eq!(Moment::parse(&slot.at.to_rfc3339()), Some(slot.at));
    }
    Ok(())
}

fn visit() -> Visit {
    Visit {
        slot: Slot {
            id: SlotId::new("a"),
            npi: Npi::from_wire("1234567893"),
            provider: ProviderId::new("32261"),
            place: DepartmentIdentifier::new("e", "1"),
            visit_type: VisitType::new("FluShot"),
            visit_type_id: VisitTypeId::new("4381"),
            minutes: 20,
            at: Moment { at: 0, offset: 0 },
        },
        patient: PatientGuid::new("p"),
        address: Address::default(),
        phone: String::new(),
        email: String::new(),
        reason: String::new(),
    }
}

/// Every reader reads the body; what comes out is checked.
fn read_by_all(body: &[u8], status: u16) -> Result<(), TestCaseError> {
    let (npi, visit_type) = (Npi::from_wire("1234567893"), VisitType::new("FluShot"));
    let key = DepartmentKey::ByUrlName(UrlName::new("NorthlakeBallard"));
    let one = DepartmentInfo { key, with_providers: true }.read(body);
    let many = Departments { brand: "northlake".into() }.read(body);
    for clinic in one.iter().chain(many.iter().flat_map(|list| &list.departments)) {
        prop_assert!(
            is_fit_to_show(&clinic.name) && !clinic.name.is_empty() && is_fit_to_show(&clinic.phone)
        );
        prop_assert!(address_is_fit(&clinic.address));
        prop_assert!(clinic.clinicians.iter().all(|(_, name)| is_fit_to_show(name)));
        prop_assert!(
            clinic.visit_types.iter().all(
                |offer| is_fit_to_show(&offer.name) && offer.ages.is_none_or(|ages| ages.min <= ages.max)
            )
        );
    }
    if let Some(clinician) = (Provider { npi: npi.clone() }).read(body) {
        prop_assert!(is_fit_to_show(&clinician.name) && is_fit_to_show(&clinician.credentials));
        prop_assert!(
            clinician
                .places
                .iter()
                .all(|place| is_fit_to_show(&place.name) && address_is_fit(&place.address))
        );
    }
    check_slots(
        DepartmentTimeslots { url_name: UrlName::new("x"), visit_type: visit_type.clone() }
            .read(body)
            .as_ref(),
    )?;
    let (start, end) = (NaiveDate::MIN, NaiveDate::MAX);
    check_slots(ProviderTimeslots { npi, visit_type: visit_type.clone(), start, end }.read(body).as_ref())?;
    let days = MaxLookahead { visit_type, ehr: EhrSystem::new("e") }.read(body);
    prop_assert!(days.is_none_or(|days| days <= 3650));
    if let Some(patient) = CurrentPatient.read(body) {
        for link in &patient.links {
            let person = &link.demographics;
            prop_assert!(
                [&person.name.given, &person.name.family, &person.email, &person.phone]
                    .into_iter()
                    .all(|text| is_fit_to_show(text))
            );
            prop_assert!(
                matches!(person.birth_date.len(), 0 | 10)
                    && person.ssn_last_four.is_none()
                    && address_is_fit(&person.address)
            );
        }
    }
    let save =
        SavePatient { whose: Whose::Self_, demographics: Demographics::default(), ehr: EhrSystem::new("e") };
    prop_assert!(save.read(body).is_none_or(|guid| !guid.as_str().is_empty()));
    ValidationConfigs.read(body);

    let error = ErrorBody::new(body);
    prop_assert!(is_fit_to_show(&error.message()) && error.code().is_none_or(|code| is_fit_to_show(&code)));
    prop_assert!(error.request_id().is_none_or(|id| is_fit_to_show(&id)));
    trouble(status);

    let retail = BookDepartment { visit: visit(), payment: Payment::OnArrival }.outcome(status, body);
    let clinician = BookClinician { visit: visit(), payment: Payment::OnArrival }.outcome(status, body);
    let is_refusal = (400..500).contains(&status) && status != 408 && status != 499;
    for outcome in [retail, clinician] {
        match outcome {
            Outcome::Booked(confirmed) => {
                prop_assert!((200..300).contains(&status) && !confirmed.visit.as_str().is_empty());
                let link = confirmed.meeting.and_then(|meeting| meeting.join_url);
                prop_assert!(link.is_none_or(|link| link[..8].eq_ignore_ascii_case("https://")));
            }
            Outcome::Refused(_) => prop_assert!(is_refusal),
            Outcome::Unknown => prop_assert!(!is_refusal),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]

    #[test]
    fn no_mutated_body_hurts(body in mutated(), status in prop_oneof![Just(200), 0..700u16]) {
        read_by_all(&body, status)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_bytes_at_all_hurt(body in proptest::collection::vec(any::<u8>(), 0..200), status in 0..700u16) {
        read_by_all(&body, status)?;
    }
}

#[test]
fn the_bodies_that_are_mutated_are_good_ones() {
    let visit_type = VisitType::new("FluShot");
    let info = DepartmentInfo { key: DepartmentKey::ByUrlName(UrlName::new("x")), with_providers: false };
    assert!(info.read(BODIES[0].as_bytes()).is_some_and(|clinic| clinic.visit_types.len() == 1));
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
}
