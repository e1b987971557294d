//! Lost audio: noticed, waited for, renewed, given up.

use super::context::Context;
use super::exchange::Change;
use super::facts::{Audio, Facts};
use super::signals::end_leg;
use super::talk::Talk;
use super::{Call, Next, Talking};
use crate::view::CallState;
use crate::{EndReason, Mark, Millis};

/// Audio that comes back by itself usually does so within this time.
const PATIENCE: Millis = 2_000;
/// How long recovery may take before the call is given up.
const RENEWAL_LIMIT: Millis = 60_000;
/// Attempts within that time.
const ATTEMPTS: u32 = 10;

/// Pause after attempt `made`: a second longer each time, so that ten fit into 45 s.
const fn pause(made: u32) -> Millis {
    made as Millis * 1_000
}

/// Where the audio of an answered call stands.
///
/// ```text
///   Alone --`answered` news--+
///                            v
///   Connecting --ACK--> Sound --Stalled--> Disrupted --2 s--> Renewing --60 s--> ended
///                         ^                    |                 |
///                         +------- Flowing, or silence agreed ---+
/// ```
#[derive(Clone, Copy)]
pub(crate) enum Path {
    /// CONNECTING.
    Connecting,
    /// RINGING: our own leg of a call placed through the platform is up, the customer is not known to be on it.
    Alone,
    /// ESTABLISHED.
    Sound,
    /// MEDIA_DISRUPTED: until when it may come back by itself.
    Disrupted { until: Millis },
    /// RENEWING_MEDIA by ICE restarts.
    Renewing {
        made: u32,
        next: Millis,
        give_up: Millis,
    },
}

impl Path {
    pub(crate) const fn state(&self) -> CallState {
        match self {
            Self::Connecting => CallState::Connecting,
            Self::Alone => CallState::Ringing,
            Self::Sound => CallState::Established,
            Self::Disrupted { .. } => CallState::MediaDisrupted,
            Self::Renewing { .. } => CallState::RenewingMedia,
        }
    }

    /// ICE gave up: there is nothing to wait for before renewing.
    pub(crate) const fn fail(&mut self, now: Millis) {
        match self {
            Self::Sound | Self::Disrupted { .. } => *self = Self::Disrupted { until: now },
            Self::Connecting | Self::Alone | Self::Renewing { .. } => {}
        }
    }

    /// `free`: an attempt could be made.
    pub(crate) fn deadline(&self, free: bool) -> Option<Millis> {
        match self {
            Self::Connecting | Self::Alone | Self::Sound => None,
            Self::Disrupted { until } => Some(*until),
            Self::Renewing { made, next, give_up } => Some(if free && *made < ATTEMPTS {
                (*next).min(*give_up)
            } else {
                *give_up
            }),
        }
    }
}

/// The ACK is there, or on its way with the answer: CONNECTING is over.
pub(crate) fn establish(call: &mut Call, cx: &mut Context<'_>) -> Next {
    let Some(Talking { path, .. }) = call.talking() else {
        return Next::On;
    };
    match path {
        Path::Connecting => {
            *path = Path::Sound;
            cx.mark(Mark::Connected);
            assess(call, cx)
        }
        Path::Alone | Path::Sound | Path::Disrupted { .. } | Path::Renewing { .. } => Next::On,
    }
}

/// Brings the path of an answered call in line with what is known of the audio and with the clock.
pub(crate) fn assess(call: &mut Call, cx: &mut Context<'_>) -> Next {
    let Some(Talking { talk, path, facts }) = call.talking() else {
        return Next::On;
    };
    let (held, held_by_peer) = talk.holds(cx);
    let lost = facts.audio == Audio::Stalled && !held && !held_by_peer;
    *path = match *path {
        Path::Connecting => Path::Connecting,
        Path::Alone => Path::Alone,
        Path::Sound if lost => Path::Disrupted {
            until: cx.now + PATIENCE,
        },
        Path::Sound => Path::Sound,
        Path::Disrupted { .. } | Path::Renewing { .. } if !lost => Path::Sound,
        Path::Disrupted { until } if until > cx.now => Path::Disrupted { until },
        Path::Disrupted { .. } => renew(talk, facts, cx, 0, cx.now, cx.now + RENEWAL_LIMIT),
        Path::Renewing { give_up, .. } if give_up <= cx.now => {
            let leg = talk.leg;
            return end_leg(call, cx, leg, EndReason::MediaLost);
        }
        Path::Renewing { made, next, give_up } => renew(talk, facts, cx, made, next, give_up),
    };
    Next::On
}

/// A new flow is there: the far end has to learn of it, or its BYE goes nowhere. An attempt to renew tells it as well.
pub(crate) fn refresh(call: &mut Call, cx: &mut Context<'_>) -> Next {
    let Some(Talking { talk, path, facts }) = call.talking() else {
        return Next::On;
    };
    match path {
        Path::Renewing { made, next, .. } if *made < ATTEMPTS && talk.is_quiet() => *next = cx.now,
        Path::Connecting | Path::Alone | Path::Sound | Path::Disrupted { .. } | Path::Renewing { .. } => {
            talk.want(facts, cx, Change::Refresh);
        }
    }
    assess(call, cx)
}

/// One direction is dead and the path works: new candidates may lead round whatever swallows it. The talk goes on meanwhile.
pub(crate) fn mend(call: &mut Call, cx: &mut Context<'_>) -> Next {
    if let Some(Talking {
        talk,
        path: Path::Sound,
        facts,
    }) = call.talking()
    {
        talk.want(facts, cx, Change::Renew);
    }
    Next::On
}

/// Makes the attempt that is due, if it can be made now.
fn renew(
    talk: &mut Talk,
    facts: &mut Facts,
    cx: &mut Context<'_>,
    made: u32,
    next: Millis,
    give_up: Millis,
) -> Path {
    if next > cx.now || made >= ATTEMPTS || !talk.is_quiet() || !cx.usable {
        return Path::Renewing { made, next, give_up };
    }
    let made = made + 1;
    talk.want(facts, cx, Change::Renew);
    Path::Renewing {
        made,
        next: cx.now + pause(made),
        give_up,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_attempts_fit_into_the_limit() {
        let last: Millis = (1..ATTEMPTS).map(pause).sum();
        assert_eq!(last, 45_000);
        assert!(last < RENEWAL_LIMIT);
    }
}
