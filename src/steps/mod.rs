//! One component a step. A step reads the state and dispatches events; what it shows is a function of both and of the
//! few things only the screen knows ([`Local`]).

use booking::directory::Directory;
use booking::errand::event::Event as Act;
use booking::errand::state::Stage;
use booking::finder::state::Stage as Looking;
use booking::journey::event::Event;
use booking::journey::state::State;
use booking::settings::Way;

mod booked;
mod choosing;
mod clinics;
mod days;
mod details;
mod filters;
mod inputs;
mod my_visits;
mod outcomes;
mod payment;
mod questions;
mod queue;
mod review;
mod sign_in;
mod someone_else;
mod taken;
mod trouble;
mod waiting;
mod ways;
mod where_to;
mod wording;

use booking::validate::{Field, Flaw};
use chrono::NaiveDate;
use leptos::prelude::*;

use crate::app::App;
use crate::i18n::Words;
use crate::platform::clock::Timer;
use crate::ui::element::{El, Node, el, live, named, nothing};
use crate::ui::{self, Press, Weight};

/// What only the screen knows: open panels, flaws told so far, where the focus is to go.
#[derive(Clone, Default)]
struct Local {
    filters_open: bool,
    /// Days whose times are all shown.
    opened: Vec<NaiveDate>,
    /// The patient asked to change what the record says.
    editing: bool,
    /// Told to the patient, in the order of the form.
    flaws: Vec<(Field, Flaw)>,
    /// Whether the summary of flaws is shown: after a submit that was held back.
    summary: bool,
    /// A button or a choice is being pressed: nothing may move under it.
    pressing: bool,
    /// A field that was left for that; looked at once the press is over.
    skipped: Option<Field>,
    /// Where the focus goes next, and a number that makes each such wish a new one.
    focus: (Spot, u32),
    /// The patient asked for what is loading now: the focus follows.
    owed: bool,
    /// The patient changed what times are shown: how many there are is worth saying.
    acted: bool,
    /// The line of the page's own clinic or clinician is chosen.
    own_line: bool,
    /// The reason chosen for leaving a line.
    reason: Option<String>,
    /// A line was to be joined without the terms accepted: told at their box.
    owes_terms: bool,
    /// Whom or what the page names, for when another of its ways is on screen.
    named: Option<String>,
    /// What is typed as a place to look around, and what came of it.
    place: where_to::Asked,
    /// The step, by its number, that has been waiting for long.
    slow: u32,
    /// Whose entries these are; another person's flaws are not shown.
    person: u32,
}

/// A place the focus can be sent to.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Spot {
    #[default]
    Nowhere,
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

/// All a step is drawn from.
struct Cx<'a> {
    app: App,
    local: RwSignal<Local>,
    here: Local,
    words: &'a Words,
    state: &'a State,
    level: u8,
    /// Changes when the patient's own action led to this step; 0 until then.
    arrival: u32,
    /// The step has been waiting for five seconds.
    slow: bool,
}

