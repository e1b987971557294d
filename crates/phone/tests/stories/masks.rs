//! Numbers that the agent may not see.

use phone::{Command, Input, News, Numbers, Stage};
use sip::sdp::Direction;

use crate::page;
use crate::steps::MOMENT;
use crate::told::{inbound, listening};
use crate::world::World;

#[test]
fn a_number_the_agent_may_not_see_is_nowhere_in_the_view() {
    let masked = || News {
        number: String::from("+••••••••••80"),
        ..inbound("sid-1", 1, Stage::Begun)
    };
    for what in 0..3 {
        let mut world = listening();
        match what {
            0 => world.input(Input::Numbers(Numbers::Masked)),
            1 => world.says(masked()),
            _ => {}
        }
        let leg = world.rings();
        if what == 2 {
            world.says(masked());
        }
        let told = |world: &World| serde_json::to_string(&world.view).unwrap();
        assert!(!told(&world).contains("918040408080"), "{what}");
        world.far_hangs_up(leg);
        assert_eq!(world.view.missed.len(), 1);
        assert!(!told(&world).contains("918040408080"), "{what}");
        assert_eq!(world.view.missed[0].peer.number, "+••••••••••80");
    }
}

#[test]
fn numbers_are_whole_again_once_nobody_is_there_to_hide_them_from() {
    let mut world = listening();
    world.input(Input::Numbers(Numbers::Masked));
    world.input(Input::Session(false));
    world.rings();
    assert_eq!(world.view.call.as_ref().unwrap().peer.number, "+••••••••••80");
    world.click(1, Command::Disconnect);
    world.wait(MOMENT);
    world.click(1, Command::Connect(crate::steps::account()));
    world.wait(MOMENT);
    world.rings_with(page::offer(Direction::SendRecv), &[("X-Exotel-Callsid", "sid-2")]);
    assert_eq!(world.view.call.as_ref().unwrap().peer.number, "+918040408080");
}
