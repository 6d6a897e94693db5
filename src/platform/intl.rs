//! Writes dates, times, numbers and plurals with the browser's `Intl`. Formatters are made once and kept, since a first view
//! shows hundreds of times.
//!
//! A clinic's wall clock is formatted as if it were UTC: the zone's rules have been applied already.

use std::cell::RefCell;

use booking::ids::Zone;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Any formatter of `Intl`; which methods it has depends on its constructor.
    #[derive(Clone)]
    type Formatter;
    /// Formats milliseconds since 1970 (`Intl.DateTimeFormat`) or a number (`Intl.NumberFormat`).
    #[wasm_bindgen(method)]
    fn format(this: &Formatter, at: f64) -> String;
    /// `Intl.DateTimeFormat`.
    #[wasm_bindgen(method, js_name = formatToParts)]
    fn parts(this: &Formatter, at: f64) -> Array;
    /// `Intl.PluralRules`.
    #[wasm_bindgen(method)]
    fn select(this: &Formatter, number: f64) -> String;

    /// `Intl.DisplayNames`; throws for a text that is not a language code.
    #[wasm_bindgen(method, catch)]
    fn of(this: &Formatter, code: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(extends = js_sys::Object)]
    type Part;
    #[wasm_bindgen(method, getter, js_name = type)]
    fn kind(this: &Part) -> String;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Part) -> String;
}

/// The options of a formatter of `Intl`. Each constant below is one way to write dates, times, numbers or names.
type Options = &'static [(&'static str, &'static str)];
static DAY: Options = &[("weekday", "long"), ("month", "long"), ("day", "numeric")];
static SHORT_DAY: Options = &[("weekday", "short"), ("month", "short"), ("day", "numeric")];
static FULL_DAY: Options = &[("weekday", "long"), ("year", "numeric"), ("month", "long"), ("day", "numeric")];
static DATE: Options = &[("year", "numeric"), ("month", "long"), ("day", "numeric")];
static CLOCK: Options = &[("hour", "numeric"), ("minute", "2-digit")];
static WEEKDAY: Options = &[("weekday", "long")];
static MONTH: Options = &[("month", "long")];
static ZONE: Options = &[("timeZoneName", "longGeneric")];
static ZONE_SHORT: Options = &[("timeZoneName", "short")];
static NUMBER: Options = &[];
static MILES: Options = &[("style", "unit"), ("unit", "mile"), ("unitDisplay", "long")];
static DOLLARS: Options = &[("style", "currency"), ("currency", "USD")];
static LANGUAGE: Options = &[("type", "language")];

struct Known {
    class: &'static str,
    locale: String,
    options: Options,
    zone: String,
    formatter: Option<Formatter>,
    /// The texts that the formatter has made so far, each with the bits of its number; sorted by these bits.
    texts: Vec<(u64, String)>,
}

/// The largest number of texts kept for one formatter: a day has 1,440 clock texts, and all other kinds of text on a page are
/// fewer.
const MOST_TEXTS: usize = 2000;

