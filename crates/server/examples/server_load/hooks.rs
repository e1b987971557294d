//! Webhooks as the platform posts them.

use serde_json::json;

/// A popup for `agent`, about a call of this id, ready to be sent.
pub(crate) fn popup(path: &str, sid: &str, agent: &str) -> Vec<u8> {
    let body = json!({
        "CustomerId": "b0a5c8a4", "AppId": "a17c", "CallSid": sid, "ExotelAccountSid": "exoteldemo",
        "DialWhomNumber": "", "AppUserID": agent, "VirtualNumber": "08040408080", "Direction": "inbound",
        "CallStatus": "busy", "CallState": "active", "ToNumber": "08040408080", "FromNumber": "09876543210",
        "TotalDuration": 0, "CallRecordings": "", "AccountDomain": "mumbai", "TicketId": "", "CallDetail": "",
        "CreatedAt": "0001-01-01T00:00:00Z", "UpdatedAt": "0001-01-01T00:00:00Z",
    })
    .to_string();
    format!(
        "POST {path}/popup HTTP/1.1\r\nhost: load\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// The question whom to connect a caller to.
pub(crate) fn dial_whom(path: &str, sid: &str, caller: &str) -> Vec<u8> {
    format!(
        "GET {path}/dial-whom?CallSid={sid}&CallFrom={caller}&CallTo=08040408080&Direction=incoming HTTP/1.1\r\n\
         host: load\r\n\r\n"
    )
    .into_bytes()
}

/// An id that no other call of this run has.
pub(crate) fn sid(run: &str, number: u64) -> String {
    format!("{run:0>12}{number:020x}")
}
