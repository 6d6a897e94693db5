//! The errand's part of the wasm: its machine, what it does and how it looks. A phone that looks for a time has no need of it,
//! so it is downloaded later: when the times are shown and the page is idle, or on the press that needs it.
//!
//! With the feature `parts` off everything is in one wasm, and the part is there from the start.

use booking::errand::Run;
use booking::errand::command::Command;

use super::effects::Effects;
use crate::screen::{Cx, Screen, Step};
use crate::ui::view::Node;

/// What the first part calls of the second.
pub struct Part {
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

#[cfg(not(feature = "parts"))]
mod whole {
    use super::Part;

    /// The part, if it is there.
    #[expect(clippy::unnecessary_wraps, reason = "not so where it is loaded later")]
    pub fn loaded() -> Option<&'static Part> {
        Some(&crate::errand::PART)
    }

    /// Has the part, then calls back: with whether it is there.
    pub fn load(done: impl FnOnce(bool) + 'static) {
        done(true);
    }
}

#[cfg(feature = "parts")]
mod split {
    use std::cell::{Cell, RefCell};

    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::Part;
    use crate::platform::spawn;

    type Done = Box<dyn FnOnce(bool)>;

    thread_local! {
        static LOADED: Cell<Option<&'static Part>> = const { Cell::new(None) };
        /// Who waits for the load that is under way.
        static WAITING: RefCell<Vec<Done>> = const { RefCell::new(Vec::new()) };
    }

    // The macro's own code, by which the two parts call each other, is unsafe.
    #[expect(clippy::unnecessary_wraps, reason = "the macro wants a result")]
    #[wasm_split(errand, fallible)]
    fn errand() -> Result<&'static Part, SplitLoaderError> {
        Ok(&crate::errand::PART)
    }

    /// The part, if it is there.
    pub fn loaded() -> Option<&'static Part> {
        LOADED.get()
    }

    /// Has the part, then calls back: with whether it is there. One load at a time serves all who wait.
    pub fn load(done: impl FnOnce(bool) + 'static) {
        if loaded().is_some() {
            return done(true);
        }
        let is_first = WAITING.with_borrow_mut(|waiting| {
            waiting.push(Box::new(done));
            waiting.len() == 1
        });
        if is_first {
            spawn(Box::pin(async {
                let part = errand().await.ok();
                LOADED.set(part);
                for done in WAITING.take() {
                    done(part.is_some());
                }
            }));
        }
    }
}

#[cfg(feature = "parts")]
pub use split::{load, loaded};
#[cfg(not(feature = "parts"))]
pub use whole::{load, loaded};
