//! Every way a link, a call or a microphone can fail, typed. Sentences for people live in the page's notices.

use serde::{Deserialize, Serialize};

/// Why the phone is not registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkFault {
    /// The server address is not a `ws:` or `wss:` URL.
    BadServerAddress,
    /// The SIP address does not parse.
    BadSipAddress,
    /// The socket never opened: wrong address, server down, or an untrusted certificate (a browser does not say which).
    Unreachable,
    /// The server closed the socket at once or broke the protocol before registration.
    ClosedEarly,
    /// The socket was lost after it worked.
    Lost,
    /// The server did not answer REGISTER.
    NoAnswer,
    /// Digest refused after one try: wrong user name or password. Ends the attempts.
    WrongPassword,
    /// No challenge offered an algorithm we can compute.
    UnsupportedAuth,
    /// REGISTER refused with this status and phrase. Ends the attempts for 403/404; others are retried.
    Refused {
        /// SIP status code.
        status: u16,
        /// The server's own words.
        phrase: String,
    },
}

/// Why audio could not be had in a page. One clear sentence each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MediaFault {
    /// The user or a policy denied the microphone for this site.
    DeniedBySite,
    /// The operating system denies the browser the microphone.
    DeniedBySystem,
    /// Another program holds the microphone.
    InUse,
    /// There is no microphone.
    NoDevice,
    /// The embedding page's Permissions-Policy or `allow` attribute blocks it.
    BlockedByEmbedder,
    /// The page is not a secure context (no HTTPS).
    Insecure,
    /// The browser has no WebRTC.
    Unsupported,
    /// The far end's session description cannot be used (no common codec, broken SDP).
    Negotiation,
    /// No network path for audio was found.
    NoPath,
    /// The page did not reply within 10 s: it hangs, or a permission question stands unanswered.
    NoReply,
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndReason {
    /// We hung up.
    HungUp,
    /// The far end hung up.
    RemoteHungUp,
    /// We declined it.
    Declined,
    /// We took the announcement of it off the screen; its leg is refused if it comes here.
    Hidden,
    /// The caller gave up before we answered.
    CallerCancelled,
    /// Another phone of ours answered (RFC 3326 `cause=200`).
    AnsweredElsewhere,
    /// Far end busy (486, 600).
    Busy,
    /// Far end declined (603).
    RemoteDeclined,
    /// Nobody answered (408, 480, 487 by timer).
    NoAnswer,
    /// Number or address unknown (404, 410, 484, 604).
    NotFound,
    /// Refused with another status.
    Refused {
        /// SIP status code.
        status: u16,
        /// The server's own words.
        phrase: String,
    },
    /// We gave up calling before an answer.
    Cancelled,
    /// Audio could not be set up.
    Media(MediaFault),
    /// Audio stopped and could not be recovered within 60 s.
    MediaLost,
    /// The page that held the audio was closed.
    PageClosed,
    /// The dialled text is neither a number nor a SIP address.
    BadNumber,
    /// The server could not be reached in time.
    LinkLost,
    /// Digest refused for the call itself.
    WrongPassword,
    /// The platform, or the server before it, did not place the call.
    PlaceRefused {
        /// Why, for the agent.
        words: String,
    },
    /// Nobody knows whether the platform placed the call.
    PlaceUnknown {
        /// What happened, for the agent.
        words: String,
    },
    /// Our own phone was not reached with its leg of a call placed through the platform.
    OwnLegUnanswered,
    /// The platform could not dial one of the two sides.
    NotDialled,
}
