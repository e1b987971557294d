//! An agent's stream, read over every crash by its cursor.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use protocol::call::{CallState, CallView};
use protocol::event::Event;

/// The secret of the reader's session.
pub(crate) const SESSION: &str = "crash-reader";
/// So long without news after the senders have stopped means that there is none left.
const QUIET: Duration = Duration::from_secs(3);

/// What the agent saw.
#[derive(Default)]
pub(crate) struct Read {
    /// The revisions of each call, in the order they came.
    pub(crate) calls: BTreeMap<String, Vec<CallView>>,
    /// Events that came with an id that had been seen.
    pub(crate) repeated: u32,
    /// The stream said that history was lost.
    pub(crate) lost: bool,
    /// How often it was opened.
    pub(crate) opened: u32,
}

/// Reads until told that all has been sent and nothing more comes.
pub(crate) fn follow(address: &str, all_sent: &AtomicBool) -> Read {
    let mut read = Read::default();
    let mut cursor = None;
    let mut last_news = Instant::now();
    while !all_sent.load(Ordering::Relaxed) || last_news.elapsed() < QUIET {
        if open(address, &mut cursor, &mut read, &mut last_news, all_sent).is_none() {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    read
}

/// One connection, to its end.
fn open(
    address: &str,
    cursor: &mut Option<String>,
    read: &mut Read,
    last_news: &mut Instant,
    all_sent: &AtomicBool,
) -> Option<()> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_millis(500))).ok()?;
    let after = cursor
        .as_ref()
        .map_or(String::new(), |id| format!("last-event-id: {id}\r\n"));
    write!(
        stream,
        "GET /events HTTP/1.1\r\nhost: crash\r\nauthorization: Bearer {SESSION}\r\n{after}\r\n"
    )
    .ok()?;
    read.opened += 1;
    let mut lines = BufReader::new(stream);
    let (mut line, mut id, mut event) = (String::new(), None::<String>, None);
    loop {
        match lines.read_line(&mut line) {
            Ok(0) => return None,
            // A line may come in two pieces: what there is stays in `line`.
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                if all_sent.load(Ordering::Relaxed) && last_news.elapsed() >= QUIET {
                    return Some(());
                }
                continue;
            }
            Err(_) => return None,
            Ok(_) if !line.ends_with('\n') => return None,
            Ok(_) => {}
        }
        if let Some(text) = line.strip_prefix("id:") {
            id = Some(text.trim().to_owned());
        } else if let Some(text) = line.strip_prefix("data:") {
            event = Some(serde_json::from_str(text.trim()).unwrap());
        } else if line.trim().is_empty()
            && let Some(id) = id.take()
        {
            // Only an event that came whole counts, and only that moves the cursor.
            if let Some(event) = event.take() {
                *last_news = Instant::now();
                let seen = cursor.as_ref().is_some_and(|before| place(&id) <= place(before));
                read.repeated += u32::from(seen);
                take(event, read);
            }
            *cursor = Some(id);
        }
        line.clear();
    }
}

fn place(id: &str) -> i64 {
    id.rsplit('-').next().and_then(|seq| seq.parse().ok()).unwrap()
}

fn take(event: Event, read: &mut Read) {
    match event {
        Event::Call(view) => read.calls.entry(view.sid.clone()).or_default().push(view),
        Event::Lost { .. } => read.lost = true,
        Event::Device { .. } | Event::Push { .. } | Event::GreenPin(_) | Event::Job(_) | Event::Policy(_) => {
        }
    }
}

/// How often a call went from going on to over.
pub(crate) fn endings(revisions: &[CallView]) -> usize {
    let mut over = false;
    let mut endings = 0;
    for view in revisions {
        let ended = view.state == CallState::Ended;
        endings += usize::from(ended && !over);
        assert!(ended || !over, "a call came back from its end");
        over = ended;
    }
    endings
}
