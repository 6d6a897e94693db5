//! The root of what a patient sees: the step on screen, with what every step has (the test system's line, the live
//! region, help), and what steps share ([`Screen`]).
//!
//! A step is a component, and so is each section of it. A section draws itself again when something that it reads
//! changes: [`Screen::follow`] reads the whole state of the journey, for sections in which little ever changes;
//! [`Screen::draw`] leaves it to the memos that the section reads.

mod at;
mod focus;
mod said;
pub mod wait;
pub mod wording;

use booking::directory::Directory;
use booking::errand::event::Event as Act;
use booking::errand::state::{Errand, Stage};
use booking::journey::event::Event;
use booking::journey::state::State;
use leptos::prelude::*;

pub use self::at::step;
use self::at::{At, Step};
pub use self::focus::{Spot, Wish, stamp};
use self::said::Said;
use crate::app::App;
use crate::errand::outcomes::{self, Outcomes};
use crate::errand::{outcome, patient, refused, review, sign_in, taken};
use crate::finder::{self, choosing, queue, unavailable};
use crate::i18n::Words;
use crate::platform::clock::Timer;
use crate::ui::view::{El, Node, el, live, named, nothing, part};
use crate::ui::watch::Watch;
use crate::ui::{self, Press, Weight};
use crate::visits::{my_visits, waiting};

/// What steps share of the screen, by context.
#[derive(Clone, Copy)]
pub struct Screen {
    /// The widget.
    pub app: App,
    /// The patient changed what times are shown: how many there are is worth saying.
    pub acted: RwSignal<bool>,
    /// The patient asked for what is loading now: the focus follows.
    pub follows: RwSignal<bool>,
    /// The patient asked to change what the record says; on the review, or on the patient step itself.
    pub edits: RwSignal<bool>,
    wish: RwSignal<Wish>,
    /// Changes when the patient's own action led to the step on screen; 0 until then.
    arrival: RwSignal<u32>,
    said: Said,
}

/// What a section is drawn from.
pub struct Cx<'a> {
    /// The widget.
    pub app: App,
    /// What steps share.
    pub screen: Screen,
    /// The words of the page's language.
    pub words: &'a Words,
    /// The journey.
    pub state: &'a State,
    /// Level of a step's heading.
    pub level: u8,
}

/// A closure behind one method: `dyn Fn` has three, and each is compiled with all that the closure does.
trait Draw: Send {
    fn draw(&self, cx: &Cx) -> Node;
}

impl<F: Fn(&Cx) -> Node + Send> Draw for F {
    fn draw(&self, cx: &Cx) -> Node {
        self(cx)
    }
}

impl Screen {
    /// The one of the widget that the component at hand is a part of.
    pub fn here() -> Self {
        expect_context()
    }

    /// Draws a section again whenever anything of the journey changes, or the language.
    pub fn follow(self, draw: impl Fn(&Cx) -> Node + Send + 'static) -> Node {
        self.section(true, Box::new(draw))
    }

    /// Draws a section again whenever a signal changes that `draw` reads, or the language. Of `cx.state` it may read
    /// what those signals speak of, and no more.
    pub fn draw(self, draw: impl Fn(&Cx) -> Node + Send + 'static) -> Node {
        self.section(false, Box::new(draw))
    }

    /// Draws what changes with the language alone.
    #[inline(never)]
    pub fn fixed(self, draw: fn(&Cx) -> El) -> Node {
        self.draw(move |cx| draw(cx).into())
    }

    /// Draws what the state alone says; see [`Screen::follow`].
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
        let level = app.look.with(|look| look.heading_level);
        app.words.with(|words| {
            app.state.with_untracked(|state| what(&Cx { app, screen: self, words, state, level }));
        });
    }

    /// Sends an event of the times on screen: how many there are is said when it has changed that.
    pub fn act(self, event: impl Into<Event>) {
        self.acted.set(true);
        self.app.send(event);
    }
}

