//! Microphone, speaker and ringer: chosen apart, remembered, swapped in a call, followed when a headset comes and goes.
//! Chromium's pretend devices are two microphones and two loudspeakers beside those of the system.

use serde_json::Value;

use crate::support::browser::{MICROPHONE_HZ, Microphone, Setup, story};
use crate::support::platform::Platform;
use crate::support::tab::Tab;

const FIRST: &str = "Fake Audio Input 1";
const SECOND: &str = "Fake Audio Input 2";

async fn speaks_with(tab: &Tab, label: &str) {
    tab.sees(
        &format!("the call to take its sound from {label}"),
        &format!("return __story.speaks()?.label === {label:?}"),
    )
    .await;
}

/// The id of a loudspeaker by its name.
const SPEAKER: &str = "
    const all = await navigator.mediaDevices.enumerateDevices();
    const id = all.find((d) => d.kind === 'audiooutput' && d.label === 'Fake Audio Output 2').deviceId;";

#[tokio::test(flavor = "multi_thread")]
async fn devices_are_chosen_apart_and_swapped_in_a_call_without_a_gap() {
    story("devices", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.press("Microphone and speaker").await;
        tab.choose("Microphone", SECOND).await;
        tab.says(&format!("{SECOND} hears you")).await;
        tab.choose("Ringer", "Fake Audio Output 2").await;
        tab.pictures("devices").await;

        // Rung there, once the phone is called.
        platform.ring("asha", "melody", None).await;
        tab.appears("alertdialog", "Kavya Rao").await;
        let rings = format!(
            "{SPEAKER} return __story.contexts.some((c) => c.state === 'running' && c.sinkId === id);"
        );
        tab.sees("the ring to sound at the second loudspeaker", &rings)
            .await;
        tab.press("Answer").await;
        tab.is_connected().await;
        speaks_with(&tab, SECOND).await;
        tab.talks().await;

        // The other one, while they talk.
        tab.press("Microphone and speaker").await;
        let swap = format!(
            "const list = __story.find('combobox', 'Microphone');
             const before = __story.described;
             const gap = await __story.gap(async () => {{
                 list.value = [...list.options].find((o) => o.text === {FIRST:?}).value;
                 list.dispatchEvent(new Event('change', {{ bubbles: true }}));
                 while (__story.speaks()?.label !== {FIRST:?}) await new Promise((r) => setTimeout(r, 5));
             }});
             return [gap, __story.described - before];"
        );
        let told = tab.run(&swap, vec![]).await;
        println!("swapped in a call: {told} (longest silence in ms, descriptions)");
        // 20 ms a packet; a busy machine may look late.
        assert!(told[0].as_f64().is_some_and(|gap| gap < 400.0), "{told}");
        assert_eq!(told[1], 0, "renegotiated");
        tab.choose("Speaker", "Fake Audio Output 2").await;
        let heard = format!("{SPEAKER} return document.querySelector('audio').sinkId === id;");
        tab.sees("the far end to be heard at the second loudspeaker", &heard)
            .await;
        tab.pictures("devices-in-call").await;

        // Muted stays muted, held stays held.
        tab.toggle("Mute", true).await;
        tab.choose("Microphone", SECOND).await;
        speaks_with(&tab, SECOND).await;
        assert_eq!(tab.run("return __story.speaks().enabled", vec![]).await, false);
        tab.toggle("Mute", false).await;
        tab.toggle("Hold", true).await;
        tab.choose("Microphone", FIRST).await;
        tab.is_silent().await;
        assert_eq!(tab.run("return __story.speaks()", vec![]).await, Value::Null);
        tab.toggle("Hold", false).await;
        speaks_with(&tab, FIRST).await;
        tab.talks().await;
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_headset_is_remembered_and_followed() {
    story("headset-followed", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.press("Microphone and speaker").await;
        tab.choose("Microphone", SECOND).await;
        tab.says(&format!("{SECOND} hears you")).await;
        tab.goto("about:blank").await;
        tab.goto(&platform.phone("")).await;
        tab.appears("button", "Microphone and speaker").await;

        tab.dial("1001").await;
        tab.is_connected().await;
        tab.hears(MICROPHONE_HZ).await;
        speaks_with(&tab, SECOND).await;
        tab.run(&format!("__story.unplug({SECOND:?}, true)"), vec![])
            .await;
        tab.says(&format!("{SECOND} is not connected any more.")).await;
        speaks_with(&tab, "Fake Default Audio Input").await;
        tab.pictures("headset-gone").await;
        tab.talks().await;
        tab.run(&format!("__story.unplug({SECOND:?}, false)"), vec![])
            .await;
        tab.says(&format!("{SECOND} is in use again.")).await;
        speaks_with(&tab, SECOND).await;
        tab.talks().await;
        tab.press("Hang up").await;
        tab.is_free().await;
        tab.releases_microphone().await;

        tab.press("Microphone and speaker").await;
        tab.press("Hear yourself").await;
        tab.says("Speak now").await;
        tab.says("This is how others hear you.").await;
        tab.says_no_more("This is how others hear you.").await;
        tab.press("Microphone and speaker").await;
        tab.releases_microphone().await;
    })
    .await;
}

/// How loud what the far end sends back is, in dB: the noise between words, and the words.
async fn loudness(tab: &Tab) -> (f64, f64) {
    let told = tab.run("return __story.loudness(8)", vec![]).await;
    (
        told[0].as_f64().expect("a level"),
        told[1].as_f64().expect("a level"),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn noise_is_taken_out_in_a_call_and_the_voice_is_left() {
    let setup = Setup {
        microphone: Microphone::Noisy,
        ..Setup::default()
    };
    story("noise", setup, |browser| async move {
        let platform = Platform::start().await;
        let tab = browser.open(&platform.phone("")).await;
        tab.appears("button", "Microphone and speaker").await;
        tab.dial("1001").await;
        tab.is_connected().await;
        tab.talks().await;
        let (noise, voice) = loudness(&tab).await;
        tab.press("Microphone and speaker").await;
        let before = tab.run("return __story.described", vec![]).await;
        tab.press("Noise suppression").await;
        tab.says("Others hear you without the noise around you.").await;
        tab.pictures("noise-suppression").await;
        tab.press("Microphone and speaker").await;
        tab.talks().await;
        let (quiet, kept) = loudness(&tab).await;
        println!("noise {noise:.1} -> {quiet:.1} dB, voice {voice:.1} -> {kept:.1} dB at the far end");
        assert!(quiet < noise - 10.0, "noise {noise} -> {quiet}");
        assert!((kept - voice).abs() < 6.0, "voice {voice} -> {kept}");
        assert_eq!(
            tab.run("return __story.described", vec![]).await,
            before,
            "renegotiated"
        );

        // Off again, in the same call; remembered as it was left.
        tab.press("Microphone and speaker").await;
        tab.press("Noise suppression").await;
        speaks_with(&tab, "Fake Default Audio Input").await;
        tab.press("Noise suppression").await;
        tab.says("Others hear you without the noise around you.").await;
        // Nothing listens below a call that is over.
        tab.press("Hang up").await;
        tab.is_free().await;
        tab.releases_microphone().await;
        tab.goto("about:blank").await;
        tab.goto(&platform.phone("")).await;
        tab.press("Microphone and speaker").await;
        tab.says("Others hear you without the noise around you.").await;
        tab.press("Microphone and speaker").await;
        tab.releases_microphone().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_made_in_another_tab_holds_for_the_call_and_is_not_undone() {
    story("devices-tabs", Setup::default(), |browser| async move {
        let platform = Platform::start().await;
        let other = browser.open(&platform.phone("")).await;
        other.appears("button", "Microphone and speaker").await;
        let tab = browser.open(&platform.phone("")).await;
        tab.appears("button", "Microphone and speaker").await;
        tab.dial("1001").await;
        tab.is_connected().await;
        tab.hears(MICROPHONE_HZ).await;
        other.press("Microphone and speaker").await;
        other.choose("Microphone", SECOND).await;
        speaks_with(&tab, SECOND).await;
        tab.talks().await;
        // What is chosen here afterwards is beside it, not instead of it.
        tab.press("Microphone and speaker").await;
        tab.choose("Ringer", "Fake Audio Output 2").await;
        let kept = "return localStorage.getItem('sound').split('\\n').slice(0, 3).map((id) => id !== '')";
        tab.sees(
            "both choices in force",
            &format!("const kept = (() => {{ {kept} }})(); return kept[0] && kept[2];"),
        )
        .await;
        speaks_with(&tab, SECOND).await;
        tab.press("Hang up").await;
        tab.is_free().await;
    })
    .await;
}

/// The program of the audio thread, which does nothing, or whose thread never begins.
const DOES_NOTHING: &str = "WebAssembly.compileStreaming = async () =>
    new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));";
const NEVER_BEGINS: &str = "AudioContext.prototype.resume = () => new Promise(() => {});";

#[tokio::test(flavor = "multi_thread")]
async fn a_suppression_that_fails_leaves_the_voice_as_it_is() {
    for (name, fault) in [("noise-broken", DOES_NOTHING), ("noise-late", NEVER_BEGINS)] {
        story(name, Setup::default(), move |browser| async move {
            let platform = Platform::start().await;
            let tab = browser.open(&platform.phone("")).await;
            tab.appears("button", "Microphone and speaker").await;
            tab.dial("1001").await;
            tab.is_connected().await;
            tab.hears(MICROPHONE_HZ).await;
            tab.run(fault, vec![]).await;
            tab.press("Microphone and speaker").await;
            tab.press("Noise suppression").await;
            if fault == DOES_NOTHING {
                tab.says("Noise suppression did not start.").await;
                tab.pictures(name).await;
            }
            // Sent as it is, and heard.
            speaks_with(&tab, "Fake Default Audio Input").await;
            tab.talks().await;
            tab.hears(MICROPHONE_HZ).await;
            tab.press("Hang up").await;
            tab.is_free().await;
            tab.releases_microphone().await;
        })
        .await;
    }
}
