//! The memos that the sections of the finder read: one for each thing that changes independently, so that a change redraws only
//! the sections that read it.

use std::ops::Deref;
use std::sync::Arc;

use booking::directory::Directory;
use booking::filter::Filter;
use booking::finder::state::PlaceError;
use booking::ids::{DepartmentIdentifier, VisitType};
use booking::outcome::ApiError;
use booking::schedule::{self, Day, Time};
use booking::search::SearchCentre;
use booking::settings::{Target, Way};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::times::Times;
use crate::app::App;
use crate::ui::watch::Watch;

/// What is looked for, and where.
#[derive(Clone, PartialEq)]
pub struct Query {
    pub target: Target,
    pub way: Way,
    pub visit_type: Option<VisitType>,
    pub around: Option<SearchCentre>,
    pub clinic: Option<DepartmentIdentifier>,
    pub place_error: Option<PlaceError>,
}

/// Names and places. The directory is replaced whenever it changes, so the pointers are compared: comparing the contents would
/// cost more than it saves.
#[derive(Clone)]
pub struct Names(Arc<Directory>);

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Names {
    type Target = Directory;

    fn deref(&self) -> &Directory {
        &self.0
    }
}

/// The times, and the target that they were read for.
struct Held(Arc<Vec<Arc<Time>>>, Target);

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) && self.1 == other.1
    }
}

/// How far the reads of times are, and how many days are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub is_reading: bool,
    pub error: Option<ApiError>,
    pub searched_to: Option<NaiveDate>,
    pub days_shown: usize,
}

/// The memos. Each step of the finder makes them and passes them to its sections.
#[derive(Clone, Copy)]
pub struct FinderMemos {
    /// All times, whatever the filter; see [`Times`].
    pub times: Watch<Arc<Times>>,
    /// The open days, with only the times that the filter accepts.
    pub days: Watch<Arc<Vec<Arc<Day>>>>,
    /// The filter.
    pub filter: Watch<Filter>,
    /// Names and places.
    pub names: Watch<Names>,
    /// What is looked for.
    pub query: Watch<Arc<Query>>,
    /// How far the reads are.
    pub progress: Watch<Progress>,
}

impl FinderMemos {
    /// Makes the memos of a widget.
    pub fn new(app: App) -> Self {
        let state = app.state;
        // Most changes of the state do not change the times. `held` compares pointers, so the times are then not
        // compared one by one.
        let held = Watch::new(move || {
            state.with(|state| {
                Held(Arc::clone(state.finder.board.all_times()), state.finder.board.target.clone())
            })
        });
        let times = Watch::new(move || {
            held.track();
            state.with_untracked(|state| Arc::new(Times::of(&state.finder.board)))
        });
        let filter = Watch::new(move || state.with(|state| state.finder.board.filter.clone()));
        let days = Watch::new(move || {
            let days = times.with(|times| filter.with(|filter| schedule::days(&times.all, filter)));
            Arc::new(days.into_iter().map(Arc::new).collect())
        });
        let names = Watch::new(move || state.with(|state| Names(Arc::clone(&state.finder.board.directory))));
        let query = Watch::new(move || {
            state.with(|state| {
                let board = &state.finder.board;
                Arc::new(Query {
                    target: board.target.clone(),
                    way: state.finder.way,
                    visit_type: board.visit_type.clone(),
                    around: board.around.clone(),
                    clinic: board.clinic.clone(),
                    place_error: board.place_error,
                })
            })
        });
        let progress = Watch::new(move || {
            state.with(|state| {
                let board = &state.finder.board;
                Progress {
                    is_reading: board.reading,
                    error: board.error,
                    searched_to: board.searched_to,
                    days_shown: board.days_shown,
                }
            })
        });
        Self { times, days, filter, names, query, progress }
    }

    /// Follows all memos but `times`; for the sections that are shown when there is nothing to choose from.
    pub fn track_all(self) {
        self.days.track();
        self.filter.track();
        self.names.track();
        self.query.track();
        self.progress.track();
    }
}
