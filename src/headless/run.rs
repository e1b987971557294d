//! The phone in its page: what is heard goes to [`Link`] and to the media, and what they want done is done.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use phone::{Command, LinkView, PageId, View};
use protocol::embed::{Fault, FaultCode, Hello, Outcome, ToHost, VERSION};
use softphone::account::{self, Wish};
use softphone::embed::{Deed, Link, measured};
use softphone::number::Dialled;
use softphone::sign_in::user;
use softphone::web::carried::Carried;
use softphone::web::clock::Timer;
use softphone::web::host::HostPort;
use softphone::web::locks::{self, Held};
use softphone::web::port::{Ends, Port};
use softphone::web::{Listener, clock, entropy, page, panic, spawn};
use softphone::wire::{ToPage, ToWorker};

use crate::media::Media;
use crate::signing_in::SigningIn;

thread_local! {
    /// Lives as long as the page.
    static RUNNING: RefCell<Option<Rc<Running>>> = const { RefCell::new(None) };
}

struct Running {
    link: RefCell<Link>,
    host: HostPort,
    worker: Port,
    media: Media,
    page: Cell<Option<PageId>>,
    view: RefCell<Option<View>>,
    signing_in: Cell<SigningIn>,
    /// Held until the page dies; with its name.
    lock: RefCell<Option<(String, Held)>>,
    timer: Timer,
    _listeners: Vec<Listener>,
}

/// Starts it.
pub(crate) fn open(worker: Ends, host: Ends, sounds: bool) {
    panic::show_in_console();
    let worker = Port::to_program(
        worker,
        |message| {
            with(|it| hear_worker(it, message));
        },
        |_| stop(),
    );
    let media = Media::new(worker.sender(), sounds);
    let host = HostPort::open(host, |text| {
        with(|it| hear_page(it, text));
    });
    RUNNING.set(Some(Rc::new(Running {
        link: RefCell::default(),
        host,
        worker,
        media,
        page: Cell::new(None),
        view: RefCell::default(),
        signing_in: Cell::default(),
        lock: RefCell::default(),
        timer: Timer::new(|| {
            with(|it| it.link.borrow_mut().tick(clock::now()));
        }),
        _listeners: listeners(),
    })));
    with(greet);
}

/// The worker is no more.
pub(crate) fn stop() {
    with(|it| {
        it.media.silence();
        it.link.borrow_mut().stop(clock::now());
    });
}

fn listeners() -> Vec<Listener> {
    let mut listeners = vec![
        page::on_leave(|| {
            with(leave);
        }),
        page::on_return(|| {
            with(greet);
        }),
    ];
    listeners.extend(page::on_gesture(|| {
        with(|it| it.media.touched());
    }));
    listeners.extend(page::on_network(|online| {
        with(|it| it.worker.send(&ToWorker::Network { online }));
    }));
    listeners
}

/// Tells somebody something, then does what follows.
fn with(tell: impl FnOnce(&Rc<Running>)) {
    let Some(running) = RUNNING.with_borrow(Clone::clone) else {
        return;
    };
    tell(&running);
    loop {
        let deed = running.link.borrow_mut().poll();
        match deed {
            Some(deed) => act(&running, deed),
            None => return,
        }
    }
}

fn act(it: &Running, deed: Deed) {
    match deed {
        Deed::Say(said) => say(it, &said),
        Deed::Command(command) => send(it, command),
        Deed::Dial(number) => {
            // The link has refused what is neither.
            if let Dialled::Number(target) | Dialled::Address(target) = Dialled::read(&number) {
                send(it, Command::Dial(target));
            }
        }
        Deed::Measure(id) => spawn(async move {
            let settled = measured(Carried::measure().await);
            with(|it| it.link.borrow_mut().settled(clock::now(), id, settled));
        }),
        Deed::Wake(at) => it.timer.set(at),
        // There is no server, no ticket and no screen here; who asks for them is told so by a time-out at most.
        Deed::SignIn(_) | Deed::Server(..) | Deed::Lease | Deed::Look(_) | Deed::Fill(_) => {}
    }
}

