//! Both forms of the search, with answers written by hand.

use booking::search::{FoundClinician, FoundPlace, PatientType};
use booking::slot::Source;

use super::*;
use crate::request::wire;

const BALLARD: &str = "org.northlake.epic.main|100210";

/// The API reference's example of an answer to `GET`, with a retail clinic added.
const GET: &str = r#"{"timezone":"America/Los_Angeles",
 "slotsByVisitType":[{"previousEndDate":null,"nextStartDate":"2026-12-11",
   "visitTypeDisplayName":"New patient office visit","visitTypeName":"NewPatient","visitTypeEmrId":"4378",
   "visitTypeUuids":["e5a0b0a2-5a6e-4a43-9d61-2a4b7c1f9e10"],
   "forNewPatient":true,"forEstablishedPatient":false,"modality":"INCLINIC",
   "scheduleDays":[{"date":"2026-12-08","slotTimes":[{"slotDateTime":"2026-12-08T15:40:00-08:00",
     "providerOptions":[{"npi":"1234567893","departmentEhrIdentifier":"org.northlake.epic.main|100210","duration":30},
       {"npi":"1003000126","departmentEhrIdentifier":"org.northlake.epic.main|100300","duration":20}]}]}]}],
 "providers":{"1234567893":{"emrId":"32261","name":"Dana Whitfield","gender":"Female","specialties":["Family Medicine"]}},
 "departments":{"org.northlake.epic.main|100210":{"departmentUuid":"5d0cbb1e-7f5b-4a4b-8a0a-0d5f9e7d1a33",
   "departmentEmrId":"100210","ehrInstance":"org.northlake.epic.main","departmentName":"Northlake Clinic Ballard",
   "distanceFrom":1.84,"timezone":"America/Los_Angeles","clinicType":"Primary Care",
   "address":{"line1":"1450 NW Market St","city":"Seattle","state":"WA","zipCode":"98107","latitude":47.6687,"longitude":-122.3764}},
   "org.northlake.epic.main|100300":{"departmentEmrId":"100300","ehrInstance":"org.northlake.epic.main",
   "departmentName":"Northlake Express Tempe","distanceFrom":0,"timezone":"America/Phoenix","clinicType":"retail"}},
 "searchContext":"9f2c5f0c6e6d4a8fb0a1c2d3e4f50617"}"#;

/// The API reference's example of an answer to `POST`, with the offset `-00:00` as in DexCare's published
/// document.
const POST: &str = r#"{"slots":[{"slotDateTime":"2026-12-08T23:40:00-00:00","visitTypeName":"NewPatient",
   "providerOptions":[{"npi":"1234567893","departmentEhrIdentifier":"org.northlake.epic.main|100210",
                       "visitTypeId":"4378","duration":30}]}],
 "providers":{"1234567893":{"name":"Dana Whitfield","gender":"Female","specialties":["Family Medicine"]}},
 "departments":{"org.northlake.epic.main|100210":{"departmentGuid":"5d0cbb1e-7f5b-4a4b-8a0a-0d5f9e7d1a33",
   "departmentId":"100210","ehrInstance":"org.northlake.epic.main","departmentName":"Northlake Clinic Ballard",
   "distanceFrom":1.8,"timezone":"America/Los_Angeles","clinicType":"Primary Care",
   "address":{"line1":"1450 NW Market St","line2":"","city":"Seattle","state":"WA","zipCode":"98107","postalCode":"98107"}}},
 "searchContext":"9f2c5f0c6e6d4a8fb0a1c2d3e4f50617"}"#;

fn day(text: &str) -> NaiveDate {
    booking::time::parse_iso_date(text).unwrap()
}

/// A search with a place, a radius and a visit type, and nothing else.
fn near(form: SearchForm) -> FindOptions {
    FindOptions {
        search: Search {
            around: Some(SearchCentre::Point(4767, -12_238)),
            radius: 30,
            specialty: None,
            gender: None,
            clinic_type: None,
            patient_type: None,
        },
        page: SearchPage { from: None, days: 3, visit_types: vec![VisitType::new("NewPatient")] },
        form,
        today: day("2026-12-07"),
    }
}

