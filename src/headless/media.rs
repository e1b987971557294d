//! The sound of the calls that this page carries: what the view and the worker ask of it, and what it tells the worker.

use std::cell::Cell;
use std::rc::Rc;

use phone::{CallId, MediaEvent, MediaRequest, PageId, View};
use softphone::companion::IceServer;
use softphone::sounding::{self, Sound};
use softphone::web::peers::{Host, MicrophoneNews, Peers};
use softphone::web::port::Sender;
use softphone::web::ring::Speaker;
use softphone::wire::ToWorker;

/// Connections, microphone and loudspeaker.
pub(crate) struct Media {
    peers: Peers,
    /// None where the page makes its own sounds.
    speaker: Option<Rc<Speaker>>,
    /// Who owned the current call, for the sounds after its end.
    owner: Cell<Option<PageId>>,
}

impl Media {
    /// Nothing sounds yet.
    pub(crate) fn new(worker: Sender, sounds: bool) -> Self {
        Self {
            peers: Peers::new(Page { worker }),
            // Whether the browser lets it sound does not show; the page's own sign of a call is what counts here.
            speaker: sounds.then(|| Speaker::new(|_| ())),
            owner: Cell::new(None),
        }
    }

    /// STUN and TURN servers of the calls to come.
    pub(crate) fn use_servers(&self, servers: Vec<IceServer>) {
        self.peers.use_servers(servers);
    }

    /// The worker wants this done.
    pub(crate) fn request(&self, request: MediaRequest) {
        self.peers.request(request);
    }

    /// Sounds as the phone stands now.
    pub(crate) fn follow(&self, view: &View, me: PageId) {
        if let Some(call) = &view.call {
            self.owner.set(call.owner);
        }
        self.peers.tidy(view, Some(me));
        self.sound(sounding::sound(view, Some(me), self.owner.get()));
    }

    /// A digit is sent.
    pub(crate) fn digit(&self, digit: char) {
        if let Some(speaker) = &self.speaker {
            speaker.digit(digit);
        }
    }

    /// The person has touched the page: what the browser refused to sound may sound now.
    pub(crate) fn touched(&self) {
        if let Some(speaker) = &self.speaker {
            speaker.retry();
        }
        self.peers.resume();
    }

    /// Without a worker there is no call: no microphone and no sound may outlive it.
    pub(crate) fn silence(&self) {
        self.peers.close_all();
        self.sound(Sound::Silence);
    }

    fn sound(&self, sound: Sound) {
        if let Some(speaker) = &self.speaker {
            speaker.sound(sound);
        }
    }
}

/// Carries the audio's news to the worker.
struct Page {
    worker: Sender,
}

impl Host for Page {
    fn report(&self, call: CallId, event: MediaEvent) {
        self.worker.send(&ToWorker::Media(call, event));
    }

    // A call that fails with the microphone says so itself.
    fn microphone(&self, _: MicrophoneNews) {}

    fn blocked(&self) {}
}
