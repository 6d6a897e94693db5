//! The steps after a submit, "Booked" and "Unconfirmed", with the directions and the calendar file of a visit.

use booking::errand::state::Errand;
use booking::journey::event::Event;
use booking::outcome::Meeting;
use booking::schedule::Time;
use leptos::prelude::*;

use super::outcomes;
use super::patient::{payment, someone_else};
use crate::platform::calendar::{self, Entry};
use crate::platform::{clock, download};
use crate::screen::{Cx, Screen, outcome, wait, wording};
use crate::ui::view::{El, Node, el};
use crate::ui::{self, Weight};

/// The step that shows a confirmed booking.
#[component]
pub fn Booked(time: Box<Time>, meeting: Option<Meeting>) -> Node {
    let screen = Screen::here();
    let banner = screen.draw(|cx| {
        let banner = el("div", "fat-banner").part("alert").child(cx.heading("booked.heading"));
        banner.child(cx.line("", "booked.text")).into()
    });
    let documents = documents(meeting.as_ref());
    let way_in = meeting.clone();
    let (facts_of, change_of) = (time.clone(), time.clone());
    outcome()
        .node(banner)
        .node(screen.plain(someone_else::strong_line))
        .node(screen.follow(move |cx| facts(cx, &facts_of).into()))
        .node(screen.draw(move |cx| way_in.as_ref().map(|meeting| join(cx, meeting)).into()))
        .node(screen.follow(move |cx| takeaways(cx, &time, meeting.as_ref()).into()))
        .node(screen.line("", documents))
        .node(screen.follow(|cx| payment::pays_on_arrival(cx).then(|| cx.line("", "pay.arrival")).into()))
        .child(el("slot", "").attr("name", "confirmation"))
        .node(screen.follow(move |cx| change(cx, &change_of).into()))
        .node(screen.plain(|cx| Some(outcomes::close(cx))))
        .into()
}

/// The message key for the documents that the patient needs: brought to a clinic, or at hand during a video
/// visit.
fn documents(meeting: Option<&Meeting>) -> &'static str {
    if meeting.is_some() { "booked.have" } else { "booked.bring" }
}

/// The link and the numbers with which to join a video visit.
fn join(cx: &Cx, meeting: &Meeting) -> El {
    let link = meeting.join_url.as_ref().map(|url| {
        let link =
            el("a", "fat-button fat-primary").part("button button-primary").attr_text("href", url.clone());
        outside(link).text(cx.t("booked.join"))
    });
    let lines = [
        ("booked.dial", &meeting.toll_number),
        ("booked.conference", &meeting.conference_id),
        ("booked.password", &meeting.password),
    ];
    let lines =
        lines.into_iter().filter_map(|(key, value)| Some(cx.words.with(key, &[("value", value.as_ref()?)])));
    el("div", "fat-join").maybe(link).child(ui::lines(lines.collect()))
}

/// Makes a link open in a new tab, without a referrer.
fn outside(link: El) -> El {
    link.attr("rel", "noopener noreferrer").attr("target", "_blank")
}

/// How to change the visit: a button to "My visits", where a clinic's visit can be cancelled, or the phone for a clinician's
/// visit (API reference §5, open question 12: the system cancels only visits booked at a clinic).
fn change(cx: &Cx, time: &Time) -> El {
    if !time.slot().source.names_clinician() {
        return cx.button(Weight::Link, "visits.see", cx.send(|| Event::MyVisits));
    }
    match wording::phone(cx.state) {
        Some(phone) => wording::sentence_with_phone(cx, "visits.call", phone),
        None => cx.line("", "visits.call.unknown"),
    }
}