impl Cx<'_> {
    /// Names and places: the errand's while there is one, since the finder may look elsewhere by now.
    fn directory(&self) -> &Directory {
        let State { finder, errand, .. } = self.state;
        if errand.stage.is_idle() { &finder.board.directory } else { &errand.directory }
    }

    fn t(&self, key: &str) -> String {
        self.words.text(key)
    }

    /// What happens on a press: an event to the journey.
    fn send<E: Into<Event> + 'static>(&self, event: fn() -> E) -> Press {
        let app = self.app;
        Box::new(move || app.send(event()))
    }

    /// The same, for an event of the times on screen: how many there are is said when it has changed that.
    fn act<E: Into<Event>>(&self, event: impl Fn() -> E + Send + 'static) -> Press {
        let (app, local) = (self.app, self.local);
        Box::new(move || {
            local.update(|local| local.acted = true);
            app.send(event());
        })
    }

    /// The errand is a visit as soon as somebody is free.
    fn is_for_now(&self) -> bool {
        self.state.errand.stage.errand().is_some_and(|errand| errand.now().is_some())
    }

    /// The stamp for the element at a spot.
    fn focus(&self, spot: Spot) -> u32 {
        if self.here.focus.0 == spot { self.here.focus.1 } else { 0 }
    }

    /// A paragraph.
    #[inline(never)]
    fn line(&self, class: &'static str, key: &str) -> El {
        ui::line(class, self.t(key))
    }

    /// A button; its words say which one it is.
    #[inline(never)]
    fn button(&self, weight: Weight, key: &str, press: Press) -> El {
        ui::button(weight, self.t(key), press).key(named(key))
    }

    /// The heading of a step.
    fn heading(&self, key: &str) -> El {
        ui::heading(self.level, "fat-heading", self.t(key))
            .part("heading")
            .attr("tabindex", "-1")
            .focus(self.arrival)
    }
}

/// Sends the focus somewhere once that is drawn.
fn go_to(local: &mut Local, spot: Spot) {
    local.focus = (spot, local.focus.1 + 1);
}

const UNAVAILABLE: u32 = 10;
const QUEUE: u32 = 11;

/// Steps with different numbers are different screens.
fn number(state: &State) -> u32 {
    match &state.errand.stage {
        Stage::Idle => match state.finder.stage {
            Looking::Loading => 0,
            Looking::Choosing => 1,
            Looking::Unavailable(_) => UNAVAILABLE,
            Looking::Queue => QUEUE,
        },
        Stage::GivenAway(_) => 2,
        Stage::SignIn(..) => 3,
        Stage::Patient(_) => 4,
        Stage::Review(..) => 5,
        Stage::Sending(..) => 6,
        Stage::Taken(..) => 7,
        Stage::Unconfirmed(_) => 8,
        Stage::Booked(..) => 9,
        Stage::Refused(..) | Stage::CallToBook(_) => UNAVAILABLE,
        Stage::Resolving(..) => 12,
        Stage::Waiting(_) => 13,
        Stage::Visits(_) => 14,
    }
}

/// The step on screen, with what stands on each: the test system's line, the live region, help.
#[component]
pub fn Step() -> impl IntoView {
    let app = expect_context::<App>();
    let local = RwSignal::new(Local::default());
    let said = RwSignal::new(String::new());
    let timers = StoredValue::new_local([None::<Timer>, None]);
    let mut last = (0, String::new());
    let (mut arrivals, mut arrival) = (0, 0);
    let screen = live(move || {
        let mut here = local.get();
        let look = app.look.get();
        let person = app.state.with(|state| state.errand.persons);
        if person != here.person {
            here = Local { person, focus: here.focus, owed: here.owed, ..Local::default() };
            local.set(here.clone());
        }
        app.words.with(|words| {
            app.state.with(|state| {
                let step = number(state);
                if step != last.0 {
                    // Never on first paint: the page's reader is elsewhere then.
                    arrival = 0;
                    if step != 0 && (last.0 != 0 || here.owed) {
                        arrivals += 1;
                        arrival = arrivals;
                    }
                    let before = std::mem::replace(&mut last.0, step);
                    let slow = Timer::after(5000, move || {
                        local.try_update(|local| local.slow = step);
                    });
                    timers.update_value(|timers| timers[1] = Some(slow));
                    // What was waited for, owed or wished for belonged to the step before.
                    here.owed &= step == 0;
                    here.slow = 0;
                    // Only the choice of a way is drawn again on the far side of loading.
                    if !(matches!(here.focus.0, Spot::Way(_)) && (step == 0 || before == 0)) {
                        here.focus.0 = Spot::Nowhere;
                    }
                    local.set(here.clone());
                }
                let slow = here.slow == step && step != 0;
                let cx = Cx { app, local, here, words, state, level: look.heading_level, arrival, slow };
                let now = wording::status(&cx);
                if now != last.1 {
                    // Debounced: only what still holds after a moment is said.
                    last.1.clone_from(&now);
                    // Waits change every minute: only what the patient asked for is said.
                    if step != QUEUE || cx.here.acted {
                        let soon = Timer::after(600, move || {
                            said.try_set(now);
                        });
                        timers.update_value(|timers| timers[0] = Some(soon));
                        if step == QUEUE {
                            local.maybe_update(|local| {
                                local.acted = false;
                                false
                            });
                        }
                    }
                }
                frame(&cx, step, look.is_test_system)
            })
        })
    });
    let status = live(move || ui::line("fat-said", said.get()).part("status").attr("role", "status").into());
    Node::from(el("div", "fat-frame").node(status).node(screen))
}

