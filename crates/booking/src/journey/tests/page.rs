//! Simulates one patient's page with two elements, each with its own journey, and one [`Server`]. An element may
//! panic at any command: then the later commands of that step are not carried out, and its journey is never
//! called again. The element's script knows only whether a [`Notice::Submit`] was reported, and no outcome after
//! it.

use std::collections::BTreeMap;

use super::drawn::{Outcomes, has_a_way_out, outcomes};
use super::oracle::Oracle;
use super::random::Rng;
use super::seen::{Seen, owner};
use super::server::{Kept, Press, Server};
use super::walk::Walk;
use super::world;
use crate::api::{Answer, Read, Write};
use crate::errand::command::Command;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::Stage;
use crate::ids::PatientGuid;
use crate::journey::event::Event;
use crate::journey::state::{BriefOutcome, State};
use crate::notice::Notice;
use crate::payment::Payment;
use crate::request::RequestId;
use crate::slot::Source;

/// The outcome that the patient saw after a submit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// None so far. If the element panics now, its script shows `unconfirmed`.
    None,
    Booked,
    Unconfirmed,
    /// The element has shown that nothing is booked.
    NotBooked,
}

/// One element: its journey, and what the page and the script know of it.
pub struct Element {
    /// The number of this journey in the walk.
    number: u32,
    pub walk: Walk,
    pub oracle: Oracle,
    /// The submit that, as far as the script knows, has no outcome yet.
    submitted: Option<Press>,
    /// How many booking requests were sent for `submitted`.
    bookings: usize,
    /// The card field's token, until a request carries it.
    card: Option<u32>,
    /// Whether the element has panicked.
    pub is_stopped: bool,
}

/// The page and its server, with what the checks of the guarantees need to know of both.
pub struct Page {
    pub rng: Rng,
    pub server: Server,
    pub elements: Vec<Element>,
    pub ends: BTreeMap<Press, End>,
    journeys: u32,
    presses: Press,
    cards: u32,
    /// Whether the page has no `getToken`. Then the widget's application uses the current token, if there is one, and
    /// the page gives a token only in answer to `findatime-signin`.
    has_no_get_token: bool,
    /// Print each event.
    is_told: bool,
}

impl Page {
    pub fn new(mut rng: Rng, is_told: bool) -> Self {
        let server = Server::new(&mut rng);
        let has_no_get_token = rng.percent(30);
        let (elements, ends) = (Vec::new(), BTreeMap::new());
        Self { rng, server, elements, ends, journeys: 0, presses: 0, cards: 0, has_no_get_token, is_told }
    }

    pub fn add(&mut self, walk: Walk, oracle: Oracle) {
        self.journeys += 1;
        let number = self.journeys;
        let (submitted, bookings, card, is_stopped) = (None, 0, None, false);
        self.elements.push(Element { number, walk, oracle, submitted, bookings, card, is_stopped });
    }

    /// Loads the page again: its journeys are lost, but the server keeps its visits.
    pub fn reload(&mut self) {
        self.elements.clear();
    }

    /// Chooses the answer to an open request.
    pub fn answer_to(&mut self, place: usize, id: RequestId, command: &Command) -> Event {
        let element = &self.elements[place];
        match command {
            Command::Write { write: Write::SaveSelf(..) | Write::SaveOther(..), .. } => {}
            Command::Write { .. } => {
                return Event::Answered(id, self.server.answer(&mut self.rng, (element.number, id)));
            }
            Command::Read { read: Read::ClinicVisits(filter), .. } if self.rng.percent(85) => {
                let owner = element.oracle.token().map(owner).unwrap_or_default();
                let list = self.server.list(&mut self.rng, &owner, *filter);
                return Event::Answered(id, Answer::ClinicVisits(Ok(list)));
            }
            Command::Read { read: Read::ClinicVisits(_), .. } => return world::fail(id, command),
            Command::AskToken { .. } if self.has_no_get_token => {
                let session = element.walk.state.errand.person.session;
                return Act::Token(id, session.map_or(TokenAnswer::None, TokenAnswer::Held)).into();
            }
            _ => {}
        }
        world::answer(&mut self.rng, id, command, &element.walk, &element.oracle)
    }

