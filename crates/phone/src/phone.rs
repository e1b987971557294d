//! The phone: takes inputs apart, hands them to link and call, and says what became of it.

mod arrivals;
mod commands;
mod events;
mod linking;
mod missed;
mod news;
mod placing;

use sip::Queue;

use crate::agent::Agent;
use crate::book::Book;
use crate::call::{Call, Context, Facts, Next, Phase};
use crate::call::{incoming, signals};
use crate::deadline::sooner;
use crate::entropy::Entropy;
use crate::line::Line;
use crate::link::Link;
use crate::view::{EndedView, MissedView, Peer, Refusal, Way};
use crate::{
    CallId, CallState, EndReason, Input, LegReport, LinkView, Mark, Millis, Numbers, Output, PageId,
    SocketEvent, View,
};
use missed::Caller;

/// One registration, at most one call, any number of pages. See the crate's documentation for how to drive it.
pub struct Phone {
    entropy: Entropy,
    instance: String,
    link: Link,
    agent: Option<Agent>,
    call: Option<Box<Call>>,
    pages: Vec<PageId>,
    ended: Option<EndedView>,
    missed: Vec<MissedView>,
    refusal: Option<Refusal>,
    calls: u32,
    line: Line,
    book: Book,
    /// Calls whose legs are refused when they come: given up, or declined, before they came. And until when.
    unwanted: Vec<(String, Millis)>,
    numbers: Numbers,
    out: Queue<Output>,
    events: Queue<sip::Event>,
    /// The view last put out.
    /// The wake-up asked for last and not yet come.
    wake: Option<Millis>,
}

impl Phone {
    /// A phone without an account. `seed` is the source of every random choice; `instance` is the UUID URN that names
    /// this browser profile to the registrar (RFC 5626 §4.1).
    #[must_use]
    pub fn new(seed: [u8; 32], instance: String) -> Self {
        Self {
            entropy: Entropy::new(seed),
            instance,
            link: Link::Idle,
            agent: None,
            call: None,
            pages: Vec::new(),
            ended: None,
            missed: Vec::new(),
            refusal: None,
            calls: 0,
            line: Line::Off,
            book: Book::default(),
            unwanted: Vec::new(),
            numbers: Numbers::Whole,
            out: Queue::new(),
            events: Queue::new(),
            wake: None,
        }
    }

    /// Takes one input. Then drain [`Phone::poll`].
    pub fn handle(&mut self, now: Millis, input: Input) {
        match input {
            Input::PageAttached(page) => self.page_attached(now, page),
            Input::PageGone(page) => {
                self.pages.retain(|attached| *attached != page);
                self.with_call(now, |call, cx| signals::page_gone(call, cx, page));
            }
            Input::Command(page, command) => self.command(now, page, command),
            Input::Socket(event) => self.socket(now, event),
            Input::Media(page, id, event) => {
                let owner = self
                    .call
                    .as_ref()
                    .filter(|call| call.facts.id == id)
                    .and_then(|call| call.phase.owner());
                if owner == Some(page) {
                    self.with_call(now, |call, cx| signals::media(call, cx, event));
                }
            }
            Input::Session(on) => self.session(now, on),
            Input::Numbers(numbers) => self.numbers = numbers,
            Input::Stream(event) => self.stream(now, event),
            Input::News(news) => self.news(now, &news),
            Input::Past { calls, seen_until } => self.past(now, calls, seen_until),
            Input::Online => {
                self.relink(now, &mut |link, now, _| link.online(now));
                let act = self.line.online(now);
                self.listen(act);
            }
            Input::Offline => self.relink(now, &mut |link, now, _| link.offline(now)),
            // The timer that brought it is used up.
            Input::Tick => self.wake = None,
        }
        self.drain(now);
        self.expire(now);
        self.show(now);
        self.arm(now);
    }

    /// The next thing to do, in order; `None` when all is said.
    pub fn poll(&mut self) -> Option<Output> {
        self.out.pop()
    }

