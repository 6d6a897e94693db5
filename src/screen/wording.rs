//! Writes times, places, people and errors in words.

use booking::directory::Directory;
use booking::errand::state::{Errand, SendingPhase, SignInPhase};
use booking::journey::state::State;
use booking::outcome::{ApiError, Refusal};
use booking::place::{Address, AgeRange, AgeUnit};
use booking::schedule::Time;
use booking::time::{PartOfDay, Zones};

use crate::i18n::Words;
use crate::platform::intl;
use crate::platform::zones::BrowserZones;
use crate::screen::Cx;
use crate::ui;
use crate::ui::view::El;

const HOUR: i32 = 3600;

/// `2:30 PM`; with the zone's abbreviation in the hour that occurs twice when clocks go back.
pub fn clock(words: &Words, time: &Time) -> String {
    let clock = intl::clock(words.locale(), time.local);
    let Some(zone) = &time.zone else { return clock };
    let shifted = |by: i32| {
        BrowserZones.offset(zone, time.at() + i64::from(by)).is_some_and(|offset| offset == time.offset - by)
    };
    if shifted(HOUR) || shifted(-HOUR) {
        [&clock, " ", &intl::zone_short(words.locale(), zone, time.at())].concat()
    } else {
        clock
    }
}

/// Two lines: `Tuesday, March 3, 2026` and `2:30 PM, Pacific Time`.
pub fn when(words: &Words, time: &Time) -> [String; 2] {
    [
        intl::full_day(words.locale(), time.local.date()),
        [&clock(words, time), ", ", &zone(words, time)].concat(),
    ]
}

/// `Pacific Time`; if no zone is known, the offset that the time was written with.
pub fn zone(words: &Words, time: &Time) -> String {
    match &time.zone {
        Some(zone) => intl::zone_name(words.locale(), zone, time.at()),
        None => {
            let minutes = time.offset.unsigned_abs() / 60;
            let two = |number: u32| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
            [
                "UTC",
                if time.offset < 0 { "\u{2212}" } else { "+" },
                &two(minutes / 60),
                ":",
                &two(minutes % 60),
            ]
            .concat()
        }
    }
}

/// The clinician's name, if it is known and all slots of the time are with that clinician.
pub fn clinician(cx: &Cx, time: &Time) -> Option<String> {
    let npi = &time.slot().npi;
    time.slots.iter().all(|slot| slot.npi == *npi).then(|| cx.directory().clinician(npi))?
}

/// The name of the visit type.
pub fn visit_type(cx: &Cx, time: &Time) -> Option<String> {
    cx.directory().offer(&time.slot().visit_type).map(|offer| offer.name.clone())
}

/// The length in minutes; `None` if the server did not give one.
pub fn minutes(words: &Words, time: &Time) -> Option<String> {
    let minutes = time.slot().minutes;
    (minutes > 0).then(|| words.count("minutes", minutes.into()))
}

/// The clinic's name, and its address on one line.
pub fn place(cx: &Cx, time: &Time) -> Option<(String, String)> {
    cx.directory().place(time.place()).map(|(name, address)| (name.to_owned(), address_line(address)))
}

/// The clinic's distance according to the search: `1.8 miles`.
pub fn away(cx: &Cx, time: &Time) -> Option<String> {
    let tenths = cx.directory().found_place(time.place())?.tenth_miles?;
    Some(intl::miles(cx.words.locale(), tenths))
}

