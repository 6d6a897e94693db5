//! The journey walked natively. [`walk`] feeds events and answers what the flow asked for; each other file is a part
//! of the journey, and [`random`] walks it without a plan, watched by [`oracle`].

mod booking;
mod departments;
mod first_times;
mod more_times;
mod oracle;
mod random;
mod refusals;
mod routes;
mod script;
mod sending;
mod signing_in;
mod walk;
mod ways_back;
mod world;
