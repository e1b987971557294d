//! The buttons and lights of a headset, as USB HID reports them (HID Usage Tables 1.5, telephony page 0x0B and LED page
//! 0x08). Pure: the browser's WebHID gives a device's [`Field`]s and its reports, and takes reports back.
//!
//! ```text
//! fields of the descriptor --> Layout
//! input report --Layout--> Switches --Buttons--> Press
//! Line (what the phone does) ---Layout---> output reports
//! Headset: both for one device, behind a Wire
//! ```

mod bits;
mod buttons;
mod headset;
mod layout;

pub use buttons::{Buttons, Line, Press};
pub use headset::{Headset, Wire};
pub use layout::{Field, Kind, Layout, Report, Switches};
