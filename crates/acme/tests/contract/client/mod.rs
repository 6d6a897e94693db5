//! Two readings of one API reference, held against each other over TCP: what the client crates build, Acme takes; what
//! Acme answers, they read. They share no type, so a wrong reading on either side shows here.

mod bookings;
mod directory;
mod driver;
mod executor;
mod journeys;
mod lost_answers;
mod patients;
mod people;
mod refusals;
mod rivals;
mod slots;
mod troubles;
