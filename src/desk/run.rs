//! Runs: what the page deals with the server for, one at a time.

use leptos::prelude::{GetValue, Set, UpdateValue};

use super::{Desk, Standing};

/// From one sign-in, sign-out, question or end of a session to the next of them. What is heard after the next has begun
/// counts no more: a late answer must sign nobody in, and no former agent's calls may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run(u32);

impl Run {
    /// Names it to the panes.
    pub(crate) fn number(self) -> u32 {
        self.0
    }
}

impl Desk {
    /// The one that goes on.
    pub(crate) fn run(self) -> Run {
        Run(self.runs.get_value())
    }

    /// Ends it and begins another.
    pub(super) fn next_run(self) -> Run {
        self.runs.update_value(|runs| *runs += 1);
        self.run()
    }

    /// The same in one step with how things stand then.
    pub(super) fn begin_as(self, standing: Standing) -> Run {
        let run = self.next_run();
        self.standing.set(standing);
        run
    }

    /// No other has begun.
    pub(crate) fn goes_on(self, run: Run) -> bool {
        self.run() == run
    }
}
