//! Tests bringing back the time or line that was chosen before a full-page sign-in: it is looked up again, and
//! brought back only once.

use super::walk::*;
use crate::api::Answer;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::{Errand, Stage};
use crate::finder::event::Event as Find;
use crate::finder::queue::LineKind;
use crate::finder::state::{Stage as Looking, UnavailableReason};
use crate::fixtures::*;
use crate::ids::PracticeId;
use crate::journey::event::Event;
use crate::on_demand::{Modality, Practice, Region};
use crate::outcome::{ApiError, Refusal};
use crate::settings::{Resume, Route, Settings, Target, Way};

fn tuesday_at_nine() -> Resume {
    Resume::Time(Box::new(searched(DANA, fremont(), "2026-12-08T17:00:00Z")))
}

fn back_with(resume: Resume, page: Settings) -> Walk {
    Walk::new(Settings { resume: Some(resume), ..page })
}

const AGAIN: &str = "read times 1234567893 OfficeVisit 2026-12-08..2026-12-08 afresh";

fn hers() -> Vec<crate::slot::Slot> {
    vec![slot("tue-9", DANA, fremont(), "2026-12-08T09:00:00-08:00")]
}

#[test]
fn a_time_is_found_again_and_the_journey_goes_on_at_the_sign_in() {
    let mut walk = back_with(tuesday_at_nine(), with_dana(&[OFFICE]));
    let asked = walk.start();
    assert_eq!(asked.last().map(String::as_str), Some(AGAIN));
    assert!(matches!(walk.state.errand.stage, Stage::Resolving(..)));
    asks(&walk.times(AGAIN, hers()), &["read mail rule", "ask token"]);
    assert_eq!(id_of(walk.state.errand.stage.time().unwrap().slot()), "tue-9");
    sign_in_and_give(&mut walk, details(marta()));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    asks(&walk.times(AGAIN, hers()), &["book with the clinician: tue-9 for p-marta"]);
}

#[test]
fn a_time_at_a_clinic_is_looked_for_in_the_clinics_list() {
    let resume = Resume::Time(Box::new(searched(SAMUEL, ballard(), "2026-12-08T17:00:00Z")));
    let mut walk = back_with(resume, at(&[BALLARD], &[OFFICE]));
    assert_eq!(walk.start().last().map(String::as_str), Some("read clinic 100210 afresh"));
    let ballard = || Answer::Department(Ok(Box::new(clinic(BALLARD, &[OFFICE]))));
    let asked = walk.answer("read clinic 100210", ballard());
    asks(&asked, &["read times NorthlakeBallard OfficeVisit afresh"]);
    walk.times("read times NorthlakeBallard OfficeVisit afresh", ballards_slots());
    assert_eq!(id_of(walk.state.errand.stage.time().unwrap().slot()), "tue-9");
}

#[test]
fn a_time_that_has_gone_meanwhile_is_said_with_the_others() {
    let mut walk = back_with(tuesday_at_nine(), with_dana(&[OFFICE]));
    walk.start();
    walk.times(AGAIN, Vec::new());
    assert!(matches!(walk.state.errand.stage, Stage::Taken(_, Refusal::SlotTaken)));
}

#[test]
fn a_time_that_cannot_be_looked_for_now_may_be_tried_again_or_left() {
    let mut walk = back_with(tuesday_at_nine(), with_dana(&[OFFICE]));
    walk.start();
    walk.answer(AGAIN, Answer::Slots(Err(ApiError::Server)));
    assert!(matches!(walk.state.errand.stage, Stage::Resolving(_, Some(ApiError::Server))));
    walk.on(Act::Back);
    assert_eq!(walk.stage(), "loading", "the page's own times are still on their way");
    walk.times("read times 1234567893 OfficeVisit 2026-12-07..2026-12-20", two_days());
    assert_eq!(walk.stage(), "times");
}

#[test]
fn a_value_that_names_what_is_not_there_starts_over_with_a_word() {
    let mut walk = back_with(tuesday_at_nine(), with_dana(&[OFFICE]));
    walk.start();
    walk.answer(AGAIN, Answer::Slots(Err(ApiError::NotFound)));
    assert!(walk.state.finder.lost && walk.stage() == "loading");
    walk.times("read times 1234567893 OfficeVisit 2026-12-07..2026-12-20", two_days());
    assert!(walk.state.finder.lost && walk.stage() == "times");
}

#[test]
fn left_at_once_the_pages_own_times_are_shown() {
    let mut walk = back_with(tuesday_at_nine(), with_dana(&[OFFICE]));
    walk.start();
    walk.times("read times 1234567893 OfficeVisit 2026-12-07..2026-12-20", two_days());
    assert!(matches!(walk.state.errand.stage, Stage::Resolving(..)), "they do not get in the way");
    asks(&walk.on(Act::Back), &[&format!("cancel {AGAIN}")]);
    assert_eq!(walk.looking(), Some(Looking::Choosing));
}

#[test]
fn a_time_is_brought_back_only_where_it_is_booked_here() {
    for route in [Route::Link, Route::Event] {
        let mut walk = back_with(tuesday_at_nine(), Settings { route, ..with_dana(&[OFFICE]) });
        walk.start();
        assert_eq!(walk.stage(), "loading");
    }
}

