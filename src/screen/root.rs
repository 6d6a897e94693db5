//! The root component: draws the step on screen, and what every step has.

use leptos::prelude::*;

use super::announcer::Announcer;
use super::at::{At, Step};
use super::focus::{Spot, Wish};
use super::{Screen, said_of_outcomes, wording};
use crate::app::App;
use crate::app::opening::Opening;
use crate::app::part::{errand, ways};
use crate::finder::{self, choosing, opening, unavailable};
use crate::ui::view::{Node, el, live, nothing, part};
use crate::ui::watch::Watch;

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
        announcer: Announcer::new(),
    };
    let (memory, opening) = (finder::Memory::new(), app.opening());
    provide_context(screen);
    provide_context(memory);
    let at = Watch::new(move || app.state.with(|state| At::of(state, opening.get())));
    let (mut last, mut steps, mut arrivals, mut target) = (None::<At>, 0, 0, None);
    let on_screen = live(move || {
        let at = at.get();
        let before = last.replace(at);
        let is_other_person = before.is_some_and(|before| before.persons != at.persons);
        let is_elsewhere = at.targets.is_some() && std::mem::replace(&mut target, at.targets) != at.targets;
        if is_other_person || is_elsewhere {
            // The next person must not see what another person opened, typed or began; and what was opened and typed for
            // one place is wrong for another.
            memory.forget();
            screen.acted.set(false);
        }
        if is_other_person {
            screen.edits.set(false);
        }
        let (number, number_before) = (at.step.number(), before.map_or(0, |before| before.step.number()));
        if number != number_before {
            // The focus does not move on the first paint, since the visitor is reading elsewhere on the page.
            let follows = screen.follows.get_untracked();
            screen.arrival.set(0);
            if number != 0 && (number_before != 0 || follows) {
                arrivals += 1;
                screen.arrival.set(arrivals);
            }
            screen.follows.set(follows && number == 0);
            // Only a wish for the choice of a way is kept while the step is loading: that choice is drawn again afterwards.
            let is_way = matches!(screen.wish.get_untracked().0, Spot::Way(_));
            if !(is_way && (number == 0 || number_before == 0)) {
                screen.fulfil();
            }
            // Untracked, so that a change of the language does not make the step anew and move the focus to it.
            untrack(|| screen.read(&mut |cx| screen.announcer.say(said_of_outcomes(cx))));
        }
        steps += 1;
        if at.step == Step::Loading {
            return outcomes();
        }
        el("div", "fat-screen")
            .node(part(1, TestSystem))
            .node(outcomes())
            // A new key for each step, so that nodes drawn for one person or visit are never patched into another's.
            .node(part(steps + 4, move || on_screen_now(screen, at.step)))
            .maybe(at.step.shows_guidance().then(|| el("slot", "").attr("name", "guidance")))
            .node(part(2, Help))
            .into()
    });
    // The frame holds the focus for a moment when the element that had it is removed.
    el("div", "fat-frame").attr("tabindex", "-1").node(screen.announcer.draw()).node(on_screen).into()
}

/// Makes the component of a step, with the values that do not change while the step is on screen.
fn on_screen_now(screen: Screen, step: Step) -> Node {
    match step {
        Step::Loading => nothing(),
        Step::Choosing => choosing::Choosing(),
        Step::Queue => ways().map_or_else(nothing, |more| (more.queue)()),
        Step::Unavailable => unavailable::Unavailable(),
        Step::Opening => opening::Opening(),
        Step::Visits
        | Step::Resolving
        | Step::HandedOver
        | Step::SignIn
        | Step::Patient
        | Step::Review
        | Step::Sending
        | Step::Taken
        | Step::Unconfirmed
        | Step::Booked
        | Step::InLine
        | Step::Refused
        | Step::CallToBook => errand().map_or_else(nothing, |errand| (errand.draw)(screen, step)),
    }
}

/// Outcomes in brief; there are none before the errand's part is loaded.
fn outcomes() -> Node {
    match errand() {
        None => nothing(),
        Some(errand) => part(3, errand.outcomes),
    }
}

/// A note that bookings are not real, if the page points to the test tier.
#[component]
fn TestSystem() -> Node {
    let screen = Screen::here();
    screen.draw(move |cx| {
        let is_test = screen.app.appearance.with(|look| look.is_test_system);
        is_test.then(|| cx.line("fat-test", "test-system")).into()
    })
}

/// Help, in the same place on every step: the host page's slot `help`, else the clinic's phone. If one clinic is picked or
/// chosen whose phone is not known, the stylesheet shows the page's fallback below.
#[component]
fn Help() -> Node {
    let screen = Screen::here();
    let help = Watch::new(move || {
        screen.app.state.with(|state| {
            // On a dead end the host page's fallback is shown below, with its phone.
            if At::of(state, Opening::No).step.is_dead_end() {
                return (None, false);
            }
            let is_of_one_clinic = !state.errand.stage.is_idle() || state.finder.board.clinic.is_some();
            let phone = wording::phone(state);
            let lacks_phone = phone.is_none() && is_of_one_clinic;
            (phone, lacks_phone)
        })
    });
    screen.draw(move |cx| {
        let (phone, lacks_phone) = help.get();
        let phone = phone.map(|phone| wording::sentence_with_phone(cx, "help.call", phone));
        let slot = el("slot", "").attr("name", "help").children(phone.into_iter().map(Into::into).collect());
        el("div", if lacks_phone { "fat-help fat-helpless" } else { "fat-help" })
            .part("help")
            .child(slot)
            .into()
    })
}
