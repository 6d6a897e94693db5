//! Tests searches around a place: how the place is found, pages of results, and looking up a slot id for a time
//! from the search.

use super::booking::booked;
use super::walk::*;
use crate::api::Answer;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::Stage;
use crate::finder::event::Event as Find;
use crate::finder::state::{PlaceError, Stage as Looking, UnavailableReason};
use crate::fixtures::*;
use crate::ids::VisitType;
use crate::journey::event::Event;
use crate::outcome::{ApiError, Refusal};
use crate::search::{Search, SearchCentre, SearchResult};
use crate::settings::{Route, Settings, Target, Way};

const FIRST: &str = "read options around 98107 OfficeVisit, 10 days";

fn near(zip: Option<&str>, visit_types: &[&str]) -> Settings {
    settings(Target::Near(Box::new(search(zip))), visit_types)
}

fn told(found: SearchResult) -> Answer {
    Answer::SearchResult(Ok(Box::new(found)))
}

/// Chooses the nth time on screen.
fn pick(walk: &mut Walk, place: usize) -> Vec<String> {
    let time = walk.held().remove(place);
    walk.on(Event::Choose(Box::new(time)))
}

#[test]
fn with_a_place_the_first_page_is_the_first_request() {
    let mut walk = Walk::new(near(Some(SEATTLE_ZIP), &[OFFICE]));
    asks(&walk.start(), &[FIRST]);
    asks(&walk.answer("read options", told(near_seattle())), &["tell shown 2"]);
    let board = &walk.state.finder.board;
    assert_eq!(board.place(&ballard()).map(|(name, ..)| name), Some("Ballard"));
    assert_eq!(board.clinician(&npi(DANA)).as_deref(), Some("Dana Whitfield"));
    assert_eq!(walk.held()[0].zone, Some(zone(PACIFIC)));
}

#[test]
fn a_page_that_names_several_types_searches_for_all_of_them() {
    let mut walk = Walk::new(near(Some(SEATTLE_ZIP), &[OFFICE, FLU]));
    asks(&walk.start(), &["read options around 98107 OfficeVisit+FluShot, 10 days"]);
    let mut both = near_seattle();
    both.visit_types.push(offer(FLU));
    walk.answer("read options", told(both.clone()));
    let board = &walk.state.finder.board;
    assert_eq!(
        (board.visit_type.as_ref().map(VisitType::as_str), board.visit_types.len()),
        (Some(OFFICE), 2)
    );
    asks(&walk.on(Find::PickType(VisitType::new(FLU))), &["read options around 98107 FluShot, 10 days"]);

    // Only the second one is offered.
    let mut walk = Walk::new(near(Some(SEATTLE_ZIP), &[FLU, OFFICE]));
    walk.start();
    walk.answer("read options", told(near_seattle()));
    assert_eq!(walk.state.finder.board.visit_type.as_ref().map(VisitType::as_str), Some(OFFICE));
    assert_eq!(walk.held().len(), 2);
}

#[test]
fn another_place_is_searched_for_every_type_that_the_page_names() {
    const BOTH: &str = "OfficeVisit+FluShot, 10 days";
    let mut walk = Walk::new(near(Some(SEATTLE_ZIP), &[OFFICE, FLU]));
    walk.start();
    walk.answer("read options", told(near_seattle()));
    // Only flu shots are given around Portland.
    asks(&walk.on(Find::Seek("97205".into())), &[&["read options around 97205 ", BOTH].concat()]);
    let shot = flu(searched(DANA, fremont(), "2026-12-08T19:00:00Z"));
    walk.answer("read options", told(found(vec![shot.clone()])));
    let chosen = |walk: &Walk| walk.state.finder.board.visit_type.clone();
    assert_eq!((chosen(&walk), walk.held().len()), (Some(visit_type(FLU)), 1));
    // A wider radius counts as another search, too. The type on screen is kept if there is still one of it.
    let wider = Search { radius: 60, ..search(Some("97205")) };
    asks(&walk.on(Find::Refine(Box::new(wider))), &[&["read options around 97205 ", BOTH].concat()]);
    let mut all = near_seattle().slots.slots;
    all.push(shot);
    walk.answer("read options", told(found(all)));
    assert_eq!((chosen(&walk), walk.held().len()), (Some(visit_type(FLU)), 1));
    asks(&walk.on(Find::PickType(visit_type(OFFICE))), &["read options around 97205 OfficeVisit, 10 days"]);
    walk.answer("read options", told(near_seattle()));
    asks(&walk.on(Find::Seek(SEATTLE_ZIP.into())), &[&["read options around 98107 ", BOTH].concat()]);
}

