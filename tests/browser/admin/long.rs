//! Ten thousand calls in one table: scrolled at full rate, to the end, with few of them in the page.

use serde_json::{Value, json};

use super::{setup, signed_in};
use crate::support::browser::story;
use crate::support::companion::Companion;
use crate::support::platform::Platform;
use crate::support::wait::{until, within};

const MANY: i64 = 10_000;

/// Rows in the page, and the number of the lowest.
const DRAWN: &str = "
    const rows = [...document.querySelectorAll('.window-row')];
    return [rows.length, Math.max(0, ...rows.map((row) => Number(row.ariaRowIndex)))];";

/// Scrolls by `arguments[0]` px each frame for 150 frames; keeps how long each took, and how many had no row in the middle.
const SCROLL: &str = "
    const [step] = arguments;
    const box = document.querySelector('.window');
    box.scrollTop = 0;
    const times = [];
    let last;
    let bare = 0;
    const frame = (now) => {
        if (last !== undefined) times.push(now - last);
        last = now;
        const middle = box.getBoundingClientRect();
        const there = document.elementFromPoint(middle.left + 40, middle.top + middle.height / 2);
        if (!there?.closest('.window-row')) bare += 1;
        box.scrollTop += step;
        if (times.length < 150) return requestAnimationFrame(frame);
        times.sort((a, b) => a - b);
        window.scrolled = { half: times[75], most: times[142], bare };
    };
    window.scrolled = null;
    requestAnimationFrame(frame);";

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_calls_scroll_at_full_rate() {
    story("admin-long", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-long", &platform).await;
        companion.remember_calls("asha", MANY).await;
        let tab = signed_in(&browser, &companion, "watch", "/calls").await;
        tab.says("9810000000").await;
        until("all calls to be read", async || {
            let end = "const box = document.querySelector('.window'); box.scrollTop = box.scrollHeight;";
            tab.run(end, vec![]).await;
            // The row of the titles is the first.
            let drawn: (u64, i64) = serde_json::from_value(tab.run(DRAWN, vec![]).await).expect("two counts");
            assert!(drawn.0 < 80, "{} rows are in the page at once", drawn.0);
            (drawn.1 == MANY + 1).then_some(())
        })
        .await;
        for (what, step) in [("slow", 40), ("quick", 300), ("fling", 3_000)] {
            tab.run(SCROLL, vec![json!(step)]).await;
            let found: Value = within(
                std::time::Duration::from_secs(60),
                "the scrolling to end",
                async || {
                    let found = tab.run("return window.scrolled", vec![]).await;
                    Some(found).filter(|found| !found.is_null())
                },
            )
            .await;
            println!("scrolling {MANY} calls of the admin's, {what}: {found}");
            let half = found["half"].as_f64().expect("a time");
            let bare = found["bare"].as_u64().expect("a count");
            assert!(half < 60.0, "{what}: half of the frames take {half} ms or more");
            assert!(bare < 10, "{what}: {bare} of 150 frames without a row");
        }
    })
    .await;
}
