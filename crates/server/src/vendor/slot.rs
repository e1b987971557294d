//! A token that is made once for everybody who needs it.
//!
//! ```text
//! none ──make──> fresh ──80 % of its life──> ageing ──end, or the vendor's 401──> none
//!                  ^                            │
//!                  └──one makes the next, the others go on with this one
//! ```

use std::future::Future;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

use protocol::Millis;
use tokio::sync::Mutex;

use super::VendorError;

/// After a failed renewal an ageing token is used for so long before the next try.
const RENEW_AGAIN: Duration = Duration::from_secs(30);
/// A token is taken to live at least so long: its own word may be wrong, or our clock.
const SHORTEST: Millis = 60_000;

/// A token as it came.
pub(super) struct Issued<T> {
    /// The token.
    pub(super) token: T,
    /// When it was asked for.
    pub(super) at: Millis,
    /// When it ends.
    pub(super) ends: Millis,
}

/// Where one token is kept.
pub(super) struct Slot<T> {
    held: RwLock<Option<Issued<T>>>,
    /// Held by the one who makes a token; remembers how the last attempt failed.
    making: Mutex<Option<(Instant, VendorError)>>,
}

/// How the token that is held stands.
enum Age<T> {
    None,
    Fresh(T),
    Ageing(T),
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self {
            held: RwLock::new(None),
            making: Mutex::default(),
        }
    }
}

impl<T: Clone + PartialEq> Slot<T> {
    /// The token; made by `make` if there is none or it ages. Whoever waits while another one's attempt fails gets that
    /// failure, and does not try in turn.
    pub(super) async fn get<F>(&self, make: impl FnOnce() -> F) -> Result<T, VendorError>
    where
        F: Future<Output = Result<Issued<T>, VendorError>>,
    {
        let asked = Instant::now();
        match self.age() {
            Age::Fresh(token) => Ok(token),
            Age::Ageing(token) => {
                let Ok(mut failed) = self.making.try_lock() else {
                    return Ok(token);
                };
                let lately = failed.as_ref().is_some_and(|(at, _)| at.elapsed() < RENEW_AGAIN);
                if lately {
                    return Ok(token);
                }
                if let Age::Fresh(newer) = self.age() {
                    return Ok(newer);
                }
                match self.keep(make().await, &mut failed) {
                    Ok(newer) => Ok(newer),
                    Err(error) => {
                        tracing::warn!(%error, "a token could not be renewed; the old one is used on");
                        Ok(token)
                    }
                }
            }
            Age::None => {
                let mut failed = self.making.lock().await;
                if let Age::Fresh(token) | Age::Ageing(token) = self.age() {
                    return Ok(token);
                }
                if let Some((_, error)) = failed.as_ref().filter(|(at, _)| *at >= asked) {
                    return Err(error.clone());
                }
                self.keep(make().await, &mut failed)
            }
        }
    }

    /// Drops `token`, which the vendor no longer takes. A newer one stays.
    pub(super) fn drop_token(&self, token: &T) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if held.as_ref().is_some_and(|held| held.token == *token) {
            *held = None;
        }
    }

    /// Whether there is no token that could be used.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self.age(), Age::None)
    }

    fn age(&self) -> Age<T> {
        let (held, now) = (
            self.held.read().unwrap_or_else(PoisonError::into_inner),
            crate::clock::now(),
        );
        match held.as_ref() {
            Some(held) if now < renew_at(held) => Age::Fresh(held.token.clone()),
            Some(held) if now < ends(held) => Age::Ageing(held.token.clone()),
            Some(_) | None => Age::None,
        }
    }

    fn keep(
        &self,
        made: Result<Issued<T>, VendorError>,
        failed: &mut Option<(Instant, VendorError)>,
    ) -> Result<T, VendorError> {
        match made {
            Ok(issued) => {
                let token = issued.token.clone();
                *self.held.write().unwrap_or_else(PoisonError::into_inner) = Some(issued);
                *failed = None;
                Ok(token)
            }
            Err(error) => {
                *failed = Some((Instant::now(), error.clone()));
                Err(error)
            }
        }
    }
}

