//! The words of GreenPin. Each enum keeps a word it does not know.

use crate::word::words;

words! {
    /// Who may call whom over an allocation.
    pub enum Usage {
        /// Side A calls side B, not the reverse.
        OneWay = "oneway",
        /// Both sides may call; the default.
        TwoWay = "twoway",
    }
}

words! {
    /// Whether an allocation is in use. Not to be trusted after a delete, see
    /// [`DeleteAllocation`](super::DeleteAllocation).
    pub enum AllocationState {
        /// In use.
        Active = "active",
        /// Given back.
        Vault = "vault",
    }
}
