//! The missed calls: one entry for each, by this phone's own evidence and by the server's word.

use super::Phone;
use crate::view::{MissedView, Peer, Way};
use crate::{CallId, Millis, News, Outcome, Stage};

/// Missed calls remembered.
const MOST_MISSED: usize = 50;

/// Who called and was not answered.
pub(super) struct Caller {
    pub(super) id: CallId,
    pub(super) peer: Peer,
    pub(super) sid: Option<String>,
    pub(super) virtual_number: Option<String>,
}

impl Phone {
    /// Notes a missed call, unless it is noted already or the server knows better.
    pub(super) fn miss(&mut self, caller: Caller, at: Millis, busy: bool) {
        let Caller {
            id,
            mut peer,
            sid,
            mut virtual_number,
        } = caller;
        let mut outcome = None;
        if let Some(news) = self.book.of(sid.as_deref()) {
            match news.stage {
                _ if news.way == Way::Out => return,
                // An end that nobody has told says no more than our own eyes.
                Stage::Begun | Stage::Answered | Stage::Over(Outcome::Unknown) => {}
                Stage::Over(Outcome::Missed) => outcome = Some(Outcome::Missed),
                Stage::Over(_) => return,
            }
            peer.learn(&news.number);
            virtual_number = some(&news.virtual_number);
        }
        if sid.is_some() && self.missed.iter().any(|missed| missed.call_sid == sid) {
            return;
        }
        let newest_first = |missed: &MissedView| missed.at <= at;
        let place = self
            .missed
            .iter()
            .position(newest_first)
            .unwrap_or(self.missed.len());
        let missed = MissedView {
            id,
            peer,
            call_sid: sid,
            virtual_number,
            outcome,
            at,
            busy,
            seen: false,
        };
        self.missed.insert(place, missed);
        self.missed.truncate(MOST_MISSED);
    }

    /// Keeps one entry for each missed call, as the server sees it.
    pub(super) fn recount(&mut self, now: Millis, news: &News, seen_until: Millis) {
        let at = self
            .missed
            .iter()
            .position(|missed| missed.call_sid.as_ref() == Some(&news.sid));
        let outcome = match news.stage {
            Stage::Begun | Stage::Answered => None,
            Stage::Over(outcome) => Some(outcome),
        };
        match (at, outcome) {
            (Some(at), _) if news.way == Way::Out => {
                self.missed.remove(at);
            }
            (Some(at), Some(Outcome::Missed | Outcome::Declined | Outcome::AnsweredElsewhere)) => {
                if let Some(missed) = self.missed.get_mut(at) {
                    missed.outcome = outcome;
                    // One clock for all, so that what was seen is known again after a reload.
                    missed.at = news.at;
                    missed.seen |= outcome != Some(Outcome::Missed) || news.at <= seen_until;
                    missed.peer.learn(&news.number);
                    missed.virtual_number = some(&news.virtual_number);
                }
            }
            (Some(at), Some(Outcome::Completed)) => {
                self.missed.remove(at);
            }
            (None, Some(Outcome::Missed))
                if news.way == Way::In && self.current_sid() != Some(news.sid.as_str()) =>
            {
                let caller = Caller {
                    id: self.next_call(),
                    peer: Peer {
                        name: None,
                        number: news.number.clone(),
                        uri: String::new(),
                    },
                    sid: Some(news.sid.clone()),
                    virtual_number: some(&news.virtual_number),
                };
                self.miss(caller, news.at.min(now), false);
                if news.at <= seen_until {
                    let ours = self
                        .missed
                        .iter_mut()
                        .find(|missed| missed.call_sid.as_ref() == Some(&news.sid));
                    ours.into_iter().for_each(|missed| missed.seen = true);
                }
            }
            (_, _) => {}
        }
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
