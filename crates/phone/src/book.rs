//! The last word of the server on each call.

use crate::news::News;
use crate::view::Way;

/// Calls remembered: a page of history, and a shift's last ones on top.
const MOST: usize = 128;

/// News by call, the least recently changed first.
#[derive(Default)]
pub(crate) struct Book(Vec<News>);

impl Book {
    /// Takes news in. False if it says nothing new: a repeat, or older than what is known.
    pub(crate) fn take(&mut self, news: &News) -> bool {
        if let Some(at) = self.0.iter().position(|known| known.sid == news.sid) {
            if self.0.get(at).is_some_and(|known| known.rev >= news.rev) {
                return false;
            }
            self.0.remove(at);
        }
        if self.0.len() >= MOST {
            self.0.remove(0);
        }
        self.0.push(news.clone());
        true
    }

    /// What is known of this call.
    pub(crate) fn of(&self, sid: Option<&str>) -> Option<&News> {
        let sid = sid?;
        self.0.iter().find(|news| news.sid == sid)
    }

    /// Who called whom, if the server has said.
    pub(crate) fn way(&self, sid: Option<&str>) -> Option<Way> {
        self.of(sid).map(|news| news.way)
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Stage;

    fn news(sid: &str, rev: u64) -> News {
        News {
            sid: sid.to_owned(),
            rev,
            way: Way::In,
            stage: Stage::Begun,
            number: String::new(),
            virtual_number: String::new(),
            at: 0,
        }
    }

    #[test]
    fn a_repeat_and_an_older_word_say_nothing_new() {
        let mut book = Book::default();
        assert!(book.take(&news("a", 2)));
        assert!(!book.take(&news("a", 2)) && !book.take(&news("a", 1)));
        assert!(book.take(&news("b", 1)) && book.take(&news("a", 3)));
        assert_eq!(book.of(Some("a")).map(|news| news.rev), Some(3));
        assert!(book.of(Some("c")).is_none() && book.of(None).is_none());
    }

    #[test]
    fn the_least_recent_call_is_forgotten_first() {
        let mut book = Book::default();
        for call in 0..MOST {
            assert!(book.take(&news(&call.to_string(), 1)));
        }
        assert!(book.take(&news("0", 2)) && book.take(&news("new", 1)));
        assert!(book.of(Some("0")).is_some() && book.of(Some("1")).is_none());
    }
}
