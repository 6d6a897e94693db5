//! Tests waiting in line: the estimate of the wait, what becomes of the visit, and leaving the line.

use super::joining::{joined, joining};
use super::walk::*;
use crate::api::Answer;
use crate::errand::command::Command;
use crate::errand::event::{Event as Act, TokenAnswer, session};
use crate::errand::state::{OnDemandCancelProgress, Stage, Waiting};
use crate::finder::queue::LineKind;
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::on_demand::{Modality, VisitStatus};
use crate::outcome::{ApiError, Confirmation, Outcome};
use crate::visits::CancelRules;

const ESTIMATE: &str = "read estimate of v-1 afresh";
const STATUS: &str = "read status of v-1 afresh";

pub fn in_line() -> Walk {
    let mut walk = joining();
    walk.answer("join", joined("v-1"));
    walk
}

/// A phone visit that the patient has joined.
fn on_the_phone() -> Walk {
    let mut walk = queue_on_screen();
    walk.on(Event::Join(Modality::Phone, LineKind::General));
    sign_in_and_give(&mut walk, paid(own_insurance(), details(marta())));
    walk.on(Act::AcceptTerms(true));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    let confirmation = Confirmation { visit: visit("v-1"), meeting: None, room: None };
    walk.answer("join phone", Outcome::Booked(confirmation));
    walk
}

fn waiting(walk: &Walk) -> &Waiting {
    let Stage::Waiting(waiting) = &walk.state.errand.stage else { panic!("{:?}", walk.state.errand.stage) };
    waiting
}

/// Lets the timer pass. Returns the commands that follow.
pub fn tick(walk: &mut Walk) -> Vec<String> {
    let timer = walk.id("wait");
    walk.open.retain(|(open, _)| *open != timer);
    walk.on(Event::Ticked(timer))
}

fn stands(standing: VisitStatus) -> Answer {
    Answer::VisitStatus(Ok(standing))
}

fn told(rules: CancelRules) -> Answer {
    Answer::CancelRules(Ok(Box::new(rules)))
}

/// The patient has asked to leave the line and is choosing a reason.
fn leaving(mut walk: Walk, rules: CancelRules) -> Walk {
    asks(&walk.on(Act::AskToLeave), &["read cancel rules"]);
    asks(&walk.answer("read cancel rules", told(rules)), &[]);
    assert!(matches!(waiting(&walk).cancel_progress, OnDemandCancelProgress::Choosing(_)));
    walk
}

#[test]
fn the_room_is_there_at_once_and_the_estimate_after_a_moment() {
    let mut walk = in_line();
    assert_eq!(waiting(&walk).confirmation.room.as_deref(), Some("https://rooms.northlake.example/1"));
    assert_eq!((waiting(&walk).wait.clone(), walk.open_lines()), (None, vec!["wait 5 s"]));
    asks(&tick(&mut walk), &[ESTIMATE]);
    asks(&walk.answer("read estimate", Answer::VisitWait(Ok(estimate(10, 15)))), &["wait 60 s"]);
    asks(&tick(&mut walk), &[ESTIMATE]);
    asks(&walk.answer("read estimate", Answer::VisitWait(Ok(estimate(25, 30)))), &["wait 60 s"]);
    assert_eq!(waiting(&walk).wait, Some(estimate(25, 30)), "it can jump up");
}

#[test]
fn a_phone_visit_has_no_room() {
    let walk = on_the_phone();
    assert_eq!((waiting(&walk).confirmation.room.clone(), walk.stage()), (None, "booked"));
}

#[test]
fn without_an_estimate_the_visit_itself_is_asked() {
    for error in [ApiError::NotFound, ApiError::Network, ApiError::Server] {
        for standing in VISIT_STATUSES {
            let mut walk = in_line();
            tick(&mut walk);
            asks(&walk.answer("read estimate", Answer::VisitWait(Err(error))), &[STATUS]);
            assert_eq!(waiting(&walk).error, Some(error));
            let goes_on = matches!(standing, VisitStatus::Waiting | VisitStatus::InVisit);
            let goes_on: &[&str] = if goes_on { &["wait 60 s"] } else { &[] };
            asks(&walk.answer("read status", stands(standing)), goes_on);
            assert_eq!(waiting(&walk).status, standing);
        }
    }
}

