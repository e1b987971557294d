//! Reads a connection's counters (W3C webrtc-stats) into what [`quality`] judges.

use js_sys::{Array, Map};
use quality::{FarSide, Totals};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::RtcPeerConnection;

use super::{clock, reflect};

/// A look at a connection.
pub struct Look {
    /// Its counters.
    pub totals: Totals,
    /// The codec of what comes: `opus`, `PCMA`; empty while unknown.
    pub codec: String,
}

/// Looks now. `None` if the browser does not answer.
pub(super) async fn look(connection: &RtcPeerConnection) -> Option<Look> {
    let report = JsFuture::from(connection.get_stats()).await.ok()?;
    let entries: Vec<JsValue> = Array::from(&report.unchecked_into::<Map>().values())
        .iter()
        .collect();
    let mut totals = Totals {
        at: clock::exact(),
        ..Totals::default()
    };
    let mut codec = String::new();
    for entry in &entries {
        let number = |name| reflect::get(entry, name).and_then(|value| value.as_f64());
        let count = |name| number(name).unwrap_or_default();
        match reflect::text(entry, "type").as_str() {
            "inbound-rtp" => {
                let inbound = &mut totals.inbound;
                inbound.packets += count("packetsReceived");
                inbound.lost += count("packetsLost");
                inbound.bytes += count("bytesReceived");
                inbound.jitter = inbound.jitter.max(count("jitter"));
                inbound.samples += count("totalSamplesReceived");
                inbound.concealed += count("concealedSamples") - count("silentConcealedSamples");
                inbound.buffered += count("jitterBufferDelay");
                inbound.emitted += count("jitterBufferEmittedCount");
                inbound.energy += count("totalAudioEnergy");
                codec = codec_of(&entries, &reflect::text(entry, "codecId"));
            }
            "outbound-rtp" => {
                totals.outbound.packets += count("packetsSent");
                totals.outbound.bytes += count("bytesSent");
            }
            "media-source" => totals.outbound.energy = number("totalAudioEnergy"),
            "remote-inbound-rtp" => {
                totals.far = Some(FarSide {
                    round_trip: number("roundTripTime"),
                    jitter: count("jitter"),
                    loss: count("fractionLost"),
                    reports: count("timestamp"),
                });
            }
            "candidate-pair" if reflect::text(entry, "state") == "succeeded" => {
                totals.path_round_trip = number("currentRoundTripTime").or(totals.path_round_trip);
            }
            _ => {}
        }
    }
    Some(Look { totals, codec })
}

/// The media type of a codec without its kind: `opus`, `PCMA`.
fn codec_of(entries: &[JsValue], id: &str) -> String {
    let entry = entries
        .iter()
        .find(|entry| !id.is_empty() && reflect::text(entry, "id") == id);
    let kind = entry
        .map(|entry| reflect::text(entry, "mimeType"))
        .unwrap_or_default();
    kind.rsplit('/').next().unwrap_or_default().to_owned()
}
