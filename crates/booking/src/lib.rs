//! The booking domain: what a clinic, a clinician, a slot and a patient are, how times are grouped for a person
//! to choose from, what makes an entry valid, and the journey itself as a pure state machine ([`flow`]).
//!
//! Nothing here reads a clock, a time zone database, the DOM or the network: "now" and the zones are arguments,
//! requests are values the flow asks for, answers are events it is given.

pub mod filter;
pub mod flow;
pub mod ids;
mod order;
pub mod patient;
pub mod place;
pub mod schedule;
pub mod slot;
pub mod time;
pub mod validate;

#[cfg(test)]
mod fixtures;