#[test]
fn a_visit_about_to_begin_is_asked_after_itself_and_followed_to_its_end() {
    let mut walk = in_line();
    tick(&mut walk);
    asks(&walk.answer("read estimate", Answer::VisitWait(Ok(estimate(0, 5)))), &[STATUS]);
    asks(&walk.answer("read status", stands(VisitStatus::InVisit)), &["wait 60 s"]);
    assert_eq!(
        (waiting(&walk).status, waiting(&walk).wait.clone()),
        (VisitStatus::InVisit, Some(estimate(0, 5)))
    );
    asks(&walk.on(Act::AskToLeave), &[]);
    asks(&walk.on(Event::Wake), &["cancel wait 60 s", STATUS]);
    asks(&walk.on(Event::Wake), &[&format!("cancel {STATUS}"), STATUS]);
    asks(&walk.answer("read status", stands(VisitStatus::InVisit)), &["wait 60 s"]);
    asks(&tick(&mut walk), &[STATUS]);
    asks(&walk.answer("read status", stands(VisitStatus::Done)), &[]);
    assert_eq!((waiting(&walk).status, walk.open_lines()), (VisitStatus::Done, vec![]));
}

#[test]
fn where_neither_can_be_read_it_is_tried_again_in_a_minute() {
    let mut walk = in_line();
    tick(&mut walk);
    walk.answer("read estimate", Answer::VisitWait(Err(ApiError::Network)));
    asks(&walk.answer("read status", Answer::VisitStatus(Err(ApiError::Network))), &["wait 60 s"]);
    asks(&tick(&mut walk), &[ESTIMATE]);
    walk.answer("read estimate", Answer::VisitWait(Ok(estimate(5, 10))));
    assert_eq!(waiting(&walk).error, None);
}

#[test]
fn a_page_that_wakes_looks_at_once_and_keeps_one_timer() {
    let mut walk = in_line();
    asks(&walk.on(Event::Wake), &["cancel wait 5 s", ESTIMATE]);
    asks(&walk.on(Event::Wake), &[]);
    asks(&walk.answer("read estimate", Answer::VisitWait(Ok(estimate(5, 10)))), &["wait 60 s"]);
    asks(&walk.on(Event::Wake), &["cancel wait 60 s", ESTIMATE]);
}

#[test]
fn a_late_answer_about_the_lines_winds_no_second_timer() {
    let mut walk = line_review();
    walk.on(Act::ChangeTime);
    walk.on(Event::Join(Modality::Video, LineKind::General));
    walk.on(Act::AcceptTerms(true));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    let asked = walk.answer("join", joined("v-1"));
    asks(
        &asked,
        &["tell joined v-1", "cancel wait 60 s", "cancel read waits of c0a8f6a1 afresh", "wait 5 s"],
    );
}

#[test]
fn a_wait_that_outlasts_the_token_asks_for_a_fresh_one_once() {
    let signed_out = || Answer::VisitWait(Err(ApiError::SignedOut));
    let mut walk = in_line();
    tick(&mut walk);
    asks(&walk.answer("read estimate", signed_out()), &["ask token", "wait 60 s"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(4)), &["cancel wait 60 s", ESTIMATE]);
    asks(&walk.answer("read estimate", Answer::VisitWait(Ok(estimate(5, 10)))), &["wait 60 s"]);
    // The next token expires too, and this time no other one comes.
    tick(&mut walk);
    asks(&walk.answer("read estimate", signed_out()), &["ask token", "wait 60 s"]);
    asks(&walk.answer("ask token", TokenAnswer::None), &[]);
    tick(&mut walk);
    asks(&walk.answer("read estimate", signed_out()), &[STATUS]);
    asks(&walk.answer("read status", Answer::VisitStatus(Err(ApiError::SignedOut))), &["wait 60 s"]);
    assert_eq!(waiting(&walk).error, Some(ApiError::SignedOut));
}

#[test]
fn a_page_that_gives_a_fresh_token_for_each_call_is_asked_once_until_the_timer_passes() {
    let signed_out = || Answer::VisitWait(Err(ApiError::SignedOut));
    let mut walk = in_line();
    tick(&mut walk);
    for token in [4, 5] {
        asks(&walk.answer("read estimate", signed_out()), &["ask token", "wait 60 s"]);
        asks(&walk.answer("ask token", TokenAnswer::Held(token)), &["cancel wait 60 s", ESTIMATE]);
        asks(&walk.answer("read estimate", signed_out()), &[STATUS]);
        asks(&walk.answer("read status", Answer::VisitStatus(Err(ApiError::SignedOut))), &["wait 60 s"]);
        asks(&tick(&mut walk), &[ESTIMATE]);
    }
    // The system may also refuse the token only for the status of the visit.
    asks(&walk.answer("read estimate", Answer::VisitWait(Ok(estimate(0, 5)))), &[STATUS]);
    let refused = || Answer::VisitStatus(Err(ApiError::SignedOut));
    asks(&walk.answer("read status", refused()), &["ask token", "wait 60 s"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(6)), &["cancel wait 60 s", ESTIMATE]);
    asks(&walk.answer("read estimate", Answer::VisitWait(Ok(estimate(0, 5)))), &[STATUS]);
    asks(&walk.answer("read status", refused()), &["wait 60 s"]);
}

