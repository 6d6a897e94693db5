//! The later parts of the wasm. They are downloaded after the first part, which does not need them to show the
//! times of a page's own clinicians or clinics. If the page looks for more, the part of [`Ways`] is downloaded at
//! the same time as the first part.
//!
//! Without the feature `parts` everything is in one wasm, and both parts are there from the start.

use booking::errand::Run;
use booking::errand::command::Command;
use booking::filter::Filter;
use booking::finder::order;
use dexcare::exchange::{Context, Exchange, WaysRead};

use super::effects::Effects;
use crate::finder::FinderMemos;
use crate::screen::{Cx, Screen, Step};
use crate::ui::Weight;
use crate::ui::view::{El, Node};

/// The functions of the errand's part that the first part calls.
pub struct Errand {
    /// The errand's machine.
    pub run: Run,
    /// Carries out one of the errand's commands.
    pub carry_out: fn(&Effects, Command),
    /// Draws a step of the errand.
    pub draw: fn(Screen, Step) -> Node,
    /// Draws the outcomes in brief.
    pub outcomes: fn() -> Node,
    /// What the live region says of the outcomes in brief.
    pub said: fn(&Cx) -> String,
}

/// The functions that the first part calls in the part that finds more than a page's own times.
pub struct Ways {
    /// Carries out the finder's orders.
    pub run: order::Run,
    /// Begins the exchange for a read that only this part can make. The `bool` says whether the answer must be fresh.
    pub begin: fn(WaysRead, bool, &Context) -> Exchange,
    /// Draws the page's ways to be seen, beside each other.
    pub choice: fn(FinderMemos) -> Node,
    /// Draws the step that asks where to look.
    pub place: fn(FinderMemos) -> Node,
    /// Draws the brand's clinics.
    pub clinics: fn(FinderMemos) -> Node,
    /// Draws the step for joining a line.
    pub queue: fn() -> Node,
    /// Draws the panel of filters.
    pub panel: fn(&Cx, FinderMemos, &Filter) -> Vec<Node>,
    /// Draws a button that clears the filters.
    pub clear: fn(&Cx, Weight) -> El,
    /// How many of the search's filters (gender, specialty, new or established patient) the patient has changed
    /// from what the page's attributes say.
    pub sought: fn(&Cx) -> usize,
    /// Draws a button that widens the search, where that is possible.
    pub widen: fn(&Cx) -> Option<El>,
    /// The radius of a search around a place, in words; `None` if the page makes no such search.
    pub within: fn(&Cx) -> Option<String>,
}

#[cfg(not(feature = "parts"))]
mod whole {
    use super::{Errand, Ways};

    /// The errand's part, if it is loaded.
    #[expect(clippy::unnecessary_wraps, reason = "not so where it is loaded later")]
    pub fn errand() -> Option<&'static Errand> {
        Some(&crate::errand::PART)
    }

    /// The part that finds more than a page's own times, if it is loaded.
    #[expect(clippy::unnecessary_wraps, reason = "not so where it is loaded later")]
    pub fn ways() -> Option<&'static Ways> {
        Some(&crate::ways::PART)
    }

    /// Calls `done` with `true` at once, since this wasm contains the errand's part.
    pub fn load_errand(done: impl FnOnce(bool) + 'static) {
        done(true);
    }

    /// Calls `done` with `true` at once, since this wasm contains the part that finds more than a page's own times.
    pub fn load_ways(done: impl FnOnce(bool) + 'static) {
        done(true);
    }
}

#[cfg(feature = "parts")]
#[expect(clippy::unnecessary_wraps, reason = "the macro, which copies attributes, wants a result")]
mod split {
    use std::cell::{Cell, RefCell};
    use std::pin::Pin;
    use std::thread::LocalKey;

    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::{Errand, Ways};
    use crate::platform::spawn;

    type Done = Box<dyn FnOnce(bool)>;
    /// The callbacks that wait for a running load.
    type Waiting = RefCell<Vec<Done>>;

    thread_local! {
        static ERRAND: Cell<Option<&'static Errand>> = const { Cell::new(None) };
        static WAYS: Cell<Option<&'static Ways>> = const { Cell::new(None) };
        static WAITING_FOR_ERRAND: Waiting = const { RefCell::new(Vec::new()) };
        static WAITING_FOR_WAYS: Waiting = const { RefCell::new(Vec::new()) };
    }

    // The macro generates unsafe code, by which the parts call each other.
    #[wasm_split(errand, fallible)]
    fn load_part_errand() -> Result<&'static Errand, SplitLoaderError> {
        Ok(&crate::errand::PART)
    }

    #[wasm_split(ways, fallible)]
    fn load_part_ways() -> Result<&'static Ways, SplitLoaderError> {
        Ok(&crate::ways::PART)
    }

    /// The errand's part, if it is loaded.
    pub fn errand() -> Option<&'static Errand> {
        ERRAND.get()
    }

    /// The part that finds more than a page's own times, if it is loaded.
    pub fn ways() -> Option<&'static Ways> {
        WAYS.get()
    }

    /// Loads the errand's part, then calls `done` with whether it is loaded. Callers during a running load share
    /// that load.
    pub fn load_errand(done: impl FnOnce(bool) + 'static) {
        let load = async {
            let part = load_part_errand().await.ok();
            ERRAND.set(part);
            part.is_some()
        };
        load_once(errand().is_some(), &WAITING_FOR_ERRAND, Box::new(done), Box::pin(load));
    }

    /// Loads the part that finds more than a page's own times, in the same way as [`load_errand`].
    pub fn load_ways(done: impl FnOnce(bool) + 'static) {
        let load = async {
            let part = load_part_ways().await.ok();
            WAYS.set(part);
            part.is_some()
        };
        load_once(ways().is_some(), &WAITING_FOR_WAYS, Box::new(done), Box::pin(load));
    }

    fn load_once(
        is_there: bool,
        waiting: &'static LocalKey<Waiting>,
        done: Done,
        load: Pin<Box<dyn Future<Output = bool>>>,
    ) {
        if is_there {
            return done(true);
        }
        let is_first = waiting.with_borrow_mut(|waiting| {
            waiting.push(done);
            waiting.len() == 1
        });
        if is_first {
            spawn(Box::pin(async move {
                let is_there = load.await;
                for done in waiting.take() {
                    done(is_there);
                }
            }));
        }
    }
}

#[cfg(feature = "parts")]
pub use split::{errand, load_errand, load_ways, ways};
#[cfg(not(feature = "parts"))]
pub use whole::{errand, load_errand, load_ways, ways};
