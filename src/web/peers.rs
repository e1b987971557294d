//! The calls whose audio this page carries, or may soon carry.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use phone::{CallId, MediaEvent, MediaFault, MediaRequest, PageId, View};

use super::leg::Leg;
use super::microphone::{self, Permission, Watch};
use crate::companion::IceServer;

/// What the table tells the page about.
pub trait Host {
    /// News for the kernel.
    fn report(&self, call: CallId, event: MediaEvent);
    /// The microphone opened or closed, failed (a call fails with it), or its permission changed.
    fn microphone(&self, news: MicrophoneNews);
    /// The browser refuses to play the far end until the agent touches the page.
    fn blocked(&self);
}

/// News of the microphone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MicrophoneNews {
    /// The permission stands so.
    Permission(Permission),
    /// It is open.
    Opened,
    /// It is closed.
    Closed,
    /// It could not be opened, or was lost.
    Failed(MediaFault),
}

/// What legs share.
pub(super) struct Context {
    pub(super) host: Box<dyn Host>,
    /// STUN and TURN, for connections yet to be made.
    pub(super) servers: RefCell<Vec<IceServer>>,
    watch: RefCell<Option<Watch>>,
    open: Cell<u32>,
}

impl Context {
    /// The microphone opens without a question: calls need not wait for it.
    pub(super) fn granted(&self) -> bool {
        microphone::permission(self.watch.borrow().as_ref()) == Permission::Granted
    }

    fn tell_permission(&self) {
        let permission = microphone::permission(self.watch.borrow().as_ref());
        self.host.microphone(MicrophoneNews::Permission(permission));
    }
}

/// The table.
pub struct Peers {
    context: Rc<Context>,
    legs: RefCell<Vec<Rc<Leg>>>,
}

impl Peers {
    /// An empty table; starts to watch the microphone permission.
    pub fn new(host: impl Host + 'static) -> Self {
        let context = Rc::new(Context {
            host: Box::new(host),
            servers: RefCell::default(),
            watch: RefCell::default(),
            open: Cell::new(0),
        });
        if let Some(fault) = microphone::obstacle() {
            context.host.microphone(MicrophoneNews::Failed(fault));
        }
        let (watching, changed) = (Rc::downgrade(&context), Rc::downgrade(&context));
        super::spawn(async move {
            let watch = Watch::start(move || {
                if let Some(context) = changed.upgrade() {
                    context.tell_permission();
                }
            });
            let watch = watch.await;
            if let Some(context) = watching.upgrade() {
                *context.watch.borrow_mut() = watch;
                context.tell_permission();
            }
        });
        Self {
            context,
            legs: RefCell::default(),
        }
    }

    /// The STUN and TURN servers of connections made from now on.
    pub fn use_servers(&self, servers: Vec<IceServer>) {
        *self.context.servers.borrow_mut() = servers;
    }

    /// Does what the kernel asks. Requests of one call run one after the other; muting and closing at once.
    pub fn request(&self, request: MediaRequest) {
        let call = call_of(&request);
        match request {
            MediaRequest::Close { .. } => self.close(|leg| leg.call == call),
            MediaRequest::Mute { muted, .. } => {
                if let Some(leg) = self.find(call) {
                    leg.mute(muted);
                }
            }
            MediaRequest::Remote { .. } | MediaRequest::Rollback { .. } => {
                if let Some(leg) = self.find(call) {
                    leg.queue(request);
                }
            }
            MediaRequest::Prepare { .. } | MediaRequest::Offer { .. } | MediaRequest::Answer { .. } => {
                let leg = self.find(call).unwrap_or_else(|| self.add(call));
                leg.queue(request);
            }
        }
    }

    /// Closes what the view shows to be over or to belong to another page, also if nobody said so.
    pub fn tidy(&self, view: &View, me: Option<PageId>) {
        let over = view.ended.as_ref().map(|ended| ended.id);
        self.close(|leg| {
            let elsewhere = view.call.as_ref().is_some_and(|call| {
                // Ids rise: an older leg than the current call is a leftover.
                call.id > leg.call || call.id == leg.call && call.owner.is_some() && call.owner != me
            });
            elsewhere || over.is_some_and(|over| over >= leg.call)
        });
    }

    /// The agent has chosen other devices: calls under way go on with them.
    pub fn use_devices(&self, microphone: bool) {
        for leg in self.legs.borrow().iter() {
            leg.use_devices(microphone);
        }
    }

    /// Attaches the far end's sound to the loudspeaker once more.
    pub fn play_again(&self) {
        for leg in self.legs.borrow().iter() {
            leg.play_again();
        }
    }

    /// Closes everything.
    pub fn close_all(&self) {
        self.close(|_| true);
    }

    /// Tries again to play, from inside a gesture.
    pub fn resume(&self) {
        for leg in self.legs.borrow().iter() {
            leg.resume();
        }
    }

    fn find(&self, call: CallId) -> Option<Rc<Leg>> {
        self.legs.borrow().iter().find(|leg| leg.call == call).cloned()
    }

    fn add(&self, call: CallId) -> Rc<Leg> {
        let leg = Leg::new(call, Rc::clone(&self.context));
        self.legs.borrow_mut().push(Rc::clone(&leg));
        leg
    }

    fn close(&self, gone: impl Fn(&Leg) -> bool) {
        let mut closing = Vec::new();
        self.legs.borrow_mut().retain(|leg| {
            let gone = gone(leg);
            if gone {
                closing.push(Rc::clone(leg));
            }
            !gone
        });
        for leg in closing {
            leg.close();
        }
    }
}

impl Context {
    /// Counts calls with an open microphone, so that the page can show one true light. `first`: the call had none before.
    pub(super) fn opened(&self, first: bool) {
        self.open.set(self.open.get() + u32::from(first));
        self.host.microphone(MicrophoneNews::Opened);
    }

    /// The counterpart.
    pub(super) fn closed(&self) {
        self.open.set(self.open.get().saturating_sub(1));
        if self.open.get() == 0 {
            self.host.microphone(MicrophoneNews::Closed);
        }
    }
}

fn call_of(request: &MediaRequest) -> CallId {
    match request {
        MediaRequest::Prepare { call, .. }
        | MediaRequest::Offer { call, .. }
        | MediaRequest::Answer { call, .. }
        | MediaRequest::Remote { call, .. }
        | MediaRequest::Rollback { call }
        | MediaRequest::Mute { call, .. }
        | MediaRequest::Close { call } => *call,
    }
}
