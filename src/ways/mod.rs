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
    begin: dexcare::exchange::begin_ways_read,
    choice: |memos| choice::Ways(choice::WaysProps { memos }),
    place: |memos| place::Place(place::PlaceProps { memos }),
    clinics: |memos| clinics::Clinics(clinics::ClinicsProps { memos }),
    queue: queue::Queue,
    panel: narrow::panel,
    clear: narrow::clear,
    sought: narrow::sought,
    widen: place::widen,
    within: place::within,
};