    /// Sends one event to one element, which may panic at one of the commands.
    pub fn act(&mut self, place: usize, event: Event, may_panic: bool, seen: &mut Seen) {
        if self.is_told {
            eprintln!("element {}: {event:?}", self.elements[place].number);
        }
        self.server.pass(&mut self.rng);
        let is_sending = self.elements[place].walk.stage() == "sending";
        let panics = may_panic && self.rng.percent(if is_sending { 6 } else { 1 });
        let element = &mut self.elements[place];
        if let Event::Errand(Act::Card(_, true)) = event {
            self.cards += 1;
            element.card = Some(self.cards);
        }
        if panics {
            let before = element.walk.asked.len();
            element.walk.on(event);
            let commands = element.walk.asked.split_off(before);
            let done = self.rng.below(commands.len() + 1);
            if self.is_told {
                eprintln!("a panic at command {done} of {}", commands.len());
            }
            for command in &commands[..done] {
                self.carry_out(place, command);
            }
            self.stop(place, seen);
            return;
        }
        let before = outcomes(&element.walk.state);
        let (persons, is_reset) = (element.walk.state.errand.persons, element.walk.state.is_reset_held);
        let mut elsewhere = element.walk.state.accounts_elsewhere.clone();
        if let Event::PersonElsewhere(account) = &event {
            elsewhere.push(account.clone());
        }
        let is_hidden = owners(&element.walk.state).any(|owner| is_other(owner, &elsewhere));
        let system = element.walk.state.errand.system;
        let commands = element.oracle.watch(&mut element.walk, event.clone(), seen);
        // An element that leaves the page or is configured, now or during an errand that has just ended, may also
        // forget the person, although no other person has signed in. After a sign-in in another element, `is_hidden` says
        // what may disappear.
        let is_met = matches!(event, Event::Answered(_, Answer::Patient(_)));
        let has_forgotten = element.walk.state.errand.persons != persons
            && element.walk.state.errand.system == system
            && elsewhere.is_empty()
            && !matches!(event, Event::Removed | Event::Configure(_));
        let is_someone_else = is_met || has_forgotten;
        let after = outcomes(&element.walk.state);
        for command in &commands {
            self.carry_out(place, command);
        }
        outcomes_stay(&event, &before, &after, &commands, is_reset, is_someone_else, is_hidden);
        let element = &self.elements[place];
        hides_from(&element.walk.state, &elsewhere, seen);
        names_what_is_booked(element, &event, seen);
        if !element.oracle.is_away && self.rng.percent(10) {
            has_a_way_out(&self.elements[place].walk);
        }
    }

    /// Carries out a command as the application does, in the order of the commands.
    fn carry_out(&mut self, place: usize, command: &Command) {
        let element = &mut self.elements[place];
        match command {
            Command::Notify(Notice::Submit { .. }) => {
                assert_eq!(element.submitted, None, "a submit has an end before the next one");
                self.presses += 1;
                (element.submitted, element.bookings) = (Some(self.presses), 0);
                self.ends.insert(self.presses, End::None);
            }
            Command::Notify(Notice::Cancelled(id)) => {
                // The waits in line are answered at random, not by the server.
                let is_booked = |kept: &Kept| kept.id == *id && kept.slot.is_some() && kept.is_booked();
                let is_untrue = self.server.visits.iter().any(is_booked);
                assert!(!is_untrue, "{id:?} is booked, and the patient was told that it is cancelled");
            }
            Command::Notify(notice) => {
                let end = match notice {
                    Notice::Booked(..) | Notice::Joined(_) => End::Booked,
                    Notice::Unconfirmed => End::Unconfirmed,
                    Notice::Conflict(_) | Notice::Failed(_) => End::NotBooked,
                    Notice::Shown { .. }
                    | Notice::Submit { .. }
                    | Notice::Cancelled(_)
                    | Notice::Diagnose(_) => return,
                };
                let press = element.submitted.take().expect("an end follows a submit");
                element.bookings = 0;
                self.ends.insert(press, end);
            }
            Command::Write { id, write } => {
                let card = element.card.take();
                let by_card = match write {
                    Write::BookDepartment(visit) | Write::BookClinician(visit) => {
                        visit.payment == Payment::Card
                    }
                    Write::Join(visit) => visit.payment == Payment::Card,
                    Write::SaveSelf(..) | Write::SaveOther(..) => return,
                    Write::CancelClinicVisit(..) | Write::CancelOnDemand(_) => false,
                };
                assert_eq!(card.is_some(), by_card, "a card token goes into the booking it was asked for");
                if command.is_booking() {
                    assert!(
                        element.submitted.is_some(),
                        "the script knows of a submit before a booking goes out"
                    );
                    element.bookings += 1;
                }
                let (from, press) = ((element.number, *id), element.submitted);
                self.server.send(&mut self.rng, from, press, write, card);
            }
            Command::Cancel(id) => assert!(
                !self.server.is_booking((element.number, *id)),
                "a booking that went out is not cancelled"
            ),
            Command::Read { .. }
            | Command::AskToken { .. }
            | Command::InviteSignIn { .. }
            | Command::AskCard { .. }
            | Command::Later { .. }
            | Command::HandOff(..)
            | Command::HandOver(_)
            | Command::Finder(_)
            | Command::PutInBrief(..) => {}
        }
    }

    /// Stops an element that has panicked.
    fn stop(&mut self, place: usize, seen: &mut Seen) {
        let element = &mut self.elements[place];
        element.is_stopped = true;
        assert!(
            element.bookings == 0 || element.submitted.is_some(),
            "the script shows `unconfirmed` for a booking that went out"
        );
        seen.note("panic");
        if element.bookings > 0 {
            seen.note("panic after a booking went out");
        }
    }