    fn page_attached(&mut self, now: Millis, page: PageId) {
        if !self.pages.contains(&page) {
            self.pages.push(page);
            self.with_call(now, |call, cx| incoming::page_came(call, cx, page));
        }
    }

    fn socket(&mut self, now: Millis, event: SocketEvent) {
        match event {
            SocketEvent::Open => self.relink(now, &mut |link, now, _| link.opened(now)),
            SocketEvent::Closed(_) => self.relink(now, &mut Link::closed),
            SocketEvent::Text(text) => self.frame(now, text.as_bytes()),
            SocketEvent::Binary(bytes) => self.frame(now, &bytes),
        }
    }

    fn frame(&mut self, now: Millis, bytes: &[u8]) {
        if let Some(agent) = self.agent.as_mut().filter(|_| self.link.flow()) {
            agent.ua.frame(sip::Instant(now), bytes);
        }
    }

    /// Lends the current call, and everything else beside it; `None` without an account.
    #[inline(never)]
    fn lend(&mut self, now: Millis) -> Option<(Option<&mut Call>, Context<'_>)> {
        let agent = self.agent.as_mut()?;
        let cx = Context {
            now,
            ua: &mut agent.ua,
            out: &mut self.out,
            events: &mut self.events,
            pages: &self.pages,
            usable: self.link.usable(),
            flow: self.link.flow(),
            refusal: &mut self.refusal,
            owed: &mut agent.owed,
        };
        Some((self.call.as_deref_mut(), cx))
    }

