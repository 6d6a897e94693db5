//! Sends events to a journey, writes its commands as readable lines, and answers its requests.

use chrono::NaiveDate;

use crate::errand::command::Command;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::{SendingPhase, Stage};
use crate::journey::command::Command as JourneyCommand;
use crate::journey::event::{Change, Event};
use crate::journey::state::State;
use crate::request::RequestId;
use crate::settings::{Ctx, Settings};

pub use super::scenes::*;
use super::script::line;
use crate::api::Answer;
use crate::finder::state::Stage as Looking;
use crate::fixtures::*;
use crate::journey::step;
use crate::outcome::{Outcome, Refusal};
use crate::patient::Patient;
use crate::schedule::Time;
use crate::slot::{Slot, Source};

/// The id that an answer to this command repeats; `None` if the command gets no answer.
pub fn request(command: &Command) -> Option<RequestId> {
    match command {
        Command::Read { id, .. }
        | Command::Write { id, .. }
        | Command::AskToken { id }
        | Command::InviteSignIn { id }
        | Command::AskCard { id }
        | Command::Later { id, .. } => Some(*id),
        Command::Cancel(_)
        | Command::HandOff(..)
        | Command::HandOver(_)
        | Command::Notify(_)
        | Command::Finder(_)
        | Command::PutInBrief(..) => None,
    }
}

/// The journey's command as a command of the errand, whichever machine it comes from.
fn plain(command: JourneyCommand) -> Command {
    use crate::finder::command::Command as Finder;
    match command {
        JourneyCommand::Errand(command) => command,
        JourneyCommand::Finder(Finder::Read { id, read, fresh }) => Command::Read { id, read, fresh },
        JourneyCommand::Finder(Finder::Cancel(id)) => Command::Cancel(id),
        JourneyCommand::Finder(Finder::Later { id, seconds }) => Command::Later { id, seconds },
        JourneyCommand::Finder(Finder::Notify(notice)) => Command::Notify(notice),
        JourneyCommand::Finder(Finder::Load) => unreachable!("a line of its own"),
        JourneyCommand::Finder(Finder::Join(..)) => unreachable!("the journey sees to it"),
    }
}

/// Whether an event can happen only on a page that offers more than the times of named clinics and clinicians.
fn is_of_ways(event: &Event) -> bool {
    use crate::finder::event::Event as Find;
    matches!(
        event,
        Event::Finder(
            Find::Take(_)
                | Find::Seek(_)
                | Find::SeekPoint(..)
                | Find::Refine(_)
                | Find::PickClinic(_)
                | Find::PickRegion(_)
                | Find::ForWhom(_)
        )
    )
}

/// The answer to a request.
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

/// The event of a page that is configured, and looks for something else than before.
pub const NEW_PAGE: Event = Event::Configure(Change { is_elsewhere: true, is_other_system: false });

pub struct Walk {
    pub state: State,
    pub settings: Settings,
    pub now: i64,
    pub today: NaiveDate,
    /// The commands that are neither answered nor cancelled, each as a line of text.
    pub open: Vec<(RequestId, String)>,
    /// All commands so far.
    pub asked: Vec<Command>,
    /// Whether any event so far has needed the errand's machine.
    has_needed_errand: bool,
    /// Whether the part of the wasm that finds more than a page's own times is loaded.
    pub are_ways_there: bool,
}

impl Walk {
    /// A walk in which the page is not configured yet; [`Self::start`] configures it.
    pub fn new(settings: Settings) -> Self {
        let (open, asked) = (Vec::new(), Vec::new());
        let state = State::default();
        Self {
            state,
            settings,
            now: now(),
            today: today(),
            open,
            asked,
            has_needed_errand: false,
            are_ways_there: true,
        }
    }

