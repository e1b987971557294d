//! A customer calls the platform's number, and its flow connects an agent.

use serde::Deserialize;
use sip::Instant;

use super::{ControlError, World};
use crate::exchange::{self, AgentDevice, Incoming};
use crate::numbers;
use crate::platform::{CallRecord, Device, Direction};

/// A customer's call, as a person asks for it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomerCall {
    /// The agent's `AppUserId`.
    user_id: String,
    /// Of which app; the one that has such a user if left out.
    #[serde(default)]
    app_id: Option<String>,
    /// The customer's number.
    from: String,
    /// What the customer does; a tune if nothing is said.
    #[serde(default = "melody")]
    behaviour: String,
    /// Replaces the behaviour's own delay, ms.
    #[serde(default)]
    after_ms: Option<u32>,
}

fn melody() -> String {
    String::from("melody")
}

impl World {
    /// Has a customer call an agent. Returns the call's sid.
    pub(crate) fn customer_calls(
        &mut self,
        now: Instant,
        call: CustomerCall,
    ) -> Result<String, ControlError> {
        let customer = numbers::caller(&call.behaviour).ok_or(ControlError::NoBehaviour(call.behaviour))?;
        let plain = |c: char| c.is_ascii_digit() || c == '+';
        if !(1..=20).contains(&call.from.len()) || !call.from.chars().all(plain) {
            return Err(ControlError::BadNumber);
        }
        let records = &self.platform.records;
        let wanted = |app: &str| call.app_id.as_deref().is_none_or(|wanted| wanted == app);
        let found = records
            .users
            .iter()
            .filter(|(app, _)| wanted(app))
            .find_map(|(app, users)| {
                let mapping = users
                    .values()
                    .find(|mapping| mapping.user.app_user_id == call.user_id)?;
                Some((app.clone(), mapping.clone()))
            });
        let (app_id, mapping) = found.ok_or(ControlError::NoAgent(call.user_id))?;
        let coworker = records.coworker(&mapping.user);
        let sip_user = coworker.map(|coworker| coworker.sip_user.clone());
        let phone = mapping
            .user
            .agent_number
            .as_ref()
            .map(|number| number.reveal().to_owned());
        let (device, dial_whom) = match (mapping.devices.active(), &sip_user, phone) {
            (Some(Device::Sip), Some(user), _) => {
                let device = AgentDevice::Sip { agent: user.clone() };
                (device, format!("sip:{user}"))
            }
            (Some(Device::Phone), _, Some(number)) => {
                let behaviour = exchange::of_number(&number);
                let device = behaviour.map(|behaviour| AgentDevice::Phone { behaviour });
                (device.unwrap_or(AgentDevice::Nowhere), number)
            }
            (Some(Device::Sip | Device::Phone) | None, _, _) => (AgentDevice::Nowhere, String::new()),
        };
        let sid = self.platform.new_call_sid();
        let wall = self.platform.wall(now);
        let tenant = mapping.user.exotel_account_sid.clone();
        let mut record = CallRecord::begin(sid.clone(), tenant, Direction::Inbound, wall);
        record.app_id = Some(app_id);
        record.app_user_id = Some(mapping.user.app_user_id.clone());
        record.agent = sip_user.filter(|_| device != AgentDevice::Nowhere);
        record.dial_whom = dial_whom;
        record.from = call.from;
        mapping.user.virtual_number.reveal().clone_into(&mut record.to);
        record.virtual_number.clone_from(&record.to);
        self.platform.records.calls.insert(record);
        self.exchange.incoming(
            now,
            Incoming {
                sid: sid.clone(),
                device,
                customer,
                after: call.after_ms.map(u64::from),
            },
        );
        self.settle(now);
        Ok(sid)
    }
}
