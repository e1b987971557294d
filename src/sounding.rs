//! Which sound a page should make, derived from the view alone.

use phone::view::{LegView, Way};
use phone::{CallState, EndReason, PageId, View};

/// What is heard, besides the far end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// Nothing.
    Silence,
    /// A call rings here. Every page wants it; the one that holds the `ring` lock sounds it.
    Ring,
    /// The far end rings and sends no audio of its own. Only in the page that dialled.
    Ringback,
    /// The far end was busy. Only in the page that dialled, for a few seconds.
    Busy,
}

/// The sound for `view` in page `me`; `last` is the page that owned the call before it ended.
pub fn sound(view: &View, me: Option<PageId>, last: Option<PageId>) -> Sound {
    if let Some(call) = &view.call {
        return match call.state {
            // Announced, it cannot be answered yet.
            CallState::Incoming if call.leg == LegView::Away => Sound::Silence,
            CallState::Incoming => Sound::Ring,
            // On an own leg of a call through the platform, the platform plays the ringing itself.
            CallState::Ringing if me.is_some() && call.owner == me && call.leg != LegView::Alone => {
                Sound::Ringback
            }
            CallState::Ringing
            | CallState::OutgoingInitiated
            | CallState::Early
            | CallState::Connecting
            | CallState::Answering
            | CallState::Established
            | CallState::MediaDisrupted
            | CallState::RenewingMedia
            | CallState::Ending => Sound::Silence,
        };
    }
    match &view.ended {
        Some(ended)
            if ended.way == Way::Out && ended.reason == EndReason::Busy && me.is_some() && last == me =>
        {
            Sound::Busy
        }
        Some(_) | None => Sound::Silence,
    }
}

#[cfg(test)]
mod tests {
    use phone::view::{CallView, EndedView, Peer};
    use phone::{CallId, LinkView, NewsLine};

    use super::*;

    const ME: PageId = PageId(1);
    const OTHER: PageId = PageId(2);

    fn peer() -> Peer {
        Peer {
            name: None,
            number: "1001".into(),
            uri: "sip:1001@sandbox.test".into(),
        }
    }

    fn during(way: Way, state: CallState, owner: Option<PageId>) -> View {
        let call = CallView {
            id: CallId(1),
            way,
            peer: peer(),
            state,
            leg: LegView::Here,
            started: 0,
            established: None,
            owner,
            muted: false,
            held: false,
            held_by_peer: false,
            hold_pending: false,
            digits: String::new(),
            call_sid: None,
            virtual_number: None,
            sip_call_id: "a".into(),
        };
        View {
            link: LinkView::Ready,
            news: NewsLine::Off,
            address: None,
            call: Some(call),
            ended: None,
            missed: Vec::new(),
            refusal: None,
        }
    }

    fn after(reason: EndReason) -> View {
        let ended = EndedView {
            id: CallId(1),
            way: Way::Out,
            peer: peer(),
            call_sid: None,
            reason,
            talked: 0,
            at: 0,
        };
        View {
            link: LinkView::Ready,
            news: NewsLine::Off,
            address: None,
            call: None,
            ended: Some(ended),
            missed: Vec::new(),
            refusal: None,
        }
    }

    #[test]
    fn every_page_rings() {
        let view = during(Way::In, CallState::Incoming, None);
        assert_eq!(sound(&view, Some(ME), None), Sound::Ring);
        assert_eq!(sound(&view, Some(OTHER), None), Sound::Ring);
    }

    #[test]
    fn a_call_that_is_only_announced_is_silent() {
        let mut view = during(Way::In, CallState::Incoming, None);
        if let Some(call) = &mut view.call {
            call.leg = LegView::Away;
        }
        assert_eq!(sound(&view, Some(ME), None), Sound::Silence);
    }

    #[test]
    fn ringback_only_where_dialled_and_not_over_early_media() {
        assert_eq!(
            sound(&during(Way::Out, CallState::Ringing, Some(ME)), Some(ME), None),
            Sound::Ringback
        );
        assert_eq!(
            sound(&during(Way::Out, CallState::Ringing, Some(ME)), Some(OTHER), None),
            Sound::Silence
        );
        assert_eq!(
            sound(&during(Way::Out, CallState::Early, Some(ME)), Some(ME), None),
            Sound::Silence
        );
    }

    #[test]
    fn no_ringback_over_the_platforms_own() {
        let mut view = during(Way::Out, CallState::Ringing, Some(ME));
        if let Some(call) = &mut view.call {
            call.leg = LegView::Alone;
        }
        assert_eq!(sound(&view, Some(ME), None), Sound::Silence);
    }

    #[test]
    fn busy_only_where_dialled() {
        assert_eq!(sound(&after(EndReason::Busy), Some(ME), Some(ME)), Sound::Busy);
        assert_eq!(
            sound(&after(EndReason::Busy), Some(OTHER), Some(ME)),
            Sound::Silence
        );
        assert_eq!(
            sound(&after(EndReason::HungUp), Some(ME), Some(ME)),
            Sound::Silence
        );
    }
}