#[test]
fn a_sign_in_is_asked_for_its_token_though_the_token_before_was_refused_twice() {
    let mut walk = in_line();
    tick(&mut walk);
    for token in [Some(4), None] {
        walk.answer("read estimate", Answer::VisitWait(Err(ApiError::SignedOut)));
        if let Some(token) = token {
            walk.answer("ask token", TokenAnswer::Held(token));
        }
    }
    asks(&walk.on(Act::SignedIn), &["ask token"]);
}

#[test]
fn somebody_elses_token_reads_nothing_of_a_visit_in_line_and_leaves_nothing() {
    let mut walk = in_line();
    walk.state.errand.person.session = Some(session(1, 7));
    tick(&mut walk);
    walk.answer("read estimate", Answer::VisitWait(Err(ApiError::SignedOut)));
    asks(&walk.answer("ask token", TokenAnswer::Held(session(2, 9))), &[]);
    assert_eq!((waiting(&walk).wait.is_none(), waiting(&walk).error), (true, Some(ApiError::SignedOut)));
    asks(&walk.on(Act::AskToLeave), &[]);
    asks(&tick(&mut walk), &["ask token", "wait 60 s"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(session(3, 7))), &["cancel wait 60 s", ESTIMATE]);
}

#[test]
fn a_host_that_never_answers_does_not_stop_the_estimate() {
    let mut walk = in_line();
    tick(&mut walk);
    walk.answer("read estimate", Answer::VisitWait(Err(ApiError::SignedOut)));
    asks(&tick(&mut walk), &[ESTIMATE]);
}

#[test]
fn a_video_visit_is_left_for_a_reason_where_the_system_takes_one() {
    for (with_reason, given, sent) in [
        (true, Some("FEEL_BETTER"), "leave virtual v-1 for FEEL_BETTER"),
        (true, None, "leave virtual v-1 for OTHER"),
        (false, Some("FEEL_BETTER"), "leave virtual v-1 for no reason"),
    ] {
        let mut walk = leaving(in_line(), CancelRules { video_with_reason: with_reason, ..rules() });
        asks(&walk.on(Act::Leave(given.map(Into::into))), &[sent]);
        asks(&walk.on(Act::Leave(None)), &[]);
        asks(&walk.on(Act::AskToLeave), &[]);
        asks(&walk.answer("leave", Answer::Cancelled(Ok(()))), &["cancel wait 5 s", "tell cancelled v-1"]);
        assert_eq!(
            (waiting(&walk).status, waiting(&walk).cancel_progress.clone()),
            (VisitStatus::Cancelled, OnDemandCancelProgress::No)
        );
    }
}

#[test]
fn a_phone_visit_has_a_call_of_its_own_and_tells_by_mail() {
    use crate::api::Write;
    for (with_reason, sent) in [(false, "leave phone v-1 for no reason"), (true, "leave phone v-1 for OTHER")]
    {
        let mut walk = leaving(on_the_phone(), CancelRules { phone_with_reason: with_reason, ..rules() });
        asks(&walk.on(Act::Leave(Some("OTHER".into()))), &[sent]);
        let Some(Command::Write { write: Write::CancelOnDemand(leave), .. }) = walk.asked.last() else {
            panic!("{sent}")
        };
        assert_eq!(leave.email, "marta.okafor@example.com");
    }
}

#[test]
fn without_the_systems_reasons_there_is_the_call_that_takes_none() {
    let mut walk = in_line();
    walk.on(Act::AskToLeave);
    walk.answer("read cancel rules", Answer::CancelRules(Err(ApiError::Server)));
    asks(&walk.on(Act::Leave(None)), &["leave virtual v-1 for no reason"]);
}

