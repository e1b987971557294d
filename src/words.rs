//! The words on the screen that follow from state and time. Tests and other tools rely on them (see `docs`).

pub mod past;

use phone::view::{LinkView, Peer};
use phone::{CallState, Millis};
use quality::Grade;

use crate::notices::Notice;
use crate::number::grouped;

/// In place of the registration when there is no phone behind the page.
pub const STOPPED: &str = "Stopped";

/// The registration in a few words: *Ready*, *Connecting*, *Reconnecting in 4 s*, *Offline*, or why not.
#[must_use]
pub fn link(link: &LinkView, now: Millis) -> String {
    match link {
        LinkView::Idle => "Signed out".to_owned(),
        LinkView::Connecting => "Connecting".to_owned(),
        LinkView::Ready => "Ready".to_owned(),
        LinkView::Waiting { until, .. } => match seconds_left(*until, now) {
            0 => "Connecting".to_owned(),
            seconds => ["Reconnecting in ", &seconds.to_string(), " s"].concat(),
        },
        LinkView::Offline => "Offline".to_owned(),
        LinkView::Refused(fault) => Notice::from(fault).title.into_owned(),
    }
}

/// Whole seconds until `until`, rounded up so that a countdown ends at 1.
#[must_use]
pub fn seconds_left(until: Millis, now: Millis) -> u64 {
    until.saturating_sub(now).div_ceil(1000)
}

/// The call's state in the seed's word (voice-client-sdk-guide §4.5).
#[must_use]
pub const fn call_state(state: CallState) -> &'static str {
    match state {
        CallState::OutgoingInitiated | CallState::Connecting => "Connecting",
        // Early media is the far network's own ringing tone or announcement.
        CallState::Early | CallState::Ringing => "Ringing",
        CallState::Incoming => "Incoming call",
        CallState::Answering => "Answering",
        CallState::Established => "Connected",
        CallState::MediaDisrupted | CallState::RenewingMedia => "Reconnecting",
        CallState::Ending => "Ending",
    }
}

/// Above the caller's name, with the number that was called where the server has said.
#[must_use]
pub fn incoming(virtual_number: Option<&str>) -> String {
    match virtual_number {
        Some(number) if !number.is_empty() => ["Incoming call on ", &grouped(number)].concat(),
        Some(_) | None => "Incoming call".to_owned(),
    }
}

/// The seed's name of the state, for tools that read the page.
#[must_use]
pub const fn call_state_name(state: CallState) -> &'static str {
    match state {
        CallState::OutgoingInitiated => "OUTGOING_INITIATED",
        CallState::Early => "EARLY",
        CallState::Ringing => "RINGING",
        CallState::Connecting => "CONNECTING",
        CallState::Incoming => "INCOMING",
        CallState::Answering => "ANSWERING",
        CallState::Established => "ESTABLISHED",
        CallState::MediaDisrupted => "MEDIA_DISRUPTED",
        CallState::RenewingMedia => "RENEWING_MEDIA",
        CallState::Ending => "ENDING",
    }
}

/// A call's quality in a word, and how many of three bars.
#[must_use]
pub const fn grade(grade: Grade) -> (&'static str, &'static str) {
    match grade {
        Grade::Good => ("Good", "3"),
        Grade::Fair => ("Fair", "2"),
        Grade::Poor => ("Poor", "1"),
    }
}

/// A running timer: `0:07`, `12:34`, `1:02:03`.
#[must_use]
pub fn timer(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let two = |n: u64| [if n < 10 { "0" } else { "" }, &n.to_string()].concat();
    if hours > 0 {
        [hours.to_string(), two(minutes), two(seconds)].join(":")
    } else {
        [minutes.to_string(), two(seconds)].join(":")
    }
}

/// A past duration in words: `8 s`, `3 min 20 s`, `1 h 5 min`.
#[must_use]
pub fn duration(seconds: u32) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => [&rest.to_string(), " s"].concat(),
        (0, _) => [&minutes.to_string(), " min ", &rest.to_string(), " s"].concat(),
        (_, _) => [&hours.to_string(), " h ", &minutes.to_string(), " min"].concat(),
    }
}

/// How long ago something happened: `just now`, `5 min ago`, `2 h ago`, `3 days ago`.
#[must_use]
pub fn ago(at: Millis, now: Millis) -> String {
    let minutes = now.saturating_sub(at) / 60_000;
    match minutes {
        0 => "just now".to_owned(),
        1..60 => [&minutes.to_string(), " min ago"].concat(),
        60..1440 => [&(minutes / 60).to_string(), " h ago"].concat(),
        1440..2880 => "yesterday".to_owned(),
        _ => [&(minutes / 1440).to_string(), " days ago"].concat(),
    }
}

/// The far end's name where one was sent, else its number.
#[must_use]
pub fn peer_title(peer: &Peer) -> String {
    match peer_name(peer) {
        Some(name) => name.to_owned(),
        None => peer_number(peer),
    }
}

/// In place of a number that nobody has told.
pub const UNKNOWN: &str = "Unknown number";

/// The number, grouped for reading; the URI where there is no user part, and words where there is neither.
#[must_use]
pub fn peer_number(peer: &Peer) -> String {
    match (peer.number.as_str(), peer.uri.as_str()) {
        ("", "") => UNKNOWN.to_owned(),
        ("", uri) => uri.to_owned(),
        (number, _) => grouped(number),
    }
}

/// The display name, unless it is empty or merely repeats the number.
#[must_use]
pub fn peer_name(peer: &Peer) -> Option<&str> {
    peer.name
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty() && *name != peer.number)
}

/// One or two letters for the round badge; `None` for a bare number.
#[must_use]
pub fn initials(peer: &Peer) -> Option<String> {
    let mut words = peer_name(peer)?
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
    let first = words.next()?;
    Some(
        first
            .to_uppercase()
            .chain(words.next_back().into_iter().flat_map(char::to_uppercase))
            .collect(),
    )
}

/// The browser tab's title.
#[must_use]
pub fn tab_title(call: Option<(CallState, &Peer)>, unseen: usize) -> String {
    const PRODUCT: &str = "Softphone";
    match call {
        Some((CallState::Incoming, peer)) => ["(ringing) ", &peer_title(peer), " – ", PRODUCT].concat(),
        Some((_, peer)) => [&peer_title(peer), " – ", PRODUCT].concat(),
        None if unseen > 0 => ["(", &unseen.to_string(), " missed) ", PRODUCT].concat(),
        None => PRODUCT.to_owned(),
    }
}

#[cfg(test)]
#[path = "words/tests.rs"]
mod tests;
