//! What the page and its panes draw alike. Each of the two compiles these for itself, and neither uses all of them.
#![allow(dead_code, reason = "the page and the panes each leave some of them out")]
#![allow(unreachable_pub, reason = "`#[component]` writes its property types as `pub`")]

pub(crate) mod icon;
pub(crate) mod live;
pub(crate) mod notice;
