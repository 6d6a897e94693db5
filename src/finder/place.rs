//! Where: a place to look around, or one of a brand's clinics.

use booking::finder::event::Event as Find;
use booking::finder::state::{Board, SeekTrouble};
use booking::search::{Around, Search};
use booking::settings::Target;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::app::App;
use crate::finder::clinics;
use crate::platform::intl;
use crate::platform::place::{self, NotTold};
use crate::screen::{Cx, Local, Spot, go_to};
use crate::ui::form::{Spec, control, field};
use crate::ui::view::{El, el};
use crate::ui::{self, Weight};

/// The farthest a search goes, in miles.
const FARTHEST: u8 = 100;

/// What only the screen knows of the question.
#[derive(Clone, Default)]
pub struct Asked {
    /// In the field.
    typed: String,
    /// What was typed for the place in force; empty for one that was not typed.
    named: String,
    /// The place in force is the device's.
    is_here: bool,
    /// Asked again, though there is a place.
    pub open: bool,
    /// The device is being asked; the number tells its answer from one nobody waits for.
    finding: Option<u32>,
    wishes: u32,
    flaw: Option<Flaw>,
    /// The nearest clinic first, not the soonest.
    pub nearest: bool,
}

#[derive(Clone, Copy)]
enum Flaw {
    NotTold(NotTold),
    /// A ZIP in which no clinic is: only the clinics' own places are known.
    UnknownZip,
}

/// The place in force, if there is one.
fn around(board: &Board) -> Option<&Around> {
    match &board.target {
        Target::Near(search) => search.around.as_ref(),
        Target::Brand(_) => board.around.as_ref(),
        _ => None,
    }
}

/// The patient has to say where before there is anything to choose from.
pub fn is_asking(cx: &Cx) -> bool {
    matches!(cx.state.finder.board.target, Target::Near(_)) && around(&cx.state.finder.board).is_none()
}

/// A clinic has to be picked before there is anything to choose from.
pub fn is_picking(cx: &Cx) -> bool {
    matches!(cx.state.finder.board.target, Target::Brand(_)) && cx.state.finder.board.clinic.is_none()
}

/// The question, where the page leaves it to the patient; or what it was answered with.
pub fn draw(cx: &Cx) -> Option<El> {
    let board = &cx.state.finder.board;
    match &board.target {
        Target::Near(search) if search.around.is_none() || cx.here.place.open => Some(form(cx)),
        Target::Near(_) => Some(answered(cx)),
        Target::Brand(_) => clinics::picked(cx),
        _ => None,
    }
}

/// How many times there are says nothing yet.
pub fn is_silent(cx: &Cx) -> bool {
    cx.here.place.finding.is_some() || is_asking(cx) || is_picking(cx)
}

/// What the live region says instead.
pub fn status(cx: &Cx) -> String {
    cx.here.place.finding.map(|_| cx.t("where.locating")).unwrap_or_default()
}

/// The field, and the way to ask the device.
pub fn form(cx: &Cx) -> El {
    let (app, local, asked) = (cx.app, cx.local, &cx.here.place);
    let towns = !cx.state.finder.board.brand_clinics.is_empty();
    let spec = Spec {
        name: "place",
        label: cx.t(if towns { "where.label" } else { "field.zip" }),
        hint: cx.t(if towns { "where.hint" } else { "hint.zip" }),
        flaw: flaw(cx, towns).unwrap_or_default(),
        value: asked.typed.clone(),
        autocomplete: "postal-code",
        focus: cx.focus(Spot::Place),
        ..Spec::default()
    };
    let typed = move |text| {
        local.maybe_update(|local| {
            local.place.typed = text;
            false
        });
    };
    let input = control("input", &spec, Box::new(typed), Box::new(|| {}));
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        seek(app, local);
    };
    let go = if is_picking(cx) { "clinics.go" } else { "where.go" };
    let row = el("div", "fat-actions")
        .child(cx.button(Weight::Primary, go, Box::new(|| {})).attr("type", "submit"))
        .child(cx.button(Weight::Plain, "where.use", Box::new(move || locate(app, local))));
    let finding = asked.finding.map(|_| cx.line("fat-progress", "where.locating"));
    el("form", "fat-form fat-place")
        .flag("novalidate", true)
        .on("submit", Box::new(submit))
        .child(field(&spec, input))
        .child(row)
        .maybe(finding)
        .child(cx.line("fat-quiet", "where.rough"))
}

fn flaw(cx: &Cx, towns: bool) -> Option<String> {
    let key = match (cx.here.place.flaw, cx.state.finder.board.seek_trouble) {
        (Some(Flaw::NotTold(NotTold::Refused)), _) => "where.refused",
        (Some(Flaw::NotTold(NotTold::Unknown)), _) => "where.unknown",
        (Some(Flaw::UnknownZip), _) => "clinics.zip",
        (None, Some(_)) if !towns => "where.zip",
        (None, Some(SeekTrouble::NotUnderstood)) => "where.form",
        (None, Some(SeekTrouble::UnknownTown)) => "where.town",
        (None, None) => return None,
    };
    Some(cx.t(key))
}

