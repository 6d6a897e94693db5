//! The finder looks for a time or a line. This module is its state machine, as one pure function: [`step`] takes
//! the state and an event, changes the state and returns commands. It uses no clock, no network and no DOM.
//!
//! The finder knows times, places and waits, but nothing about the patient. A new configuration restarts only the
//! finder: the errand in progress belongs to [`crate::errand`], and outcomes in brief belong to [`crate::journey`]. An
//! answer whose id is not awaited changes nothing.
//!
//! # Example
//!
//! A clinic has a time in the afternoon and one in the evening, and the patient asks for evenings only. The events go
//! through [`crate::journey::step`], which begins the finder.
//!
//! ```
//! use booking::api::Answer;
//! use booking::filter::Filter;
//! use booking::finder::{command::Command as FinderCommand, event::Event as FinderEvent, state::Stage};
//! use booking::journey::{self, command::Command, event::{Change, Event}, state::State};
//! use booking::time::PartOfDay;
//! # use booking::errand;
//! # use booking::ids::{DepartmentIdentifier, Npi, ProviderId, SlotId, UrlName, VisitType, VisitTypeId, Zone};
//! # use booking::settings::{Ctx, Settings, Target};
//! # use booking::slot::{Slot, Slots, Source};
//! # use booking::time::{Moment, Zones};
//! # struct Seattle;
//! # impl Zones for Seattle {
//! #     fn offset(&self, _: &Zone, _: i64) -> Option<i32> { Some(-8 * 3600) }
//! # }
//! # let moment = |text| Moment::parse(text).ok_or("no instant");
//! # let slot = |id, at| Slot {
//! #     id: Some(SlotId::new(id)),
//! #     source: Source::Department,
//! #     npi: Npi::from_wire("1234567893"),
//! #     provider: ProviderId::new("32261"),
//! #     place: DepartmentIdentifier::new("org.northlake.epic.main", "100210"),
//! #     visit_type: VisitType::new("FluShot"),
//! #     visit_type_id: VisitTypeId::new("4401"),
//! #     minutes: 20,
//! #     at,
//! # };
//! # let now = moment("2026-12-07T09:00:00-08:00")?;
//! # let slots = vec![
//! #     slot("MTU0MA==", moment("2026-12-08T15:40:00-08:00")?),
//! #     slot("MTcyMA==", moment("2026-12-09T17:20:00-08:00")?),
//! # ];
//! # let settings = Settings {
//! #     target: Target::Departments(vec![UrlName::new("NorthlakeBallard")]),
//! #     visit_types: vec![VisitType::new("FluShot")],
//! #     ..Settings::default()
//! # };
//! # let (today, zones, errand) = (now.local().date(), &Seattle, errand::run);
//! # let ctx = Ctx { now: now.at, today, zones, settings: &settings, errand, ways: None };
//!
//! let mut state = State::default();
//! let commands = journey::step(&mut state, Event::Configure(Change::default()), &ctx);
//! let [Command::Finder(FinderCommand::Read { id, .. }), ..] = commands[..] else { return Err("no read") };
//! assert_eq!(state.finder.stage, Stage::Loading);
//!
//! let answer = Answer::Slots(Ok(Slots { zone: None, slots, dropped: 0 }));
//! journey::step(&mut state, Event::Answered(id, answer.clone()), &ctx);
//! assert_eq!(state.finder.stage, Stage::Choosing);
//! assert_eq!(state.finder.board.days().len(), 2);
//!
//! // The same answer comes again. The finder no longer awaits a request with this id, so nothing happens.
//! assert!(journey::step(&mut state, Event::Answered(id, answer), &ctx).is_empty());
//!
//! let mut evenings = Filter::default();
//! evenings.toggle_part(PartOfDay::Evening);
//! journey::step(&mut state, Event::Finder(FinderEvent::Narrow(evenings)), &ctx);
//! assert_eq!(state.finder.stage, Stage::Choosing);
//! assert_eq!(state.finder.board.days()[0].date.to_string(), "2026-12-09");
//! # Ok::<(), &str>(())
//! ```

mod beginning;
mod board;
pub mod command;
mod directory;
pub mod event;
pub mod order;
pub(crate) mod purpose;
pub mod queue;
mod search;
pub mod state;
mod times;

use command::Command;
use event::Event;
use order::Order;
use purpose::Purpose;
use state::{Stage, State};

use crate::api::{Answer, Read};
use crate::notice::{Finding, Notice};
use crate::request::{RequestId, RequestIds};
use crate::settings::Ctx;

/// Makes one step of the finder, and returns its commands.
pub fn step(state: &mut State, event: Event, ctx: &Ctx, ids: &mut RequestIds) -> Vec<Command> {
    run(state, ctx, ids, |finder| finder.take(event))
}