    /// Sends an event; returns the commands, one line each. Also checks that the stand-in for the errand's machine,
    /// and the finder without its later part, do the same in the steps for which they are used.
    pub fn on(&mut self, event: impl Into<Event>) -> Vec<String> {
        let event = event.into();
        let ways: Option<crate::finder::order::Run> =
            self.are_ways_there.then_some(crate::finder::order::run);
        let ctx = |errand, ways| Ctx {
            now: self.now,
            today: self.today,
            zones: &UsZones,
            settings: &self.settings,
            errand,
            ways,
        };
        self.has_needed_errand |= self.state.needs_errand(&event, &self.settings);
        let stand_in = (!self.has_needed_errand).then(|| {
            let mut state = self.state.clone();
            let commands = step(&mut state, event.clone(), &ctx(crate::errand::not_here, ways));
            (state, commands)
        });
        let without_ways = (!self.settings.needs_ways() && !is_of_ways(&event)).then(|| {
            let mut state = self.state.clone();
            let commands = step(&mut state, event.clone(), &ctx(crate::errand::run, None));
            (state, commands)
        });
        let commands = step(&mut self.state, event, &ctx(crate::errand::run, ways));
        if let Some((state, asked)) = without_ways {
            assert!(state == self.state && asked == commands, "a page's own times need what finds others");
        }
        if let Some((state, asked)) = stand_in {
            assert!(
                state == self.state && asked == commands,
                "what stands in for the errand does another thing"
            );
        }
        let is_load = |command: &JourneyCommand| {
            matches!(command, JourneyCommand::Finder(crate::finder::command::Command::Load))
        };
        let loads = commands.iter().filter(|command| is_load(command)).map(|_| "load the ways".to_owned());
        let loads: Vec<_> = loads.collect();
        let commands: Vec<_> = commands.into_iter().filter(|command| !is_load(command)).map(plain).collect();
        let lines = commands.iter().map(|command| line(command, &self.open)).collect::<Vec<_>>();
        for (command, line) in commands.iter().zip(&lines) {
            match command {
                Command::Cancel(id) => self.open.retain(|(open, _)| open != id),
                other => self.open.extend(request(other).map(|id| (id, line.clone()))),
            }
        }
        self.asked.extend(commands);
        [loads, lines].concat()
    }

    /// A copy of the walk in its present state, with an empty list of commands.
    pub fn again(&self) -> Self {
        let Self { state, settings, now, today, open, has_needed_errand, .. } = self;
        let (state, settings, open) = (state.clone(), settings.clone(), open.clone());
        let (now, today, has_needed_errand) = (*now, *today, *has_needed_errand);
        let are_ways_there = self.are_ways_there;
        Self { state, settings, now, today, open, asked: Vec::new(), has_needed_errand, are_ways_there }
    }

    pub fn start(&mut self) -> Vec<String> {
        self.on(NEW_PAGE)
    }

    /// Answers the one open request whose line begins with this text.
    pub fn answer(&mut self, beginning: &str, reply: impl Into<Reply>) -> Vec<String> {
        let id = self.id(beginning);
        let place = self.open.iter().position(|(open, _)| *open == id).unwrap();
        let (_, asked) = self.open.remove(place);
        self.on(match reply.into() {
            Reply::Answer(Answer::Slots(Ok(mut found))) => {
                // The source of a slot is the list that was read: a clinic's, whose `urlName` begins with N, or a
                // clinician's.
                let is_clinics = asked.starts_with("read times N");
                let source = if is_clinics { Source::Department } else { Source::Clinician };
                found.slots = from(source, found.slots);
                Event::Answered(id, Answer::Slots(Ok(found)))
            }
            Reply::Answer(answer) => Event::Answered(id, answer),
            Reply::Token(answer) => Act::Token(id, answer).into(),
        })
    }

    /// The one open request whose line begins with this text.
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
        self.state.finder.board.times(&UsZones)
    }

    /// The ids of the known slots, in order of time.
    pub fn ids(&self) -> Vec<String> {
        self.held().iter().flat_map(|time| &time.slots).map(|slot| id_of(slot).into()).collect()
    }

    /// Chooses the time whose first slot has this id.
    pub fn choose(&mut self, id: &str) -> Vec<String> {
        let time = self.held().into_iter().find(|time| id_of(time.slot()) == id);
        self.on(Event::Choose(Box::new(time.unwrap_or_else(|| panic!("{id} is held")))))
    }

    /// The finder's stage; `None` while an errand is on screen.
    pub fn looking(&self) -> Option<Looking> {
        self.state.errand.stage.is_idle().then_some(self.state.finder.stage)
    }

    pub fn stage(&self) -> &'static str {
        self.state.name()
    }

    /// The phase of the submit.
    pub fn phase(&self) -> Option<SendingPhase> {
        match self.state.errand.stage {
            Stage::Sending(_, phase, _) => Some(phase),
            _ => None,
        }
    }

    /// How many bookings were sent.
    pub fn bookings(&self) -> usize {
        self.asked.iter().filter(|command| command.is_booking()).count()
    }
}

/// Checks the commands of a step, compared as lines.
#[track_caller]
pub fn asks(asked: &[String], expected: &[&str]) {
    assert_eq!(asked, expected);
}
