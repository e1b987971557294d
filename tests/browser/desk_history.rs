//! Past calls: thousands of them scrolled, searched, filtered, opened, noted and called from.

use protocol::admin::policy::Policy;
use protocol::session::Role;
use serde_json::{Value, json};

use crate::server_sign_in::{REFUSALS, signed_in};
use crate::support::browser::{Setup, story};
use crate::support::companion::Companion;
use crate::support::past_calls::sid;
use crate::support::platform::Platform;
use crate::support::tab::Tab;
use crate::support::wait::{until, within};

/// So many calls a busy agent has in half a year.
const MANY: i64 = 10_000;

fn setup() -> Setup {
    Setup {
        expected: REFUSALS,
        ..Setup::default()
    }
}

/// Scrolls the list by `arguments[0]` px each frame for so many frames, and keeps how long each took.
const SCROLL: &str = "
    const [step, frames] = arguments;
    const box = document.querySelector('.windowed');
    box.scrollTop = 0;
    const times = [];
    let last;
    let bare = 0;
    const frame = (now) => {
        if (last !== undefined) times.push(now - last);
        last = now;
        const middle = box.getBoundingClientRect();
        const there = document.elementFromPoint(middle.left + 40, middle.top + middle.height / 2);
        if (!there?.closest('.windowed-row')) bare += 1;
        box.scrollTop += step;
        if (times.length < frames) requestAnimationFrame(frame);
        else window.scrolled = { times, bare };
    };
    window.scrolled = null;
    requestAnimationFrame(frame);";

async fn scrolled(tab: &Tab, step: u32, frames: u32) -> (f64, f64, f64, u64) {
    tab.run(SCROLL, vec![json!(step), json!(frames)]).await;
    let found = within(
        std::time::Duration::from_secs(60),
        "the scrolling to end",
        async || Some(tab.run("return window.scrolled", vec![]).await).filter(|found| !found.is_null()),
    )
    .await;
    let mut times: Vec<f64> = serde_json::from_value(found["times"].clone()).expect("times");
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    (
        at(0.5),
        at(0.95),
        at(1.0),
        found["bare"].as_u64().expect("a count"),
    )
}

/// Rows in the page, and how many the list says there are.
async fn rows(tab: &Tab) -> (u64, u64) {
    const ROWS: &str = "
        const rows = [...document.querySelectorAll('.windowed-row')];
        return [rows.length, Number(rows[0]?.ariaSetSize ?? 0)];";
    serde_json::from_value(tab.run(ROWS, vec![]).await).expect("two counts")
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_calls_scroll_at_full_rate_and_are_searched_and_filtered() {
    story("history", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("history", &platform).await;
        companion.remember_calls("asha", MANY).await;
        let tab = signed_in(&browser, &companion).await;
        tab.says("+91 98100 00000").await;
        tab.pictures("history").await;
        until("all calls to be read", async || {
            let end = "const box = document.querySelector('.windowed'); box.scrollTop = box.scrollHeight;";
            tab.run(end, vec![]).await;
            (rows(&tab).await.1 == MANY as u64).then_some(())
        })
        .await;
        let (drawn, _) = rows(&tab).await;
        assert!(drawn < 60, "{drawn} rows are in the page at once");

        for (what, step) in [("slow", 40), ("quick", 300), ("fling", 3_000)] {
            let (half, most, worst, bare) = scrolled(&tab, step, 150).await;
            println!(
                "scrolling {MANY} rows, {what}: frame p50 {half:.1} ms, p95 {most:.1} ms, worst {worst:.1} ms, {bare} bare"
            );
            assert!(half < 60.0, "{what}: half of the frames take {half} ms or more");
            assert!(bare < 10, "{what}: {bare} of 150 frames without a row");
        }

        // By the keyboard: one stop for Tab, then from row to row.
        tab.run("document.querySelector('.windowed').scrollTop = 0", vec![]).await;
        tab.says("+91 98100 00000").await;
        tab.run("document.querySelector(`[data-row='0'] button`).focus()", vec![]).await;
        tab.type_anywhere("\u{e015}\u{e015}").await;
        focus_is(&tab, "2").await;
        tab.type_anywhere("\u{e010}").await;
        focus_is(&tab, "9999").await;
        tab.type_anywhere("\u{e011}").await;
        focus_is(&tab, "0").await;

        tab.fill("Search calls", "98100 04242").await;
        tab.says("+91 98100 04242").await;
        tab.says_no_more("+91 98100 00001").await;
        assert_eq!(rows(&tab).await.1, 1);
        tab.fill("Search calls", "nothing like it").await;
        tab.says("No call is like this.").await;
        tab.fill("Search calls", &sid(77)).await;
        tab.says("+91 98100 00077").await;
        tab.fill("Search calls", "").await;
        tab.says("+91 98100 00001").await;
        tab.press("Missed").await;
        tab.says("+91 98100 00009").await;
        tab.says_no_more("+91 98100 00001").await;
        tab.says_no_more("Outgoing ·").await;
    })
    .await;
}

