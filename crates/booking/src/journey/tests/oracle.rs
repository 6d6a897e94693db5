//! Checks the journey's guarantees during a walk, mostly from outside: by the commands and notices of the journey, and
//! the answers that the journey gets. [`super::at_rest`] checks that nothing is stuck.

mod cancels;
mod sent;

use std::collections::BTreeSet;

use self::sent::{Look, Sent, Since};
use super::at_rest;
use super::seen::{Seen, owner};
use super::walk::{Walk, request};
use crate::api::{Answer, Write};
use crate::errand::command::Command;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::purpose::Purpose;
use crate::errand::state::{Errand, OnDemandCancelProgress, Stage};
use crate::ids::{PatientGuid, SlotId, VisitId};
use crate::journey::event::Event;
use crate::notice::Notice;
use crate::on_demand::{Pool, Qualifier};
use crate::outcome::{ApiError, Outcome, Refusal};
use crate::patient::Demographics;
use crate::payment::Coupon;
use crate::request::RequestId;
use crate::slot::Source;
use crate::visits::ClinicVisitList;

#[derive(Default)]
pub struct Oracle {
    /// Commands that are neither answered nor cancelled.
    pub open: Vec<(RequestId, Command)>,
    /// The current token, by its number.
    token: Option<u32>,
    /// The person with whose token the details were entered.
    details_of: Option<String>,
    /// Whether the patient has changed an entry since the details were completed.
    is_edited: bool,
    /// Whether there is a submit that has no outcome yet.
    sending: bool,
    /// Whether the last outcome is unknown or confirmed. Then no booking may be sent until an event for which
    /// [`begins_anew`] is true.
    closed: bool,
    /// The bookings since the submit.
    sent: Vec<Sent>,
    /// The list that was read at the review.
    listed: Option<ClinicVisitList>,
    /// What the patient's list, if it was read after the last booking, says about that booking.
    look: Option<Look>,
    since: Since,
    /// Whether the system refused the last token, and the journey has asked for another one.
    pub refused: bool,
    /// The slot ids in the last answer to the read that gets a fresh slot id.
    matched: Vec<SlotId>,
    /// The accounts whose own record the journey has read or made.
    recorded: BTreeSet<String>,
    /// The dependant's record that was made last: the person whose token made it, what was written, and its id.
    dependant: Option<(String, Demographics, PatientGuid)>,
    /// The person who accepted the terms.
    terms_of: Option<String>,
    /// The answer to the question for whom the visit is, when the patient last joined a line; `None` = it was not asked
    /// there.
    for_whom: Option<Qualifier>,
    /// The coupon that was good at its last check.
    good_coupon: Option<String>,
    /// Whether the card field has returned a token that no booking has used yet.
    card: bool,
    /// The visits of the cancels that were sent, each with whether the cancel got a definite answer.
    cancels: Vec<(VisitId, bool)>,
    /// The last request before the system refused a cancel of an on-demand visit. Until a later read of the visit's
    /// status is answered, the visit may be cancelled all the same.
    refused_leave: Option<RequestId>,
    /// Whether, in line, an answer has made the journey ask for a token since the timer passed. A second one would
    /// begin a loop without a pause, if the page gives a fresh token for each call and the system refuses all of them.
    has_renewed: bool,
    /// The visits that, as the system has said, are cancelled.
    cancelled: BTreeSet<String>,
    /// Whether the host page handles the sign-in itself.
    pub host_signs_in: bool,
    /// Whether the element has left the page.
    pub is_away: bool,
}

impl Oracle {
    /// The oracle for a walk in which nobody has signed in yet.
    pub fn on_screen(walk: &Walk) -> Self {
        let is_open = |command: &&Command| {
            request(command).is_some_and(|asked| walk.open.iter().any(|(open, _)| *open == asked))
        };
        let open = walk.asked.iter().filter(is_open).filter_map(|open| Some((request(open)?, open.clone())));
        Self { open: open.collect(), ..Self::default() }
    }