#[test]
fn without_a_place_the_patient_is_asked_and_nothing_is_searched_yet() {
    let mut walk = Walk::new(Settings { brand: Some("northlake".into()), ..near(None, &[OFFICE]) });
    asks(&walk.start(), &["read clinics of northlake"]);
    assert_eq!(walk.looking(), Some(Looking::Choosing));
    asks(&walk.on(Event::Wake), &[]);
    asks(&walk.on(Event::Refresh), &[]);
    asks(&walk.on(Find::Seek(" 98107 ".into())), &[FIRST]);
}

#[test]
fn a_town_is_looked_up_among_the_brands_clinics() {
    let mut walk = Walk::new(Settings { brand: Some("northlake".into()), ..near(None, &[OFFICE]) });
    walk.start();
    let mut yakima = clinic(FREMONT, &[OFFICE]);
    (yakima.address.city, yakima.position) = ("Yakima".into(), Some((46.6021, -120.5059)));
    let mut nowhere = clinic(BALLARD, &[OFFICE]);
    nowhere.address.city = "Olympia".into();
    let mut unplaced = yakima.clone();
    unplaced.position = None;
    walk.answer("read clinics", Answer::Departments(Ok(vec![unplaced, yakima, nowhere])));
    for (typed, error) in [
        ("", PlaceError::NotUnderstood),
        ("9810", PlaceError::NotUnderstood),
        ("12 Pine St", PlaceError::NotUnderstood),
        ("Spokane", PlaceError::UnknownTown),
        // The position of the clinic in Olympia is not known, so it cannot be searched around.
        ("Olympia", PlaceError::UnknownTown),
    ] {
        asks(&walk.on(Find::Seek(typed.into())), &[]);
        assert_eq!(walk.state.finder.board.place_error, Some(error), "{typed}");
    }
    asks(&walk.on(Find::Seek("yakima".into())), &["read options around 4660,-12051 OfficeVisit, 10 days"]);
    assert_eq!(walk.state.finder.board.place_error, None);
}

#[test]
fn where_the_brands_clinics_cannot_be_read_a_zip_still_can_be_typed() {
    let mut walk = Walk::new(Settings { brand: Some("northlake".into()), ..near(None, &[OFFICE]) });
    walk.start();
    asks(&walk.answer("read clinics", Answer::Departments(Err(ApiError::Server))), &[]);
    walk.on(Find::Seek("Yakima".into()));
    assert_eq!((walk.stage(), walk.state.finder.board.place_error), ("times", Some(PlaceError::UnknownTown)));
    asks(&walk.on(Find::Seek("98107".into())), &[FIRST]);
}

#[test]
fn the_devices_place_is_rounded_and_nonsense_is_no_place() {
    let mut walk = Walk::new(near(None, &[OFFICE]));
    walk.start();
    asks(&walk.on(Find::SeekPoint(f64::NAN, 0.0)), &[]);
    asks(&walk.on(Find::SeekPoint(91.0, 0.0)), &[]);
    asks(
        &walk.on(Find::SeekPoint(47.66789, -122.38412)),
        &["read options around 4767,-12238 OfficeVisit, 10 days"],
    );
}

#[test]
fn another_search_drops_what_the_one_before_found_and_waited_for() {
    let mut walk = Walk::new(near(Some(SEATTLE_ZIP), &[OFFICE]));
    walk.start();
    let late = walk.id("read options");
    let portland = Search { around: Some(SearchCentre::Zip("97205".into())), ..search(None) };
    let asked = walk.on(Find::Refine(Box::new(portland.clone())));
    asks(&asked, &[]);
    assert_eq!(walk.stage(), "loading", "nothing is refined before there is something on screen");
    walk.answer("read options", told(near_seattle()));
    let asked = walk.on(Find::Refine(Box::new(portland)));
    asks(&asked, &["read options around 97205 OfficeVisit, 10 days"]);
    assert_eq!(
        (walk.held(), &walk.state.finder.board.found_places, walk.stage()),
        (vec![], &vec![], "times")
    );
    let before = walk.state.clone();
    asks(&walk.on(Event::Answered(late, told(near_seattle()))), &[]);
    assert_eq!(walk.state, before);
    asks(
        &walk.on(Find::Refine(Box::new(search(Some(SEATTLE_ZIP))))),
        &["cancel read options around 97205 OfficeVisit, 10 days", FIRST],
    );
    asks(&walk.answer("read options", Answer::SearchResult(Err(ApiError::Network))), &[]);
    assert_eq!((walk.stage(), walk.state.finder.board.error), ("times", Some(ApiError::Network)));
    asks(&walk.on(Find::Seek(SEATTLE_ZIP.into())), &[&[FIRST, " afresh"].concat()]);
}