/// A search with every optional value, on a later page.
fn near_with_all(form: SearchForm) -> FindOptions {
    FindOptions {
        search: Search {
            around: Some(SearchCentre::Zip("98107-1234".into())),
            radius: 200,
            specialty: Some("Family Medicine".into()),
            gender: Some("female".into()),
            clinic_type: Some("Retail,Primary Care".into()),
            patient_type: Some(PatientType::Established),
        },
        page: SearchPage {
            from: Some(day("2026-12-28")),
            days: 0,
            visit_types: vec![VisitType::new("NewPatient"), VisitType::new("Follow Up")],
        },
        ..near(form)
    }
}

fn get(body: &str) -> SearchResult {
    near(SearchForm::Get).read(body.as_bytes()).unwrap()
}

/// What a `GET` finds if `to` replaces `from` in its answer.
fn get_with(from: &str, to: &str) -> SearchResult {
    assert!(GET.contains(from), "{from} is not in the answer");
    get(&GET.replace(from, to))
}

/// The number of slots, and of parts that were dropped.
fn counts(found: &SearchResult) -> (usize, u32) {
    (found.slots.slots.len(), found.slots.dropped)
}

#[test]
fn get_asks_in_the_query_and_needs_no_preflight() {
    assert_eq!(
        wire(&near(SearchForm::Get)),
        "GET https://api.example/v1/availability/slots?daysOfSlots=3&latitude=47.67&longitude=-122.38&radius=30&visitTypeNames=NewPatient&product=findadoctor (public)"
    );
    assert_eq!(
        wire(&near_with_all(SearchForm::Get)),
        "GET https://api.example/v1/availability/slots?daysOfSlots=1&postalCode=98107-1234&radius=100&visitTypeNames=NewPatient%2CFollow%20Up&clinicTypes=Retail%2CPrimary%20Care&specialty=Family%20Medicine&gender=female&newOrEstablishedPatient=establishedPatient&startDate=2026-12-28&product=findadoctor (public)"
    );
    let mut any = near(SearchForm::Get);
    any.page.visit_types.clear();
    assert!(!wire(&any).contains("visitTypeNames"), "none named = all");
}

#[test]
fn post_asks_in_the_body_for_a_fortnight() {
    assert_eq!(
        wire(&near(SearchForm::Post)),
        concat!(
            "POST https://api.example/v1/availability/slots?product=findadoctor (public)\n",
            r#"{"latitude":47.67,"longitude":-122.38,"radius":30,"visitTypeNames":["NewPatient"],"#,
            r#""startDate":"2026-12-07","endDate":"2026-12-20"}"#,
        )
    );
    assert_eq!(
        wire(&near_with_all(SearchForm::Post)),
        concat!(
            "POST https://api.example/v1/availability/slots?product=findadoctor (public)\n",
            r#"{"postalCode":"98107-1234","radius":100,"visitTypeNames":["NewPatient","Follow Up"],"#,
            r#""clinicTypes":["Retail","Primary Care"],"specialty":"Family Medicine","gender":"female","#,
            r#""newOrEstablishedPatient":"establishedPatient","startDate":"2026-12-28","endDate":"2027-01-10"}"#,
        )
    );
}

#[test]
fn the_references_own_answer_to_get_is_read_whole() {
    let found = get(GET);
    assert_eq!(counts(&found), (2, 0));
    let [with_dana, express] = found.slots.slots.as_slice() else { panic!("two options") };
    assert_eq!((&with_dana.id, with_dana.provider.as_str()), (&None, ""), "a search gives no ids");
    assert_eq!(with_dana.source, Source::SearchedClinician);
    assert_eq!(with_dana.npi.as_str(), "1234567893");
    assert_eq!(with_dana.place.to_text(), BALLARD);
    assert_eq!((with_dana.visit_type.as_str(), with_dana.visit_type_id.as_str()), ("NewPatient", "4378"));
    assert_eq!((with_dana.minutes, with_dana.at.to_rfc3339()), (30, "2026-12-08T15:40:00-08:00".into()));
    assert_eq!(express.source, Source::SearchedDepartment, "a retail clinic, in any letter case");
    let dana = FoundClinician {
        npi: with_dana.npi.clone(),
        name: "Dana Whitfield".into(),
        gender: "Female".into(),
        specialties: vec!["Family Medicine".into()],
    };
    assert_eq!(found.clinicians, [dana]);
    let told: Vec<_> = found
        .places
        .iter()
        .map(|place| (place.name.as_str(), place.tenth_miles, place.is_retail, place.zone.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("Northlake Clinic Ballard", Some(18), false, "America/Los_Angeles"),
            ("Northlake Express Tempe", Some(0), true, "America/Phoenix")
        ]
    );
    assert_eq!(found.places[0].address.postal_code, "98107", "the duplicate serves (Q41)");
    assert_eq!(found.visit_types.len(), 1);
    assert_eq!(found.visit_types[0].name, "New patient office visit");
    assert_eq!(found.context.as_deref(), Some("9f2c5f0c6e6d4a8fb0a1c2d3e4f50617"));
    assert_eq!(found.next, Some(day("2026-12-11")));
    assert_eq!(found.slots.zone, None, "each place has its own");
}

