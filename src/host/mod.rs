//! The boundary to the host page: its attributes become a [`config::Config`], what happens becomes its events, and its
//! `getToken` is asked here. Nothing else knows the page.

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
