//! What only the screen knows of the finder: open panels, and what was typed as a place. Kept while an errand is on
//! screen, and forgotten when another person signs in.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::asked::Asked;

/// By context, one for each widget.
#[derive(Clone, Copy)]
pub struct Memory {
    /// The filters are open.
    pub filters_open: RwSignal<bool>,
    /// Days whose times are all shown.
    pub opened: RwSignal<Vec<NaiveDate>>,
    /// What is typed as a place to look around, and what came of it.
    pub place: RwSignal<Asked>,
    /// The line of the page's own clinic or clinician is chosen.
    pub own_line: RwSignal<bool>,
    /// Whom or what the page names, for when another of its ways is on screen.
    pub named: RwSignal<Option<String>>,
}

impl Memory {
    /// An empty one.
    pub fn new() -> Self {
        Self {
            filters_open: RwSignal::new(false),
            opened: RwSignal::new(Vec::new()),
            place: RwSignal::new(Asked::default()),
            own_line: RwSignal::new(false),
            named: RwSignal::new(None),
        }
    }

    /// The one of the widget that the component at hand is a part of.
    pub fn here() -> Self {
        expect_context()
    }

    /// Forgets all of it.
    pub fn forget(self) {
        self.filters_open.set(false);
        self.opened.set(Vec::new());
        self.place.set(Asked::default());
        self.own_line.set(false);
        self.named.set(None);
    }
}
