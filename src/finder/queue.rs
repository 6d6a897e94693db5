//! Joining a line: where the patient is, for whom, by video or phone, and how long it takes now; or why not now.

use booking::finder::event::Event as Find;
use booking::finder::queue::Lane;
use booking::ids::RegionCode;
use booking::journey::event::Event;
use booking::on_demand::{Line, Modality, NotNow, Now, Practice, Qualifier, Region, WaitRange};
use booking::place::{AgeRange, AgeUnit};
use booking::settings::{Settings, Target, Way};
use leptos::prelude::*;

use crate::finder::ways;
use crate::i18n::Words;
use crate::platform::{clock, intl};
use crate::screen::wording;
use crate::screen::{Cx, Spot, go_to};
use crate::ui::form::{Spec, control, field, option};
use crate::ui::view::{El, Node, el, nothing};
use crate::ui::{self, Weight};

/// What was chosen, in a few lines.
pub fn lines(cx: &Cx, now: &Now) -> Vec<String> {
    let directory = cx.directory();
    let whose = match &now.line {
        Line::General => None,
        Line::Clinic(place) => directory.place(place).map(|(name, ..)| name.to_owned()),
        Line::Clinician(npi, _) => directory.clinician(npi),
    };
    let how = match now.modality {
        Modality::Video => "queue.video-in",
        Modality::Phone => "queue.phone-in",
    };
    let mut lines = vec![cx.words.with(how, &[("region", &now.region.name)])];
    lines.extend(cx.state.errand.practice.as_ref().map(|practice| practice.name.clone()));
    lines.extend(whose.map(|name| cx.words.with("queue.line-of", &[("name", &name)])));
    lines
}

/// The step.
pub fn draw(cx: &Cx, body: El) -> El {
    let queue = &cx.state.finder.queue;
    let practice = queue.practice.as_ref();
    let name = practice.map(|practice| ui::line("fat-fact fat-strong", practice.name.clone()));
    let refused = queue
        .refused
        .map(|refusal| ui::alert("fat-alert", wording::refusal(cx.words, refusal)).child(wording::call(cx)));
    let lost = cx.state.finder.lost.then(|| ui::alert("fat-alert", cx.t("queue.lost")));
    body.maybe(lost)
        .child(el("header", "fat-intro").child(cx.heading("queue.heading")).maybe(name))
        .maybe(ways::draw(cx))
        .maybe(refused)
        .maybe(practice.map(|practice| region(cx, practice)))
        .maybe(for_whom(cx))
        .maybe(lanes(cx))
        .child(waits(cx))
        .child(cx.line("fat-quiet", "queue.emergency"))
}

/// Where the patient is; one region is no question.
fn region(cx: &Cx, practice: &Practice) -> El {
    if let [only] = practice.regions.as_slice() {
        return ui::line("", cx.words.with("queue.only-region", &[("region", &only.name)]));
    }
    let spec = Spec {
        name: "region",
        label: cx.t("queue.region"),
        hint: cx.t("queue.region.why"),
        value: cx.state.finder.queue.region.as_ref().map(|code| code.as_str().to_owned()).unwrap_or_default(),
        focus: cx.focus(Spot::Region),
        ..Spec::default()
    };
    let (app, local) = (cx.app, cx.local);
    let picked = move |code: String| {
        if !code.is_empty() {
            local.update(|local| local.acted = true);
            app.send(Find::PickRegion(RegionCode::new(&code)));
        }
    };
    let none = ui::text("option", "", cx.t("field.choose")).attr("value", "").flag("disabled", true);
    let regions = practice.regions.iter();
    let options = regions.map(|region| option(region.code.as_str().to_owned(), region.name.clone()));
    let select = control("select", &spec, Box::new(picked), Box::new(|| ()));
    field(&spec, select.child(none).children(options.collect()))
}

/// Asked only where some clinicians see children only.
fn for_whom(cx: &Cx) -> Option<El> {
    let queue = &cx.state.finder.queue;
    if !queue.asks_for_whom() {
        return None;
    }
    let ages = queue
        .region()
        .and_then(|region| region.pediatric_months)
        .and_then(|(min, max)| wording::ages(cx.words, AgeRange { min, max, unit: AgeUnit::Month }));
    let choice = |whom: Qualifier, key: &str, ages: Option<String>| -> Node {
        let pick = cx.act(move || Find::ForWhom(whom));
        ui::choice("radio", "for-whom", queue.qualifier == whom, cx.t(key), ages, 0, pick).into()
    };
    let choices = vec![
        choice(Qualifier::Adult, "queue.adult", None),
        choice(Qualifier::Pediatric, "queue.child", ages),
    ];
    Some(ui::group("fat-group", cx.t("queue.for-whom")).child(ui::choices(choices)))
}