    /// The oracle for a walk in which Marta, with token 1, has entered her details.
    pub fn at_review(walk: &Walk) -> Self {
        let recorded = BTreeSet::from([owner(1)]);
        // On the way to the review the journey has read the patient's list of visits.
        let listed = walk.state.errand.listed.clone();
        let for_whom = said_for_whom(walk);
        Self {
            token: Some(1),
            details_of: Some(owner(1)),
            recorded,
            listed,
            for_whom,
            ..Self::on_screen(walk)
        }
    }

    pub fn token(&self) -> Option<u32> {
        self.token
    }

    fn settle(&mut self, id: RequestId) -> Option<Command> {
        let place = self.open.iter().position(|(open, _)| *open == id)?;
        Some(self.open.remove(place).1)
    }

    /// Sends one event to the journey and checks the commands; returns them.
    pub fn watch(&mut self, walk: &mut Walk, event: Event, seen: &mut Seen) -> Vec<Command> {
        self.before(walk, &event);
        let begins_anew = begins_anew(walk, &event)
            || walk.state.is_reset_held
            || !walk.state.accounts_elsewhere.is_empty();
        let asked = walk.asked.len();
        let (was_sending, persons) = (self.sending, walk.state.errand.persons);
        let system = walk.state.errand.system;
        let is_answer = matches!(event, Event::Answered(..));
        let checks = cancels::expect(walk, &event);
        walk.on(event);
        cancels::judge(walk, checks, seen);
        let commands = walk.asked.split_off(asked);
        self.has_renewed &= matches!(walk.state.errand.stage, Stage::Waiting(_));
        for command in &commands {
            self.command(command, walk, seen);
            if is_answer
                && matches!(
                    (command, &walk.state.errand.stage),
                    (Command::AskToken { .. }, Stage::Waiting(_))
                )
            {
                assert!(!std::mem::replace(&mut self.has_renewed, true), "one renewal for each pause");
                seen.note("renewed in line");
            }
            match command {
                Command::Cancel(id) => assert!(self.settle(*id).is_some(), "only what is open is cancelled"),
                other => self.open.extend(request(other).map(|id| (id, other.clone()))),
            }
        }
        if begins_anew && matches!(walk.stage(), "queue" | "times" | "loading" | "unavailable") {
            self.closed = false;
        }
        let is_other_system = walk.state.errand.stage.is_idle() && walk.state.errand.system != system;
        assert!(
            !is_other_system || walk.state.errand.persons != persons,
            "what was typed for one environment is forgotten in another"
        );
        if walk.state.errand.persons != persons {
            (self.dependant, self.terms_of, self.listed) = (None, None, None);
        }
        let stage = &walk.state.errand.stage;
        if !matches!(stage, Stage::SignIn(..) | Stage::Patient(_) | Stage::Review(..) | Stage::Sending(..)) {
            self.listed = None;
        }
        self.after(walk, was_sending, seen);
        commands
    }

    fn before(&mut self, walk: &Walk, event: &Event) {
        match event {
            Event::Errand(Act::Give(_)) if walk.stage() == "patient" => {
                self.details_of = self.token.map(owner);
                self.is_edited = false;
            }
            Event::Errand(Act::Edit) if walk.stage() == "patient" => self.is_edited = true,
            Event::Errand(Act::AcceptTerms(accepted)) if walk.stage() == "review" => {
                // The terms are accepted by the person whose details are on screen, even if it is not known yet to whom
                // the current token belongs.
                self.terms_of = if *accepted { self.details_of.clone() } else { None };
            }
            Event::Join(..) if walk.stage() == "queue" => self.for_whom = said_for_whom(walk),
            Event::Errand(Act::SignIn | Act::SignedIn) => self.host_signs_in = false,
            Event::Errand(Act::SignInTaken) => self.host_signs_in = true,
            Event::Errand(Act::Card(id, given)) => self.card |= self.settle(*id).is_some() && *given,
            Event::Ticked(id) => {
                let is_errands = walk.state.errand.awaits(*id);
                self.has_renewed &= self.settle(*id).is_none() || !is_errands;
            }
            Event::Removed => (self.is_away, self.has_renewed) = (true, false),
            Event::Configure(_) => self.is_away = false,
            Event::Errand(Act::Token(id, answer)) => {
                if let (Some(_), TokenAnswer::Held(token)) = (self.settle(*id), answer) {
                    self.since.fresh_token |= self.token != Some(*token);
                    self.token = Some(*token);
                    self.refused = false;
                }
            }
            Event::Answered(id, answer) => {
                let Some(asked) = self.settle(*id) else { return };
                let awaited = walk.state.errand.awaited.iter().find(|(awaited, _)| awaited == id);
                self.answered(&asked, answer, awaited.map(|(_, purpose)| purpose));
                self.leave_answered(*id, &asked, answer, RequestId(walk.state.ids.last()));
            }
            _ => {}
        }
    }