#[test]
fn a_forged_time_of_a_kind_that_needs_no_search_is_searched_for_all_the_same() {
    let forged = slot("forged", DANA, fremont(), "2026-12-08T09:00:00-08:00");
    let mut walk = back_with(Resume::Time(Box::new(forged)), with_dana(&[OFFICE]));
    walk.start();
    walk.times(AGAIN, Vec::new());
    assert!(matches!(walk.state.errand.stage, Stage::Taken(..)));
}

#[test]
fn a_value_that_is_none_starts_over_with_a_word_until_the_next_choice() {
    let mut walk = back_with(Resume::Lost, with_dana(&[OFFICE]));
    let first = ["read times 1234567893 OfficeVisit 2026-12-07..2026-12-20", "read clinician 1234567893"];
    asks(&walk.start(), &first);
    walk.times("read times", two_days());
    assert!(walk.state.finder.lost && walk.stage() == "times");
    walk.choose("tue-9");
    assert!(!walk.state.finder.lost);
}

#[test]
fn it_is_brought_back_once_and_not_by_every_new_configuration() {
    let mut walk = back_with(tuesday_at_nine(), with_dana(&[OFFICE]));
    walk.start();
    walk.settings.days = 3;
    walk.start();
    walk.on(Event::Reset);
    assert_eq!(walk.looking(), Some(Looking::Loading));
    walk.settings.resume = Some(Resume::Lost);
    walk.start();
    assert!(walk.state.finder.lost, "another value is another return");
}

#[test]
fn a_page_that_names_nobody_brings_nothing_back() {
    let nobody = settings(Target::Departments(Vec::new()), &[OFFICE]);
    let mut walk = back_with(tuesday_at_nine(), nobody);
    asks(&walk.start(), &[]);
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Misconfigured)));
}

fn washington() -> Resume {
    Resume::OnDemand(code("WA"), Modality::Video)
}

/// A page with Dr. Whitfield's times, and on-demand visits beside them.
fn both() -> Settings {
    Settings { practice: Some(PracticeId::new(VIRTUAL)), ..with_dana(&[OFFICE]) }
}

fn told(practice: Practice) -> Answer {
    Answer::Practice(Ok(Box::new(practice)))
}

#[test]
fn a_line_is_taken_up_again_as_soon_as_the_practice_is_known() {
    for page in [on_demand(), both()] {
        let mut walk = back_with(washington(), page);
        asks(&walk.start(), &["read practice c0a8f6a1", "read waits of c0a8f6a1"]);
        assert_eq!(walk.state.finder.way, Way::OnDemand);
        asks(&walk.answer("read practice", told(practice())), &["read mail rule", "ask token"]);
        assert_eq!(walk.state.errand.stage.errand(), Some(&Errand::OnDemand(video())));
        sign_in_and_give(&mut walk, paid(own_insurance(), details(marta())));
        walk.on(Act::Back);
        walk.on(Act::Back);
        assert_eq!(walk.stage(), "queue");
    }
}

#[test]
fn a_line_whose_region_is_unknown_or_closed_is_lost_with_a_word_and_the_regions_are_shown() {
    let closed = Practice {
        regions: vec![Region { is_active: false, ..region("WA", None) }, region("OR", None)],
        ..practice()
    };
    for (resume, practice) in
        [(Resume::OnDemand(code("ZZ"), Modality::Video), practice()), (washington(), closed)]
    {
        for waits_first in [true, false] {
            let mut walk = back_with(resume.clone(), on_demand());
            walk.start();
            if waits_first {
                walk.answer("read waits", Answer::Waits(Ok(pools())));
            }
            walk.answer("read practice", told(practice.clone()));
            if !waits_first {
                walk.answer("read waits", Answer::Waits(Ok(pools())));
            }
            assert_eq!((walk.stage(), walk.state.finder.lost), ("queue", true), "{waits_first}");
            let mut next = walk.again();
            next.settings.resume = None;
            next.on(Find::PickRegion(code("WA")));
            next.on(Event::Join(Modality::Phone, LineKind::General));
            assert_eq!(next.state.finder.lost, next.stage() == "queue", "said until the next choice");
        }
    }
}

#[test]
fn a_line_of_a_page_without_a_practice_is_not_brought_back() {
    let mut walk = back_with(washington(), with_dana(&[OFFICE]));
    walk.start();
    assert_eq!((walk.stage(), walk.state.finder.way), ("loading", Way::Named));
}

#[test]
fn a_line_is_brought_back_also_after_a_second_try_but_not_once_another_way_was_taken() {
    let mut walk = back_with(washington(), both());
    walk.start();
    walk.answer("read practice", Answer::Practice(Err(ApiError::Server)));
    let mut other = walk.again();
    walk.on(Event::Retry);
    walk.answer("read practice", told(practice()));
    assert_eq!(walk.stage(), "sign-in");
    other.on(Find::Take(Way::Named));
    other.answer("read practice", told(practice()));
    assert_eq!(other.stage(), "loading");
    other.times("read times", two_days());
    assert_eq!(other.stage(), "times");
}
