//! Thousands of readers of `/events`, and when each event reached its reader.

use std::collections::HashMap;
use std::error::Error;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// A call seen by a reader, and when.
pub(crate) type Seen = (String, Instant);

/// Open streams. Dropping them closes them.
pub(crate) struct Streams {
    tasks: JoinSet<()>,
    seen: mpsc::UnboundedReceiver<Seen>,
    /// Streams that ended early.
    pub(crate) ended: Arc<AtomicUsize>,
}

/// Opens one stream for each head (request line and headers without the empty line) and waits until all have begun.
pub(crate) async fn open(
    address: &str,
    heads: impl Iterator<Item = String>,
) -> Result<Streams, Box<dyn Error>> {
    let (tell, seen) = mpsc::unbounded_channel();
    let ended = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    for head in heads {
        let mut stream = connect(address).await?;
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(b"\r\n").await?;
        let began = begin(&mut stream).await?;
        let (tell, ended) = (tell.clone(), Arc::clone(&ended));
        tasks.spawn(async move {
            let _ = read(stream, began, &tell).await;
            ended.fetch_add(1, Ordering::Relaxed);
        });
    }
    Ok(Streams { tasks, seen, ended })
}

impl Streams {
    /// How many are open.
    pub(crate) fn count(&self) -> usize {
        self.tasks.len() - self.ended.load(Ordering::Relaxed)
    }

    /// When each of `sent` was seen, counted from when it was sent; waits at most `patience` for the last.
    pub(crate) async fn latencies(
        &mut self,
        mut sent: HashMap<String, Instant>,
        patience: Duration,
    ) -> (Vec<Duration>, usize) {
        let mut took = Vec::with_capacity(sent.len());
        while !sent.is_empty() {
            let Ok(Some((sid, at))) = tokio::time::timeout(patience, self.seen.recv()).await else {
                break;
            };
            if let Some(began) = sent.remove(&sid) {
                took.push(at.saturating_duration_since(began));
            }
        }
        (took, sent.len())
    }

    /// The next call seen.
    pub(crate) async fn next(&mut self, patience: Duration) -> Option<Seen> {
        tokio::time::timeout(patience, self.seen.recv()).await.ok()?
    }
}

async fn connect(address: &str) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Reads up to the head's end; what came after it is given back.
async fn begin(stream: &mut TcpStream) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut bytes = Vec::new();
    loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            if !bytes.starts_with(b"HTTP/1.1 200") {
                let head = String::from_utf8_lossy(bytes.get(..at).unwrap_or_default()).into_owned();
                return Err(format!("a stream was refused: {head}").into());
            }
            return Ok(bytes.split_off(at + 4));
        }
        let mut some = [0; 1024];
        let read = tokio::time::timeout(Duration::from_secs(20), stream.read(&mut some)).await??;
        if read == 0 {
            return Err("a stream ended before it began".into());
        }
        bytes.extend_from_slice(some.get(..read).unwrap_or_default());
    }
}

/// Reads to the end. Events are told by their `"sid":"` alone, so that ten thousand readers cost little.
async fn read(
    mut stream: TcpStream,
    mut bytes: Vec<u8>,
    tell: &mpsc::UnboundedSender<Seen>,
) -> io::Result<()> {
    let mut some = vec![0; 2048];
    loop {
        let now = Instant::now();
        while let Some(end) = bytes.windows(2).position(|two| two == b"\n\n") {
            let rest = bytes.split_off(end + 2);
            if let Some(sid) = sid(&bytes) {
                let _ = tell.send((sid, now));
            }
            bytes = rest;
        }
        let read = stream.read(&mut some).await?;
        if read == 0 {
            return Ok(());
        }
        bytes.extend_from_slice(some.get(..read).unwrap_or_default());
    }
}

fn sid(event: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(event).ok()?;
    let (_, rest) = text.split_once("\"sid\":\"")?;
    rest.split('"').next().map(str::to_owned)
}
