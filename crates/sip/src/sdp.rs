//! Session descriptions (RFC 8866), scanned line by line: the browser writes and reads them, we only look.
//!
//! A media section's own attribute wins over the session's. Line ends may be CRLF or LF.

use crate::text::{head, number, split, trim_end};

/// Which way media flows, seen from the describing side (RFC 8866 §6.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Both ways.
    SendRecv,
    /// Out only: the other side is on hold.
    SendOnly,
    /// In only: this side is on hold.
    RecvOnly,
    /// Not at all.
    Inactive,
}

impl Direction {
    const ALL: [Self; 4] = [Self::SendRecv, Self::SendOnly, Self::RecvOnly, Self::Inactive];

    /// The attribute's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SendRecv => "sendrecv",
            Self::SendOnly => "sendonly",
            Self::RecvOnly => "recvonly",
            Self::Inactive => "inactive",
        }
    }

    /// Whether the describing side sends.
    pub fn sends(self) -> bool {
        match self {
            Self::SendRecv | Self::SendOnly => true,
            Self::RecvOnly | Self::Inactive => false,
        }
    }

    /// Whether the describing side receives.
    pub fn receives(self) -> bool {
        match self {
            Self::SendRecv | Self::RecvOnly => true,
            Self::SendOnly | Self::Inactive => false,
        }
    }

    /// The direction of a side that sends and receives as told.
    pub fn new(sends: bool, receives: bool) -> Self {
        match (sends, receives) {
            (true, true) => Self::SendRecv,
            (true, false) => Self::SendOnly,
            (false, true) => Self::RecvOnly,
            (false, false) => Self::Inactive,
        }
    }

    /// The same flow seen from the other side.
    pub fn reversed(self) -> Self {
        Self::new(self.receives(), self.sends())
    }

    /// What an answer may say to an offer of this direction, if the answering side wants `wanted` (RFC 3264 §6.1).
    pub fn answered(self, wanted: Self) -> Self {
        Self::new(
            wanted.sends() && self.receives(),
            wanted.receives() && self.sends(),
        )
    }

    fn of_line(line: &str) -> Option<Self> {
        let name = line.strip_prefix("a=").map(trim_end)?;
        Self::ALL.into_iter().find(|d| d.as_str() == name)
    }
}

/// A codec of a media section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codec {
    /// The RTP payload type.
    pub payload: u8,
    /// The encoding name as written, such as `opus`; empty for a dynamic type without `rtpmap`.
    pub name: String,
    /// Its clock rate in hertz; 0 where unknown.
    pub rate: u32,
}

/// Where the audio section we care about lies: the first accepted one, else the first.
struct Audio<'a> {
    sdp: &'a str,
    /// Byte offsets of the section within `sdp`, its `m=` line included.
    from: usize,
    to: usize,
    /// Where the first media section begins and so the session part ends.
    session: usize,
}

impl<'a> Audio<'a> {
    fn of(sdp: &'a str) -> Option<Self> {
        let mut found: Option<Self> = None;
        let mut session = None;
        let mut open = false;
        let mut at = 0;
        for line in split(sdp, b'\n') {
            if let Some(media) = line.strip_prefix("m=") {
                session.get_or_insert(at);
                if let Some(audio) = found.as_mut().filter(|_| open) {
                    audio.to = at;
                }
                let accepted = is_audio(media) && port(media) != Some(0);
                open = is_audio(media)
                    && (found.is_none() || (accepted && found.as_ref().is_some_and(|f| f.port() == Some(0))));
                if open {
                    found = Some(Audio {
                        sdp,
                        from: at,
                        to: sdp.len(),
                        session: session.unwrap_or(at),
                    });
                }
            }
            at += line.len() + 1;
        }
        found
    }

    fn lines(&self) -> impl Iterator<Item = &'a str> {
        lines(self.sdp.get(self.from..self.to).unwrap_or(""))
    }

    fn media(&self) -> &'a str {
        self.lines()
            .next()
            .and_then(|line| line.strip_prefix("m="))
            .unwrap_or("")
    }

    fn port(&self) -> Option<u64> {
        port(self.media())
    }

    fn direction(&self) -> Direction {
        let said = |from, to| {
            let mut lines = lines(self.sdp.get(from..to).unwrap_or(""));
            lines.find_map(Direction::of_line)
        };
        said(self.from, self.to)
            .or_else(|| said(0, self.session))
            .unwrap_or(Direction::SendRecv)
    }
}

/// The lines of `sdp` without their ends.
fn lines(sdp: &str) -> impl Iterator<Item = &str> {
    split(sdp, b'\n')
        .map(|line| line.strip_suffix("\r").unwrap_or(line))
        .filter(|line| !line.is_empty())
}

