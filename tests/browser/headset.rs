//! A headset's buttons and lights, by way of WebHID. The headset itself is pretended, at the wire: it takes reports and sends
//! them as a real one does.

use serde_json::json;

use crate::support::browser::{Setup, story};
use crate::support::platform::Platform;
use crate::support::tab::Tab;

/// One headset, not yet granted to this site. What it was sent is kept; `press` has it report its switches.
const HEADSET: &str = "
    const item = (usages, isAbsolute, count) => ({
        usages, isAbsolute, isArray: false, isRange: false, isConstant: usages.length === 0,
        reportSize: 1, reportCount: count, logicalMinimum: 0, logicalMaximum: 1,
    });
    const telephone = {
        usagePage: 11, usage: 5, children: [], featureReports: [],
        inputReports: [{ reportId: 8, items: [
            item([0x000B0020], true, 1), item([0x000B0097], true, 1), item([0x000B002F], false, 1),
            item([0x000B0021], false, 1), item([], true, 4),
        ] }],
        outputReports: [{ reportId: 9, items: [item([0x00080017, 0x00080009, 0x00080018], true, 3), item([], true, 5)] }],
    };
    class Headset extends EventTarget {
        productName = 'Pretended Headset';
        collections = [telephone];
        opened = false;
        async open() { this.opened = true; }
        async close() { this.opened = false; }
        async sendReport(id, data) { lights.push([id, ...data]); }
    }
    const [device, hid, lights] = [new Headset(), new EventTarget(), []];
    hid.getDevices = async () => localStorage.getItem('granted') && hid.plugged ? [device] : [];
    hid.requestDevice = async ({ filters }) => {
        if (filters[0].usagePage !== 11) return [];
        localStorage.setItem('granted', 'yes');
        return [device];
    };
    hid.plugged = true;
    hid.plug = (plugged) => {
        hid.plugged = plugged;
        if (!plugged) device.opened = false;
        hid.dispatchEvent(new Event(plugged ? 'connect' : 'disconnect'));
    };
    hid.press = (switches) => {
        const report = new Event('inputreport');
        report.reportId = 8;
        report.data = new DataView(new Uint8Array([switches]).buffer);
        if (device.opened) device.dispatchEvent(report);
    };
    hid.lights = lights;
    Object.defineProperty(navigator, 'hid', { value: hid });";

/// Off the hook, and the mute button held down.
const HOOK: u8 = 0b0001;
const HOOK_AND_MUTE: u8 = 0b0101;

async fn presses(tab: &Tab, switches: u8) {
    tab.run(&format!("navigator.hid.press({switches})"), vec![]).await;
}

/// The lights off-hook, mute and ring, as they were sent last.
async fn shines(tab: &Tab, what: &str, lights: u8) {
    tab.sees(
        &format!("the headset to show {what}"),
        &format!("const last = navigator.hid.lights.at(-1); return last?.[0] === 9 && last[1] === {lights};"),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_headset_answers_mutes_and_hangs_up_and_its_lights_follow() {
    story("headset", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open("about:blank").await;
        tab.devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": HEADSET }),
        )
        .await;
        tab.goto(&platform.phone("")).await;
        tab.press("Microphone and speaker").await;
        tab.says("Answer, hang up and mute with the buttons of your headset.")
            .await;
        tab.press("Connect headset").await;
        tab.says("Pretended Headset: its buttons answer, hang up and mute.")
            .await;
        tab.pictures("headset").await;
        shines(&tab, "nothing", 0).await;

        platform.ring("asha", "echo", None).await;
        tab.appears("alertdialog", "Kavya Rao").await;
        shines(&tab, "a ring", 0b100).await;
        presses(&tab, HOOK).await;
        tab.is_connected().await;
        shines(&tab, "a call", 0b001).await;
        presses(&tab, HOOK_AND_MUTE).await;
        presses(&tab, HOOK).await;
        tab.is_toggled("Mute", true).await;
        shines(&tab, "a muted call", 0b011).await;
        tab.toggle("Mute", false).await;
        shines(&tab, "a call", 0b001).await;
        presses(&tab, 0).await;
        tab.is_free().await;
        shines(&tab, "nothing", 0).await;

        // Known again after a reload; out and in again while the phone runs.
        tab.goto("about:blank").await;
        tab.goto(&platform.phone("")).await;
        tab.press("Microphone and speaker").await;
        tab.says("Pretended Headset: its buttons").await;
        tab.run("navigator.hid.plug(false)", vec![]).await;
        tab.appears("button", "Connect headset").await;
        tab.run("navigator.hid.plug(true)", vec![]).await;
        tab.says("Pretended Headset: its buttons").await;
        tab.dial("1002").await;
        tab.is_connected().await;
        shines(&tab, "a call", 0b001).await;
        // The headset tells of being off the hook now: no press. Back on it: one.
        presses(&tab, HOOK).await;
        presses(&tab, 0).await;
        tab.is_free().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_webhid_says_so() {
    story("headset-absent", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open("about:blank").await;
        let none = "Object.defineProperty(navigator, 'hid', { value: undefined });";
        tab.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": none }))
            .await;
        tab.goto(&platform.phone("")).await;
        tab.press("Microphone and speaker").await;
        tab.says("This browser cannot read the buttons of a headset")
            .await;
        assert!(!tab.has("button", Some("Connect headset")).await);
    })
    .await;
}
