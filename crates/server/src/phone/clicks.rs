//! Clicks on *Call* that are under way on this node: whoever repeats one waits for the same outcome.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use protocol::call::Placement;
use tokio::sync::watch;

use crate::Answer;

/// An agent and the key of their click.
type Click = (String, String);
/// What became of it, once that is known.
pub type Outcome = watch::Receiver<Option<Answer<Placement>>>;

/// All that are under way.
#[derive(Clone, Default)]
pub struct Clicks(Arc<Mutex<HashMap<Click, Outcome>>>);

/// Who came with a click.
pub enum Entry {
    /// The first: theirs is the work.
    First(UnderWay, Outcome),
    /// A repeat: the work is another's.
    Repeat(Outcome),
}

/// A click whose outcome is still to be said. Dropped, it is no longer under way.
pub struct UnderWay {
    clicks: Clicks,
    click: Click,
    say: watch::Sender<Option<Answer<Placement>>>,
}

impl Clicks {
    /// Comes with a click.
    pub fn enter(&self, agent: &str, key: &str) -> Entry {
        let mut clicks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let click = (agent.to_owned(), key.to_owned());
        if let Some(outcome) = clicks.get(&click) {
            return Entry::Repeat(outcome.clone());
        }
        let (say, outcome) = watch::channel(None);
        clicks.insert(click.clone(), outcome.clone());
        let clicks = self.clone();
        Entry::First(UnderWay { clicks, click, say }, outcome)
    }
}

impl UnderWay {
    /// Says what became of it.
    pub fn end(self, outcome: Answer<Placement>) {
        self.say.send_replace(Some(outcome));
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut clicks = self.clicks.0.lock().unwrap_or_else(PoisonError::into_inner);
        clicks.remove(&self.click);
    }
}
