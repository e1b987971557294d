//! Every outcome of a call, on a virtual clock.

use sip::Instant;

use super::habits::Invite;
use super::moment::Why;
use super::*;

/// An exchange with one call `s`, and all it has said.
struct Story {
    exchange: Exchange,
    now: Instant,
    moments: Vec<(u64, Moment)>,
    orders: Vec<&'static str>,
}

fn browser() -> AgentDevice {
    AgentDevice::Sip {
        agent: "asha".to_owned(),
    }
}

fn phone(number: &str) -> AgentDevice {
    AgentDevice::Phone {
        behaviour: of_number(number).unwrap(),
    }
}

impl Story {
    fn outbound(device: AgentDevice, to: &str) -> Self {
        Self::begin(|exchange| {
            let (sid, customer) = ("s".to_owned(), of_number(to).unwrap());
            let (time_out_s, time_limit_s) = (None, None);
            let dial = Dial {
                sid,
                device,
                customer,
                time_out_s,
                time_limit_s,
            };
            exchange.dial(Instant(0), dial);
        })
    }

    fn inbound(device: AgentDevice, customer: &str) -> Self {
        Self::begin(|exchange| {
            let incoming = Incoming {
                sid: "s".to_owned(),
                device,
                customer: crate::numbers::caller(customer).unwrap(),
                after: None,
            };
            exchange.incoming(Instant(0), incoming);
        })
    }

    fn begin(start: impl FnOnce(&mut Exchange)) -> Self {
        let mut story = Self {
            exchange: Exchange::default(),
            now: Instant(0),
            moments: Vec::new(),
            orders: Vec::new(),
        };
        start(&mut story.exchange);
        story.listen();
        story
    }

    fn listen(&mut self) {
        while let Some(said) = self.exchange.poll() {
            match said {
                Said::Moment { moment, .. } => self.moments.push((self.now.0, moment)),
                Said::Ring { talks, .. } => self.orders.push(if talks { "ring to talk" } else { "ring" }),
                Said::Connect { .. } => self.orders.push("connect"),
                Said::Clear { .. } => self.orders.push("clear"),
            }
        }
    }

    fn pass(&mut self, ms: u64) -> &mut Self {
        let end = Instant(self.now.0 + ms);
        while let Some(at) = self.exchange.next_timeout().filter(|at| *at <= end) {
            self.now = at;
            self.exchange.timeout(at);
            self.listen();
        }
        self.now = end;
        self
    }

    fn leg(&mut self, news: LegNews) -> &mut Self {
        self.exchange.leg(self.now, "s", news);
        self.listen();
        self
    }