impl Cx<'_> {
    /// Names and places: the errand's while there is one, since the finder may look elsewhere by now.
    pub fn directory(&self) -> &Directory {
        let State { finder, errand, .. } = self.state;
        if errand.stage.is_idle() { &finder.board.directory } else { &errand.directory }
    }

    /// A text of the page's language.
    pub fn t(&self, key: &str) -> String {
        self.words.text(key)
    }

    /// What happens on a press: an event to the journey.
    pub fn send<E: Into<Event> + 'static>(&self, event: fn() -> E) -> Press {
        let app = self.app;
        Box::new(move || app.send(event()))
    }

    /// The same, for an event of the times on screen.
    pub fn act<E: Into<Event>>(&self, event: impl Fn() -> E + Send + 'static) -> Press {
        let screen = self.screen;
        Box::new(move || screen.act(event()))
    }

    /// The errand is a visit as soon as somebody is free.
    pub fn is_for_now(&self) -> bool {
        self.state.errand.stage.errand().is_some_and(|errand| errand.now().is_some())
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

    /// A button; its words say which one it is.
    #[inline(never)]
    pub fn button(&self, weight: Weight, key: &str, press: Press) -> El {
        ui::button(weight, self.t(key), press).key(named(key))
    }

    /// The heading of a step.
    pub fn heading(&self, key: &str) -> El {
        ui::heading(self.level, "fat-heading", self.t(key))
            .part("heading")
            .attr("tabindex", "-1")
            .focus(self.arrival())
    }

    /// The stamp for what takes the focus on arrival.
    pub fn arrival(&self) -> u32 {
        self.screen.arrival.get_untracked()
    }
}

/// The widget: the live region, and the step on screen.
#[component]
pub fn Root() -> Node {
    let app = expect_context::<App>();
    let screen = Screen {
        app,
        acted: RwSignal::new(false),
        follows: RwSignal::new(false),
        edits: RwSignal::new(false),
        wish: RwSignal::new(Wish::default()),
        arrival: RwSignal::new(0),
        said: Said::new(),
    };
    let memory = finder::Memory::new();
    provide_context(screen);
    provide_context(memory);
    let at = Watch::new(move || app.state.with(At::of));
    let (mut last, mut steps, mut arrivals) = (None::<At>, 0, 0);
    let on_screen = live(move || {
        let at = at.get();
        let before = last.replace(at);
        if before.is_some_and(|before| before.persons != at.persons) {
            // What one person opened, typed or was on the way to is not the next one's.
            memory.forget();
            screen.acted.set(false);
            screen.edits.set(false);
        }
        let (number, number_before) = (at.step.number(), before.map_or(0, |before| before.step.number()));
        if number != number_before {
            // Never on first paint: the page's reader is elsewhere then.
            let follows = screen.follows.get_untracked();
            screen.arrival.set(0);
            if number != 0 && (number_before != 0 || follows) {
                arrivals += 1;
                screen.arrival.set(arrivals);
            }
            screen.follows.set(follows && number == 0);
            // Only the choice of a way is drawn again on the far side of loading.
            let is_way = matches!(screen.wish.get_untracked().0, Spot::Way(_));
            if !(is_way && (number == 0 || number_before == 0)) {
                screen.fulfil();
            }
            screen.read(&mut |cx| screen.said.say(outcomes::said(cx)));
        }
        steps += 1;
        if at.step == Step::Loading {
            return part(1, Outcomes);
        }
        el("div", "fat-screen")
            .node(part(1, TestSystem))
            .node(part(2, Outcomes))
            // A number of its own each time: what is shown of one person or visit never becomes another's.
            .node(part(steps + 3, move || on_screen_now(screen, at.step)))
            .maybe(at.step.shows_guidance().then(|| el("slot", "").attr("name", "guidance")))
            .node(part(3, Help))
            .into()
    });
    el("div", "fat-frame").node(screen.said.draw()).node(on_screen).into()
}

/// The component of a step, with what does not change while it is on screen.
fn on_screen_now(screen: Screen, step: Step) -> Node {
    match step {
        Step::Loading => nothing(),
        Step::Choosing => choosing::Choosing(),
        Step::Queue => queue::Queue(),
        Step::Unavailable => unavailable::Unavailable(),
        Step::Visits => my_visits::MyVisits(),
        Step::Resolving
        | Step::GivenAway
        | Step::SignIn
        | Step::Patient
        | Step::Review
        | Step::Sending
        | Step::Taken
        | Step::Unconfirmed
        | Step::Booked
        | Step::InLine
        | Step::Refused
        | Step::CallToBook => screen.app.state.with_untracked(|state| of_errand(&state.errand.stage)),
    }
}

