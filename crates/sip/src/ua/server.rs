//! One INVITE of theirs being answered.

use crate::Instant;
use crate::dialog::{cseq, from_tag};
use crate::message::Request;
use crate::transaction::{InviteServer, ServerKey};

/// An INVITE server transaction with what identifies the INVITE under any branch.
pub(crate) struct Server {
    pub(crate) key: ServerKey,
    pub(crate) machine: InviteServer,
    /// The flow it came by.
    pub(crate) flow: u32,
    call_id: String,
    from_tag: String,
    cseq: u32,
}

impl Server {
    pub(crate) fn new(key: ServerKey, invite: &Request, flow: u32, trying: String) -> Self {
        Self {
            key,
            machine: InviteServer::Proceeding { last: trying },
            flow,
            call_id: invite.headers.get("Call-ID").unwrap_or_default().to_owned(),
            from_tag: from_tag(&invite.headers),
            cseq: cseq(&invite.headers),
        }
    }

    /// Whether `invite` came here before by another path.
    pub(crate) fn is_same_invite(&self, invite: &Request) -> bool {
        invite.headers.get("Call-ID") == Some(&self.call_id)
            && cseq(&invite.headers) == self.cseq
            && from_tag(&invite.headers) == self.from_tag
    }

    pub(crate) fn respond(self, now: Instant, status: u16, written: String) -> Self {
        Self {
            machine: self.machine.respond(now, status, written),
            ..self
        }
    }
}
