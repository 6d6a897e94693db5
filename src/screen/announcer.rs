//! The live region: one for each widget, polite and debounced.

use leptos::prelude::*;

use super::{Cx, Screen};
use crate::platform::clock::{Timer, sleep};
use crate::platform::spawn;
use crate::ui;
use crate::ui::view::{Node, live, nothing};

/// The live region's text, and the text that it shows next.
#[derive(Clone, Copy)]
pub struct Announcer {
    now: RwSignal<String>,
    /// The latest text to say; it is shown once it has stayed the latest for 600 milliseconds.
    next: StoredValue<String>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
}

/// Milliseconds until the text is removed. The text is out of date by then, and a screen reader would still find
/// it as a line of the page.
const STAYS: i32 = 10_000;

impl Announcer {
    /// Makes the live region of one widget.
    pub fn new() -> Self {
        Self {
            now: RwSignal::new(String::new()),
            next: StoredValue::new(String::new()),
            timer: StoredValue::new_local(None),
        }
    }

    /// Draws the region. It is never redrawn with a step, since screen readers announce only changes of an existing region. It
    /// has no role `status`: with that role a screen reader that reads line by line stops at the empty region and says only
    /// "status bar".
    pub fn draw(self) -> Node {
        live(move || {
            let region = ui::text("div", "fat-said", self.now.get()).part("status");
            region.attr("aria-live", "polite").attr("aria-atomic", "true").into()
        })
    }

    /// Announces a text, unless another text follows within 600 milliseconds.
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

    /// Removes the text after a while, unless another text has replaced it.
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
    /// Announces the result of `say` whenever a signal that it reads, or the journey's state, changes.
    pub fn announce(self, say: impl Fn(&Cx) -> String + Send + 'static) -> Node {
        self.announcement(false, Box::new(say))
    }

    /// Like [`Screen::announce`], for texts that also change without the patient: announces only changes that
    /// follow the patient's own action.
    pub fn announce_if_acted(self, say: impl Fn(&Cx) -> String + Send + 'static) -> Node {
        self.announcement(true, Box::new(say))
    }

    fn announcement(self, if_acted: bool, say: Box<dyn Fn(&Cx) -> String + Send>) -> Node {
        self.follow(move |cx| {
            let text = say(cx);
            if !if_acted {
                self.announcer.say(text);
            } else if self.announcer.is_new(&text) && self.acted.get_untracked() {
                self.announcer.soon(text);
                self.acted.maybe_update(|acted| {
                    *acted = false;
                    false
                });
            }
            nothing()
        })
    }
}
