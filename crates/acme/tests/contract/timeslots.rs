//! Free slots (API reference §2.3, §2.6, §1.8).

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use crate::support::{DANA, slots_of, town};

fn instant(slot: &Value) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(slot["slotDateTime"].as_str().expect("a time")).expect("RFC 3339")
}

#[tokio::test]
async fn a_department_answers_timestamps_and_durations_as_strings() {
    let town = town().await;
    let list =
        town.read("/v2/departments/NorthlakeBallard/timeslots?visitTypeName=FluShot&product=flushot").await;
    assert_eq!(list["departmentId"], "100210");
    assert_eq!(list["startDate"], "2026-12-07T00:00:00-08:00");
    assert_eq!(list["endDate"], "2026-12-21T00:00:00-08:00");
    assert_eq!(list["timezone"], "America/Los_Angeles");
    for day in list["scheduleDays"].as_array().expect("days") {
        let date = day["date"].as_str().expect("a date");
        assert!(date.ends_with("T00:00:00-08:00"), "{date}");
        for slot in day["timeSlots"].as_array().expect("slots") {
            assert!(
                slot["slotDateTime"]
                    .as_str()
                    .is_some_and(|time| time[..10] == date[..10] && time.len() == 25)
            );
        }
    }
    let slots = slots_of(&list);
    assert!(slots.len() > 100);
    for slot in &slots {
        assert_eq!(slot["duration"], "10");
        assert_eq!(slot["departmentIdentifier"], "org.northlake.epic.main|100210");
        assert_eq!(slot["visitTypeId"], "4381");
        assert_eq!(slot["slotType"], "FluShot");
        for text in ["id", "providerNationalId", "providerId"] {
            assert!(slot[text].as_str().is_some_and(|text| !text.is_empty()));
        }
        assert!(instant(slot) > crate::support::at(crate::support::MONDAY_MORNING));
    }
    assert!(slots.is_sorted_by_key(instant));
}

#[tokio::test]
async fn a_provider_answers_plain_bounds_and_durations_as_integers() {
    let town = town().await;
    let path = format!(
        "/v4/providers/{DANA}/timeslots?visitType=NewPatient&startDate=2026-12-07&endDate=2026-12-21&product=x"
    );
    let list = town.read(&path).await;
    assert_eq!(list["providerNationalId"], DANA);
    assert_eq!(list["startDate"], "2026-12-07");
    assert_eq!(list["endDate"], "2026-12-21");
    assert_eq!(list["scheduleDays"][0]["date"], "2026-12-07T00:00:00-08:00");
    let slots = slots_of(&list);
    for slot in &slots {
        assert_eq!(slot["duration"], json!(30));
        assert_eq!(slot["providerNationalId"], DANA);
        assert_eq!(slot["providerId"], "32261");
    }
    // On Thursdays Dana Whitfield works at her second clinic.
    let departments: std::collections::BTreeSet<_> =
        slots.iter().map(|slot| slot["departmentId"].as_str()).collect();
    assert_eq!(departments, [Some("100210"), Some("100214")].into());
}

#[tokio::test]
async fn the_same_time_has_another_id_in_each_list() {
    let town = town().await;
    let dana: Vec<_> = town.provider_slots(DANA, "NewPatient").await;
    let ballard = town.department_slots("NorthlakeBallard", "NewPatient").await;
    let same = ballard
        .iter()
        .find(|slot| slot["providerNationalId"] == DANA && slot["slotDateTime"] == dana[0]["slotDateTime"]);
    assert_ne!(same.expect("her time in the clinic's list")["id"], dana[0]["id"]);
}

#[tokio::test]
async fn without_dates_a_provider_answers_a_week_from_today() {
    let town = town().await;
    let list = town.read(&format!("/v4/providers/{DANA}/timeslots?visitType=NewPatient")).await;
    assert_eq!((&list["startDate"], &list["endDate"]), (&json!("2026-12-07"), &json!("2026-12-14")));
}

