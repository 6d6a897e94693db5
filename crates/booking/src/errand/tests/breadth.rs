//! Visits every state that an errand about a time can reach (and about a line, within a limited number of events),
//! breadth first, with the patient, the host page and the system of [`super::system`]. Checks the errand's guarantees
//! in each state.

use std::collections::{BTreeMap, VecDeque};

use super::system::{answers, patient};
use crate::directory::Directory;
use crate::errand::choosing::Origin;
use crate::errand::command::Command;
use crate::errand::event::Event;
use crate::errand::order::Order;
use crate::errand::purpose::Purpose;
use crate::errand::state::{Stage, State};
use crate::errand::{run, step};
use crate::fixtures::*;
use crate::notice::Notice;
use crate::payment::Payment;
use crate::request::RequestIds;
use crate::schedule::{self, Reading, Time};
use crate::settings::{Ctx, Route, Settings};
use crate::slot::Source;

/// The greatest number of events in a row for an errand about a time. Long before that, no event leads to a new
/// state.
const DEPTH: usize = 60;
/// The greatest number of events in a row for an errand about a line. It has to be limited, since waiting in a
/// line never ends.
const DEPTH_OF_LINE: usize = 11;

/// What the commands and events so far mean for the guarantees.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
struct Seen {
    /// Whether there is a submit that has no outcome yet.
    is_open: bool,
    /// How many bookings were sent since the submit.
    sent: u8,
    /// Whether a booking may be sent: the last one was refused, or none was sent since the submit.
    may_send: bool,
    /// Whether a booking is confirmed, or its outcome is unknown. Nothing may be sent from then on.
    is_closed: bool,
    /// 1 after the card field was asked for a token; 0 once a booking has used that token.
    cards: i8,
    /// Whether a clinic's booking was refused because of a conflict, and the patient's list has not been read since.
    is_in_doubt: bool,
}

struct Node {
    state: State,
    ids: RequestIds,
    seen: Seen,
    depth: usize,
}

fn settings() -> Settings {
    Settings { route: Route::Inline, takes_cards: true, ..Settings::default() }
}

fn ctx(settings: &Settings) -> Ctx<'_> {
    Ctx {
        now: now(),
        today: today(),
        zones: &UsZones,
        settings,
        errand: super::super::run,
        ways: Some(crate::finder::order::run),
    }
}

fn tuesday(source: Source) -> Time {
    let slot = slot("tue-9", DANA, ballard(), "2026-12-08T09:00:00-08:00");
    let slot = from(source, vec![slot]).remove(0);
    schedule::time_of(&slot, &Reading { zone_of: &|_| Some(zone(PACIFIC)), zones: &UsZones })
}

/// The state after the press on a time.
fn chosen(source: Source) -> Node {
    let (mut state, mut ids) = (State::default(), RequestIds::default());
    let departments = vec![clinic(BALLARD, &[OFFICE])];
    let directory = Directory { departments, ..Directory::default() };
    let origin = Origin { directory: directory.into(), context: None, system: 1 };
    let settings = settings();
    run(&mut state, &ctx(&settings), &mut ids, Order::Choose(Box::new(tuesday(source)), Some(origin)));
    Node { state, ids, seen: Seen { may_send: true, ..Seen::default() }, depth: 0 }
}

/// The state after the press on "Join by video".
fn chosen_line() -> Node {
    let (mut state, mut ids) = (State::default(), RequestIds::default());
    let origin = Origin { directory: Directory::default().into(), context: None, system: 1 };
    let settings = settings();
    run(&mut state, &ctx(&settings), &mut ids, Order::Join(Box::new(video()), Box::new(practice()), origin));
    Node { state, ids, seen: Seen { may_send: true, ..Seen::default() }, depth: 0 }
}

