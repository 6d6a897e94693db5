//! Acme held against the API reference, on raw HTTP and raw JSON: no type of Acme's own takes part. In [`client`] the
//! client crates, the other reading of the same reference, speak to it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod at_once;
mod bad_input;
mod booking;
mod booking_bodies;
mod client;
mod cors;
mod departments;
mod durability;
mod faults;
mod patients;
mod sign_in;
mod support;
mod timeslots;
mod world;
