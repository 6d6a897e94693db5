//! Choosing a time, or a line to join.

mod asked;
pub mod choosing;
mod day;
mod days;
mod filters;
mod found;
mod memory;
pub mod opening;
mod times;
pub mod unavailable;

pub use asked::{Flaw, is_picking};
pub use day::{day_of, draw_time};
pub use found::Found;
pub use memory::Memory;
pub use times::Times;