fn is_audio(media: &str) -> bool {
    head(media, b' ') == "audio"
}

fn port(media: &str) -> Option<u64> {
    number(head(split(media, b' ').nth(1)?, b'/'))
}

/// Whether there is an audio section that was not rejected by port 0 (RFC 3264 §6).
pub fn has_audio(sdp: &str) -> bool {
    Audio::of(sdp).is_some_and(|audio| audio.port().is_some_and(|port| port != 0))
}

/// The direction of the audio section; `None` without one, [`Direction::SendRecv`] where nothing is said.
/// An address of 0.0.0.0 means nothing here: before ICE has found one, every description carries it.
pub fn audio_direction(sdp: &str) -> Option<Direction> {
    Audio::of(sdp).map(|audio| audio.direction())
}

/// The same description with the audio section's direction set; unchanged without an audio section.
pub fn with_audio_direction(sdp: &str, direction: Direction) -> String {
    let Some(audio) = Audio::of(sdp) else {
        return sdp.to_owned();
    };
    let mut out = String::with_capacity(sdp.len() + 16);
    out.push_str(sdp.get(..audio.from).unwrap_or(""));
    for line in audio.lines().filter(|line| Direction::of_line(line).is_none()) {
        out.push_str(line);
        out.push_str("\r\n");
    }
    out.push_str("a=");
    out.push_str(direction.as_str());
    out.push_str("\r\n");
    out.push_str(sdp.get(audio.to..).unwrap_or(""));
    out
}

/// The codecs of the audio section, in its order of preference.
pub fn audio_codecs(sdp: &str) -> Vec<Codec> {
    let Some(audio) = Audio::of(sdp) else {
        return Vec::new();
    };
    let payloads = trim_end(audio.media())
        .split(' ')
        .skip(3)
        .filter_map(|p| p.parse().ok());
    payloads
        .map(|payload| mapped(&audio, payload).unwrap_or_else(|| fixed(payload)))
        .collect()
}

/// The payload type of `telephone-event` (RFC 4733), the one of the first codec's clock rate where there are
/// several.
pub fn telephone_event(sdp: &str) -> Option<u8> {
    let codecs = audio_codecs(sdp);
    let is_event = |c: &&Codec| c.name.eq_ignore_ascii_case("telephone-event");
    let rate = codecs.iter().find(|c| !is_event(c)).map(|c| c.rate);
    let events = || codecs.iter().filter(is_event);
    events()
        .find(|c| Some(c.rate) == rate)
        .or_else(|| events().next())
        .map(|c| c.payload)
}

/// Whether this could be a session description: the lines RFC 8866 §5 demands, each of the form `letter=value`.
pub fn is_valid(sdp: &str) -> bool {
    let mut all = lines(sdp).map(trim_end).filter(|line| !line.is_empty());
    let formed = |line: &str| {
        line.as_bytes().first().is_some_and(u8::is_ascii_lowercase) && line.get(1..2) == Some("=")
    };
    let has = |start: &str| lines(sdp).any(|line| line.starts_with(start));
    let media = |line: &str| {
        line.strip_prefix("m=")
            .is_none_or(|m| port(m).is_some_and(|p| p < 65_536) && m.split(' ').count() > 3)
    };
    all.next() == Some("v=0")
        && all.all(|line| formed(line) && media(line))
        && ["o=", "s=", "t="].into_iter().all(has)
}

fn mapped(audio: &Audio<'_>, payload: u8) -> Option<Codec> {
    audio.lines().find_map(|line| {
        let (number, codec) = line.strip_prefix("a=rtpmap:")?.split_once(' ')?;
        if number.parse() != Ok(payload) {
            return None;
        }
        let mut parts = codec.trim().split('/');
        let name = parts.next()?.to_owned();
        Some(Codec {
            payload,
            name,
            rate: parts.next().and_then(|r| r.parse().ok()).unwrap_or(0),
        })
    })
}

/// The payload types that need no `rtpmap` (RFC 3551 §6).
fn fixed(payload: u8) -> Codec {
    let (name, rate) = match payload {
        0 => ("PCMU", 8000),
        3 => ("GSM", 8000),
        4 => ("G723", 8000),
        8 => ("PCMA", 8000),
        9 => ("G722", 8000),
        13 => ("CN", 8000),
        18 => ("G729", 8000),
        _ => ("", 0),
    };
    Codec {
        payload,
        name: name.to_owned(),
        rate,
    }
}

#[cfg(test)]
mod tests;
