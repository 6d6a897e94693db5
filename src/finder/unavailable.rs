//! The step for a page with nothing to choose from: why, and whom to call. The host page's fallback is shown below.

use booking::finder::state::{Stage, UnavailableReason};
use booking::outcome::ApiError;
use leptos::prelude::*;

use super::memos::FinderMemos;
use crate::app::part;
use crate::screen::{Cx, Screen, retry, step, wording};
use crate::ui::view::{El, Node, nothing, part as keyed, unchanged};
use crate::ui::{self, Weight};

/// The step for a page with nothing to choose from.
#[component]
pub fn Unavailable() -> Node {
    let screen = Screen::here();
    let memos = FinderMemos::new(screen.app);
    let heading = screen.follow(|cx| match why(cx) {
        Some(UnavailableReason::NoTimes) => cx.heading("none").into(),
        Some(UnavailableReason::Error(_) | UnavailableReason::Misconfigured) => {
            cx.heading("unavailable.heading").into()
        }
        None => unchanged(),
    });
    // A misconfigured page has no ways and no place to choose.
    let section = move |make: fn(FinderMemos) -> Node| {
        screen.follow(move |cx| match why(cx) {
            Some(UnavailableReason::NoTimes | UnavailableReason::Error(_)) => keyed(1, move || make(memos)),
            Some(UnavailableReason::Misconfigured) => nothing(),
            None => unchanged(),
        })
    };
    let ways = section(|memos| part::ways().map_or_else(nothing, |more| (more.choice)(memos)));
    let place = section(|memos| part::ways().map_or_else(nothing, |more| (more.place)(memos)));
    let way_on = screen.follow(|cx| match why(cx) {
        Some(why) => draw_way_on(cx, why).into(),
        None => unchanged(),
    });
    step().node(heading).node(ways).node(place).node(way_on).into()
}

/// The reason, if the step is still on screen.
fn why(cx: &Cx) -> Option<UnavailableReason> {
    match cx.state.finder.stage {
        Stage::Unavailable(why) => Some(why),
        Stage::Loading | Stage::Choosing | Stage::Queue => None,
    }
}

fn draw_way_on(cx: &Cx, why: UnavailableReason) -> El {
    match why {
        UnavailableReason::Error(error) => {
            let alert = ui::alert("fat-alert", wording::api_error(cx.words, error));
            // After these two errors a retry would fail in the same way.
            let again = !matches!(error, ApiError::NotFound | ApiError::Rejected);
            alert.maybe(again.then(|| retry(cx, Weight::Plain))).child(wording::call(cx))
        }
        UnavailableReason::NoTimes => {
            let text = within(cx).map(|within| cx.words.with("near.none", &[("distance", &within)]));
            let alert = ui::alert("fat-alert", text.unwrap_or_else(|| cx.t("unavailable.no-times")));
            let alert =
                alert.maybe(part::ways().and_then(|more| (more.widen)(cx))).child(retry(cx, Weight::Plain));
            alert.child(wording::call(cx))
        }
        UnavailableReason::Misconfigured => wording::call(cx),
    }
}

fn within(cx: &Cx) -> Option<String> {
    part::ways().and_then(|more| (more.within)(cx))
}
