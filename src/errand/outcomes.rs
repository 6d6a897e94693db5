//! Shows the outcomes in brief above the times. Each one stays there until the patient dismisses it.

use booking::journey::event::Event;
use booking::journey::state::{Brief, BriefOutcome};
use leptos::prelude::*;

use crate::app::effects::Effects;
use crate::platform::intl;
use crate::screen::{Cx, Screen, wording};
use crate::ui::view::{El, Node, el, nothing};
use crate::ui::{self, Weight};

/// All outcomes in brief; hidden while an errand is on screen.
#[component]
pub fn Outcomes() -> Node {
    let screen = Screen::here();
    screen.follow(move |cx| {
        let outcomes = &cx.state.outcomes;
        let is_idle = cx.state.errand.stage.is_idle();
        // After a panic the script shows what is drawn here, so an unknown outcome is drawn under an errand too, hidden.
        let shown = outcomes.iter().enumerate().filter(|(_, outcome)| is_idle || outcome.is_unconfirmed());
        let wish = screen.app.outcome_focus;
        // While times are read, the patient may have gone on elsewhere on the page: the focus then stays there.
        let takes_focus = is_idle
            && !outcomes.is_empty()
            && wish.get()
            && screen.app.effects.try_with_value(Effects::has_focus) == Some(true);
        if wish.get_untracked() != takes_focus {
            wish.set(takes_focus);
        }
        let cards: Vec<Node> = shown
            .map(|(place, outcome)| {
                let is_latest = place + 1 == outcomes.len();
                card(cx, place, outcome).focus(u32::from(takes_focus && is_latest)).into()
            })
            .collect();
        if cards.is_empty() {
            return nothing();
        }
        el("div", "fat-outcomes")
            .flag("hidden", !is_idle)
            .attr("role", "group")
            .attr_text("aria-label", cx.t("outcomes"))
            .children(cards)
            .into()
    })
}

/// What the live region says about the latest outcome, while no errand is on screen.
pub fn said(cx: &Cx) -> String {
    let is_there = cx.state.errand.stage.is_idle();
    let latest = cx.state.outcomes.last().filter(|_| is_there);
    latest.map(|outcome| text(cx, outcome)).unwrap_or_default()
}

fn text(cx: &Cx, outcome: &BriefOutcome) -> String {
    match outcome.brief() {
        Brief::Booked(time) => {
            let day = intl::day_within(cx.words.locale(), time.local.date());
            cx.words.with("outcome.booked", &[("day", &day)])
        }
        Brief::InLine(_) => cx.t("outcome.in-line"),
        Brief::Unconfirmed(Some(_)) => cx.t("outcome.unconfirmed"),
        Brief::Unconfirmed(None) => cx.t("queue.unconfirmed.brief"),
    }
}

fn card(cx: &Cx, place: usize, outcome: &BriefOutcome) -> El {
    let said = text(cx, outcome);
    let class = if outcome.is_unconfirmed() { "fat-alert fat-danger" } else { "fat-alert fat-good" };
    let phone = match outcome.brief() {
        Brief::Unconfirmed(time) => Some(wording::call_about(cx, &outcome.directory, time)),
        Brief::Booked(_) | Brief::InLine(_) => None,
    };
    let app = cx.app;
    let show = (!outcome.is_of_someone_else).then(|| {
        let label = cx.t("outcome.show");
        let full = [&label, ": ", &said].concat();
        let press = Box::new(move || app.send(Event::ShowOutcome(place)));
        ui::button(Weight::Link, label, press).attr_text("aria-label", full)
    });
    let label = cx.t("outcome.dismiss");
    let full = [&label, ": ", &said].concat();
    // The pressed button is removed with the outcome, so the focus moves to the heading of the step.
    let press = Box::new(move || {
        app.outcome_focus.set(false);
        app.send(Event::DismissOutcome(place));
    });
    let dismiss = ui::button(Weight::Link, label, press).attr_text("aria-label", full);
    ui::alert(class, said)
        .attr("tabindex", "-1")
        .maybe(phone)
        .child(el("div", "fat-actions").maybe(show).child(dismiss))
}

/// A button that leads from an outcome to the times: "book another", or "back" if the outcome was in brief
/// before.
pub fn close(cx: &Cx) -> El {
    let key = if cx.state.errand.was_in_brief { "outcome.back" } else { "outcome.another" };
    cx.button(Weight::Link, key, cx.send(|| Event::CloseOutcome))
}

/// The button of [`close`], only if the outcome was in brief before.
pub fn close_again(cx: &Cx) -> Option<El> {
    cx.state.errand.was_in_brief.then(|| close(cx))
}