    /// At the end of a walk, checks that no patient was told that nothing is booked although a visit exists (unless it
    /// `may_be_denied`), and that no press has made two open visits.
    pub fn judge(&mut self, seen: &mut Seen) {
        self.server.finish(&mut self.rng);
        for kept in &self.server.visits {
            let end = self.ends[&kept.press];
            assert!(
                end != End::NotBooked || kept.may_be_denied,
                "a visit is booked, and the patient was told that none is"
            );
            seen.note(format!("kept, told {end:?}"));
        }
        let mut presses: Vec<_> =
            self.server.visits.iter().filter(|kept| kept.is_booked()).map(|kept| kept.press).collect();
        presses.sort_unstable();
        assert!(presses.windows(2).all(|pair| pair[0] != pair[1]), "two open visits for one press");
        let is_second = |press: &Press| *press > 1;
        if presses.iter().any(is_second) {
            seen.note("booked by a later press");
        }
    }
}

/// Checks that an outcome disappears only if the patient dismisses it, or as the contract allows: `reset()` and
/// another person's sign-in, in this element or (`is_hidden`) in another one, remove confirmed ones, and a visit that is
/// cancelled or over is no longer kept.
fn outcomes_stay(
    event: &Event,
    before: &Outcomes,
    after: &Outcomes,
    commands: &[Command],
    is_reset: bool,
    is_someone_else: bool,
    is_hidden: bool,
) {
    let is_dismissed = matches!(event, Event::DismissOutcome(_));
    let is_by_patient = is_dismissed || matches!(event, Event::Errand(Act::AfterVisit));
    let is_cancelled =
        commands.iter().any(|command| matches!(command, Command::Notify(Notice::Cancelled(_))));
    let may_go = is_by_patient
        || is_reset
        || is_someone_else
        || is_hidden
        || is_cancelled
        || matches!(event, Event::Reset);
    let gone = before.confirmed.difference(&after.confirmed);
    let lost: Vec<_> = gone.filter(|visit| !before.over.contains(*visit)).collect();
    assert!(may_go || lost.is_empty(), "{event:?} removes {lost:?}");
    assert!(is_dismissed || after.unconfirmed >= before.unconfirmed, "{event:?} removes what is not known");
    for command in commands {
        if let Command::Notify(Notice::Booked(confirmation, _) | Notice::Joined(confirmation)) = command {
            let visit = confirmation.visit.as_str();
            assert!(is_hidden || after.confirmed.contains(visit), "{visit} is reported, but not shown");
        }
        if matches!(command, Command::Notify(Notice::Unconfirmed)) {
            assert!(after.unconfirmed > before.unconfirmed, "what is not known is reported, but not shown");
        }
    }
}

/// The accounts of the outcomes that could be shown in full, and of the person for whom a booking is being sent.
fn owners(state: &State) -> impl Iterator<Item = &PatientGuid> {
    let shown = state.outcomes.iter().filter(|outcome| !outcome.is_of_someone_else);
    let people = shown.map(|outcome| &outcome.people).chain(&state.errand.people);
    let booking = state.errand.person.patient.as_ref().map(|patient| &patient.guid);
    people.filter_map(|people| people.account.as_ref()).chain(booking)
}

fn is_other(owner: &PatientGuid, accounts: &[Option<PatientGuid>]) -> bool {
    accounts.iter().any(|account| account.as_ref() != Some(owner))
}

/// Checks that nothing of an earlier person can be shown in full once somebody else has signed in in another element of the
/// page, except while a booking or a cancel is being sent.
fn hides_from(state: &State, elsewhere: &[Option<PatientGuid>], seen: &mut Seen) {
    if elsewhere.is_empty() || state.errand.is_busy() {
        return;
    }
    assert!(!owners(state).any(|owner| is_other(owner, elsewhere)), "an outcome is hidden from others");
    let confirmed = |outcome: &BriefOutcome| !outcome.is_unconfirmed();
    assert!(state.outcomes.iter().all(|outcome| !outcome.is_of_someone_else || !confirmed(outcome)));
    seen.note(if state.outcomes.is_empty() { "hidden or kept" } else { "hidden or kept, in brief" });
}

/// Checks that the review names the patient's visit at exactly the time under review, if the list contains one.
fn names_what_is_booked(element: &Element, event: &Event, seen: &mut Seen) {
    let Event::Answered(_, Answer::ClinicVisits(Ok(list))) = event else { return };
    let errand = &element.walk.state.errand;
    let Stage::Review(about, _) = &errand.stage else { return };
    let Some(time) = about.time().filter(|time| time.slot().source == Source::Department) else { return };
    if errand.person.details.as_ref().is_none_or(|details| details.actor.is_some()) {
        return;
    }
    let own = errand.person.patient.as_ref().map(|patient| &patient.guid);
    for visit in &list.visits {
        let is_to_come = visit.is_open() && visit.end.at > element.walk.now;
        let is_there = is_to_come && visit.place == *time.place() && visit.start.at == time.at();
        let is_same_zone = time.zone.as_ref() == Some(&visit.zone);
        if is_there && is_same_zone && visit.patient.as_ref() == own {
            assert!(errand.same_day.contains(visit), "a visit at that time is named at the review");
            seen.note("a visit at that time is named");
        }
    }
}
