//! Which of an agent's devices rings. The vendor's answer is the truth.

use exotel::integrations::{DeviceName as Wire, SetDevice, User};
use protocol::event::Event;
use protocol::phone::{DeviceName, DeviceState};

use crate::store::{Logged, NewEvent, Write};
use crate::vendor::VendorError;
use crate::{App, clock};

/// The device that rings, by the vendor's record of the agent. An id of neither device is taken for none: nothing of
/// ours would ring.
pub fn state_of(user: &User) -> DeviceState {
    let active = &user.active_device_id;
    let is = |id: &String| !active.is_empty() && id == active;
    let active = if is(&user.sip_device_id) {
        Some(DeviceName::Sip)
    } else if is(&user.phone_device_id) {
        Some(DeviceName::Phone)
    } else {
        None
    };
    DeviceState { active }
}

/// Turns `wanted` on, or with `None` all off, and tells the agent's screens what the vendor says then: that need not be
/// what was wanted.
///
/// # Errors
/// The vendor refused, or gave no answer.
pub async fn switch(
    app: &App,
    who: &str,
    agent: &str,
    wanted: Option<DeviceName>,
) -> Result<DeviceState, VendorError> {
    let set = SetDevice {
        user_id: agent.to_owned(),
        device_name: wanted.map(|device| match device {
            DeviceName::Phone => Wire::Phone,
            DeviceName::Sip => Wire::Sip,
        }),
        device_status: Some(wanted.is_some()),
    };
    let device = state_of(&app.vendor.call(who, &set).await?);
    tell(app, agent, device).await;
    Ok(device)
}

/// Logs the state for the agent's other screens. A log that fails does not undo the switch.
async fn tell(app: &App, agent: &str, device: DeviceState) {
    let event = Event::Device {
        agent: agent.to_owned(),
        device,
    };
    let write = Write {
        events: vec![NewEvent {
            agent: Some(agent.to_owned()),
            body: Logged::Public(event),
        }],
        at: clock::now(),
        ..Write::default()
    };
    if let Err(error) = app.writer.write(write).await {
        tracing::error!(%error, "a switched device could not be logged");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_active_id_says_which_device_rings() {
        let state = |active: &str| {
            let user = User {
                active_device_id: active.to_owned(),
                sip_device_id: "2".to_owned(),
                ..User::default()
            };
            state_of(&user).active
        };
        assert_eq!(state("2"), Some(DeviceName::Sip));
        // Somebody without a telephone has an empty id of it: that is no match for "nothing rings".
        assert_eq!(state(""), None);
        assert_eq!(state("3"), None);
    }
}
