use booking::ids::RegionCode;
use booking::settings::{Resume, Settings, Way};

use super::*;
use crate::host::config;

const PRACTICE: &str = "c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33";
const DANA: (&str, &str) = ("npi", "1234567893");

/// The settings of a page with these attributes, and the codes of its diagnoses.
fn page(attributes: &[(&str, &str)]) -> (Option<Settings>, Vec<&'static str>) {
    let mut all = vec![
        ("api", "https://api.care.northlake.example"),
        ("visits", "https://ecvapi.northlake.example"),
        ("product", "findadoctor"),
    ];
    all.extend_from_slice(attributes);
    let given =
        |name: &str| all.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let (config, found) = config::read(&given, 0);
    (config.map(|config| config.settings), found.iter().map(|diagnosis| diagnosis.code).collect())
}

fn good(attributes: &[(&str, &str)]) -> Settings {
    let (settings, told) = page(attributes);
    assert!(told.is_empty(), "{told:?}");
    settings.unwrap()
}

fn around(near: &str) -> Option<SearchCentre> {
    let Target::Near(search) = good(&[("near", near)]).target else { panic!("not near {near}") };
    search.around
}

#[test]
fn near_is_a_zip_a_point_or_a_question() {
    assert_eq!(around(" 98107 "), Some(SearchCentre::Zip("98107".into())));
    assert_eq!(around("98107-1234"), Some(SearchCentre::Zip("98107-1234".into())));
    assert_eq!(
        around("47.66872, -122.37641"),
        Some(SearchCentre::Point(4767, -12_238)),
        "nothing finer than a mile"
    );
    assert_eq!(around(""), None);
}

#[test]
fn a_place_that_is_none_is_told_and_asked_for() {
    for bad in ["9810", "47.6,", "91,0", "0,181", "Ballard", "47.6;-122", "NaN,0", "1e99,0"] {
        let (settings, told) = page(&[("near", bad)]);
        let Target::Near(search) = settings.unwrap().target else { panic!("{bad}") };
        assert_eq!(search.around, None, "{bad}");
        assert_eq!(told, ["bad-attribute"], "{bad}");
    }
}

#[test]
fn a_radius_is_one_to_a_hundred_miles() {
    for (text, radius, told) in [
        ("1", 1, &[][..]),
        ("100", 100, &[]),
        ("0", 30, &["bad-attribute"]),
        ("101", 30, &["bad-attribute"]),
        ("far", 30, &["bad-attribute"]),
    ] {
        let (settings, found) = page(&[("near", "98107"), ("radius", text)]);
        let Target::Near(search) = settings.unwrap().target else { panic!("{text}") };
        assert_eq!((search.radius, found.as_slice()), (radius, told), "{text}");
    }
}

#[test]
fn presets_go_into_the_search() {
    let settings = good(&[
        ("near", "98107"),
        ("specialty", "Family Medicine"),
        ("gender", "female"),
        ("clinic-type", "Primary Care"),
        ("patient-type", "NEW"),
    ]);
    let Target::Near(search) = settings.target else { panic!("not near") };
    assert_eq!(search.specialty.as_deref(), Some("Family Medicine"));
    assert_eq!(search.gender.as_deref(), Some("female"));
    assert_eq!(search.clinic_type.as_deref(), Some("Primary Care"));
    assert_eq!(search.patient_type, Some(PatientType::New));
}

#[test]
fn a_practice_alone_is_on_demand() {
    let settings = good(&[("practice", &PRACTICE.to_uppercase()), ("region", "wa")]);
    assert!(settings.target == Target::OnDemand && settings.ways() == [Way::OnDemand]);
    assert_eq!(settings.practice, Some(PracticeId::new(PRACTICE)));
    assert_eq!(settings.region, Some(RegionCode::new("WA")));
    let (settings, told) = page(&[("practice", "the-virtual-one")]);
    assert!(settings.is_none());
    assert_eq!(told, ["bad-attribute"]);
}

#[test]
fn a_practice_beside_a_target_needs_the_mode() {
    let both = good(&[DANA, ("practice", PRACTICE), ("mode", "Both")]);
    assert_eq!(both.ways(), [Way::Named, Way::OnDemand]);
    let only =
        good(&[DANA, ("practice", PRACTICE), ("mode", "on-demand"), ("clinician-line", "requestedNpi")]);
    assert_eq!(only.ways(), [Way::OnDemand]);
    assert_eq!(only.clinician_line.as_deref(), Some("requestedNpi"));
    assert!(matches!(only.target, Target::Clinicians { .. }), "whose line it is");
    let (scheduled, told) = page(&[DANA, ("practice", PRACTICE)]);
    assert_eq!((scheduled.unwrap().ways(), told), (vec![Way::Named], vec!["ignored-attribute"]));
    let (without, told) = page(&[DANA, ("mode", "both")]);
    assert_eq!((without.unwrap().ways(), told), (vec![Way::Named], vec!["needs-attribute"]));
}

#[test]
fn anyone_near_stands_beside_a_clinician_only_where_both_are_asked_for() {
    let all = good(&[DANA, ("near", "98107"), ("practice", PRACTICE), ("mode", "both")]);
    assert_eq!(all.ways(), [Way::Named, Way::Nearby, Way::OnDemand]);
    let both = good(&[DANA, ("near", "98107"), ("mode", "both")]);
    assert_eq!(both.ways(), [Way::Named, Way::Nearby], "no practice is needed for that");
    let (alone, told) = page(&[DANA, ("near", "98107")]);
    assert_eq!((alone.unwrap().ways(), told), (vec![Way::Named], vec!["ignored-attribute"]));
    let (clinic, told) = page(&[("department", "NorthlakeBallard"), ("near", "98107")]);
    assert_eq!((clinic.unwrap().ways(), told), (vec![Way::Named], vec!["ignored-attribute"]));
}

#[test]
fn a_brand_alone_lets_the_patient_pick() {
    assert!(good(&[("brand", "northlake")]).target == Target::Brand("northlake".into()));
    let near = good(&[("brand", "northlake"), ("near", "")]);
    assert!(
        matches!(near.target, Target::Near(_)),
        "beside another target it only says whose clinics' towns"
    );
    assert_eq!(near.brand.as_deref(), Some("northlake"));
}

#[test]
fn the_clinicians_list_may_be_v5() {
    let settings = good(&[DANA, ("provider-slots", " V5 "), ("patient-type", "established")]);
    assert!(matches!(settings.target, Target::Clinicians { from_v5: true, .. }));
    assert_eq!(settings.patient_type, Some(PatientType::Established));
}

#[test]
fn a_line_is_offered_only_where_the_page_opts_in() {
    let page = good(&[("department", "NorthlakeBallard"), ("practice", PRACTICE), ("mode", "both")]);
    assert!(!page.clinic_line);
    let page = good(&[
        ("department", "NorthlakeBallard"),
        ("practice", PRACTICE),
        ("mode", "both"),
        ("clinic-line", ""),
    ]);
    assert!(page.clinic_line);
    let page = good(&[
        ("department", "NorthlakeBallard"),
        ("practice", PRACTICE),
        ("mode", "both"),
        ("clinic-line", "false"),
    ]);
    assert!(!page.clinic_line);
}

#[test]
fn a_resume_value_that_is_none_is_lost_and_nothing_else() {
    let settings = good(&[DANA, ("resume", "<script>")]);
    assert!(matches!(settings.resume, Some(Resume::Lost)));
    assert!(good(&[DANA]).resume.is_none());
}
