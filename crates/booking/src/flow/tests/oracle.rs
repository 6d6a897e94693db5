//! Watches a walk from outside, by what was asked, answered and told alone, and holds the flow to its promises.

use std::collections::BTreeSet;

use super::walk::Walk;
use crate::flow::command::{Command, Notice, Read, RequestId, Visit, Write};
use crate::flow::event::{Answer, Event, TokenAnswer};
use crate::flow::outcome::{Outcome, Refusal};
use crate::flow::state::{Purpose, SignInPhase, Stage};
use crate::ids::SlotId;

/// Whose a token is: Marta's, Ruth's, or of an account without a record, each such token another account's.
pub fn owner(token: u32) -> String {
    match token % 3 {
        1 => "p-marta".into(),
        2 => "p-ruth".into(),
        _ => format!("p-fresh{token}"),
    }
}

/// What was seen of all walks, so that a promise is not kept only for want of a test.
#[derive(Default)]
pub struct Seen(pub std::collections::BTreeMap<String, usize>);

impl Seen {
    pub fn note(&mut self, what: impl Into<String>) {
        *self.0.entry(what.into()).or_default() += 1;
    }
}

/// What happened since the submit, or since the last booking.
#[derive(Default)]
struct Since {
    /// A token was refused and another one given.
    fresh_token: bool,
    /// The record was made.
    record_made: bool,
}

#[derive(Default)]
pub struct Oracle {
    /// Asked and neither answered nor cancelled.
    pub open: Vec<(RequestId, Command)>,
    /// The token in force.
    token: Option<u32>,
    /// Under whose token the details were given.
    details_of: Option<String>,
    /// A submit has not had its outcome yet.
    sending: bool,
    /// Unknown or booked: until the patient begins anew, nothing may be sent.
    closed: bool,
    /// Bookings since the submit, each with what came back.
    sent: Vec<(Visit, Option<Outcome>)>,
    since: Since,
    /// What the last answer for the time about to be booked held.
    matched: Vec<SlotId>,
}

impl Oracle {
    /// Of a walk in which Marta, with token 1, has given her details.
    pub fn at_review() -> Self {
        Self { token: Some(1), details_of: Some(owner(1)), ..Self::default() }
    }

    pub fn token(&self) -> Option<u32> {
        self.token
    }

    fn settle(&mut self, id: RequestId) -> Option<Command> {
        let place = self.open.iter().position(|(open, _)| *open == id)?;
        Some(self.open.remove(place).1)
    }

    /// Sends one event through the flow and checks what comes of it.
    pub fn watch(&mut self, walk: &mut Walk, event: Event, seen: &mut Seen) {
        let was_sending = self.sending;
        self.before(walk, &event);
        let asked = walk.asked.len();
        walk.on(event);
        for command in walk.asked.split_off(asked) {
            self.command(&command, seen);
            match command {
                Command::Read { id, .. } | Command::Write { id, .. } | Command::AskToken { id, .. } => {
                    self.open.push((id, command));
                }
                Command::Cancel(id) => assert!(self.settle(id).is_some(), "only what is open is cancelled"),
                _ => {}
            }
        }
        self.after(walk, was_sending, seen);
    }