    fn answered(&mut self, asked: &Command, answer: &Answer, purpose: Option<&Purpose>) {
        let whose = self.token.map(owner).unwrap_or_default();
        let signed_out = ApiError::SignedOut;
        self.cancelled.extend(cancels::cancelled(asked, answer));
        match (answer, asked) {
            (Answer::Patient(Err(error)) | Answer::Saved(Err(error)), _) if *error == signed_out => {
                self.refused = true;
            }
            (Answer::SavedOther(Err(error)), _) if *error == signed_out => self.refused = true,
            (Answer::VisitWait(Err(error)) | Answer::VisitStatus(Err(error)), _) if *error == signed_out => {
                self.refused = true;
            }
            (Answer::Patient(Ok(patient)), _) if !patient.links.is_empty() => {
                self.recorded.insert(whose);
            }
            (Answer::Saved(Ok(_)), _) => {
                self.recorded.insert(whose);
                self.since.record_made = true;
            }
            (Answer::SavedOther(Ok(guid)), Command::Write { write: Write::SaveOther(who, _), .. }) => {
                self.dependant = Some((whose, (**who).clone(), guid.clone()));
                self.since.record_made = true;
            }
            (Answer::Slots(Ok(slots)), _) if purpose == Some(&Purpose::Match) => {
                self.matched = slots.slots.iter().filter_map(|slot| slot.id.clone()).collect();
            }
            (Answer::Coupon(answer), Command::Read { read: crate::api::Read::Coupon(code), .. }) => {
                let is_good = matches!(answer, Ok(Coupon::Active(_)));
                self.good_coupon = is_good.then(|| code.clone());
            }
            (Answer::Cancelled(answer), Command::Write { write, .. }) => {
                let visit = cancelled_visit(write).expect("a cancel was sent");
                let definite = !matches!(answer, Err(ApiError::Network | ApiError::Server));
                let known = self.cancels.iter_mut().rfind(|(known, _)| known == visit);
                known.expect("it was sent").1 = definite;
            }
            (Answer::ClinicVisits(Ok(list)), _) if purpose == Some(&Purpose::ListBefore) => {
                self.listed = Some(list.clone());
            }
            (Answer::ClinicVisits(answer), _) if self.sending => {
                self.look = Some(answer.as_ref().map_or(Look::Unread, |list| self.judge(list)));
            }
            (Answer::Booking(outcome), _) => {
                self.refused |= *outcome == Outcome::Refused(Refusal::SignedOut);
                self.closed |= matches!(outcome, Outcome::Booked(_) | Outcome::Unknown);
                self.sent.last_mut().expect("a booking was sent").outcome = Some(outcome.clone());
            }
            _ => {}
        }
    }

