//! Kamailio dies during a call and comes back with nothing in its memory.

use std::time::Duration;

use crate::baresip::Baresip;
use crate::bed::Bed;
use crate::support::browser::{MICROPHONE_HZ, Setup, story};
use crate::support::wait::{pass, until};
use crate::{setup, signed_in};

/// The five quick attempts are jittered and may all fall into the time without a server; the next one comes after up to
/// 30 s (RFC 5626 §4.5).
const REGISTERED_AGAIN: Duration = Duration::from_secs(90);

#[tokio::test(flavor = "multi_thread")]
async fn the_audio_never_stops_the_phone_registers_again_and_either_side_can_hang_up() {
    let setup = Setup {
        expected: &["WebSocket connection to"],
        ..setup()
    };
    story("restart", setup, |browser| async move {
        let mut bed = Bed::start("restart", "MD5").await;
        let (_platform, tab) = signed_in(&browser, &bed).await;
        for (user, hangs_up) in [("desk", "phone"), ("counter", "far end")] {
            // A new one each time: baresip would tell a restarted server of itself only after a minute.
            let desk = Baresip::start(&bed, user, 880, "PCMU").await;
            tab.dial(&format!("{user}@interop.test")).await;
            tab.is_connected().await;
            tab.hears(880.0).await;
            let ready = tab.marks().await.iter().filter(|m| *m == "phone-ready").count();
            let lost = tab.marks().await.iter().filter(|m| *m == "phone-lost").count();

            bed.kill_kamailio();
            tab.marked("phone-lost", lost + 1).await;
            // Three seconds without a server: sound both ways all the time.
            let (before, heard) = (tab.stats().await, desk.heard().find(MICROPHONE_HZ).heard);
            for _ in 0..6 {
                pass(500).await;
                assert!(tab.hear(880.0).await.is_clear(), "{:?}", tab.hear(880.0).await);
            }
            let after = tab.stats().await;
            let (sent, received) = (after.sent - before.sent, after.received - before.received);
            assert!(
                sent > 120 && received > 120,
                "{sent} packets sent and {received} received in 3 s"
            );
            assert!(
                tab.has("button", Some("Hang up")).await,
                "the call is gone from the screen"
            );

            bed.start_kamailio().await;
            tab.marked_within(REGISTERED_AGAIN, "phone-ready", ready + 1)
                .await;
            tab.status_is("Ready").await;
            assert!(
                bed.log_count("accepted REGISTER of agent") >= 1,
                "Kamailio knows of no registration"
            );
            assert!(tab.hear(880.0).await.is_clear(), "{:?}", tab.hear(880.0).await);
            let whole = desk.heard().find(MICROPHONE_HZ).heard - heard;
            assert!(whole > 2.5, "baresip heard only {whole} s of it");

            // The far end's BYE finds us only where our new address has been told to it.
            pass(2_000).await;
            let ended = desk.calls_ended();
            if hangs_up == "phone" {
                tab.press("Hang up").await;
            } else {
                desk.hang_up().await;
                tab.says("They hung up.").await;
            }
            tab.is_free().await;
            until("baresip's end of the call", async || {
                (desk.calls_ended() > ended).then_some(())
            })
            .await;
            tab.releases_microphone().await;
            tab.status_is("Ready").await;
        }
    })
    .await;
}
