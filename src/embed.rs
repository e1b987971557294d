//! The phone inside another site's page, as far as it can be thought without a browser: who may knock, what is read of what
//! they say, and what comes of what they ask. `src/link.rs` joins it to the two pages.

mod deed;
mod door;
mod entrance;
mod host;
mod link;
mod log;
mod look;
mod pending;
mod picture;
mod read;
mod statistics;
mod wanted;

pub use deed::{Deed, ServerWork, Settled};
pub use door::{Door, Knocked, Letter};
pub use entrance::{Entrance, Handed, Trouble};
pub use link::Link;
pub use look::properties;
pub use read::{Unread, asked};
pub use statistics::measured;

/// The longest thing that our own windows say to each other, in bytes.
const LONGEST_LETTER: usize = 1024;

#[cfg(test)]
#[path = "embed/tests.rs"]
mod tests;
