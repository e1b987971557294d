//! What a call flow tells besides the notices: the push notification when it rings a subscriber, and its Passthru applet
//! after the agent was dialled, which knows how that went.

use std::fmt::Write;

use exotel::call_details::CallStatus;
use exotel::hooks::HookKind;
use serde_json::{Map, Value};
use sip::Instant;

use super::World;
use super::dial_whom::{NO_END, created};
use super::notices::{local, plain};
use crate::webhooks::{Letter, Shape};

impl World {
    /// A subscriber's device is about to ring: posts the call's data, for an app that sleeps.
    pub(super) fn tell_push(&mut self, now: Instant, sid: &str, subscriber: &str) {
        // Opaque to whoever passes it on; here it only says which call it is.
        let payload = sid.bytes().fold(String::new(), |mut text, byte| {
            // Writing into a String does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        let pairs = [
            ("subscriberName", subscriber.to_owned()),
            ("payload", payload),
            ("payloadVersion", "v1".to_owned()),
        ];
        self.tell(now, HookKind::Push, sid, Shape::Json, fields(pairs));
    }

    /// The agent was dialled, in vain or not: the applet behind says so in a query.
    pub(super) fn tell_passthru(&mut self, now: Instant, sid: &str) {
        let Some(record) = self.platform.records.calls.get(sid).cloned() else {
            return;
        };
        let talked = record.leg2 == CallStatus::Completed;
        let wall = self.platform.wall(now);
        let (from, to) = (local(&record.from), local(&record.virtual_number));
        let pairs = [
            ("CallSid", record.sid.clone()),
            ("CallFrom", from.clone()),
            ("CallTo", to.clone()),
            ("Direction", "incoming".to_owned()),
            ("Created", created(record.started)),
            // Ringing included.
            ("DialCallDuration", record.seconds().to_string()),
            ("StartTime", plain(record.started)),
            ("EndTime", NO_END.to_owned()),
            ("CurrentTime", plain(wall)),
            (
                "CallType",
                if talked { "completed" } else { "incomplete" }.to_owned(),
            ),
            ("DialWhomNumber", record.dial_whom.clone()),
            ("From", from),
            ("To", to),
            ("DialCallStatus", record.leg2.as_str().to_owned()),
            ("Legs[0][OnCallDuration]", record.talk_seconds().to_string()),
        ];
        let mut fields = fields(pairs);
        if record.leg2 == CallStatus::Busy {
            fields.insert("Legs[0][CauseCode]".to_owned(), Value::from("USER_BUSY"));
        }
        if let Some(url) = record.recording_url {
            fields.insert("RecordingUrl".to_owned(), Value::from(url));
        }
        self.tell(now, HookKind::Passthru, sid, Shape::Query, fields);
    }

    /// Hands it to the courier, if there is an address.
    fn tell(&mut self, now: Instant, kind: HookKind, about: &str, shape: Shape, fields: Map<String, Value>) {
        if let Some(url) = self.platform.records.endpoints.get(kind).cloned() {
            let about = about.to_owned();
            let letter = Letter {
                kind,
                about,
                url,
                shape,
                fields,
            };
            self.courier.post(now, &letter);
        }
    }
}

fn fields<const N: usize>(pairs: [(&str, String); N]) -> Map<String, Value> {
    let texts = pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), Value::String(value)));
    texts.collect()
}
