//! One call's audio in this page: carries the kernel's requests out, one after the other, on one connection.

mod speaking;
mod watch;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use phone::{CallId, Direction, MediaEvent, MediaFault, MediaRequest};

use super::microphone::Microphone;
use super::peer::Peer;
use super::peers::{Context, MicrophoneNews};
use super::{Listener, page, spawn};

/// ```text
/// New --offer in, hidden page--> Offered --answering--+
///  |--offer in, page in front--> Foreseen --answering-+
///  +------------------ dialling, answering -----------+--> Opening --agreed--> Live      any --close--> Closed
/// ```
enum Stage {
    /// Nothing done yet.
    New,
    /// The far end's offer is known; no connection, since the page is hidden.
    Offered(String),
    /// There is a connection, and an answer that was made while it rang and is not sent yet.
    Foreseen { peer: Rc<Peer>, answer: String },
    /// Our first description is being made, or waits for theirs.
    Opening(Rc<Peer>),
    /// Both descriptions are there; packets are looked after.
    Live(Rc<Peer>),
    /// Over.
    Closed,
}

/// `Idle <--> Busy`
enum Work {
    /// No request is being carried out.
    Idle,
    /// One is; these wait.
    Busy(VecDeque<MediaRequest>),
}

/// One call.
pub(super) struct Leg {
    pub(super) call: CallId,
    context: Rc<Context>,
    stage: RefCell<Stage>,
    work: RefCell<Work>,
    muted: Cell<bool>,
    /// Hears the microphone being lost; there exactly while one is open.
    microphone: RefCell<Option<Listener>>,
    /// How often another one was to be opened: of two that are, the later one is spoken with.
    swaps: Cell<u32>,
}

impl Leg {
    pub(super) fn new(call: CallId, context: Rc<Context>) -> Rc<Self> {
        Rc::new(Self {
            call,
            context,
            stage: RefCell::new(Stage::New),
            work: RefCell::new(Work::Idle),
            muted: Cell::new(false),
            microphone: RefCell::default(),
            swaps: Cell::new(0),
        })
    }

    /// Takes a request; it runs when those before it are done.
    pub(super) fn queue(self: &Rc<Self>, request: MediaRequest) {
        match &mut *self.work.borrow_mut() {
            Work::Busy(waiting) => return waiting.push_back(request),
            idle @ Work::Idle => *idle = Work::Busy(VecDeque::from([request])),
        }
        let leg = Rc::clone(self);
        spawn(async move {
            while let Some(request) = leg.next() {
                if let Err(fault) = leg.perform(request).await {
                    leg.fail(fault);
                }
            }
        });
    }

    /// The next request; without one the work is done.
    fn next(&self) -> Option<MediaRequest> {
        let mut work = self.work.borrow_mut();
        let next = match &mut *work {
            Work::Busy(waiting) => waiting.pop_front(),
            Work::Idle => None,
        };
        if next.is_none() {
            *work = Work::Idle;
        }
        next
    }

    /// Sends silence, or sound again; at once.
    pub(super) fn mute(&self, muted: bool) {
        self.muted.set(muted);
        if let Some(peer) = self.peer() {
            peer.mute(muted);
        }
    }

    /// Tries again to play, from inside a gesture.
    pub(super) fn resume(&self) {
        if let Some(peer) = self.peer() {
            peer.resume();
        }
    }

    /// Ends it: the connection closes and the microphone stops before this returns.
    pub(super) fn close(&self) {
        if let Work::Busy(waiting) = &mut *self.work.borrow_mut() {
            waiting.clear();
        }
        if let Some(peer) = self.peer() {
            peer.close();
        }
        *self.stage.borrow_mut() = Stage::Closed;
        if self.microphone.take().is_some() {
            self.context.closed();
        }
    }

    fn closed(&self) -> bool {
        matches!(*self.stage.borrow(), Stage::Closed)
    }