    /// Runs a transition of the current call, if there is one.
    fn with_call(&mut self, now: Millis, transition: impl FnOnce(&mut Call, &mut Context<'_>) -> Next) {
        // By reference: moving what was lent out of its tuple would copy it, once more for each transition.
        if let Some((Some(call), cx)) = &mut self.lend(now) {
            let next = transition(call, cx);
            self.settle(now, next);
        }
    }

    /// After a transition: if the call is over, pages lose its media and screens are told. Not inlined into `with_call`,
    /// which exists once for each transition, and every byte is downloaded.
    #[inline(never)]
    fn settle(&mut self, now: Millis, next: Next) {
        let (reason, missed) = match next {
            Next::On => return,
            Next::Gone => (None, false),
            Next::Over(reason) => (Some(reason), false),
            Next::Missed(reason) => (Some(reason), true),
        };
        if let Some((Some(call), cx)) = &mut self.lend(now) {
            call.facts.close_all(cx);
        }
        let Some(call) = self.call.take() else { return };
        let Some(reason) = reason else {
            return self.relink(now, &mut |link, _, _| link.call_over());
        };
        let Call { facts, phase } = *call;
        let talked = phase.since().map_or(0, |since| now.saturating_sub(since) / 1_000);
        if let Some(sid) = &facts.call_sid {
            match (&reason, phase.leg()) {
                _ if phase.is_placing() => self.unwanted(now, sid.clone()),
                (EndReason::Hidden, None) => self.unwanted(now, sid.clone()),
                (EndReason::Declined, Some(_)) => self.report(sid.clone(), LegReport::Declined),
                (_, _) if missed => self.report(sid.clone(), LegReport::RangOut),
                (_, _) => {}
            }
        }
        if missed {
            let caller = Caller {
                id: facts.id,
                peer: facts.peer.clone(),
                sid: facts.call_sid.clone(),
                virtual_number: facts.virtual_number.clone(),
            };
            self.miss(caller, facts.started, false);
        }
        self.ended = Some(EndedView {
            id: facts.id,
            way: facts.way,
            peer: facts.peer,
            call_sid: facts.call_sid,
            reason,
            talked: u32::try_from(talked).unwrap_or(u32::MAX),
            at: now,
        });
        self.out.push(Output::Mark(Mark::Ended));
        self.relink(now, &mut |link, _, _| link.call_over());
        if let Phase::Placing(attempt) = phase {
            // The line is free for those who waited.
            let cancelled = attempt.ask.state() == CallState::Ending;
            for knock in attempt.ask.into_knocks() {
                // But nobody has said whose leg that is: likely the one that the agent gave up.
                if cancelled && self.book.way(knock.sid.as_deref()) != Some(Way::In) {
                    self.turn_away(now, &knock, 486);
                } else {
                    self.admit(now, knock);
                }
            }
        }
    }

    /// A call that only waits for the far end's word does not stand in the way of another.
    fn clear_ending(&mut self, now: Millis) {
        self.with_call(now, |call, _| match &call.phase {
            Phase::Ending { reason, .. } => Next::Over(reason.clone()),
            Phase::Announced { .. }
            | Phase::Placing(_)
            | Phase::Drafting { .. }
            | Phase::Calling { .. }
            | Phase::Incoming(_)
            | Phase::Answering { .. }
            | Phase::Talking { .. } => Next::On,
        });
    }

    fn next_call(&mut self) -> CallId {
        self.calls += 1;
        CallId(self.calls)
    }

    fn new_call(&mut self, now: Millis, way: Way, peer: Peer, phase: Phase) -> Box<Call> {
        let facts = Facts::new(self.next_call(), way, peer, now);
        Box::new(Call { facts, phase })
    }

    /// Handles what the user agent has to say until it is silent.
    fn drain(&mut self, now: Millis) {
        loop {
            if let Some((_, cx)) = &mut self.lend(now) {
                cx.flush();
            }
            let Some(event) = self.events.pop() else {
                return;
            };
            self.event(now, event);
        }
    }

    /// Does what is due by now. Each round settles at least one deadline; the bound only guards against a mistake.
    fn expire(&mut self, now: Millis) {
        for _ in 0..64 {
            let due = |at: Option<Millis>| at.is_some_and(|at| at <= now);
            if due(self.link.deadline()) {
                self.relink(now, &mut Link::time);
            } else if due(self.line.deadline()) {
                self.line_due(now);
            } else if due(self
                .agent
                .as_ref()
                .and_then(|agent| agent.ua.next_timeout())
                .map(|at| at.0))
            {
                if let Some(agent) = &mut self.agent {
                    agent.ua.timeout(sip::Instant(now));
                }
            } else if due(self.call_deadline()) {
                self.with_call(now, signals::time);
                self.pump_digits(now);
            } else {
                return;
            }
            self.drain(now);
        }
    }

    fn call_deadline(&self) -> Option<Millis> {
        let call = self.call.as_ref()?;
        sooner(
            call.phase.deadline(self.link.usable()),
            call.facts.digits.deadline(),
        )
    }

    fn view(&self, now: Millis) -> View {
        let registered = self
            .agent
            .as_ref()
            .is_some_and(|agent| agent.ua.is_registered(sip::Instant(now)));
        View {
            // Never Ready by our own book-keeping alone.
            link: match self.link.view() {
                LinkView::Ready if !registered => LinkView::Connecting,
                link => link,
            },
            news: self.line.view(),
            address: self.agent.as_ref().map(|agent| agent.address.clone()),
            call: self
                .call
                .as_ref()
                .zip(self.agent.as_ref())
                .map(|(call, agent)| call.view(&agent.ua, self.line.expected())),
            ended: self.ended.clone(),
            missed: self.missed.clone(),
            refusal: self.refusal,
        }
    }

    /// Puts the view out.
    fn show(&mut self, now: Millis) {
        let view = self.view(now);
        self.out.push(Output::View(Box::new(view)));
    }

    /// Asks for the next wake-up if it is another than before.
    fn arm(&mut self, now: Millis) {
        let ua = self
            .agent
            .as_ref()
            .and_then(|agent| agent.ua.next_timeout())
            .map(|at| at.0);
        let ours = sooner(
            sooner(self.link.deadline(), self.line.deadline()),
            self.call_deadline(),
        );
        let next = sooner(ours, ua).map(|at| at.max(now + 1));
        if next != self.wake {
            self.out.push(Output::Wake(next));
            self.wake = next;
        }
    }
}
