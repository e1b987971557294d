//! What the page and its panes say to each other over a `MessagePort`, packed like [`crate::wire`]. The page owns phone,
//! calls and session; the panes show lists beside them, ask the server for what only they show, and say what was pressed. The
//! link to a host (`src/link.rs`) is told the same, and says what the host asks.

use phone::CallId;
use phone::view::MissedView;
use serde::{Deserialize, Serialize};

/// Page to panes: each but the last two says how one pane stands from now on.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub enum ToPanes {
    /// Calls nobody answered, newest first.
    Missed(Vec<MissedView>),
    /// Read the newest past calls of this session now; `None` where nobody's may show.
    Past(Option<Asker>),
    /// Nobody is signed in to the server there is: true if the agent was told why, false if it is their wish or nobody has
    /// been. `None` while somebody is, or may be.
    SignedOut(Option<bool>),
    /// The agent wants to sign out, and has notes that are not saved.
    Leaving,
    /// The demo's panel; `None` while it is not on the screen.
    Demo(Option<Demo>),
    /// The call that rings or goes on.
    Call(Option<OnCall>),
    /// How the registration stands.
    Registration(Registration),
    /// What stands in the field *Number* where the platform would call it; empty elsewhere.
    Typed(String),
    /// A call is over that was talked on; whoever has judged its sound may ask for a rating.
    Over(Over),
}

/// How the registration stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Calls can come and go.
    pub ready: bool,
    /// In words; of one that waits, why.
    pub words: String,
}

/// The call that rings or goes on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnCall {
    /// The phone's name of it.
    pub id: CallId,
    /// The platform's id of it; empty where no server knows it.
    pub sid: String,
    /// Who it is, as the popup says.
    pub who: String,
    /// The number that was called or called with, once the server has heard of the call.
    pub virtual_number: Option<String>,
    /// It was called from here.
    pub dialled: bool,
    /// It rings here.
    pub ringing: bool,
    /// Our microphone is muted.
    pub muted: bool,
    /// We hold them.
    pub held: bool,
}

/// A call that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Over {
    /// See [`Asker::run`].
    pub run: u32,
    /// The phone's name of it.
    pub id: CallId,
    /// The platform's id of it.
    pub sid: String,
}

/// Panes to page. Not shown in Debug: one holds a ticket.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromPanes {
    /// The agent wants this number or address called.
    Dial(String),
    /// This belongs into the field *Number*.
    Fill(String),
    /// The agent wants the customer of an earlier call called, whose number they may not see.
    CallBack {
        /// The earlier call.
        sid: String,
        /// The number as they see it.
        number: String,
    },
    /// The agent signs out, whatever is not saved.
    SignOut,
    /// *Answer* was pressed outside the page: on a notification, or on a headset.
    Answer(CallId),
    /// *Decline* was, in the same way.
    Decline(CallId),
    /// A headset's button has ended the call.
    HangUp(CallId),
    /// A headset's button mutes, or no more.
    Mute(CallId, bool),
    /// A headset's button holds, or no more.
    Hold(CallId, bool),
    /// The shift has not begun: this browser is not ready to ring. Or it has.
    ShiftDue(bool),
    /// The agent has looked at the missed calls.
    MissedSeen,
    /// The server no longer knows the session that [`Asker::run`] was given for.
    SessionEnded(u32),
    /// One direction of this call is dead: what the page is to try.
    Mend(CallId, Mend),
    /// Sign in by a ticket that the page around has given.
    SignIn(String),
    /// Other devices are in force (`src/devices.rs`); with the microphone among them, or without.
    Devices {
        /// The microphone is to be opened anew.
        microphone: bool,
    },
}

/// What helps a call of which one direction is dead. The microphone is mended as if another had been chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mend {
    /// Play the far end's sound anew.
    Play,
    /// A new path: ICE credentials and candidates, in a re-INVITE.
    Path,
}

/// In whose name the server is asked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asker {
    /// One for each time somebody signed in: what was asked for another shows no more.
    pub run: u32,
    /// Their `AppUserId`; empty for somebody without a phone.
    pub agent: String,
    /// The token of a page inside a frame; elsewhere the cookie stands in.
    pub bearer: Option<String>,
    /// After what this is: gaps in the server's news, the last call that ended, missed calls. The past is read anew when
    /// any of it has changed.
    pub after: (u32, Option<CallId>, usize),
}

/// The sandbox beside the phone, as it stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demo {
    /// Where its control API is.
    pub control: String,
    /// Whom to ring: the user part of the phone's address; empty while there is none.
    pub user: String,
    /// A companion server is between: callers come through the platform, and webhooks follow.
    pub served: bool,
    /// Numbers are called through the platform.
    pub platform_calls: bool,
    /// No call can be made now.
    pub busy: bool,
}

impl Demo {
    /// What calls one of the sandbox's short numbers. The platform wants whole ones; the last four digits choose what the
    /// far end does.
    #[must_use]
    pub fn target(&self, short: &str) -> String {
        if self.platform_calls {
            ["+91804000", short].concat()
        } else {
            short.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platform_is_given_whole_numbers() {
        let demo = |platform_calls| Demo {
            control: "/control".into(),
            user: "asha".into(),
            served: true,
            platform_calls,
            busy: false,
        };
        assert_eq!(demo(true).target("1001"), "+918040001001");
        assert_eq!(demo(false).target("1001"), "1001");
    }
}
