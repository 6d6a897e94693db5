//! The client crates against Acme over TCP: Acme must accept their requests, and they must read Acme's answers.
//! Both follow the same API reference and share no type, so a wrong reading on either side fails a test.

mod bookings;
mod both_forms;
mod dependants;
mod directory;
mod driver;
mod errors;
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
mod turned_away;
mod waiting;
