//! A sign-in on its way: the page waits for it to be seen done.

use phone::{LinkView, View};
use protocol::embed::{Fault, FaultCode};
use softphone::words;

/// One at a time; a later one takes its place.
///
/// ```text
///  Idle ──asked──► Asked ──the worker has begun──► Begun ──Ready, Refused──► Idle
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum SigningIn {
    /// None.
    #[default]
    Idle,
    /// The worker has still to look at it; what it shows is of the account before.
    Asked(u32),
    /// The worker is at it.
    Begun(u32),
}

impl SigningIn {
    /// How the phone stands now. Once that shows the end of it: the command's number, and why not.
    pub(crate) fn look(&mut self, view: &View, now: u64) -> Option<(u32, Result<(), Fault>)> {
        let id = match (*self, &view.link) {
            (Self::Idle, _) | (Self::Asked(_), LinkView::Idle | LinkView::Refused(_)) => return None,
            (Self::Asked(id) | Self::Begun(id), _) => id,
        };
        *self = Self::Begun(id);
        let done = match &view.link {
            LinkView::Ready => Ok(()),
            LinkView::Refused(_) => Err(Fault::new(FaultCode::Refused, words::link(&view.link, now))),
            LinkView::Idle => Err(Fault::new(
                FaultCode::SignedOut,
                "The phone was signed out meanwhile.",
            )),
            LinkView::Connecting | LinkView::Waiting { .. } | LinkView::Offline => return None,
        };
        *self = Self::Idle;
        Some((id, done))
    }
}
