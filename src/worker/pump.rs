//! The only pump in the program: every input goes through one queue, each is handled and its outputs are drained before the
//! next. What an output causes at once (a socket that fails to open, a page that leaves) waits its turn.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use phone::{Input, Output, Phone, SocketEvent};
use softphone::web::clock::{self, Timer};
use softphone::web::socket::Socket;
use softphone::web::{Listener, entropy, panic, port};
use softphone::wire::ToPage;

use crate::pages::Pages;

/// WebSocket close code for "the browser knows nothing" (RFC 6455 §7.4.1).
const ABNORMAL: u16 = 1006;

thread_local! {
    // The worker's whole state lives as long as the worker; the panic hook reaches the pages through it.
    static PUMP: RefCell<Option<Rc<Pump>>> = const { RefCell::new(None) };
}

/// Kernel, socket, timer, pages.
pub(crate) struct Pump {
    phone: RefCell<Phone>,
    queue: RefCell<VecDeque<Input>>,
    draining: Cell<bool>,
    socket: RefCell<Option<Socket>>,
    timer: Timer,
    pages: Pages,
    connections: RefCell<Option<Listener>>,
}

/// Starts the worker: from here on it lives on events.
pub(crate) fn start() {
    panic::hook(|text| {
        PUMP.with(|pump| {
            // Borrowed means that the panic struck while starting: there is nobody to tell.
            if let Ok(pump) = pump.try_borrow()
                && let Some(pump) = &*pump
            {
                pump.pages.tell_all(&ToPage::Panicked(text.to_owned()));
            }
        });
        panic::close_worker();
    });
    // Without randomness pages get no welcome, and say so.
    let (Ok(seed), Ok(uuid)) = (entropy::seed(), entropy::uuid()) else {
        return;
    };
    // The instance id (RFC 5626 §4.1) lasts as long as this worker: a new worker is a new flow set.
    let pump = Pump::new(Phone::new(seed, ["urn:uuid:", &uuid].concat()));
    PUMP.with(|slot| *slot.borrow_mut() = Some(pump));
}

impl Pump {
    fn new(phone: Phone) -> Rc<Self> {
        let pump = Rc::new_cyclic(|weak: &std::rc::Weak<Self>| {
            let ticking = weak.clone();
            Self {
                phone: RefCell::new(phone),
                queue: RefCell::default(),
                draining: Cell::new(false),
                socket: RefCell::default(),
                timer: Timer::new(move || {
                    if let Some(pump) = ticking.upgrade() {
                        pump.feed(Input::Tick);
                    }
                }),
                pages: Pages::default(),
                connections: RefCell::default(),
            }
        });
        let connecting = Rc::downgrade(&pump);
        *pump.connections.borrow_mut() = Some(port::connections(move |ends| {
            if let Some(pump) = connecting.upgrade() {
                pump.pages.connect(ends, &pump);
            }
        }));
        pump
    }

    /// Takes one input. Called from inside an output it only queues.
    pub(crate) fn feed(self: &Rc<Self>, input: Input) {
        self.queue.borrow_mut().push_back(input);
        if self.draining.replace(true) {
            return;
        }
        while let Some(input) = self.take() {
            self.phone.borrow_mut().handle(clock::now(), input);
            while let Some(output) = self.poll() {
                self.perform(output);
            }
        }
        self.draining.set(false);
    }

    /// The attached pages.
    pub(crate) fn pages(&self) -> &Pages {
        &self.pages
    }

    // Functions of their own, so that no borrow lasts over the work that follows.
    fn take(&self) -> Option<Input> {
        self.queue.borrow_mut().pop_front()
    }

    fn poll(&self) -> Option<Output> {
        self.phone.borrow_mut().poll()
    }

    fn perform(self: &Rc<Self>, output: Output) {
        match output {
            Output::Connect(url) => self.connect(&url),
            Output::Close => drop(self.socket.take()),
            Output::Send(text) => {
                if let Some(socket) = &*self.socket.borrow() {
                    socket.send(&text);
                }
            }
            Output::Media(page, request) => self.pages.tell(page, &ToPage::Media(request)),
            Output::View(view) => self.pages.show(view),
            Output::Mark(mark) => self.pages.tell_all(&ToPage::Mark(mark, clock::exact())),
            Output::Wake(at) => self.timer.set(at),
        }
    }

    /// Drops the old socket first: with its listeners gone, nothing of it can be heard any more.
    fn connect(self: &Rc<Self>, url: &str) {
        drop(self.socket.take());
        let hearing = Rc::downgrade(self);
        let opened = Socket::open(url, move |event| {
            if let Some(pump) = hearing.upgrade() {
                pump.feed(Input::Socket(event));
            }
        });
        match opened {
            Ok(socket) => *self.socket.borrow_mut() = Some(socket),
            Err(_) => self.feed(Input::Socket(SocketEvent::Closed(ABNORMAL))),
        }
    }
}
