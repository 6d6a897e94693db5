//! The root component: which step is on screen, and what every step has besides.

use booking::errand::state::Stage;
use leptos::prelude::*;

use super::at::{At, Step};
use super::focus::{Spot, Wish};
use super::said::Said;
use super::{Screen, wording};
use crate::app::App;
use crate::errand::outcomes::{self, Outcomes};
use crate::errand::{outcome, patient, refused, review, sign_in, taken};
use crate::finder::{self, choosing, queue, unavailable};
use crate::ui::view::{Node, el, live, nothing, part};
use crate::ui::watch::Watch;
use crate::visits::{my_visits, waiting};

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
