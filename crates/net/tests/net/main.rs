//! Tests requests in simulated time: hours pass in a moment, and the same seed always gives the same sequence of
//! events.
#![allow(clippy::unwrap_used, clippy::panic)]

mod forms;
mod random;
mod reads;
mod world;
mod writes;
