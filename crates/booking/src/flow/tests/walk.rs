//! Feeds events, notes what the flow asks for as lines a person can read, and answers it.

use chrono::NaiveDate;

use super::script::line;
use crate::fixtures::*;
use crate::flow::command::{Command, RequestId};
use crate::flow::event::{Answer, Event, TokenAnswer};
use crate::flow::outcome::{Outcome, Refusal};
use crate::flow::state::{Ctx, Route, SendingPhase, Settings, Stage, State, Target};
use crate::flow::step;
use crate::patient::{Details, Patient};
use crate::schedule::Time;
use crate::slot::Slot;

/// Dr. Whitfield's page, with or without a preset visit type.
pub fn with_dana(visit_types: &[&str]) -> Settings {
    settings(Target::Clinicians { npis: vec![npi(DANA)], departments: Vec::new() }, visit_types)
}

/// A page of these clinics.
pub fn at(clinics: &[&str], visit_types: &[&str]) -> Settings {
    settings(Target::Departments(clinics.iter().map(|name| url(name)).collect()), visit_types)
}

pub fn settings(target: Target, visit_types: &[&str]) -> Settings {
    let visit_types = visit_types.iter().map(|name| visit_type(name)).collect();
    Settings { target, visit_types, days: 10, max_days: 90, route: Route::Inline }
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
                Command::Read { id, .. } | Command::Write { id, .. } | Command::AskToken { id, .. } => {
                    self.open.push((*id, line.clone()));
                }
                Command::Cancel(id) => self.open.retain(|(open, _)| open != id),
                Command::HandOff(..) | Command::HandOver(_) | Command::Tell(_) => {}
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
        self.open.retain(|(open, _)| *open != id);
        self.on(match reply.into() {
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
        self.state.board.times(&self.settings, &UsZones)
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

/// Tuesday and Wednesday with Dr. Whitfield at Ballard.
pub fn two_days() -> Vec<Slot> {
    vec![
        slot("tue-9", DANA, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("tue-10", DANA, ballard(), "2026-12-08T10:00:00-08:00"),
        slot("wed-9", DANA, ballard(), "2026-12-09T09:00:00-08:00"),
    ]
}

/// Dr. Whitfield's times are on screen and nothing is awaited any more: `tue-9`, `tue-10`, `wed-9`.
pub fn dana_on_screen() -> Walk {
    let mut walk = Walk::new(Settings { max_days: 13, ..with_dana(&[OFFICE]) });
    walk.start();
    walk.times("read times", two_days());
    let dana = clinician(DANA, &[ballard()], &[OFFICE]);
    walk.answer("read clinician", Answer::Clinician(Ok(Box::new(dana))));
    walk.answer("read clinic ", Answer::Department(Ok(Box::new(clinic(BALLARD, &[OFFICE, FLU])))));
    walk.answer("read look-ahead", Answer::Lookahead(Ok(90)));
    assert_eq!(walk.open_lines(), [""; 0]);
    walk
}

/// Ballard's times are on screen: `tue-9` of Dr. Ortega and its sibling of Dr. Whitfield, `wed-9` of Dr. Whitfield.
pub fn ballard_on_screen() -> Walk {
    let mut walk = Walk::new(at(&[BALLARD], &[OFFICE]));
    walk.start();
    walk.times("read times", ballards_slots());
    walk.answer("read clinic ", Answer::Department(Ok(Box::new(clinic(BALLARD, &[OFFICE])))));
    assert_eq!(walk.open_lines(), [""; 0]);
    walk
}

pub fn ballards_slots() -> Vec<Slot> {
    vec![
        slot("tue-9", SAMUEL, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("tue-9-dana", DANA, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("wed-9", DANA, ballard(), "2026-12-09T09:00:00-08:00"),
    ]
}

/// Chooses the time, signs in with token 1 as this patient, and enters these details.
pub fn fill_in(walk: &mut Walk, time: &str, patient: Patient, details: Details) {
    walk.choose(time);
    walk.answer("read mail rule", Answer::MailRule(None));
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", patient);
    walk.on(Event::Give(Box::new(details)));
    assert_eq!(walk.stage(), "review");
}

/// Marta, whose record is unchanged, reviews `tue-9` with Dr. Whitfield.
pub fn dana_review() -> Walk {
    let mut walk = dana_on_screen();
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[MAIN]), details(marta()));
    walk
}

/// Marta, whose record is unchanged, reviews `tue-9` at Ballard.
pub fn ballard_review() -> Walk {
    let mut walk = ballard_on_screen();
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[MAIN]), details(marta()));
    walk
}

/// From a review to the booking on its way: the same token, the time still there.
pub fn send(walk: &mut Walk) {
    walk.on(Event::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    let still = walk.state.board.slots.clone();
    walk.times("read times", still);
    assert_eq!(walk.phase(), Some(SendingPhase::Booking));
}
