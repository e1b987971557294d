//! What the page, its panes and the admin's screens draw alike. Each compiles these for itself, and none uses all of them.
#![allow(dead_code, reason = "each program leaves some of them out")]
#![allow(unreachable_pub, reason = "`#[component]` writes its property types as `pub`")]

pub(crate) mod fold;
pub(crate) mod icon;
pub(crate) mod in_sight;
pub(crate) mod live;
pub(crate) mod notice;
pub(crate) mod windowed;
