//! The task that owns one `Rtc`: commands and datagrams in, datagrams and events out.

use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::crypto::from_feature_flags;
use str0m::format::{Codec, CodecExtra, FormatParams};
use str0m::media::{Frequency, MediaData, MediaTime, Pt};
use str0m::net::{Protocol, Receive};
use str0m::{Candidate, Input, Output, Rtc, RtcConfig};
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use super::negotiation::{MediaError, Negotiation};
use super::transport::{Datagram, Transport};
use super::voice::{FRAME, Law, Voice};
use super::{Codecs, Command, Counters, Event, SILENCE};

/// A peer at work. Dropping it ends the task and closes its sockets.
#[derive(Debug)]
pub struct Peer {
    commands: mpsc::UnboundedSender<Command>,
    counters: Arc<Counters>,
}

impl Peer {
    /// Starts a peer; its news go to `report`.
    pub fn spawn(codecs: Codecs, report: impl Fn(Event) + Send + 'static) -> Self {
        let (commands, inbox) = mpsc::unbounded_channel();
        let counters = Arc::new(Counters::default());
        let shared = Arc::clone(&counters);
        tokio::spawn(async move {
            match Task::new(codecs, shared, report).await {
                Ok(task) => task.run(inbox).await,
                Err((report, error)) => report(Event::Refused(error.to_string())),
            }
        });
        Self { commands, counters }
    }

    /// Hands over a command; lost without harm if the task is gone.
    pub fn send(&self, command: Command) {
        let _ = self.commands.send(command);
    }

    /// RTP packets received and sent so far.
    pub fn packets(&self) -> (u64, u64) {
        self.counters.read()
    }
}

/// Whether the other side is there.
///
/// ```text
/// Heard --20 s without a datagram--> Silent --a datagram--> Heard
/// ```
enum Line {
    /// A datagram arrived then; before the first one, since the peer is there.
    Heard(Instant),
    /// None has for long, and the call server knows.
    Silent,
}

struct Task<R> {
    rtc: Rtc,
    transport: Transport,
    negotiation: Negotiation,
    voice: Voice,
    counters: Arc<Counters>,
    deaf: bool,
    stuck: bool,
    last_event: Option<MediaTime>,
    line: Line,
    report: R,
}

impl<R: Fn(Event)> Task<R> {
    async fn new(codecs: Codecs, counters: Arc<Counters>, report: R) -> Result<Self, (R, MediaError)> {
        let transport = match Transport::bind().await {
            Ok(transport) => transport,
            Err(error) => return Err((report, error)),
        };
        let mut rtc = configuration(codecs).build(Instant::now());
        for address in transport.addresses() {
            if let Ok(candidate) = Candidate::host(address, Protocol::Udp) {
                rtc.add_local_candidate(candidate);
            }
        }
        let (negotiation, voice) = (Negotiation::default(), Voice::new());
        Ok(Self {
            rtc,
            transport,
            negotiation,
            voice,
            counters,
            deaf: false,
            stuck: false,
            last_event: None,
            line: Line::Heard(Instant::now()),
            report,
        })
    }

