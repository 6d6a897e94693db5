//! Choosing a time, or a line to join.

pub mod choosing;
mod clinics;
mod day;
mod days;
mod filters;
mod found;
mod memory;
pub mod opening;
mod place;
pub mod queue;
mod times;
pub mod unavailable;
mod waits;
mod ways;

pub use day::{day_of, draw_time};
pub use memory::Memory;
