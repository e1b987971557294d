//! What a transition of a call may reach.

use sip::{Instant, Queue, UserAgent};

use crate::view::Refusal;
use crate::{Mark, MediaRequest, Millis, Output, PageId};

/// The rest of the phone, lent to the call for one input.
pub(crate) struct Context<'a> {
    pub(crate) now: Millis,
    pub(crate) ua: &'a mut UserAgent,
    pub(crate) out: &'a mut Queue<Output>,
    /// What the user agent had to say meanwhile; handled after this transition.
    pub(crate) events: &'a mut Queue<sip::Event>,
    /// Every attached page.
    pub(crate) pages: &'a [PageId],
    /// Requests within a call can be sent.
    pub(crate) usable: bool,
    /// Frames can be sent.
    pub(crate) flow: bool,
    pub(crate) refusal: &'a mut Option<Refusal>,
    /// Legs to hang up as soon as the link is back.
    pub(crate) owed: &'a mut Vec<sip::CallId>,
}

impl Context<'_> {
    pub(crate) const fn at(&self) -> Instant {
        Instant(self.now)
    }

    /// Moves what the user agent wants sent behind what has been put out so far.
    pub(crate) fn flush(&mut self) {
        while let Some(output) = self.ua.poll() {
            match output {
                // Without a flow there is nobody to hear it.
                sip::Output::Send(text) if self.flow => self.out.push(Output::Send(text)),
                sip::Output::Send(_) => {}
                sip::Output::Event(event) => self.events.push(event),
            }
        }
    }

    pub(crate) fn ask(&mut self, page: PageId, request: MediaRequest) {
        self.out.push(Output::Media(page, request));
    }

    pub(crate) fn mark(&mut self, mark: Mark) {
        self.out.push(Output::Mark(mark));
    }

    pub(crate) fn refuse(&mut self, refusal: Refusal) {
        *self.refusal = Some(refusal);
    }

    /// CANCEL or BYE, now or when the link is back. Says whether a request is on its way.
    pub(crate) fn hang_up(&mut self, leg: sip::CallId) -> bool {
        if !self.usable {
            self.owe(leg);
            return false;
        }
        let sent = self.ua.hang_up(self.at(), leg, None).is_ok();
        self.flush();
        sent
    }

    /// Hang this leg up when the link is back.
    pub(crate) fn owe(&mut self, leg: sip::CallId) {
        if !self.owed.contains(&leg) {
            self.owed.push(leg);
        }
    }

    /// Refuses an INVITE with this status.
    pub(crate) fn reject(&mut self, leg: sip::CallId, status: u16) {
        // The caller may have cancelled meanwhile; then there is nothing to refuse.
        let _ = self.ua.reject(self.at(), leg, status, None);
        self.flush();
    }
}