    fn command(&mut self, command: &Command, walk: &Walk, seen: &mut Seen) {
        match command {
            Command::Write { write: Write::BookClinician(visit) | Write::BookDepartment(visit), .. } => {
                self.book(visit, walk, seen);
            }
            Command::Write { write: Write::Join(visit), .. } => self.join(visit, walk, seen),
            Command::Write {
                write: write @ (Write::CancelClinicVisit(..) | Write::CancelOnDemand(_)),
                ..
            } => {
                let visit = cancelled_visit(write).expect("it is a cancel");
                let unanswered = self.cancels.iter().any(|(known, definite)| known == visit && !definite);
                assert!(!unanswered, "a cancel without an answer is not sent again");
                self.cancels.push((visit.clone(), false));
                self.cancelled.remove(visit.as_str());
                seen.note(if matches!(write, Write::CancelOnDemand(_)) { "leave" } else { "cancel" });
            }
            Command::Write { write: Write::SaveOther(..), .. } => {
                let whose = self.token.map(owner).unwrap_or_default();
                assert!(self.recorded.contains(&whose), "the account holder's own record comes first");
                seen.note("dependant");
            }
            Command::Notify(Notice::Submit { .. }) => {
                assert!(!self.sending, "the submit before has had its outcome");
                assert!(!self.closed, "nothing is submitted after an unknown or confirmed outcome");
                self.sending = true;
                (self.card, self.look) = (false, None);
                self.sent.clear();
                self.since = Since::default();
                seen.note("submit");
            }
            Command::Notify(Notice::Cancelled(visit)) => {
                assert!(self.cancelled.contains(visit.as_str()), "the system has said that it is cancelled");
                seen.note("cancelled");
            }
            Command::Notify(notice) => self.told(notice, seen),
            Command::HandOff(..) => seen.note("hand off"),
            Command::InviteSignIn { .. } => seen.note("invite"),
            _ => {}
        }
    }

    fn told(&mut self, notice: &Notice, seen: &mut Seen) {
        let last = self.sent.last().and_then(|sent| sent.outcome.as_ref());
        let named = match notice {
            Notice::Booked(..) => {
                let is_found = self.is_in_doubt() && self.look == Some(Look::IsListed);
                assert!(matches!(last, Some(Outcome::Booked(_))) || is_found);
                match last {
                    Some(Outcome::Refused(why)) => format!("found after {why:?}"),
                    Some(Outcome::Unknown) => "found among the visits".into(),
                    _ => "booked".into(),
                }
            }
            Notice::Joined(_) => {
                assert!(matches!(last, Some(Outcome::Booked(_))));
                "joined".into()
            }
            Notice::Unconfirmed => {
                match last {
                    Some(Outcome::Unknown) => assert_ne!(self.look, Some(Look::IsListed)),
                    Some(Outcome::Refused(why)) if why.is_conflict() => {
                        assert!(
                            self.is_in_doubt() && matches!(self.look, Some(Look::Unclear | Look::Unread))
                        );
                    }
                    _ => assert!(self.is_in_doubt() && self.look == Some(Look::Unclear)),
                }
                match last {
                    Some(Outcome::Refused(why)) => format!("unconfirmed after {why:?}"),
                    _ => "unconfirmed".into(),
                }
            }
            Notice::Conflict(refusal) => {
                let is_of_booking = last == Some(&Outcome::Refused(*refusal));
                assert!(!is_of_booking || self.is_not_booked(), "a clinic's refusal is checked");
                format!("conflict {refusal:?}")
            }
            Notice::Failed(failure) => {
                let is_of_booking = matches!(last, Some(Outcome::Refused(Refusal::Busy | Refusal::Rejected)));
                assert!(!is_of_booking || self.is_not_booked(), "a clinic's refusal is checked");
                format!("failed {failure:?}")
            }
            _ => return,
        };
        assert!(self.sending, "one outcome for each submit");
        self.sending = false;
        // The patient's list can also show the outcome: after that, nothing may be sent either.
        self.closed |= matches!(notice, Notice::Booked(..) | Notice::Unconfirmed);
        seen.note(named);
    }

