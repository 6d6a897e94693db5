//! Tests times that are not booked in the widget, but on the scheduling pages, by the host page, or by phone.

use super::walk::*;
use crate::errand::event::Event as Act;
use crate::errand::state::Stage;
use crate::finder::state::Stage as Looking;
use crate::fixtures::id_of;
use crate::settings::{Route, Settings};

fn routed(mut walk: Walk, route: Route) -> Walk {
    walk.settings = Settings { route, ..walk.settings };
    walk
}

#[test]
fn a_clinics_time_leaves_for_the_scheduling_pages() {
    let mut walk = routed(ballard_on_screen(), Route::Link);
    asks(&walk.choose("tue-9"), &["hand off 2026-12-08T09:00:00-08:00 of NorthlakeBallard"]);
    assert_eq!(walk.looking(), Some(Looking::Choosing), "the host may have prevented it");
    asks(&walk.choose("wed-9"), &["hand off 2026-12-09T09:00:00-08:00 of NorthlakeBallard"]);
}

#[test]
fn a_named_clinicians_time_never_does_for_the_link_cannot_carry_the_clinician() {
    let mut walk = routed(dana_on_screen(), Route::Link);
    asks(&walk.choose("tue-9"), &["hand over 2026-12-08T09:00:00-08:00"]);
    assert!(matches!(walk.state.errand.stage, Stage::HandedOver(_)));
}

#[test]
fn a_time_given_to_the_host_page_leaves_the_others_to_choose_from() {
    let mut walk = routed(ballard_on_screen(), Route::Event);
    asks(&walk.choose("tue-9"), &["hand over 2026-12-08T09:00:00-08:00"]);
    asks(&walk.on(Act::HandedOver(true)), &[]);
    assert_eq!(walk.stage(), "times");
    asks(&walk.choose("wed-9"), &["hand over 2026-12-09T09:00:00-08:00"]);
    walk.on(Act::HandedOver(true));
    walk.on(Act::Back);
    assert_eq!(walk.looking(), Some(Looking::Choosing));
}

#[test]
fn with_nobody_listening_there_is_the_phone_and_the_owner_is_told() {
    let mut walk = routed(dana_on_screen(), Route::Event);
    walk.choose("tue-9");
    asks(&walk.on(Act::HandedOver(false)), &["tell owner: nobody listens"]);
    assert!(matches!(walk.state.errand.stage, Stage::CallToBook(_)), "{:?}", walk.state.errand.stage);
    assert_eq!(id_of(walk.state.errand.stage.time().unwrap().slot()), "tue-9");
    asks(&walk.on(Act::HandedOver(false)), &[]);
    walk.on(Act::Back);
    assert_eq!(walk.looking(), Some(Looking::Choosing));
    walk.choose("tue-9");
    walk.on(Act::HandedOver(false));
    walk.on(Act::ChangeTime);
    assert_eq!(walk.looking(), Some(Looking::Choosing));
}

#[test]
fn no_route_out_asks_for_a_token_or_sends_anything() {
    for route in [Route::Link, Route::Event] {
        for walk in [dana_on_screen(), ballard_on_screen()] {
            let mut walk = routed(walk, route);
            walk.choose("tue-9");
            walk.on(Act::HandedOver(true));
            for event in [Act::SignIn, Act::SignedIn, Act::Submit] {
                asks(&walk.on(event), &[]);
            }
            assert_eq!((walk.bookings(), walk.open_lines().len()), (0, 0));
        }
    }
}
