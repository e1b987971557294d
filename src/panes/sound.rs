//! How the call under way sounds: its score over the last minute, and the figures behind it.

use std::collections::VecDeque;

use leptos::prelude::*;
use softphone::panes_wire::Sounded;
use softphone::statistics::{decimal, millis, percent};

use crate::board::Board;
use crate::elements::live::{maybe, text};

/// Seconds that the curve shows.
const SHOWN: usize = 60;
/// The curve's height and the width of a second, in the picture's own units.
const HEIGHT: f64 = 32.0;
const STEP: f64 = 4.0;

/// The seconds of a call.
#[derive(Clone, Copy)]
pub(crate) struct Sound {
    last: RwSignal<Option<Sounded>>,
    scores: RwSignal<VecDeque<f64>>,
}

impl Sound {
    /// No call yet.
    pub(crate) fn nothing() -> Self {
        Self {
            last: RwSignal::new(None),
            scores: RwSignal::new(VecDeque::new()),
        }
    }

    /// Takes a second, or the end of the call.
    pub(crate) fn hear(self, sounded: Option<Sounded>) {
        match &sounded {
            Some(sounded) => self.scores.update(|scores| {
                if scores.len() == SHOWN {
                    scores.pop_front();
                }
                scores.push_back(sounded.second.mos);
            }),
            None => self.scores.update(VecDeque::clear),
        }
        self.last.set(sounded);
    }
}

/// The figures, while a call is carried by this page.
#[component]
pub(crate) fn Figures(board: Board) -> AnyView {
    let sound = board.sound;
    let there = Memo::new(move |_| sound.last.with(Option::is_some));
    maybe(move || there.get().then(|| view! { <Details sound/> }.into_any()))
}

#[component]
fn Details(sound: Sound) -> AnyView {
    let figure = move |read: fn(&Sounded) -> String| {
        text(move || {
            sound
                .last
                .with(|last| last.as_ref().map(read).unwrap_or_default())
        })
    };
    let row = |title: &'static str, value| view! { <div><dt>{title}</dt><dd>{value}</dd></div> }.into_any();
    let rows = vec![
        row("Score (MOS)", figure(|now| decimal(now.second.mos, 1))),
        row("Lost from them", figure(|now| percent(now.second.loss))),
        row(
            "Lost to them",
            figure(|now| now.second.far_loss.map_or_else(unknown, percent)),
        ),
        row("Jitter", figure(|now| millis(now.second.jitter))),
        row(
            "Round trip",
            figure(|now| now.second.round_trip.map_or_else(unknown, millis)),
        ),
        row("Made-up sound", figure(|now| percent(now.second.concealed))),
        row("Codec", figure(|now| now.codec.clone())),
    ];
    let points = text(move || sound.scores.with(curve));
    let width = decimal(STEP * SHOWN as f64, 0);
    view! {
        <details class="figures">
            <summary>"Call quality"</summary>
            <svg
                class="curve"
                viewBox=["0 0 ", &width, " ", &decimal(HEIGHT, 0)].concat()
                preserveAspectRatio="none"
                role="img"
                aria-label="Score over the last minute"
            >
                <polyline points=points></polyline>
            </svg>
            <dl>{rows}</dl>
        </details>
    }
    .into_any()
}

fn unknown() -> String {
    "unknown".to_owned()
}

/// The points of the curve: the newest second at the right edge, a score of 1 at the bottom and 4.5 at the top.
fn curve(scores: &VecDeque<f64>) -> String {
    let empty = SHOWN.saturating_sub(scores.len());
    let points: Vec<String> = scores
        .iter()
        .enumerate()
        .map(|(index, mos)| {
            let x = STEP * (empty + index + 1) as f64;
            let y = HEIGHT * (1.0 - (mos - 1.0) / 3.5);
            [&decimal(x, 0), ",", &decimal(y, 1)].concat()
        })
        .collect();
    points.join(" ")
}
