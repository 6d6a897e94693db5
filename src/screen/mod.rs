//! The screen: the step that is shown, with what every step has (the test system's note, the live region, help), and what steps
//! share ([`Screen`]).
//!
//! A step is a component that consists of sections and of further components. A section is drawn again when something
//! that it reads changes: [`Screen::follow`] follows the whole state of the journey, for sections in which little ever
//! changes; [`Screen::draw`] follows only the signals that the section reads. Both follow the language.

mod announcer;
mod at;
mod focus;
mod root;
pub mod wait;
pub mod wording;

use booking::directory::Directory;
use booking::errand::event::Event as Act;
use booking::errand::state::Errand;
use booking::journey::event::Event;
use booking::journey::state::State;
use leptos::prelude::*;

use self::announcer::Announcer;
pub use self::at::{Step, outcome, step};
pub use self::focus::{Spot, Wish, stamp};
pub use self::root::Root;
use crate::app::App;
use crate::app::part;
use crate::i18n::Words;
use crate::platform::clock::Timer;
use crate::ui::view::{El, Node, live, nothing, text_key};
use crate::ui::{self, Press, Weight};

/// What the steps of one widget share. Components get it from the Leptos context.
#[derive(Clone, Copy)]
pub struct Screen {
    /// The widget.
    pub app: App,
    /// Whether the patient changed which times or waits are shown, so that the live region announces the result.
    pub acted: RwSignal<bool>,
    /// Whether the patient asked for what is being loaded, so that the focus moves to it.
    pub follows: RwSignal<bool>,
    /// Whether the patient asked to change what the record says, on the review or on the patient step.
    pub edits: RwSignal<bool>,
    wish: RwSignal<Wish>,
    /// A new number for each step whose heading takes the focus when the step appears; 0 for a step that appears after
    /// loading that the patient did not ask for.
    arrival: RwSignal<u32>,
    announcer: Announcer,
}

/// What a section is drawn from.
pub struct Cx<'a> {
    /// The widget.
    pub app: App,
    /// What steps share.
    pub screen: Screen,
    /// The words of the page's language.
    pub words: &'a Words,
    /// The state of the journey.
    pub state: &'a State,
    /// Level of a step's heading.
    pub level: u16,
}

/// A closure with a single method to call it. A `dyn Fn` has three (`call`, `call_mut`, `call_once`), and the
/// closure's whole code would be compiled into each of them.
trait Draw: Send {
    fn draw(&self, cx: &Cx) -> Node;
}

impl<F: Fn(&Cx) -> Node + Send> Draw for F {
    fn draw(&self, cx: &Cx) -> Node {
        self(cx)
    }
}

impl Screen {
    /// The screen of the widget that the current component belongs to.
    pub fn here() -> Self {
        expect_context()
    }

    /// Draws a section again whenever the journey's state or the language changes.
    pub fn follow(self, draw: impl Fn(&Cx) -> Node + Send + 'static) -> Node {
        self.section(true, Box::new(draw))
    }

    /// Draws a section again whenever a signal that `draw` reads, or the language, changes. `draw` may read only those parts of
    /// `cx.state` whose changes these signals report.
    pub fn draw(self, draw: impl Fn(&Cx) -> Node + Send + 'static) -> Node {
        self.section(false, Box::new(draw))
    }

    /// Draws a section that changes only with the language.
    #[inline(never)]
    pub fn fixed(self, draw: fn(&Cx) -> El) -> Node {
        self.draw(move |cx| draw(cx).into())
    }

    /// Draws a section that depends only on the state; see [`Screen::follow`].
    #[inline(never)]
    pub fn plain(self, draw: fn(&Cx) -> Option<El>) -> Node {
        self.follow(move |cx| draw(cx).into())
    }

    /// The heading of a step.
    #[inline(never)]
    pub fn heading(self, key: &'static str) -> Node {
        self.draw(move |cx| cx.heading(key).into())
    }

    /// A paragraph.
    #[inline(never)]
    pub fn line(self, class: &'static str, key: &'static str) -> Node {
        self.draw(move |cx| cx.line(class, key).into())
    }