#[tokio::test]
async fn a_start_before_today_is_answered_without_past_slots() {
    let town = town().await;
    let path = |start: &str| {
        format!("/v4/providers/{DANA}/timeslots?visitType=NewPatient&startDate={start}&endDate=2026-12-11")
    };
    let asked_today = town.read(&path("2026-12-07")).await;
    let asked_earlier = town.read(&path("2026-12-01")).await;
    assert_eq!(asked_earlier["startDate"], "2026-12-01");
    assert_eq!(asked_earlier["scheduleDays"], asked_today["scheduleDays"]);
}

#[tokio::test]
async fn one_answer_has_one_zone_and_may_mix_departments_of_two() {
    let town = town().await;
    let priya = town.npi("Raman").await;
    let path =
        format!("/v4/providers/{priya}/timeslots?visitType=FollowUp&startDate=2026-12-07&endDate=2027-01-29");
    let list = town.read(&path).await;
    assert_eq!(list["timezone"], "America/Denver");
    let slots = slots_of(&list);
    let of =
        |identifier: &str| slots.iter().filter(|slot| slot["departmentIdentifier"] == identifier).count();
    assert!(of("org.northlake.epic.main|100310") > 0, "Denver");
    assert!(of("org.cedarbrook.epic.east|200105") > 0, "Madison");
    assert!(
        slots.iter().all(|slot| slot["slotDateTime"].as_str().is_some_and(|time| time.ends_with("-07:00")))
    );
    let madison = slots.iter().find(|slot| slot["departmentId"] == "200105").expect("one in Madison");
    let here = town.department_slots("NorthlakeMadison", "FollowUp").await;
    let there = here.iter().find(|slot| instant(slot) == instant(madison));
    if let Some(there) = there {
        assert!(there["slotDateTime"].as_str().is_some_and(|time| time.ends_with("-06:00")));
    }
    assert_eq!(madison["visitTypeId"], "711");
}

#[tokio::test]
async fn phoenix_keeps_its_offset_all_year() {
    let town = town().await;
    town.tell("/clock", json!({"now": "2026-07-06T15:00:00Z"})).await;
    let miguel = town.npi("Santos").await;
    let path = |from: &str, to: &str| {
        format!("/v4/providers/{miguel}/timeslots?visitType=FollowUp&startDate={from}&endDate={to}")
    };
    let summer = slots_of(&town.read(&path("2026-07-06", "2026-08-20")).await);
    town.tell("/clock", json!({"now": "2026-12-07T17:00:00Z"})).await;
    let winter = slots_of(&town.read(&path("2026-12-07", "2027-01-20")).await);
    for slot in summer.iter().chain(&winter) {
        assert!(slot["slotDateTime"].as_str().is_some_and(|time| time.ends_with("-07:00")));
    }
    assert!(!summer.is_empty() && !winter.is_empty());
}

#[tokio::test]
async fn the_night_the_clocks_go_back_has_two_half_past_ones() {
    let town = town().await;
    let aisha = town.npi("Rahman").await;
    // Whichever slots the seed leaves free that night, the offset must change at the right instant, every year.
    let mut repeated = false;
    for (year, night) in [(2026, 1), (2027, 7), (2028, 5), (2029, 4), (2030, 3), (2031, 2), (2032, 7)] {
        town.tell("/clock", json!({"now": format!("{year}-10-30T12:00:00Z")})).await;
        let date = format!("{year}-11-{night:02}");
        let path =
            format!("/v4/providers/{aisha}/timeslots?visitType=Illness&startDate={date}&endDate={date}");
        let list = town.read(&path).await;
        let Some(day) = list["scheduleDays"].get(0) else { continue };
        assert_eq!(day["date"], format!("{date}T00:00:00-05:00"));
        for slot in slots_of(&list) {
            let time = slot["slotDateTime"].as_str().expect("a time").to_owned();
            let (hour, offset) = (&time[11..13], &time[19..]);
            match hour {
                "00" => assert_eq!(offset, "-05:00"),
                "01" => repeated |= offset == "-06:00",
                _ => assert_eq!(offset, "-06:00"),
            }
        }
    }
    assert!(repeated, "no free slot in the repeated hour of any of these nights");
}

