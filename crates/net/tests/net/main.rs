//! Requests in a world whose time is simulated: hours pass in a moment, and one seed gives one course of events.
#![allow(clippy::unwrap_used, clippy::panic)]

mod forms;
mod random;
mod reads;
mod world;
mod writes;
