//! Choosing a time, or a line to join.

pub mod choosing;
mod clinics;
mod days;
mod filters;
mod found;
mod memory;
mod place;
pub mod queue;
mod times;
pub mod unavailable;
mod ways;

pub use days::{day_of, draw_time};
pub use memory::Memory;
