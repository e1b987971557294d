//! A recorded session, written and read as JSON, gives the same outputs again.

use phone::{CallState, Command, Input, MediaEvent, Millis, Output, Phone};

use crate::steps::{MOMENT, account, ready};
use crate::world::{INSTANCE, SEED};

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
