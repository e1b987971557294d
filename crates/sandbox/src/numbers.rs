//! The one table of what the far end can do: numbers to dial, and behaviours of those who call.

use crate::media::{Codecs, Sound};

/// One step of a far end's script. Steps run in order; only the two waits take time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Wait this many ms.
    Wait(u64),
    /// Wait this many ms, or as long as the caller of the control API said (`after_ms`).
    After(u64),
    /// 180 Ringing.
    Ring,
    /// 183 Session Progress with early media.
    EarlyMedia,
    /// 200 OK.
    Answer,
    /// A final refusal.
    Reject(u16),
    /// From now on, send this.
    Play(Sound),
    /// Lose every media datagram both ways, or stop losing them.
    Deaf(bool),
    /// Send no more audio, though the path works, until the other side makes an offer.
    Stuck,
    /// Hold or resume the other side, by re-INVITE.
    Hold(bool),
    /// BYE, or CANCEL while our own INVITE is unanswered.
    HangUp,
}

/// What a far end does, from INVITE to BYE.
#[derive(Debug, PartialEq)]
pub struct Behaviour {
    /// The number to dial, where it can be dialled.
    pub number: Option<&'static str>,
    /// Its name in the control API.
    pub behaviour: &'static str,
    /// Two or three words.
    pub title: &'static str,
    /// What happens, in a sentence.
    pub what: &'static str,
    /// What it can speak.
    pub codecs: Codecs,
    /// From the INVITE to the answer, when it is dialled.
    pub called: &'static [Step],
    /// While its own INVITE rings, when it calls.
    pub calling: &'static [Step],
    /// Once the call is up, either way.
    pub talking: &'static [Step],
}

impl Behaviour {
    /// Whether it has anything to say in a call of its own.
    pub fn can_call(&self) -> bool {
        !self.talking.is_empty()
    }
}

use Step::{After, Answer, Deaf, EarlyMedia, HangUp, Hold, Play, Reject, Ring, Stuck, Wait};

/// Rings for a moment, as a person would take.
const PICKS_UP: &[Step] = &[Ring, Wait(600), Answer];

