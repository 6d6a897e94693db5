//! The boundary to the host page: reads its attributes into a [`config::Config`], fires the events and calls `getToken`. No
//! other module knows the page.

mod attribute;
pub mod bridge;
pub mod config;
pub mod diagnosis;
pub mod events;
#[cfg(test)]
mod first_reads_tests;
#[cfg(test)]
mod odd_texts_tests;
pub mod questions;
pub mod resume;
mod target;
pub mod token;
