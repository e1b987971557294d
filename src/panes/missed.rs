//! Calls nobody answered, newest first.

use leptos::prelude::*;
use phone::view::MissedView;
use softphone::language::{fill, t};
use softphone::number::redial;
use softphone::panes_wire::FromPanes;
use softphone::words::{self, past};

use crate::board::Board;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{maybe, nothing, press, text};

/// How many are shown before *Show all*.
const FEW: usize = 3;

/// The list, or nothing when nobody was missed.
#[component]
pub(crate) fn Missed(board: Board) -> AnyView {
    let all = RwSignal::new(false);
    maybe(move || {
        let missed = board.missed.get();
        if missed.is_empty() {
            return None;
        }
        let unseen = missed.iter().filter(|missed| !missed.seen).count();
        let count = missed.len();
        let shown = if all.get() { count } else { FEW };
        let rows: Vec<AnyView> = missed
            .into_iter()
            .take(shown)
            .map(|missed| view! { <Row board missed/> }.into_any())
            .collect();
        let news = if unseen > 0 {
            news(board, unseen)
        } else {
            nothing()
        };
        let more = if count > shown {
            more(all, count)
        } else {
            nothing()
        };
        Some(
            view! {
                <section class="missed" aria-labelledby="missed-title">
                    <div class="section-head">
                        <h2 id="missed-title">{t("Missed calls")}</h2>
                        {news}
                    </div>
                    <ul class="plain">{rows}</ul>
                    {more}
                </section>
            }
            .into_any(),
        )
    })
}

/// How many the agent has not looked at, and a way to say that they have been.
fn news(board: Board, unseen: usize) -> AnyView {
    let seen = press(move || board.say(&FromPanes::MissedSeen));
    view! {
        <span class="count" aria-label=fill("{0} new", &[&unseen.to_string()])>{unseen.to_string()}</span>
        <button type="button" class="button quiet small" on:click=seen>{t("Mark as seen")}</button>
    }
    .into_any()
}

fn more(all: RwSignal<bool>, count: usize) -> AnyView {
    view! {
        <button type="button" class="button quiet small" on:click=press(move || all.set(true))>
            {fill("Show all {0}", &[&count.to_string()])}
        </button>
    }
    .into_any()
}

/// One missed call; the whole row calls back.
#[component]
fn Row(board: Board, missed: MissedView) -> AnyView {
    let MissedView {
        id,
        peer,
        at,
        busy,
        seen,
        outcome,
        call_sid,
        ..
    } = missed;
    let end = past::missed(outcome);
    let title = words::peer_title(&peer);
    let number = words::peer_name(&peer)
        .map(|_| [&words::peer_number(&peer), " · "].concat())
        .unwrap_or_default();
    let about = text(move || {
        let mut about = number.clone();
        about.push_str(&words::ago(at, board.clock.get()));
        if busy {
            about.push_str(" · ");
            about.push_str(t("while you were in a call"));
        }
        if let Some(end) = end {
            about.push_str(" · ");
            about.push_str(end);
        }
        about
    });
    // A masked number is known to the server.
    let target = match (redial(&peer), call_sid) {
        (target, _) if !target.is_empty() => Some(FromPanes::Dial(target)),
        (_, Some(sid)) => Some(FromPanes::CallBack {
            sid,
            number: words::peer_number(&peer),
        }),
        (_, None) => None,
    };
    let masked = target.is_none();
    // Said after the name, which hides what stands in the row.
    let about_id = ["missed-", &id.0.to_string()].concat();
    let below = about_id.clone();
    let name = if masked {
        title.clone()
    } else {
        fill("Call {0} back", &[&title])
    };
    let dial = press(move || {
        if let Some(target) = &target {
            board.say(target);
        }
    });
    view! {
        <li>
            <button type="button" class=if seen { "row" } else { "row new" } aria-disabled=masked.then_some("true") aria-label=name aria-describedby=about_id on:click=dial>
                <Icon d=icon::PHONE_MISSED/>
                <span class="row-text">
                    <span class="row-title">{title}</span>
                    <span class="row-about" id=below>{about}</span>
                </span>
                <span class="row-action" aria-hidden="true"><Icon d=icon::PHONE/></span>
            </button>
        </li>
    }
    .into_any()
}
