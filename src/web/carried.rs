//! The connection of the call whose sound this page carries: lent by the page (`window.softphone.carried`), so that the panes
//! can look at it each second. They only look; what has to be done about it is the page's.

use std::cell::RefCell;

use quality::{Second, Signs, Totals};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    RtcPeerConnection, RtcRtpTransceiver, RtcRtpTransceiverDirection as Towards, RtcSignalingState,
};

use super::flow::Path;
use super::totals::{self, Look};
use super::{clock, reflect, stats};

/// The name on `window.softphone`.
const LENT: &str = "carried";

thread_local! {
    /// For the program itself, which may be alone in its page.
    static OWN: RefCell<Option<RtcPeerConnection>> = const { RefCell::new(None) };
}

/// In the page: from now on this call's sound is carried here.
pub(super) fn lend(connection: &RtcPeerConnection) {
    OWN.set(Some(connection.clone()));
    if let Some(boot) = boot() {
        reflect::set(&boot, LENT, connection);
    }
}

fn boot() -> Option<JsValue> {
    reflect::get(&js_sys::global(), "softphone")
}

/// In the panes: the connection as it was lent.
#[derive(Clone, PartialEq)]
pub struct Carried(RtcPeerConnection);

impl Carried {
    /// The one that is open; `None` while this page carries no call.
    pub fn find() -> Option<Self> {
        let lent = || Some(reflect::get(&boot()?, LENT)?.unchecked_into());
        let connection: RtcPeerConnection = OWN.with_borrow(Clone::clone).or_else(lent)?;
        (connection.signaling_state() != RtcSignalingState::Closed).then_some(Self(connection))
    }

    /// Its counters now. `None` if the browser does not answer.
    pub async fn look(&self) -> Option<Look> {
        totals::look(&self.0).await
    }

    /// Looks twice, a second apart: the codec, the counters at the end, and what happened between. `None` while this page carries
    /// no call, or if the browser does not answer.
    pub async fn measure() -> Option<(String, Totals, Second)> {
        let carried = Self::find()?;
        let before = carried.look().await?;
        clock::sleep(1_000).await;
        let now = carried.look().await?;
        let second = Second::between(&before.totals, &now.totals)?;
        Some((now.codec, now.totals, second))
    }

    /// What may be expected of it.
    pub fn signs(&self) -> Signs {
        let audio = self.audio();
        let both = audio.as_ref().and_then(RtcRtpTransceiver::current_direction) == Some(Towards::Sendrecv);
        let sent = audio.and_then(|audio| audio.sender().track());
        Signs {
            expect_in: both,
            // Without a microphone nothing is sent yet; the agent is told of that in other words.
            expect_out: both && sent.is_some(),
            muted: sent.is_some_and(|track| !track.enabled()),
            connected: stats::path(&self.0) == Path::Fine,
        }
    }

    fn audio(&self) -> Option<RtcRtpTransceiver> {
        let all = self.0.get_transceivers();
        all.iter()
            .map(|transceiver| -> RtcRtpTransceiver { transceiver.unchecked_into() })
            .find(|transceiver| transceiver.receiver().track().kind() == "audio")
    }
}
