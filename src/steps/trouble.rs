//! Nothing can be chosen or booked here: why, and a way on that always ends at a phone.

use booking::flow::event::Event;
use booking::flow::outcome::{Refusal, Trouble};
use booking::flow::state::Why;
use booking::schedule::Time;

use super::sign_in::retry;
use super::{Cx, booked, wording};
use crate::ui::element::El;
use crate::ui::{self, Weight};

/// The step; the host page's own words stand below it.
pub fn draw(cx: &Cx, body: El, why: &Why) -> El {
    match why {
        Why::Trouble(trouble) => {
            let alert = ui::alert("fat-alert", wording::trouble(cx.words, *trouble));
            // What was not found will not be found the next time either.
            let again = !matches!(trouble, Trouble::NotFound | Trouble::Rejected);
            let alert = alert.maybe(again.then(|| retry(cx, Weight::Plain)));
            body.child(cx.heading("unavailable.heading")).child(alert.child(wording::call(cx)))
        }
        Why::NoTimes => {
            let alert = ui::alert("fat-alert", cx.t("unavailable.no-times"));
            body.child(cx.heading("none"))
                .child(alert.child(retry(cx, Weight::Plain)).child(wording::call(cx)))
        }
        Why::Misconfigured => body.child(cx.heading("unavailable.heading")).child(wording::call(cx)),
        Why::Refused(refusal, time) => refused(cx, body, *refusal, time),
        Why::CallToBook(time) => {
            let other = cx.button(Weight::Plain, "other-time", cx.send(|| Event::ChangeTime));
            let heading = cx.heading("call-to-book.heading");
            body.child(heading)
                .child(booked::facts(cx, time))
                .child(cx.line("", "call-to-book.text"))
                .child(wording::call(cx))
                .child(other)
        }
    }
}

fn refused(cx: &Cx, body: El, refusal: Refusal, time: &Time) -> El {
    let alert = ui::alert("fat-alert", wording::refusal(cx.words, refusal)).child(wording::call(cx));
    let other = (refusal == Refusal::NotOnPanel)
        .then(|| cx.button(Weight::Plain, "other-time", cx.send(|| Event::ChangeTime)));
    body.child(cx.heading("refused.heading")).child(alert).child(booked::facts(cx, time)).maybe(other)
}
