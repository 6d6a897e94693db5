//! The steps that find more than a page's own times: a place to look around, a brand's clinics, the page's other ways to be
//! seen, lines, and the panel of filters. They are a part of the wasm of their own, which the first part calls through
//! [`PART`].

mod choice;
mod clinics;
mod narrow;
mod place;
mod queue;
mod waits;

use crate::app::part::Ways;

/// The functions of this part of the wasm.
pub static PART: Ways = Ways {
    run: booking::finder::order::run,
    begin: dexcare::exchange::begin_of_ways,
    choice: |found| choice::Ways(choice::WaysProps { found }),
    place: |found| place::Place(place::PlaceProps { found }),
    clinics: |found| clinics::Clinics(clinics::ClinicsProps { found }),
    queue: queue::Queue,
    panel: narrow::panel,
    clear: narrow::clear,
    sought: narrow::sought,
    widen: place::widen,
    within: place::within,
};
