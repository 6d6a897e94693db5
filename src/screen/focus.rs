//! Moves the focus to a [`Spot`]. Without a [`Wish`], the heading of a new step takes the focus if the patient's
//! own action led to that step.

use booking::settings::Way;
use booking::validate::Field;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::Screen;
use crate::ui::watch::Watch;

/// A place that the focus can be moved to.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Spot {
    /// No place: nothing takes the focus.
    #[default]
    Nowhere,
    /// A field of the form.
    Field(Field),
    /// A time of a day, by its position.
    Time(NaiveDate, usize),
    /// The list of times, or what is shown in its place.
    Times,
    /// The button that opens the filters.
    Filters,
    /// The field for a place.
    Place,
    /// The place that was found, or the clinic that was picked.
    ChosenPlace,
    /// The text that says how many clinics there are to pick from.
    Clinics,
    /// The button that begins to cancel a visit, by the visit's place in the list.
    Cancel(usize),
    /// One of the page's ways to be seen.
    Way(Way),
    /// The field for the region.
    Region,
    /// The heading of the waits.
    Waits,
    /// The question about the insurance company, with the fields below it.
    Insurers,
    /// The checkbox for the terms.
    Terms,
    /// The button that begins to leave a line.
    Leave,
    /// What follows a press to leave a line or to cancel a visit: the question, the progress or the result.
    Leaving,
}

/// A wish for the focus: a spot, and a number that distinguishes it from earlier wishes.
pub type Wish = (Spot, u32);

impl Screen {
    /// Moves the focus to a spot, once the spot is drawn.
    pub fn go_to(self, spot: Spot) {
        self.wish.update(|wish| *wish = (spot, wish.1 + 1));
    }

    /// The stamp for the element at a spot ([`stamp`]). The section that calls this is drawn again with every wish.
    pub fn focus(self, spot: Spot) -> u32 {
        stamp(self.wish.get(), spot)
    }

    /// A value that changes only with wishes for spots that `is_mine` accepts. With it, a wish redraws only one of
    /// many equal sections, such as the days.
    pub fn wishes(self, is_mine: impl Fn(Spot) -> bool + Send + Sync + 'static) -> Watch<u32> {
        Watch::new(move || {
            let wish = self.wish.get();
            if is_mine(wish.0) { wish.1 } else { 0 }
        })
    }

    /// The current wish. A later wish does not draw the caller again.
    pub fn wish(self) -> Wish {
        self.wish.get_untracked()
    }

    /// Ends the current wish, so that another element drawn at this spot later does not take the focus.
    pub fn fulfil(self) {
        self.wish.maybe_update(|wish| {
            wish.0 = Spot::Nowhere;
            false
        });
    }
}

/// The stamp for the element at a spot: the number of the wish if the wish is for that spot, else 0. An element
/// takes the focus when its stamp changes (`El::focus`).
pub fn stamp(wish: Wish, spot: Spot) -> u32 {
    if wish.0 == spot { wish.1 } else { 0 }
}
