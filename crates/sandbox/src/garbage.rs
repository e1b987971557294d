//! Frames no server should send.

use axum::extract::ws::Message;
use serde::Deserialize;

/// What kind of nonsense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Garbage {
    /// A binary frame of all byte values.
    Binary,
    /// A request that breaks off in the middle of a header.
    Half,
    /// Text that is not SIP.
    Text,
    /// A well-formed request of 200 KiB.
    Huge,
}

impl Garbage {
    /// Each kind once.
    pub(crate) const ALL: [Self; 4] = [Self::Binary, Self::Half, Self::Text, Self::Huge];

    /// The frame.
    pub(crate) fn frame(self) -> Message {
        match self {
            Self::Binary => Message::Binary((0..=255u8).collect::<Vec<_>>().into()),
            Self::Half => Message::Text(
                "INVITE sip:asha@sandbox.test SIP/2.0\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bKhalf\r\nFrom: <sip:".into(),
            ),
            Self::Text => Message::Text("Good morning. This is not a SIP message.".into()),
            Self::Huge => Message::Text(
                format!(
                    "OPTIONS sip:asha@sandbox.test SIP/2.0\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bKhuge\r\n\
                     From: <sip:huge@sandbox.test>;tag=h\r\nTo: <sip:asha@sandbox.test>\r\nCall-ID: huge\r\n\
                     CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nX-Long: {}\r\nContent-Length: 0\r\n\r\n",
                    "y".repeat(200 * 1024)
                )
                .into(),
            ),
        }
    }
}
