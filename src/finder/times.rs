//! All times from which the patient can choose, and how they differ.

use std::sync::Arc;

use booking::finder::state::Board;
use booking::ids::Npi;
use booking::schedule::Time;
use booking::settings::Target;

/// All times at the clinics that the page looks at, whatever the filter; once the patient has picked a clinic, only
/// that clinic's.
#[derive(Clone, PartialEq, Eq)]
pub struct Times {
    /// The times, soonest first, with equal slots merged.
    pub all: Arc<Vec<Arc<Time>>>,
    /// How they differ.
    pub many: Many,
}

/// How times differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Many {
    /// Whether the times are at more than one clinic.
    pub places: bool,
    /// Whether the times are in more than one time zone.
    pub zones: bool,
    /// Whether the times are grouped by clinician: the page names several clinicians, or a search found times with
    /// named ones.
    pub people: bool,
}

impl Times {
    /// The times of a board.
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
    /// Whether two times belong to the same group: same clinic and same clinician, where the times differ in these.
    pub fn groups(self, a: &Time, b: &Time) -> bool {
        (!self.places || a.place() == b.place()) && (!self.people || person(a) == person(b))
    }
}

/// The clinician whom the time names; `None` for a clinic's time, which is with any clinician.
fn person(time: &Time) -> Option<&Npi> {
    let slot = time.slot();
    slot.source.names_clinician().then_some(&slot.npi)
}
