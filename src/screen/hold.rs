//! The focus between two steps.
//!
//! The control that was pressed goes with its step. A browser reports "removed", "added" and "focused" to a screen reader
//! together, and one that still reads the step before looks for the place itself, finds the new heading, and then hears
//! nothing new in its focus: the heading is not said, or said without its words. So the focus first goes to what all steps
//! stand in, which stays; the step is exchanged a moment later, and then the heading takes the focus. See
//! docs/decisions/0038.

use leptos::prelude::*;

use crate::app::App;
use crate::platform::clock::Timer;
use crate::platform::focus::gather;

/// Milliseconds until a screen reader knows where the focus is, and too few to be seen.
const MOMENT: i32 = 50;

/// Makes the next step of one widget wait for a moment.
#[derive(Clone, Copy)]
pub struct Hold {
    app: App,
    timer: StoredValue<Option<Timer>, LocalStorage>,
    /// The moment is over.
    over: RwSignal<bool>,
}

impl Hold {
    /// Of one widget.
    pub fn new(app: App) -> Self {
        Self { app, timer: StoredValue::new_local(None), over: RwSignal::new(false) }
    }

    /// Whether the next step has to wait: if the focus is in the one before. Whoever asks is called again when it need not
    /// wait any more.
    pub fn is_on(self) -> bool {
        if self.over.get() {
            return false;
        }
        let waits = self.timer.with_value(Option::is_some);
        let begins =
            !waits && self.app.effects.with_value(|effects| effects.root().is_some_and(|root| gather(&root)));
        if begins {
            let timer = Timer::after(MOMENT, move || {
                self.over.try_set(true);
            });
            self.timer.set_value(Some(timer));
        }
        waits || begins
    }

    /// The next step is drawn now. Answers whether it had to wait.
    pub fn end(self) -> bool {
        self.over.maybe_update(|over| {
            *over = false;
            false
        });
        self.timer.try_update_value(Option::take).flatten().is_some()
    }
}
