//! One RTCPeerConnection with one audio transceiver (W3C webrtc-pc; JSEP, RFC 9429).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use phone::{Direction, MediaFault};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Event, RtcIceCandidateInit, RtcOfferOptions, RtcPeerConnection, RtcPeerConnectionIceEvent,
    RtcRtpReceiver, RtcRtpTransceiver, RtcRtpTransceiverDirection as Towards, RtcRtpTransceiverInit,
    RtcSdpType, RtcSessionDescriptionInit, RtcTrackEvent,
};

use super::audio_out::AudioOut;
use super::bell::Bell;
use super::flow::Path;
use super::gathering::{Gathered, Kept, Verdict, credentials, keep_candidates};
use super::microphone::Microphone;
use super::stats::{self, Inbound};
use super::{Listener, carried, clock, ice};
use crate::companion::IceServer;

/// The connection of one call. Dropping it closes it.
pub(super) struct Peer {
    connection: RtcPeerConnection,
    transceiver: RefCell<Option<RtcRtpTransceiver>>,
    microphone: RefCell<Option<Microphone>>,
    direction: Cell<Direction>,
    /// The direction to return to if our offer is refused.
    agreed: Cell<Direction>,
    muted: Cell<bool>,
    gathered: Rc<Cell<Gathered>>,
    /// The far end's candidates, while the call rings.
    kept: RefCell<Vec<Kept>>,
    /// Rings for each candidate.
    candidates: Rc<Bell>,
    /// Rings when ICE changes its mind.
    pub(super) ice: Rc<Bell>,
    output: Rc<RefCell<Option<AudioOut>>>,
    _listeners: [Listener; 3],
}

impl Peer {
    /// A connection without tracks, by way of `servers` where need be. `blocked` runs if the browser refuses to play the far end.
    pub(super) fn new(
        servers: &[IceServer],
        blocked: impl Fn() + Clone + 'static,
    ) -> Result<Self, MediaFault> {
        // Not `max-bundle`: it makes Chromium refuse an answer without `a=group:BUNDLE`, as rtpengine's is. With one
        // media line bundling saves nothing anyway.
        let connection = RtcPeerConnection::new_with_configuration(&ice::configuration(servers))
            .map_err(|_| MediaFault::Unsupported)?;

        let gathered = Rc::new(Cell::new(Gathered::new(clock::exact())));
        let candidates = Rc::new(Bell::default());
        let ice = Rc::new(Bell::default());
        let output = Rc::new(RefCell::new(AudioOut::new()));
        let listeners = [
            {
                let (gathered, candidates) = (Rc::clone(&gathered), Rc::clone(&candidates));
                Listener::new(
                    &connection,
                    &["icecandidate"],
                    move |event: RtcPeerConnectionIceEvent| {
                        let mut seen = gathered.get();
                        let line = event
                            .candidate()
                            .map(|candidate| candidate.candidate())
                            .unwrap_or_default();
                        seen.candidate(clock::exact(), &line);
                        gathered.set(seen);
                        candidates.ring();
                    },
                )
            },
            {
                let ice = Rc::clone(&ice);
                Listener::new(&connection, &["iceconnectionstatechange"], move |_: Event| {
                    ice.ring()
                })
            },
            {
                let output = Rc::clone(&output);
                Listener::new(&connection, &["track"], move |event: RtcTrackEvent| {
                    if let (Some(output), "audio") = (&*output.borrow(), event.track().kind().as_str()) {
                        output.play(&event.track(), blocked.clone());
                    }
                })
            },
        ];
        Ok(Self {
            connection,
            transceiver: RefCell::default(),
            microphone: RefCell::default(),
            direction: Cell::new(Direction::SendRecv),
            agreed: Cell::new(Direction::SendRecv),
            muted: Cell::new(false),
            gathered,
            kept: RefCell::default(),
            candidates,
            ice,
            output,
            _listeners: listeners,
        })
    }

    /// Makes an offer and returns it with the candidates gathered.
    pub(super) async fn offer(&self, direction: Direction, ice_restart: bool) -> Result<String, MediaFault> {
        if self.transceiver.borrow().is_none() {
            let init = RtcRtpTransceiverInit::new();
            init.set_direction(towards(direction));
            let made = self.connection.add_transceiver_with_str_and_init("audio", &init);
            *self.transceiver.borrow_mut() = Some(made);
        }
        self.turn(direction);
        let options = RtcOfferOptions::new();
        options.set_ice_restart(ice_restart);
        let offer = JsFuture::from(self.connection.create_offer_with_rtc_offer_options(&options)).await;
        self.local(offer).await
    }

