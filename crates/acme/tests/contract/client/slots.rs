//! Free times as the client reads them (API reference §2.3, §2.6), and the hand-off link (§2.46).

use booking::ids::{UrlName, Zone};
use booking::slot::Slot;
use serde_json::{Value, json};

use super::people::{id_of, place, times_at, times_with};
use crate::support::{DANA, town};

/// The client's slot in Acme's format, without its duration.
fn told(slot: &Slot) -> Value {
    json!({
        "id": id_of(slot), "providerNationalId": slot.npi.as_str(), "providerId": slot.provider.as_str(),
        "departmentId": slot.place.department.as_str(), "departmentIdentifier": slot.place.to_text(),
        "visitTypeId": slot.visit_type_id.as_str(), "slotType": slot.visit_type.as_str(),
        "slotDateTime": slot.at.to_rfc3339()
    })
}

/// Checks that the client read every slot in order, with every value as written.
fn agree(read: &[Slot], written: &[Value]) {
    assert!(!written.is_empty());
    let told: Vec<Value> = read.iter().map(told).collect();
    let mut written = written.to_vec();
    for slot in &mut written {
        slot.as_object_mut().expect("an object").retain(|name, _| told[0].get(name).is_some());
    }
    assert_eq!(told, written);
}

#[tokio::test]
async fn a_clinics_times_are_read_whole_with_durations_in_quotes() {
    let town = town().await;
    for (url_name, visit_type, minutes) in
        [("NorthlakeBallard", "FluShot", 10), ("NorthlakeBallard", "NewPatient", 30)]
    {
        let written = town.department_slots(url_name, visit_type).await;
        let read = times_at(&town, url_name, visit_type).await;
        assert_eq!((read.zone, read.dropped), (Some(Zone::new("America/Los_Angeles")), 0));
        agree(&read.slots, &written);
        let in_quotes = json!(minutes.to_string());
        assert!(written.iter().all(|slot| slot["duration"] == in_quotes));
        assert!(read.slots.iter().all(|slot| slot.minutes == minutes));
    }
}

#[tokio::test]
async fn a_clinicians_times_are_read_whole_with_durations_as_numbers() {
    let town = town().await;
    let written = town.provider_slots(DANA, "NewPatient").await;
    let read = times_with(&town, DANA, "NewPatient").await;
    assert_eq!((read.zone, read.dropped), (Some(Zone::new("America/Los_Angeles")), 0));
    agree(&read.slots, &written);
    assert!(written.iter().all(|slot| slot["duration"] == json!(30)));
    assert!(read.slots.iter().all(|slot| slot.minutes == 30));
}

#[tokio::test]
async fn an_empty_schedule_is_no_times_and_no_trouble() {
    let town = town().await;
    let tempe = times_at(&town, "NorthlakeTempe", "Illness").await;
    assert_eq!((tempe.slots, tempe.dropped), (vec![], 0));
    let arthur = town.npi("Pell").await;
    assert_eq!(times_with(&town, &arthur, "NewPatient").await.slots, []);
}

/// The path and query that a browser sends when it follows the link.
fn followed(link: &str) -> (String, Vec<(String, String)>) {
    let link = url::Url::parse(link).expect("an address");
    (link.path().to_owned(), link.query_pairs().into_owned().collect())
}

#[tokio::test]
async fn the_hand_off_link_says_the_time_exactly_as_acme_wrote_it() {
    let town = town().await;
    for (url_name, brand) in [
        ("NorthlakeBallard", "northlake"),
        ("NorthlakeScottsdale", "northlake"),
        ("CedarbrookLoop", "cedarbrook"),
    ] {
        let written = town.department_slots(url_name, "Illness").await;
        let read = times_at(&town, url_name, "Illness").await;
        let link = dexcare::handoff::url(
            "https://scheduling.care.dexcarehealth.com",
            read.slots[0].at,
            Some(&UrlName::new(url_name)),
            brand,
            None,
        );
        let time = written[0]["slotDateTime"].as_str().expect("a time");
        let expected = [("timeSlot", time), ("departmentUrlName", url_name), ("brand", brand)];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        assert_eq!(followed(&link), ("/retail".to_owned(), expected));
    }
}

#[tokio::test]
async fn the_hand_off_link_keeps_the_slots_own_offset_where_the_clinics_clock_has_another() {
    let town = town().await;
    // Priya Raman's times all have Denver's offset, also those in Madison.
    let priya = times_with(&town, &town.npi("Raman").await, "FollowUp").await;
    let madison = priya.slots.iter().find(|slot| slot.place == place("org.cedarbrook.epic.east|200105"));
    let at = madison.expect("a time in Madison").at;
    assert_eq!(at.offset, -7 * 3600);
    let madison = UrlName::new("NorthlakeMadison");
    let link = dexcare::handoff::url("https://s.example/", at, Some(&madison), "northlake", None);
    let (_, query) = followed(&link);
    assert_eq!(query[0], ("timeSlot".to_owned(), at.to_rfc3339()));
    assert!(query[0].1.ends_with("-07:00"), "{}", query[0].1);
}
