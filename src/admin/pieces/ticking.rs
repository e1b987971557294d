//! The time, second by second, for as long as what shows it.

use leptos::prelude::*;
use softphone::language::{fill, t};
use softphone::web::{clock, spawn};

/// A signal of now, in ms, that ends with the view that made it.
pub(crate) fn ticking() -> RwSignal<u64> {
    let now = RwSignal::new(clock::now());
    spawn(async move {
        loop {
            clock::sleep(1_000).await;
            if now.try_set(clock::now()).is_some() {
                return;
            }
        }
    });
    now
}

/// How long until `at`, in the two largest units.
pub(crate) fn until(at: u64, now: u64) -> String {
    if at <= now {
        return t("over").to_owned();
    }
    let seconds = (at - now) / 1_000;
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    let [days_text, hours_text, minutes_text, seconds_text] =
        [days, hours, minutes, seconds % 60].map(|count| count.to_string());
    if days > 0 {
        fill("{0} d {1} h", &[&days_text, &hours_text])
    } else if hours > 0 {
        fill("{0} h {1} min", &[&hours_text, &minutes_text])
    } else {
        fill("{0} min {1} s", &[&minutes_text, &seconds_text])
    }
}

/// Seconds as `m:ss`.
pub(crate) fn lasted(seconds: u64) -> String {
    let rest = seconds % 60;
    [
        (seconds / 60).to_string().as_str(),
        if rest < 10 { ":0" } else { ":" },
        &rest.to_string(),
    ]
    .concat()
}
