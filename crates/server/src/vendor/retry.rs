//! Which requests are sent again, and when. Pure.
//!
//! | what happened | a reading one (GET) | a changing one |
//! |---|---|---|
//! | no connection was made | again | again, once |
//! | the connection broke, or no answer came | again | never: it may have arrived |
//! | 502, 503, 504 | again | never |
//! | 429 | again, when the answer says, if that is soon | never: whoever asked decides |
//! | any other answer | never | never |

use std::time::Duration;

use http::header::RETRY_AFTER;
use http::{Method, Response};

use super::VendorError;

/// Further tries of a request that only reads.
const READS: u32 = 2;
/// Further tries of a request that changes something, where nothing was sent.
const CHANGES: u32 = 1;
/// The longest wait that an answer may ask for; beyond it the answer goes to whoever asked.
const LONGEST: Duration = Duration::from_secs(5);
/// The first pause; each further one is four times as long.
const FIRST: Duration = Duration::from_millis(150);

/// How long to wait before the next try, or `None` to let it be. `tries` counts the further tries so far; `jitter`, any
/// byte, lengthens the pause by up to its half, so that many do not come back at once.
pub(super) fn pause(
    method: &Method,
    tries: u32,
    outcome: &Result<Response<Vec<u8>>, VendorError>,
    jitter: u8,
) -> Option<Duration> {
    let reads = method == Method::GET;
    let limit = if reads { READS } else { CHANGES };
    if tries >= limit {
        return None;
    }
    let backoff = FIRST * 4_u32.saturating_pow(tries);
    let backoff = backoff + backoff * u32::from(jitter) / 512;
    match outcome {
        Err(VendorError::Unreachable { sent, .. }) => (reads || !sent).then_some(backoff),
        Err(_) => None,
        Ok(answer) => match answer.status().as_u16() {
            502..=504 => reads.then_some(backoff),
            429 if reads => {
                let said = seconds(answer).unwrap_or(backoff);
                (said <= LONGEST).then_some(said.max(backoff))
            }
            _ => None,
        },
    }
}

/// `Retry-After` in seconds.
fn seconds(answer: &Response<Vec<u8>>) -> Option<Duration> {
    let text = answer.headers().get(RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::super::Broken;
    use super::*;

    fn answer(status: u16, retry_after: Option<&str>) -> Result<Response<Vec<u8>>, VendorError> {
        let mut answer = Response::builder().status(status);
        if let Some(seconds) = retry_after {
            answer = answer.header(RETRY_AFTER, seconds);
        }
        Ok(answer.body(Vec::new()).unwrap())
    }

    fn broken(sent: bool) -> Result<Response<Vec<u8>>, VendorError> {
        Err(VendorError::Unreachable {
            sent,
            why: Broken::Cut,
        })
    }

    fn again(method: &Method, outcome: &Result<Response<Vec<u8>>, VendorError>) -> bool {
        pause(method, 0, outcome, 0).is_some()
    }

    #[test]
    fn what_may_have_arrived_is_sent_again_only_if_it_reads() {
        for method in [Method::POST, Method::PUT, Method::DELETE] {
            assert!(again(&method, &broken(false)));
            assert!(!again(&method, &broken(true)));
            for status in [200, 401, 429, 500, 502, 503, 504] {
                assert!(!again(&method, &answer(status, Some("0"))), "{method} {status}");
            }
        }
        assert!(again(&Method::GET, &broken(true)));
        for status in [429, 502, 503, 504] {
            assert!(again(&Method::GET, &answer(status, None)), "{status}");
        }
        for status in [200, 400, 401, 404, 500, 501] {
            assert!(!again(&Method::GET, &answer(status, None)), "{status}");
        }
    }

    #[test]
    fn a_wait_is_obeyed_up_to_a_bound() {
        let pause = |seconds| pause(&Method::GET, 0, &answer(429, Some(seconds)), 255);
        assert_eq!(pause("3"), Some(Duration::from_secs(3)));
        assert!(pause("0").is_some_and(|pause| pause >= FIRST));
        assert_eq!(pause("6"), None);
        assert_eq!(pause("31536000"), None);
    }

    #[test]
    fn tries_end_and_pauses_grow() {
        let pauses = [0, 1, 2].map(|tries| pause(&Method::GET, tries, &broken(true), 255));
        assert!(pauses[0] < pauses[1], "{pauses:?}");
        assert!(pauses[1].is_some_and(|pause| pause < Duration::from_secs(1)));
        assert_eq!(pauses[2], None);
        assert_eq!(pause(&Method::POST, 1, &broken(false), 0), None);
    }
}