    async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Command>) {
        let mut frames = tokio::time::interval(Duration::from_millis(20));
        frames.set_missed_tick_behavior(MissedTickBehavior::Burst);
        loop {
            let wake = self.drain();
            tokio::select! {
                command = inbox.recv() => match command {
                    Some(command) => self.obey(command),
                    None => break,
                },
                datagram = self.transport.receive() => self.take(&datagram),
                _ = frames.tick() => {
                    self.listen();
                    self.speak();
                }
                () = tokio::time::sleep_until(wake.into()) => self.tick(),
            }
        }
        // Says goodbye (DTLS close_notify), so that a browser need not wait for its own timers.
        if self.rtc.close().is_ok() {
            self.drain();
        }
    }

    /// Sends and reports all there is; returns when the `Rtc` next wants the time.
    fn drain(&mut self) -> Instant {
        let idle = Instant::now() + Duration::from_secs(1);
        while self.rtc.is_alive() && !self.deaf {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(at)) => return at,
                Ok(Output::Transmit(datagram)) => {
                    self.counters.sent(&datagram.contents);
                    self.transport
                        .send(datagram.source, datagram.destination, &datagram.contents);
                }
                Ok(Output::Event(event)) => self.heard(event),
                Err(_) => self.rtc.disconnect(),
            }
        }
        idle
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::Accept(offer) => {
                self.stuck = false;
                let answer = self.negotiation.accept(&mut self.rtc, &offer);
                (self.report)(answer.map_or_else(refused, Event::Answer));
            }
            Command::Offer(direction) => {
                let offer = self.negotiation.offer(&mut self.rtc, direction);
                (self.report)(offer.map_or_else(refused, Event::Offer));
            }
            Command::Answered(answer) => {
                if let Err(error) = self.negotiation.answered(&mut self.rtc, &answer) {
                    (self.report)(refused(error));
                }
            }
            Command::RolledBack => self.negotiation.rolled_back(),
            Command::Play(sound) => self.voice.play(sound),
            Command::Digit(digit) => self.voice.digit(digit),
            Command::Deaf(deaf) => self.deaf = deaf,
            Command::Stuck => self.stuck = true,
        }
        self.tick();
    }

    /// Tells the `Rtc` the time. While the network is cut it stands still, as if the machine slept.
    fn tick(&mut self) {
        self.feed(Input::Timeout(Instant::now()));
    }

    fn take(&mut self, datagram: &Datagram) {
        if self.deaf {
            return;
        }
        self.counters.received(&datagram.bytes);
        if let Line::Silent = std::mem::replace(&mut self.line, Line::Heard(Instant::now())) {
            (self.report)(Event::HeardAgain);
        }
        if let Ok(contents) = datagram.bytes.as_slice().try_into() {
            let (source, destination) = (datagram.source, datagram.local);
            let received = Receive {
                proto: Protocol::Udp,
                source,
                destination,
                contents,
            };
            self.feed(Input::Receive(Instant::now(), received));
        }
    }

    fn feed(&mut self, input: Input<'_>) {
        if !self.deaf && self.rtc.is_alive() && self.rtc.handle_input(input).is_err() {
            self.rtc.disconnect();
        }
    }

    fn heard(&mut self, event: str0m::Event) {
        match event {
            str0m::Event::MediaAdded(added) => self.negotiation.media_added(added.mid),
            str0m::Event::MediaData(data) => match data.codec_extra {
                CodecExtra::Tele(event) => self.telephone_event(event.event, data.time),
                _ => self.echo(data),
            },
            _ => {}
        }
    }

    /// One event is several reports with one RTP time (RFC 4733 §2.5.1.2).
    fn telephone_event(&mut self, code: u8, time: MediaTime) {
        if self.last_event.replace(time) == Some(time) {
            return;
        }
        if let Some(digit) = "0123456789*#ABCD".chars().nth(usize::from(code)) {
            (self.report)(Event::Digit(digit));
        }
    }

    /// Sends a packet back as it came, whatever its codec.
    fn echo(&mut self, data: MediaData) {
        if !self.voice.echoes() {
            return;
        }
        if let Some(writer) = self.rtc.writer(data.mid)
            && let Some(pt) = writer.match_params(data.params)
        {
            // Refused while held: then there is nothing to send.
            let _ = writer.write(pt, data.network_time, data.time, data.data);
        }
    }

    /// Every 20 ms: whether the other side is still there.
    fn listen(&mut self) {
        if let Line::Heard(at) = self.line
            && at.elapsed() >= SILENCE
        {
            self.line = Line::Silent;
            (self.report)(Event::FellSilent);
        }
    }

    /// Every 20 ms: the next packet of what plays.
    fn speak(&mut self) {
        if self.deaf || self.stuck || !self.rtc.is_connected() {
            return self.voice.skip(FRAME);
        }
        if self.voice.echoes() {
            return;
        }
        let Some((mid, (pt, law))) = self.negotiation.mid().and_then(|mid| Some((mid, self.law(mid)?)))
        else {
            return self.voice.skip(FRAME);
        };
        let (time, payload) = self.voice.frame(law);
        if let Some(writer) = self.rtc.writer(mid) {
            let _ = writer.write(
                pt,
                Instant::now(),
                MediaTime::new(time, Frequency::EIGHT_KHZ),
                payload,
            );
        }
        self.tick();
    }

    fn law(&mut self, mid: str0m::media::Mid) -> Option<(Pt, Law)> {
        let writer = self.rtc.writer(mid)?;
        writer
            .payload_params()
            .find_map(|params| match params.spec().codec {
                Codec::PCMU => Some((params.pt(), Law::Mu)),
                Codec::PCMA => Some((params.pt(), Law::A)),
                _ => None,
            })
    }
}

#[allow(clippy::needless_pass_by_value, reason = "the last step of map_or_else")]
fn refused(error: MediaError) -> Event {
    Event::Refused(error.to_string())
}

fn configuration(codecs: Codecs) -> RtcConfig {
    let mut config = RtcConfig::new()
        .set_crypto_provider(Arc::new(from_feature_flags()))
        .set_ice_lite(true)
        .clear_codecs()
        .enable_opus(codecs == Codecs::Relay, false)
        .enable_pcmu(true, false)
        .enable_pcma(true, false);
    let events = |pt: u8, rate| {
        (
            Pt::from(pt),
            None,
            Codec::Tele,
            rate,
            None,
            FormatParams::default(),
        )
    };
    let tele = config.codec_config();
    let (pt, resend, codec, rate, channels, format) = events(101, Frequency::EIGHT_KHZ);
    tele.add_config(pt, resend, codec, rate, channels, format);
    if codecs == Codecs::Relay {
        let (pt, resend, codec, rate, channels, format) = events(110, Frequency::FORTY_EIGHT_KHZ);
        tele.add_config(pt, resend, codec, rate, channels, format);
    }
    config
}
