//! Feeds events, notes what the flow asks for as lines a person can read, and answers it.

use chrono::NaiveDate;

pub use super::scenes::*;
use super::script::line;
use crate::api::Answer;
use crate::fixtures::*;
use crate::flow::command::{Command, RequestId};
use crate::flow::event::{Event, TokenAnswer};
use crate::flow::state::{Ctx, SendingPhase, Settings, Stage, State};
use crate::flow::step;
use crate::outcome::{Outcome, Refusal};
use crate::patient::Patient;
use crate::schedule::Time;
use crate::slot::{Slot, Source};

/// The id of a command that is answered.
pub fn request(command: &Command) -> Option<RequestId> {
    match command {
        Command::Read { id, .. }
        | Command::Write { id, .. }
        | Command::AskToken { id }
        | Command::InviteSignIn { id }
        | Command::AskCard { id }
        | Command::Later { id, .. } => Some(*id),
        Command::Cancel(_) | Command::HandOff(..) | Command::HandOver(_) | Command::Tell(_) => None,
    }
}

/// What is given back to a request.
pub enum Reply {
    Answer(Answer),
    Token(TokenAnswer),
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}

impl From<TokenAnswer> for Reply {
    fn from(answer: TokenAnswer) -> Self {
        Self::Token(answer)
    }
}

impl From<Outcome> for Reply {
    fn from(outcome: Outcome) -> Self {
        Self::Answer(Answer::Booking(outcome))
    }
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        Outcome::Refused(refusal).into()
    }
}

impl From<Patient> for Reply {
    fn from(patient: Patient) -> Self {
        Self::Answer(Answer::Patient(Ok(Box::new(patient))))
    }
}

pub struct Walk {
    pub state: State,
    pub settings: Settings,
    pub now: i64,
    pub today: NaiveDate,
    /// Asked and neither answered nor cancelled.
    pub open: Vec<(RequestId, String)>,
    /// Everything asked for so far.
    pub asked: Vec<Command>,
}

impl Walk {
    /// Stands before `Start`.
    pub fn new(settings: Settings) -> Self {
        let (open, asked) = (Vec::new(), Vec::new());
        Self { state: State::default(), settings, now: now(), today: today(), open, asked }
    }

    /// Something happens; what the flow then asks for, a line each.
    pub fn on(&mut self, event: Event) -> Vec<String> {
        let state = std::mem::take(&mut self.state);
        let ctx = Ctx { now: self.now, today: self.today, zones: &UsZones, settings: &self.settings };
        let (state, commands) = step(state, event, &ctx);
        self.state = state;
        let lines = commands.iter().map(|command| line(command, &self.open)).collect::<Vec<_>>();
        for (command, line) in commands.iter().zip(&lines) {
            match command {
                Command::Cancel(id) => self.open.retain(|(open, _)| open != id),
                other => self.open.extend(request(other).map(|id| (id, line.clone()))),
            }
        }
        self.asked.extend(commands);
        lines
    }

    /// The same, from here on.
    pub fn again(&self) -> Self {
        let Self { state, settings, now, today, open, .. } = self;
        let (state, settings, open) = (state.clone(), settings.clone(), open.clone());
        Self { state, settings, now: *now, today: *today, open, asked: Vec::new() }
    }

    pub fn start(&mut self) -> Vec<String> {
        self.on(Event::Start)
    }

    /// Answers the one open request whose line begins so.
    pub fn answer(&mut self, beginning: &str, reply: impl Into<Reply>) -> Vec<String> {
        let id = self.id(beginning);
        let place = self.open.iter().position(|(open, _)| *open == id).unwrap();
        let (_, asked) = self.open.remove(place);
        self.on(match reply.into() {
            Reply::Answer(Answer::Slots(Ok(mut found))) => {
                // A slot's source is the list that was asked for.
                let is_clinics = asked.starts_with("read times N");
                let source = if is_clinics { Source::Department } else { Source::Clinician };
                found.slots = from(source, found.slots);
                Event::Answered(id, Answer::Slots(Ok(found)))
            }
            Reply::Answer(answer) => Event::Answered(id, answer),
            Reply::Token(answer) => Event::Token(id, answer),
        })
    }

    /// The one open request whose line begins so.
    pub fn id(&self, beginning: &str) -> RequestId {
        let fits: Vec<_> = self.open.iter().filter(|(_, line)| line.starts_with(beginning)).collect();
        assert_eq!(fits.len(), 1, "one open request begins with {beginning:?}, of {:?}", self.open);
        fits[0].0
    }

    /// Answers a read of times.
    pub fn times(&mut self, beginning: &str, slots: Vec<Slot>) -> Vec<String> {
        self.answer(beginning, Answer::Slots(Ok(crate::fixtures::slots(PACIFIC, slots))))
    }

    pub fn open_lines(&self) -> Vec<&str> {
        self.open.iter().map(|(_, line)| line.as_str()).collect()
    }

    pub fn held(&self) -> Vec<Time> {
        self.state.board.times(&UsZones)
    }

    /// The ids of the slots held, in order of time.
    pub fn ids(&self) -> Vec<String> {
        self.held().iter().flat_map(|time| &time.slots).map(|slot| slot.id.as_str().into()).collect()
    }

    /// Chooses the time whose first slot has this id.
    pub fn choose(&mut self, id: &str) -> Vec<String> {
        let time = self.held().into_iter().find(|time| time.slot().id.as_str() == id);
        self.on(Event::Choose(Box::new(time.unwrap_or_else(|| panic!("{id} is held")))))
    }

    pub fn stage(&self) -> &'static str {
        self.state.stage.name()
    }

    /// How far the sending is.
    pub fn phase(&self) -> Option<SendingPhase> {
        match self.state.stage {
            Stage::Sending(_, phase, _) => Some(phase),
            _ => None,
        }
    }

    /// How many bookings were sent so far.
    pub fn bookings(&self) -> usize {
        self.asked.iter().filter(|command| command.is_booking()).count()
    }
}

/// What a step asks for, compared as lines.
#[track_caller]
pub fn asks(asked: &[String], expected: &[&str]) {
    assert_eq!(asked, expected);
}
