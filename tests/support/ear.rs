//! An ear at what a tab receives: one tone, there or not.

use std::time::Instant;

use serde::Deserialize;
use serde_json::json;

use super::tab::Tab;
use super::wait::{PATIENCE, pass};

/// What an ear at the received track hears of one tone.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Heard {
    /// Its level in dBFS.
    pub(crate) level: f64,
    /// How far it stands above its neighbouring frequencies, in dB.
    pub(crate) above: f64,
    /// An element of the page plays the track aloud.
    pub(crate) playing: bool,
}

impl Heard {
    /// The tone is there, alone and aloud.
    pub(crate) fn is_clear(&self) -> bool {
        self.level > -50.0 && self.above > 20.0 && self.playing
    }

    /// The tone is not there, be it for silence or for another sound.
    pub(crate) fn is_absent(&self) -> bool {
        self.level < -70.0 || self.above < 6.0
    }
}

impl Tab {
    /// Wait until a tone is heard, alone and aloud.
    pub(crate) async fn hears(&self, hz: f32) {
        self.listens(hz, &format!("to hear {hz} Hz"), Heard::is_clear)
            .await;
    }

    /// Wait until a tone is heard no more.
    pub(crate) async fn hears_no(&self, hz: f32) {
        self.listens(hz, &format!("not to hear {hz} Hz"), Heard::is_absent)
            .await;
    }

    async fn listens(&self, hz: f32, what: &str, wanted: impl Fn(&Heard) -> bool) {
        let end = Instant::now() + PATIENCE;
        loop {
            let heard = self.hear(hz).await;
            if wanted(&heard) {
                return;
            }
            assert!(
                Instant::now() < end,
                "waited {what}; it is {heard:?}, {:?}",
                self.stats().await
            );
            pass(200).await;
        }
    }

    /// Listen once.
    pub(crate) async fn hear(&self, hz: f32) -> Heard {
        serde_json::from_value(
            self.run("return __story.hear(arguments[0])", vec![json!(hz)])
                .await,
        )
        .expect("a spectrum")
    }
}
