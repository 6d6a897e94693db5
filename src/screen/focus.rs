//! Where the focus goes: to the heading of a step that the patient's own action led to, or to a [`Spot`].

use booking::settings::Way;
use booking::validate::Field;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::Screen;
use crate::ui::watch::Watch;

/// A place the focus can be sent to.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Spot {
    /// None.
    #[default]
    Nowhere,
    /// A field of the form.
    Field(Field),
    /// A time of a day, by its place.
    Time(NaiveDate, usize),
    /// The button that opens the filters.
    Filters,
    /// The field for a place.
    Place,
    /// The place, or the clinic, that was found or picked.
    Found,
    /// How many clinics there are to pick from.
    Clinics,
    /// The button that begins to cancel a visit, by the visit's place in the list.
    Cancel(usize),
    /// One of the page's ways to be seen.
    Way(Way),
    /// Where the patient is.
    Region,
    /// How long it takes now.
    Waits,
    /// The box for the terms.
    Terms,
    /// The button that begins to leave a line.
    Leave,
    /// What is asked before it is left.
    Leaving,
}

/// A spot, and a number that makes each wish a new one.
pub type Wish = (Spot, u32);

impl Screen {
    /// Sends the focus to a spot, once that is drawn.
    pub fn go_to(self, spot: Spot) {
        self.wish.update(|wish| *wish = (spot, wish.1 + 1));
    }

    /// The stamp for the element at a spot; draws again with every wish.
    pub fn focus(self, spot: Spot) -> u32 {
        stamp(self.wish.get(), spot)
    }

    /// Changes with the wishes for some spots only, for sections of which there are many.
    pub fn wishes(self, is_mine: impl Fn(Spot) -> bool + Send + Sync + 'static) -> Watch<u32> {
        Watch::new(move || {
            let wish = self.wish.get();
            if is_mine(wish.0) { wish.1 } else { 0 }
        })
    }

    /// The wish as it is, without drawing again.
    pub fn wish(self) -> Wish {
        self.wish.get_untracked()
    }

    /// The wish has come true. Another element that stands at this spot later takes the focus from nobody.
    pub fn fulfil(self) {
        self.wish.maybe_update(|wish| {
            wish.0 = Spot::Nowhere;
            false
        });
    }
}

/// The stamp that a wish gives the element at a spot.
pub fn stamp(wish: Wish, spot: Spot) -> u32 {
    if wish.0 == spot { wish.1 } else { 0 }
}