    /// Takes the far end's offer while the call rings: no check starts before [`Peer::begin`].
    pub(super) async fn foresee(&self, offer: &str) -> Result<(), MediaFault> {
        let (offer, kept) = keep_candidates(offer);
        *self.kept.borrow_mut() = kept;
        self.accept(&offer).await
    }

    /// The agent has answered: starts the checks.
    pub(super) fn begin(&self) {
        for Kept { section, line } in self.kept.take() {
            let init = RtcIceCandidateInit::new(&line);
            init.set_sdp_m_line_index(Some(section));
            let added = self
                .connection
                .add_ice_candidate_with_opt_rtc_ice_candidate_init(Some(&init));
            let added = JsFuture::from(added);
            spawn_local(async move {
                // A candidate the browser cannot read is one path less.
                let _ = added.await;
            });
        }
    }

    /// Takes the far end's offer.
    pub(super) async fn accept(&self, offer: &str) -> Result<(), MediaFault> {
        self.describe_remote(RtcSdpType::Offer, offer).await?;
        let mut ours = self.transceiver.borrow_mut();
        for transceiver in self.connection.get_transceivers().iter() {
            let transceiver: RtcRtpTransceiver = transceiver.unchecked_into();
            if transceiver.receiver().track().kind() != "audio" {
                // Answered with port 0 (RFC 3264 §6).
                transceiver.stop();
            } else if ours.is_none() {
                *ours = Some(transceiver);
            }
        }
        // An offer without audio has nothing for a phone.
        ours.as_ref().map(|_| ()).ok_or(MediaFault::Negotiation)
    }

    /// Answers the offer accepted last.
    pub(super) async fn answer(&self, direction: Direction) -> Result<String, MediaFault> {
        self.turn(direction);
        let answer = JsFuture::from(self.connection.create_answer()).await;
        let sdp = self.local(answer).await?;
        self.agreed.set(direction);
        Ok(sdp)
    }

    /// Takes the far end's answer, or its early media.
    pub(super) async fn remote(&self, answer: &str, provisional: bool) -> Result<(), MediaFault> {
        let kind = if provisional {
            RtcSdpType::Pranswer
        } else {
            RtcSdpType::Answer
        };
        self.describe_remote(kind, answer).await?;
        self.agreed.set(self.direction.get());
        Ok(())
    }

    /// Takes our last offer back.
    pub(super) async fn rollback(&self) {
        let init = RtcSessionDescriptionInit::new(RtcSdpType::Rollback);
        // Fails when there is nothing to take back, which is as good.
        let _ = JsFuture::from(self.connection.set_local_description(&init)).await;
        self.turn(self.agreed.get());
    }

    /// The microphone is open: from now on it is sent while our direction sends.
    pub(super) fn speak(&self, microphone: Microphone) {
        microphone.mute(self.muted.get());
        let before = self.microphone.replace(Some(microphone));
        self.attach(before);
    }

    /// Sounds where the agent wants it from now on.
    pub(super) fn route(&self) {
        if let Some(output) = &*self.output.borrow() {
            output.route();
        }
    }

    /// Sends silence, or sound again.
    pub(super) fn mute(&self, muted: bool) {
        self.muted.set(muted);
        if let Some(microphone) = &*self.microphone.borrow() {
            microphone.mute(muted);
        }
    }

    /// Tries again to play, from inside a gesture.
    pub(super) fn resume(&self) {
        if let Some(output) = &*self.output.borrow() {
            output.resume();
        }
    }

    /// Closes the connection, stops the microphone, silences the far end: now, whoever else still holds this value.
    pub(super) fn close(&self) {
        self.connection.close();
        drop(self.microphone.take());
        drop(self.output.take());
    }

    /// What arrived so far.
    pub(super) async fn inbound(&self) -> Inbound {
        match self.receiver() {
            Some(receiver) => stats::inbound(&receiver).await,
            None => Inbound::default(),
        }
    }

    /// Lets the panes look at it.
    pub(super) fn lend(&self) {
        carried::lend(&self.connection);
    }