/// The line of the page's clinic or clinician, and whose it is, where the page offers one and its owner is known.
fn own_lane(cx: &Cx) -> Option<(Lane, String)> {
    let board = &cx.state.finder.board;
    cx.app.settings.with_untracked(|settings| match &settings.target {
        Target::Departments(names) if settings.clinic_line => {
            let first = names.first()?;
            let clinic = board.departments.iter().find(|known| known.url_name == *first)?;
            Some((Lane::Clinic, clinic.name.clone()))
        }
        Target::Clinicians { npis, .. } if settings.clinician_line.is_some() => {
            Some((Lane::Clinician, board.clinician(npis.first()?)?))
        }
        _ => None,
    })
}

/// Whose line, where there is a choice.
fn lanes(cx: &Cx) -> Option<El> {
    let (_, name) = own_lane(cx)?;
    let choice = |own: bool, label: String, key: &str| -> Node {
        let local = cx.local;
        let pick = move || local.update(|local| local.own_line = own);
        let on = cx.here.own_line == own;
        ui::choice("radio", "lane", on, label, Some(cx.t(key)), 0, Box::new(pick))
            .key(u32::from(own) + 1)
            .into()
    };
    let own = cx.words.with("queue.line-of", &[("name", &name)]);
    let choices =
        vec![choice(false, cx.t("queue.any"), "queue.any.more"), choice(true, own, "queue.own.more")];
    Some(ui::group("fat-group", cx.t("queue.whose")).child(ui::choices(choices)))
}

/// How long it takes now, by video and by phone, each with its way in; or why not, each with its way on.
fn waits(cx: &Cx) -> El {
    let queue = &cx.state.finder.queue;
    let title = ui::heading(cx.level + 1, "fat-subheading", cx.t("queue.waits"));
    let title = title.attr("tabindex", "-1").focus(cx.focus(Spot::Waits));
    let section = el("section", "fat-waits").child(title);
    let Some(region) = queue.region() else {
        return section.child(cx.line("", "queue.choose-region"));
    };
    let price = (region.price > 0).then(|| {
        let price = intl::money(cx.words.locale(), region.price);
        ui::line("", cx.words.with("queue.costs", &[("price", &price)]))
    });
    let section = section.maybe(price);
    let [video, phone] = Modality::ALL.map(|modality| queue.wait(modality));
    match (video, phone) {
        (Some(Err(video)), Some(Err(phone))) if video == phone => {
            section.child(el("div", "fat-offers").child(closed(cx, region, None, &video))).child(ways_on(cx))
        }
        (Some(video), Some(phone)) => {
            let is_closed = video.is_err() || phone.is_err();
            let card = |modality: Modality, wait: Result<(u32, i64), NotNow>| match wait {
                Ok((seconds, as_of)) => open(cx, modality, seconds, as_of),
                Err(why) => closed(cx, region, Some(modality), &why),
            };
            let cards = el("div", "fat-offers").child(card(Modality::Video, video));
            let section = section.child(cards.child(card(Modality::Phone, phone)));
            section.maybe(is_closed.then(|| ways_on(cx)))
        }
        _ => match queue.trouble {
            Some(trouble) => {
                let (app, local) = (cx.app, cx.local);
                let retry = move || {
                    local.update(|local| {
                        local.acted = true;
                        // The button goes as soon as the waits are being read.
                        go_to(local, Spot::Waits);
                    });
                    app.send(Event::Retry);
                };
                let why = ui::line("", wording::trouble(cx.words, trouble));
                section
                    .child(ui::alert("fat-alert", cx.t("queue.unread")).child(why))
                    .child(cx.button(Weight::Plain, "retry", Box::new(retry)))
                    .child(ways_on(cx))
            }
            None => section.child(cx.line("fat-progress", "queue.reading")),
        },
    }
}

fn card(cx: &Cx, modality: Option<Modality>) -> El {
    let title = match modality {
        Some(Modality::Video) => "queue.video",
        Some(Modality::Phone) => "queue.phone",
        None => "queue.both",
    };
    el("div", "fat-offer").child(ui::heading(cx.level + 2, "fat-offer-name", cx.t(title)))
}

/// What stands at the foot of a card is one button, whatever it says: a refresh takes the focus from nobody, and none of
/// what it may do is more than a look.
const FOOT: u32 = 1;

/// The button is at the same place in every card, so that a refresh under a finger or a cursor takes nothing away.
fn open(cx: &Cx, modality: Modality, seconds: u32, as_of: i64) -> El {
    let own = own_lane(cx).filter(|_| cx.here.own_line);
    let wait = match own {
        None => draw_wait(cx, WaitRange::of_seconds(seconds), as_of),
        // The wait that is known is the other line's.
        Some(_) => cx.line("", "queue.own.wait"),
    };
    let lane = own.map_or(Lane::General, |(lane, _)| lane);
    let key = match modality {
        Modality::Video => "queue.join-video",
        Modality::Phone => "queue.join-phone",
    };
    let app = cx.app;
    let join = Box::new(move || app.send(Event::Join(modality, lane)));
    card(cx, Some(modality))
        .child(wait)
        .node(nothing())
        .child(cx.button(Weight::Primary, key, join).key(FOOT))
}