#[test]
fn the_place_in_line_can_be_kept_after_all() {
    let mut walk = in_line();
    walk.on(Act::AskToLeave);
    asks(&walk.on(Act::Keep), &["cancel read cancel rules"]);
    assert_eq!(waiting(&walk).cancel_progress, OnDemandCancelProgress::No);
    let mut walk = leaving(walk, rules());
    asks(&walk.on(Act::Keep), &[]);
    asks(&walk.on(Act::Leave(None)), &[]);
    assert_eq!(
        (waiting(&walk).cancel_progress.clone(), waiting(&walk).status),
        (OnDemandCancelProgress::No, VisitStatus::Waiting)
    );
}

/// The system has refused the cancel, and the status of the visit is being read.
fn refused(error: ApiError) -> Walk {
    let mut walk = leaving(in_line(), rules());
    walk.on(Act::Leave(None));
    asks(&walk.answer("leave", Answer::Cancelled(Err(error))), &[STATUS]);
    assert_eq!(waiting(&walk).cancel_progress, OnDemandCancelProgress::Refused(error));
    walk
}

#[test]
fn after_a_refused_cancel_the_visit_tells_what_became_of_it() {
    for error in [ApiError::Rejected, ApiError::NotFound, ApiError::Locked, ApiError::Unreadable] {
        for standing in VISIT_STATUSES {
            let mut walk = refused(error);
            for event in [Act::AskToLeave, Act::Leave(None), Act::Keep, Act::AfterVisit] {
                asks(&walk.on(event), &[]);
            }
            let asked = walk.answer("read status", stands(standing));
            let is_cancelled = standing == VisitStatus::Cancelled;
            asks(&asked, if is_cancelled { &["cancel wait 5 s", "tell cancelled v-1"] } else { &[] });
            let (failed, no) = (OnDemandCancelProgress::Failed(error), OnDemandCancelProgress::No);
            assert_eq!(waiting(&walk).cancel_progress, if is_cancelled { no } else { failed });
            assert_eq!(waiting(&walk).status, standing);
            let is_in_line = standing == VisitStatus::Waiting;
            asks(&walk.on(Act::AskToLeave), if is_in_line { &["read cancel rules"] } else { &[] });
        }
    }
}

#[test]
fn a_refused_cancel_is_not_known_if_the_visit_cannot_be_read() {
    for error in [ApiError::Network, ApiError::NotFound, ApiError::SignedOut] {
        let mut walk = refused(ApiError::NotFound);
        let token: &[&str] = if error == ApiError::SignedOut { &["ask token"] } else { &[] };
        asks(&walk.answer("read status", Answer::VisitStatus(Err(error))), token);
        assert_eq!(waiting(&walk).cancel_progress, OnDemandCancelProgress::Unknown);
        asks(&walk.on(Act::AskToLeave), &[STATUS]);
        let asked = walk.answer("read status", stands(VisitStatus::Cancelled));
        assert_eq!(asked.last().map(String::as_str), Some("tell cancelled v-1"));
    }
}

#[test]
fn a_status_from_before_the_refusal_does_not_count() {
    let mut walk = leaving(in_line(), rules());
    tick(&mut walk);
    asks(&walk.answer("read estimate", Answer::VisitWait(Ok(estimate(0, 5)))), &[STATUS]);
    walk.on(Act::Leave(None));
    let asked = walk.answer("leave", Answer::Cancelled(Err(ApiError::NotFound)));
    asks(&asked, &[&format!("cancel {STATUS}"), STATUS]);
}

#[test]
fn a_refused_cancel_is_looked_up_though_the_page_looks_elsewhere_or_the_element_leaves() {
    for event in [NEW_PAGE, Event::Removed] {
        let mut walk = refused(ApiError::NotFound);
        walk.on(event);
        let asked = walk.answer("read status", stands(VisitStatus::Cancelled));
        assert!(asked.contains(&"tell cancelled v-1".to_owned()), "{asked:?}");
    }
}

