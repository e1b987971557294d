//! The page's side of the port: what the worker says goes to the desk's signals, the audio and the speaker; what the page
//! says goes to the worker.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use leptos::prelude::{GetUntracked, Set, Update, WithUntracked};
use phone::view::LegView;
use phone::{CallId, CallState, Command, MediaEvent, NewsLine, PageId, View};
use softphone::companion::IceServer;
use softphone::panes_wire::Mend;
use softphone::sounding;
use softphone::web::clock::Timer;
use softphone::web::locks::{self, Held};
use softphone::web::peers::{Host, MicrophoneNews, Peers};
use softphone::web::port::{self, Port, Sender};
use softphone::web::ring::{Heard, Speaker};
use softphone::web::{Listener, clock, entropy, marks, page, spawn};
use softphone::wire::{Session, ToPage, ToWorker};

use crate::desk::{Desk, WorkerLost};

/// The worker greets within this, ms, even on a slow machine and a cold cache.
const PATIENCE: u64 = 8000;

/// Everything of this page that is not UI. Lives as long as the desk.
pub(crate) struct Shell {
    desk: Desk,
    port: Option<Port>,
    peers: Peers,
    speaker: Rc<Speaker>,
    /// Who owned the current call, for the sounds after its end.
    owner: Cell<Option<PageId>>,
    /// The last incoming call marked.
    marked: Cell<Option<CallId>>,
    /// Who is signed in, to be said whenever this page attaches.
    session: RefCell<Option<Session>>,
    /// Held until the page dies.
    lock: RefCell<Option<(String, Held)>>,
    patience: Timer,
    _listeners: RefCell<Vec<Listener>>,
}

impl Shell {
    /// Takes the port that the boot file opened, and says hello.
    pub(crate) fn attach(desk: Desk) -> Rc<Self> {
        let shell = Rc::new_cyclic(|weak: &Weak<Self>| {
            let (port, death) = Self::connect(desk, weak).unzip();
            let speaker = Speaker::new(move |heard| {
                desk.ring.set(heard == Heard::Sounding);
                desk.ring_blocked.set(heard == Heard::Blocked);
            });
            let sender = port.as_ref().map(Port::sender);
            Self {
                desk,
                port,
                peers: Peers::new(PageHost { desk, sender }),
                speaker,
                owner: Cell::new(None),
                marked: Cell::new(None),
                session: RefCell::default(),
                lock: RefCell::default(),
                patience: Timer::new(move || desk.worker_lost.set(Some(WorkerLost::Silent))),
                _listeners: RefCell::new(death.into_iter().collect()),
            }
        });
        if shell.port.is_none() {
            desk.worker_lost.set(Some(not_loaded()));
        }
        shell.listen();
        shell.greet();
        shell
    }

    fn connect(desk: Desk, weak: &Weak<Self>) -> Option<(Port, Listener)> {
        // A worker of this page alone also says so here when it breaks down, and may have told why by then.
        let (ends, death) = port::worker(move || {
            desk.worker_lost
                .update(|lost| *lost = lost.take().or_else(|| Some(not_loaded())));
        })?;
        let hearing = weak.clone();
        let failing = weak.clone();
        let port = Port::to_program(
            ends,
            move |message| with(&hearing, |shell| shell.hear(message)),
            move |words| with(&failing, |shell| shell.failed(words)),
        );
        Some((port, death))
    }

    /// Hands a command over.
    pub(crate) fn send(&self, command: Command) {
        if let Command::Digit(_, digit) = command {
            self.speaker.digit(digit);
        }
        if command == Command::MissedSeen {
            self.desk.keep_seen();
        }
        self.say(&ToWorker::Command(command));
    }

    /// STUN and TURN servers of the calls to come.
    pub(crate) fn use_servers(&self, servers: Vec<IceServer>) {
        self.peers.use_servers(servers);
    }

    /// Calls under way go on with other devices.
    pub(crate) fn use_devices(&self, microphone: bool) {
        self.peers.use_devices(microphone);
    }

    /// One direction of this call is dead: the far end's sound is played anew, or a new path is asked for.
    pub(crate) fn mend(&self, call: CallId, mend: Mend) {
        match mend {
            Mend::Play => self.peers.play_again(),
            Mend::Path => self.say(&ToWorker::Media(call, MediaEvent::OneWay)),
        }
    }

    /// Has the worker listen to the server's news of this agent's calls, or to nobody's.
    pub(crate) fn follow(&self, session: Option<Session>) {
        self.session.borrow_mut().clone_from(&session);
        // Before the worker has greeted this page, it hears of it in reply.
        if self.desk.page.get_untracked().is_some() {
            self.say(&ToWorker::Session(session));
        }
    }

    fn say(&self, message: &ToWorker) {
        if let Some(port) = &self.port {
            port.sender().send(message);
        }
    }