fn closed(cx: &Cx, region: &Region, modality: Option<Modality>, why: &NotNow) -> El {
    let more = match why {
        NotNow::OffHours => region.next_opening(clock::now()).map(|at| ui::line("", opens(cx.words, at))),
        NotNow::Busy(own) => {
            let own = if own.is_empty() { &region.busy_message } else { own };
            (!own.is_empty()).then(|| ui::text("blockquote", "fat-quote", own.clone()))
        }
        _ => None,
    };
    let button = if *why == NotNow::NoRegion {
        let local = cx.local;
        let other = move || local.update(|local| go_to(local, Spot::Region));
        cx.button(Weight::Plain, "queue.other-region", Box::new(other))
    } else {
        cx.button(Weight::Plain, "queue.again", cx.act(|| Event::Retry))
    };
    let reason = ui::line("fat-wait", reason(cx.words, region, why));
    card(cx, modality).child(reason).maybe(more).child(button.key(FOOT))
}

/// Where nobody can be seen now: times to come at, where the page has some, and the phone.
fn ways_on(cx: &Cx) -> El {
    let scheduled = cx.app.settings.with_untracked(Settings::ways).contains(&Way::Named);
    let scheduled =
        scheduled.then(|| cx.button(Weight::Plain, "queue.scheduled", ways::take(cx, Way::Named)));
    let call = match wording::phone(cx) {
        Some(_) => wording::call(cx),
        // Without a number here there is the one the page gives at the foot.
        None => cx.line("", "queue.call-too"),
    };
    el("div", "fat-foot").maybe(scheduled).child(call)
}

/// Why nobody can be seen now.
fn reason(words: &Words, region: &Region, why: &NotNow) -> String {
    let key = match why {
        NotNow::Unstaffed => "queue.unstaffed",
        NotNow::Busy(_) => "queue.busy",
        NotNow::OffHours => "queue.off-hours",
        NotNow::NoRegion => "queue.no-region",
    };
    words.with(key, &[("region", &region.name)])
}

/// When it opens, by the viewer's clock.
fn opens(words: &Words, at: i64) -> String {
    let local = clock::here(at).local();
    let time = intl::clock(words.locale(), local);
    if local.date() == clock::today() {
        return words.with("queue.opens-today", &[("clock", &time)]);
    }
    let day = intl::day_within(words.locale(), local.date());
    words.with("queue.opens", &[("day", &day), ("clock", &time)])
}

/// `5 to 10 minutes`, and how old that is.
pub fn draw_wait(cx: &Cx, range: WaitRange, at: i64) -> El {
    let range = ui::text("span", "", self::range(cx.words, range));
    el("p", "fat-wait").child(range).text(" ".into()).child(ui::text(
        "span",
        "fat-quiet",
        as_of(cx.words, at),
    ))
}

/// `as of 2:14 PM`, by the viewer's clock.
fn as_of(words: &Words, at: i64) -> String {
    let time = intl::clock(words.locale(), clock::here(at).local());
    words.with("queue.as-of", &[("clock", &time)])
}

/// `5 to 10 minutes`
pub fn range(words: &Words, range: WaitRange) -> String {
    const HOUR: u32 = 60;
    let (mut from, mut to, mut key) = (range.from, range.to, "queue.minutes");
    if from == 0 {
        key = "queue.under";
    } else if from >= 2 * HOUR && from.is_multiple_of(HOUR) && to.is_multiple_of(HOUR) {
        (from, to, key) = (from / HOUR, to / HOUR, "queue.hours");
    }
    let number = |number| intl::number(words.locale(), number);
    words.with(key, &[("from", &number(from)), ("to", &number(to))])
}

/// The waits in one sentence each, for those who hear them.
pub fn told(cx: &Cx) -> String {
    let queue = &cx.state.finder.queue;
    let Some(region) = queue.region() else { return String::new() };
    let mut said = String::new();
    for (modality, key) in Modality::ALL.into_iter().zip(["queue.video", "queue.phone"]) {
        let Some(now) = queue.wait(modality) else {
            return cx.t(if queue.trouble.is_some() { "queue.unread" } else { "queue.reading" });
        };
        let text = match now {
            Ok((seconds, at)) => {
                [&range(cx.words, WaitRange::of_seconds(seconds)), " ", &as_of(cx.words, at)].concat()
            }
            Err(why) => reason(cx.words, region, &why),
        };
        said.push_str(&[&cx.t(key), ": ", text.trim_end_matches('.'), ". "].concat());
    }
    said
}
