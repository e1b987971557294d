//! What a signed-in agent asks the companion server: devices and relays.

use leptos::prelude::{GetUntracked, Set, Update, WithUntracked};
use softphone::companion::{Device, IceServer, Setup};
use softphone::notices::Notice;
use softphone::notices::companion as notices;
use softphone::web::ask::{self, Reply};
use softphone::web::json::Parsed;
use softphone::web::{clock, spawn};

use super::run::Run;
use super::{Desk, DeviceSwitch};

/// Between signing in and a second look at the device, which the server may switch on beside it, ms.
const SETTLE: u32 = 3_000;
/// Credentials are asked for so long before the old ones end, ms.
const EARLY: u64 = 60_000;
/// And no sooner than this after they came, ms.
const SOONEST: u64 = 5_000;

impl Desk {
    /// Hands the STUN and TURN servers to the calls to come, and new ones in time before the credentials end.
    pub(super) async fn keep_servers(self, run: Run, mut servers: Vec<IceServer>) {
        loop {
            for server in &mut servers {
                server.expires_at = server.expires_at.map(ask::on_our_clock);
            }
            let end = servers.iter().filter_map(|server| server.expires_at).min();
            self.use_servers(servers);
            let Some(end) = end else { return };
            let left = end.saturating_sub(clock::now() + EARLY).max(SOONEST);
            clock::sleep(u32::try_from(left).unwrap_or(u32::MAX)).await;
            // Whatever else it says is known already.
            let Some(setup) = self.setup(run, |_| ()).await else {
                return;
            };
            servers = setup.ice;
        }
    }

    /// Has the platform ring this device, or none.
    pub(crate) async fn switch_device(self, to: Option<Device>) {
        let run = self.run();
        let from = self.device.with_untracked(DeviceSwitch::active);
        if to == Some(Device::Browser) && self.shift_due.get_untracked() {
            return self.device.set(DeviceSwitch::Refused {
                active: from,
                why: notices::SHIFT_FIRST,
            });
        }
        self.device.set(DeviceSwitch::Switching { from, to });
        let fields = [("active", to.map(Device::word))];
        let reply = ask::change("PUT", "/api/device", &fields).await;
        if !self.goes_on(run) {
            return;
        }
        let refused = |why| DeviceSwitch::Refused {
            // Another tab may have switched meanwhile.
            active: self.device.with_untracked(DeviceSwitch::active),
            why,
        };
        let settled = match reply {
            Reply::Said(said) => DeviceSwitch::Settled(Device::active(&said)),
            Reply::Refused(status, said) => refused(self.refused(status, &said)),
            Reply::Unreachable => refused(notices::NOT_HEARD),
        };
        self.device.set(settled);
    }

    /// The shift has not begun, or it has: a browser that was asked to ring meanwhile does so now.
    pub(crate) fn shift_is_due(self, due: bool) {
        self.shift_due.set(due);
        let asked = self.device.with_untracked(
            |device| matches!(device, DeviceSwitch::Refused { why, .. } if *why == notices::SHIFT_FIRST),
        );
        if asked && !due {
            spawn(self.switch_device(Some(Device::Browser)));
        }
    }

    /// The platform rings this device now, whoever switched.
    pub(crate) fn device_rings(self, active: Option<Device>) {
        self.device.update(|device| {
            *device = match *device {
                // Our own answer is still to come.
                DeviceSwitch::Switching { to, .. } => DeviceSwitch::Switching { from: active, to },
                // Nothing new: the agent is still to read why.
                DeviceSwitch::Refused { active: known, .. } if known == active => return,
                DeviceSwitch::Unknown | DeviceSwitch::Settled(_) | DeviceSwitch::Refused { .. } => {
                    DeviceSwitch::Settled(active)
                }
            };
        });
    }

    /// Looks again a little after signing in.
    pub(super) async fn reread_device(self, run: Run) {
        clock::sleep(SETTLE).await;
        if !self.goes_on(run) {
            return;
        }
        if let Reply::Said(said) = ask::get("/api/phone").await
            && self.goes_on(run)
            && let Some(setup) = Setup::read(&said)
        {
            self.device_rings(setup.device);
        }
    }

    fn refused(self, status: u16, said: &Parsed) -> Notice {
        if status == 401 {
            self.session_ended();
        }
        notices::refusal(said)
    }
}
