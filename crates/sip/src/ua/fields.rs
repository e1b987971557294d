//! The header values our own messages carry.

use super::stack::Stack;
use crate::Uri;
use crate::dialog::{cseq, to_tag};
use crate::header::{Contact, ContentType, Header, MaxForwards, NameAddr, To, UserAgent};
use crate::message::{Headers, Method, Request, Response};

/// What we accept, in Allow's words. No UPDATE: a session changes by re-INVITE only.
pub(crate) const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO";
/// Bodies we read.
pub(crate) const ACCEPT: &str = "application/sdp, application/dtmf-relay";
/// Session descriptions.
pub(crate) const SDP: &str = "application/sdp";

/// Adds a header whose value is legal by construction.
pub(crate) fn put(headers: &mut Headers, name: &str, value: &str) {
    let _ = headers.push_raw(name, value);
}

/// Adds a tag to To.
pub(crate) fn tag_to(headers: &mut Headers, tag: &str) {
    if let Some(Ok(mut to)) = headers.typed::<To>() {
        to.0.params.set("tag", tag);
        headers.set(&to);
    }
}

/// The session description a message carries, if any.
pub(crate) fn sdp(headers: &Headers, body: &[u8]) -> Option<String> {
    let kind = headers.typed::<ContentType>()?.ok()?;
    if body.is_empty() || !kind.is(SDP) {
        return None;
    }
    String::from_utf8(body.to_vec()).ok()
}

/// Gives a message a body.
pub(crate) fn attach(headers: &mut Headers, body: &mut Vec<u8>, kind: &str, text: String) {
    put(headers, "Content-Type", kind);
    *body = text.into_bytes();
}

impl Stack {
    /// Max-Forwards and User-Agent, which every request of ours has.
    pub(crate) fn common(&self, request: &mut Request) {
        request.headers.push(&MaxForwards(70));
        if !self.config.user_agent.is_empty() {
            put(&mut request.headers, UserAgent::NAME, &self.config.user_agent);
        }
    }

    /// Our address as From, with a tag.
    pub(crate) fn from(&self, tag: &str) -> crate::header::From {
        let mut addr = NameAddr::new(self.config.address.clone());
        addr.display = self.config.display_name.clone();
        addr.params.set("tag", tag);
        crate::header::From(addr)
    }

    /// Contact for dialogs: `ob` keeps in-dialog requests on this flow (RFC 5626 §4.3).
    pub(crate) fn dialog_contact(&self) -> Contact {
        let mut uri: Uri = self.contact.clone();
        uri.add_param(";ob");
        Contact::Address(NameAddr::new(uri))
    }

    /// What an INVITE, or a response that can make or refresh a dialog, says about us.
    pub(crate) fn describe(&self, headers: &mut Headers) {
        headers.push(&self.dialog_contact());
        put(headers, "Allow", ALLOW);
        put(headers, "Supported", "outbound");
    }

    /// A response to an INVITE as `local_tag`, with a session description where given.
    pub(crate) fn invite_response(
        &self,
        invite: &Request,
        status: u16,
        local_tag: &str,
        sdp: Option<String>,
    ) -> Response {
        let mut response = invite.reply(status);
        if to_tag(&response.headers).is_empty() {
            tag_to(&mut response.headers, local_tag);
        }
        if status < 300 {
            self.describe(&mut response.headers);
        }
        if let Some(sdp) = sdp {
            attach(&mut response.headers, &mut response.body, SDP, sdp);
        }
        response
    }
}

/// The ACK of a 2xx carries the credentials of its INVITE (§22.1).
pub(crate) fn lend_credentials(invite: &Request, ack: &mut Request) {
    if cseq(&invite.headers) == cseq(&ack.headers) && ack.method == Method::Ack {
        ack.headers.copy(&invite.headers, "Authorization");
        ack.headers.copy(&invite.headers, "Proxy-Authorization");
    }
}
