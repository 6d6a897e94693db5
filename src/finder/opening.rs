//! "One moment", shown while the errand's part of the wasm is downloaded: after a press on a time, a line or "My
//! visits", or before the page's `resume` restores a choice.

use leptos::prelude::*;

use crate::app::opening::Opening as How;
use crate::screen::{Cx, Screen, is_slow, step, wording};
use crate::ui::view::{El, Node};
use crate::ui::{self, Weight};

/// The step "One moment".
#[component]
pub fn Opening() -> Node {
    let screen = Screen::here();
    let (opening, slow) = (screen.app.opening(), is_slow());
    let text = move || match (opening.get(), slow.get()) {
        (How::Failed, _) => "opening.failed",
        (_, true) => "opening.slow",
        (_, false) => "opening.text",
    };
    step()
        .node(screen.fixed(move |cx| {
            let app = cx.app;
            cx.button(Weight::Link, "back", Box::new(move || app.give_up_opening()))
        }))
        .node(screen.heading("opening.heading"))
        .node(screen.draw(move |cx| match text() {
            "opening.failed" => draw_error(cx).into(),
            key => cx.line("fat-progress", key).into(),
        }))
        .node(screen.announce(move |cx| match text() {
            "opening.failed" => error_text(cx),
            key => cx.t(key),
        }))
        .into()
}

fn draw_error(cx: &Cx) -> El {
    let app = cx.app;
    let retry = cx.button(Weight::Primary, "retry", Box::new(move || app.retry_opening()));
    ui::alert("fat-alert", error_text(cx)).child(retry).child(wording::call(cx))
}

/// Says that the download failed and that nothing is booked. For "My visits" the second sentence is left out, since the
/// patient may have a visit.
fn error_text(cx: &Cx) -> String {
    let failed = cx.t("opening.failed");
    match cx.app.opens_line() {
        Some(is_line) => [&failed, " ", &wording::safe(cx.words, is_line)].concat(),
        None => failed,
    }
}
