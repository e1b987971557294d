//! How the call under way sounds: what is wrong above the call, and below it its score over the last minute with the figures
//! behind it.

use std::collections::VecDeque;

use leptos::prelude::*;
use phone::CallId;
use quality::Grade;
use softphone::language::t;
use softphone::notices::Notice;
use softphone::statistics::{decimal, millis, percent};
use softphone::words;

use crate::board::Board;
use crate::elements::live::{maybe, nothing, text};
use crate::elements::notice;
use crate::judge::{Judged, Sounded};

/// Seconds that the curve shows.
const SHOWN: usize = 60;
/// The curve's height and the width of a second, in the picture's own units.
const HEIGHT: f64 = 32.0;
const STEP: f64 = 4.0;

/// The seconds of a call, and the call as a whole.
#[derive(Clone, Copy)]
pub(crate) struct Sound {
    last: RwSignal<Option<Sounded>>,
    scores: RwSignal<VecDeque<f64>>,
    judged: StoredValue<Option<Judged>>,
}

impl Sound {
    /// No call yet.
    pub(crate) fn nothing() -> Self {
        Self {
            last: RwSignal::new(None),
            scores: RwSignal::new(VecDeque::new()),
            judged: StoredValue::new(None),
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

    /// The call carried here last, so far.
    pub(crate) fn keep(self, judged: Judged) {
        self.judged.set_value(Some(judged));
    }

    /// The call of this name, if it was carried here.
    pub(crate) fn judged(self, id: CallId) -> Option<Judged> {
        self.judged.get_value().filter(|judged| judged.id == id)
    }

    /// Seconds of a call are told.
    pub(crate) fn is_heard(self) -> Memo<bool> {
        Memo::new(move |_| self.last.with(Option::is_some))
    }
}

/// What is wrong, and what to do about it.
#[component]
pub(crate) fn Warning(board: Board) -> AnyView {
    let wrong = Memo::new(move |_| {
        board.sound.last.with(|last| {
            let last = last.as_ref()?;
            Some((last.dead, last.trouble))
        })
    });
    let notice = Memo::new(move |_| {
        let (dead, trouble) = wrong.get()?;
        dead.map(Notice::from).or_else(|| trouble.map(Notice::from))
    });
    maybe(move || {
        notice
            .get()
            .map(|why| notice::told(&why, "wait", true, nothing()))
    })
}

/// The figures, while a call is carried by this page.
#[component]
pub(crate) fn Figures(board: Board) -> AnyView {
    let sound = board.sound;
    let there = sound.is_heard();
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
        row(t("Score (MOS)"), figure(|now| decimal(now.second.mos, 1))),
        row(t("Lost from them"), figure(|now| percent(now.second.loss))),
        row(
            t("Lost to them"),
            figure(|now| now.second.far_loss.map_or_else(unknown, percent)),
        ),
        row(t("Jitter"), figure(|now| millis(now.second.jitter))),
        row(
            t("Round trip"),
            figure(|now| now.second.round_trip.map_or_else(unknown, millis)),
        ),
        row(t("Made-up sound"), figure(|now| percent(now.second.concealed))),
        row(t("Codec"), figure(|now| now.codec.clone())),
    ];
    let points = text(move || sound.scores.with(curve));
    let width = decimal(STEP * SHOWN as f64, 0);
    view! {
        <details class="figures">
            <summary>
                <span>{t("Call quality")}</span>
                {in_a_word(sound)}
            </summary>
            <svg
                class="curve"
                viewBox=["0 0 ", &width, " ", &decimal(HEIGHT, 0)].concat()
                preserveAspectRatio="none"
                role="img"
                aria-label=t("Score over the last minute")
            >
                <polyline points=points></polyline>
            </svg>
            <dl>{rows}</dl>
        </details>
    }
    .into_any()
}

/// *Good*, *Fair* or *Poor*, with bars; nothing while nothing comes.
fn in_a_word(sound: Sound) -> AnyView {
    let grade = Memo::new(move |_| {
        sound.last.with(|last| {
            let second = &last.as_ref()?.second;
            (second.received > 0.0).then(|| Grade::of(second.mos))
        })
    });
    maybe(move || {
        let (word, level) = words::grade(grade.get()?);
        Some(
            view! {
                <span class="sounds" data-level=level>
                    <span class="bars" aria-hidden="true"><i></i><i></i><i></i></span>
                    {word}
                </span>
            }
            .into_any(),
        )
    })
}

fn unknown() -> String {
    t("unknown").to_owned()
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
