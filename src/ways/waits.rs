//! The waits by video and by phone, each with a button to join, or why nobody can be seen now and what the patient can do
//! instead.

use booking::finder::queue::LineKind;
use booking::journey::event::Event;
use booking::on_demand::{Modality, NobodyAvailable, Region, WaitRange};
use booking::settings::{Settings, Way};
use leptos::prelude::*;

use super::choice;
use super::queue::{QueueMemos, Waits, own_line};
use crate::finder::Memory;
use crate::i18n::Words;
use crate::platform::{clock, intl};
use crate::screen::{Cx, Screen, Spot, wait, wording};
use crate::ui::view::{El, Node, el, nothing};
use crate::ui::{self, Weight};

/// The waits, each with a button to join, or why nobody can be seen now.
#[component]
pub fn WaitTimes(memos: QueueMemos) -> Node {
    let (screen, memory) = (Screen::here(), Memory::here());
    screen.draw(move |cx| {
        memos.choices.track();
        let own =
            own_line(cx, memos.finder).map(|(line_kind, _)| line_kind).filter(|_| memory.own_line.get());
        memos.waits.with(|waits| draw_waits(cx, memory, waits, own)).into()
    })
}

fn draw_waits(cx: &Cx, memory: Memory, waits: &Waits, line_kind: Option<LineKind>) -> El {
    let title = ui::heading(cx.level + 1, "fat-subheading", cx.t("queue.waits"));
    let title = title.attr("tabindex", "-1").focus(cx.focus(Spot::Waits));
    let section = el("section", "fat-waits").child(title);
    let Some(region) = cx.state.finder.queue.region() else {
        return section.child(cx.line("", "queue.choose-region"));
    };
    let price = (region.price > 0).then(|| {
        let price = intl::money(cx.words.locale(), region.price);
        ui::line("", cx.words.with("queue.costs", &[("price", &price)]))
    });
    let section = section.maybe(price);
    match (&waits.video, &waits.phone) {
        (Some(Err(video)), Some(Err(phone))) if video == phone => section
            .child(el("div", "fat-offers").child(closed(cx, region, None, video)))
            .child(ways_on(cx, memory)),
        (Some(video), Some(phone)) => {
            let is_closed = video.is_err() || phone.is_err();
            let card = |modality: Modality, wait: &Result<(u32, i64), NobodyAvailable>| match wait {
                Ok((seconds, as_of)) => open(cx, modality, line_kind, *seconds, *as_of),
                Err(why) => closed(cx, region, Some(modality), why),
            };
            let cards = el("div", "fat-offers").child(card(Modality::Video, video));
            let section = section.child(cards.child(card(Modality::Phone, phone)));
            section.maybe(is_closed.then(|| ways_on(cx, memory)))
        }
        (None, _) | (_, None) => match waits.error {
            Some(error) => {
                let screen = cx.screen;
                let retry = move || {
                    // The button is removed as soon as the waits are being read, so the focus moves.
                    screen.go_to(Spot::Waits);
                    screen.act(Event::Retry);
                };
                let why = ui::line("", wording::api_error(cx.words, error));
                section
                    .child(ui::alert("fat-alert", cx.t("queue.unread")).child(why))
                    .child(cx.button(Weight::Plain, "retry", Box::new(retry)))
                    .child(ways_on(cx, memory))
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

/// The key of the button at the foot of a card. It does not depend on the button's text, so that the button keeps
/// the focus when a refresh changes the text. The refresh may also change what the button does; that is harmless,
/// since none of its actions books anything.
const FOOT: u32 = 1;

/// A card with a wait. The button is at the same position in every card, so that a refresh does not move it under a finger or a
/// cursor.
fn open(cx: &Cx, modality: Modality, own: Option<LineKind>, seconds: u32, as_of: i64) -> El {
    let wait = match own {
        None => wait::draw(cx, WaitRange::of_seconds(seconds), as_of),
        // The wait that was read is that of the region's line, not of the clinic's or the clinician's own line.
        Some(_) => cx.line("", "queue.own.wait"),
    };
    let line_kind = own.unwrap_or(LineKind::General);
    let key = match modality {
        Modality::Video => "queue.join-video",
        Modality::Phone => "queue.join-phone",
    };
    let app = cx.app;
    let join = Box::new(move || app.send(Event::Join(modality, line_kind)));
    card(cx, Some(modality))
        .child(wait)
        .node(nothing())
        .child(cx.button(Weight::Primary, key, join).key(FOOT))
}

fn closed(cx: &Cx, region: &Region, modality: Option<Modality>, why: &NobodyAvailable) -> El {
    let more = match why {
        NobodyAvailable::OffHours => {
            region.next_opening(clock::now()).map(|at| ui::line("", opens(cx.words, at)))
        }
        NobodyAvailable::Busy(own) => {
            let own = if own.is_empty() { &region.busy_message } else { own };
            (!own.is_empty()).then(|| ui::text("blockquote", "fat-quote", own.clone()))
        }
        NobodyAvailable::Unstaffed | NobodyAvailable::NoRegion => None,
    };
    // A practice with a single region offers no choice of another.
    let others = cx.state.finder.queue.practice.as_ref().is_some_and(|practice| practice.regions.len() > 1);
    let button = if *why == NobodyAvailable::NoRegion && others {
        let screen = cx.screen;
        let other = move || screen.go_to(Spot::Region);
        cx.button(Weight::Plain, "queue.other-region", Box::new(other))
    } else {
        cx.button(Weight::Plain, "queue.again", cx.act(|| Event::Retry))
    };
    let reason = ui::line("fat-wait", reason(cx.words, region, why));
    card(cx, modality).child(reason).maybe(more).child(button.key(FOOT))
}

/// What the patient can do if nobody can be seen now: choose a scheduled time, if the page has some, or call.
fn ways_on(cx: &Cx, memory: Memory) -> El {
    let scheduled = cx.app.settings.with_untracked(Settings::ways).contains(&Way::Named);
    let scheduled =
        scheduled.then(|| cx.button(Weight::Plain, "queue.scheduled", choice::take(cx, memory, Way::Named)));
    let call = match wording::phone(cx.state) {
        Some(_) => wording::call(cx),
        // Without a known number, the page's slot `help` may have one.
        None => cx.line("", "queue.call-too"),
    };
    el("div", "fat-foot").maybe(scheduled).child(call)
}

/// Why nobody can be seen now.
fn reason(words: &Words, region: &Region, why: &NobodyAvailable) -> String {
    let key = match why {
        NobodyAvailable::Unstaffed => "queue.unstaffed",
        NobodyAvailable::Busy(_) => "queue.busy",
        NobodyAvailable::OffHours => "queue.off-hours",
        NobodyAvailable::NoRegion => "queue.no-region",
    };
    words.with(key, &[("region", &region.name)])
}

/// When the line opens, by the device's clock.
fn opens(words: &Words, at: i64) -> String {
    let local = clock::here(at).local();
    let time = intl::clock(words.locale(), local);
    if local.date() == clock::today() {
        return words.with("queue.opens-today", &[("clock", &time)]);
    }
    let day = intl::day_within(words.locale(), local.date());
    words.with("queue.opens", &[("day", &day), ("clock", &time)])
}

/// The waits, one sentence each, for the live region. While they are read after a refusal, it is the refusal.
pub fn said(cx: &Cx) -> String {
    let queue = &cx.state.finder.queue;
    let Some(region) = queue.region() else { return String::new() };
    let mut said = String::new();
    for (modality, key) in Modality::ALL.into_iter().zip(["queue.video", "queue.phone"]) {
        let Some(now) = queue.wait(modality) else {
            return match (queue.error, queue.refused) {
                (Some(_), _) => cx.t("queue.unread"),
                (None, Some(refusal)) => wording::refusal(cx.words, refusal, true),
                (None, None) => cx.t("queue.reading"),
            };
        };
        let text = match now {
            Ok((seconds, at)) => {
                [&wait::range(cx.words, WaitRange::of_seconds(seconds)), " ", &wait::as_of(cx.words, at)]
                    .concat()
            }
            Err(why) => reason(cx.words, region, &why),
        };
        said.push_str(&[&cx.t(key), ": ", text.trim_end_matches('.'), ". "].concat());
    }
    said
}
