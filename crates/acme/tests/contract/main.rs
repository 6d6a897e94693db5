//! Acme compared with the API reference, in raw HTTP and raw JSON, without Acme's own types. In [`client`] the client
//! crates, which also follow the reference, call Acme.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod at_once;
mod availability;
mod availability_bad;
mod availability_get;
mod bad_input;
mod billing;
mod booking;
mod booking_bodies;
mod client;
mod conflict_order;
mod cors;
mod departments;
mod durability;
mod faults;
mod guest_visit;
mod hand_off;
mod intents;
mod kept;
mod my_visits;
mod patients;
mod practices;
mod provider_slots_v5;
mod reporting;
mod sign_in;
mod slot_search;
mod support;
mod timeslots;
mod urgent_care;
mod virtual_visits;
mod wait_times;
mod waiting;
mod wire_faults;
mod world;
