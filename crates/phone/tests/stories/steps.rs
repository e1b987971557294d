//! The words stories are told in.

use phone::view::Refusal;
use phone::{
    Account, CallState, Command, EndReason, Input, LinkView, Mark, MediaEvent, MediaRequest, PageId,
    SocketEvent,
};
use sip::header::Reason;
use sip::sdp::Direction;
use sip::{EndCause, Event, Instant, Uri};

use crate::page;
use crate::world::{SEED, World};

/// Long enough for any exchange that needs no timer, ms.
pub(crate) const MOMENT: u64 = 200;

pub(crate) fn account() -> Account {
    Account {
        server: String::from("ws://127.0.0.1:8088/sip"),
        spares: Vec::new(),
        address: String::from("asha@sandbox.test"),
        auth_user: None,
        display_name: Some(String::from("Asha")),
        password: String::from("s3cret"),
    }
}

/// A phone with one page and no account.
pub(crate) fn fresh() -> World {
    World::with_seed(SEED)
}

/// A registered phone with one page.
pub(crate) fn ready() -> World {
    let mut world = fresh();
    world.click(1, Command::Connect(account()));
    world.wait(MOMENT);
    world.is(LinkView::Ready);
    world
}

/// In a call that page 1 answered.
pub(crate) fn talking() -> (World, sip::CallId) {
    let mut world = ready();
    let leg = world.rings();
    world.answer(1);
    world.shows(CallState::Established);
    (world, leg)
}

impl World {
    // --- the far end ---

    /// The far end calls the phone.
    pub(crate) fn rings(&mut self) -> sip::CallId {
        self.rings_with(page::offer(Direction::SendRecv), &[("X-Exotel-Callsid", "sid-1")])
    }

    pub(crate) fn rings_with(&mut self, offer: String, extra: &[(&str, &str)]) -> sip::CallId {
        let target = Uri::parse("sip:asha@sandbox.test").unwrap();
        let leg = self
            .server
            .ua
            .invite(Instant(self.now), target, offer, extra)
            .unwrap();
        self.serve();
        self.wait(MOMENT);
        leg
    }

    /// The leg of the last call the phone made.
    pub(crate) fn leg(&self) -> sip::CallId {
        let incoming = |event: &Event| match event {
            Event::Incoming { id, .. } => Some(*id),
            _ => None,
        };
        self.server
            .events
            .iter()
            .rev()
            .find_map(incoming)
            .expect("an INVITE from the phone")
    }

    pub(crate) fn far_rings(&mut self) {
        let leg = self.leg();
        self.server.ua.ring(Instant(self.now), leg).unwrap();
        self.settle();
    }

    pub(crate) fn far_plays(&mut self) {
        let leg = self.leg();
        let early = Some(page::offer(Direction::SendRecv));
        self.server
            .ua
            .progress(Instant(self.now), leg, 183, early)
            .unwrap();
        self.settle();
    }

    pub(crate) fn far_answers(&mut self) {
        let leg = self.leg();
        self.server
            .ua
            .answer(Instant(self.now), leg, page::offer(Direction::SendRecv))
            .unwrap();
        self.settle();
    }

    pub(crate) fn far_refuses(&mut self, status: u16) {
        let leg = self.leg();
        self.server
            .ua
            .reject(Instant(self.now), leg, status, None)
            .unwrap();
        self.settle();
    }

    pub(crate) fn far_hangs_up(&mut self, leg: sip::CallId) {
        self.far_hangs_up_because(leg, None);
    }

    pub(crate) fn far_hangs_up_because(&mut self, leg: sip::CallId, reason: Option<Reason>) {
        self.server.ua.hang_up(Instant(self.now), leg, reason).unwrap();
        self.settle();
    }

    /// The far end's re-INVITE, with this wish for audio.
    pub(crate) fn far_offers(&mut self, leg: sip::CallId, wish: Direction) {
        self.server.wish = wish;
        self.server
            .ua
            .reoffer(Instant(self.now), leg, page::offer(wish))
            .unwrap();
        self.settle();
    }

    /// What a far end without our user agent writes.
    pub(crate) fn raw(&mut self, head: &str, to_tag: &str, cseq: &str, body: &str) {
        self.raw_from("+918040408080", head, to_tag, cseq, body);
    }

