//! Which devices were chosen while which were plugged in.

use super::{Choice, Device, Kind, Role, same};

/// Sets that are remembered; the oldest goes.
const SETS: usize = 16;

/// ```text
/// a line for each set, the newest first:
/// microphone id, name, speaker id, name, ringer id, name, then the names of all that were plugged in; tabs between
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Memory {
    sets: Vec<Set>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Set {
    /// Names of the devices that were there, in alphabetical order.
    plugged: Vec<String>,
    choice: Choice,
}

impl Memory {
    /// Reads the stored text; lines that are not ours are left out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self {
            sets: text.lines().filter_map(Set::read).take(SETS).collect(),
        }
    }

    /// The text to be stored.
    #[must_use]
    pub fn write(&self) -> String {
        let lines: Vec<String> = self.sets.iter().map(Set::write).collect();
        lines.join("\n")
    }

    /// The agent has chosen, with these plugged in.
    pub fn keep(&mut self, present: &[Device], choice: Choice) {
        let plugged = names(present);
        self.sets.retain(|set| set.plugged != plugged);
        self.sets.insert(0, Set { plugged, choice });
        self.sets.truncate(SETS);
    }

    /// What to use of what is plugged in: what was chosen with these very devices; else, for each role, the device that was
    /// chosen last of those that are there; else the system's own.
    #[must_use]
    pub fn choose(&self, present: &[Device]) -> Choice {
        let plugged = names(present);
        let found = |choice: &Choice, role: Role| {
            let wanted = choice.of(role)?;
            present.iter().find(|device| same(device, wanted)).cloned()
        };
        let exact = self.sets.iter().find(|set| set.plugged == plugged);
        Role::ALL.into_iter().fold(Choice::default(), |chosen, role| {
            let device = match exact {
                Some(set) => found(&set.choice, role),
                None => self.sets.iter().find_map(|set| found(&set.choice, role)),
            };
            chosen.with(role, device)
        })
    }
}

impl Set {
    fn read(line: &str) -> Option<Self> {
        let mut parts = line.split('\t').map(str::to_owned);
        let mut choice = Choice::default();
        for role in Role::ALL {
            let (id, label) = (parts.next()?, parts.next()?);
            let device = Device {
                kind: role.kind(),
                id,
                label,
            };
            choice = choice.with(role, Some(device).filter(|device| !device.is_alias()));
        }
        let plugged: Vec<String> = parts.collect();
        (!plugged.is_empty()).then_some(Self { plugged, choice })
    }

    fn write(&self) -> String {
        let chosen = Role::ALL.into_iter().flat_map(|role| match self.choice.of(role) {
            Some(device) => [device.id.clone(), clean(&device.label)],
            None => [String::new(), String::new()],
        });
        let parts: Vec<String> = chosen.chain(self.plugged.iter().cloned()).collect();
        parts.join("\t")
    }
}

fn names(present: &[Device]) -> Vec<String> {
    let mut names: Vec<String> = present
        .iter()
        .filter(|device| !device.is_alias())
        .map(|device| {
            let mark = match device.kind {
                Kind::Input => "in ",
                Kind::Output => "out ",
            };
            [mark, &clean(&device.label)].concat()
        })
        .collect();
    names.sort();
    names
}

/// A name without what parts the stored text.
fn clean(label: &str) -> String {
    label.replace(['\t', '\n', '\r'], " ")
}