    fn before(&mut self, walk: &Walk, event: &Event) {
        match event {
            Event::Start | Event::Reset if !self.sending => self.closed = false,
            Event::Give(_) if walk.stage() == "patient" => self.details_of = self.token.map(owner),
            Event::Token(id, answer) => {
                let asked = self.settle(*id);
                if let (Some(Command::AskToken { refused, .. }), TokenAnswer::Held(token)) = (asked, answer) {
                    self.since.fresh_token |= refused && self.token != Some(*token);
                    self.token = Some(*token);
                }
            }
            Event::Answered(id, answer) => {
                let asked = self.settle(*id);
                match answer {
                    _ if asked.is_none() => {}
                    Answer::Saved(Ok(_)) => self.since.record_made = true,
                    Answer::Slots(Ok(slots)) if walk.state.pending.contains(&(*id, Purpose::Match)) => {
                        self.matched = slots.slots.iter().map(|slot| slot.id.clone()).collect();
                    }
                    Answer::Booking(outcome) => {
                        self.closed |= matches!(outcome, Outcome::Booked(_) | Outcome::Unknown);
                        self.sent.last_mut().expect("a booking was sent").1 = Some(outcome.clone());
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn command(&mut self, command: &Command, seen: &mut Seen) {
        match command {
            Command::Write { write: Write::BookClinician(visit) | Write::BookDepartment(visit), .. } => {
                self.booking(visit, seen);
            }
            Command::Tell(Notice::Submit { .. }) => {
                assert!(!self.sending, "the submit before has had its outcome");
                assert!(!self.closed, "nothing is submitted after an unknown or confirmed outcome");
                self.sending = true;
                self.sent.clear();
                self.since = Since::default();
                seen.note("submit");
            }
            Command::Tell(
                Notice::Booked(..) | Notice::Conflict(_) | Notice::Unconfirmed | Notice::Failed(_),
            ) => {
                assert!(self.sending, "one outcome for each submit");
                self.sending = false;
                let last = self.sent.last().and_then(|(_, outcome)| outcome.as_ref());
                let named = match command {
                    Command::Tell(Notice::Booked(..)) => {
                        assert!(matches!(last, Some(Outcome::Booked(_))));
                        "booked".into()
                    }
                    Command::Tell(Notice::Unconfirmed) => {
                        assert!(matches!(last, Some(Outcome::Unknown)));
                        "unconfirmed".into()
                    }
                    Command::Tell(Notice::Conflict(refusal)) => format!("conflict {refusal:?}"),
                    Command::Tell(Notice::Failed(failure)) => format!("failed {failure:?}"),
                    _ => unreachable!(),
                };
                seen.note(named);
            }
            _ => {}
        }
    }

    /// A booking goes out: may it?
    fn booking(&mut self, visit: &Visit, seen: &mut Seen) {
        assert!(self.sending && !self.closed, "a booking is sent for a submit, and never after a last word");
        assert!(self.sent.len() < 4, "four at the most");
        if let Some((before, outcome)) = self.sent.last() {
            let Some(Outcome::Refused(why)) = outcome else { panic!("sent again after {outcome:?}") };
            let times = |cause: fn(&Refusal) -> bool| {
                let causes = self.sent.iter().filter_map(|(_, outcome)| outcome.as_ref());
                causes
                    .filter(|outcome| matches!(outcome, Outcome::Refused(refusal) if cause(refusal)))
                    .count()
            };
            let once = match why {
                Refusal::SignedOut => {
                    assert!(self.since.fresh_token, "with another token");
                    times(|refusal| *refusal == Refusal::SignedOut)
                }
                Refusal::NoLinks | Refusal::PatientNotFound => {
                    assert!(self.since.record_made, "with a record");
                    times(|refusal| matches!(refusal, Refusal::NoLinks | Refusal::PatientNotFound))
                }
                Refusal::SlotTaken => {
                    let (gone, now) = (&before.slot, &visit.slot);
                    assert!(gone.id != now.id && gone.at.at == now.at.at && gone.place == now.place);
                    assert!(gone.visit_type == now.visit_type, "an equal one");
                    times(|refusal| *refusal == Refusal::SlotTaken)
                }
                other => panic!("sent again after {other:?}"),
            };
            assert_eq!(once, 1, "{why:?} is answered once");
            seen.note(format!("again after {why:?}"));
        }
        let token = self.token.map(owner).expect("a token is held");
        assert!(
            visit.patient.as_str().starts_with(&token),
            "{:?} is booked with the token of {token}",
            visit.patient
        );
        assert_eq!(self.details_of.as_ref(), Some(&token), "the details are of the token's owner");
        assert!(self.matched.contains(&visit.slot.id), "the id was read afresh");
        self.since = Since::default();
        self.sent.push((visit.clone(), None));
        seen.note(format!("booking {}", self.sent.len()));
    }

    fn after(&self, walk: &Walk, was_sending: bool, seen: &mut Seen) {
        let waiting: BTreeSet<u32> = walk.state.pending.iter().map(|(id, _)| id.0).collect();
        assert_eq!(
            waiting,
            self.open.iter().map(|(id, _)| id.0).collect(),
            "what is awaited is what was asked"
        );
        let open =
            |which: fn(&Command) -> bool| self.open.iter().filter(|(_, command)| which(command)).count();
        let token = open(|command| matches!(command, Command::AskToken { .. }));
        let patient = open(|command| matches!(command, Command::Read { read: Read::Patient, .. }));
        let writes = open(|command| matches!(command, Command::Write { .. }));
        assert_eq!(
            matches!(walk.state.stage, Stage::Sending(..)),
            self.sending,
            "sending until there is an outcome"
        );
        match &walk.state.stage {
            Stage::Loading => {
                let directory = open(|command| {
                    matches!(command, Command::Read { read: Read::Department(_) | Read::Clinician(_), .. })
                });
                assert!(open(reads_times) + directory > 0 || walk.state.last_id == 0, "stuck");
            }
            Stage::SignIn(_, phase) => {
                let expected = match phase {
                    SignInPhase::Asking => (1, 0),
                    SignInPhase::Reading => (0, 1),
                    _ => (0, 0),
                };
                assert_eq!((token, patient, writes), (expected.0, expected.1, 0), "{phase:?}");
            }
            Stage::Sending(_, phase, _) => {
                let matching = open(reads_times);
                assert!(token + patient + writes <= 1, "one thing at a time: {phase:?}");
                assert!(token + patient + writes + matching >= 1, "stuck at {phase:?}");
            }
            _ => assert_eq!((token, patient, writes), (0, 0, 0), "{}", walk.stage()),
        }
        if was_sending && !self.sending {
            assert!(walk.state.stage.time().is_some(), "an outcome is about a time");
        }
        seen.note(format!("at {}", walk.stage()));
    }
}

fn reads_times(command: &Command) -> bool {
    matches!(command, Command::Read { read: Read::DepartmentSlots(..) | Read::ClinicianSlots(..), .. })
}
