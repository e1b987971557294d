//! The packets of one call: the first, their absence, their return.

use std::rc::Rc;

use phone::MediaEvent;

use super::Leg;
use crate::web::flow::{Flow, News, Sample};
use crate::web::peer::Peer;
use crate::web::{clock, marks, spawn};

/// The usual length of an RTP packet, ms (RFC 3551 §4.2).
const PACKET: f64 = 20.0;

/// Looks after them until the leg is closed.
pub(super) fn packets(leg: Rc<Leg>, peer: Rc<Peer>) {
    spawn(async move {
        let mut flow = Flow::default();
        let mut looked = clock::exact();
        while !leg.closed() {
            let inbound = peer.inbound().await;
            let at = clock::exact();
            let sample = Sample {
                at,
                packets: inbound.packets,
                path: peer.path(),
                expected: peer.expects_packets(),
            };
            let (next, news) = flow.step(sample);
            flow = next;
            match news {
                Some(News::First) => {
                    // The last packet's arrival, less the packets before it; not before the look that saw none.
                    let first = inbound
                        .last
                        .map_or(at, |last| last - (inbound.packets - 1.0) * PACKET);
                    marks::mark_at("media-first-packet", first.clamp(looked, at));
                    leg.report(MediaEvent::Flowing);
                }
                Some(News::Again) => leg.report(MediaEvent::Flowing),
                Some(News::Stalled) => leg.report(MediaEvent::Stalled),
                None => {}
            }
            looked = at;
            peer.ice.wait(flow.pace()).await;
        }
    });
}