#[tokio::test]
async fn the_night_the_clocks_go_forward_has_no_half_past_two() {
    let town = town().await;
    let aisha = town.npi("Rahman").await;
    let mut after_the_gap = 0;
    for (year, night) in [(2027, 14), (2028, 12), (2029, 11), (2030, 10)] {
        town.tell("/clock", json!({"now": format!("{year}-03-05T12:00:00Z")})).await;
        let date = format!("{year}-03-{night:02}");
        let path =
            format!("/v4/providers/{aisha}/timeslots?visitType=Illness&startDate={date}&endDate={date}");
        for slot in slots_of(&town.read(&path).await) {
            let time = slot["slotDateTime"].as_str().expect("a time");
            assert_ne!(&time[11..13], "02");
            after_the_gap += u32::from(&time[11..13] == "03" && time.ends_with("-05:00"));
        }
    }
    assert!(after_the_gap > 0, "no free slot in the hour after the gap of any of these nights");
}

#[tokio::test]
async fn equal_times_of_several_clinicians_are_at_one_clinic() {
    let town = town().await;
    let slots = town.department_slots("NorthlakeBallard", "FollowUp").await;
    let equal = slots.windows(2).filter(|pair| pair[0]["slotDateTime"] == pair[1]["slotDateTime"]).count();
    assert!(equal > 0);
}

#[tokio::test]
async fn an_empty_schedule_is_an_empty_list() {
    let town = town().await;
    let list = town.read("/v2/departments/NorthlakeTempe/timeslots?visitTypeName=Illness").await;
    assert_eq!(list["scheduleDays"], json!([]));
    let arthur = town.npi("Pell").await;
    let list = town.read(&format!("/v4/providers/{arthur}/timeslots?visitType=NewPatient")).await;
    assert_eq!(list["scheduleDays"], json!([]));
}

#[tokio::test]
async fn a_visit_type_nobody_offers_is_an_empty_list_and_none_at_all_is_illness() {
    let town = town().await;
    let list = town.read("/v2/departments/NorthlakeBallard/timeslots?visitTypeName=HeartTransplant").await;
    assert_eq!(list["scheduleDays"], json!([]));
    let unnamed = town.read("/v2/departments/NorthlakeBallard/timeslots").await;
    assert_eq!(unnamed, town.read("/v2/departments/NorthlakeBallard/timeslots?visitTypeName=Illness").await);
}

#[tokio::test]
async fn nothing_is_offered_beyond_the_look_ahead_and_ninety_days_are_always_there() {
    let town = town().await;
    for now in ["2026-12-07T17:00:00Z", "2027-03-01T17:00:00Z", "2031-06-01T17:00:00Z"] {
        town.tell("/clock", json!({"now": now})).await;
        let today = &now[..10];
        let grace = town.npi("Nakamura").await;
        let path =
            format!("/v4/providers/{grace}/timeslots?visitType=FluShot&startDate={today}&endDate=2032-01-01");
        let slots = slots_of(&town.read(&path).await);
        let days = |slot: &Value| (instant(slot).to_utc() - crate::support::at(now)).num_days();
        let last = slots.last().map(days).expect("slots");
        assert!((56..=60).contains(&last), "flu shots reach 60 days, not {last}");
    }
}

#[tokio::test]
async fn a_full_day_is_listed_without_slots_and_a_week_off_is_not_listed() {
    let town = town().await;
    let path =
        format!("/v4/providers/{DANA}/timeslots?visitType=FollowUp&startDate=2026-12-07&endDate=2027-03-05");
    let list = town.read(&path).await;
    let days = list["scheduleDays"].as_array().expect("days");
    assert!(days.iter().any(|day| day["timeSlots"] == json!([])));
    let dates: Vec<_> = days.iter().map(|day| &day["date"].as_str().expect("a date")[..10]).collect();
    assert!(dates.contains(&"2026-12-25") && dates.contains(&"2027-01-04"));
    assert!(!dates.iter().any(|date| ("2026-12-26".."2027-01-04").contains(date)), "her week off");
}
