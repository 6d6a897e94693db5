//! Choosing a time: what for, with whom and where; the visit type where there is a choice; the zone; the days. Where the
//! page leaves it open, the place or the clinic comes first.

use booking::finder::event::Event as Find;
use booking::ids::Npi;
use booking::journey::event::Event;
use booking::schedule::{self, Day, Time};
use booking::settings::Target;

use crate::finder::clinics;
use crate::finder::days;
use crate::finder::filters;
use crate::finder::place as where_to;
use crate::finder::ways;
use crate::platform::intl;
use crate::platform::zones::BrowserZones;
use crate::screen::Cx;
use crate::screen::wording;
use crate::ui::view::{El, Node, el};
use crate::ui::{self, Weight};
use crate::visits::my_visits;

/// What the step shows.
pub struct Times {
    /// All that are held.
    pub all: Vec<Time>,
    /// Open days of those that the filters let through.
    pub days: Vec<Day>,
    /// They are at more than one clinic.
    pub many_places: bool,
    /// They are in more than one zone.
    pub many_zones: bool,
    /// They are with clinicians by name, and with more than one of them.
    pub many_people: bool,
}

/// Whom the patient comes for; at a clinic where anyone will do, nobody in particular.
fn person(time: &Time) -> Option<&Npi> {
    let slot = time.slot();
    slot.source.names_clinician().then_some(&slot.npi)
}

impl Times {
    /// Whether two times of a day need nothing between them to be told apart.
    pub fn together(&self, a: &Time, b: &Time) -> bool {
        (!self.many_places || a.place() == b.place()) && (!self.many_people || person(a) == person(b))
    }
}

/// The times on hand now.
pub fn times(cx: &Cx) -> Times {
    let all = cx.state.finder.board.times(&BrowserZones);
    let days = schedule::days(&all, &cx.state.finder.board.filter);
    let differ = |test: &dyn Fn(&Time, &Time) -> bool| {
        all.first().is_some_and(|first| all.iter().any(|time| test(first, time)))
    };
    let many_places = differ(&|a, b| a.place() != b.place());
    let many_zones = differ(&|a, b| a.zone != b.zone);
    let many_people = match &cx.state.finder.board.target {
        Target::Clinicians { npis, .. } => npis.len() > 1,
        Target::Near(_) => all.iter().any(|time| time.slot().source.names_clinician()),
        _ => false,
    };
    Times { days, many_places, many_zones, many_people, all }
}

/// The step.
pub fn draw(cx: &Cx, body: El) -> El {
    let times = times(cx);
    let (asking, picking) = (where_to::is_asking(cx), where_to::is_picking(cx));
    let heading = cx.heading(match (asking, picking) {
        (true, _) => "near.heading",
        (_, true) => "clinics.heading",
        _ => "choosing.heading",
    });
    let lost = cx.state.finder.lost.then(|| ui::alert("fat-alert", cx.t("resume.lost")));
    let body = body
        .maybe(lost)
        .child(el("header", "fat-intro").child(heading).children(facts(cx, &times)))
        .maybe(ways::draw(cx))
        .maybe(where_to::draw(cx));
    let body = match (asking, picking) {
        (true, _) => body,
        (_, true) => body.maybe(visit_types(cx)).maybe(zone(cx, &times)).child(clinics::draw(cx, &times)),
        _ => body
            .maybe(visit_types(cx))
            .maybe(zone(cx, &times))
            .maybe(filters::draw(cx, &times))
            .child(days::draw(cx, &times)),
    };
    body.maybe(my_visits::entry(cx))
}

