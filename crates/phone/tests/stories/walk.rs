//! Random walks: whatever happens in whatever order, nothing panics and no call gets stuck.

use phone::view::Way;
use phone::{
    Command, Input, LinkView, MediaEvent, MediaFault, News, Outcome, PageId, SocketEvent, Stage, StreamEvent,
};
use proptest::prelude::*;
use sip::sdp::Direction;
use sip::{Event, Instant};

use crate::page;
use crate::steps::account;
use crate::world::World;

/// The far end does something with one of its calls, if it can.
fn far(world: &mut World, which: u32, pick: usize) {
    let mut legs: Vec<sip::CallId> = Vec::new();
    for event in &world.server.events {
        match event {
            Event::Incoming { id, .. } | Event::Progress { id, .. } | Event::Answered { id, .. } => {
                legs.push(*id)
            }
            _ => {}
        }
    }
    let at = Instant(world.now);
    let ua = &mut world.server.ua;
    if which == 0 {
        let target = sip::Uri::parse("sip:asha@sandbox.test").unwrap();
        let offer = if pick.is_multiple_of(3) {
            String::new()
        } else {
            page::offer(Direction::SendRecv)
        };
        let _ = ua.invite(at, target, offer, &[]);
    }
    let recent: Vec<_> = legs.iter().rev().take(3).copied().collect();
    if let Some(leg) = recent.get(pick % 3).copied() {
        let _ = match which {
            1 => ua.ring(at, leg),
            2 => ua.progress(at, leg, 183, Some(page::offer(Direction::SendRecv))),
            3 | 4 => ua.answer(at, leg, page::offer(Direction::SendRecv)),
            5 => ua.reject(at, leg, [486, 404, 503, 603][pick % 4], None),
            6 => ua.hang_up(at, leg, None),
            7 => ua.reoffer(at, leg, page::offer(Direction::SendOnly)),
            8 => ua.reoffer(at, leg, page::offer(Direction::SendRecv)),
            _ => Ok(()),
        };
    }
    world.serve();
}

/// Something about a companion server or a call placed through it. Three calls, so that they meet.
fn platform(world: &mut World, page: u32, what: u32, pick: usize) {
    let key = || format!("click-{}", pick / 4);
    let sid = format!("sid-{}", pick % 3);
    let news = |stage| News {
        sid: sid.clone(),
        rev: world.inputs.len() as u64,
        way: if pick.is_multiple_of(2) { Way::In } else { Way::Out },
        stage,
        number: String::from("+918040408080"),
        virtual_number: String::new(),
        at: world.now,
    };
    let words = String::from("Why.");
    match what {
        0 | 1 => {
            let number = String::from("1001");
            world.click(page, Command::Place { key: key(), number });
        }
        2 | 3 => world.click(page, Command::Placed { key: key(), sid }),
        4 => world.click(page, Command::PlaceRefused { key: key(), words }),
        5 => world.click(page, Command::PlaceUnknown { key: key(), words }),
        6 => world.input(Input::News(news(Stage::Begun))),
        7 => world.input(Input::News(news(Stage::Answered))),
        8 => world.input(Input::News(news(Stage::Over(
            [
                Outcome::Missed,
                Outcome::AnsweredElsewhere,
                Outcome::CustomerUnanswered,
            ][pick % 3],
        )))),
        9 => world.input(Input::Stream(
            [StreamEvent::Open, StreamEvent::Closed, StreamEvent::Unauthorized][pick % 3],
        )),
        10 => world.input(Input::Session(pick > 0)),
        11 => {
            let calls = vec![news(Stage::Over(Outcome::Missed))];
            let seen_until = world.now;
            world.input(Input::Past { calls, seen_until });
        }
        _ => {
            let target = sip::Uri::parse("sip:asha@sandbox.test").unwrap();
            let offer = page::offer(Direction::SendRecv);
            let extra = [("X-Exotel-Callsid", sid.as_str())];
            let _ = world.server.ua.invite(Instant(world.now), target, offer, &extra);
            world.serve();
        }
    }
}