#[test]
fn what_there_is_to_come_for_is_what_was_found_and_a_choice_is_kept_where_it_can_be() {
    let mut walk = Walk::new(near(Some(SEATTLE_ZIP), &[]));
    asks(&walk.start(), &["read options around 98107, 10 days"]);
    let shot = flu(searched(DANA, fremont(), "2026-12-08T19:00:00Z"));
    let mut both = near_seattle().slots.slots;
    both.push(shot.clone());
    walk.answer("read options", told(found(both)));
    let offers = |walk: &Walk| {
        walk.state
            .finder
            .board
            .visit_types
            .iter()
            .map(|offer| offer.short_name.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!((offers(&walk), walk.held().len()), (vec![OFFICE.into(), FLU.into()], 2));
    asks(&walk.on(Find::PickType(visit_type(FLU))), &["read options around 98107 FluShot, 10 days"]);
    walk.answer("read options", told(found(vec![shot.clone()])));
    asks(&walk.on(Find::Seek("97205".into())), &["read options around 97205, 10 days"]);
    let office = searched(SAMUEL, ballard(), "2026-12-08T17:00:00Z");
    walk.answer("read options", told(found(vec![office.clone(), shot])));
    assert_eq!(walk.state.finder.board.visit_type, Some(visit_type(FLU)));
    walk.on(Find::Seek("99501".into()));
    walk.answer("read options", told(found(vec![office])));
    assert_eq!(
        (offers(&walk), walk.held().len()),
        (vec![OFFICE.to_owned()], 1),
        "flu shots are not given there"
    );
}

#[test]
fn further_pages_are_read_while_too_few_days_are_known_and_never_the_same_twice() {
    let mut walk = Walk::new(near(Some(SEATTLE_ZIP), &[OFFICE]));
    walk.start();
    let page = |next: Option<&str>| told(SearchResult { next: next.map(day), ..near_seattle() });
    let second = "read options around 98107 OfficeVisit from 2026-12-18, 20 days";
    asks(&walk.answer("read options", page(Some("2026-12-18"))), &[second, "tell shown 2"]);
    // No page follows if the next page would begin on this page's own first day, or after the last day to read.
    asks(&walk.answer("read options", page(Some("2026-12-18"))), &[]);
    assert!(!walk.state.finder.board.reading);
    walk.on(Event::Refresh);
    asks(&walk.answer("read options", page(Some("2027-03-08"))), &[]);
    assert_eq!(walk.held().len(), 2, "a first page begins again");
}

#[test]
fn times_of_a_page_after_the_last_day_to_look_at_are_not_shown() {
    let mut walk = Walk::new(Settings { max_days: 9, ..near(Some(SEATTLE_ZIP), &[OFFICE]) });
    walk.start();
    // Nine in the evening of December 16, the last day, and the next morning in Seattle.
    let times = ["2026-12-17T05:00:00Z", "2026-12-17T17:00:00Z"].map(|at| searched(DANA, fremont(), at));
    asks(&walk.answer("read options", told(found(times.to_vec()))), &["tell shown 1"]);
    assert_eq!(walk.held()[0].local.date(), day("2026-12-16"));
}

#[test]
fn a_page_that_cannot_be_read_leaves_what_was_found_and_can_be_tried_again() {
    let mut walk = Walk::new(near(Some(SEATTLE_ZIP), &[OFFICE]));
    walk.start();
    walk.answer("read options", told(SearchResult { next: Some(day("2026-12-18")), ..near_seattle() }));
    asks(&walk.answer("read options", Answer::SearchResult(Err(ApiError::Server))), &[]);
    assert_eq!((walk.held().len(), walk.state.finder.board.error), (2, Some(ApiError::Server)));
    asks(&walk.on(Event::Retry), &[&[FIRST, " afresh"].concat()]);
}

#[test]
fn a_search_that_fails_or_finds_nobody_says_so_and_is_repeated_for_the_same_place() {
    for (answer, why) in [
        (Answer::SearchResult(Err(ApiError::Network)), UnavailableReason::Error(ApiError::Network)),
        (Answer::SearchResult(Err(ApiError::Unreadable)), UnavailableReason::Error(ApiError::Unreadable)),
        (told(found(Vec::new())), UnavailableReason::NoTimes),
    ] {
        let mut walk = Walk::new(near(Some(SEATTLE_ZIP), &[OFFICE]));
        walk.start();
        walk.answer("read options", answer);
        assert_eq!(walk.looking(), Some(Looking::Unavailable(why)));
        asks(&walk.on(Event::Retry), &[&[FIRST, " afresh"].concat()]);
        walk.answer("read options", Answer::SearchResult(Err(ApiError::Network)));
        asks(&walk.on(Find::Seek("97205".into())), &["read options around 97205 OfficeVisit, 10 days"]);
        assert_eq!(walk.stage(), "times");
        asks(&walk.answer("read options", Answer::SearchResult(Err(ApiError::Network))), &[]);
        let again = ["read options around 97205 OfficeVisit, 10 days afresh"];
        asks(&walk.on(Event::Retry), &again);
    }
}

#[test]
fn a_typed_place_outlives_a_failed_search_and_another_way() {
    let mut walk = Walk::new(Settings { practice: on_demand().practice, ..near(None, &[OFFICE]) });
    walk.start();
    walk.on(Find::Seek("98107".into()));
    walk.answer("read options", Answer::SearchResult(Err(ApiError::Network)));
    walk.on(Find::Take(Way::OnDemand));
    asks(&walk.on(Find::Take(Way::Named)), &[]);
    walk.answer("read practice", Answer::Practice(Err(ApiError::Server)));
    walk.answer("read waits", Answer::Waits(Err(ApiError::Server)));
    assert_eq!(walk.stage(), "unavailable");
    asks(&walk.on(Find::Take(Way::Named))[..1], &[FIRST]);
}

#[test]
fn a_clinicians_time_is_found_again_in_her_own_list_and_booked() {
    let mut walk = near_on_screen();
    let again = "read times 1234567893 OfficeVisit 2026-12-08..2026-12-08 afresh";
    asks(&pick(&mut walk, 1), &[again]);
    assert!(matches!(walk.state.errand.stage, Stage::Resolving(..)) && walk.stage() == "times");
    let hers = vec![
        slot("another", DANA, ballard(), "2026-12-08T10:00:00-08:00"),
        slot("tue-10", DANA, fremont(), "2026-12-08T10:00:00-08:00"),
    ];
    asks(&walk.times("read times", hers.clone()), &["read mail rule", "ask token"]);
    assert_eq!(id_of(walk.state.errand.stage.time().unwrap().slot()), "tue-10");
    sign_in_and_give(&mut walk, details(marta()));
    walk.on(Act::Submit);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &[again]);
    asks(&walk.times("read times", hers), &["book with the clinician: tue-10 for p-marta"]);
    asks(&walk.answer("book", booked("v-1")), &["tell booked v-1 with tue-10"]);
}

#[test]
fn at_a_clinic_where_anyone_will_do_the_clinics_list_is_looked_in_once_its_name_is_known() {
    let mut walk = near_on_screen();
    asks(&pick(&mut walk, 0), &["read clinic 100210 afresh"]);
    let ballard = Answer::Department(Ok(Box::new(clinic(BALLARD, &[OFFICE]))));
    let again = "read times NorthlakeBallard OfficeVisit afresh";
    asks(&walk.answer("read clinic", ballard), &[again]);
    // The slot in the clinic's list is with another clinician than the one that was found. At this clinic, where any
    // clinician will do, it is the same choice.
    walk.times("read times", ballards_slots().split_off(1));
    sign_in_and_give(&mut walk, details(marta()));
    walk.on(Act::Submit);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &[again]);
    asks(
        &walk.times("read times", ballards_slots().split_off(1)),
        &["book at the clinic: tue-9-dana for p-marta"],
    );
}

