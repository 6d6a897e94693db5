//! Checks after each step that nothing is stuck: there is a request for everything that the step on screen waits
//! for, and no request that no step waits for.

use chrono::NaiveDate;

use super::oracle::Oracle;
use super::walk::Walk;
use crate::api::{Read, Write};
use crate::errand::command::Command;
use crate::errand::state::{
    ClinicCancelProgress, CouponCheck, OnDemandCancelProgress, SignInPhase, Stage, Visits, Waiting,
};
use crate::finder::state::Stage as Looking;
use crate::on_demand::VisitStatus;
use crate::request::RequestId;
use crate::slot::Source;
use crate::visits::VisitFilter;

fn open(oracle: &Oracle, which: fn(&Command) -> bool) -> usize {
    oracle.open.iter().filter(|(_, command)| which(command)).count()
}

fn reads(oracle: &Oracle, which: fn(&Read) -> bool) -> usize {
    oracle
        .open
        .iter()
        .filter(|(_, command)| matches!(command, Command::Read { read, .. } if which(read)))
        .count()
}

fn timers(oracle: &Oracle) -> usize {
    open(oracle, |command| matches!(command, Command::Later { .. }))
}

pub fn nothing_is_stuck(walk: &Walk, oracle: &Oracle) {
    let token = open(oracle, |command| matches!(command, Command::AskToken { .. }));
    let invited = open(oracle, |command| matches!(command, Command::InviteSignIn { .. }));
    let card = open(oracle, |command| matches!(command, Command::AskCard { .. }));
    let writes = open(oracle, |command| matches!(command, Command::Write { .. }));
    let patient = reads(oracle, |read| matches!(read, Read::Patient));
    let is_timer = |id: &RequestId| {
        oracle.open.iter().any(|(open, command)| open == id && matches!(command, Command::Later { .. }))
    };
    let finders = walk.state.finder.awaited.iter().filter(|(id, _)| is_timer(id)).count();
    let errands = walk.state.errand.awaited.iter().filter(|(id, _)| is_timer(id)).count();
    assert!(finders <= 1 && errands <= 1, "one timer of each at the most");
    let checking = matches!(walk.state.errand.person.coupon, Some((_, CouponCheck::Checking)));
    assert_eq!(
        reads(oracle, |read| matches!(read, Read::Coupon(_))),
        usize::from(checking),
        "a coupon's check"
    );
    let times = reads(oracle, is_of_times);
    match &walk.state.errand.stage {
        Stage::Idle => {
            assert_eq!((token, invited, patient, card), (0, 0, 0, 0), "{}", walk.stage());
            looking(walk, oracle, times);
        }
        Stage::SignIn(_, phase) => {
            let awaited = if *phase == SignInPhase::Asking { token + invited } else { token };
            match phase {
                SignInPhase::Asking if oracle.host_signs_in => assert!(awaited <= 1),
                SignInPhase::Asking => assert_eq!(awaited, 1, "stuck"),
                _ => assert_eq!(awaited, 0, "{phase:?}"),
            }
            assert_eq!((patient, writes), (usize::from(*phase == SignInPhase::Reading), 0), "{phase:?}");
        }
        Stage::Sending(_, phase, _) => {
            let looking = reads(oracle, is_of_every_visit);
            assert_eq!(reads(oracle, is_of_coming_visits), 0, "it would not show every visit that is booked");
            assert!(token + patient + writes + card + looking <= 1, "one thing at a time: {phase:?}");
            assert!(token + patient + writes + card + looking + times >= 1, "stuck at {phase:?}");
        }
        Stage::Resolving(_, Some(_)) => {
            assert_eq!((token, patient, writes, card), (0, 0, 0, 0), "waits for the patient");
        }
        Stage::Resolving(_, None) => {
            let place = reads(oracle, |read| matches!(read, Read::Department(_)));
            assert!(times + place >= 1, "stuck");
            assert_eq!((token, patient, writes, card), (0, 0, 0, 0));
        }
        Stage::Waiting(waiting) => {
            in_line(waiting, oracle);
            assert!(token <= 1 && (patient, card) == (0, 0));
        }
        Stage::Visits(visits) => {
            among_visits(visits, oracle);
            assert_eq!((token, patient, card), (0, 0, 0));
        }
        Stage::Review(errand, _) => {
            let lists = reads(oracle, is_of_coming_visits);
            assert_eq!(reads(oracle, is_of_every_visit), 0, "nothing was sent");
            let is_clinics = errand.time().is_some_and(|time| time.slot().source == Source::Department);
            assert!(lists <= usize::from(is_clinics), "one list, of a clinic's visit");
            assert_eq!((token, invited, patient, writes, card), (0, 0, 0, 0, 0));
        }
        Stage::Patient(_) => {
            assert!(!walk.state.errand.given || checking, "waits for a check that nobody makes");
            assert_eq!((token, invited, patient, writes, card), (0, 0, 0, 0, 0));
        }
        _ => assert_eq!((token, invited, patient, writes, card), (0, 0, 0, 0, 0), "{}", walk.stage()),
    }
}