#[test]
fn the_references_own_answer_to_post_is_read_whole() {
    let found = near(SearchForm::Post).read(POST.as_bytes()).unwrap();
    assert_eq!(counts(&found), (1, 0));
    let slot = &found.slots.slots[0];
    assert_eq!((slot.place.to_text(), slot.at.to_rfc3339()), (BALLARD.into(), "2026-12-08T23:40:00Z".into()));
    assert_eq!((slot.visit_type.as_str(), slot.visit_type_id.as_str()), ("NewPatient", "4378"));
    assert_eq!(found.visit_types[0].name, "NewPatient", "there is no title here");
    assert_eq!((found.places.len(), found.clinicians.len()), (1, 1));
    assert_eq!(found.next, Some(day("2026-12-21")), "the day after the fortnight");
}

#[test]
fn after_an_empty_fortnight_another_can_be_asked_for_until_the_calendar_ends() {
    let mut call = near(SearchForm::Post);
    assert_eq!(call.read(b"{}").unwrap().next, Some(day("2026-12-21")));
    call.page.from = NaiveDate::MAX.checked_sub_days(Days::new(13));
    assert_eq!(call.read(b"{}").unwrap().next, None);
    assert_eq!(get("{}").next, None, "without pages named, GET has none");
}

#[test]
fn the_next_page_is_the_earliest_of_all_visit_types_and_always_further_on() {
    let two = |first: &str, second: &str| {
        let group = |next: &str| format!(r#"{{"visitTypeName":"a","nextStartDate":{next}}}"#);
        get(&format!(r#"{{"slotsByVisitType":[{},{}]}}"#, group(first), group(second))).next
    };
    assert_eq!(two(r#""2026-12-20""#, r#""2026-12-11""#), Some(day("2026-12-11")));
    assert_eq!(two("null", r#""2026-12-11T00:00:00-08:00""#), Some(day("2026-12-11")));
    assert_eq!(two("null", "7"), None);
    assert_eq!(two(r#""2026-12-07""#, r#""2026-01-01""#), None, "a page that does not go on is none");
    let mut later = near(SearchForm::Get);
    later.page.from = Some(day("2026-12-11"));
    assert_eq!(later.read(GET.as_bytes()).unwrap().next, None, "the very page that was asked for");
}

#[test]
fn slots_by_video_or_phone_are_left_out_with_all_that_only_they_name() {
    for modality in [r#""VIDEO""#, r#""phone""#, r#""CHAT""#, r#""AT_HOME""#] {
        let found = get_with(r#""INCLINIC""#, modality);
        assert_eq!(counts(&found), (0, 0), "{modality}");
        assert!(found.places.is_empty() && found.clinicians.is_empty() && found.visit_types.is_empty());
        assert_eq!(found.next, None, "their next page is none of ours");
    }
    for modality in [r#""inclinic""#, r#""IN_CLINIC""#, "null", r#""""#] {
        assert_eq!(counts(&get_with(r#""INCLINIC""#, modality)), (2, 0), "{modality}");
    }
    assert_eq!(counts(&get_with(r#""forNewPatient":true"#, r#""isBookable":false"#)), (0, 0));
}

#[test]
fn an_option_whose_clinic_is_not_told_of_is_dropped_and_counted() {
    for (from, to) in [
        (r#""org.northlake.epic.main|100300":{"#, r#""org.northlake.epic.main|999":{"#),
        (r#""departmentName":"Northlake Express Tempe""#, r#""departmentName":null"#),
        (r#""timezone":"America/Phoenix""#, r#""timezone":"""#),
        (r#""npi":"1003000126""#, r#""npi":null"#),
        (
            r#""departmentEhrIdentifier":"org.northlake.epic.main|100300""#,
            r#""departmentEhrIdentifier":"100300""#,
        ),
    ] {
        let found = get_with(from, to);
        assert_eq!(counts(&found), (1, 1), "{to}");
        assert_eq!(found.places.len(), 1, "{to}: no slot is there");
    }
    assert_eq!(counts(&get_with("providers", "x")), (2, 0), "a clinician's name may be missing");
    assert_eq!(counts(&get_with("2026-12-08T15:40:00-08:00", "soon")), (0, 2));
}

#[test]
fn a_clinics_key_is_made_of_its_own_fields_where_the_map_has_another() {
    for fields in ["departmentEmrId", "departmentId"] {
        let odd = GET
            .replace(r#""org.northlake.epic.main|100300":{"#, r#""tempe":{"#)
            .replace(r#""departmentEmrId":"100300""#, &format!(r#""{fields}":"100300""#));
        assert_eq!(counts(&get(&odd)), (2, 0), "{fields}");
    }
}

#[test]
fn bad_pieces_never_hide_the_others() {
    let group = |piece: &str| {
        let whole = GET.replacen(r#""slotsByVisitType":["#, &format!(r#""slotsByVisitType":[{piece},"#), 1);
        counts(&get(&whole))
    };
    for bad in [
        "null",
        "7",
        "[]",
        r#""x""#,
        "{}",
        r#"{"visitTypeName":"a","scheduleDays":7}"#,
        r#"{"scheduleDays":[]}"#,
    ] {
        assert_eq!(group(bad), (2, 1), "{bad}");
    }
    for bad in [
        "null",
        "7",
        r#"{"slotTimes":{}}"#,
        r#"{"slotTimes":[{"providerOptions":7}]}"#,
        r#"{"slotTimes":[{"slotDateTime":"2026-12-08T15:40:00Z","providerOptions":[null]}]}"#,
    ] {
        let day = format!(r#"{{"visitTypeName":"a","scheduleDays":[{bad}]}}"#);
        assert_eq!(group(&day), (2, 1), "{bad}");
    }
    for none in [r#"{"visitTypeName":"a"}"#, r#"{"visitTypeName":"a","scheduleDays":[{"slotTimes":[null]}]}"#]
    {
        assert_eq!(group(none), (2, 0), "{none}");
    }
    let time =
        POST.replacen(r#""slots":["#, r#""slots":[null,7,{},{"visitTypeName":"a","providerOptions":{}},"#, 1);
    assert_eq!(counts(&near(SearchForm::Post).read(time.as_bytes()).unwrap()), (1, 4));
}

#[test]
fn no_list_is_an_empty_one_and_anything_else_is_no_answer() {
    for empty in
        ["{}", r#"{"slotsByVisitType":null,"slots":null}"#, r#"{"slots":[],"departments":[],"providers":7}"#]
    {
        assert_eq!(counts(&get(empty)), (0, 0), "{empty}");
    }
    for bad in ["", "null", "[]", "<html>", r#"{"slots":{}}"#, r#"{"slotsByVisitType":"x"}"#] {
        assert!(near(SearchForm::Get).read(bad.as_bytes()).is_none(), "{bad}");
    }
}

#[test]
fn a_distance_means_something_only_where_a_place_was_searched() {
    let mut call = near(SearchForm::Get);
    call.search.around = None;
    let found = call.read(GET.as_bytes()).unwrap();
    assert!(found.places.iter().all(|place| place.tenth_miles.is_none()));
    for absurd in ["-1", "1e9", r#""near""#, "null"] {
        let place: FoundPlace = get_with("1.84", absurd).places.remove(0);
        assert_eq!(place.tenth_miles, None, "{absurd}");
    }
}
