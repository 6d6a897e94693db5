//! The device's location. It is requested from the browser only on the patient's press, and rounded before it is used
//! (`booking::search::SearchCentre`).

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// `navigator.geolocation`.
    type Geolocation;
    #[wasm_bindgen(method, catch, js_name = getCurrentPosition)]
    fn ask(this: &Geolocation, told: &Function, failed: &Function, options: &Object) -> Result<(), JsValue>;
}

/// Seconds to wait for a location; the time of the browser's permission prompt does not count.
const PATIENCE: u32 = 15;
/// Seconds for which an earlier location is still used.
const GOOD_FOR: u32 = 300;
/// `GeolocationPositionError.PERMISSION_DENIED`
const DENIED: f64 = 1.0;

/// Why the browser gave no location.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum LocationError {
    /// The patient, the page or the device does not allow it.
    Refused,
    /// The browser does not know the location, or took too long.
    Unknown,
}

/// Requests the device's location; returns latitude and longitude in degrees.
pub async fn here() -> Result<(f64, f64), LocationError> {
    let found = JsFuture::from(position().ok_or(LocationError::Unknown)?).await.map_err(|error| {
        let is_denied = field(&error, "code").and_then(|code| code.as_f64()) == Some(DENIED);
        if is_denied { LocationError::Refused } else { LocationError::Unknown }
    })?;
    let degrees = |name| field(&field(&found, "coords")?, name)?.as_f64();
    degrees("latitude").zip(degrees("longitude")).ok_or(LocationError::Unknown)
}

fn field(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok()
}

/// Requests the position; `None` if the browser has no `geolocation`.
fn position() -> Option<Promise> {
    let navigator = field(&js_sys::global(), "navigator")?;
    let geolocation = field(&navigator, "geolocation").filter(JsValue::is_object)?;
    let geolocation: Geolocation = geolocation.unchecked_into();
    let options = Object::new();
    for (name, seconds) in [("timeout", PATIENCE), ("maximumAge", GOOD_FOR)] {
        Reflect::set(&options, &name.into(), &(seconds * 1000).into()).ok()?;
    }
    Some(Promise::new(&mut |told, failed| {
        if let Err(error) = geolocation.ask(&told, &failed, &options) {
            let _ = failed.call1(&JsValue::UNDEFINED, &error);
        }
    }))
}