    fn peer(&self) -> Option<Rc<Peer>> {
        match &*self.stage.borrow() {
            Stage::Foreseen { peer, .. } | Stage::Opening(peer) | Stage::Live(peer) => Some(Rc::clone(peer)),
            Stage::New | Stage::Offered(_) | Stage::Closed => None,
        }
    }

    /// The connection, once our first description is on its way.
    fn opened(&self) -> Option<Rc<Peer>> {
        match &*self.stage.borrow() {
            Stage::Opening(peer) | Stage::Live(peer) => Some(Rc::clone(peer)),
            Stage::New | Stage::Offered(_) | Stage::Foreseen { .. } | Stage::Closed => None,
        }
    }

    async fn perform(self: &Rc<Self>, request: MediaRequest) -> Result<(), MediaFault> {
        match request {
            MediaRequest::Prepare { offer, .. } => {
                self.prepare(offer).await;
                Ok(())
            }
            MediaRequest::Offer {
                direction,
                ice_restart,
                ..
            } => self.offer(direction, ice_restart).await,
            MediaRequest::Answer { offer, direction, .. } => self.answer(offer, direction).await,
            MediaRequest::Remote {
                answer, provisional, ..
            } => {
                let Some(peer) = self.peer() else { return Ok(()) };
                peer.remote(&answer, provisional).await?;
                self.agreed();
                Ok(())
            }
            MediaRequest::Rollback { .. } => {
                if let Some(peer) = self.peer() {
                    peer.rollback().await;
                }
                Ok(())
            }
            // These two never wait in the queue.
            MediaRequest::Mute { muted, .. } => {
                self.mute(muted);
                Ok(())
            }
            MediaRequest::Close { .. } => {
                self.close();
                Ok(())
            }
        }
    }

    /// It may be answered here: everything but the microphone, if the agent can see this page. What fails now fails again,
    /// and is reported, when the agent answers.
    async fn prepare(self: &Rc<Self>, offer: String) {
        if page::visible()
            && let Ok((peer, answer)) = self.foresee(&offer).await
        {
            self.enter(Stage::Foreseen { peer, answer });
        } else {
            self.enter(Stage::Offered(offer));
        }
    }

    /// A connection that has taken `offer`, and its first answer.
    async fn foresee(&self, offer: &str) -> Result<(Rc<Peer>, String), MediaFault> {
        let peer = self.connect()?;
        peer.foresee(offer).await?;
        let answer = peer.answer(Direction::SendRecv).await?;
        Ok((peer, answer))
    }

    fn connect(&self) -> Result<Rc<Peer>, MediaFault> {
        let context = Rc::clone(&self.context);
        let servers = self.context.servers.borrow();
        let peer = Peer::new(&servers, move || context.host.blocked())?;
        peer.mute(self.muted.get());
        Ok(Rc::new(peer))
    }

    /// Changes the stage, unless the call was closed meanwhile: then the new connection goes with it.
    fn enter(&self, stage: Stage) {
        if !self.closed() {
            *self.stage.borrow_mut() = stage;
        } else if let Stage::Foreseen { peer, .. } | Stage::Opening(peer) | Stage::Live(peer) = stage {
            peer.close();
        }
    }

