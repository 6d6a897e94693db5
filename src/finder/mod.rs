//! Choosing a time, or a line to join.

pub mod choosing;
pub mod clinics;
pub mod days;
pub mod filters;
pub mod place;
pub mod queue;
pub mod ways;
