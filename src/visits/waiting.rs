//! In line: the way to the waiting room, the live estimate, and leaving.

use booking::errand::event::Event as Act;
use booking::errand::state::{Leaving, Waiting};
use booking::on_demand::{Modality, Standing};
use booking::visits::CancelRules;
use leptos::prelude::*;

use crate::finder::queue;
use crate::screen::wording;
use crate::screen::{Cx, Spot, go_to};
use crate::ui::view::{El, el};
use crate::ui::{self, Weight};

/// The step.
pub fn draw(cx: &Cx, body: El, waiting: &Waiting) -> El {
    let (heading, text) = words(waiting);
    let is_well = matches!(waiting.standing, Standing::Waiting | Standing::InVisit | Standing::Done);
    let told = el("div", if is_well { "fat-banner" } else { "fat-alert" }).part("alert");
    let told = told.child(cx.heading(heading)).child(cx.line("", text));
    let goes_on = matches!(waiting.standing, Standing::Waiting | Standing::InVisit);
    let is_waiting = waiting.standing == Standing::Waiting;
    let summary = el("div", "fat-summary").part("summary").child(ui::lines(queue::lines(cx, &waiting.now)));
    body.child(told)
        .maybe(goes_on.then(|| way_in(cx, waiting)))
        .maybe(is_waiting.then(|| estimate(cx, waiting)))
        .child(summary)
        .child(el("slot", "").attr("name", "confirmation"))
        .child(if is_waiting { leave(cx, waiting) } else { after(cx, waiting) })
}

fn words(waiting: &Waiting) -> (&'static str, &'static str) {
    match (waiting.standing, waiting.now.modality) {
        (Standing::Waiting, Modality::Video) => ("waiting.heading", "waiting.video"),
        (Standing::Waiting, Modality::Phone) => ("waiting.heading", "waiting.phone"),
        (Standing::InVisit, Modality::Video) => ("waiting.in-visit.heading", "waiting.in-visit.video"),
        (Standing::InVisit, Modality::Phone) => ("waiting.in-visit.heading", "waiting.in-visit.phone"),
        (Standing::Done, _) => ("waiting.done.heading", "waiting.done"),
        (Standing::Declined, _) => ("waiting.declined.heading", "waiting.declined"),
        (Standing::Cancelled, _) => ("waiting.cancelled.heading", "waiting.cancelled"),
    }
}

/// The waiting room, or the number that is called.
fn way_in(cx: &Cx, waiting: &Waiting) -> El {
    match (&waiting.confirmation.room, waiting.now.modality) {
        (Some(room), _) => {
            let link = el("a", "fat-button fat-primary").part("button button-primary");
            let link = link.attr_text("href", room.clone()).attr("target", "_blank");
            el("div", "fat-join")
                .child(link.attr("rel", "noopener noreferrer").text(cx.t("waiting.room")))
                .child(cx.line("fat-quiet", "waiting.room.tab"))
        }
        (None, Modality::Video) => ui::alert("fat-alert", cx.t("waiting.no-room")).child(wording::call(cx)),
        (None, Modality::Phone) => {
            let phone = cx.state.errand.person.details.as_ref().map(|details| &details.contact().phone);
            let phone = phone.map(|phone| wording::phone_text(phone)).unwrap_or_default();
            ui::line("fat-strong", cx.words.with("waiting.keep-phone", &[("phone", &phone)]))
        }
    }
}

fn estimate(cx: &Cx, waiting: &Waiting) -> El {
    let title = ui::heading(cx.level + 1, "fat-subheading", cx.t("waiting.wait"));
    let line = match (&waiting.wait, waiting.trouble) {
        (Some(wait), _) if wait.is_next => cx.line("fat-wait", "waiting.next"),
        (Some(wait), _) => queue::draw_wait(cx, wait.range, wait.as_of),
        (None, Some(_)) => cx.line("", "waiting.unread"),
        (None, None) => cx.line("fat-progress", "waiting.reading"),
    };
    el("section", "fat-waits").child(title).child(line)
}

