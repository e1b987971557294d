//! Turning an agent's devices on and off.

use exotel::integrations::SetDevice;
use sip::Instant;

use super::super::{Ask, Consequence, Device, No, Platform, Quirk, Yes};
use super::{app, describe, done, users};

/// `PUT /device`
pub(super) fn set(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let app = app::of_token(platform, now, ask)?;
    let asked: SetDevice = ask.json()?;
    if asked.user_id.trim().is_empty() {
        return Err(No::bad("UserId is mandatory"));
    }
    let device = match asked.device_name.as_ref().map(Device::named) {
        Some(None) => return Err(No::bad("DeviceName is phone or sip")),
        Some(device) => device,
        None => None,
    };
    let on = match (device, asked.device_status) {
        (None, Some(true)) => return Err(No::bad("DeviceName is mandatory to turn a device on")),
        (None, None) => return Err(No::bad("DeviceName or DeviceStatus is needed")),
        (_, status) => status.unwrap_or(true),
    };
    let (no, mapping) = users::find(platform, &app, &asked.user_id)?;
    let has_number = mapping
        .user
        .agent_number
        .as_ref()
        .is_some_and(|number| !number.is_empty());
    if device == Some(Device::Phone) && on && !has_number {
        return Err(No::bad("The user has no AgentNumber"));
    }
    let devices = mapping.devices.with(device, on);
    if devices.active().is_none() && platform.quirks.has(Quirk::OneDeviceStaysOn) {
        return Err(No::bad("At least one device must stay on"));
    }
    let mut mapping = mapping.clone();
    let changed = devices.active() != mapping.devices.active();
    mapping.devices = devices;
    mapping.updated = platform.wall(now);
    let data = describe(platform, &app, &mapping);
    let coworker = platform.records.coworker(&mapping.user);
    if let Some(coworker) = coworker.filter(|_| changed) {
        let changed = Consequence::DeviceChanged {
            agent: coworker.sip_user.clone(),
            active: devices.active(),
        };
        platform.out.push_back(changed);
    }
    if let Some(users) = platform.records.users.get_mut(&app.app_id) {
        users.insert(no, mapping);
    }
    Ok(done(platform, data))
}
