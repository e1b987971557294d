//! Failures on demand: the documented codes that no request of one's own can provoke, and answers that get lost.

use serde::{Deserialize, Serialize};

use super::No;
use super::operation::{Api, Operation};

/// Whether the operation takes place all the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum When {
    /// It does not.
    #[default]
    Before,
    /// It does, and only the answer says that it failed: the asker cannot know.
    After,
}

/// The next requests that fit are answered with this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    pub(crate) api: Api,
    /// Only this operation, by its name.
    #[serde(default)]
    pub(crate) operation: Option<String>,
    pub(crate) status: u16,
    /// The vendor's own number.
    #[serde(default)]
    pub(crate) code: Option<i64>,
    #[serde(default = "words")]
    pub(crate) words: String,
    /// How often.
    #[serde(default = "once")]
    pub(crate) times: u32,
    #[serde(default)]
    pub(crate) when: When,
}

fn words() -> String {
    String::from("Failed on demand")
}

fn once() -> u32 {
    1
}

/// Those still to come, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// Adds one.
    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Those still to come.
    pub(crate) fn list(&self) -> &[Fault] {
        &self.0
    }

    /// The fault that meets this operation now, if one does.
    pub(super) fn next(&mut self, operation: &Operation) -> Option<(When, No)> {
        let fits = |fault: &Fault| {
            let named = fault.operation.as_deref();
            fault.api == operation.api && named.is_none_or(|name| name == operation.name)
        };
        let at = self.0.iter().position(fits)?;
        let fault = self.0.get_mut(at)?;
        let no = No {
            status: fault.status,
            code: fault.code,
            words: fault.words.clone(),
        };
        let when = fault.when;
        fault.times = fault.times.saturating_sub(1);
        if fault.times == 0 {
            self.0.remove(at);
        }
        Some((when, no))
    }
}
