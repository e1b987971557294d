//! The browser's part of a call: a full ICE agent that speaks PCMU, sends a tone and keeps what it hears.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::media::{Direction, Frequency, MediaKind, MediaTime, Mid};
use str0m::net::{Protocol, Receive};
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

struct State {
    rtc: Rtc,
    mid: Option<Mid>,
    pending: Option<SdpPendingOffer>,
    /// What it says, in hertz.
    tone: f32,
    sent: u64,
    heard: Vec<f32>,
}

pub struct Browser {
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl Browser {
    pub async fn new(tone: f32) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let mut rtc = RtcConfig::new()
            .set_crypto_provider(Arc::new(str0m::crypto::from_feature_flags()))
            .clear_codecs()
            .enable_pcmu(true, false)
            .build(Instant::now());
        rtc.add_local_candidate(Candidate::host(address, Protocol::Udp).unwrap());
        let state = State {
            rtc,
            mid: None,
            pending: None,
            tone,
            sent: 0,
            heard: Vec::new(),
        };
        let state = Arc::new(Mutex::new(state));
        let task = tokio::spawn(run(Arc::clone(&state), socket, address));
        Self { state, task }
    }

    pub fn offer(&self) -> String {
        let mut state = self.state.lock().unwrap();
        let state = &mut *state;
        let mut api = state.rtc.sdp_api();
        state.mid = Some(api.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None));
        let (offer, pending) = api.apply().unwrap();
        state.pending = Some(pending);
        // A real browser hides its address: the far end must learn it from the checks.
        let sdp = offer.to_sdp_string();
        sdp.lines()
            .map(|line| match line.strip_prefix("a=candidate:") {
                Some(_) => {
                    "a=candidate:1 1 udp 2113937151 5f0c7e1a-1b2c-4d3e-8f90-abcdef012345.local 50000 typ host"
                }
                None => line,
            })
            .flat_map(|line| [line, "\r\n"])
            .collect()
    }

    /// A new offer: hold, resume, or new ICE credentials.
    pub fn reoffer(&self, direction: Direction, restart: bool) -> String {
        let mut state = self.state.lock().unwrap();
        let state = &mut *state;
        let mid = state.mid.unwrap();
        let mut api = state.rtc.sdp_api();
        if restart {
            api.ice_restart(true);
        }
        api.set_direction(mid, direction);
        let (offer, pending) = api.apply().unwrap();
        state.pending = Some(pending);
        offer.to_sdp_string()
    }

    pub fn answered(&self, answer: &str) {
        let mut state = self.state.lock().unwrap();
        let pending = state.pending.take().unwrap();
        state
            .rtc
            .sdp_api()
            .accept_answer(pending, SdpAnswer::from_sdp_string(answer).unwrap())
            .unwrap();
    }

    pub fn answer(&self, offer: &str) -> String {
        let mut state = self.state.lock().unwrap();
        state
            .rtc
            .sdp_api()
            .accept_offer(SdpOffer::from_sdp_string(offer).unwrap())
            .unwrap()
            .to_sdp_string()
    }

    /// Waits for this much new audio and returns it.
    pub async fn hear(&self, time: Duration) -> Vec<f32> {
        let wanted = time.as_millis() as usize * 8;
        self.state.lock().unwrap().heard.clear();
        for _ in 0..1000 {
            if self.state.lock().unwrap().heard.len() >= wanted {
                return self.state.lock().unwrap().heard.clone();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!(
            "heard only {} samples of {wanted}",
            self.state.lock().unwrap().heard.len()
        );
    }

    /// How many samples arrive in this time.
    pub async fn arrivals(&self, time: Duration) -> usize {
        self.state.lock().unwrap().heard.clear();
        tokio::time::sleep(time).await;
        self.state.lock().unwrap().heard.len()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn run(state: Arc<Mutex<State>>, socket: UdpSocket, address: SocketAddr) {
    let mut buffer = vec![0; 2048];
    let mut ticks = tokio::time::interval(Duration::from_millis(20));
    loop {
        let outgoing = state.lock().unwrap().drain();
        for (destination, bytes) in outgoing {
            let _ = socket.send_to(&bytes, destination).await;
        }
        tokio::select! {
            _ = ticks.tick() => state.lock().unwrap().speak(),
            Ok((length, source)) = socket.recv_from(&mut buffer) => {
                if let Ok(contents) = buffer[..length].try_into() {
                    let received = Receive { proto: Protocol::Udp, source, destination: address, contents };
                    let _ = state.lock().unwrap().rtc.handle_input(Input::Receive(Instant::now(), received));
                }
            }
        }
    }
}

impl State {
    fn drain(&mut self) -> Vec<(SocketAddr, Vec<u8>)> {
        let mut outgoing = Vec::new();
        loop {
            match self.rtc.poll_output().unwrap() {
                Output::Timeout(_) => return outgoing,
                Output::Transmit(datagram) => {
                    outgoing.push((datagram.destination, datagram.contents.to_vec()))
                }
                Output::Event(Event::MediaAdded(added)) => self.mid = Some(added.mid),
                Output::Event(Event::MediaData(data)) => {
                    self.heard.extend(data.data.iter().map(|b| decode(*b)))
                }
                Output::Event(_) => {}
            }
        }
    }

    fn speak(&mut self) {
        self.rtc.handle_input(Input::Timeout(Instant::now())).unwrap();
        let Some(mid) = self.mid.filter(|_| self.rtc.is_connected()) else {
            return;
        };
        let (start, tone) = (self.sent, self.tone);
        let payload: Vec<u8> = (start..start + 160)
            .map(|n| encode((std::f32::consts::TAU * tone * (n % 8000) as f32 / 8000.0).sin() * 0.5))
            .collect();
        self.sent += 160;
        if let Some(writer) = self.rtc.writer(mid) {
            let pt = writer.payload_params().next().unwrap().pt();
            let _ = writer.write(
                pt,
                Instant::now(),
                MediaTime::new(start, Frequency::EIGHT_KHZ),
                payload,
            );
        }
    }
}

/// The share of a signal's energy at one frequency (Goertzel), 0 to 1.
pub fn share(samples: &[f32], hertz: f32) -> f32 {
    let omega = std::f32::consts::TAU * hertz / 8000.0;
    let (mut one, mut two) = (0.0f32, 0.0f32);
    for sample in samples {
        let next = sample + 2.0 * omega.cos() * one - two;
        two = one;
        one = next;
    }
    let power = one * one + two * two - 2.0 * omega.cos() * one * two;
    let energy: f32 = samples.iter().map(|s| s * s).sum();
    2.0 * power / (samples.len() as f32 * energy.max(f32::MIN_POSITIVE))
}

/// µ-law by search, so that the code under test does not judge itself.
fn encode(value: f32) -> u8 {
    let near = |byte: &u8| (decode(*byte) - value).abs();
    (0..=255u8).min_by(|a, b| near(a).total_cmp(&near(b))).unwrap()
}

fn decode(byte: u8) -> f32 {
    let byte = !byte;
    let magnitude = ((i32::from(byte & 0x0f) << 3) + 0x84) << ((byte >> 4) & 7);
    let value = (magnitude - 0x84) as f32 / 32768.0;
    if byte & 0x80 == 0 { value } else { -value }
}