/// The first day of the earliest page that is being read after the first one.
fn read_from(oracle: &Oracle) -> Option<NaiveDate> {
    let from = |command: &Command| match command {
        Command::Read { read: Read::Options(_, page) | Read::ClinicianOptions(_, _, page), .. } => page.from,
        _ => None,
    };
    oracle.open.iter().filter_map(|(_, command)| from(command)).min()
}

fn looking(walk: &Walk, oracle: &Oracle, times: usize) {
    // Since the times were read, the device's date may have gone back by a day: walks do that.
    let last = walk.today + chrono::Duration::days(i64::from(walk.settings.max_days) + 1);
    let days = walk.state.finder.board.days();
    assert!(days.iter().all(|day| day.date <= last), "a day that the page does not look at is shown");
    if let Some(from) = read_from(oracle) {
        assert!(days.iter().all(|day| day.date < from), "a day whose times are not all read is shown");
    }
    match walk.state.finder.stage {
        Looking::Loading => {
            let others = reads(oracle, |read| {
                matches!(
                    read,
                    Read::Department(_)
                        | Read::Clinician(_)
                        | Read::Departments(_)
                        | Read::Practice(_)
                        | Read::Waits(_)
                )
            });
            assert!(times + others > 0 || walk.state.ids.last() == 0, "stuck");
        }
        Looking::Queue => {
            let queue = &walk.state.finder.queue;
            let waits = reads(oracle, |read| matches!(read, Read::Waits(_)));
            assert!(
                queue.pools.is_some() || waits == 1 || queue.error.is_some(),
                "no waits, and nobody asks"
            );
            assert!(waits + timers(oracle) >= 1, "the waits stand still");
        }
        Looking::Choosing | Looking::Unavailable(_) => {}
    }
}

fn in_line(waiting: &Waiting, oracle: &Oracle) {
    let looks = reads(oracle, |read| matches!(read, Read::VisitWait(_) | Read::VisitStatus(_)));
    if matches!(waiting.status, VisitStatus::Waiting | VisitStatus::InVisit) {
        assert!(looks + timers(oracle) >= 1, "the estimate stands still");
    }
    let leaves =
        open(oracle, |command| matches!(command, Command::Write { write: Write::CancelOnDemand(_), .. }));
    assert_eq!(leaves, usize::from(waiting.cancel_progress == OnDemandCancelProgress::Sending));
    let is_checked = matches!(waiting.cancel_progress, OnDemandCancelProgress::Refused(_));
    let statuses = reads(oracle, |read| matches!(read, Read::VisitStatus(_)));
    assert!(!is_checked || statuses >= 1, "nobody checks the cancel");
    let rules = reads(oracle, |read| matches!(read, Read::CancelRules));
    assert_eq!(
        rules,
        usize::from(waiting.cancel_progress == OnDemandCancelProgress::Asking),
        "{:?}",
        waiting.cancel_progress
    );
}

fn among_visits(visits: &Visits, oracle: &Oracle) {
    let (coming, every) = (reads(oracle, is_of_coming_visits), reads(oracle, is_of_every_visit));
    let lists = coming + every;
    assert!(lists == 1 || visits.list.is_some() || visits.error.is_some(), "stuck");
    let how = visits.cancelling.as_ref().map(|(_, how)| *how);
    let cancels =
        open(oracle, |command| matches!(command, Command::Write { write: Write::CancelClinicVisit(..), .. }));
    assert_eq!(cancels, usize::from(how == Some(ClinicCancelProgress::Sending)));
    let is_checked = matches!(how, Some(ClinicCancelProgress::Refused(_)));
    assert!(!is_checked || every == 1, "nobody checks the cancel");
    if how == Some(ClinicCancelProgress::Choosing) {
        let reasons = reads(oracle, |read| matches!(read, Read::CancelReasons));
        assert!(reasons == 1 || visits.reasons.is_some(), "no reasons, and nobody asks");
    }
}

fn is_of_coming_visits(read: &Read) -> bool {
    matches!(read, Read::ClinicVisits(VisitFilter::Requested))
}

fn is_of_every_visit(read: &Read) -> bool {
    matches!(read, Read::ClinicVisits(VisitFilter::All))
}

fn is_of_times(read: &Read) -> bool {
    matches!(
        read,
        Read::DepartmentSlots(..) | Read::ClinicianSlots(..) | Read::Options(..) | Read::ClinicianOptions(..)
    )
}
