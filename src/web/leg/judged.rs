//! How one call sounds: looked at once a second, told to the page, and treated where one direction is dead.

use std::rc::Rc;

use phone::MediaEvent;
use quality::{Judge, Remedy, Signs, Step, Way};

use super::Leg;
use crate::web::flow::Path;
use crate::web::peer::Peer;
use crate::web::peers::Sounds;
use crate::web::{clock, spawn};

/// Between looks, ms.
const PACE: u32 = 1_000;

/// Judges until the leg is closed.
pub(super) fn sound(leg: Rc<Leg>, peer: Rc<Peer>) {
    spawn(async move {
        let mut judge = Judge::default();
        while !leg.closed() {
            if let Some(look) = peer.look().await {
                let both = peer.expects_packets();
                let signs = Signs {
                    expect_in: both,
                    // Without a microphone nothing is sent yet; the agent is told of that in other words.
                    expect_out: both && peer.speaks(),
                    muted: leg.muted.get(),
                    connected: peer.path() == Path::Fine,
                };
                if let Some(verdict) = judge.look(look.totals, signs)
                    && !leg.closed()
                {
                    treat(&leg, &peer, verdict.step);
                    leg.context.host.sounds(Sounds {
                        call: leg.call,
                        codec: look.codec,
                        verdict,
                        summary: judge.summary(),
                    });
                }
            }
            clock::sleep(PACE).await;
        }
    });
}

/// Does what a step asks for.
fn treat(leg: &Rc<Leg>, peer: &Rc<Peer>, step: Option<Step>) {
    match step {
        Some(Step::Named(Way::In, Remedy::Track) | Step::Try(Way::In, Remedy::Track)) => peer.play_again(),
        Some(
            Step::Named(Way::Out | Way::Microphone, Remedy::Track)
            | Step::Try(Way::Out | Way::Microphone, Remedy::Track),
        ) => leg.listen(Rc::clone(peer)),
        Some(Step::Named(_, Remedy::Restart) | Step::Try(_, Remedy::Restart)) => {
            leg.report(MediaEvent::OneWay);
        }
        Some(Step::Hopeless(_) | Step::Healed(_)) | None => {}
    }
}
