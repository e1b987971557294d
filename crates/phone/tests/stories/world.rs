//! Phone, pages, server and the socket between them on a virtual clock.

use phone::{CallId, Command, Input, Mark, Millis, Output, PageId, Phone, SocketEvent, View};
use sip::Instant;

use crate::page::Page;
use crate::server::Server;

/// One way over the socket, ms.
const LATENCY: Millis = 10;
/// How long a page takes to reply, ms.
const PAGE: Millis = 5;

enum Arrival {
    Phone(Input),
    /// For the phone, if that socket still lives.
    Socket(u32, SocketEvent),
    Server(u32, String),
}

pub(crate) struct World {
    pub(crate) now: Millis,
    pub(crate) phone: Phone,
    pub(crate) server: Server,
    pub(crate) pages: Vec<(PageId, Page)>,
    pub(crate) view: View,
    /// The server takes connections.
    pub(crate) up: bool,
    /// Every link and call state shown, without repeats.
    pub(crate) links: Vec<String>,
    pub(crate) states: Vec<phone::CallState>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) inputs: Vec<(Millis, Input)>,
    pub(crate) outputs: Vec<Output>,
    pub(crate) connects: Vec<Millis>,
    socket: u32,
    open: bool,
    wake: Option<Millis>,
    queue: Vec<(Millis, u64, Arrival)>,
    order: u64,
}

pub(crate) const SEED: [u8; 32] = [5; 32];
pub(crate) const INSTANCE: &str = "urn:uuid:00000000-0000-4000-8000-000000000001";
pub(crate) const START: Millis = 1_700_000_000_000;

impl World {
    pub(crate) fn with_seed(seed: [u8; 32]) -> Self {
        let mut world = Self {
            now: START,
            phone: Phone::new(seed, String::from(INSTANCE)),
            server: Server::new(),
            pages: Vec::new(),
            view: serde_json::from_str(
                r#"{"link":"Idle","news":"Off","address":null,"call":null,"ended":null,"missed":[],"refusal":null}"#,
            )
            .unwrap(),
            up: true,
            links: Vec::new(),
            states: Vec::new(),
            marks: Vec::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            connects: Vec::new(),
            socket: 0,
            open: false,
            wake: None,
            queue: Vec::new(),
            order: 0,
        };
        world.attach(1);
        world
    }

    pub(crate) fn attach(&mut self, page: u32) {
        self.pages.push((PageId(page), Page::new()));
        self.input(Input::PageAttached(PageId(page)));
    }

    pub(crate) fn leave(&mut self, page: u32) {
        self.pages.retain(|(id, _)| *id != PageId(page));
        self.input(Input::PageGone(PageId(page)));
    }

    pub(crate) fn page(&mut self, page: u32) -> &mut Page {
        let (_, page) = self
            .pages
            .iter_mut()
            .find(|(id, _)| *id == PageId(page))
            .expect("an attached page");
        page
    }

    pub(crate) fn click(&mut self, page: u32, command: Command) {
        self.input(Input::Command(PageId(page), command));
    }

    /// Gives the phone an input and carries out what it wants.
    pub(crate) fn input(&mut self, input: Input) {
        self.inputs.push((self.now, input.clone()));
        self.phone.handle(self.now, input);
        while let Some(output) = self.phone.poll() {
            self.outputs.push(output.clone());
            self.obey(output);
        }
        let ready = self.view.link == phone::LinkView::Ready;
        assert!(!ready || self.open, "Ready without a socket");
        self.serve();
    }

    fn obey(&mut self, output: Output) {
        match output {
            Output::Connect(_) => {
                self.close_socket();
                self.socket += 1;
                self.connects.push(self.now);
                let event = if self.up {
                    SocketEvent::Open
                } else {
                    SocketEvent::Closed(1006)
                };
                self.later(LATENCY, Arrival::Socket(self.socket, event));
            }
            Output::Close => {
                self.close_socket();
                self.socket += 1;
            }
            Output::Send(text) => {
                assert!(self.open, "a frame without a socket");
                self.later(LATENCY, Arrival::Server(self.socket, text));
            }
            Output::Media(page, request) => {
                let page_id = page;
                if let Some((_, page)) = self.pages.iter_mut().find(|(id, _)| *id == page)
                    && let Some((call, event)) = page.ask(request)
                {
                    self.later(PAGE, Arrival::Phone(Input::Media(page_id, call, event)));
                }
            }
            Output::View(view) => {
                let link = format!("{:?}", view.link)
                    .split([' ', '('])
                    .next()
                    .unwrap()
                    .to_owned();
                if self.links.last() != Some(&link) {
                    self.links.push(link);
                }
                if let Some(call) = &view.call
                    && self.states.last() != Some(&call.state)
                {
                    self.states.push(call.state);
                }
                self.view = *view;
            }
            Output::Mark(mark) => self.marks.push(mark),
            Output::Wake(at) => self.wake = at,
            // The stories of news and of placing look at them, and play the companion server themselves.
            Output::Place { .. } | Output::Listen(_) | Output::Report { .. } => {}
        }
    }

