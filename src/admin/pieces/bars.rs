//! Bars for counts: an SVG for the eye, the figures for everybody.

use leptos::prelude::*;

/// One bar, of two parts: the first is the darker one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bar {
    /// What it counts.
    pub(crate) name: String,
    /// The darker part.
    pub(crate) part: u32,
    /// All of it.
    pub(crate) whole: u32,
    /// What a pointer and a screen reader are told.
    pub(crate) says: String,
}

/// Height of the drawing, in its own units.
const HEIGHT: u32 = 100;

/// Upright bars, as by the hour.
pub(crate) fn upright(label: &'static str, bars: &[Bar]) -> AnyView {
    let most = bars.iter().map(|bar| bar.whole).max().unwrap_or(0).max(1);
    let of = |count: u32| count * HEIGHT / most;
    let drawn: Vec<AnyView> = bars
        .iter()
        .map(|bar| {
            let whole = of(bar.whole);
            let part = of(bar.part);
            let says = bar.says.clone();
            view! {
                <svg viewBox="0 0 20 100" preserveAspectRatio="none">
                    <title>{says}</title>
                    <rect class="bar" x="3" y=(HEIGHT - whole).to_string() width="14" height=whole.to_string() rx="2"></rect>
                    <rect class="bar part" x="3" y=(HEIGHT - part).to_string() width="14" height=part.to_string() rx="2"></rect>
                </svg>
            }
            .into_any()
        })
        .collect();
    let names: Vec<AnyView> = bars
        .iter()
        .map(|bar| view! { <span>{bar.name.clone()}</span> }.into_any())
        .collect();
    let told: Vec<AnyView> = bars
        .iter()
        .filter(|bar| bar.whole > 0)
        .map(|bar| view! { <li>{bar.says.clone()}</li> }.into_any())
        .collect();
    view! {
        <figure class="chart" aria-label=label>
            <div class="chart-bars" aria-hidden="true">{drawn}</div>
            <div class="chart-names" aria-hidden="true">{names}</div>
            <ul class="unseen">{told}</ul>
        </figure>
    }
    .into_any()
}

/// Width of a full lying bar, in its own units. A name, since of shapes without one Leptos makes markup, which the page's
/// Trusted Types refuse outside of templates.
const FULL: &str = "100";

/// Lying bars with their names before them, as by agent. `of` is what a full one is.
pub(crate) fn lying(label: &'static str, bars: &[Bar], of: u32) -> AnyView {
    let of = of.max(1);
    let rows: Vec<AnyView> = bars
        .iter()
        .map(|bar| {
            let part = (bar.part * 100 / of).min(100).to_string();
            let whole = (bar.whole * 100 / of).min(100).to_string();
            view! {
                <li>
                    <span class="lying-name">{bar.name.clone()}</span>
                    <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                        <rect class="bar track" width=FULL height="8"></rect>
                        <rect class="bar" width=whole height="8"></rect>
                        <rect class="bar part" width=part height="8"></rect>
                    </svg>
                    <span class="lying-says">{bar.says.clone()}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="lying plain" aria-label=label>{rows}</ul> }.into_any()
}
