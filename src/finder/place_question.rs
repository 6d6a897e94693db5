//! The screen's own state for the question about a place to look around. The question is drawn in a later part of the wasm
//! ([`crate::ways`]).

use booking::settings::Target;

use super::memos::Query;
use crate::platform::place::LocationError;

/// The state of the question, which only the screen needs.
#[derive(Clone, Default, PartialEq)]
pub struct PlaceQuestion {
    /// The text in the field.
    pub typed: String,
    /// The text that was typed for the current place; empty for a place that was not typed.
    pub place_name: String,
    /// Whether the current place is the device's.
    pub is_here: bool,
    /// Whether the question is shown again, although there is a place.
    pub open: bool,
    /// The number of the running request for the device's place; an answer with another number is ignored.
    pub finding: Option<u32>,
    /// How often the device's place was requested.
    pub wishes: u32,
    /// Why what was typed, or the device's place, cannot be used.
    pub flaw: Option<PlaceFlaw>,
    /// Whether the clinics are sorted by distance instead of by their soonest time.
    pub nearest: bool,
}

impl PlaceQuestion {
    /// Whether a request for the device's place is running.
    pub fn is_locating(&self) -> bool {
        self.finding.is_some()
    }
}

/// Why what was typed, or the device's place, cannot be used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PlaceFlaw {
    /// The device did not say where it is.
    NoLocation(LocationError),
    /// The position of the ZIP code is unknown: the widget knows only the positions of clinics, and no clinic has
    /// this ZIP code.
    UnknownZip,
}

/// Whether the patient has to name a place before there is anything to choose from.
pub fn is_asking(query: &Query) -> bool {
    matches!(&query.target, Target::Near(search) if search.around.is_none())
}

/// Whether the patient has to pick a clinic before there is anything to choose from.
pub fn is_picking(query: &Query) -> bool {
    matches!(query.target, Target::Brand(_)) && query.clinic.is_none()
}