    /// Closing delivers what was sent before; breaking does not.
    fn close_socket(&mut self) {
        let socket = self.socket;
        let (sent, kept) = core::mem::take(&mut self.queue)
            .into_iter()
            .partition(|(_, _, arrival)| matches!(arrival, Arrival::Server(to, _) if *to == socket));
        self.queue = kept;
        let mut sent: Vec<(Millis, u64, Arrival)> = sent;
        sent.sort_by_key(|(at, order, _)| (*at, *order));
        for (_, _, arrival) in sent {
            if let Arrival::Server(_, text) = arrival {
                self.server.frame(self.now, &text);
            }
        }
        self.hang_socket_up();
    }

    fn hang_socket_up(&mut self) {
        if self.open {
            self.open = false;
            self.server.ua.disconnected(Instant(self.now));
            self.server.drain(self.now);
            self.server.out.clear();
        }
    }

    /// Sends what the server made.
    pub(crate) fn serve(&mut self) {
        self.server.drain(self.now);
        for text in core::mem::take(&mut self.server.out) {
            if self.open {
                self.later(LATENCY, Arrival::Socket(self.socket, SocketEvent::Text(text)));
            }
        }
    }

    fn later(&mut self, after: Millis, arrival: Arrival) {
        self.order += 1;
        self.queue.push((self.now + after, self.order, arrival));
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, ms: Millis) {
        let end = self.now + ms;
        let mut steps = 0;
        loop {
            steps += 1;
            assert!(steps < 100_000, "it never comes to rest");
            let server = self.server.ua.next_timeout().map(|at| at.0.max(self.now));
            let arrival = self.queue.iter().map(|(at, order, _)| (*at, *order)).min();
            let next = [server, arrival.map(|(at, _)| at), self.wake]
                .into_iter()
                .flatten()
                .min();
            let Some(next) = next.filter(|next| *next <= end) else {
                break;
            };
            self.now = next;
            if arrival.is_some_and(|(at, _)| at == next) {
                let at = self
                    .queue
                    .iter()
                    .position(|(at, order, _)| Some((*at, *order)) == arrival)
                    .unwrap();
                let (_, _, arrival) = self.queue.remove(at);
                self.arrive(arrival);
            } else if server == Some(next) {
                self.server.ua.timeout(Instant(self.now));
                self.serve();
            } else {
                self.wake = None;
                self.input(Input::Tick);
            }
        }
        self.now = end;
    }

    fn arrive(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::Phone(input) => self.input(input),
            Arrival::Socket(socket, event) if socket == self.socket => {
                match event {
                    SocketEvent::Open if self.up => {
                        self.open = true;
                        self.server.ua.connected(Instant(self.now));
                    }
                    SocketEvent::Open => {
                        return self.arrive(Arrival::Socket(socket, SocketEvent::Closed(1006)));
                    }
                    SocketEvent::Closed(_) => self.hang_socket_up(),
                    SocketEvent::Text(_) | SocketEvent::Binary(_) => {}
                }
                self.input(Input::Socket(event));
            }
            Arrival::Server(socket, text) if socket == self.socket && self.open => {
                self.server.frame(self.now, &text);
                self.serve();
            }
            Arrival::Socket(..) | Arrival::Server(..) => {}
        }
    }

    /// The socket breaks now; the server may or may not take the next one.
    pub(crate) fn cut(&mut self) {
        if self.open {
            self.hang_socket_up();
            let socket = self.socket;
            self.arrive(Arrival::Socket(socket, SocketEvent::Closed(1006)));
        }
    }

    /// The current call's id.
    pub(crate) fn call(&self) -> CallId {
        self.view.call.as_ref().expect("a call").id
    }
}
