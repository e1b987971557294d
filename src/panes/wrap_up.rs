//! What follows a call: how it went, a note, and as long for it as the policy gives. A reload in the middle of it goes on.

use leptos::prelude::*;
use phone::Millis;
use softphone::companion::{Note, WrapUp};
use softphone::language::t;
use softphone::panes_wire::Over;
use softphone::web::{clock, memory, spawn};
use softphone::words;

use crate::board::Board;
use crate::elements::live::{flag, maybe, press, text};
use crate::note::{self, Editor};

/// Between the call's id and the moment.
const BETWEEN: char = ' ';
/// Without a time given by the policy the card stays so long, ms, unless it is used or closed.
const UNHURRIED: Millis = 300_000;

/// A call to be wrapped up.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Wrap {
    sid: String,
    /// When the time is up.
    until: Millis,
    /// What is kept of it at the server.
    saved: Note,
}

impl Wrap {
    /// What the policy still wants, in words; empty if nothing.
    fn lacks(&self, rules: WrapUp) -> &'static str {
        let disposition = rules.disposition_needed && self.saved.disposition.is_empty();
        let note = rules.note_needed && self.saved.text.trim().is_empty();
        match (disposition, note) {
            (true, true) => t("Choose how the call went, write a note and save it."),
            (true, false) => t("Choose how the call went and save it."),
            (false, true) => t("Write a note and save it."),
            (false, false) => "",
        }
    }
}

/// Where an agent's wrap-up is kept over a reload.
fn place(agent: &str) -> String {
    [memory::WRAP_UP, agent].concat()
}

/// A call is over.
pub(crate) fn begin(board: Board, over: &Over) {
    let policy = board.policy.get_untracked();
    let given = policy.wrap_up.seconds * 1_000;
    let rest = if given == 0 { UNHURRIED } else { given };
    let wrap = Wrap {
        sid: over.sid.clone(),
        until: clock::now() + rest,
        saved: Note::default(),
    };
    let mut kept = wrap.sid.clone();
    kept.push(BETWEEN);
    kept.push_str(&wrap.until.to_string());
    memory::keep(&place(&board.agent.get_untracked()), &kept);
    run(board, wrap);
}

/// The page is new: goes on with what was begun.
pub(crate) fn resume(board: Board) {
    let kept = memory::text(&place(&board.agent.get_untracked()));
    let Some((sid, until)) = kept.as_deref().and_then(|kept| kept.split_once(BETWEEN)) else {
        return;
    };
    let wrap = Wrap {
        sid: sid.to_owned(),
        until: until.parse().unwrap_or_default(),
        saved: Note::default(),
    };
    run(board, wrap);
}

/// Counts down, and ends by itself once the time is up and nothing is wanting.
fn run(board: Board, mut wrap: Wrap) {
    let (sid, run) = (wrap.sid.clone(), board.past.run());
    let agent = board.agent.get_untracked();
    // Where the browser keeps nothing, no other tab can have finished it.
    let is_kept = memory::text(&place(&agent)).is_some();
    spawn(async move {
        // What was saved during the call is part of it.
        wrap.saved = note::saved(&sid).await;
        if board.past.run() != run {
            return;
        }
        board.wrap.set(Some(wrap));
        loop {
            let now = clock::now();
            board.clock.set(now);
            let rules = board.policy.with_untracked(|policy| policy.wrap_up);
            let wrap = board.wrap.get_untracked();
            let Some(wrap) = wrap.filter(|wrap| wrap.sid == sid) else {
                return;
            };
            // Finished in another tab.
            if is_kept && memory::text(&place(&agent)).is_none() {
                return board.wrap.set(None);
            }
            let draft = crate::drafts::find(&agent, &sid).is_some();
            if now >= wrap.until && wrap.lacks(rules).is_empty() && !draft {
                return end(board);
            }
            clock::sleep(1_000).await;
        }
    });
}

fn end(board: Board) {
    forget(&board.agent.get_untracked());
    board.wrap.set(None);
}

/// Nothing of it stays in this browser.
pub(crate) fn forget(agent: &str) {
    memory::forget(&place(agent));
}

/// The card, while there is a call to be wrapped up.
#[component]
pub(crate) fn AfterCall(board: Board) -> AnyView {
    let sid = Memo::new(move |_| {
        let notes = board.policy.with(|policy| policy.notes);
        board
            .wrap
            .with(|wrap| wrap.as_ref().filter(|_| notes).map(|wrap| wrap.sid.clone()))
    });
    let kept = move || {
        board
            .wrap
            .with_untracked(|wrap| wrap.as_ref().map(|wrap| wrap.saved.clone()))
            .unwrap_or_default()
    };
    let rules = move || board.policy.with(|policy| policy.wrap_up);
    let lacks = move || {
        board
            .wrap
            .with(|wrap| wrap.as_ref().map_or("", |wrap| wrap.lacks(rules())))
    };
    let left = move || {
        let until = board.wrap.with(|wrap| wrap.as_ref().map(|wrap| wrap.until));
        match until {
            Some(until) if rules().seconds > 0 => {
                words::timer(until.saturating_sub(board.clock.get()) / 1_000)
            }
            Some(_) | None => String::new(),
        }
    };
    let taken = move |sid: &str, note: Note| {
        let rules = board.policy.with_untracked(|policy| policy.wrap_up);
        let done = board
            .wrap
            .try_update(|wrap| {
                // Its answer may come when another call is being wrapped up.
                let wrap = wrap.as_mut().filter(|wrap| wrap.sid == sid)?;
                wrap.saved = note;
                Some(wrap.lacks(rules).is_empty())
            })
            .flatten();
        if done == Some(true) {
            end(board);
        }
    };
    maybe(move || {
        let sid = sid.get()?;
        let close = press(move || end(board));
        let call = sid.clone();
        let done = Callback::new(move |note| taken(&call, note));
        Some(
            view! {
                <section class="wrap-up" aria-labelledby="wrap-up-title">
                    <div class="section-head">
                        <h2 id="wrap-up-title">{t("After the call")}</h2>
                        <span class="hint" role="timer">{text(left)}</span>
                        <button
                            type="button"
                            class="button quiet small"
                            disabled=flag(move || !lacks().is_empty())
                            on:click=close
                        >
                            {t("Finish")}
                        </button>
                    </div>
                    <p class="hint">{text(move || lacks().to_owned())}</p>
                    <Editor board sid saved=kept() done/>
                </section>
            }
            .into_any(),
        )
    })
}
