//! The test before a shift: microphone, speaker, connection; its result is kept.

use crate::server_sign_in::{REFUSALS, signed_in};
use crate::support::browser::{Setup, story};
use crate::support::companion::Companion;
use crate::support::platform::Platform;

/// A microphone that is open and gives nothing.
const SILENT: &str = "
    __story.microphone = async () => new MediaStreamAudioDestinationNode(new AudioContext()).stream;";

#[tokio::test(flavor = "multi_thread")]
async fn equipment_and_connection_are_tested_before_the_shift() {
    let setup = Setup {
        expected: REFUSALS,
        ..Setup::default()
    };
    story("readiness", setup, |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("readiness", &platform).await;
        let tab = signed_in(&browser, &companion).await;
        tab.says("Your equipment was not tested in this browser yet.")
            .await;
        let began = std::time::Instant::now();
        tab.press("Test my equipment").await;
        tab.says_within(40, "Last test: all well").await;
        println!("the readiness test took {:.1} s", began.elapsed().as_secs_f64());
        tab.says("hears you.").await;
        tab.says("Score 4.").await;
        tab.is_free().await;
        tab.releases_microphone().await;
        let screen = tab.text().await;
        assert!(
            !screen.contains("How did the call sound?") && !screen.contains("After the call"),
            "{screen}"
        );
        tab.pictures("readiness").await;

        // Kept for the next page; a microphone that hears nothing is found.
        tab.goto("about:blank").await;
        tab.goto(&companion.phone()).await;
        tab.says("Last test: all well").await;
        tab.run(SILENT, vec![]).await;
        tab.press("Readiness test").await;
        tab.press("Test now").await;
        tab.says_within(40, "look at Microphone").await;
        tab.says("The microphone did not hear you.").await;
        tab.pictures("readiness-microphone").await;
    })
    .await;
}
