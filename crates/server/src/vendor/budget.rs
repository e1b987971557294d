//! How many requests a minute. The account has a limit; people come before work in the background.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::VendorError;

/// The account's documented limit, requests in a minute. Every node has a share of its own: with many nodes the vendor
/// itself may say 429, which is obeyed.
const ACCOUNT: usize = 200;
/// The last so many of them are for people only.
const FOR_PEOPLE: usize = 60;
/// The window.
const MINUTE: Duration = Duration::from_secs(60);
/// People wait so long for room, then are told.
const PATIENCE: Duration = Duration::from_secs(2);

/// Who waits for the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// Somebody at a screen.
    People,
    /// Nobody in particular: reconciliation.
    Background,
}

/// The requests of the last minute.
pub(super) struct Budget {
    background: usize,
    sent: Mutex<VecDeque<(Instant, Pace)>>,
}

impl Budget {
    /// Work in the background sends at most `background` requests in a minute, and at least one.
    pub(super) fn new(background: u32) -> Self {
        Self {
            background: usize::try_from(background).unwrap_or(ACCOUNT).max(1),
            sent: Mutex::default(),
        }
    }

    /// Waits until there is room.
    pub(super) async fn take(&self, pace: Pace) -> Result<(), VendorError> {
        let deadline = Instant::now() + PATIENCE;
        while let Err(wait) = self.try_take(Instant::now(), pace) {
            if pace == Pace::People && Instant::now() + wait > deadline {
                let retry_after = u32::try_from(wait.as_secs()).unwrap_or(60).saturating_add(1);
                return Err(VendorError::Busy { retry_after });
            }
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    /// Takes one, or says how long until there is room.
    fn try_take(&self, now: Instant, pace: Pace) -> Result<(), Duration> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        while sent
            .front()
            .is_some_and(|(at, _)| now.duration_since(*at) >= MINUTE)
        {
            sent.pop_front();
        }
        let mut wait = nth_leaves(&sent, now, ACCOUNT, |_| true);
        if pace == Pace::Background {
            let theirs = nth_leaves(&sent, now, self.background, |pace| pace == Pace::Background);
            let rest = nth_leaves(&sent, now, ACCOUNT - FOR_PEOPLE, |_| true);
            wait = wait.max(theirs).max(rest);
        }
        match wait {
            Some(wait) => Err(wait),
            None => {
                sent.push_back((now, pace));
                Ok(())
            }
        }
    }
}

/// How long until fewer than `most` of those that count are left in the window; `None` if that is so now.
fn nth_leaves(
    sent: &VecDeque<(Instant, Pace)>,
    now: Instant,
    most: usize,
    counts: impl Fn(Pace) -> bool,
) -> Option<Duration> {
    let mut latest_first = sent.iter().rev().filter(|(_, pace)| counts(*pace));
    let (at, _) = latest_first.nth(most.saturating_sub(1))?;
    Some(
        MINUTE
            .saturating_sub(now.duration_since(*at))
            .max(Duration::from_millis(1)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_background_leaves_room_for_people() {
        let (budget, now) = (Budget::new(1000), Instant::now());
        let took = (0..500).filter(|_| budget.try_take(now, Pace::Background).is_ok());
        assert_eq!(took.count(), ACCOUNT - FOR_PEOPLE);
        let took = (0..500).filter(|_| budget.try_take(now, Pace::People).is_ok());
        assert_eq!(took.count(), FOR_PEOPLE);
    }

    #[test]
    fn a_minute_later_there_is_room() {
        let (budget, now) = (Budget::new(2), Instant::now());
        assert_eq!(budget.try_take(now, Pace::Background), Ok(()));
        let later = now + Duration::from_secs(20);
        assert_eq!(budget.try_take(later, Pace::Background), Ok(()));
        assert_eq!(
            budget.try_take(later, Pace::Background),
            Err(Duration::from_secs(40))
        );
        assert_eq!(budget.try_take(later, Pace::People), Ok(()));
        assert_eq!(budget.try_take(now + MINUTE, Pace::Background), Ok(()));
    }
}
