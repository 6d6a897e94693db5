//! The steps that find a page's own times, and "One moment".

pub mod choosing;
mod day;
mod days;
mod filters;
mod memory;
mod memos;
pub mod opening;
mod place_question;
mod times;
pub mod unavailable;

pub use day::{day_of, draw_time};
pub use days::incomplete;
pub use memory::Memory;
pub use memos::{FinderMemos, Progress};
pub use place_question::{PlaceFlaw, is_picking};
pub use times::Times;
