use booking::ids::UrlName;
use booking::settings::Target;

use super::*;
use crate::host::attribute::is_address;
use crate::host::diagnosis::Level;

/// Noon in Seattle on 7 December 2026.
const NOON: i64 = 1_796_673_600;

fn read_from(attributes: &[(&str, &str)]) -> (Option<Config>, Vec<Diagnosis>) {
    let given: Vec<(String, String)> =
        attributes.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    read(&|name| given.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()), NOON)
}

fn with(more: &[(&str, &str)]) -> (Option<Config>, Vec<Diagnosis>) {
    let mut all = vec![("api", "https://api.care.northlake.example"), ("product", "findadoctor")];
    all.extend_from_slice(more);
    read_from(&all)
}

fn codes(found: &[Diagnosis]) -> Vec<&str> {
    found.iter().map(|diagnosis| diagnosis.code).collect()
}

#[test]
fn a_clinician_page_needs_no_more_than_api_npi_and_product() {
    let (config, found) = with(&[("npi", " 1234567893 ")]);
    let config = config.unwrap();
    assert_eq!(found, []);
    let Target::Clinicians { npis, departments, from_v5: false } = &config.settings.target else {
        panic!("not a clinician")
    };
    assert_eq!((npis[0].as_str(), npis.len(), departments.len()), ("1234567893", 1, 0));
    assert_eq!((config.settings.days, config.settings.max_days, config.heading_level), (10, 90, 2));
    assert_eq!(config.tier.product, "findadoctor");
    assert_eq!(config.booking, Booking::Auto);
}

#[test]
fn departments_beside_an_npi_narrow_it_and_alone_are_the_target() {
    let (config, _) = with(&[("npi", "1234567893"), ("department", "NorthlakeBallard  NorthlakeFremont")]);
    let Target::Clinicians { departments, .. } = config.unwrap().settings.target else {
        panic!("not a clinician")
    };
    assert_eq!(departments, [UrlName::new("NorthlakeBallard"), UrlName::new("NorthlakeFremont")]);
    let (config, _) = with(&[("department", "NorthlakeBallard"), ("visit-type", "FluShot, Illness,")]);
    let settings = config.unwrap().settings;
    assert_eq!(settings.target, Target::Departments(vec![UrlName::new("NorthlakeBallard")]));
    assert_eq!(settings.visit_types, [VisitType::new("FluShot"), VisitType::new("Illness")]);
}

#[test]
fn what_is_missing_is_an_error_with_a_way_on() {
    let (config, found) = read_from(&[("npi", "1234567893"), ("product", "x")]);
    assert!(config.is_none());
    assert_eq!(codes(&found), ["api-missing"]);
    let (config, found) = with(&[]);
    assert!(config.is_none());
    assert_eq!(codes(&found), ["target-missing"]);
    let (config, found) = read_from(&[("api", "https://a.example"), ("department", "X")]);
    assert_eq!(config.unwrap().tier.product, "find-a-time");
    assert_eq!(codes(&found), ["product-missing"]);
}

#[test]
fn a_bad_npi_names_what_came_and_what_is_expected() {
    let (config, found) = with(&[("npi", "1234567890")]);
    assert!(config.is_none());
    assert_eq!(codes(&found), ["bad-attribute"]);
    assert_eq!(found[0].message, "npi: got \"1234567890\"");
    assert!(found[0].mend.contains("check digit"), "{}", found[0].mend);
    let (config, found) = with(&[("npi", "12345 1234567893")]);
    assert!(config.is_some(), "a good one beside it is used");
    assert_eq!(codes(&found), ["bad-attribute"]);
}

#[test]
fn combinations_the_contract_does_not_allow_are_told_and_the_later_ignored() {
    let (config, found) = with(&[("npi", "1234567893"), ("near", "98107")]);
    assert!(matches!(config.unwrap().settings.target, Target::Clinicians { .. }));
    assert_eq!(codes(&found), ["ignored-attribute"]);
}

#[test]
fn features_to_come_answer_not_yet_and_everything_else_still_works() {
    for (name, value) in [
        ("view", "month"),
        ("time-zone", "America/Chicago"),
        ("backup-times", "1"),
        ("backup-times", "3"),
        ("people", "2"),
        ("people", "6"),
        ("support-reference", ""),
    ] {
        let (config, found) = with(&[("npi", "1234567893"), (name, value)]);
        assert!(config.is_some(), "{name}");
        assert_eq!(codes(&found), ["not-yet"], "{name}={value}");
        assert!(found[0].message.starts_with(name), "{}", found[0].message);
    }
}

#[test]
fn a_value_that_asks_for_no_feature_to_come_is_not_reported() {
    for (name, value) in
        [("view", "list"), ("backup-times", "0"), ("people", "1"), ("support-reference", "false")]
    {
        let (_, found) = with(&[("npi", "1234567893"), (name, value)]);
        assert_eq!(codes(&found), [""; 0], "{name}={value}");
    }
}

#[test]
fn malformed_values_fall_back_to_the_default() {
    for (name, value) in [
        ("days", "0"),
        ("days", "61"),
        ("days", "ten"),
        ("max-days", "401"),
        ("heading-level", "1"),
        ("tier", "prod"),
        ("booking", "maybe"),
        ("view", "grid"),
        ("event-details", "all"),
        ("loading", "soon"),
        ("backup-times", "4"),
        ("backup-times", "none"),
        ("people", "0"),
        ("people", "7"),
        ("mode", "sometimes"),
        ("provider-slots", "v6"),
        ("patient-type", "regular"),
        ("clinician-line", &"k".repeat(81)),
    ] {
        let (config, found) = with(&[("npi", "1234567893"), (name, value)]);
        let config = config.unwrap();
        assert_eq!(
            (config.settings.days, config.settings.max_days, config.heading_level),
            (10, 90, 2),
            "{name}"
        );
        assert_eq!(codes(&found), ["bad-attribute"], "{name}={value}");
    }
    let (config, found) = with(&[("npi", "1234567893"), ("days", " 25 "), ("tier", "UAT")]);
    let config = config.unwrap();
    assert_eq!((config.settings.days, config.is_test_system), (25, true));
    assert_eq!(codes(&found), ["test-tier"]);
}