#[test]
fn a_time_that_has_gone_since_is_said_with_the_nearest_read_again() {
    let mut walk = near_on_screen();
    pick(&mut walk, 1);
    let others = vec![slot("tue-11", DANA, fremont(), "2026-12-08T11:00:00-08:00")];
    asks(&walk.times("read times", others), &[&[FIRST, " afresh"].concat()]);
    assert!(matches!(walk.state.errand.stage, Stage::Taken(_, Refusal::SlotTaken)));
    assert_eq!(walk.held().len(), 1, "it is no longer offered");
    assert_eq!(walk.bookings(), 0);
    walk.on(Act::ChangeTime);
    assert_eq!(walk.stage(), "times");
}

#[test]
fn what_cannot_be_found_again_is_left_to_the_scheduling_pages_with_the_search() {
    for place in [0, 1] {
        let mut walk = near_on_screen();
        walk.settings.can_hand_off = true;
        pick(&mut walk, place);
        let lost = if place == 0 {
            Answer::Department(Err(ApiError::NotFound))
        } else {
            Answer::Slots(Err(ApiError::Unreadable))
        };
        let at = if place == 0 { "17:00" } else { "18:00" };
        let expected = format!("hand off 2026-12-08T{at}:00Z by context-1");
        asks(&walk.answer("read ", lost), &[&expected]);
        assert_eq!(walk.looking(), Some(Looking::Choosing));
    }
}

