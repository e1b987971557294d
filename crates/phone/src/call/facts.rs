//! What is true of a call in whatever phase it is.

use sip::message::Headers;

use super::context::Context;
use super::digits::Digits;
use crate::view::{Peer, Way};
use crate::{CallId, MediaRequest, Millis, News, PageId};

/// Facts of a call that no phase changes the meaning of.
pub(crate) struct Facts {
    pub(crate) id: CallId,
    pub(crate) way: Way,
    pub(crate) peer: Peer,
    pub(crate) started: Millis,
    pub(crate) muted: bool,
    pub(crate) audio: Audio,
    pub(crate) digits: Digits,
    pub(crate) call_sid: Option<String>,
    pub(crate) virtual_number: Option<String>,
    pub(crate) sip_call_id: String,
    /// Pages that were asked to do something about its media and not yet to close it.
    pub(crate) holders: Vec<PageId>,
}

/// The owning page's last word on arriving audio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audio {
    /// None yet.
    Unheard,
    Flowing,
    Stalled,
}

impl Facts {
    pub(crate) const fn new(id: CallId, way: Way, peer: Peer, started: Millis) -> Self {
        Self {
            id,
            way,
            peer,
            started,
            muted: false,
            audio: Audio::Unheard,
            digits: Digits::new(),
            call_sid: None,
            virtual_number: None,
            sip_call_id: String::new(),
            holders: Vec::new(),
        }
    }

    /// Sends a page a request, remembering that it now has something to close.
    pub(crate) fn ask(&mut self, cx: &mut Context<'_>, page: PageId, request: MediaRequest) {
        if !self.holders.contains(&page) {
            self.holders.push(page);
        }
        cx.ask(page, request);
    }

    /// Their final answer to our offer goes to the page.
    pub(super) fn agreed(&mut self, cx: &mut Context<'_>, owner: PageId, answer: String) {
        let request = MediaRequest::Remote {
            call: self.id,
            answer,
            provisional: false,
        };
        self.ask(cx, owner, request);
    }

    /// Every page lets go.
    pub(crate) fn close_all(&mut self, cx: &mut Context<'_>) {
        for page in self.holders.drain(..) {
            cx.ask(page, MediaRequest::Close { call: self.id });
        }
    }

    /// Every page but the owner lets go.
    pub(crate) fn close_others(&mut self, cx: &mut Context<'_>, owner: PageId) {
        let (kept, closed): (Vec<_>, Vec<_>) = self.holders.drain(..).partition(|page| *page == owner);
        self.holders = kept;
        for page in closed {
            cx.ask(page, MediaRequest::Close { call: self.id });
        }
    }

    /// That page is gone and its media with it.
    pub(crate) fn forget(&mut self, page: PageId) {
        self.holders.retain(|holder| *holder != page);
    }

    /// Takes over what the server knows better: its number of a caller wins over the INVITE's (a trunk may have put its own
    /// there, and what is masked for this agent must stay so).
    pub(crate) fn learn(&mut self, news: &News) {
        if self.call_sid.is_none() {
            self.call_sid = Some(news.sid.clone());
        }
        self.virtual_number = Some(news.virtual_number.clone()).filter(|number| !number.is_empty());
        if self.way == Way::In {
            self.peer.learn(&news.number);
            // Our own leg of a call whose placing nobody answered, taken by hand.
            self.way = news.way;
        }
    }

    /// Keeps what support asks for, from any message of the call.
    pub(crate) fn note_headers(&mut self, headers: &Headers) {
        if let Some(sid) = headers.get("X-Exotel-Callsid") {
            self.call_sid = Some(sid.to_owned());
        }
        if let Some(call_id) = headers.get("Call-ID") {
            self.sip_call_id = call_id.to_owned();
        }
    }
}
