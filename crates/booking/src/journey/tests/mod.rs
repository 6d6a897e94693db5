//! Tests of the journey, compiled for the machine that runs them and not to wasm. [`walk`] sends events and
//! answers the journey's requests. [`random`] makes random walks, which [`oracle`] checks. Most other files test
//! one part of the journey each.

mod again;
mod any_event;
mod at_rest;
mod booking;
mod brand;
mod departments;
mod drawn;
mod first_times;
mod for_whom;
mod joining;
mod listed;
mod looked_for;
mod more_times;
mod my_visits;
mod near;
mod on_demand;
mod oracle;
mod outcomes;
mod page;
mod paying;
mod provider_slots_v5;
mod random;
mod refusals;
mod resume;
mod routes;
mod scenes;
mod script;
mod seen;
mod sending;
mod server;
mod signing_in;
mod someone_else;
mod two_elements;
mod waiting;
mod walk;
mod ways;
mod ways_back;
mod ways_loaded;
mod world;
mod world_beyond;
