//! The words on the screen that follow from state and time. Tests and other tools rely on them (see `docs`).

pub mod past;

use phone::view::{LinkView, Peer};
use phone::{CallState, Millis};
use quality::Grade;

use crate::language::{fill, marked, t};
use crate::notices::Notice;
use crate::number::grouped;

/// In place of the registration when there is no phone behind the page.
pub const STOPPED: &str = marked("Stopped");

/// The registration in a few words: *Ready*, *Connecting*, *Reconnecting in 4 s*, *Offline*, or why not.
#[must_use]
pub fn link(link: &LinkView, now: Millis) -> String {
    match link {
        LinkView::Idle => t("Signed out").to_owned(),
        LinkView::Connecting => t("Connecting").to_owned(),
        LinkView::Ready => t("Ready").to_owned(),
        LinkView::Waiting { until, .. } => match seconds_left(*until, now) {
            0 => t("Connecting").to_owned(),
            seconds => fill("Reconnecting in {0} s", &[&seconds.to_string()]),
        },
        LinkView::Offline => t("Offline").to_owned(),
        LinkView::Refused(fault) => t(&Notice::from(fault).title).to_owned(),
    }
}

/// Whole seconds until `until`, rounded up so that a countdown ends at 1.
#[must_use]
pub fn seconds_left(until: Millis, now: Millis) -> u64 {
    until.saturating_sub(now).div_ceil(1000)
}

/// The call's state in the seed's word (voice-client-sdk-guide §4.5).
#[must_use]
pub fn call_state(state: CallState) -> &'static str {
    match state {
        CallState::OutgoingInitiated | CallState::Connecting => t("Connecting"),
        // Early media is the far network's own ringing tone or announcement.
        CallState::Early | CallState::Ringing => t("Ringing"),
        CallState::Incoming => t("Incoming call"),
        CallState::Answering => t("Answering"),
        CallState::Established => t("Connected"),
        CallState::MediaDisrupted | CallState::RenewingMedia => t("Reconnecting"),
        CallState::Ending => t("Ending"),
    }
}

/// Above the caller's name, with the number that was called where the server has said.
#[must_use]
pub fn incoming(virtual_number: Option<&str>) -> String {
    match virtual_number {
        Some(number) if !number.is_empty() => fill("Incoming call on {0}", &[&grouped(number)]),
        Some(_) | None => t("Incoming call").to_owned(),
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
pub fn grade(grade: Grade) -> (&'static str, &'static str) {
    match grade {
        Grade::Good => (t("Good"), "3"),
        Grade::Fair => (t("Fair"), "2"),
        Grade::Poor => (t("Poor"), "1"),
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
        (0, 0) => fill("{0} s", &[&rest.to_string()]),
        (0, _) => fill("{0} min {1} s", &[&minutes.to_string(), &rest.to_string()]),
        (_, _) => fill("{0} h {1} min", &[&hours.to_string(), &minutes.to_string()]),
    }
}

/// How long ago something happened: `just now`, `5 min ago`, `2 h ago`, `3 days ago`.
#[must_use]
pub fn ago(at: Millis, now: Millis) -> String {
    let minutes = now.saturating_sub(at) / 60_000;
    match minutes {
        0 => t("just now").to_owned(),
        1..60 => fill("{0} min ago", &[&minutes.to_string()]),
        60..1440 => fill("{0} h ago", &[&(minutes / 60).to_string()]),
        1440..2880 => t("yesterday").to_owned(),
        _ => fill("{0} days ago", &[&(minutes / 1440).to_string()]),
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
pub const UNKNOWN: &str = marked("Unknown number");

/// The number, grouped for reading; the URI where there is no user part, and words where there is neither.
#[must_use]
pub fn peer_number(peer: &Peer) -> String {
    match (peer.number.as_str(), peer.uri.as_str()) {
        ("", "") => t(UNKNOWN).to_owned(),
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
        Some((CallState::Incoming, peer)) => {
            [&fill("(ringing) {0}", &[&peer_title(peer)]), " – ", PRODUCT].concat()
        }
        Some((_, peer)) => [&peer_title(peer), " – ", PRODUCT].concat(),
        None if unseen > 0 => [&fill("({0} missed)", &[&unseen.to_string()]), " ", PRODUCT].concat(),
        None => PRODUCT.to_owned(),
    }
}

#[cfg(test)]
#[path = "words/tests.rs"]
mod tests;