fn frame(cx: &Cx, step: u32, is_test_system: bool) -> Node {
    let body = el("section", "fat-step").key(step + 1);
    let body = match &cx.state.errand.stage {
        Stage::Idle => match cx.state.finder.stage {
            Looking::Loading => return outcomes::draw(cx).map_or_else(nothing, Into::into),
            Looking::Choosing => choosing::draw(cx, body),
            Looking::Queue => queue::draw(cx, body),
            Looking::Unavailable(why) => trouble::draw(cx, body, why),
        },
        Stage::Resolving(time, trouble) => sign_in::draw_resolving(cx, body, time, *trouble),
        Stage::GivenAway(time) => sign_in::draw_given(cx, body, time),
        Stage::SignIn(errand, phase) => sign_in::draw(cx, body, errand, *phase),
        Stage::Patient(errand) => details::draw(cx, body, errand),
        Stage::Review(errand, failure) => review::draw(cx, body, errand, *failure),
        Stage::Sending(errand, phase, _) => review::draw_sending(cx, body, errand, *phase),
        Stage::Taken(time, refusal) => taken::draw(cx, body, time, *refusal),
        Stage::Unconfirmed(errand) => booked::draw_unconfirmed(cx, body, errand),
        Stage::Booked(time, confirmation) => booked::draw(cx, body, time, confirmation),
        Stage::Waiting(waiting) => waiting::draw(cx, body, waiting),
        Stage::Visits(visits) => my_visits::draw(cx, body, visits),
        Stage::Refused(refusal, errand) => trouble::draw_refused(cx, body, *refusal, errand),
        Stage::CallToBook(errand) => trouble::draw_call_to_book(cx, body, errand),
    };
    let test = is_test_system.then(|| cx.line("fat-test", "test-system"));
    el("div", "fat-screen")
        .maybe(test)
        .maybe(outcomes::draw(cx))
        .child(body)
        .maybe(guidance(cx))
        .child(help(cx))
        .into()
}

/// What the host page wants read before a visit: within reach until it is sent.
fn guidance(cx: &Cx) -> Option<El> {
    let before = match &cx.state.errand.stage {
        Stage::Idle => matches!(cx.state.finder.stage, Looking::Choosing | Looking::Queue),
        other => matches!(other, Stage::SignIn(..) | Stage::Patient(_) | Stage::Review(..)),
    };
    before.then(|| el("slot", "").attr("name", "guidance"))
}

/// The same place on every step: what the host page says, else the clinic's phone.
fn help(cx: &Cx) -> El {
    let slot = el("slot", "").attr("name", "help");
    // Where nothing can be done the host page's own words stand below, its phone among them.
    let phone = if number(cx.state) == UNAVAILABLE { None } else { wording::phone(cx) };
    let slot = match phone {
        Some(phone) => slot.child(wording::sentence_with_phone(cx, "help.call", phone)),
        None => slot,
    };
    el("div", "fat-help").part("help").child(slot)
}

/// A button that goes one step back.
fn back(cx: &Cx) -> El {
    cx.button(Weight::Link, "back", cx.send(|| Act::Back))
}
