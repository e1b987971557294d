//! Which microphone, speaker and ringer are in use: what the agent chose, remembered for each set of devices that was plugged
//! in. Pure; `src/web/devices.rs` asks the browser which there are.
//!
//! The choice in force is written where the page reads it whenever it opens a microphone or makes a sound ([`IN_FORCE`]); what
//! was chosen when is the panes' own note ([`REMEMBERED`]).

mod memory;

pub use memory::Memory;

/// Name of the stored text that holds the choice in force: a line for each [`Role`], then whether noise is taken out.
pub const IN_FORCE: &str = "sound";
/// Name of the stored text of [`Memory`].
pub const REMEMBERED: &str = "sound-devices";
/// The line of [`IN_FORCE`] after those of the roles; any text in it means yes.
pub const CLEAN: usize = 3;

/// What a device is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// What the agent speaks into.
    Microphone,
    /// Where the far end is heard.
    Speaker,
    /// Where calls ring: often a loudspeaker beside the headset.
    Ringer,
}

impl Role {
    /// All, in the order of their lines in [`IN_FORCE`].
    pub const ALL: [Self; 3] = [Self::Microphone, Self::Speaker, Self::Ringer];

    /// Its line in [`IN_FORCE`].
    #[must_use]
    pub const fn line(self) -> usize {
        match self {
            Self::Microphone => 0,
            Self::Speaker => 1,
            Self::Ringer => 2,
        }
    }

    /// It takes devices of this kind.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Microphone => Kind::Input,
            Self::Speaker | Self::Ringer => Kind::Output,
        }
    }
}

/// Which way sound goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Into the computer.
    Input,
    /// Out of it.
    Output,
}

/// A device, as the browser names it to this site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Microphone, or loudspeaker.
    pub kind: Kind,
    /// The browser's id of it: the same each day for this site, and unknown to others.
    pub id: String,
    /// Its name for people.
    pub label: String,
}

impl Device {
    /// The entry that stands for whatever the system has chosen, as Chromium lists it.
    #[must_use]
    pub fn is_alias(&self) -> bool {
        matches!(self.id.as_str(), "" | "default" | "communications")
    }
}

/// A device for each role; none for the system's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// By [`Role::line`].
    of: [Option<Device>; 3],
}

impl Choice {
    /// The device of a role.
    #[must_use]
    pub fn of(&self, role: Role) -> Option<&Device> {
        self.of.get(role.line()).and_then(Option::as_ref)
    }

    /// The same with another device for a role.
    #[must_use]
    pub fn with(mut self, role: Role, device: Option<Device>) -> Self {
        if let Some(slot) = self.of.get_mut(role.line()) {
            *slot = device;
        }
        self
    }

    /// As the page reads it.
    #[must_use]
    pub fn in_force(&self, clean: bool) -> String {
        let id = |role| self.of(role).map_or("", |device| device.id.as_str());
        let [microphone, speaker, ringer] = Role::ALL.map(id);
        [microphone, speaker, ringer, if clean { "clean" } else { "" }].join("\n")
    }

    /// Roles that have another device than before.
    pub fn differences<'a>(&'a self, before: &'a Self) -> impl Iterator<Item = Role> + 'a {
        let id = |choice: &Self, role| choice.of(role).map(|device| device.id.clone());
        Role::ALL
            .into_iter()
            .filter(move |role| id(self, *role) != id(before, *role))
    }
}

/// The microphone has to be opened anew when the first of these texts of [`IN_FORCE`] gives way to the second.
#[must_use]
pub fn opens_anew(before: &str, now: &str) -> bool {
    let differs =
        |line| before.split('\n').nth(line).unwrap_or("") != now.split('\n').nth(line).unwrap_or("");
    differs(Role::Microphone.line()) || differs(CLEAN)
}

/// What has become of the devices by themselves, worth a word to the agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A device chosen before is back, and is used again.
    Back(Device),
    /// The device in use is gone: another one of the agent's, or the system's own, is used instead.
    Gone(Device, Option<Device>),
}

/// What to say when the choice has changed because of what is plugged in.
#[must_use]
pub fn change(before: &Choice, now: &Choice, present: &[Device]) -> Option<Change> {
    let mut differences = now
        .differences(before)
        .map(|role| (before.of(role), now.of(role)));
    let gone = |device: &Device| !present.iter().any(|other| same(other, device));
    // One headset is microphone and speaker: the first role speaks for it.
    let (old, new) = differences.next()?;
    match (old, new) {
        (Some(old), new) if gone(old) => Some(Change::Gone(old.clone(), new.cloned())),
        (_, Some(new)) => Some(Change::Back(new.clone())),
        (Some(_) | None, None) => None,
    }
}

/// The ids of a device may change with its socket; its name does not.
fn same(a: &Device, b: &Device) -> bool {
    a.kind == b.kind && (a.id == b.id || !a.label.is_empty() && a.label == b.label)
}

#[cfg(test)]
#[path = "devices/tests.rs"]
mod tests;
