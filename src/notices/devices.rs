//! What to tell of a headset that comes or goes, and of noise suppression that does not work.

use super::Notice;
use crate::devices::Change;
use crate::language::{fill, t};

/// The program of the noise suppression does not load.
pub const NO_SUPPRESSION: Notice = Notice::problem(
    "Noise suppression did not start.",
    "Its program could not be fetched, or this browser cannot run it.",
    "Press it again, or go on without: your calls are not affected.",
);
/// Another program has its buttons, or the system does not give it.
pub const HEADSET_CLOSED: Notice = Notice::problem(
    "The headset's buttons could not be used.",
    "Another program may have them, or the system does not give them to the browser.",
    "Close other calling programs and connect it again; its sound is not affected.",
);
/// The audio thread was late.
pub const TOO_SLOW: Notice = Notice::problem(
    "Noise suppression was switched off.",
    "This computer is too busy for it, and late sound is worse than noise.",
    "Close other programs and switch it on again.",
);

impl From<&Change> for Notice {
    fn from(change: &Change) -> Self {
        match change {
            Change::Back(device) => Self {
                title: fill("{0} is in use again.", &[&device.label]).into(),
                why: None,
                remedy: None,
            },
            Change::Gone(device, instead) => {
                let why = match instead {
                    Some(other) => fill("{0} is used instead.", &[&other.label]),
                    None => t("The computer's own choice is used instead.").to_owned(),
                };
                Self {
                    title: fill("{0} is not connected any more.", &[&device.label]).into(),
                    why: Some(why.into()),
                    remedy: Some(t("Plug it in or switch it on to use it again.")),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::devices::{Device, Kind};

    #[test]
    fn what_is_used_instead_is_named() {
        let device = |label: &str| Device {
            kind: Kind::Input,
            id: String::new(),
            label: label.into(),
        };
        let gone = Notice::from(&Change::Gone(device("Headset"), Some(device("Webcam"))));
        assert_eq!(gone.title, "Headset is not connected any more.");
        assert_eq!(gone.why.as_deref(), Some("Webcam is used instead."));
        assert!(gone.remedy.is_some());
        let back = Notice::from(&Change::Back(device("Headset")));
        assert_eq!(back.title, "Headset is in use again.");
    }
}