/// With whom, where and what for, one line each, as far as there is only one answer. Times may come before the names: the
/// room of a line is kept until its words are there, so that no time moves under a finger.
fn facts(cx: &Cx, times: &Times) -> Vec<Node> {
    let board = &cx.state.finder.board;
    let to_come = || ui::line("fat-fact", "\u{a0}".into()).into();
    let mut facts = Vec::new();
    if let Target::Clinicians { npis, .. } = &board.target
        && let [npi] = npis.as_slice()
    {
        let name = board.clinician(npi).map(|name| ui::line("fat-fact fat-strong", name).into());
        facts.push(name.unwrap_or_else(to_come));
    }
    // A brand's clinic stands below, with a way to change it.
    if let (Some(first), false) = (times.all.first(), times.many_places)
        && !matches!(board.target, Target::Brand(_))
    {
        let place = wording::place(cx, first).map(|(name, address)| {
            let away = wording::away(cx, first).map(|away| [", ", &away].concat()).unwrap_or_default();
            fact("fat-strong", name, Some([address, away].concat()))
        });
        facts.push(place.unwrap_or_else(to_come));
    }
    match board.visit_types.as_slice() {
        [only] => {
            let ages = only.ages.and_then(|ages| wording::ages(cx.words, ages));
            facts.push(fact("", only.name.clone(), ages));
        }
        [] if board.visit_type.is_some() => facts.push(to_come()),
        _ => {}
    }
    facts
}

fn fact(class: &'static str, what: String, more: Option<String>) -> Node {
    let more = more.map(|more| ui::text("span", "fat-quiet", more));
    el("p", "fat-fact").child(ui::text("span", class, what)).maybe(more).into()
}

/// The one question, where there is a choice.
fn visit_types(cx: &Cx) -> Option<El> {
    let board = &cx.state.finder.board;
    if board.visit_types.len() < 2 {
        return None;
    }
    let choices = board.visit_types.iter().map(|offer| {
        let on = board.visit_type.as_ref() == Some(&offer.short_name);
        let ages = offer.ages.and_then(|ages| wording::ages(cx.words, ages));
        let short_name = offer.short_name.clone();
        let pick = cx.act(move || Find::PickType(short_name.clone()));
        ui::choice("radio", "visit-type", on, offer.name.clone(), ages, 0, pick).into()
    });
    Some(ui::group("fat-group", cx.t("choosing.visit-type")).child(ui::choices(choices.collect())))
}

/// Said once: whose clock the times are on, and that the device's is another.
fn zone(cx: &Cx, times: &Times) -> Option<El> {
    let first = times.all.first()?;
    if times.many_zones {
        return Some(cx.line("fat-zone fat-quiet", "zone.many"));
    }
    let line = cx.words.with("zone.one", &[("zone", &wording::zone(cx.words, first))]);
    let here = intl::other_zone(cx.words.locale(), first.at(), first.offset);
    let notice =
        here.map(|here| ui::text("span", "fat-notice", cx.words.with("zone.differs", &[("zone", &here)])));
    Some(el("p", "fat-zone fat-quiet").child(ui::text("span", "", line)).maybe(notice))
}

/// Nothing to choose from: three ways on.
pub fn nothing_found(cx: &Cx, times: &Times) -> El {
    let filtered = !times.all.is_empty();
    let text = if filtered { cx.t("none.filtered") } else { none_until(cx) };
    let narrowed = filtered || filters::sought(cx) > 0;
    let retry = cx.state.finder.board.trouble.is_some();
    let other_type = cx.state.finder.board.visit_types.len() > 1;
    ui::alert("fat-alert", text)
        .maybe(narrowed.then(|| filters::clear(cx, Weight::Plain)))
        .maybe((!filtered && !retry).then(|| where_to::widen(cx)).flatten())
        .maybe(retry.then(|| cx.button(Weight::Plain, "retry", cx.send(|| Event::Retry))))
        .maybe(other_type.then(|| cx.line("", "none.other-type")))
        .child(wording::call(cx))
}

/// How far ahead the system looked without finding a time.
fn none_until(cx: &Cx) -> String {
    if let Some(within) = where_to::within(cx) {
        return cx.words.with("near.none", &[("distance", &within)]);
    }
    match cx.state.finder.board.searched_to {
        Some(date) => cx.words.with("none.until", &[("date", &intl::date(cx.words.locale(), date))]),
        None => cx.t("none"),
    }
}