/// Calls `act` with the finder's machine, and returns the commands that this gives.
pub(crate) fn run(
    state: &mut State,
    ctx: &Ctx,
    ids: &mut RequestIds,
    act: impl FnOnce(&mut Machine<'_>),
) -> Vec<Command> {
    let mut machine = Machine { state, ctx, ids, out: Vec::new() };
    act(&mut machine);
    machine.out
}

/// The data of one step while it is being made. The methods are in these modules: `beginning` begins, `times`,
/// `search` and `directory` fill the board, `queue` reads the lines. Code that only an [`Order`] reaches goes
/// into a later part of the wasm.
pub struct Machine<'a> {
    state: &'a mut State,
    ctx: &'a Ctx<'a>,
    ids: &'a mut RequestIds,
    out: Vec<Command>,
}

impl Machine<'_> {
    pub(crate) fn take(&mut self, event: Event) {
        // Ignore what the patient or the page does while an errand is on screen instead of the finder.
        if self.state.is_hidden
            && !matches!(event, Event::Answered(..) | Event::Ticked(_) | Event::Loaded { .. })
        {
            return;
        }
        match event {
            Event::Answered(id, answer) => self.answered(id, answer),
            Event::Ticked(id) => {
                if let Some(Purpose::Tick) = self.state.awaited.settle(id) {
                    self.tick();
                }
            }
            Event::Loaded { is_there } => self.loaded(is_there),
            Event::PickType(visit_type) => self.pick_type(visit_type),
            Event::Narrow(filter) => {
                self.state.board.filter = filter;
                self.state.board.days_shown = self.ctx.settings.days;
                self.look_further();
            }
            Event::More => self.more(),
            Event::Wake => self.wake(),
            Event::Retry => self.retry(),
            Event::Refresh => self.refresh(),
            Event::Take(_)
            | Event::Seek(_)
            | Event::SeekPoint(..)
            | Event::Refine(_)
            | Event::PickClinic(_)
            | Event::PickRegion(_)
            | Event::ForWhom(_) => self.order(Order::Take(event)),
        }
    }

    /// Handles an answer. Ignores it if its id is not awaited, or if it is not of the kind that the request asks for.
    fn answered(&mut self, id: RequestId, answer: Answer) {
        let Some(purpose) = self.state.awaited.settle(id) else { return };
        match purpose {
            Purpose::Department(key) => {
                if let Answer::Department(answer) = answer {
                    self.department(key, answer);
                }
            }
            Purpose::Clinician(npi) => {
                if let Answer::Clinician(answer) = answer {
                    self.clinician(&npi, answer);
                }
            }
            Purpose::DepartmentSlots(url_name) => {
                if let Answer::Slots(answer) = answer {
                    self.department_slots(&url_name, answer);
                }
            }
            Purpose::ClinicianSlots(npi, from, to) => {
                if let Answer::Slots(answer) = answer {
                    self.clinician_slots(&npi, from, to, answer);
                }
            }
            Purpose::Lookahead(ehr) => {
                if let Answer::Lookahead(answer) = answer {
                    self.lookahead(&ehr, answer);
                }
            }
            Purpose::Brand
            | Purpose::Options { .. }
            | Purpose::Glimpse
            | Purpose::Practice
            | Purpose::Waits => self.order(Order::Answered(purpose, answer)),
            // A timer is not a read, so it has no answer.
            Purpose::Tick => {}
        }
    }

    fn expect(&mut self, purpose: Purpose) -> RequestId {
        let id = self.ids.fresh();
        self.state.awaited.add(id, purpose);
        id
    }

    fn read(&mut self, purpose: Purpose, read: Read, fresh: bool) {
        let id = self.expect(purpose);
        self.out.push(Command::Read { id, read, fresh });
    }

    /// Starts a timer, unless one is running.
    fn later(&mut self, seconds: u32) {
        if !self.awaits(|purpose| matches!(purpose, Purpose::Tick)) {
            let id = self.expect(Purpose::Tick);
            self.out.push(Command::Later { id, seconds });
        }
    }

    fn notify(&mut self, notice: Notice) {
        self.out.push(Command::Notify(notice));
    }

    /// Reports a finding to the page's owner, once for each configuration: the times are read again and again.
    fn diagnose(&mut self, finding: Finding) {
        if !self.state.reported.contains(&finding) {
            self.state.reported.push(finding.clone());
            self.notify(Notice::Diagnose(finding));
        }
    }

    /// Cancels the requests that `which` selects.
    fn cancel(&mut self, which: impl Fn(&Purpose) -> bool) {
        let cancelled = self.state.awaited.cancel(which);
        self.out.extend(cancelled.into_iter().map(Command::Cancel));
    }

    fn awaits(&self, which: impl Fn(&Purpose) -> bool) -> bool {
        self.state.awaited.any(which)
    }

    fn go(&mut self, stage: Stage) {
        self.state.stage = stage;
    }
}
