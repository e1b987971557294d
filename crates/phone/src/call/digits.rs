//! DTMF: one digit at a time.

use sip::Queue;

use crate::Millis;

/// How long one digit sounds at the far end, in milliseconds.
pub(crate) const TONE: u16 = 240;
/// A gateway that never answers INFO must not silence the keypad.
const PATIENCE: Millis = 2_000;
/// More keys than that are a cat on the keyboard.
const MOST_WAITING: usize = 64;

/// Digits sent, the one on its way, and those waiting.
pub(crate) struct Digits {
    sent: String,
    waiting: Queue<char>,
    /// Until when the last one may hold up the next.
    busy: Option<Millis>,
}

impl Digits {
    pub(crate) const fn new() -> Self {
        Self {
            sent: String::new(),
            waiting: Queue::new(),
            busy: None,
        }
    }

    /// `0-9 A-D * #`; small letters are taken for capitals.
    pub(crate) const fn key(digit: char) -> Option<char> {
        match digit {
            '0'..='9' | 'A'..='D' | '*' | '#' => Some(digit),
            'a'..='d' => Some(digit.to_ascii_uppercase()),
            _ => None,
        }
    }

    /// Queues a key; false when too many wait.
    pub(crate) fn press(&mut self, key: char) -> bool {
        let room = self.waiting.as_slice().len() < MOST_WAITING;
        if room {
            self.waiting.push(key);
        }
        room
    }

    /// The key to send now, if its turn has come. It counts as sent.
    pub(crate) fn next(&mut self, now: Millis) -> Option<char> {
        if self.busy.is_some_and(|until| until > now) {
            return None;
        }
        let key = self.waiting.pop();
        self.busy = key.map(|_| now + PATIENCE);
        self.sent.extend(key);
        key
    }

    /// The far end answered; whether it took the digit.
    pub(crate) fn answered(&mut self, taken: bool) {
        // Only one is on its way, so a refused one is the last. A late answer after `PATIENCE` is not told apart.
        if self.busy.take().is_some() && !taken {
            self.sent.pop();
        }
    }

    /// The last key could not be handed over, so those behind it are dropped too: half a number is worse than none.
    pub(crate) fn failed(&mut self) {
        self.busy = None;
        self.sent.pop();
        self.waiting.clear();
    }

    pub(crate) fn sent(&self) -> &str {
        &self.sent
    }

    /// When the next key's turn comes at the latest.
    pub(crate) fn deadline(&self) -> Option<Millis> {
        self.busy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_one_at_a_time() {
        let mut digits = Digits::new();
        assert!("12#".chars().all(|key| digits.press(key)));
        assert_eq!(digits.next(0), Some('1'));
        assert_eq!(digits.next(1_999), None);
        digits.answered(true);
        assert_eq!(digits.next(1_999), Some('2'));
        assert_eq!(digits.next(3_998), None);
        assert_eq!(digits.next(3_999), Some('#'));
        assert_eq!(digits.sent(), "12#");
    }

    #[test]
    fn a_refused_key_is_not_recorded() {
        let mut digits = Digits::new();
        assert!(digits.press('1') && digits.press('2'));
        assert_eq!(digits.next(0), Some('1'));
        digits.answered(false);
        assert_eq!(digits.next(0), Some('2'));
        digits.answered(true);
        assert_eq!(digits.sent(), "2");
    }

    #[test]
    fn an_idle_keypad_asks_for_no_wake_up() {
        let mut digits = Digits::new();
        assert!(digits.press('1'));
        assert_eq!(digits.next(0), Some('1'));
        assert_eq!(digits.deadline(), Some(2_000));
        assert_eq!(digits.next(2_000), None);
        assert_eq!(digits.deadline(), None);
    }

    #[test]
    fn only_dtmf_keys_count() {
        assert_eq!(
            "0*#aDx+é".chars().filter_map(Digits::key).collect::<String>(),
            "0*#AD"
        );
    }

    #[test]
    fn the_queue_is_bounded() {
        let mut digits = Digits::new();
        assert_eq!((0..1_000).filter(|_| digits.press('5')).count(), MOST_WAITING);
    }
}
