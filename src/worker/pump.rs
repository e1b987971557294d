//! The only pump in the program: each input is handled and its outputs are drained before the next. Nothing the browser does
//! for an output calls back at once, so there is no queue.

use std::cell::{OnceCell, RefCell, RefMut};

use phone::{Input, Output, Phone, SocketEvent};
use softphone::web::clock::{self, Timer};
use softphone::web::socket::Socket;
use softphone::web::{entropy, panic};
use softphone::wire::ToPage;

use crate::news::Newsroom;
use crate::pages::Pages;

/// WebSocket close code for "the browser knows nothing" (RFC 6455 §7.4.1).
const ABNORMAL: u16 = 1006;

thread_local! {
    // Lives as long as the worker: leaked, so that nothing need know how to take it apart.
    static PUMP: OnceCell<&'static RefCell<Pump>> = const { OnceCell::new() };
}

/// The pump, made at the first call. Everything the browser calls comes through here, one at a time.
pub(crate) fn with(act: impl FnOnce(&mut Pump)) {
    act(&mut shared());
}

fn shared() -> RefMut<'static, Pump> {
    PUMP.with(|pump| *pump.get_or_init(|| Box::leak(Box::new(RefCell::new(Pump::new())))))
        .borrow_mut()
}

/// Kernel, socket, timer, pages, the server's news.
pub(crate) struct Pump {
    phone: Phone,
    socket: Option<Socket>,
    timer: Timer,
    pub(crate) pages: Pages,
    pub(crate) newsroom: Newsroom,
}

impl Pump {
    fn new() -> Self {
        panic::show_in_console();
        // The instance id (RFC 5626 §4.1) lasts as long as this worker: a new worker is a new flow set.
        let instance = ["urn:uuid:", &entropy::uuid()].concat();
        Self {
            phone: Phone::new(entropy::seed(), instance),
            socket: None,
            timer: Timer::new(|| with(|pump| pump.feed(Input::Tick))),
            pages: Pages::default(),
            newsroom: Newsroom::default(),
        }
    }

    /// Takes one input.
    pub(crate) fn feed(&mut self, input: Input) {
        let mut next = Some(input);
        while let Some(input) = next.take() {
            self.phone.handle(clock::now(), input);
            while let Some(output) = self.phone.poll() {
                // A socket that cannot even be opened waits its turn, as one that closes would.
                if !self.perform(output) {
                    next = Some(Input::Socket(SocketEvent::Closed(ABNORMAL)));
                }
            }
        }
    }

    /// False if the browser refuses the socket.
    fn perform(&mut self, output: Output) -> bool {
        match output {
            Output::Connect(url) => {
                // The old socket goes first: with its listener gone, nothing of it can be heard any more.
                self.socket = None;
                let hear = |event| with(|pump| pump.feed(Input::Socket(event)));
                self.socket = Socket::open(&url, hear).ok();
                return self.socket.is_some();
            }
            Output::Close => self.socket = None,
            Output::Send(text) => {
                if let Some(socket) = &self.socket {
                    socket.send(&text);
                }
            }
            Output::Media(page, request) => self.pages.tell(page, &ToPage::Media(request)),
            Output::Place { page, key, number } => self.pages.tell(page, &ToPage::Place { key, number }),
            Output::Listen(on) => self.newsroom.listen(on),
            Output::Report { sid, report } => self.newsroom.report(&sid, report),
            Output::View(view) => self.pages.show(view),
            Output::Mark(mark) => self.pages.tell_all(&ToPage::Mark(mark, clock::exact())),
            Output::Wake(at) => self.timer.set(at),
        }
        true
    }
}
