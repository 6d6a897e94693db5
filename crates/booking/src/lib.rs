//! The booking domain: what a clinic, a clinician, a slot and a patient are, how times are grouped for a person to
//! choose from, which entries are valid, the form that a patient fills in ([`form`]), and three pure state machines:
//! [`finder`] looks for a time, [`errand`] books one, [`journey`] contains both.
//!
//! Nothing here reads a clock, a time zone database, the DOM or the network: "now" and the zones are arguments, a
//! machine returns its requests as values and receives the answers as events.
//!
//! Begin with [`journey::step`], which a widget calls for every event. Times come from the lists of clinics and
//! clinicians ([`slot`], [`schedule`]) and from searches around a place ([`search`]). [`on_demand`] is care as soon as a
//! clinician is free, [`payment`] how a visit is paid for, [`visits`] which visits are booked already and how one is
//! cancelled.
//!
//! # Example
//!
//! The page names a clinic, the clinic has one open slot, and a patient presses that time. [`journey::state::State::name`]
//! is the name by which host pages know the step on screen.
//!
//! ```
//! use booking::api::{Answer, Read};
//! use booking::finder::command::Command as FinderCommand;
//! use booking::journey::{self, command::Command, event::{Change, Event}, state::State};
//! # use booking::errand;
//! # use booking::ids::{DepartmentIdentifier, Npi, ProviderId, SlotId, UrlName, VisitType, VisitTypeId, Zone};
//! # use booking::settings::{Ctx, Settings, Target};
//! # use booking::slot::{Slot, Slots, Source};
//! # use booking::time::{Moment, Zones};
//! # struct Seattle;
//! # impl Zones for Seattle {
//! #     fn offset(&self, _: &Zone, _: i64) -> Option<i32> { Some(-8 * 3600) }
//! # }
//! # let now = Moment::parse("2026-12-07T09:00:00-08:00").ok_or("no instant")?;
//! # let slot = Slot {
//! #     id: Some(SlotId::new("c2xvdA==")),
//! #     source: Source::Department,
//! #     npi: Npi::from_wire("1234567893"),
//! #     provider: ProviderId::new("32261"),
//! #     place: DepartmentIdentifier::new("org.northlake.epic.main", "100210"),
//! #     visit_type: VisitType::new("FluShot"),
//! #     visit_type_id: VisitTypeId::new("4401"),
//! #     minutes: 20,
//! #     at: Moment::parse("2026-12-08T15:40:00-08:00").ok_or("no instant")?,
//! # };
//!
//! let settings = Settings {
//!     target: Target::Departments(vec![UrlName::new("NorthlakeBallard")]),
//!     visit_types: vec![VisitType::new("FluShot")],
//!     ..Settings::default()
//! };
//! let (today, zones, errand) = (now.local().date(), &Seattle, errand::run);
//! let ctx = Ctx { now: now.at, today, zones, settings: &settings, errand, ways: None };
//! let mut state = State::default();
//!
//! // The finder asks for the clinic's times first, and for its name beside them.
//! let commands = journey::step(&mut state, Event::Configure(Change::default()), &ctx);
//! let [Command::Finder(FinderCommand::Read { id, read: Read::DepartmentSlots(..), .. }), _] = commands[..] else {
//!     return Err("the times are not the first read");
//! };
//! assert_eq!(state.name(), "loading");
//!
//! let answer = Answer::Slots(Ok(Slots { zone: None, slots: vec![slot], dropped: 0 }));
//! journey::step(&mut state, Event::Answered(id, answer), &ctx);
//! assert_eq!(state.name(), "times");
//!
//! let time = state.finder.board.days()[0].times[0].as_ref().clone();
//! journey::step(&mut state, Event::Choose(Box::new(time)), &ctx);
//! assert_eq!(state.name(), "sign-in");
//! # Ok::<(), &str>(())
//! ```

pub mod api;
#[rustfmt::skip]
pub mod attributes;
pub mod directory;
pub mod errand;
pub mod filter;
pub mod finder;
pub mod form;
pub mod ids;
mod intern;
pub mod journey;
pub mod notice;
pub mod on_demand;
mod order;
pub mod outcome;
pub mod patient;
pub mod payment;
pub mod place;
pub mod request;
pub mod schedule;
pub mod search;
pub mod settings;
pub mod slot;
pub mod states;
pub mod time;
pub mod validate;
pub mod visits;

#[cfg(test)]
mod fixtures;
