//! What a screen may show: plain values, compared and copied freely.

use serde::{Deserialize, Serialize};

use crate::{CallId, EndReason, LinkFault, Millis, Outcome, PageId};

/// The whole phone at one moment. Its address is redacted in Debug.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// The registration, as it truly is.
    pub link: LinkView,
    /// The companion server's news.
    pub news: NewsLine,
    /// Our SIP address once an account is in use.
    pub address: Option<String>,
    /// The current call, if any.
    pub call: Option<CallView>,
    /// The last call that ended, until dismissed or replaced.
    pub ended: Option<EndedView>,
    /// Missed calls, newest first, at most 50.
    pub missed: Vec<MissedView>,
    /// The last command that could not be obeyed; replaced by the next.
    pub refusal: Option<Refusal>,
}

/// State of the registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkView {
    /// No account, or signed out.
    Idle,
    /// Socket opening, or REGISTER on its way.
    Connecting,
    /// A 200 OK on this very flow, not yet expired.
    Ready,
    /// Waiting to try again.
    Waiting {
        /// When the next attempt starts.
        until: Millis,
        /// What went wrong.
        fault: LinkFault,
    },
    /// The browser has no network; resumes by itself.
    Offline,
    /// Given up until the agent changes something.
    Refused(LinkFault),
}

/// The line on which a companion server tells how calls stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NewsLine {
    /// No server, or nobody signed in there.
    Off,
    /// Being opened.
    Opening,
    /// News come as they happen.
    Live,
    /// Interrupted; what happens meanwhile is told afterwards.
    Waiting {
        /// When the next attempt starts.
        until: Millis,
    },
    /// The session is over: sign in again. A call that is up goes on.
    SignedOut,
}

/// The seed's call states (voice-client-sdk-guide §4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CallState {
    /// Dialled, nothing heard yet.
    OutgoingInitiated,
    /// Early media before the answer.
    Early,
    /// The far end rings.
    Ringing,
    /// Answered by the far end, media being set up.
    Connecting,
    /// Ringing here.
    Incoming,
    /// Accepted here, not yet up.
    Answering,
    /// Talking.
    Established,
    /// Audio lost, recovery about to run.
    MediaDisrupted,
    /// Audio being renewed.
    RenewingMedia,
    /// Hang-up under way.
    Ending,
}

/// Who called whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// They called us.
    In,
    /// We called them.
    Out,
}

/// The far end. Redacted in Debug.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    /// Display name, where one was sent.
    pub name: Option<String>,
    /// Number or user part to show.
    pub number: String,
    /// Full SIP URI.
    pub uri: String,
}

/// The current call. Redacted in Debug.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct CallView {
    /// Its id.
    pub id: CallId,
    /// Who called whom.
    pub way: Way,
    /// The far end.
    pub peer: Peer,
    /// Where it stands.
    pub state: CallState,
    /// What this phone has of it.
    pub leg: LegView,
    /// When it was dialled or first rang.
    pub started: Millis,
    /// When it was established.
    pub established: Option<Millis>,
    /// The page whose browser carries its audio.
    pub owner: Option<PageId>,
    /// Our microphone is muted.
    pub muted: bool,
    /// We hold them (from our side of the last agreed offer and answer).
    pub held: bool,
    /// They hold us.
    pub held_by_peer: bool,
    /// A hold or resume is on its way.
    pub hold_pending: bool,
    /// Digits sent, oldest first.
    pub digits: String,
    /// Exotel's id of the call, from `X-Exotel-Callsid` or the server.
    pub call_sid: Option<String>,
    /// The number that was called or called with, if the server has said.
    pub virtual_number: Option<String>,
    /// SIP Call-ID, for support.
    pub sip_call_id: String,
}

/// What this phone has of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LegView {
    /// Nothing yet: the server announced it or is asked to place it. It cannot be answered, only declined or hung up.
    Away,
    /// Its leg.
    Here,
    /// Its own leg is up, and as far as anybody has said the customer is not on it yet. RINGING while news can be expected;
    /// CONNECTING while none can: then the line is simply open.
    Alone,
}

/// A call that is over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EndedView {
    /// Its id.
    pub id: CallId,
    /// Who called whom.
    pub way: Way,
    /// The far end.
    pub peer: Peer,
    /// The platform's id of it.
    pub call_sid: Option<String>,
    /// Why it ended.
    pub reason: EndReason,
    /// Seconds talked; 0 if never established.
    pub talked: u32,
    /// When it ended.
    pub at: Millis,
}

/// A call nobody answered here. Redacted in Debug.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct MissedView {
    /// Its id.
    pub id: CallId,
    /// The caller.
    pub peer: Peer,
    /// The platform's id of it; one entry for each.
    pub call_sid: Option<String>,
    /// The number that was called, if the server has said.
    pub virtual_number: Option<String>,
    /// The server's word on how it ended; `None` while only this phone knows of it. An entry that turns out to have been
    /// answered elsewhere or declined stays, as seen; one that was answered by this agent goes.
    pub outcome: Option<Outcome>,
    /// When it rang.
    pub at: Millis,
    /// It came while another call was up and was refused as busy.
    pub busy: bool,
    /// The agent has looked at it.
    pub seen: bool,
}

/// Why a command was not obeyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Not registered.
    NotReady,
    /// A call is up already.
    InCall,
    /// The dialled text is not a number or SIP address.
    BadNumber,
    /// The far end refused to hold or resume.
    HoldRefused,
    /// The digit could not be sent.
    DigitRefused,
}

impl core::fmt::Debug for Peer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Peer([redacted])")
    }
}

impl core::fmt::Debug for View {
    /// Without our own address: it may be a number.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("View")
            .field("link", &self.link)
            .field("news", &self.news)
            .field("call", &self.call)
            .field("ended", &self.ended)
            .field("missed", &self.missed)
            .field("refusal", &self.refusal)
            .finish_non_exhaustive()
    }
}

impl core::fmt::Debug for CallView {
    /// Without numbers and digits: the digits may be a card's PIN.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("CallView")
            .field("id", &self.id)
            .field("way", &self.way)
            .field("state", &self.state)
            .field("leg", &self.leg)
            .field("owner", &self.owner)
            .field("call_sid", &self.call_sid)
            .finish_non_exhaustive()
    }
}

impl core::fmt::Debug for MissedView {
    /// Without numbers.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("MissedView")
            .field("id", &self.id)
            .field("call_sid", &self.call_sid)
            .field("outcome", &self.outcome)
            .field("at", &self.at)
            .field("busy", &self.busy)
            .field("seen", &self.seen)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_keeps_numbers_and_digits() {
        let json = r#"{"link":"Ready","news":"Off","address":"sip:+918040408080@sandbox.test","call":{"id":1,"way":"In",
            "peer":{"name":null,"number":"+918040408080","uri":""},"state":"Established","leg":"Here","started":0,
            "established":null,"owner":null,"muted":false,"held":false,"held_by_peer":false,"hold_pending":false,
            "digits":"4711","call_sid":null,"virtual_number":"+918040408080","sip_call_id":"a"},"ended":null,"missed":[
            {"id":2,"peer":{"name":null,"number":"+918040408080","uri":""},"call_sid":null,
            "virtual_number":"+918040408080","outcome":null,"at":0,"busy":false,"seen":false}],"refusal":null}"#;
        let view: View = serde_json::from_str(json).unwrap();
        let text = format!("{view:?}");
        assert!(!text.contains("8040") && !text.contains("4711"), "{text}");
    }
}
