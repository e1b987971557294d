//! Joins the world to its clock, sockets and media. The one place that holds a lock.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use sip::Instant;
use tokio::sync::{Notify, mpsc};

use crate::account::Account;
use crate::client::Client;
use crate::garbage::Garbage;
use crate::media::Peer;
use crate::platform::Platform;
use crate::world::{FlowNo, Output, PeerNo, Snapshot, World};

/// When a request is given up for good; the world itself has lost patience before.
const HTTP_LIMIT: Duration = Duration::from_secs(20);

/// What a WebSocket's task is to do.
pub(crate) enum ToSocket {
    /// Send a text frame.
    Text(String),
    /// Send nonsense.
    Garbage(Garbage),
    /// End without a word.
    Cut,
}

/// The running platform.
pub(crate) struct Engine {
    accounts: Vec<Account>,
    began: std::time::Instant,
    flows: AtomicU32,
    wake: Notify,
    client: Client,
    state: Mutex<State>,
}

struct State {
    world: World,
    sockets: BTreeMap<FlowNo, mpsc::UnboundedSender<ToSocket>>,
    peers: BTreeMap<PeerNo, Peer>,
    /// Packets of peers that are gone, so that an ended call still shows them.
    counted: BTreeMap<PeerNo, (u64, u64)>,
}

impl Engine {
    pub(crate) fn new(accounts: Vec<Account>, platform: Platform, seed: [u8; 32]) -> Arc<Self> {
        let world = World::new(accounts.clone(), platform, seed);
        let (sockets, peers, counted) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Arc::new(Self {
            accounts,
            began: std::time::Instant::now(),
            flows: AtomicU32::new(1),
            wake: Notify::new(),
            client: Client::default(),
            state: Mutex::new(State {
                world,
                sockets,
                peers,
                counted,
            }),
        })
    }

    pub(crate) fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// A WebSocket opened: its name, and what it is to send.
    pub(crate) fn open(self: &Arc<Self>) -> (FlowNo, mpsc::UnboundedReceiver<ToSocket>) {
        let flow = FlowNo(self.flows.fetch_add(1, Ordering::Relaxed));
        let (sender, receiver) = mpsc::unbounded_channel();
        self.lock().sockets.insert(flow, sender);
        self.with(|world, _| world.opened(flow));
        (flow, receiver)
    }

    /// It closed.
    pub(crate) fn close(self: &Arc<Self>, flow: FlowNo) {
        self.lock().sockets.remove(&flow);
        self.with(|world, now| world.closed(now, flow));
    }

    /// Cuts every WebSocket.
    pub(crate) fn cut_all(&self) {
        for (_, socket) in std::mem::take(&mut self.lock().sockets) {
            let _ = socket.send(ToSocket::Cut);
        }
    }

    /// Changes the world, then does what it asks for.
    pub(crate) fn with<T>(self: &Arc<Self>, change: impl FnOnce(&mut World, Instant) -> T) -> T {
        let now = self.now();
        let mut state = self.lock();
        let result = change(&mut state.world, now);
        while let Some(output) = state.world.poll() {
            state.carry_out(output, self);
        }
        drop(state);
        self.wake.notify_one();
        result
    }

    /// Looks at the world, and leaves it as it is.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.lock().world)
    }

    /// How things stand.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let state = self.lock();
        state
            .world
            .snapshot(self.now(), |peer| match state.peers.get(&peer) {
                Some(peer) => peer.packets(),
                None => state.counted.get(&peer).copied().unwrap_or_default(),
            })
    }

    /// Gives the world its timeouts, for ever.
    pub(crate) async fn keep_time(self: Arc<Self>) {
        loop {
            let next = self.lock().world.next_timeout();
            let wait = next.map_or(Duration::from_secs(3600), |at| {
                Duration::from_millis(at.since(self.now()))
            });
            tokio::select! {
                () = tokio::time::sleep(wait) => self.with(World::timeout),
                () = self.wake.notified() => {}
            }
        }
    }

    fn now(&self) -> Instant {
        Instant(u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    /// A panic elsewhere while the lock was held leaves a world that is at worst out of date.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl State {
    fn carry_out(&mut self, output: Output, engine: &Arc<Engine>) {
        match output {
            Output::Send(flow, text) => self.hand_over(flow, ToSocket::Text(text)),
            Output::Garbage(flow, kind) => self.hand_over(flow, ToSocket::Garbage(kind)),
            Output::Cut(flow) => self.hand_over(flow, ToSocket::Cut),
            Output::OpenPeer(no, codecs) => {
                // Weak: a peer's task must not keep a dropped platform alive.
                let engine: Weak<Engine> = Arc::downgrade(engine);
                let peer = Peer::spawn(codecs, move |event| {
                    if let Some(engine) = engine.upgrade() {
                        engine.with(|world, now| world.media(now, no, event));
                    }
                });
                self.peers.insert(no, peer);
            }
            Output::Media(no, command) => {
                if let Some(peer) = self.peers.get(&no) {
                    peer.send(command);
                }
            }
            Output::Http(ticket, request) => {
                let weak: Weak<Engine> = Arc::downgrade(engine);
                let client = engine.client.clone();
                tokio::spawn(async move {
                    let result = client.send(request, HTTP_LIMIT).await;
                    if let Some(engine) = weak.upgrade() {
                        engine.with(|world, now| world.http_answered(now, ticket, result));
                    }
                });
            }
            Output::ClosePeer(no) => {
                if let Some(peer) = self.peers.remove(&no) {
                    self.counted.insert(no, peer.packets());
                    self.counted.retain(|no, _| self.world.shows(*no));
                }
            }
        }
    }

    /// A socket that closed meanwhile loses it, as a network would.
    fn hand_over(&mut self, flow: FlowNo, what: ToSocket) {
        if let Some(socket) = self.sockets.get(&flow) {
            let _ = socket.send(what);
        }
    }
}
