//! A phone for tests: the SIP user agent over a real WebSocket, and a second `str0m` peer as its browser.

#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

pub mod browser;
pub mod control;
pub mod receiver;

use std::collections::VecDeque;
use std::time::{Duration, Instant as Clock};

use futures_util::{SinkExt, StreamExt};
use sandbox::{Options, Running, Sandbox};
use sip::{CallId, Config, Event, Instant, Output, Secret, Transport, Uri, UserAgent};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Longer than any step takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub async fn sandbox() -> Running {
    Sandbox::spawn(Options::default()).await.unwrap()
}

/// Opens a WebSocket that asks for the subprotocol `sip`.
pub async fn socket(running: &Running, path: &str) -> Socket {
    let mut request = format!("ws://{}{path}", running.addr)
        .into_client_request()
        .unwrap();
    request
        .headers_mut()
        .insert("Sec-WebSocket-Protocol", "sip".parse().unwrap());
    connect_async(request).await.unwrap().0
}

pub struct Phone {
    pub ua: UserAgent,
    socket: Socket,
    events: VecDeque<Event>,
    began: Clock,
}

impl Phone {
    /// Connects; nothing is registered yet.
    pub async fn new(running: &Running, user: &str, device: &str) -> Self {
        let account = running
            .accounts
            .iter()
            .find(|account| account.user == user)
            .unwrap();
        Self::with_password(running, user, device, &account.password).await
    }

    pub async fn with_password(running: &Running, user: &str, device: &str, password: &str) -> Self {
        let address = Uri::parse(&format!("sip:{user}@sandbox.test")).unwrap();
        let config = Config {
            transport: Transport::Ws,
            instance: format!("urn:uuid:00000000-0000-4000-8000-0000000000{device}"),
            keep_alive: None,
            ..Config::new(address, Secret::new(password))
        };
        let mut seed = [7; 32];
        for (byte, mark) in seed.iter_mut().zip(user.bytes().chain(device.bytes())) {
            *byte ^= mark;
        }
        let (ua, socket) = (UserAgent::new(config, seed), socket(running, "/sip").await);
        let mut phone = Self {
            ua,
            socket,
            events: VecDeque::new(),
            began: Clock::now(),
        };
        phone.ua.connected(phone.now());
        phone
    }

    pub async fn registered(running: &Running, user: &str, device: &str) -> Self {
        let mut phone = Self::new(running, user, device).await;
        phone.register().await;
        phone
    }

    pub async fn register(&mut self) {
        self.ua.register(self.now());
        self.until(|event| matches!(event, Event::Registered { .. }))
            .await;
    }

    pub fn now(&self) -> Instant {
        Instant(self.began.elapsed().as_millis() as u64)
    }

    pub fn invite(&mut self, user: &str, offer: &str) -> CallId {
        let target = Uri::parse(&format!("sip:{user}@sandbox.test")).unwrap();
        self.ua.invite(self.now(), target, offer.to_owned(), &[]).unwrap()
    }

    /// Sends all there is to send.
    pub async fn flush(&mut self) {
        while let Some(output) = self.ua.poll() {
            match output {
                Output::Send(text) => self.socket.send(Message::text(text)).await.unwrap(),
                Output::Event(event) => self.events.push_back(event),
            }
        }
    }

    /// The next event, whatever it is.
    pub async fn next(&mut self) -> Event {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            self.flush().await;
            if let Some(event) = self.events.pop_front() {
                return event;
            }
            let now = self.now();
            let wait = self
                .ua
                .next_timeout()
                .map_or(PATIENCE, |at| Duration::from_millis(at.since(now)));
            tokio::select! {
                frame = self.socket.next() => match frame {
                    Some(Ok(Message::Text(text))) => self.ua.frame(self.now(), text.as_bytes()),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => panic!("the server closed the socket"),
                },
                () = tokio::time::sleep(wait) => self.ua.timeout(self.now()),
                () = tokio::time::sleep_until(deadline) => panic!("nothing happened for {PATIENCE:?}"),
            }
        }
    }

    /// The next event of the wanted kind; others on the way are passed over.
    pub async fn until(&mut self, wanted: impl Fn(&Event) -> bool) -> Event {
        loop {
            let event = self.next().await;
            if wanted(&event) {
                return event;
            }
        }
    }

    /// Goes on sending and receiving while something else is waited for; its own events are kept.
    pub async fn beside<T>(&mut self, other: impl Future<Output = T>) -> T {
        let mut kept = VecDeque::new();
        tokio::pin!(other);
        loop {
            tokio::select! {
                result = &mut other => {
                    kept.append(&mut self.events);
                    self.events = kept;
                    return result;
                }
                event = self.next() => kept.push_back(event),
            }
        }
    }

    /// The incoming call: its id, offer and one header.
    pub async fn incoming(&mut self, header: &str) -> (CallId, String, Option<String>) {
        match self.until(|event| matches!(event, Event::Incoming { .. })).await {
            Event::Incoming {
                id, offer, headers, ..
            } => (id, offer.unwrap(), headers.get(header).map(str::to_owned)),
            _ => unreachable!(),
        }
    }

    /// The answer to our call.
    pub async fn answered(&mut self) -> String {
        match self.until(|event| matches!(event, Event::Answered { .. })).await {
            Event::Answered { sdp, .. } => sdp,
            _ => unreachable!(),
        }
    }

    /// How the call ended, in the event's own words, and the reasons given.
    pub async fn ended(&mut self) -> (sip::EndCause, Vec<sip::header::Reason>) {
        match self.until(|event| matches!(event, Event::Ended { .. })).await {
            Event::Ended { cause, reason, .. } => (cause, reason),
            _ => unreachable!(),
        }
    }

    /// Takes a new socket in the lost one's place.
    pub async fn reconnect(&mut self, running: &Running) {
        self.ua.disconnected(self.now());
        self.socket = socket(running, "/sip").await;
        self.ua.connected(self.now());
    }

    /// Waits until the server has cut the socket.
    pub async fn cut(&mut self) {
        while let Some(Ok(_)) = tokio::time::timeout(PATIENCE, self.socket.next()).await.unwrap() {}
    }

    pub async fn send_raw(&mut self, frame: Message) {
        self.socket.send(frame).await.unwrap();
    }
}

/// An offer or answer for calls whose media nobody listens to.
pub fn sdp(mark: u32, direction: &str) -> String {
    format!(
        "v=0\r\no=- {mark} 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n\
         c=IN IP4 0.0.0.0\r\na=rtpmap:0 PCMU/8000\r\na={direction}\r\n"
    )
}
