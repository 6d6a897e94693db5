//! Two readings of one API reference, held against each other over TCP: what the client crates build, Acme takes; what
//! Acme answers, they read. They share no type, so a wrong reading on either side shows here.

mod bookings;
mod both_forms;
mod dependants;
mod directory;
mod driver;
mod executor;
mod journeys;
mod lines;
mod lost_answers;
mod my_visits;
mod nearby;
mod patients;
mod paying;
mod people;
mod practices;
mod refusals;
mod repeated;
mod resumed;
mod rivals;
mod searches;
mod seen;
mod slots;
mod troubles;
mod turned_away;
mod waiting;
