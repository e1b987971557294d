//! What to tell of a call that does not sound as it should: what the agent and the far side notice, and what helps.

use quality::{Trouble, Way};

use super::Notice;

impl From<Trouble> for Notice {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::LossIn => Self::problem(
                "You may miss some of their words.",
                "Part of their sound is lost on its way to you.",
                "Move closer to your Wi-Fi or use a cable; close downloads and video.",
            ),
            Trouble::LossOut => Self::problem(
                "They may miss some of your words.",
                "Part of your sound is lost on its way to them.",
                "Move closer to your Wi-Fi or use a cable; close uploads and video.",
            ),
            Trouble::Delay => Self::problem(
                "There is a long delay.",
                "Your voices take almost half a second there and back.",
                "Pause after speaking; switch a VPN off if you may.",
            ),
            Trouble::Jitter => Self::problem(
                "The sound may be choppy.",
                "Their sound arrives unevenly.",
                "Close what else uses the network; prefer a cable to Wi-Fi.",
            ),
            Trouble::Poor => Self::problem(
                "The call quality is poor.",
                "Delay and losses add up.",
                "Use a cable or another network if you can.",
            ),
        }
    }
}

impl From<Way> for Notice {
    fn from(way: Way) -> Self {
        match way {
            Way::In => Self::problem(
                "You cannot hear them.",
                "No sound arrives from the other side. They may still hear you.",
                "Tell them so; the phone is trying to repair it.",
            ),
            Way::Out => Self::problem(
                "They cannot hear you.",
                "Your sound does not reach the other side.",
                "Wait a few seconds: the phone is trying to repair it.",
            ),
            Way::Microphone => Self::problem(
                "Your microphone is silent.",
                "It is open, but gives no sound at all.",
                "Check the mute switch on your headset, or choose another microphone.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_says_what_is_noticed_why_and_what_helps() {
        let troubles = Trouble::ALL.map(Notice::from);
        let ways = [Way::In, Way::Out, Way::Microphone].map(Notice::from);
        for notice in troubles.iter().chain(&ways) {
            let parts = [Some(&*notice.title), notice.why.as_deref(), notice.remedy];
            assert!(
                parts
                    .iter()
                    .all(|part| part.is_some_and(|text| text.ends_with('.'))),
                "{notice:?}"
            );
        }
    }
}
