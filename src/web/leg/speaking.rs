//! What is spoken with, and where the far end is heard: other devices, a microphone that is lost, sound that is mended.

use std::rc::Rc;

use super::Leg;
use crate::web::microphone::Microphone;
use crate::web::peer::Peer;
use crate::web::peers::MicrophoneNews;
use crate::web::spawn;

impl Leg {
    pub(super) fn speak(self: &Rc<Self>, peer: &Rc<Peer>, microphone: Microphone) {
        if self.closed() {
            return;
        }
        // Unplugged: the system's own takes its place, if there is one.
        let (leg, speaking) = (Rc::downgrade(self), Rc::downgrade(peer));
        let lost = move || {
            if let (Some(leg), Some(peer)) = (leg.upgrade(), speaking.upgrade()) {
                leg.listen(peer);
            }
        };
        let first = self.microphone.replace(Some(microphone.on_lost(lost))).is_none();
        self.context.opened(first);
        peer.speak(microphone);
    }

    /// The agent has chosen other devices.
    pub(in crate::web) fn use_devices(self: &Rc<Self>, microphone: bool) {
        if let Some(peer) = self.peer() {
            peer.route();
            if microphone && peer.speaks() {
                self.listen(peer);
            }
        }
    }

    /// Attaches the far end's sound to the loudspeaker once more.
    pub(in crate::web) fn play_again(&self) {
        if let Some(peer) = self.peer() {
            peer.play_again();
        }
    }

    /// Opens the microphone anew, and speaks with it instead of the one before. If none opens that one stays, lost or not.
    fn listen(self: &Rc<Self>, peer: Rc<Peer>) {
        let leg = Rc::clone(self);
        let swap = leg.swaps.get() + 1;
        leg.swaps.set(swap);
        spawn(async move {
            match Microphone::open().await {
                _ if leg.closed() || leg.swaps.get() != swap => {}
                Ok(microphone) => leg.speak(&peer, microphone),
                // The one before is heard as it was.
                Err(_) if peer.is_heard() => {}
                Err(fault) => leg.context.host.microphone(MicrophoneNews::Failed(fault)),
            }
        });
    }
}