#[test]
fn a_cancel_refused_for_its_token_asks_for_a_fresh_one_and_is_pressed_again() {
    let mut walk = leaving(in_line(), rules());
    walk.on(Act::Leave(None));
    asks(&walk.answer("leave", Answer::Cancelled(Err(ApiError::SignedOut))), &["ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(4)), &["cancel wait 5 s", ESTIMATE]);
    let mut walk = leaving(walk, rules());
    asks(&walk.on(Act::Leave(None)), &["leave virtual v-1 for OTHER"]);
}

#[test]
fn a_cancel_without_an_answer_is_never_sent_again_and_the_visit_tells_what_became_of_it() {
    for error in [ApiError::Network, ApiError::Server] {
        let mut walk = leaving(in_line(), rules());
        walk.on(Act::Leave(None));
        asks(&walk.answer("leave", Answer::Cancelled(Err(error))), &[STATUS]);
        assert_eq!(waiting(&walk).cancel_progress, OnDemandCancelProgress::Unknown);
        for event in [Act::AskToLeave, Act::Leave(None), Act::Keep, Act::AskToLeave] {
            asks(&walk.on(event), &[]);
        }
        asks(&walk.answer("read status", stands(VisitStatus::Waiting)), &[]);
        assert_eq!(
            (waiting(&walk).cancel_progress.clone(), walk.open_lines()),
            (OnDemandCancelProgress::Unknown, vec!["wait 5 s"])
        );
        tick(&mut walk);
        walk.answer("read estimate", Answer::VisitWait(Err(ApiError::NotFound)));
        asks(&walk.answer("read status", stands(VisitStatus::Cancelled)), &["tell cancelled v-1"]);
        assert_eq!(
            (waiting(&walk).cancel_progress.clone(), waiting(&walk).status),
            (OnDemandCancelProgress::No, VisitStatus::Cancelled)
        );
    }
}

#[test]
fn try_again_after_a_cancel_without_an_answer_looks_at_the_visit_once_more() {
    let mut walk = leaving(in_line(), rules());
    walk.on(Act::Leave(None));
    walk.answer("leave", Answer::Cancelled(Err(ApiError::Network)));
    walk.answer("read status", stands(VisitStatus::Waiting));
    asks(&walk.on(Act::AskToLeave), &[STATUS]);
    asks(&walk.on(Act::AskToLeave), &[]);
    let asked = walk.answer("read status", stands(VisitStatus::Cancelled));
    asks(&asked, &["cancel wait 5 s", "tell cancelled v-1"]);
}

#[test]
fn a_visit_that_is_over_leads_back_to_the_lines() {
    for standing in VISIT_STATUSES {
        let mut walk = in_line();
        tick(&mut walk);
        walk.answer("read estimate", Answer::VisitWait(Err(ApiError::NotFound)));
        walk.answer("read status", stands(standing));
        let asked = walk.on(Act::AfterVisit);
        if standing == VisitStatus::Waiting {
            asks(&asked, &[]);
            assert_eq!(walk.stage(), "booked");
        } else {
            let in_visit = ["cancel wait 60 s", "read waits of c0a8f6a1 afresh"];
            asks(&asked, if standing == VisitStatus::InVisit { &in_visit } else { &in_visit[1..] });
            assert_eq!((walk.stage(), walk.state.errand.person.terms), ("queue", false));
            walk.answer("read waits", Answer::Waits(Ok(pools())));
            asks(&walk.on(Event::Join(Modality::Video, LineKind::General)), &[]);
            asks(&walk.on(Act::Submit), &[]);
            assert_eq!(walk.stage(), "review", "the terms are accepted anew");
        }
    }
}

#[test]
fn a_cancel_on_its_way_is_waited_for_though_the_visit_is_over() {
    let mut walk = leaving(in_line(), rules());
    tick(&mut walk);
    walk.on(Act::Leave(None));
    walk.answer("read estimate", Answer::VisitWait(Err(ApiError::NotFound)));
    walk.answer("read status", stands(VisitStatus::Done));
    asks(&walk.on(Act::AfterVisit), &[]);
    asks(&walk.answer("leave", Answer::Cancelled(Err(ApiError::Rejected))), &[STATUS]);
    asks(&walk.on(Act::AfterVisit), &[]);
    asks(&walk.answer("read status", stands(VisitStatus::Done)), &[]);
    assert_eq!(waiting(&walk).status, VisitStatus::Done);
    asks(&walk.on(Act::AfterVisit), &["read waits of c0a8f6a1 afresh"]);
}

#[test]
fn what_belongs_to_other_steps_changes_nothing_in_line() {
    let mut walk = in_line();
    let before = walk.state.clone();
    for event in [
        Act::Submit.into(),
        Act::Back.into(),
        Act::ChangeTime.into(),
        Event::Retry,
        Event::Refresh,
        Event::MyVisits,
        Event::Join(Modality::Video, LineKind::General),
        Act::Leave(None).into(),
        Act::SignIn.into(),
    ] {
        asks(&walk.on(event), &[]);
        assert_eq!(walk.state, before);
    }
}
