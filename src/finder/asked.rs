//! What the screen knows of a place to look around. The question itself is a later part's ([`crate::ways`]).

use booking::settings::Target;

use super::found::Query;
use crate::platform::place::NotTold;

/// What only the screen knows of the question.
#[derive(Clone, Default, PartialEq)]
pub struct Asked {
    /// In the field.
    pub typed: String,
    /// What was typed for the place in force; empty for one that was not typed.
    pub named: String,
    /// The place in force is the device's.
    pub is_here: bool,
    /// Asked again, though there is a place.
    pub open: bool,
    /// The device is being asked; the number tells its answer from one nobody waits for.
    pub finding: Option<u32>,
    /// How often the device was asked.
    pub wishes: u32,
    /// What is wrong with what was typed.
    pub flaw: Option<Flaw>,
    /// The nearest clinic first, not the soonest.
    pub nearest: bool,
}

impl Asked {
    /// The device is being asked.
    pub fn is_locating(&self) -> bool {
        self.finding.is_some()
    }
}

/// What is wrong with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The device did not say where it is.
    NotTold(NotTold),
    /// A ZIP in which no clinic is: only the clinics' own places are known.
    UnknownZip,
}

/// The patient has to say where before there is anything to choose from.
pub fn is_asking(query: &Query) -> bool {
    matches!(&query.target, Target::Near(search) if search.around.is_none())
}

/// A clinic has to be picked before there is anything to choose from.
pub fn is_picking(query: &Query) -> bool {
    matches!(query.target, Target::Brand(_)) && query.clinic.is_none()
}
