//! What the server says: of the current call, of callers on their way, of calls that were missed.

use super::Phone;
use crate::call::Phase;
use crate::call::told::{ARRIVAL_LIMIT, better, told};
use crate::line::{Act, Line};
use crate::view::{Peer, Way};
use crate::{LegReport, Millis, News, Numbers, Output, Stage, StreamEvent};

impl Phone {
    pub(super) fn session(&mut self, now: Millis, on: bool) {
        self.forget();
        let act = self.line.session(now, on);
        self.listen(act);
        self.unmask();
    }

    /// With neither a session nor an account there is nobody from whom to hide a number.
    pub(super) fn unmask(&mut self) {
        if matches!(self.line, Line::Off) && self.agent.is_none() {
            self.numbers = Numbers::Whole;
        }
    }

    /// What was known so far may be another agent's than what comes.
    fn forget(&mut self) {
        self.book.clear();
        self.missed.clear();
        self.ended = None;
        if matches!(
            self.call.as_ref().map(|call| &call.phase),
            Some(Phase::Announced { .. })
        ) {
            self.call = None;
        }
    }

    pub(super) fn stream(&mut self, now: Millis, event: StreamEvent) {
        let random = self.entropy.jitter();
        let act = self.line.heard(now, event, random);
        if event == StreamEvent::Unauthorized && act == Act::Close {
            self.forget();
        }
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
            Act::Open => self.out.push(Output::Listen(true)),
            Act::Close => self.out.push(Output::Listen(false)),
        }
    }

    /// To be told to the server, if there is one.
    pub(super) fn report(&mut self, sid: String, report: LegReport) {
        match self.line {
            Line::Off | Line::SignedOut => {}
            Line::Opening { .. } | Line::Live { .. } | Line::Waiting { .. } => {
                self.out.push(Output::Report { sid, report });
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

    pub(super) fn news(&mut self, now: Millis, news: &News) {
        if !self.book.take(news) {
            return;
        }
        self.apply(now, news, 0);
        // Of a stream that caught up, a caller may be long gone.
        let fresh = news.at + ARRIVAL_LIMIT > now;
        if news.stage == Stage::Begun && news.way == Way::In && fresh {
            self.announce(now, news);
        }
    }

    /// Tells the current call what is known of it, after something became known of the call itself.
    pub(super) fn tell_again(&mut self, now: Millis) {
        if let Some(news) = self.book.of(self.current_sid()).cloned() {
            let in_doubt = self.in_doubt();
            self.with_call(now, |call, cx| told(call, cx, &news, in_doubt));
        }
    }

    fn apply(&mut self, now: Millis, news: &News, seen_until: Millis) {
        if self.current_sid() == Some(news.sid.as_str()) {
            let in_doubt = self.in_doubt();
            self.with_call(now, |call, cx| told(call, cx, news, in_doubt));
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
    fn announce(&mut self, now: Millis, news: &News) {
        self.clear_ending(now);
        let known = |sid: &Option<String>| sid.as_ref() == Some(&news.sid);
        // It has been here, or is not wanted here.
        let past = self.ended.as_ref().is_some_and(|ended| known(&ended.call_sid))
            || self.missed.iter().any(|missed| known(&missed.call_sid))
            || self.unwanted.iter().any(|(sid, _)| *sid == news.sid);
        if past || self.call.is_some() || self.agent.is_none() {
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
        call.facts.learn(news);
        self.call = Some(call);
    }

    /// The platform's id of the current call.
    pub(super) fn current_sid(&self) -> Option<&str> {
        self.call.as_ref()?.facts.call_sid.as_deref()
    }
}
