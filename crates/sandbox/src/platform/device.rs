//! Which of an agent's two devices rings.

use exotel::integrations::DeviceName;
use serde::{Deserialize, Serialize};

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Device {
    /// Their telephone.
    Phone,
    /// Their browser.
    Sip,
}

impl Device {
    /// The one that a request names.
    pub(crate) fn named(name: &DeviceName) -> Option<Self> {
        match name {
            DeviceName::Phone => Some(Self::Phone),
            DeviceName::Sip => Some(Self::Sip),
            DeviceName::Other(_) => None,
        }
    }
}

/// Both of them. The one turned on last rings; with that one off, the other if it is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Devices {
    phone: bool,
    sip: bool,
    preferred: Device,
}

impl Devices {
    /// The browser rings; the telephone is on too if there is one.
    pub(crate) fn new(has_phone: bool) -> Self {
        Self {
            phone: has_phone,
            sip: true,
            preferred: Device::Sip,
        }
    }

    /// The one that rings.
    pub(crate) fn active(self) -> Option<Device> {
        let on = |device| match device {
            Device::Phone => self.phone,
            Device::Sip => self.sip,
        };
        let other = match self.preferred {
            Device::Phone => Device::Sip,
            Device::Sip => Device::Phone,
        };
        [self.preferred, other].into_iter().find(|device| on(*device))
    }

    /// With one device on or off; without a name it is both.
    pub(crate) fn with(mut self, device: Option<Device>, on: bool) -> Self {
        if device != Some(Device::Sip) {
            self.phone = on;
        }
        if device != Some(Device::Phone) {
            self.sip = on;
        }
        if let Some(device) = device.filter(|_| on) {
            self.preferred = device;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_one_turned_on_rings() {
        let both = Devices::new(true);
        assert_eq!(both.active(), Some(Device::Sip));
        let phone = both.with(Some(Device::Phone), true);
        assert_eq!(phone.active(), Some(Device::Phone));
        assert_eq!(phone.with(Some(Device::Phone), false).active(), Some(Device::Sip));
        assert_eq!(phone.with(None, false).active(), None);
        assert_eq!(Devices::new(false).with(Some(Device::Sip), false).active(), None);
    }
}
