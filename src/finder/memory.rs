//! The finder's state that only the screen needs: open panels, and what was typed as a place. It is kept while an errand is on
//! screen, and cleared when another person signs in.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::place_question::PlaceQuestion;

/// What the finder's screen remembers. There is one for each widget, in the Leptos context.
#[derive(Clone, Copy)]
pub struct Memory {
    /// Whether the panel of filters is open.
    pub filters_open: RwSignal<bool>,
    /// Days whose times are all shown.
    pub opened: RwSignal<Vec<NaiveDate>>,
    /// The state of the question about a place.
    pub place: RwSignal<PlaceQuestion>,
    /// Whether the patient has chosen the line of the page's own clinic or clinician, instead of the region's line.
    pub own_line: RwSignal<bool>,
    /// The name of the page's own clinician or clinic. It labels the choice of that way while another way is on screen.
    pub own_name: RwSignal<Option<String>>,
}

impl Memory {
    /// Makes an empty memory.
    pub fn new() -> Self {
        Self {
            filters_open: RwSignal::new(false),
            opened: RwSignal::new(Vec::new()),
            place: RwSignal::new(PlaceQuestion::default()),
            own_line: RwSignal::new(false),
            own_name: RwSignal::new(None),
        }
    }

    /// The memory of the widget that the current component belongs to.
    pub fn here() -> Self {
        expect_context()
    }

    /// Clears all of it.
    pub fn forget(self) {
        self.filters_open.set(false);
        self.opened.set(Vec::new());
        self.place.set(PlaceQuestion::default());
        self.own_line.set(false);
        self.own_name.set(None);
    }
}
