//! Facts about one thing, by name.

use leptos::prelude::*;
use softphone::web::moments;

use super::list::plain;

/// A list of names and values.
pub(crate) fn facts(rows: Vec<(&'static str, AnyView)>) -> AnyView {
    let rows: Vec<AnyView> = rows
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any())
        .collect();
    view! { <dl class="facts">{rows}</dl> }.into_any()
}

/// A value, or a dash where there is none.
pub(crate) fn or_dash(text: &str) -> AnyView {
    plain(if text.is_empty() { "–" } else { text })
}

/// Day and time of a moment, if there is one.
pub(crate) fn at(moment: Option<protocol::Millis>) -> String {
    let moment = moment.and_then(|moment| u64::try_from(moment).ok());
    moment
        .filter(|moment| *moment > 0)
        .map_or_else(String::new, moments::day_and_time)
}
