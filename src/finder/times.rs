//! The times held, and how they differ.

use std::sync::Arc;

use booking::finder::state::Board;
use booking::ids::Npi;
use booking::schedule::Time;
use booking::settings::Target;

/// Every time held, whatever the filter.
#[derive(Clone, PartialEq, Eq)]
pub struct Times {
    /// The soonest first, equal ones merged.
    pub all: Arc<Vec<Arc<Time>>>,
    /// How they differ.
    pub many: Many,
}

/// How times differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Many {
    /// They are at more than one clinic.
    pub places: bool,
    /// They are in more than one zone.
    pub zones: bool,
    /// They are with clinicians by name, and with more than one of them.
    pub people: bool,
}

impl Times {
    /// Of what is known.
    pub fn of(board: &Board) -> Self {
        let all = Arc::clone(board.all_times());
        let differ = |test: &dyn Fn(&Time, &Time) -> bool| {
            all.first().is_some_and(|first| all.iter().any(|time| test(first, time)))
        };
        let many = Many {
            places: differ(&|a, b| a.place() != b.place()),
            zones: differ(&|a, b| a.zone != b.zone),
            people: match &board.target {
                Target::Clinicians { npis, .. } => npis.len() > 1,
                Target::Near(_) => all.iter().any(|time| time.slot().source.names_clinician()),
                Target::Departments(_) | Target::Brand(_) | Target::OnDemand => false,
            },
        };
        Self { all, many }
    }
}

impl Many {
    /// Whether two times of a day need nothing between them to be told apart.
    pub fn groups(self, a: &Time, b: &Time) -> bool {
        (!self.places || a.place() == b.place()) && (!self.people || person(a) == person(b))
    }
}

/// Whom the patient comes for; at a clinic where anyone will do, nobody in particular.
fn person(time: &Time) -> Option<&Npi> {
    let slot = time.slot();
    slot.source.names_clinician().then_some(&slot.npi)
}