#[test]
fn addresses_are_https_or_loopback() {
    for good in [
        "https://api.example",
        "https://api.example:8443/base/",
        "http://localhost:8090",
        "http://127.0.0.1:8090",
        "http://[::1]:8090",
        "HTTPS://API.EXAMPLE",
    ] {
        assert!(is_address(good), "{good}");
    }
    for bad in [
        "http://api.example",
        "api.example",
        "https://",
        "https://user@api.example",
        "https://api.example?x=1",
        "https://api.example#x",
        "javascript://x",
        "ftp://x",
        "http://localhost.evil.example",
        "https://api.example:port",
        "https://a b",
    ] {
        assert!(!is_address(bad), "{bad}");
    }
    let (config, found) =
        read_from(&[("api", "http://api.example"), ("npi", "1234567893"), ("product", "x")]);
    assert!(config.is_none());
    assert_eq!(codes(&found), ["bad-attribute"]);
}

#[test]
fn a_visit_host_with_its_version_is_mended_and_told() {
    for visits in ["https://ecvapi.northlake.example/api/9/", "https://ecvapi.northlake.example///api/9"] {
        let (config, found) = with(&[("npi", "1234567893"), ("visits", visits)]);
        assert_eq!(config.unwrap().tier.visits.as_deref(), Some("https://ecvapi.northlake.example"));
        assert_eq!(codes(&found), ["visits-version"]);
    }
}

#[test]
fn a_value_without_a_default_is_an_error_any_other_a_warning() {
    let (_, found) = with(&[("npi", "1234567890")]);
    assert_eq!(
        found.iter().map(|one| (one.code, one.level)).collect::<Vec<_>>(),
        [("bad-attribute", Level::Error)]
    );
    let (_, found) = with(&[("npi", "1234567893"), ("days", "many")]);
    assert_eq!(
        found.iter().map(|one| (one.code, one.level)).collect::<Vec<_>>(),
        [("bad-attribute", Level::Warning)]
    );
}

#[test]
fn a_practice_is_asked_for_at_the_visit_host() {
    let practice = ("practice", "c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33");
    let (_, found) = with(&[practice]);
    assert_eq!(codes(&found), ["needs-attribute"]);
    assert_eq!(found[0].message, "practice needs visits, which is missing or cannot be used");
    assert_eq!(with(&[practice, ("visits", "https://ecvapi.northlake.example")]).1, []);
}

#[test]
fn the_route_is_the_best_the_page_makes_possible() {
    let all = [
        ("department", "NorthlakeBallard"),
        ("visits", "https://v.example"),
        ("scheduling", "https://s.example"),
        ("brand", "northlake"),
    ];
    let route = |attributes: &[(&str, &str)], signs_in| with(attributes).0.unwrap().route(signs_in);
    assert_eq!(route(&all, true), Route::Inline);
    assert_eq!(route(&all, false), Route::Link);
    assert_eq!(route(&all[..2], false), Route::Event);
    assert_eq!(route(&[all[0], all[2], all[3]], true), Route::Link);
    assert_eq!(route(&[all[0], all[2]], true), Route::Event, "the link needs a brand");
    assert_eq!(route(&[all[0], all[1], ("booking", "inline")], false), Route::Inline);
    assert_eq!(route(&[all[0], all[1], ("booking", "event")], true), Route::Event);
    assert_eq!(route(&[all[0], all[1], all[2], all[3], ("booking", "LINK")], true), Route::Link);
    let (_, found) = with(&[all[0], ("booking", "link")]);
    assert_eq!(codes(&found), ["needs-attribute"]);
}

#[test]
fn a_page_without_a_token_is_asked_only_where_its_answer_decides_the_route() {
    let visits = ("visits", "https://v.example");
    let department = ("department", "NorthlakeBallard");
    let is_undecided =
        |attributes: &[(&str, &str)], signs_in| with(attributes).0.unwrap().is_undecided(signs_in);
    assert!(is_undecided(&[department, visits], false));
    assert!(!is_undecided(&[department, visits], true), "the page signs patients in");
    assert!(!is_undecided(&[department], false), "nothing can be booked here");
    for booking in ["inline", "link", "event"] {
        assert!(!is_undecided(&[department, visits, ("booking", booking)], false), "the page has said so");
    }
}

#[test]
fn a_page_that_brings_a_choice_back_signs_patients_in() {
    use booking::settings::Resume;
    let page = [("department", "NorthlakeBallard"), ("visits", "https://v.example")];
    let line = Resume::OnDemand(booking::ids::RegionCode::new("WA"), booking::on_demand::Modality::Video);
    for (resume, signs_in) in [(Some(line), true), (Some(Resume::Lost), false), (None, false)] {
        let mut config = with(&page).0.unwrap();
        config.settings.resume = resume;
        assert_eq!(config.route(false) == Route::Inline, signs_in);
        assert_eq!(config.is_undecided(false), !signs_in);
    }
}

#[test]
fn a_header_value_that_no_header_can_carry_is_refused() {
    let (config, found) = with(&[("npi", "1234567893"), ("api-key", "clé"), ("domain", "northlake")]);
    let tier = config.unwrap().tier;
    assert_eq!((tier.api_key, tier.domain.as_deref()), (None, Some("northlake")));
    assert_eq!(codes(&found), ["bad-attribute"]);
}
