//! What REST requests cause beyond their answers.

use exotel::hooks::HookKind;
use exotel::integrations::Notification;
use sip::Instant;

use super::World;
use crate::exchange::{self, AgentDevice, Dial};
use crate::platform::{CallRecord, Consequence, Direction, FirstLeg, FlowCall, Outbound};

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
                    call,
                } => self.notify(now, &app_id, &notification, call),
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
    fn notify(&mut self, now: Instant, app_id: &str, notification: &Notification, call: FlowCall) {
        let kind = match notification {
            Notification::Popup => HookKind::Popup,
            Notification::Ended => HookKind::IncomingCallHungUp,
            Notification::Missed => HookKind::MissedCall,
            Notification::Other(_) => return,
        };
        let calls = &self.platform.records.calls;
        let known = match &call.sid {
            Some(sid) => calls.get(sid),
            None => calls.latest().find(|call| call.came_in_for(app_id)),
        };
        let record = match known.cloned() {
            Some(known) => known,
            None => self.as_the_flow_says(now, app_id, call),
        };
        self.tell_inbound_of(now, &record, kind);
    }

    /// A call that only the flow knows: what it says of it, as a record.
    fn as_the_flow_says(&mut self, now: Instant, app_id: &str, call: FlowCall) -> CallRecord {
        let app = self.platform.records.apps.get(app_id);
        let tenant = app.map(|app| app.exotel_account_sid.clone()).unwrap_or_default();
        let own = self.platform.records.tenants.get(&tenant);
        let own = own.map(|tenant| tenant.virtual_number.clone());
        let sid = call.sid.unwrap_or_else(|| self.platform.new_call_sid());
        let wall = self.platform.wall(now);
        let to = call.to.or(own).unwrap_or_default();
        CallRecord {
            app_id: Some(app_id.to_owned()),
            from: call.from.unwrap_or_default(),
            virtual_number: to.clone(),
            to,
            ..CallRecord::begin(sid, tenant, Direction::Inbound, wall)
        }
    }
}
