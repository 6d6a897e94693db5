//! The later parts of the wasm. A phone that looks for the times of a page's own clinicians or clinics has no need of them, so they
//! are downloaded later, or beside the first part where the page looks for more.
//!
//! With the feature `parts` off everything is in one wasm, and the parts are there from the start.

use booking::errand::Run;
use booking::errand::command::Command;
use booking::filter::Filter;
use booking::finder::order;
use dexcare::exchange::{Context, Exchange, OfWays};

use super::effects::Effects;
use crate::finder::Found;
use crate::screen::{Cx, Screen, Step};
use crate::ui::Weight;
use crate::ui::view::{El, Node};

/// What the first part calls of the errand's: its machine, what it does and how it looks.
pub struct Errand {
    /// The errand's machine.
    pub run: Run,
    /// Carries out what it asks for.
    pub carry_out: fn(&Effects, Command),
    /// Draws a step of an errand's.
    pub draw: fn(Screen, Step) -> Node,
    /// Draws the outcomes in brief.
    pub outcomes: fn() -> Node,
    /// What the live region says of the outcomes in brief.
    pub said: fn(&Cx) -> String,
}

/// What the first part calls of the part that finds more than a page's own times.
pub struct Ways {
    /// Carries out what the finder leaves to it.
    pub run: order::Run,
    /// Begins a read of its.
    pub begin: fn(OfWays, bool, &Context) -> Exchange,
    /// The page's ways to be seen beside each other.
    pub choice: fn(Found) -> Node,
    /// Where to look.
    pub place: fn(Found) -> Node,
    /// The brand's clinics.
    pub clinics: fn(Found) -> Node,
    /// Joining a line.
    pub queue: fn() -> Node,
    /// The filters.
    pub panel: fn(&Cx, Found, &Filter) -> Vec<Node>,
    /// A button that lets everything through again.
    pub clear: fn(&Cx, Weight) -> El,
    /// How many of the search's own choices are not the page's.
    pub sought: fn(&Cx) -> usize,
    /// A button that looks farther out, where that is possible.
    pub widen: fn(&Cx) -> Option<El>,
    /// How far a search around a place goes, in words.
    pub within: fn(&Cx) -> Option<String>,
}

#[cfg(not(feature = "parts"))]
mod whole {
    use super::{Errand, Ways};

    /// The errand's part, if it is there.
    #[expect(clippy::unnecessary_wraps, reason = "not so where it is loaded later")]
    pub fn errand() -> Option<&'static Errand> {
        Some(&crate::errand::PART)
    }

    /// The part that finds more, if it is there.
    #[expect(clippy::unnecessary_wraps, reason = "not so where it is loaded later")]
    pub fn ways() -> Option<&'static Ways> {
        Some(&crate::ways::PART)
    }

    /// Has the errand's part, then calls back: with whether it is there.
    pub fn load_errand(done: impl FnOnce(bool) + 'static) {
        done(true);
    }

    /// The same for the part that finds more.
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
    /// Who waits for a load that is under way.
    type Waiting = RefCell<Vec<Done>>;

    thread_local! {
        static ERRAND: Cell<Option<&'static Errand>> = const { Cell::new(None) };
        static WAYS: Cell<Option<&'static Ways>> = const { Cell::new(None) };
        static WAITING_FOR_ERRAND: Waiting = const { RefCell::new(Vec::new()) };
        static WAITING_FOR_WAYS: Waiting = const { RefCell::new(Vec::new()) };
    }

    // The macro's own code, by which the parts call each other, is unsafe.
    #[wasm_split(errand, fallible)]
    fn load_part_errand() -> Result<&'static Errand, SplitLoaderError> {
        Ok(&crate::errand::PART)
    }

    #[wasm_split(ways, fallible)]
    fn load_part_ways() -> Result<&'static Ways, SplitLoaderError> {
        Ok(&crate::ways::PART)
    }

    /// The errand's part, if it is there.
    pub fn errand() -> Option<&'static Errand> {
        ERRAND.get()
    }

    /// The part that finds more, if it is there.
    pub fn ways() -> Option<&'static Ways> {
        WAYS.get()
    }

    /// Has the errand's part, then calls back: with whether it is there. One load at a time serves all who wait.
    pub fn load_errand(done: impl FnOnce(bool) + 'static) {
        let load = async {
            let part = load_part_errand().await.ok();
            ERRAND.set(part);
            part.is_some()
        };
        load_once(errand().is_some(), &WAITING_FOR_ERRAND, Box::new(done), Box::pin(load));
    }

    /// The same for the part that finds more.
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
