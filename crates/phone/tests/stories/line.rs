//! The line on which the companion server's news come.

use phone::view::NewsLine;
use phone::{CallState::*, Input, StreamEvent};
use sip::sdp::Direction;

use crate::page;
use crate::told::listening;
use crate::world::World;

#[test]
fn the_line_is_opened_again_when_it_breaks_or_falls_silent() {
    let mut world = listening();
    assert_eq!(world.view.news, NewsLine::Live);
    // The server's own ending: no failure.
    world.wait(10_000);
    world.input(Input::Stream(StreamEvent::Closed));
    assert_eq!(world.view.news, NewsLine::Opening);
    world.wait(1_000);
    assert_eq!(
        (world.view.news, world.streams()),
        (NewsLine::Opening, vec![true, false, true])
    );
    world.input(Input::Stream(StreamEvent::Open));
    // A sign of life every 20 s keeps it.
    for _ in 0..5 {
        world.wait(20_000);
        world.input(Input::Stream(StreamEvent::Heard));
    }
    assert_eq!(world.view.news, NewsLine::Live);
    world.wait(49_000);
    assert_eq!(world.view.news, NewsLine::Live);
    world.wait(1_000);
    assert_eq!(world.view.news, NewsLine::Opening);
    world.wait(1_000);
    world.input(Input::Stream(StreamEvent::Closed));
    assert!(matches!(world.view.news, NewsLine::Waiting { .. }));
    // The network is back: at once.
    world.input(Input::Online);
    assert_eq!(world.view.news, NewsLine::Opening);
}

#[test]
fn a_server_that_is_down_is_asked_more_and_more_rarely() {
    let mut world = listening();
    let mut asked = Vec::new();
    for _ in 0..9 {
        world.input(Input::Stream(StreamEvent::Closed));
        let from = world.now;
        let opened = |world: &World| world.streams().iter().filter(|on| **on).count();
        let before = opened(&world);
        while opened(&world) == before {
            world.wait(100);
        }
        asked.push(world.now - from);
    }
    assert!(asked[..3].iter().all(|wait| *wait <= 2_800), "{asked:?}");
    assert!(
        asked[6..].iter().all(|wait| (15_000..=61_000).contains(wait)),
        "{asked:?}"
    );
    // One that takes the connection and says nothing counts as down.
    world.wait(15_000);
    assert!(matches!(world.view.news, NewsLine::Waiting { .. }));
}

#[test]
fn an_unknown_session_stops_the_line_but_not_the_call() {
    let mut world = listening();
    world.rings_with(page::offer(Direction::SendRecv), &[("X-Exotel-Callsid", "sid-1")]);
    world.answer(1);
    world.input(Input::Stream(StreamEvent::Unauthorized));
    assert_eq!(world.view.news, NewsLine::SignedOut);
    world.wait(120_000);
    world.shows(Established);
    assert_eq!(world.streams(), [true, false]);
    world.input(Input::Session(true));
    assert_eq!(world.view.news, NewsLine::Opening);
    world.shows(Established);
}

#[test]
fn a_line_that_opens_and_ends_at_once_is_tried_more_and_more_rarely() {
    let mut world = listening();
    let mut waits = Vec::new();
    for _ in 0..8 {
        world.input(Input::Stream(StreamEvent::Closed));
        let from = world.now;
        while world.streams().last() == Some(&false) {
            world.wait(100);
        }
        waits.push(world.now - from);
        world.input(Input::Stream(StreamEvent::Open));
    }
    assert!(waits[6..].iter().all(|wait| *wait >= 15_000), "{waits:?}");
    // One that lasts has made up for them.
    world.wait(10_000);
    world.input(Input::Stream(StreamEvent::Closed));
    assert_eq!(world.view.news, NewsLine::Opening);
}

#[test]
fn the_server_says_how_long_to_wait_after_the_end() {
    let mut world = listening();
    world.input(Input::Stream(StreamEvent::Retry(4_000)));
    world.wait(10_000);
    world.input(Input::Stream(StreamEvent::Closed));
    world.wait(3_999);
    assert_eq!(world.streams(), [true, false]);
    world.wait(301);
    assert_eq!(world.streams(), [true, false, true]);
}

#[test]
fn a_network_that_is_back_opens_the_line_anew_once() {
    let mut world = listening();
    world.wait(5_000);
    // Every page says so.
    for _ in 0..3 {
        world.input(Input::Online);
    }
    assert_eq!(world.streams(), [true, true]);
    assert_eq!(world.view.news, NewsLine::Opening);
    world.wait(5_000);
    world.input(Input::Online);
    assert_eq!(world.streams(), [true, true, true]);
}