    /// Lets everything run out, and tells how the call ended.
    fn ending(&mut self) -> Ending {
        self.pass(3_600_000);
        assert_eq!(self.exchange.next_timeout(), None, "something is left");
        match self.moments.last() {
            Some((_, Moment::Over(ending))) => *ending,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn agent_first_then_the_customer_then_they_talk() {
    let mut story = Story::outbound(browser(), "+919876543210");
    story.pass(1_000).leg(LegNews::Answered).pass(10_000);
    story.leg(LegNews::AgentLeft);
    assert_eq!(story.orders, ["ring", "connect", "clear"]);
    assert_eq!(
        story.moments,
        [
            (250, Moment::AgentRings),
            (1_000, Moment::CustomerRings),
            (1_600, Moment::Connected),
            (11_000, Moment::Over(Ending::Completed)),
        ]
    );
}

#[test]
fn the_customer_decides_how_it_ends() {
    for (to, ending) in [
        ("09812341004", Ending::CustomerUnanswered(Why::BusyOrDeclined)),
        ("09812341008", Ending::CustomerUnanswered(Why::BusyOrDeclined)),
        ("09812341005", Ending::CustomerUnanswered(Why::RangInVain)),
        ("09812341013", Ending::CustomerNotDialled),
    ] {
        let mut story = Story::outbound(browser(), to);
        story.pass(500).leg(LegNews::Answered);
        assert_eq!(story.ending(), ending, "{to}");
        assert_eq!(story.orders, ["ring", "clear"], "{to}");
    }
}

#[test]
fn the_agent_decides_before_that() {
    let busy = Ending::AgentUnanswered(Why::BusyOrDeclined);
    let in_vain = Ending::AgentUnanswered(Why::RangInVain);
    for (news, ending) in [
        (LegNews::Refused(486), busy),
        (LegNews::Refused(603), busy),
        (LegNews::Refused(480), in_vain),
        (LegNews::Refused(408), in_vain),
        (LegNews::AgentLeft, in_vain),
    ] {
        let mut story = Story::outbound(browser(), "1001");
        story.pass(500).leg(news);
        assert_eq!(story.ending(), ending, "{news:?}");
    }
    assert_eq!(Story::outbound(browser(), "1001").ending(), in_vain);
    let nowhere = Story::outbound(AgentDevice::Nowhere, "1001").ending();
    assert_eq!(nowhere, Ending::AgentNotDialled);
}

#[test]
fn an_agent_who_hangs_up_while_the_customers_phone_rings_cancels() {
    let mut story = Story::outbound(browser(), "1005");
    story.pass(500).leg(LegNews::Answered).pass(3_000);
    story.leg(LegNews::AgentLeft);
    assert_eq!(story.ending(), Ending::AgentCancelled);
}

#[test]
fn a_telephone_is_rung_without_sip() {
    let mut story = Story::outbound(phone("+919876543210"), "09812341010");
    assert_eq!(story.ending(), Ending::Completed);
    assert_eq!(story.orders, ["connect", "clear"]);
    let talked = story.moments[3].0 - story.moments[2].0;
    assert_eq!(talked, 5_000, "the customer hangs up after 5 s");
    let mut busy = Story::outbound(phone("+919876541004"), "1001");
    assert_eq!(busy.ending(), Ending::AgentUnanswered(Why::BusyOrDeclined));
}

#[test]
fn an_inbound_call_is_answered_missed_declined_or_given_up() {
    let mut answered = Story::inbound(browser(), "melody");
    answered.pass(2_000).leg(LegNews::Answered).pass(5_000);
    answered.leg(LegNews::CustomerLeft);
    assert_eq!(answered.ending(), Ending::Completed);
    assert_eq!(answered.orders, ["ring to talk", "clear"]);
    let missed = Story::inbound(browser(), "melody").ending();
    assert_eq!(missed, Ending::AgentUnanswered(Why::RangInVain));
    let mut declined = Story::inbound(browser(), "melody");
    declined.leg(LegNews::Refused(603));
    assert_eq!(declined.ending(), Ending::AgentUnanswered(Why::BusyOrDeclined));
    let mut given_up = Story::inbound(browser(), "cancels");
    given_up.pass(3_000).leg(LegNews::CustomerLeft);
    assert_eq!(given_up.ending(), Ending::CustomerGaveUp);
    let on_a_phone = Story::inbound(phone("+919876541005"), "cancels").ending();
    assert_eq!(on_a_phone, Ending::CustomerGaveUp);
}

#[test]
fn limits_of_a_click_to_call_hold() {
    let mut exchange = Exchange::default();
    let dial = Dial {
        sid: "s".to_owned(),
        device: browser(),
        customer: of_number("1001").unwrap(),
        time_out_s: Some(5),
        time_limit_s: Some(60),
    };
    exchange.dial(Instant(0), dial);
    exchange.timeout(Instant(250));
    assert_eq!(exchange.next_timeout(), Some(Instant(5_250)));
    exchange.leg(Instant(1_000), "s", LegNews::Answered);
    exchange.timeout(Instant(1_600));
    assert_eq!(exchange.next_timeout(), Some(Instant(61_600)));
}

#[test]
fn the_invite_leaves_before_or_after_the_answer() {
    let when = |invite| {
        let mut exchange = Exchange::default();
        exchange.set_habits(Habits {
            invite,
            ..Habits::default()
        });
        let mut first = Vec::new();
        for sid in ["a", "b"] {
            let dial = Dial {
                sid: sid.to_owned(),
                device: browser(),
                customer: of_number("1001").unwrap(),
                time_out_s: None,
                time_limit_s: None,
            };
            exchange.dial(Instant(0), dial);
            let rings = std::iter::from_fn(|| exchange.poll()).any(|said| matches!(said, Said::Ring { .. }));
            first.push((rings, exchange.take_hold().is_some()));
        }
        first
    };
    assert_eq!(when(Invite::AfterReply), [(false, false), (false, false)]);
    assert_eq!(when(Invite::BeforeReply), [(true, true), (true, true)]);
    assert_eq!(when(Invite::Either), [(false, false), (true, true)]);
}