    async fn answer(self: &Rc<Self>, offer: Option<String>, direction: Direction) -> Result<(), MediaFault> {
        if self.closed() {
            return Ok(());
        }
        if let (Some(peer), Some(offer)) = (self.opened(), &offer) {
            // A later offer on the same connection.
            peer.accept(offer).await?;
            let answer = peer.answer(direction).await?;
            self.report(MediaEvent::Answer(answer));
            return Ok(());
        }
        let stage = self.stage.replace(Stage::New);
        match (stage, offer) {
            // The first answer lies ready.
            (Stage::Foreseen { peer, answer }, None) => {
                *self.stage.borrow_mut() = Stage::Opening(Rc::clone(&peer));
                peer.begin();
                self.first(&peer, async { Ok(answer) }, MediaEvent::Answer)
                    .await?;
                self.agreed();
                Ok(())
            }
            // Nothing prepared, or for another offer.
            (Stage::New | Stage::Offered(_) | Stage::Foreseen { .. }, Some(offer))
            | (Stage::Offered(offer), None) => {
                let peer = self.connect()?;
                self.enter(Stage::Opening(Rc::clone(&peer)));
                let made = async {
                    peer.accept(&offer).await?;
                    peer.answer(direction).await
                };
                self.first(&peer, made, MediaEvent::Answer).await?;
                self.agreed();
                Ok(())
            }
            (stage @ Stage::New, None)
            | (stage @ (Stage::Opening(_) | Stage::Live(_) | Stage::Closed), None | Some(_)) => {
                *self.stage.borrow_mut() = stage;
                Err(MediaFault::Negotiation)
            }
        }
    }

    async fn offer(self: &Rc<Self>, direction: Direction, ice_restart: bool) -> Result<(), MediaFault> {
        if let Some(peer) = self.peer() {
            let offer = peer.offer(direction, ice_restart).await?;
            self.report(MediaEvent::Offer(offer));
            return Ok(());
        }
        if self.closed() {
            return Ok(());
        }
        let peer = self.connect()?;
        self.enter(Stage::Opening(Rc::clone(&peer)));
        self.first(&peer, peer.offer(direction, false), MediaEvent::Offer)
            .await
    }

    /// The first description of a call needs the microphone. Where it opens without a question the description goes out at
    /// once and the track follows; else the agent's yes comes first, so that nobody is answered by silence.
    async fn first(
        self: &Rc<Self>,
        peer: &Rc<Peer>,
        description: impl Future<Output = Result<String, MediaFault>>,
        event: impl FnOnce(String) -> MediaEvent,
    ) -> Result<(), MediaFault> {
        let microphone = Microphone::open();
        if self.context.granted() {
            let (leg, speaking) = (Rc::clone(self), Rc::clone(peer));
            spawn(async move {
                match microphone.await {
                    Ok(microphone) => leg.speak(&speaking, microphone),
                    Err(fault) => leg.fail(fault),
                }
            });
            let sdp = description.await?;
            self.report(event(sdp));
        } else {
            let (description, microphone) = (description.await, microphone.await);
            // Both are awaited whatever the other says: a microphone that opens late must be stopped, not forgotten.
            let sdp = description?;
            self.speak(peer, microphone?);
            self.report(event(sdp));
        }
        Ok(())
    }

    fn fail(&self, fault: MediaFault) {
        if self.closed() {
            return;
        }
        match fault {
            MediaFault::Negotiation | MediaFault::NoPath | MediaFault::NoReply => {}
            MediaFault::DeniedBySite
            | MediaFault::DeniedBySystem
            | MediaFault::InUse
            | MediaFault::NoDevice
            | MediaFault::BlockedByEmbedder
            | MediaFault::Insecure
            | MediaFault::Unsupported => self
                .context
                .host
                .microphone(MicrophoneNews::Failed(fault.clone())),
        }
        self.report(MediaEvent::Failed(fault));
    }

    fn report(&self, event: MediaEvent) {
        if !self.closed() {
            self.context.host.report(self.call, event);
        }
    }

    /// Both descriptions are there: from now on the flow of packets is looked after, to the end.
    fn agreed(self: &Rc<Self>) {
        let stage = self.stage.replace(Stage::New);
        let (stage, opened) = match stage {
            Stage::Opening(peer) => (Stage::Live(Rc::clone(&peer)), Some(peer)),
            kept @ (Stage::New
            | Stage::Offered(_)
            | Stage::Foreseen { .. }
            | Stage::Live(_)
            | Stage::Closed) => (kept, None),
        };
        *self.stage.borrow_mut() = stage;
        if let Some(peer) = opened {
            peer.lend();
            watch::packets(Rc::clone(self), peer);
        }
    }
}