/// A state as text, to tell whether it was visited before. Leaves out counters that only go up.
fn key(node: &Node) -> String {
    let State { stage, person, given, invited, before, awaited, listed, same_day, .. } = &node.state;
    let awaited: Vec<_> = awaited.iter().map(|(_, purpose)| purpose).collect();
    let lists = format!("{listed:?}{same_day:?}");
    format!("{stage:?}|{person:?}|{given}{invited}|{before:?}|{awaited:?}|{lists}|{:?}", node.seen)
}

/// Makes a step with the event, and checks the guarantees.
fn take(node: &Node, event: &Event, by_card: bool, settings: &Settings) -> Node {
    let (mut state, mut ids, mut seen) = (node.state.clone(), node.ids.clone(), node.seen);
    if let Event::Answered(_, crate::api::Answer::Booking(outcome)) = event {
        use crate::outcome::Outcome;
        (seen.may_send, seen.is_closed) =
            (matches!(outcome, Outcome::Refused(_)), !matches!(outcome, Outcome::Refused(_)));
        let is_clinics = state.stage.time().is_some_and(|time| time.slot().source == Source::Department);
        seen.is_in_doubt = is_clinics && matches!(outcome, Outcome::Refused(why) if why.is_conflict());
    }
    if let Event::Answered(_, crate::api::Answer::ClinicVisits(Ok(list))) = event
        && list.dropped == 0
        && state.stage.is_sending()
    {
        seen.is_in_doubt = false;
    }
    let commands = step(&mut state, event.clone(), &ctx(settings), &mut ids);
    for command in &commands {
        match command {
            command if command.is_booking() => {
                assert!(
                    seen.is_open && seen.may_send && !seen.is_closed && !seen.is_in_doubt,
                    "{event:?} sends where nothing may be sent"
                );
                seen.sent += 1;
                assert!(seen.sent <= 4, "four bookings to a submit at the most");
                seen.may_send = false;
                seen.cards -= i8::from(by_card);
                assert!(seen.cards >= 0, "a card's token is good for one booking");
            }
            Command::AskCard { .. } => seen.cards = 1,
            Command::Notify(Notice::Submit { .. }) => {
                assert!(!seen.is_open && !seen.is_closed, "submitted after a last word");
                (seen.is_open, seen.sent, seen.may_send, seen.cards) = (true, 0, true, 0);
            }
            Command::Notify(
                Notice::Booked(..)
                | Notice::Joined(_)
                | Notice::Unconfirmed
                | Notice::Conflict(_)
                | Notice::Failed(_),
            ) => {
                assert!(seen.is_open, "one outcome to a submit");
                let is_conflict = matches!(command, Command::Notify(Notice::Conflict(_)));
                assert!(!(is_conflict && seen.is_in_doubt), "a clinic's conflict is checked");
                // The patient's list can also show the outcome: after that, nothing may be sent either.
                seen.is_closed |=
                    matches!(command, Command::Notify(Notice::Booked(..) | Notice::Unconfirmed));
                (seen.is_open, seen.cards, seen.is_in_doubt) = (false, 0, false);
            }
            _ => {}
        }
    }
    Node { state, ids, seen, depth: node.depth + 1 }
}

fn at_rest(node: &Node) {
    let State { stage, awaited, .. } = &node.state;
    let works =
        awaited.iter().filter(|(_, purpose)| !matches!(purpose, Purpose::MailRule | Purpose::Tick)).count();
    assert_eq!(stage.is_sending(), node.seen.is_open, "sending until there is an outcome");
    match stage {
        Stage::Sending(..) => assert_eq!(works, 1, "one thing at a time, and never none"),
        Stage::Booked(..) | Stage::Unconfirmed(_) => {
            assert_eq!(works, 0, "nothing goes on after a last word");
        }
        // Two requests may run at once: the visit is still read while the patient leaves the line.
        Stage::Waiting(_) => {}
        _ => assert!(works <= 1, "one thing at a time"),
    }
}