fn of_errand(stage: &Stage) -> Node {
    match stage {
        // Drawn by the finder, and by its own component above.
        Stage::Idle | Stage::Visits(_) => nothing(),
        Stage::Resolving(time, _) => sign_in::Resolving(sign_in::ResolvingProps { time: time.clone() }),
        Stage::GivenAway(time) => sign_in::GivenAway(sign_in::GivenAwayProps { time: time.clone() }),
        Stage::SignIn(errand, _) => sign_in::SignIn(sign_in::SignInProps { errand: errand.clone() }),
        Stage::Patient(errand) => patient::Patient(patient::PatientProps { errand: errand.clone() }),
        Stage::Review(errand, failure) => {
            review::Review(review::ReviewProps { errand: errand.clone(), failure: *failure })
        }
        Stage::Sending(errand, ..) => review::Sending(review::SendingProps { errand: errand.clone() }),
        Stage::Taken(lost, refusal) => {
            taken::Taken(taken::TakenProps { lost: lost.clone(), refusal: *refusal })
        }
        Stage::Unconfirmed(errand) => {
            outcome::Unconfirmed(outcome::UnconfirmedProps { errand: errand.clone() })
        }
        Stage::Booked(time, confirmation) => {
            let meeting = confirmation.meeting.clone();
            outcome::Booked(outcome::BookedProps { time: time.clone(), meeting })
        }
        Stage::Waiting(waiting) => waiting::InLine(waiting::InLineProps { now: waiting.now.clone() }),
        Stage::Refused(refusal, errand) => {
            refused::Refused(refused::RefusedProps { refusal: *refusal, errand: errand.clone() })
        }
        Stage::CallToBook(errand) => refused::CallToBook(refused::CallToBookProps { errand: errand.clone() }),
    }
}

/// Says that nothing here is real, where the page points to the test tier.
#[component]
fn TestSystem() -> Node {
    let screen = Screen::here();
    screen.draw(move |cx| {
        let is_test = screen.app.look.with(|look| look.is_test_system);
        is_test.then(|| cx.line("fat-test", "test-system")).into()
    })
}

/// The same place on every step: what the host page says, else the clinic's phone.
#[component]
fn Help() -> Node {
    let screen = Screen::here();
    let phone = Watch::new(move || {
        screen.app.state.with(|state| {
            // Where nothing can be done the host page's own words stand below, its phone among them.
            if At::of(state).step.is_dead_end() { None } else { wording::phone(state) }
        })
    });
    screen.draw(move |cx| {
        let phone = phone.get().map(|phone| wording::sentence_with_phone(cx, "help.call", phone));
        let slot = el("slot", "").attr("name", "help").children(phone.into_iter().map(Into::into).collect());
        el("div", "fat-help").part("help").child(slot).into()
    })
}

/// A button that goes one step back.
pub fn back(cx: &Cx) -> El {
    cx.button(Weight::Link, "back", cx.send(|| Act::Back))
}

/// A press on "Try again" where the whole step is about to be read anew: the focus follows what comes.
pub fn retry(cx: &Cx, weight: Weight) -> El {
    let screen = cx.screen;
    let press = Box::new(move || {
        screen.follows.set(true);
        screen.app.send(Event::Retry);
    });
    cx.button(weight, "retry", press)
}

/// A signal that turns true once the component at hand has been on screen for five seconds.
pub fn is_slow() -> RwSignal<bool> {
    let slow = RwSignal::new(false);
    let timer = Timer::after(5000, move || {
        slow.try_set(true);
    });
    // Kept until the component goes.
    StoredValue::new_local(timer);
    slow
}

/// The errand that the step on screen is about, if there is one still.
pub fn with_errand<R>(app: App, what: impl FnOnce(&State, &Errand) -> R) -> Option<R> {
    app.state.with_untracked(|state| Some(what(state, state.errand.stage.errand()?)))
}