    fn after(&self, walk: &Walk, was_sending: bool, seen: &mut Seen) {
        let waiting: BTreeSet<u32> = {
            let finder = walk.state.finder.awaited.iter().map(|(id, _)| id.0);
            finder.chain(walk.state.errand.awaited.iter().map(|(id, _)| id.0)).collect()
        };
        assert_eq!(
            waiting,
            self.open.iter().map(|(id, _)| id.0).collect(),
            "what is awaited is what was asked"
        );
        assert_eq!(
            matches!(walk.state.errand.stage, Stage::Sending(..)),
            self.sending,
            "sending until there is an outcome"
        );
        let is_told = matches!(walk.state.errand.stage, Stage::Waiting(_) | Stage::Idle);
        if was_sending && !self.sending && !is_told {
            let about =
                walk.state.errand.stage.time().is_some() || walk.state.errand.stage.errand().is_some();
            assert!(about, "an outcome is about a time or a line");
        }
        // While the element is away, nothing is read; when it is back, the reads are sent again.
        if !self.is_away {
            at_rest::nothing_is_stuck(walk, self);
        }
        seen.note(format!("at {}", walk.stage()));
        match &walk.state.errand.stage {
            Stage::Resolving(..) => seen.note("at resolving"),
            Stage::Review(errand, _) => {
                assert!(!self.is_edited, "the review shows what the form said before the last change");
                named_at_review(walk, errand, seen);
            }
            Stage::Waiting(waiting) => {
                let has_failed = matches!(waiting.cancel_progress, OnDemandCancelProgress::Failed(_));
                assert!(!(has_failed && self.refused_leave.is_some()), "the visit may be cancelled");
                seen.note("at waiting");
            }
            Stage::Sending(_, phase, _) => seen.note(format!("sending {phase:?}")),
            _ => {}
        }
    }
}

/// Checks each visit that the review names: the visit is open, at the clinic of the time under review, and so close to
/// that time that both can be on the same day.
fn named_at_review(walk: &Walk, errand: &Errand, seen: &mut Seen) {
    for visit in &walk.state.errand.same_day {
        let time = errand.time().expect("only beside a time");
        assert!(time.slot().source == Source::Department && visit.place == *time.place() && visit.is_open());
        // If the time's zone is not known, its day is that of the offset which the system wrote.
        let hours = if time.zone.as_ref() == Some(&visit.zone) { 25 } else { 48 };
        assert!(visit.start.at.abs_diff(time.at()) < hours * 3600, "a day has 25 hours at the most");
        seen.note("named at the review");
    }
}

/// The answer on screen to the question for whom the visit is; `None` where no clinicians in the region see only
/// children, and the question is not asked.
fn said_for_whom(walk: &Walk) -> Option<Qualifier> {
    let queue = &walk.state.finder.queue;
    let sees_children =
        |pool: &Pool| pool.for_children && !pool.for_adults && Some(&pool.region) == queue.region.as_ref();
    queue.pools.iter().flatten().any(sees_children).then_some(queue.qualifier)
}

/// Whether a new booking may begin after this event, in spite of an earlier outcome: the page configures the widget or
/// starts over, somebody signs in elsewhere on the page, the patient closes a visit in line, or the patient goes from an
/// outcome, or from "My visits", to the times.
fn begins_anew(walk: &Walk, event: &Event) -> bool {
    let stage = &walk.state.errand.stage;
    match event {
        Event::Configure(_) | Event::Reset => !stage.is_sending(),
        Event::PersonElsewhere(_) | Event::CloseOutcome | Event::Errand(Act::AfterVisit) => true,
        Event::Errand(Act::Back | Act::ChangeTime) => {
            let is_visits = matches!(stage.errand(), Some(Errand::Visits));
            is_visits || matches!(stage, Stage::Visits(_))
        }
        _ => false,
    }
}

fn cancelled_visit(write: &Write) -> Option<&VisitId> {
    match write {
        Write::CancelClinicVisit(visit, _) => Some(visit),
        Write::CancelOnDemand(leave) => Some(&leave.visit),
        _ => None,
    }
}
