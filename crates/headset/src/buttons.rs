//! What a press means, from how the line stands. A headset answers our lights with its own switches: what only repeats what
//! was shown to it is no press.

use crate::Switches;

/// How the phone stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Line {
    /// No call.
    #[default]
    Free,
    /// A call rings here.
    Ringing,
    /// In a call, or dialling one.
    Talking {
        /// The microphone is muted.
        muted: bool,
    },
}

/// What the agent meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Press {
    /// Take the call that rings.
    Answer,
    /// Refuse the call that rings.
    Decline,
    /// End the call.
    HangUp,
    /// Mute, or not.
    Mute(bool),
    /// Hold, or resume.
    Hold,
}

/// A headset's switches as last seen, and the line as last shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Buttons {
    line: Line,
    hook: bool,
    mute: bool,
    drop: bool,
    flash: bool,
}

impl Buttons {
    /// The line has changed. What the headset will echo is known from now on.
    pub const fn show(&mut self, line: Line) {
        self.line = line;
        match line {
            Line::Free | Line::Ringing => self.hook = false,
            Line::Talking { .. } => self.hook = true,
        }
    }

    /// The switches of a report; what was pressed, if anything.
    pub fn press(&mut self, now: Switches) -> Option<Press> {
        let hook = changed(&mut self.hook, now.hook);
        let mute = changed(&mut self.mute, now.mute);
        let drop = changed(&mut self.drop, now.drop);
        let flash = changed(&mut self.flash, now.flash);
        let pressed = |switch: Option<bool>| switch == Some(true);
        match self.line {
            Line::Free => None,
            Line::Ringing if pressed(drop) => Some(Press::Decline),
            Line::Ringing if pressed(hook) => Some(Press::Answer),
            Line::Ringing => None,
            Line::Talking { .. } if hook == Some(false) || pressed(drop) => Some(Press::HangUp),
            Line::Talking { .. } if pressed(flash) => Some(Press::Hold),
            Line::Talking { muted } if now.mute_is_state => {
                mute.filter(|mute| *mute != muted).map(Press::Mute)
            }
            Line::Talking { muted } => pressed(mute).then_some(Press::Mute(!muted)),
        }
    }
}

/// Keeps what a report says of a switch; what it is now, if that is new.
fn changed(kept: &mut bool, now: Option<bool>) -> Option<bool> {
    let now = now.filter(|now| now != kept)?;
    *kept = now;
    Some(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::usual;

    /// A session: lines that are shown, and reports as recorded; what was pressed.
    fn session(steps: &[Result<Line, u8>]) -> Vec<Press> {
        let (layout, mut buttons) = (usual(), Buttons::default());
        let mut presses = Vec::new();
        for step in steps {
            match step {
                Ok(line) => buttons.show(*line),
                Err(bits) => presses.extend(buttons.press(layout.switches(2, &[*bits]))),
            }
        }
        presses
    }

    const TALKING: Line = Line::Talking { muted: false };

    #[test]
    fn the_hook_answers_and_hangs_up() {
        let steps = [Ok(Line::Ringing), Err(1), Ok(TALKING), Err(1), Err(0)];
        assert_eq!(session(&steps), [Press::Answer, Press::HangUp]);
    }

    #[test]
    fn an_echo_of_our_own_light_is_no_press() {
        // Answered on the screen: the headset reports that it is off the hook now. Ended there: on the hook.
        let steps = [Ok(Line::Ringing), Ok(TALKING), Err(1), Ok(Line::Free), Err(0)];
        assert_eq!(session(&steps), []);
    }

    #[test]
    fn drop_declines_or_ends() {
        assert_eq!(
            session(&[Ok(Line::Ringing), Err(0b100), Err(0)]),
            [Press::Decline]
        );
        assert_eq!(session(&[Ok(TALKING), Err(0b101)]), [Press::HangUp]);
    }

    #[test]
    fn each_press_of_mute_turns_it() {
        let steps = [
            Ok(TALKING),
            Err(0b11),
            Err(0b01),
            Ok(Line::Talking { muted: true }),
            Err(0b11),
            Err(0b01),
        ];
        assert_eq!(session(&steps), [Press::Mute(true), Press::Mute(false)]);
    }

    #[test]
    fn a_mute_that_reports_its_state_is_followed() {
        let mut buttons = Buttons::default();
        buttons.show(TALKING);
        let state = |mute| Switches {
            mute: Some(mute),
            mute_is_state: true,
            ..Switches::default()
        };
        assert_eq!(buttons.press(state(true)), Some(Press::Mute(true)));
        buttons.show(Line::Talking { muted: true });
        assert_eq!(buttons.press(state(true)), None);
        assert_eq!(buttons.press(state(false)), Some(Press::Mute(false)));
    }

    #[test]
    fn without_a_call_a_press_means_nothing() {
        assert_eq!(session(&[Err(1), Err(0), Err(0b110)]), []);
    }
}
