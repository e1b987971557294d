//! What the test before a shift has found wanting.

use super::Notice;

/// The phone is not registered.
pub const NOT_READY: Notice = Notice::problem(
    "The phone is not connected.",
    "Calls cannot reach this browser now.",
    "Look at the line on top: it says why, and what helps.",
);

/// The microphone was open and heard nothing like a voice.
pub const NO_VOICE: Notice = Notice::problem(
    "The microphone did not hear you.",
    "It is open, but nothing as loud as a voice came from it.",
    "Speak during the test; check the mute switch of the headset, or choose another microphone.",
);

/// The browser has not let the page sound.
pub const NO_SOUND: Notice = Notice::problem(
    "The browser does not let this page sound.",
    "It waits for a click in the page, or sound is switched off for this site.",
    "Click in the page and test again; allow sound in the settings beside the page's address.",
);

/// The test call did not come up, or nothing came back.
pub const NO_CALL: Notice = Notice::problem(
    "The test call did not come through.",
    "No sound came back from the echo.",
    "Test again; if it stays so, a firewall or VPN may be blocking calls: tell your administrator.",
);

/// Too much of the test call was lost.
pub const LOSSY: Notice = Notice::problem(
    "Parts of your calls will be lost.",
    "More than 2 % of the test call's sound did not arrive.",
    "Use a cable or move closer to the Wi-Fi; close downloads and video.",
);

/// The test call came back late.
pub const SLOW: Notice = Notice::problem(
    "Your calls will have a long delay.",
    "The test call took more than 0.3 s there and back.",
    "Switch a VPN off if you may; tell your administrator if it stays so.",
);

/// The test call came unevenly, or sounds less than well for several small reasons.
pub const UNEVEN: Notice = Notice::problem(
    "Your calls may sound choppy.",
    "The test call arrived unevenly.",
    "Use a cable instead of Wi-Fi if you can; close other programs.",
);