/// Looks around what was typed; the focus goes to what is wrong with it, or to what comes of it.
fn seek(app: App, local: RwSignal<Local>) {
    let typed = local.with_untracked(|local| local.place.typed.trim().to_owned());
    local.update(|local| (local.acted, local.place.finding, local.place.flaw) = (true, None, None));
    // `Seattle, WA` is Seattle.
    let town = typed.split(',').next().unwrap_or_default();
    app.send(Find::Seek(town.to_owned()));
    app.state.with_untracked(|state| {
        let board = &state.finder.board;
        let unknown = matches!(board.target, Target::Brand(_)) && clinics::position(board).is_none();
        local.update(|local| {
            if board.seek_trouble.is_some() {
                go_to(local, Spot::Place);
            } else if unknown {
                local.place.flaw = Some(Flaw::UnknownZip);
                go_to(local, Spot::Place);
            } else {
                found(local, typed, false);
            }
        });
    });
}

fn found(local: &mut Local, named: String, is_here: bool) {
    let place = &mut local.place;
    (place.named, place.is_here, place.open, place.finding) = (named, is_here, false, None);
    go_to(local, Spot::Found);
}

/// Asks the device; a refusal leaves the field as it was.
fn locate(app: App, local: RwSignal<Local>) {
    let mut number = 0;
    local.update(|local| {
        local.place.wishes += 1;
        number = local.place.wishes;
        (local.acted, local.place.finding, local.place.flaw) = (true, Some(number), None);
    });
    spawn_local(Box::pin(async move {
        let told = place::here().await;
        // Meanwhile something was typed, or the widget has left the page.
        if local.try_with_untracked(|local| local.place.finding) != Some(Some(number)) {
            return;
        }
        let told = told.and_then(|(latitude, longitude)| {
            app.send(Find::SeekPoint(latitude, longitude));
            // What no place on earth is, is not looked around.
            let told = Around::point(latitude, longitude);
            let taken = app.state.with_untracked(|state| around(&state.finder.board) == told.as_ref());
            if told.is_some() && taken { Ok(()) } else { Err(NotTold::Unknown) }
        });
        local.update(|local| match told {
            Ok(()) => found(local, String::new(), true),
            Err(why) => {
                (local.place.finding, local.place.flaw) = (None, Some(Flaw::NotTold(why)));
                go_to(local, Spot::Place);
            }
        });
    }));
}

/// `Near 98107, within 30 miles`, with a way to change it.
pub fn answered(cx: &Cx) -> El {
    let asked = &cx.here.place;
    let (near, key) = match around(&cx.state.finder.board) {
        Some(Around::Zip(zip)) => (zip.as_str(), "near.at"),
        _ if asked.is_here => ("", "near.here"),
        _ if asked.named.is_empty() => ("", "near.set"),
        _ => (asked.named.as_str(), "near.at"),
    };
    let mut told = cx.words.with(key, &[("place", near)]);
    if let Some(within) = within(cx) {
        told = cx.words.with("near.within", &[("place", &told), ("distance", &within)]);
    }
    let local = cx.local;
    let press = move || {
        local.update(|local| {
            local.place.open = true;
            go_to(local, Spot::Place);
        });
    };
    let change =
        cx.button(Weight::Link, "change", Box::new(press)).attr_text("aria-label", cx.t("near.change"));
    let told = ui::line("fat-strong", told).attr("tabindex", "-1").focus(cx.focus(Spot::Found));
    el("div", "fat-summary fat-where").part("summary").child(told).child(change)
}

/// A length in words, of tenths of a mile.
pub fn distance(cx: &Cx, tenths: u32) -> String {
    intl::miles(cx.words.locale(), tenths)
}

/// How far a search around a place goes, in words.
pub fn within(cx: &Cx) -> Option<String> {
    match &cx.state.finder.board.target {
        Target::Near(search) if search.around.is_some() => Some(distance(cx, u32::from(search.radius) * 10)),
        _ => None,
    }
}

/// Looks farther out, where that is possible.
pub fn widen(cx: &Cx) -> Option<El> {
    let Target::Near(search) = &cx.state.finder.board.target else { return None };
    let radius = search.radius.saturating_mul(2).min(FARTHEST);
    if radius == search.radius || search.around.is_none() {
        return None;
    }
    let wider = Search { radius, ..(**search).clone() };
    let label = cx.words.with("near.widen", &[("distance", &distance(cx, u32::from(radius) * 10))]);
    let (app, local) = (cx.app, cx.local);
    let press = move || {
        // The button goes with what it is for.
        local.update(|local| {
            local.acted = true;
            go_to(local, Spot::Found);
        });
        app.send(Find::Refine(Box::new(wider.clone())));
    };
    Some(ui::button(Weight::Plain, label, Box::new(press)))
}