fn ends<T>(issued: &Issued<T>) -> Millis {
    issued.ends.max(issued.at.saturating_add(SHORTEST))
}

fn renew_at<T>(issued: &Issued<T>) -> Millis {
    let life = ends(issued).saturating_sub(issued.at);
    issued.at.saturating_add(life / 5 * 4)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::super::Broken;
    use super::*;
    use crate::clock::now;

    const NO: VendorError = VendorError::Unreachable {
        sent: false,
        why: Broken::Connection,
    };

    fn issued(token: u32, age: Millis, life: Millis) -> Result<Issued<u32>, VendorError> {
        let at = now() - age;
        Ok(Issued {
            token,
            at,
            ends: at + life,
        })
    }

    /// A hundred ask at once; each attempt takes a while and ends as `outcome` says.
    async fn hundred(
        slot: Arc<Slot<u32>>,
        outcome: Result<u32, VendorError>,
    ) -> (u32, Vec<Result<u32, VendorError>>) {
        let made = Arc::new(AtomicU32::new(0));
        let askers: Vec<_> = (0..100)
            .map(|_| {
                let (slot, made, outcome) = (Arc::clone(&slot), Arc::clone(&made), outcome.clone());
                tokio::spawn(async move {
                    let make = || async {
                        made.fetch_add(1, Ordering::Relaxed);
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        issued(outcome?, 0, 1_000_000)
                    };
                    slot.get(make).await
                })
            })
            .collect();
        let mut answers = Vec::new();
        for asker in askers {
            answers.push(asker.await.unwrap());
        }
        (made.load(Ordering::Relaxed), answers)
    }

    #[tokio::test]
    async fn a_hundred_share_one_token_or_one_failure() {
        let (made, answers) = hundred(Arc::default(), Ok(7)).await;
        assert_eq!((made, answers), (1, vec![Ok(7); 100]));
        let (made, answers) = hundred(Arc::default(), Err(NO)).await;
        assert_eq!((made, answers), (1, vec![Err(NO); 100]));
    }

    #[tokio::test]
    async fn an_ageing_token_is_renewed_by_one_and_used_by_the_others() {
        let slot: Arc<Slot<u32>> = Arc::default();
        assert_eq!(slot.get(|| async { issued(1, 810_000, 1_000_000) }).await, Ok(1));
        let (made, answers) = hundred(Arc::clone(&slot), Ok(2)).await;
        assert_eq!(made, 1);
        assert!(
            answers.iter().all(|answer| matches!(answer, Ok(1 | 2))),
            "{answers:?}"
        );
        assert_eq!(slot.get(|| async { Err(NO) }).await, Ok(2));
    }

    #[tokio::test]
    async fn a_failed_renewal_leaves_the_old_token_and_is_not_repeated_at_once() {
        let slot = Slot::default();
        assert_eq!(slot.get(|| async { issued(1, 810_000, 1_000_000) }).await, Ok(1));
        assert_eq!(slot.get(|| async { Err(NO) }).await, Ok(1));
        assert_eq!(slot.get(|| async { issued(2, 0, 1_000_000) }).await, Ok(1));
    }

    #[tokio::test]
    async fn an_ended_or_dropped_token_is_gone_and_a_newer_one_is_not() {
        let slot = Slot::default();
        assert_eq!(
            slot.get(|| async { issued(1, 1_000_001, 1_000_000) }).await,
            Ok(1)
        );
        assert!(slot.is_empty());
        assert_eq!(slot.get(|| async { issued(2, 0, 1_000_000) }).await, Ok(2));
        slot.drop_token(&1);
        assert!(!slot.is_empty());
        slot.drop_token(&2);
        assert!(slot.is_empty());
    }

    #[tokio::test]
    async fn a_token_that_says_it_has_ended_is_still_used_for_a_minute() {
        let slot = Slot::default();
        assert_eq!(slot.get(|| async { issued(1, 0, -1_000_000) }).await, Ok(1));
        assert_eq!(slot.get(|| async { Err(NO) }).await, Ok(1));
    }
}