    #[inline(never)]
    fn section(self, follows: bool, draw: Box<dyn Draw>) -> Node {
        live(move || {
            if follows {
                self.app.state.track();
            }
            let mut node = nothing();
            self.read(&mut |cx| node = draw.draw(cx));
            node
        })
    }

    fn read(self, what: &mut dyn FnMut(&Cx)) {
        let app = self.app;
        let level = app.appearance.with(|look| look.heading_level);
        app.words.with(|words| {
            app.state.with_untracked(|state| what(&Cx { app, screen: self, words, state, level }));
        });
    }

    /// Sends an event that may change which times or waits are shown. The live region announces the result.
    pub fn act(self, event: impl Into<Event>) {
        self.acted.set(true);
        self.app.outcome_focus.set(false);
        self.app.send(event);
    }
}

impl Cx<'_> {
    /// Names and places: those of the errand while there is one, since the finder may look elsewhere by then.
    pub fn directory(&self) -> &Directory {
        let State { finder, errand, .. } = self.state;
        if errand.stage.is_idle() { &finder.board.directory } else { &errand.directory }
    }

    /// A text of the page's language.
    pub fn t(&self, key: &str) -> String {
        self.words.text(key)
    }

    /// A press that sends an event to the journey.
    pub fn send<E: Into<Event> + 'static>(&self, event: fn() -> E) -> Press {
        let app = self.app;
        Box::new(move || app.send(event()))
    }

    /// A press that sends an event with [`Screen::act`].
    pub fn act<E: Into<Event>>(&self, event: impl Fn() -> E + Send + 'static) -> Press {
        let screen = self.screen;
        Box::new(move || screen.act(event()))
    }

    /// Whether the errand is an on-demand visit.
    pub fn is_for_now(&self) -> bool {
        self.state.errand.stage.errand().is_some_and(|errand| errand.on_demand().is_some())
    }

    /// The stamp for the element at a spot.
    pub fn focus(&self, spot: Spot) -> u32 {
        self.screen.focus(spot)
    }

    /// A paragraph.
    #[inline(never)]
    pub fn line(&self, class: &'static str, key: &str) -> El {
        ui::line(class, self.t(key))
    }

    /// A button, keyed by its message key.
    #[inline(never)]
    pub fn button(&self, weight: Weight, key: &str, press: Press) -> El {
        ui::button(weight, self.t(key), press).key(text_key(key))
    }

    /// The heading of a step.
    pub fn heading(&self, key: &str) -> El {
        ui::heading(self.level, "fat-heading", self.t(key))
            .part("heading")
            .attr("tabindex", "-1")
            .focus(self.arrival())
    }

    /// The stamp for the element that takes the focus when its step appears.
    pub fn arrival(&self) -> u32 {
        self.screen.arrival.get_untracked()
    }
}

/// What the live region says of the outcomes in brief.
pub fn said_of_outcomes(cx: &Cx) -> String {
    part::errand().map(|errand| (errand.said)(cx)).unwrap_or_default()
}

/// A button that goes one step back.
pub fn back(cx: &Cx) -> El {
    cx.button(Weight::Link, "back", cx.send(|| Act::Back))
}

/// A "Try again" button that reads the whole step again; the focus moves to what is read.
pub fn retry(cx: &Cx, weight: Weight) -> El {
    let screen = cx.screen;
    let press = Box::new(move || {
        screen.follows.set(true);
        screen.app.send(Event::Retry);
    });
    cx.button(weight, "retry", press)
}

/// A signal that becomes true once the current component has been on screen for five seconds.
pub fn is_slow() -> RwSignal<bool> {
    let slow = RwSignal::new(false);
    let timer = Timer::after(5000, move || {
        slow.try_set(true);
    });
    // Stored, so that the timer lives as long as the component.
    StoredValue::new_local(timer);
    slow
}

/// Calls `what` with the current errand, if there still is one.
pub fn with_errand<R>(app: App, what: impl FnOnce(&State, &Errand) -> R) -> Option<R> {
    app.state.with_untracked(|state| Some(what(state, state.errand.stage.errand()?)))
}