    /// Attaches, with the lock in hand, so that the worker cannot take it first. The lock stays ours in the back/forward
    /// cache, so a page that returns names the same one.
    fn greet(self: &Rc<Self>) {
        self.patience.set(Some(clock::now() + PATIENCE));
        if let Some((name, _)) = &*self.lock.borrow() {
            return self.say(&ToWorker::Attach {
                lock: Some(name.clone()),
            });
        }
        let shell = Rc::clone(self);
        spawn(async move {
            let name = entropy::uuid();
            let lock = locks::acquire(&name).await.map(|held| (name, held));
            let name = lock.as_ref().map(|(name, _)| name.clone());
            *shell.lock.borrow_mut() = lock;
            shell.say(&ToWorker::Attach { lock: name });
        });
    }

    fn listen(self: &Rc<Self>) {
        let [leaving, returning, touched, network] = [(); 4].map(|()| Rc::downgrade(self));
        let mut listeners = self._listeners.borrow_mut();
        listeners.push(page::on_leave(move || with(&leaving, |shell| shell.leave())));
        listeners.push(page::on_return(move || with(&returning, Self::greet)));
        listeners.extend(page::on_gesture(move || {
            with(&touched, |shell| {
                shell.speaker.retry();
                shell.peers.resume();
                shell.desk.audio_blocked.set(false);
            });
        }));
        listeners.extend(page::on_network(move |online| {
            with(&network, |shell| shell.say(&ToWorker::Network { online }));
        }));
    }

    fn leave(&self) {
        self.say(&ToWorker::Leaving);
        self.desk.page.set(None);
        self.silence();
    }

    /// Without a worker there is no call: no microphone and no sound may outlive it.
    fn silence(&self) {
        self.peers.close_all();
        self.speaker.sound(sounding::Sound::Silence);
    }

    fn hear(self: &Rc<Self>, message: ToPage) {
        match message {
            ToPage::View(page, view) => {
                if self.desk.page.get_untracked() != Some(page) {
                    self.patience.set(None);
                    self.desk.worker_lost.set(None);
                    self.desk.page.set(Some(page));
                    if let Some(session) = &*self.session.borrow() {
                        self.say(&ToWorker::Session(Some(session.clone())));
                    }
                }
                self.show(*view);
            }
            ToPage::Media(request) => self.peers.request(request),
            ToPage::Place { key, number } => spawn(self.desk.carry_out(key, number)),
            ToPage::Reread => self.desk.gaps.update(|gaps| *gaps += 1),
            ToPage::Device(device) => self.desk.device_rings(device),
            ToPage::Mark(mark, at) => marks::mark_at(marks::name(mark), at),
        }
    }

    /// The boot file says that the worker did not load, or has broken down.
    fn failed(&self, words: String) {
        let loaded = self.desk.page.get_untracked().is_some();
        let lost = if loaded {
            WorkerLost::Broken
        } else {
            WorkerLost::NotLoaded
        };
        self.patience.set(None);
        self.desk.worker_lost.set(Some(lost(words)));
        self.silence();
    }

    fn show(&self, view: View) {
        let me = self.desk.page.get_untracked();
        if let Some(call) = &view.call {
            // Announced by the server is not yet here.
            let here = call.state == CallState::Incoming && call.leg == LegView::Here;
            if here && self.marked.replace(Some(call.id)) != Some(call.id) {
                marks::mark("incoming");
            }
            self.owner.set(call.owner);
        }
        // The screen first: the ring and the tidying up can wait the millisecond that painting cannot.
        let sound = sounding::sound(&view, me, self.owner.get());
        self.peers.tidy(&view, me);
        let before = self.desk.view.with_untracked(|view| view.news);
        let signed_out = view.news == NewsLine::SignedOut && before != NewsLine::SignedOut;
        self.desk.view.set(view);
        self.speaker.sound(sound);
        if signed_out {
            self.session.take();
            self.desk.session_ended();
        }
    }
}

fn not_loaded() -> WorkerLost {
    WorkerLost::NotLoaded(String::new())
}

fn with(shell: &Weak<Shell>, act: impl FnOnce(&Rc<Shell>)) {
    if let Some(shell) = shell.upgrade() {
        act(&shell);
    }
}

/// Carries the audio's news to the worker and to the desk.
struct PageHost {
    desk: Desk,
    sender: Option<Sender>,
}

impl Host for PageHost {
    fn report(&self, call: CallId, event: MediaEvent) {
        if let Some(sender) = &self.sender {
            sender.send(&ToWorker::Media(call, event));
        }
    }

    fn microphone(&self, news: MicrophoneNews) {
        let before = self.desk.microphone.get_untracked();
        self.desk.microphone.set(before.after(news));
    }

    fn blocked(&self) {
        self.desk.audio_blocked.set(true);
    }
}
