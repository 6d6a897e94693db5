//! The booking domain: what a clinic, a clinician, a slot and a patient are, how times are grouped for a person
//! to choose from, what makes an entry valid, the form that a patient fills in ([`form`]), and the journey itself as
//! pure state machines: [`finder`] looks for a time, [`errand`] books one, [`journey`] holds both.
//!
//! Times come from clinics, clinicians ([`slot`], [`schedule`]) and from what is looked for around a place
//! ([`search`]); [`on_demand`] is care as soon as somebody is free, [`payment`] how a visit is paid for, [`visits`] what
//! was booked before and how it is cancelled.
//!
//! Nothing here reads a clock, a time zone database, the DOM or the network: "now" and the zones are arguments,
//! requests are values that a machine asks for, answers are events it takes.

pub mod api;
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
pub mod time;
pub mod validate;
pub mod visits;

#[cfg(test)]
mod fixtures;
