//! Moments as people of India write them, in the browser's own time zone unless one is named.

use js_sys::{Date, Object};
use wasm_bindgen::JsValue;

use super::page::document;
use super::reflect;

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

/// Day and time in the zone with that name, such as `Asia/Kolkata`, with the zone behind it.
pub fn in_zone(at: u64, zone: &str) -> String {
    let parts = [
        ("day", "numeric"),
        ("month", "short"),
        ("year", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
        ("timeZone", zone),
        ("timeZoneName", "short"),
    ];
    written(at, &parts)
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
    let language = document()
        .and_then(|document| document.document_element())
        .and_then(|root| root.get_attribute("lang"))
        .unwrap_or_else(|| String::from("en"));
    let date = Date::new(&JsValue::from_f64(at as f64));
    date.to_locale_string(&[&language, "-IN"].concat(), &options)
        .into()
}
