//! On-demand practices, and why nobody can be seen now, as the client reads them (API reference §2.14, §2.15, §2.18).

use booking::finder::event::Event as Find;
use booking::ids::{EhrSystem, PracticeId, RegionCode};
use booking::on_demand::{Modality, NobodyAvailable, Qualifier};
use booking::outcome::ApiError;
use booking::settings::Target;
use dexcare::{PracticeInfo, WaitTimes};
use serde_json::json;

use super::driver::anybody;
use super::executor::Patient;
use super::lines::urgent_care;
use crate::support::{EAST, MAIN, MONDAY_MORNING, at, town};
use crate::urgent_care::{CEDARBROOK, NORTHLAKE};

#[tokio::test]
async fn both_practices_are_read_with_what_they_take_and_their_regions() {
    let town = town().await;
    for (id, name, ways, ehr, regions) in [
        (NORTHLAKE, "Northlake Virtual Urgent Care", (true, true, true), MAIN, "WA OR ID MT AK WY"),
        (CEDARBROOK, "Cedarbrook Virtual Visits", (true, false, false), EAST, "IL WI"),
    ] {
        let practice =
            anybody(&town).ask(&PracticeInfo { id: PracticeId::new(id) }).await.expect("a practice");
        assert_eq!(practice.name, name);
        assert_eq!((practice.takes_insurance, practice.takes_cards, practice.takes_coupons), ways);
        let codes: Vec<&str> = practice.regions.iter().map(|region| region.code.as_str()).collect();
        assert_eq!(codes.join(" "), regions);
        assert!(practice.regions.iter().all(|region| region.ehr == Some(EhrSystem::new(ehr))));
        assert!(practice.regions.iter().all(|region| region.is_active == (region.code.as_str() != "WY")));
    }
    let nobodys = PracticeId::new("00000000-0000-4000-8000-000000000000");
    assert_eq!(anybody(&town).ask(&PracticeInfo { id: nobodys }).await, Err(ApiError::NotFound));
}

#[tokio::test]
async fn washington_is_read_with_its_price_its_hours_and_whom_it_sees_as_a_child() {
    let town = town().await;
    let practice =
        anybody(&town).ask(&PracticeInfo { id: PracticeId::new(NORTHLAKE) }).await.expect("a practice");
    let now = at(MONDAY_MORNING).timestamp();
    let washington = &practice.regions[0];
    assert_eq!((washington.name.as_str(), washington.price), ("Washington", 4900));
    assert_eq!(washington.pediatric_months, Some((24, 215)));
    // Open from 7 to 22 o'clock.
    assert_eq!(washington.hours[0], (now - 2 * 3600, now + 13 * 3600));
    assert_eq!(washington.is_open(now), Some(true));
    let alaska = &practice.regions[4];
    assert_eq!(alaska.is_open(now), Some(false));
    // Tuesday 12 o'clock in Anchorage.
    assert_eq!(alaska.next_opening(now), Some(at("2026-12-08T21:00:00Z").timestamp()));
}

#[tokio::test]
async fn every_reason_why_nobody_can_be_seen_now_is_understood() {
    let town = town().await;
    let mut patient = Patient::at_page(&town, "marta", urgent_care(Target::OnDemand)).await;
    let message = "We are seeing high demand. Please check back soon.";
    for (region, wait) in [
        ("WA", Ok(())),
        ("OR", Ok(())),
        ("ID", Err(NobodyAvailable::Busy(message.into()))),
        ("MT", Err(NobodyAvailable::Unstaffed)),
        ("AK", Err(NobodyAvailable::OffHours)),
        ("WY", Err(NobodyAvailable::NoRegion)),
    ] {
        patient.on(Find::PickRegion(RegionCode::new(region))).await;
        for modality in Modality::ALL {
            let read = patient.state.finder.queue.wait(modality).expect("known");
            let (seconds, told) = match read {
                Ok((seconds, as_of)) => (Some((seconds, as_of)), Ok(())),
                Err(why) => (None, Err(why)),
            };
            assert_eq!(told, wait, "{region} {modality:?}");
            if let Some((seconds, as_of)) = seconds {
                assert!((180..1500).contains(&seconds), "{seconds}");
                assert!((as_of - at(MONDAY_MORNING).timestamp()).abs() < 60);
            }
        }
    }
    // In Oregon nobody sees children by phone, but somebody sees them by video.
    patient.on(Find::PickRegion(RegionCode::new("OR"))).await;
    patient.on(Find::ForWhom(Qualifier::Pediatric)).await;
    assert_eq!(patient.state.finder.queue.wait(Modality::Phone), Some(Err(NobodyAvailable::Unstaffed)));
    assert!(matches!(patient.state.finder.queue.wait(Modality::Video), Some(Ok(_))));
}

#[tokio::test]
async fn what_the_health_system_says_of_a_region_is_read_a_minute_later() {
    let town = town().await;
    let mut patient = Patient::at_page(&town, "marta", urgent_care(Target::OnDemand)).await;
    patient.on(Find::PickRegion(RegionCode::new("WA"))).await;
    let busy = |message: &str| Some(Err(NobodyAvailable::Busy(message.into())));
    for (told, wait) in [
        (json!({"state": "busy", "busyMessage": "A storm. Try at noon."}), busy("A storm. Try at noon.")),
        (json!({"state": "off-hours"}), Some(Err(NobodyAvailable::OffHours))),
        (json!({"state": "unstaffed"}), Some(Err(NobodyAvailable::Unstaffed))),
        (json!({"state": "unknown"}), Some(Err(NobodyAvailable::NoRegion))),
    ] {
        let mut told = told;
        told["region"] = json!("WA");
        town.tell("/regions", told.clone()).await;
        patient.wait().await;
        assert_eq!(patient.state.finder.queue.wait(Modality::Phone), wait, "{told}");
    }
    town.tell("/regions", json!({"region": "WA", "state": "open", "wait": 840})).await;
    patient.wait().await;
    assert!(matches!(patient.state.finder.queue.wait(Modality::Phone), Some(Ok((840, _)))));
    assert_eq!(patient.state.finder.queue.shortest(), Some(840));
}

#[tokio::test]
async fn a_regions_own_call_answers_the_same_as_the_list_of_all() {
    let town = town().await;
    town.tell("/clock", json!({"frozen": true})).await;
    for (practice, region, count) in [(NORTHLAKE, "WA", 4), (NORTHLAKE, "ID", 4), (CEDARBROOK, "IL", 2)] {
        let practice = PracticeId::new(practice);
        let all = anybody(&town).ask(&WaitTimes { practice: practice.clone(), region: None }).await;
        let all: Vec<_> =
            all.expect("pools").into_iter().filter(|pool| pool.region.as_str() == region).collect();
        let region = Some(RegionCode::new(region));
        let own = anybody(&town).ask(&WaitTimes { practice, region }).await.expect("pools");
        assert_eq!(own, all);
        assert_eq!(own.len(), count, "a specialty's own pool is left out");
    }
}
