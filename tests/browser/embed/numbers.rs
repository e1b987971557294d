//! Numbers on a host's page: found, pressed, dialled, and the page left as it was.

use serde_json::{Value, json};

use super::{call_is, setup};
use crate::support::browser::story;
use crate::support::crm::Crm;
use crate::support::tab::Tab;
use crate::support::wait::until;

/// What stands on a page, and what is to be found in it.
const TEXTS: [(&str, Option<&str>); 16] = [
    ("Call +91 98123 45678 today", Some("+919812345678")),
    ("98123-45678", Some("9812345678")),
    ("098123 45678", Some("09812345678")),
    ("(080) 4000 1001", Some("08040001001")),
    ("1800 123 4567", Some("18001234567")),
    ("+1 (415) 555-2671", Some("+14155552671")),
    ("0044 20 7946 0958", Some("+442079460958")),
    ("Order 2026112810", None),
    ("2026-11-28 10:20", None),
    ("\u{20b9}9,812,345,678.00", None),
    ("id-9812345678x", None),
    ("ip 192.168.100.200", None),
    ("4111 1111 1111 1111", None),
    ("https://a.test/9812345678", None),
    ("12345", None),
    ("+91", None),
];

async fn begin(tab: &Tab) {
    let fill = "
        const main = document.getElementById('main');
        main.replaceChildren(...arguments[0].map((text) => Object.assign(document.createElement('p'), { textContent: text })));
        window.before = main.innerHTML;
        window.asked = [];
        const widget = document.querySelector('softphone-widget');
        widget.addEventListener('dialling', (event) => {
            asked.push(event.detail.number);
            if (window.forbidden) event.preventDefault();
        });
        widget.setAttribute('numbers', '#main');";
    let texts: Vec<&str> = TEXTS.iter().map(|(text, _)| *text).collect();
    tab.run(fill, vec![json!(texts)]).await;
}

/// How many numbers are drawn.
const DRAWN: &str = "return CSS.highlights.get('softphone-number')?.size ?? 0";

async fn drawn(tab: &Tab, count: u64) {
    until(&format!("{count} numbers drawn"), async || {
        (tab.run(DRAWN, vec![]).await == count).then_some(())
    })
    .await;
}

/// Clicks in the middle of each number-like text of these paragraphs.
const CLICK: &str = "
    const node = document.querySelectorAll('#main p')[arguments[0]].firstChild;
    const at = node.data.search(/\\d/);
    const range = document.createRange();
    range.setStart(node, at + 1);
    range.setEnd(node, Math.min(at + 3, node.length));
    node.parentElement.scrollIntoView();
    const box = range.getBoundingClientRect();
    const place = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, bubbles: true, cancelable: true };
    document.elementFromPoint(place.clientX, place.clientY).dispatchEvent(new MouseEvent('click', place));";

#[tokio::test(flavor = "multi_thread")]
async fn numbers_on_the_page_are_dialled_when_pressed() {
    story("embed-numbers", setup(), |browser| async move {
        let crm = Crm::start("embed-numbers").await;
        let tab = crm.open(&browser).await;
        begin(&tab).await;
        let found = TEXTS.iter().filter(|(_, number)| number.is_some()).count();
        drawn(&tab, found as u64).await;
        let untouched = tab.run("return document.getElementById('main').innerHTML === before", vec![]).await;
        assert_eq!(untouched, true, "the page was changed");

        // Nobody is called where the host forbids it.
        tab.run("window.forbidden = true", vec![]).await;
        for index in 0..TEXTS.len() {
            tab.run(CLICK, vec![json!(index)]).await;
        }
        let asked = tab.run("return asked", vec![]).await;
        let wanted: Vec<&str> = TEXTS.iter().filter_map(|(_, number)| *number).collect();
        assert_eq!(asked, json!(wanted));
        let call = "return document.querySelector('softphone-widget').state.call";
        assert_eq!(tab.run(call, vec![]).await, Value::Null);

        // Only filled in, then dialled.
        tab.run("window.forbidden = false; document.querySelector('softphone-widget').setAttribute('fill-only', '')", vec![]).await;
        tab.run(CLICK, vec![json!(3)]).await;
        until("the number in the field", async || {
            let field = tab.run_in_frame("return document.querySelector('.number-field')?.value").await;
            (field == "08040001001").then_some(())
        })
        .await;
        tab.run("document.querySelector('softphone-widget').removeAttribute('fill-only')", vec![]).await;
        tab.run(CLICK, vec![json!(3)]).await;
        call_is(&tab, "placed", |call| call["direction"] == "outbound").await;

        tab.run("document.querySelector('softphone-widget').unwatch()", vec![]).await;
        drawn(&tab, 0).await;
    })
    .await;
}

/// Twenty thousand elements, one number in each tenth, then text that changes all the time; the longest frame meanwhile, ms.
const BUSY: &str = "
    const main = document.getElementById('main');
    main.replaceChildren();
    for (let n = 0; n < 10_000; n += 1) {
        const row = document.createElement('div');
        row.append(document.createElement('span'));
        row.firstChild.textContent = n % 10 ? `row ${n}` : `+91 98${String(10_000_000 + n)}`;
        main.append(row);
    }
    let longest = 0;
    let last = performance.now();
    const until = last + 6_000;
    document.querySelector('softphone-widget').setAttribute('numbers', '#main');
    while (performance.now() < until) {
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        // The page's own work is not counted.
        longest = Math.max(longest, now - last);
        if (now > until - 4_000) {
            for (let n = 0; n < 200; n += 1) main.children[n].firstChild.firstChild.data = `tick ${now} ${n}`;
        }
        last = performance.now();
    }
    return longest;";

#[tokio::test(flavor = "multi_thread")]
async fn a_large_page_that_never_rests_is_not_held_up() {
    story("embed-busy", setup(), |browser| async move {
        let crm = Crm::start("embed-busy").await;
        let tab = crm.open(&browser).await;
        let longest = tab.run(BUSY, vec![]).await;
        println!("longest frame {longest} ms");
        assert!(
            longest.as_f64().is_some_and(|longest| longest < 1_000.0),
            "{longest}"
        );
        // The first 200 rows have lost theirs.
        drawn(&tab, 980).await;
    })
    .await;
}
