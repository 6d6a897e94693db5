//! The live region: one for the widget, polite, and debounced.

use leptos::prelude::*;

use super::{Cx, Screen};
use crate::platform::clock::{Timer, sleep};
use crate::platform::spawn;
use crate::ui;
use crate::ui::view::{Node, live, nothing};

/// What the live region says, and what it is about to say.
#[derive(Clone, Copy)]
pub struct Said {
    now: RwSignal<String>,
    /// What was to be said last; said once it has held for a moment.
    next: StoredValue<String>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
}

/// Milliseconds until what was said is gone: it was for that moment, and would be met as a line of its own later.
const STAYS: i32 = 10_000;

impl Said {
    /// Of one widget.
    pub fn new() -> Self {
        Self {
            now: RwSignal::new(String::new()),
            next: StoredValue::new(String::new()),
            timer: StoredValue::new_local(None),
        }
    }

    /// The region; never redrawn with a step, or nobody would hear it. Without the role `status`, by which a screen reader
    /// that reads on from line to line comes to it while it is empty, and says no more than "status bar".
    pub fn draw(self) -> Node {
        live(move || {
            let region = ui::text("div", "fat-said", self.now.get()).part("status");
            region.attr("aria-live", "polite").attr("aria-atomic", "true").into()
        })
    }

    /// Says a text if it still holds after a moment.
    pub fn say(self, text: String) {
        if self.is_new(&text) {
            self.soon(text);
        }
    }

    fn is_new(self, text: &str) -> bool {
        self.next.try_update_value(|next| {
            let is_new = next != text;
            if is_new {
                text.clone_into(next);
            }
            is_new
        }) == Some(true)
    }

    /// Takes what was said off the page, unless something else is said by then.
    fn fade(self, text: String) {
        spawn(Box::pin(async move {
            sleep(STAYS).await;
            if self.now.try_with_untracked(|now| *now == text) == Some(true) {
                self.now.try_set(String::new());
            }
        }));
    }

    fn soon(self, text: String) {
        let timer = Timer::after(600, move || {
            self.now.try_set(text.clone());
            self.fade(text);
        });
        self.timer.try_update_value(|held| *held = Some(timer));
    }
}

impl Screen {
    /// Says what `say` comes to, whenever a signal changes that it reads, or anything of the journey.
    pub fn announce(self, say: impl Fn(&Cx) -> String + Send + 'static) -> Node {
        self.announcement(false, Box::new(say))
    }

    /// The same where changes come by themselves: only what follows from the patient's own act is said.
    pub fn announce_if_acted(self, say: impl Fn(&Cx) -> String + Send + 'static) -> Node {
        self.announcement(true, Box::new(say))
    }

    fn announcement(self, if_acted: bool, say: Box<dyn Fn(&Cx) -> String + Send>) -> Node {
        self.follow(move |cx| {
            let text = say(cx);
            if !if_acted {
                self.said.say(text);
            } else if self.said.is_new(&text) && self.acted.get_untracked() {
                self.said.soon(text);
                self.acted.maybe_update(|acted| {
                    *acted = false;
                    false
                });
            }
            nothing()
        })
    }
}