/// Asks for the reasons; or says what came of leaving, with the way on.
fn leave(cx: &Cx, waiting: &Waiting) -> El {
    let (app, local) = (cx.app, cx.local);
    let ask = move || {
        local.update(|local| {
            local.reason = None;
            go_to(local, Spot::Leaving);
        });
        app.send(Act::AskToLeave);
    };
    let keep = move || {
        local.update(|local| go_to(local, Spot::Leave));
        app.send(Act::Keep);
    };
    let sure = move || {
        let reason = local.with_untracked(|local| local.reason.clone());
        local.update(|local| go_to(local, Spot::Leaving));
        app.send(Act::Leave(reason));
    };
    let title = || {
        let title = ui::heading(cx.level + 1, "fat-subheading", cx.t("waiting.leave.heading"));
        title.attr("tabindex", "-1").focus(cx.focus(Spot::Leaving))
    };
    let section = el("section", "fat-waits");
    match &waiting.leaving {
        Leaving::No => {
            let button = cx.button(Weight::Plain, "waiting.leave", Box::new(ask));
            section.child(button.focus(cx.focus(Spot::Leave)))
        }
        Leaving::Asking => section
            .child(title())
            .child(cx.line("fat-progress", "waiting.leave.reading"))
            .child(cx.button(Weight::Link, "waiting.stay", Box::new(keep))),
        Leaving::Choosing(rules) => section
            .child(title())
            .maybe(reasons(cx, waiting.now.modality, rules))
            .child(cx.button(Weight::Plain, "waiting.leave.sure", Box::new(sure)))
            .child(cx.button(Weight::Link, "waiting.stay", Box::new(keep))),
        Leaving::Sending => section.child(title()).child(cx.line("fat-progress", "waiting.leave.sending")),
        Leaving::Failed(trouble) => section
            .child(title())
            .child(
                ui::alert("fat-alert fat-danger", cx.t("waiting.leave.failed"))
                    .child(ui::line("", wording::trouble(cx.words, *trouble)))
                    .child(wording::call(cx)),
            )
            .child(cx.button(Weight::Plain, "retry", Box::new(ask)))
            .child(cx.button(Weight::Link, "waiting.stay", Box::new(keep))),
        Leaving::Unknown => section
            .child(title())
            .child(ui::alert("fat-alert fat-danger", cx.t("waiting.leave.unknown")).child(wording::call(cx)))
            .child(cx.button(Weight::Plain, "retry", Box::new(ask))),
    }
}

/// The system's own reasons, in the page's language, where a cancel carries one.
fn reasons(cx: &Cx, modality: Modality, rules: &CancelRules) -> Option<El> {
    let asked = match modality {
        Modality::Video => rules.video_with_reason,
        Modality::Phone => rules.phone_with_reason,
    };
    let reasons = rules.reasons_in(cx.words.locale());
    if !asked || reasons.is_empty() {
        return None;
    }
    let rows = reasons.iter().map(|reason| {
        let (local, code) = (cx.local, reason.code.clone());
        let on = cx.here.reason.as_ref() == Some(&code);
        let pick = move || local.update(|local| local.reason = Some(code.clone()));
        ui::choice("radio", "leave-reason", on, reason.label.clone(), None, 0, Box::new(pick)).into()
    });
    Some(ui::group("fat-group", cx.t("waiting.leave.why")).child(ui::choices(rows.collect())))
}

fn after(cx: &Cx, waiting: &Waiting) -> El {
    let is_declined = waiting.standing == Standing::Declined;
    let key = if is_declined { "waiting.rejoin" } else { "waiting.after" };
    let (app, local) = (cx.app, cx.local);
    let back = move || {
        local.update(|local| local.owed = true);
        app.send(Act::AfterVisit);
    };
    let foot = el("div", "fat-foot").child(cx.button(Weight::Plain, key, Box::new(back)));
    foot.maybe(is_declined.then(|| wording::call(cx)))
}

/// What is said when it changes: the estimate without its minute, how the visit stands, and how leaving goes.
pub fn told(cx: &Cx, waiting: &Waiting) -> String {
    let key = match (waiting.standing, &waiting.leaving) {
        (Standing::Waiting, Leaving::Asking) => "waiting.leave.reading",
        (Standing::Waiting, Leaving::Sending) => "waiting.leave.sending",
        (Standing::Waiting, Leaving::Failed(_)) => "waiting.leave.failed",
        (Standing::Waiting, Leaving::Unknown) => "waiting.leave.unknown",
        (Standing::Waiting, _) => match (&waiting.wait, waiting.trouble) {
            (Some(wait), _) if wait.is_next => "waiting.next",
            (Some(wait), _) => {
                let range = queue::range(cx.words, wait.range);
                return [&cx.t("waiting.wait"), ": ", &range].concat();
            }
            (None, Some(_)) => "waiting.unread",
            (None, None) => return String::new(),
        },
        _ => words(waiting).0,
    };
    cx.t(key)
}