    pub(crate) fn raw_from(&mut self, from: &str, head: &str, to_tag: &str, cseq: &str, body: &str) {
        let frame = format!(
            "{head} SIP/2.0\r\nVia: SIP/2.0/WS edge.test;branch=z9hG4bK{cseq}\r\nMax-Forwards: 70\r\n\
             From: <sip:{from}@sandbox.test>;tag=raw\r\nTo: <sip:asha@sandbox.test>{to_tag}\r\nCall-ID: raw-1\r\n\
             CSeq: {cseq}\r\nContact: <sip:ravi@edge.test;transport=ws>\r\nContent-Type: application/sdp\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len(),
            cseq = cseq,
        );
        let frame = frame.replace(
            &format!("z9hG4bK{cseq}"),
            &format!("z9hG4bK{}", cseq.replace(' ', "")),
        );
        self.input(Input::Socket(SocketEvent::Text(frame)));
    }

    pub(crate) fn settle(&mut self) {
        self.serve();
        self.wait(MOMENT);
    }

    /// How the far end saw the call end.
    pub(crate) fn far_end(&self, leg: sip::CallId) -> Option<EndCause> {
        self.server.events.iter().find_map(|event| match event {
            Event::Ended { id, cause, .. } if *id == leg => Some(cause.clone()),
            _ => None,
        })
    }

    pub(crate) fn far_saw(&self, name: &str) -> usize {
        self.server
            .events
            .iter()
            .filter(|event| format!("{event:?}").starts_with(name))
            .count()
    }

    // --- the agent ---

    pub(crate) fn dial(&mut self, number: &str) {
        self.click(1, Command::Dial(number.to_owned()));
        self.wait(MOMENT);
    }

    pub(crate) fn answer(&mut self, page: u32) {
        let call = self.call();
        self.click(page, Command::Answer(call));
        self.wait(MOMENT);
    }

    pub(crate) fn hang_up(&mut self) {
        let call = self.call();
        self.click(1, Command::HangUp(call));
        self.wait(MOMENT);
    }

    pub(crate) fn hold(&mut self, on: bool) {
        let call = self.call();
        self.click(1, Command::Hold(call, on));
        self.wait(MOMENT);
    }

    /// The owning page says something by itself.
    pub(crate) fn audio(&mut self, event: MediaEvent) {
        let call = self.call();
        let page = self
            .view
            .call
            .as_ref()
            .and_then(|call| call.owner)
            .unwrap_or(PageId(1));
        self.input(Input::Media(page, call, event));
        self.wait(MOMENT);
    }

    // --- what must be true ---

    #[track_caller]
    pub(crate) fn is(&self, link: LinkView) {
        assert_eq!(self.view.link, link);
    }

    #[track_caller]
    pub(crate) fn shows(&self, state: CallState) {
        assert_eq!(self.view.call.as_ref().map(|call| call.state), Some(state));
    }

    #[track_caller]
    pub(crate) fn ended(&self, reason: EndReason) {
        assert!(self.view.call.is_none(), "still {:?}", self.view.call);
        assert_eq!(self.view.ended.as_ref().map(|ended| &ended.reason), Some(&reason));
        let of_calls = |mark: &&Mark| !matches!(mark, Mark::PhoneReady | Mark::PhoneLost);
        assert_eq!(self.marks.iter().rev().find(of_calls), Some(&Mark::Ended));
        self.pages_let_go();
    }

    /// No page is left with media of a call that is over.
    #[track_caller]
    pub(crate) fn pages_let_go(&self) {
        for (id, page) in &self.pages {
            let last = page
                .asked
                .iter()
                .rev()
                .find(|request| !matches!(request, MediaRequest::Mute { .. }));
            let done = last.is_none_or(|request| matches!(request, MediaRequest::Close { .. }));
            assert!(done, "{id:?} was left with {last:?}");
        }
    }

    #[track_caller]
    pub(crate) fn refuses(&self, refusal: Refusal) {
        assert_eq!(self.view.refusal, Some(refusal));
    }

    #[track_caller]
    pub(crate) fn missed(&self, busy: bool) {
        let missed = self.view.missed.first().expect("a missed call");
        assert_eq!((missed.busy, missed.seen), (busy, false));
        assert_eq!(missed.peer.number, "+918040408080");
    }

    #[track_caller]
    pub(crate) fn no_missed(&self) {
        assert_eq!(self.view.missed, []);
    }

    #[track_caller]
    pub(crate) fn asked(&mut self, page: u32, words: &[&str]) {
        assert_eq!(self.page(page).words(), words);
    }
}