fn step(world: &mut World, what: u32, pick: usize) {
    let page = (pick % 2) as u32 + 1;
    let page = if world.pages.iter().any(|(id, _)| *id == PageId(page)) {
        page
    } else {
        1
    };
    let call = world.view.call.as_ref().map_or(phone::CallId(1), |call| call.id);
    let owner = world
        .view
        .call
        .as_ref()
        .and_then(|call| call.owner)
        .unwrap_or(PageId(1));
    let media = |event| Input::Media(owner, call, event);
    match what {
        0 => world.click(page, Command::Connect(account())),
        1 if pick == 0 => world.click(page, Command::Disconnect),
        2 => world.click(page, Command::Retry),
        3 | 4 => world.click(page, Command::Dial(String::from("1001"))),
        5..=7 => world.click(page, Command::Answer(call)),
        8 => world.click(page, Command::Decline(call)),
        9 => world.click(page, Command::HangUp(call)),
        10 => world.click(page, Command::Mute(call, pick.is_multiple_of(2))),
        11 | 12 => world.click(page, Command::Hold(call, pick.is_multiple_of(2))),
        13 => world.click(page, Command::Digit(call, '7')),
        14 => world.cut(),
        15 => world.up = !world.up,
        16 => world.input(Input::Online),
        17 => world.input(Input::Offline),
        18 => world.input(media(MediaEvent::Stalled)),
        19 => world.input(media(MediaEvent::Flowing)),
        20 if pick < 2 => world.input(media(MediaEvent::Failed(MediaFault::NoPath))),
        21 if pick == 0 => world.input(media(MediaEvent::Failed(MediaFault::NoDevice))),
        22 if world.pages.len() < 2 => world.attach(2),
        23 if world.pages.len() > 1 && pick < 2 => world.leave(2),
        24 => world.page(1).silent = pick == 0,
        25 => world.page(1).fault = (pick == 0).then_some(MediaFault::InUse),
        26 => world.server.deaf = pick == 0,
        27 => world.server.refuses = (pick == 0).then_some((503, Some(3))),
        28 => world.server.refuses_reoffers = (pick < 2).then_some(488),
        29 => world.server.ignores_reoffers = pick == 0,
        30 => world.input(Input::Socket(SocketEvent::Text(String::from(
            "SIP/2.0 200 OK\r\n\r\n",
        )))),
        31 => world.input(media(MediaEvent::Offer(page::offer(Direction::SendRecv)))),
        32 => world.input(media(MediaEvent::Answer(page::offer(Direction::SendRecv)))),
        33 => world.input(Input::Tick),
        46.. => platform(world, page, what - 46, pick),
        _ => far(world, what.saturating_sub(34), pick),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_nothing_sticks(
        seed in any::<[u8; 32]>(),
        steps in prop::collection::vec((0u32..61, 0usize..6, prop_oneof![0u64..30, 0u64..400, 0u64..8_000]), 1..120),
    ) {
        let mut world = World::with_seed(seed);
        world.click(1, Command::Connect(account()));
        world.wait(100);
        for (what, pick, pause) in steps {
            step(&mut world, what, pick);
            world.wait(pause);
        }
        // The world becomes kind again; the agent hangs up whatever is left.
        world.up = true;
        world.server.deaf = false;
        world.server.refuses = None;
        world.server.refuses_reoffers = None;
        world.server.ignores_reoffers = false;
        world.page(1).silent = false;
        world.page(1).fault = None;
        world.input(Input::Online);
        // An attempt under way may fail once more, and the next may be a minute off; a reply may be waited for longer.
        world.wait(105_000);
        if let Some(call) = &world.view.call {
            let call = call.id;
            world.click(1, Command::HangUp(call));
            world.wait(5_000);
        }
        prop_assert!(world.view.call.is_none(), "stuck in {:?}", world.view.call);
        world.pages_let_go();
        prop_assert!(matches!(world.view.link, LinkView::Ready | LinkView::Idle), "{:?}", world.view.link);
        // And it still works.
        world.click(1, Command::Connect(account()));
        world.wait(200);
        world.rings_with(page::offer(Direction::SendRecv), &[("X-Exotel-Callsid", "sid-last")]);
        world.answer(1);
        prop_assert_eq!(world.view.call.as_ref().map(|call| call.state), Some(phone::CallState::Established));
    }
}
