//! Webhooks on a timetable, and when each was due: a late acknowledgement does not make the next webhook late.

use std::collections::HashMap;
use std::error::Error;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::connection::Connection;
use crate::hooks;
use crate::servers::HOOKS;

/// Connections, each with a thread of its own.
const SENDERS: u32 = 16;

/// What to post.
#[derive(Clone, Copy)]
pub(crate) struct Posts {
    /// No other run's calls begin with this.
    pub(crate) run: &'static str,
    /// Webhooks a second.
    pub(crate) rate: u32,
    pub(crate) seconds: u32,
    /// Whose call the webhook of this number is about.
    pub(crate) agent: fn(u64, u64) -> String,
    /// Agents there are; the second argument of `agent`.
    pub(crate) agents: u64,
}

/// What was posted.
#[derive(Default)]
pub(crate) struct Posted {
    /// When each call's webhook was due.
    pub(crate) due: HashMap<String, Instant>,
    /// Webhooks without a 200.
    pub(crate) refused: usize,
    pub(crate) ran: Duration,
}

/// Posts all of them.
pub(crate) async fn post(address: &str, posts: Posts) -> Result<Posted, Box<dyn Error>> {
    let began = Instant::now();
    let senders: Vec<_> = (0..SENDERS)
        .map(|sender| {
            let address = address.to_owned();
            tokio::task::spawn_blocking(move || send(&address, sender, posts, began))
        })
        .collect();
    let mut posted = Posted::default();
    for sender in senders {
        let (due, refused) = sender.await?;
        posted.due.extend(due);
        posted.refused += refused;
    }
    posted.ran = began.elapsed();
    Ok(posted)
}

fn send(address: &str, sender: u32, posts: Posts, began: Instant) -> (Vec<(String, Instant)>, usize) {
    let (mut sent, mut refused) = (Vec::new(), 0);
    let Ok(mut connection) = Connection::open(address) else {
        return (sent, 1);
    };
    for number in (sender..posts.rate * posts.seconds).step_by(SENDERS as usize) {
        let due = began + Duration::from_secs(1) * number / posts.rate;
        sleep(due.saturating_duration_since(Instant::now()));
        let sid = hooks::sid(posts.run, u64::from(number));
        let agent = (posts.agent)(u64::from(number), posts.agents);
        match connection.ask(&hooks::popup(HOOKS, &sid, &agent)) {
            Ok((200, _)) => sent.push((sid, due)),
            Ok(_) | Err(_) => refused += 1,
        }
    }
    (sent, refused)
}
