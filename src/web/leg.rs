//! One call's audio in this page: carries the kernel's requests out, one after the other, on one connection.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use phone::{CallId, Direction, MediaEvent, MediaFault, MediaRequest};

use super::flow::{Flow, News, Sample};
use super::microphone::Microphone;
use super::peer::Peer;
use super::peers::{Context, MicrophoneNews};
use super::{Listener, clock, marks, page, spawn};

/// The usual length of an RTP packet, ms (RFC 3551 §4.2).
const PACKET: f64 = 20.0;

/// ```text
/// New --offer in--> Offered --prepared or answering--> Live
///  \                                                    ^
///   +------------------ dialling -----------------------+        any --close--> Closed
/// ```
enum Stage {
    /// Nothing done yet.
    New,
    /// The far end's offer is known; no connection, since the page is hidden.
    Offered(String),
    /// There is a connection. `answer` is the first one, made while it rang and not sent yet.
    Live { peer: Rc<Peer>, answer: Option<String> },
    /// Over.
    Closed,
}

/// One call.
pub(super) struct Leg {
    pub(super) call: CallId,
    context: Rc<Context>,
    stage: RefCell<Stage>,
    waiting: RefCell<VecDeque<MediaRequest>>,
    running: Cell<bool>,
    muted: Cell<bool>,
    watched: Cell<bool>,
    /// Hears the microphone being lost; there exactly while one is open.
    microphone: RefCell<Option<Listener>>,
}

impl Leg {
    pub(super) fn new(call: CallId, context: Rc<Context>) -> Rc<Self> {
        Rc::new(Self {
            call,
            context,
            stage: RefCell::new(Stage::New),
            waiting: RefCell::default(),
            running: Cell::new(false),
            muted: Cell::new(false),
            watched: Cell::new(false),
            microphone: RefCell::default(),
        })
    }

    /// Takes a request; it runs when those before it are done.
    pub(super) fn queue(self: &Rc<Self>, request: MediaRequest) {
        self.waiting.borrow_mut().push_back(request);
        if self.running.replace(true) {
            return;
        }
        let leg = Rc::clone(self);
        spawn(async move {
            while let Some(request) = leg.next() {
                if let Err(fault) = leg.perform(request).await {
                    leg.fail(fault);
                }
            }
            leg.running.set(false);
        });
    }

    fn next(&self) -> Option<MediaRequest> {
        self.waiting.borrow_mut().pop_front()
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
        self.waiting.borrow_mut().clear();
        if let Stage::Live { peer, .. } = self.stage.replace(Stage::Closed) {
            peer.close();
        }
        if self.microphone.take().is_some() {
            self.context.closed();
        }
    }

    fn closed(&self) -> bool {
        matches!(*self.stage.borrow(), Stage::Closed)
    }

    fn peer(&self) -> Option<Rc<Peer>> {
        match &*self.stage.borrow() {
            Stage::Live { peer, .. } => Some(Rc::clone(peer)),
            Stage::New | Stage::Offered(_) | Stage::Closed => None,
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
                self.watch(&peer);
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
            let answer = Some(answer);
            self.enter(Stage::Live { peer, answer });
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
        let peer = Peer::new(move || context.host.blocked())?;
        peer.mute(self.muted.get());
        Ok(Rc::new(peer))
    }

    /// Changes the stage, unless the call was closed meanwhile: then the new connection goes with it.
    fn enter(&self, stage: Stage) {
        if !self.closed() {
            *self.stage.borrow_mut() = stage;
        } else if let Stage::Live { peer, .. } = stage {
            peer.close();
        }
    }

    async fn answer(self: &Rc<Self>, offer: Option<String>, direction: Direction) -> Result<(), MediaFault> {
        let stage = self.stage.replace(Stage::New);
        match (stage, offer) {
            (Stage::Closed, _) => {
                *self.stage.borrow_mut() = Stage::Closed;
                Ok(())
            }
            // The first answer lies ready.
            (
                Stage::Live {
                    peer,
                    answer: Some(answer),
                },
                None,
            ) => {
                *self.stage.borrow_mut() = Stage::Live {
                    peer: Rc::clone(&peer),
                    answer: None,
                };
                peer.begin();
                self.first(&peer, async { Ok(answer) }, MediaEvent::Answer)
                    .await?;
                self.watch(&peer);
                Ok(())
            }
            // A later offer on the same connection.
            (Stage::Live { peer, answer: None }, Some(offer)) => {
                *self.stage.borrow_mut() = Stage::Live {
                    peer: Rc::clone(&peer),
                    answer: None,
                };
                peer.accept(&offer).await?;
                let answer = peer.answer(direction).await?;
                self.report(MediaEvent::Answer(answer));
                Ok(())
            }
            // Nothing prepared, or for another offer.
            (Stage::New | Stage::Live { answer: Some(_), .. }, Some(offer))
            | (Stage::Offered(_), Some(offer))
            | (Stage::Offered(offer), None) => {
                let peer = self.connect()?;
                self.enter(Stage::Live {
                    peer: Rc::clone(&peer),
                    answer: None,
                });
                let made = async {
                    peer.accept(&offer).await?;
                    peer.answer(direction).await
                };
                self.first(&peer, made, MediaEvent::Answer).await?;
                self.watch(&peer);
                Ok(())
            }
            (stage @ (Stage::New | Stage::Live { answer: None, .. }), None) => {
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
        self.enter(Stage::Live {
            peer: Rc::clone(&peer),
            answer: None,
        });
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

    fn speak(self: &Rc<Self>, peer: &Rc<Peer>, microphone: Microphone) {
        if self.closed() {
            return;
        }
        let context = Rc::clone(&self.context);
        let lost = move || {
            context
                .host
                .microphone(MicrophoneNews::Failed(MediaFault::NoDevice))
        };
        if self.microphone.replace(Some(microphone.on_lost(lost))).is_none() {
            self.context.opened();
        }
        peer.speak(microphone);
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

    /// Looks after the flow of packets from the first agreement to the end.
    fn watch(self: &Rc<Self>, peer: &Rc<Peer>) {
        if self.watched.replace(true) {
            return;
        }
        let (leg, peer) = (Rc::clone(self), Rc::clone(peer));
        spawn(async move {
            let mut flow = Flow::default();
            let mut looked = clock::exact();
            while !leg.closed() {
                let inbound = peer.inbound().await;
                let at = clock::exact();
                let sample = Sample {
                    at,
                    packets: inbound.packets,
                    path: peer.path(),
                    expected: peer.expects_packets(),
                };
                let (next, news) = flow.step(sample);
                flow = next;
                match news {
                    Some(News::First) => {
                        // The last packet's arrival, less the packets before it; not before the look that saw none.
                        let first = inbound
                            .last
                            .map_or(at, |last| last - (inbound.packets - 1.0) * PACKET);
                        marks::mark_at("media-first-packet", first.clamp(looked, at));
                        leg.report(MediaEvent::Flowing);
                    }
                    Some(News::Again) => leg.report(MediaEvent::Flowing),
                    Some(News::Stalled) => leg.report(MediaEvent::Stalled),
                    None => {}
                }
                looked = at;
                peer.ice.wait(flow.pace()).await;
            }
        });
    }
}