fn send(it: &Running, command: Command) {
    if let Command::Digit(_, digit) = command {
        it.media.digit(digit);
    }
    it.worker.send(&ToWorker::Command(command));
}

fn say(it: &Running, said: &ToHost) {
    // None of our types can fail to be written.
    it.host.say(&serde_json::to_string(said).unwrap_or_default());
}

/// Attaches, with the lock in hand, so that the worker cannot take it first. A page that returns names the same one.
fn greet(it: &Rc<Running>) {
    let held = it.lock.borrow().as_ref().map(|(name, _)| name.clone());
    if held.is_some() {
        return it.worker.send(&ToWorker::Attach { lock: held });
    }
    let it = Rc::clone(it);
    spawn(async move {
        let name = entropy::uuid();
        let lock = locks::acquire(&name).await.map(|held| (name, held));
        let name = lock.as_ref().map(|(name, _)| name.clone());
        *it.lock.borrow_mut() = lock;
        it.worker.send(&ToWorker::Attach { lock: name });
    });
}

fn leave(it: &Rc<Running>) {
    it.worker.send(&ToWorker::Leaving);
    it.media.silence();
}

fn hear_worker(it: &Rc<Running>, message: ToPage) {
    match message {
        ToPage::View(page, view) => show(it, page, *view),
        ToPage::Media(request) => it.media.request(request),
        // Of a companion server's, or a mark.
        ToPage::Place { .. } | ToPage::Reread | ToPage::Device(_) | ToPage::Mark(..) => {}
    }
}

fn show(it: &Rc<Running>, page: PageId, view: View) {
    it.media.follow(&view, page);
    let mut link = it.link.borrow_mut();
    link.show(clock::now(), page, view.clone());
    // The page hears of the phone once there is one.
    if it.page.replace(Some(page)).is_none() {
        let hello = Hello {
            version: VERSION,
            nonce: String::new(),
            origin: String::new(),
            tickets: false,
            look: protocol::embed::Look::default(),
        };
        link.welcome(clock::now(), hello);
    }
    drop(link);
    let mut signing_in = it.signing_in.get();
    let ended = signing_in.look(&view, clock::now());
    it.signing_in.set(signing_in);
    *it.view.borrow_mut() = Some(view);
    if let Some((id, done)) = ended {
        // After the news of the view, which are still to be said.
        spawn(async move { with(|it| settle(it, id, done)) });
    }
}

fn settle(it: &Running, id: u32, done: Result<(), Fault>) {
    say(
        it,
        &match done {
            Ok(()) => ToHost::Done {
                id,
                outcome: Outcome::Nothing,
            },
            Err(fault) => ToHost::Failed { id: Some(id), fault },
        },
    );
}

fn hear_page(it: &Rc<Running>, text: &str) {
    match account::wish(text) {
        None => it.link.borrow_mut().hear(clock::now(), text),
        Some((id, Ok(Wish::SignOut))) => {
            say(it, &ToHost::Ack { id });
            send(it, Command::Disconnect);
            settle(it, id, Ok(()));
        }
        Some((id, Ok(Wish::SignIn(given)))) => {
            say(it, &ToHost::Ack { id });
            it.media.use_servers(given.ice_servers);
            if let SigningIn::Asked(before) | SigningIn::Begun(before) = it.signing_in.get() {
                let message = "Another sign-in took its place.";
                settle(it, before, Err(Fault::new(FaultCode::Refused, message)));
            }
            let view = it.view.borrow();
            // Another page of this browser may have signed in already: one phone for all.
            let same = view.as_ref().is_some_and(|view| {
                view.address.as_deref().map(user) == Some(user(&given.account.address))
                    && !matches!(view.link, LinkView::Idle | LinkView::Refused(_))
            });
            if same {
                let mut signing_in = SigningIn::Begun(id);
                let ended = view.as_ref().and_then(|view| signing_in.look(view, clock::now()));
                it.signing_in.set(signing_in);
                if let Some((id, done)) = ended {
                    settle(it, id, done);
                }
            } else {
                it.signing_in.set(SigningIn::Asked(id));
                send(it, Command::Connect(given.account));
            }
        }
        Some((id, Err(fault))) => settle(it, id, Err(fault)),
    }
}