/// Every behaviour there is. Served at `GET /control/numbers`.
pub static BEHAVIOURS: &[Behaviour] = &[
    Behaviour {
        number: Some("1001"),
        behaviour: "echo",
        title: "Echo",
        what: "Answers and sends your own voice back.",
        codecs: Codecs::Relay,
        called: PICKS_UP,
        calling: &[],
        talking: &[Play(Sound::Echo)],
    },
    Behaviour {
        number: Some("1002"),
        behaviour: "melody",
        title: "Melody",
        what: "Answers and plays a tune.",
        codecs: Codecs::G711,
        called: PICKS_UP,
        calling: &[],
        talking: &[Play(Sound::Melody)],
    },
    Behaviour {
        number: Some("1003"),
        behaviour: "tone440",
        title: "440 Hz tone",
        what: "Answers and plays a steady tone of 440 Hz.",
        codecs: Codecs::G711,
        called: PICKS_UP,
        calling: &[],
        talking: &[Play(Sound::Tone(440.0))],
    },
    Behaviour {
        number: Some("1004"),
        behaviour: "busy",
        title: "Busy",
        what: "Refuses at once with 486 Busy Here.",
        codecs: Codecs::G711,
        called: &[Reject(486)],
        calling: &[],
        talking: &[],
    },
    Behaviour {
        number: Some("1005"),
        behaviour: "no_answer",
        title: "No answer",
        what: "Rings until you give up.",
        codecs: Codecs::G711,
        called: &[Ring],
        calling: &[],
        talking: &[],
    },
    Behaviour {
        number: Some("1006"),
        behaviour: "early_answer",
        title: "Announcement, then answer",
        what: "Plays an announcement before the answer (183), answers after 4 s and plays a tune.",
        codecs: Codecs::G711,
        called: &[Play(Sound::Announcement), EarlyMedia, Wait(4_000), Answer],
        calling: &[],
        talking: &[Play(Sound::Melody)],
    },
    Behaviour {
        number: Some("1007"),
        behaviour: "early_busy",
        title: "Announcement, then busy",
        what: "Plays an announcement before the answer (183), then refuses with 486 after 4 s.",
        codecs: Codecs::G711,
        called: &[Play(Sound::Announcement), EarlyMedia, Wait(4_000), Reject(486)],
        calling: &[],
        talking: &[],
    },
    Behaviour {
        number: Some("1008"),
        behaviour: "declines",
        title: "Declines",
        what: "Rings for 2 s, then refuses with 603 Decline.",
        codecs: Codecs::G711,
        called: &[Ring, Wait(2_000), Reject(603)],
        calling: &[],
        talking: &[],
    },
    Behaviour {
        number: Some("1009"),
        behaviour: "drops_media",
        title: "Lost network",
        what: "Plays a tune; after 3 s all audio is lost both ways for 10 s, then goes on.",
        codecs: Codecs::G711,
        called: PICKS_UP,
        calling: &[],
        talking: &[
            Play(Sound::Melody),
            After(3_000),
            Deaf(true),
            Wait(10_000),
            Deaf(false),
        ],
    },
    Behaviour {
        number: Some("1010"),
        behaviour: "hangs_up",
        title: "Hangs up",
        what: "Answers, plays a tune and hangs up after 5 s.",
        codecs: Codecs::G711,
        called: PICKS_UP,
        calling: &[],
        talking: &[Play(Sound::Melody), After(5_000), HangUp],
    },
    Behaviour {
        number: Some("1011"),
        behaviour: "holds",
        title: "Holds you",
        what: "Plays a tone, holds you after 3 s with a tune, resumes after 5 s more.",
        codecs: Codecs::G711,
        called: PICKS_UP,
        calling: &[],
        talking: &[
            Play(Sound::Tone(440.0)),
            After(3_000),
            Play(Sound::Melody),
            Hold(true),
            Wait(5_000),
            Hold(false),
            Play(Sound::Tone(440.0)),
        ],
    },
    Behaviour {
        number: Some("1012"),
        behaviour: "digits",
        title: "Digits",
        what: "Answers and plays the tone of every digit you send.",
        codecs: Codecs::G711,
        called: PICKS_UP,
        calling: &[],
        talking: &[Play(Sound::Silence)],
    },
    Behaviour {
        number: Some("1013"),
        behaviour: "no_such_number",
        title: "No such number",
        what: "Cannot be dialled: refused at once with 404.",
        codecs: Codecs::G711,
        called: &[Reject(404)],
        calling: &[],
        talking: &[],
    },
    Behaviour {
        number: Some("1014"),
        behaviour: "one_way",
        title: "One-way audio",
        what: "Plays a tone; after 3 s you hear nothing any more, until your phone repairs it.",
        codecs: Codecs::G711,
        called: PICKS_UP,
        calling: &[],
        talking: &[Play(Sound::Tone(440.0)), After(3_000), Stuck],
    },
    Behaviour {
        number: Some("1015"),
        behaviour: "drops_media_long",
        title: "Lost network, longer",
        what: "Plays a tune; after 3 s all audio is lost both ways for 25 s, then goes on.",
        codecs: Codecs::G711,
        called: PICKS_UP,
        calling: &[],
        talking: &[
            Play(Sound::Melody),
            After(3_000),
            Deaf(true),
            Wait(25_000),
            Deaf(false),
        ],
    },
    Behaviour {
        number: Some("1016"),
        behaviour: "drops_media_for_good",
        title: "Lost network for good",
        what: "Plays a tune; after 3 s all audio is lost both ways and never comes back.",
        codecs: Codecs::G711,
        called: PICKS_UP,
        calling: &[],
        talking: &[Play(Sound::Melody), After(3_000), Deaf(true)],
    },
    Behaviour {
        number: None,
        behaviour: "cancels",
        title: "Gives up",
        what: "Calls and gives up after 3 s (or after_ms) if nobody answers; an answer gets a tune.",
        codecs: Codecs::G711,
        called: &[],
        calling: &[After(3_000), HangUp],
        talking: &[Play(Sound::Melody)],
    },
];

/// The behaviour behind a dialled number.
pub fn dialled(number: &str) -> Option<&'static Behaviour> {
    BEHAVIOURS
        .iter()
        .find(|behaviour| behaviour.number == Some(number))
}

/// A behaviour fit for a caller, by its name.
pub fn caller(name: &str) -> Option<&'static Behaviour> {
    BEHAVIOURS
        .iter()
        .find(|behaviour| behaviour.behaviour == name && behaviour.can_call())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_unique() {
        for (index, one) in BEHAVIOURS.iter().enumerate() {
            for other in &BEHAVIOURS[index + 1..] {
                assert_ne!(one.behaviour, other.behaviour);
                assert!(one.number.is_none() || one.number != other.number);
            }
        }
    }

    #[test]
    fn every_dialled_script_says_something() {
        for behaviour in BEHAVIOURS.iter().filter(|b| b.number.is_some()) {
            assert!(!behaviour.called.is_empty(), "{}", behaviour.title);
            let answers = behaviour.called.contains(&Answer);
            assert_eq!(answers, !behaviour.talking.is_empty(), "{}", behaviour.title);
        }
    }

    #[test]
    fn only_those_who_talk_can_call() {
        assert!(caller("echo").is_some());
        assert!(caller("busy").is_none());
        assert_eq!(dialled("1001").map(|b| b.behaviour), Some("echo"));
        assert!(dialled("9999").is_none());
    }
}
