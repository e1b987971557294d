//! Looks at a connection: how many packets came, and what ICE says (W3C webrtc-stats §8.5).

use js_sys::{Array, Map};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RtcIceConnectionState, RtcPeerConnection, RtcRtpReceiver};

use super::flow::Path;
use super::reflect;

/// Audio received so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Inbound {
    /// Packets.
    pub(super) packets: f64,
    /// When the last one came, ms since the epoch; absent in browsers that do not say.
    pub(super) last: Option<f64>,
}

/// Asks the receiver for its counts.
pub(super) async fn inbound(receiver: &RtcRtpReceiver) -> Inbound {
    let mut inbound = Inbound::default();
    let Ok(report) = JsFuture::from(receiver.get_stats()).await else {
        return inbound;
    };
    let values = Array::from(&report.unchecked_into::<Map>().values());
    for entry in values.iter() {
        let entry: JsValue = entry;
        if reflect::text(&entry, "type") == "inbound-rtp" {
            let number = |name| reflect::get(&entry, name).and_then(|value| value.as_f64());
            inbound.packets += number("packetsReceived").unwrap_or(0.0);
            inbound.last = number("lastPacketReceivedTimestamp").or(inbound.last);
        }
    }
    inbound
}

/// What ICE says of the path now.
pub(super) fn path(connection: &RtcPeerConnection) -> Path {
    match connection.ice_connection_state() {
        RtcIceConnectionState::Disconnected => Path::Disconnected,
        RtcIceConnectionState::Failed => Path::Failed,
        _ => Path::Fine,
    }
}