/// The directions and the calendar file of a visit. The accessible names include the day, to distinguish several visits.
pub fn takeaways(cx: &Cx, time: &Time, meeting: Option<&Meeting>) -> El {
    let [day, hour] = wording::when(cx.words, time);
    let place = wording::place(cx, time);
    let way =
        place.as_ref().filter(|(_, address)| meeting.is_none() && !address.is_empty()).map(|(_, address)| {
            let label = cx.t("visits.directions");
            let full = [&label, ", ", &day].concat();
            let to = String::from(js_sys::encode_uri_component(address));
            let href = ["https://www.google.com/maps/dir/?api=1&destination=", &to].concat();
            let link = el("a", "fat-button").part("button").attr_text("href", href);
            outside(link).attr_text("aria-label", full).text(label)
        });
    let title = match &place {
        Some((name, _)) => cx.words.with("visits.calendar.title", &[("clinic", name)]),
        None => cx.t("visits.calendar.plain"),
    };
    let at = place.map(|(name, address)| {
        let parts = [name, address];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    });
    let phone = phone_of(cx, time).map(|phone| [&cx.t("call"), " ", &phone].concat());
    let link =
        meeting.and_then(|meeting| Some([&cx.t("booked.join"), ": ", meeting.join_url.as_ref()?].concat()));
    let about = [Some(hour), wording::visit_type(cx, time), wording::clinician(cx, time), link, phone];
    let about: Vec<String> = about.into_iter().flatten().chain([cx.t(documents(meeting))]).collect();
    let (at, about, start) = (at.unwrap_or_default(), about.join("\n"), time.at());
    let minutes = i64::from(time.slot().minutes);
    let save = move || {
        let entry = Entry {
            uid: &[&download::random_name(), "@find-a-time"].concat(),
            made: clock::now(),
            start,
            end: (minutes > 0).then_some(start + minutes * 60),
            title: &title,
            place: &at,
            about: &about,
        };
        download::save_calendar(&calendar::file(&entry));
    };
    let label = cx.t("visits.calendar");
    let full = [&label, ", ", &day].concat();
    let calendar = ui::button(Weight::Plain, label, Box::new(save)).attr_text("aria-label", full);
    el("div", "fat-actions").child(calendar).maybe(way)
}

/// The step for a booking of unknown outcome; nothing on it can send the booking again.
#[component]
pub fn Unconfirmed(errand: Box<Errand>) -> Node {
    let screen = Screen::here();
    let [heading, what, to_do] = match *errand {
        Errand::OnDemand(_) => {
            ["queue.unconfirmed.heading", "queue.unconfirmed.what", "queue.unconfirmed.do"]
        }
        Errand::Time(_) | Errand::Visits => ["unconfirmed.heading", "unconfirmed.what", "unconfirmed.do"],
    };
    let what = screen.follow(move |cx| {
        let alert = ui::alert("fat-alert fat-danger", cx.t(what));
        alert.child(cx.line("fat-strong", to_do)).child(wording::call(cx)).into()
    });
    outcome()
        .node(screen.heading(heading))
        .node(what)
        .node(screen.follow(move |cx| errand_facts(cx, &errand).into()))
        // The patient can only call. If this outcome was in brief before, the one button leads back to the times.
        .node(screen.plain(outcomes::close_again))
        .into()
}

/// The facts of the errand's time or line, without the phone, which is shown elsewhere on the step; empty for
/// "My visits".
pub fn errand_facts(cx: &Cx, errand: &Errand) -> El {
    match errand {
        Errand::Time(time) => time_facts(cx, time, None),
        Errand::OnDemand(now) => {
            el("div", "fat-summary").part("summary").child(ui::lines(wait::lines(cx, now)))
        }
        Errand::Visits => el("div", ""),
    }
}

/// When, with whom and where the visit is, and the clinic's phone.
pub fn facts(cx: &Cx, time: &Time) -> El {
    time_facts(cx, time, phone_of(cx, time))
}

/// The phone of a time's clinic, in the written form `206-555-0188`.
fn phone_of(cx: &Cx, time: &Time) -> Option<String> {
    cx.directory().phone(time.place()).map(wording::phone_text)
}

fn time_facts(cx: &Cx, time: &Time, phone: Option<String>) -> El {
    let [day, hour] = wording::when(cx.words, time);
    let strong = |class, text| Some(ui::line(class, text));
    let (name, address) = wording::place(cx, time).unzip();
    let rows = [
        strong("fat-strong fat-large", day),
        strong("fat-strong fat-large", hour),
        wording::visit_type(cx, time).map(|name| ui::line("fat-apart", name)),
        wording::clinician(cx, time).map(|name| ui::line("", name)),
        name.map(|name| ui::line("fat-strong fat-apart", name)),
        address.map(|address| ui::line("", address)),
        phone.map(|phone| el("p", "").child(ui::phone(phone))),
    ];
    el("div", "fat-summary fat-facts")
        .part("summary")
        .children(rows.into_iter().flatten().map(Into::into).collect())
}