/// `1450 NW Market St, Suite 2, Seattle, WA 98107`
pub fn address_line(address: &Address) -> String {
    let town = [address.city.as_str(), address.state.as_str()];
    let town: Vec<&str> = town.into_iter().filter(|part| !part.is_empty()).collect();
    let town = [town.join(", ").as_str(), address.postal_code.as_str()].join(" ");
    let parts = [address.line1.as_str(), address.line2.as_str(), town.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// `206-555-0188`, from the ten digits of the API; any other text is unchanged.
pub fn phone_text(phone: &str) -> String {
    match (phone.get(..3), phone.get(3..6), phone.get(6..10)) {
        (Some(area), Some(exchange), Some(line))
            if phone.len() == 10 && phone.bytes().all(|b| b.is_ascii_digit()) =>
        {
            [area, exchange, line].join("-")
        }
        _ => phone.into(),
    }
}

/// The phone of the chosen time's clinic, or of the clinic that the patient has picked: no other clinic can answer for it.
/// Without either, the phone of the soonest time's clinic, else any that is known.
pub fn phone(state: &State) -> Option<String> {
    let board = &state.finder.board;
    let is_idle = state.errand.stage.is_idle();
    let directory = if is_idle { &board.directory } else { &state.errand.directory };
    let picked = board.clinic.as_ref().filter(|_| is_idle);
    if let Some(place) = state.errand.stage.time().map(Time::place).or(picked) {
        return directory.phone(place).map(Into::into);
    }
    let soonest = board.all_times().first().and_then(|time| directory.phone(time.place()));
    let any = directory.departments.iter().map(|known| known.phone.as_str());
    let any = any
        .chain(directory.clinicians.iter().flat_map(|known| &known.places).map(|known| known.phone.as_str()));
    soonest.into_iter().chain(any).find(|phone| !phone.is_empty()).map(Into::into)
}

/// Like [`call`], for one time, whose clinic may differ from those on screen.
pub fn call_about(cx: &Cx, directory: &Directory, time: Option<&Time>) -> El {
    let phone = match time {
        Some(time) => directory.phone(time.place()).map(Into::into),
        None => phone(cx.state),
    };
    call_at(cx, phone)
}

/// A sentence that asks the patient to call, with the number as a link. If no number is known, the stylesheet shows the page's
/// fallback below.
pub fn call(cx: &Cx) -> El {
    call_at(cx, phone(cx.state))
}

fn call_at(cx: &Cx, phone: Option<String>) -> El {
    match phone {
        Some(phone) => sentence_with_phone(cx, "call", phone),
        None => cx.line("fat-call-page", "call.unknown"),
    }
}

/// A sentence that ends with a phone number.
pub fn sentence_with_phone(cx: &Cx, key: &str, phone: String) -> El {
    ui::line("", [&cx.t(key), " "].concat()).child(ui::phone(phone))
}

/// The ages that a visit is for, in words; `None` if it is for all ages. Does not name a maximum of a hundred years or
/// more.
pub fn ages(words: &Words, range: AgeRange) -> Option<String> {
    ages_below(words, range, 100)
}

/// Like [`ages`], but names each maximum below `most` years.
pub fn ages_below(words: &Words, range: AgeRange, most: u32) -> Option<String> {
    let (key, counted, AgeRange { min, max, .. }) = ages_key(range, most)?;
    Some(if let Some(number) = counted {
        words.count(key, number as usize)
    } else {
        let number = |number| intl::number(words.locale(), number);
        words.with(key, &[("min", &number(min)), ("max", &number(max))])
    })
}

/// The key of [`ages_below`]; the number, if the text has only one; and the range in the unit that the text names.
fn ages_key(range: AgeRange, most: u32) -> Option<(&'static str, Option<u32>, AgeRange)> {
    let AgeRange { mut min, mut max, mut unit } = range;
    let whole = |months: u32| months.is_multiple_of(12);
    match unit {
        // 216 to 779 months is 18 to 64 years. Under two years, people count in months.
        AgeUnit::Month if max >= 24 && whole(min) && (whole(max.saturating_add(1)) || max / 12 >= most) => {
            (min, max, unit) = (min / 12, max / 12, AgeUnit::Year);
        }
        AgeUnit::Year if (min, max) == (0, 0) => (max, unit) = (11, AgeUnit::Month),
        _ => {}
    }
    let (open_end, keys) = match unit {
        AgeUnit::Year => (max >= most, ["ages.years.from", "ages.years.to", "ages.years.range"]),
        AgeUnit::Month => (max / 12 >= most, ["ages.months.from", "ages.months.to", "ages.months.range"]),
        AgeUnit::Day => (max / 365 >= most, ["ages.days.from", "ages.days.to", "ages.days.range"]),
    };
    let [from, to, between] = keys;
    let (key, counted) = match (min, open_end) {
        (0, true) => return None,
        (_, true) => (from, Some(min)),
        (0, false) => (to, Some(max)),
        _ if min == max && unit == AgeUnit::Year => ("ages.years.only", Some(min)),
        _ => (between, None),
    };
    Some((key, counted, AgeRange { min, max, unit }))
}

/// `Morning`
pub fn part(words: &Words, part: PartOfDay) -> String {
    words.text(match part {
        PartOfDay::Morning => "part.morning",
        PartOfDay::Afternoon => "part.afternoon",
        PartOfDay::Evening => "part.evening",
    })
}

/// Why a read or a cancel failed, in words.
pub fn api_error(words: &Words, error: ApiError) -> String {
    words.text(match error {
        ApiError::Network => "trouble.network",
        ApiError::Server => "trouble.server",
        ApiError::NotFound => "trouble.not-found",
        ApiError::SignedOut => "trouble.signed-out",
        ApiError::Locked => "trouble.locked",
        ApiError::Rejected => "trouble.rejected",
        ApiError::Unreadable => "trouble.unreadable",
    })
}

/// The sentence that nothing is booked, or with `is_for_now` that the patient is not in line; for messages about
/// what has failed.
pub fn safe(words: &Words, is_for_now: bool) -> String {
    words.text(if is_for_now { "queue.safe" } else { "failed.safe" })
}

/// Why the system refused the booking, or with `is_for_now` the place in line.
pub fn refusal(words: &Words, refusal: Refusal, is_for_now: bool) -> String {
    let safe = safe(words, is_for_now);
    let key = match refusal {
        Refusal::SlotTaken => "refused.taken",
        Refusal::DoubleBooked => "refused.double",
        Refusal::UnknownConflict => "refused.conflict",
        Refusal::NotOnPanel => "refused.panel",
        Refusal::AccountLocked => "refused.locked",
        Refusal::NoLinks | Refusal::PatientNotFound => "refused.no-record",
        Refusal::SignedOut => "failed.signed-out",
        Refusal::RegionBusy => "refused.region-busy",
        Refusal::NobodyFree => "refused.nobody-free",
        Refusal::Busy => "failed.server",
        Refusal::Rejected => "failed.rejected",
    };
    words.with(key, &[("safe", &safe)])
}

/// What is happening while a booking is being sent.
pub fn sending(cx: &Cx, phase: SendingPhase, is_slow: bool) -> String {
    cx.t(match phase {
        _ if is_slow => "sending.slow",
        SendingPhase::Token | SendingPhase::Matching | SendingPhase::Card if cx.is_for_now() => {
            "queue.checking"
        }
        SendingPhase::Booking if cx.is_for_now() => "queue.joining",
        SendingPhase::Token | SendingPhase::Matching | SendingPhase::Card => "sending.checking",
        SendingPhase::Saving | SendingPhase::Rereading => "sending.saving",
        SendingPhase::Booking => "sending.booking",
        SendingPhase::Looking => "sending.looking",
        SendingPhase::Verifying(_) => "sending.verifying",
    })
}

/// What is happening during the sign-in, or what the sign-in waits for.
pub fn signing_in(cx: &Cx, phase: SignInPhase, is_slow: bool) -> String {
    cx.t(match phase {
        SignInPhase::Asking => "signin.asking",
        SignInPhase::Reading if is_slow => "signin.slow",
        SignInPhase::Reading => "signin.reading",
        SignInPhase::Waiting if cx.is_for_now() => "queue.signin",
        SignInPhase::Waiting if matches!(cx.state.errand.stage.errand(), Some(Errand::Visits)) => {
            "visits.signin.waiting"
        }
        SignInPhase::Waiting => "signin.waiting",
        SignInPhase::Expired => "signin.expired",
        SignInPhase::Failed(why) => return api_error(cx.words, why),
    })
}

#[cfg(test)]
#[path = "wording_tests.rs"]
mod tests;
