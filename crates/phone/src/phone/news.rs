//! What the server says: of the current call, of callers on their way, of calls that were missed.

use super::{Caller, Phone};
use crate::call::Phase;
use crate::call::told::{ARRIVAL_LIMIT, better, told};
use crate::line::{Act, Line};
use crate::view::{Peer, Way};
use crate::{LegReport, Millis, News, Outcome, Output, Stage, StreamEvent};

impl Phone {
    pub(super) fn session(&mut self, now: Millis, on: bool) {
        // What was missed may have been another agent's.
        self.book.clear();
        self.missed.clear();
        let announced = |call: &&Box<crate::call::Call>| matches!(call.phase, Phase::Announced { .. });
        if self.call.as_ref().is_some_and(|call| announced(&call)) {
            self.call = None;
        }
        let act = self.line.session(now, on);
        self.listen(act);
    }

    pub(super) fn stream(&mut self, now: Millis, event: StreamEvent) {
        let random = self.entropy.jitter();
        let act = self.line.heard(now, event, random);
        self.listen(act);
    }

    pub(super) fn line_due(&mut self, now: Millis) {
        let random = self.entropy.jitter();
        let act = self.line.time(now, random);
        self.listen(act);
    }

    pub(super) fn listen(&mut self, act: Act) {
        match act {
            Act::None => {}
            Act::Open => self.out.push_back(Output::Listen(true)),
            Act::Close => self.out.push_back(Output::Listen(false)),
        }
    }

    /// To be told to the server, if there is one.
    pub(super) fn report(&mut self, sid: String, report: LegReport) {
        match self.line {
            Line::Off | Line::SignedOut => {}
            Line::Opening { .. } | Line::Live { .. } | Line::Waiting { .. } => {
                self.out.push_back(Output::Report { sid, report });
            }
        }
    }

    pub(super) fn past(&mut self, now: Millis, calls: Vec<News>, seen_until: Millis) {
        for news in calls {
            if self.book.take(&news) {
                self.apply(now, &news, seen_until);
            }
        }
    }

    pub(super) fn news(&mut self, now: Millis, news: News) {
        if !self.book.take(&news) {
            return;
        }
        self.apply(now, &news, 0);
        // Of a stream that caught up, a caller may be long gone.
        let fresh = news.at + ARRIVAL_LIMIT > now;
        if news.stage == Stage::Begun && news.way == Way::In && fresh {
            self.announce(now, news);
        }
    }

    /// Tells the current call what is known of it, after something became known of the call itself.
    pub(super) fn tell_again(&mut self, now: Millis) {
        if let Some(news) = self.book.of(self.current_sid()).cloned() {
            self.with_call(now, |call, cx| told(call, cx, &news));
        }
    }

    fn apply(&mut self, now: Millis, news: &News, seen_until: Millis) {
        if self.current_sid() == Some(news.sid.as_str()) {
            self.with_call(now, |call, cx| told(call, cx, news));
        }
        if let (Stage::Over(outcome), Some(ended)) = (news.stage, &mut self.ended)
            && ended.call_sid.as_ref() == Some(&news.sid)
            && ended.talked == 0
            && let Some(reason) = better(&ended.reason, outcome)
        {
            ended.reason = reason;
        }
        if news.way == Way::In {
            // Whoever waited for the reply to our own click is now known to be somebody else.
            let theirs = |knock: &crate::call::placing::Knock| knock.sid.as_ref() == Some(&news.sid);
            if let Some(knock) = self.let_go(now, theirs) {
                self.admit(now, knock);
            }
        }
        self.recount(now, news, seen_until);
    }

    /// A caller is on the way: the popup need not wait for the INVITE.
    fn announce(&mut self, now: Millis, news: News) {
        self.clear_ending(now);
        if self.call.is_some() || self.agent.is_none() || self.unwanted.contains(&news.sid) {
            return;
        }
        let peer = Peer {
            name: None,
            number: String::new(),
            uri: String::new(),
        };
        let phase = Phase::Announced {
            until: now + ARRIVAL_LIMIT,
        };
        let mut call = self.new_call(now, Way::In, peer, phase);
        call.facts.learn(&news);
        self.call = Some(call);
    }

    /// Keeps one entry for each missed call, as the server sees it.
    fn recount(&mut self, now: Millis, news: &News, seen_until: Millis) {
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

    /// The platform's id of the current call.
    pub(super) fn current_sid(&self) -> Option<&str> {
        self.call.as_ref()?.facts.call_sid.as_deref()
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
