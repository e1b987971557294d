//! The platform's side: webhooks that are sent again until they are acknowledged.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;

use crate::child::HOOKS;

/// What one sender's calls said.
#[derive(Default)]
pub(crate) struct Sent {
    /// Calls whose popup was acknowledged.
    pub(crate) begun: BTreeSet<String>,
    /// Calls whose missed notice was acknowledged.
    pub(crate) missed: BTreeSet<String>,
    /// Messages that had to be sent again.
    pub(crate) repeats: u32,
}

/// Sends call after call until told to stop. A message without an answer is sent twice more, as the platform does, each
/// time on a new connection; it may have been kept all the same.
pub(crate) fn rain(address: &str, sender: u32, stop: &AtomicBool) -> Sent {
    let mut sent = Sent::default();
    for number in 0_u32.. {
        if stop.load(Ordering::Relaxed) {
            return sent;
        }
        let sid = format!("{sender:08x}{number:024x}");
        if deliver(address, "popup", &sid, &mut sent.repeats) {
            sent.begun.insert(sid.clone());
        }
        if deliver(address, "missedcall", &sid, &mut sent.repeats) {
            sent.missed.insert(sid);
        }
    }
    sent
}

fn deliver(address: &str, kind: &str, sid: &str, repeats: &mut u32) -> bool {
    for attempt in 0..3 {
        if attempt > 0 {
            *repeats += 1;
            std::thread::sleep(Duration::from_millis(150));
        }
        if post(address, kind, sid).is_some_and(|status| status == 200) {
            return true;
        }
    }
    false
}

fn post(address: &str, kind: &str, sid: &str) -> Option<u16> {
    let (status, state) = match kind {
        "popup" => ("busy", "active"),
        _ => ("free", ""),
    };
    let body = json!({
        "CallSid": sid, "AppUserID": "asha", "Direction": "incoming", "CallStatus": status, "CallState": state,
        "FromNumber": "09876543210", "ToNumber": "08040408080", "VirtualNumber": "08040408080",
    })
    .to_string();
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    write!(
        stream,
        "POST {HOOKS}/{kind} HTTP/1.1\r\nhost: crash\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut answer = String::new();
    // A connection that breaks after the status line has still answered.
    let _ = stream.read_to_string(&mut answer);
    answer.split(' ').nth(1)?.parse().ok()
}
