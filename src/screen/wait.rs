//! Writes waits in words: always as a range of whole minutes or whole hours, never as a countdown.

use booking::on_demand::{Modality, OnDemandVisit, WaitRange, WaitingLine};

use crate::i18n::Words;
use crate::platform::{clock, intl};
use crate::screen::Cx;
use crate::ui;
use crate::ui::view::El;

/// The chosen line in words, one text each: by video or phone and in which region, the practice, and for a clinic's or
/// a clinician's own line its name.
pub fn lines(cx: &Cx, now: &OnDemandVisit) -> Vec<String> {
    let directory = cx.directory();
    let whose = match &now.line {
        WaitingLine::General => None,
        WaitingLine::Clinic(place) => directory.place(place).map(|(name, ..)| name.to_owned()),
        WaitingLine::Clinician(npi, _) => directory.clinician(npi),
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

/// `5 to 10 minutes`, with the time of the estimate.
pub fn draw(cx: &Cx, range: WaitRange, at: i64) -> El {
    let range = [&self::range(cx.words, range), " "].concat();
    ui::line("fat-wait", range).child(ui::text("span", "fat-quiet", as_of(cx.words, at)))
}

/// `as of 2:14 PM`, by the device's clock.
pub fn as_of(words: &Words, at: i64) -> String {
    let time = intl::clock(words.locale(), clock::here(at).local());
    words.with("queue.as-of", &[("clock", &time)])
}

/// `5 to 10 minutes`, `Less than 5 minutes`, or from two hours on `2 to 3 hours`.
pub fn range(words: &Words, range: WaitRange) -> String {
    const HOUR: u32 = 60;
    let (mut from, mut to, mut key) = (range.from, range.to, "queue.minutes");
    if from == 0 {
        return words.count("queue.under", to as usize);
    }
    if from >= 2 * HOUR && from.is_multiple_of(HOUR) && to.is_multiple_of(HOUR) {
        (from, to, key) = (from / HOUR, to / HOUR, "queue.hours");
    }
    let number = |number| intl::number(words.locale(), number);
    words.with(key, &[("from", &number(from)), ("to", &number(to))])
}
