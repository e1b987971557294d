//! How a call sounded to the agent: 1 to 5, and what was wrong (seed: voice-client-sdk-guide §4.11).

use leptos::prelude::*;
use softphone::language::{marked, t};
use softphone::notices::Notice;
use softphone::notices::companion::{NOT_HEARD, refusal};
use softphone::panes_wire::{FromPanes, Over};
use softphone::statistics;
use softphone::web::ask::{self, Reply};
use softphone::web::spawn;

use crate::board::Board;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{live, maybe, nothing, press, text};
use crate::elements::notice;
use crate::judge::Judged;

/// The ratings in words, worst first.
const RATINGS: [&str; 5] = [
    marked("Terrible"),
    marked("Bad"),
    marked("Average"),
    marked("Good"),
    marked("Excellent"),
];
/// What may have been wrong: as the server knows it, and in words.
const ISSUES: [(&str, &str); 6] = [
    ("NO_ISSUE", marked("Nothing")),
    ("BACKGROUND_NOISE", marked("Background noise")),
    ("CHOPPY_AUDIO", marked("Choppy sound")),
    ("HIGH_LATENCY", marked("Long delay")),
    ("NO_AUDIO", marked("No sound")),
    ("ECHO", marked("Echo")),
];

/// A call that was carried here.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rateable {
    /// Which.
    pub(crate) over: Over,
    /// How it sounded.
    pub(crate) judged: Judged,
}

/// ```text
///  Asked ──a rating──► Rated ──Send──► Sending ──► Sent
///                        ▲                │
///                        └────refused─────┘
/// ```
#[derive(Clone, PartialEq, Eq)]
enum Stage {
    /// Nothing chosen.
    Asked,
    /// A rating, an issue of [`ISSUES`], and why it could not be sent.
    Rated(usize, usize, Option<Notice>),
    /// On its way.
    Sending,
    /// The server has it.
    Sent,
}

/// Asks about the call that ended last, until it was answered or waved off.
#[component]
pub(crate) fn Rating(board: Board) -> AnyView {
    maybe(move || {
        let call = board.over.get()?;
        Some(view! { <Question board call/> }.into_any())
    })
}

#[component]
fn Question(board: Board, call: Rateable) -> AnyView {
    let stage = RwSignal::new(Stage::Asked);
    let call = StoredValue::new(call);
    let chosen = Memo::new(move |_| match stage.get() {
        Stage::Rated(rating, ..) => Some(rating),
        Stage::Asked | Stage::Sending | Stage::Sent => None,
    });
    let ratings = move || {
        let button = |(rating, word): (usize, &'static str)| {
            let choose = press(move || {
                let good = rating >= 3;
                stage.set(Stage::Rated(rating, if good { 0 } else { ISSUES.len() }, None));
            });
            view! {
                <button
                    type="button"
                    class="choice"
                    aria-pressed=text(move || (chosen.get() == Some(rating)).to_string())
                    aria-label=[&(rating + 1).to_string(), " ", t(word)].concat()
                    title=t(word)
                    on:click=choose
                >
                    {(rating + 1).to_string()}
                </button>
            }
            .into_any()
        };
        RATINGS.into_iter().enumerate().map(button).collect::<Vec<_>>()
    };
    view! {
        <section class="rating" aria-labelledby="rating-title">
            <div class="section-head">
                <h2 id="rating-title">{t("How did the call sound?")}</h2>
                <button type="button" class="button quiet small" on:click=press(move || board.over.set(None))>
                    {t("Close")}
                </button>
            </div>
            {live(move || match stage.get() {
                Stage::Asked => view! { <div class="choices" role="group" aria-label=t("1 terrible to 5 excellent")>{ratings()}</div> }.into_any(),
                Stage::Rated(rating, issue, why) => {
                    view! {
                        <div class="choices" role="group" aria-label=t("1 terrible to 5 excellent")>{ratings()}</div>
                        <p class="hint">{t(RATINGS.get(rating).copied().unwrap_or_default())}</p>
                        <Issues stage rating issue/>
                        {why.map_or_else(nothing, |why| notice::told(&why, "bad", true, nothing()))}
                        <button
                            type="button"
                            class="button primary small"
                            disabled=issue == ISSUES.len()
                            on:click=press(move || spawn(send(board, stage, call, rating, issue)))
                        >
                            {t("Send")}
                        </button>
                    }
                    .into_any()
                }
                Stage::Sending => view! { <p class="hint" role="status">{t("Sending")}</p> }.into_any(),
                Stage::Sent => {
                    view! { <p class="hint" role="status"><Icon d=icon::CHECK/> {t("Thank you. It was sent with the call's figures.")}</p> }
                        .into_any()
                }
            })}
        </section>
    }
    .into_any()
}

/// What was wrong.
#[component]
fn Issues(stage: RwSignal<Stage>, rating: usize, issue: usize) -> AnyView {
    let button = |(index, (_, words)): (usize, (&'static str, &'static str))| {
        let choose = press(move || stage.set(Stage::Rated(rating, index, None)));
        let pressed = (index == issue).to_string();
        view! { <button type="button" class="issue" aria-pressed=pressed on:click=choose>{t(words)}</button> }
            .into_any()
    };
    let buttons: Vec<AnyView> = ISSUES.into_iter().enumerate().map(button).collect();
    view! { <div class="issues" role="group" aria-label=t("What was wrong?")>{buttons}</div> }.into_any()
}

async fn send(
    board: Board,
    stage: RwSignal<Stage>,
    call: StoredValue<Rateable>,
    rating: usize,
    issue: usize,
) {
    let Some((code, _)) = ISSUES.get(issue) else {
        return;
    };
    stage.set(Stage::Sending);
    let Rateable { over, judged } = call.get_value();
    let path = ["/api/calls/", &over.sid, "/feedback"].concat();
    let statistics = ask::quoted(&statistics::json(&judged.codec, &judged.summary));
    let rated = (rating + 1).to_string();
    let body = [
        "{\"rating\":",
        &rated,
        ",\"issue\":\"",
        code,
        "\",\"statistics\":",
        &statistics,
        "}",
    ];
    stage.set(match ask::change_json("POST", &path, &body.concat()).await {
        Reply::Said(_) => Stage::Sent,
        Reply::Refused(status, said) => {
            if status == 401 {
                board.say(&FromPanes::SessionEnded(over.run));
            }
            Stage::Rated(rating, issue, Some(refusal(&said)))
        }
        Reply::Unreachable => Stage::Rated(rating, issue, Some(NOT_HEARD)),
    });
}