    /// A microphone is being sent.
    pub(super) fn speaks(&self) -> bool {
        self.microphone.borrow().is_some()
    }

    /// Its microphone works.
    pub(super) fn is_heard(&self) -> bool {
        self.microphone.borrow().as_ref().is_some_and(Microphone::is_live)
    }

    /// Attaches the far end's sound to the loudspeaker once more.
    pub(super) fn play_again(&self) {
        if let (Some(output), Some(receiver)) = (&*self.output.borrow(), self.receiver()) {
            output.play(&receiver.track(), || ());
        }
    }

    /// What ICE says.
    pub(super) fn path(&self) -> Path {
        stats::path(&self.connection)
    }

    /// Both sides agreed to send.
    pub(super) fn expects_packets(&self) -> bool {
        let current = self
            .transceiver
            .borrow()
            .as_ref()
            .and_then(RtcRtpTransceiver::current_direction);
        current == Some(Towards::Sendrecv)
    }

    fn receiver(&self) -> Option<RtcRtpReceiver> {
        self.transceiver
            .borrow()
            .as_ref()
            .map(RtcRtpTransceiver::receiver)
    }

    fn turn(&self, direction: Direction) {
        self.direction.set(direction);
        if let Some(transceiver) = &*self.transceiver.borrow() {
            transceiver.set_direction(towards(direction));
        }
        self.attach(None);
    }

    /// Puts the track on the sender, or takes it off: a held call sends no packets at all, not even silence. The microphone
    /// used before is heard until the new one is.
    fn attach(&self, before: Option<Microphone>) {
        let sends = matches!(self.direction.get(), Direction::SendRecv);
        let Some(sender) = self.transceiver.borrow().as_ref().map(RtcRtpTransceiver::sender) else {
            return;
        };
        let microphone = self.microphone.borrow();
        let wanted = microphone.as_ref().map(Microphone::track).filter(|_| sends);
        if sender.track().as_ref() == wanted {
            return;
        }
        let replaced = JsFuture::from(sender.replace_track(wanted));
        spawn_local(async move {
            // Refused only on a connection that is closed.
            let _ = replaced.await;
            drop(before);
        });
    }

    async fn describe_remote(&self, kind: RtcSdpType, sdp: &str) -> Result<(), MediaFault> {
        let init = RtcSessionDescriptionInit::new(kind);
        init.set_sdp(sdp);
        let done = JsFuture::from(self.connection.set_remote_description(&init)).await;
        done.map(|_| ()).map_err(|_| MediaFault::Negotiation)
    }

    /// Applies our description and returns it. New ICE credentials mean new candidates to wait for: the first description,
    /// a restart of ours, or the answer to one of theirs (RFC 8445 §9).
    async fn local(&self, made: Result<JsValue, JsValue>) -> Result<String, MediaFault> {
        let made: RtcSessionDescriptionInit = made.map_err(|_| MediaFault::Negotiation)?.unchecked_into();
        let before = self
            .connection
            .local_description()
            .map(|description| description.sdp())
            .unwrap_or_default();
        let gather = credentials(&before) != credentials(&made.get_sdp().unwrap_or_default());
        if gather {
            self.gathered.set(Gathered::new(clock::exact()));
        }
        let applied = JsFuture::from(self.connection.set_local_description(&made)).await;
        applied.map_err(|_| MediaFault::Negotiation)?;
        if gather {
            self.gather().await?;
        }
        let description = self
            .connection
            .local_description()
            .ok_or(MediaFault::Negotiation)?;
        Ok(description.sdp())
    }

    /// Waits for candidates as long as the policy says.
    async fn gather(&self) -> Result<(), MediaFault> {
        loop {
            match self.gathered.get().verdict(clock::exact()) {
                Verdict::Enough => return Ok(()),
                Verdict::Wait(ms) => self.candidates.wait(ms).await,
                Verdict::Nothing => return Err(MediaFault::NoPath),
            }
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.close();
    }
}

fn towards(direction: Direction) -> Towards {
    match direction {
        Direction::SendRecv => Towards::Sendrecv,
        Direction::SendOnly => Towards::Sendonly,
        Direction::RecvOnly => Towards::Recvonly,
        Direction::Inactive => Towards::Inactive,
    }
}