/// Visits every state that can be reached from `first` within `depth` events. Returns the number of events after
/// which the last new state came, and how many states there are for each stage.
fn explore(first: Node, payment: &Payment, depth: usize) -> (usize, BTreeMap<&'static str, usize>) {
    let settings = settings();
    let by_card = *payment == Payment::Card;
    let (mut visited, mut stages) = (std::collections::BTreeSet::new(), BTreeMap::new());
    let mut deepest = 0;
    let mut queue = VecDeque::from([first]);
    while let Some(node) = queue.pop_front() {
        if node.depth > depth || !visited.insert(key(&node)) {
            continue;
        }
        deepest = deepest.max(node.depth);
        at_rest(&node);
        *stages.entry(name(&node.state.stage)).or_insert(0) += 1;
        let is_last = matches!(node.state.stage, Stage::Booked(..) | Stage::Unconfirmed(_));
        let mut leads_on = is_last || node.state.stage.is_idle();
        let answered = node.state.awaited.iter().flat_map(|(id, purpose)| answers(*id, purpose, &node.state));
        for event in patient(payment).into_iter().chain(answered).collect::<Vec<_>>() {
            let next = take(&node, &event, by_card, &settings);
            let moved = name(&next.state.stage) != name(&node.state.stage);
            let is_kept = is_last
                || (matches!(node.state.stage, Stage::Waiting(_)) && !matches!(event, Event::AfterVisit));
            assert!(!(is_kept && moved), "{event:?} throws an outcome off the screen");
            // A patient in line never has to act: it is enough that an answer changes the estimate or the cancel.
            leads_on |= moved || (matches!(node.state.stage, Stage::Waiting(_)) && key(&next) != key(&node));
            if !next.state.stage.is_idle() {
                queue.push_back(next);
            }
        }
        assert!(leads_on, "no way on from {:?}", node.state.stage);
    }
    (deepest, stages)
}

fn name(stage: &Stage) -> &'static str {
    match stage {
        Stage::Idle => "idle",
        Stage::Resolving(..) => "resolving",
        Stage::HandedOver(_) => "handed over",
        Stage::SignIn(..) => "sign-in",
        Stage::Patient(_) => "patient",
        Stage::Review(..) => "review",
        Stage::Sending(..) => "sending",
        Stage::Taken(..) => "taken",
        Stage::Refused(..) => "refused",
        Stage::CallToBook(_) => "call to book",
        Stage::Unconfirmed(_) => "unconfirmed",
        Stage::Booked(..) => "booked",
        Stage::Waiting(_) => "waiting",
        Stage::Visits(_) => "visits",
    }
}

fn every_state(source: Source, payment: &Payment) {
    let (deepest, stages) = explore(chosen(source), payment, DEPTH);
    let count: usize = stages.values().sum();
    eprintln!("{source:?}, {payment:?}: {count} states, the last after {deepest} events: {stages:?}");
    assert!(deepest < DEPTH, "there may be more");
    for stage in ["sign-in", "patient", "review", "sending", "taken", "refused", "unconfirmed", "booked"] {
        assert!(stages.contains_key(stage), "{stage} was not reached: {stages:?}");
    }
}

#[test]
fn every_state_of_a_clinicians_time_keeps_the_promises() {
    every_state(Source::Clinician, &Payment::OnArrival);
}

#[test]
fn every_state_of_a_clinics_time_keeps_the_promises() {
    every_state(Source::Department, &Payment::OnArrival);
}

#[test]
fn every_state_of_a_line_paid_by_card_keeps_the_promises() {
    let (deepest, stages) = explore(chosen_line(), &Payment::Card, DEPTH_OF_LINE);
    let count: usize = stages.values().sum();
    eprintln!("a line, by card: {count} states to {deepest} events: {stages:?}");
    for stage in ["sign-in", "patient", "review", "sending", "refused", "unconfirmed", "waiting"] {
        assert!(stages.contains_key(stage), "{stage} was not reached: {stages:?}");
    }
}

#[test]
fn every_state_of_a_searched_time_keeps_the_promises() {
    every_state(Source::SearchedClinician, &Payment::OnArrival);
}
