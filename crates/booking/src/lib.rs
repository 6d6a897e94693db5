//! The booking domain: what a clinic, a clinician, a slot and a patient are, how times are grouped for a person to
//! choose from, which entries are valid, the form that a patient fills in ([`form`]), and three pure state machines:
//! [`finder`] looks for a time, [`errand`] books one, [`journey`] contains both.
//!
//! Times come from the lists of clinics and clinicians ([`slot`], [`schedule`]) and from searches around a place
//! ([`search`]). [`on_demand`] is care as soon as a clinician is free, [`payment`] how a visit is paid for, [`visits`]
//! which visits are booked already and how one is cancelled.
//!
//! Nothing here reads a clock, a time zone database, the DOM or the network: "now" and the zones are arguments, a
//! machine returns its requests as values and receives the answers as events.

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
pub mod states;
pub mod time;
pub mod validate;
pub mod visits;

#[cfg(test)]
mod fixtures;
