//! Compares the two request forms of the search around a place (API reference §2.11–§2.13): the formats differ, the
//! times must not.

use std::collections::BTreeSet;

use booking::ids::VisitType;
use booking::search::{PatientType, Search, SearchCentre, SearchPage, SearchResult};
use booking::slot::Source;
use dexcare::{FindOptions, NearbyVisitTypes, SearchForm};

use super::driver::anybody;
use super::nearby::around;
use super::people::day;
use crate::support::{Town, at, town};

async fn found(town: &Town, search: &Search, visit_type: &str, form: SearchForm) -> SearchResult {
    let page =
        SearchPage { from: Some(day("2026-12-14")), days: 10, visit_types: vec![VisitType::new(visit_type)] };
    let call = FindOptions { search: search.clone(), page, form, today: day("2026-12-07") };
    anybody(town).ask(&call).await.expect("an answer")
}

/// Describes the slots of the first nine days, which both request forms cover.
fn told(found: &SearchResult) -> BTreeSet<String> {
    let end = at("2026-12-23T00:00:00Z").timestamp();
    let slots = found.slots.slots.iter().filter(|slot| slot.at.at < end);
    slots
        .map(|slot| {
            let (place, npi) = (slot.place.to_text(), slot.npi.as_str());
            let (kind, source) = (slot.visit_type.as_str(), slot.source);
            format!("{} {place} {npi} {kind} {source:?}", slot.at.at)
        })
        .collect()
}

fn searches() -> Vec<(Search, &'static str)> {
    let ballard = Some(SearchCentre::Point(4767, -12238));
    vec![
        (around("98107", 15), "FluShot"),
        (Search { around: ballard, ..around("98107", 15) }, "NewPatient"),
        (Search { gender: Some("female".into()), ..around("98107", 15) }, "FollowUp"),
        (Search { clinic_type: Some("Primary Care".into()), ..around("80302", 40) }, "FollowUp"),
        (Search { patient_type: Some(PatientType::New), ..around("98107", 15) }, "NewPatient"),
        (around("80202", 50), "FollowUp"),
    ]
}

#[tokio::test]
async fn both_forms_find_the_same_times_at_the_same_places_with_the_same_people() {
    let town = town().await;
    for (search, visit_type) in searches() {
        let got = found(&town, &search, visit_type, SearchForm::Get).await;
        let posted = found(&town, &search, visit_type, SearchForm::Post).await;
        assert_eq!((got.slots.dropped, posted.slots.dropped), (0, 0));
        assert!(told(&got).len() > 10, "{search:?}: {}", told(&got).len());
        assert_eq!(told(&got), told(&posted), "{search:?}");
        for place in &got.places {
            let same = posted.places.iter().find(|posted| posted.identifier == place.identifier);
            assert_eq!(same, Some(place));
            assert!(place.tenth_miles.is_some());
        }
        // The two forms cover different days, so some clinicians have times in one answer only.
        let mut in_both = 0;
        for clinician in &got.clinicians {
            if let Some(posted) = posted.clinicians.iter().find(|posted| posted.npi == clinician.npi) {
                assert_eq!(posted, clinician);
                in_both += 1;
            }
        }
        assert!(in_both > 0);
        assert!(got.context.is_some() && posted.context.is_some() && got.context != posted.context);
        assert!(got.next.is_some());
        assert_eq!(posted.next, Some(day("2026-12-28")), "the day after the fourteen that were asked for");
    }
}

#[tokio::test]
async fn what_is_asked_for_is_what_is_found() {
    let town = town().await;
    let women = Search { gender: Some("female".into()), ..around("98107", 15) };
    let primary = Search { clinic_type: Some("Primary Care".into()), ..around("80302", 40) };
    for form in [SearchForm::Get, SearchForm::Post] {
        let women = found(&town, &women, "FollowUp", form).await.clinicians;
        assert!(!women.is_empty());
        assert!(women.iter().all(|woman| woman.gender.to_lowercase().starts_with('f')), "{women:?}");
        let primary = found(&town, &primary, "FollowUp", form).await;
        assert!(!primary.slots.slots.is_empty());
        assert!(primary.places.iter().all(|place| !place.is_retail));
        assert!(primary.slots.slots.iter().all(|slot| slot.source == Source::SearchedClinician));
        let near = found(&town, &around("98107", 5), "FluShot", form).await;
        assert_eq!(near.places.len(), 1, "{:?}", near.places);
        let ballard = &near.places[0];
        assert_eq!((ballard.name.as_str(), ballard.is_retail), ("Northlake Clinic Ballard", true));
        assert_eq!(
            (ballard.address.city.as_str(), ballard.address.postal_code.as_str()),
            ("Seattle", "98107")
        );
        assert_eq!(ballard.zone.as_str(), "America/Los_Angeles");
    }
}

#[tokio::test]
async fn what_is_offered_around_is_what_a_search_without_a_visit_type_finds() {
    let town = town().await;
    for (search, _) in searches() {
        // Search for any patient: a patient type would narrow only the times, since the call for offered visit types has
        // no such parameter.
        let search = Search { patient_type: None, ..search };
        let offered = anybody(&town).ask(&NearbyVisitTypes { search: search.clone() }).await.expect("offers");
        let page = SearchPage { from: None, days: 30, visit_types: Vec::new() };
        let call = FindOptions { search, page, form: SearchForm::Get, today: day("2026-12-07") };
        let found = anybody(&town).ask(&call).await.expect("an answer");
        let names = |offers: &[booking::place::VisitTypeOffer]| -> BTreeSet<String> {
            offers.iter().map(|offer| offer.short_name.as_str().to_owned()).collect()
        };
        let (mut offered, found) = (names(&offered), names(&found.visit_types));
        assert!(found.contains("FollowUp"), "{found:?}");
        // Only GET says which visit types are by video, and the client leaves those out.
        offered.remove("Virtual");
        assert_eq!(offered, found);
    }
}