thread_local! {
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

/// The index of a formatter, which is made on first use. The formatter is `None` if the browser does not know it, the language
/// or the zone.
#[inline(never)]
fn place_of(class: &'static str, locale: &str, options: Options, zone: &str) -> usize {
    KNOWN.with_borrow_mut(|known| {
        let same = |known: &Known| {
            known.class == class
                && std::ptr::eq(known.options, options)
                && known.locale == locale
                && known.zone == zone
        };
        known.iter().position(same).unwrap_or_else(|| {
            let formatter = construct(class, locale, options, zone).ok();
            let (locale, zone) = (locale.into(), zone.into());
            known.push(Known { class, locale, options, zone, formatter, texts: Vec::new() });
            known.len() - 1
        })
    })
}

/// A formatter's text for a number, requested from the browser once for each page: fifty elements show the same clocks and
/// days.
#[inline(never)]
fn text(
    class: &'static str,
    locale: &str,
    options: Options,
    zone: &str,
    number: f64,
    ask: fn(&Formatter, f64) -> Option<String>,
) -> Option<String> {
    let place = place_of(class, locale, options, zone);
    KNOWN.with_borrow_mut(|known| {
        let Known { formatter, texts, .. } = known.get_mut(place)?;
        let bits = number.to_bits();
        match texts.binary_search_by_key(&bits, |(known, _)| *known) {
            Ok(place) => texts.get(place).map(|(_, text)| text.clone()),
            Err(place) => {
                let text = ask(formatter.as_ref()?, number)?;
                if texts.len() < MOST_TEXTS {
                    texts.insert(place, (bits, text.clone()));
                }
                Some(text)
            }
        }
    })
}

fn construct(class: &str, locale: &str, options: Options, zone: &str) -> Result<Formatter, JsValue> {
    // Without a prototype: properties that a script of the page added to `Object.prototype` would be read as options.
    let given: Object = Object::create(JsValue::NULL.unchecked_ref());
    for (name, value) in options {
        Reflect::set(&given, &(*name).into(), &(*value).into())?;
    }
    if !zone.is_empty() {
        Reflect::set(&given, &"timeZone".into(), &zone.into())?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into())?;
    let constructor = Reflect::get(&intl, &class.into())?;
    // Through `Reflect`, so that a zone that the browser does not know gives an error value instead of an exception.
    Reflect::construct(constructor.unchecked_ref::<js_sys::Function>(), &Array::of2(&locale.into(), &given))
        .map(JsCast::unchecked_into)
}

fn milliseconds(local: NaiveDateTime) -> f64 {
    let days = local.date().num_days_from_ce() - 719_163;
    f64::from(days) * 86_400_000.0 + f64::from(local.time().num_seconds_from_midnight()) * 1000.0
}

fn date_time(locale: &str, options: Options, local: NaiveDateTime) -> String {
    let ask: fn(&Formatter, f64) -> Option<String> = |formatter, at| {
        // Many fonts lack the narrow no-break space.
        Some(formatter.format(at).replace('\u{202f}', "\u{a0}"))
    };
    text("DateTimeFormat", locale, options, "UTC", milliseconds(local), ask).unwrap_or_default()
}

/// Capitalizes a text that is not part of a sentence: Spanish writes weekdays and months in lower case.
fn alone(mut text: String) -> String {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

fn of_day(locale: &str, options: Options, date: NaiveDate) -> String {
    alone(date_time(locale, options, date.and_time(NaiveTime::MIN)))
}

/// `Tuesday, March 3`
pub fn day(locale: &str, date: NaiveDate) -> String {
    of_day(locale, DAY, date)
}

/// A day as part of a sentence: `Tuesday, March 3`, in Spanish `martes, 3 de marzo`.
pub fn day_within(locale: &str, date: NaiveDate) -> String {
    date_time(locale, DAY, date.and_time(NaiveTime::MIN))
}

/// `Tue, Mar 3`
pub fn short_day(locale: &str, date: NaiveDate) -> String {
    of_day(locale, SHORT_DAY, date)
}

/// `Tuesday, March 3, 2026`
pub fn full_day(locale: &str, date: NaiveDate) -> String {
    of_day(locale, FULL_DAY, date)
}

/// `February 11, 1979`
pub fn date(locale: &str, date: NaiveDate) -> String {
    of_day(locale, DATE, date)
}

/// `2:30 PM`
pub fn clock(locale: &str, local: NaiveDateTime) -> String {
    // Always the same date, so that all days share the kept texts.
    date_time(locale, CLOCK, NaiveDate::default().and_time(local.time()))
}

/// `Tuesday`, for 1: the weekday by its number of days after Monday.
pub fn weekday(locale: &str, after_monday: u32) -> String {
    NaiveDate::from_ymd_opt(2024, 1, 1 + after_monday)
        .map_or_else(String::new, |date| of_day(locale, WEEKDAY, date))
}

/// `March`, for 3.
pub fn month(locale: &str, number: u32) -> String {
    NaiveDate::from_ymd_opt(2024, number, 1).map_or_else(String::new, |date| of_day(locale, MONTH, date))
}

fn zone_part(locale: &str, options: Options, zone: &str, at: i64) -> Option<String> {
    let ask: fn(&Formatter, f64) -> Option<String> = |formatter, at| {
        // An old polyfill on the page may lack `formatToParts`.
        if !Reflect::get(formatter, &"formatToParts".into()).is_ok_and(|method| method.is_function()) {
            return None;
        }
        let parts = formatter.parts(at);
        let part =
            parts.iter().map(JsCast::unchecked_into::<Part>).find(|part| part.kind() == "timeZoneName")?;
        Some(part.value())
    };
    text("DateTimeFormat", locale, options, zone, seconds(at) * 1000.0, ask)
}

#[expect(clippy::cast_precision_loss, reason = "seconds of this and the next century are exact in a double")]
fn seconds(at: i64) -> f64 {
    at as f64
}

/// `Pacific Time`; the zone's id if the browser has no words for it.
pub fn zone_name(locale: &str, zone: &Zone, at: i64) -> String {
    zone_part(locale, ZONE, zone.as_str(), at).unwrap_or_else(|| zone.as_str().into())
}

/// `PDT` or `PST`: distinguishes two instants with the same wall clock.
pub fn zone_short(locale: &str, zone: &Zone, at: i64) -> String {
    zone_part(locale, ZONE_SHORT, zone.as_str(), at).unwrap_or_default()
}

/// The device's zone in words, if its offset at an instant differs from `offset` (seconds).
pub fn other_zone(locale: &str, at: i64, offset: i32) -> Option<String> {
    let here = js_sys::Date::new(&JsValue::from_f64(seconds(at) * 1000.0)).get_timezone_offset() * -60.0;
    if (here - f64::from(offset)).abs() < 1.0 {
        return None;
    }
    zone_part(locale, ZONE, "", at)
}

/// `one`, `other`, …: the plural category of a number.
pub fn plural(locale: &str, number: u32) -> String {
    let ask: fn(&Formatter, f64) -> Option<String> = |rules, number| Some(rules.select(number));
    text("PluralRules", locale, NUMBER, "", number.into(), ask).unwrap_or_else(|| "other".into())
}

fn formatted(locale: &str, options: Options, number: f64) -> String {
    let ask: fn(&Formatter, f64) -> Option<String> = |formatter, number| Some(formatter.format(number));
    text("NumberFormat", locale, options, "", number, ask).unwrap_or_default()
}

/// `1,250`
pub fn number(locale: &str, number: u32) -> String {
    formatted(locale, NUMBER, number.into())
}

/// `$24.00`, for 2400 cents.
pub fn money(locale: &str, cents: u32) -> String {
    formatted(locale, DOLLARS, f64::from(cents) / 100.0)
}

/// `Vietnamese`, for `vie`; the code itself if the browser has no name for it.
pub fn language(locale: &str, code: &str) -> String {
    let place = place_of("DisplayNames", locale, LANGUAGE, "");
    let name = KNOWN.with_borrow(|known| known.get(place)?.formatter.as_ref()?.of(code).ok()?.as_string());
    let mut name = name.unwrap_or_else(|| code.into());
    // The name is not part of a sentence, and Spanish writes languages in lower case.
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// `1.8 miles`, from tenths of a mile; whole miles from ten on.
pub fn miles(locale: &str, tenths: u32) -> String {
    let tenths = if tenths < 100 { tenths } else { (tenths + 5) / 10 * 10 };
    formatted(locale, MILES, f64::from(tenths) / 10.0)
}