async fn focus_is(tab: &Tab, row: &str) {
    until(&format!("row {row} to have the focus"), async || {
        let at = "return document.activeElement.closest('[data-row]')?.dataset.row ?? ''";
        (tab.run(at, vec![]).await == row).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_opened_noted_and_called_again_and_a_draft_survives_a_crash() {
    story("notes", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("notes", &platform).await;
        companion.remember_calls("asha", 12).await;
        let tab = signed_in(&browser, &companion).await;
        tab.press("+91 98100 00001").await;
        tab.says("Talked for").await;
        tab.says("Your number").await;
        tab.says(&sid(1)).await;
        tab.fill("Note", "Wants a refund").await;
        tab.press("Call again").await;
        tab.says("Not saved yet").await;
        tab.pictures("call-details").await;

        // The page goes without a word; another one finds what was typed.
        tab.goto("about:blank").await;
        tab.goto(&companion.phone()).await;
        tab.status_is("Ready").await;
        tab.says("1 note is not saved yet.").await;
        tab.press("Open").await;
        tab.says("Not saved yet").await;
        assert_eq!(note(&tab).await, "Wants a refund");
        tab.press("Save note").await;
        tab.says("Saved").await;
        tab.press("Recent calls").await;
        tab.says("Call again").await;
        assert_eq!(drafts(&tab).await, 0);
        tab.fill("Search calls", "refund").await;
        tab.says_no_more("+91 98100 00002").await;
        tab.press("+91 98100 00001").await;
        assert_eq!(note(&tab).await, "Wants a refund");

        // A draft goes with its agent, who is asked first.
        tab.fill("Note", "Wants two refunds").await;
        tab.says("Not saved yet").await;
        assert_eq!(drafts(&tab).await, 1);
        tab.press("Sign out").await;
        tab.says("You have notes that are not saved.").await;
        tab.pictures("sign-out-unsaved").await;
        tab.press("Stay signed in").await;
        tab.says_no_more("You have notes that are not saved.").await;
        assert_eq!(drafts(&tab).await, 1);
        tab.press("Sign out").await;
        tab.press("Sign out and delete them").await;
        tab.appears("button", "Sign in").await;
        assert_eq!(drafts(&tab).await, 0);
    })
    .await;
}

async fn note(tab: &Tab) -> Value {
    tab.run("return document.querySelector('.details textarea').value", vec![])
        .await
}

async fn drafts(tab: &Tab) -> Value {
    const DRAFTS: &str =
        "return Object.keys(localStorage).filter((name) => name.startsWith('draft:')).length";
    tab.run(DRAFTS, vec![]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_whose_number_is_hidden_is_called_back() {
    story("masked-back", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("masked-back", &platform).await;
        companion.remember_calls("asha", 3).await;
        companion
            .put_policy(|policy| Policy {
                whole_numbers_from: Role::Supervisor,
                ..policy
            })
            .await;
        let tab = signed_in(&browser, &companion).await;
        tab.says("••01").await;
        let masked = "return [...document.querySelectorAll('button')].find((b) => /^Call .*01$/.test(b.ariaLabel))?.ariaLabel";
        let name = until("a way to call them", async || {
            tab.run(masked, vec![]).await.as_str().map(str::to_owned)
        })
        .await;
        tab.press(&name).await;
        tab.is_connected().await;
        // The server has taken it for the same customer's.
        tab.says("1 earlier call").await;
        assert!(!tab.text().await.contains("98100"), "the number is on the screen");
        tab.press("Hang up").await;
        tab.is_free().await;
        assert!(!tab.text().await.contains("98100"), "the number is on the screen");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_policy_is_followed_at_once() {
    story("policy-live", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("policy-live", &platform).await;
        companion.remember_calls("asha", 3).await;
        let tab = signed_in(&browser, &companion).await;
        tab.press("+91 98100 00001").await;
        let words = |words: &'static str| {
            move |policy| Policy {
                dispositions: vec![words.to_owned()],
                ..policy
            }
        };
        companion.put_policy(words("Escalated")).await;
        tab.press("Escalated").await;
        tab.press("Save note").await;
        tab.says("Saved").await;
        // What is no word of the list any more can still be taken back.
        companion.put_policy(words("Closed")).await;
        tab.appears("button", "Closed").await;
        tab.is_toggled("Escalated", true).await;
        tab.press("Escalated").await;
        tab.vanishes("button", "Escalated").await;
        tab.press("Save note").await;
        until("the note to be saved", async || {
            (drafts(&tab).await == 0).then_some(())
        })
        .await;
    })
    .await;
}