#[test]
fn the_clinics_name_goes_along_where_it_is_known() {
    let mut walk = near_on_screen();
    walk.settings.can_hand_off = true;
    pick(&mut walk, 0);
    walk.answer("read clinic", Answer::Department(Ok(Box::new(clinic(BALLARD, &[OFFICE])))));
    let expected = "hand off 2026-12-08T17:00:00Z of NorthlakeBallard by context-1";
    asks(&walk.answer("read times", Answer::Slots(Err(ApiError::NotFound))), &[expected]);
}

#[test]
fn no_answer_is_no_verdict_on_the_time_and_may_be_asked_for_again() {
    for (place, error) in [(0, ApiError::Network), (1, ApiError::Server)] {
        let mut walk = near_on_screen();
        walk.settings.can_hand_off = true;
        let asked = pick(&mut walk, place);
        let lost = match place {
            0 => Answer::Department(Err(error)),
            _ => Answer::Slots(Err(error)),
        };
        asks(&walk.answer("read ", lost), &[]);
        assert!(matches!(&walk.state.errand.stage, Stage::Resolving(_, Some(told)) if *told == error));
        let again: Vec<&str> = asked.iter().map(String::as_str).collect();
        asks(&walk.on(Event::Retry), &again);
        assert!(matches!(walk.state.errand.stage, Stage::Resolving(_, None)));
    }
}

#[test]
fn a_time_beyond_the_end_of_the_clinics_list_has_not_gone() {
    let mut walk = near_on_screen();
    walk.settings.can_hand_off = true;
    pick(&mut walk, 0);
    walk.answer("read clinic", Answer::Department(Ok(Box::new(clinic(BALLARD, &[OFFICE])))));
    let earlier = vec![slot("tue-8", DANA, ballard(), "2026-12-08T08:00:00-08:00")];
    let expected = "hand off 2026-12-08T17:00:00Z of NorthlakeBallard by context-1";
    asks(&walk.times("read times", earlier), &[expected]);
}

#[test]
fn with_nowhere_to_hand_off_to_there_is_the_phone() {
    let mut walk = near_on_screen();
    pick(&mut walk, 1);
    asks(&walk.answer("read times", Answer::Slots(Err(ApiError::NotFound))), &[]);
    assert!(matches!(walk.state.errand.stage, Stage::CallToBook(_)));
    walk.on(Act::Back);
    assert_eq!(walk.looking(), Some(Looking::Choosing));
}

#[test]
fn a_clinic_that_answers_for_another_is_not_booked_at() {
    let mut walk = near_on_screen();
    pick(&mut walk, 0);
    asks(&walk.answer("read clinic", Answer::Department(Ok(Box::new(clinic(FREMONT, &[OFFICE]))))), &[]);
    assert!(matches!(walk.state.errand.stage, Stage::CallToBook(_)));
}

#[test]
fn finding_it_again_can_be_left() {
    for place in [0, 1] {
        let mut walk = near_on_screen();
        let asked = pick(&mut walk, place);
        asks(&walk.on(Act::Back), &[&format!("cancel {}", asked[0])]);
        assert_eq!(walk.looking(), Some(Looking::Choosing));
        asks(&walk.on(Act::Submit), &[]);
    }
}

#[test]
fn other_routes_leave_with_the_search_or_hand_the_time_over() {
    let mut walk = near_on_screen();
    walk.settings.route = Route::Link;
    asks(&pick(&mut walk, 1), &["hand off 2026-12-08T18:00:00Z by context-1"]);
    walk.state.finder.board.context = None;
    asks(&pick(&mut walk, 1), &["hand over 2026-12-08T18:00:00Z"]);
    let mut walk = near_on_screen();
    walk.settings.route = Route::Event;
    asks(&pick(&mut walk, 0), &["hand over 2026-12-08T17:00:00Z"]);
}
