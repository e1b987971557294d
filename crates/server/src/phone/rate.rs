//! How often an agent may do one thing in a minute, on this node: place calls, report legs of calls that nobody knows, upload
//! log lines.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The window.
const MINUTE: Duration = Duration::from_secs(60);
/// Beyond so many agents, those that have been quiet are forgotten.
const MANY: usize = 4096;

/// What was done in the last minute, by agent.
#[derive(Default)]
pub struct AgentRate(Mutex<HashMap<String, VecDeque<Instant>>>);

impl AgentRate {
    /// Counts one by `agent`, or says in how many seconds there is room for one.
    ///
    /// # Errors
    /// The seconds to wait, at least 1.
    pub fn take(&self, agent: &str, per_minute: u32, now: Instant) -> Result<(), u32> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() > MANY {
            all.retain(|_, calls| calls.back().is_some_and(|at| now.duration_since(*at) < MINUTE));
        }
        let calls = all.entry(agent.to_owned()).or_default();
        while calls.front().is_some_and(|at| now.duration_since(*at) >= MINUTE) {
            calls.pop_front();
        }
        if calls.len() < usize::try_from(per_minute).unwrap_or(usize::MAX) {
            calls.push_back(now);
            return Ok(());
        }
        let oldest = calls.front().map_or(Duration::ZERO, |at| now.duration_since(*at));
        let wait = MINUTE.saturating_sub(oldest).as_secs();
        Err(u32::try_from(wait).unwrap_or(60).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_agent_has_a_minute_of_their_own() {
        let (rate, now) = (AgentRate::default(), Instant::now());
        assert_eq!(rate.take("asha", 2, now), Ok(()));
        assert_eq!(rate.take("asha", 2, now + Duration::from_secs(30)), Ok(()));
        assert_eq!(rate.take("asha", 2, now + Duration::from_secs(40)), Err(20));
        assert_eq!(rate.take("ravi", 2, now + Duration::from_secs(40)), Ok(()));
        assert_eq!(rate.take("asha", 2, now + Duration::from_secs(60)), Ok(()));
        assert_eq!(rate.take("asha", 0, now + Duration::from_secs(600)), Err(60));
    }
}
