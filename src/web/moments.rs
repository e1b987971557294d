//! Moments as people of India write them, in the browser's own time zone unless one is named.

use js_sys::{Date, Object};
use wasm_bindgen::JsValue;

use super::{page, reflect};

/// Day and time, to the minute: `28 Nov 2026, 14:05`.
pub fn day_and_time(at: u64) -> String {
    written(
        at,
        &[
            ("dateStyle", "medium"),
            ("timeStyle", "short"),
            ("hourCycle", "h23"),
        ],
    )
}

/// Time of the day, to the second: `14:05:09`.
pub fn time(at: u64) -> String {
    written(at, &[("timeStyle", "medium"), ("hourCycle", "h23")])
}

/// Day and time as a text with an offset (`2026-11-28T14:05:00+05:30`) has them, whichever zone the browser is in, with
/// the offset behind.
pub fn in_its_zone(text: &str) -> Option<String> {
    let (clock, zone) = text.split_at_checked(19)?;
    let parts = [
        ("day", "numeric"),
        ("month", "short"),
        ("year", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
        ("timeZone", "UTC"),
    ];
    let at = read(&[clock, "Z"].concat())?;
    let zone = if zone == "Z" { "" } else { zone };
    Some([&written(at, &parts), " UTC", zone].concat())
}

/// The moment that a text with its offset means (`2026-11-28T14:05:00+05:30`), or, without one, in the browser's zone.
pub fn read(text: &str) -> Option<u64> {
    let at = Date::parse(text);
    (at.is_finite() && at >= 0.0).then_some(at as u64)
}

/// Minutes that the browser's zone is east of UTC.
pub fn minutes_east() -> i32 {
    -(Date::new_0().get_timezone_offset() as i32)
}

fn written(at: u64, parts: &[(&str, &str)]) -> String {
    let options = Object::new();
    for (name, value) in parts {
        reflect::set(&options, name, &JsValue::from_str(value));
    }
    let language = page::language();
    let date = Date::new(&JsValue::from_f64(at as f64));
    date.to_locale_string(&[&language, "-IN"].concat(), &options)
        .into()
}
