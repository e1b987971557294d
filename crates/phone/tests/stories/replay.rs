//! A recorded session, written and read as JSON, gives the same outputs again.

use phone::{
    CallState, Command, Input, MediaEvent, Millis, News, Outcome, Output, Phone, Stage, StreamEvent,
};
use sip::sdp::Direction;

use crate::page;
use crate::steps::{MOMENT, account, ready};
use crate::told::{inbound, outbound};
use crate::world::{INSTANCE, SEED, World};

fn replay(session: &str) -> Vec<Output> {
    let inputs: Vec<(Millis, Input)> = serde_json::from_str(session).unwrap();
    let mut phone = Phone::new(SEED, String::from(INSTANCE));
    let mut outputs = Vec::new();
    for (now, input) in inputs {
        phone.handle(now, input);
        while let Some(output) = phone.poll() {
            outputs.push(output);
        }
    }
    outputs
}

/// A popup that is declined, then a call through the platform whose leg comes before the reply.
fn platform(world: &mut World) {
    world.input(Input::Session(true));
    world.input(Input::Stream(StreamEvent::Open));
    world.input(Input::News(News {
        at: world.now,
        ..inbound("sid-1", 1, Stage::Begun)
    }));
    let call = world.call();
    world.click(1, Command::Decline(call));
    world.rings();
    let key = String::from("click-1");
    let number = String::from("1001");
    world.click(
        1,
        Command::Place {
            key: key.clone(),
            number,
        },
    );
    let offer = page::offer(Direction::SendRecv);
    let leg = world.rings_with(offer, &[("X-Exotel-Callsid", "sid-out")]);
    let sid = String::from("sid-out");
    world.click(1, Command::Placed { key, sid });
    world.wait(MOMENT);
    world.shows(CallState::Ringing);
    world.input(Input::Stream(StreamEvent::Closed));
    world.wait(5_000);
    world.input(Input::Stream(StreamEvent::Open));
    world.input(Input::News(outbound("sid-out", 2, Stage::Answered)));
    world.shows(CallState::Established);
    world.far_hangs_up(leg);
    world.input(Input::Past {
        calls: vec![inbound("sid-9", 1, Stage::Over(Outcome::Missed))],
        seen_until: 0,
    });
}

#[test]
fn a_session_replays_to_the_letter() {
    let mut world = ready();
    let leg = world.rings();
    world.answer(1);
    world.hold(true);
    world.cut();
    world.wait(MOMENT);
    world.audio(MediaEvent::Stalled);
    world.hold(false);
    world.wait(5_000);
    world.far_hangs_up(leg);
    world.dial("1001");
    world.far_plays();
    world.far_answers();
    world.shows(CallState::Established);
    world.hang_up();
    platform(&mut world);
    world.click(1, Command::Disconnect);
    world.wait(MOMENT);
    world.click(1, Command::Connect(account()));
    world.wait(60_000);
    let session = serde_json::to_string(&world.inputs).unwrap();
    let outputs = serde_json::to_string(&world.outputs).unwrap();
    assert_eq!(serde_json::to_string(&replay(&session)).unwrap(), outputs);
    let read: Vec<Output> = serde_json::from_str(&outputs).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), outputs);
    assert!(world.inputs.len() > 40, "{} inputs", world.inputs.len());
}
