//! What REST requests cause beyond their answers.

use exotel::hooks::HookKind;
use exotel::integrations::Notification;
use sip::Instant;

use super::World;
use crate::exchange::{self, AgentDevice, Dial};
use crate::platform::{Consequence, Direction, FirstLeg, Outbound};

impl World {
    /// Does what requests asked for; true if there was anything.
    pub(super) fn carry_out(&mut self, now: Instant) -> bool {
        let mut moved = false;
        while let Some(consequence) = self.platform.consequence() {
            moved = true;
            match consequence {
                Consequence::AgentAdded(account) => {
                    self.accounts.retain(|other| other.user != account.user);
                    self.accounts.push(account);
                }
                Consequence::Outbound(outbound) => self.dial(now, outbound),
                Consequence::Notify {
                    app_id,
                    notification,
                    call_sid,
                } => self.notify(now, &app_id, &notification, call_sid),
                Consequence::Deallocated { greenpin_id } => self.tell_deallocated(now, &greenpin_id),
                // They are looked up when a call needs them.
                Consequence::DeviceChanged { .. }
                | Consequence::SettingChanged { .. }
                | Consequence::Allocated { .. } => {}
            }
        }
        moved
    }

    pub(super) fn dial(&mut self, now: Instant, outbound: Outbound) {
        let device = match outbound.first {
            FirstLeg::Sip { agent } => AgentDevice::Sip { agent },
            FirstLeg::Phone { number } => match exchange::of_number(&number) {
                Some(behaviour) => AgentDevice::Phone { behaviour },
                None => AgentDevice::Nowhere,
            },
            FirstLeg::Nowhere => AgentDevice::Nowhere,
        };
        let Some(customer) = exchange::of_number(&outbound.to) else {
            return;
        };
        self.exchange.dial(
            now,
            Dial {
                sid: outbound.call_sid,
                device,
                customer,
                time_out_s: outbound.time_out_s,
                time_limit_s: outbound.time_limit_s,
            },
        );
    }

    /// A flow asks by itself for one of the three notices of a call that came in.
    fn notify(&mut self, now: Instant, app_id: &str, notification: &Notification, sid: Option<String>) {
        let kind = match notification {
            Notification::Popup => HookKind::Popup,
            Notification::Ended => HookKind::IncomingCallHungUp,
            Notification::Missed => HookKind::MissedCall,
            Notification::Other(_) => return,
        };
        let calls = &self.platform.records.calls;
        let of_app = |call: &&crate::platform::CallRecord| {
            call.direction == Direction::Inbound && call.app_id.as_deref() == Some(app_id)
        };
        let sid = sid.or_else(|| calls.latest().find(of_app).map(|call| call.sid.clone()));
        if let Some(sid) = sid {
            self.tell_inbound(now, &sid, kind);
        }
    }
}
