//! Time zone rules from the browser's `Intl`; a table in the wasm would cost 76 KB.

use std::cell::RefCell;

use booking::ids::Zone;
use booking::time::Zones;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::prelude::*;

const DAY: i64 = 86_400;

/// The browser's zone rules, cached by zone and day: a response holds hundreds of times on a dozen days.
pub struct BrowserZones;

struct Known {
    zone: Zone,
    /// `None` for a zone this browser does not know.
    format: Option<Function>,
    /// Each UTC day that was needed so far, in days since 1970, with the offset at its beginning, in seconds.
    days: Vec<(i64, i32)>,
}

thread_local! {
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

impl Zones for BrowserZones {
    fn offset(&self, zone: &Zone, at: i64) -> Option<i32> {
        KNOWN.with_borrow_mut(|known| {
            let place = known.iter().position(|known| known.zone == *zone).unwrap_or_else(|| {
                known.push(Known { zone: zone.clone(), format: formatter(zone), days: Vec::new() });
                known.len() - 1
            });
            known.get_mut(place)?.offset(at)
        })
    }
}

impl Known {
    fn offset(&mut self, at: i64) -> Option<i32> {
        let day = at.div_euclid(DAY);
        let (before, after) = (self.at_day(day)?, self.at_day(day + 1)?);
        // The hour matters only on a day whose offset changes.
        if before == after { Some(before) } else { ask(self.format.as_ref()?, at) }
    }

    fn at_day(&mut self, day: i64) -> Option<i32> {
        if let Some((_, offset)) = self.days.iter().find(|(known, _)| *known == day) {
            return Some(*offset);
        }
        let offset = ask(self.format.as_ref()?, day * DAY)?;
        self.days.push((day, offset));
        Some(offset)
    }
}

fn formatter(zone: &Zone) -> Option<Function> {
    let options = Object::new();
    for (name, value) in [
        ("timeZone", zone.as_str()),
        ("hourCycle", "h23"),
        ("year", "numeric"),
        ("month", "numeric"),
        ("day", "numeric"),
        ("hour", "numeric"),
        ("minute", "numeric"),
        ("second", "numeric"),
    ] {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    // Through `Reflect`, so that an unknown zone gives an error value instead of an exception.
    let constructor =
        Reflect::get(&Reflect::get(&js_sys::global(), &"Intl".into()).ok()?, &"DateTimeFormat".into())
            .ok()?;
    let arguments = Array::of2(&"en-US".into(), &options);
    let format = Reflect::construct(constructor.unchecked_ref::<Function>(), &arguments).ok()?;
    Some(format.unchecked_into::<Intl::DateTimeFormat>().format())
}

/// The zone's offset from UTC at an instant, in seconds.
#[expect(clippy::cast_precision_loss, reason = "seconds of this and the next century are exact in a double")]
fn ask(format: &Function, at: i64) -> Option<i32> {
    let date = Date::new(&JsValue::from_f64(at as f64 * 1000.0));
    let text = format.call1(&JsValue::NULL, &date).ok()?.as_string()?;
    // "12/8/2026, 15:40:00"
    let mut numbers =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).map(str::parse::<u32>);
    let mut next = || numbers.next()?.ok();
    let (month, day, year, hour, minute, second) = (next()?, next()?, next()?, next()?, next()?, next()?);
    let wall = chrono::NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?
        .and_hms_opt(hour, minute, second)?;
    i32::try_from(wall.and_utc().timestamp() - at).ok()
}
