//! The journey walked natively. [`walk`] feeds events and answers what the journey asked for; each other file is a part
//! of the journey, and [`random`] walks it without a plan, watched by [`oracle`].

mod any_event;
mod at_rest;
mod booking;
mod brand;
mod departments;
mod first_times;
mod joining;
mod listed;
mod looked_for;
mod more_times;
mod my_visits;
mod near;
mod on_demand;
mod oracle;
mod outcomes;
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
mod signing_in;
mod someone_else;
mod waiting;
mod walk;
mod ways;
mod ways_back;
mod world;
mod world_beyond;
